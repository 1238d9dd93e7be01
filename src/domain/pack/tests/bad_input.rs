//! What a sheet can get wrong: each case is one edit of a good pack and gets exactly one error, or exactly one warning, at
//! its place, in whichever form the pack comes in. What only one of the forms can hold is in `containers`. What could harm
//! somebody is in the table of `tests/it/safety`, which goes through the whole program.

use super::forms::Form;
use super::*;
use crate::domain::pack::{MAX_FILE, MAX_TRANSLATED};

/// `sheet: what is replaced => by what, row column, what the message says`
macro_rules! cases {
    ($($sheet:ident: $from:expr => $to:expr, $row:literal $column:literal, $says:expr;)+) => {
        [$((concat!(stringify!($sheet), ".csv"), $from, $to, $row, $column, $says)),+]
    };
}

#[test]
fn every_bad_cell_gets_one_error_at_its_place_in_every_form() {
    let long_name = "W".repeat(101);
    let long_promise = "p".repeat(301);
    let cases = cases! {
        // Addresses and names that would break a mail.
        participants: "wren@lido.example" => "\"\"\"ab\"\"@x.org\"", 2 "email", "quotation marks";
        participants: ",Wren," => &format!(",{long_name},"), 2 "greeting_name", "100";
        participants: "wren@lido.example" => "", 2 "email", "because the channel is email";
        participants: "+44 161 496 0999" => "", 3 "phone", "because the channel is phone";
        participants: "\"2 Weir Row\nMillbrook\"" => "", 4 "postal_address", "because the channel is letter";
        participants: "+44 161 496 0999" => "ring the kiosk", 3 "phone", "5 to 20 digits";
        project: "hello@lido.example" => "hello@localhost", 7 "value", "expected";
        recommendations: "parks@town.example" => "parks at town", 2 "responsible_email", "expected";
        // NUL and its kin.
        stories: "Swam there" => "Swam\u{1b}[31m", 2 "summary", "U+001B";
        themes: "Morning water" => "Morning\twater", 2 "title", "U+0009";
        recommendations: "Open at six," => "\"Open\nat six\",", 2 "title", "line break";
        // Codes.
        participants: "P4," => "\u{420}1,", 5 "id", "(row 5) is a duplicate of `P1` (row 2)";
        recommendations: "R2," => "R1,", 3 "ref", "`R1` (row 2)";
        recommendations: "R2," => "project,", 3 "ref", "the project itself";
        recommendations: "R2," => "R 2,", 3 "ref", "no blanks";
        evidence: "R1,AX" => "R1,ax", 2 "story", "did you mean `AX`? Capitals count";
        evidence: "R1,BY,qualifies" => "R1,AX,supports", 3 "direction", "(row 3) stand in row 2";
        stories: "T1;T2" => "T1;T8;T9",
            2 "themes", "`T8`: expected one that stands in themes.csv; unknown theme `T9`";
        recommendations: "L1;L2" => "L1;L7", 3 "learnings", "`L7`";
        learnings: "L2,T2" => "L2,T9", 3 "theme", "`T9`";
        stories: "BY,P2" => "BY,P9", 3 "participant", "`P9`";
        // Dates and time.
        stories: "2024-03-01" => "0204-03-01", 2 "gathered_on", "1900 to 2200";
        recommendations: "2025-07-10" => "2025-01-09", 2 "response_due_on", "published_on";
        recommendations: "2026-01-10" => "2025-01-09", 3 "target_on", "published_on";
        project: "0 10 1 * *" => "0 10 1 *", 11 "value", "five fields";
        project: "0 10 1 * *" => "0 0 10 1 * *", 11 "value", "five fields";
        project: "0 10 1 * *" => "0 99 1 * *", 11 "value", "cron";
        project: "days,7" => "days,-7", 12 "value", "0 to 3650";
        project: "quiet_times,Sun" => "quiet_times,Mon-Sun", 13 "value", "never end";
        project: "river-lido" => "River Lido", 2 "value", "small letters";
        project: "language,en" => "language,English", 9 "value", "language tag";
        participants: "Fri 12:00-15:00" => "Fri afternoon", 3 "quiet_times", "expected quiet times";
        participants: "Fri 12:00-15:00" => "Lent", 3 "quiet_times", "calendar (Harvest Home)";
        project: "quiet_times,Sun" => "quiet_times,Harvest", 13 "value", "calendar (Harvest Home)";
        // Words of the product.
        participants: "phone,cy" => "fax,cy", 3 "channel", "email, letter, phone, none";
        participants: "plain_text" => "Text only", 3 "format", "standard, large_print, plain_text";
        participants: "quarterly" => "weekly", 3 "cadence", "when_done";
        participants: ",,yes\nP2" => ",,Y\nP2", 2 "contact_consent", "yes or no";
        stories: "video" => "film", 2 "medium", "third_person";
        stories: "internal" => "public", 3 "consent", "public_named, or nothing";
        stories: "public_anonymous,code" => "public_anonymous,named",
            2 "attribution", "does not cover a name";
        evidence: "qualifies" => "against", 3 "direction", "supports, qualifies";
        // History.
        history: "response,accepted" => "response,awaiting",
            2 "value", "accepted, accepted_in_part, declined";
        history: "progress,done," => "progress,not_started,", 5 "value", "planned";
        history: "progress,done," => "progess,done,", 5 "kind", "progress";
        history: "response,accepted,,," => "response,declined,money,,",
            2 "explanation", "because it is declined";
        history: "response,accepted,,," => "response,accepted_in_part,,Some of it.,",
            2 "reason", "our_own_delay";
        history: "no,2025-06-01" => "no,", 3 "review_on", "next look";
        history: "no,2025-06-01" => "no,2025-02-01", 3 "review_on", "not before `on`";
        history: "progress,done,,The ramp is open." => "progress,done,,", 5 "explanation", "the outcome";
        history: "progress,done,,The ramp is open." => "progress,stopped,money,", 5 "explanation", "stopped";
        history: "progress,done,,The ramp is open." => "progress,superseded,,New.", 5 "reason", "superseded";
        history: "R1,2025-02-01,response,accepted,,," => "R1,2025-02-01,response,accepted,other,,",
            2 "explanation", "`other`";
        history: "2025-05-01,,\n" => ",,\n", 4 "due_on", "the day by which";
        history: "2025-05-01,,\n" => "2025-02-01,,\n", 4 "due_on", "not before `on`";
        history: "promise,A drawing of the ramp" => "promise_moved,A drawing of the ramp",
            4 "explanation", "moved";
        history: "promise,A drawing of the ramp" => &format!("promise,{long_promise}"), 4 "value", "300";
        history: "promise,A drawing of the ramp" => "promise,", 4 "value", "what is promised";
        history: "note,The ramp has a handrail too" => "target,next year", 6 "value", "year-month-day";
        history: "R2,2025-05-01,note,The ramp has a handrail too" => "R1,2025-02-01,response,accepted",
            6 "value", "(row 6) stand in row 2";
        // Acts.
        acts: "P1,2025-06-01,choose" => "P9,2025-06-01,choose", 2 "participant", "`P9`";
        participants: "P4," => "EXAMPLE,", 5 "id", "the template's example";
        recommendations: "R2," => "EXAMPLE,", 3 "ref", "the template's example";
        project: "support_contact,\"The kiosk, 161 496 0112\"" => "dates,month_first", 14 "value", "day_first";
        acts: "pause" => "forget", 4 "act", "stop, pause, resume";
        acts: "withdraw,BY" => "withdraw,AX", 3 "story", "somebody else's";
        acts: "withdraw,BY" => "withdraw,QQ", 3 "story", "unknown story";
        acts: "pause,," => "pause,CZ,", 4 "story", "only withdraw";
        acts: "pause,," => "pause,,every", 4 "value", "only choose";
        acts: "cadence=yearly" => "", 2 "value", "what was chosen";
        acts: "cadence=yearly" => "cadence=weekly", 2 "value", "for cadence";
        acts: "cadence=yearly" => "Sat", 2 "value", "several";
        // Blank where something must stand.
        stories: "AX,P1" => "AX,", 2 "participant", "blank";
        recommendations: "R1,Open at six" => "R1,\u{a0}\u{200b}", 2 "title", "blank";
        project: "river-lido" => "", 2 "value", "blank";
    };
    for (form, (file, from, to, row, column, says)) in in_every_form(cases) {
        let files = edited(file, from, to);
        if !form.can_hold(&files) {
            continue;
        }
        let faults = form.read(&files).1;
        let says = if form.is_workbook() {
            says.replace("stories.csv", "the sheet stories")
        } else {
            says.to_owned()
        };
        let says = if form.is_workbook() { says.replace("themes.csv", "the sheet themes") } else { says };
        assert_fault(&faults.errors, file, row, column, &says);
        assert_eq!(faults.warnings, [], "{form:?}: {from} -> {to}");
        assert!(
            faults.errors[0].message.contains("expected") || says.contains("did you mean"),
            "{:?}",
            faults.errors
        );
    }
}

