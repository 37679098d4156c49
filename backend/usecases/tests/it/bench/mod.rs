//! The bench (試験台): everything that `yoriai` wires together, on a test database, with a clock
//! that stands still, chance that repeats, and the stand-ins for Stripe and the mail server.

pub mod books;
mod cards;
mod counter;
mod dice;
mod groups;
mod house;
mod money;
mod paper;
mod people;
pub mod reviews;
mod staff;
pub mod wishes;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use contract::{Call, SignedIn};
use domain::civil;
use domain::ids::{MunicipalityId, PersonId, RequestId};
use domain::town::Town;
use gateway::stripe::Patience;
use sea_orm::DatabaseConnection;
use standin::mailbox::{self, RunningMailbox};
use standin::stripe::{Control, RunningStripe};
use store::Database;
use testkit::{TestStore, TestWorld};
use tokio::sync::OnceCell;
use usecases::Desk;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::documents::Documents;
use usecases::ports::store::Store;

pub use cards::{Card, FORGED};
pub use counter::coins;
pub use dice::Dice;
pub use house::{Adapters, House, Typist};
pub use money::session_of;
pub use staff::known_as;

/// Everything a test needs, with one person signed in whose profile is complete.
#[derive(Clone)]
pub struct Bench(Arc<Inner>);

struct Inner {
    db: TestStore,
    world: TestWorld,
    house: House,
    stripe: Arc<RunningStripe>,
    mailbox: Arc<RunningMailbox>,
    me: PersonId,
    /// A connection behind the store's back, once somebody asks for it.
    raw: OnceCell<DatabaseConnection>,
}

/// What differs between benches.
struct Setting {
    town: Town,
    patience: Patience,
    documents: Arc<dyn Documents>,
}

impl Setting {
    fn usual() -> Self {
        Self {
            town: testkit::town().unwrap(),
            patience: Patience::default(),
            documents: Arc::new(Typist),
        }
    }
}

impl Bench {
    /// The test town.
    pub async fn new(db: &TestStore) -> Self {
        Self::with(db, Setting::usual()).await
    }

    /// A town of the test's own.
    pub async fn in_town(db: &TestStore, town: &Town) -> Self {
        let setting = Setting {
            town: town.clone(),
            ..Setting::usual()
        };
        Self::with(db, setting).await
    }

    /// Papers come from the real printer.
    pub async fn printing(db: &TestStore) -> Self {
        let setting = Setting {
            documents: Arc::new(documents::Printer::new().unwrap()),
            ..Setting::usual()
        };
        Self::with(db, setting).await
    }

    /// Gives up on a try after a moment: for a payment service that says nothing.
    pub async fn impatient(db: &TestStore) -> Self {
        let setting = Setting {
            patience: Patience {
                per_try: std::time::Duration::from_millis(150),
                ..Patience::default()
            },
            ..Setting::usual()
        };
        Self::with(db, setting).await
    }

    async fn with(db: &TestStore, setting: Setting) -> Self {
        let world = TestWorld::with_town(db, &setting.town).await.unwrap();
        let config = standin::stripe::StripeConfig::default();
        let stripe = standin::stripe::start(config).await.unwrap();
        let mailbox = mailbox::start().await.unwrap();
        let house = House::open(Adapters {
            store: Arc::new(world.store.clone()),
            clock: world.clock.clone(),
            chance: world.chance.clone(),
            stripe: stripe.url().clone(),
            smtp_url: mailbox.smtp_url(),
            patience: setting.patience,
            documents: setting.documents,
            wrap: None,
        });
        let control = stripe.control();
        control.fix_clock(Some(world.clock.now().timestamp()));
        let mut bench = Inner {
            db: db.clone(),
            world,
            house,
            stripe: Arc::new(stripe),
            mailbox: Arc::new(mailbox),
            me: PersonId(uuid::Uuid::nil()),
            raw: OnceCell::new(),
        };
        bench.me = people::settle_in(&bench, &Card::of("hanako")).await;
        Self(Arc::new(bench))
    }

