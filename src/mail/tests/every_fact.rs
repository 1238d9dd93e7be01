//! Every kind of fact in every state can be told: a missing key or argument panics in a debug build.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Map;

use super::fixtures::{because, day, mail, town};
use super::{flat, seen, tokens, written};
use crate::domain::event::{Explanation, Fact, Outcome};
use crate::domain::update::{Brief, Due, Item, Line, Told, Update};
use crate::domain::words::{Format, InOurControl, Progress, Reason, Response};
use crate::mail::Mail;

fn explanations() -> Vec<Option<Explanation>> {
    let mut all = vec![None];
    for reason in Reason::ALL {
        all.push(Some(because(*reason, "It is so")));
    }
    for control in InOurControl::ALL {
        all.push(Some(Explanation {
            tried: Some("This".to_owned()),
            decided_by: Some("The board".to_owned()),
            unblock: Some("That".to_owned()),
            in_our_control: Some(*control),
            review_on: Some(day("2027-01-01")),
            ..because(Reason::Money, "It is so")
        }));
    }
    all
}

fn outcomes() -> Vec<Option<Outcome>> {
    let full = Outcome {
        what_changed: "It is lit".to_owned(),
        noticed_by: Some("Everyone".to_owned()),
        evidence_url: Some("not a link".to_owned()),
        decided_by: Some("The board".to_owned()),
        unblock: Some("More lamps".to_owned()),
        in_our_control: Some(InOurControl::No),
        review_on: Some(day("2027-01-01")),
        ..Outcome::default()
    };
    vec![None, Some(Outcome { what_changed: "It is lit".to_owned(), ..Outcome::default() }), Some(full)]
}

fn facts() -> Vec<Fact> {
    let (promise, due_on) = ("Lamps".to_owned(), day("2026-06-30"));
    let mut facts = vec![
        Fact::PromiseKept { promise: promise.clone(), evidence_url: Some("https://a.example".to_owned()) },
        Fact::PromiseMissed { promise: "Something else".to_owned(), due_on },
        Fact::PromiseMissed { promise: "Something else".to_owned(), due_on },
        Fact::ResponseOverdue { due_on },
        Fact::ReviewDatePassed { review_on: due_on },
        Fact::ExplanationStale { of: 1, days: 90 },
        Fact::GoneQuiet { since: due_on, days: 60 },
        Fact::Note { words: "A word".to_owned() },
        Fact::Redaction { redacts: 1, why: "A court said so".to_owned(), keeps: Map::new() },
        Fact::ProjectStarted { timezone: "Europe/London".to_owned() },
    ];
    let fields = ["title", "text", "responsible", "response_due_on", "target_on", "audience"];
    for value in ["", "2026-06-30"] {
        let fields: BTreeMap<_, _> =
            fields.iter().map(|name| ((*name).to_owned(), value.to_owned())).collect();
        facts.push(Fact::RecommendationChanged { fields });
    }
    for due_on in [None, Some(day("2020-01-01")), Some(day("2030-01-01"))] {
        facts.push(Fact::RecommendationPublished {
            translations: Default::default(),
            title: "Lamps".to_owned(),
            text: "Put up lamps".to_owned(),
            audience: None,
            responsible: Some("The council".to_owned()),
            response_due_on: due_on,
            target_on: due_on,
        });
    }
    for explanation in explanations() {
        for response in Response::ALL {
            facts.push(Fact::Response {
                response: *response,
                decided_by: None,
                explanation: explanation.clone(),
            });
        }
        facts.push(Fact::Promise { promise: promise.clone(), due_on, explanation: explanation.clone() });
        facts.push(Fact::PromiseKept { promise: promise.clone(), evidence_url: None });
        for from in [None, Some(due_on), Some(day("2026-01-01"))] {
            facts.push(Fact::Target { target_on: due_on, from, explanation: explanation.clone() });
        }
        if let Some(explanation) = explanation {
            let from = day("2026-05-01");
            facts.push(Fact::PromiseMoved {
                promise: promise.clone(),
                due_on,
                from,
                explanation: explanation.clone(),
            });
            facts.push(Fact::PromiseMoved { promise: promise.clone(), due_on, from, explanation });
        }
    }
    for from in Progress::ALL {
        for to in Progress::ALL {
            for outcome in outcomes() {
                facts.push(Fact::Progress { progress: *to, from: *from, explanation: None, outcome });
            }
            for explanation in explanations() {
                facts.push(Fact::Progress { progress: *to, from: *from, explanation, outcome: None });
            }
        }
    }
    facts
}

fn briefs() -> Vec<Brief> {
    let on = day("2026-06-30");
    let mut briefs = vec![
        Brief::Asked(on),
        Brief::Again(on),
        Brief::PromiseMade,
        Brief::PromiseMoved,
        Brief::PromiseKept,
        Brief::PromiseMissed,
        Brief::Target(on),
        Brief::AnswerDue(on),
        Brief::Reworded,
        Brief::Note,
        Brief::Correction,
        Brief::Redaction,
        Brief::ReviewPassed(on),
        Brief::ExplanationOld,
        Brief::Quiet(60),
    ];
    briefs.extend(Response::ALL.iter().map(|response| Brief::Answer(*response)));
    briefs.extend(Progress::ALL.iter().map(|progress| Brief::Work(*progress)));
    briefs
}

