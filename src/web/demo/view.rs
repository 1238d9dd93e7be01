//! What the mailbox's pages are made of.

use std::collections::BTreeMap;

use serde::Serialize;

use super::folder::{Form, Letter, Opened};
use crate::web::Language;

#[derive(Serialize)]
pub struct Index {
    #[serde(flatten)]
    /// The mailbox is for whoever tries the program out.
    language: Language<'static>,
    count: usize,
    by: &'static str,
    person: Option<usize>,
    people: Vec<Person>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Person {
    number: usize,
    name: String,
    count: usize,
    #[serde(skip)]
    address: String,
}

#[derive(Serialize)]
struct Group {
    name: String,
    messages: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    number: usize,
    href: String,
    to_name: String,
    to_address: String,
    subject: String,
    day: String,
    time: String,
    form: &'static str,
}

/// The list of messages; `None` when there is no such person.
pub fn index(letters: &[Letter], person: Option<usize>, by_person: bool) -> Option<Index> {
    let people = people(letters);
    let mut groups: Vec<Group> = Vec::new();
    if let Some(number) = person {
        let person = people.iter().find(|person| person.number == number)?;
        groups.push(Group { name: person.name.clone(), messages: rows_of(letters, person) });
    } else if by_person {
        groups = people
            .iter()
            .map(|person| Group { name: person.name.clone(), messages: rows_of(letters, person) })
            .collect();
    } else {
        for letter in letters {
            match groups.last_mut().filter(|group| group.name == letter.day) {
                Some(group) => group.messages.push(row(letter, None)),
                None => groups.push(Group { name: letter.day.clone(), messages: vec![row(letter, None)] }),
            }
        }
    }
    Some(Index {
        language: Language::english(),
        count: letters.len(),
        by: if by_person { "person" } else { "time" },
        person,
        people,
        groups,
    })
}

/// Everybody who got a message, by name, numbered from 1.
fn people(letters: &[Letter]) -> Vec<Person> {
    let mut found: BTreeMap<(String, String), (String, usize)> = BTreeMap::new();
    for letter in letters {
        let key = (letter.to_name.to_lowercase(), letter.to_address.to_lowercase());
        found.entry(key).or_insert_with(|| (letter.to_name.clone(), 0)).1 += 1;
    }
    let numbered = found.into_iter().zip(1..);
    numbered.map(|(((_, address), (name, count)), number)| Person { number, name, count, address }).collect()
}

fn is_for(letter: &Letter, person: &Person) -> bool {
    letter.to_name.to_lowercase() == person.name.to_lowercase()
        && letter.to_address.to_lowercase() == person.address
}

fn rows_of(letters: &[Letter], person: &Person) -> Vec<Row> {
    letters
        .iter()
        .filter(|letter| is_for(letter, person))
        .map(|letter| row(letter, Some(person.number)))
        .collect()
}

fn row(letter: &Letter, person: Option<usize>) -> Row {
    Row {
        number: letter.number,
        href: address(letter.number, person, None),
        to_name: letter.to_name.clone(),
        to_address: letter.to_address.clone(),
        subject: letter.subject.clone(),
        day: letter.day.clone(),
        time: letter.time.clone(),
        form: match letter.form {
            Form::Both => "both",
            Form::Text => "text",
            Form::Html => "html",
        },
    }
}

fn address(number: usize, person: Option<usize>, view: Option<&str>) -> String {
    let person = person.map(|person| format!("person={person}"));
    let view = view.map(|view| format!("view={view}"));
    let asked: Vec<String> = [person, view].into_iter().flatten().collect();
    match asked.is_empty() {
        true => format!("/mailbox/{number}"),
        false => format!("/mailbox/{number}?{}", asked.join("&")),
    }
}

#[derive(Serialize)]
pub struct OneMessage<'a> {
    #[serde(flatten)]
    /// The mailbox is for whoever tries the program out.
    language: Language<'static>,
    message: Row,
    from: &'a str,
    person: Option<usize>,
    back: String,
    previous: Option<String>,
    next: Option<String>,
    view: &'static str,
    tabs: Vec<Tab>,
    height: usize,
    text: Vec<Piece<'a>>,
    headers: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Tab {
    name: &'static str,
    href: String,
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    value: &'a str,
}

/// One message; `None` when it has no such view, or did not go to this person.
pub fn message<'a>(
    letters: &[Letter],
    letter: &Letter,
    opened: &'a Opened,
    person: Option<usize>,
    view: Option<&str>,
    public: &str,
) -> Option<OneMessage<'a>> {
    let somebody = match person {
        Some(number) => Some(people(letters).into_iter().find(|person| person.number == number)?),
        None => None,
    };
    let shown: Vec<usize> = letters
        .iter()
        .filter(|letter| somebody.as_ref().is_none_or(|person| is_for(letter, person)))
        .map(|letter| letter.number)
        .collect();
    let at = shown.iter().position(|number| *number == letter.number)?;
    let views: Vec<&'static str> =
        [opened.html.is_some().then_some("html"), opened.text.is_some().then_some("text"), Some("headers")]
            .into_iter()
            .flatten()
            .collect();
    let chosen = match view {
        Some(view) => *views.iter().find(|name| **name == view)?,
        None => views[0],
    };
    // The next message is shown in the same way; one that has no such view would be missing, so HTML is not carried on.
    let carried = view.filter(|view| *view == "headers");
    let step = |to: Option<&usize>| to.map(|number| address(*number, person, carried));
    Some(OneMessage {
        language: Language::english(),
        message: row(letter, person),
        from: &opened.from,
        person,
        back: match person {
            Some(number) => format!("/mailbox?person={number}"),
            None => "/mailbox".to_owned(),
        },
        previous: step(at.checked_sub(1).and_then(|at| shown.get(at))),
        next: step(shown.get(at + 1)),
        view: chosen,
        tabs: views
            .iter()
            .map(|name| Tab { name, href: address(letter.number, person, Some(name)) })
            .collect(),
        height: height(opened.text.as_deref().unwrap_or_default()),
        text: opened.text.as_deref().map(|text| pieces(text, public)).unwrap_or_default(),
        headers: opened.headers.iter().map(|(name, value)| Line { name, value }).collect(),
    })
}

