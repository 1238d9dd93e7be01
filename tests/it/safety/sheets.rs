//! Cells that are too long or too many, codes, days and what history may say.

use chrono::{Days, NaiveDate};

use super::*;

pub const TOO_MUCH: &str = "NUL in any field; 10 MB cell; 100,001 rows";
pub const LOOK_ALIKES: &str =
    "look-alike letters in a code or domain; a code printed twice; an unknown code in evidence";
pub const TIMES: &str = "`Europe/Nowhere`; 29 February; 01:30 on the night the clocks change";
pub const CHANGES: &str = "a status change without its explanation; an illegal transition";

/// Acts of seven people, each on another day.
fn many_acts() -> Vec<u8> {
    let first = NaiveDate::from_ymd_opt(1901, 1, 1).expect("a day");
    let row = |at: u64| format!("P0{},{},pause,,\n", at % 7 + 1, first + Days::new(at / 7));
    let rows: String = (0..=100_000).map(row).collect();
    format!("participant,on,act,story,value\n{rows}").into_bytes()
}

pub fn cases() -> Vec<Case> {
    let one_more = "R1,2026-02-10,progress,stalled";
    vec![
        case(
            TOO_MUCH,
            edit("stories", "A fall at", "A fall\0at"),
            error("stories", 3, "summary", "U+0000 (NUL)"),
        ),
        case(TOO_MUCH, edit("participants", "P07,", "P07\0,"), error("participants", 8, "id", "NUL")),
        case(
            TOO_MUCH,
            edit("project", "sender_name,Robin", "sender_name,Ro\0bin"),
            error("project", 5, "value", "NUL"),
        ),
        case(
            TOO_MUCH,
            edit_csv("stories", "A fall", &"x".repeat(10 * 1024 * 1024)),
            error("stories", 3, "summary", "at most 65536 characters"),
        ),
        case(
            TOO_MUCH,
            File("long.ods", |files| {
                let mut files = files.clone();
                let text = String::from_utf8(files["stories.csv"].clone()).expect("text");
                // Of letters that do not repeat, so that it is no bomb.
                let long: String = (0..10_u32 * 1024 * 1024)
                    .map(|at| {
                        char::from(
                            b'a' + u8::try_from(at.wrapping_mul(2_654_435_761) >> 28).expect("below 16"),
                        )
                    })
                    .collect();
                files.insert("stories.csv".to_owned(), text.replacen("A fall", &long, 1).into_bytes());
                ods(&content(&files))
            }),
            error("stories", 3, "summary", "at most 65536 characters"),
        ),
        case(
            TOO_MUCH,
            Bytes("recommendations", |text| {
                let row = |at| format!("Q{at},T,X,,2026-02-01,2026-05-01\n");
                [text.to_owned(), (0..=10_000).map(row).collect()].concat().into_bytes()
            }),
            error("recommendations", 10_002, "", "at most 10000 rows"),
        ),
        case(TOO_MUCH, Bytes("acts", |_| many_acts()), error("acts", 100_002, "", "at most 100000 rows")),
        case(
            TOO_MUCH,
            File("many.zip", |files| {
                let mut files = files.clone();
                files.insert("acts.csv".to_owned(), many_acts());
                zipped(&files)
            }),
            // After the 37 rows of the other sheets.
            error("acts", 100_002 - 37, "", "at most 100000 rows in all sheets"),
        ),
        case(
            LOOK_ALIKES,
            edit("stories", "MWD2,P02", "\u{41a}TR7,P01,Told again,audio,,code\nMWD2,P02"),
            error(
                "stories",
                3,
                "code",
                "(row 3) is a duplicate of `KTR7` (row 2), from which it differs only by look-alike",
            ),
        ),
        case(
            LOOK_ALIKES,
            edit("stories", "MWD2,P02", "KTR7,P01,Told again,audio,,code\nMWD2,P02"),
            error("stories", 3, "code", "`KTR7` (row 3) is a duplicate of `KTR7` (row 2)"),
        ),
        case(
            LOOK_ALIKES,
            edit("participants", SAM, "sam@pe\u{43e}ple.example"),
            Stored(warning("participants", 2, "email", "look-alike letters"), vec![]),
        ),
        case(
            LOOK_ALIKES,
            edit("evidence", "R1,KTR7", "R1,NOPE"),
            error("evidence", 2, "story", "unknown story `NOPE`"),
        ),
        case(
            LOOK_ALIKES,
            edit("evidence", "R1,KTR7", "R1,\u{41a}TR7"),
            error("evidence", 2, "story", "did you mean `KTR7` (row 2 of "),
        ),
        case(
            TIMES,
            edit("project", "Europe/London", "Europe/Nowhere"),
            error("project", 8, "value", "such as Europe/London"),
        ),
        case(TIMES, edit("project", "0 10 1 * *", "0 10 30 2 *"), error("project", 9, "value", "never does")),
        case(TIMES, edit("project", "0 10 1 * *", "0 10 29 2 *"), Stored(vec![], vec![])),
        // On 29 March there is no 01:30 in London: one edition, at the next moment that there is.
        case(
            TIMES,
            edit("project", "0 10 1 * *", "30 1 29 3 *"),
            Stored(vec![], vec![Text(SAM, "The lamps cost too much.")]),
        ),
        case(
            TIMES,
            edit("recommendations", "council,2026-02-01", "council,2026-02-29"),
            error("recommendations", 2, "published_on", "a day that exists"),
        ),
        case(
            CHANGES,
            edit("history", "The lamps cost too much.", ""),
            error("history", 2, "explanation", "because it is stalled"),
        ),
        case(
            CHANGES,
            edit(
                "history",
                one_more,
                "R1,2026-02-09,response,declined,money,,The council,,,\nR1,2026-02-10,progress,stalled",
            ),
            error("history", 2, "explanation", "because it is declined"),
        ),
        case(
            CHANGES,
            edit(
                "history",
                one_more,
                "R1,2026-02-09,progress,stopped,money,No money.,The council,,,\nR1,2026-02-10,progress,stalled",
            ),
            error("history", 3, "value", "stopped"),
        ),
    ]
}

const SAM: &str = "sam@people.example";
