//! People who do not exist, how they want to be told, and what they told.

use chrono::{Days, NaiveDate};

use super::chance::Chance;
use super::words::{NAMES, PLACES, STREETS, TOLD};

pub const PARTICIPANTS: [&str; 11] = [
    "id",
    "greeting_name",
    "email",
    "phone",
    "postal_address",
    "channel",
    "language",
    "format",
    "cadence",
    "quiet_times",
    "contact_consent",
];

pub const STORIES: [&str; 8] =
    ["code", "participant", "summary", "medium", "gathered_on", "consent", "attribution", "themes"];

pub fn id(number: usize) -> String {
    format!("T{:05}", number + 1)
}

/// One of each way to be told among the first, and then as chance has it: most by e-mail, some in other forms.
pub fn participant(chance: &mut Chance, number: usize) -> [String; PARTICIPANTS.len()] {
    let channel = match (number, chance.below(20)) {
        (1, _) | (5.., 0 | 1) => "letter",
        (2, _) | (5.., 2) => "phone",
        (5.., 3) => "none",
        _ => "email",
    };
    let language = match (number, chance.below(20)) {
        (3, _) | (5.., 0 | 1) => "cy",
        (4, _) | (5.., 2) => "ur",
        _ => "en",
    };
    let format = chance.of(&["standard", "standard", "standard", "standard", "large_print", "plain_text"]);
    let cadence = chance.of(&["every", "every", "every", "quarterly", "yearly", "when_done"]);
    let quiet = match chance.below(20) {
        0 => "Fri 12:00-15:00",
        1 => "Sat",
        2 => "Mon-Fri 18:00-09:00",
        3 => "Ramadan",
        _ => "",
    };
    let name = chance.of(NAMES);
    let has = |of: &str, value: String| if channel == of { value } else { String::new() };
    let house = 1 + chance.below(200);
    let street = chance.of(STREETS);
    let consent = if channel == "none" || chance.one_in(25) { "no" } else { "yes" };
    [
        id(number),
        if chance.one_in(6) { String::new() } else { name.to_owned() },
        has("email", format!("reader{}@people.example", number + 1)),
        // Numbers that are kept for stories (Ofcom).
        has("phone", format!("+44 1632 960{:03}", number % 1_000)),
        has("letter", format!("{house} {street}\nWennbridge\nWB{} 2{}", 1 + number % 9, postcode(number))),
        channel.to_owned(),
        language.to_owned(),
        format.to_owned(),
        cadence.to_owned(),
        quiet.to_owned(),
        consent.to_owned(),
    ]
}

fn postcode(number: usize) -> String {
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 20).unwrap_or_default());
    [letter(number / 9), letter(number / 180)].into_iter().collect()
}

pub fn story(
    chance: &mut Chance,
    number: usize,
    teller: usize,
    started: NaiveDate,
    themes: usize,
) -> [String; STORIES.len()] {
    let (consent, attribution) = match chance.below(20) {
        0..=11 => ("internal", "code"),
        12..=16 => ("public_anonymous", "uncoded"),
        17 | 18 => ("public_named", "named"),
        _ => ("", "not_quoted"),
    };
    let theme = 1 + chance.below(themes as u64);
    [
        code(number),
        id(teller),
        format!("{} {}", chance.of(TOLD), chance.of(PLACES)),
        chance.of(&["video", "audio", "written", "written", "third_person"]).to_owned(),
        (started - Days::new(20 + chance.below(90))).to_string(),
        consent.to_owned(),
        attribution.to_owned(),
        format!("T{theme}"),
    ]
}

/// Letters and digits of which no two look alike.
const SIGNS: [u8; 20] = *b"ACDEFHJKMNPRTVWXY347";
const CODES: usize = SIGNS.len().pow(5);
/// Has no divisor in common with the number of codes, so that no code comes twice.
const STRIDE: usize = 1_000_003;

/// The code of a story; codes of neighbours have nothing in common.
pub fn code(number: usize) -> String {
    let mut left = (number % CODES) * STRIDE % CODES;
    let mut code = String::with_capacity(5);
    for _ in 0..5 {
        code.push(char::from(SIGNS[left % SIGNS.len()]));
        left /= SIGNS.len();
    }
    code
}
