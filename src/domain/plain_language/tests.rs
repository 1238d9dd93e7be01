use proptest::prelude::*;

use super::*;

/// Each finding as its key and the words that it quotes.
fn found_in(text: &str, lang: &str) -> Vec<(&'static str, String)> {
    check(text, lang).iter().map(|finding| (finding.key(), finding.words(text))).collect()
}

fn found(text: &str) -> Vec<(&'static str, String)> {
    found_in(text, "en")
}

#[track_caller]
fn finds(text: &str, expected: &[(&str, &str)]) {
    let found = found(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(key, words)| (*key, words.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

fn sentences<'t>(text: &'t str, lang: &str) -> Vec<&'t str> {
    let none = Abbreviations::default();
    let list = List::of(lang);
    let read = Text::read(text, list.map_or(&none, |list| &list.abbreviations));
    read.sentences.iter().map(|sentence| &text[sentence.at.clone()]).collect()
}

#[test]
fn plain_explanations_are_left_alone() {
    for text in [
        "",
        "No.",
        "We have no money for it this year.",
        "The bus company looked at this and said no. Free rides would cost as much as the Sunday bus, and it chose to keep the \
         Sunday bus.",
        "The county said yes and a second nurse starts in April. So the clinic now says yes to evenings too.",
        "Bats live under the footbridge. The law says that work there must wait until they have left for the winter.",
        "The river rose in early February and water got into the cables. Half of the lamps are out, so the work is open again.",
        "When you book a visit, the desk asks how you travel and offers a time that fits your bus. This is for day visits. \
         Evening visits are not open yet.",
        "The ramp is 1.5 m wide and opens at 9 a.m. on 4 May. See https://council.example.org/ramp?id=2.1&x=y for a map.",
        "The NHS clinic and your GP both know. Ring 01632 960001, or write to ramp@council.example.org.",
        "It was decided by the streets committee. The cut was agreed at the meeting in May by all three parties.",
        "The school was built by 1960. The gate is closed. The benches are made of oak, and the path was cleared.",
        "The lamps were cut by a storm.",
    ] {
        finds(text, &[]);
    }
}

#[test]
fn a_hard_explanation_is_told_what_makes_it_hard() {
    let text = "Going forward, stakeholders will be engaged with in due course. It was decided that the PCN would leverage \
                hard-to-reach networks.";
    finds(
        text,
        &[
            ("plain-better", "Going forward"),
            ("plain-better", "stakeholders"),
            ("plain-better", "engaged with"),
            ("plain-better", "in due course"),
            ("plain-hidden-actor", "was decided"),
            ("plain-acronym", "PCN"),
            ("plain-better", "leverage"),
            ("plain-why-labels", "hard-to-reach"),
        ],
    );
    let leverage = check(text, "en").into_iter().find(|finding| finding.words(text) == "leverage").unwrap();
    assert_eq!((leverage.better(), &text[leverage.at.clone()]), (Some("use"), "leverage"));
}

#[test]
fn a_long_sentence_is_told_its_number_of_words() {
    let of = |words: usize| format!("{}lamp.", "a ".repeat(words - 1));
    finds(&of(20), &[]);
    let long = of(21);
    finds(&long, &[("plain-long-sentence", "a a a a a")]);
    let found = check(&long, "en");
    let [finding] = &found[..] else { panic!("one finding") };
    assert_eq!(finding.at, 0..long.len());
    assert!(finding.args(&long).contains(&("count", Gap::Number(21))));
    // Two words with a hyphen between them are read as one.
    finds(&format!("{}well-lit lamp.", "a ".repeat(18)), &[]);
}

#[test]
fn a_paragraph_is_long_after_five_sentences_and_a_list_is_no_paragraph() {
    let short = "The bus is late. ";
    finds(&short.repeat(5), &[]);
    finds(&short.repeat(6), &[("plain-long-paragraph", "The bus is late")]);
    finds(&format!("{}\n\n{}", short.repeat(3), short.repeat(3)), &[]);
    finds(&"- The bus is late.\n".repeat(8), &[]);
}

#[test]
fn the_reading_age_is_told_of_a_text_that_is_long_enough_and_hard() {
    let hard = "Considerable deliberation regarding infrastructural priorities preceded cancellation. Municipal administrators \
                anticipated deteriorating financial circumstances. Alternative arrangements unfortunately necessitated \
                supplementary investigation. Neighbouring authorities independently reconsidered comparable developments. \
                Subsequent evaluation demonstrated inaccessibility.";
    assert!(!found(hard).iter().any(|(key, _)| *key == "plain-reading-age"), "29 words or fewer say nothing");
    let hard = hard.replace("Subsequent", "Comprehensive subsequent transnational");
    assert!(found(&hard).contains(&("plain-reading-age", String::new())));
    let age = check(&hard, "en").iter().find_map(|finding| match finding.kind {
        Kind::ReadingAge(age) => Some(age),
        _ => None,
    });
    assert_eq!(age, Some(18), "older makes no difference");
    assert!(!found_in(&hard, "de").iter().any(|(key, _)| *key == "plain-reading-age"), "no formula");
    let russian = "Совет решил отложить работу, потому что денег нет. ".repeat(8);
    assert!(!found(&russian).iter().any(|(key, _)| *key == "plain-reading-age"), "not in Latin letters");
}

#[test]
fn an_acronym_is_fine_where_it_is_spelled_out_or_known() {
    for text in [
        "The BBC came, and the NHS and two MPs. Our GP's desk is open, and it is NOT far.",
        "The Integrated Care Board (ICB) said no. The ICB will look again.",
        "The integrated care board said no. The ICB will look again in May.",
        "The ICB (Integrated Care Board) said no.",
        "The ICB (the body that plans care here) said no.",
        "The ICB, or Integrated Care Board, said no.",
        "The Department for Work and Pensions said no. The DWP will look again.",
        "THE COUNCIL SAID NO TO THIS.",
        "Room B12 in the flat at CF10 3NQ is warm.",
        "Plan A and Plan B are both fine.",
    ] {
        finds(text, &[]);
    }
    finds(
        "The ICB said no. The Integrated Care Board (ICB) is new. The ICB waits.",
        &[("plain-acronym", "ICB")],
    );
    finds(
        "The D.W.P. said no, and two PCNs as well.",
        &[("plain-acronym", "D.W.P"), ("plain-acronym", "PCNs")],
    );
    finds("As is the case, SC said no.", &[("plain-acronym", "SC")]);
    finds("The case officer said no, and so did CO.", &[("plain-acronym", "CO")]);
}

#[test]
fn a_passive_is_told_where_nobody_can_see_who_acted() {
    for (text, words) in [
        ("It was decided that the path stays dark.", "was decided"),
        ("Mistakes were made.", "Mistakes were made"),
        ("A new date has been agreed.", "has been agreed"),
        ("The work has now been formally postponed.", "has now been formally postponed"),
        ("It has not yet been decided.", "has not yet been decided"),
        ("The plan will be scrapped by March.", "will be scrapped"),
        ("The plan was dropped by mistake.", "was dropped"),
        ("The plan was approved by asking around.", "was approved"),
        ("It is felt that the path is safe.", "It is felt"),
        ("The bid was turned down.", "was turned down"),
        ("No decision has been made.", "decision has been made"),
    ] {
        finds(text, &[("plain-hidden-actor", words)]);
    }
    for text in [
        "The council decided that the path stays dark.",
        "It was decided in May, after a long talk, by the streets committee.",
        "The plan was dropped by the council by mistake.",
        "We have agreed a new date.",
        "The cake was made with eggs.",
        "We felt cold, and the path is felt to be safe by no one.",
        "The lamps are lit. The door is locked. She is tired.",
    ] {
        finds(text, &[]);
    }
}

#[test]
fn welsh_and_urdu_have_words_of_their_own() {
    assert_eq!(
        found_in("Penderfynwyd gohirio’r gwaith. Bydd rhanddeiliaid yn clywed maes o law.", "cy"),
        [
            ("plain-hidden-actor", "Penderfynwyd".to_owned()),
            ("plain-better", "rhanddeiliaid".to_owned()),
            ("plain-better", "maes o law".to_owned()),
        ]
    );
    assert_eq!(found_in("Penderfynwyd hyn gan y cyngor. Mae’r gwaith yn dechrau ym mis Mai.", "cy"), []);
    assert_eq!(
        found_in("یہ فيصلہ کیا گیا کہ کام رک جائے۔ جلد از جلد خبر دیں گے۔", "ur-PK"),
        [("plain-hidden-actor", "فيصلہ کیا گیا".to_owned()), ("plain-why-vague", "جلد از جلد".to_owned())]
    );
    assert_eq!(found_in("کونسل کی طرف سے یہ فیصلہ کیا گیا۔ کام مئی میں شروع ہو گا۔", "ur"), []);
}

#[test]
fn a_language_without_a_list_gets_what_needs_no_words() {
    let text = "Es wurde beschlossen, dass die ABC in due course kommt. ";
    assert_eq!(found_in(text, "de"), []);
    let keys: Vec<_> = found_in(&text.repeat(6), "de").into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["plain-long-paragraph"]);
    let long = "слово ".repeat(21);
    assert_eq!(found_in(&long, "ru")[0].0, "plain-long-sentence");
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    let cases: &[(&str, &[&str])] = &[
        ("Mr. Khan came. Dr. Lee did not.", &["Mr. Khan came.", "Dr. Lee did not."]),
        ("Bring food, e.g. Bread. Then go.", &["Bring food, e.g. Bread.", "Then go."]),
        (
            "We open at 9 a.m. The bus comes at 9.30 a.m. on 4 May.",
            &["We open at 9 a.m.", "The bus comes at 9.30 a.m. on 4 May."],
        ),
        (
            "See No. 4 and pp. 12 to 14. They said no. The work stops.",
            &["See No. 4 and pp. 12 to 14.", "They said no.", "The work stops."],
        ),
        ("It costs 3.50 or 1,000.75 pounds. Not more!", &["It costs 3.50 or 1,000.75 pounds.", "Not more!"]),
        (
            "“It is dark,” she said. “Why?” we asked. ‘Yes.’ (They agreed.) Then we left.",
            &["“It is dark,” she said.", "“Why?” we asked.", "‘Yes.’", "(They agreed.)", "Then we left."],
        ),
        (
            "Read https://a.example/b.html?c=1. Then www.b.example. Or write to x@c.example.",
            &["Read https://a.example/b.html?c=1.", "Then www.b.example.", "Or write to x@c.example."],
        ),
        (
            "We asked for:\n- a lamp\n- two benches\n\nThen we left",
            &["We asked for:", "a lamp", "two benches", "Then we left"],
        ),
        (
            "Three things:\n1. Ask the council.\n2) Wait.\n(c) Tell people.",
            &["Three things:", "Ask the council.", "Wait.", "Tell people."],
        ),
        (
            "The line breaks\nin the middle. J. Smith and I. The U.K. Government waits... and waits. So do we",
            &[
                "The line breaks\nin the middle.",
                "J. Smith and I.",
                "The U.K. Government waits... and waits.",
                "So do we",
            ],
        ),
        (
            "It ended.Then it rained. In 2026. 40 people came.",
            &["It ended.", "Then it rained.", "In 2026.", "40 people came."],
        ),
        ("कौंसिल ने मना किया। हम फिर पूछेंगे।", &["कौंसिल ने मना किया।", "हम फिर पूछेंगे।"]),
        (
            "کونسل نے انکار کیا۔ ہم پھر پوچھیں گے۔ کب؟ مئی میں",
            &["کونسل نے انکار کیا۔", "ہم پھر پوچھیں گے۔", "کب؟", "مئی میں"],
        ),
        ("委员会说不。我们再问！", &["委员会说不。", "我们再问！"]),
        ("", &[]),
        ("... !? —", &[]),
    ];
    for (text, expected) in cases {
        let without_marks = |sentence: &str| sentence.trim_start_matches(['“', '‘', '(']).to_owned();
        let expected: Vec<String> = expected.iter().map(|sentence| without_marks(sentence)).collect();
        assert_eq!(sentences(text, "en"), expected, "{text}");
    }
}

