//! `hearback project set`: to whom a project shows itself, and how.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{At, setup};
use crate::actions::showing::{self, Change, Colours, Edit, Image, Shown};
use crate::config::Config;
use crate::domain::brand::MAX_LOGO;
use crate::domain::colour::{Colour, ratio};
use crate::domain::words::{Licence, Visibility};
use crate::error::{Error, Result};

#[derive(clap::Args)]
pub struct Args {
    /// The project's slug.
    slug: String,
    /// Who can see its pages: private (nobody, the default), link (whoever has the link), public (everybody).
    #[arg(long, value_parser = visibility)]
    visibility: Option<Visibility>,
    /// The name above its pages; '' takes it away.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// An image in PNG, JPEG or WebP, at most 64 KiB and 1024 pixels each way.
    #[arg(long, value_name = "FILE", requires = "logo_description")]
    logo: Option<PathBuf>,
    /// What the logo shows, for those who do not see it.
    #[arg(long, value_name = "TEXT", requires = "logo")]
    logo_description: Option<String>,
    /// Take the logo away.
    #[arg(long, conflicts_with = "logo")]
    no_logo: bool,
    /// The colour behind the name, as '#rrggbb'.
    #[arg(long, value_name = "COLOUR", requires = "text")]
    background: Option<String>,
    /// The colour of the name, as '#rrggbb'; its contrast to the background must be at least 4.5:1.
    #[arg(long, value_name = "COLOUR", requires = "background")]
    text: Option<String>,
    /// Take the colours away.
    #[arg(long, conflicts_with_all = ["background", "text"])]
    no_colours: bool,
    /// The licence of its open data: CC-BY-4.0 (the default), CC0-1.0, OGL-UK-3.0 or ODC-By-1.0.
    #[arg(long, value_parser = licence)]
    licence: Option<Licence>,
    /// Make another link; the one before no longer works.
    #[arg(long)]
    new_link: bool,
    #[command(flatten)]
    at: At,
}

fn visibility(text: &str) -> std::result::Result<Visibility, String> {
    Visibility::parse(text).ok_or_else(|| format!("expected one of {}", Visibility::codes()))
}

fn licence(text: &str) -> std::result::Result<Licence, String> {
    Licence::parse(text).ok_or_else(|| format!("expected one of {}", Licence::codes()))
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode> {
    let change = change(&args)?;
    let app = setup::open(config, args.at.at).await?;
    if change == Change::default() {
        print!("{}", in_words(&setup::looked(showing::look(&app, &args.slug).await)?));
        return Ok(ExitCode::SUCCESS);
    }
    let shown = showing::set(&app, &args.slug, &change).await?;
    setup::written(&app).await?;
    print!("{}", in_words(&shown));
    for sentence in consequences(&change, &shown) {
        println!("{sentence}");
    }
    Ok(ExitCode::SUCCESS)
}

fn change(args: &Args) -> Result<Change> {
    let name = match args.name.as_deref() {
        None => Edit::Keep,
        Some("") => Edit::Remove,
        Some(name) => Edit::Put(name.to_owned()),
    };
    let colours = match (&args.background, &args.text) {
        (Some(background), Some(text)) => {
            Edit::Put(Colours { background: background.clone(), text: text.clone() })
        }
        _ if args.no_colours => Edit::Remove,
        _ => Edit::Keep,
    };
    let logo = match (&args.logo, &args.logo_description) {
        (Some(path), Some(description)) => {
            Edit::Put(Image { bytes: image(path)?, description: description.clone() })
        }
        _ if args.no_logo => Edit::Remove,
        _ => Edit::Keep,
    };
    Ok(Change {
        visibility: args.visibility,
        licence: args.licence,
        new_link: args.new_link,
        name,
        colours,
        logo,
    })
}

/// Reads a logo, but never more of a file than a logo may have.
fn image(path: &Path) -> Result<Vec<u8>> {
    let unreadable = |why: &dyn std::fmt::Display| {
        Error::refused(format!("The file {} cannot be read: {why}. Nothing was changed.", path.display()))
    };
    // Opening a pipe would wait for somebody to write into it.
    if !std::fs::metadata(path).map_err(|error| unreadable(&error))?.is_file() {
        return Err(unreadable(&"it is no plain file"));
    }
    let file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    let mut bytes = Vec::new();
    // One byte more shows that it is too large.
    file.take(MAX_LOGO as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

fn in_words(shown: &Shown) -> String {
    let mut table = super::table(&[]);
    table.add_row(["visibility", shown.visibility.code()]);
    if shown.visibility == Visibility::Public {
        table.add_row(["page", &shown.page]);
        table.add_row(["page to embed", &shown.data]);
    }
    let link = match &shown.link {
        Some(link) if shown.visibility == Visibility::Private => {
            format!("{link} (leads nowhere while the project is private)")
        }
        Some(link) => link.clone(),
        None => "none".to_owned(),
    };
    table.add_row(["link", &link]);
    table.add_row(["name", shown.name.as_deref().unwrap_or("that of the organisation")]);
    table.add_row(["logo".to_owned(), logo(shown)]);
    table.add_row(["colours".to_owned(), colours(shown)]);
    table.add_row(["licence", shown.licence.code()]);
    format!("{}\n", table.trim_fmt())
}

fn logo(shown: &Shown) -> String {
    shown.logo.as_ref().map_or_else(
        || "none".to_owned(),
        |logo| format!("{}, {} x {} pixels: {}", logo.kind, logo.width, logo.height, logo.description),
    )
}

fn colours(shown: &Shown) -> String {
    let Some(Colours { background, text }) = &shown.colours else { return "hearback's own".to_owned() };
    let contrast = match (Colour::parse(background), Colour::parse(text)) {
        (Some(background), Some(text)) => format!(", contrast {}", ratio(background.contrast(text))),
        _ => String::new(),
    };
    format!("{text} on {background}{contrast}")
}

/// What a change means for people, beyond what the table says.
fn consequences(change: &Change, shown: &Shown) -> Vec<String> {
    let mut sentences = Vec::new();
    match change.visibility {
        Some(Visibility::Public) => sentences.push(format!(
            "Anybody can now read this project's record and the excerpts of stories whose tellers agreed to that, and \
             may reuse the data under {}. What others have copied stays with them, whatever you set later.",
            shown.licence
        )),
        Some(Visibility::Link) => sentences.push(
            "Whoever has the link can now read this project's pages, and can pass it on. --new-link makes another."
                .to_owned(),
        ),
        Some(Visibility::Private) => {
            sentences.push("Nobody can see this project's pages now, with the link or without.".to_owned());
        }
        None => {}
    }
    if change.new_link {
        sentences.push("If there was a link before, it no longer works.".to_owned());
    }
    sentences
}
