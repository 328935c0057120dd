//! Several speak of one place apart from any incident: whose word counts on its page counts in
//! every form, at every moment, and what a form once told it goes on telling.

use std::collections::BTreeMap;

use chrono::Duration;
use serde_json::{Value, json};

use signpost::domain::user::Role;

use crate::harness::{Driver, TestApp};
use crate::told_alike::{answers, call, declare, element, read, says, text};

/// States that are as usual.
const USUAL: [&str; 4] = ["normal", "working", "on", "come"];

/// Whoever reads all forms of a page, again and again.
struct Reader {
    place: &'static str,
    alerts: BTreeMap<String, String>,
    entries: BTreeMap<String, String>,
}

impl Reader {
    fn of(place: &'static str) -> Self {
        Self { place, alerts: BTreeMap::new(), entries: BTreeMap::new() }
    }

    /// Gives the newest alert.
    async fn looks(&mut self, app: &mut TestApp, step: &str) -> String {
        let place = self.place;
        app.publish().await;
        let page = app.status(place).await;
        let wrong = |line: &Value| !USUAL.contains(&line["state"].as_str().unwrap());
        let is_well = ["normal", "busy"].contains(&page["headline"]["state"].as_str().unwrap())
            && !page["lines"].as_array().unwrap().iter().any(wrong);
        let going_on = read(app, &format!("/{place}/api/v2/incidents/unresolved.json")).await;
        let going_on =
            going_on["incidents"].as_array().unwrap().iter().map(|i| &i["name"]).collect::<Vec<_>>();
        assert_eq!(going_on.is_empty(), is_well, "{step}, {place}: {going_on:?} {page}");
        // A program that follows the updates alone learns of each end.
        let all = read(app, &format!("/{place}/api/v2/incidents.json")).await;
        for incident in all["incidents"].as_array().unwrap() {
            let newest = &incident["incident_updates"][0];
            let is_over = [incident, newest].map(|told| told["status"] == "resolved");
            assert_eq!(is_over[0], is_over[1], "{step}, {place}: {incident}");
        }
        let cap = text(app, &format!("/{place}/cap.xml")).await;
        // Where nobody ever said anything, an alert says so, of the minute.
        let is_calm = element(&cap, "identifier").contains("-calm-");
        let warns = !is_calm && element(&cap, "msgType") != "Cancel";
        assert_eq!(warns, !is_well, "{step}, {place}: {page} {cap}");
        // It never changes, and whoever follows it finds what it takes the place of.
        let name = format!("{},{}", element(&cap, "identifier"), element(&cap, "sent"));
        let before = self.alerts.insert(name, cap.clone()).filter(|_| !is_calm);
        assert!(before.is_none_or(|before| before == cap), "{step}, {place}: an alert changed: {cap}");
        let is_first = element(&cap, "msgType") == "Alert";
        assert_eq!(element(&cap, "references").is_empty(), is_first, "{step}, {place}: {cap}");
        self.reads_the_feed(app, step).await;
        cap
    }

    /// An entry stays as it was told.
    async fn reads_the_feed(&mut self, app: &mut TestApp, step: &str) {
        let feed: atom_syndication::Feed =
            text(app, &format!("/{}/feed.atom", self.place)).await.parse().unwrap();
        let told = |entry: &atom_syndication::Entry| {
            let words = entry.content.as_ref().and_then(|c| c.value.clone()).unwrap_or_default();
            (entry.id.clone(), format!("{} {}\n{words}", entry.updated, entry.title.value))
        };
        let now: BTreeMap<String, String> = feed.entries.iter().map(told).collect();
        assert_eq!(now.len(), feed.entries.len(), "{step}, {}: each has an id of its own", self.place);
        for (id, before) in &self.entries {
            assert_eq!(now.get(id), Some(before), "{step}, {}: an entry changed", self.place);
        }
        self.entries = now;
    }

    async fn newest_entry(&mut self, app: &mut TestApp) -> String {
        let feed: atom_syndication::Feed =
            text(app, &format!("/{}/feed.atom", self.place)).await.parse().unwrap();
        let entry = &feed.entries[0];
        format!("{}\n{}", entry.title.value, entry.content.as_ref().unwrap().value.as_ref().unwrap())
    }
}

