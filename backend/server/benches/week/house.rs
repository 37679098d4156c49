//! A town whose courts are half taken, and the application that shows them.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use chrono::{Days, NaiveDate};
use domain::civil::{self, TimeOfDay};
use domain::ids::{MunicipalityId, UnitId};
use domain::span::Cell;
use server::{Assets, Config, Environment};
use standin::idp::{self, RegisterArgs};
use store::Database;
use testkit::{TestStore, TestWorld};
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{ClaimOutcome, InsertOutcome, Store as _};

/// What the town's browsers ask for.
pub const HOST: &str = "yoriai.localhost:8080";

/// Courts of the one facility.
const COURTS: usize = 5;

/// Days with bookings.
const DAYS: u64 = 35;

/// The room whose week is asked for.
const ROOM: &str = "court-0";

/// The town and its files.
pub struct House {
    db: TestStore,
    world: TestWorld,
    today: NaiveDate,
    files: tempfile::TempDir,
}

impl House {
    /// Every other hour of every court is booked.
    pub async fn furnish(db: &TestStore) -> Result<Self> {
        let world = TestWorld::with_town(db, &testkit::courts(COURTS)?).await?;
        let today = civil::date_at(world.clock.now());
        let mut tx = world.store.begin(world.municipality).await?;
        for (court, day) in (0..COURTS).flat_map(|court| (1..=DAYS).map(move |day| (court, day))) {
            let date = today.checked_add_days(Days::new(day)).context("no day")?;
            for hour in (9..21).step_by(2) {
                let record = world.reservation(
                    &format!("court-{court}"),
                    &date.to_string(),
                    &format!("{hour:02}:00"),
                    &format!("{:02}:00", hour + 1),
                )?;
                let entered = tx.insert_reservation(&record).await?;
                ensure!(entered == InsertOutcome::Inserted, "{record:?}");
                let claimed = tx.claim(record.id, &world.cells(&record)?).await?;
                ensure!(claimed == ClaimOutcome::Claimed, "{record:?}");
            }
        }
        tx.commit().await?;
        Ok(Self {
            db: db.clone(),
            world,
            today,
            files: tempfile::tempdir()?,
        })
    }

    /// Everything that `yoriai serve` answers with.
    pub async fn screens(&self) -> Result<Router> {
        let config = Config::read(&Environment::of(self.environment()?))?;
        let clock = Arc::new(self.world.clock.clone());
        let chance = Arc::new(self.world.chance.clone());
        let house = server::House::build_at(&config, clock, chance).await?;
        let assets = Assets::read(self.files.path())?;
        Ok(house.app(&assets)?)
    }

    /// The week.
    pub fn page(&self) -> String {
        format!("/rooms/{ROOM}?date={}", self.first_day())
    }

    /// What the page asks the database: units, from, until.
    pub fn asked(&self) -> Result<(Vec<UnitId>, Cell, Cell)> {
        let units = vec![self.world.unit(ROOM)?];
        let from = Cell::at(self.first_day(), TimeOfDay::MIDNIGHT)?;
        Ok((units, from, from.plus(7 * 48)))
    }

    /// The store under both.
    pub const fn store(&self) -> &Database {
        &self.world.store
    }

    /// Whose rows they are.
    pub const fn municipality(&self) -> MunicipalityId {
        self.world.municipality
    }

    fn first_day(&self) -> NaiveDate {
        self.today.succ_opt().unwrap_or(self.today)
    }

    /// Nobody signs in or pays here, so nobody answers at those addresses.
    fn environment(&self) -> Result<BTreeMap<String, String>> {
        let files = self.files.path();
        let file = |name: &str| files.join(name).display().to_string();
        let key = "bench:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=\n";
        std::fs::write(files.join("data.key"), key)?;
        std::fs::write(files.join("yoriai.0.css"), "body{}")?;
        std::fs::create_dir_all(files.join("pkg"))?;
        std::fs::write(files.join("pkg/browser.js"), "export default 0")?;
        let manifest = serde_json::json!({
            "pkg_version": "0",
            "files": {
                "yoriai.css": { "path": "yoriai.0.css" },
                "pkg/browser.js": { "path": "pkg/browser.js" },
            },
        });
        std::fs::write(files.join("manifest.json"), manifest.to_string())?;
        idp::register(RegisterArgs {
            client_id: "YORIAI0001".to_owned(),
            name: "寄合町 施設予約".to_owned(),
            town: "seika".to_owned(),
            realm: idp::Realm::Residents,
            redirect_uris: vec![format!("http://{HOST}/auth/callback").parse()?],
            key: files.join("client.pem"),
            registration: files.join("client.json"),
        })?;
        let nobody = "http://127.0.0.1:9";
        let pairs = [
            ("DATABASE_URL", self.db.url().to_owned()),
            ("PUBLIC_URL", "http://localhost:8080".to_owned()),
            ("SMTP_URL", "smtp://127.0.0.1:9".to_owned()),
            ("DATA_KEY_FILE", file("data.key")),
            ("ASSETS_DIR", files.display().to_string()),
            ("IDP_ISSUER", nobody.to_owned()),
            ("IDP_AUTHORIZE_URL", format!("{nobody}/auth")),
            ("IDP_TOKEN_URL", format!("{nobody}/token")),
            ("IDP_USERINFO_URL", format!("{nobody}/userinfo")),
            ("IDP_JWKS_URL", format!("{nobody}/certs")),
            ("IDP_CLIENT_ID", "YORIAI0001".to_owned()),
            ("IDP_CLIENT_KEY_FILE", file("client.pem")),
            ("STRIPE_API_BASE", nobody.to_owned()),
            ("STRIPE_SECRET_KEY", "sk_test_yoriai".to_owned()),
            ("STRIPE_WEBHOOK_SECRETS", "whsec_test".to_owned()),
        ];
        Ok(pairs.map(|(name, value)| (name.to_owned(), value)).into())
    }
}
