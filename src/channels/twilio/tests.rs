use std::time::Duration;

use super::super::PAUSE_LONG;
use super::super::http::tests::answer;
use super::super::tests::outgoing;
use super::callback::Told;
use super::*;
use crate::domain::delivery::{AddressFault, DeliveryState};

fn settings() -> TwilioSettings {
    TwilioSettings {
        base_url: PUBLIC_URL.into(),
        account_sid: format!("AC{}", "a".repeat(32)),
        auth_token: "hunter2".into(),
        from: "+447700900999".into(),
        status_callback: Some("https://status.example.nhs.uk/hooks/twilio/status?v=1".into()),
    }
}

fn twilio(change: impl FnOnce(&mut TwilioSettings)) -> Result<Twilio, String> {
    super::super::init_tls();
    let mut settings = settings();
    change(&mut settings);
    Twilio::new(&settings, Web::new().unwrap()).map_err(|e| e.0)
}

fn params(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

#[test]
fn settings_that_cannot_work_are_refused() {
    for (change, what) in [
        ((|s| s.base_url = "http://api.twilio.com".into()) as fn(&mut TwilioSettings), "https://"),
        (|s| s.account_sid = "AC123".into(), "account_sid"),
        (|s| s.auth_token = " ".into(), "auth_token"),
        (|s| s.from = "0044 too long a name".into(), "from"),
        (|s| s.from = String::new(), "from"),
        (|s| s.status_callback = Some("/hooks".into()), "status_callback"),
    ] {
        let error = twilio(change).err().unwrap();
        assert!(error.contains(what) && !error.contains("hunter2"), "{error}");
    }
    for from in ["+447700900999", "60777", "NHSstatus", "NHS Leeds 1"] {
        assert!(matches!(twilio(|s| s.from = from.into()).unwrap().from, Sender::Number(_)), "{from}");
    }
}

#[test]
fn the_form_holds_what_twilio_knows() {
    let out = outgoing(Address::Sms("+447700900123".into()));
    let callback = format!("https://status.example.nhs.uk/hooks/twilio/status?v=1&delivery={}", out.delivery);
    assert_eq!(
        twilio(|_| {}).unwrap().form(&out, "+447700900123"),
        [
            ("To", "+447700900123".into()),
            ("From", "+447700900999".into()),
            ("Body", out.message.short.clone()),
            ("ValidityPeriod", "14400".into()),
            ("StatusCallback", callback),
        ]
    );
    let service = format!("MG{}", "b".repeat(32));
    let form = twilio(|s| s.from = service.clone()).unwrap().form(&out, "+447700900123");
    assert_eq!(form[1], ("MessagingServiceSid", service));
}

#[test]
fn each_answer_of_twilio_has_its_meaning() {
    let minute = Duration::from_secs(60);
    let never = |reason: &str| Outcome::Never { reason: reason.into() };
    let gone = |reason: &str, fault| Outcome::Gone { reason: reason.into(), fault };
    let pause = |reason: &str, after| Outcome::Pause { reason: reason.into(), after };
    let unclear = |reason: &str| Outcome::Unclear { reason: reason.into() };
    for (status, headers, body, expected) in [
        (201, vec![], r#"{"sid":"SM1","status":"queued"}"#, Outcome::Accepted { reference: "SM1".into() }),
        (201, vec![], "<html>", unclear("Twilio's answer could not be read.")),
        (
            400,
            vec![],
            r#"{"code":21610}"#,
            gone("Opted out: this number has sent STOP (Twilio 21610).", AddressFault::Left),
        ),
        (
            400,
            vec![],
            r#"{"code":21211}"#,
            gone("This is not a mobile number (Twilio 21211).", AddressFault::Dead),
        ),
        (
            400,
            vec![],
            r#"{"code":21614}"#,
            gone("This is not a mobile number (Twilio 21614).", AddressFault::Dead),
        ),
        (
            400,
            vec![],
            r#"{"code":21408}"#,
            Outcome::Later {
                reason: "Text messages to this country are not switched on at Twilio (21408).".into(),
                after: Some(PAUSE_LONG),
            },
        ),
        (
            400,
            vec![],
            r#"{"code":63016}"#,
            pause("WhatsApp does not accept the approved text in the settings (Twilio 63016).", PAUSE_LONG),
        ),
        (400, vec![], r#"{"code":21999}"#, never("Twilio refused the message (error 21999).")),
        (
            400,
            vec![],
            r#"{"code":21606}"#,
            pause("Twilio does not let us send from the number in the settings (Twilio 21606).", PAUSE_LONG),
        ),
        (
            401,
            vec![],
            r#"{"code":20003}"#,
            pause("Twilio does not accept the account or its token (Twilio 20003).", PAUSE_LONG),
        ),
        (
            403,
            vec![],
            "",
            pause("Twilio does not accept the sign-in details (403). Enter them again.", PAUSE_LONG),
        ),
        (
            429,
            vec![("retry-after", "9")],
            r#"{"code":20429}"#,
            pause("Twilio asks us to slow down (Twilio 20429).", Duration::from_secs(9)).by_wish(),
        ),
        (429, vec![], "", pause("Twilio asks us to slow down.", minute).by_wish()),
        (400, vec![], "", Outcome::Later { reason: "Twilio refused the message (400).".into(), after: None }),
        (500, vec![], "", unclear("Twilio answered with an error (500).")),
        (
            503,
            vec![("retry-after", "1")],
            r#"{"code":20503}"#,
            unclear("Twilio answered with an error (503)."),
        ),
    ] {
        assert_eq!(judge(&answer(status, &headers, body)), expected, "{status} {body}");
    }
}

#[test]
fn a_lost_message_is_found_by_recipient_text_and_time() {
    let out = outgoing(Address::Sms("+447700900123".into()));
    let listed = |body: &str, to: &str, direction: &str, date: &str| Listed {
        sid: "SM9".into(),
        to: Some(to.into()),
        body: Some(body.into()),
        direction: Some(direction.into()),
        status: Some("sent".into()),
        date_created: Some(date.into()),
    };
    let (text, to, day) = (out.message.short.as_str(), "+447700900123", "Fri, 19 Jul 2024");
    for (message, found) in [
        (listed(text, to, "outbound-api", &format!("{day} 07:40:02 +0000")), true),
        (listed(text, to, "outbound-api", &format!("{day} 07:35:00 +0000")), true),
        (listed(text, to, "outbound-api", &format!("{day} 07:34:59 +0000")), false),
        (listed(text, to, "inbound", &format!("{day} 07:40:02 +0000")), false),
        (listed(text, "+447700900124", "outbound-api", &format!("{day} 07:40:02 +0000")), false),
        (listed("another", to, "outbound-api", &format!("{day} 07:40:02 +0000")), false),
        (listed(text, to, "outbound-api", "no date"), false),
    ] {
        let expected = if found { LookUp::Found { reference: "SM9".into() } } else { LookUp::NotFound };
        assert_eq!(find(&[message], text, &out, to), expected);
    }
    let sent = |sid: &str, status: &str| Listed {
        sid: sid.into(),
        status: Some(status.into()),
        ..listed(text, to, "outbound-api", &format!("{day} 07:40:02 +0000"))
    };
    let again = Outgoing { known: vec!["SM1".into()], ..out.clone() };
    for failed in ["failed", "undelivered", "canceled"] {
        assert_eq!(find(&[sent("SM2", failed), sent("SM1", "sent")], text, &again, to), LookUp::NotFound);
    }
    let all = [sent("SM1", "sent"), sent("SM2", "delivered")];
    assert_eq!(find(&all, text, &again, to), LookUp::Found { reference: "SM2".into() });
}

#[test]
fn signatures_are_twilios_own() {
    let a_call = |number: &str| {
        params(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", number),
            ("Digits", "1234"),
            ("From", number),
            ("To", "+18005551212"),
        ])
    };
    let stop = params(&[
        ("MessageSid", &format!("SM{}", "a".repeat(32))),
        ("From", "+447700900123"),
        ("To", "+447700900999"),
        ("Body", "STOP 👍 é & ="),
        ("MessageStatus", ""),
    ]);
    let repeated = params(&[("A", "b"), ("A", "a"), ("C", "d"), ("A", "a")]);
    let page = "https://mycompany.com/myapp.php?foo=1&bar=2";
    for (token, url, params, expected) in [
        ("12345", page, a_call("+14158675309"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("12345", page, a_call("+12349013030"), "0/KCTR6DLpKmkAf8muzZqo1nDgQ="),
        ("tok", "https://status.example.nhs.uk/twilio/inbound", stop, "vuKYbqXL2or+GhNxk7Slvtr2JEU="),
        ("tok", "https://x.example/", repeated, "OPYwe6V7J5/hdMK6Y5sydkBjmeY="),
    ] {
        assert_eq!(signature(token, url, &params), expected);
        assert!(verify_signature(token, url, &params, expected));
        let flipped = expected.replacen(&expected[..1], if expected.starts_with('R') { "S" } else { "R" }, 1);
        assert!(!verify_signature(token, url, &params, &flipped));
        assert!(!verify_signature("other", url, &params, expected));
        assert!(!verify_signature(token, &format!("{url}x"), &params, expected));
        assert!(!verify_signature(token, url, &params[1..], expected));
    }
    assert!(!verify_signature("", page, &[], &signature("", page, &[])));
    for given in ["", "=", "not base64!"] {
        assert!(!verify_signature("tok", page, &[], given));
    }
}

#[test]
fn the_default_port_may_be_written_or_not() {
    for (signed, asked, same) in [
        ("https://x.example/a?b", "https://x.example:443/a?b", true),
        ("https://x.example:443/a?b", "https://x.example/a?b", true),
        ("http://x.example?b", "http://x.example:80?b", true),
        ("https://x.example:8443/a", "https://x.example/a", false),
        ("https://x.example/a", "https://x.example:8443/a", false),
    ] {
        let given = signature("tok", signed, &[]);
        assert_eq!(verify_signature("tok", asked, &[], &given), same, "{signed} {asked}");
    }
}

#[test]
fn receipts_move_a_delivery() {
    for (status, code, state, reason) in [
        ("queued", None, Some(DeliveryState::Accepted), None),
        ("sent", Some("0"), Some(DeliveryState::Accepted), None),
        ("delivered", None, Some(DeliveryState::Delivered), None),
        (
            "undelivered",
            Some("30003"),
            Some(DeliveryState::Failed),
            Some("The phone is switched off or out of reach (Twilio 30003)."),
        ),
        ("failed", None, Some(DeliveryState::Failed), Some("The network did not deliver the message.")),
        (
            "failed",
            Some("<b>"),
            Some(DeliveryState::Failed),
            Some("The network did not deliver the message."),
        ),
        ("received", None, None, None),
        ("strange", None, None, None),
    ] {
        let expected = state.map(|state| Told { state, reason: reason.map(str::to_owned), fault: None });
        assert_eq!(receipt_state(status, code), expected, "{status} {code:?}");
    }
    for (code, fault) in [
        ("30003", None),
        ("30005", Some(AddressFault::Doubtful)),
        ("30006", Some(AddressFault::Dead)),
        ("30007", None),
        ("21610", Some(AddressFault::Left)),
        ("63016", None),
    ] {
        assert_eq!(receipt_state("undelivered", Some(code)).unwrap().fault, fault, "{code}");
    }
}

#[test]
fn words_that_stop_and_start() {
    for (body, expected) in [
        ("STOP", Some(Keyword::Stop)),
        (" stop\n", Some(Keyword::Stop)),
        ("stop.", Some(Keyword::StopInWords)),
        ("Stop please!", Some(Keyword::StopInWords)),
        ("\"stop all\"", Some(Keyword::StopInWords)),
        ("Opt out", Some(Keyword::StopInWords)),
        ("Unsubscribe", Some(Keyword::Stop)),
        ("end", Some(Keyword::Stop)),
        ("Quit", Some(Keyword::Stop)),
        ("CANCEL", Some(Keyword::Stop)),
        ("start", Some(Keyword::Start)),
        ("Unstop", Some(Keyword::Start)),
        ("HELP?", Some(Keyword::Help)),
        ("status", Some(Keyword::Status)),
        ("please stop texting me", Some(Keyword::StopInWords)),
        ("Stop texts", Some(Keyword::StopInWords)),
        ("ARRET", Some(Keyword::StopInWords)),
        ("Unsubscribe me", Some(Keyword::StopInWords)),
        ("When does this stop?", Some(Keyword::Unsure)),
        ("please cancel my appointment", Some(Keyword::Unsure)),
        ("I want to opt out", Some(Keyword::Unsure)),
        ("Which stopcock?", None),
        ("Thank you", None),
        ("", None),
        ("👍", None),
    ] {
        assert_eq!(keyword(body), expected, "{body}");
    }
}

fn whatsapp(change: impl FnOnce(&mut WhatsAppSettings)) -> Result<Twilio, String> {
    super::super::init_tls();
    let sid = |n: u8| format!("HX{n:032x}");
    let templates = [("update", 1), ("update-cy", 2), ("code", 3)];
    let templates = templates.map(|(name, n)| (name.to_owned(), sid(n))).into();
    let mut settings = WhatsAppSettings { twilio: settings(), templates };
    change(&mut settings);
    Twilio::whatsapp(&settings, Web::new().unwrap()).map_err(|e| e.0)
}

#[test]
fn whatsapp_fills_the_gaps_of_an_approved_text() {
    let field = |form: &[(&str, String)], name: &str| {
        form.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let whatsapp = whatsapp(|_| {}).unwrap();
    let mut out = outgoing(Address::WhatsApp("+447700900123".into()));
    out.message.post = "Line one.\n\nLine\ttwo.".into();
    let form = whatsapp.form(&out, "+447700900123");
    assert_eq!(field(&form, "To"), "whatsapp:+447700900123");
    assert_eq!(field(&form, "From"), "whatsapp:+447700900999");
    assert_eq!(field(&form, "ContentSid"), format!("HX{:032x}", 1));
    let gaps = r#"{"1":"Line one. Line two.","2":"https://status.example.nhs.uk/A81001"}"#;
    assert_eq!(field(&form, "ContentVariables"), gaps);
    assert_eq!(field(&form, "Body"), "");

    out.message.lang = "cy".into();
    assert_eq!(field(&whatsapp.form(&out, "+447700900123"), "ContentSid"), format!("HX{:032x}", 2));
    out.is_code = true;
    let form = whatsapp.form(&out, "+447700900123");
    assert_eq!(field(&form, "ContentSid"), format!("HX{:032x}", 3), "there is no Welsh one");
    assert_eq!(field(&form, "ContentVariables"), r#"{"1":"Line one. Line two."}"#);

    // It is known again by what fills the gap, in whatever words around.
    let listed = Listed {
        sid: "SM9".into(),
        to: Some("whatsapp:+447700900123".into()),
        body: Some("Update: Line one. Line two. More: https://…".into()),
        direction: Some("outbound-api".into()),
        status: None,
        date_created: Some("Fri, 19 Jul 2024 07:40:02 +0000".into()),
    };
    let found = find(&[listed], &whatsapp.text(&out), &out, "whatsapp:+447700900123");
    assert_eq!(found, LookUp::Found { reference: "SM9".into() });
}

#[test]
fn whatsapp_wants_a_number_and_approved_texts() {
    for (change, what) in [
        ((|s| s.twilio.from = "NHSstatus".into()) as fn(&mut WhatsAppSettings), "whatsapp.from"),
        (|s| drop(s.templates.remove("code")), "whatsapp.templates.code is missing"),
        (|s| drop(s.templates.insert("update-pl".into(), "HX1".into())), "update-pl has to be HX"),
        (|s| drop(s.templates.insert("news".into(), "HX1".into())), "templates.news is not known"),
    ] {
        let error = whatsapp(change).err().unwrap();
        assert!(error.contains(what), "{error}");
    }
}
