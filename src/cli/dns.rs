//! The DNS records that mail from this instance wants: SPF, DKIM, DMARC, and where reports come in. Nothing is looked
//! up; whoever keeps the domain compares.

use crate::config::Config;
use crate::mail::dkim::{Record, Signers};

/// A string in a TXT record holds at most this much; longer texts stand in several, which are read as one.
const STRING: usize = 255;

/// The records as a zone file writes them, each with what it is for.
pub fn records(config: &Config, signers: &Signers, relay: Option<&str>) -> String {
    let sender = domain(&config.mail_from);
    let returns = config.bounce_address.as_deref().map_or(sender, domain);
    let mut text = String::new();
    let mut say = |why: &str, name: &str, kind: &str, value: &str| {
        text.push_str(&format!("      ; {why}\n      {name}. IN {kind} {value}\n"));
    };
    let mechanism = match relay {
        Some(host) if !is_local(host) => format!("a:{host}"),
        _ => "a mx".to_owned(),
    };
    say(
        "SPF: who may send for the return path. If a provider sends, put the `include:` that it names instead.",
        returns,
        "TXT",
        &quoted(&format!("v=spf1 {mechanism} -all")),
    );
    for Record { name, text } in signers.records() {
        say("DKIM: the public half of the key that signs.", &name, "TXT", &quoted(&text));
    }
    say(
        "DMARC: what others do with mail that is not ours. Begin with p=none, read the reports, then quarantine.",
        &format!("_dmarc.{sender}"),
        "TXT",
        &quoted(&format!("v=DMARC1; p=none; rua=mailto:postmaster@{sender}")),
    );
    if config.bounce_address.is_some() {
        say(
            "Where reports come in: the mail server that hands them to `hearback bounce`.",
            returns,
            "MX",
            "10 mail.YOUR-DOMAIN.",
        );
    }
    text
}

/// What does not fit together: DMARC wants SPF or DKIM to speak for the domain of the sender.
pub fn misfits(config: &Config, signers: &Signers) -> Vec<String> {
    let sender = domain(&config.mail_from);
    let mut found = Vec::new();
    if !signers.is_empty() && !are_aligned(signers.domain(), sender) {
        found.push(format!(
            "Messages come from {sender} and are signed by {}, which says nothing for DMARC.",
            signers.domain()
        ));
    }
    if let Some(returns) = config.bounce_address.as_deref().map(domain)
        && !are_aligned(returns, sender)
    {
        found.push(format!(
            "Messages come from {sender} and return to {returns}, so SPF says nothing for DMARC."
        ));
    }
    found
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}

/// The same domain, or one below the other; what organisation they belong to is not known here.
fn are_aligned(one: &str, other: &str) -> bool {
    let below = |one: &str, other: &str| {
        one.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let shared = one.split_once('.').map_or("", |(_, parent)| parent);
    below(&one, &other)
        || below(&other, &one)
        || (shared.contains('.') && other.split_once('.').is_some_and(|(_, parent)| parent == shared))
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok()
}

fn quoted(text: &str) -> String {
    let strings: Vec<String> =
        text.as_bytes().chunks(STRING).map(|part| format!("\"{}\"", String::from_utf8_lossy(part))).collect();
    match strings.as_slice() {
        [one] => one.clone(),
        several => format!("( {} )", several.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Config {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::from(&pairs.collect(), "").expect("a configuration")
    }

    #[test]
    fn each_record_is_as_a_zone_file_writes_it() {
        let config = config(&[
            ("HEARBACK_MAIL_FROM", "updates@example.org"),
            ("HEARBACK_BOUNCE_ADDRESS", "bounces@mail.example.org"),
        ]);
        let rsa = include_str!("../../tests/keys/rsa.pem");
        let signers = Signers::new("example.org", &[("one", rsa)]).expect("a key");
        let text = records(&config, &signers, Some("relay.example.net"));
        assert!(text.contains("mail.example.org. IN TXT \"v=spf1 a:relay.example.net -all\""), "{text}");
        assert!(text.contains("one._domainkey.example.org. IN TXT ( \"v=DKIM1; k=rsa; p=MII"), "{text}");
        assert!(text.contains("_dmarc.example.org. IN TXT \"v=DMARC1; p=none;"), "{text}");
        assert!(text.contains("mail.example.org. IN MX 10"), "{text}");
        let strings = text.split('"').skip(1).step_by(2);
        assert!(strings.into_iter().all(|string| string.len() <= STRING), "{text}");
        assert!(misfits(&config, &signers).is_empty());
    }

    #[test]
    fn domains_that_have_nothing_to_do_with_each_other_are_named() {
        let config = config(&[
            ("HEARBACK_MAIL_FROM", "updates@example.org"),
            ("HEARBACK_BOUNCE_ADDRESS", "bounces@elsewhere.example"),
        ]);
        let rsa = include_str!("../../tests/keys/rsa.pem");
        let signers = Signers::new("notexample.org", &[("one", rsa)]).expect("a key");
        assert_eq!(misfits(&config, &signers).len(), 2);
        assert!(are_aligned("news.example.org", "mail.example.org"));
        assert!(!are_aligned("one.org", "two.org"));
    }
}
