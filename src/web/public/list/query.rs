//! What a list is asked for: filters, words to look for, an order, a page. Whatever means nothing is left aside.

use std::borrow::Cow;

use crate::domain::order::natural;
use crate::domain::search::Sought;
use crate::domain::words::{Progress, Reason, Response, Verdict};
use crate::web::public::address::{self, Pairs};
use crate::web::public::open::Item;
use crate::web::public::responder::key;
use crate::web::public::{row, tally};

/// So many characters are looked for at most.
pub const SOUGHT: usize = 100;

/// Names in an address are no longer than this.
const NAME: usize = 300;

const LAST_PAGE: usize = 1_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they were published, project by project.
    #[default]
    Published,
    Reference,
    /// What somebody last said a word about comes first.
    Newest,
    LongestSilent,
    Title,
}

impl Order {
    pub const ALL: &'static [(Order, &'static str)] = &[
        (Order::Published, "published"),
        (Order::Reference, "ref"),
        (Order::Newest, "newest"),
        (Order::LongestSilent, "longest-silent"),
        (Order::Title, "title"),
    ];

    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(order, _)| *order == self).map_or("published", |(_, code)| code)
    }
}

/// Names are as [`key`] makes them, so that case and spacing make no difference.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub response: Option<Response>,
    pub progress: Option<Progress>,
    pub answered: Option<bool>,
    pub responder: Option<String>,
    pub theme: Option<String>,
    pub audience: Option<String>,
    pub reason: Option<Reason>,
    pub overdue: bool,
    pub silent: bool,
    pub verdict: Option<Verdict>,
    pub sought: Option<String>,
    pub order: Order,
    /// Counted from 1.
    pub page: usize,
}

impl Query {
    pub fn read(asked: &[(Cow<'_, str>, Cow<'_, str>)]) -> Self {
        let value = |name: &str| {
            let given = asked.iter().filter(|(asked, _)| asked == name);
            given.map(|(_, value)| value.as_ref()).find(|value| !value.is_empty()).unwrap_or_default()
        };
        let name = |name: &str| address::typed(value(name), NAME).map(|typed| key(&typed));
        let order = Order::ALL.iter().find(|(_, code)| *code == value("sort"));
        let page = value("page").parse().ok().filter(|page| (1..=LAST_PAGE).contains(page));
        Query {
            response: Response::parse(value("response")),
            progress: Progress::parse(value("progress")),
            answered: match value("answered") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            responder: name("responder"),
            theme: name("theme"),
            audience: name("audience"),
            reason: Reason::parse(value("reason")),
            overdue: value("overdue") == "yes",
            silent: value("silent") == "yes",
            verdict: Verdict::parse(value("verdict")),
            sought: address::typed(value("q"), SOUGHT),
            order: order.map(|(order, _)| *order).unwrap_or_default(),
            page: page.unwrap_or(1),
        }
    }

    /// What narrows the list: parameter and value.
    pub fn filters(&self) -> Pairs {
        let mut pairs = Pairs::new();
        let mut put = |name: &'static str, value: Option<&str>| {
            pairs.extend(value.map(|value| (name, value.to_owned())));
        };
        put("response", self.response.map(Response::code));
        put("progress", self.progress.map(Progress::code));
        put("answered", self.answered.map(|yes| if yes { "yes" } else { "no" }));
        put("responder", self.responder.as_deref());
        put("theme", self.theme.as_deref());
        put("audience", self.audience.as_deref());
        put("reason", self.reason.map(Reason::code));
        put("overdue", self.overdue.then_some("yes"));
        put("silent", self.silent.then_some("yes"));
        put("verdict", self.verdict.map(Verdict::code));
        put("q", self.sought.as_deref());
        pairs
    }

    /// The parameters of one page of the list, without those that say nothing.
    pub fn pairs(&self, page: usize) -> Pairs {
        let mut pairs = self.filters();
        if self.order != Order::default() {
            pairs.push(("sort", self.order.code().to_owned()));
        }
        if page > 1 {
            pairs.push(("page", page.to_string()));
        }
        pairs
    }

    pub fn fits(&self, item: Item<'_>, sought: &Sought) -> bool {
        let (read, standing) = (item.read, &item.read.standing);
        let wanted =
            |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|wanted| *wanted == key(name));
        self.response.is_none_or(|response| response == standing.response)
            && self.progress.is_none_or(|progress| progress == standing.progress)
            && self.answered.is_none_or(|answered| answered == (standing.response != Response::Awaiting))
            && (self.responder.is_none() || read.responders().any(|name| wanted(&self.responder, name)))
            && (self.theme.is_none() || read.themes().iter().any(|theme| wanted(&self.theme, theme)))
            && (self.audience.is_none()
                || standing.audience.as_deref().is_some_and(|name| wanted(&self.audience, name)))
            && self.reason.is_none_or(|reason| row::reason(read) == Some(reason.code()))
            && (!self.overdue || standing.is_overdue(item.project.shown.today))
            && (!self.silent || tally::silent_since(item).is_some())
            && self.verdict.is_none_or(|said| item.project.reading.verdict(&read.reference) == Some(said))
            && sought.occurs_in(read)
    }

    /// Puts what was found into the order that was asked for; what is equal stays as it was published.
    pub fn sort(&self, found: &mut [Item<'_>]) {
        match self.order {
            Order::Published => {}
            Order::Reference => found.sort_by_cached_key(|item| natural(&item.read.reference)),
            Order::Newest => {
                found.sort_by_key(|item| std::cmp::Reverse(item.read.standing.last_act_on));
            }
            Order::LongestSilent => found.sort_by_cached_key(|item| {
                let since = tally::silent_since(*item);
                since.map_or(i64::MAX, |since| -(item.project.shown.today - since).num_days())
            }),
            Order::Title => found.sort_by_cached_key(|item| item.read.standing.title.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(query: &str) -> String {
        let asked: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
        let query = Query::read(&asked);
        address::of("", &query.pairs(query.page))
    }

    #[test]
    fn a_list_has_one_address_and_what_means_nothing_is_not_in_it() {
        for (asked, address) in [
            ("", ""),
            ("response=&progress=&q=&sort=published&page=1", ""),
            ("response=nothing&overdue=no&page=-1&page=0&utm=x&sort=down", ""),
            ("q=late++bus%00&progress=done&response=accepted", "?response=accepted&progress=done&q=late+bus"),
            ("responder=Town+%20Council&page=2", "?responder=town+council&page=2"),
            ("answered=&answered=no", "?answered=no"),
            ("page=99999999999999999999", ""),
        ] {
            assert_eq!(canonical(asked), address, "{asked}");
            assert_eq!(canonical(address.trim_start_matches('?')), address, "{asked}");
        }
        assert_eq!(canonical(&format!("q={}", "a".repeat(9_000))), format!("?q={}", "a".repeat(SOUGHT)));
    }

    #[test]
    fn refs_are_in_the_order_in_which_people_count() {
        let mut refs = ["R10", "r2", "R2b", "A1", "R99999999999999999999999", "R9"];
        refs.sort_by_key(|reference| natural(reference));
        assert_eq!(refs, ["A1", "r2", "R2b", "R9", "R10", "R99999999999999999999999"]);
    }
}
