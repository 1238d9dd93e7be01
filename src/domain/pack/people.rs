//! The sheets `participants` and `acts`: who is told and how, and what they did.

use super::cells::{Cell, Cells};
use super::faults::Place;
use super::notes::{Act, Notes};
use super::rows::{ActRow, ParticipantRow};
use super::sheets::Sheet;
use super::{Content, Row, codes, contact, table, values};
use crate::domain::calendars::Calendars;
use crate::domain::quiet::QuietTimes;
use crate::domain::words::{ActKind, Cadence, Channel, Choice, Format};

pub(super) fn participants(
    notes: &mut Notes,
    content: Content<'_>,
    language: &str,
) -> Vec<Row<ParticipantRow>> {
    let sheet = Sheet::Participants;
    let rows = table::rows(notes, sheet, sheet.columns(), content, |cells| participant(cells, language));
    if notes.present.contains_key(&sheet) && !notes.has(sheet, "contact_consent") {
        let message = "there is no column contact_consent: a channel other than none stands for consent to be contacted";
        notes.ledger.warn(Place::file(sheet), message);
    }
    rows
}

fn participant(cells: &mut Cells<'_>, language: &str) -> Option<ParticipantRow> {
    let id = cells.own_code("id");
    cells.need("channel", &format!("one of {}", Channel::codes()));
    let channel = cells.word("channel", Channel::read, Channel::codes);
    match channel {
        Some(Channel::Email) => cells.need("email", "an e-mail address, because the channel is email"),
        Some(Channel::Letter) => {
            cells.need("postal_address", "a postal address, because the channel is letter")
        }
        Some(Channel::Phone) => cells.need("phone", "a telephone number, because the channel is phone"),
        Some(Channel::None) | None => {}
    }
    let greeting_name = cells.parsed("greeting_name", |text| contact::name(text).map(|()| text.into()));
    let email: Option<Box<str>> = cells.email("email");
    let phone = cells.parsed("phone", contact::phone).map(String::into_boxed_str);
    let postal_address = cells.short("postal_address", 1000);
    let own_language = cells.parsed("language", values::language);
    let language = cells.notes.shared(own_language.as_deref().unwrap_or(language));
    let format = cells.word("format", Format::read, Format::codes).unwrap_or(Format::Standard);
    let cadence = cells.word("cadence", Cadence::read, Cadence::codes).unwrap_or(Cadence::Every);
    let calendars = cells.notes.calendars.clone();
    let quiet_times =
        cells.parsed("quiet_times", |text| QuietTimes::parse(text, &calendars)).unwrap_or_default();
    let consent = cells.parsed("contact_consent", values::yes_or_no);
    let contact_consent = match cells.has_column("contact_consent") {
        true => consent == Some(true),
        false => channel.is_some_and(|channel| channel != Channel::None),
    };

    if let Some(email) = &email {
        cells.notes.mailbox(cells.row, email);
    }
    if let Some(id) = &id {
        let ways =
            [(Channel::Email, "email"), (Channel::Letter, "postal_address"), (Channel::Phone, "phone")];
        // A number or address that is in error is there all the same.
        let reachable_by = ways.map(|(channel, column)| (!cells.is_empty(column)).then_some(channel));
        cells.notes.reachable_by.insert(id.clone(), reachable_by);
    }
    Some(ParticipantRow {
        id: id?,
        greeting_name,
        email,
        phone,
        postal_address,
        channel: channel?,
        language,
        format,
        cadence,
        quiet_times,
        contact_consent,
    })
}

pub(super) fn acts(notes: &mut Notes, content: Content<'_>) -> Vec<Row<ActRow>> {
    table::rows(notes, Sheet::Acts, Sheet::Acts.columns(), content, act)
}

fn act(cells: &mut Cells<'_>) -> Option<ActRow> {
    cells.need("participant", "the id of a participant");
    cells.need("on", "a date such as 2025-03-31");
    cells.need("act", &format!("one of {}", ActKind::codes()));
    let participant = cells.reference("participant", Sheet::Participants);
    let on = cells.date("on");
    let act = cells.word("act", ActKind::read, ActKind::codes);
    let mut choice = None;
    match act {
        Some(ActKind::Choose) => {
            cells.need("value", "what was chosen, such as cadence=quarterly");
            let calendars = cells.notes.calendars.clone();
            choice = cells.parsed("value", |text| parse_choice(text, &calendars));
        }
        Some(_) if !cells.is_empty("value") => {
            cells.error("value", "expected nothing here: only choose has a value")
        }
        Some(_) | None => {}
    }
    let mut story = None;
    match act {
        None | Some(ActKind::Withdraw) => story = cells.reference("story", Sheet::Stories),
        Some(_) if !cells.is_empty("story") => {
            cells.error("story", "expected nothing here: only withdraw can name a story");
        }
        Some(_) => {}
    }
    if let (Some(participant), Some(story)) = (participant.clone(), story.clone()) {
        cells.notes.withdrawals.push(Act { row: cells.row, participant, story });
    }
    if let (Some(participant), Some((Choice::Channel, channel))) = (participant.clone(), &choice)
        && let Some(channel) = Channel::parse(channel)
    {
        cells.notes.channel_choices.push((cells.row, participant, channel));
    }
    if *cells.cell("value") == Cell::Bad || *cells.cell("story") == Cell::Bad {
        return None;
    }
    let (participant, on, act) = (participant?, on?, act?);
    let chosen = choice.as_ref().map(|(choice, value)| format!("{}={value}", choice.code()));
    let key = [
        &*participant,
        &on.to_string(),
        &act.to_string(),
        story.as_deref().unwrap_or_default(),
        &chosen.unwrap_or_default(),
    ];
    cells.notes.once(cells.place("act"), cells.row, &key, "this participant, day and act");
    Some(ActRow { participant, on, act, story, choice })
}

