//! The house (組立て): the real adapters behind the ports, wired as `server` wires them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use domain::ids::MunicipalityId;
use gateway::mail::{MailConfig, SmtpMailer};
use gateway::stripe::{Patience, Pause, Secret, StripeConfig, StripeGateway};
use gateway::vault::KeyFileVault;
use testkit::{TestChance, TestClock};
use url::Url;
use usecases::personnel::Personnel;
use usecases::ports::chance::Chance;
use usecases::ports::documents::Documents;
use usecases::ports::mail::Mailer;
use usecases::ports::payments::PaymentGateway;
use usecases::ports::store::Store;
use usecases::ports::tenancy::{Addresses, Gateways};
use usecases::ports::vault::Vault;
use usecases::sign_in::Doorkeeper;
use usecases::staff_sign_in::StaffDoor;
use usecases::{Desk, Worker};

use super::cards::CardReader;
pub use super::paper::Typist;

/// What the webhooks of the bench's account are signed with.
pub const WEBHOOK_SECRET: &str = "whsec_bench";

/// The key of every bench's vault: 32 bytes in base64.
const KEY_FILE: &str = "test:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=";

/// Puts something between the use cases and the payment service.
pub type Wrap = fn(Arc<dyn PaymentGateway>) -> Arc<dyn PaymentGateway>;

/// What a house is built from.
pub struct Adapters {
    pub store: Arc<dyn Store>,
    pub clock: TestClock,
    pub chance: TestChance,
    pub stripe: Url,
    pub smtp_url: String,
    pub patience: Patience,
    pub documents: Arc<dyn Documents>,
    pub wrap: Option<(Wrap, WrapMail)>,
}

/// Puts something between the worker and the mail server.
pub type WrapMail = fn(Arc<dyn Mailer>) -> Arc<dyn Mailer>;

/// What `yoriai` is made of.
pub struct House {
    pub desk: Arc<Desk>,
    pub door: Doorkeeper,
    pub staff_door: StaffDoor,
    pub personnel: Personnel,
    pub worker: Worker,
    pub accounts: Arc<Accounts>,
    pub cards: Arc<CardReader>,
    pub vault: Arc<dyn Vault>,
}

impl House {
    pub fn open(from: Adapters) -> Self {
        let gateway = stripe_account(&from.stripe, "sk_test_bench", from.patience);
        let mailer = mailer(&from.smtp_url);
        let (gateway, mailer) = match from.wrap {
            Some((wrap, wrap_mail)) => (wrap(gateway), wrap_mail(mailer)),
            None => (gateway, mailer),
        };
        let chance: Arc<dyn Chance> = Arc::new(from.chance);
        let vault: Arc<dyn Vault> =
            Arc::new(KeyFileVault::from_key_file(KEY_FILE, Arc::clone(&chance)).unwrap());
        let accounts = Arc::new(Accounts::all_at(gateway));
        let cards = Arc::new(CardReader::default());
        let desk = Arc::new(Desk::new(
            Arc::clone(&from.store),
            Arc::clone(&chance),
            Arc::clone(&vault),
            from.documents,
            accounts.clone(),
            Arc::new(Towns),
        ));
        let staff_door =
            StaffDoor::new(Arc::clone(&from.store), Arc::clone(&chance), cards.clone());
        let personnel = Personnel::new(
            Arc::clone(&from.store),
            Arc::clone(&chance),
            Arc::clone(&vault),
        );
        let door = Doorkeeper::new(from.store, chance, Arc::clone(&vault), cards.clone());
        let worker = Worker::new(Arc::clone(&desk), mailer, Arc::new(from.clock));
        Self {
            desk,
            door,
            staff_door,
            personnel,
            worker,
            accounts,
            cards,
            vault,
        }
    }

    /// Lets the worker do what is due now, until nothing is.
    pub async fn work(&self) {
        while self.worker.run_due_jobs().await.unwrap() > 0 {}
    }
}

/// An account at the pretend Stripe.
pub fn stripe_account(base: &Url, key: &str, patience: Patience) -> Arc<dyn PaymentGateway> {
    let config = StripeConfig {
        api_base: base.clone(),
        secret_key: Secret::new(key),
        webhook_secrets: vec![Secret::new(WEBHOOK_SECRET)],
        livemode: false,
    };
    Arc::new(StripeGateway::with_patience(config, patience, Arc::new(NoWaiting)).unwrap())
}

fn mailer(smtp_url: &str) -> Arc<dyn Mailer> {
    let config = MailConfig {
        smtp_url: smtp_url.to_owned(),
        from: "寄合町 施設予約 <yoyaku@yoriai.example>".to_owned(),
        timeout: Duration::from_secs(10),
    };
    Arc::new(SmtpMailer::new(&config).unwrap())
}

/// Tries again at once.
struct NoWaiting;

#[async_trait]
impl Pause for NoWaiting {
    async fn pause(&self, _wait: Duration) {
        tokio::task::yield_now().await;
    }
}

/// Which account a municipality uses: one for all, unless a test says otherwise.
pub struct Accounts {
    shared: Arc<dyn PaymentGateway>,
    own: Mutex<BTreeMap<MunicipalityId, Arc<dyn PaymentGateway>>>,
}

impl Accounts {
    fn all_at(shared: Arc<dyn PaymentGateway>) -> Self {
        Self {
            shared,
            own: Mutex::default(),
        }
    }

    /// The account that most use.
    pub fn shared(&self) -> &dyn PaymentGateway {
        self.shared.as_ref()
    }

    /// Gives a municipality an account of its own.
    pub fn give(&self, municipality: MunicipalityId, account: Arc<dyn PaymentGateway>) {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        own.insert(municipality, account);
    }
}

impl Gateways for Accounts {
    fn of(&self, municipality: MunicipalityId) -> Option<Arc<dyn PaymentGateway>> {
        let own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        let gateway = own.get(&municipality).unwrap_or(&self.shared);
        Some(Arc::clone(gateway))
    }
}

struct Towns;

impl Addresses for Towns {
    fn base_url(&self, municipality: MunicipalityId) -> Option<String> {
        Some(format!("https://{municipality}.example"))
    }
}