fn until(app: &TestApp, minutes: i64) -> String {
    (app.now() + Duration::minutes(minutes)).to_rfc3339()
}

/// A word of some body about a place.
async fn says_of(app: &TestApp, by: &str, place: &str, lines: Value, words: &str, minutes: i64) {
    let mut body = json!({"lines": lines, "expires_at": until(app, minutes)});
    if !words.is_empty() {
        body["message"] = json!(words);
    }
    call(app, by, "PUT", &format!("/api/v1/organisations/{place}/lines"), body).await;
}

/// What has run out is not over because somebody else says something, or nothing, of another line.
#[tokio::test]
async fn nobody_ends_the_word_of_another_by_speaking_of_something_else() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut reader = Reader::of("Z80005");
        says_of(&app, "QZ8", "Z80005", json!({"attend": "do_not_come"}), "Gas leak.", 30).await;
        reader.looks(&mut app, "closed").await;
        app.advance(Duration::minutes(40));
        reader.looks(&mut app, "run out").await;
        says_of(&app, "Z80005", "Z80005", json!({"phones": "working"}), "", 180).await;
        let cap = reader.looks(&mut app, "phones").await;
        assert!(element(&cap, "instruction").contains("Contact us before you come"), "{cap}");
        assert!(!reader.newest_entry(&mut app).await.contains("Back to normal"));
        // Its own word stays open too, whatever the board takes back of its own.
        let mut reader = Reader::of("Z80002");
        says_of(&app, "Z80002", "Z80002", json!({"attend": "do_not_come"}), "Flood.", 30).await;
        app.advance(Duration::minutes(40));
        says_of(&app, "QZ8", "Z80002", json!({"phones": "limited"}), "", 60).await;
        reader.looks(&mut app, "the board's phones").await;
        app.advance(Duration::minutes(5));
        call(&app, "QZ8", "PUT", "/api/v1/organisations/Z80002/lines", json!({"lines": {}})).await;
        reader.looks(&mut app, "the board's word taken back").await;
        app.advance(Duration::minutes(5));
        says_of(&app, "Z80002", "Z80002", json!({"attend": "come"}), "", 60).await;
        reader.looks(&mut app, "open again").await;
        // A hospital that says nothing of its emergency department does not open it.
        let mut reader = Reader::of("RZ5");
        says_of(&app, "QZ8", "RZ5", json!({"emergency_department": "closed"}), "", 60).await;
        app.advance(Duration::minutes(61));
        says_of(&app, "RZ5", "RZ5", json!({"outpatients": "delayed"}), "", 30).await;
        let cap = reader.looks(&mut app, "clinics").await;
        // Each form names what nobody knows, beside what is known.
        for form in [cap, text(&mut app, "/RZ5/poster").await, text(&mut app, "/RZ5/screen").await] {
            assert!(form.contains("A&amp;E is closed") || form.contains("A&#38;E is closed"), "{form}");
        }
        for form in ["/RZ5/voice.xml", "/RZ5/widget.js"] {
            let told = text(&mut app, form).await;
            assert!(told.contains("E is closed") && told.contains("only good until"), "{form}: {told}");
        }
        app.advance(Duration::minutes(31));
        call(&app, "RZ5", "PUT", "/api/v1/organisations/RZ5/lines", json!({"lines": {}})).await;
        reader.looks(&mut app, "nothing more").await;
        let history = crate::one_truth::seen(&mut app, "/RZ5/history").await;
        assert!(history.contains("A&E: Closed Still going on"), "{history}");
    }
}

