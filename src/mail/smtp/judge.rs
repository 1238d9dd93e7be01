//! What the replies of one group mean, taken together: a reply is believed only for the command it answers, and where
//! one of them cannot answer the command at its place, none of them is.

use super::{Attempt, deferred, reply::Answer, wire::Unheard};

/// The verbs of a message on its way to its content, with the answers that are a yes.
const NEXT: [(&str, &[u16]); 3] = [("MAIL", &[250]), ("RCPT", &[250, 251]), ("DATA", &[354])];

/// What came back for one group: the dot of the open message, then MAIL, RCPT and DATA of the next.
pub(super) struct Heard {
    /// In the order of the commands, up to `end`.
    pub(super) answers: Vec<Answer>,
    pub(super) end: End,
}

/// How the answers ended.
pub(super) enum End {
    /// All that was asked has been answered, and nothing else came.
    Quiet,
    /// The relay left, after all answers or before.
    Gone(String),
    /// An answer did not come in time.
    Late(String),
    /// Something came that answers nothing.
    Nonsense(String),
}

impl From<Unheard> for End {
    fn from(unheard: Unheard) -> Self {
        match unheard {
            Unheard::Closed(why) => End::Gone(why),
            Unheard::Late(why) => End::Late(why),
            Unheard::Nonsense(why) => End::Nonsense(why),
        }
    }
}

impl End {
    fn why(&self) -> &str {
        match self {
            End::Quiet => "nothing came",
            End::Gone(why) | End::Late(why) | End::Nonsense(why) => why,
        }
    }
}

/// What was asked.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) dot: bool,
    pub(super) next: bool,
    /// All commands went out before the first answer was read.
    pub(super) at_once: bool,
    /// The relay has dealt with a message on this connection before.
    pub(super) used: bool,
    /// What its replies must not repeat.
    pub(super) private: &'a [&'a str],
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Keep,
    /// It may be kept once the relay has forgotten the refused message.
    Reset,
    /// As `Reset`, where an answer too many could pass for the one to RSET: only QUIT has one of its own.
    Quit,
    /// The relay waits for content that it must not get.
    LoneDot,
    Drop,
}

pub(super) struct Judged {
    /// Of the message whose dot was sent.
    pub(super) outcome: Option<Attempt>,
    pub(super) next: Option<Result<(), Attempt>>,
    pub(super) then: Then,
}

/// Whether an answer refuses what was asked. 503 ("bad sequence of commands") does not: the two sides disagree about
/// where they are.
pub(super) fn refuses(answer: &Answer) -> bool {
    (400..600).contains(&answer.code) && answer.code != 503
}

/// Whether the answer to the verb at this place (0 for MAIL) is a yes.
pub(super) fn agrees(place: usize, answer: &Answer) -> bool {
    NEXT[place].1.contains(&answer.code)
}

pub(super) fn judge(asked: Asked<'_>, heard: &Heard) -> Judged {
    let (dot, next) = heard.answers.split_at(usize::from(asked.dot).min(heard.answers.len()));
    let dot = dot.first();
    let misfit = misfit(asked, dot, next, &heard.end);
    let was_asked = asked.at_once || !next.is_empty();

    let (outcome, mut then) = match (dot, &misfit) {
        _ if !asked.dot => (None, Then::Keep),
        (None, _) => {
            let why = format!("after the dot {}", heard.end.why());
            (Some(Attempt::Unknown { why }), Then::Drop)
        }
        (Some(_), Some(why)) => (Some(Attempt::Unknown { why: why.clone() }), Then::Drop),
        (Some(dot), None) if dot.code == 250 => {
            (Some(Attempt::Accepted { reply: dot.said(asked.private) }), Then::Keep)
        }
        (Some(dot), None) => {
            let (attempt, keep) = dot.refusal("the dot", true, &dot.said(asked.private));
            (Some(attempt), if keep { Then::Reset } else { Then::Drop })
        }
    };
    let next = asked.next.then(|| match &misfit {
        Some(why) if was_asked => (Err(deferred(why)), Then::Drop),
        Some(why) => (Err(untried(why)), Then::Drop),
        None => judge_next(asked, dot, next, &heard.end),
    });
    let next = next.map(|(next, after)| {
        then = after;
        next
    });
    if misfit.is_some() || !matches!(heard.end, End::Quiet) {
        then = Then::Drop;
    }
    Judged { outcome, next, then }
}

