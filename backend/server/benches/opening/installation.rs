//! A town's own installation: `yoriai serve` as a process, on a database whose commits survive a
//! power cut, with the stand-ins for the card service and Stripe.

use std::sync::Arc;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use chrono::{Days, NaiveDate};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sea_orm::{ConnectionTrait as _, Statement};
use standin::idp::{self, Person, Realm, RegisterArgs, RunningIdp};
use standin::stripe::{RunningStripe, StripeConfig};
use testkit::{Durability, Engine, Stopwatch, TestStore};
use tokio::process::{Child, Command};

use crate::browser::Browser;
use crate::memory::Memory;

/// The program under measurement.
const YORIAI: &str = env!("CARGO_BIN_EXE_yoriai");

/// The town's host label.
const TOWN: &str = "yoriai";

/// The code of the test town.
const CODE: &str = "999997";

/// What the staff's issuer calls the one who may see the board.
pub const MANAGER: &str = "suzuki";

/// Our client ids at the card service and at the staff's issuer.
const CLIENT: &str = "YORIAI0001";
const STAFF_CLIENT: &str = "YORIAISTAFF";

/// Days ahead that everybody wants: inside every booking window.
const DAYS_AHEAD: u64 = 14;

/// Two courts for the price of one hour on the same day and the same court: none.
const TWICE: &str = "SELECT count(*) FROM (SELECT 1 AS one FROM reservations
    WHERE holds_floor GROUP BY municipality_id, room_id, starts_at HAVING count(*) > 1) t";

/// Where to connect to, and what to ask for there.
#[derive(Clone)]
pub struct Address {
    pub socket: String,
    pub host: String,
}

/// Everything that runs.
pub struct Installation {
    db: TestStore,
    serve: Child,
    address: Address,
    day: NaiveDate,
    _idp: RunningIdp,
    _stripe: RunningStripe,
    _files: tempfile::TempDir,
}

/// The short name of somebody's card.
pub fn card(number: usize) -> String {
    format!("resident-{number}")
}

impl Installation {
    /// A town with so many courts, free of charge, cards for so many people, and [`MANAGER`].
    pub async fn start(engine: Engine, courts: usize, people: usize) -> Result<Self> {
        let db = TestStore::with(engine, Durability::PowerCut, 2).await?;
        let files = tempfile::tempdir()?;
        let listen = free_port().await?;
        let address = Address {
            socket: listen.clone(),
            host: format!("{TOWN}.localhost:{}", port(&listen)?),
        };
        let idp = card_service(files.path(), &address, people).await?;
        let stripe = standin::stripe::start(StripeConfig::default()).await?;
        bundle(files.path())?;
        let town = files.path().join("town.toml");
        std::fs::write(&town, town_file(courts)?)?;
        let environment = environment(&db, files.path(), &listen, &idp, &stripe)?;
        let town = town.display().to_string();
        run(&environment, &["town", "apply", &town]).await?;
        let grant = ["staff", "grant", "--town", CODE, "--role", "manager"];
        let whom = ["--subject", MANAGER, "--name", "鈴木 施設管理者"];
        run(&environment, &[&grant[..], &whom[..]].concat()).await?;
        let serve = yoriai(&environment, &["serve"])
            .stdout(std::fs::File::create(files.path().join("log"))?)
            .kill_on_drop(true)
            .spawn()?;
        let mut house = Self {
            db,
            serve,
            day: today()?
                .checked_add_days(Days::new(DAYS_AHEAD))
                .context("no day")?,
            address,
            _idp: idp,
            _stripe: stripe,
            _files: files,
        };
        house.until_it_answers().await?;
        Ok(house)
    }

    /// Where the town is.
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// The day that everybody wants.
    pub const fn day(&self) -> NaiveDate {
        self.day
    }

    /// What `yoriai serve` takes now.
    pub fn memory(&self) -> Result<Memory> {
        Memory::of(self.serve.id().context("it has ended")?)
    }

    /// Courts that two people have at the same hour.
    pub async fn rooms_booked_twice(&self) -> Result<i64> {
        let raw = self.db.raw().await?;
        let statement = Statement::from_string(raw.get_database_backend(), TWICE);
        let row = raw.query_one_raw(statement).await?.context("no count")?;
        let twice = row.try_get_by_index(0)?;
        raw.close().await?;
        Ok(twice)
    }

    /// Ends it all as an operator does; how long that took.
    pub async fn stop(mut self) -> Result<Duration> {
        let id = i32::try_from(self.serve.id().context("it has ended")?)?;
        let watch = Stopwatch::start();
        kill(Pid::from_raw(id), Signal::SIGTERM)?;
        let ended = self.serve.wait().await?;
        let took = watch.elapsed();
        ensure!(ended.success(), "{ended}");
        self.db.discard().await?;
        Ok(took)
    }

