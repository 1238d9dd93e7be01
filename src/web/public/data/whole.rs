//! A project as one JSON document. Its keys are told in docs/open-data.md, and those of rows are the columns of the
//! tables.

use anyhow::Context;
use serde_json::{Value, json};

use super::package::licence;
use super::tables::{self, LEARNINGS, PROMISES, RECOMMENDATIONS, State};
use crate::domain::reading::Read;
use crate::domain::record::{fingerprint, stamp};
use crate::error::Result;
use crate::store::types::At;
use crate::web::public::place::Place;

/// Everything but the history, which follows as the last member and is left open.
pub fn opening(place: &Place, state: &State<'_>) -> Result<Vec<u8>> {
    let (row, reading) = (&place.shown.row, state.reading);
    let recommendations: Vec<Value> =
        reading.recommendations.iter().map(|read| recommendation(state, read)).collect();
    let figures: Vec<Value> = reading
        .taken
        .iter()
        .map(|taken| json!({ "event": taken.seq, "on": taken.on, "figures": taken.snapshot }))
        .collect();
    let since = |at: &Option<(chrono::NaiveDate, String)>| {
        at.as_ref().map(|(on, why)| json!({ "on": on, "why": why }))
    };
    let whole = json!({
        "form": "hearback-project/1",
        "as_of": state.today,
        "licence": licence(row.licence),
        "project": {
            "title": row.title,
            "summary": row.summary,
            "organisation": place.shown.organisation,
            "name": place.shown.name(),
            "language": row.language,
            "timezone": row.timezone,
            "started_on": reading.started_on,
            "paused": since(&reading.paused),
            "held": since(&reading.held),
            "address": address(place),
        },
        "record": {
            "events": row.head_seq,
            "hash": (row.head_seq > 0).then_some(&row.head_hash),
            "fingerprint": (row.head_seq > 0).then(|| fingerprint(&row.head_hash)),
            "at": row.head_at.map(|at| stamp(At::utc(at))),
        },
        "recommendations": recommendations,
        "figures": figures,
    });
    let mut text = serde_json::to_string(&whole).context("writing a project as JSON")?;
    text.truncate(text.len() - 1);
    text.push_str(",\"history\":[");
    Ok(text.into_bytes())
}

/// Where a public project is found. What only holders of a link may see does not carry its link along.
pub fn address(place: &Place) -> Option<String> {
    place.is_public.then(|| place.app.config.url(&place.base))
}

fn recommendation(state: &State<'_>, read: &Read) -> Value {
    let mut whole = RECOMMENDATIONS.named(state.recommendation(read));
    let responses = read.responses.iter().map(|(on, state)| json!({ "on": on, "response": state }));
    let progress = read.progress.iter().map(|(on, state)| json!({ "on": on, "progress": state }));
    let noticed = read.silences.iter().map(|(on, kind)| json!({ "on": on, "kind": kind }));
    whole["silences"] = whole["silences"]
        .as_str()
        .map_or_else(|| json!([]), |silences| silences.split(';').map(Value::from).collect());
    whole["responders"] = read.responders().map(Value::from).collect();
    whole["responses_over_time"] = responses.collect();
    whole["progress_over_time"] = progress.collect();
    whole["silences_noticed"] = noticed.collect();
    whole["promises"] = state.promises_of(read).into_iter().map(|row| PROMISES.named(row)).collect();
    whole["learnings"] = tables::learnings_of(read).into_iter().map(|row| LEARNINGS.named(row)).collect();
    whole
}
