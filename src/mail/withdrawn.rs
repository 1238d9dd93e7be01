//! The confirmation that a story was withdrawn: the last message to somebody who has no other story in the project.

use crate::locale::Words;

use super::document::{Block, plain};
use super::{Way, WithdrawnMail, greeting, reach, script, unchecked};

pub fn blocks(words: &Words, mail: &WithdrawnMail<'_>) -> Vec<Block> {
    let reach = reach(&mail.sender, mail.way);
    let sender = plain(mail.sender.sender_name);
    // Like an update's, this paragraph names no topic and is longer than a locked telephone shows.
    let mut opening = vec![
        words.text("withdrawn-from", &[("sender", sender.into())]),
        words.text("withdrawn-done", &[("date", words.date(mail.on).into())]),
    ];
    if mail.way != Way::Call {
        opening.extend([words.text("withdrawn-below", &[]), words.text("can-wait", &[])]);
    }
    let now = [words.text("withdrawn-now", &[]), words.text("withdrawn-stays", &[])];
    let after = if mail.others_remain {
        vec![words.text("withdrawn-others", &reach)]
    } else {
        vec![words.text("withdrawn-last", &[]), words.text("withdrawn-details", &reach)]
    };
    let paragraph = |words: String| Block::Paragraph { words };
    let name = mail.greeting_name;
    let mut blocks = match mail.way {
        Way::Call => script::before(words, mail.sender.sender_name, name),
        _ => vec![Block::Greeting { words: greeting(words, name) }],
    };
    blocks.push(paragraph(opening.join(" ")));
    blocks.extend(unchecked(words, &reach));
    blocks.extend([
        Block::Heading { words: words.text("heading-withdrawn", &[]) },
        paragraph(now.join(" ")),
        paragraph(words.text("withdrawn-copies", &[])),
        paragraph(after.join(" ")),
        // Not in the opening: an address may name the organisation.
        paragraph(words.text("withdrawn-mistake", &reach)),
    ]);
    if mail.way == Way::Call {
        blocks.extend(script::after(words));
    }
    blocks
}
