//! An adversary who reads everything that is public: pages, filters, files, feeds, the embed, over time and around a
//! withdrawal. They must not find a small number, nor whether somebody is in it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::sync::Arc;

use hearback::actions::participants::Deed;
use hearback::actions::showing::{self, Change};
use hearback::app::App;
use hearback::domain::words::{HistoryKind, Visibility};
use hearback::web;
use poem::test::TestClient;
use poem::{Endpoint, Response};

use crate::harness::{SLUG, Sheets, Trial, act, explained};

fn site(app: Arc<App>) -> TestClient<impl Endpoint<Output = Response>> {
    TestClient::new(web::routes(app, None))
}

/// Everything that can be reached from the front page and the project's own, by address, as bytes read as text.
type Seen = BTreeMap<String, String>;

/// What filters and other addresses are tried beside those that are linked.
const TRIED: &[&str] = &[
    "/p/river-path",
    "/p/river-path/r/R1",
    "/p/river-path/r/R2",
    "/p/river-path/data",
    "/p/river-path/check",
    "/p/river-path/data/recommendations.csv",
    "/p/river-path/data/history.csv",
    "/p/river-path/data/promises.csv",
    "/p/river-path/data/figures.csv",
    "/p/river-path/data/learnings.csv",
    "/p/river-path/data/project.json",
    "/p/river-path/data/record.jsonl",
    "/p/river-path/data/datapackage.json",
    "/p/river-path/feed.atom",
    "/p/river-path/r/R2/feed.atom",
    "/p/river-path/calendar.ics",
    "/p/river-path/embed",
    "/p/river-path/badge.svg",
    "/p/river-path/recommendations?responder=Town+council&q=bench",
    "/recommendations?progress=stalled",
    "/responders",
    "/compare?by=projects",
    "/compare?by=responders",
];

async fn crawl(t: &Trial) -> Seen {
    let site = site(t.app());
    let mut waiting: VecDeque<String> = TRIED.iter().map(|path| (*path).to_owned()).collect();
    waiting.push_front("/".to_owned());
    let mut seen = Seen::new();
    while let Some(path) = waiting.pop_front() {
        if seen.contains_key(&path) || seen.len() > 400 {
            continue;
        }
        let response = site.get(&path).send().await;
        let status = response.0.status();
        let mut said = format!("{status}\n");
        for (name, value) in response.0.headers() {
            // Tags are of the bytes, which hold random salts.
            if name != "etag" && name != "content-length" {
                let _ = writeln!(said, "{name}: {}", value.to_str().unwrap_or("?"));
            }
        }
        let bytes = response.0.into_body().into_vec().await.expect("a body");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        for link in links(&body) {
            if !seen.contains_key(&link) {
                waiting.push_back(link);
            }
        }
        said.push_str(&body);
        seen.insert(path, said);
    }
    seen
}

/// Addresses of this site in a page, without what only leads to a place within it.
fn links(page: &str) -> BTreeSet<String> {
    let starts = page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1));
    starts
        .filter_map(|rest| rest.split('"').next())
        .map(|link| link.strip_prefix("http://updates.example.org").unwrap_or(link))
        .filter(|link| link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/assets"))
        .filter_map(|link| link.split('#').next())
        .map(|link| link.replace("&amp;", "&").replace("&#x2f;", "/"))
        .collect()
}

/// Leaves out what is random in every world: salts, hashes and fingerprints, and the ids that follow from them.
fn without_chance(seen: &Seen) -> Seen {
    seen.iter().map(|(path, said)| (path.clone(), without_hashes(said))).collect()
}

fn without_hashes(said: &str) -> String {
    let mut kept = String::with_capacity(said.len());
    let mut run = String::new();
    let flush = |run: &mut String, kept: &mut String| {
        let digits = run.chars().filter(char::is_ascii_hexdigit).count();
        // Salts, hashes, ids and fingerprints in groups of four; words and dates are shorter or have other letters.
        if digits >= 16 && run.chars().all(|c| c.is_ascii_hexdigit() || c == ' ' || c == '-') {
            kept.push('~');
        } else {
            kept.push_str(run);
        }
        run.clear();
    };
    for c in said.chars() {
        if c.is_ascii_hexdigit() || (!run.is_empty() && (c == ' ' || c == '-')) {
            run.push(c);
        } else {
            flush(&mut run, &mut kept);
            kept.push(c);
        }
    }
    flush(&mut run, &mut kept);
    kept
}

/// The numbers are such that no sum of them lies at the edge of what is rounded the same way: there, worlds that differ in
/// one person may differ, as they must somewhere.
///
/// What the worlds have in common with one another but for a few people.
struct World {
    /// People with a story behind R1 and behind R2, and those with a story that backs nothing.
    behind_r1: usize,
    behind_r2: usize,
    beside: usize,
    stop: usize,
    pause: usize,
    withdraw: usize,
    /// People with large print, which is a need, and with a letter box.
    large: usize,
    /// People whom there is no way to reach: they wait for ever.
    silent: usize,
}

