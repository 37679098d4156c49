//! `yoriai` on the command line (DESIGN.md §8), as scripts run it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use domain::reservation::ReservationState;
use serde_json::{Value, json};
use usecases::ports::store::Store as _;

/// A town that is in the repository.
fn town_file(host: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("towns/{host}.toml"))
}

/// `yoriai` with these arguments and no environment but this.
fn yoriai(arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yoriai"));
    command
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied());
    command
}

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    yoriai(arguments, environment).output().unwrap()
}

fn with_input(arguments: &[&str], input: &str) -> Output {
    let mut child = yoriai(arguments, &[])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn every_town_in_the_repository_is_right() {
    for host in ["seika", "kawagoe"] {
        let checked = run(&["town", "check", town_file(host).to_str().unwrap()], &[]);
        assert!(checked.status.success(), "{}", err(&checked));
    }
}

#[test]
fn a_wrong_town_file_is_reported_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.toml");
    let right = std::fs::read_to_string(town_file("seika")).unwrap();
    let line = right
        .lines()
        .position(|line| line.starts_with("hold_minutes"))
        .unwrap()
        + 1;
    let wrong: Vec<_> = right
        .lines()
        .map(|line| {
            if line.starts_with("hold_minutes") {
                "hold_minutes = \"ten\""
            } else {
                line
            }
        })
        .collect();
    std::fs::write(&file, wrong.join("\n")).unwrap();
    let file = file.to_str().unwrap();
    let checked = run(&["town", "check", file], &[]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(
        err(&checked).contains(&format!("{file}:{line}: ")),
        "{}",
        err(&checked)
    );
    assert_eq!(out(&checked), "");
}

#[test]
fn a_fee_is_quoted_without_a_database() {
    let town = town_file("seika");
    let arguments = [
        "fee",
        "quote",
        "--town",
        town.to_str().unwrap(),
        "--request",
        "-",
    ];
    let request = json!({
        "room": "nishi-gym", "date": "2026-12-05", "start": "18:00", "end": "20:00", "people": 12,
        "options": [{"id": "light", "quantity": 1}],
    });
    let quoted = with_input(&arguments, &request.to_string());
    assert!(quoted.status.success(), "{}", err(&quoted));
    let quote: Value = serde_json::from_str(&out(&quoted)).unwrap();
    let names: Vec<_> = quote.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        ["lines", "tariff_version", "tax_included_yen", "total_yen"]
    );
    let lines = quote["lines"].as_array().unwrap();
    let sum: u64 = lines
        .iter()
        .map(|line| line["amount_yen"].as_u64().unwrap())
        .sum();
    assert_eq!(quote["total_yen"], sum);

    let mut crowd = request;
    crowd["people"] = json!(10_000);
    let refused = with_input(&arguments, &crowd.to_string());
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        err(&refused).starts_with("booking.too_many_people: "),
        "{}",
        err(&refused)
    );
    for nonsense in ["", "{", "[]", "{\"room\":\"nishi-gym\"}"] {
        assert_eq!(
            with_input(&arguments, nonsense).status.code(),
            Some(1),
            "{nonsense}"
        );
    }
}

#[test]
fn the_api_is_described_without_any_configuration() {
    let described = run(&["openapi"], &[]);
    assert!(described.status.success());
    let document: Value = serde_json::from_str(&out(&described)).unwrap();
    assert_eq!(document, serde_json::to_value(server::document()).unwrap());
}

/// A study of the year in which the test town's reservations lie.
const STUDY: [&str; 8] = [
    "fee",
    "study",
    "--town",
    concat!(env!("CARGO_MANIFEST_DIR"), "/towns/seika.toml"),
    "--from",
    "2026-04-01",
    "--to",
    "2027-03-31",
];

#[test]
fn editors_get_the_shape_of_the_town_file_in_japanese() {
    let printed = run(&["town", "schema"], &[]);
    assert!(printed.status.success(), "{}", err(&printed));
    let schema: Value = serde_json::from_str(&out(&printed)).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(
        schema["$defs"]["Facility"]["properties"]["hold_minutes"]["description"],
        "仮押さえの長さ（分）"
    );
}

