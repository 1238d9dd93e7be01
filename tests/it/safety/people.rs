//! Addresses and names.

use super::*;

pub const HEADERS: &str = "`a@x.org\\r\\nRCPT TO:<e@x>` as address; name `Evil\\r\\nBcc: e@x`";
pub const NO_ADDRESS: &str =
    "`a@localhost`, `a@[127.0.0.1]`, `\"a b\"@x.org`, 65-character local part, 321-character address";
pub const BLANKS: &str = "blanks, tabs, zero-width spaces around an address";
pub const TURNED: &str = "U+202E in a name or subject";
pub const OTHER_LETTERS: &str = "`user@exämple.org`; a non-ASCII local part without SMTPUTF8";
pub const TWICE: &str = "the same address in other case; with plus";

const SAM: &str = "sam@people.example";
const LEE: &str = "lee@people.example";

pub fn cases() -> Vec<Case> {
    let no_address = |to: &str, says: &'static str| {
        case(NO_ADDRESS, edit("participants", SAM, to), error("participants", 2, "email", says))
    };
    vec![
        case(
            HEADERS,
            edit("participants", SAM, "\"a@x.org\r\nRCPT TO:<e@x>\""),
            error("participants", 2, "email", "expected one line"),
        ),
        case(
            HEADERS,
            edit("participants", ",Sam,", ",\"Evil\r\nBcc: e@x\","),
            error("participants", 2, "greeting_name", "expected one line"),
        ),
        case(
            HEADERS,
            edit("project", "sender_name,Robin", "sender_name,\"Evil\r\nBcc: e@x\""),
            error("project", 5, "value", "expected one line"),
        ),
        no_address("a@localhost", "known to the world"),
        no_address("a@[127.0.0.1]", "not the number of a machine"),
        no_address("\"\"\"a b\"\"@x.org\"", "expected one e-mail address"),
        no_address(&format!("{}@x.org", "a".repeat(65)), "at most 64"),
        no_address(&format!("a@{}.org", "b".repeat(315)), "expected"),
        no_address(
            &format!(
                "a@{}.org",
                ["b".repeat(63), "c".repeat(63), "d".repeat(63), "e".repeat(63), "f".repeat(55)].join(".")
            ),
            "expected",
        ),
        case(
            BLANKS,
            edit("participants", SAM, "\"\u{200b} \t sam@people.example\u{a0}\u{feff}\r\n\""),
            Stored(vec![], vec![Text(SAM, "The lamps cost too much.")]),
        ),
        case(
            TURNED,
            edit("participants", ",Sam,", ",\u{202e}Sam,"),
            Stored(
                warning("participants", 2, "greeting_name", "U+202E"),
                vec![Text(SAM, "Sam"), Never(SAM, "\u{202e}")],
            ),
        ),
        case(
            TURNED,
            edit("project", "sender_name,Robin", "sender_name,Ro\u{202e}bin"),
            Stored(
                warning("project", 5, "value", "U+202E"),
                vec![Text(SAM, "Robin"), Never(SAM, "\u{202e}")],
            ),
        ),
        case(
            OTHER_LETTERS,
            edit("participants", SAM, "sam@ex\u{e4}mple.org"),
            Stored(vec![], vec![Text("sam@xn--exmple-cua.org", "The lamps cost too much.")]),
        ),
        case(
            OTHER_LETTERS,
            edit("participants", SAM, "s\u{e4}m@people.example"),
            Stored(warning("participants", 2, "email", "SMTPUTF8"), vec![]),
        ),
        case(
            TWICE,
            edit("participants", LEE, "SAM@People.Example"),
            Stored(
                warning("participants", 5, "email", "rows 2 and 5"),
                vec![Text(SAM, "The lamps cost too much."), Text("SAM@people.example", "The river path")],
            ),
        ),
        case(
            TWICE,
            edit("participants", LEE, "sam+lee@people.example"),
            Stored(
                warning("participants", 5, "email", "rows 2 and 5"),
                vec![Text(SAM, "The lamps cost too much."), Text("sam+lee@people.example", "The river path")],
            ),
        ),
    ]
}