impl Default for World {
    fn default() -> Self {
        World { behind_r1: 20, behind_r2: 2, beside: 19, stop: 1, pause: 1, withdraw: 1, large: 1, silent: 1 }
    }
}

impl World {
    /// The people and stories of a world: nothing of a story is public.
    fn sheets(&self) -> Sheets {
        let mut sheets = Sheets::small();
        let mut people = "id,email,channel,format,contact_consent\n".to_owned();
        let mut stories = "code,participant,summary,medium,consent,attribution,gathered_on\n".to_owned();
        let mut evidence = "recommendation,story,direction,why\n".to_owned();
        let all = self.behind_r1 + self.behind_r2 + self.beside;
        for n in 0..all {
            let channel = if n < self.silent { "none" } else { "email" };
            let email = if channel == "email" { format!("p{n}@people.example") } else { String::new() };
            // From the end, so that those who are silent are not among them.
            let format = if n >= all - self.large { "large_print" } else { "standard" };
            let _ = writeln!(people, "P{n:03},{email},{channel},{format},yes");
            let code = code(n);
            let _ = writeln!(stories, "{code},P{n:03},Told in confidence,written,internal,code,2026-01-10");
            if n < self.behind_r1 {
                let _ = writeln!(evidence, "R1,{code},supports,So it is");
            } else if n < self.behind_r1 + self.behind_r2 {
                let _ = writeln!(evidence, "R2,{code},supports,So it is");
            }
        }
        sheets.put("participants", &people).put("stories", &stories).put("evidence", &evidence);
        sheets
    }

    /// Three editions, with acts of people between them, seen at each.
    async fn play(&self) -> Vec<Seen> {
        let t = Trial::new().await;
        t.bring_in(&self.sheets()).await;
        let change = Change { visibility: Some(Visibility::Public), ..Change::default() };
        showing::set(&t.app(), SLUG, &change).await.expect("shown");
        t.log(act("R1", "2026-03-01", HistoryKind::Response, "accepted")).await;
        t.log(explained(
            act("R1", "2026-03-01", HistoryKind::Progress, "stalled"),
            "The fund was frozen.",
            "2026-09-01",
        ))
        .await;
        let mut seen = Vec::new();
        t.tick_at("2026-04-01T10:00Z").await;
        seen.push(crawl(&t).await);
        // They act after the first edition, before the second.
        let mut next = self.behind_r1;
        let mut someone = || {
            next -= 1;
            format!("P{next:03}")
        };
        for (count, deed) in
            [(self.stop, Deed::Stop), (self.pause, Deed::Pause), (self.withdraw, Deed::Withdraw(None))]
        {
            for _ in 0..count {
                t.deed(&someone(), deed.clone()).await;
            }
        }
        seen.push(crawl(&t).await);
        t.tick_at("2026-05-01T10:00Z").await;
        seen.push(crawl(&t).await);
        t.tick_at("2026-06-01T10:00Z").await;
        seen.push(crawl(&t).await);
        seen
    }
}

/// Codes that no check takes for one another: consonants that stand for a number.
fn code(n: usize) -> String {
    const LETTERS: &[u8; 8] = b"CDHKMRTX";
    let digit = |place: u32| LETTERS[(n / 8_usize.pow(place)) % 8] as char;
    format!("{}{}{}{}4", digit(2), digit(1), digit(0), LETTERS[(n * 5 + n / 8 + n / 64) % 8] as char)
}

fn assert_same(first: &Seen, second: &Seen, what: &str) {
    let (first, second) = (without_chance(first), without_chance(second));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>(), "{what}: the addresses");
    for (path, said) in &first {
        let other = &second[path];
        if said != other {
            let place = said.lines().zip(other.lines()).find(|(a, b)| a != b);
            panic!("{what}: {path} tells them apart: {place:?}");
        }
    }
}

