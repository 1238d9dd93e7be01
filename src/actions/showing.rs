//! How a project shows itself: to whom, under which name, colours and logo, and under which licence its data are given
//! away. Nothing of it is an event: it changes what pages look like, not what is told.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel;

use crate::app::App;
use crate::domain::brand::{self, MAX_DESCRIPTION, MAX_NAME};
use crate::domain::colour::{Colour, LEAST_CONTRAST, ratio};
use crate::domain::words::{Licence, Visibility};
use crate::error::{Error, Result};
use crate::store::{self, audit, link, logo, project};

/// What becomes of something that a project may have or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Edit<T> {
    #[default]
    Keep,
    Remove,
    Put(T),
}

/// Two colours as somebody wrote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colours {
    pub background: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    pub bytes: Vec<u8>,
    /// For those who do not see it.
    pub description: String,
}

/// What is to be otherwise; the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub visibility: Option<Visibility>,
    pub licence: Option<Licence>,
    /// Another link instead of the one there is, which then leads nowhere.
    pub new_link: bool,
    pub name: Edit<String>,
    pub colours: Edit<Colours>,
    pub logo: Edit<Image>,
}

/// How a project shows itself now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub visibility: Visibility,
    /// The address of its pages; it leads somewhere while the project is public.
    pub page: String,
    /// The page that other sites may embed.
    pub data: String,
    /// The address with a secret in it. It leads somewhere unless the project is private.
    pub link: Option<String>,
    pub name: Option<String>,
    pub colours: Option<Colours>,
    pub logo: Option<logo::Model>,
    pub licence: Licence,
}

/// How a project shows itself; nothing is changed.
pub async fn look(app: &App, slug: &str) -> Result<Shown> {
    let project = super::project(app, slug).await?;
    let logo = logo::find(&app.db.reader, project.id).await?;
    shown(app, project, logo)
}

/// The project behind a link to its pages, unless it is private now. One answer for every token that is not good.
pub async fn behind_link(app: &App, token: &str) -> Result<Option<project::Model>> {
    let Some(id) = app.keys.link_id(link::PROJECT, token) else { return Ok(None) };
    let found = project::by_link(&app.db.reader, &id).await?;
    Ok(found.filter(|project| project.visibility != Visibility::Private))
}

/// Changes how a project shows itself. Pages that were kept are of the past from then on.
///
/// # Errors
/// Names the field that cannot be used; then nothing is changed.
pub async fn set(app: &App, slug: &str, change: &Change) -> Result<Shown> {
    let name = match &change.name {
        Edit::Put(name) => Edit::Put(brand::line(name, MAX_NAME).map_err(|why| Error::invalid("name", why))?),
        Edit::Keep => Edit::Keep,
        Edit::Remove => Edit::Remove,
    };
    let colours = match &change.colours {
        Edit::Put(colours) => Edit::Put(readable(colours)?),
        Edit::Keep => Edit::Keep,
        Edit::Remove => Edit::Remove,
    };
    let known = super::project(app, slug).await?;
    let logo = match &change.logo {
        Edit::Put(image) => Edit::Put(measured(&known, image)?),
        Edit::Keep => Edit::Keep,
        Edit::Remove => Edit::Remove,
    };
    let now = app.clock.now();
    let tx = store::begin(&app.db).await?;
    let before = project::lock(&tx, known.id).await?.ok_or_else(|| Error::not_found("The project"))?;
    let needs_link = change.visibility == Some(Visibility::Link) && before.link_id.is_none();
    let mut row = before.into_active_model();
    if let Some(visibility) = change.visibility {
        row.visibility = Set(visibility);
    }
    if let Some(licence) = change.licence {
        row.licence = Set(licence);
    }
    if change.new_link || needs_link {
        row.link_id = Set(Some(link::new_id()));
    }
    match name {
        Edit::Keep => {}
        Edit::Remove => row.brand_name = Set(None),
        Edit::Put(name) => row.brand_name = Set(Some(name)),
    }
    match colours {
        Edit::Keep => {}
        Edit::Remove => (row.brand_background, row.brand_text) = (Set(None), Set(None)),
        Edit::Put((background, text)) => {
            row.brand_background = Set(Some(background.to_string()));
            row.brand_text = Set(Some(text.to_string()));
        }
    }
    match logo {
        Edit::Keep => {}
        Edit::Remove => logo::remove(&tx, known.id).await?,
        Edit::Put(row) => logo::put(&tx, row).await?,
    }
    let saved = project::save(&tx, row).await?;
    project::raise_shown(&tx, known.id).await?;
    audit::add(&tx, Some(known.id), now, "staff", "change how a project shows itself", &about(change))
        .await?;
    let logo = logo::find(&tx, known.id).await?;
    tx.commit().await?;
    shown(app, saved, logo)
}

fn readable(colours: &Colours) -> Result<(Colour, Colour)> {
    let read = |field: &str, written: &str| {
        let why = "expected a colour as #rrggbb, such as #0b4f5c";
        Colour::parse(written).ok_or_else(|| Error::invalid(field, why))
    };
    let (background, text) = (read("background", &colours.background)?, read("text", &colours.text)?);
    let contrast = background.contrast(text);
    if contrast < LEAST_CONTRAST {
        return Err(Error::invalid(
            "text",
            format!(
                "the contrast of {text} on {background} is {}, and people need at least {LEAST_CONTRAST}:1 to read it; \
                 choose a darker or a lighter colour",
                ratio(contrast)
            ),
        ));
    }
    Ok((background, text))
}

fn measured(project: &project::Model, image: &Image) -> Result<logo::Model> {
    let description = brand::line(&image.description, MAX_DESCRIPTION)
        .map_err(|why| Error::invalid("logo-description", why))?;
    let measured = brand::measure(&image.bytes).map_err(|why| Error::invalid("logo", why))?;
    Ok(logo::Model {
        project_id: project.id,
        kind: measured.kind,
        bytes: image.bytes.clone(),
        description,
        width: measured.width,
        height: measured.height,
    })
}

/// What was changed, for the audit trail. A link's secret is not part of it.
fn about(change: &Change) -> String {
    fn edited<T>(what: &str, edit: &Edit<T>) -> Option<String> {
        match edit {
            Edit::Keep => None,
            Edit::Remove => Some(format!("no {what}")),
            Edit::Put(_) => Some(what.to_owned()),
        }
    }
    let parts = [
        change.visibility.map(|visibility| format!("visibility {visibility}")),
        change.licence.map(|licence| format!("licence {licence}")),
        change.new_link.then(|| "new link".to_owned()),
        edited("name", &change.name),
        edited("colours", &change.colours),
        edited("logo", &change.logo),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn shown(app: &App, project: project::Model, logo: Option<logo::Model>) -> Result<Shown> {
    let link = match &project.link_id {
        Some(id) => Some(app.config.url(&format!("/l/{}", app.keys.token(link::PROJECT, id)?))),
        None => None,
    };
    let colours = project
        .colours()
        .map(|(background, text)| Colours { background: background.to_owned(), text: text.to_owned() });
    Ok(Shown {
        visibility: project.visibility,
        page: app.config.url(&format!("/p/{}", project.slug)),
        data: app.config.url(&format!("/p/{}/data", project.slug)),
        link,
        colours,
        name: project.brand_name,
        logo,
        licence: project.licence,
    })
}
