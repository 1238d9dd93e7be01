//! Words that a program could take for something else: what comes in as text is told as text.

use super::*;

pub const FORMULAS: &str = "`=HYPERLINK(...)`, `+1`, `@SUM`";
pub const TEMPLATES: &str = "`{{ config }}`, `{% for a in range(99999) %}` in staff text";
pub const MARKUP: &str = "`javascript:` link, `<svg><set>`, remote `<img>`";
pub const LINES: &str = "body with `\\n.\\nMAIL FROM:`, bare CR";

const SAM: &str = "sam@people.example";
const EXPLAINED: &str = "The lamps cost too much.";

pub fn cases() -> Vec<Case> {
    let titled = |to: &str, becomes| {
        case(FORMULAS, edit("recommendations", "Light the path,", to), Stored(vec![], becomes))
    };
    let as_typed = |row, words: &'static str, mut becomes: Vec<Becomes>| {
        becomes.push(Text(SAM, words));
        case(row, edit("history", EXPLAINED, words), Stored(vec![], becomes))
    };
    vec![
        titled(
            "\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",",
            vec![
                Text(SAM, "=HYPERLINK(\"http://evil.example\",\"x\")"),
                Exported("recommendations.csv", "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\""),
                Never(SAM, "href=\"http://evil.example"),
            ],
        ),
        titled("+1,", vec![Text(SAM, "+1"), Exported("recommendations.csv", "'+1")]),
        titled(
            "@SUM(A1:A9),",
            vec![Text(SAM, "@SUM(A1:A9)"), Exported("recommendations.csv", "'@SUM(A1:A9)")],
        ),
        as_typed(TEMPLATES, "{{ config }}", vec![Html(SAM, "{{ config }}")]),
        as_typed(TEMPLATES, "{% for a in range(99999) %}", vec![Html(SAM, "{% for a in range(99999) %}")]),
        case(
            MARKUP,
            edit("history", "https://town.example/bench", "javascript:alert(1)"),
            error("history", 3, "evidence_url", "starts with https:// or http://"),
        ),
        as_typed(
            MARKUP,
            "<svg><set attributeName=x>",
            vec![Html(SAM, "&lt;svg&gt;&lt;set "), NotHtml(SAM, "<svg>")],
        ),
        as_typed(
            MARKUP,
            "<img src=http://evil.example/x.png>",
            vec![Html(SAM, "&lt;img src="), NotHtml(SAM, "<img")],
        ),
        case(
            LINES,
            edit("history", EXPLAINED, "\"It cost too much.\n.\nMAIL FROM:<e@x>\rRCPT TO:<e@x>\""),
            Stored(
                warning("history", 2, "explanation", "is not spelled out"),
                vec![Text(SAM, "It cost too much. . MAIL FROM:<e@x> RCPT TO:<e@x>")],
            ),
        ),
    ]
}
