//! Reads the folder of `.eml` files. Messages are numbered from 1 in the order in which they were sent, so an address
//! of the mailbox never holds the name of a file.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use mail_parser::{DateTime, Message, MessageParser, PartType};

/// Ours are a few dozen KB; what is far larger is not ours.
const LARGEST: u64 = 4 * 1024 * 1024;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Both,
    Text,
    Html,
}

/// What the list shows of a message.
pub struct Letter {
    pub number: usize,
    pub path: PathBuf,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub day: String,
    pub time: String,
    pub form: Form,
    sent: i64,
}

/// What one page shows of it.
pub struct Opened {
    pub from: String,
    pub text: Option<String>,
    pub html: Option<String>,
    pub headers: Vec<(String, String)>,
}

/// All messages in the folder and in the folders right below it, the earliest first.
pub fn letters(folder: &Path) -> anyhow::Result<Vec<Letter>> {
    let mut files = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            files.extend(entries(&path)?.into_iter().filter(|path| is_message(path)));
        } else if is_message(&path) {
            files.push(path);
        }
    }
    files.sort();
    let mut letters = Vec::new();
    for path in files {
        if let Some(letter) = parse(&read(&path)?).map(|message| letter(&message, path)) {
            letters.push(letter);
        }
    }
    // Stable: what was sent in the same second stays in the order of the files' names.
    letters.sort_by_key(|letter| letter.sent);
    for (at, letter) in letters.iter_mut().enumerate() {
        letter.number = at + 1;
    }
    Ok(letters)
}

pub fn open(path: &Path) -> anyhow::Result<Opened> {
    let bytes = read(path)?;
    let message = parse(&bytes).ok_or_else(|| anyhow!("a message in the mailbox cannot be read"))?;
    let from = message.from().and_then(|from| from.first()).map(|from| match (from.name(), from.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    });
    Ok(Opened {
        from: from.unwrap_or_default(),
        text: text(&message).map(|text| text.replace("\r\n", "\n")),
        html: html(&message).map(str::to_owned),
        headers: message
            .headers_raw()
            .map(|(name, value)| (name.to_owned(), value.trim().replace("\r\n", "\n")))
            .collect(),
    })
}

fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listing = match std::fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).context("reading the mailbox"),
    };
    listing.map(|entry| Ok(entry.context("reading the mailbox")?.path())).collect()
}

fn is_message(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "eml")
        && path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LARGEST)
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).context("reading a message")
}

fn parse(bytes: &[u8]) -> Option<Message<'_>> {
    MessageParser::default().parse(bytes)
}

fn letter(message: &Message, path: PathBuf) -> Letter {
    let to = message.to().and_then(|to| to.first());
    let address = to.and_then(|to| to.address()).unwrap_or_default().to_owned();
    let name = to.and_then(|to| to.name()).filter(|name| !name.is_empty());
    let (day, time) = message.date().map(when).unwrap_or_default();
    Letter {
        number: 0,
        path,
        to_name: name.unwrap_or(&address).to_owned(),
        to_address: address,
        subject: message.subject().unwrap_or_default().to_owned(),
        day,
        time,
        form: match (text(message), html(message)) {
            (Some(_), Some(_)) => Form::Both,
            (None, Some(_)) => Form::Html,
            (_, None) => Form::Text,
        },
        sent: message.date().map(DateTime::to_timestamp).unwrap_or_default(),
    }
}

/// Day and time as the message gives them, which may be in any zone.
fn when(date: &DateTime) -> (String, String) {
    let day = NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day));
    let zone = match (date.tz_hour, date.tz_minute, date.tz_before_gmt) {
        (0, 0, _) => "UTC".to_owned(),
        (hour, minute, before) => format!("{}{hour:02}:{minute:02}", if before { '-' } else { '+' }),
    };
    (
        day.map(|day| day.format("%-d %B %Y").to_string()).unwrap_or_default(),
        format!("{:02}:{:02} {zone}", date.hour, date.minute),
    )
}

fn text<'a>(message: &'a Message) -> Option<&'a str> {
    message.text_body.iter().find_map(|part| match &message.part(*part)?.body {
        PartType::Text(text) => Some(text.as_ref()),
        _ => None,
    })
}

fn html<'a>(message: &'a Message) -> Option<&'a str> {
    message.html_body.iter().find_map(|part| match &message.part(*part)?.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    })
}
