//! The front page: what this is, what somebody does who got a message, and which projects everybody may see.

use std::collections::BTreeSet;

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
use super::telling;
use crate::domain::words::{Progress, Response as Answer};
use crate::locale::Words;

/// So many recommendations of a kind stand on the card of a project by name.
const NAMED: usize = 6;

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
    /// The language of what was typed, where it is not that of the page.
    lang: Option<String>,
    href: String,
    counts: String,
    /// Who has not answered, what is stuck, whose promises were missed: each only where there is something.
    owed: Vec<Owed>,
    /// What is silent, and the list of it.
    silent: Option<(String, String)>,
    /// What changed last.
    latest: Option<String>,
}

#[derive(Serialize)]
struct Owed {
    shape: &'static str,
    words: String,
    href: String,
    named: Vec<Named>,
    more: Option<String>,
}

/// One of the recommendations of which something is owed, and what there is to say of it in short.
#[derive(Serialize)]
struct Named {
    reference: String,
    title: String,
    title_lang: Option<String>,
    href: String,
    beside: Option<String>,
}

#[handler]
pub async fn front(
    everywhere: Everywhere,
    Data(Demo(demo)): Data<&Demo>,
    request: &Request,
) -> poem::Result<Response> {
    let words = everywhere.words();
    let address = format!("{}/", everywhere.home);
    let make = async {
        let projects = everywhere.projects().await?;
        let page = Page {
            open: Open::at(&everywhere, words, Here::Front, &address),
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
        lang: project.voice(words).other().map(str::to_owned),
        href: project.base.clone(),
        counts: words.counts(&[
            words.text("count-answered", &of(tally.answered)),
            words.text("count-done", &of(tally.done)),
        ]),
        owed: owed(words, project),
        silent,
        latest: latest(words, project),
    }
}

fn latest(words: &Words, project: &Opened) -> Option<String> {
    let latest = project.reading.latest.iter().rev();
    let mut told = latest.filter_map(|entry| {
        let read = project.reading.find(&entry.subject)?;
        Some((entry, telling::happening_since(project.voice(words), entry, read, project.shown.today)?))
    });
    told.next().map(|(entry, happening)| {
        let args = [
            ("date", happening.on.into()),
            ("ref", (&entry.subject).into()),
            ("what", happening.what.into()),
        ];
        words.text("page-front-latest", &args)
    })
}

fn owed(words: &Words, project: &Opened) -> Vec<Owed> {
    let [mut unanswered, mut stuck, mut missed] = [const { Vec::new() }; 3];
    let mut bodies: BTreeSet<String> = BTreeSet::new();
    for item in project.items() {
        let (read, today) = (item.read, project.shown.today);
        let put = |kind: &mut Vec<Named>, beside: Option<String>| {
            let (title, title_lang) = telling::title(project.voice(words), read);
            kind.push(Named {
                reference: read.reference.clone(),
                title,
                title_lang,
                href: item.href(),
                beside,
            });
        };
        let asked: Vec<String> = read.responders().map(str::to_owned).collect();
        if read.standing.response == Answer::Awaiting {
            bodies.extend(asked.iter().map(|name| key(name)));
            put(&mut unanswered, (!asked.is_empty()).then(|| words.list(&asked)));
        }
        if read.standing.progress == Progress::Stalled {
            put(&mut stuck, row::reason(read).map(|code| words.code("reason", code)));
        }
        let late = read.standing.promises.iter().filter(|promise| state_of(promise, today) == "missed");
        for promise in late {
            let args = [("promise", (&promise.words).into()), ("date", words.date(promise.due_on).into())];
            put(&mut missed, Some(words.text("page-front-missed-promise", &args)));
        }
    }
    let base = &project.base;
    let asked = if bodies.is_empty() { "page-front-unanswered-only" } else { "page-front-unanswered" };
    let kinds = [
        (asked, "response-awaiting", unanswered, format!("{base}/recommendations?answered=no")),
        ("page-front-stuck", "progress-stalled", stuck, format!("{base}/recommendations?progress=stalled")),
        ("page-front-missed", "promise-missed", missed, format!("{base}#promises")),
    ];
    let kinds = kinds.into_iter().filter(|(_, _, named, _)| !named.is_empty());
    let owed = kinds.map(|(key, shape, mut named, href)| {
        let args = [("count", named.len().into()), ("bodies", bodies.len().into())];
        let more = named.len().saturating_sub(NAMED);
        named.truncate(NAMED);
        let more = (more > 0).then(|| words.text("page-front-more", &[("count", more.into())]));
        Owed { shape, words: words.text(key, &args), href, named, more }
    });
    owed.collect()
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