/// Each case in each form.
fn in_every_form<T: Clone, const N: usize>(cases: [T; N]) -> impl Iterator<Item = (Form, T)> {
    cases.into_iter().flat_map(|case| Form::ALL.map(|form| (form, case.clone())))
}

#[test]
fn every_doubtful_cell_gets_one_warning_in_every_form_and_does_not_stop_the_import() {
    let cases = cases! {
        project: "hello@lido.example" => "hello@\u{3bb}ido.example", 7 "value", "look-alike letters";
        stories: "AX,P1,Swam" => "AX,P1,\u{2066}Swam", 2 "summary", "taken out";
        stories: "public_anonymous,code" => "public_anonymous,chosen_name", 2 "attribution", "public_named";
        recommendations: "R2,Build a ramp" => "R2,\u{202d}Build a ramp", 3 "title", "taken out";
        themes: "\nT2" => "\n\u{422}3,Echo,\nT2", 3 "id", "look-alike letters";
        history: "yes,,,Everyone" => "yes,,2025-09-01,Everyone", 5 "due_on", "not used";
        acts: "cadence=yearly" => "letter", 2 "value", "nothing in participants.csv";
        participants: ",contact_consent\n" => ",\n", 0 "", "stands for consent";
    };
    for (form, (file, from, to, row, column, says)) in in_every_form(cases) {
        let mut files = edited(file, from, to);
        if row == 0 {
            // Without the name of the column its cells must go too.
            let text = String::from_utf8(files[file].clone()).unwrap().replace(",yes\n", ",\n");
            files.insert(file.to_owned(), text.into_bytes());
        }
        let faults = form.read(&files).1;
        assert_eq!(faults.errors, [], "{form:?}");
        let says = if form.is_workbook() {
            says.replace("participants.csv", "the sheet participants")
        } else {
            says.to_owned()
        };
        assert_fault(&faults.warnings, file, row, column, &says);
    }
}

