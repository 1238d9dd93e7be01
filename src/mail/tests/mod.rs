//! What people read. Each case is a snapshot of its text and its HTML, and all hold the same rules.

mod every_fact;
pub(super) mod fixtures;
mod languages;

use std::sync::Arc;

use crate::domain::event::Fact;
use crate::domain::record::{GENESIS, Head};
use crate::domain::update::{Reader, Update};
use crate::domain::words::{Format, Progress, Reason, Response};
use crate::locale::Locales;
use crate::templates::Templates;

use super::{Mail, Next, Rendered, UpdateMail, Way, WithdrawnMail, render};
use fixtures::*;

pub(super) fn written(mail: &Mail<'_>, format: Format) -> Rendered {
    written_in("en", mail, format)
}

pub(super) fn written_in(lang: &str, mail: &Mail<'_>, format: Format) -> Rendered {
    let locales = Arc::new(Locales::load().unwrap());
    render(&locales, &Templates::new(Arc::clone(&locales), None).unwrap(), mail, lang, format).unwrap()
}

/// Keeps text and HTML as snapshots, and holds the rules that every message has to keep.
fn keep(name: &str, mail: &Mail<'_>) -> Rendered {
    keep_in("en", name, mail)
}

fn keep_in(lang: &str, name: &str, mail: &Mail<'_>) -> Rendered {
    let rendered = written_in(lang, mail, Format::Standard);
    let html = rendered.html.as_deref().unwrap();
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("{name}.txt"), format!("Subject: {}\n\n{}", rendered.subject, rendered.text));
        insta::assert_snapshot!(format!("{name}.html"), html);
    });
    obeys(&rendered, mail);
    is_large(&written_in(lang, mail, Format::LargePrint), &rendered, mail);
    rendered
}

/// Large print tells the same in the same order, in letters that are all large.
fn is_large(large: &Rendered, standard: &Rendered, mail: &Mail<'_>) {
    obeys(large, mail);
    assert_eq!((&large.subject, &large.text), (&standard.subject, &standard.text));
    let html = large.html.as_deref().unwrap();
    assert_eq!(tokens(&seen(html)), tokens(&seen(standard.html.as_deref().unwrap())));
    let sizes: Vec<f32> = html
        .split("font-size: ")
        .skip(1)
        .map(|rest| rest.split("pt").next().unwrap().parse().expect("in points"))
        .collect();
    assert!(sizes.len() > 2 && sizes.iter().all(|size| *size >= 18.0), "{sizes:?}");
    assert!(
        !html.contains("column") && (html.contains("line-height: 1.7") || html.contains("line-height: 2.1")),
        "{html}"
    );
}

