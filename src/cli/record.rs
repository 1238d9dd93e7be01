//! `hearback record`: export, verify, redact.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{At, setup};
use crate::actions::record;
use crate::config::Config;
use crate::domain::record::{Broken, Head, fingerprint};
use crate::domain::record_file;
use crate::error::{Error, Result};
use crate::store::project;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Print a project's record as JSON Lines; docs/record-format.md tells how to check it.
    Export {
        /// The project's slug.
        slug: String,
    },
    /// Check the records of all projects, of one, or of an exported file.
    Verify {
        /// The project's slug.
        slug: Option<String>,
        /// A record as `record export` printed it.
        #[arg(long, conflicts_with = "slug")]
        file: Option<PathBuf>,
    },
    /// Take the words of an event out for legal reasons. Its hash stays, and that it was done is an event itself.
    Redact {
        /// The project's slug.
        slug: String,
        /// The event's number.
        seq: i64,
        /// Why: anybody can read it in the record.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        at: At,
    },
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode> {
    match command {
        Command::Export { slug } => {
            let app = setup::open(config, None).await?;
            for line in setup::looked(record::export(&app, &slug).await)? {
                println!("{}", serde_json::to_string(&line).map_err(anyhow::Error::new)?);
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Verify { file: Some(path), .. } => {
            let bytes = std::fs::read(&path)
                .map_err(|error| Error::refused(format!("{} cannot be read: {error}.", path.display())))?;
            let verdict = record_file::verify(&bytes);
            Ok(say(&path.display().to_string(), &verdict))
        }
        Command::Verify { slug, .. } => {
            let app = setup::open(config, None).await?;
            let slugs = match slug {
                Some(slug) => vec![slug],
                None => project::all(&app.db.reader).await?.into_iter().map(|project| project.slug).collect(),
            };
            if slugs.is_empty() {
                println!("There is no project here yet.");
            }
            let mut code = ExitCode::SUCCESS;
            for slug in slugs {
                let verdict = setup::looked(record::verify_project(&app, &slug).await)?;
                if verdict.is_err() {
                    code = ExitCode::from(1);
                }
                say(&slug, &verdict);
            }
            Ok(code)
        }
        Command::Redact { slug, seq, reason, at } => {
            let app = setup::open(config, at.at).await?;
            let written = record::redact(&app, &slug, seq, &reason).await?;
            setup::written(&app).await?;
            let numbers: Vec<String> = written.iter().map(i64::to_string).collect();
            println!("The words of event {seq} are gone. Recorded as event {}.", numbers.join(", "));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn say(what: &str, verdict: &std::result::Result<Head, Broken>) -> ExitCode {
    match verdict {
        Ok(head) => {
            println!("{what}: holds, {} events, fingerprint {}", head.seq, fingerprint(&head.hash));
            ExitCode::SUCCESS
        }
        Err(broken) => {
            println!("{what}: does not hold at event {}: {}", broken.seq, broken.why);
            ExitCode::from(1)
        }
    }
}
