//! `hearback import`: what came in, what changed, what is wrong.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{At, setup, template};
use crate::actions::import::{Report, import, read_from};
use crate::actions::workbook::{self, Say};
use crate::app::App;
use crate::config::Config;
use crate::domain::pack::Fault;
use crate::domain::words::ProjectState;
use crate::error::Result;
use crate::store::project;

#[derive(clap::Args)]
pub struct Args {
    /// A folder with CSV files, a zip of them, or a workbook (.xlsx, .ods); docs/import-format.md tells what they hold.
    path: PathBuf,
    /// Check everything and store nothing.
    #[arg(long, visible_alias = "check")]
    dry_run: bool,
    /// Write the pack to this new workbook (.xlsx), with every error and warning beside its cell.
    #[arg(long, value_name = "OUT.xlsx")]
    annotate: Option<PathBuf>,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let app = setup::open(config, args.at.at).await?;
    if let Some(out) = &args.annotate {
        workbook::must_be_new(out)?;
    }
    let intake = read_from(&args.path)?;
    // Without a workbook to write, what came in is let go of as it is read.
    let (report, intake) = match args.annotate {
        Some(_) => (import(&app, &intake, args.dry_run).await?, Some(intake)),
        None => (import(&app, intake, args.dry_run).await?, None),
    };
    if args.json {
        println!("{}", serde_json::to_string(&report).map_err(anyhow::Error::new)?);
    } else {
        print!("{}", in_words(&report, args.dry_run));
    }
    if let Some((out, intake)) = args.annotate.as_ref().zip(intake) {
        let words = app.locales.get("en");
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let say = Say(&|key, args| template::said(words, key, args));
        workbook::save(out, &workbook::annotate(&intake.source(), &report, &say, folder)?)?;
        if !args.json {
            println!("{}", words.text("annotated", &[("path", out.display().to_string().into())]));
        }
    }
    if !report.errors.is_empty() {
        return Ok(ExitCode::from(2));
    }
    if !args.dry_run {
        setup::written(&app).await?;
        if !args.json {
            print!("{}", next(&app, report.slug.as_deref()).await?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The slug that the other commands ask for, and what comes next.
async fn next(app: &App, slug: Option<&str>) -> Result<String> {
    let Some(slug) = slug else { return Ok(String::new()) };
    let found = project::by_slug(&app.db.reader, slug).await?;
    let waits = found.is_some_and(|project| project.state == ProjectState::Waiting);
    let next = if waits { format!("Next: hearback project start {slug}\n") } else { String::new() };
    Ok(format!("The project's slug is {slug}.\n{next}"))
}

/// The report for people.
fn in_words(report: &Report, dry_run: bool) -> String {
    let mut text = String::new();
    for warning in &report.warnings {
        text.push_str(&format!("warning: {}\n", place(warning)));
    }
    for error in &report.errors {
        text.push_str(&format!("error: {}\n", place(error)));
    }
    if !report.errors.is_empty() {
        let count = report.errors.len();
        let errors = if count == 1 { "1 error".to_owned() } else { format!("{count} errors") };
        text.push_str(&format!("Nothing was stored: {errors}. Mend them and import again.\n"));
        return text;
    }
    let mut table = super::table(&["sheet", "added", "changed", "unchanged"]);
    for (sheet, added) in &report.added {
        let changed = report.changed.get(sheet).map_or(0, Vec::len);
        let unchanged = report.unchanged.get(sheet).copied().unwrap_or(0);
        if *added + changed + unchanged > 0 {
            table.add_row([
                (*sheet).to_owned(),
                added.to_string(),
                changed.to_string(),
                unchanged.to_string(),
            ]);
        }
    }
    text.push_str(&format!("{}\n", table.trim_fmt()));
    for (sheet, changes) in &report.changed {
        for change in changes {
            let row = change.row.map(|row| format!(" row {row}")).unwrap_or_default();
            text.push_str(&format!(
                "changed: {sheet}{row}, {}: {} -> {}\n",
                change.column,
                cell(&change.from),
                cell(&change.to)
            ));
        }
    }
    if report.pending > 0 {
        text.push_str(&format!("{} waiting for their day.\n", report.pending));
    }
    text.push_str(if dry_run { "This was a trial: nothing was stored.\n" } else { "Stored.\n" });
    text
}

/// Characters of a cell that are shown.
const SHOWN: usize = 160;

fn cell(text: &str) -> String {
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let mut shown: String = in_one_line(text).chars().take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

/// What comes from a pack never begins a line, where it could pass for one of ours.
fn in_one_line(text: &str) -> String {
    let ends = |sign: char| sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}');
    text.replace("\r\n", "⏎").chars().map(|sign| if ends(sign) { '⏎' } else { sign }).collect()
}

fn place(fault: &Fault) -> String {
    let row = fault.row.map(|row| format!(", row {row}")).unwrap_or_default();
    let column = fault.column.as_ref().map(|column| format!(", column {column}")).unwrap_or_default();
    in_one_line(&format!("{}{row}{column}: {}", fault.file, fault.message))
}
