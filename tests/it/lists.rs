//! The front page, lists with their filters and search, the pages of those who were asked, and the comparison: what is
//! found, that each list has one address, and that nothing of a private project is ever in any of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use hearback::actions::showing::{self, Change};
use hearback::domain::words::Visibility;
use hearback::web;
use poem::http::StatusCode;
use poem::test::TestClient;
use poem::{Endpoint, Response};

use crate::harness::{SLUG, Sheets, Trial, on_both};

/// A site with nothing on its shelf, so that it shows what is so now.
struct Site<E>(TestClient<E>);

fn site(trial: &Trial) -> Site<impl Endpoint<Output = Response>> {
    Site(TestClient::new(web::routes(trial.app(), None)))
}

impl<E: Endpoint<Output = Response>> Site<E> {
    async fn get(&self, address: &str) -> (StatusCode, String) {
        let response = self.0.get(address.to_owned()).send().await.0;
        let status = response.status();
        if status == StatusCode::SEE_OTHER {
            return (status, response.header("location").expect("an address").to_owned());
        }
        (status, response.into_body().into_string().await.expect("text"))
    }

    /// What a browser ends up with: the page, and its address.
    async fn visit(&self, address: &str) -> (String, String) {
        let (mut address, mut got) = (address.to_owned(), self.get(address).await);
        for _ in 0..2 {
            if got.0 == StatusCode::SEE_OTHER {
                address = got.1;
                got = self.get(&address).await;
            }
        }
        assert_eq!(got.0, StatusCode::OK, "{address}");
        (got.1, address)
    }

    async fn page(&self, address: &str) -> String {
        let (page, at) = self.visit(address).await;
        assert_eq!(at, address, "an address that is written one way only");
        page
    }

    /// The refs that a list shows, in its order.
    async fn refs(&self, address: &str) -> String {
        refs(&self.visit(address).await.0)
    }
}

fn refs(page: &str) -> String {
    let found = page.split("<span class=\"ref\">").skip(1);
    found.map(|rest| rest.split('<').next().expect("a ref")).collect::<Vec<_>>().join(" ")
}

/// The addresses that a page leads to on its own site.
fn links(page: &str) -> BTreeSet<String> {
    let found = page.split("href=\"").skip(1);
    let found = found.map(|rest| rest.split('"').next().expect("an address"));
    let found = found.map(|href| href.replace("&amp;", "&").replace("&#x2f;", "/").replace("&#x3d;", "="));
    found.filter(|href| href.starts_with('/') && !href.starts_with("/assets")).collect()
}

async fn show(trial: &Trial, slug: &str, visibility: Visibility) -> Option<String> {
    let change = Change { visibility: Some(visibility), ..Change::default() };
    showing::set(&trial.app(), slug, &change).await.expect("set").link
}

/// Five recommendations that differ in everything one can choose by.
fn various() -> Sheets {
    let mut sheets = Sheets::small();
    sheets.put("themes", "id,title,summary\nT1,After dark,Evenings\nT2,Getting about,Days\n");
    sheets.put(
        "learnings",
        "id,theme,text\nL1,T1,Few lamps work\nL2,T2,People need a rest\nL3,T1,The last bus is too early\n",
    );
    sheets.put(
        "recommendations",
        "ref,title,text,audience,responsible,published_on,response_due_on,learnings\n\
         R1,Light the path,Put lamps along the whole path,Walkers,Town council,2026-01-05,2026-05-01,L1\n\
         R2,Places to rest,Put a bench at each bend,Walkers,Town council; Bus company,2026-01-05,2026-05-01,L2\n\
         R3,A bus at night,Run one late bus past the Café Łódź,Riders,bus  Company,2026-01-05,2026-02-15,L3\n\
         R10,A crossing,Paint a zebra crossing,Riders,,2026-01-05,2026-05-01,L2\n\
         R9,Clear words,\"Write <b>large</b>, for all\",,Town council,2026-01-05,2026-05-01,\n",
    );
    sheets.put("evidence", "recommendation,story,direction,why\nR1,KTR7,supports,Walks in the dark\n");
    sheets.history(
        "R1,2026-02-10,response,accepted,,,,,\n\
         R1,2026-02-20,progress,done,,Forty lamps now shine,,,\n\
         R2,2026-02-11,response,declined,money,The purse is empty,The treasurer,,\n\
         R9,2026-02-12,response,accepted,,,,,\n\
         R9,2026-02-13,promise,Print it in large letters,,,,,2026-02-25\n\
         R9,2026-02-14,progress,stalled,staff_time,Nobody has the time,,2026-02-27,",
    );
    sheets
}