fn obeys(rendered: &Rendered, mail: &Mail<'_>) {
    let html = rendered.html.as_deref().unwrap();
    let (_, after_title) = seen(html).split_once("\u{1}").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    // In HTML an element sets apart what marks do in text.
    let text = rendered.text.replace(['\u{2068}', '\u{2069}', '\u{200F}'], "");
    let after_title = after_title.replace(['\u{2068}', '\u{2069}', '\u{200F}'], "");
    assert_eq!(tokens(&text), tokens(&after_title), "text and HTML say the same in the same order");
    let (sender, titles) = match mail {
        Mail::Update(mail) => (&mail.sender, titles(mail.update)),
        Mail::Withdrawn(mail) => (&mail.sender, Vec::new()),
    };
    let opening =
        |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
    let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned();
    let mut shown: Vec<String> = vec![opening(&rendered.text), opening(&seen(html)), title];
    if sender.neutral_subjects {
        shown.push(rendered.subject.clone());
    }
    for part in &shown {
        for topic in titles.iter().map(String::as_str).chain([sender.organisation, sender.project_title]) {
            assert!(!part.to_lowercase().contains(&topic.to_lowercase()), "{part:?} holds {topic:?}");
        }
    }
    assert!(rendered.text.split_once("\n\n").unwrap().1.split_once("\n\n").unwrap().0.len() > 200);
    assert_eq!(html.matches("<h1").count(), 1);
    assert_eq!(html.matches("<style").count(), 1, "what only a sheet can say");
    for needed in
        ["prefers-color-scheme: dark", "text-size-adjust: 100%", "max-width: 3", "text-decoration: underline"]
    {
        let is_there = html.contains(needed) || (needed.ends_with("underline") && !html.contains("<a "));
        assert!(is_there, "{needed}");
    }
    for tag in ["main", "h1", "h2", "h3", "p", "ul", "li", "a"] {
        let all = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        let opens = format!("<{tag} ");
        let tags = html.split(opens.as_str()).skip(1).map(|rest| rest.split('>').next().unwrap());
        let styled = tags.filter(|tag| tag.contains("style=\"")).count();
        assert_eq!(styled, all, "each <{tag}> has its styles in it: {html}");
    }
    assert!(html.len() < 100_000, "Gmail shows no more than 102 kB: {}", html.len());
    for never in ["<img", "<script", "<svg", "url(", "@import", "<em", "<i>", "uppercase", "[", "{", "sorry"]
    {
        let body = without_comments(html.split("</style>").nth(1).unwrap());
        assert!(
            !body.contains(never) || titles.iter().any(|title| title.contains(never)),
            "{never} in {body}"
        );
    }
    for line in rendered.text.lines() {
        let letters = line.chars().filter(|letter| !matches!(letter, '\u{2068}' | '\u{2069}')).count();
        assert!(letters <= 72 || line.contains("://") || line.contains('\u{200F}'), "{line}");
        assert_eq!(line.trim_end(), line);
    }
    assert!(!rendered.text.contains("\n\n\n\n"));
}

fn titles(update: &Update) -> Vec<String> {
    let items =
        [&update.asked, &update.changed, &update.stuck, &update.ended, &update.silent, &update.promises];
    let items = items.into_iter().flatten().map(|item| item.title.clone());
    let lines = [&update.still_stuck, &update.same, &update.elsewhere];
    items.chain(lines.into_iter().flatten().map(|line| line.title.clone())).collect()
}

/// What one program reads, and no person.
fn without_comments(html: &str) -> String {
    let mut parts = html.split("<!--");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("-->").unwrap().1)
}

/// What a person sees of the HTML. A mark stands after the first heading.
pub(super) fn seen(html: &str) -> String {
    let body = without_comments(html.split("</head>").nth(1).unwrap()).replace("</h1>", "\u{1}");
    let mut seen = String::new();
    let mut rest = body.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        seen.push_str(before);
        let (tag, after) = after.split_once('>').unwrap();
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        if !["a", "strong", "bdi"].contains(&name) {
            seen.push(' ');
        }
        rest = after;
    }
    seen.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(seen, |seen, (entity, letter)| seen.replace(entity, letter))
}

/// The words in one line, as if nothing had been wrapped.
pub(super) fn flat(text: &str) -> String {
    tokens(text).join(" ")
}

pub(super) fn tokens(words: &str) -> Vec<&str> {
    words.split_whitespace().filter(|word| !["*", "-"].contains(word)).collect()
}

#[test]
fn the_first_update_says_what_was_asked_and_who_holds_the_address() {
    let book = town();
    let update = book.compose(&book.reader(&["R02", "R07"], None), "2025-04-01");
    let rendered = keep("first", &Mail::Update(mail(&update, "2025-05-01")));
    assert!(
        flat(&rendered.text).contains("The Listening Table runs the project and holds your contact details.")
    );
    assert_eq!(rendered.subject, "Your update from Maren: April 2025");
}

#[test]
fn an_ordinary_month_tells_a_stall_in_full_and_the_rest_in_lines() {
    let book = town();
    let update = book.compose(&book.reader(&["R02", "R06", "R01"], Some("2026-01-01")), "2026-02-01");
    let rendered = keep("ordinary", &Mail::Update(mail(&update, "2026-03-01")));
    assert!(flat(&rendered.text).contains("Reason: the organisation’s own delay."));
    // About 350 is the aim; the standing parts (choices, help, check) are some 150 of these.
    assert!(tokens(&rendered.text).len() < 520, "{}", tokens(&rendered.text).len());
}

