//! An update as a message: which headings come in which order, what stands between them, and how it opens and closes.
//! How a single event is told stands in `telling`.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::event::Fact;
use crate::domain::update::{self as domain, Item, Update};
use crate::locale::{Arg, Voice, Words};

use super::around::Own;
use super::document::{Block, Line, plain, sentence};
use super::press::{About, Opening, Piece, Press, Same};
use super::{Sender, UpdateMail, Way, greeting, lines, reach, script, telling, unchecked};

/// Where more recommendations than this have no news, one sentence names them all.
const LINES: usize = 12;

/// The blocks of an update, from the press: what others are told too is made once.
pub fn blocks(press: &mut Press<'_>, mail: &UpdateMail<'_>) -> anyhow::Result<Vec<Arc<Piece>>> {
    let words = press.words;
    let voice = Voice { words, own: mail.sender.language, titles: mail.sender.titles };
    let made = || reach(&mail.sender, mail.way).into();
    let reach = press.made().reach.get_or_insert_with(made).clone();
    let mut writing = Writing {
        words,
        voice,
        press,
        update: mail.update,
        sender: &mail.sender,
        reach,
        spoken: mail.way == Way::Call,
        pieces: Vec::with_capacity(64),
    };
    if writing.spoken {
        writing.before_the_call(mail.greeting_name)?;
    } else {
        writing.greeting(mail.greeting_name)?;
    }
    writing.opening()?;
    writing.unchecked()?;
    writing.first_time()?;
    writing.without_link()?;
    writing.without_news()?;
    writing.news()?;
    writing.promises()?;
    writing.nothing_new()?;
    writing.elsewhere()?;
    if writing.spoken {
        writing.asked_on_the_telephone()?;
        writing.next(mail.next)?;
        writing.help()?;
        writing.after_the_call()?;
        return Ok(writing.pieces);
    }
    writing.questions()?;
    writing.next(mail.next)?;
    writing.choices(mail.way)?;
    writing.help()?;
    writing.record(mail.check_url)?;
    Ok(writing.pieces)
}

pub(super) struct Writing<'a, 'p> {
    pub(super) words: &'a Words,
    pub(super) voice: Voice<'p>,
    pub(super) press: &'p mut Press<'a>,
    pub(super) update: &'p Update,
    pub(super) sender: &'p Sender<'p>,
    pub(super) reach: Arc<[(&'static str, Arg<'static>)]>,
    /// It is read out: no address of the web, and nothing about reading.
    pub(super) spoken: bool,
    pub(super) pieces: Vec<Arc<Piece>>,
}

pub(super) type Done = anyhow::Result<()>;

impl Writing<'_, '_> {
    pub(super) fn shared(&mut self, about: About, make: impl FnOnce(&Words) -> Block) -> Done {
        let spoken = self.spoken;
        let make = |words: &Words| if spoken { script::spoken(words, make(words)) } else { make(words) };
        self.pieces.push(self.press.shared(about, make)?);
        Ok(())
    }

    /// What is for this reader alone, or rarely the same for two.
    pub(super) fn own(&mut self, block: &Block) -> Done {
        self.pieces.push(self.press.own(block)?);
        Ok(())
    }

    pub(super) fn heading(&mut self, key: &'static str) -> Done {
        self.shared(About::Standing(key), |words| Block::Heading { words: words.text(key, &[]) })
    }