/// What has run out ends where somebody's word counts by whom all is as usual, and whoever
/// says so signs the end.
#[tokio::test]
async fn whoever_lifts_a_line_ends_it_in_every_form() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut reader = Reader::of("Z80001001");
        says_of(&app, "QZ8", "Z80001001", json!({"attend": "do_not_come"}), "Gas leak here.", 30).await;
        reader.looks(&mut app, "closed").await;
        app.advance(Duration::minutes(17));
        says_of(&app, "Z80001", "Z80001", json!({"attend": "come"}), "Both sites are open.", 300).await;
        reader.looks(&mut app, "the surgery's word").await;
        app.advance(Duration::minutes(20));
        let cap = reader.looks(&mut app, "the board's has run out").await;
        assert_eq!(element(&cap, "msgType"), "Cancel", "{cap}");
        // What the board set for all of its places, a place lifts for itself.
        let mut reader = Reader::of("Z80005");
        says(&app, "QZ8", json!({"lines": {"online_form": "off"}, "message": "Forms off."})).await;
        reader.looks(&mut app, "off").await;
        app.advance(Duration::minutes(5));
        says_of(&app, "Z80005", "Z80005", json!({"online_form": "on"}), "", 100).await;
        let cap = reader.looks(&mut app, "on").await;
        assert!(element(&cap, "description").contains("Emberfold Surgery"), "{cap}");
        let told = reader.newest_entry(&mut app).await;
        assert!(told.contains("Back to normal") && told.contains("Emberfold Surgery"), "{told}");
        let all = read(&mut app, "/Z80005/api/v2/incidents.json").await;
        assert_eq!(all["incidents"][0]["incident_updates"][0]["status"], "resolved", "{all}");
    }
}

/// Each word is signed by whoever said it, whatever others say of other lines meanwhile.
#[tokio::test]
async fn what_a_board_says_is_never_told_as_the_place_s_own() {
    for driver in Driver::BOTH {
        let mut app = TestApp::with_region(driver).await;
        let mut reader = Reader::of("Z80002");
        says_of(&app, "QZ8", "Z80002", json!({"phones": "down"}), "Exchange broke.", 60).await;
        reader.looks(&mut app, "down").await;
        app.advance(Duration::minutes(10));
        says_of(&app, "Z80002", "Z80002", json!({"booking": "normal"}), "", 300).await;
        let cap = reader.looks(&mut app, "booking").await;
        let told = reader.newest_entry(&mut app).await;
        for text in [element(&cap, "description"), told] {
            assert!(text.contains("Exchange broke."), "{text}");
            assert!(!text.contains("Reported by Brambleford Surgery"), "{text}");
        }
    }
}

/// What was said later, and has run out later, was said last: a word from before it does not come back.
#[tokio::test]
async fn what_was_contradicted_until_it_ran_out_does_not_come_back() {
    for driver in Driver::BOTH {
        for of in ["QZ8", "Z80006"] {
            let mut app = TestApp::with_region(driver).await;
            let mut reader = Reader::of("Z80006");
            let off = json!({"lines": {"online_form": "off"}, "expires_at": until(&app, 60)});
            match of {
                "QZ8" => says(&app, "QZ8", off).await,
                _ => says_of(&app, "QZ8", of, json!({"online_form": "off"}), "", 60).await,
            }
            reader.looks(&mut app, "off").await;
            app.advance(Duration::minutes(70));
            reader.looks(&mut app, "run out").await;
            says_of(&app, "Z80006", "Z80006", json!({"online_form": "on"}), "", 20).await;
            reader.looks(&mut app, "on").await;
            app.advance(Duration::minutes(30));
            let cap = reader.looks(&mut app, "on has run out").await;
            assert_eq!(element(&cap, "msgType"), "Cancel", "{of}: {cap}");
            assert_eq!(app.status("Z80006").await["headline"]["state"], "normal", "{of}");
        }
    }
}

/// A surgery, and the pharmacy that makes up its prescriptions.
const SURGERY: &str = "Z80001";
const PHARMACY: &str = "FZ101";

/// A small generator: the same steps on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

/// What somebody does of one place, by chance.
struct Steps {
    chance: Chance,
    incident: Option<String>,
}

