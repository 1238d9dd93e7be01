//! `hearback template`: a workbook to fill in.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::actions::workbook::{self, Say};
use crate::error::Result;
use crate::locale::{Arg, Locales, Words};

#[derive(clap::Args)]
pub struct Args {
    /// Where to write it, such as project.xlsx. Nothing may stand there yet.
    out: PathBuf,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    workbook::must_be_new(&args.out)?;
    let locales = Locales::load()?;
    let words = locales.get("en");
    workbook::save(&args.out, &workbook::template(&Say(&|key, args| said(words, key, args)))?)?;
    let path = args.out.display().to_string();
    println!("{}", words.text("template-made", &[("path", Arg::from(&path))]));
    Ok(ExitCode::SUCCESS)
}

/// The words of a workbook.
pub(super) fn said(words: &Words, key: &str, args: &[(&str, String)]) -> String {
    let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, text)| (*name, Arg::from(text))).collect();
    words.text(key, &args)
}