#[test]
fn of_a_public_project_an_update_says_where_anybody_can_check_the_record() {
    let book = town();
    let update = book.compose(&book.reader(&["R02", "R06", "R01"], Some("2026-02-01")), "2026-03-01");
    let url = "https://updates.listeningtable.example/s/0123456789abcdef/check";
    let rendered =
        keep("public", &Mail::Update(UpdateMail { check_url: Some(url), ..mail(&update, "2026-04-01") }));
    assert!(rendered.text.ends_with(&format!("{url}\n")), "{}", rendered.text);
    assert!(rendered.html.is_some_and(|html| html.contains(&format!("href=\"{url}\""))));
}

#[test]
fn what_was_done_comes_with_the_reason_to_believe_it_and_the_question() {
    let book = town();
    let update = book.compose(&book.reader(&["R02", "R06", "R01"], Some("2025-11-01")), "2026-01-01");
    let rendered = keep("done", &Mail::Update(mail(&update, "2026-02-01")));
    assert!(rendered.text.contains("https://wennbridgecouncil.example/river-path\n"));
    assert!(rendered.text.contains("yes, partly, no or don’t know"));
}

#[test]
fn if_there_is_no_news_the_update_says_why_and_what_was_done_to_find_out() {
    let book = town();
    let update = book.compose(&book.reader(&["R02", "R01", "R06"], Some("2026-02-01")), "2026-03-01");
    assert!(update.is_without_news());
    let rendered = keep("nothing_new", &Mail::Update(mail(&update, "2026-04-01")));
    let words = flat(&rendered.text);
    assert!(words.contains("we looked through the whole record of the project on 1 March 2026"));
}

#[test]
fn news_only_elsewhere_says_why_there_is_none_of_ones_own() {
    let book = town();
    let update = book.compose(&book.reader(&["R02"], Some("2026-01-01")), "2026-02-01");
    let rendered = keep("elsewhere_only", &Mail::Update(mail(&update, "2026-03-01")));
    assert!(flat(&rendered.text).contains("Nothing new came of what you told us, and we say why."));
}

#[test]
fn somebody_linked_late_is_told_what_holds_now_in_full() {
    let book = town();
    let mut reader = book.reader(&["R01", "R04"], Some("2025-10-01"));
    for link in &mut reader.links {
        link.introduced = false;
    }
    let update = book.compose(&reader, "2025-11-01");
    let rendered = keep("late_link", &Mail::Update(mail(&update, "2025-12-01")));
    assert!(flat(&rendered.text).contains("Who decided: Board of Wenn Valley Buses."));
    assert!(!rendered.text.contains("An answer is due"), "the answer is told in the same update");
}

#[test]
fn somebody_whose_story_backs_nothing_is_told_so() {
    let book = town();
    let update = book.compose(&book.reader(&[], Some("2025-09-01")), "2025-10-01");
    let mut mail = mail(&update, "2025-11-01");
    mail.greeting_name = None;
    mail.next = Next::WhenDone { latest: Some(day("2026-10-01")) };
    let rendered = keep("no_link", &Mail::Update(mail));
    assert!(rendered.text.contains("no recommendation rests on your story"));
    let words = flat(&rendered.text);
    assert!(!words.contains("only one has come forward"), "others' explanations are not told in their words");
    assert!(words.contains("Reason: not enough staff time."));
}

#[test]
fn a_big_project_names_what_has_no_news_and_says_no_more_of_it() {
    let mut book = town();
    for number in 10..50 {
        let title = format!("Mend the steps at landing {number}");
        book.ask("2025-04-01", &format!("R{number}"), &title, "Mend the steps", None);
    }
    for number in 10..14 {
        let fact = progress(Progress::NotStarted, Progress::Planned, None);
        book.write("2026-01-22", &format!("R{number}"), fact);
    }
    let update = book.compose(&book.reader(&["R06"], Some("2026-01-01")), "2026-02-01");
    let rendered = keep("big", &Mail::Update(mail(&update, "2026-03-01")));
    let words = flat(&rendered.text);
    assert!(words.contains("Mend the steps at landing 46 Mend the steps at landing 47 "));
}