    /// The same house started again: new connections to the database, everything else as it was.
    pub async fn started_again(&self) -> Self {
        let store = Database::connect(self.db().url(), 4).await.unwrap();
        let world = TestWorld {
            store,
            ..self.world().clone()
        };
        let house = House::open(Adapters {
            store: Arc::new(world.store.clone()),
            clock: world.clock.clone(),
            chance: world.chance.clone(),
            stripe: self.stripe_url(),
            smtp_url: self.mailbox().smtp_url(),
            patience: Patience::default(),
            documents: Arc::new(Typist),
            wrap: None,
        });
        Self(Arc::new(Inner {
            db: self.db().clone(),
            world,
            house,
            stripe: Arc::clone(&self.0.stripe),
            mailbox: Arc::clone(&self.0.mailbox),
            me: self.me(),
            raw: OnceCell::new(),
        }))
    }

    /// Ends all connections to the database; only [`Self::started_again`] works after that.
    pub async fn shut(&self) {
        self.world().store.close().await.unwrap();
        if let Some(raw) = self.0.raw.get() {
            raw.close_by_ref().await.unwrap();
        }
    }

    async fn raw(&self) -> &DatabaseConnection {
        let open = async || self.db().raw().await.unwrap();
        self.0.raw.get_or_init(open).await
    }

    /// The database.
    pub fn db(&self) -> &TestStore {
        &self.0.db
    }

    /// The town and what is around it.
    pub fn world(&self) -> &TestWorld {
        &self.0.world
    }

    /// What `yoriai` is made of.
    pub fn house(&self) -> &House {
        &self.0.house
    }

    /// The use cases.
    pub fn desk(&self) -> &Desk {
        &self.0.house.desk
    }

    /// The store's ports.
    pub fn store(&self) -> &dyn Store {
        &self.0.world.store
    }

    /// The pretend Stripe's switches.
    pub fn stripe(&self) -> Control {
        self.0.stripe.control()
    }

    /// Where the pretend Stripe is.
    pub fn stripe_url(&self) -> url::Url {
        self.0.stripe.url().clone()
    }

    /// The pretend mail server.
    pub fn mailbox(&self) -> &RunningMailbox {
        &self.0.mailbox
    }

    /// The person of most tests: 山田 花子, who lives in the town.
    pub fn me(&self) -> PersonId {
        self.0.me
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.world.clock.now()
    }

    /// Time passes, here and at Stripe.
    pub fn pass(&self, time: Duration) {
        self.set_time(self.now() + time);
    }

    /// It becomes `time` on `day` in Japan.
    pub fn becomes(&self, day: &str, time: &str) {
        self.set_time(civil::instant(day.parse().unwrap(), time.parse().unwrap()));
    }

    fn set_time(&self, to: DateTime<Utc>) {
        self.0.world.clock.set(to);
        self.stripe().fix_clock(Some(to.timestamp()));
    }

    /// A call by [`Self::me`].
    pub fn call(&self) -> Call {
        self.call_of(self.me())
    }

    /// A call by somebody who is signed in here.
    pub fn call_of(&self, person: PersonId) -> Call {
        self.call_in(self.0.world.municipality, person)
    }

    /// A call by somebody who is signed in at that municipality.
    pub fn call_in(&self, municipality: MunicipalityId, person: PersonId) -> Call {
        let proof = SignedIn::vouch(municipality, person);
        Call::signed_in(proof, self.request(), self.now())
    }

    /// A call by nobody in particular.
    pub fn visitor(&self) -> Call {
        Call::visitor(self.0.world.municipality, self.request(), self.now())
    }

    /// A call by the house itself.
    pub fn system(&self) -> Call {
        Call::system(self.0.world.municipality, self.request(), self.now())
    }

    fn request(&self) -> RequestId {
        RequestId(self.0.world.chance.id(self.now()))
    }

    /// Puts another town file in force.
    pub async fn apply_town(&self, town: &Town) {
        let (now, chance) = (self.now(), &self.world().chance);
        let mut tx = self.store().begin(self.world().municipality).await.unwrap();
        let new_id = || chance.id(now);
        tx.apply_town(town, now, &new_id).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Lets the worker do what is due now, until nothing is.
    pub async fn work(&self) {
        self.house().work().await;
    }

    /// One round of everything the worker does.
    pub async fn rounds(&self) {
        let worker = &self.house().worker;
        worker.poll_payments().await.unwrap();
        worker.release_lapsed().await.unwrap();
        worker.release_unpaid().await.unwrap();
        self.work().await;
    }

    /// Several hours go by with a worker at work.
    pub async fn hours_go_by(&self) {
        for minutes in [1, 4, 10, 20, 30, 60, 120] {
            self.pass(Duration::minutes(minutes));
            self.rounds().await;
        }
    }
}
