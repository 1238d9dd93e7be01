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

    /// The code, and the enhanced one if there is one.
    pub(super) fn codes(&self) -> String {
        [Some(self.code.to_string()), self.enhanced()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The enhanced status code by which a refusal counts. What is said before the recipient was named, about the sender,
    /// or about the content or the system, says nothing about the person: it is about how mail is set up here.
    fn blame(&self, verb: &str, after_dot: bool) -> Option<String> {
        let enhanced = self.enhanced()?;
        let text = self.text.to_lowercase();
        let of_sender = ["sender address", "sender rejected", "sender domain"];
        let of_us = verb == "MAIL"
            || of_sender.iter().any(|words| text.contains(words))
            || ((after_dot || verb == "DATA")
                && ["5.3.", "5.5.", "5.6."].iter().any(|of| enhanced.starts_with(of)));
        Some(if of_us && enhanced.starts_with("5.") { "5.7.0".to_owned() } else { enhanced })
    }

    pub(super) fn said(&self, private: &[&str]) -> String {
        presentable(&format!("{} {}", self.code, self.text), private)
    }

    /// What a reply other than the wanted one means, and whether RSET may save the connection.
    pub(super) fn refusal(&self, verb: &str, after_dot: bool, said: &str) -> (Attempt, bool) {
        let (code, enhanced) = (Some(self.code), self.blame(verb, after_dot));
        let why = format!("the relay answered {verb} with {said}");
        match self.code {
            421 => (Attempt::Deferred { code, enhanced, why }, false),
            // It wants credentials or TLS: that is about our settings, and must not fail everybody's message.
            530 | 534 | 535 | 538 if !after_dot => {
                // It goes into the log, where nothing of what it says about a person may stand.
                (
                    Attempt::RelayDown { why: format!("the relay answered {verb} with {}", self.codes()) },
                    false,
                )
            }
            // "Bad sequence of commands": the two sides disagree about where they are, as with a code of no meaning here.
            503 | ..400 | 600.. if after_dot => (Attempt::Unknown { why }, false),
            503 | ..400 | 600.. => (Attempt::Deferred { code, enhanced, why }, false),
            400..500 => (Attempt::Deferred { code, enhanced, why }, true),
            500..600 => (Attempt::Failed { code, enhanced, why }, true),
        }
    }
}

/// Something like `people.example`; version numbers and status codes have no letters behind their dots.
fn holds_a_domain(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.rsplit_once('.').is_some_and(|(before, last)| {
        before.ends_with(char::is_alphanumeric)
            && last.len() >= 2
            && last.bytes().all(|b| b.is_ascii_alphabetic())
    })
}

/// A reply as it may be kept and shown: one line of ASCII, without whatever could be an address, a domain, a link, a quotation
/// or a part of our envelope.
pub(super) fn presentable(text: &str, private: &[&str]) -> String {
    let locals = private.iter().map(|local| local.split('+').next().unwrap_or_default().to_lowercase());
    let locals: Vec<String> = locals.filter(|local| !local.is_empty()).collect();
    let told = |word: &str| {
        if word.contains(['@', '%', '/', '=', '"']) || holds_a_domain(word) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_that_is_not_about_the_recipient_blames_nobody() {
        for (verb, after_dot, code, text, counts) in [
            ("MAIL", false, 550, "5.1.0 sender unknown", Some("5.7.0")),
            ("MAIL", false, 550, "5.1.1 no such user", Some("5.7.0")),
            ("MAIL", false, 550, "not from here", None),
            ("MAIL", false, 451, "4.3.0 later", Some("4.3.0")),
            ("RCPT", false, 550, "5.1.0 [...]: Sender address rejected: User unknown", Some("5.7.0")),
            ("RCPT", false, 550, "5.1.1 no such user", Some("5.1.1")),
            ("RCPT", false, 552, "5.2.2 full", Some("5.2.2")),
            ("DATA", false, 554, "5.5.1 no valid recipients", Some("5.7.0")),
            ("the dot", true, 554, "5.6.0 content rejected", Some("5.7.0")),
            ("the dot", true, 552, "5.2.2 full", Some("5.2.2")),
            ("the dot", true, 550, "5.1.1 no such user", Some("5.1.1")),
        ] {
            let answer = Answer { code, text: text.to_owned() };
            let (attempt, _) = answer.refusal(verb, after_dot, "");
            let (Attempt::Failed { enhanced, .. } | Attempt::Deferred { enhanced, .. }) = attempt else {
                panic!("{attempt:?}")
            };
            assert_eq!(enhanced.as_deref(), counts, "{verb} {text}");
        }
    }

    #[test]
    fn what_a_reply_says_is_kept_without_domains_and_quotations() {
        let said = "550 5.7.1 relaying to people.example denied, (mx1.people.example) \"Sam\" see rfc5321. Try later.";
        assert_eq!(
            presentable(said, &[]),
            "550 5.7.1 relaying to [...] denied, [...] [...] see rfc5321. Try later."
        );
    }

    #[test]
    fn what_closes_the_way_to_the_relay_is_told_by_its_codes_alone() {
        let answer = Answer { code: 530, text: "5.7.1 Sam must authenticate".to_owned() };
        let (Attempt::RelayDown { why }, false) = answer.refusal("RCPT", false, "530 5.7.1 Sam") else {
            panic!("the relay is away")
        };
        assert_eq!(why, "the relay answered RCPT with 530 5.7.1");
    }
}
