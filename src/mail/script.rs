//! A call: what is said before the update, what is asked after it, and the update in words that can be spoken. Somebody
//! else may pick up the telephone, so the project is not named before the right person has said that they can talk.

use crate::locale::Words;

use super::document::{Block, Line, plain};
use super::press::{About, Same};
use super::update::{Done, Writing};

/// The same without what nobody can say: an address of the web.
pub(super) fn spoken(words: &Words, block: Block) -> Block {
    let said = |said: String| format!("{said} {}", words.text("script-link", &[]));
    match block {
        // What stands in short lines on a page goes on as sentences.
        Block::Item { title, mut tells } => {
            for tell in &mut tells {
                for detail in std::mem::take(&mut tell.details) {
                    let words = if detail.url.is_some() { said(detail.words) } else { detail.words };
                    tell.words = format!("{} {words}", tell.words);
                }
            }
            Block::Item { title, tells }
        }
        Block::Line { line: Line { title, words, url: Some(_) } } => {
            Block::Line { line: Line { title, words: said(words), url: None } }
        }
        block => block,
    }
}

/// What is said and left unsaid before anything is read out.
pub(super) fn before(words: &Words, sender: &str, name: Option<&str>) -> Vec<Block> {
    let sender = plain(sender);
    let name = name.map(plain).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| words.text("script-nobody-named", &[]));
    let args = || [("name", name.as_str().into()), ("sender", sender.as_str().into())];
    let says = |keys: &[&str]| {
        let said: Vec<String> = keys.iter().map(|key| words.text(key, &args())).collect();
        Block::Paragraph { words: said.join(" ") }
    };
    let heading = |key: &str| Block::Heading { words: words.text(key, &[]) };
    vec![
        heading("script-heading-first"),
        says(&["script-first-ask"]),
        says(&["script-first-alone", "script-first-nothing"]),
        heading("script-heading-other"),
        says(&["script-other-say", "script-other-never"]),
        heading("script-heading-machine"),
        says(&["script-machine-none", "script-machine-never"]),
        Block::Blank { words: words.text("script-again", &[]) },
        heading("script-heading-read"),
    ]
}

/// What is written down when the call is over.
pub(super) fn after(words: &Words) -> Vec<Block> {
    let ends = ["script-ended-told", "script-ended-part", "script-ended-nobody", "script-ended-refused"];
    vec![
        Block::Heading { words: words.text("script-heading-after", &[]) },
        boxes(words, String::new(), &ends),
        Block::Blank { words: words.text("script-by", &[]) },
    ]
}

impl Writing<'_, '_> {
    pub(super) fn before_the_call(&mut self, name: Option<&str>) -> Done {
        before(self.words, self.sender.sender_name, name).iter().try_for_each(|block| self.own(block))
    }

    /// The questions and choices, with a box for each answer.
    pub(super) fn asked_on_the_telephone(&mut self) -> Done {
        let titles = self.asked_about()?;
        if titles.is_empty() {
            return Ok(());
        }
        let voice = self.voice;
        for title in titles {
            self.shared(About::Title(Same(title.clone())), |words| {
                let answers = ["script-yes", "script-partly", "script-no", "script-unknown"];
                boxes(words, voice.title(title, plain), &answers)
            })?;
        }
        self.shared(About::Standing("script-in-their-words"), |words| Block::Blank {
            words: words.text("script-in-their-words", &[]),
        })
    }

    pub(super) fn after_the_call(&mut self) -> Done {
        self.heading("heading-choices")?;
        self.standing("script-choices", &[])?;
        self.shared(About::Standing("script-choice-as-now"), |words| {
            let choices = [
                "script-choice-as-now",
                "script-choice-less",
                "script-choice-pause",
                "script-choice-form",
                "script-choice-stop",
                "script-choice-withdraw",
                "script-choice-talk",
            ];
            boxes(words, String::new(), &choices)
        })?;
        after(self.words).iter().try_for_each(|block| self.own(block))
    }
}

fn boxes(words: &Words, about: String, keys: &[&str]) -> Block {
    Block::Boxes { words: about, choices: keys.iter().map(|key| words.text(key, &[])).collect() }
}