    /// Words that do not depend on the reader.
    pub(super) fn standing(&mut self, key: &'static str, args: &[(&str, Arg<'_>)]) -> Done {
        self.shared(About::Standing(key), |words| Block::Paragraph { words: words.text(key, args) })
    }

    pub(super) fn paragraph(&mut self, words: String) -> Done {
        self.own(&Block::Paragraph { words })
    }

    pub(super) fn list<T>(&mut self, lines: &[T], each: impl Fn(&mut Self, &T) -> Done) -> Done {
        if lines.is_empty() {
            return Ok(());
        }
        self.shared(About::Standing("list-opens"), |_| Block::ListOpens)?;
        for line in lines {
            each(self, line)?;
        }
        self.shared(About::Standing("list-ends"), |_| Block::ListEnds)
    }

    fn item(&mut self, item: &Arc<Item>) -> Done {
        let (day, voice) = (self.update.day, self.voice);
        self.shared(About::Item(Same(item.clone())), |_| telling::item(voice, day, item))
    }

    fn items<'i>(&mut self, heading: &'static str, items: impl Iterator<Item = &'i Arc<Item>>) -> Done {
        for (place, item) in items.enumerate() {
            if place == 0 {
                self.heading(heading)?;
            }
            self.item(item)?;
        }
        Ok(())
    }

    fn own_lines(&mut self, lines: &[Arc<domain::Line>]) -> Done {
        let (day, voice) = (self.update.day, self.voice);
        self.list(lines, |writing, line| {
            let about = About::Own(Same(line.clone()));
            writing.shared(about, |_| Block::Line { line: lines::own(voice, line, day) })
        })
    }

    fn lines_elsewhere(&mut self, lines: &[&Arc<domain::Line>]) -> Done {
        let voice = self.voice;
        self.list(lines, |writing, line| {
            let about = About::Elsewhere(Same(Arc::clone(line)));
            writing.shared(about, |_| Block::Line { line: lines::elsewhere(voice, line) })
        })
    }

    /// What was asked. Of an older recommendation that came to rest on the reader's story only now, it says so.
    fn asked(&mut self) -> Done {
        let update = self.update;
        self.items("heading-asked", update.asked.iter())?;
        let joined = |item: &&Arc<Item>| {
            let first = item.told.first();
            first.zip(self.since()).is_some_and(|(told, since)| told.on < since)
        };
        let title = |item: &Arc<Item>| self.voice.title(&item.title, plain);
        let titles: Vec<String> = update.asked.iter().filter(joined).map(title).collect();
        if titles.is_empty() {
            return Ok(());
        }
        self.paragraph(self.words.text("asked-joined", &[("titles", self.words.list(&titles).into())]))
    }

    pub(super) fn sender_name(&self) -> Arg<'static> {
        plain(self.sender.sender_name).into()
    }

    fn greeting(&mut self, name: Option<&str>) -> Done {
        let greeting = |words: &Words, name: Option<&str>| Block::Greeting { words: greeting(words, name) };
        match name.map(plain).filter(|name| !name.is_empty()) {
            Some(name) => {
                let make = |words: &Words, name: &str| greeting(words, Some(name));
                let piece = self.press.around(About::Standing("greeting"), Own::Name(&name), make)?;
                self.pieces.push(piece);
                Ok(())
            }
            None => self.shared(About::Standing("greeting"), |words| greeting(words, None)),
        }
    }

    fn opening(&mut self) -> Done {
        let update = self.update;
        let changed = update.changed.iter().filter(|item| is_change(item)).count();
        let opening = Opening {
            short: update.in_short,
            asked: update.asked.len(),
            changed,
            news: update.changed.len() - changed,
            promises: update.promises.len(),
            newly_stuck: !update.stuck.is_empty(),
            linked: update.linked,
            without_news: update.is_without_news(),
            without_own_news: self.is_without_own_news(),
            since: self.since(),
        };
        let (day, sender, spoken) = (update.day, self.sender.sender_name, self.spoken);
        let about = About::Opening(opening.clone());
        self.shared(about, |words| Block::Paragraph { words: opened(words, &opening, sender, day, spoken) })
    }

    /// That nobody has checked the words yet. It stands after the first paragraph, which a locked telephone shows.
    fn unchecked(&mut self) -> Done {
        match unchecked(self.words, &self.reach) {
            Some(block) => self.shared(About::Standing("language-unchecked"), |_| block),
            None => Ok(()),
        }
    }

    fn since(&self) -> Option<NaiveDate> {
        self.update.last_told_on.filter(|_| !self.update.first)
    }

    /// Something rests on their story, and of that there is no news.
    fn is_without_own_news(&self) -> bool {
        let update = self.update;
        let told =
            [&update.asked, &update.changed, &update.stuck, &update.ended, &update.silent, &update.promises];
        update.linked && told.iter().all(|items| items.is_empty())
    }

    /// Who holds the reader's address, from whom, why, and how to end it (GDPR, article 14).
    fn first_time(&mut self) -> Done {
        if !self.update.first {
            return Ok(());
        }
        self.heading("heading-first")?;
        let (sender, reach) = (self.sender, self.reach.clone());
        self.shared(About::Standing("first"), |words| {
            let said = [
                words.text("first-why", &[("project", plain(sender.project_title).into())]),
                words.text("first-who", &[("organisation", plain(sender.organisation).into())]),
                words.text("first-end", &reach),
            ];
            Block::Paragraph { words: said.join(" ") }
        })
    }

    fn without_link(&mut self) -> Done {
        if self.update.linked {
            return Ok(());
        }
        self.heading("heading-unlinked")?;
        self.standing("unlinked", &[("sender", self.sender_name())])
    }

    /// Never "nothing changed" without why.
    fn without_news(&mut self) -> Done {
        let all = self.update.is_without_news();
        if !all && !self.is_without_own_news() {
            return Ok(());
        }
        self.heading("heading-no-news")?;
        let (since, day) = (self.since(), self.update.day);
        let key = match (since, all) {
            (Some(_), true) => "no-news",
            (Some(_), false) => "no-own-news",
            (None, _) => "no-news-yet",
        };
        self.shared(About::Since(key, since), |words| {
            let from = since.map(|from| ("from", words.date(from).into()));
            let args: Vec<(&str, Arg<'_>)> =
                from.into_iter().chain([("day", words.date(day).into())]).collect();
            Block::Paragraph { words: words.text(key, &args) }
        })
    }

    fn news(&mut self) -> Done {
        let update = self.update;
        self.asked()?;
        self.items("heading-changed", update.changed.iter().filter(|item| is_change(item)))?;
        self.items("heading-stuck", update.stuck.iter())?;
        if !update.still_stuck.is_empty() {
            self.heading("heading-still-stuck")?;
            self.own_lines(&update.still_stuck)?;
        }
        self.items("heading-ended", update.ended.iter())?;
        self.items("heading-silent", update.silent.iter())?;
        self.items("heading-news", update.changed.iter().filter(|item| !is_change(item)))
    }

    fn promises(&mut self) -> Done {
        let update = self.update;
        if update.promises.is_empty() && update.due.is_empty() {
            return Ok(());
        }
        self.heading("heading-promises")?;
        for item in &update.promises {
            self.item(item)?;
        }
        let voice = self.voice;
        self.list(&update.due, |writing, due| {
            let about = About::Due(Same(due.clone()));
            writing.shared(about, |_| Block::Line { line: lines::due(voice, due) })
        })
    }

    fn nothing_new(&mut self) -> Done {
        if self.update.same.is_empty() {
            return Ok(());
        }
        self.heading("heading-same")?;
        self.own_lines(&self.update.same)
    }

    fn elsewhere(&mut self) -> Done {
        let update = self.update;
        if update.elsewhere.is_empty() {
            return Ok(());
        }
        self.heading(if update.linked { "heading-elsewhere" } else { "heading-all" })?;
        let (news, quiet): (Vec<_>, Vec<_>) = update.elsewhere.iter().partition(|line| line.news);
        self.lines_elsewhere(&news)?;
        if quiet.is_empty() {
            return Ok(());
        }
        self.standing("elsewhere-quiet", &[])?;
        if quiet.len() <= LINES {
            return self.lines_elsewhere(&quiet);
        }
        // Where there are many, their names have to do.
        let voice = self.voice;
        self.list(&quiet, |writing, line| {
            let about = About::Folded(Same((*line).clone()));
            writing.shared(about, |_| Block::Line { line: Line::new(voice.title(&line.title, plain)) })
        })
    }
}

