//! `signpost demo`: a throw-away database, an invented region, every outgoing
//! message captured. No credentials, no network.

use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use tokio::net::TcpListener;
use uuid::Uuid;

use super::print;
use super::serve::{start_log, stopped};
use super::story::Story;
use crate::app::{self, App, Role, Secrets, Serving};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::desk::accounts::{NewUser, Voice};
use crate::desk::import::File;
use crate::desk::passkeys::RelyingParty;
use crate::domain::centre::{CentreDraft, PersonDraft, PersonKey};
use crate::domain::org::OrgCode;
use crate::domain::preset;
use crate::domain::subscriber::Channel;
use crate::domain::user::{Actor, Door, Role as UserRole};
use crate::page::site::Site;
use crate::secrets::{Keyring, random};
use crate::store::Db;
use crate::workers::{caller, courier::Courier, expander, planner, reporter};

const DEFAULT_LISTEN: &str = "127.0.0.1:8080";
/// The beats before this are played at once, so that there is something to see.
const OPENS_AT: &str = "2024-07-19T08:05:00Z";
/// A surgery on EMIS Web, another that posts too, and the region above them.
const SURGERY: &str = "Z90101";
const OTHER_SURGERY: &str = "Z90106";
const REGION: &str = "Y90";
/// Who signs in for the region.
const OFFICER: &str = "officer@example.org";

/// Removes the throw-away database at the end, however it ends.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub async fn run(listen: Option<String>, pace: u64) -> Result<()> {
    if std::env::var_os("RUST_LOG").is_some() {
        start_log();
    }
    let mut stop = pin!(stopped()?);
    let listener = bind(listen.as_deref())?;
    let base_url = format!("http://localhost:{}", listener.local_addr()?.port());
    let folder = Folder(std::env::temp_dir().join(format!("signpost-demo-{}", uuid::Uuid::new_v4())));
    std::fs::create_dir_all(&folder.0).context("A folder for the demonstration cannot be made")?;
    let (app, story) = tokio::select! {
        begun = begin(&folder, &base_url) => begun?,
        () = &mut stop => return Ok(()),
    };
    let teller = tokio::spawn(tell(story, app.desk.clone(), Duration::from_secs(pace.max(1))));
    let result = app.run(listener, Role::All, None, stop).await;
    teller.abort();
    result
}

/// Everything up to the moment at which the visitor comes in.
async fn begin(folder: &Folder, base_url: &str) -> Result<(App, Story)> {
    let app = open(folder, base_url).await?;
    let desk = &app.desk;
    fill(desk).await?;
    let mut story = Story::read()?;
    let opens_at: DateTime<Utc> = OPENS_AT.parse()?;
    while story.upcoming().is_some_and(|b| b.at <= opens_at) {
        if let Some(beat) = story.play_next(desk).await? {
            send_all(desk).await?;
            print(format_args!("  {}", beat.says));
        }
    }
    introduce(desk, base_url, story.opened("falcon")).await?;
    Ok((app, story))
}

/// The usual port, or any free one where it is taken.
fn bind(listen: Option<&str>) -> Result<TcpListener> {
    match listen {
        Some(address) => app::bind(address),
        None => app::bind(DEFAULT_LISTEN).or_else(|_| app::bind("127.0.0.1:0")),
    }
}

async fn open(folder: &Folder, base_url: &str) -> Result<App> {
    let clock = Clock::system();
    clock.set("2024-07-18T21:00:00Z".parse::<DateTime<Utc>>()?);
    let db = Db::open(&format!("sqlite://{}", folder.0.join("demo.db").display()), true).await?;
    db.migrate().await?;
    let keys = Keyring::from_bytes(&random()?);
    let desk = Desk::new(db, clock, keys, Arc::new(app::catalogue()?), base_url);
    // The story goes through five days in a few minutes; whoever comes late gets in.
    let desk = desk.with_sign_in_within(chrono::Duration::days(365));
    Ok(App {
        desk,
        site: Arc::new(Site::new(base_url)),
        passkeys: RelyingParty::new(base_url),
        channels: None,
        exercises: None,
        secrets: Secrets::default(),
        live: Default::default(),
        serving: Serving {
            connections: 1_000,
            snapshot: None,
            lived: None,
            purger: None,
            mirror: None,
            operator: None,
            metrics: None,
        },
        database: Arc::new(true.into()),
    })
}

/// The invented region: organisations, systems, subscribers, accounts.
async fn fill(desk: &Desk) -> Result<()> {
    let file = |name: &str, text: &str| File { name: name.into(), bytes: text.as_bytes().to_vec() };
    let who = Actor::command_line();
    let organisations = [
        file("boards.csv", include_str!("../../data/demo/boards.csv")),
        file("practices.csv", include_str!("../../data/demo/practices.csv")),
        file("branches.csv", include_str!("../../data/demo/branches.csv")),
        file("trusts.csv", include_str!("../../data/demo/trusts.csv")),
        file("trust_sites.csv", include_str!("../../data/demo/trust_sites.csv")),
        file("pharmacy_hq.csv", include_str!("../../data/demo/pharmacy_hq.csv")),
        file("pharmacies.csv", include_str!("../../data/demo/pharmacies.csv")),
    ];
    desk.import_organisations(&who, &organisations, false).await?;
    desk.import_systems(&who, &file("systems.csv", include_str!("../../data/demo/systems.csv"))).await?;
    desk.import_networks(&who, &file("networks.csv", include_str!("../../data/demo/networks.csv"))).await?;
    let links = file("pharmacy_links.csv", include_str!("../../data/demo/pharmacy_links.csv"));
    desk.import_pharmacy_links(&who, &links, None).await?;
    let people = file("subscribers.csv", include_str!("../../data/demo/subscribers.csv"));
    desk.import_subscribers(&who, &people, None).await?;
    let contacts = file("contacts.csv", include_str!("../../data/demo/contacts.csv"));
    desk.import_contacts(&who, &contacts).await?;
    desk.import_hours(&who, &file("hours.csv", include_str!("../../data/demo/hours.csv"))).await?;
    for code in [SURGERY, OTHER_SURGERY, REGION].iter().filter_map(|c| OrgCode::parse(c)) {
        let mastodon = serde_json::json!({"base_url": "https://mastodon.example", "access_token": "demo"});
        desk.put_account(&who, &code, "mastodon", &mastodon).await?;
        let bluesky = serde_json::json!({
            "service": "https://pds.example", "identifier": "demo.example", "app_password": "demo"
        });
        desk.put_account(&who, &code, "bluesky", &bluesky).await?;
    }
    write_presets(desk).await
}