#[test]
fn a_lone_code_in_look_alike_letters_is_a_warning_also_where_the_import_is_refused() {
    let mut files = edited("stories.csv", "CZ,", "\u{421}\u{396},");
    edit(&mut files, "evidence.csv", "CZ", "\u{421}\u{396}");
    assert_fault(&faults(&files).warnings, "stories.csv", 4, "code", "look-alike letters");
    edit(&mut files, "stories.csv", "video", "film");
    let faults = faults(&files);
    assert_fault(&faults.warnings, "stories.csv", 4, "code", "look-alike letters");
    assert_fault(&faults.errors, "stories.csv", 2, "medium", "expected");
}

#[test]
fn rows_that_do_not_fit_the_header_say_where_and_what_was_expected() {
    let cases = cases! {
        // A comma that moves all other cells on by one column, into a blank one at the end.
        history: "The ramp is open." => "The ramp, at last, is open.", 5 "", "found 16";
        stories: "medium" => "meduim", 1 "meduim", "`medium`";
        stories: "code," => ",", 1 "code", "expected a column `code`";
        stories: "code,participant,summary,url,medium" => "AX,P1,Swam,,video", 1 "", "names of the columns";
        project: "sender_name" => "sender_nam", 6 "key", "`sender_name`";
        project: "timezone," => "time\0zone,", 10 "key", "NUL";
        project: "timezone," => ",", 10 "key", "blank";
        project: "timezone," => "timezone,,", 10 "", "found 3";
        project: "timezone," => "timezone,\"", 10 "value", "opens on line 11";
        project: "support_contact" => "language", 14 "key", "once";
        project: "timezone,Europe/London\n" => "", 0 "timezone", "expected a row with the key";
    };
    for (file, from, to, row, column, says) in cases {
        let mut files = edited(file, from, to);
        if file == "stories.csv" && to == "," {
            for code in ["AX", "BY", "CZ"] {
                edit(&mut files, file, &format!("\n{code},"), "\n,");
            }
        }
        assert_fault(&faults(&files).errors, file, row, column, says);
    }
}

