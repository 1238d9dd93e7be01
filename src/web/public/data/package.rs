//! The description of all files for machines: a Frictionless data package (https://datapackage.org, version 2).

use anyhow::Context;
use serde_json::{Value, json};

use super::tables::RECORD;
use super::whole::address;
use super::{TABLES, words};
use crate::domain::record::stamp;
use crate::domain::words::Licence;
use crate::error::Result;
use crate::web::public::place::Place;

pub fn licence(licence: Licence) -> Value {
    let (path, title) = told(licence);
    json!({ "name": licence.code(), "path": path, "title": title })
}

/// Where a licence is written down, and its name.
pub fn told(licence: Licence) -> (&'static str, &'static str) {
    match licence {
        Licence::CcBy => {
            ("https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International")
        }
        Licence::Cc0 => (
            "https://creativecommons.org/publicdomain/zero/1.0/",
            "Creative Commons Zero 1.0 Universal (public domain)",
        ),
        Licence::Ogl => (
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            "Open Government Licence v3.0",
        ),
        Licence::OdcBy => {
            ("https://opendatacommons.org/licenses/by/1-0/", "Open Data Commons Attribution License v1.0")
        }
    }
}

/// Nothing but what a reader of the data needs to know of them.
pub fn package(place: &Place) -> Result<Vec<u8>> {
    let (row, words) = (&place.shown.row, words(place));
    let about = |name: &str| words.text(&format!("page-data-file-{name}"), &[]);
    let mut resources: Vec<Value> = TABLES
        .iter()
        .map(|table| {
            json!({
                "name": table.name,
                "title": words.text(&format!("page-data-title-{}", table.name), &[]),
                "description": about(table.name),
                "type": "table",
                "path": format!("{}.csv", table.name),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
                "schema": table.schema(words),
            })
        })
        .collect();
    resources.push(json!({
        "name": "project",
        "title": words.text("page-data-title-project", &[]),
        "description": about("project"),
        "path": "project.json",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    }));
    resources.push(json!({
        "name": "record",
        "title": words.text("page-data-title-record", &[]),
        "description": about("record"),
        "type": "table",
        "path": "record.jsonl",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        "schema": RECORD.schema(words),
    }));
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": row.slug,
        "id": format!("urn:uuid:{}", row.id.0),
        "title": row.title,
        "description": words.text("page-data-about", &[]),
        "version": format!("1.{}.0", row.head_seq),
        "created": stamp(row.head_at.unwrap_or(row.created_at).utc()),
        "licenses": [licence(row.licence)],
        "contributors": [{ "title": place.shown.organisation, "roles": ["publisher"] }],
        "keywords": ["recommendations", "feedback", "accountability"],
        "resources": resources,
    });
    if let Some(address) = address(place) {
        package["homepage"] = address.into();
    }
    let mut text = serde_json::to_string_pretty(&package).context("writing the data package")?;
    text.push('\n');
    Ok(text.into_bytes())
}
