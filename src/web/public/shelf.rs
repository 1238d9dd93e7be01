//! What is kept between two lookers: which projects there are and how far their records go, each record as it was read,
//! and the pages that were made of it. Nothing on the shelf is older than [`FRESH`] says, whoever wrote in the meantime.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use anyhow::anyhow;
use chrono::NaiveDate;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::kept::Kept;
use crate::app::App;
use crate::domain::event::{Event, keeps, understand_knowing};
use crate::domain::reading::Reading;
use crate::domain::words::Visibility;
use crate::error::Result;
use crate::store::types::ProjectId;
use crate::store::{event, logo, project};

/// For so long nobody asks the database again whether anything has changed.
const FRESH: Duration = Duration::from_millis(200);

/// All kept pages together, in bytes, and all records, in recommendations.
const PAGES: u64 = 8 << 20;
const READINGS: u64 = 5_000;

/// Projects whose pages are opened before anybody asks.
const OPENED: usize = 20;

/// Events that are read at a time: a long record is never in memory as a whole.
const STRETCH: u64 = 500;

/// For so long a start waits for the records to be read. Then whoever asks waits instead.
const WARMING: Duration = Duration::from_secs(120);

/// A project, and what its pages are kept by.
#[derive(Debug)]
pub struct Shown {
    pub row: project::Model,
    pub organisation: String,
    /// What its logo shows, if it has one.
    pub logo: Option<String>,
    /// The day in the project's own zone.
    pub today: NaiveDate,
    /// Another one whenever a page of this project may read otherwise.
    pub version: u64,
}

impl Shown {
    pub fn is_public(&self) -> bool {
        self.row.visibility == Visibility::Public
    }

    /// The name above its pages.
    pub fn name(&self) -> &str {
        self.row.brand_name.as_deref().unwrap_or(&self.organisation)
    }
}

/// All projects at one moment.
#[derive(Debug)]
pub struct Instance {
    projects: Vec<Arc<Shown>>,
    by_slug: HashMap<String, usize>,
    by_link: HashMap<String, usize>,
    /// Another one whenever anything public may read otherwise.
    pub version: u64,
}

impl Instance {
    fn new(
        app: &App,
        rows: Vec<project::Model>,
        names: &HashMap<uuid::Uuid, String>,
        mut logos: HashMap<ProjectId, String>,
    ) -> Result<Self> {
        let mut instance =
            Instance { projects: Vec::new(), by_slug: HashMap::new(), by_link: HashMap::new(), version: 0 };
        let mut all = DefaultHasher::new();
        for row in rows {
            let today = row.today(app.clock.now())?;
            let mut hasher = DefaultHasher::new();
            let stamp = (&row.id.0, &row.head_hash, row.shown_changes, today, row.visibility, &row.language);
            stamp.hash(&mut hasher);
            let version = hasher.finish();
            if row.visibility == Visibility::Public {
                version.hash(&mut all);
            }
            let place = instance.projects.len();
            instance.by_slug.insert(row.slug.clone(), place);
            if let Some(link) = &row.link_id {
                instance.by_link.insert(link.clone(), place);
            }
            let organisation = names.get(&row.organisation_id.0).cloned().unwrap_or_default();
            let logo = logos.remove(&row.id);
            instance.projects.push(Arc::new(Shown { row, organisation, logo, today, version }));
        }
        instance.version = all.finish();
        Ok(instance)
    }

    /// The projects that everybody may see, by their slugs.
    pub fn public(&self) -> impl Iterator<Item = &Arc<Shown>> {
        self.projects.iter().filter(|shown| shown.is_public())
    }

    pub fn public_by_slug(&self, slug: &str) -> Option<&Arc<Shown>> {
        self.by_slug.get(slug).map(|place| &self.projects[*place]).filter(|shown| shown.is_public())
    }

    /// The project that a link opens. Going private closes the link; going public leaves it.
    pub fn by_link(&self, id: &str) -> Option<&Arc<Shown>> {
        let shown = self.by_link.get(id).map(|place| &self.projects[*place])?;
        (shown.row.visibility != Visibility::Private).then_some(shown)
    }
}

#[derive(Clone)]
pub(super) struct BySize;

impl Weighter<String, Arc<Kept>> for BySize {
    fn weight(&self, key: &String, kept: &Arc<Kept>) -> u64 {
        (key.len() + kept.weight()) as u64
    }
}

impl Weighter<ProjectId, Arc<Reading>> for BySize {
    fn weight(&self, _: &ProjectId, reading: &Arc<Reading>) -> u64 {
        1 + reading.recommendations.len() as u64
    }
}

