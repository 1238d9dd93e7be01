//! How an update closes: the questions, the next one, the reader's choices, help, and the check.

use std::sync::Arc;

use crate::domain::record::fingerprint;

use super::around::Own;
use super::document::{Block, Line, plain, sentence};
use super::press::{About, Same};
use super::update::{Done, Writing};
use super::{Next, Sender, Typed, Way};

/// How the reader chooses.
enum Choosing<'a> {
    /// By saying these words.
    Saying(&'static str),
    /// On the web.
    Doing(ByLink<'a>),
}

enum ByLink<'a> {
    Address(&'a str),
    Code(Typed<'a>),
}

impl<'p> Writing<'_, 'p> {
    /// What is to be asked about, under its heading; none where nothing is said to be done.
    pub(super) fn asked_about(&mut self) -> anyhow::Result<&'p [Arc<str>]> {
        let titles = &self.update.questions;
        if !titles.is_empty() {
            self.heading("heading-questions")?;
            self.standing(if titles.len() == 1 { "questions-one" } else { "questions-many" }, &[])?;
        }
        Ok(titles)
    }

    pub(super) fn questions(&mut self) -> Done {
        let titles = self.asked_about()?;
        if titles.is_empty() {
            return Ok(());
        }
        let voice = self.voice;
        self.list(titles, |writing, title| {
            let about = About::Title(Same(title.clone()));
            writing.shared(about, |_| Block::Line { line: Line::new(voice.title(title, plain)) })
        })?;
        let (reach, many) = (self.reach.clone(), titles.len() > 1);
        self.shared(About::Counted("questions-how", usize::from(many)), |words| {
            let mut how = vec![words.text("questions-how", &reach)];
            if many {
                how.push(words.text("questions-which", &[]));
            }
            Block::Paragraph { words: how.join(" ") }
        })
    }

    pub(super) fn next(&mut self, next: Next) -> Done {
        self.heading("heading-next")?;
        self.shared(About::Next(next), |words| {
            let on = |key: &str, day| words.text(key, &[("date", words.date(day).into())]);
            let words = match next {
                Next::On(day) => on("next-on", day),
                Next::WhenDone { latest: Some(day) } => on("next-when-done-latest", day),
                Next::WhenDone { latest: None } => words.text("next-when-done", &[]),
                Next::None => words.text("next-none", &[]),
            };
            Block::Paragraph { words }
        })
    }

    pub(super) fn choices(&mut self, way: Way<'_>) -> Done {
        self.heading("heading-choices")?;
        let reach = self.reach.clone();
        self.standing("choices-how", &reach)?;
        let sender = self.sender;
        let by_link = match way {
            Way::Mail(Some(url)) => Some(ByLink::Address(url)),
            Way::Letter(Some(typed)) => Some(ByLink::Code(typed)),
            _ => None,
        };
        // Without a reply the way to reach them names the telephone already.
        let phone = sender.contact_phone.filter(|_| matches!(way, Way::Mail(Some(_))));
        let standing = ["choice-other", "choice-stop", "choice-withdraw", "choice-talk"];
        let lines: Vec<Choosing<'_>> =
            standing.into_iter().map(Choosing::Saying).chain(by_link.map(Choosing::Doing)).collect();
        self.list(&lines, |writing, choosing| match choosing {
            Choosing::Saying(key) => writing.shared(About::Standing(key), |words| {
                let said = match (*key, phone) {
                    ("choice-talk", Some(phone)) => {
                        let name = plain(sender.sender_name);
                        let args = [("sender", name.into()), ("phone", plain(phone).into())];
                        words.text("choice-talk-ring", &args)
                    }
                    ("choice-talk", None) => {
                        words.text("choice-talk", &[("sender", plain(sender.sender_name).into())])
                    }
                    (key, _) => words.text(key, &[]),
                };
                Block::Line { line: Line::new(said) }
            }),
            Choosing::Doing(ByLink::Address(url)) => {
                let about = About::Standing("choice-link");
                let piece = writing.press.around(about, Own::Address(url), |words, url| Block::Line {
                    line: Line::link(words.text("choice-link", &[]), url),
                })?;
                writing.pieces.push(piece);
                Ok(())
            }
            Choosing::Doing(ByLink::Code(Typed { at, code })) => {
                let args = [("address", (*at).into()), ("code", (*code).into())];
                let line = Line::new(writing.words.text("choice-code", &args));
                writing.own(&Block::Line { line })
            }
        })
    }

    pub(super) fn help(&mut self) -> Done {
        let Sender { support_contact, concern_person, .. } = *self.sender;
        let lines =
            [("help-support", "contact", support_contact), ("help-concern", "person", concern_person)];
        let lines: Vec<_> = lines.into_iter().filter_map(|(key, arg, who)| Some((key, arg, who?))).collect();
        if lines.is_empty() {
            return Ok(());
        }
        self.heading("heading-help")?;
        let voice = self.voice;
        self.list(&lines, |writing, (key, arg, who)| {
            writing.shared(About::Standing(key), |words| {
                let said = words.text(key, &[(arg, voice.typed(&sentence(words, who)).into())]);
                Block::Line { line: Line::new(said) }
            })
        })
    }

    pub(super) fn record(&mut self, check_url: Option<&str>) -> Done {
        self.heading("heading-record")?;
        self.standing("record-why", &[])?;
        let covers = &self.update.covers;
        self.shared(About::Standing("record-line"), |words| {
            // As text, so that no language groups its digits: it is a name, not a quantity.
            let args =
                [("seq", covers.seq.to_string().into()), ("fingerprint", fingerprint(&covers.hash).into())];
            Block::Paragraph { words: words.text("record-line", &args) }
        })?;
        match check_url {
            Some(url) => self.list(&["record-check"], |writing, key| {
                writing.shared(About::Standing(key), |words| Block::Line {
                    line: Line::link(words.text(key, &[]), url),
                })
            }),
            None => Ok(()),
        }
    }
}
