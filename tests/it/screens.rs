//! Staff and public screens, filled with an invented evening at the desk.

use askama::Template;
use signpost::domain::FieldError;
use signpost::domain::delivery::DeliveryState;
use signpost::domain::headline::HeadlineState;
use signpost::domain::incident::{Answer, Stage};
use signpost::domain::line::Line;
use signpost::domain::org::{Org, OrgKind};
use signpost::domain::subscriber::Channel;
use signpost::domain::user::Role;
use signpost::page::front;
use signpost::web::views::form::{Choice, Errors, LineChoice, Text, chosen};
use signpost::web::views::{Count, Who, account, board, desk, messages, problem, public, sending, sign_in};

use super::samples::code;
use signpost::words::{Locale, english};

pub fn who() -> Who {
    Who {
        writes_welsh: false,
        name: "Ada Fenwick".into(),
        role: Role::Administrator,
        most: Role::Administrator,
        code: code("Z90101"),
        organisation: "Copperwick Street Surgery".into(),
    }
}

fn place() -> public::Place {
    public::Place { code: "Z90101".into(), name: "Copperwick Street Surgery".into(), town: "Saltmere".into() }
}

pub fn wrong(pairs: &[(&str, &str)]) -> Errors {
    pairs.iter().map(|(at, detail)| FieldError::new(*at, *detail)).collect::<Vec<_>>().into()
}

pub fn draw(name: &'static str, screen: impl Template) -> (&'static str, String) {
    (name, screen.render().unwrap())
}

pub fn all() -> Vec<(&'static str, String)> {
    let mut all = public_screens();
    all.extend(staff_screens());
    all.extend(super::screens_post::all());
    all.extend(super::screens_planned::all());
    all.extend(super::screens_presets::all());
    all.extend(super::screens_record::all());
    all
}

fn public_screens() -> Vec<(&'static str, String)> {
    let w = english();
    let found = |code: &str, street: &str, town: &str, postcode: &str, state| front::Found {
        address: format!("/{code}"),
        name: "Copperwick Street Surgery".into(),
        street: street.into(),
        town: town.into(),
        postcode: postcode.into(),
        kind: format!("GP surgery, code {code}"),
        state: Some(state),
    };
    let results = vec![
        found("Z90101", "14 Copperwick Street", "Saltmere", "ZM1 2AB", HeadlineState::Limited),
        found("Z90201", "7 Copperwick Street", "Thistleford", "ZM11 1AA", HeadlineState::Normal),
    ];
    let search = |q: &str, results| front::Search {
        w,
        nhs_logo: false,
        languages: vec![(Locale::En, "/".into())],
        q: q.into(),
        results,
        more: false,
    };
    let hospital = Org::named(code("RZ601"), "A hospital".into(), OrgKind::TrustSite);
    let subscribe = |channel: &str, contact: &str, errors| public::Subscribe {
        w,
        nhs_logo: false,
        in_each: place().subscribe_in_each(),
        place: place(),
        services: signpost::domain::subscriber::Services::offered(&hospital)
            .into_iter()
            .map(|l| Choice::new(l.as_str(), l.label(english())))
            .collect(),
        channel: channel.into(),
        contact: contact.into(),
        locale: "en".into(),
        offered: vec![Channel::Email, Channel::Sms, Channel::WhatsApp],
        not_set_up: true,
        device: true,
        stops_by_link: false,
        push_key: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
            .into(),
        errors,
    };
    let bad = wrong(&[("/contact", "Enter a mobile number with 11 digits, such as 07700 900123.")]);
    let check = |channel, contact: &str, errors| public::CheckContact {
        w,
        nhs_logo: false,
        place: place(),
        channel,
        captured: false,
        contact: contact.into(),
        contact_id: "0190c000".into(),
        code: "12".into(),
        errors,
    };
    let short = wrong(&[("/code", "Enter the 6 digits of the code.")]);
    vec![
        draw("search", search("", vec![])),
        draw("search-results", search("copperwick", results)),
        draw("search-nothing", search("coperwik <b>", vec![])),
        draw("not-found", public::NotFound { w, nhs_logo: false, q: "A8100".into() }),
        draw("subscribe", subscribe("", "", Errors::none())),
        draw("subscribe-wrong", subscribe("sms", "0770", bad)),
        draw("check-email", check(Channel::Email, "reader01@example.org", Errors::none())),
        draw("check-phone", check(Channel::Sms, "07700 900201", short)),
        draw(
            "confirm-link",
            public::ConfirmLink {
                w,
                nhs_logo: false,
                token: "t".into(),
                place: place(),
                masked: "r…@e….org".into(),
            },
        ),
        draw(
            "confirmed",
            public::Confirmed {
                w,
                nhs_logo: false,
                place: place(),
                channel: Channel::Sms,
                captured: false,
                manage_url: "/s/t".into(),
            },
        ),
        draw(
            "manage",
            public::Manage {
                w,
                nhs_logo: false,
                token: "t".into(),
                masked: "r…@e….org".into(),
                channel: Channel::Email,
                places: vec![(place(), None)],
                done: "You get no more updates about Oldwater Surgery.".into(),
            },
        ),
        draw(
            "manage-device",
            public::Manage {
                w,
                nhs_logo: false,
                token: "t".into(),
                masked: String::new(),
                channel: Channel::Push,
                places: vec![(place(), Some("Only about: Radiotherapy".into()))],
                done: "You get no more updates about Oldwater Surgery.".into(),
            },
        ),
        draw("left", public::Left { w, nhs_logo: false }),
        draw("stale-link", public::StaleLink { w, nhs_logo: false }),
        draw("problem-403", problem::Problem::not_allowed()),
        draw("problem-500", problem::Problem::broken()),
    ]
}

