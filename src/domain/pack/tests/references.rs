//! What one fault does to the rows and sheets around it: nothing.

use super::*;

#[test]
fn a_reference_to_a_row_that_is_itself_in_error_is_not_another_error() {
    for (file, from, to, row, column) in [
        ("stories.csv", "AX,P1", "A\0X,P1", 2, "code"),
        ("stories.csv", "AX,P1", "AX\0,P1", 2, "code"),
        ("stories.csv", "AX,P1", ",P1", 2, "code"),
        ("stories.csv", "AX,P1", "\"A\nX\",P1", 2, "code"),
        ("stories.csv", "video", "film", 2, "medium"),
        ("stories.csv", "BY,P2,Learned", "BY,P2,,Learned", 3, ""),
        ("stories.csv", "BY,P2,Learned", "BY,P2,\"Learned", 3, "summary"),
        ("stories.csv", "BY,P2,Learned", "\"BY,P2,Learned", 3, "code"),
        ("participants.csv", "P3,Fell", "P3,Fell,Fell", 4, ""),
        ("participants.csv", "\"2 Weir Row", "\"2 \"Weir\" Row", 4, "postal_address"),
        ("participants.csv", "P2,", ",", 3, "id"),
        ("themes.csv", "T2,Steps", "T2,", 3, "title"),
        // Both are in use more than once, so this row most likely lost its code to a slip.
        ("stories.csv", "BY,P2", "AX,P2", 3, "code"),
        ("recommendations.csv", "R2,", "R/2,", 3, "ref"),
        ("recommendations.csv", "R1,Open", ",Open", 2, "ref"),
        ("recommendations.csv", "R1,Open", "R1\u{1},Open", 2, "ref"),
        ("recommendations.csv", "ref,", "reff,", 1, "reff"),
        ("recommendations.csv", "ref,title", "name,title", 1, "name"),
    ] {
        let found = faults(&edited(file, from, to)).errors;
        let found: Vec<_> = if to == "name,title" {
            // A name that is nothing like `ref`: the column is unknown, and `ref` is missing.
            found.into_iter().filter(|fault| fault.column.as_deref() != Some("ref")).collect()
        } else {
            found
        };
        assert_fault(&found, file, row, column, "expected");
    }
}

#[test]
fn unknown_codes_are_told_when_there_are_more_of_them_than_unreadable_rows() {
    let mut files = edited("stories.csv", "AX,P1", ",P1");
    edit(&mut files, "evidence.csv", "R2,CZ", "R2,QQ");
    let found = faults(&files).errors;
    assert!(found.iter().any(|fault| fault.message.contains("`QQ`")), "{found:#?}");
}

#[test]
fn a_quote_that_is_not_closed_hides_no_other_fault() {
    let mut files = edited("participants.csv", "\"2 Weir Row", "\"2 Weir Row, near the \"\"old\"\" gate, ");
    edit(&mut files, "participants.csv", "Millbrook\",", "Millbrook,");
    edit(&mut files, "participants.csv", "P4,,,,,none", "P4,,,,,nobody");
    let found = faults(&files).errors;
    assert_fault(&found[..1], "participants.csv", 4, "postal_address", "opens on line 4");
    assert_fault(&found[1..], "participants.csv", 5, "channel", "email, letter");
}

#[test]
fn ten_faults_in_ten_places_are_ten_errors_in_the_order_of_the_sheets() {
    let mut files = files();
    for (file, from, to) in [
        ("project.csv", "Europe/London", "Europe/Nowhere"),
        ("participants.csv", "wren@lido.example", "wren@localhost"),
        ("participants.csv", "P4,,,,,none", "P4,,,,,nobody"),
        ("stories.csv", "Swam there", "Swam\0there"),
        ("stories.csv", "CZ,P3", "BY,P3,,,audio,,,,,\nCZ,P3"),
        ("stories.csv", "gathered_on", "gathred_on"),
        ("themes.csv", "T2,Steps,", "T2,Steps,,more"),
        ("recommendations.csv", "2025-07-10", "10/07/2025"),
        ("history.csv", "The heating budget was cut.", ""),
        ("acts.csv", "withdraw,BY", "withdraw,ZZ"),
    ] {
        edit(&mut files, file, from, to);
    }
    let places: Vec<String> = faults(&files)
        .errors
        .iter()
        .map(|fault| format!("{} {:?} {:?}", fault.file, fault.row, fault.column))
        .collect();
    insta::assert_snapshot!(places.join("\n"), @r#"
    project.csv Some(10) Some("value")
    participants.csv Some(2) Some("email")
    participants.csv Some(5) Some("channel")
    stories.csv Some(1) Some("gathred_on")
    stories.csv Some(2) Some("summary")
    stories.csv Some(4) Some("code")
    themes.csv Some(3) None
    recommendations.csv Some(2) Some("response_due_on")
    history.csv Some(3) Some("explanation")
    acts.csv Some(3) Some("story")
    "#);
}

#[test]
fn one_cell_has_one_error_and_one_row_can_have_several() {
    let found = faults(&edited(
        "stories.csv",
        "AX,P1,Swam there every morning,https://lido.example/ax,video,2024-03-01",
        "AX,P9,Swam\0there,nowhere,film,soon",
    ))
    .errors;
    let columns: Vec<&str> = found.iter().filter_map(|fault| fault.column.as_deref()).collect();
    assert_eq!(columns.len(), 5, "{found:#?}");
    for column in ["participant", "summary", "url", "medium", "gathered_on"] {
        assert!(columns.contains(&column), "{column}");
    }
}

#[test]
fn a_story_is_told_by_somebody_on_the_list_even_when_their_own_row_is_wrong() {
    let mut files = edited("participants.csv", "P1,Wren", "P1,Wr\0en");
    edit(&mut files, "acts.csv", "P3,2025-06-03,pause", "P9,2025-06-03,pause");
    let found = faults(&files).errors;
    assert_fault(&found[..1], "participants.csv", 2, "greeting_name", "NUL");
    assert_fault(&found[1..], "acts.csv", 4, "participant", "`P9`");
}

#[test]
fn sound_rows_can_be_judged_further_but_not_what_follows_a_row_of_history_that_cannot_be_read() {
    for (from, to, spoiled) in [
        ("R2,2025-04-20", "R2,20/04/2025", vec!["R2"]),
        ("The ramp is open.", "The ramp, at last, is open.", vec!["R2"]),
        ("R2,2025-04-20", "R\u{0}2,2025-04-20", vec!["R1", "R2"]),
        ("R2,2025-04-20", "\"R2,2025-04-20", vec!["R1", "R2"]),
    ] {
        let (pack, faults) = read(&edited("history.csv", from, to), &calendars());
        assert_eq!(faults.errors.len(), 1, "{from} -> {to}: {:#?}", faults.errors);
        let pack = pack.unwrap();
        assert_eq!(pack.history.len(), 4, "{from} -> {to}");
        assert!(pack.spoiled.iter().eq(&spoiled), "{from} -> {to}: {:?}", pack.spoiled);
    }
    assert!(pack(&files()).spoiled.is_empty());
}
