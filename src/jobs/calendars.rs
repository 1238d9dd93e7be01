//! Quiet calendars that have run out, and files of calendars that are not used: told in the log with the first tick of a
//! day. Who names them is told to nobody, so all of them are, whether somebody names them or not.

use chrono::{DateTime, Utc};

use crate::app::App;

/// `before` is when the last tick was, of whichever process.
pub fn tell(app: &App, before: Option<DateTime<Utc>>) {
    let today = app.clock.now().date_naive();
    if before.is_some_and(|before| before.date_naive() >= today) {
        return;
    }
    let names = app.calendars.run_out_by(today).join(", ");
    if !names.is_empty() {
        tracing::warn!(
            calendars = names,
            "these quiet calendars have run out and hold nothing back any more: get a newer hearback, or set \
             HEARBACK_CALENDARS to a folder with later dates"
        );
    }
    for file in app.calendars.unreadable() {
        tracing::warn!(file = %file, "the file of a quiet calendar is not used");
    }
}