fn item(state: DeliveryState, channel: &'static str, to: &str, subject: &str, text: &str) -> messages::Item {
    messages::Item {
        id: "m1".into(),
        at: "7:21am".into(),
        channel,
        to: to.into(),
        organisation: "Copperwick Street Surgery".into(),
        subject: subject.into(),
        text: text.into(),
        state,
        reason: String::new(),
    }
}

pub const SMS: &str = "Copperwick Street Surgery: Our computer system is not working. Come to your appointment unless we contact you. https://status.example/Z90101";
pub const EMAIL: &str = "Copperwick Street Surgery\n\nCome to your appointment unless we contact you.\n\nOur computer system is not working. We can only deal with urgent problems today.\n\nNext update by 9:20am.\n\nFull information: https://status.example/Z90101\n";

fn staff_screens() -> Vec<(&'static str, String)> {
    let sms = || item(DeliveryState::Captured, "Text message", "…201", "", SMS);
    let email = || {
        let subject = "Copperwick Street Surgery, Saltmere: Come to your appointment unless we contact you";
        item(DeliveryState::Delivered, "Email", "r…@e….org", subject, EMAIL)
    };
    let channels = chosen(vec![Choice::new("", "All channels"), Choice::new("sms", "Text message")], "sms");
    let counts = messages::state_counts(|s| match s {
        DeliveryState::Delivered => 1204,
        DeliveryState::Failed => 12,
        _ => 0,
    });
    let sign_in = |error: &str| sign_in::SignIn {
        email: "ada@example.org".into(),
        next: String::new(),
        error: error.into(),
        lost: true,
        passkeys: true,
    };
    vec![
        draw("sign-in", sign_in("Check your email address and password, or try again in a few minutes.")),
        draw(
            "welcome",
            sign_in::Welcome {
                token: "t".into(),
                name: "Ada Fenwick".into(),
                email: "ada@example.org".into(),
                organisation: "Copperwick Street Surgery".into(),
                passkeys: true,
                forget: Some(true),
                errors: wrong(&[("/password", "Use at least 12 characters.")]),
            },
        ),
        draw("desk", full_desk()),
        draw("desk-empty", empty_desk()),
        draw(
            "messages",
            messages::Messages {
                who: who(),
                channels,
                items: vec![sms(), email()],
                next: Some("/desk/messages?after=m1".into()),
            },
        ),
        draw(
            "message",
            messages::Message {
                who: who(),
                done: "The message is sent once more.",
                may_replay: true,
                item: email(),
                leave_url: "https://status.example/s/t".into(),
                attempts: 1,
            },
        ),
        draw(
            "deliveries",
            sending::Deliveries {
                who: who(),
                update: "u1".into(),
                about: sending::About {
                    incident: "i1".into(),
                    title: "GP surgery computer system is not working".into(),
                    at: "7:20am".into(),
                    said: vec!["Our computer system is not working.".into()],
                    ..sending::About::default()
                },
                done: String::new(),
                live: "/desk/updates/u1/live".into(),
                piece: sending::Piece {
                    progress: sending::Progress {
                        is_closed: false,
                        is_unapproved: false,
                        nobody: "Nobody had asked to be told.",
                        is_held: true,
                        spent: "Providers have taken 12 parts of text messages.".into(),
                        update: "u1".into(),
                        may_publish: true,
                        is_preparing: false,
                        due: Count::new("", 12_000),
                        settled: Count::new("", 4_000),
                        pending: 8_000,
                        unclear: 2,
                        channels: vec![sending::ChannelCounts {
                            channel: "Email",
                            due: 12_000,
                            counts,
                            pace: vec!["900 were handed over in the last minute.".into()],
                        }],
                        failures: vec![sending::Failure {
                            count: Count::new("the mailbox is full", 3),
                            may_retry: true,
                            gone: "1 of them cannot be tried again.".into(),
                        }],
                        stopped: String::new(),
                        withheld: vec![Count::new("they left", 3)],
                        resting: vec!["Text message: Twilio asks us to slow down.".into()],
                        late: vec!["Email: the oldest message has waited since 7:13am.".into()],
                        holding: Some("Nobody is told before 7:21am.".into()),
                    },
                    items: vec![email()],
                    next: None,
                },
            },
        ),
        draw("board", full_board()),
        draw(
            "account",
            account::Account {
                who: who(),
                email: "ada@example.org".into(),
                done: String::new(),
                passkeys: vec![account::Passkey {
                    id: "k".into(),
                    name: "Ada’s phone".into(),
                    added: "19 July 2024".into(),
                }],
                may_add_passkeys: true,
                has_password: true,
                errors: Errors::none(),
            },
        ),
        draw(
            "channels",
            account::Channels {
                who: who(),
                done: String::new(),
                secret: "whsec_c2VjcmV0".into(),
                cards: cards(),
                errors: wrong(&[("/bluesky/identifier", "Enter the handle of the account.")]),
            },
        ),
    ]
}

