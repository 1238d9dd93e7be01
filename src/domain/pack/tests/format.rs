//! What a sound pack may look like, and what is made of it.

use chrono::NaiveDate;

use super::*;
use crate::domain::pack::Sheet;
use crate::domain::words::{
    ActKind, Attribution, Cadence, Channel, Choice, Consent, Format, HistoryKind, Reason,
};

#[test]
fn a_sound_pack_reads_without_a_fault_into_typed_rows() {
    let (read, faults) = read(&files(), &calendars());
    assert_eq!(faults, Faults::default());
    let pack = read.unwrap();
    let project = &pack.project;
    assert_eq!((project.review_days, project.response_due_days, project.quiet_after_days), (7, 180, 60));
    assert_eq!((project.timezone.name(), project.schedule.as_str()), ("Europe/London", "0 10 1 * *"));
    assert_eq!(
        project.summary.as_deref(),
        Some("Swimmers told what they miss.\nThis follows what came of it.")
    );
    assert!(project.neutral_subjects);

    let tarn = &pack.participants[1];
    assert_eq!((tarn.line, tarn.value.channel, tarn.value.format), (3, Channel::Phone, Format::PlainText));
    assert_eq!((tarn.value.cadence, &*tarn.value.language), (Cadence::Quarterly, "cy"));
    assert_eq!(tarn.value.quiet_times.to_string(), "Fri 12:00-15:00");
    let fell = &pack.participants[2];
    assert_eq!(fell.value.postal_address.as_deref(), Some("2 Weir Row\nMillbrook"));
    assert_eq!((fell.value.cadence, &*fell.value.language), (Cadence::Every, "en"));
    // A cell with a line break lies in one row.
    assert_eq!((pack.participants[3].line, pack.participants[3].value.contact_consent), (5, false));

    let (first, last) = (&pack.stories[0].value, &pack.stories[2].value);
    assert_eq!((first.consent, first.attribution), (Some(Consent::PublicAnonymous), Attribution::Code));
    assert_eq!((last.consent, last.attribution), (None, Attribution::NotQuoted));
    assert_eq!(*first.themes, ["T1".into(), "T2".into()]);
    assert_eq!(*pack.recommendations[1].value.learnings, ["L1".into(), "L2".into()]);
    let stall = &pack.history[1].value;
    assert_eq!(
        (stall.kind, stall.value.as_str(), stall.reason),
        (HistoryKind::Progress, "stalled", Some(Reason::Money))
    );
    assert_eq!(stall.review_on, NaiveDate::from_ymd_opt(2025, 6, 1));
    assert_eq!(pack.acts[0].value.choice, Some((Choice::Cadence, "yearly".to_owned())));
    assert_eq!(
        (pack.acts[1].value.act, pack.acts[1].value.story.as_deref()),
        (ActKind::Withdraw, Some("BY"))
    );
}

#[test]
fn columns_come_in_any_order_and_case_and_optional_ones_may_be_missing() {
    let mut files = files();
    files.insert(
        "participants.csv".into(),
        b"Channel, ID ,Greeting Name\nnone,P1,Wren\nnone,P2,\nnone,P3,\n".to_vec(),
    );
    files.remove("acts.csv");
    let read = pack(&files);
    assert_eq!(read.participants[0].value.greeting_name.as_deref(), Some("Wren"));
    assert!(
        read.columns.has(Sheet::Participants, "greeting_name")
            && !read.columns.has(Sheet::Participants, "email")
    );
    assert!(
        read.columns.has(Sheet::Project, "review_days")
            && !read.columns.has(Sheet::Project, "concern_person")
    );
    assert!(read.columns.has_sheet(Sheet::Themes) && !read.columns.has_sheet(Sheet::Acts));
}

#[test]
fn consent_to_be_contacted_is_its_own_column_or_else_the_channel() {
    let consents = |files: &Files| {
        pack(files).participants.iter().map(|row| row.value.contact_consent).collect::<Vec<_>>()
    };
    assert_eq!(consents(&edited("participants.csv", ",,yes\nP2", ",,no\nP2")), [false, true, true, false]);
    assert_eq!(consents(&edited("participants.csv", ",,yes\nP2", ",,\nP2")), [false, true, true, false]);
    let without = PARTICIPANTS
        .replace(",contact_consent\n", "\n")
        .replace(",yes\n", "\n")
        .replace("none,,,,,", "none,,,,");
    let mut files = files();
    files.insert("participants.csv".into(), without.into_bytes());
    assert_eq!(consents(&files), [true, true, true, false]);
}

#[test]
fn separators_and_encodings_are_recognised() {
    for separator in [";", "\t"] {
        let mut files = files();
        files.insert("evidence.csv".into(), EVIDENCE.replace(',', separator).into_bytes());
        files.insert("learnings.csv".into(), LEARNINGS.replace(',', separator).into_bytes());
        assert_eq!(pack(&files).evidence.len(), 3, "{separator:?}");
        assert_eq!(faults(&files).warnings, []);
    }
    let titled = THEMES.replace("Morning", "Fr\u{fc}hes");
    let utf16 = |unit: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{titled}").encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    let windows: Vec<u8> = titled.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (bytes, caution) in [
        (titled.clone().into_bytes(), ""),
        (format!("\u{feff}{titled}").into_bytes(), ""),
        (utf16(u16::to_le_bytes), "UTF-16"),
        (utf16(u16::to_be_bytes), "UTF-16"),
        (windows, "Windows-1252"),
    ] {
        let mut files = files();
        files.insert("themes.csv".into(), bytes);
        assert_eq!(pack(&files).themes[0].value.title, "Fr\u{fc}hes water");
        match caution {
            "" => assert_eq!(faults(&files).warnings, []),
            caution => assert_fault(&faults(&files).warnings, "themes.csv", 0, "", caution),
        }
    }
    let mut files = files();
    files.insert("themes.csv".into(), [titled.as_bytes(), b"T3,caf\xe9,\n"].concat());
    assert_fault(&faults(&files).errors, "themes.csv", 0, "", "line 4");
}

#[test]
fn blank_rows_are_skipped_and_counted_and_blank_columns_ignored() {
    let mut files = files();
    files
        .insert("themes.csv".into(), b"id,title,,\r\n\r\n , ,,\r\nT1,Water,,\r\n\r\nT2,Steps,,\r\n".to_vec());
    let rows: Vec<u32> = pack(&files).themes.iter().map(|row| row.line).collect();
    assert_eq!(rows, [4, 6]);
    files.insert("themes.csv".into(), b"id,title,\nT1,Water,\nT2,Steps,secret\n".to_vec());
    assert_fault(&faults(&files).errors, "themes.csv", 1, "column 3", "in row 3");
}

#[test]
fn files_that_are_missing_strange_or_empty_are_named() {
    let mut files = files();
    files.insert("storys.csv".into(), files["stories.csv"].clone());
    files.insert("pack.xlsx".into(), Vec::new());
    files.insert("README.md".into(), Vec::new());
    let told: Vec<String> = faults(&files)
        .warnings
        .into_iter()
        .map(|fault| format!("{} {}", fault.file, fault.message))
        .collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("pack.xlsx") && told[1].contains("nearest name is stories.csv"), "{told:?}");

    for sheet in ["project.csv", "participants.csv", "stories.csv", "recommendations.csv"] {
        let mut files = super::files();
        files.remove(sheet);
        assert_fault(&faults(&files).errors, sheet, 0, "", "there is none");
        files.insert(sheet.into(), Vec::new());
        assert_fault(&faults(&files).errors, sheet, 0, "", "empty");
    }
}
