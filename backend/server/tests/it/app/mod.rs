//! The application under test, and whoever uses it.

mod answer;
mod browser;
mod logs;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use contract::{Call, Role};
use domain::ids::RequestId;
use domain::personal::Personal;
use domain::town::Town;
use gateway::vault::KeyFileVault;
use server::{Assets, Config, Environment, House};
use standin::idp::{self, Realm, RegisterArgs, RunningIdp};
use standin::stripe::{RunningStripe, StripeConfig};
use testkit::{TestStore, TestWorld};
use usecases::personnel::{GrantRole, Personnel, RevokeRoles};
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{IdentityKey, Store as _};

pub use answer::Answer;
pub use browser::{Browser, hidden};
pub use logs::logged;

/// The town of most tests.
pub const TOWN: &str = "yoriai";
/// Another town of the same installation, with the same facilities and rooms.
pub const NEIGHBOUR: &str = "tonari";

/// 山田 花子, who lives in [`TOWN`].
pub const HANAKO: &str = "hanako";
/// 山田 花子's other card: she had it made again under another name.
pub const HANAKO_AGAIN: &str = "hanako-again";
/// 木下 一郎, who lives in [`TOWN`] too.
pub const ICHIRO: &str = "ichiro";
/// 西川 健二, who lives elsewhere.
pub const KENJI: &str = "kenji";
/// 伊藤 美咲, who lives in [`NEIGHBOUR`].
pub const MISAKI: &str = "misaki";

/// 佐藤, at the window; what the staff's issuer calls her.
pub const SATO: &str = "sato";
/// 鈴木, who answers for a facility.
pub const SUZUKI: &str = "suzuki";
/// 田中, who gives roles.
pub const TANAKA: &str = "tanaka";
/// 中村, whom nobody has given a role.
pub const NAKAMURA: &str = "nakamura";

/// Our client id at the staff's issuer.
const STAFF_CLIENT: &str = "YORIAISTAFF";
/// The key file that personal data is sealed with.
const DATA_KEY: &str = "test:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=\n";

/// What `yoriai serve` is, with two towns.
pub struct TestApp {
    pub router: Router,
    pub house: House,
    pub world: TestWorld,
    pub idp: RunningIdp,
    pub stripe: RunningStripe,
    pub environment: BTreeMap<String, String>,
    _files: tempfile::TempDir,
}

