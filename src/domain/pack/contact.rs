//! How people are reached: addresses, telephone numbers and the names that stand in a mail header. Refusals never
//! repeat what they refuse.

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

use super::codes;

const MAX_LOCAL: usize = 64;
const MAX_ADDRESS: usize = 254;
const MAX_NAME: usize = 100;

/// An address that a mail server can be given: the domain in ASCII, the local part as it was written.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    pub address: String,
    /// What a person should look at before mail goes there, in words that do not repeat the address.
    pub cautions: Vec<String>,
}

/// Reads one plain address. Control characters, quoted local parts, address literals, `localhost`, names without a
/// dot and what is longer than a mail server must take (64 octets before the `@`, 254 in all) are refused.
///
/// # Errors
/// Says what was expected.
pub fn email(text: &str) -> Result<Email, String> {
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || codes::is_invisible(c)) {
        return Err(
            "expected one e-mail address without blanks, line breaks or invisible characters".to_owned()
        );
    }
    let plain = "expected one e-mail address such as name@place.example, and nothing else";
    let (local, domain) = text.rsplit_once('@').ok_or(plain)?;
    if local.contains('"') {
        return Err("expected an e-mail address without quotation marks".to_owned());
    }
    if domain.starts_with('[') {
        return Err(
            "expected an e-mail address with the name of a domain, not the number of a machine".to_owned()
        );
    }
    let sound = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) || !c.is_ascii();
    if local.is_empty() || !local.chars().all(sound) {
        return Err(plain.to_owned());
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err("expected dots in an e-mail address only between other characters".to_owned());
    }
    if local.len() > MAX_LOCAL {
        return Err(format!("expected at most {MAX_LOCAL} characters before the @"));
    }
    let domain = ascii_domain(domain)?;
    let address = format!("{local}@{domain}");
    if address.len() > MAX_ADDRESS {
        return Err(format!("expected an e-mail address of at most {MAX_ADDRESS} characters"));
    }
    Ok(Email { cautions: cautions(local, &domain), address })
}

fn ascii_domain(domain: &str) -> Result<String, String> {
    let ascii = Uts46::new()
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .map_err(|_| "expected the name of a domain after the @, such as place.example")?;
    let last = ascii.rsplit('.').next().unwrap_or_default();
    if last == "localhost" || !ascii.contains('.') || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(
            "expected a domain that is known to the world after the @, such as place.example".to_owned()
        );
    }
    Ok(ascii.into_owned())
}

fn cautions(local: &str, domain: &str) -> Vec<String> {
    let mut cautions = Vec::new();
    if !local.is_ascii() {
        cautions.push(
            "the part before the @ has letters that only mail servers with SMTPUTF8 take: mail may fail for good"
                .to_owned(),
        );
    }
    let (shown, _) = idna::domain_to_unicode(domain);
    if shown.split('.').any(codes::has_look_alikes) {
        cautions.push(format!(
            "the domain is written with {}: check that it is the one meant",
            codes::LOOK_ALIKE
        ));
    }
    cautions
}

/// The same for two addresses that probably reach the same person: capitals and a `+tag` do not count.
pub fn same_mailbox(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let untagged = match local.split_once('+') {
        Some((before, _)) if !before.is_empty() => before,
        _ => local,
    };
    format!("{}@{}", untagged.to_lowercase(), domain.to_lowercase())
}

/// A telephone number as people write it: digits, blanks, `+`, brackets and hyphens.
///
/// # Errors
/// Says what was expected.
pub fn phone(text: &str) -> Result<String, String> {
    let text: String = text.chars().map(|c| if c == '\u{a0}' || c == '\u{202f}' { ' ' } else { c }).collect();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b" +()-".contains(&byte));
    if !plain || !(5..=20).contains(&digits) {
        return Err(
            "expected a telephone number of 5 to 20 digits, with nothing but blanks, + ( ) - between".into(),
        );
    }
    Ok(text)
}

/// A name that may stand in a mail header: one line, no control characters, at most 100 characters.
///
/// # Errors
/// Says what was expected.
pub fn name(text: &str) -> Result<(), String> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(breaks) || text.chars().count() > MAX_NAME {
        return Err(format!("expected a name on one line, of at most {MAX_NAME} characters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Result<String, String> {
        email(text).map(|email| email.address)
    }

    #[test]
    fn addresses_that_a_mail_server_could_misread_are_refused_without_being_repeated() {
        let long_local = format!("{}@x.org", "a".repeat(65));
        let long =
            format!("{}@{}.org", "a".repeat(60), ["b".repeat(63), "c".repeat(63), "d".repeat(63)].join("."));
        let longer = format!("a@{}.org", "b".repeat(315));
        for refused in [
            "a@x.org\r\nRCPT TO:<e@x>",
            "a@x.org\0",
            "a@localhost",
            "a@mail.localhost",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "\"a b\"@x.org",
            "\"ab\"@x.org",
            "a b@x.org",
            "a@x",
            "@x.org",
            "a@",
            "wren",
            "a@b@x.org",
            "Wren <a@x.org>",
            "a@x.org, b@x.org",
            ".a@x.org",
            "a..b@x.org",
            "a@x..org",
            "a@-x.org",
            "a@x_y.org",
            "a\u{200d}b@x.org",
            &long_local,
            &long,
            &longer,
        ] {
            let message = address(refused).unwrap_err();
            assert!(message.starts_with("expected") && !message.contains(refused), "{refused}: {message}");
        }
    }

    #[test]
    fn an_address_keeps_its_local_part_and_gets_its_domain_in_ascii() {
        assert_eq!(address("user@ex\u{e4}mple.org").as_deref(), Ok("user@xn--exmple-cua.org"));
        assert_eq!(address("Wren.Ash+news@Lido.Example").as_deref(), Ok("Wren.Ash+news@lido.example"));
        assert_eq!(address(&format!("{}@x.org", "a".repeat(64))).map(|address| address.len()), Ok(70));
    }

    #[test]
    fn what_may_go_wrong_with_an_address_is_said_in_words() {
        assert!(email("j\u{f6}rg@x.org").is_ok_and(|email| email.cautions[0].contains("SMTPUTF8")));
        for domain in ["p\u{430}ypal.org", "\u{430}\u{440}\u{440}\u{435}.org", "xn--80ak6aa92e.org"] {
            let email = email(&format!("a@{domain}"));
            assert!(email.is_ok_and(|email| email.cautions[0].contains(codes::LOOK_ALIKE)), "{domain}");
        }
        assert!(email("a@b\u{fc}cher.example").is_ok_and(|email| email.cautions.is_empty()));
    }

    #[test]
    fn capitals_and_tags_do_not_make_another_mailbox() {
        assert_eq!(same_mailbox("Wren+a@x.org"), same_mailbox("wren@X.org"));
        assert_ne!(same_mailbox("wren@x.org"), same_mailbox("wrens@x.org"));
        assert_ne!(same_mailbox("+1@x.org"), same_mailbox("+2@x.org"));
    }

    #[test]
    fn telephone_numbers_are_digits_with_what_people_put_between_them() {
        assert_eq!(phone("+44 (0)161\u{a0}496-0123").as_deref(), Ok("+44 (0)161 496-0123"));
        for refused in ["1234", "123456789012345678901", "0161 496 0123 ext 4", "=1+2+3+4+5", ""] {
            assert!(phone(refused).is_err(), "{refused}");
        }
    }
}
