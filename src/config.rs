//! Configuration: the only reader of the environment and of `hearback.toml`. The environment wins.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use url::Url;

use crate::error::{Error, Result};

/// Where messages go.
#[derive(Clone, PartialEq, Eq)]
pub enum MailTarget {
    /// A folder that takes every message as a file.
    Files(PathBuf),
    /// `smtp://` or `smtps://`, with the password in it: never to be shown.
    Smtp(String),
}

impl std::fmt::Debug for MailTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MailTarget::Files(folder) => write!(f, "file:{}", folder.display()),
            MailTarget::Smtp(_) => f.write_str("smtp"),
        }
    }
}

/// A word that never shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("hidden")
    }
}

impl Secret {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A key that messages are signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DkimKey {
    pub selector: String,
    pub file: PathBuf,
}

#[derive(Clone, Debug)]
pub struct Config {
    pub database_url: String,
    pub public_url: Url,
    pub listen: SocketAddr,
    /// Where what an operator watches is served; nowhere unless it is set.
    pub metrics_listen: Option<SocketAddr>,
    pub mail: MailTarget,
    pub mail_from: String,
    /// Connections to the relay at most, in this process.
    pub mail_connections: u16,
    /// Messages a minute, of all processes together.
    pub mail_per_minute: Option<u32>,
    /// The same to one domain.
    pub mail_per_domain_per_minute: Option<u32>,
    /// As it is written; what speaks with the relay knows the words.
    pub mail_tls: Option<String>,
    /// Where mail servers report to; each message has a return path of its own made from it.
    pub bounce_address: Option<String>,
    pub bounce_token: Option<Secret>,
    /// The domain that signs, and its keys: none, one, or one for each algorithm.
    pub dkim_domain: String,
    pub dkim: Vec<DkimKey>,
    pub key_file: PathBuf,
    pub allow_file_mail: bool,
    pub templates: Option<PathBuf>,
    /// A folder with quiet calendars beside those in the program, or in their place.
    pub calendars: Option<PathBuf>,
    /// Pages for nobody in particular are in the pseudo-language.
    pub pseudo: bool,
    pub log: String,
    pub log_json: bool,
}

/// A plus, an id and a MAC follow it, and the whole has at most 64 letters.
const BOUNCE_LOCAL_MOST: usize = 11;

const BOUNCE_TOKEN_LEAST: usize = 20;

const NAMES: &[&str] = &[
    "database_url",
    "public_url",
    "listen",
    "metrics_listen",
    "mail",
    "mail_from",
    "mail_connections",
    "mail_per_minute",
    "mail_per_domain_per_minute",
    "mail_tls",
    "bounce_address",
    "bounce_token",
    "dkim_domain",
    "dkim_selector",
    "dkim_key_file",
    "dkim_selector_2",
    "dkim_key_file_2",
    "key_file",
    "allow_file_mail",
    "templates",
    "calendars",
    "pseudo",
    "log",
    "log_format",
];

impl Config {
    /// From the environment of this process and `hearback.toml` in the working folder.
    pub fn load() -> Result<Self> {
        Self::load_without(&[])
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    fn load_without(left_out: &[&str]) -> Result<Self> {
        let environment: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let path = Path::new("hearback.toml");
        let file = if path.exists() {
            std::fs::read_to_string(path)
                .map_err(|error| Error::refused(format!("hearback.toml cannot be read: {error}")))?
        } else {
            String::new()
        };
        Self::chosen(&environment, &file, left_out)
    }

    /// For a demo in this folder: whatever the environment says of database, mail and key has no say.
    pub fn for_demo(dir: &Path) -> Result<Self> {
        let mut config = Self::load_without(&[
            "database_url",
            "mail",
            "key_file",
            "mail_from",
            "metrics_listen",
            "bounce_address",
            "bounce_token",
            "dkim_domain",
            "dkim_selector",
            "dkim_key_file",
            "dkim_selector_2",
            "dkim_key_file_2",
        ])?;
        config.database_url = format!("sqlite://{}", dir.join("hearback.db").display());
        config.key_file = dir.join("hearback.key");
        config.mail = MailTarget::Files(dir.join("mail"));
        Ok(config)
    }

    /// From given settings, so that nothing around a test has a say.
    pub fn from(environment: &BTreeMap<String, String>, file: &str) -> Result<Self> {
        Self::chosen(environment, file, &[])
    }

    fn chosen(environment: &BTreeMap<String, String>, file: &str, left_out: &[&str]) -> Result<Self> {
        let mut settings = read_file(file)?;
        settings.retain(|name, _| !left_out.contains(&name.as_str()));
        for name in NAMES.iter().filter(|name| !left_out.contains(*name)) {
            let variable = format!("HEARBACK_{}", name.to_uppercase());
            let direct = environment.get(&variable).filter(|value| !value.is_empty());
            let by_file = environment.get(&format!("{variable}_FILE")).filter(|value| !value.is_empty());
            match (direct, by_file) {
                (Some(_), Some(_)) => {
                    return Err(Error::refused(format!(
                        "{variable} and {variable}_FILE are both set; keep one"
                    )));
                }
                (Some(value), None) => {
                    settings.insert((*name).to_owned(), value.clone());
                }
                (None, Some(path)) => {
                    let value = std::fs::read_to_string(path).map_err(|error| {
                        Error::refused(format!("{variable}_FILE cannot be read: {error}"))
                    })?;
                    settings.insert((*name).to_owned(), value.trim_end().to_owned());
                }
                (None, None) => {}
            }
        }
        Self::build(&settings)
    }

    fn build(settings: &BTreeMap<String, String>) -> Result<Self> {
        let get = |name: &str| settings.get(name).map(String::as_str);
        let database_url = get("database_url").unwrap_or("sqlite://data/hearback.db").to_owned();
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| database_url.starts_with(scheme))
        {
            return Err(bad("database_url", "expected sqlite://PATH or postgres://USER@HOST/NAME"));
        }
        let public_url: Url = get("public_url")
            .unwrap_or("http://localhost:8080")
            .trim_end_matches('/')
            .parse()
            .map_err(|_| bad("public_url", "expected an address such as https://updates.example.org"))?;
        let Some(host) = public_url.host_str().filter(|_| matches!(public_url.scheme(), "http" | "https"))
        else {
            return Err(bad("public_url", "expected an address such as https://updates.example.org"));
        };
        let mail_from = match get("mail_from") {
            Some(address) => address.to_owned(),
            None => format!("updates@{host}"),
        };
        if mail_from.parse::<lettre::Address>().is_err() {
            return Err(bad("mail_from", "expected one e-mail address"));
        }
        let bounce_address = get("bounce_address").map(bounce_address).transpose()?;
        let bounce_token = get("bounce_token").map(bounce_token).transpose()?;
        let domain_of_sender = mail_from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let dkim_domain = get("dkim_domain").unwrap_or(domain_of_sender).to_owned();
        let dkim = ["", "_2"].into_iter().filter_map(|number| dkim_key(settings, number).transpose());
        let dkim = dkim.collect::<Result<Vec<DkimKey>>>()?;
        let key_file = match (get("key_file"), sqlite_path(&database_url)) {
            (Some(path), _) => PathBuf::from(path),
            (None, Some(path)) => path.with_file_name("hearback.key"),
            (None, None) => PathBuf::from("data/hearback.key"),
        };
        let mail = match get("mail") {
            None => MailTarget::Files(
                sqlite_path(&database_url)
                    .map_or_else(|| PathBuf::from("data/mail"), |path| path.with_file_name("mail")),
            ),
            Some(target) => mail_target(target)?,
        };
        Ok(Config {
            database_url,
            listen: get("listen")
                .unwrap_or("127.0.0.1:8080")
                .parse()
                .map_err(|_| bad("listen", "expected an address and a port, such as 127.0.0.1:8080"))?,
            metrics_listen: get("metrics_listen").map(str::parse).transpose().map_err(|_| {
                bad("metrics_listen", "expected an address and a port, such as 127.0.0.1:9464")
            })?,
            mail,
            mail_from,
            mail_connections: number(get("mail_connections"), 8)
                .filter(|connections| (1..=256).contains(connections))
                .ok_or_else(|| bad("mail_connections", "expected a number from 1 to 256"))?,
            mail_per_minute: limit("mail_per_minute", get("mail_per_minute"))?,
            mail_per_domain_per_minute: limit(
                "mail_per_domain_per_minute",
                get("mail_per_domain_per_minute"),
            )?,
            mail_tls: get("mail_tls").map(str::to_owned),
            bounce_address,
            bounce_token,
            dkim_domain,
            dkim,
            key_file,
            allow_file_mail: match get("allow_file_mail") {
                None | Some("no" | "false" | "0") => false,
                Some("yes" | "true" | "1") => true,
                Some(_) => return Err(bad("allow_file_mail", "expected yes or no")),
            },
            templates: get("templates").map(PathBuf::from),
            calendars: get("calendars").map(PathBuf::from),
            pseudo: match get("pseudo") {
                None => false,
                Some("rtl") => true,
                Some(_) => return Err(bad("pseudo", "expected rtl, or nothing at all")),
            },
            log: get("log").unwrap_or("info").to_owned(),
            log_json: match get("log_format") {
                None | Some("text") => false,
                Some("json") => true,
                Some(_) => return Err(bad("log_format", "expected text or json")),
            },
            public_url,
        })
    }

