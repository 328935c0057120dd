//! The screens of posting.

use signpost::domain::headline::HeadlineState;
use signpost::domain::incident::Stage;
use signpost::domain::line::Line;
use signpost::domain::org::OrgKind;
use signpost::web::views::form::{Choice, Errors, LineChoice, Text, next_update_choices};
use signpost::web::views::{Count, post};

use super::screens::{EMAIL, SMS, draw, who, wrong};
use signpost::words::english;

pub fn questions(message: &str) -> post::Questions {
    let state = |line: Line| match line {
        Line::Booking => "urgent_only".to_owned(),
        Line::Prescriptions => "urgent_on_paper".to_owned(),
        _ => String::new(),
    };
    post::Questions {
        national: vec![],
        again: String::new(),
        next_update_own: Some(String::new()),
        attend: LineChoice::required(Line::Attend, "come_unless_contacted").choices,
        lines: LineChoice::for_kind(OrgKind::Practice, state),
        message: Text { english: message.into(), welsh: None },
        next_update: next_update_choices(""),
        also: String::new(),
        also_said: vec![],
    }
}

pub fn all() -> Vec<(&'static str, String)> {
    let post = |system: &str, name: &str, reach, errors| post::Post {
        levels: vec![],
        already: vec![],
        who: who(),
        system: system.into(),
        system_name: name.into(),
        impact: "No records, bookings or electronic prescriptions.".into(),
        national_is_elsewhere: true,
        preset: None,
        title: Text::default(),
        questions: questions(""),
        reach,
        kinds: post::kind_choices("exercise"),
        errors,
    };
    let reach = post::Reach {
        reach: post::Reach::choices(""),
        scopes: vec![Choice::new("Y90", "Copperdale"), Choice::new("QZ1", "NHS Saltmere Coast")],
        organisations: String::new(),
    };
    let bad = wrong(&[
        ("/title", "Say in a few words what is not working."),
        ("/organisations", "There is no organisation with the code Z9999."),
        ("/lines/phones", "Choose one of the answers."),
    ]);
    vec![
        draw("post", post("emis-web", "EMIS Web (Patient Access)", None, Errors::none())),
        draw("post-other", post("", "", Some(reach), bad)),
        draw(
            "update",
            post::Update {
                who: who(),
                incident: "i1".into(),
                is_over: true,
                unreal: None,
                title: "GP surgery computer system is not working".into(),
                presets: vec![("Phones down".into(), "/desk/incidents/i1/update?preset=p1".into())],
                preset: Some(post::Filled { id: "p1".into(), name: "Phones down".into() }),
                made_for: Stage::Resolved,
                stages: Stage::ALL.iter().map(|s| Choice::new(s.as_str(), s.label(english()))).collect(),
                questions: questions("Essential work only until Tuesday."),
                errors: Errors::none(),
            },
        ),
        draw(
            "preview",
            post::Preview {
                cards: vec![("urgent", "Get help now", "Use 111 online.".into())],
                button: "Save and ask a second person",
                reasons: vec!["It changes what is said about 999 or 111."],
                already: vec![],
                who: who(),
                typed: vec![("message".into(), "a \"quoted\" <text>".into())],
                publish_to: "/desk/post".into(),
                back_to: "/desk/post/edit".into(),
                example: "Copperwick Street Surgery".into(),
                page: Some((
                    HeadlineState::Limited,
                    "Come to your appointment unless we contact you.".into(),
                )),
                sms: SMS.into(),
                cost: "These messages cost about £1.28.".into(),
                sms_parts: 1,
                sms_length: 143,
                email_subject: "Copperwick Street Surgery: Come to your appointment unless we contact you"
                    .into(),
                email_body: EMAIL.into(),
                social: vec![("Mastodon".into(), SMS.into())],
                others: vec![],
                organisations: 3606,
                recipients: vec![Count::new("email", 40_120), Count::new("text message", 12_001)],
                unreal: None,
                asked: "We ask 12 places whether they are affected.".into(),
                perhaps: "54 pages more say that the place may be affected.".into(),
            },
        ),
        draw(
            "done",
            post::Done {
                who: who(),
                title: "EMIS Web is not working".into(),
                messages_wait: true,
                update: "u1".into(),
                to_update: String::new(),
                organisations: 1,
                recipients: vec![Count::new("email", 40), Count::new("text message", 0)],
                page_url: "/Z90101".into(),
                next_update_by: "9:20am".into(),
                unreal: Some(("EXERCISE", "This is an exercise. Nothing here is real.")),
            },
        ),
        draw(
            "note",
            post::Note {
                who: who(),
                incident: "i1".into(),
                title: "The heating has failed".into(),
                is_open: false,
                page_url: "/Z90101/incidents/i1".into(),
                message: Text { english: "A pump was old.".into(), welsh: None },
                errors: wrong(&[("/message", "Use at most 5000 characters. This is 12 too many.")]),
            },
        ),
        draw(
            "withdraw",
            post::Withdraw {
                is_national: false,
                who: who(),
                update: "u1".into(),
                unreal: None,
                title: "The surgery is closed".into(),
                said: vec!["The surgery is closed until Monday.".into()],
                at: "7:45am".into(),
                reached: 214,
                captured: "text message".into(),
                posted: "Mastodon, Webhook".into(),
                perhaps: "Facebook".into(),
                is_correction: false,
                incident: "i1".into(),
                is_withdrawn: false,
                built_in: "What we told you before was wrong.",
                reviewed: vec!["It sends messages to very many people."],
                correction: Text::default(),
                errors: wrong(&[("/correction", "Say what is right.")]),
            },
        ),
    ]
}
