//! Organisations, systems and subscribers come in; bad files leave nothing
//! behind.

use signpost::desk::DeskError;
use signpost::desk::import::File;
use signpost::domain::org::{OrgCode, OrgKind, OrgStatus};
use signpost::domain::user::Actor;

use crate::harness::{Driver, TestApp, code, fixture};

const ALL: [&str; 5] = ["epraccur.csv", "edispensary.csv", "etr.csv", "ebranchs.csv", "icb.csv"];

#[tokio::test]
async fn both_dialects_come_in_and_a_second_run_changes_nothing() {
    for driver in Driver::BOTH {
        let app = TestApp::empty(driver).await;
        let report = app.import(&ALL).await;
        assert_eq!(report.rejects, []);
        assert!(report.placeholders > 0, "parents that no file names are made from their codes");
        assert!(app.import(&ALL).await.changed_nothing());
        let mut back = ALL;
        back.reverse();
        assert!(app.import(&back).await.changed_nothing(), "the order of files does not matter");

        let newer = app.import(&["epraccur_new.csv"]).await;
        assert_eq!((newer.added, newer.changed), (5, 0));
        assert!(app.import(&["epraccur_new.csv"]).await.changed_nothing());

        let mut tx = app.desk.db.read().await.unwrap();
        let directory = app.desk.directory(&mut tx).await.unwrap();
        let practices = directory.iter().filter(|o| o.kind == OrgKind::Practice);
        let active = practices.filter(|o| o.status == OrgStatus::Active && !o.placeholder).count();
        assert_eq!(active, 64);
        assert_eq!(directory.get(&code("Z80061")).unwrap().status, OrgStatus::Closed);
        assert_eq!(directory.get(&code("Z80105")).unwrap().status, OrgStatus::Closed);
        // Practice, sub-ICB location, board, region, NHS England.
        let above: Vec<String> =
            directory.above(&code("Z80001")).iter().map(|(c, _)| c.to_string()).collect();
        assert_eq!(above, ["Z80001", "77X", "QZ8", "Y91", "X24"]);
        // A branch hangs below the practice of column 15, whatever its prefix.
        assert!(directory.is_at_or_below(&code("Z80006001"), &code("Z80007")));
        // A pharmacy hangs below its company and its board.
        let pharmacy =
            directory.iter().find(|o| o.kind == OrgKind::Pharmacy && o.status == OrgStatus::Active).unwrap();
        assert!(directory.is_at_or_below(&pharmacy.code, &code("X24")));
    }
}

/// A surgery stays below its board and is in a network too, whichever is read first; the
/// columns may be those of what NHS England publishes.
#[tokio::test]
async fn surgeries_are_in_networks_beside_their_boards() {
    for driver in Driver::BOTH {
        let app = TestApp::empty(driver).await;
        app.import(&ALL).await;
        let file = |text: &str| File { name: "networks.csv".into(), bytes: text.as_bytes().to_vec() };
        let published = "PUBLICATION,PRACTICE_CODE,PRACTICE_NAME,PCN_CODE,PCN_NAME\n\
             X,Z80001,ASHWICK SURGERY,ZU801,ASHWICK PCN\nX,Z80002,SECOND,ZU801,ASHWICK PCN\n\
             X,Z80003,THIRD,ZU802,OTHER PCN\nX,Z89999,NOBODY,ZU802,OTHER PCN\nX,Z80004,FOURTH,QZ8,BOARD\n";
        let who = Actor::command_line();
        let report = app.desk.import_networks(&who, &file(published)).await.unwrap();
        assert_eq!((report.added, report.changed, report.links), (2, 0, 5), "{:?}", report.rejects);
        let left_out: Vec<_> = report.rejects.iter().map(|r| (r.line, r.reason.as_str())).collect();
        assert_eq!(
            left_out,
            [(5, "there is no organisation Z89999"), (6, "QZ8 is not a primary care network")]
        );
        assert!(app.desk.import_networks(&who, &file(published)).await.unwrap().changed_nothing());
        assert!(app.import(&ALL).await.changed_nothing(), "the reports do not know networks, and end none");

        let moved = "practice,network,name\nZ80001,ZU802,Other PCN\n";
        let report = app.desk.import_networks(&who, &file(moved)).await.unwrap();
        assert_eq!((report.added, report.changed, report.links), (0, 0, 2), "one ends, one begins");
        let mut tx = app.desk.db.read().await.unwrap();
        let directory = app.desk.directory(&mut tx).await.unwrap();
        let network = directory.get(&code("ZU802")).unwrap();
        assert_eq!((network.kind, network.name.as_str()), (OrgKind::Pcn, "Other PCN"));
        assert_eq!(directory.children_of(&code("ZU801")), [code("Z80002")]);
        assert_eq!(directory.children_of(&code("ZU802")), [code("Z80001"), code("Z80003")]);
        // It has surgeries of two boards, and each board has a say over its own alone.
        let [first, third] = ["Z80001", "Z80003"].map(code);
        let board = |c: &OrgCode| {
            let icb = |(above, _): &&(OrgCode, u8)| {
                directory.get(above).is_some_and(|org| org.kind == OrgKind::Icb)
            };
            directory.above(c).iter().find(icb).unwrap().0.clone()
        };
        assert_ne!(board(&first), board(&third));
        assert_eq!(board(&code("ZU802")), board(&third));
        assert!(!directory.is_at_or_below(&first, &board(&third)));
        assert!(!directory.below(&board(&third)).contains(&first));
        assert!(directory.below(&board(&first)).contains(&first));
        assert!(directory.is_at_or_below(&first, &code("ZU802")), "the network speaks for it");
    }
}

