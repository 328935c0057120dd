//! The commands as an operator meets them: exit codes, plain sentences, and
//! what must never happen by itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use signpost::domain::push::Services;
use uuid::Uuid;

/// A folder of its own, and the program in it.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("signpost-cli-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
        for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("SIGNPOST_")) {
            command.env_remove(name);
        }
        command.current_dir(&self.0).args(arguments).output().unwrap()
    }

    /// Exit code and what was said.
    fn says(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(said).unwrap())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ods").join(name).display().to_string()
}

#[test]
fn wrong_usage_and_input_exit_with_2_and_say_what_to_do() {
    let place = Place::new();
    for (arguments, said) in [
        (vec!["serv"], "unrecognized subcommand"),
        (vec!["import", "organisations"], "required"),
        (vec!["import", "organisations", "nothing.csv"], "The file nothing.csv cannot be read"),
        (
            vec!["import", "organisations", &fixture("wrong_header.csv")],
            "wrong_header.csv: This is not an ODS report: the first line has 2 columns and not 27.",
        ),
        (vec!["import", "organisations", &fixture("not_csv.bin")], "This is not a CSV file."),
        (vec!["import", "systems", &fixture("epraccur.csv")], "The first line must be ods_code,system"),
        (
            vec!["import", "pharmacy-links", &fixture("systems.csv")],
            "The first line must be practice,pharmacy",
        ),
        (
            vec!["import", "subscribers", &fixture("systems.csv")],
            "The first line must be contact,channel,locale,organisation",
        ),
        (
            vec!["token", "create", "--organisation", "ZZZ9", "--role", "viewer", "--name", "x"],
            "There is no organisation with the code ZZZ9.",
        ),
        (
            vec!["token", "create", "--organisation", "X24", "--role", "king", "--name", "x"],
            "invalid value 'king'",
        ),
        (
            vec!["token", "create", "--organisation", "??", "--role", "viewer", "--name", "x"],
            "is not an organisation code",
        ),
        (
            vec!["user", "add", "--email", "x", "--name", " ", "--organisation", "X24", "--role", "viewer"],
            "Enter a name.",
        ),
        (
            vec!["token", "create", "--organisation", "X24", "--role", "viewer", "--name", " "],
            "Enter a name.",
        ),
        (
            vec!["--database-url", "mysql://x", "migrate"],
            "is not a database address. Use sqlite://FILE or postgres://",
        ),
        (vec!["serve", "--listen", "8080"], "listen is \"8080\". Use an address and a port"),
        (vec!["--config", "missing.toml", "migrate"], "The settings file missing.toml does not exist."),
    ] {
        let (code, text) = place.says(&arguments);
        assert!(code == 2 && text.contains(said), "{arguments:?} exits with {code}: {text}");
    }
}

#[test]
fn private_networks_are_allowed_as_a_list_or_as_one_text() {
    let place = Place::new();
    let told = |toml: &str| {
        std::fs::write(place.file("signpost.toml"), toml).unwrap();
        let (code, text) = place.says(&["check"]);
        (code, text.lines().find(|l| l.starts_with("Addresses that")).unwrap_or(&text).to_owned())
    };
    let only = "Addresses that users enter: the internet only, with https";
    assert_eq!(told("").1, only);
    assert_eq!(told("[webhooks]\nallow_networks = []").1, only);
    let both = "Addresses that users enter: the internet with https, and 10.0.0.0/8, fd00::/8";
    assert_eq!(told("[webhooks]\nallow_networks = [\"10.0.0.0/8\", \"fd00::/8\"]").1, both);
    assert_eq!(told("[webhooks]\nallow_networks = \"10.0.0.0/8, fd00::/8\"").1, both);
    std::fs::write(place.file("signpost.toml"), "").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    command.current_dir(&place.0).arg("check").env("SIGNPOST_WEBHOOKS__ALLOW_NETWORKS", "127.0.0.0/8,::1");
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(said.contains("the internet with https, and 127.0.0.0/8, ::1/128"), "{said}");
}