/// About as many pixels as the message needs: without a script a frame cannot fit itself to what it holds.
fn height(text: &str) -> usize {
    let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(64).max(1)).sum();
    (200 + lines * 28).clamp(480, 6000)
}

#[derive(Debug, PartialEq, Serialize)]
struct Piece<'a> {
    text: &'a str,
    href: Option<&'a str>,
}

/// The text with its links to this instance, and to nowhere else.
fn pieces<'a>(text: &'a str, public: &str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(public) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || "<>\"".contains(c)).unwrap_or(from.len());
        let link = from[..end].trim_end_matches(['.', ',', ';', ')']);
        pieces.push(Piece { text: before, href: None });
        pieces.push(Piece { text: link, href: Some(link) });
        rest = &from[link.len()..];
    }
    pieces.push(Piece { text: rest, href: None });
    pieces
}

/// A link must not open inside the frame: the pages it leads to refuse to be framed.
pub fn links_in_new_tab(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let head = lower.find("<head>").or_else(|| lower.find("<head "));
    match head.and_then(|head| lower[head..].find('>').map(|end| head + end + 1)) {
        Some(end) => format!("{}<base target=\"_blank\">{}", &html[..end], &html[end..]),
        None => html.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_this_instance_can_be_followed_and_others_are_text() {
        let found = pieces(
            "Pause: http://localhost:8080/u/x.\nOr https://elsewhere.example/.",
            "http://localhost:8080/",
        );
        let texts: Vec<_> = found.iter().map(|piece| (piece.text, piece.href)).collect();
        assert_eq!(
            texts,
            [
                ("Pause: ", None),
                ("http://localhost:8080/u/x", Some("http://localhost:8080/u/x")),
                (".\nOr https://elsewhere.example/.", None),
            ]
        );
    }

    #[test]
    fn the_links_of_a_message_open_beside_it() {
        assert_eq!(
            links_in_new_tab("<html><HEAD lang=\"en\"><title>x</title>"),
            "<html><HEAD lang=\"en\"><base target=\"_blank\"><title>x</title>"
        );
        assert_eq!(links_in_new_tab("<header>x</header>"), "<header>x</header>");
    }
}