#[test]
fn no_finding_quotes_more_than_a_few_words() {
    let text = format!("{} is a word. {}", "x".repeat(500), "wörterbuch ".repeat(40));
    for finding in check(&text, "en") {
        assert!(finding.words(&text).len() <= SHOWN_BYTES, "{finding:?}");
        assert_eq!(finding.words("other"), "", "a text that was not checked");
    }
}

/// No test of time, but where the work grew faster than the text it would not end.
#[test]
fn a_megabyte_of_words_or_less_of_anything_is_read_at_once() {
    const SIZE: usize = 1_000_000;
    let hard =
        "It was decided that the PCN would, in due course (e.g. on 4 May), leverage hard-to-reach networks. ";
    assert!(check(&hard.repeat(SIZE / hard.len()), "en").len() > SIZE / hard.len());
    const LESS: usize = SIZE / 5;
    for piece in [
        "a",
        ". ",
        "A. ",
        "(",
        "ABC ",
        "A&",
        "a.b.",
        "- \n",
        "1. ",
        "\n",
        "é",
        "x@",
        "http://",
        "委",
        "।",
        "'a",
        "was ",
        "been decided ",
        "going forward ",
        "It was decided in the end ",
        "in order ",
        "hard to ",
        "’s ",
        "\u{301}",
        "AB (",
        "a-",
    ] {
        let text = piece.repeat(LESS / piece.len());
        check(&text, "en");
        check(&text, "ur");
    }
    let distinct: String = (0..LESS / 8)
        .map(|i| {
            let letter = |by: usize| char::from(b'A' + u8::try_from(i / by % 26).unwrap());
            format!("{}{}{}{} ab ", letter(1), letter(26), letter(676), letter(17576))
        })
        .collect();
    check(&distinct, "en");
}