/// Another project with words that stand nowhere else.
fn hidden(slug: &str) -> Sheets {
    let mut sheets = various();
    sheets.swap("project", "river-path", slug);
    sheets.swap("project", "The river path after dark", &format!("Undisclosed {slug}"));
    sheets.swap("project", "Lantern Collective", &format!("Unnamed {slug}"));
    sheets.swap("recommendations", "Town council", &format!("Secretive {slug}"));
    sheets.swap("recommendations", "Light the path", &format!("Hushed {slug}"));
    sheets.swap("recommendations", "Walkers", &format!("Whisperers {slug}"));
    sheets.swap("themes", "After dark", &format!("Concealed {slug}"));
    sheets
}

#[tokio::test]
async fn each_filter_finds_what_it_says_alone_and_together_with_others() {
    on_both(|trial: Trial| async move {
        trial.bring_in(&various()).await;
        show(&trial, SLUG, Visibility::Public).await;
        let link = show(&trial, SLUG, Visibility::Link).await.expect("a link");
        show(&trial, SLUG, Visibility::Public).await;
        let link = link.trim_start_matches("http://updates.example.org");
        let site = site(&trial);
        for base in ["", &format!("/p/{SLUG}"), link] {
            for (query, found) in [
                ("", "R1 R2 R3 R9 R10"),
                ("?response=awaiting", "R3 R10"),
                ("?response=declined", "R2"),
                ("?progress=done", "R1"),
                ("?progress=stalled", "R9"),
                ("?answered=yes", "R1 R2 R9"),
                ("?answered=no", "R3 R10"),
                ("?responder=town+council", "R1 R2 R9"),
                ("?responder=bus+company", "R2 R3"),
                ("?responder=nobody", ""),
                ("?theme=after+dark", "R1 R3"),
                ("?audience=riders", "R3 R10"),
                ("?reason=money", "R2"),
                ("?reason=staff_time", "R9"),
                ("?overdue=yes", "R3"),
                ("?silent=yes", "R3 R9"),
                ("?verdict=confirmed", ""),
                ("?answered=yes&responder=town+council&theme=after+dark", "R1"),
                ("?answered=yes&responder=town+council&overdue=yes", ""),
                ("?responder=town+council&audience=walkers&q=bench", "R2"),
                ("?q=LAMPS", "R1"),
                ("?q=cafe+lodz", "R3"),
                ("?q=shine+forty", "R1"),
                ("?q=purse", "R2"),
                ("?q=treasurer", "R2"),
                ("?q=too+early", "R3"),
                ("?q=r10", "R10"),
                ("?q=after+bus", "R3"),
                ("?q=bus+company", "R2 R3"),
                ("?q=lamps+bench", ""),
                ("?sort=ref", "R1 R2 R3 R9 R10"),
                ("?sort=newest", "R1 R9 R2 R3 R10"),
                ("?sort=longest-silent", "R3 R9 R1 R2 R10"),
                ("?sort=title", "R3 R10 R9 R1 R2"),
                ("?answered=yes&sort=title", "R9 R1 R2"),
            ] {
                let page = site.page(&format!("{base}/recommendations{query}")).await;
                assert_eq!(refs(&page), found, "{base} {query}");
                let count = found.split_whitespace().count();
                let says = match (query.contains(['=']) && !query.starts_with("?sort"), count) {
                    (false, _) => "5 recommendations.".to_owned(),
                    (true, 0) => "None of 5 recommendations matches".to_owned(),
                    (true, 1) => "One of 5 recommendations matches".to_owned(),
                    (true, count) => format!("{count} of 5 recommendations match."),
                };
                assert!(page.contains(&format!("role=\"status\">{says}")), "{query}: {page}");
                assert!(page.contains("updates.example.org") != base.starts_with("/l/"), "{base}");
            }
        }
        // What holds is named, and can be taken away on its own.
        let page = site.page("/recommendations?answered=yes&theme=after+dark&q=lamps").await;
        for without in
            ["?theme=after+dark&q=lamps", "?answered=yes&q=lamps", "?answered=yes&theme=after+dark"]
        {
            assert!(links(&page).contains(&format!("/recommendations{without}")), "{without}: {page}");
        }
        for words in ["Answered: Yes", "Theme: After dark", "Search: lamps", "Remove all filters"] {
            assert!(page.contains(words), "{words}");
        }
        // The answer to a list that somebody was led to comes before the form that changes it.
        assert!(page.find("role=\"status\"") < page.find("<form"), "{page}");
        let nothing = site.page("/recommendations?q=promise").await;
        assert!(nothing.contains("Promises and all that changed stand on the page"), "{nothing}");
        let page = site.page("/recommendations").await;
        assert!(page.find("role=\"status\"") > page.find("<form"), "{page}");
        assert!(page.contains("<option value=\"accepted\">Accepted</option>"), "{page}");
        assert!(!page.contains("accepted_in_part") && !page.contains("value=\"confirmed\""), "{page}");
    })
    .await;
}

