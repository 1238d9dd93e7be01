//! Commands that go out together (RFC 2920), or one by one where the relay does not offer that, and their answers.

use lettre::transport::smtp::commands::Data;

use super::{
    PhaseLimits,
    envelope::{Envelope, put_content},
    judge::{End, Heard, agrees, refuses},
    wire::{Besides, Unheard, Wire},
};

/// MAIL, RCPT, DATA.
const VERBS: usize = 3;

/// The content of the open message, the commands of the next one, or both.
pub(super) struct Group<'a> {
    pub(super) content: Option<&'a [u8]>,
    pub(super) next: Option<&'a Envelope>,
}

/// The dot has not left: whatever else happened, the relay cannot have taken the message.
pub(super) struct BeforeDot(pub(super) Unheard);

impl Group<'_> {
    /// The caller has seen that nothing waits to be read.
    pub(super) async fn exchange(
        &self,
        wire: &mut Wire,
        at_once: bool,
        limits: PhaseLimits,
    ) -> Result<Heard, BeforeDot> {
        match at_once {
            true => self.at_once(wire, limits).await,
            false => self.one_by_one(wire, limits).await,
        }
    }

    async fn at_once(&self, wire: &mut Wire, limits: PhaseLimits) -> Result<Heard, BeforeDot> {
        if let Some(content) = self.content {
            put_content(content, &mut wire.group);
        }
        let behind_dot = wire.group.len() as u64;
        if let Some(next) = self.next {
            (0..VERBS).for_each(|place| put_verb(next, place, &mut wire.group));
        }
        let dots = usize::from(self.content.is_some());
        let mut due = dots + self.next.map_or(0, |_| VERBS);
        let mut heard = Heard { answers: Vec::with_capacity(due), end: End::Quiet };
        let limit = if self.content.is_some() { limits.data } else { limits.command };
        let (taken, written) = wire.write_group(limit).await;
        if let Err(why) = written {
            if self.content.is_some() && taken < behind_dot {
                return Err(BeforeDot(why));
            }
            // What the relay said to the first of it may still be there.
            due = 1;
            heard.end = why.into();
        }
        while heard.answers.len() < due {
            let first_is_dot = heard.answers.is_empty() && self.content.is_some();
            let limit = if first_is_dot { limits.after_dot } else { limits.command };
            if !heard.next(wire, limit).await {
                return Ok(heard);
            }
        }
        if matches!(heard.end, End::Quiet) {
            heard.look_besides(wire, limits).await;
        }
        Ok(heard)
    }

    async fn one_by_one(&self, wire: &mut Wire, limits: PhaseLimits) -> Result<Heard, BeforeDot> {
        let mut heard = Heard { answers: Vec::with_capacity(1 + VERBS), end: End::Quiet };
        if let Some(content) = self.content {
            put_content(content, &mut wire.group);
            let behind_dot = wire.group.len() as u64;
            let (taken, written) = wire.write_group(limits.data).await;
            if let Err(why) = written {
                if taken < behind_dot {
                    return Err(BeforeDot(why));
                }
                heard.end = why.into();
                return Ok(heard);
            }
            if !heard.next(wire, limits.after_dot).await || !heard.look_besides(wire, limits).await {
                return Ok(heard);
            }
            if heard.answers.last().is_none_or(|dot| dot.code != 250 && !refuses(dot)) {
                return Ok(heard);
            }
        }
        for (place, next) in self.next.into_iter().flat_map(|next| (0..VERBS).map(move |n| (n, next))) {
            put_verb(next, place, &mut wire.group);
            if let (_, Err(why)) = wire.write_group(limits.command).await {
                heard.end = why.into();
                return Ok(heard);
            }
            if !heard.next(wire, limits.command).await || !heard.look_besides(wire, limits).await {
                return Ok(heard);
            }
            if heard.answers.last().is_none_or(|answer| !agrees(place, answer)) {
                return Ok(heard);
            }
        }
        Ok(heard)
    }
}

fn put_verb(next: &Envelope, place: usize, into: &mut Vec<u8>) {
    match place {
        0 => next.say_mail(into),
        1 => next.say_rcpt(into),
        _ => into.extend_from_slice(Data.to_string().as_bytes()),
    }
}

impl Heard {
    /// Reads the next answer; false when none came, or the last.
    async fn next(&mut self, wire: &mut Wire, limit: std::time::Duration) -> bool {
        match wire.answer(limit).await {
            Ok(answer) => {
                let is_farewell = answer.code == 421;
                self.answers.push(answer);
                if is_farewell {
                    self.end = End::Gone("the relay closes the connection".to_owned());
                }
                !is_farewell
            }
            Err(unheard) => {
                self.end = unheard.into();
                false
            }
        }
    }

    /// Looks whether anything came besides; false if so.
    async fn look_besides(&mut self, wire: &mut Wire, limits: PhaseLimits) -> bool {
        match wire.besides(limits).await {
            Besides::Nothing => return true,
            Besides::Farewell => self.end = End::Gone("the relay left".to_owned()),
            Besides::Reply => self.end = End::Nonsense("the relay answered more than once".to_owned()),
        }
        false
    }
}