proptest! {
    #[test]
    fn whatever_the_text_every_place_lies_in_it(text in "(\\PC|[.!?۔。\n\r \t'’&@:/()-]|Mr\\. |e\\.g\\. |was decided |ABC |1\\. ){0,80}", lang in "(en|cy|ur|de|\\PC{0,3})") {
        for finding in check(&text, &lang) {
            prop_assert!(text.get(finding.at.clone()).is_some());
            prop_assert!(finding.words(&text).len() <= SHOWN_BYTES);
            prop_assert!(!finding.args(&text).is_empty());
        }
    }

    #[test]
    fn every_word_lies_in_one_sentence_and_every_sentence_in_one_paragraph(text in "([a-zA-Z]{1,3}|[.!?\n -]|۔){0,60}") {
        let read = Text::read(&text, &Abbreviations::default());
        let words: Vec<usize> = read.sentences.iter().flat_map(|sentence| sentence.words.clone()).collect();
        prop_assert_eq!(words, (0..read.words.len()).collect::<Vec<_>>());
        let sentences: Vec<usize> = read.paragraphs.iter().flat_map(Clone::clone).collect();
        prop_assert_eq!(sentences, (0..read.sentences.len()).collect::<Vec<_>>());
        for pair in read.sentences.windows(2) {
            prop_assert!(pair[0].at.end <= pair[1].at.start);
        }
    }
}
