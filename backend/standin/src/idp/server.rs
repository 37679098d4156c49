//! What the provider remembers, and its routes.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::bail;
use axum::Router;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Serialize;
use sha2::Sha256;
use url::Url;

use super::faults::{Endpoint, Faults};
use super::keys::KeyRing;
use super::{Client, Clock, Config, Person, Realm, authorize, control, token, userinfo};

/// Pairwise subjects have to survive restarts, so this is no secret at all.
const SUBJECT_SALT: &[u8] = b"yoriai stand-in: nobody's real subject";

/// One pretend identity provider.
pub(super) struct Idp {
    pub(super) realm: Realm,
    pub(super) issuer: String,
    pub(super) clients: Vec<Client>,
    pub(super) people: Vec<Person>,
    pub(super) clock: Clock,
    pub(super) faults: Faults,
    memory: Mutex<Memory>,
}

/// What changes while it runs.
pub(super) struct Memory {
    pub(super) keys: KeyRing,
    pub(super) requests: HashMap<String, AuthRequest>,
    pub(super) codes: HashMap<String, Grant>,
    pub(super) access_tokens: HashMap<String, Grant>,
    pub(super) spent_assertions: HashSet<String>,
    pub(super) seen: Seen,
}

/// An authorization request that passed every check and waits for a card.
#[derive(Clone)]
pub(super) struct AuthRequest {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scope: Vec<String>,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) code_challenge: String,
    pub(super) acr: String,
}

/// What a card allowed, first under a code, then under an access token.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) request: AuthRequest,
    pub(super) person: Person,
    pub(super) at: DateTime<Utc>,
}

/// What relying parties sent, for tests to look at.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Seen {
    /// Every call of the token endpoint, oldest first.
    pub token_calls: Vec<TokenCall>,
    /// Calls of `userinfo`.
    pub userinfo_calls: u32,
    /// Calls of `certs`.
    pub certs_calls: u32,
    /// Calls of `/_control/trap`, which nobody who verifies tokens properly ever makes.
    pub trap_calls: u32,
    /// The last ID token that was issued.
    pub last_id_token: Option<String>,
}

/// One call of the token endpoint.
#[derive(Clone, Debug, Serialize)]
pub struct TokenCall {
    /// The form as it came.
    pub form: Vec<(String, String)>,
    /// The client assertion's header, unverified.
    pub assertion_header: serde_json::Value,
    /// The client assertion's claims, unverified.
    pub assertion_claims: serde_json::Value,
    /// `None` for success, else the OAuth error.
    pub error: Option<String>,
}

impl Idp {
    pub(super) fn new(realm: Realm, config: &Config, public_url: &Url) -> anyhow::Result<Self> {
        let clients = config.clients.iter().filter(|client| client.realm == realm);
        let clients: Vec<Client> = clients.cloned().collect();
        for client in &clients {
            let id = &client.client_id;
            if !(1..=255).contains(&id.len()) || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
                bail!("client id {id:?} is not 1 to 255 of 0-9a-zA-Z");
            }
        }
        Ok(Self {
            realm,
            issuer: format!(
                "{}{}",
                public_url.as_str().trim_end_matches('/'),
                realm.path()
            ),
            clients,
            people: match realm {
                Realm::Residents => config.people.clone(),
                Realm::Staff => config.colleagues.clone(),
            },
            clock: Arc::clone(&config.clock),
            faults: Faults::default(),
            memory: Mutex::new(Memory {
                keys: KeyRing::generate()?,
                requests: HashMap::new(),
                codes: HashMap::new(),
                access_tokens: HashMap::new(),
                spent_assertions: HashSet::new(),
                seen: Seen::default(),
            }),
        })
    }

    pub(super) fn locked(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    pub(super) fn endpoint(&self, name: &str) -> String {
        format!("{}/protocol/openid-connect/{name}", self.issuer)
    }

    /// An address that only those call who follow what a token or a redirect tells them.
    pub(super) fn trap(&self) -> String {
        let base = self.issuer.trim_end_matches(self.realm.path());
        format!("{base}{}/trap", self.realm.control())
    }

    pub(super) fn client(&self, client_id: &str) -> Option<&Client> {
        self.clients
            .iter()
            .find(|client| client.client_id == client_id)
    }

    /// The pairwise subject (PPID): the same person is somebody else at each relying party. Staff
    /// are who they are.
    pub(super) fn subject(&self, client_id: &str, person: &Person) -> String {
        if self.realm == Realm::Staff {
            return person.id.clone();
        }
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(SUBJECT_SALT) else {
            unreachable!("HMAC takes keys of any length")
        };
        mac.update(client_id.as_bytes());
        mac.update(b"\0");
        mac.update(person.id.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    pub(super) fn count(&self, endpoint: Endpoint) {
        let seen = &mut self.locked().seen;
        match endpoint {
            Endpoint::Token => {}
            Endpoint::Userinfo => seen.userinfo_calls += 1,
            Endpoint::Certs => seen.certs_calls += 1,
        }
    }
}

/// An opaque value that nobody can guess.
pub(super) fn opaque() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// Both realms.
pub(super) fn app(residents: &Arc<Idp>, staff: &Arc<Idp>) -> Router {
    Router::new()
        .merge(router(Arc::clone(residents)))
        .merge(router(Arc::clone(staff)))
        .route("/healthz", get(|| async { "ok" }))
}

fn router(idp: Arc<Idp>) -> Router {
    let (realm, control) = (idp.realm.path(), idp.realm.control());
    let oidc = format!("{realm}/protocol/openid-connect");
    Router::new()
        .route(&format!("{oidc}/auth"), get(authorize::ask))
        .route(
            &format!("{realm}/login-actions/card"),
            post(authorize::choose),
        )
        .route(&format!("{oidc}/token"), post(token::redeem))
        .route(&format!("{oidc}/userinfo"), get(userinfo::userinfo))
        .route(&format!("{oidc}/certs"), get(userinfo::certs))
        .route(
            &format!("{control}/faults"),
            get(control::list).post(control::add).delete(control::clear),
        )
        .route(&format!("{control}/rotate"), post(control::rotate))
        .route(&format!("{control}/seen"), get(control::seen))
        .route(&format!("{control}/trap"), get(control::trap))
        .with_state(idp)
}
