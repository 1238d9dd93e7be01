//! One test binary: each file is a story of use, told through HTTP, the command line or a job, with the clock moved by
//! hand. What needs PostgreSQL or Chromium says plainly when it was skipped; with HEARBACK_TEST_STRICT a skip fails.

mod architecture;
mod bounces;
mod breaches;
mod browser_check;
mod calendars;
mod changes;
mod cli;
mod cli_time;
mod consent;
mod data;
mod delivery;
mod demo;
mod disclosure;
mod editions;
mod faults;
mod generated;
mod harness;
mod import;
mod keys;
mod languages;
mod lists;
mod log;
mod look;
mod mail_setup;
mod model;
mod operating;
mod plain;
mod public;
mod record;
mod showing;
mod smtp;
mod smtp_group;
mod smtp_server;
mod ways_in;
mod web;