#[tokio::test]
async fn broken_rows_are_left_out_by_line_and_the_rest_comes_in() {
    for driver in Driver::BOTH {
        let app = TestApp::empty(driver).await;
        let report = app.import(&["broken.csv"]).await;
        let lines: Vec<u64> = report.rejects.iter().map(|r| r.line).collect();
        assert_eq!(lines, [3, 5, 7]);
        assert_eq!(report.rejects[0].reason, "the line has 9 columns and not 27");
        assert_eq!(report.read, 5);
    }
}

#[tokio::test]
async fn files_that_are_something_else_are_refused_whole() {
    for driver in Driver::BOTH {
        let app = TestApp::empty(driver).await;
        let who = Actor::command_line();
        for bad in ["wrong_header.csv", "not_csv.bin"] {
            let files = [fixture("epraccur.csv"), fixture(bad)];
            let error = app.desk.import_organisations(&who, &files, false).await.unwrap_err();
            let DeskError::Invalid(errors) = error else { panic!("{error:?}") };
            assert!(errors[0].detail.starts_with(&format!("{bad}: This is not")), "{}", errors[0].detail);
            assert!(app.desk.import_systems(&who, &fixture(bad)).await.is_err());
            assert!(app.desk.import_subscribers(&who, &fixture(bad), None).await.is_err());
        }
        let mut tx = app.desk.db.read().await.unwrap();
        assert_eq!(app.desk.directory(&mut tx).await.unwrap().len(), 1, "only NHS England");
    }
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let app = TestApp::empty(Driver::Sqlite).await;
    let report = app
        .desk
        .import_organisations(&Actor::command_line(), &[fixture("epraccur.csv")], true)
        .await
        .unwrap();
    assert!(report.added > 60);
    let mut tx = app.desk.db.read().await.unwrap();
    assert_eq!(app.desk.directory(&mut tx).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_tree_move_ends_the_old_link_where_the_new_one_begins() {
    for driver in Driver::BOTH {
        let app = TestApp::empty(driver).await;
        app.import(&ALL).await;
        let text = String::from_utf8(fixture("epraccur.csv").bytes).unwrap();
        let row = text.lines().find(|l| l.starts_with("\"Z80001\"")).unwrap();
        let moved = row.replace("\"77X\",\"20200401\"", "\"77Y\",\"20240401\"").replace("\"77X\"", "\"77Y\"");
        assert_ne!(row, moved);
        let file = File { name: "moved.csv".into(), bytes: moved.into_bytes() };
        app.desk.import_organisations(&Actor::command_line(), &[file], false).await.unwrap();
        let mut tx = app.desk.db.read().await.unwrap();
        let links = signpost::store::organisations::links(&mut tx).await.unwrap();
        let of: Vec<_> = links.iter().filter(|l| l.child == code("Z80001")).collect();
        let old = of.iter().find(|l| l.parent == code("77X")).unwrap();
        assert_eq!(old.left.unwrap().to_string(), "2024-04-01");
        assert!(of.iter().any(|l| l.parent == code("77Y") && l.left.is_none()));
    }
}

#[tokio::test]
async fn systems_come_in_by_key_name_or_alias_and_replace_their_rivals() {
    for driver in Driver::BOTH {
        let app = TestApp::empty(driver).await;
        app.import(&ALL).await;
        let import = async |text: &str| {
            let file = File { name: "s.csv".into(), bytes: text.as_bytes().to_vec() };
            app.desk.import_systems(&Actor::command_line(), &file).await.unwrap()
        };
        let report = import(
            "ods_code,system\nZ80001,emis-web\nz80002,EMIS Web\nZ80003,EMIS\nZZZ,emis-web\nZ80004,abacus\n",
        )
        .await;
        assert_eq!(report.added, 3);
        let reasons: Vec<_> = report.rejects.iter().map(|r| (r.line, r.reason.as_str())).collect();
        assert_eq!(
            reasons,
            [(5, "there is no organisation ZZZ"), (6, "there is no system \"abacus\" in the catalogue")]
        );
        assert_eq!(
            import("system,ods_code\nsystmone,Z80001\n").await.changed,
            1,
            "one record system at a time"
        );
        assert!(import("ods_code,system\nZ80001,systmone\n").await.changed_nothing());
    }
}

#[tokio::test]
async fn subscribers_fold_and_those_who_left_stay_out() {
    for driver in Driver::BOTH {
        let app = TestApp::with_region(driver).await;
        let import = async |text: &str| {
            let file = File { name: "p.csv".into(), bytes: text.as_bytes().to_vec() };
            app.desk.import_subscribers(&Actor::command_line(), &file, Some(&code("Z80001"))).await.unwrap()
        };
        let text = "contact,channel,locale\nA@example.org,email,en\na@example.org,email,en\n07700 900123,sms,en\n\
                    01632 960001,sms,en\nb@example.org,fax,en\nc@example.org,email,xx\n";
        let report = import(text).await;
        assert_eq!(report.added, 2);
        let reasons: Vec<_> = report.rejects.iter().map(|r| (r.line, r.reason.as_str())).collect();
        assert_eq!(
            reasons,
            [
                (5, "the contact is not a UK mobile number"),
                (6, "\"fax\" is not a channel; use email, sms or whatsapp"),
                (7, "\"xx\" is not a locale; use en, cy, pl, ro, pa, ur, bn, gu, pt, ar"),
            ]
        );
        app.desk
            .leave_by_text(signpost::domain::subscriber::Channel::Sms, "+447700900123", "")
            .await
            .unwrap();
        assert_eq!(import(text).await.added, 0);
    }
}
