//! An instance with one project of fifty recommendations and many people, and an edition that is composed and waits. Its
//! time is fixed, so that its messages differ from run to run only in their ids and links.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use hearback::actions::import::import;
use hearback::actions::{instance, projects};
use hearback::app::App;
use hearback::clock::Clock;
use hearback::config::Config;
use hearback::domain::words::{Cadence, Channel, Consent, Direction, Format, Medium, ParticipantState};
use hearback::jobs::{Ticked, compose, notice};
use hearback::keys::{Contact, Keys};
use hearback::mail::transport::Transport;
use hearback::store::types::{EvidenceId, ParticipantId, ProjectId, RecommendationId, StoryId};
use hearback::store::{self, Db, cursor, evidence, participant, project, recommendation, story, vault};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

const SLUG: &str = "the-long-road";
const RECOMMENDATIONS: usize = 50;

const STARTED: &str = "2026-02-01T09:00:00Z";
const LAST_EDITION: &str = "2026-03-01T10:00:00Z";
/// When what happened since is written down.
const SAID: &str = "2026-03-25T09:00:00Z";
const EDITION: &str = "2026-04-01T10:00:01Z";

const THINGS: [&str; 10] = [
    "Light the way to",
    "Run a late bus to",
    "Put benches along the path to",
    "Open the doors earlier at",
    "Write in plain words at",
    "Ask before changing the hours of",
    "Make room for wheelchairs at",
    "Keep a quiet hour at",
    "Mend the ramp at",
    "Put up a clear map of",
];
const PLACES: [&str; 5] = ["the ferry", "Mill Lane", "the clinic", "the weir", "the library"];
const NAMES: [&str; 12] =
    ["Sam", "Noor", "Kit", "Ada", "José", "Mei", "Amara", "Zoë", "Ravi", "Łukasz", "Grace", "Ibrahim"];

/// What was told in the last edition, and what has happened since.
const BEFORE: [&str; 2] = ["2026-02-10,response,accepted,,,,,,,", "2026-02-12,progress,planned,,,,,,,"];
const SINCE: [&str; 4] = [
    "2026-03-09,progress,stalled,money,\"The money that was set aside for this year went to repairs after the flood, and \
     nothing was left for this.\",We asked two funds and one neighbouring town.,Head of streets,The county decides in the \
     summer.,partly,2026-06-01",
    "2026-03-12,progress,in_progress,,,,,,,",
    "2026-03-16,progress,stalled,waiting_for_partner,\"The landlord has to agree before anything can be built there, and \
     he has not answered our two letters.\",We wrote to the landlord twice and rang him once.,Head of services,An answer \
     from the landlord.,no,2026-07-01",
    "2026-03-20,note,\"We walked the way together with four people who use it at night, and wrote down what they \
     said.\",,,,,,,",
];

fn moment(text: &str) -> anyhow::Result<DateTime<Utc>> {
    Ok(DateTime::parse_from_rfc3339(text)?.to_utc())
}

pub async fn make(people: usize) -> anyhow::Result<()> {
    let config = Config::load()?;
    let db = Db::connect(&config.database_url).await?;
    db.migrate().await?;
    let keys =
        if config.key_file.exists() { Keys::read(&config.key_file)? } else { Keys::make(&config.key_file)? };
    instance::mark(&db, false, moment(STARTED)?).await?;
    instance::tie(&db, &keys).await?;
    let app =
        App::new(db, Clock::at(moment(STARTED)?), keys, Transport::Files("mail".into()), config, false)?;
    bring_in(&app, &pack(&BEFORE, RECOMMENDATIONS)).await?;
    projects::start(&app, SLUG).await?;
    app.clock.advance_to(moment(LAST_EDITION)?);
    compose(&app).await?;
    people_told(&app, people).await?;
    app.clock.advance_to(moment(SAID)?);
    bring_in(&app, &pack(&SINCE, RECOMMENDATIONS / 3)).await?;
    app.clock.advance_to(moment(EDITION)?);
    let composed = compose(&app).await?;
    ensure!(composed == people, "{composed} updates for {people} people");
    app.db.settle().await?;
    app.db.close().await
}

async fn bring_in(app: &App, pack: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let report = import(app, pack, false).await?;
    ensure!(report.errors.is_empty(), "{:?}", report.errors);
    Ok(())
}

async fn the_project(app: &App) -> anyhow::Result<project::Model> {
    project::by_slug(&app.db.reader, SLUG).await?.context("the project")
}

async fn compose(app: &App) -> anyhow::Result<usize> {
    let (project, mut ticked) = (the_project(app).await?, Ticked::default());
    notice::run(app, &project, &mut ticked).await?;
    compose::run(app, project.id, &mut ticked).await?;
    Ok(ticked.updates)
}

