//! How one event of the record is told in full: the sentences for each kind of fact. What people wrote stands in
//! their own words; everything around it comes from `templates/locales`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::event::{Explanation, Fact, Outcome};
use crate::domain::translations::Translations;
use crate::domain::update::{Item, Told};
use crate::domain::words::{InOurControl, Progress, Reason, Response};
use crate::locale::{Arg, Voice, Words};

use super::document::{Block, Detail, Tell, plain, sentence};

/// Everything that is told about one recommendation under one heading.
pub fn item(voice: Voice<'_>, day: NaiveDate, item: &Item) -> Block {
    let mut tells = Vec::with_capacity(item.told.len());
    let mut promise_before = None;
    for told in &item.told {
        let mut telling = Telling {
            words: voice.words,
            voice,
            day,
            item,
            over: told.over,
            same_promise: promise_before.is_some() && promise_before == promise(&told.fact),
            sentences: Vec::new(),
            details: Vec::new(),
            lacks: false,
            details_lack: false,
        };
        telling.fact(told);
        tells.push(telling.finished(told));
        promise_before = promise(&told.fact);
    }
    Block::Item { title: voice.title(&item.title, plain), tells }
}

fn promise(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::Promise { promise, .. }
        | Fact::PromiseMoved { promise, .. }
        | Fact::PromiseKept { promise, .. }
        | Fact::PromiseMissed { promise, .. } => Some(promise),
        _ => None,
    }
}

/// What follows from an explanation without a date for the next look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WithoutDate {
    Final,
    Open,
}

struct Telling<'a> {
    words: &'a Words,
    voice: Voice<'a>,
    /// The day of the cut-off.
    day: NaiveDate,
    item: &'a Item,
    /// The event told just before was about the same promise, so its words need not come again.
    same_promise: bool,
    /// It is about a stall that has ended: nobody waits for a next look any more.
    over: bool,
    sentences: Vec<String>,
    details: Vec<Detail>,
    /// Words of an explanation are there in the project's language only, which is not the reader's.
    lacks: bool,
    /// So are some of its details.
    details_lack: bool,
}

