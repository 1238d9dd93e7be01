//! What a report about a message means for the person: which reports count, and after which of them their address is
//! not written to any more. A report that is not plain changes nothing.

use chrono::{DateTime, Duration, Utc};

use super::words::BounceKind;

/// A message that came to the address for reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// RFC 3464, with what it says of each recipient.
    Delivery(Vec<Recipient>),
    /// RFC 5965.
    Complaint(Complaint),
    /// An out-of-office message, a receipt, anything else.
    Other,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recipient {
    pub action: Option<Action>,
    pub status: Option<Status>,
    /// The status that stands in the words of the other server.
    pub diagnostic: Option<Status>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}

impl Action {
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "failed" => Action::Failed,
            "delayed" => Action::Delayed,
            "delivered" => Action::Delivered,
            "relayed" => Action::Relayed,
            "expanded" => Action::Expanded,
            _ => return None,
        })
    }
}

/// An enhanced status code (RFC 3463), such as 5.1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    pub class: u8,
    pub subject: u16,
    pub detail: u16,
}

impl Status {
    /// Reads three numbers with dots between them, of a class that there is.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<&str> = text.split('.').collect();
        let [class, subject, detail] = numbers.as_slice() else { return None };
        let number = |text: &str| {
            let fits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| text.parse::<u16>().ok()).flatten()
        };
        let class = match *class {
            "2" => 2,
            "4" => 4,
            "5" => 5,
            _ => return None,
        };
        Some(Status { class, subject: number(subject)?, detail: number(detail)? })
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// What somebody told their provider about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// They do not want it.
    Unwanted,
    /// A virus, a broken signature, or not spam after all: nothing that the person asked of us.
    Other,
}

impl Complaint {
    pub fn parse(kind: &str) -> Self {
        match kind {
            "abuse" | "fraud" | "opt-out" | "opt-out-list" => Complaint::Unwanted,
            _ => Complaint::Other,
        }
    }
}

/// What a report means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Counts(BounceKind, Option<Status>),
    /// It changes nothing, and this is why.
    Nothing(&'static str),
}

/// Reads the meaning of a report about a message of ours to one person.
pub fn meaning(report: &Report) -> Meaning {
    let recipient = match report {
        Report::Complaint(Complaint::Unwanted) => return Meaning::Counts(BounceKind::Complaint, None),
        Report::Complaint(Complaint::Other) => return Meaning::Nothing("feedback that is no complaint"),
        Report::Other => return Meaning::Nothing("no delivery report and no complaint"),
        Report::Delivery(recipients) => match recipients.as_slice() {
            [recipient] => recipient,
            [] => return Meaning::Nothing("a report about no recipient"),
            // Each of our messages has one.
            _ => return Meaning::Nothing("a report about several recipients"),
        },
    };
    match recipient.action {
        Some(Action::Failed) => {}
        Some(Action::Delayed) => return Meaning::Nothing("delayed, and still on its way"),
        Some(Action::Delivered | Action::Relayed | Action::Expanded) => {
            return Meaning::Nothing("delivered or passed on");
        }
        None => return Meaning::Nothing("a report that does not say what was done"),
    }
    let Some(mut status) = recipient.status else {
        return Meaning::Nothing("a report without a status that there is");
    };
    // x.0.0 says nothing; what the other server said does.
    if let (0, 0, Some(said)) = (status.subject, status.detail, recipient.diagnostic)
        && said.class == status.class
    {
        status = said;
    }
    let kind = match (status.class, status.subject, status.detail) {
        (5, 7, _) => BounceKind::Policy,
        // The sender's address was refused, not the person's.
        (5, 1, 7 | 8) => BounceKind::Policy,
        (5, 1, _) => BounceKind::NoSuchAddress,
        (5, _, _) => BounceKind::Permanent,
        (4, _, _) => BounceKind::Passing,
        _ => return Meaning::Nothing("a status of success"),
    };
    Meaning::Counts(kind, Some(status))
}

/// Days in which passing failures add up.
const PASSING_DAYS: i64 = 14;