#[test]
fn settings_that_cannot_work_are_refused_by_name() {
    let place = Place::new();
    for (toml, said) in [
        ("lisen = \"127.0.0.1:1\"", "has the key lisen, which Signpost does not know"),
        ("[sms]\nprovider = \"pigeon\"", "sms.provider is \"pigeon\". Use twilio, notify or capture."),
        ("[sms]\nprovider = \"twilio\"", "Set sms.twilio.account_sid"),
        ("[sms]\nprovider = [\"twilio\", \"capture\"]", "Use capture alone"),
        ("[sms]\nprovider = [\"capture\", \"notify\"]", "Use capture alone"),
        ("[sms]\nprovider = \"notify\"", "Set notify.api_key"),
        ("[email]\nurl = \"smtp://localhost\"", "Set email.from too"),
        ("[email]\nurl = [\"notify\"]", "Set notify.api_key"),
        ("[operator]\nemail = \"it\"", "operator.email is \"it\". Use an address such as"),
        ("[email.dkim]\ndomain = \"a.example\"\nselector = \"s\"", "as many of one as of the other"),
        ("[whatsapp]\nfrom = \"+447700900999\"", "Set sms.twilio.account_sid"),
        ("[whatsapp.templates]\nupdate = \"HX\"\n[whatsap]\nx = 1", "has the key whatsap.x"),
        ("base_url = \"status.example.org\"", "base_url is \"status.example.org\". Use an address such as"),
        ("listen = ", "is not TOML"),
        ("[webhooks]\nallow_networks = [\"10.0.0.0/99\"]", "\"10.0.0.0/99\" is not a network. Write it as"),
    ] {
        std::fs::write(place.file("signpost.toml"), toml).unwrap();
        let (code, text) = place.says(&["migrate"]);
        assert!(code == 2 && text.contains(said), "{toml} exits with {code}: {text}");
        assert!(!place.file("signpost.db").exists(), "{toml}: nothing was made");
    }
}

#[test]
fn a_key_file_is_made_once_and_never_silently_again() {
    let place = Place::new();
    assert_eq!(
        place.says(&["token", "create", "--organisation", "X24", "--role", "viewer", "--name", "x"]).0,
        0
    );
    let key = place.file("signpost.key");
    let kept = std::fs::read(&key).unwrap();
    assert_eq!(kept.len(), 32);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(place.says(&["check"]).0, 0);
    std::fs::remove_file(&key).unwrap();
    // Not after the database was put back without its key.
    let (code, text) = place.says(&["check"]);
    assert!(
        code == 1 && text.contains("Key file: NOT WORKING. The key file signpost.key is missing"),
        "{text}"
    );
    let (code, text) = place.says(&["audit", "verify"]);
    assert!(code == 2 && text.contains("The key file signpost.key is missing"), "{code}: {text}");
    assert!(!key.exists(), "no new key for an old database");
    std::fs::write(&key, [9u8; 32]).unwrap();
    let (code, text) = place.says(&["check"]);
    assert!(
        code == 1 && text.contains("Key file: NOT WORKING. The key file signpost.key is not the one"),
        "{text}"
    );
    let (code, text) = place.says(&["audit", "verify"]);
    assert!(code == 2 && text.contains("is not the one that this database was used with"), "{code}: {text}");
    std::fs::write(&key, b"short").unwrap();
    let (code, text) = place.says(&["audit", "verify"]);
    assert!(code == 2 && text.contains("must hold exactly 32 bytes; it holds 5"), "{code}: {text}");
    std::fs::write(&key, kept).unwrap();
    let (code, text) = place.says(&["audit", "verify"]);
    assert!(code == 0 && text.contains("The audit chain is whole"), "{code}: {text}");
}

