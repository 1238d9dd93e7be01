//! An update as a message: which headings come in which order, what stands between them, and how it opens and closes.
//! How a single event is told stands in `telling`.

use chrono::NaiveDate;

use crate::domain::event::Fact;
use crate::domain::record::fingerprint;
use crate::domain::update::{Due, Item, Update};
use crate::locale::{Arg, Words};

use super::document::{Block, Document, Line, plain, sentence};
use super::{Next, Sender, UpdateMail, greeting, lines, reach, telling};

/// Where more recommendations than this have no news, one sentence names them all.
const LINES: usize = 12;

pub fn document(words: &Words, mail: &UpdateMail<'_>) -> Document {
    let mut writing = Writing {
        words,
        update: mail.update,
        sender: &mail.sender,
        reach: reach(words, &mail.sender, mail.updates_url.is_some()),
        blocks: Vec::new(),
    };
    writing.opening(mail.greeting_name);
    writing.first_time();
    writing.without_link();
    writing.without_news();
    writing.news();
    writing.promises();
    writing.nothing_new();
    writing.elsewhere();
    writing.questions();
    writing.next(mail.next);
    writing.choices(mail.updates_url);
    writing.help();
    writing.record(mail.check_url);
    Document { title: words.text("update-title", &[]), blocks: writing.blocks }
}

struct Writing<'a> {
    words: &'a Words,
    update: &'a Update,
    sender: &'a Sender<'a>,
    reach: String,
    blocks: Vec<Block>,
}

