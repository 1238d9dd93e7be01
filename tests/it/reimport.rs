//! A sheet comes in again, as it was or with columns left out, after people and staff have said otherwise.

use hearback::actions::addresses;
use hearback::actions::import::Report;
use hearback::store::vault;

use crate::harness::{SLUG, Sheets, Trial, on_both};

fn warned(report: &Report, file: &str, row: u32, column: &str, says: &str) {
    let found = report.warnings.iter().any(|warning| {
        (warning.file.as_str(), warning.row, warning.column.as_deref()) == (file, Some(row), Some(column))
            && warning.message.contains(says)
    });
    assert!(found, "{file} {row} {column} {says}: {:?}", report.warnings);
}

/// Nothing came in and nothing changed.
fn nothing_new(report: &Report) {
    assert_eq!(report.errors, []);
    assert!(report.added.values().all(|count| *count == 0), "{:?}", report.added);
    assert!(report.changed.values().all(Vec::is_empty), "{:?}", report.changed);
}

async fn address_of(t: &Trial, reference: &str) -> Option<String> {
    let person = t.person(reference).await;
    let sealed = vault::find(&t.app().db.reader, person.id).await.expect("a query").expect("contact data");
    t.app().keys.open(person.id.0.as_bytes(), &sealed.sealed).expect("opened").email
}

#[tokio::test]
async fn an_address_that_somebody_gave_is_not_taken_back_to_the_old_one_by_the_sheet() {
    on_both(|t| async move {
        let mut sheets = Sheets::small();
        t.bring_in(&sheets).await;
        t.app().clock.advance_to(crate::harness::at("2026-03-05T12:00Z"));
        addresses::set_address(&t.app(), SLUG, "P01", "sam.safe@people.example").await.expect("set");
        for _ in 0..2 {
            let report = t.bring_in(&sheets).await;
            nothing_new(&report);
            warned(
                &report,
                "participants.csv",
                2,
                "email",
                "P01 was given another address on 2026-03-05; that one stays",
            );
            assert!(report.warnings.iter().all(|warning| !warning.message.contains('@')));
        }
        assert_eq!(address_of(&t, "P01").await.as_deref(), Some("sam.safe@people.example"));
        t.tick_at("2026-04-01T10:00Z").await;
        assert_eq!(t.mails_to("sam@people.example").len(), 0);
        assert_eq!(t.mails_to("sam.safe@people.example").len(), 1);
        // Neither by a third address, nor by none.
        let old = "P01,Sam,sam@people.example,,,email";
        for other in ["P01,Sam,other@people.example,,,email", "P01,Sam,,,,none"] {
            let report = t.bring_in(sheets.clone().swap("participants", old, other)).await;
            warned(&report, "participants.csv", 2, "email", "that one stays");
            assert_eq!(address_of(&t, "P01").await.as_deref(), Some("sam.safe@people.example"));
        }
        t.bring_in(&sheets).await;
        let report = t.bring_in(sheets.swap("participants", "sam@people", "sam.safe@people")).await;
        nothing_new(&report);
        assert_eq!(report.warnings, []);
        // Whose address came by the sheet gets the next one by the sheet.
        sheets.swap("participants", "kit@people", "kit.new@people");
        assert_eq!(t.bring_in(&sheets).await.warnings, []);
        assert_eq!(address_of(&t, "P02").await.as_deref(), Some("kit.new@people.example"));
    })
    .await;
}