#[test]
fn a_file_beyond_the_limit_is_an_error() {
    let mut files = files();
    files.insert("themes.csv".into(), vec![b'x'; MAX_FILE + 1]);
    assert_fault(&faults(&files).errors, "themes.csv", 0, "", "16 MiB");
}

#[test]
fn where_not_every_error_is_listed_nothing_is_judged_further() {
    let mut files = files();
    let twice = "R1,AX,supports,\n".repeat(10_002);
    files.insert("evidence.csv".into(), format!("recommendation,story,direction,why\n{twice}").into_bytes());
    let (read, faults) = read(&files, &calendars());
    assert!(read.is_none(), "rows beyond the listed ones are in error too, and nobody knows which");
    assert_eq!(faults.errors.len(), 10_001);
    assert!(faults.errors.last().is_some_and(|last| last.message.contains("not listed")));
}

#[test]
fn cells_in_other_languages_are_limited_because_each_takes_hundreds_of_times_its_room() {
    let languages: Vec<String> = ('a'..='z').map(|letter| format!("explanation_x{letter}")).collect();
    let words = vec!["w"; languages.len()].join(",");
    let sheet = |rows: usize| {
        let rows: String = (0..rows).map(|row| format!("R1,2025-02-01,note,N{row},w,{words}\n")).collect();
        format!("recommendation,on,kind,value,explanation,{}\n{rows}", languages.join(",")).into_bytes()
    };
    let mut files = files();
    files.insert("history.csv".into(), sheet(MAX_TRANSLATED / 26));
    assert_eq!(faults(&files).errors, []);
    files.insert("history.csv".into(), sheet(MAX_TRANSLATED / 26 + 1));
    let row = u32::try_from(MAX_TRANSLATED / 26 + 2).unwrap();
    assert_fault(&faults(&files).errors, "history.csv", row, "", "50000 cells in other languages");
}

#[test]
fn no_message_repeats_how_a_person_is_reached() {
    let secrets = ["wren@", "lido.example", "496 0999", "Weir", "Millbrook", "Wren", "Tarn"];
    for (from, to) in [
        ("wren@lido.example", "wren@lido.example@lido.example"),
        ("wren@lido.example", "Wren <wren@lido.example>"),
        ("+44 161 496 0999", "+44 161 496 0999 after six"),
        ("2 Weir Row", "2 Weir Row\0"),
        (
            "id,greeting_name,email,phone,postal_address,channel,language,format,cadence,quiet_times,contact_consent\n",
            "",
        ),
        ("id,greeting_name", "id,wren@lido.example"),
        ("id,greeting_name", "id,+44 161 496 0999"),
        ("P4,,", "P4,,WREN@lido.example"),
        ("P1,Wren,", "P1,wren@lido.example,"),
        ("P1,Wren", "P2,Wren"),
        ("P1,Wren", "wren@lido.example,,,,,none,,,,,\nwren@lido.example,Wren"),
        ("P1,Wren,wren@lido.example", "P1,wren@lido.example"),
    ] {
        let told = format!("{:?}", faults(&edited("participants.csv", from, to)));
        assert!(!secrets.iter().any(|secret| told.contains(secret)), "{from} -> {to}: {told}");
    }
    let told = format!("{:?}", faults(&edited("stories.csv", "AX,P1", "AX,wren@lido.example")));
    assert!(told.contains("not shown") && !told.contains("wren"), "{told}");
}