/// The one paragraph that a locked telephone shows. Nothing in it names a topic, and it is longer than 200 characters
/// whatever its parts are.
fn opened(words: &Words, opening: &Opening, sender: &str, day: NaiveDate, spoken: bool) -> String {
    let mut said = vec![words.text("update-from", &[("sender", plain(sender).into())])];
    said.extend(in_short(words, opening));
    said.push(words.text("nothing-to-do", &[]));
    let to = words.date(day).into();
    said.push(match opening.since {
        Some(from) => words.text("update-covers", &[("from", words.date(from).into()), ("to", to)]),
        None => words.text("update-covers-first", &[("to", to)]),
    });
    if !spoken {
        said.push(words.text("can-wait", &[]));
        said.push(words.text("update-end-says", &[]));
    }
    said.join(" ")
}

fn in_short(words: &Words, opening: &Opening) -> Vec<String> {
    let short = &opening.short;
    let stuck = if opening.newly_stuck { "short-stuck" } else { "short-still-stuck" };
    let promises = if short.missed == 0 { opening.promises } else { 0 };
    let counts = [
        ("short-asked", opening.asked),
        ("short-changed", opening.changed),
        (stuck, short.stuck),
        ("short-ended", short.ended),
        ("short-silent", short.silent),
        ("short-missed", short.missed),
        ("short-promises", promises),
        ("short-news", opening.news),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        let place = if parts.is_empty() { "first" } else { "later" };
        parts.push(words.text(key, &[("count", count.into()), ("place", place.into())]));
    }
    let mut said = Vec::new();
    if opening.without_news {
        said.push(words.text("update-no-news", &[]));
    } else if opening.without_own_news {
        said.push(words.text("update-no-own-news", &[]));
    }
    if !parts.is_empty() {
        said.push(sentence(words, &words.list(&parts)));
    }
    if short.elsewhere > 0 {
        let key = if opening.linked { "update-elsewhere-news" } else { "update-all-news" };
        said.push(words.text(key, &[("count", short.elsewhere.into())]));
    }
    said
}

/// Something happened to the recommendation itself: an answer came, or the work moved. A note or a new date alone is
/// news, but changes nothing for anybody yet.
fn is_change(item: &Item) -> bool {
    item.told.iter().any(|told| matches!(told.fact, Fact::Response { .. } | Fact::Progress { .. }))
}
