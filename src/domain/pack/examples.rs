//! The rows by which the template shows how its sheets are filled in: a fiction about an allotment. As long as one of
//! them stands as it was, it is left out; its code can stand for nothing else.

use super::sheets::Sheet;

/// The code of every example.
pub const CODE: &str = "EXAMPLE";

const EXAMPLES: &[(Sheet, &[(&str, &str)])] = &[
    (
        Sheet::Project,
        &[
            ("key", CODE),
            (
                "value",
                "A setting stands on the left and its value here. This row is left out when you import.",
            ),
        ],
    ),
    (
        Sheet::Participants,
        &[
            ("id", CODE),
            ("greeting_name", "Rowan"),
            ("email", "rowan@allotment.example"),
            ("channel", "Email"),
            ("language", "en"),
            ("format", "Large print"),
            ("cadence", "Quarterly"),
            ("quiet_times", "Fri 12:00-15:00"),
            ("contact_consent", "Yes"),
        ],
    ),
    (
        Sheet::Stories,
        &[
            ("code", CODE),
            ("participant", CODE),
            ("summary", "The gate of the allotment is too narrow for a wheelchair"),
            ("url", "https://allotment.example/stories/gate"),
            ("medium", "Audio"),
            ("gathered_on", "2025-03-31"),
            ("consent", "Public anonymous"),
            ("attribution", "Code"),
            ("themes", CODE),
        ],
    ),
    (Sheet::Themes, &[("id", CODE), ("title", "Getting in"), ("summary", "Gates, paths and steps")]),
    (
        Sheet::Learnings,
        &[("id", CODE), ("theme", CODE), ("text", "Whoever cannot get in by themselves stops coming")],
    ),
    (
        Sheet::Recommendations,
        &[
            ("ref", CODE),
            ("title", "Widen the gate"),
            ("text", "Make the gate of the allotment wide enough for a wheelchair"),
            ("audience", "Gardeners"),
            ("responsible", "The allotment committee"),
            ("responsible_email", "committee@allotment.example"),
            ("published_on", "2025-05-01"),
            ("response_due_on", "2025-08-01"),
            ("target_on", "2025-12-31"),
            ("learnings", CODE),
        ],
    ),
    (
        Sheet::Evidence,
        &[
            ("recommendation", CODE),
            ("story", CODE),
            ("direction", "Supports"),
            ("why", "Could not get through the gate"),
        ],
    ),
    (
        Sheet::History,
        &[
            ("recommendation", CODE),
            ("on", "2025-06-15"),
            ("kind", "Progress"),
            ("value", "Stalled"),
            ("reason", "Money"),
            ("explanation", "A new gate costs more than we have this year."),
            ("tried", "We asked two smiths for a price."),
            ("decided_by", "The treasurer"),
            ("unblock", "A grant for access"),
            ("in_our_control", "Partly"),
            ("review_on", "2025-10-01"),
        ],
    ),
    (
        Sheet::Acts,
        &[("participant", CODE), ("on", "2025-07-01"), ("act", "Choose"), ("value", "cadence=yearly")],
    ),
];

/// What the example of a sheet has in a column: blank where it has nothing.
pub fn value(sheet: Sheet, column: &str) -> &'static str {
    let row = EXAMPLES.iter().find(|(of, _)| *of == sheet).map_or(&[][..], |(_, row)| row);
    row.iter().find(|(name, _)| *name == column).map_or("", |(_, value)| value)
}

/// # Errors
/// Says that a row which was an example needs a code of its own.
pub(super) fn is_none(code: &str) -> Result<(), String> {
    match code {
        CODE => Err(format!(
            "expected another code: `{CODE}` is that of the template's example; give the row one of its own, or delete it"
        )),
        _ => Ok(()),
    }
}
