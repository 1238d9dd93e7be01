//! Where the relay is, who we are to it and how long we wait.

use std::{fmt, net::IpAddr, str::FromStr, time::Duration};

/// Where the relay is and how we speak to it.
#[derive(Clone)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    /// TLS from the first byte (`smtps://`) instead of STARTTLS.
    pub implicit_tls: bool,
    /// What becomes of a relay that offers no TLS. `parse` says what is usual for the host; `with_tls` changes it.
    pub tls: TlsPolicy,
    pub credentials: Option<(String, String)>,
    /// The name given in EHLO; `parse` says `localhost`, which a caller with a public host replaces.
    pub hello_name: String,
    pub limits: PhaseLimits,
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("implicit_tls", &self.implicit_tls)
            .field("tls", &self.tls)
            .field("credentials", &self.credentials.as_ref().map(|_| "hidden"))
            .field("hello_name", &self.hello_name)
            .field("limits", &self.limits)
            .finish()
    }
}

/// Whether a message may travel in clear text. Certificates are verified, but for relays on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsPolicy {
    /// Without TLS the relay is not spoken to.
    Required,
    /// TLS wherever it is offered. A handshake that fails after an offer is a relay that is down: what an attacker
    /// breaks must not lead to clear text.
    Opportunistic,
    /// Never TLS; to relays on this machine only.
    None,
}

impl TlsPolicy {
    /// Required, but on this machine, where there is nobody in between.
    pub fn usual_for(host: &str) -> Self {
        match is_loopback(host) {
            true => TlsPolicy::Opportunistic,
            false => TlsPolicy::Required,
        }
    }
}

impl FromStr for TlsPolicy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "required" => Ok(TlsPolicy::Required),
            "opportunistic" => Ok(TlsPolicy::Opportunistic),
            "none" => Ok(TlsPolicy::None),
            _ => Err("expected required, opportunistic or none".to_owned()),
        }
    }
}

/// `localhost`, 127.0.0.0/8 and ::1.
impl SmtpSettings {
    /// Whether the mail server is on this machine.
    pub fn is_on_this_machine(&self) -> bool {
        is_loopback(&self.host)
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

/// How long each phase may last. Apart from `connect`, the defaults are the minima of RFC 5321, 4.5.3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseLimits {
    /// One address of the relay: the TCP handshake; then once for TLS.
    pub connect: Duration,
    pub greeting: Duration,
    /// The answer to EHLO, AUTH, MAIL, RCPT or DATA, each.
    pub command: Duration,
    /// From the first byte of the message until the last of what is written with it has been passed on.
    pub data: Duration,
    /// The answer to the dot. Shorter than the relay's own patience means duplicates.
    pub after_dot: Duration,
}

impl Default for PhaseLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            greeting: Duration::from_secs(5 * 60),
            command: Duration::from_secs(5 * 60),
            data: Duration::from_secs(3 * 60),
            after_dot: Duration::from_secs(10 * 60),
        }
    }
}

impl SmtpSettings {
    /// Reads `smtp://user:pass@host:port` or `smtps://...`. Without a port: 25, with credentials 587, `smtps` 465.
    /// The error says what was expected and never repeats the text, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let shape = || "expected smtp://host:port, smtp://user:password@host:port or smtps://...".to_owned();
        let url = url::Url::parse(text.trim()).map_err(|_| shape())?;
        let implicit_tls = match url.scheme() {
            "smtp" => false,
            "smtps" => true,
            _ => return Err(shape()),
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(format!(
                "{}; nothing follows the port, and / ? # in a password are written %2F %3F %23",
                shape()
            ));
        }
        let host = match url.host() {
            Some(url::Host::Ipv6(ip)) => ip.to_string(),
            Some(host) => host.to_string(),
            None => return Err(shape()),
        };
        if host.is_empty() || !host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_:".contains(&b)) {
            return Err(
                "the relay's host name is not one; write a name with other letters as xn--".to_owned()
            );
        }
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => return Err("credentials need a user and a password".to_owned()),
            (user, Some(password)) => Some((percent_decoded(user)?, percent_decoded(password)?)),
        };
        let usual = match (implicit_tls, &credentials) {
            (true, _) => 465,
            (false, Some(_)) => 587,
            (false, None) => 25,
        };
        Ok(Self {
            port: url.port().unwrap_or(usual),
            tls: TlsPolicy::usual_for(&host),
            host,
            implicit_tls,
            credentials,
            hello_name: "localhost".to_owned(),
            limits: PhaseLimits::default(),
        })
    }

    /// The same with another policy. `none` is refused for a relay elsewhere, and where `smtps://` asks for TLS.
    pub fn with_tls(self, tls: TlsPolicy) -> Result<Self, String> {
        if tls == TlsPolicy::None && !is_loopback(&self.host) {
            return Err("messages go without TLS to a relay on this machine only".to_owned());
        }
        if tls == TlsPolicy::None && self.implicit_tls {
            return Err("smtps:// asks for TLS, and the policy is to go without".to_owned());
        }
        Ok(Self { tls, ..self })
    }
}

fn percent_decoded(text: &str) -> Result<String, String> {
    let wrong =
        || "a user or password holds a % that is not followed by two hex digits of UTF-8 text".to_owned();
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else {
            return Err(wrong());
        };
        bytes.push((high * 16 + low) as u8);
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong())?;
    if text.chars().any(char::is_control) {
        return Err("a user or password holds a control character".to_owned());
    }
    Ok(text)
}
