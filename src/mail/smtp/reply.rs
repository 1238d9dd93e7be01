//! What the relay says: what a reply means, and what of it may be kept.

use super::Attempt;

/// What a reply may cost in the record and on a screen.
const REPLY_CHARS: usize = 200;

/// One reply, positive or not.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) text: String,
}

impl Answer {
    /// The enhanced status code (RFC 3463), if the reply opens with one of its own class.
    pub(super) fn enhanced(&self) -> Option<String> {
        let word = self.text.split_whitespace().next()?;
        let parts: Vec<&str> = word.split('.').collect();
        let number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let ours = parts.len() == 3 && parts.iter().all(number) && parts[0] == (self.code / 100).to_string();
        ours.then(|| word.to_owned())
    }

    pub(super) fn said(&self, private: &[&str]) -> String {
        presentable(&format!("{} {}", self.code, self.text), private)
    }

    /// What a reply other than the wanted one means, and whether RSET may save the connection.
    pub(super) fn refusal(&self, verb: &str, after_dot: bool, said: &str) -> (Attempt, bool) {
        let (code, enhanced) = (Some(self.code), self.enhanced());
        let why = format!("the relay answered {verb} with {said}");
        match self.code {
            421 => (Attempt::Deferred { code, enhanced, why }, false),
            // It wants credentials or TLS: that is about our settings, and must not fail everybody's message.
            530 | 534 | 535 | 538 if !after_dot => (Attempt::RelayDown { why }, false),
            // "Bad sequence of commands": the two sides disagree about where they are, as with a code of no meaning here.
            503 | ..400 | 600.. if after_dot => (Attempt::Unknown { why }, false),
            503 | ..400 | 600.. => (Attempt::Deferred { code, enhanced, why }, false),
            400..500 => (Attempt::Deferred { code, enhanced, why }, true),
            500..600 => (Attempt::Failed { code, enhanced, why }, true),
        }
    }
}

/// A reply as it may be kept and shown: one line of ASCII, without whatever could be an address, a link or a part of
/// our envelope.
pub(super) fn presentable(text: &str, private: &[&str]) -> String {
    let locals = private.iter().map(|local| local.split('+').next().unwrap_or_default().to_lowercase());
    let locals: Vec<String> = locals.filter(|local| !local.is_empty()).collect();
    let told = |word: &str| {
        if word.contains(['@', '%', '/', '=']) {
            return true;
        }
        let word = word.to_lowercase();
        locals.iter().any(|local| match local.len() {
            // Short ones are parts of ordinary words.
            1..=3 => word.split(|c: char| !c.is_alphanumeric()).any(|part| part == local),
            _ => word.contains(local),
        })
    };
    let words = text.split_whitespace().map(|word| if told(word) { "[...]" } else { word });
    let line = words.collect::<Vec<_>>().join(" ");
    line.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '?' }).take(REPLY_CHARS).collect()
}
