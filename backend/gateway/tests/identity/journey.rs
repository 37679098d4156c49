//! One person, one browser, one town: how a sign-in goes, for every test here.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use gateway::identity::{Endpoints, RelyingParty, RelyingPartyConfig};
use jsonwebtoken::jwk::JwkSet;
use reqwest::{Client, redirect};
use standin::idp::{self, Fault, KeyPair, RunningIdp};
use url::Url;
use usecases::ports::chance::Chance;
use usecases::ports::identity::{
    Callback, CardIdentity, IdentityProvider as _, Rejection, SignInAttempt, SignInFailure,
};
use usecases::return_path::ReturnPath;
use uuid::Uuid;

pub const CLIENT_ID: &str = "SEIKA00001";
const REDIRECT_URI: &str = "http://seika.localhost:8080/auth/callback";

/// 2026-11-21 12:00 in Japan; nothing here depends on the day it runs.
const NOON: i64 = 1_795_230_000;

/// Chance as the operating system gives it.
pub struct Dice;

impl Chance for Dice {
    fn secret(&self) -> [u8; 32] {
        rand::random()
    }
    fn id(&self, _now: DateTime<Utc>) -> Uuid {
        Uuid::from_u128(rand::random())
    }
    fn below(&self, bound: u32) -> u32 {
        rand::random::<u32>().checked_rem(bound).unwrap_or(0)
    }
}

/// A town with its relying party, the provider, a browser, and one clock for all of them.
pub struct Town {
    pub idp: RunningIdp,
    pub rp: RelyingParty,
    pub browser: Client,
    clock: Arc<AtomicI64>,
}

impl Town {
    pub async fn open() -> Self {
        Self::open_with(|_config| {}).await
    }

    pub async fn open_with(adjust: impl FnOnce(&mut RelyingPartyConfig)) -> Self {
        let clock = Arc::new(AtomicI64::new(NOON));
        let key = KeyPair::generate().unwrap();
        let client = idp::Client {
            realm: idp::Realm::Residents,
            client_id: CLIENT_ID.to_owned(),
            name: "精華町 施設予約".to_owned(),
            town: "seika".to_owned(),
            redirect_uris: vec![REDIRECT_URI.to_owned()],
            jwks: JwkSet {
                keys: vec![key.public.clone()],
            },
        };
        let theirs = Arc::clone(&clock);
        let config = idp::Config::at(vec![client], Arc::new(move || instant(&theirs)));
        let idp = idp::start(config).await.unwrap();
        let endpoint = |name: &str| Url::parse(&idp.endpoint(name)).unwrap();
        let mut config = RelyingPartyConfig::for_card_service(
            idp.issuer().to_owned(),
            Endpoints {
                authorize: endpoint("auth"),
                token: endpoint("token"),
                userinfo: Some(endpoint("userinfo")),
                jwks: endpoint("certs"),
            },
            CLIENT_ID.to_owned(),
            REDIRECT_URI.to_owned(),
            key.private_pem.clone(),
        );
        adjust(&mut config);
        let rp = RelyingParty::new(config, Arc::new(Dice)).unwrap();
        let browser = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        Self {
            idp,
            rp,
            browser,
            clock,
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        instant(&self.clock)
    }

    pub fn wait(&self, time: TimeDelta) {
        self.clock.fetch_add(time.num_seconds(), Ordering::SeqCst);
    }

    pub fn attempt(&self) -> SignInAttempt {
        let random = [rand::random(), rand::random(), rand::random()];
        SignInAttempt::begin(random, ReturnPath::parse("/rooms/1").unwrap())
    }

    /// Goes to the provider, chooses a card (none for 「中止」), and brings back the callback.
    pub async fn visit(&self, attempt: &SignInAttempt, card: &str) -> Callback {
        let url = self.rp.authorize_url(attempt);
        let page = self.browser.get(url).send().await.unwrap();
        assert_eq!(page.status(), 200, "{:?}", page.headers().get("location"));
        let page = page.text().await.unwrap();
        let (_, rest) = page.split_once(r#"name="request" value=""#).unwrap();
        let (request, _) = rest.split_once('"').unwrap();
        let form = [("request", request), ("card", card)];
        let choose = format!("{}/login-actions/card", self.idp.issuer());
        let answer = self.browser.post(choose).form(&form).send().await.unwrap();
        let location = answer.headers().get("location").unwrap().to_str().unwrap();
        assert!(location.starts_with(REDIRECT_URI));
        let mut callback = Callback::default();
        for (name, value) in Url::parse(location).unwrap().query_pairs() {
            match name.as_ref() {
                "code" => callback.code = Some(value.into_owned()),
                "state" => callback.state = Some(value.into_owned()),
                "iss" => callback.iss = Some(value.into_owned()),
                "error" => callback.error = Some(value.into_owned()),
                "session_state" | "error_description" => {}
                other => panic!("{other} in the callback"),
            }
        }
        callback
    }

    pub async fn redeem(
        &self,
        callback: &Callback,
        attempt: &SignInAttempt,
    ) -> Result<CardIdentity, SignInFailure> {
        self.rp.redeem(self.now(), callback, attempt).await
    }

    pub async fn sign_in(&self, card: &str) -> Result<CardIdentity, SignInFailure> {
        let attempt = self.attempt();
        let callback = self.visit(&attempt, card).await;
        self.redeem(&callback, &attempt).await
    }

    /// Signs in while the provider does one thing wrong, once.
    pub async fn sign_in_despite(&self, fault: Fault) -> Result<CardIdentity, SignInFailure> {
        self.idp.once(fault);
        self.sign_in("hanako").await
    }

    /// The same where the answer must not be believed.
    pub async fn rejection_of(&self, fault: Fault) -> Rejection {
        let shown = format!("{fault:?}");
        match self.sign_in_despite(fault).await {
            Err(SignInFailure::Rejected(rejection)) => rejection,
            other => panic!("{shown}: {other:?}"),
        }
    }
}

fn instant(clock: &AtomicI64) -> DateTime<Utc> {
    DateTime::from_timestamp(clock.load(Ordering::SeqCst), 0).unwrap()
}