impl Telling<'_> {
    fn finished(self, told: &Told) -> Tell {
        let mut sentences = Vec::new();
        if told.maybe {
            sentences.push(self.words.text("told-maybe", &[]));
        }
        if told.corrects {
            sentences.push(self.words.text("told-corrects", &[]));
        }
        sentences.extend(self.sentences);
        let mut details = self.details;
        // It stands behind all that it is about.
        match (self.details_lack, self.lacks) {
            (true, _) => details.push(Detail::new(self.voice.lacking())),
            (false, true) => sentences.push(self.voice.lacking()),
            (false, false) => {}
        }
        Tell { words: sentences.join(" "), details }
    }

    fn fact(&mut self, told: &Told) {
        let on = told.on;
        match &told.fact {
            Fact::RecommendationPublished {
                text,
                responsible,
                response_due_on,
                target_on,
                translations,
                ..
            } => {
                let asked = self.in_words(translations, "text", text);
                self.dated(on, asked);
                self.asked(responsible.as_deref(), *response_due_on, *target_on);
            }
            Fact::RecommendationChanged { fields } => {
                self.dated_key(on, "changed", &[]);
                self.changed(fields);
            }
            Fact::Response { response, decided_by, explanation } => {
                self.response(on, *response, explanation.as_ref());
                self.labelled("detail-who", decided_by.as_deref());
            }
            Fact::Progress { progress, from, explanation, outcome } => {
                self.progress(on, *from, *progress, explanation.as_ref(), outcome.as_ref());
            }
            Fact::Target { target_on, from, explanation } => {
                match from.filter(|from| from != target_on) {
                    Some(from) => {
                        let args = [("from", self.date(from)), ("date", self.date(*target_on))];
                        self.dated_key(on, "target-moved", &args);
                    }
                    None => self.dated_key(on, "target-set", &[("date", self.date(*target_on))]),
                }
                self.explain(explanation.as_ref(), WithoutDate::Open);
            }
            Fact::Promise { promise, due_on, explanation } => {
                let args =
                    [("promise", self.voice.typed(&plain(promise)).into()), ("due", self.date(*due_on))];
                self.by(Some(on), "promise-made", self.responsible(), &args);
                self.explain(explanation.as_ref(), WithoutDate::Open);
            }
            Fact::PromiseMoved { promise, due_on, from, explanation } => {
                let args = [
                    ("promise", self.voice.typed(&plain(promise)).into()),
                    ("from", self.date(*from)),
                    ("due", self.date(*due_on)),
                ];
                self.dated_key(on, self.or_same("promise-moved"), &args);
                self.explain(Some(explanation), WithoutDate::Open);
            }
            Fact::PromiseKept { promise, evidence_url } => {
                self.dated_key(
                    on,
                    self.or_same("promise-kept"),
                    &[("promise", self.voice.typed(&plain(promise)).into())],
                );
                self.proof(evidence_url.as_deref());
            }
            Fact::PromiseMissed { promise, due_on } => {
                let args =
                    [("promise", self.voice.typed(&plain(promise)).into()), ("due", self.date(*due_on))];
                if self.same_promise {
                    self.say("promise-missed-same", &args);
                } else {
                    self.by(None, "promise-missed", self.responsible(), &args);
                }
            }
            Fact::ResponseOverdue { due_on } => match self.responsible() {
                Some(who) => {
                    self.say("silent-answer-from", &[("who", who.into()), ("date", self.date(*due_on))])
                }
                None => self.say("silent-answer", &[("date", self.date(*due_on))]),
            },
            Fact::ReviewDatePassed { review_on } => {
                self.say("silent-review", &[("date", self.date(*review_on))])
            }
            Fact::ExplanationStale { days, .. } => {
                self.say("silent-stale", &[("date", self.date(on)), ("days", (*days).into())]);
            }
            Fact::GoneQuiet { since, days } => {
                self.say("silent-quiet", &[("date", self.date(*since)), ("days", (*days).into())]);
            }
            Fact::Note { words } => {
                let note = self.voice.typed(&sentence(self.words, words));
                self.dated(on, note);
            }
            Fact::Redaction { why, .. } => {
                self.dated_key(on, "redacted", &[]);
                self.labelled("redacted-why", Some(why));
            }
            // The fold tells none of these under a recommendation: they concern the project, or come as what they
            // correct.
            Fact::ProjectStarted { .. }
            | Fact::ProjectPaused { .. }
            | Fact::ProjectResumed {}
            | Fact::ProjectChanged { .. }
            | Fact::EditionHeld { .. }
            | Fact::EditionReleased { .. }
            | Fact::Learnings { .. }
            | Fact::Figures(_)
            | Fact::Correction { .. } => {}
        }
    }

    fn asked(&mut self, responsible: Option<&str>, due_on: Option<NaiveDate>, target_on: Option<NaiveDate>) {
        self.labelled("asked-who", responsible);
        if let Some(due_on) = due_on.filter(|_| !self.item.answered) {
            let key = if due_on < self.day { "asked-answer-was" } else { "asked-answer" };
            self.detail(key, &[("date", self.date(due_on))]);
        }
        if let Some(target_on) = target_on {
            self.detail("asked-target", &[("date", self.date(target_on))]);
        }
    }

    fn changed(&mut self, fields: &BTreeMap<String, String>) {
        for (name, value) in fields {
            let day = value.parse::<NaiveDate>().ok();
            match (name.as_str(), day) {
                ("title", _) => {
                    self.detail("changed-title", &[("words", self.voice.typed(&plain(value)).into())])
                }
                ("text", _) => self.labelled("changed-text", Some(value)),
                ("responsible", _) if value.is_empty() => self.detail("changed-who-nobody", &[]),
                ("responsible", _) => self.labelled("changed-who", Some(value)),
                ("response_due_on", Some(day)) => self.detail("changed-answer", &[("date", self.date(day))]),
                ("target_on", Some(day)) => self.detail("changed-target", &[("date", self.date(day))]),
                _ => {}
            }
        }
    }

    fn response(&mut self, on: NaiveDate, response: Response, explanation: Option<&Explanation>) {
        let responsible = self.responsible();
        match response {
            Response::Awaiting => self.dated_key(on, "answer-awaiting", &[]),
            Response::Accepted => self.from(on, "answer-accepted", responsible),
            Response::AcceptedInPart => self.from(on, "answer-accepted-in-part", responsible),
            // "By whom" is told once: as who decided, or else as who answers for it.
            Response::Declined => {
                self.by(Some(on), "answer-declined", responsible_unless(explanation, responsible), &[])
            }
        }
        match response {
            Response::Accepted | Response::Awaiting => self.explain_good(explanation),
            _ => self.explain(explanation, WithoutDate::Final),
        }
    }

    fn progress(
        &mut self,
        on: NaiveDate,
        from: Progress,
        to: Progress,
        explanation: Option<&Explanation>,
        outcome: Option<&Outcome>,
    ) {
        let responsible = self.responsible();
        let renewed = from == to;
        match to {
            Progress::NotStarted => self.dated_key(on, "work-not-started", &[]),
            Progress::Planned if renewed => self.dated_key(on, "work-still-planned", &[]),
            Progress::Planned => self.dated_key(on, "work-planned", &[]),
            Progress::InProgress => {
                let key = match from {
                    Progress::InProgress => "work-still",
                    Progress::Stalled => "work-again",
                    Progress::DoneInPart => "work-rest",
                    Progress::Done => "work-reopened",
                    _ => "work-begun",
                };
                self.dated_key(on, key, &[]);
            }
            Progress::Stalled if self.over => {
                self.dated_key(on, if renewed { "work-was-still-stuck" } else { "work-was-stuck" }, &[]);
            }
            Progress::Stalled if renewed => self.dated_key(on, "work-still-stuck", &[]),
            Progress::Stalled => self.dated_key(on, "work-stuck", &[]),
            Progress::DoneInPart => self.by(Some(on), "work-done-in-part", responsible, &[]),
            Progress::Done => self.by(Some(on), "work-done", responsible, &[]),
            Progress::Stopped => {
                self.by(Some(on), "work-stopped", responsible_unless(explanation, responsible), &[])
            }
            Progress::Superseded => {
                self.by(Some(on), "work-superseded", responsible_unless(explanation, responsible), &[]);
            }
        }
        match to {
            Progress::Planned | Progress::NotStarted => self.explain_good(explanation),
            Progress::InProgress if from != Progress::Done => self.explain_good(explanation),
            Progress::Stopped | Progress::Superseded => self.explain(explanation, WithoutDate::Final),
            _ => self.explain(explanation, WithoutDate::Open),
        }
        if let Some(outcome) = outcome {
            self.outcome(to, outcome);
        }
    }

    /// An outcome in its own words, who will notice it, and the reason to believe it.
    fn outcome(&mut self, progress: Progress, outcome: &Outcome) {
        let all = &outcome.translations;
        let told = self.in_words(all, "what_changed", &outcome.what_changed);
        self.sentences.push(told);
        self.passage("detail-noticed", all, "noticed_by", outcome.noticed_by.as_deref());
        self.passage("detail-says", all, "decided_by", outcome.decided_by.as_deref());
        match outcome.evidence_url.as_deref() {
            Some(url) => self.proof(Some(url)),
            None => self.detail("detail-no-proof", &[]),
        }
        self.passage("detail-unblock", all, "unblock", outcome.unblock.as_deref());
        if progress != Progress::Done {
            self.control(outcome.in_our_control);
        }
        self.look(outcome.review_on, WithoutDate::Open);
    }

    /// Why something bad is as it is, in full.
    fn explain(&mut self, explanation: Option<&Explanation>, without_date: WithoutDate) {
        let Some(said) = explanation else { return };
        // "Another reason" says nothing that the words do not say.
        if let Some(reason) = said.reason.filter(|reason| *reason != Reason::Other) {
            self.say("told-reason", &[("reason", self.words.code("reason", reason.code()).into())]);
        }
        self.explained(said, without_date);
    }

    /// Words that came with good news: a reason in front of them would sound like an excuse for it.
    fn explain_good(&mut self, explanation: Option<&Explanation>) {
        if let Some(said) = explanation {
            self.explained(said, WithoutDate::Open);
        }
    }

    fn explained(&mut self, said: &Explanation, without_date: WithoutDate) {
        let all = &said.translations;
        let told = self.in_words(all, "what_happened", &said.what_happened);
        self.sentences.push(told);
        self.passage("detail-tried", all, "tried", said.tried.as_deref());
        self.passage("detail-who", all, "decided_by", said.decided_by.as_deref());
        let unblock = if self.over { "detail-unblock-was" } else { "detail-unblock" };
        self.passage(unblock, all, "unblock", said.unblock.as_deref());
        self.control(said.in_our_control);
        self.look(said.review_on, without_date);
    }

    fn control(&mut self, in_our_control: Option<InOurControl>) {
        if let Some(control) = in_our_control {
            let words = match control {
                InOurControl::Yes if self.over => self.words.text("control-was-yes", &[]),
                InOurControl::Partly if self.over => self.words.text("control-was-partly", &[]),
                InOurControl::No if self.over => self.words.text("control-was-no", &[]),
                control => self.words.code("control", control.code()),
            };
            self.details.push(Detail::new(words));
        }
    }

    fn look(&mut self, review_on: Option<NaiveDate>, without_date: WithoutDate) {
        if self.over {
            return;
        }
        match review_on {
            Some(review_on) => self.detail("detail-look", &[("date", self.date(review_on))]),
            None if without_date == WithoutDate::Final => self.detail("detail-final", &[]),
            None => {}
        }
    }

    fn proof(&mut self, url: Option<&str>) {
        if let Some(url) = url {
            let words = self.words.text("detail-proof", &[]);
            self.details.push(Detail::link(words, url));
        }
    }

    fn responsible(&self) -> Option<String> {
        self.item.responsible.as_deref().map(plain).filter(|who| !who.is_empty())
    }

    fn date(&self, day: NaiveDate) -> Arg<'static> {
        self.words.date(day).into()
    }

    fn or_same(&self, key: &'static str) -> &'static str {
        match key {
            "promise-moved" if self.same_promise => "promise-moved-same",
            "promise-kept" if self.same_promise => "promise-kept-same",
            _ => key,
        }
    }

    fn say(&mut self, key: &str, args: &[(&str, Arg<'_>)]) {
        let said = self.words.text(key, args);
        self.sentences.push(said);
    }

    fn dated(&mut self, on: NaiveDate, what: String) {
        self.say("told", &[("date", self.date(on)), ("what", what.into())]);
    }

    fn dated_key(&mut self, on: NaiveDate, key: &str, args: &[(&str, Arg<'_>)]) {
        let what = self.words.text(key, args);
        self.dated(on, what);
    }

    fn from(&mut self, on: NaiveDate, key: &str, who: Option<String>) {
        match who {
            Some(who) => self.dated_key(on, &format!("{key}-from"), &[("who", who.into())]),
            None => self.dated_key(on, key, &[]),
        }
    }

    fn by(&mut self, on: Option<NaiveDate>, key: &str, who: Option<String>, args: &[(&str, Arg<'_>)]) {
        let said = match who {
            Some(who) => {
                let mut args = args.to_vec();
                args.push(("who", who.into()));
                self.words.text(&format!("{key}-by"), &args)
            }
            None => self.words.text(key, args),
        };
        match on {
            Some(on) => self.dated(on, said),
            None => self.sentences.push(said),
        }
    }

    fn detail(&mut self, key: &str, args: &[(&str, Arg<'_>)]) {
        let words = self.words.text(key, args);
        self.details.push(Detail::new(words));
    }

    /// A label and what somebody typed. Nothing where nothing was typed.
    fn labelled(&mut self, key: &str, typed: Option<&str>) {
        self.passage_of(key, typed.map(|typed| self.voice.typed(&sentence(self.words, typed))));
    }

    /// A label and words that may be there in the reader's language.
    fn passage(&mut self, key: &str, translations: &Translations, member: &str, typed: Option<&str>) {
        let words_lack = std::mem::take(&mut self.lacks);
        let told = typed.map(|typed| self.in_words(translations, member, typed));
        self.details_lack |= std::mem::replace(&mut self.lacks, words_lack);
        self.passage_of(key, told);
    }

    fn passage_of(&mut self, key: &str, told: Option<String>) {
        if let Some(told) = told.filter(|told| !told.is_empty()) {
            self.detail(key, &[("words", told.into())]);
        }
    }

    /// Words in the reader's language, or else in the project's.
    fn in_words(&mut self, translations: &Translations, member: &str, typed: &str) -> String {
        let words = self.words;
        let (told, lacks) = self.voice.told(translations, member, typed, |typed| sentence(words, typed));
        self.lacks |= lacks;
        told
    }
}

fn responsible_unless(explanation: Option<&Explanation>, responsible: Option<String>) -> Option<String> {
    responsible.filter(|_| explanation.is_none_or(|said| said.decided_by.is_none()))
}
