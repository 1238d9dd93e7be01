//! What every entrance is given: the database, the clock, the keys, words, templates and where mail goes.

use std::sync::Arc;

use crate::calendars;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::calendars::Calendars;
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::locale::Locales;
use crate::mail::dkim::Signers;
use crate::mail::transport::Transport;
use crate::stop::Stop;
use crate::store::Db;
use crate::templates::Templates;

#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub locales: Arc<Locales>,
    pub templates: Arc<Templates>,
    /// Those that quiet times can name.
    pub calendars: Calendars,
    pub mailer: Transport,
    pub signers: Arc<Signers>,
    pub config: Config,
    /// Time is moved by hand in this database: projects start by themselves and mail goes to files.
    pub time_travel: bool,
    /// Names this process among the senders.
    pub sender: String,
    /// The wish that this process ends.
    pub stop: Stop,
}

impl App {
    pub fn new(
        db: Db,
        clock: Clock,
        keys: Keys,
        mailer: Transport,
        config: Config,
        time_travel: bool,
    ) -> anyhow::Result<Self> {
        let locales = Arc::new(Locales::load_with(config.pseudo, config.templates.as_deref())?);
        let templates = Arc::new(Templates::new(Arc::clone(&locales), config.templates.as_deref())?);
        let signers = Arc::new(signers(&config)?);
        let calendars = calendars::load(config.calendars.as_deref());
        let sender = uuid::Uuid::new_v4().to_string();
        let stop = Stop::default();
        Ok(App {
            db,
            clock,
            keys,
            locales,
            templates,
            calendars,
            mailer,
            signers,
            config,
            time_travel,
            sender,
            stop,
        })
    }
}

/// The keys that messages are signed with.
///
/// # Errors
/// Names the setting and says nothing of the key.
pub fn signers(config: &Config) -> Result<Signers> {
    let keys = config.dkim_keys()?;
    if keys.is_empty() {
        return Ok(Signers::default());
    }
    let keys: Vec<(&str, &str)> =
        keys.iter().map(|(selector, pem)| (selector.as_str(), pem.as_str())).collect();
    Signers::new(&config.dkim_domain, &keys)
        .map_err(|why| Error::refused(format!("The settings HEARBACK_DKIM_* cannot be used: {why:#}.")))
}
