//! Workbooks of Excel (.xlsx, .xlsm): which sheets there are, the texts that they share, and their cells.

use super::archive::Archive;
use super::styles::Styles;
use super::tab::{Budget, Kind, More, Tab, number};
use super::xml::{Listener, Tag, listen};
use super::{Sheets, read_as};

/// Texts that cells share.
const MAX_SHARED: usize = 1_000_000;
const MAX_SHARED_TEXT: usize = 16 * 1024 * 1024;
/// Names in the lists of sheets and of parts.
const MAX_LISTED: usize = 2_000;

/// # Errors
/// Says why the workbook is refused.
pub fn read(archive: &mut Archive<'_>) -> Result<Sheets, String> {
    let has_old_parts = archive.names().iter().any(|name| name.ends_with("workbook.bin"));
    if has_old_parts {
        return Err("it is a binary workbook (.xlsb): save it as .xlsx".to_owned());
    }
    let of_package = relations(archive, "_rels/.rels")?;
    let main = of_package.iter().find(|link| link.kind.ends_with("/officeDocument"));
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |link| resolve("", &link.target));
    let mut book = Book::default();
    listen(archive.part(&main)?.ok_or("it has no list of its sheets")?, &mut book)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let links =
        relations(archive, &format!("{folder}/_rels/{}.rels", &main[folder.len()..].trim_matches('/')))?;
    let of_kind = |kind: &str| links.iter().find(|link| link.kind.ends_with(kind));

    let mut styles = Styles::new(book.from_1904);
    if let Some(part) = of_kind("/styles").map(|link| resolve(folder, &link.target))
        && let Some(part) = archive.part(&part)?
    {
        listen(part, &mut styles)?;
    }
    let mut shared = Shared::default();
    if let Some(part) = of_kind("/sharedStrings").map(|link| resolve(folder, &link.target))
        && let Some(part) = archive.part(&part)?
    {
        listen(part, &mut shared)?;
    }

    let (mut sheets, mut budget) = (Sheets::default(), Budget::default());
    if archive.names().iter().any(|name| name.ends_with("vbaProject.bin")) {
        sheets.caution("", "the workbook has macros, which were left aside");
    }
    for entry in book.sheets {
        if entry.is_hidden {
            sheets.hidden(&entry.name);
            continue;
        }
        if !read_as(&entry.name) {
            sheets.other(entry.name);
            continue;
        }
        let link = links.iter().find(|link| link.id == entry.relation);
        let part = link.map(|link| resolve(folder, &link.target)).ok_or("one of its sheets is missing")?;
        let mut cells = Cells::new(&entry.name, &shared, &styles, &mut budget);
        listen(archive.part(&part)?.ok_or("one of its sheets is missing")?, &mut cells)?;
        sheets.tabs.push(cells.finish());
    }
    Ok(sheets)
}

/// Where a target leads, from the folder of the part that names it.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

struct Link {
    id: String,
    kind: String,
    target: String,
}

#[derive(Default)]
struct Links(Vec<Link>);

fn relations(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Link>, String> {
    let mut links = Links::default();
    if let Some(part) = archive.part(name)? {
        listen(part, &mut links)?;
    }
    Ok(links.0)
}

impl Listener for Links {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        if tag.name() == b"Relationship" && self.0.len() < MAX_LISTED {
            let get = |name| tag.name_in(name).unwrap_or_default();
            self.0.push(Link { id: get("Id"), kind: get("Type"), target: get("Target") });
        }
        Ok(())
    }

    fn close(&mut self, _: &[u8]) -> Result<(), String> {
        Ok(())
    }
}

struct Entry {
    name: String,
    relation: String,
    is_hidden: bool,
}

#[derive(Default)]
struct Book {
    sheets: Vec<Entry>,
    from_1904: bool,
}

impl Listener for Book {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        match tag.name() {
            b"workbookPr" => self.from_1904 = tag.is("date1904", "1") || tag.is("date1904", "true"),
            b"sheet" if self.sheets.len() < MAX_LISTED => {
                let get = |name| tag.name_in(name).unwrap_or_default();
                let is_hidden = matches!(get("state").as_str(), "hidden" | "veryHidden");
                self.sheets.push(Entry { name: get("name"), relation: get("id"), is_hidden });
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, _: &[u8]) -> Result<(), String> {
        Ok(())
    }
}

/// The texts that cells point to, in one piece.
#[derive(Default)]
struct Shared {
    text: String,
    ends: Vec<usize>,
    /// Inside a reading aid (`rPh`), which is no part of the text.
    in_aid: bool,
    in_text: bool,
}

impl Shared {
    fn get(&self, index: usize) -> Option<&str> {
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        Some(&self.text[start..*self.ends.get(index)?])
    }
}

impl Listener for Shared {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        match tag.name() {
            b"rPh" => self.in_aid = true,
            b"t" => self.in_text = !self.in_aid,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), String> {
        match name {
            b"rPh" => self.in_aid = false,
            b"t" => self.in_text = false,
            b"si" => self.ends.push(self.text.len()),
            _ => {}
        }
        if self.ends.len() > MAX_SHARED {
            return Err(format!("it holds more than {MAX_SHARED} different texts"));
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.in_text {
            self.text.push_str(text);
        }
        if self.text.len() > MAX_SHARED_TEXT {
            return Err("it holds more than 16 MiB of text".to_owned());
        }
        Ok(())
    }
}

/// The cells of one sheet.
struct Cells<'a> {
    tab: Tab,
    shared: &'a Shared,
    styles: &'a Styles,
    budget: &'a mut Budget,
    row: u32,
    column: usize,
    next_column: usize,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    in_aid: bool,
    has_formula: bool,
    is_hidden: bool,
    hidden_rows: usize,
    merged: Option<String>,
    merges: usize,
    more: More,
}

impl<'a> Cells<'a> {
    fn new(name: &str, shared: &'a Shared, styles: &'a Styles, budget: &'a mut Budget) -> Self {
        Cells {
            tab: Tab::new(name),
            shared,
            styles,
            budget,
            row: 0,
            column: 0,
            next_column: 0,
            kind: String::new(),
            style: 0,
            value: String::new(),
            in_value: false,
            in_aid: false,
            has_formula: false,
            is_hidden: false,
            hidden_rows: 0,
            merged: None,
            merges: 0,
            more: More::Wanted,
        }
    }

