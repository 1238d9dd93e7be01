//! The only place that reads the time. A clock is the system's, or one that is moved by hand.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, SubsecRound, Utc};

#[derive(Clone, Debug)]
pub struct Clock {
    by_hand: Option<Arc<Mutex<DateTime<Utc>>>>,
}

impl Clock {
    pub fn system() -> Self {
        Clock { by_hand: None }
    }

    /// A clock that stands still until it is moved.
    pub fn at(at: DateTime<Utc>) -> Self {
        Clock { by_hand: Some(Arc::new(Mutex::new(at.trunc_subsecs(6)))) }
    }

    /// Now, in whole microseconds.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the system's time")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.by_hand {
            Some(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
            None => Utc::now().trunc_subsecs(6),
        }
    }

    /// Moves a clock that is set by hand; the system's stays as it is.
    pub fn advance(&self, by: Duration) {
        if let Some(at) = &self.by_hand {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }

    /// Sets a clock that is moved by hand; it does not go back.
    pub fn advance_to(&self, to: DateTime<Utc>) {
        if let Some(at) = &self.by_hand {
            let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
            *at = (*at).max(to.trunc_subsecs(6));
        }
    }
}