/// Worlds that differ in a small number look the same in everything that is public, at every moment: whoever reads all of
/// it cannot tell which one they live in.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_tell_worlds_apart_that_differ_in_a_small_number() {
    let base = World::default().play().await;
    assert!(base[0].len() >= 8, "the adversary reads everything: {:?}", base[0].keys());
    let others: Vec<(&str, World)> = vec![
        ("one story behind R2, not two", World { behind_r1: 21, behind_r2: 1, ..World::default() }),
        ("four stories behind R2", World { behind_r1: 18, behind_r2: 4, ..World::default() }),
        ("two people paused and nobody stopped", World { stop: 0, pause: 2, ..World::default() }),
        ("two people stopped and nobody paused", World { stop: 2, pause: 0, ..World::default() }),
        ("two people stopped and nobody withdrew", World { stop: 2, withdraw: 0, ..World::default() }),
        ("two people withdrew and nobody stopped", World { stop: 0, withdraw: 2, ..World::default() }),
        ("four people need large print", World { large: 4, ..World::default() }),
        ("nobody needs large print", World { large: 0, ..World::default() }),
        ("everybody can be reached and two stopped", World { silent: 0, stop: 2, ..World::default() }),
        ("two people cannot be reached", World { silent: 2, ..World::default() }),
    ];
    for (what, world) in others {
        let seen = world.play().await;
        for (moment, (first, second)) in base.iter().zip(&seen).enumerate() {
            assert_same(first, second, &format!("{what}, at moment {moment}"));
        }
    }
}

/// Before and after people act, until the next figures are taken, nothing public changes.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_public_changes_when_somebody_goes_until_the_next_edition() {
    let seen = World { stop: 2, pause: 2, withdraw: 3, ..World::default() }.play().await;
    assert_same(&seen[0], &seen[1], "around the acts");
}

/// Numbers of people large enough not to be a day or a price: none of them is anywhere.
#[tokio::test(flavor = "multi_thread")]
async fn no_true_number_of_people_or_stories_is_anywhere() {
    let world = World { behind_r1: 113, behind_r2: 129, beside: 176, withdraw: 9, ..World::default() };
    let seen = world.play().await;
    let sums = [113_usize, 129, 176, 242, 418, 418 - 9, 418 - 12, 113 - 9, 242 - 9];
    for seen in &seen {
        for (path, said) in &without_chance(seen) {
            let numbers: BTreeSet<&str> = said.split(|c: char| !c.is_ascii_digit()).collect();
            for sum in sums {
                assert!(!numbers.contains(sum.to_string().as_str()), "{path} holds {sum}");
            }
        }
    }
    let figures = &seen.last().expect("moments")["/p/river-path"];
    assert!(
        ["405", "410", "415", "420"].iter().any(|near| figures.contains(near)),
        "rounded numbers are there: {figures}"
    );
}

/// A page without what is quoted on it.
fn without_excerpts(said: &str) -> String {
    let mut kept = String::new();
    let mut rest = said;
    while let Some((before, after)) = rest.split_once("<details class=\"excerpt") {
        kept.push_str(before);
        rest = after.split_once("</details>").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whose words are shown agreed to it. When they go, their words go, and nothing else: not then, and not with the next
/// figures, whatever number of others stands behind the same recommendation.
#[tokio::test(flavor = "multi_thread")]
async fn the_going_of_a_quote_says_nothing_about_the_others() {
    for others in [0, 1, 4, 10] {
        let world = World { behind_r1: 4 + others, beside: 20 - others, ..World::default() };
        let mut sheets = world.sheets();
        for n in 0..4 {
            let from = format!("{},P{n:03},Told in confidence,written,internal", code(n));
            let to = format!("{},P{n:03},Told to everybody {n},written,public_anonymous", code(n));
            sheets.swap("stories", &from, &to);
        }
        let t = Trial::new().await;
        t.bring_in(&sheets).await;
        let change = Change { visibility: Some(Visibility::Public), ..Change::default() };
        showing::set(&t.app(), SLUG, &change).await.expect("shown");
        t.tick_at("2026-04-01T10:00Z").await;
        t.tick_at("2026-05-01T10:00Z").await;
        let before = crawl(&t).await;
        let page = "/p/river-path/r/R1";
        assert!(before[page].contains("Told to everybody 2"), "{}", before[page]);
        t.deed("P002", Deed::Withdraw(None)).await;
        let after = crawl(&t).await;
        for (path, said) in &after {
            assert!(!said.contains("Told to everybody 2"), "{path}");
            assert_eq!(without_excerpts(said), without_excerpts(&before[path]), "{others} others: {path}");
        }
        assert!(after[page].contains("Told to everybody 1"), "those who stay are still heard");
        let taken = |t: &[hearback::domain::record::Line]| {
            let last =
                t.iter().rev().find(|event| event.kind == "figures").and_then(|event| event.content.clone());
            last.map(|content| content["people"].clone()).expect("figures")
        };
        let then = taken(&t.events().await);
        t.tick_at("2026-06-01T10:00Z").await;
        assert_eq!(taken(&t.events().await), then, "{others} others");
    }
}

#[test]
fn what_is_random_is_left_out_and_words_stay() {
    let said = "8198 de96 5c2a 99ea, 2026-05-01 \"5f0c1d2e3a4b5c6d7e8f90a1b2c3d4e5\" decade";
    assert_eq!(without_hashes(said), "~, 2026-05-01 \"~\" decade");
}