#[tokio::test]
async fn every_list_has_one_address_and_whoever_asks_otherwise_is_sent_there() {
    let trial = Trial::new().await;
    trial.bring_in(&various()).await;
    show(&trial, SLUG, Visibility::Public).await;
    let site = site(&trial);
    for (asked, is) in [
        ("/recommendations?response=&q=&sort=published&page=1", "/recommendations"),
        ("/recommendations?utm_source=x&progress=done", "/recommendations?progress=done"),
        (
            "/recommendations?q=Late++Bus&responder=Bus%20COMPANY",
            "/recommendations?responder=bus+company&q=Late+Bus",
        ),
        ("/recommendations?overdue=no&silent=1&verdict=true&reason=x", "/recommendations"),
        ("/p/river-path/recommendations?page=1&answered=no&x", "/p/river-path/recommendations?answered=no"),
        ("/responders?sort=name", "/responders"),
        ("/responders?sort=shoe-size", "/responders"),
        ("/compare?by=projects&sort=project", "/compare"),
        ("/compare?sort=answered&by=responders&x=1", "/compare?by=responders&sort=answered"),
        ("/compare?by=responders&sort=told", "/compare?by=responders"),
    ] {
        assert_eq!(site.get(asked).await, (StatusCode::SEE_OTHER, is.to_owned()), "{asked}");
        let first = site.page(is).await;
        assert_eq!(site.page(is).await, first, "{is}");
    }
    // Everything that these pages lead to is there, and is its own address.
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = vec!["/".to_owned()];
    while let Some(address) = open.pop() {
        let is_list = ["/recommendations", "/responders", "/compare"].iter().any(|of| address.contains(of));
        if !(address == "/" || is_list) || seen.len() > 400 || !seen.insert(address.clone()) {
            continue;
        }
        let page = site.page(&address).await;
        assert_eq!(page.matches("<h1>").count(), 1, "{address}");
        open.extend(links(&page));
    }
    assert!(seen.len() > 40, "{seen:?}");
}