#[test]
fn a_settings_file_may_have_any_name() {
    let place = Place::new();
    for name in ["s.conf", "settings"] {
        std::fs::write(place.file(name), "listen = \"127.0.0.1:8099\"\n").unwrap();
        let (code, text) = place.says(&["check", "--config", name]);
        assert!(code == 0 && text.contains("listens on 127.0.0.1:8099"), "{name}: {code}: {text}");
    }
    #[cfg(unix)]
    assert_eq!(place.says(&["check", "--config", "/dev/null"]).0, 0);
    std::fs::write(place.file("s.conf"), "connections = 100\nlisten = 5\n").unwrap();
    let (code, text) = place.says(&["check", "--config", "s.conf"]);
    let said = "The settings file s.conf cannot be used for listen. Line 2: invalid type: integer `5`, expected a string.";
    assert!(code == 2 && text.contains(said), "{code}: {text}");
    let (code, text) = place.says(&["check", "--config", "."]);
    assert!(code == 2 && text.contains("The settings file . cannot be read"), "{code}: {text}");
}

/// What looks at a database, or takes somebody's key away, makes none.
#[test]
fn what_needs_a_database_makes_none() {
    let place = Place::new();
    for arguments in [
        vec!["export", "site", "out"],
        vec!["token", "list"],
        vec!["token", "revoke", "--organisation", "X24", "--name", "x"],
        vec!["user", "remove", "--email", "pat@example.org"],
    ] {
        let (code, text) = place.says(&arguments);
        assert!(
            code == 2 && text.contains("There is no database signpost.db. Check database_url."),
            "{text}"
        );
    }
    assert!(!place.file("signpost.db").exists() && !place.file("out").exists());
}

#[test]
fn somebody_and_a_token_are_shut_out() {
    let place = Place::new();
    let region = ["--organisation", "X24", "--role", "viewer", "--name", "Pat"];
    let add = ["user", "add", "--email", "pat@example.org"];
    assert_eq!(place.says(&[&add[..], &region[..]].concat()).0, 0);
    assert_eq!(place.says(&[&["token", "create"][..], &region[..]].concat()).0, 0);
    assert_eq!(place.says(&["token", "list"]), (0, "X24\tviewer\tPat\n".into()));
    let revoke = ["token", "revoke", "--organisation", "X24", "--name", "Pat"];
    assert_eq!(place.says(&revoke), (0, "1 token(s) named Pat at X24 revoked.\n".into()));
    let (code, text) = place.says(&revoke);
    assert!(code == 2 && text.contains("A token of this name at this organisation was not found."), "{text}");
    assert_eq!(place.says(&["token", "list"]), (0, String::new()));
    let remove = ["user", "remove", "--email", "pat@example.org"];
    let gone = "Pat (pat@example.org) cannot sign in any more, and is signed out everywhere.\n";
    assert_eq!(place.says(&remove), (0, gone.into()));
    assert_eq!(place.says(&remove).0, 2);
}

/// Who reads the output may go before it ends.
#[test]
fn a_closed_pipe_is_no_failure() {
    let place = Place::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    let output = command.current_dir(&place.0).arg("check").stdout(writer).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(0) && said.is_empty(), "{:?}: {said}", output.status);
}

/// Flag, then environment, then the file: for the demonstration too.
#[test]
fn the_demonstration_listens_where_it_is_told() {
    let place = Place::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = format!("The address {address} cannot be used.");
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    command.current_dir(&place.0).arg("demo").env("SIGNPOST_LISTEN", &address);
    let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(said.contains(&refused), "{said}");
    std::fs::write(place.file("signpost.toml"), format!("listen = \"{address}\"\n")).unwrap();
    let (code, text) = place.says(&["demo"]);
    assert!(code == 1 && text.contains(&refused), "{code}: {text}");
    let (code, text) = place.says(&["demo", "--listen", "8080"]);
    assert!(code == 2 && text.contains("listen is \"8080\". Use an address and a port"), "{code}: {text}");
}

