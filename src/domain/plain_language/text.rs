//! A text as words, sentences and paragraphs, in whatever script. Each character is looked at a fixed number of times,
//! and no language is known here but by the abbreviations that a list gives.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

pub(super) struct Word<'t> {
    pub at: Range<usize>,
    /// In small letters, as words are compared. Empty for an address.
    pub form: Cow<'t, str>,
    /// A hyphen joins it to the word before: the two count as one.
    pub is_joined: bool,
    /// Something else than blanks or a hyphen stands before it.
    pub after_mark: bool,
    /// An address of the web or of mail, or the name of a file.
    pub is_address: bool,
}

pub(super) struct Sentence {
    /// Which of the words.
    pub words: Range<usize>,
    /// With the marks at its end.
    pub at: Range<usize>,
}

pub(super) struct Text<'t> {
    pub text: &'t str,
    pub words: Vec<Word<'t>>,
    pub sentences: Vec<Sentence>,
    /// Which of the sentences. Each item of a list is a paragraph.
    pub paragraphs: Vec<Range<usize>>,
}

/// In small letters, without the full stop at their end.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Abbreviations {
    never_end: BTreeSet<String>,
    may_end: BTreeSet<String>,
    before_number: BTreeSet<String>,
}

impl<'t> Text<'t> {
    pub fn read(text: &'t str, abbreviations: &Abbreviations) -> Self {
        let words = words(text);
        let (mut sentences, mut paragraphs) = (Vec::new(), Vec::new());
        let (mut first_word, mut first_sentence) = (0, 0);
        for (i, word) in words.iter().enumerate() {
            let next = words.get(i + 1);
            let gap = &text[word.at.end..next.map_or(text.len(), |next| next.at.start)];
            let end = match next {
                None => End::Paragraph,
                Some(next) => end(word, &text[word.at.clone()], gap, &text[next.at.clone()], abbreviations),
            };
            if end == End::No {
                continue;
            }
            let marks = gap.len() - gap.trim_start_matches(|c: char| !c.is_whitespace()).len();
            let at = words[first_word].at.start..word.at.end + marks;
            sentences.push(Sentence { words: first_word..i + 1, at });
            first_word = i + 1;
            if end == End::Paragraph {
                paragraphs.push(first_sentence..sentences.len());
                first_sentence = sentences.len();
            }
        }
        Text { text, words, sentences, paragraphs }
    }

    pub fn of(&self, sentence: &Sentence) -> &[Word<'t>] {
        &self.words[sentence.words.clone()]
    }

    /// How many words a reader counts.
    pub fn count(words: &[Word<'_>]) -> usize {
        words.iter().filter(|word| !word.is_joined).count()
    }
}

/// The words of a text. Numbers of a list are none.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut after = 0;
    let mut push = |at: Range<usize>, is_address: bool| {
        let gap = &text[after..at.start];
        let is_joined = !words.is_empty() && one_hyphen(gap);
        let after_mark = gap.chars().any(|c| !c.is_whitespace() && !is_hyphen(c));
        let form = if is_address { Cow::Borrowed("") } else { form(&text[at.clone()]) };
        after = at.end;
        words.push(Word { at, form, is_joined, after_mark, is_address });
    };
    let (mut start, mut begins_line) = (0, true);
    for chunk in text.split_inclusive(char::is_whitespace) {
        let piece = chunk.trim_end();
        if !piece.is_empty() {
            if !(begins_line && is_list_number(piece)) {
                match address(piece) {
                    Some(at) => push(start + at.start..start + at.end, true),
                    None => cut(piece, |at| push(start + at.start..start + at.end, false)),
                }
            }
            begins_line = false;
        }
        begins_line |= chunk.ends_with(['\n', '\r', '\u{2028}', '\u{2029}']);
        start += chunk.len();
    }
    words
}

fn one_hyphen(gap: &str) -> bool {
    let mut chars = gap.chars();
    chars.next().is_some_and(is_hyphen) && chars.next().is_none()
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_part(c: char) -> bool {
    // Soft hyphens and joiners stand inside words, and so do the vowel signs of many scripts.
    c.is_alphanumeric() || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}') || is_combining_mark(c)
}

/// Words are compared without what only a keyboard or a typesetter makes different.
fn form(word: &str) -> Cow<'_, str> {
    fn same(c: char) -> char {
        match c {
            '’' => '\'',
            'ي' => 'ی',
            'ك' => 'ک',
            c => c,
        }
    }
    let is_plain = |c: char| !c.is_uppercase() && c != '\u{ad}' && same(c) == c;
    if word.chars().all(is_plain) {
        return Cow::Borrowed(word);
    }
    let kept = word.chars().filter(|c| *c != '\u{ad}');
    Cow::Owned(kept.flat_map(char::to_lowercase).map(same).collect())
}