#[test]
fn everything_at_once_keeps_its_order() {
    let mut book = town();
    book.write("2026-02-03", "R06", Fact::ReviewDatePassed { review_on: day("2026-02-02") });
    let moved = Fact::Target {
        target_on: day("2026-09-30"),
        from: Some(day("2026-03-31")),
        explanation: Some(because(Reason::Logistics, "The new post has to be made first.")),
    };
    book.write("2026-02-04", "R01", moved);
    let reader = Reader {
        maybe_seq: book.upto("2025-04-30"),
        ..book.reader(&["R01", "R02", "R04", "R06", "R07"], None)
    };
    let links = reader.links.iter().cloned().map(|mut link| {
        link.maybe_seq = book.upto("2025-04-30");
        link
    });
    let reader = Reader { links: links.collect(), ..reader };
    let update = book.compose(&reader, "2026-03-01");
    let rendered = keep("everything", &Mail::Update(mail(&update, "2026-04-01")));
    let headings = [
        "\nWhy you get this\n",
        "\nWhat was asked because people spoke\n",
        "\nWhat changed\n",
        "\nWhat is stuck\n",
        "\nWhat was turned down or stopped\n",
        "\nWhat we have not been told\n",
        "\nOther news\n",
        "\nPromises\n",
        "\nIs this true for you?\n",
        "\nYour next update\n",
        "\nYour choices\n",
        "\nSomebody to talk to\n",
        "\nA check for later\n",
    ];
    let places: Vec<usize> =
        headings.iter().map(|heading| rendered.text.find(heading).expect(heading)).collect();
    assert!(places.is_sorted());
    assert!(rendered.text.contains("You may have read this already."));
    let last = rendered.text.trim_end().lines().last().unwrap();
    assert!(last.starts_with("Record up to event 24 · fingerprint "), "{last}");
}

#[test]
fn the_opening_betrays_no_topic_however_short_its_parts_are() {
    let book = town();
    for (links, told) in [(&["R02"][..], None), (&[][..], None), (&["R02"][..], Some("2026-02-01"))] {
        let mut reader = book.reader(links, told);
        for on in ["2025-03-10", "2025-04-01", "2026-03-01"] {
            reader.first = told.is_none();
            let update = book.compose(&reader, on);
            let mut mail = mail(&update, "2026-04-01");
            mail.sender.sender_name = "Mo";
            mail.greeting_name = None;
            let mail = Mail::Update(mail);
            obeys(&written(&mail, Format::Standard), &mail);
        }
    }
    let update = Update {
        covers: Head { seq: 0, hash: GENESIS.to_owned(), at: None },
        ..Book::default().compose(&Reader::default(), "2026-05-01")
    };
    let mail = Mail::Update(UpdateMail {
        sender: super::Sender { sender_name: "Mo", ..sender() },
        greeting_name: None,
        ..mail(&update, "2026-06-01")
    });
    obeys(&written(&mail, Format::Standard), &mail);
}

#[test]
fn what_staff_typed_stays_inert() {
    let mut book = Book::default();
    let title = "{{ 7*7 }} {% for a in range(99999) %} <svg onload=alert(1)>\r\nBcc: e@x \u{202E}evil { $x }";
    let text =
        "See https://example.org/a-very-long-address/that-goes-on-and-on/and-never-ends/until-here?a=b&c=d";
    book.ask("2026-01-05", "R01", title, text, Some("A & B <b>Buses</b>"));
    let stuck =
        because(Reason::Other, "<img src=x onerror=alert(1)> & \"quotes\" 'too'\n\n.\nMAIL FROM:<x@y>");
    book.write("2026-01-06", "R01", progress(Progress::NotStarted, Progress::Stalled, Some(stuck)));
    let update = book.compose(&book.reader(&["R01"], None), "2026-02-01");
    let rendered = keep("typed", &Mail::Update(mail(&update, "2026-03-01")));
    assert!(
        flat(&rendered.text)
            .contains("{{ 7*7 }} {% for a in range(99999) %} <svg onload=alert(1)> Bcc: e@x evil { $x }")
    );
    assert!(rendered.text.contains(
        "https://example.org/a-very-long-address/that-goes-on-and-on/and-never-ends/until-here?a=b&c=d"
    ));
}