/// The answers fit; what do they say about the message that is to follow?
fn judge_next(
    asked: Asked<'_>,
    dot: Option<&Answer>,
    answers: &[Answer],
    end: &End,
) -> (Result<(), Attempt>, Then) {
    if let Some((place, answer)) = answers.iter().enumerate().find(|(place, answer)| !agrees(*place, answer))
    {
        let verb = NEXT[place].0;
        let said = answer.said(asked.private);
        if (place, answer.code) == (0, 421) {
            let why = format!("the relay answered {verb} with {}", answer.codes());
            return (Err(nothing_said(asked.used, why)), Then::Drop);
        }
        let (attempt, keep) = answer.refusal(verb, false, &said);
        let waits_for_content = answers.get(2).is_some_and(|data| data.code == 354);
        let then = match (keep, waits_for_content) {
            (false, _) => Then::Drop,
            (true, true) => Then::LoneDot,
            (true, false) => Then::Reset,
        };
        return (Err(attempt), then);
    }
    let unheard = NEXT.get(answers.len());
    match (unheard, end) {
        (None, End::Quiet) => (Ok(()), Then::Keep),
        (None, end) => (Err(deferred(&format!("after DATA {}", end.why()))), Then::Drop),
        // It left with the message before, or before it had heard of this one.
        (Some(_), _) if asked.dot && dot.is_none_or(|dot| dot.code == 421) => {
            (Err(untried(end.why())), Then::Drop)
        }
        (Some((verb, _)), End::Gone(why)) if answers.is_empty() && asked.used => {
            (Err(untried(&format!("at {verb} {why}"))), Then::Drop)
        }
        (Some((verb, _)), end) => (Err(deferred(&format!("at {verb} {}", end.why()))), Then::Drop),
    }
}

/// Why the answers cannot all belong to their commands.
fn misfit(asked: Asked<'_>, dot: Option<&Answer>, next: &[Answer], end: &End) -> Option<String> {
    let odd = |verb: &str, answer: &Answer| {
        Some(format!("the relay answered {verb} with {}", answer.said(asked.private)))
    };
    if let Some(dot) = dot.filter(|dot| dot.code != 250 && !refuses(dot)) {
        return odd("the dot", dot);
    }
    let mut refused = false;
    for (place, answer) in next.iter().enumerate() {
        let verb = NEXT[place].0;
        let fits = match (agrees(place, answer), refused) {
            (true, false) => true,
            // RFC 2920, 3.1: it may ask for content even though there is nobody to get it.
            (true, true) => verb == "DATA",
            (false, false) => refuses(answer),
            (false, true) => (400..600).contains(&answer.code),
        };
        if !fits {
            return odd(verb, answer);
        }
        refused |= !agrees(place, answer);
    }
    match end {
        End::Nonsense(why) => Some(why.clone()),
        End::Quiet => None,
        // An answer that is missing behind a refusal may be missing before it: all would have moved up by one.
        End::Gone(why) | End::Late(why) => {
            let all = !asked.at_once || next.len() == NEXT.len();
            let farewell = next.last().is_some_and(|answer| answer.code == 421);
            (refused && !all && !farewell).then(|| format!("an answer is missing: {why}"))
        }
    }
}

pub(super) fn untried(why: &str) -> Attempt {
    Attempt::Untried { why: why.to_owned() }
}

/// Nothing was said about a message. On a connection that has done its work that means nothing; on a fresh one the
/// relay is down.
pub(super) fn nothing_said(used: bool, why: String) -> Attempt {
    match used {
        true => Attempt::Untried { why },
        false => Attempt::RelayDown { why },
    }
}