/// What is kept at all. The server keeps everything; less is for measuring.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeps {
    Everything,
    Records,
    Nothing,
}

pub struct Shelf {
    keeps: Keeps,
    seen: RwLock<Option<(Instant, Arc<Instance>)>>,
    asking: tokio::sync::Mutex<()>,
    readings: Cache<ProjectId, Arc<Reading>, BySize>,
    reading: tokio::sync::Mutex<()>,
    pages: Cache<String, Arc<Kept>, BySize>,
    /// The records are being read, so that who asks for a page now waits for one of them.
    warming: AtomicBool,
}

impl Default for Shelf {
    fn default() -> Self {
        Shelf {
            keeps: Keeps::Everything,
            seen: RwLock::new(None),
            asking: tokio::sync::Mutex::new(()),
            readings: Cache::with_weighter(32, READINGS, BySize),
            reading: tokio::sync::Mutex::new(()),
            pages: Cache::with_weighter(512, PAGES, BySize),
            warming: AtomicBool::new(false),
        }
    }
}

impl Shelf {
    /// A shelf without pages: each is made anew from the record, which is kept. For benches and tests.
    pub fn without_pages() -> Self {
        Shelf { keeps: Keeps::Records, ..Shelf::default() }
    }

    /// A shelf without pages and records: each page is made anew, and its record read anew, as after a start. For benches
    /// and tests.
    pub fn without_records() -> Self {
        Shelf { keeps: Keeps::Nothing, ..Shelf::default() }
    }

    /// The page kept under this key, or the one that `make` makes now.
    pub(super) async fn page(
        &self,
        key: &str,
        make: impl Future<Output = Result<Arc<Kept>>>,
    ) -> Result<Arc<Kept>> {
        // What happens seldom lies in a box, here and below: a future is as large as the largest that it may come to wait for,
        // and each answer from the cache would move all of it.
        match self.keeps {
            Keeps::Everything => match self.pages.get(key) {
                Some(kept) => Ok(kept),
                None => Box::pin(self.pages.get_or_insert_async(key, make)).await,
            },
            Keeps::Records | Keeps::Nothing => make.await,
        }
    }

    /// All projects as they were at most [`FRESH`] ago.
    pub async fn instance(&self, app: &App) -> Result<Arc<Instance>> {
        match self.fresh() {
            Some(instance) => Ok(instance),
            None => Box::pin(self.ask(app)).await,
        }
    }

    async fn ask(&self, app: &App) -> Result<Arc<Instance>> {
        let _one_at_a_time = self.asking.lock().await;
        if let Some(instance) = self.fresh() {
            return Ok(instance);
        }
        // From before the question: what is written while it is answered counts as not seen.
        let asked = Instant::now();
        let rows = project::all(&app.db.reader).await?;
        let names = project::organisations(&app.db.reader).await?;
        let logos = logo::descriptions(&app.db.reader).await?;
        let names = names.into_iter().map(|row| (row.id.0, row.name)).collect();
        let instance = Arc::new(Instance::new(app, rows, &names, logos)?);
        let mut seen = self.seen.write().map_err(|_| anyhow!("the shelf broke while it was written"))?;
        *seen = Some((asked, instance.clone()));
        Ok(instance)
    }

    fn fresh(&self) -> Option<Arc<Instance>> {
        let seen = self.seen.read().ok()?;
        seen.as_ref().filter(|(asked, _)| asked.elapsed() <= FRESH).map(|(_, instance)| instance.clone())
    }

