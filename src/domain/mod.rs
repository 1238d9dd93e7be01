//! The rules, pure: no async, no input or output, and no clock of their own. Time is an argument.

pub mod bounce;
pub mod brand;
pub mod calendars;
pub mod colour;
pub mod disclosure;
pub mod event;
pub mod excerpt;
pub mod figures;
pub mod history;
pub mod line;
pub mod order;
pub mod pack;
pub mod picture;
pub mod plain_language;
pub mod quiet;
pub mod reading;
pub mod record;
pub mod record_file;
pub mod rehearsal;
pub mod schedule;
pub mod search;
pub mod silence;
pub mod standing;
pub mod status;
pub mod update;
pub mod words;