#[test]
fn a_letter_never_says_reply_and_plain_text_has_no_html() {
    let book = town();
    let update = book.compose(&book.reader(&["R02", "R01"], Some("2025-12-01")), "2026-02-01");
    let mut mail = mail(&update, "2026-03-01");
    mail.way = Way::Letter(None);
    let rendered = written(&Mail::Update(mail), Format::PlainText);
    assert_eq!(rendered.html, None);
    assert!(!rendered.text.to_lowercase().contains("reply"), "{}", rendered.text);
    assert!(flat(&rendered.text).contains("ring +44 1632 960100 and say what you want"));
}

#[test]
fn the_subject_names_the_project_only_where_that_is_wanted_and_is_capped() {
    let book = town();
    let update = book.compose(&book.reader(&["R02"], None), "2025-04-01");
    let mut mail = mail(&update, "2025-05-01");
    mail.sender.neutral_subjects = false;
    let subject = written(&Mail::Update(mail.clone()), Format::Standard).subject;
    assert!(subject.contains("Getting There") && subject.ends_with(": April 2025"), "{subject}");
    let long = "word ".repeat(80);
    mail.sender.sender_name = &long;
    assert!(written(&Mail::Update(mail), Format::Standard).subject.chars().count() <= 150);
}

#[test]
fn the_last_update_says_that_it_is_the_last() {
    let book = town();
    let update = book.compose(&book.reader(&["R02"], Some("2026-01-01")), "2026-02-01");
    let mail = UpdateMail { next: Next::None, ..mail(&update, "2026-03-01") };
    let rendered = written(&Mail::Update(mail), Format::LargePrint);
    assert!(rendered.text.contains("This was the last update."));
    assert!(rendered.html.unwrap().contains("font-size: 18pt"));
}

#[test]
fn a_confirmation_betrays_no_topic_either() {
    let sender =
        super::Sender { sender_name: "Mo", contact_email: "hi@the-listening-table.example", ..sender() };
    for others_remain in [true, false] {
        let mail = WithdrawnMail {
            sender: sender.clone(),
            greeting_name: None,
            on: day("2026-05-03"),
            others_remain,
            way: Way::Mail(None),
        };
        let mail = Mail::Withdrawn(mail);
        let rendered = written(&mail, Format::Standard);
        obeys(&rendered, &mail);
        let opening: String = flat(&rendered.text).chars().take(200).collect();
        assert!(!opening.contains('@') && !opening.contains("story"), "{opening}");
    }
}

#[test]
fn a_withdrawal_is_confirmed_in_few_words() {
    let withdrawn = |others_remain| {
        Mail::Withdrawn(WithdrawnMail {
            sender: sender(),
            greeting_name: Some("Sam"),
            on: day("2026-05-03"),
            others_remain,
            way: Way::Mail(None),
        })
    };
    let rendered = keep("withdrawn", &withdrawn(false));
    assert_eq!(rendered.subject, "From Maren: what you asked for is done");
    assert!(rendered.text.contains("This is the last message."));
    assert!(keep("withdrawn_others", &withdrawn(true)).text.contains("You still get updates"));
}

#[test]
fn a_response_that_changed_is_told_as_what_it_is_now() {
    let mut book = town();
    let yes = because(Reason::StaffTime, "A second nurse starts in April, so the answer is yes now.");
    book.write("2026-02-10", "R04", response(Response::Accepted, Some(yes)));
    let update = book.compose(&book.reader(&["R04"], Some("2026-02-01")), "2026-03-01");
    let text = written(&Mail::Update(mail(&update, "2026-04-01")), Format::Standard).text;
    assert!(flat(&text).contains("the answer from Wenn Valley Buses is yes."), "{text}");
    assert!(!flat(&text).contains("is yes. Reason"), "good news needs no excuse");
}