/// Finds the words in what stands between two blanks.
fn cut(piece: &str, mut push: impl FnMut(Range<usize>)) {
    let mut start = None;
    let mut previous = ' ';
    // How many letters the word has since its last full stop.
    let mut letters = 0;
    for (i, c) in piece.char_indices() {
        if is_part(c) {
            if start.is_none() {
                start = Some(i);
                letters = 0;
            }
            letters += 1;
        } else if let Some(from) = start {
            let mut rest = piece[i + c.len_utf8()..].chars();
            let (next, then) = (rest.next(), rest.next());
            if next.is_some_and(|next| joins(previous, c, next, then, letters)) {
                letters = 0;
            } else {
                push(from..i);
                start = None;
            }
        }
        previous = c;
    }
    if let Some(from) = start {
        push(from..piece.len());
    }
}

/// Whether a mark inside of what is one word: don't, 3.5, 10:30, e.g., A&E.
fn joins(previous: char, mark: char, next: char, then: Option<char>, letters: usize) -> bool {
    match mark {
        '\'' | '’' => previous.is_alphabetic() && next.is_alphabetic(),
        '&' => previous.is_uppercase() && next.is_uppercase(),
        '.' | ',' | ':' | '٫' | '٬' if previous.is_numeric() => next.is_numeric(),
        '.' => letters == 1 && previous.is_alphabetic() && next.is_alphabetic() && !then.is_some_and(is_part),
        _ => false,
    }
}

/// An address of the web or of mail in what stands between two blanks.
fn address(piece: &str) -> Option<Range<usize>> {
    let tail = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
    let inner = tail.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let has_at = || inner.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let is_one = inner.contains("://") || inner.starts_with("www.") || has_at() || begins_with_host(inner);
    let start = piece.len() - tail.len();
    is_one.then(|| start..start + inner.len())
}

/// Such as `example.org/path`, all in small letters.
fn begins_with_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let Some((before, last)) = host.rsplit_once('.') else { return false };
    last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase()) && before.split('.').all(is_label)
}

/// `1.`, `2)`, `(a)` at the beginning of a line.
fn is_list_number(piece: &str) -> bool {
    let Some(inner) = piece.strip_suffix(['.', ')']) else { return false };
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let mut chars = inner.chars();
    match (chars.next(), inner.len()) {
        (Some(c), 1) if c.is_ascii_alphabetic() => c != 'I',
        (Some(c), 1..=12) if c.is_numeric() => chars.all(char::is_numeric) && inner.chars().count() <= 3,
        _ => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    No,
    Sentence,
    Paragraph,
}

/// These end a sentence whatever follows.
const ALWAYS: [char; 14] = ['۔', '؟', '।', '॥', '。', '！', '？', '｡', '።', '፧', '။', '།', '៕', '։'];
/// These do where no small letter follows.
const MOSTLY: [char; 6] = ['!', '?', '…', '\u{203c}', '\u{203d}', '\u{2049}'];
const BULLETS: [char; 12] = ['-', '–', '—', '*', '+', '•', '·', '◦', '‣', '▪', '●', '○'];

/// Whether a sentence ends between two words, by what stands in the gap.
fn end(word: &Word<'_>, before: &str, gap: &str, after: &str, abbreviations: &Abbreviations) -> End {
    if let Some(line) = gap.rfind(['\n', '\u{2029}']) {
        let (head, tail) = (&gap[..line], gap[line..].trim_start());
        if head.contains('\n') || gap.contains('\u{2029}') || head.trim_end().ends_with(':') || is_item(tail)
        {
            return End::Paragraph;
        }
    }
    if gap.contains(ALWAYS) {
        return End::Sentence;
    }
    let Some(blank) = gap.rfind(char::is_whitespace) else {
        return if gap == "." && is_run_on(before, after) { End::Sentence } else { End::No };
    };
    let marks = &gap[..blank];
    if after.chars().next().is_none_or(char::is_lowercase) {
        return End::No;
    }
    if marks.contains(MOSTLY) {
        return End::Sentence;
    }
    if !marks.contains('.') || gap.starts_with('.') && is_abbreviated(word, before, after, abbreviations) {
        return End::No;
    }
    End::Sentence
}

/// Whether the last line of a gap begins the item of a list.
fn is_item(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let is_bullet =
        first.chars().next().is_some_and(|c| BULLETS.contains(&c)) && first.chars().nth(1).is_none();
    is_bullet && line.len() > first.len() || is_list_number(first)
}

/// "It ended.Then": the blank was forgotten.
fn is_run_on(before: &str, after: &str) -> bool {
    let ends_small = before.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
    let mut after = after.chars();
    ends_small
        && after.next().is_some_and(char::is_uppercase)
        && after.next().is_none_or(|c| c.is_lowercase())
}

fn is_abbreviated(word: &Word<'_>, before: &str, after: &str, abbreviations: &Abbreviations) -> bool {
    let form: &str = &word.form;
    let follows_number = after.chars().next().is_some_and(char::is_numeric);
    if abbreviations.never_end.contains(form) {
        return true;
    }
    if abbreviations.before_number.contains(form) || abbreviations.may_end.contains(form) {
        return follows_number;
    }
    let is_dotted = form.contains('.') && form.chars().any(char::is_alphabetic);
    let mut chars = before.chars();
    let initial = chars.next().filter(|c| c.is_uppercase() && *c != 'I' && chars.next().is_none());
    is_dotted || initial.is_some()
}