/// What the invented region wrote in quiet times.
async fn write_presets(desk: &Desk) -> Result<()> {
    #[derive(Deserialize)]
    struct Written {
        organisation: OrgCode,
        approved: bool,
        content: preset::Content,
    }
    let all: Vec<Written> = serde_json::from_str(include_str!("../../data/demo/presets.json"))?;
    for Written { organisation, approved, content } in all {
        let person = |name: &str| Actor {
            id: desk.new_id(),
            name: name.into(),
            organisation: organisation.clone(),
            role: UserRole::Approver,
            door: Door::CommandLine,
            speaker: None,
        };
        let preset = desk.add_preset(&person("Alex"), &organisation, content).await?;
        if approved {
            desk.approve_preset(&person("Kim"), preset.id, None).await?;
        }
    }
    Ok(())
}

/// Lets everything that is due be captured, before the next beat overtakes it.
async fn send_all(desk: &Desk) -> Result<()> {
    planner::step(desk).await?;
    caller::step(desk).await?;
    reporter::step(desk).await?;
    while expander::step(desk).await? {}
    desk.clock.advance(chrono::Duration::seconds(2));
    for channel in Channel::ALL {
        let courier = Courier::new(desk.clone(), None, *channel);
        while courier.step().await? > 0 {}
    }
    Ok(())
}

/// Says where to look.
async fn introduce(desk: &Desk, base_url: &str, asked: Option<Uuid>) -> Result<()> {
    let user = |email: &str, name: &str, code: &str, role| NewUser {
        email: email.into(),
        name: name.into(),
        organisation: OrgCode::parse(code).unwrap_or_else(OrgCode::root),
        role,
    };
    let who = Actor::command_line();
    let manager = user("manager@example.org", "Priya, practice manager", SURGERY, UserRole::Publisher);
    let manager = desk.add_user(&who, &manager).await?;
    let officer = user(OFFICER, "Sam, regional officer", REGION, UserRole::Administrator);
    let officer = desk.add_user(&who, &officer).await?;
    let supplier = Voice::Supplier("optum".into());
    let supplier = desk.add_voice(&who, "supplier@example.org", "Lee, at the supplier", &supplier).await?;
    gather(desk).await?;
    print(format_args!("\nThis is a demonstration. Every place is invented and nothing is sent.\n"));
    print(format_args!("  Patient page   {base_url}/{SURGERY}"));
    print(format_args!("  Staff sign-in  {manager}"));
    print(format_args!("  Board          {base_url}/board"));
    print(format_args!("\nThe staff sign-in is a practice manager's. The board shows the whole region to a"));
    print(format_args!("regional officer, who signs in here:\n  {officer}\n"));
    print(format_args!("The supplier of EMIS Web has a word of its own. It signs in here:\n  {supplier}\n"));
    if let Some((name, link)) = one_tap(desk, asked).await? {
        print(format_args!(
            "{name} has been asked whether it is affected. Its text message has this link, which"
        ));
        print(format_args!("answers with one tap and without a password:\n  {link}\n"));
    }
    print(format_args!("The story goes on by itself. Ctrl+C ends it.\n"));
    Ok(())
}

fn region() -> Actor {
    let organisation = OrgCode::parse(REGION).unwrap_or_else(OrgCode::root);
    Actor { organisation, ..Actor::command_line() }
}

/// The regional officer acts for the command centre that the story has made.
async fn gather(desk: &Desk) -> Result<()> {
    for seen in desk.centres(&region()).await? {
        let officer = PersonDraft { who: PersonKey::Email(OFFICER.into()), role: UserRole::Coordinator };
        let draft = CentreDraft {
            name: seen.centre.name.clone(),
            members: seen.centre.members.clone(),
            people: vec![officer],
            ..CentreDraft::default()
        };
        desk.change_centre(&region(), &seen.centre.code, &draft).await?;
    }
    Ok(())
}

/// A place that was asked and is silent, and the link that it was sent.
async fn one_tap(desk: &Desk, incident: Option<Uuid>) -> Result<Option<(String, String)>> {
    let Some(incident) = incident else { return Ok(None) };
    let asking = desk.asking(&region(), incident).await?;
    let silent = asking.sites.iter().find(|site| site.said.is_none() && !site.has_nobody);
    Ok(silent.map(|s| (s.org.name.clone(), desk.answer_url(incident, &s.org.code, desk.now()))))
}

/// Plays the rest of the story, a beat at a time.
async fn tell(mut story: Story, desk: Desk, pace: Duration) {
    loop {
        tokio::time::sleep(pace).await;
        match story.play_next(&desk).await {
            Ok(Some(beat)) => print(format_args!("  {}", beat.says)),
            Ok(None) => {
                print(format_args!(
                    "  That was the story. Everything stays as it is until you end it with Ctrl+C."
                ));
                return;
            }
            Err(error) => {
                eprintln!("signpost: {error:#}");
                return;
            }
        }
    }
}