/// One kind with nothing, one with an account in trouble, one with several.
fn cards() -> Vec<account::Card> {
    let input = |id: &str, name, kind| account::Input {
        id: id.into(),
        name,
        label: "What is asked",
        hint: "Such as this",
        value: String::new(),
        kind,
    };
    let row = |id: &str, stopped: &str| account::AccountRow {
        id: id.into(),
        title: "Website (hooks.example)".into(),
        tag: ("Set up", "green"),
        stopped: stopped.into(),
        lines: vec!["Worked last at 7:20am.".into()],
        is_webhook: true,
    };
    let card = |kind, inputs, several, accounts| account::Card {
        kind,
        label: "Kind",
        inputs,
        steps: &["Do this.", "Then that."],
        several,
        name_id: format!("{kind}-name"),
        name: String::new(),
        accounts,
    };
    vec![
        card("mastodon", vec![input("mastodon-base_url", "base_url", "url")], false, vec![]),
        card("bluesky", vec![input("bluesky-identifier", "identifier", "text")], false, vec![row("a", "")]),
        card(
            "webhook",
            vec![input("webhook-url", "url", "password")],
            true,
            vec![row("b", ""), row("c", "7am")],
        ),
    ]
}

fn full_desk() -> desk::Desk {
    let tap = |key: &str, name: &str, impact: &str| desk::Tap {
        key: key.into(),
        name: name.into(),
        impact: impact.into(),
    };
    let touching = |answered| desk::Touching {
        id: "i1".into(),
        title: "GP surgery computer system is not working".into(),
        declared_by: "Copperdale".into(),
        stage: Stage::Identified,
        since: "7:20am".into(),
        answered,
        kept: None,
        is_linked: false,
    };
    desk::Desk {
        readers: "If this changes whether to come, your 12 readers get a message at once.".into(),
        refused: vec![desk::Refused {
            title: "GP surgery computer system is not working".into(),
            by: "Grace Hopper".into(),
            at: "7:31am".into(),
            because: "Too many words.".into(),
            href: "/desk/approvals/p1".into(),
            again: "/desk/post?system=emis-web".into(),
        }],
        halted: vec![(uuid::Uuid::nil(), "GP surgery computer system is not working".into())],
        below: vec![],
        approvals: (2, Some("Somebody else has to look at it by 9am.".into())),
        sees_patients: true,
        is_surgery: true,
        who: who(),
        done: "Your page shows it now.".into(),
        exercises: vec![],
        stopped: vec![("Slack is turned off".into(), "Slack no longer has this webhook.".into())],
        reports: vec![("EXERCISE", "/desk/reports/r1".into(), "EMIS Web is not working, for 8am".into())],
        overdue_presets: vec![super::screens_presets::row("Phones down", "Review overdue", "red", "")],
        presets: (
            vec![super::screens_presets::row("Phones down", "Approved", "green", "")],
            vec![super::screens_presets::row("EMIS Web down everywhere", "Draft", "grey", "Copperdale")],
        ),
        page: desk::PageNow {
            state: HeadlineState::Limited,
            label: "Some things are not working",
            text: "Come to your appointment unless we contact you.".into(),
            note: "The next update is late.".into(),
            url: "/Z90101".into(),
        },
        wider: vec![desk::Wider {
            line: "online_form",
            label: "Online form",
            state: "Off",
            why: "Copperdale says so.".into(),
            until: "6:30pm".into(),
        }],
        systems: vec![
            tap("emis-web", "EMIS Web (Patient Access)", "No records, bookings or electronic prescriptions."),
            tap("gp-phone", "Surgery phones", "Calls do not connect."),
            tap("online-form", "Online form", "Patients cannot send a request online."),
        ],
        others: vec![desk::TapGroup {
            name: "National NHS systems".into(),
            systems: vec![tap("spine", "NHS Spine", "")],
        }],
        touching: vec![touching(None), touching(Some((Answer::Busy, "7:40am".into())))],
        own: vec![desk::Own {
            id: "i2".into(),
            title: "The heating has failed".into(),
            stage: Stage::Investigating,
            next_update_by: "8:30am".into(),
            is_overdue: true,
            is_due_soon: false,
            reached: "214 people were told.".into(),
            mark: "",
            asks: true,
        }],
        updates: vec![desk::Recent {
            id: "u1".into(),
            title: "The heating has failed".into(),
            at: "6:30am".into(),
            tag: ("Your answer", "grey"),
            reached: "214 people, 2 failed".into(),
        }],
        planned: vec![super::screens_planned::row()],
        local: Some(desk::Local {
            pages: String::new(),
            needs_two: false,
            national: vec![],
            also: String::new(),
            lines: LineChoice::for_kind(OrgKind::Practice, |l| match l {
                Line::Phones => "down".into(),
                _ => String::new(),
            }),
            phone: "07700 900123".into(),
            takes_number: true,
            message: Text::default(),
            expires: desk::expiry_choices(""),
            is_open: true,
        }),
        errors: wrong(&[("/phone", "Enter a phone number, such as 07700 900123.")]),
    }
}

