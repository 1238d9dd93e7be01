//! The command line: one file per group of commands. Results go to stdout, the log to stderr; the exit code is 0 when it
//! was done, 1 when it failed, 2 when the input was refused.

mod bounce;
mod deliveries;
mod demo;
mod dns;
mod doctor;
mod generate;
mod health;
mod import;
mod key;
mod log;
mod people;
mod project;
mod record;
mod replay;
mod serve;
mod setup;
mod showing;

pub use setup::time;
mod tasks;
mod template;
mod tick;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::error::{Error, chain};

/// Tells people what happened because they spoke.
///
/// hearback links each recommendation to the stories behind it, keeps a public record of what is done about it, and on a
/// schedule tells every participant what changed and why anything stalled. Start with `hearback demo`.
#[derive(Parser)]
#[command(name = "hearback", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The time of a command, on a database where time is moved by hand.
#[derive(clap::Args, Clone, Copy, Default)]
struct At {
    /// Do it at this time, such as 2026-03-01 or 2026-03-01T10:00Z. Only on a database that was made with --at.
    #[arg(long, value_name = "TIME", value_parser = setup::time)]
    at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Subcommand)]
enum Command {
    /// Show what hearback does: replay a sample project in a folder of its own, then show the mailbox.
    Demo(demo::Args),
    /// Make the database and the key. On PostgreSQL this is the only command that makes a key.
    Init(At),
    /// Run the scheduler and the web pages.
    Serve(serve::Args),
    /// Bring the database up to date.
    Migrate,
    /// Import a folder of CSV files, a zip of them or a workbook, or bring a project up to date by importing it again.
    Import(import::Args),
    /// Write the pack of a made-up project of any size, to try hearback out with.
    Generate(generate::Args),
    /// Write an empty workbook to fill in, with explanations and drop-downs.
    Template(template::Args),
    /// Start, pause or resume a project, and set who can see it.
    #[command(subcommand)]
    Project(project::Command),
    /// Look at the edition that goes out next, hold it, or let it go.
    #[command(subcommand)]
    Edition(project::EditionCommand),
    /// Do everything that is due now, once, and exit.
    Tick(tick::Args),
    /// Record an answer, progress, a promise, a target or a note about a recommendation.
    Log(Box<log::Args>),
    /// Withdraw a story.
    #[command(subcommand)]
    Story(people::StoryCommand),
    /// Record what a participant asked for: stop, pause, resume, choose, withdraw.
    #[command(subcommand)]
    Participant(people::Command),
    /// What waits for a person: letters, calls, messages that did not go out, drafts.
    Tasks(tasks::Args),
    /// Take a report of a mail server about a message that came back, from stdin. For a mail server's pipe.
    ///
    /// It ends with 0 whatever the report says, and with 75 where it cannot be taken now.
    Bounce(bounce::Args),
    /// The public record of a project: export, verify, redact.
    #[command(subcommand)]
    Record(record::Command),
    /// How far each edition got: accepted, waiting, and what needs a person.
    Deliveries(deliveries::Args),
    /// Put a new key in the place of the current one, and drop old ones.
    #[command(subcommand)]
    Key(key::Command),
    /// Check the installation and say what to do.
    Doctor(doctor::Args),
    /// Ask a running `serve` whether it is ready; for container health checks.
    Health,
}

/// What a shell says of a program that ended because nobody read its output any more.
const BROKEN_PIPE: i32 = 128 + 13;

/// From now on a panic is logged with its place and without its words, which may quote what somebody wrote.
pub fn keep_words_out_of_panics() {
    std::panic::set_hook(Box::new(|panic| {
        // Whoever reads the output, such as `head`, has read enough; as other programs, this one then ends at once.
        let said = panic.payload().downcast_ref::<String>().is_some_and(|said| {
            said.starts_with("failed printing to stdout") && said.contains("Broken pipe")
        });
        if said {
            std::process::exit(BROKEN_PIPE);
        }
        let at = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(%at, "something came to an unexpected end");
    }));
}

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    keep_words_out_of_panics();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("hearback could not start: {error}");
            return ExitCode::from(1);
        }
    };
    // A mail server answers any other end of its pipe with a report of its own.
    let is_pipe = matches!(cli.command, Command::Bounce(_));
    let ended = runtime.block_on(run(cli.command));
    // Whoever is still asking for the address of a relay does not keep the program from ending.
    runtime.shutdown_timeout(Duration::from_secs(1));
    match ended {
        Ok(code) => code,
        Err(error) if is_pipe => {
            eprintln!("The report could not be taken now: {}", error.chain());
            ExitCode::from(bounce::AGAIN)
        }
        Err(Error::Internal(error)) => {
            eprintln!("Something went wrong: {}.", chain(&error));
            ExitCode::from(1)
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command) -> crate::error::Result<ExitCode> {
    let command = match command {
        Command::Demo(args) => {
            let config = Config::for_demo(&args.dir)?;
            log_to_stderr(&config);
            return demo::run(config, args).await;
        }
        Command::Template(args) => return template::run(&args),
        command => command,
    };
    let config = Config::load()?;
    log_to_stderr(&config);
    match command {
        Command::Demo(args) => demo::run(config, args).await,
        Command::Template(args) => template::run(&args),
        Command::Init(at) => setup::init(config, at.at).await,
        Command::Serve(args) => serve::run(config, args).await,
        Command::Migrate => setup::migrate(config).await,
        Command::Import(args) => import::run(config, args).await,
        Command::Project(command) => project::run(config, command).await,
        Command::Edition(command) => project::edition(config, command).await,
        Command::Tick(args) => tick::run(config, args).await,
        Command::Log(args) => log::run(config, *args).await,
        Command::Story(command) => people::story(config, command).await,
        Command::Participant(command) => people::run(config, command).await,
        Command::Tasks(args) => tasks::run(config, args).await,
        Command::Bounce(args) => bounce::run(config, args).await,
        Command::Record(command) => record::run(config, command).await,
        Command::Doctor(args) => doctor::run(config, args).await,
        Command::Deliveries(args) => deliveries::run(config, args).await,
        Command::Key(command) => key::run(config, command).await,
        Command::Generate(args) => generate::run(&args),
        Command::Health => health::run(&config).await,
    }
}

/// Logs go to stderr. `HEARBACK_LOG` chooses how much; the libraries below speak up only for warnings.
fn log_to_stderr(config: &Config) {
    use tracing_subscriber::EnvFilter;
    let wanted = format!("warn,hearback={}", config.log);
    let filter = EnvFilter::try_new(if config.log.contains('=') || config.log.contains(',') {
        config.log.clone()
    } else {
        wanted
    })
    .unwrap_or_else(|_| EnvFilter::new("warn,hearback=info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first logger, and that is no failure.
    let _already = if config.log_json {
        builder.json().flatten_event(true).try_init()
    } else {
        builder.with_ansi(false).try_init()
    };
}

/// A table without borders, for people.
fn table(header: &[&str]) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    if !header.is_empty() {
        table.set_header(header.to_vec());
    }
    table
}