    fn finish(mut self) -> Tab {
        super::say_hidden_rows(&mut self.tab, self.hidden_rows);
        super::say_merged(&mut self.tab, self.merged.as_deref(), self.merges);
        self.tab
    }

    fn take(&mut self) -> Result<(), String> {
        let raw = std::mem::take(&mut self.value);
        let text = match self.kind.as_str() {
            "s" => {
                let shared = raw.trim().parse().ok().and_then(|index| self.shared.get(index));
                (Kind::Text, plain(shared.unwrap_or_default()))
            }
            "str" | "inlineStr" => (Kind::Text, plain(&raw)),
            "b" => (Kind::Truth, if raw.trim() == "1" { "yes" } else { "no" }.to_owned()),
            "e" => (Kind::Broken, raw),
            "d" => (Kind::Date, raw.replace('T', " ").trim_end_matches(" 00:00:00").to_owned()),
            _ => match self.styles.day(self.style, &raw) {
                Some(day) => (Kind::Date, day),
                None => (Kind::Number, number(&raw).unwrap_or(raw)),
            },
        };
        let kind = if self.has_formula { Kind::Formula } else { text.0 };
        if !text.1.is_empty() && std::mem::take(&mut self.is_hidden) {
            self.hidden_rows += 1;
        }
        self.more = self.tab.push(self.row, self.column, kind, &text.1, self.budget)?;
        Ok(())
    }
}

impl Listener for Cells<'_> {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        match tag.name() {
            b"row" => {
                let told = tag.get("r").and_then(|text| text.parse().ok());
                self.row = told.unwrap_or(self.row.saturating_add(1));
                self.next_column = 0;
                self.is_hidden = tag.is("hidden", "1") || tag.is("hidden", "true");
            }
            b"c" => {
                self.column = tag.get("r").and_then(|place| column_of(&place)).unwrap_or(self.next_column);
                self.next_column = self.column.saturating_add(1);
                self.kind = tag.get("t").unwrap_or_default();
                self.style = tag.get("s").and_then(|text| text.parse().ok()).unwrap_or(0);
                self.has_formula = false;
                self.value.clear();
            }
            b"f" => self.has_formula = true,
            b"rPh" => self.in_aid = true,
            b"v" => self.in_value = true,
            b"t" => self.in_value = !self.in_aid,
            b"mergeCell" => {
                self.merges += 1;
                if self.merged.is_none() {
                    self.merged = tag.get("ref");
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), String> {
        match name {
            b"v" | b"t" => self.in_value = false,
            b"rPh" => self.in_aid = false,
            b"c" => self.take()?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.in_value {
            super::append(&mut self.value, text);
        }
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.more == More::Enough
    }
}

/// The column of a place such as `AB12`, counted from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_usize;
    for letter in letters {
        column = column.checked_mul(26)?.checked_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        if column > 100_000 {
            return Some(column);
        }
    }
    column.checked_sub(1)
}

/// Excel writes a character that XML cannot hold as `_x000D_`, and the underscore of a text that looks like that as
/// `_x005F_`.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let letter = rest.get(at + 2..at + 6).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let letter = letter.filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let letter = letter.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        plain.push_str(&rest[..at]);
        match letter {
            Some(letter) => {
                plain.push(letter);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_targets_and_escapes_are_read_as_excel_means_them() {
        assert_eq!([column_of("A1"), column_of("Z9"), column_of("AA1")], [Some(0), Some(25), Some(26)]);
        assert_eq!(column_of("XFD1048576"), Some(16_383));
        assert_eq!(column_of("12"), None);
        assert!(column_of(&"Z".repeat(100)).is_some_and(|column| column > 256));
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl", "../../../x"), "x");
        assert_eq!(plain("a_x000D_b_x005F_x000D_ _x12 _xZZZZ_"), "a\rb_x000D_ _x12 _xZZZZ_");
        assert_eq!(plain("_x\u{e9}\u{e9}_"), "_x\u{e9}\u{e9}_");
    }
}
