//! hearback tells people what happened because they spoke. The folder is the layer, the file is the feature; see
//! CONTRIBUTING.md for the way through the house.

pub mod actions;
pub mod app;
pub mod calendars;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod error;
pub mod jobs;
pub mod keys;
pub mod locale;
pub mod mail;
pub mod stop;
pub mod store;
pub mod templates;
pub mod web;
