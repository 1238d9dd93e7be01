//! The sheet `project`: made once, and brought up to date. What the public is told by is on the record when it changes.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{DatabaseTransaction, IntoActiveModel};

use super::{Cells, Change, Import};
use crate::actions::book::Book;
use crate::actions::projects::reschedule;
use crate::domain::event::{Fact, PROJECT};
use crate::domain::pack::{ProjectSheet, Sheet};
use crate::domain::record::GENESIS;
use crate::domain::words::{Licence, ProjectState, Visibility};
use crate::error::{Error, Result};
use crate::store::project;
use crate::store::types::ProjectId;

/// The book of the project that a sheet is about, made where it is new.
pub(super) async fn open(
    tx: &DatabaseTransaction,
    sheet: &ProjectSheet,
    now: DateTime<Utc>,
) -> Result<(Book, bool)> {
    let organisation = project::organisation_named(tx, &sheet.organisation, now).await?;
    if let Some(known) = project::by_slug(tx, &sheet.slug).await? {
        if known.organisation_id != organisation {
            return Err(Error::refused(format!(
                "A project called {:?} belongs to another organisation here. Nothing was stored; choose another slug.",
                sheet.slug
            )));
        }
        return Ok((Book::open(tx, known.id).await?, false));
    }
    let row = project::ActiveModel {
        id: Set(ProjectId::new()),
        organisation_id: Set(organisation),
        slug: Set(sheet.slug.clone()),
        title: Set(sheet.title.clone()),
        summary: Set(sheet.summary.clone()),
        sender_name: Set(sheet.sender_name.clone()),
        contact_email: Set(sheet.contact_email.clone()),
        contact_phone: Set(sheet.contact_phone.clone()),
        language: Set(sheet.language.clone()),
        timezone: Set(sheet.timezone.name().to_owned()),
        schedule: Set(sheet.schedule.clone()),
        review_days: Set(days(sheet.review_days)),
        response_due_days: Set(days(sheet.response_due_days)),
        quiet_after_days: Set(days(sheet.quiet_after_days)),
        quiet_times: Set(quiet(sheet)),
        neutral_subjects: Set(sheet.neutral_subjects),
        support_contact: Set(sheet.support_contact.clone()),
        concern_person: Set(sheet.concern_person.clone()),
        state: Set(ProjectState::Waiting),
        started_at: Set(None),
        editions_after: Set(None),
        paused_why: Set(None),
        head_seq: Set(0),
        head_hash: Set(GENESIS.to_owned()),
        head_at: Set(None),
        noticed_on: Set(now.with_timezone(&sheet.timezone).date_naive()),
        created_at: Set(now.into()),
        visibility: Set(Visibility::Private),
        link_id: Set(None),
        brand_name: Set(None),
        brand_background: Set(None),
        brand_text: Set(None),
        licence: Set(Licence::CcBy),
        shown_changes: Set(0),
    };
    let made = project::insert(tx, row).await?;
    Ok((Book::open(tx, made.id).await?, true))
}

fn days(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

fn quiet(sheet: &ProjectSheet) -> Option<String> {
    (!sheet.quiet_times.is_empty()).then(|| sheet.quiet_times.to_string())
}

/// What is on the record when it changes: what people are told, when, and by which deadlines.
const PUBLIC: &[&str] =
    &["title", "summary", "schedule", "timezone", "review_days", "response_due_days", "quiet_after_days"];

impl Import<'_> {
    pub(super) async fn project(&mut self) -> Result<()> {
        if self.is_new {
            self.report.add(Sheet::Project);
            return Ok(());
        }
        let sheet = &self.pack.project;
        let known = self.book.project.clone();
        let mut cells = Cells::of(self.pack, Sheet::Project, None);
        let mut row = known.clone().into_active_model();
        macro_rules! take {
            ($column:literal, $field:ident, $value:expr) => {
                let value = $value;
                if cells.differs($column, &known.$field, &value) {
                    row.$field = Set(value);
                }
            };
        }
        macro_rules! take_privately {
            ($column:literal, $field:ident) => {
                if cells.differs_privately($column, &known.$field, &sheet.$field) {
                    row.$field = Set(sheet.$field.clone());
                }
            };
        }
        take!("title", title, sheet.title.clone());
        take!("summary", summary, sheet.summary.clone());
        take!("sender_name", sender_name, sheet.sender_name.clone());
        take_privately!("contact_email", contact_email);
        take_privately!("contact_phone", contact_phone);
        take!("language", language, sheet.language.clone());
        take!("timezone", timezone, sheet.timezone.name().to_owned());
        take!("schedule", schedule, sheet.schedule.clone());
        take!("review_days", review_days, days(sheet.review_days));
        take!("response_due_days", response_due_days, days(sheet.response_due_days));
        take!("quiet_after_days", quiet_after_days, days(sheet.quiet_after_days));
        take!("quiet_times", quiet_times, quiet(sheet));
        take!("neutral_subjects", neutral_subjects, sheet.neutral_subjects);
        take_privately!("support_contact", support_contact);
        take_privately!("concern_person", concern_person);
        let changes = cells.changes;
        if !changes.is_empty() {
            self.book.project = project::save(self.tx, row).await?;
            if changes.iter().any(|change| ["schedule", "timezone"].contains(&change.column.as_str())) {
                reschedule(self.tx, &mut self.book, self.now).await?;
            }
            let fields = public(&changes);
            if !fields.is_empty() {
                self.book
                    .write(self.tx, self.now, PROJECT, self.today, Fact::ProjectChanged { fields })
                    .await?;
            }
        }
        self.report.note(Sheet::Project, changes);
        Ok(())
    }
}

fn public(changes: &[Change]) -> BTreeMap<String, String> {
    changes
        .iter()
        .filter(|change| PUBLIC.contains(&change.column.as_str()))
        .map(|change| (change.column.clone(), change.to.clone()))
        .collect()
}