fn empty_desk() -> desk::Desk {
    desk::Desk {
        below: vec![],
        approvals: (0, None),
        done: String::new(),
        exercises: vec![],
        stopped: vec![],
        reports: vec![],
        refused: vec![],
        wider: vec![],
        touching: vec![],
        own: vec![],
        updates: vec![],
        planned: vec![],
        errors: Errors::none(),
        local: None,
        page: desk::PageNow {
            state: HeadlineState::Normal,
            label: "Some things are not working",
            text: "Come to your appointment as usual.".into(),
            note: String::new(),
            url: "/Z90101".into(),
        },
        ..full_desk()
    }
}

fn full_board() -> board::Board {
    let counts = || {
        let of = |label, number| board::Stand { label, number, href: "/board?state=x".into() };
        vec![of("Affected", 7), of("Not affected", 4), of("Have not answered", 9), of("Update late", 1)]
    };
    let child = |name: &str| board::Child { href: "/board".into(), name: name.into(), counts: counts() };
    let place = |name: &str, letter| board::Place {
        href: "/Z90101".into(),
        name: name.into(),
        town: "Saltmere".into(),
        letter,
        word: "Affected",
        notes: "phones down".into(),
    };
    board::Board {
        who: who(),
        scope_code: "Y90".into(),
        centre: String::new(),
        scope_name: "Copperdale".into(),
        live: "/board/live?scope=Y90".into(),
        other_view: "/board?scope=Y90&view=table".into(),
        about: "EXERCISE. EMIS Web is not working".into(),
        unreal: Some(("EXERCISE", "This is an exercise. Nothing here is real.")),
        filters: vec![board::Chooser::new("kind", "Kind", std::iter::empty(), "")],
        is_late: false,
        is_filtered: true,
        shown: "Incident: EMIS Web is not working".into(),
        everything: "/board?scope=Y90".into(),
        by: String::new(),
        is_table: false,
        sites: vec![place("Copperwick Street Surgery", 'a'), place("Oldwater Surgery", 'S')],
        now: board::Now {
            over: "This exercise is over since 9:40am.".into(),
            whole: "/board?scope=Y90".into(),
            is_about_one: true,
            halted: vec![(uuid::Uuid::nil(), "GP surgery computer system is not working".into())],
            is_about_some: false,
            parts: vec![
                ("One level down", String::new()),
                ("By primary care network", "/board?by=network".into()),
            ],
            read_at: "7:41:12am".into(),
            counts: counts(),
            lists: vec![board::Listed {
                label: "Phones are down",
                number: 1,
                places: vec![("/Z90101".into(), "Copperwick Street Surgery".into())],
                all: String::new(),
            }],
            awaited: vec![(
                "EMIS Web: others say that it is over.".into(),
                "/desk/incidents/i1/answers".into(),
            )],
            words: vec![board::Spoken {
                name: "Optum".into(),
                about: "EMIS Web".into(),
                text: "We are looking into it.".into(),
                when: "7:30am, 11 minutes ago".into(),
                is_report: true,
            }],
            next_report: "The next situation report is due at 4pm: GP surgery computer system.".into(),
            approvals: 1,
            children: vec![
                child("NHS Saltmere Coast Integrated Care Board"),
                child("NHS Thornfell and Underwold Integrated Care Board"),
            ],
            incidents: vec![board::Open {
                here: String::new(),
                id: "i1".into(),
                title: "GP surgery computer system is not working".into(),
                declared_by: "Copperdale".into(),
                stage: Stage::Identified,
                level: Some(3),
                mark: "EXERCISE",
                organisations: 15,
                next_update_by: "9:20am".into(),
                is_overdue: false,
                asked: "12 places have not answered. They are asked again at 8:30am.".into(),
            }],
            messages: vec![(
                "To the public",
                messages::state_counts(|s| u64::from(s == DeliveryState::Captured) * 31),
            )],
            late: vec!["Email: the oldest message has waited since 8:03am.".into()],
            map: "aS".into(),
            places: "1f".into(),
        },
    }
}