    /// Reads the records of the public projects before anybody asks, and opens their pages, so that the first who does need
    /// not wait for it. Until that is done, has failed or takes too long, [`Shelf::is_ready`] says no.
    pub fn warm<O>(self: &Arc<Self>, app: Arc<App>, open: impl Fn(String) -> O + Send + Sync + 'static)
    where
        O: Future<Output = ()> + Send,
    {
        self.warming.store(true, Ordering::Relaxed);
        let (shelf, began) = (self.clone(), Instant::now());
        let reading = tokio::spawn(async move {
            let slugs = shelf.read_all(&app).await?;
            let pages = slugs.into_iter().take(OPENED).map(|slug| format!("/p/{slug}"));
            for address in std::iter::once("/".to_owned()).chain(pages) {
                open(address).await;
            }
            Ok::<(), crate::error::Error>(())
        });
        let shelf = self.clone();
        tokio::spawn(async move {
            // Whatever becomes of it: pages can be made without.
            match tokio::time::timeout(WARMING, reading).await {
                Ok(Ok(Ok(()))) => {
                    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
                    tracing::debug!(took_ms, "the records have been read");
                }
                Ok(Ok(Err(error))) => {
                    let error = error.chain();
                    tracing::warn!(error, "the records could not be read beforehand");
                }
                Ok(Err(_)) => tracing::warn!("the records could not be read beforehand: the code panicked"),
                Err(_) => tracing::warn!("reading the records takes long: the first pages will wait for it"),
            }
            shelf.warming.store(false, Ordering::Relaxed);
        });
    }

    /// Whether whoever asks now need not wait for the records to be read.
    pub fn is_ready(&self) -> bool {
        !self.warming.load(Ordering::Relaxed)
    }

    async fn read_all(&self, app: &App) -> Result<Vec<String>> {
        let instance = self.instance(app).await?;
        let mut slugs = Vec::new();
        for shown in instance.public() {
            self.reading(app, shown).await?;
            slugs.push(shown.row.slug.clone());
        }
        Ok(slugs)
    }

    /// A project's record, read up to its end at least as it was when `shown` was.
    pub async fn reading(&self, app: &App, shown: &Shown) -> Result<Arc<Reading>> {
        match self.known(shown) {
            Some(reading) => Ok(reading),
            None => Box::pin(self.read(app, shown)).await,
        }
    }

    fn known(&self, shown: &Shown) -> Option<Arc<Reading>> {
        self.readings.get(&shown.row.id).filter(|reading| reading.seq >= shown.row.head_seq)
    }

    async fn read(&self, app: &App, shown: &Shown) -> Result<Arc<Reading>> {
        let id = shown.row.id;
        if self.keeps == Keeps::Nothing {
            let mut reading = Reading::default();
            read_on(app, &shown.row, &mut reading).await?;
            return Ok(Arc::new(reading));
        }
        let _one_at_a_time = self.reading.lock().await;
        let known = self.readings.get(&id);
        if let Some(reading) = known.clone().filter(|reading| reading.seq >= shown.row.head_seq) {
            return Ok(reading);
        }
        let mut reading = known.map(|known| Reading::clone(&known)).unwrap_or_default();
        read_on(app, &shown.row, &mut reading).await?;
        let reading = Arc::new(reading);
        self.readings.insert(id, reading.clone());
        Ok(reading)
    }
}

/// Reads the record on from where the reading ends. Words may be taken out while they are read, so that a stretch does not
/// fit together; from the beginning it is whole again.
async fn read_on(app: &App, row: &project::Model, reading: &mut Reading) -> Result<()> {
    let Err(error) = go_on(app, row, reading).await else { return Ok(()) };
    tracing::debug!(error = error.to_string(), "a record is read once more from its beginning");
    *reading = Reading::default();
    go_on(app, row, reading).await
}

async fn go_on(app: &App, row: &project::Model, reading: &mut Reading) -> Result<()> {
    let (zone, db) = (row.zone()?, &app.db.reader);
    let unreadable = |why: String| anyhow!("the record: {why}");
    let redactions = event::of_kind(db, row.id, "redaction").await?;
    let kept = keeps(&redactions).map_err(unreadable)?;
    if redactions.last().is_some_and(|redaction| redaction.seq > reading.seq) {
        // Words that had to go may lie anywhere in what was read.
        *reading = Reading::default();
    }
    let mut corrected: BTreeSet<String> = BTreeSet::new();
    loop {
        let events = event::after(db, row.id, reading.seq, STRETCH).await?;
        let Some(last) = events.last().map(|event| event.seq) else { break };
        let unknown = |event: &Event| {
            event.kind == "redaction" && !redactions.iter().any(|known| known.seq == event.seq)
        };
        if events.iter().any(unknown) {
            // Written since the redactions were read: what was read before may hold what had to go.
            *reading = Reading::default();
            return Box::pin(go_on(app, row, reading)).await;
        }
        for event in events.iter().filter(|event| event.kind == "correction") {
            corrected.insert(event.subject.clone());
        }
        for entry in understand_knowing(&events, &kept, i64::MAX, zone).map_err(unreadable)? {
            reading.take(entry);
        }
        reading.seq = last;
    }
    for subject in corrected {
        let mut events = event::of_subject(db, row.id, &subject).await?;
        // What came since is taken in its turn, and only once.
        events.retain(|event| event.seq <= reading.seq);
        let entries = understand_knowing(&events, &kept, i64::MAX, zone).map_err(unreadable)?;
        reading.again(&subject, entries);
    }
    Ok(())
}