impl Writing<'_> {
    fn heading(&mut self, key: &str) {
        self.blocks.push(Block::Heading { words: self.words.text(key, &[]) });
    }

    fn paragraph(&mut self, words: String) {
        self.blocks.push(Block::Paragraph { words });
    }

    fn say(&mut self, key: &str, args: &[(&str, Arg<'_>)]) {
        self.paragraph(self.words.text(key, args));
    }

    fn lines(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Lines { lines });
        }
    }

    fn items<'i>(&mut self, heading: &str, items: impl Iterator<Item = &'i Item>) {
        let told: Vec<Block> = items.map(|item| telling::item(self.words, self.update, item)).collect();
        if !told.is_empty() {
            self.heading(heading);
            self.blocks.extend(told);
        }
    }

    /// What was asked. Of an older recommendation that came to rest on the reader's story only now, it says so.
    fn asked(&mut self) {
        let update = self.update;
        self.items("heading-asked", update.asked.iter());
        let joined = |item: &&Item| {
            let first = item.told.first();
            first.zip(self.since()).is_some_and(|(told, since)| told.on < since)
        };
        let titles: Vec<String> = update.asked.iter().filter(joined).map(|item| plain(&item.title)).collect();
        if !titles.is_empty() {
            self.say("asked-joined", &[("titles", self.words.list(&titles).into())]);
        }
    }

    fn date(&self, day: NaiveDate) -> Arg<'static> {
        self.words.date(day).into()
    }

    fn sender_name(&self) -> Arg<'static> {
        plain(self.sender.sender_name).into()
    }

    /// The greeting and the one paragraph that a locked telephone shows. Nothing in them names a topic, and they are
    /// longer than 200 characters whatever their parts are.
    fn opening(&mut self, name: Option<&str>) {
        self.paragraph(greeting(self.words, name));
        let mut said = vec![self.words.text("update-from", &[("sender", self.sender_name())])];
        said.extend(self.in_short());
        said.push(self.words.text("nothing-to-do", &[]));
        let to = self.date(self.update.day);
        said.push(match self.since() {
            Some(from) => self.words.text("update-covers", &[("from", self.date(from)), ("to", to)]),
            None => self.words.text("update-covers-first", &[("to", to)]),
        });
        said.push(self.words.text("can-wait", &[]));
        said.push(self.words.text("update-end-says", &[]));
        self.paragraph(said.join(" "));
    }

    fn since(&self) -> Option<NaiveDate> {
        self.update.last_told_on.filter(|_| !self.update.first)
    }

    fn in_short(&self) -> Vec<String> {
        let update = self.update;
        let short = &update.in_short;
        let changed = update.changed.iter().filter(|item| is_change(item)).count();
        let stuck = if update.stuck.is_empty() { "short-still-stuck" } else { "short-stuck" };
        let promises = if short.missed == 0 { update.promises.len() } else { 0 };
        let counts = [
            ("short-asked", update.asked.len()),
            ("short-changed", changed),
            (stuck, short.stuck),
            ("short-ended", short.ended),
            ("short-silent", short.silent),
            ("short-missed", short.missed),
            ("short-promises", promises),
            ("short-news", update.changed.len() - changed),
        ];
        let mut parts: Vec<String> = Vec::new();
        for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let place = if parts.is_empty() { "first" } else { "later" };
            parts.push(self.words.text(key, &[("count", count.into()), ("place", place.into())]));
        }
        let mut said = Vec::new();
        if update.is_without_news() {
            said.push(self.words.text("update-no-news", &[]));
        } else if self.is_without_own_news() {
            said.push(self.words.text("update-no-own-news", &[]));
        }
        if !parts.is_empty() {
            said.push(sentence(self.words, &self.words.list(&parts)));
        }
        if short.elsewhere > 0 {
            let key = if update.linked { "update-elsewhere-news" } else { "update-all-news" };
            said.push(self.words.text(key, &[("count", short.elsewhere.into())]));
        }
        said
    }

    /// Something rests on their story, and of that there is no news.
    fn is_without_own_news(&self) -> bool {
        let update = self.update;
        let told =
            [&update.asked, &update.changed, &update.stuck, &update.ended, &update.silent, &update.promises];
        update.linked && told.iter().all(|items| items.is_empty())
    }

    /// Who holds the reader's address, from whom, why, and how to end it (GDPR, article 14).
    fn first_time(&mut self) {
        if !self.update.first {
            return;
        }
        self.heading("heading-first");
        let organisation = plain(self.sender.organisation);
        let said = [
            self.words.text("first-why", &[("project", plain(self.sender.project_title).into())]),
            self.words.text("first-who", &[("organisation", organisation.into())]),
            self.words.text("first-end", &[("reach", self.reach.as_str().into())]),
        ];
        self.paragraph(said.join(" "));
    }

    fn without_link(&mut self) {
        if !self.update.linked {
            self.heading("heading-unlinked");
            self.say("unlinked", &[("sender", self.sender_name())]);
        }
    }

    /// Never "nothing changed" without why.
    fn without_news(&mut self) {
        let day = ("day", self.date(self.update.day));
        let all = self.update.is_without_news();
        if !all && !self.is_without_own_news() {
            return;
        }
        self.heading("heading-no-news");
        match self.since() {
            Some(from) => {
                let key = if all { "no-news" } else { "no-own-news" };
                self.say(key, &[("from", self.date(from)), day]);
            }
            None => self.say("no-news-yet", &[day]),
        }
    }

    fn news(&mut self) {
        let update = self.update;
        self.asked();
        self.items("heading-changed", update.changed.iter().filter(|item| is_change(item)));
        self.items("heading-stuck", update.stuck.iter());
        if !update.still_stuck.is_empty() {
            self.heading("heading-still-stuck");
            self.lines(
                update.still_stuck.iter().map(|line| lines::own(self.words, line, update.day)).collect(),
            );
        }
        self.items("heading-ended", update.ended.iter());
        self.items("heading-silent", update.silent.iter());
        self.items("heading-news", update.changed.iter().filter(|item| !is_change(item)));
    }

    fn promises(&mut self) {
        let update = self.update;
        if update.promises.is_empty() && update.due.is_empty() {
            return;
        }
        self.heading("heading-promises");
        for item in &update.promises {
            self.blocks.push(telling::item(self.words, update, item));
        }
        let named = |due: &Due| {
            let items = [&update.asked, &update.changed, &update.stuck, &update.ended, &update.silent];
            let mut items = items.into_iter().chain([&update.promises]).flatten();
            items.any(|item| item.reference == due.reference)
                || update.still_stuck.iter().any(|line| line.reference == due.reference)
        };
        self.lines(update.due.iter().map(|due| lines::due(self.words, due, named(due))).collect());
    }

    fn nothing_new(&mut self) {
        let update = self.update;
        if !update.same.is_empty() {
            self.heading("heading-same");
            self.lines(update.same.iter().map(|line| lines::own(self.words, line, update.day)).collect());
        }
    }

    fn elsewhere(&mut self) {
        let update = self.update;
        if update.elsewhere.is_empty() {
            return;
        }
        self.heading(if update.linked { "heading-elsewhere" } else { "heading-all" });
        let (news, quiet): (Vec<_>, Vec<_>) = update.elsewhere.iter().partition(|line| line.news);
        self.lines(news.iter().map(|line| lines::elsewhere(self.words, line)).collect());
        if quiet.len() > LINES {
            let titles: Vec<String> = quiet
                .iter()
                .map(|line| self.words.text("quoted", &[("words", plain(&line.title).into())]))
                .collect();
            self.say("elsewhere-folded", &[("titles", self.words.list(&titles).into())]);
        } else if !quiet.is_empty() {
            self.say("elsewhere-quiet", &[]);
            self.lines(quiet.iter().map(|line| lines::elsewhere(self.words, line)).collect());
        }
    }

    fn questions(&mut self) {
        let titles = &self.update.questions;
        if titles.is_empty() {
            return;
        }
        self.heading("heading-questions");
        self.say(if titles.len() == 1 { "questions-one" } else { "questions-many" }, &[]);
        self.lines(titles.iter().map(|title| Line::new(plain(title))).collect());
        let mut how = vec![self.words.text("questions-how", &[("reach", self.reach.as_str().into())])];
        if titles.len() > 1 {
            how.push(self.words.text("questions-which", &[]));
        }
        self.paragraph(how.join(" "));
    }

    fn next(&mut self, next: Next) {
        self.heading("heading-next");
        match next {
            Next::On(day) => self.say("next-on", &[("date", self.date(day))]),
            Next::WhenDone { latest: Some(day) } => {
                self.say("next-when-done-latest", &[("date", self.date(day))]);
            }
            Next::WhenDone { latest: None } => self.say("next-when-done", &[]),
            Next::None => self.say("next-none", &[]),
        }
    }

    fn choices(&mut self, updates_url: Option<&str>) {
        self.heading("heading-choices");
        self.paragraph(self.words.text("choices-how", &[("reach", self.reach.as_str().into())]));
        let plain_choice = |key: &str| Line::new(self.words.text(key, &[]));
        let mut choices = ["choice-other", "choice-stop", "choice-withdraw"].map(plain_choice).to_vec();
        // Without a reply the way to reach them names the telephone already.
        choices.push(Line::new(match self.sender.contact_phone.filter(|_| updates_url.is_some()) {
            Some(phone) => {
                let args = [("sender", self.sender_name()), ("phone", plain(phone).into())];
                self.words.text("choice-talk-ring", &args)
            }
            None => self.words.text("choice-talk", &[("sender", self.sender_name())]),
        }));
        if let Some(url) = updates_url {
            choices.push(Line::link(self.words.text("choice-link", &[]), url));
        }
        self.lines(choices);
    }

    fn help(&mut self) {
        let mut said = Vec::new();
        if let Some(contact) = self.sender.support_contact {
            let contact = sentence(self.words, contact);
            said.push(Line::new(self.words.text("help-support", &[("contact", contact.into())])));
        }
        if let Some(person) = self.sender.concern_person {
            let person = sentence(self.words, person);
            said.push(Line::new(self.words.text("help-concern", &[("person", person.into())])));
        }
        if !said.is_empty() {
            self.heading("heading-help");
            self.lines(said);
        }
    }

    fn record(&mut self, check_url: Option<&str>) {
        self.heading("heading-record");
        self.say("record-why", &[]);
        let covers = &self.update.covers;
        // As text, so that no language groups its digits: it is a name, not a quantity.
        let args =
            [("seq", covers.seq.to_string().into()), ("fingerprint", fingerprint(&covers.hash).into())];
        self.say("record-line", &args);
        if let Some(url) = check_url {
            self.lines(vec![Line::link(self.words.text("record-check", &[]), url)]);
        }
    }
}

/// Something happened to the recommendation itself: an answer came, or the work moved. A note or a new date alone is
/// news, but changes nothing for anybody yet.
fn is_change(item: &Item) -> bool {
    item.told.iter().any(|told| matches!(told.fact, Fact::Response { .. } | Fact::Progress { .. }))
}