#[tokio::test]
async fn a_long_list_comes_in_pages_that_together_hold_everything_once() {
    let trial = Trial::new().await;
    let mut sheets = Sheets::small();
    let mut rows = String::from("ref,title,text,responsible,published_on,response_due_on\n");
    for n in 1..=450 {
        let who = if n % 2 == 0 { "Town council" } else { "Bus company" };
        writeln!(rows, "R{n},Title {},Words of it,{who},2026-02-01,2026-05-01", 1_000 - n).expect("text");
    }
    sheets.put("recommendations", &rows);
    trial.bring_in(&sheets).await;
    show(&trial, SLUG, Visibility::Public).await;
    let site = site(&trial);
    for base in ["", "/p/river-path"] {
        for sort in ["", "sort=ref", "sort=title", "sort=newest", "sort=longest-silent"] {
            let mut all = Vec::new();
            for (page, count) in [(1, 200), (2, 200), (3, 50)] {
                let query = match (sort, page) {
                    ("", 1) => String::new(),
                    (sort, 1) => format!("?{sort}"),
                    ("", page) => format!("?page={page}"),
                    (sort, page) => format!("?{sort}&page={page}"),
                };
                let page = site.page(&format!("{base}/recommendations{query}")).await;
                let refs = refs(&page);
                assert_eq!(refs.split(' ').count(), count);
                assert!(page.contains("450 recommendations."), "{query}");
                all.extend(refs.split(' ').map(str::to_owned));
            }
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 450, "{sort}");
            assert_eq!(all[0] == "R450", sort == "sort=title", "{sort}");
        }
    }
    let page = site.page("/recommendations?responder=bus+company&page=2").await;
    assert_eq!(refs(&page).split(' ').count(), 25);
    assert!(page.contains("Page 2 of 2.") && page.contains("225 of 450"), "{page}");
    assert!(links(&page).contains("/recommendations?responder=bus+company"));
    assert_eq!(site.refs("/recommendations?responder=bus+company&page=900").await, refs(&page));
    let who = site.page("/responders/bus%20company").await;
    assert!(who.contains("25 more recommendations"), "{who}");
}

#[tokio::test]
async fn a_private_project_and_one_behind_a_link_show_in_no_page_total_search_or_responder() {
    on_both(|trial: Trial| async move {
        trial.bring_in(&various()).await;
        trial.bring_in(&hidden("private-one")).await;
        trial.bring_in(&hidden("linked-one")).await;
        let pages = [
            "/",
            "/recommendations",
            "/recommendations?silent=yes",
            "/recommendations?q=undisclosed",
            "/recommendations?q=hushed",
            "/recommendations?responder=secretive+private-one",
            "/recommendations?theme=concealed+linked-one",
            "/recommendations?sort=longest-silent",
            "/responders",
            "/responders/town%20council",
            "/responders/bus%20company",
            "/compare",
            "/compare?by=responders",
        ];
        show(&trial, SLUG, Visibility::Public).await;
        let alone = site(&trial);
        let mut before = Vec::new();
        for address in pages {
            before.push(alone.page(address).await);
        }
        show(&trial, "linked-one", Visibility::Link).await;
        let beside = site(&trial);
        for (address, before) in pages.iter().zip(&before) {
            let page = beside.page(address).await;
            assert_eq!(page, *before, "{address}");
            for word in ["Undisclosed", "Unnamed", "Hushed", "Secretive", "Whisperers", "Concealed"] {
                assert!(!page.contains(word), "{address} says {word}");
            }
        }
        let (_, lost) = beside.get("/no/such/page").await;
        for key in ["secretive%20private-one", "secretive%20linked-one", "nobody", "%00", "%ff"] {
            let got = beside.get(&format!("/responders/{key}")).await;
            assert_eq!(got, (StatusCode::NOT_FOUND, lost.clone()), "{key}");
        }
        for slug in ["private-one", "linked-one"] {
            let got = beside.get(&format!("/p/{slug}/recommendations?q=x")).await;
            assert!(got == (StatusCode::NOT_FOUND, lost.clone()), "{slug}");
        }
        // On the page behind the link no responder leads to pages across projects.
        let link = show(&trial, "linked-one", Visibility::Link).await.expect("a link");
        let link = link.trim_start_matches("http://updates.example.org").to_owned();
        let list = site(&trial).page(&format!("{link}/recommendations")).await;
        assert!(list.contains("Hushed linked-one") && !list.contains("/responders"), "{list}");

        show(&trial, SLUG, Visibility::Private).await;
        let empty = site(&trial);
        for address in ["/", "/recommendations", "/responders", "/compare"] {
            let page = empty.page(address).await;
            assert!(!page.contains("river") && !page.contains("Town council"), "{address}: {page}");
        }
        let front = empty.page("/").await;
        assert!(front.contains("No project is public here yet.") && !front.contains("/compare"), "{front}");
        assert_eq!(empty.get("/responders/town%20council").await, (StatusCode::NOT_FOUND, lost));
    })
    .await;
}

