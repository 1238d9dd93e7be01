//! Walking through a record from its beginning to its end, a stretch at a time, so that a long one is never in memory as
//! a whole; and the files that are written on the way: kept where the record is short, else sent as they are made.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::Arc;

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use poem::{Body, Request, Response};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::domain::event::{Entry, Event, Keeps, keeps, understand_knowing};
use crate::error::Result;
use crate::store::event;
use crate::store::types::ProjectId;
use crate::web::public::kept::{self, Made};
use crate::web::public::place::Place;

/// Events that are read at a time.
const STRETCH: u64 = 500;

/// Files of records with no more events than this are kept: they are below a megabyte or so.
pub const SHORT: i64 = 1_000;

pub struct Walk {
    app: Arc<App>,
    project: ProjectId,
    zone: Tz,
    keeps: Keeps,
    /// Corrected events as they read now.
    corrected: BTreeMap<i64, Entry>,
    /// When what was corrected or redacted came to read otherwise.
    pub changed: BTreeMap<i64, DateTime<Utc>>,
    seq: i64,
    /// Something was written before.
    pub begun: bool,
}

fn unreadable(why: String) -> anyhow::Error {
    anyhow!("the record: {why}")
}

impl Walk {
    /// At the beginning, knowing what was corrected and redacted anywhere.
    pub async fn start(place: &Place) -> Result<Self> {
        let (app, row) = (place.app.clone(), &place.shown.row);
        let mut walk = Walk {
            app,
            project: row.id,
            zone: row.zone()?,
            keeps: Keeps::new(),
            corrected: BTreeMap::new(),
            changed: BTreeMap::new(),
            seq: 0,
            begun: false,
        };
        walk.know_redactions().await?;
        let corrections = event::of_kind(&walk.app.db.reader, row.id, "correction").await?;
        let subjects: BTreeSet<&str> = corrections.iter().map(|event| event.subject.as_str()).collect();
        for subject in subjects {
            let events = event::of_subject(&walk.app.db.reader, row.id, subject).await?;
            let times: BTreeMap<i64, DateTime<Utc>> =
                events.iter().map(|event| (event.seq, event.at)).collect();
            let entries =
                understand_knowing(&events, &walk.keeps, i64::MAX, walk.zone).map_err(unreadable)?;
            for entry in entries {
                let Some(by) = entry.corrected_by else { continue };
                walk.changed.extend(times.get(&by).map(|at| (entry.seq, *at)));
                walk.corrected.insert(entry.seq, entry);
            }
        }
        Ok(walk)
    }

    async fn know_redactions(&mut self) -> Result<()> {
        let redactions = event::of_kind(&self.app.db.reader, self.project, "redaction").await?;
        self.keeps = keeps(&redactions).map_err(unreadable)?;
        for redaction in &redactions {
            let redacts = redaction.content.as_ref().and_then(|content| content.get("redacts"));
            if let Some(seq) = redacts.and_then(serde_json::Value::as_i64) {
                self.changed.insert(seq, redaction.at);
                self.corrected.remove(&seq);
            }
        }
        Ok(())
    }

    /// The next stretch; nothing at the end.
    pub async fn next(&mut self) -> Result<Vec<Event>> {
        let events = event::after(&self.app.db.reader, self.project, self.seq, STRETCH).await?;
        if let Some(last) = events.last() {
            self.seq = last.seq;
        }
        self.know_news(&events).await?;
        Ok(events)
    }

    /// These events as they are to be understood now, wherever they stand, in the order of the record.
    pub async fn these(&mut self, seqs: &[i64]) -> Result<Vec<Entry>> {
        let events = event::these(&self.app.db.reader, self.project, seqs).await?;
        self.know_news(&events).await?;
        self.entries(&events)
    }

    /// What was redacted since the walk began.
    async fn know_news(&mut self, events: &[Event]) -> Result<()> {
        let is_news = |event: &Event| event.content.is_none() && !self.keeps.contains_key(&event.seq);
        if events.iter().any(is_news) {
            self.know_redactions().await?;
        }
        Ok(())
    }