/// Whether an address is not written to any more after these reports about it, the newest of which is of this kind.
pub fn suppresses(newest: BounceKind, all: &[(BounceKind, DateTime<Utc>)], now: DateTime<Utc>) -> bool {
    let count = |since: Option<DateTime<Utc>>| {
        all.iter().filter(|(kind, at)| *kind == newest && since.is_none_or(|since| *at >= since)).count()
    };
    match newest {
        BounceKind::NoSuchAddress | BounceKind::Complaint => true,
        BounceKind::Permanent => count(None) >= 2,
        BounceKind::Passing => count(Some(now - Duration::days(PASSING_DAYS))) >= 3,
        // The operator has to mend something; the person has nothing to do with it.
        BounceKind::Policy => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(status: &str) -> Report {
        let status = Status::parse(status);
        Report::Delivery(vec![Recipient { action: Some(Action::Failed), status, diagnostic: None }])
    }

    fn counted(report: &Report) -> Option<BounceKind> {
        match meaning(report) {
            Meaning::Counts(kind, _) => Some(kind),
            Meaning::Nothing(_) => None,
        }
    }

    #[test]
    fn the_status_decides_whom_a_failure_is_about() {
        for (status, kind) in [
            ("5.1.1", Some(BounceKind::NoSuchAddress)),
            ("5.1.2", Some(BounceKind::NoSuchAddress)),
            ("5.1.10", Some(BounceKind::NoSuchAddress)),
            ("5.1.7", Some(BounceKind::Policy)),
            ("5.1.8", Some(BounceKind::Policy)),
            ("5.2.2", Some(BounceKind::Permanent)),
            ("5.0.0", Some(BounceKind::Permanent)),
            ("5.7.1", Some(BounceKind::Policy)),
            ("5.7.26", Some(BounceKind::Policy)),
            ("4.4.7", Some(BounceKind::Passing)),
            ("4.2.2", Some(BounceKind::Passing)),
            ("2.1.5", None),
            ("9.9.9", None),
            ("5.1", None),
            ("5.1.1.1", None),
            ("5.1.1000", None),
            ("5.1.x", None),
            ("５.1.1", None),
            ("", None),
        ] {
            assert_eq!(counted(&failed(status)), kind, "{status}");
        }
    }

    #[test]
    fn only_a_plain_failure_of_one_recipient_counts() {
        let status = Status::parse("5.1.1");
        let with = |action| Report::Delivery(vec![Recipient { action, status, diagnostic: None }]);
        for action in ["delayed", "delivered", "relayed", "expanded", "lost", ""] {
            assert_eq!(counted(&with(Action::parse(action))), None, "{action}");
        }
        let Report::Delivery(one) = failed("5.1.1") else { unreachable!() };
        assert_eq!(counted(&Report::Delivery([one.clone(), one].concat())), None);
        assert_eq!(counted(&Report::Delivery(Vec::new())), None);
        assert_eq!(counted(&Report::Other), None);
    }

    #[test]
    fn where_the_status_says_nothing_the_other_server_s_word_counts() {
        let both = |status, diagnostic| {
            Report::Delivery(vec![Recipient {
                action: Some(Action::Failed),
                status: Status::parse(status),
                diagnostic: Status::parse(diagnostic),
            }])
        };
        assert_eq!(counted(&both("5.0.0", "5.1.1")), Some(BounceKind::NoSuchAddress));
        assert_eq!(counted(&both("5.0.0", "5.7.1")), Some(BounceKind::Policy));
        assert_eq!(counted(&both("5.0.0", "4.2.2")), Some(BounceKind::Permanent));
        assert_eq!(counted(&both("5.2.2", "5.1.1")), Some(BounceKind::Permanent));
    }

    #[test]
    fn only_what_says_that_the_message_is_not_wanted_is_a_complaint() {
        for (kind, counts) in [
            ("abuse", true),
            ("fraud", true),
            ("opt-out", true),
            ("not-spam", false),
            ("virus", false),
            ("auth-failure", false),
            ("other", false),
        ] {
            let report = Report::Complaint(Complaint::parse(kind));
            assert_eq!(counted(&report).is_some(), counts, "{kind}");
        }
    }

    #[test]
    fn an_address_is_given_up_at_once_after_two_or_after_three_in_a_fortnight() {
        use BounceKind::{Complaint, NoSuchAddress, Passing, Permanent, Policy};
        let now = DateTime::from_timestamp(1_770_000_000, 0).expect("a time");
        let ago = |kind, days| (kind, now - Duration::days(days));
        for (newest, all, wanted) in [
            (NoSuchAddress, vec![ago(NoSuchAddress, 0)], true),
            (Complaint, vec![ago(Complaint, 0)], true),
            (Permanent, vec![ago(Permanent, 0)], false),
            (Permanent, vec![ago(Permanent, 300), ago(Permanent, 0)], true),
            (Permanent, vec![ago(Passing, 1), ago(Permanent, 0)], false),
            (Passing, vec![ago(Passing, 1), ago(Passing, 0)], false),
            (Passing, vec![ago(Passing, 14), ago(Passing, 1), ago(Passing, 0)], true),
            (Passing, vec![ago(Passing, 15), ago(Passing, 1), ago(Passing, 0)], false),
            (Policy, vec![ago(Policy, 2), ago(Policy, 1), ago(Policy, 0)], false),
        ] {
            assert_eq!(suppresses(newest, &all, now), wanted, "{newest} after {all:?}");
        }
    }
}