/// People who were told everything in the last edition. Each spoke for one to four recommendations.
async fn people_told(app: &App, people: usize) -> anyhow::Result<()> {
    let project = the_project(app).await?;
    let recommendations: Vec<RecommendationId> =
        recommendation::in_project(&app.db.reader, project.id).await?.iter().map(|row| row.id).collect();
    let tx = store::begin(&app.db).await?;
    for from in (0..people).step_by(5_000) {
        let (mut persons, mut contacts, mut stories) = (Vec::new(), Vec::new(), Vec::new());
        let (mut links, mut cursors) = (Vec::new(), Vec::new());
        for number in from..people.min(from + 5_000) {
            let person = person(&project, number);
            let contact = Contact {
                greeting_name: Some(format!("{} {}", NAMES[number % NAMES.len()], surname(number))),
                email: Some(format!("reader{number}@people.example")),
                ..Contact::default()
            };
            contacts.push(vault::Model {
                participant_id: person.id,
                project_id: project.id,
                sealed: app.keys.seal(person.id.0.as_bytes(), &contact)?,
                address_hash: Some(
                    app.keys.address_hash(project.id.0.as_bytes(), &format!("reader{number}")),
                ),
            });
            let story = story(project.id, person.id, number);
            let mut places: Vec<usize> = (0..=number % 4)
                .map(|nth| (number + nth * (number / RECOMMENDATIONS + 7)) % RECOMMENDATIONS)
                .collect();
            places.sort_unstable();
            places.dedup();
            for place in places {
                let recommendation_id = recommendations[place];
                links.push(
                    evidence::Model {
                        id: EvidenceId::new(),
                        project_id: project.id,
                        recommendation_id,
                        story_id: story.id,
                        direction: Direction::Supports,
                        why: None,
                        linked_seq: 0,
                    }
                    .into_active_model()
                    .reset_all(),
                );
                cursors.push(cursor::Model {
                    participant_id: person.id,
                    recommendation_id,
                    told_seq: project.head_seq,
                    maybe_seq: 0,
                    introduced: true,
                });
            }
            persons.push(person.into_active_model().reset_all());
            stories.push(story.into_active_model().reset_all());
        }
        participant::insert_many(&tx, persons).await?;
        vault::put(&tx, contacts).await?;
        story::insert_many(&tx, stories).await?;
        evidence::insert_many(&tx, links).await?;
        cursor::advance(&tx, &cursors).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Three letters and more, each number another one.
fn surname(number: usize) -> String {
    let mut left = number + 26 * 26;
    let mut letters = vec![b'B'];
    while left > 0 {
        letters.push(b'a' + u8::try_from(left % 26).unwrap_or(0));
        left /= 26;
    }
    String::from_utf8_lossy(&letters).into_owned()
}

fn story(project_id: ProjectId, teller: ParticipantId, number: usize) -> story::Model {
    story::Model {
        id: StoryId::new(),
        project_id,
        participant_id: Some(teller),
        code: Some(format!("ST{number:06}")),
        code_hash: format!("{number:064x}"),
        summary: Some("Tells of a long evening on the way home".to_owned()),
        url: None,
        medium: Some(Medium::Written),
        gathered_on: NaiveDate::from_ymd_opt(2026, 1, 10),
        consent: Some(Consent::Internal),
        attribution: None,
        content_note: None,
        withdrawn_at: None,
    }
}

fn person(project: &project::Model, number: usize) -> participant::Model {
    let told_on = NaiveDate::from_ymd_opt(2026, 3, 1);
    participant::Model {
        id: ParticipantId::new(),
        project_id: project.id,
        reference: format!("T{number:06}"),
        skeleton: format!("t{number:06}"),
        channel: Channel::Email,
        language: "en".to_owned(),
        format: Format::Standard,
        cadence: Cadence::Every,
        quiet_times: None,
        contact_consent: true,
        state: ParticipantState::Active,
        chosen: String::new(),
        told_seq: project.head_seq,
        maybe_seq: 0,
        last_period: told_on,
        first_told_at: moment(LAST_EDITION).ok().map(Into::into),
        joined_on: NaiveDate::from_ymd_opt(2026, 2, 1).unwrap_or_default(),
        acted_on: None,
        chose_on: None,
        told_on,
        bounced_at: None,
        bounced_why: None,
        bounced_hash: None,
        address_since: None,
    }
}

/// The sheets, with these rows of history spread over the first so many recommendations, or all of them for each.
fn pack(rows: &[&str], recommendations: usize) -> BTreeMap<String, Vec<u8>> {
    let mut listed = "ref,title,text,responsible,published_on,response_due_on\n".to_owned();
    let mut history =
        "recommendation,on,kind,value,reason,explanation,tried,decided_by,unblock,in_our_control,review_on\n"
            .to_owned();
    for number in 0..RECOMMENDATIONS {
        let title = format!("{} {}", THINGS[number % THINGS.len()], PLACES[number / THINGS.len()]);
        let _ = writeln!(
            listed,
            "R{number:02},{title},\"{title}, so that people who work late, walk slowly or read with trouble can use it as \
             others do.\",Wennbridge Town Council,2026-02-01,2026-05-01"
        );
    }
    let all = recommendations == RECOMMENDATIONS;
    for number in 0..recommendations {
        for (place, row) in rows.iter().enumerate() {
            if all || number % rows.len() == place {
                let reference = if all { number } else { number * RECOMMENDATIONS / recommendations };
                let _ = writeln!(history, "R{reference:02},{row}");
            }
        }
    }
    let project = "key,value\nslug,the-long-road\ntitle,The long road home\norganisation,The Listening Table\n\
                   sender_name,Maren\ncontact_email,maren@listeningtable.example\ncontact_phone,01632 960001\n\
                   timezone,Europe/London\nschedule,0 10 1 * *\nreview_days,5\n";
    let sheets = [
        ("project.csv", project.to_owned()),
        ("participants.csv", "id,greeting_name,channel,contact_consent\nT0,Teller,none,no\n".to_owned()),
        (
            "stories.csv",
            "code,participant,summary,medium,consent\nKTR7,T0,A long way,written,internal\n".to_owned(),
        ),
        ("recommendations.csv", listed),
        ("evidence.csv", "recommendation,story,direction,why\nR01,KTR7,supports,Tells why\n".to_owned()),
        ("history.csv", history),
    ];
    sheets.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}