impl Steps {
    /// Gives what was done.
    async fn next(&mut self, app: &TestApp, place: &str) -> String {
        let minutes = 20 + 10 * i64::try_from(self.chance.below(9)).unwrap();
        let by = self.chance.of(&["QZ8", place, place]);
        let (line, state) = self.chance.of(&[
            ("attend", "do_not_come"),
            ("phones", "down"),
            ("phones", "limited"),
            ("booking", "paused"),
        ]);
        let (well, fine) = self.chance.of(&[
            ("attend", "come"),
            ("phones", "working"),
            ("booking", "normal"),
            ("prescriptions", "normal"),
        ]);
        let words = self.chance.of(&["", "", "In own words."]);
        let lines = match self.chance.below(9) {
            0 | 1 => json!({line: state}),
            2 => json!({line: state, well: fine}),
            3 => json!({well: fine}),
            4 => json!({}),
            5 | 6 => return self.region(app).await,
            7 => return self.answer(app, place, json!({line: state})).await,
            _ => return String::new(),
        };
        let told = format!("{by} of {place}: {lines} for {minutes}");
        says_of(app, by, place, lines, words, minutes).await;
        told
    }

    async fn region(&mut self, app: &TestApp) -> String {
        let Some(id) = &self.incident else {
            self.incident =
                Some(declare(app, "Y91", json!({"title": "EMIS is down", "system": "emis-web"})).await);
            return "declared".into();
        };
        let state = self.chance.of(&["identified", "catching_up", "resolved"]);
        let token = app.token("Y91", Role::Coordinator).await;
        let path = format!("/api/v1/incidents/{id}/updates");
        // What is over does not end once more.
        let done = app.api(&token, "POST", &path, json!({"state": state})).await.status;
        format!("Y91: {state} ({done})")
    }

    async fn answer(&mut self, app: &TestApp, place: &str, lines: Value) -> String {
        let Some(id) = &self.incident else { return String::new() };
        let answer = self.chance.of(&["affected", "not_affected", "busy", "recovered"]);
        let mut body = json!({"answer": answer});
        // Its pharmacy speaks for itself.
        let (place, lines) = match self.chance.below(3) {
            0 if place == SURGERY => (PHARMACY, json!({"dispensing": "paused"})),
            _ => (place, lines),
        };
        if self.chance.below(2) == 0 {
            body["lines"] = lines;
        }
        answers(app, place, id, body.clone()).await;
        format!("{place}: {body}")
    }
}

/// Whatever anybody says, in whatever order: every form agrees with the page, and nothing that
/// was told is told otherwise later.
#[tokio::test]
async fn whatever_is_said_every_form_agrees() {
    let places = [SURGERY, "Z80001001", "Z80005"];
    // More by hand: SIGNPOST_SEEDS=4-40.
    let seeds = std::env::var("SIGNPOST_SEEDS").unwrap_or_else(|_| "1-3".into());
    let (first, last) = seeds.split_once('-').unwrap();
    for seed in first.parse().unwrap()..=last.parse().unwrap() {
        let mut steps = Steps { chance: Chance(seed), incident: None };
        let mut app = TestApp::with_region(Driver::Sqlite).await;
        let links = json!({"pharmacies": [PHARMACY]});
        call(&app, SURGERY, "PUT", "/api/v1/organisations/Z80001/pharmacies", links).await;
        let told = places.iter().chain(&[PHARMACY]);
        let mut readers: Vec<Reader> = told.map(|place| Reader::of(place)).collect();
        for n in 0..30 {
            let place = steps.chance.of(&places);
            let what = steps.next(&app, place).await;
            eprintln!("@@ {seed} {n} {} {what}", app.now());
            // Nothing runs out in the very moment in which somebody speaks.
            app.advance(Duration::seconds(i64::try_from(61 + 60 * steps.chance.below(25)).unwrap()));
            for reader in &mut readers {
                reader.looks(&mut app, &format!("seed {seed}, step {n}, {what}")).await;
            }
        }
        // What was told has an address that stays.
        for place in places.into_iter().chain([PHARMACY]) {
            let all = read(&mut app, &format!("/{place}/api/v2/incidents.json")).await;
            for incident in all["incidents"].as_array().unwrap() {
                let path = format!("/{place}/incidents/{}", incident["id"].as_str().unwrap());
                assert_eq!(app.get(&path).await.status, 200, "seed {seed}: {path} {incident}");
            }
        }
    }
}