impl TestApp {
    /// Puts another town file in force, as `town apply` does while the server runs.
    pub async fn adopt(&self, town: &Town) {
        let world = &self.world;
        let now = world.clock.now();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let id = || world.chance.id(now);
        tx.apply_town(town, now, &id).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Both towns in force, nobody signed in.
    pub async fn open(db: &TestStore) -> Self {
        Self::open_with(db, &[]).await
    }

    /// The same with more in the environment.
    pub async fn open_with(db: &TestStore, more: &[(&str, &str)]) -> Self {
        logs::listen();
        let world = TestWorld::with_town(db, &town(TOWN)).await.unwrap();
        TestWorld::with_town(db, &town(NEIGHBOUR)).await.unwrap();
        let files = tempfile::tempdir().unwrap();
        bundle(files.path());
        let idp = card_service(files.path(), &world).await;
        let stripe = standin::stripe::start(StripeConfig::default())
            .await
            .unwrap();
        stripe
            .control()
            .fix_clock(Some(world.clock.now().timestamp()));
        let mut environment = environment(db, files.path(), &idp, &stripe);
        environment.extend(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        let config = Config::read(&Environment::of(environment.clone())).unwrap();
        let (clock, chance) = (
            Arc::new(world.clock.clone()),
            Arc::new(world.chance.clone()),
        );
        let house = House::build_at(&config, clock, chance).await.unwrap();
        let assets = Assets::read(files.path()).unwrap();
        let router = house.app(&assets).unwrap();
        Self {
            router,
            house,
            world,
            idp,
            stripe,
            environment,
            _files: files,
        }
    }

    /// Somebody with an empty browser at a town.
    pub fn visitor(&self, town: &str) -> Browser {
        Browser::new(self.router.clone(), town)
    }

    /// Somebody who signed in with a card of the stand-in and has not been asked for anything yet.
    pub async fn newcomer(&self, town: &str, card: &str) -> Browser {
        let mut browser = self.visitor(town);
        let arrived = browser.sign_in(&self.idp, card, "/profile").await;
        assert_eq!(
            (arrived.status, arrived.header("location")),
            (303, Some("/profile"))
        );
        browser
    }

    /// Gives somebody of the staff a role at a town, everywhere or at a facility; as `yoriai staff`
    /// does.
    pub async fn grant(&self, town: &str, subject: &str, role: Role, facility: Option<&str>) {
        let grant = GrantRole {
            identity: self.known_as(subject),
            name: Personal::new(format!("職員 {subject}")),
            role,
            facility: facility.map(|slug| slug.parse().unwrap()),
        };
        let given = self
            .personnel()
            .grant(&self.operator(town).await, &grant)
            .await;
        given.unwrap();
    }

    /// Takes all roles back.
    pub async fn revoke(&self, town: &str, subject: &str) {
        let revoke = RevokeRoles {
            identity: self.known_as(subject),
            role: None,
            facility: None,
        };
        let taken = self
            .personnel()
            .revoke(&self.operator(town).await, &revoke)
            .await;
        assert!(taken.unwrap() > 0);
    }

    /// Somebody of the staff with this role at every facility, signed in.
    pub async fn colleague(&self, town: &str, subject: &str, role: Role) -> Browser {
        self.grant(town, subject, role, None).await;
        let mut browser = self.visitor(town);
        let arrived = browser.sign_in_staff(&self.idp, subject, "/staff").await;
        let told = (arrived.status, arrived.header("location"));
        assert_eq!(told, (303, Some("/staff")));
        browser
    }

    fn known_as(&self, subject: &str) -> IdentityKey {
        IdentityKey {
            issuer: self.idp.staff().issuer().to_owned(),
            client_id: STAFF_CLIENT.to_owned(),
            subject: subject.to_owned(),
        }
    }

    fn personnel(&self) -> Personnel {
        let chance = Arc::new(self.world.chance.clone());
        let vault = KeyFileVault::from_key_file(DATA_KEY, chance.clone()).unwrap();
        Personnel::new(Arc::new(self.world.store.clone()), chance, Arc::new(vault))
    }

    /// The operator at a town.
    async fn operator(&self, town: &str) -> Call {
        let towns = self.world.store.municipalities().await.unwrap();
        let town = towns
            .iter()
            .find(|known| known.host.as_str() == town)
            .unwrap();
        let now = self.world.clock.now();
        Call::system(town.id, RequestId(self.world.chance.id(now)), now)
    }

    /// Somebody who signed in and gave an address to write to.
    pub async fn resident(&self, town: &str, card: &str) -> Browser {
        let mut browser = self.newcomer(town, card).await;
        let token = browser.token("/profile").await;
        let email = format!("{card}@example.jp");
        let form = [
            ("token", &*token),
            ("email", &*email),
            ("phone", "090-1234-5678"),
        ];
        assert_eq!(browser.post_form("/profile", &form).await.status, 303);
        browser
    }
}

/// The test town where the stand-in's cards say that people live, so that some of them do.
pub fn town(host: &str) -> Town {
    let (code, prefecture, name) = match host {
        TOWN => ("999997", "京都府", "精華町"),
        NEIGHBOUR => ("999989", "三重県", "川越町"),
        _ => ("999971", "三重県", "新町"),
    };
    Town {
        code: code.to_owned(),
        host: host.parse().unwrap(),
        prefecture: prefecture.to_owned(),
        name: name.to_owned(),
        ..testkit::town().unwrap()
    }
}

fn environment(
    db: &TestStore,
    files: &Path,
    idp: &RunningIdp,
    stripe: &RunningStripe,
) -> BTreeMap<String, String> {
    let file = |name: &str| files.join(name).display().to_string();
    std::fs::write(files.join("data.key"), DATA_KEY).unwrap();
    let pairs = [
        ("DATABASE_URL", db.url().to_owned()),
        ("PUBLIC_URL", "http://localhost:8080".to_owned()),
        ("SMTP_URL", "smtp://127.0.0.1:9".to_owned()),
        ("MAIL_FROM", "施設予約 <yoyaku@town.example.jp>".to_owned()),
        ("DATA_KEY_FILE", file("data.key")),
        ("ASSETS_DIR", files.display().to_string()),
        ("IDP_ISSUER", idp.issuer().to_owned()),
        ("IDP_AUTHORIZE_URL", idp.endpoint("auth")),
        ("IDP_TOKEN_URL", idp.endpoint("token")),
        ("IDP_USERINFO_URL", idp.endpoint("userinfo")),
        ("IDP_JWKS_URL", idp.endpoint("certs")),
        ("IDP_CLIENT_ID", "YORIAI0001".to_owned()),
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
    pairs.map(|(name, value)| (name.to_owned(), value)).into()
}

/// The stand-in card service, which knows both towns as one client and has the test's time; and the
/// staff's issuer beside it.
async fn card_service(files: &Path, world: &TestWorld) -> RunningIdp {
    let client = |name: &str, client_id: &str, realm, path: &str| {
        let callback = |town: &str| format!("http://{town}.localhost:8080{path}");
        let registration = files.join(format!("{name}.json"));
        idp::register(RegisterArgs {
            client_id: client_id.to_owned(),
            name: "寄合町 施設予約".to_owned(),
            town: "seika".to_owned(),
            realm,
            redirect_uris: [TOWN, NEIGHBOUR]
                .map(|town| callback(town).parse().unwrap())
                .into(),
            key: files.join(format!("{name}.pem")),
            registration: registration.clone(),
        })
        .unwrap();
        serde_json::from_slice(&std::fs::read(registration).unwrap()).unwrap()
    };
    let clients = vec![
        client("client", "YORIAI0001", Realm::Residents, "/auth/callback"),
        client("staff", STAFF_CLIENT, Realm::Staff, "/staff/callback"),
    ];
    let clock = world.clock.clone();
    idp::start(idp::Config::at(clients, Arc::new(move || clock.now())))
        .await
        .unwrap()
}

/// A bundle as `cargo bundle` leaves it, with nothing worth loading in it.
fn bundle(dir: &Path) {
    std::fs::create_dir_all(dir.join("pkg")).unwrap();
    std::fs::write(dir.join("yoriai.0.css"), "body{}").unwrap();
    std::fs::write(dir.join("pkg/browser.js"), "export default 0").unwrap();
    let manifest = serde_json::json!({
        "pkg_version": "0",
        "files": {
            "yoriai.css": { "path": "yoriai.0.css" },
            "pkg/browser.js": { "path": "pkg/browser.js" },
        },
    });
    std::fs::write(dir.join("manifest.json"), manifest.to_string()).unwrap();
}
