//! The front page: what this is, what somebody does who got a message, and which projects everybody may see.

use poem::web::Data;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::Demo;
use super::kept::{self, Made};
use super::list;
use super::open::{Everywhere, Here, Open, Opened};
use super::project::state_of;
use super::responder::key;
use super::row;
use super::tally::Tally;
use crate::domain::words::{Progress, Response as Answer};
use crate::locale::Words;

/// So many names stand on the card of a project.
const NAMES: usize = 3;

#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    open: Open<'a>,
    demo: bool,
    organisations: Vec<Organisation>,
    waiting: Option<String>,
    sought_most: usize,
}

#[derive(Serialize)]
struct Organisation {
    name: String,
    projects: Vec<Project>,
}

#[derive(Serialize)]
struct Project {
    title: String,
    href: String,
    counts: Vec<String>,
    /// Who has not answered, what is stuck, whose promises were missed: each only where there is something.
    owed: Vec<Owed>,
    /// What is silent, and the list of it.
    silent: Option<(String, String)>,
}

#[derive(Serialize)]
struct Owed {
    shape: &'static str,
    words: String,
    href: String,
}

#[handler]
pub async fn front(
    everywhere: Everywhere,
    Data(Demo(demo)): Data<&Demo>,
    request: &Request,
) -> poem::Result<Response> {
    let words = super::words(&everywhere.app);
    let address = format!("{}/", words.lang());
    let make = async {
        let projects = everywhere.projects().await?;
        let page = Page {
            open: Open::at(&everywhere, words, Here::Front),
            demo: *demo,
            organisations: organisations(words, &projects),
            waiting: waiting(words, &projects),
            sought_most: list::SOUGHT,
        };
        super::render(&everywhere.app, "pages/front.html", page).map(Made::page)
    };
    kept::answer_as(&everywhere.shelf, request, everywhere.instance.version, &address, make).await
}

fn organisations(words: &Words, projects: &[Opened]) -> Vec<Organisation> {
    let mut organisations: Vec<Organisation> = Vec::new();
    for project in projects {
        let name = &project.shown.organisation;
        let place = organisations.iter().position(|known| known.name == *name).unwrap_or_else(|| {
            organisations.push(Organisation { name: name.clone(), projects: Vec::new() });
            organisations.len() - 1
        });
        organisations[place].projects.push(in_short(words, project));
    }
    for organisation in &mut organisations {
        organisation.projects.sort_by_cached_key(|project| project.title.to_lowercase());
    }
    organisations.sort_by_cached_key(|organisation| organisation.name.to_lowercase());
    organisations
}

fn in_short(words: &Words, project: &Opened) -> Project {
    let tally = Tally::of(project.items());
    let of = |count: usize| [("count", count.into()), ("of", tally.recommendations.into())];
    let silent = tally.longest_age(words).map(|age| {
        let args = [("count", tally.silent.into()), ("age", age.into())];
        (words.text("page-front-silent", &args), format!("{}/recommendations?silent=yes", project.base))
    });
    Project {
        title: project.shown.row.title.clone(),
        href: project.base.clone(),
        counts: vec![
            words.text("count-answered", &of(tally.answered)),
            words.text("count-done", &of(tally.done)),
        ],
        owed: owed(words, project),
        silent,
    }
}

fn owed(words: &Words, project: &Opened) -> Vec<Owed> {
    let [mut unanswered, mut stuck, mut missed] = [const { Named { count: 0, names: Vec::new() } }; 3];
    for read in project.items().map(|item| item.read) {
        if read.standing.response == Answer::Awaiting {
            unanswered.add(1, read.responders());
        }
        if read.standing.progress == Progress::Stalled {
            let reason = row::reason(read).map(|code| words.code("reason", code));
            stuck.add(1, reason.as_deref());
        }
        let promises = read.standing.promises.iter();
        match promises.filter(|promise| state_of(promise, project.shown.today) == "missed").count() {
            0 => {}
            count => missed.add(count, read.responders()),
        }
    }
    let base = &project.base;
    let kinds = [
        ("unanswered", "response-awaiting", unanswered, format!("{base}/recommendations?answered=no")),
        ("stuck", "progress-stalled", stuck, format!("{base}/recommendations?progress=stalled")),
        ("missed", "promise-missed", missed, format!("{base}#promises")),
    ];
    let kinds = kinds.into_iter().filter(|(_, _, named, _)| named.count > 0);
    kinds.map(|(key, shape, named, href)| Owed { shape, words: named.in_words(words, key), href }).collect()
}

/// How many there are, and of whom: each name once, in the order in which they come.
struct Named {
    count: usize,
    names: Vec<String>,
}

impl Named {
    fn add<'a>(&mut self, count: usize, names: impl IntoIterator<Item = &'a str>) {
        self.count += count;
        for name in names {
            if !self.names.iter().any(|known| key(known) == key(name)) {
                self.names.push(name.to_owned());
            }
        }
    }

    fn in_words(mut self, words: &Words, of: &str) -> String {
        let count = ("count", self.count.into());
        if self.names.is_empty() {
            return words.text(&format!("page-front-{of}-only"), &[count]);
        }
        let more = self.names.len().saturating_sub(NAMES);
        if more > 0 {
            self.names.truncate(NAMES);
            self.names.push(words.text("page-front-more", &[("count", more.into())]));
        }
        let names = ("names", words.list(&self.names).into());
        words.text(&format!("page-front-{of}"), &[count, names])
    }
}

/// How many people wait to hear, as the last editions of public projects published it. Numbers that are not shown there
/// add nothing here: the sum holds at least.
fn waiting(words: &Words, projects: &[Opened]) -> Option<String> {
    if projects.is_empty() {
        return None;
    }
    let published = projects.iter().map(|project| {
        let taken = project.reading.figures();
        taken.and_then(|taken| taken.snapshot.people.first_feedback.waiting)
    });
    let numbers: Vec<i64> = published.clone().flatten().collect();
    let is_whole = numbers.len() == projects.len();
    let count = numbers.iter().sum::<i64>();
    let args = [("count", count.into())];
    Some(match (is_whole, count) {
        (true, _) => words.text("page-front-waiting", &args),
        (false, 0) => words.text("page-front-waiting-hidden", &[]),
        (false, _) => words.text("page-front-waiting-least", &args),
    })
}