    async fn until_it_answers(&mut self) -> Result<()> {
        let mut browser = Browser::new(&self.address);
        loop {
            if let Some(status) = self.serve.try_wait()? {
                bail!("yoriai serve ended with {status}");
            }
            if browser
                .get("/readyz")
                .await
                .is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn yoriai(environment: &BTreeMap<&str, String>, arguments: &[&str]) -> Command {
    let mut command = Command::new(YORIAI);
    command
        .args(arguments)
        .env_clear()
        .envs(environment)
        .stdin(Stdio::null());
    command
}

/// Runs a command to its end.
async fn run(environment: &BTreeMap<&str, String>, arguments: &[&str]) -> Result<()> {
    let done = yoriai(environment, arguments).output().await?;
    ensure!(done.status.success(), "{done:?}");
    Ok(())
}

fn environment(
    db: &TestStore,
    files: &Path,
    listen: &str,
    idp: &RunningIdp,
    stripe: &RunningStripe,
) -> Result<BTreeMap<&'static str, String>> {
    let file = |name: &str| files.join(name).display().to_string();
    let key = "bench:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=\n";
    std::fs::write(files.join("data.key"), key)?;
    let pairs = [
        ("DATABASE_URL", db.url().to_owned()),
        ("LISTEN", listen.to_owned()),
        ("PUBLIC_URL", format!("http://localhost:{}", port(listen)?)),
        // Nobody takes mail; it waits in the outbox.
        ("SMTP_URL", "smtp://127.0.0.1:9".to_owned()),
        ("DATA_KEY_FILE", file("data.key")),
        ("ASSETS_DIR", files.display().to_string()),
        ("LOG", "warn".to_owned()),
        ("IDP_ISSUER", idp.issuer().to_owned()),
        ("IDP_AUTHORIZE_URL", idp.endpoint("auth")),
        ("IDP_TOKEN_URL", idp.endpoint("token")),
        ("IDP_USERINFO_URL", idp.endpoint("userinfo")),
        ("IDP_JWKS_URL", idp.endpoint("certs")),
        ("IDP_CLIENT_ID", CLIENT.to_owned()),
        ("IDP_CLIENT_KEY_FILE", file("client.pem")),
        ("STAFF_IDP_ISSUER", idp.staff().issuer().to_owned()),
        ("STAFF_IDP_AUTHORIZE_URL", idp.staff().endpoint("auth")),
        ("STAFF_IDP_TOKEN_URL", idp.staff().endpoint("token")),
        ("STAFF_IDP_JWKS_URL", idp.staff().endpoint("certs")),
        ("STAFF_IDP_CLIENT_ID", STAFF_CLIENT.to_owned()),
        ("STAFF_IDP_CLIENT_KEY_FILE", file("staff.pem")),
        ("STRIPE_API_BASE", stripe.url().to_string()),
        ("STRIPE_SECRET_KEY", "sk_test_yoriai".to_owned()),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_test".to_owned()),
    ];
    Ok(pairs.into())
}

/// The stand-in card service with a card for everybody, and the staff's issuer beside it.
async fn card_service(files: &Path, address: &Address, people: usize) -> Result<RunningIdp> {
    let client = |name: &str, client_id: &str, realm, path: &str| -> Result<idp::Client> {
        let registration = files.join(format!("{name}.json"));
        idp::register(RegisterArgs {
            client_id: client_id.to_owned(),
            name: "寄合町 施設予約".to_owned(),
            town: "seika".to_owned(),
            realm,
            redirect_uris: vec![format!("http://{}{path}", address.host).parse()?],
            key: files.join(format!("{name}.pem")),
            registration: registration.clone(),
        })?;
        Ok(serde_json::from_slice(&std::fs::read(registration)?)?)
    };
    let mut config = idp::Config::new(vec![
        client("client", CLIENT, Realm::Residents, "/auth/callback")?,
        client("staff", STAFF_CLIENT, Realm::Staff, "/staff/callback")?,
    ]);
    config.people = (0..people).map(resident).collect();
    idp::start(config).await
}

fn resident(number: usize) -> Person {
    Person {
        id: card(number),
        town: "seika".to_owned(),
        note: "町内在住".to_owned(),
        name: format!("見本　{number}"),
        address: format!("京都府相楽郡精華町大字見本{number}番地"),
        birthdate: "19850315".to_owned(),
        gender: "2".to_owned(),
    }
}

/// A town of courts, where the cards say that people live.
fn town_file(courts: usize) -> Result<String> {
    let mut town = testkit::courts(courts)?;
    (town.prefecture, town.name) = ("京都府".to_owned(), "精華町".to_owned());
    town.host = TOWN.parse()?;
    let hall = town.facilities.get(1).and_then(|hall| hall.rooms.first());
    let free = hall
        .and_then(|room| room.tariffs.first())
        .context("no free hall")?;
    let free = free.price.clone();
    for room in town
        .facilities
        .iter_mut()
        .flat_map(|facility| &mut Arc::make_mut(facility).rooms)
    {
        for tariff in &mut Arc::make_mut(room).tariffs {
            tariff.price = free.clone();
            tariff.surcharges.clear();
        }
    }
    Ok(toml::to_string(&town)?)
}

/// A bundle as `cargo bundle` leaves it, with nothing worth loading in it.
fn bundle(dir: &Path) -> Result<()> {
    std::fs::create_dir_all(dir.join("pkg"))?;
    std::fs::write(dir.join("yoriai.0.css"), "body{}")?;
    std::fs::write(dir.join("pkg/browser.js"), "export default 0")?;
    let manifest = serde_json::json!({
        "pkg_version": "0",
        "files": {
            "yoriai.css": { "path": "yoriai.0.css" },
            "pkg/browser.js": { "path": "pkg/browser.js" },
        },
    });
    Ok(std::fs::write(
        dir.join("manifest.json"),
        manifest.to_string(),
    )?)
}

async fn free_port() -> Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    Ok(listener.local_addr()?.to_string())
}

fn port(listen: &str) -> Result<&str> {
    let (_, port) = listen.rsplit_once(':').context("no port")?;
    Ok(port)
}

/// The day in Japan; the process under measurement has the real clock.
fn today() -> Result<NaiveDate> {
    #[expect(
        clippy::disallowed_methods,
        reason = "no clock port outside the process"
    )]
    let now = std::time::SystemTime::now();
    Ok(domain::civil::date_at(now.into()))
}