    /// The selectors and private keys that messages are signed with.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn dkim_keys(&self) -> Result<Vec<(String, String)>> {
        let read = |key: &DkimKey| match std::fs::read_to_string(&key.file) {
            Ok(pem) => Ok((key.selector.clone(), pem)),
            Err(error) => Err(Error::refused(format!(
                "The DKIM key in {} cannot be read: {error}.",
                key.file.display()
            ))),
        };
        self.dkim.iter().map(read).collect()
    }

    /// An address on the public site.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// Whether messages come from an address, or links lead to a place, that only this machine knows.
    pub fn is_of_this_machine(&self) -> bool {
        let host = self.public_host();
        let loopback =
            host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
        loopback || host == "localhost" || self.mail_from.ends_with("@localhost")
    }

    /// The host that the public sees: the domain of messages' ids.
    pub fn public_host(&self) -> &str {
        self.public_url.host_str().unwrap_or("localhost")
    }
}

/// The file of a SQLite database.
pub fn sqlite_path(database_url: &str) -> Option<PathBuf> {
    let path = database_url.strip_prefix("sqlite:")?.trim_start_matches("//");
    path.split('?').next().map(PathBuf::from)
}

fn mail_target(target: &str) -> Result<MailTarget> {
    if let Some(folder) = target.strip_prefix("file:").filter(|folder| !folder.is_empty()) {
        return Ok(MailTarget::Files(PathBuf::from(folder)));
    }
    if target.starts_with("smtp://") || target.starts_with("smtps://") {
        return Ok(MailTarget::Smtp(target.to_owned()));
    }
    Err(bad("mail", "expected file:FOLDER, smtp://USER:PASSWORD@HOST:PORT or smtps://"))
}

