//! `hearback generate`: a pack of a project that does not exist.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;

use super::setup;
use crate::clock::Clock;
use crate::domain::made_up::{self, MOST_MONTHS, MOST_PARTICIPANTS, MOST_RECOMMENDATIONS, SLUG, Wish};
use crate::error::{Error, Result};

#[derive(clap::Args)]
pub struct Args {
    /// The folder for its sheets. It must not be there yet.
    #[arg(value_name = "FOLDER")]
    out: PathBuf,
    /// How many people told something.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = at_most(MOST_PARTICIPANTS))]
    participants: u64,
    #[arg(long, value_name = "M", default_value_t = 10, value_parser = at_most(MOST_RECOMMENDATIONS))]
    recommendations: u64,
    /// For how many months it has been running.
    #[arg(long, value_name = "K", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_MONTHS)))]
    months: u32,
    /// The same numbers, day and seed make the same pack.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The last day on which something happened; by itself today.
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    until: Option<NaiveDate>,
}

fn at_most(most: usize) -> clap::builder::RangedU64ValueParser<u64> {
    clap::builder::RangedU64ValueParser::new().range(1..=most as u64)
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let wish = Wish {
        participants: size(args.participants),
        recommendations: size(args.recommendations),
        months: args.months,
        seed: args.seed,
        until: args.until.unwrap_or_else(|| Clock::system().now().date_naive()),
    };
    let shown = args.out.display();
    if args.out.exists() {
        return Err(Error::refused(format!(
            "{shown} is there already. Nothing was written; name another folder."
        )));
    }
    let sheets = made_up::pack(&wish).context("making a pack")?;
    std::fs::create_dir_all(&args.out).with_context(|| format!("making the folder {shown}"))?;
    for (name, bytes) in &sheets {
        let path = args.out.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    println!(
        "{shown} holds a made-up project ({SLUG}) with {} participants and {} recommendations over {} months until {}.\n\
         Next: hearback import {shown}",
        wish.participants, wish.recommendations, wish.months, wish.until
    );
    Ok(ExitCode::SUCCESS)
}