    /// Events as they are to be understood now, in the same order.
    pub fn entries(&self, events: &[Event]) -> Result<Vec<Entry>> {
        let mut entries = understand_knowing(events, &self.keeps, i64::MAX, self.zone).map_err(unreadable)?;
        for entry in &mut entries {
            if let Some(corrected) = self.corrected.get(&entry.seq) {
                entry.clone_from(corrected);
            }
        }
        Ok(entries)
    }
}

/// A file that is written on a walk through the record.
pub struct File {
    /// Its kind and headers; what it holds is what it begins with.
    pub made: Made,
    /// Names it among the answers that are kept.
    pub name: &'static str,
    pub write: fn(&mut Walk, &[Event]) -> Result<Vec<u8>>,
    pub end: &'static str,
}

impl File {
    /// The whole of it.
    pub async fn whole(self, place: &Place) -> Result<Made> {
        let File { mut made, write, end, .. } = self;
        let mut walk = Walk::start(place).await?;
        loop {
            let events = walk.next().await?;
            if events.is_empty() {
                break;
            }
            made.body.extend(write(&mut walk, &events)?);
        }
        made.body.extend(end.as_bytes());
        Ok(made)
    }

    pub async fn answer(self, place: &Place, request: &Request) -> poem::Result<Response> {
        let row = &place.shown.row;
        if row.head_seq <= SHORT {
            let key = format!("{}/data/{}", place.base, self.name);
            return kept::answer_as(&place.shelf, request, place.shown.version, &key, self.whole(place))
                .await;
        }
        // What it will hold follows from the head of the record and from what it begins with.
        let tag = Sha256::new().chain_update(&row.head_hash).chain_update(&self.made.body).finalize();
        let walk = Walk::start(place).await?;
        let File { mut made, write, end, .. } = self;
        let begin = std::mem::take(&mut made.body);
        let tag = hex::encode(&tag[..12]);
        Ok(kept::answer_streamed(request, made, &tag, |is_small| {
            let out =
                Out { walk, write, end, begin: Some(begin), gzip: is_small.then(new_gzip), is_over: false };
            Body::from_bytes_stream(stream::unfold(out, Out::next))
        }))
    }
}

fn new_gzip() -> GzEncoder<Vec<u8>> {
    GzEncoder::new(Vec::new(), Compression::fast())
}

struct Out {
    walk: Walk,
    write: fn(&mut Walk, &[Event]) -> Result<Vec<u8>>,
    end: &'static str,
    begin: Option<Vec<u8>>,
    gzip: Option<GzEncoder<Vec<u8>>>,
    is_over: bool,
}

impl Out {
    /// The next piece. A failure ends the answer before its time, so that nobody takes half a file for a whole one.
    async fn next(mut self) -> Option<(std::io::Result<Vec<u8>>, Self)> {
        if self.is_over {
            return None;
        }
        match self.piece().await {
            Ok(piece) => Some((Ok(piece), self)),
            Err(error) => {
                tracing::error!(error = error.chain(), "a file of open data could not be finished");
                self.is_over = true;
                Some((Err(std::io::Error::other("the file could not be finished")), self))
            }
        }
    }

    async fn piece(&mut self) -> Result<Vec<u8>> {
        let events = self.walk.next().await?;
        let mut piece = self.begin.take().unwrap_or_default();
        if events.is_empty() {
            piece.extend(self.end.as_bytes());
            self.is_over = true;
        } else {
            piece.extend((self.write)(&mut self.walk, &events)?);
        }
        let Some(mut gzip) = self.gzip.take() else { return Ok(piece) };
        gzip.write_all(&piece).map_err(anyhow::Error::new)?;
        if self.is_over {
            return Ok(gzip.finish().map_err(anyhow::Error::new)?);
        }
        gzip.flush().map_err(anyhow::Error::new)?;
        let piece = std::mem::take(gzip.get_mut());
        self.gzip = Some(gzip);
        Ok(piece)
    }
}
