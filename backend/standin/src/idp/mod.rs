//! The pretend identity provider (デジタル認証サービスの代役).
//!
//! Shaped like the real service as far as public sources tell (reference: identity.md §1):
//! Keycloak's paths below `/api/realms/main`, the authorization code flow with `nonce`, `state` and
//! S256 required and every unlisted parameter refused, `private_key_jwt` only, ES256 ID tokens with
//! `kid` and `at_hash`, pairwise subjects, userinfo with a flat address, `YYYYMMDD` and `1`/`2`.
//! There is no discovery document, as the real service has none that is documented.
//!
//! Where the app and the card would be there is a page with cards to choose from, one to make oneself,
//! and 「中止」.
//!
//! A second realm, `/api/realms/staff`, stands for the issuer of a town's own staff: its own keys,
//! clients and faults (`/_control/staff/…`), plain subjects, the name in the ID token, six sample
//! staff to choose from.
//!
//! # What it can be told to do wrong
//! `POST /_control/faults` with `{"fault": NAME, …, "times": N}`; without `times` the fault stands
//! until `DELETE /_control/faults`. `GET` lists. `POST /_control/rotate` rotates the signing key;
//! `GET /_control/seen` tells what relying parties sent; `/_control/trap` is where embedded key
//! addresses lead. The numbers are the adversarial tests of
//! identity.md §5.
//!
//! | fault | what happens | tests |
//! |---|---|---|
//! | `state_swap` | the callback carries another `state` | 1 |
//! | `mixup_iss`, `own_iss` | the callback carries another issuer's `iss`, or ours | 10 |
//! | `authorize_error` (`error`, `description`) | the callback carries an error | 25 |
//! | `alg_none`, `alg_hs256`, `alg_rs256` | unsigned; HS256 keyed with the public key; RS256 | 5, 6 |
//! | `foreign_key`, `embedded_jwk` | a stranger's key under our `kid`, or in the header | 7 |
//! | `withdrawn_key` | signed by the key that two rotations ago was withdrawn | 14 |
//! | `unknown_kid`, `no_kid`, `critical` | headers that no key or reader answers to | 7, 15 |
//! | `wrong_nonce`, `no_nonce` | | 4 |
//! | `wrong_aud`, `extra_aud` | | 8 |
//! | `wrong_iss`, `slash_iss`, `scheme_iss` | | 9 |
//! | `expired`, `future_iat`, `skew_30s` | `exp` −1 h; `iat` +1 h; `iat` +30 s | 11, 12 |
//! | `wrong_at_hash`, `no_at_hash`, `low_acr` | | 13 |
//! | `claims` (`patch`) | any other claim, by JSON merge patch | 4–13 |
//! | `token_error` (`error`), `scope` (`granted`) | the token endpoint refuses, or grants less | 17, 25 |
//! | `other_sub`, `no_sub`, `userinfo` (`patch`) | userinfo about somebody else, or odd | 20, 25 |
//! | `huge_id_token` | 2 MB of ID token | 21 |
//! | `fail` (`at`, `status`), `hang`, `drip`, `endless`, `huge`, `redirect` (`at`, `to`) | at `token`, `userinfo` or `certs` | 16, 20, 21 |

mod assertion;
mod authorize;
mod control;
mod delivery;
mod faults;
mod id_token;
mod keys;
mod page;
mod people;
mod realm;
mod register;
mod server;
mod token;
mod userinfo;

use std::net::SocketAddr;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::JwkSet;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

pub use faults::{Endpoint, Fault, Switch};
pub use keys::KeyPair;
pub use people::{Person, colleagues, everyone};
pub use realm::{Realm, RunningRealm};
pub use register::{RegisterArgs, register};
pub use server::{Seen, TokenCall};

use server::Idp;

/// `standin idp …`: how the pretend identity provider is started from the command line.
#[derive(Debug, Clone, clap::Args)]
pub struct IdpArgs {
    /// Where to listen. Loopback only unless you mean otherwise.
    #[arg(long, default_value = "127.0.0.1:8499")]
    pub listen: SocketAddr,
    /// The base under which browsers and servers reach this one; default `http://{listen}`.
    #[arg(long)]
    pub public_url: Option<Url>,
    /// A registration file, as `standin register` writes it. Once for each relying party.
    #[arg(long = "client", value_name = "FILE", required = true)]
    pub clients: Vec<PathBuf>,
}

