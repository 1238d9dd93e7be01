//! Which of all changes are asked for: from one day to another, of which kind, which page. Whatever means nothing is left
//! aside.

use std::borrow::Cow;

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::event::Fact;
use crate::web::public::address::Pairs;

/// Days outside of these years are not looked for.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

const LAST_PAGE: usize = 10_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Only answers, work and promises, the missed ones too.
    pub acts: bool,
    /// Counted from 1.
    pub page: usize,
}

impl Query {
    pub fn read(asked: &[(Cow<'_, str>, Cow<'_, str>)]) -> Self {
        let values =
            |name: &'static str| asked.iter().filter(move |(asked, _)| asked == name).map(|(_, value)| value);
        let mut from = values("from").find_map(|value| day(value, false));
        let mut to = values("to").find_map(|value| day(value, true));
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            (from, to) = (to, from);
        }
        let page = values("page").find_map(|value| value.parse().ok());
        Query {
            from,
            to,
            acts: values("only").any(|value| value == "acts"),
            page: page.filter(|page| (1..=LAST_PAGE).contains(page)).unwrap_or(1),
        }
    }

    /// The parameters of one page, without those that say nothing.
    pub fn pairs(&self, page: usize) -> Pairs {
        let mut pairs = Pairs::new();
        pairs.extend(self.from.map(|from| ("from", from.to_string())));
        pairs.extend(self.to.map(|to| ("to", to.to_string())));
        if self.acts {
            pairs.push(("only", "acts".to_owned()));
        }
        if page > 1 {
            pairs.push(("page", page.to_string()));
        }
        pairs
    }

    pub fn fits(&self, on: NaiveDate, fact: &Fact) -> bool {
        self.from.is_none_or(|from| on >= from)
            && self.to.is_none_or(|to| on <= to)
            && fact.is_news()
            && (!self.acts || is_act(fact))
    }
}

fn is_act(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Response { .. }
            | Fact::Progress { .. }
            | Fact::Target { .. }
            | Fact::Promise { .. }
            | Fact::PromiseMoved { .. }
            | Fact::PromiseKept { .. }
            | Fact::PromiseMissed { .. }
    )
}

/// A day, or the first or last day of a month: browsers without a field for days let people type either.
fn day(value: &str, is_end: bool) -> Option<NaiveDate> {
    let is_plain = |c: char| c.is_ascii_digit() || c == '-';
    if !value.chars().all(is_plain) {
        return None;
    }
    let of_month = || {
        let first: NaiveDate = format!("{value}-01").parse().ok()?;
        if is_end { first.checked_add_months(Months::new(1))?.pred_opt() } else { Some(first) }
    };
    let day = if value.len() == 7 { of_month() } else { value.parse().ok() };
    day.filter(|day| YEARS.contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::public::address;

    fn canonical(query: &str) -> String {
        let asked: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
        let query = Query::read(&asked);
        address::of("", &query.pairs(query.page))
    }

    #[test]
    fn a_stretch_of_time_has_one_address_and_what_means_nothing_is_not_in_it() {
        for (asked, address) in [
            ("", ""),
            ("from=&to=&only=&page=1", ""),
            ("from=2026-03&to=2026-05", "?from=2026-03-01&to=2026-05-31"),
            ("to=2026-02&only=acts", "?to=2026-02-28&only=acts"),
            ("to=2026-03-01&from=2026-05-31", "?from=2026-03-01&to=2026-05-31"),
            ("from=nonsense&from=2026-03-09&page=2", "?from=2026-03-09&page=2"),
            ("from=2026-02-30&to=99999-01-01&to=-262144-01&page=-1&only=x&utm=y", ""),
            ("from=+2026-01-01&to=2026-13", ""),
            ("page=99999999999999999999", ""),
        ] {
            assert_eq!(canonical(asked), address, "{asked}");
            assert_eq!(canonical(address.trim_start_matches('?')), address, "{asked}");
        }
    }
}