fn lines() -> Vec<Arc<Line>> {
    let mut lines = Vec::new();
    for response in Response::ALL {
        for progress in Progress::ALL {
            for (days, due, overdue, review) in [
                (0, None, None, None),
                (59, Some("2027-01-01"), None, Some("2027-01-01")),
                (400, Some("2020-01-01"), Some(400), Some("2020-01-01")),
            ] {
                lines.push(Arc::new(Line {
                    reference: "R01".to_owned(),
                    title: format!("{response} {progress} {days}"),
                    responsible: None,
                    response: *response,
                    progress: *progress,
                    since: day("2026-01-01"),
                    days,
                    reason: Some(Reason::Money).filter(|_| days > 0),
                    review_on: review.map(day),
                    response_due_on: due.map(day),
                    overdue_days: overdue,
                    news: days == 0,
                    briefs: if days == 59 { Vec::new() } else { briefs() },
                }));
            }
        }
    }
    lines
}

#[test]
fn every_fact_and_every_line_can_be_told_with_and_without_somebody_who_answers_for_it() {
    let book = town();
    let empty = book.compose(&book.reader(&[], Some("2026-02-01")), "2026-02-01");
    for responsible in [None, Some("The council".to_owned())] {
        let told = [false, true].into_iter().flat_map(|over| {
            facts().into_iter().map(move |fact| Told {
                seq: 1,
                on: day("2026-02-01"),
                maybe: false,
                corrects: false,
                over,
                fact,
            })
        });
        let title = "Light the river path".to_owned();
        let reference = "R01".to_owned();
        let item = Item { reference, title, responsible, answered: false, told: told.collect() };
        let due = |late_days| Due {
            reference: "R01".to_owned(),
            title: "Light the river path".to_owned(),
            promise: "Lamps".to_owned(),
            due_on: day("2026-06-30"),
            late_days,
            named: false,
        };
        let update = Update {
            asked: vec![Arc::new(item.clone())],
            same: lines(),
            still_stuck: lines(),
            elsewhere: lines(),
            due: [None, Some(1), Some(300)].map(|days| Arc::new(due(days))).to_vec(),
            ..empty.clone()
        };
        let mail = Mail::Update(mail(&update, "2026-03-01"));
        let standard = written(&mail, Format::Standard);
        for format in [Format::Standard, Format::LargePrint] {
            let rendered = written(&mail, format);
            let html = seen(rendered.html.as_deref().unwrap());
            let (_, after_title) = html.split_once('\u{1}').unwrap();
            assert_eq!(
                tokens(&rendered.text),
                tokens(after_title),
                "{format} tells the same in the same order"
            );
            assert_eq!(rendered.text, standard.text);
        }
        let words = flat(&standard.text);
        for said in
            ["It is 1 day late.", "about 10 months late", "stuck for 59 days", "See for yourself: not a link"]
        {
            assert!(words.contains(said), "{said}");
        }
    }
}

#[test]
fn the_counts_of_the_opening_agree_in_number() {
    let book = town();
    let mut update =
        book.compose(&book.reader(&["R02", "R04", "R06", "R07"], Some("2025-06-01")), "2026-02-01");
    let opening = |update: &Update| {
        let text = written(&Mail::Update(mail(update, "2026-03-01")), Format::PlainText).text;
        let words = flat(&text);
        words.split("from Maren. ").nth(1).unwrap().split(" You need").next().unwrap().to_owned()
    };
    assert_eq!(
        opening(&update),
        "1 thing changed, 1 is stuck, 1 was turned down or stopped, 1 met with silence, 1 promise was missed and \
         1 thing has other news. Elsewhere there is news of 1 thing."
    );
    update.in_short.stuck = 2;
    update.in_short.missed = 2;
    update.changed.clear();
    update.ended.clear();
    update.in_short.ended = 0;
    assert_eq!(
        opening(&update),
        "2 things are stuck, 1 met with silence and 2 promises were missed. Elsewhere there is news of 1 thing."
    );
}

#[test]
fn a_large_edition_is_shown_whole() {
    let book = town();
    let empty = book.compose(&book.reader(&[], Some("2026-02-01")), "2026-02-01");
    let told = |seq: i64| Told {
        seq,
        on: day("2026-02-01"),
        maybe: false,
        corrects: false,
        over: false,
        fact: Fact::Progress {
            progress: Progress::Stalled,
            from: Progress::InProgress,
            explanation: Some(Explanation {
                tried: Some("We asked three firms, and none could come before the summer".to_owned()),
                decided_by: Some("The head of streets".to_owned()),
                unblock: Some("A firm that can come, or a place in next year's plan".to_owned()),
                in_our_control: Some(InOurControl::Partly),
                review_on: Some(day("2027-01-01")),
                ..because(Reason::Logistics, &"The firm that was to put up the lamps has closed. ".repeat(6))
            }),
            outcome: None,
        },
    };
    let item = |number: i64| Item {
        reference: format!("R{number}"),
        title: format!("Light the river path, part {number}"),
        responsible: Some("The council".to_owned()),
        answered: true,
        told: vec![told(number)],
    };
    let update =
        Update { stuck: (0..30).map(|number| Arc::new(item(number))).collect(), elsewhere: lines(), ..empty };
    for format in [Format::Standard, Format::LargePrint] {
        let html = written(&Mail::Update(mail(&update, "2026-03-01")), format).html.unwrap();
        assert!((50_000..100_000).contains(&html.len()), "Gmail shows no more than 102 kB: {}", html.len());
    }
}