fn number<T: std::str::FromStr>(value: Option<&str>, usual: T) -> Option<T> {
    value.map_or(Some(usual), |value| value.parse().ok())
}

fn limit(name: &str, value: Option<&str>) -> Result<Option<u32>> {
    match value.map(str::parse::<u32>) {
        None => Ok(None),
        Some(Ok(per_minute)) if (1..=1_000_000).contains(&per_minute) => Ok(Some(per_minute)),
        Some(_) => Err(bad(name, "expected messages a minute, from 1 to 1000000, or nothing at all")),
    }
}

/// An address of which enough letters are left for what is added to it.
fn bounce_address(address: &str) -> Result<String> {
    let sound = |local: &str| {
        (1..=BOUNCE_LOCAL_MOST).contains(&local.len())
            && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let fits = address.parse::<lettre::Address>().is_ok()
        && address.is_ascii()
        && address.rsplit_once('@').is_some_and(|(local, _)| sound(local));
    if !fits {
        return Err(bad(
            "bounce_address",
            "expected an address with at most 11 letters, digits, dots or hyphens before the @, such as \
             bounces@example.org",
        ));
    }
    Ok(address.to_owned())
}

fn bounce_token(token: &str) -> Result<Secret> {
    if token.len() < BOUNCE_TOKEN_LEAST || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(bad(
            "bounce_token",
            "expected at least 20 letters, digits and signs that nobody can guess",
        ));
    }
    Ok(Secret(token.to_owned()))
}

fn dkim_key(settings: &BTreeMap<String, String>, number: &str) -> Result<Option<DkimKey>> {
    let (selector, file) = (format!("dkim_selector{number}"), format!("dkim_key_file{number}"));
    match (settings.get(&selector), settings.get(&file)) {
        (None, None) => Ok(None),
        (Some(selector), Some(file)) => {
            Ok(Some(DkimKey { selector: selector.clone(), file: PathBuf::from(file) }))
        }
        (None, Some(_)) => Err(bad(&selector, "it is needed beside the key file")),
        (Some(_), None) => Err(bad(&file, "it is needed beside the selector")),
    }
}