/// A relying party as it is registered (利用機関の登録): what a town hands in on the form.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// Where it is registered.
    #[serde(default)]
    pub realm: Realm,
    /// Like `RP00000001`: 1 to 255 of `0-9a-zA-Z`.
    pub client_id: String,
    /// What people see: 「精華町 施設予約」.
    pub name: String,
    /// Whose cards lie on top: `seika` or `kawagoe`.
    pub town: String,
    /// Exactly these, to the letter.
    pub redirect_uris: Vec<String>,
    /// Where the client's public keys are.
    pub jwks: JwkSet,
}

/// What tells the server the time.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The real time.
pub fn system_clock() -> Clock {
    Arc::new(|| {
        #[expect(
            clippy::disallowed_methods,
            reason = "a stand-in is an outside world of its own"
        )]
        let now = std::time::SystemTime::now();
        now.into()
    })
}

/// How a pretend identity provider is set up.
#[derive(Clone)]
pub struct Config {
    /// Who may ask.
    pub clients: Vec<Client>,
    /// Whose cards there are.
    pub people: Vec<Person>,
    /// Who works there.
    pub colleagues: Vec<Person>,
    /// What it takes for the time.
    pub clock: Clock,
}

impl Config {
    /// These clients, the fictional people of both towns, the real time.
    pub fn new(clients: Vec<Client>) -> Self {
        Self::at(clients, system_clock())
    }

    /// The same with another clock.
    pub fn at(clients: Vec<Client>, clock: Clock) -> Self {
        let people = everyone(clock().date_naive());
        Self {
            clients,
            people,
            colleagues: colleagues(),
            clock,
        }
    }
}

/// Runs the pretend identity provider until the process ends.
///
/// # Errors
/// When a registration cannot be read or the address cannot be bound.
pub async fn run(args: IdpArgs) -> anyhow::Result<()> {
    let mut clients = Vec::new();
    for path in &args.clients {
        let text = tokio::fs::read_to_string(path)
            .await
            .with_context(|| format!("reading the registration {}", path.display()))?;
        let client: Client = serde_json::from_str(&text)
            .with_context(|| format!("the registration {} is malformed", path.display()))?;
        clients.push(client);
    }
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("listening on {}", args.listen))?;
    let public_url = match args.public_url {
        Some(url) => url,
        None => Url::parse(&format!("http://{}", listener.local_addr()?))?,
    };
    let [residents, staff] = both(&Config::new(clients), &public_url)?;
    axum::serve(listener, server::app(&residents, &staff)).await?;
    Ok(())
}

/// Starts a pretend identity provider on a free port of the loopback.
///
/// # Errors
/// When no port or no key can be had.
pub async fn start(config: Config) -> anyhow::Result<RunningIdp> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let public_url = Url::parse(&format!("http://{}", listener.local_addr()?))?;
    let [residents, staff] = both(&config, &public_url)?;
    let app = server::app(&residents, &staff);
    let task = tokio::spawn(async move {
        // Ends with the task; there is nobody left to tell.
        let _ended = axum::serve(listener, app).await;
    });
    Ok(RunningIdp {
        residents: RunningRealm::of(residents),
        staff: RunningRealm::of(staff),
        task,
    })
}

fn both(config: &Config, public_url: &Url) -> anyhow::Result<[Arc<Idp>; 2]> {
    let realm = |realm| Idp::new(realm, config, public_url).map(Arc::new);
    Ok([realm(Realm::Residents)?, realm(Realm::Staff)?])
}

/// A pretend identity provider of this process, both realms of it. It stops when dropped.
pub struct RunningIdp {
    residents: RunningRealm,
    staff: RunningRealm,
    task: JoinHandle<()>,
}

impl RunningIdp {
    /// The issuer of the towns' staff.
    pub const fn staff(&self) -> &RunningRealm {
        &self.staff
    }
}

/// The residents' realm is what most tests mean.
impl Deref for RunningIdp {
    type Target = RunningRealm;

    fn deref(&self) -> &RunningRealm {
        &self.residents
    }
}

impl Drop for RunningIdp {
    fn drop(&mut self) {
        self.task.abort();
    }
}