#[test]
fn a_stopped_database_or_a_taken_address_is_said_at_once() {
    let place = Place::new();
    let (code, text) =
        place.says(&["--database-url", "postgres://signpost:geheim@127.0.0.1:1/none", "migrate"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("cannot be used. Check that it runs and that database_url is right"), "{text}");
    assert!(!text.contains("geheim"), "no password is repeated: {text}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, text) = place.says(&["serve", "--listen", &address]);
    assert!(code == 1 && text.contains("cannot be used. Choose another with --listen"), "{code}: {text}");
    let (code, text) = place.says(&["serve", "--listen", "127.0.0.1:0", "--role", "worker"]);
    assert!(code == 2 && text.contains("need Postgres"), "{code}: {text}");
    assert!(!text.contains("listens on") && !text.contains("First start"), "nothing is announced: {text}");
    assert!(!place.file("signpost.key").exists(), "and nothing is made");
}

#[test]
fn check_says_every_part_before_it_says_no() {
    let place = Place::new();
    let (code, text) = place.says(&["check"]);
    assert!(
        code == 0 && text.contains("Database: signpost.db will be made on the first start"),
        "{code}: {text}"
    );
    assert!(!place.file("signpost.db").exists(), "nothing is made");
    let toml = "[sms]\nprovider = \"twilio\"\n[sms.twilio]\naccount_sid = \"wrong\"\nauth_token = \"x\"\n\
                from = \"+447700900000\"\n";
    std::fs::write(place.file("signpost.toml"), toml).unwrap();
    let (code, text) = place.says(&["check"]);
    assert_eq!(code, 2, "{text}");
    for part in ["Channels: NOT WORKING.", "Email, for exercises: captured", "Messages that are late: "] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_scripts_read_stands_alone_on_standard_output() {
    let place = Place::new();
    let line = |arguments: &[&str]| {
        let output = place.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let token =
        line(&["token", "create", "--organisation", "X24", "--role", "coordinator", "--name", "script"]);
    assert!(
        token.trim().len() >= 40
            && token.trim().chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    );
    let link = line(&[
        "user",
        "add",
        "--email",
        "pat@example.org",
        "--name",
        "Pat",
        "--organisation",
        "X24",
        "--role",
        "administrator",
    ]);
    assert!(link.starts_with("http://127.0.0.1:8080/sign-in/"), "{link}");
}

#[test]
fn real_files_come_in_and_pages_go_out_as_plain_files() {
    let place = Place::new();
    // A few surgeries: each is exported in every form and language.
    let practices = std::fs::read_to_string(fixture("epraccur.csv")).unwrap();
    let few: Vec<&str> = practices.lines().take(3).collect();
    std::fs::write(place.file("few.csv"), few.join("\n") + "\n").unwrap();
    let files = [place.file("few.csv").display().to_string(), fixture("icb.csv")];
    let (code, text) = place.says(&["import", "organisations", &files[0], &files[1], "--dry-run"]);
    assert!(code == 0 && text.contains("Would change: "), "{text}");
    let (code, text) = place.says(&["import", "organisations", &files[0], &files[1]]);
    assert!(code == 0 && text.contains(" added ("), "{text}");
    assert!(place.says(&["import", "organisations", &files[1], &files[0]]).1.contains("Nothing changed."));
    let (code, text) = place.says(&["import", "organisations", &fixture("broken.csv")]);
    assert!(
        code == 0
            && text.contains("broken.csv, line 3: left out, because the line has 9 columns and not 27."),
        "{text}"
    );
    std::fs::write(place.file("links.csv"), "practice,pharmacy\nZ80001,FZ999\n").unwrap();
    let (code, text) =
        place.says(&["import", "pharmacy-links", &place.file("links.csv").display().to_string()]);
    let said = "links.csv, line 2: left out, because there is no organisation FZ999.\n1 lines left out.\n\
                1 lines read. 0 links added, 0 ended. 1 lines name an organisation that is not known here.\n\
                Nothing changed.";
    assert!(code == 0 && text.contains(said), "{text}");
    let (code, text) = place.says(&["export", "site", "out"]);
    assert_eq!(code, 0, "{text}");
    let page = std::fs::read_to_string(place.file("out/Z80001/index.html")).unwrap();
    assert!(page.contains("Ashwick Surgery"));
    for file in [
        "out/index.html",
        "out/cy/index.html",
        "out/accessibility/cy/index.html",
        "out/Z80001/status.json",
        "out/Z80001/feed.atom",
        "out/Z80001/api/v2/incidents/unresolved.json",
    ] {
        assert!(place.file(file).is_file(), "{file}");
    }
    let (pages, dead) = dead_links(&place.file("out"));
    assert!(pages > 100 && dead.is_empty(), "{pages} pages: {dead:?}");
    let (code, text) = place.says(&["check"]);
    assert!(code == 0 && text.contains("captured: messages are kept for staff to read"), "{text}");
    assert!(text.contains("Notification in the browser: captured: set operator.email"), "{text}");
}

/// How many pages a folder has, and their links that a plain server has no file for.
fn dead_links(folder: &Path) -> (usize, BTreeSet<String>) {
    let (mut pages, mut dead, mut waiting) = (0, BTreeSet::new(), vec![folder.to_owned()]);
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == "html") {
            pages += 1;
            let page = std::fs::read_to_string(&path).unwrap();
            for start in ["href=\"/", "src=\"/", "action=\"/"] {
                let links = page.split(start).skip(1).filter_map(|rest| rest.split(['"', '?', '#']).next());
                let is_there = |link: &&str| {
                    let target = folder.join(link);
                    target.is_file() || target.join("index.html").is_file()
                };
                dead.extend(
                    links.filter(|link| !is_there(link)).map(|l| format!("{}: /{l}", path.display())),
                );
            }
        }
    }
    (pages, dead)
}

/// Lists are read from the environment too, and each part is said with its turn.
#[test]
fn a_check_says_what_each_provider_is_for() {
    let place = Place::new();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    let output = command
        .current_dir(&place.0)
        .arg("check")
        .env(
            "SIGNPOST_EMAIL__URL",
            format!("smtp://{closed}?tls=none smtp://localhost:{}?tls=none", closed.port()),
        )
        .env("SIGNPOST_EMAIL__FROM", "updates@status.example.nhs.uk")
        .env("SIGNPOST_SMS__PROVIDER", "twilio,notify")
        .env("SIGNPOST_SMS__TWILIO__BASE_URL", format!("http://{closed}"))
        .env("SIGNPOST_SMS__TWILIO__ACCOUNT_SID", format!("AC{}", "0".repeat(32)))
        .env("SIGNPOST_SMS__TWILIO__AUTH_TOKEN", "hunter2")
        .env("SIGNPOST_SMS__TWILIO__FROM", "+447700900999")
        .env("SIGNPOST_WHATSAPP__FROM", "+447700900999")
        .env("SIGNPOST_WHATSAPP__TEMPLATES", format!("update=HX{0} code=HX{0}", "1".repeat(32)))
        .env("SIGNPOST_OPERATOR__EMAIL", "it@example.org")
        .env("SIGNPOST_NOTIFY__BASE_URL", format!("http://{closed}"))
        .env("SIGNPOST_NOTIFY__API_KEY", format!("k-{0}-{0}", "26785a09-ab16-4eb0-8407-a37497a57506"))
        .env("SIGNPOST_NOTIFY__SMS_TEMPLATE", "f33517ff-2a88-4f6e-b855-c550268ce08a")
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for line in [
        format!("Notification in the browser: sent as mailto:it@example.org, by {}", Services::default()),
        "Messages that are late: the log says it, and it@example.org is told".into(),
        format!("Email by {closed}: NOT WORKING."),
        format!("Email by localhost:{}, if those before it fail (2): NOT WORKING.", closed.port()),
        "Text message by twilio: NOT WORKING.".into(),
        "Text message by notify, if those before it fail (2): NOT WORKING.".into(),
        "WhatsApp by twilio: NOT WORKING.".into(),
        "Bounces: are not taken; set email.bounce_secret".into(),
        "Twilio's callbacks: http://127.0.0.1:8080/hooks/twilio/status".into(),
        "Notify's receipts: are not taken; set notify.receipt_token".into(),
    ] {
        assert!(said.contains(&line), "{line} in {said}");
    }
    assert!(!said.contains("hunter2"));
}
