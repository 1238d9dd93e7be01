//! The wish that this process ends: work under way is brought to an end, and none is begun.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// What lies with another machine when the wish comes has so long to come to an end.
const IN_FLIGHT: Duration = Duration::from_secs(20);

/// Whatever is still at work then is left: it may as well have lost its power.
const AT_MOST: Duration = Duration::from_secs(27);

#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<Option<Instant>>>);

impl Default for Stop {
    fn default() -> Self {
        Stop(Arc::new(watch::Sender::new(None)))
    }
}

impl Stop {
    /// Asks everything to come to an end. Asking again changes nothing.
    pub fn ask(&self) {
        self.0.send_if_modified(|asked| match asked {
            Some(_) => false,
            None => asked.replace(Instant::now()).is_none(),
        });
    }

    pub fn is_asked(&self) -> bool {
        self.0.borrow().is_some()
    }

    pub async fn asked(&self) {
        let mut asked = self.0.subscribe();
        // The sender lives as long as this does.
        let _seen = asked.wait_for(Option::is_some).await;
    }

    /// Comes when even what is in flight has had its time.
    pub async fn time_is_up(&self) {
        self.after(IN_FLIGHT).await;
    }

    /// Comes when the process has to end, whatever it is doing.
    pub async fn is_overdue(&self) {
        self.after(AT_MOST).await;
    }

    async fn after(&self, time: Duration) {
        self.asked().await;
        let asked = *self.0.borrow();
        if let Some(asked) = asked {
            sleep_until(asked + time).await;
        }
    }
}