/// Twenty people whom nobody can reach.
fn unreachable(sheets: &mut Sheets, initial: char) {
    let id = |n: usize| format!("W{n:02}");
    let mut stories = String::new();
    for n in 0..20 {
        sheets.add("participants", &format!("{},,,,,none,standard,every,,yes\n", id(n)));
        let letters = ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K"];
        let code = format!("{initial}{}{}{}", letters[n / 10], letters[n % 10], 4 + n % 5);
        writeln!(stories, "{code},{},A story,written,internal,code", id(n)).expect("text");
    }
    sheets.add("stories", &stories);
}

#[tokio::test]
async fn the_front_page_adds_up_who_still_waits_from_published_numbers_only() {
    on_both(|trial: Trial| async move {
        let mut sheets = Sheets::small();
        unreachable(&mut sheets, 'W');
        trial.bring_in(&sheets).await;
        let mut others = Sheets::small();
        others.swap("project", "river-path", "second");
        unreachable(&mut others, 'X');
        trial.bring_in(&others).await;
        show(&trial, SLUG, Visibility::Public).await;
        let front = site(&trial).page("/").await;
        assert!(front.contains("is shown here only where nobody can be found in it"), "{front}");
        trial.days_until("2026-04-02").await;
        let events = trial.events().await;
        let figures = events.iter().rev().find(|event| event.kind == "figures").expect("figures");
        let content = serde_json::Value::Object(figures.content.clone().expect("content"));
        let waiting = content["people"]["first_feedback"]["waiting"].as_i64().expect("a number");
        let front = site(&trial).page("/").await;
        assert!(front.contains(&format!(">About {waiting} people are still waiting")), "{front}");
        for words in ["Lantern Collective", "The river path after dark", "0 of 3 answered, 0 done"] {
            assert!(front.contains(words), "{words}: {front}");
        }
        assert!(links(&front).contains("/p/river-path"), "{front}");

        let mut young = Sheets::small();
        young.swap("project", "river-path", "third");
        trial.bring_in(&young).await;
        show(&trial, "third", Visibility::Public).await;
        let front = site(&trial).page("/").await;
        assert!(front.contains(&format!(">At least about {waiting} people are still waiting")), "{front}");
        let table = site(&trial).page("/compare").await;
        assert!(table.contains("no edition yet"), "{table}");
    })
    .await;
}

