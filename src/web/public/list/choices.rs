//! The form of a list: what there is to choose from, and what was chosen. Only what occurs can be chosen.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::query::{Order, Query};
use crate::domain::words::{Progress, Reason, Response, Verdict};
use crate::locale::Words;
use crate::web::public::address;
use crate::web::public::open::Item;
use crate::web::public::responder::key;
use crate::web::public::{row, tally};

#[derive(Serialize)]
pub struct Select {
    name: &'static str,
    label: String,
    /// The words for not choosing; none where something is always chosen.
    any: Option<String>,
    options: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    words: String,
    chosen: bool,
}

/// A box to tick.
#[derive(Serialize)]
pub struct Tick {
    name: &'static str,
    label: String,
    chosen: bool,
}

/// A filter that holds now, and the list without it.
#[derive(Serialize)]
pub struct Chosen {
    words: String,
    href: String,
}

/// What occurs in the recommendations that a list is about. Names by their keys, as they were first written.
#[derive(Default)]
pub struct Occurring {
    responses: BTreeSet<Response>,
    progress: BTreeSet<Progress>,
    responders: BTreeMap<String, String>,
    themes: BTreeMap<String, String>,
    audiences: BTreeMap<String, String>,
    reasons: BTreeSet<&'static str>,
    verdicts: BTreeSet<Verdict>,
    overdue: bool,
    silent: bool,
}

impl Occurring {
    pub fn of(items: &[Item<'_>]) -> Self {
        let mut occurring = Occurring::default();
        for item in items {
            let (read, standing) = (item.read, &item.read.standing);
            occurring.responses.insert(standing.response);
            occurring.progress.insert(standing.progress);
            read.responders().for_each(|name| keep(&mut occurring.responders, name));
            read.themes().into_iter().for_each(|name| keep(&mut occurring.themes, name));
            standing.audience.iter().for_each(|name| keep(&mut occurring.audiences, name));
            occurring.reasons.extend(row::reason(read));
            occurring.verdicts.extend(item.project.reading.verdict(&read.reference));
            occurring.overdue |= standing.is_overdue(item.project.shown.today);
            occurring.silent |= tally::silent_since(*item).is_some();
        }
        occurring
    }

    pub fn selects(&self, words: &Words, query: &Query) -> Vec<Select> {
        let filters = query.filters();
        let code_of = |name: &str| filters.iter().find(|(filter, _)| *filter == name);
        let select = |name: &'static str, options: Vec<String>| {
            let chosen = code_of(name).map(|(_, value)| value.as_str());
            let mut options = options;
            // What was chosen stays to be seen, also where it does not occur.
            options.extend(chosen.filter(|chosen| !options.iter().any(|o| o == chosen)).map(str::to_owned));
            Select {
                name,
                label: words.code("page-list-label", name),
                any: Some(words.text("page-list-any", &[])),
                options: options
                    .into_iter()
                    .map(|value| Choice {
                        words: self.words_for(words, name, &value),
                        chosen: chosen == Some(value.as_str()),
                        value,
                    })
                    .collect(),
            }
        };
        let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect();
        let codes = |all: &mut dyn Iterator<Item = &'static str>| all.map(str::to_owned).collect();
        let awaiting = self.responses.contains(&Response::Awaiting);
        let others = self.responses.iter().any(|response| *response != Response::Awaiting);
        let answered = [("yes", others), ("no", awaiting)];
        let reasons = Reason::ALL.iter().map(|reason| reason.code());
        let mut selects = vec![
            select("response", codes(&mut self.responses.iter().map(|state| state.code()))),
            select("progress", codes(&mut self.progress.iter().map(|state| state.code()))),
            select("answered", codes(&mut answered.into_iter().filter(|(_, is)| *is).map(|(code, _)| code))),
            select("responder", names(&self.responders)),
            select("theme", names(&self.themes)),
            select("audience", names(&self.audiences)),
            select("reason", codes(&mut reasons.filter(|code| self.reasons.contains(code)))),
            select("verdict", codes(&mut self.verdicts.iter().map(|said| said.code()))),
        ];
        selects.retain(|select| !select.options.is_empty());
        let orders = Order::ALL.iter().map(|(order, code)| Choice {
            value: if *order == Order::default() { String::new() } else { (*code).to_owned() },
            words: words.code("page-list-order", code),
            chosen: *order == query.order,
        });
        let label = words.code("page-list-label", "sort");
        selects.push(Select { name: "sort", label, any: None, options: orders.collect() });
        selects
    }

    pub fn ticks(&self, words: &Words, query: &Query) -> Vec<Tick> {
        [("overdue", self.overdue, query.overdue), ("silent", self.silent, query.silent)]
            .into_iter()
            .filter(|(_, occurs, chosen)| *occurs || *chosen)
            .map(|(name, _, chosen)| Tick { name, label: words.code("page-list-tick", name), chosen })
            .collect()
    }

    /// The filters that hold, each with the way to the list without it.
    pub fn chosen(&self, words: &Words, query: &Query, path: &str) -> Vec<Chosen> {
        let filters = query.filters();
        let chosen = filters.iter().map(|(name, value)| {
            let mut pairs = query.pairs(1);
            pairs.retain(|(other, _)| other != name);
            let said = match *name {
                "overdue" | "silent" => words.code("page-list-tick", name),
                name => {
                    let label = words.code("page-list-label", name);
                    let value = self.words_for(words, name, value);
                    words.text("page-list-chosen", &[("label", label.into()), ("value", value.into())])
                }
            };
            Chosen { words: said, href: address::of(path, &pairs) }
        });
        chosen.collect()
    }

    fn words_for(&self, words: &Words, name: &str, value: &str) -> String {
        let written = |names: &BTreeMap<String, String>| names.get(value).cloned();
        match name {
            "response" => words.code("response", value),
            "progress" => words.code("progress", value),
            "answered" => words.code("page-list-answered", value),
            "reason" => words.code("reason", value),
            "verdict" => words.code("verdict", value),
            "responder" => written(&self.responders).unwrap_or_else(|| value.to_owned()),
            "theme" => written(&self.themes).unwrap_or_else(|| value.to_owned()),
            "audience" => written(&self.audiences).unwrap_or_else(|| value.to_owned()),
            _ => value.to_owned(),
        }
    }
}

fn keep(names: &mut BTreeMap<String, String>, name: &str) {
    names.entry(key(name)).or_insert_with(|| name.trim().to_owned());
}