fn bad(name: &str, why: &str) -> Error {
    Error::refused(format!("The setting HEARBACK_{} cannot be used: {why}.", name.to_uppercase()))
}

fn read_file(text: &str) -> Result<BTreeMap<String, String>> {
    let table: toml::Table =
        text.parse().map_err(|error| Error::refused(format!("hearback.toml cannot be read: {error}")))?;
    let mut settings = BTreeMap::new();
    for (name, value) in table {
        if !NAMES.contains(&name.as_str()) {
            return Err(Error::refused(format!("hearback.toml has an unknown setting: {name}")));
        }
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Boolean(yes) => if yes { "yes" } else { "no" }.to_owned(),
            other => other.to_string(),
        };
        settings.insert(name, value);
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(&str, &str)], file: &str) -> Result<Config> {
        let environment =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Config::from(&environment, file)
    }

    #[test]
    fn without_settings_everything_lies_beside_an_embedded_database() {
        let config = from(&[], "").expect("defaults");
        assert_eq!(config.key_file, PathBuf::from("data/hearback.key"));
        assert_eq!(config.mail, MailTarget::Files(PathBuf::from("data/mail")));
        assert_eq!(config.mail_from, "updates@localhost");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config =
            from(&[("HEARBACK_LISTEN", "127.0.0.1:9000")], "listen = \"127.0.0.1:9001\"\n").expect("config");
        assert_eq!(config.listen.port(), 9000);
    }

    #[test]
    fn the_pseudo_language_has_to_be_asked_for() {
        assert!(!from(&[], "").expect("defaults").pseudo);
        assert!(!from(&[("HEARBACK_PSEUDO", "")], "").expect("empty").pseudo);
        assert!(from(&[("HEARBACK_PSEUDO", "rtl")], "").expect("rtl").pseudo);
        assert!(from(&[], "pseudo = \"rtl\"").expect("rtl").pseudo);
    }

    #[test]
    fn a_password_never_shows() {
        let config =
            from(&[("HEARBACK_MAIL", "smtp://user:hunter2@mail.example.org:587")], "").expect("config");
        assert!(!format!("{:?}", config.mail).contains("hunter2"));
    }

    #[test]
    fn a_key_for_signing_has_a_selector_and_the_sender_s_domain() {
        let config = from(
            &[
                ("HEARBACK_MAIL_FROM", "updates@news.example.org"),
                ("HEARBACK_DKIM_SELECTOR", "one"),
                ("HEARBACK_DKIM_KEY_FILE", "one.pem"),
                ("HEARBACK_DKIM_SELECTOR_2", "two"),
                ("HEARBACK_DKIM_KEY_FILE_2", "two.pem"),
            ],
            "",
        )
        .expect("config");
        assert_eq!(config.dkim_domain, "news.example.org");
        let selectors: Vec<&str> = config.dkim.iter().map(|key| key.selector.as_str()).collect();
        assert_eq!(selectors, ["one", "two"]);
        assert!(config.dkim_keys().expect_err("no such file").to_string().contains("one.pem"));
        for lone in ["HEARBACK_DKIM_SELECTOR", "HEARBACK_DKIM_KEY_FILE_2"] {
            assert!(from(&[(lone, "one")], "").expect_err("refused").to_string().contains("DKIM"));
        }
    }

    #[test]
    fn a_token_never_shows() {
        let token = "0123456789abcdef0123456789abcdef";
        let config = from(&[("HEARBACK_BOUNCE_TOKEN", token)], "").expect("config");
        assert!(!format!("{config:?}").contains(token));
        assert_eq!(config.bounce_token.expect("a token").as_str(), token);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (name, value) in [
            ("MAIL", "pigeon:home"),
            ("LISTEN", "everywhere"),
            ("METRICS_LISTEN", "9464"),
            ("PUBLIC_URL", "nowhere"),
            ("PSEUDO", "ltr"),
            ("PSEUDO", "yes"),
            ("BOUNCE_ADDRESS", "bounces"),
            ("BOUNCE_ADDRESS", "twelve-chars@example.org"),
            ("BOUNCE_ADDRESS", "boun+ces@example.org"),
            ("BOUNCE_TOKEN", "short"),
        ] {
            let error = from(&[(&format!("HEARBACK_{name}"), value)], "").expect_err("refused").to_string();
            assert!(error.contains(name), "{error}");
        }
        assert!(from(&[], "lisen = \"x\"").expect_err("refused").to_string().contains("lisen"));
    }
}