#[test]
fn what_is_missing_is_named() {
    for command in [
        &["migrate"][..],
        &["serve"],
        &["worker"],
        &["town", "export", "263664"],
        &STUDY,
    ] {
        let output = run(command, &[]);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            err(&output).contains("DATABASE_URL"),
            "{command:?}: {}",
            err(&output)
        );
    }
}

testkit::on_both! {
    async fn a_town_goes_in_and_comes_out_the_same(db: TestStore) {
        let environment = [("DATABASE_URL", db.url())];
        let file = town_file("seika");
        let apply = ["town", "apply", file.to_str().unwrap()];
        let first = run(&apply, &environment);
        assert!(out(&first).contains("第1版として適用しました"), "{}{}", out(&first), err(&first));
        assert!(out(&run(&apply, &environment)).contains("変更はありません"));
        let exported = run(&["town", "export", "263664"], &environment);
        assert!(exported.status.success(), "{}", err(&exported));
        let before = domain::town::check(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(domain::town::check(&exported.stdout).unwrap(), before);
        let unknown = run(&["town", "export", "000000"], &environment);
        assert_eq!(unknown.status.code(), Some(1));
        assert!(err(&unknown).contains("263664 精華町"), "{}", err(&unknown));
    }

    async fn roles_are_given_listed_and_taken_back(db: TestStore) {
        let keys = tempfile::tempdir().unwrap();
        let key_file = keys.path().join("data.key");
        std::fs::write(&key_file, "test:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=\n").unwrap();
        let environment = [
            ("DATABASE_URL", db.url()),
            ("DATA_KEY_FILE", key_file.to_str().unwrap()),
            ("STAFF_IDP_ISSUER", "https://staff.example"),
            ("TOWN_SEIKA_STAFF_IDP_CLIENT_ID", "SEIKASTAFF"),
        ];
        run(&["town", "apply", town_file("seika").to_str().unwrap()], &environment);
        let staff = |arguments: &[&str]| {
            let whole = [&["staff", arguments[0], "--town", "263664"], &arguments[1..]].concat();
            run(&whole, &environment)
        };
        let sato = ["grant", "--subject", "oid-1", "--name", "佐藤", "--role"];
        let window = [&sato[..], &["window", "--facility", "mukunoki"]].concat();
        let given = staff(&window);
        assert!(given.status.success(), "{}", err(&given));
        assert_eq!(out(&given), "佐藤: window（窓口） mukunoki の権限を付けました。\n");
        assert!(out(&staff(&window)).contains("もうあります"));
        assert!(staff(&[&sato[..], &["admin"]].concat()).status.success());
        let listed = out(&staff(&["list"]));
        let roles = "window（窓口） mukunoki、admin（管理者） すべての施設";
        assert_eq!(listed, format!("oid-1\t佐藤\t{roles}\n"));
        let taken = staff(&["revoke", "--subject", "oid-1", "--role", "admin"]);
        assert_eq!(out(&taken), "1件の権限を取り消しました。\n");
        assert_eq!(out(&staff(&["revoke", "--subject", "oid-1"])), out(&taken));
        assert_eq!(out(&staff(&["list"])), "oid-1\t佐藤\t権限なし\n");

        for (arguments, said) in [
            (vec!["grant", "--subject", "x", "--name", "x", "--role", "chief"], "chief"),
            ([&window[..7], &["--facility", "nowhere"]].concat(), "mukunoki"),
            (vec!["revoke", "--subject", "nobody"], "yoriai staff list"),
        ] {
            let refused = staff(&arguments);
            assert!(!refused.status.success(), "{arguments:?}");
            assert!(err(&refused).contains(said), "{}", err(&refused));
        }
        let unset = [environment[0], environment[1]];
        let grant = [&["staff"], &window[..1], &["--town", "263664"], &window[1..]].concat();
        assert!(err(&run(&grant, &unset)).contains("STAFF_IDP_ISSUER"));
    }

    async fn a_revision_is_studied_and_previewed_before_it_is_applied(db: TestStore) {
        let environment = [("DATABASE_URL", db.url())];
        let world = testkit::TestWorld::new(&db).await.unwrap();
        let mut record = world.reservation("gym-full", "2099-12-05", "18:00", "20:00").unwrap();
        record.state = ReservationState::Confirmed { at: record.created_at };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let _inserted = tx.insert_reservation(&record).await.unwrap();
        tx.commit().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new.toml");
        std::fs::write(&file, testkit::TOWN_FILE.replace("yen = 800", "yen = 1000")).unwrap();
        let file = file.to_str().unwrap();

        let study = ["fee", "study", "--town", file, "--from", "2099-12-01", "--to", "2099-12-31"];
        let told = run(&study, &environment);
        assert!(told.status.success(), "{}", err(&told));
        // The frozen quote is 800 円; two hours and light would be 2,800 円.
        let whole = "使用料は2,000円増えます（800円 → 2,800円、+250.0%）";
        for words in [whole, "寄合町体育館 体育館（全面）", "基本（どの区分にもあたらない）", "測り方"] {
            assert!(out(&told).contains(words), "{words}: {}", out(&told));
        }
        let csv = run(&[&study[..], &["--csv"]].concat(), &environment);
        assert!(csv.stdout.starts_with(b"\xEF\xBB\xBF"), "{}", err(&csv));
        assert!(out(&csv).contains("全体,,,,,,1,800,2800,2000,250.0,1,0,0,0,"), "{}", out(&csv));
        let reversed = ["fee", "study", "--town", file, "--from", "2099-12-31", "--to", "2099-12-01"];
        let reversed = run(&reversed, &environment);
        assert_eq!(reversed.status.code(), Some(1));
        assert!(err(&reversed).contains("期間の終わり"), "{}", err(&reversed));
        let unknown = run(&STUDY, &environment);
        assert!(err(&unknown).contains("999997 寄合町"), "{}", err(&unknown));

        // Two hours and light are 2,400 円 by the file in force.
        let touched = "料金の計算が変わります（2,400円 → 2,800円）";
        let preview = run(&["town", "apply", "--preview", file], &environment);
        assert!(preview.status.success(), "{}", err(&preview));
        for words in ["第1版", "1件に影響があります", &record.number, touched] {
            assert!(out(&preview).contains(words), "{words}: {}", out(&preview));
        }
        let applied = run(&["town", "apply", file], &environment);
        let done = out(&applied);
        assert!(done.contains("第2版として適用しました。これからの予約1件に影響があります"), "{done}{}", err(&applied));
        let again = out(&run(&["town", "apply", "--preview", file], &environment));
        assert!(again.contains("予約1件に影響はありません"), "{again}");
    }

    async fn one_wrong_file_among_several_applies_none(db: TestStore) {
        let environment = [("DATABASE_URL", db.url())];
        let folder = tempfile::tempdir().unwrap();
        let wrong = folder.path().join("wrong.toml");
        std::fs::write(&wrong, "code = 1").unwrap();
        let right = town_file("seika");
        let both = ["town", "apply", right.to_str().unwrap(), wrong.to_str().unwrap()];
        assert_eq!(run(&both, &environment).status.code(), Some(1));
        assert_eq!(run(&["town", "export", "263664"], &environment).status.code(), Some(1));
    }

    async fn the_doctor_says_what_to_do_and_fails_until_it_is_done(db: TestStore) {
        let sick = run(&["doctor"], &[("DATABASE_URL", db.url())]);
        assert_eq!(sick.status.code(), Some(1));
        let report = out(&sick);
        for line in ["OK  データベース", "NG  自治体", "yoriai town apply", "NG  設定", "PUBLIC_URL"] {
            assert!(report.contains(line), "{line} in {report}");
        }
    }
}

#[test]
fn the_public_half_of_a_key_is_printed_for_the_providers_form() {
    testkit::run(testkit::Engine::Sqlite, |db| async move {
        let app = crate::app::TestApp::open(&db).await;
        let key = &app.environment["IDP_CLIENT_KEY_FILE"];
        let printed = run(&["public-key", key], &[]);
        let set: Value = serde_json::from_str(&out(&printed)).unwrap();
        assert_eq!(set["keys"][0]["alg"], "ES256", "{}", err(&printed));
        assert_eq!(set["keys"][0]["d"], Value::Null);
        let no_key = run(&["public-key", &app.environment["DATA_KEY_FILE"]], &[]);
        assert_eq!(no_key.status.code(), Some(1));
        assert!(err(&no_key).contains("ES256"), "{}", err(&no_key));
    })
    .unwrap();
}

/// What a line of the log says.
fn said(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

/// `yoriai serve` that is killed should the test not get to its end.
struct Serving(std::process::Child);

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already, which is all that is wanted.
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[test]
fn serve_answers_and_stops_when_told() {
    testkit::run(testkit::Engine::Sqlite, |db| async move {
        let app = crate::app::TestApp::open(&db).await;
        let mut environment = app.environment.clone();
        environment.insert("LISTEN".to_owned(), "127.0.0.1:0".to_owned());
        let pairs: Vec<_> = environment
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let child = yoriai(&["serve"], &pairs)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut serving = Serving(child);
        let mut lines = BufReader::new(serving.0.stderr.take().unwrap()).lines();
        let started: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(started["message"], "serve.started");
        let address = started["address"].as_str().unwrap();
        // Open connections must not keep it: this one stays until the end of the test.
        let client = reqwest::Client::builder().build().unwrap();
        let health = client
            .get(format!("http://{address}/healthz"))
            .send()
            .await
            .unwrap();
        assert_eq!(health.status(), 200);
        let id = nix::unistd::Pid::from_raw(serving.0.id().try_into().unwrap());
        nix::sys::signal::kill(id, nix::sys::signal::SIGTERM).unwrap();
        let said: Vec<_> = lines.map_while(Result::ok).collect();
        assert!(said.last().unwrap().contains("process.stopped"), "{said:?}");
        assert!(
            !said.iter().any(|line| line.contains("process.cut_short")),
            "{said:?}"
        );
        assert!(serving.0.wait().unwrap().success());
    })
    .unwrap();
}

#[test]
fn figures_are_shown_on_the_listener_that_was_asked_for_and_nowhere_else() {
    figures_are_shown(&["LISTEN", "METRICS_LISTEN"], "metrics.started");
}

#[test]
fn figures_are_shown_beside_the_pages_where_nothing_else_was_asked_for() {
    figures_are_shown(&["LISTEN"], "serve.started");
}

/// Starts with these listeners on free ports and finds the figures at `there` alone.
fn figures_are_shown(listeners: &'static [&'static str], there: &'static str) {
    testkit::run(testkit::Engine::Sqlite, move |db| async move {
        let app = crate::app::TestApp::open(&db).await;
        let mut environment = app.environment.clone();
        for listen in listeners {
            environment.insert((*listen).to_owned(), "127.0.0.1:0".to_owned());
        }
        let pairs = environment.iter().map(|(name, value)| (&**name, &**value));
        let child = yoriai(&["serve"], &pairs.collect::<Vec<_>>())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut serving = Serving(child);
        // Read as far as the addresses and no further, as by a collector of logs that went away: that
        // is no reason not to answer.
        let lines = BufReader::new(serving.0.stderr.take().unwrap()).lines();
        let mut addresses = BTreeMap::new();
        for line in lines {
            let line = said(&line.unwrap());
            let message = line["message"].as_str().unwrap().to_owned();
            addresses.insert(message.clone(), line["address"].clone());
            if message == "serve.started" {
                break;
            }
        }
        let client = reqwest::Client::builder().build().unwrap();
        let get = async |listener: &str, path: &str| {
            let address = addresses[listener].as_str().unwrap();
            client
                .get(format!("http://{address}{path}"))
                .send()
                .await
                .unwrap()
        };
        assert_eq!(get("serve.started", "/healthz").await.status(), 200);
        let odd = reqwest::Method::from_bytes(b"STRANGERS-OWN-WORD").unwrap();
        let address = addresses["serve.started"].as_str().unwrap();
        client
            .request(odd, format!("http://{address}/healthz"))
            .send()
            .await
            .unwrap();
        for listener in addresses
            .keys()
            .filter(|listener| listener.ends_with(".started"))
        {
            let shown = get(listener, "/metrics").await.status() == 200;
            assert_eq!(shown, listener == there, "{listener}");
        }
        let figures = get(there, "/metrics").await;
        assert_eq!(figures.status(), 200);
        let figures = figures.text().await.unwrap();
        assert!(figures.contains(r#"route="/healthz""#), "{figures}");
        assert!(
            !figures.contains("STRANGERS"),
            "a stranger makes no series: {figures}"
        );
    })
    .unwrap();
}

#[test]
fn two_towns_at_one_address_are_not_served() {
    testkit::run(testkit::Engine::Sqlite, |db| async move {
        let app = crate::app::TestApp::open(&db).await;
        let mut environment = app.environment.clone();
        environment.insert(
            "TOWN_TONARI_OWN_URL".to_owned(),
            "http://yoriai.localhost:8080".to_owned(),
        );
        let pairs = environment.iter().map(|(name, value)| (&**name, &**value));
        let refused = run(&["serve"], &pairs.collect::<Vec<_>>());
        assert_eq!(refused.status.code(), Some(1));
        assert!(
            err(&refused).contains("yoriai.localhost:8080"),
            "{}",
            err(&refused)
        );
    })
    .unwrap();
}

#[test]
fn the_doctor_finds_a_whole_installation_whole() {
    testkit::run(testkit::Engine::Sqlite, |db| async move {
        let app = crate::app::TestApp::open(&db).await;
        let mailbox = standin::mailbox::start().await.unwrap();
        let mut healthy = app.environment.clone();
        healthy.insert("SMTP_URL".to_owned(), mailbox.smtp_url());
        let doctor = |environment: BTreeMap<String, String>| {
            tokio::task::spawn_blocking(move || {
                let pairs = environment.iter().map(|(name, value)| (&**name, &**value));
                run(&["doctor"], &pairs.collect::<Vec<_>>())
            })
        };
        let report = doctor(healthy.clone()).await.unwrap();
        assert!(report.status.success(), "{}{}", out(&report), err(&report));
        assert!(!out(&report).contains("NG"), "{}", out(&report));
        for (broken, value, line) in [
            (
                "IDP_JWKS_URL",
                "http://127.0.0.1:9/certs",
                "NG  精華町 ログイン",
            ),
            ("STRIPE_API_BASE", "http://127.0.0.1:9/", "NG  精華町 決済"),
            (
                "STAFF_IDP_JWKS_URL",
                "http://127.0.0.1:9/certs",
                "NG  精華町 職員のログイン",
            ),
            (
                "STAFF_IDP_CLIENT_ID",
                "",
                "NG  川越町 職員のログイン: STAFF_IDP_CLIENT_ID が",
            ),
            ("SMTP_URL", "smtp://127.0.0.1:9", "NG  メール"),
            ("DATA_KEY_FILE", "/nowhere", "NG  データ鍵"),
            ("ASSETS_DIR", "/nowhere", "NG  画面の部品"),
            (
                "PUBLIC_URL",
                "http://yoyaku.example.jp",
                "NG  精華町 アドレス",
            ),
            ("PUBLIC_URL", "https://192.0.2.1", "NG  精華町 アドレス"),
            (
                "TOWN_YORIAI_OWN_URL",
                "http://tonari.localhost:8080",
                "NG  精華町 アドレス",
            ),
            ("MAIL_FROM", "", "NG  メール: 差出人"),
            ("IDP_CLIENT_ID", "", "NG  精華町 ログイン: IDP_CLIENT_ID が"),
            (
                "STRIPE_SECRET_KEY",
                "",
                "NG  川越町 決済: STRIPE_SECRET_KEY が",
            ),
        ] {
            let mut sick = healthy.clone();
            sick.insert(broken.to_owned(), value.to_owned());
            let report = doctor(sick).await.unwrap();
            assert_eq!(report.status.code(), Some(1), "{broken}");
            assert!(out(&report).contains(line), "{broken}: {}", out(&report));
        }
    })
    .unwrap();
}