/// What a participant chose, from `field=value` or from a value that can mean only one field. The value comes back in
/// its canonical form; blank quiet times (`quiet_times=`) are none.
///
/// # Errors
/// Says what was expected. The value is not repeated: quiet times can tell a person's religion.
pub fn parse_choice(text: &str, calendars: &Calendars) -> Result<(Choice, String), String> {
    if let Some((field, value)) = text.split_once('=') {
        let field =
            Choice::read(field).ok_or_else(|| format!("expected one of {} before `=`", Choice::codes()))?;
        return Ok((field, chosen(field, value.trim(), calendars)?));
    }
    let text = text.trim();
    let all = Choice::ALL.iter().filter(|_| !text.is_empty());
    let mut fitting =
        all.filter_map(|field| chosen(*field, text, calendars).ok().map(|value| (*field, value)));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (Some((one, _)), Some((other, _))) => {
            Err(format!("this can mean several things: expected `{one}=` or `{other}=` before it"))
        }
        (None, _) => Err(format!("expected `field=value` with one of {}", Choice::codes())),
    }
}

fn chosen(field: Choice, value: &str, calendars: &Calendars) -> Result<String, String> {
    let expected = |codes: String| format!("expected one of {codes} for {field}");
    match field {
        Choice::Channel => {
            Channel::read(value).map(|it| it.to_string()).ok_or_else(|| expected(Channel::codes()))
        }
        Choice::Format => {
            Format::read(value).map(|it| it.to_string()).ok_or_else(|| expected(Format::codes()))
        }
        Choice::Cadence => {
            Cadence::read(value).map(|it| it.to_string()).ok_or_else(|| expected(Cadence::codes()))
        }
        Choice::Language => values::language(value),
        Choice::QuietTimes => QuietTimes::parse(value, calendars).map(|quiet| quiet.to_string()),
    }
}

/// A choice of channel that the sheet knows no address for is kept, because people do choose so before anybody asked
/// them where they live; but someone should ask.
pub(super) fn check_choices(notes: &mut Notes) {
    for (row, participant, channel) in std::mem::take(&mut notes.channel_choices) {
        let is_way = |ways: &[Option<Channel>]| channel == Channel::None || ways.contains(&Some(channel));
        if notes.reachable_by.get(&participant).is_some_and(|ways| !is_way(ways)) {
            let message = format!(
                "participant {} has nothing in {} by which {channel} would arrive",
                codes::quoted(&participant),
                Sheet::Participants.called(notes.is_workbook)
            );
            notes.ledger.warn(Place::cell(Sheet::Acts, row, "value"), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pack::tests::calendars;

    #[test]
    fn a_choice_is_a_field_and_a_value_or_a_value_that_can_mean_only_one_field() {
        for (text, field, value) in [
            ("cadence=quarterly", Choice::Cadence, "quarterly"),
            ("quarterly", Choice::Cadence, "quarterly"),
            ("plain_text", Choice::Format, "plain_text"),
            ("letter", Choice::Channel, "letter"),
            ("none", Choice::Channel, "none"),
            ("PT-br", Choice::Language, "pt-BR"),
            ("Friday 12:00 - 15:00", Choice::QuietTimes, "Fri 12:00-15:00"),
            ("quiet_times = Sat", Choice::QuietTimes, "Sat"),
            ("quiet_times=", Choice::QuietTimes, ""),
            ("harvest home", Choice::QuietTimes, "Harvest Home"),
            ("quiet_times=HarvestHome; sat", Choice::QuietTimes, "Harvest Home; Sat"),
        ] {
            assert_eq!(parse_choice(text, &calendars()), Ok((field, value.to_owned())), "{text}");
        }
        // Sat is a day and, as `sat`, the language Santali.
        assert!(parse_choice("Sat", &calendars()).unwrap_err().contains("several"));
        for refused in ["", "weekly", "colour=blue", "channel=fax", "format=", "language=English"] {
            assert!(parse_choice(refused, &calendars()).unwrap_err().contains("expected"), "{refused}");
        }
    }
}