#[tokio::test]
async fn a_responder_s_page_holds_what_they_were_asked_answered_did_explained_and_left_silent() {
    on_both(|trial: Trial| async move {
        trial.bring_in(&various()).await;
        let mut second = various();
        second.swap("project", "river-path", "second");
        second.swap("project", "The river path after dark", "The mill lane");
        second.swap("recommendations", "Town council", "TOWN  Council");
        trial.bring_in(&second).await;
        show(&trial, SLUG, Visibility::Public).await;
        show(&trial, "second", Visibility::Public).await;
        let site = site(&trial);
        let page = site.page("/responders/town%20council").await;
        for words in [
            "<h1><bdi>Town council</bdi></h1>",
            "asked 6 times",
            "6 of 6 have an answer",
            "2 of these were asked of others too.",
            "2 done",
            "2 stuck",
            "2 late or silent now",
            "4 recommendations owe an explanation; none was sent that still holds.",
            "Print it in large letters",
            "0 kept, 0 still open, 2 missed",
            "The purse is empty",
            "for 4 days",
            "The mill lane",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("A bus at night"), "{page}");
        let happened = |words: &str| page.rfind(words).expect(words);
        assert!(happened("Forty lamps now shine") < happened("The purse is empty"), "newest first");
        assert_eq!(site.page("/responders/Town%20%20COUNCIL").await, page);
        for list in links(&page).iter().filter(|href| href.starts_with("/recommendations?")) {
            site.page(list).await;
        }

        let names = async |address: &str| {
            let page = site.page(address).await;
            let rows = page.split("<th scope=\"row\"").skip(1);
            let names = rows.map(|row| row.split("<bdi>").nth(1).and_then(|name| name.split('<').next()));
            names.map(|name| name.expect("a name").to_owned()).collect::<Vec<_>>()
        };
        // R2 was asked of both, and a treasurer turned it down: that is nobody's answer here.
        let table = site.page("/responders").await;
        for words in ["4 (2 together with others)", "6 (2 together with others)", ">Has an answer<"] {
            assert!(table.contains(words), "{words}: {table}");
        }
        assert!(!table.contains(">Answered<"), "{table}");
        assert_eq!(names("/responders").await, ["Bus company", "Town council"]);
        assert_eq!(names("/responders?sort=name-turned").await, ["Town council", "Bus company"]);
        assert_eq!(names("/responders?sort=asked").await, ["Town council", "Bus company"]);
        assert_eq!(names("/responders?sort=asked-turned").await, ["Bus company", "Town council"]);
        assert_eq!(names("/compare").await, ["The mill lane", "The river path after dark"]);
        assert_eq!(names("/compare?by=responders&sort=answered").await, ["Town council", "Bus company"]);
        assert_eq!(names("/compare?by=responders&sort=overdue").await, ["Bus company", "Town council"]);
        let table = site.page("/compare?by=responders&sort=answered").await;
        assert!(table.contains("aria-sort=\"descending\"") && table.contains("6 of 6"), "{table}");
        assert!(table.contains("2 of 4") && !table.contains("People told"), "{table}");
        let turned = site.page("/compare?by=responders&sort=answered-turned").await;
        assert!(turned.contains("aria-sort=\"ascending\""), "{turned}");
    })
    .await;
}

#[tokio::test]
async fn hostile_words_in_an_address_are_shown_as_words_or_left_aside_and_change_nothing() {
    let trial = Trial::new().await;
    trial.bring_in(&various()).await;
    show(&trial, SLUG, Visibility::Public).await;
    let before = (trial.events().await.len(), trial.project().await);
    let site = site(&trial);
    let long = "a".repeat(10_000);
    let hostile = [
        long.as_str(),
        "%00",
        "%ff%fe",
        "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "'%20onmouseover='alert(1)",
        "%7B%7B7*7%7D%7D",
        "%7Bcount%7D%20%7B%20%24of%20%7D",
        "..%2f..%2fetc%2fpasswd",
        "%E2%80%AEabc",
        "%25%5F%27;--",
        "\\x%0d%0aSet-Cookie:%20a=b",
        "-1",
        "1e999",
    ];
    let names = "response progress answered responder theme audience reason overdue silent verdict q sort page by from to only";
    for words in hostile {
        for name in names.split(' ') {
            for path in [
                "/recommendations",
                "/p/river-path/recommendations",
                "/p/river-path/changes",
                "/responders",
                "/compare",
            ] {
                let (page, at) = site.visit(&format!("{path}?{name}={words}&{name}={words}")).await;
                for raw in ["<script", "' onmouseover", "\" onmouseover", "\0", ">49<"] {
                    assert!(!page.contains(raw), "{path} {name} {words}: {raw}");
                }
                assert!(at.len() < 1_500 && !at.contains(['\r', '\n']), "{at}");
            }
        }
        let (status, page) = site.get(&format!("/responders/{words}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{words}");
        assert!(page.contains("This page is not here"));
        for address in ["/", "/responders", "/compare", "/recommendations?q=x"] {
            let head = site.0.head(address.to_owned()).send().await;
            head.assert_status_is_ok();
        }
    }
    assert_eq!((trial.events().await.len(), trial.project().await), before);
}
