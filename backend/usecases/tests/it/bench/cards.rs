//! Cards and who reads them: an identity provider outside the house. How the real one is spoken to
//! is tested in `gateway`; here only what it vouches for matters.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::MunicipalityId;
use domain::personal::Personal;
use usecases::ports::identity::{
    Birthdate, Callback, CardIdentity, IdentityProvider, Rejection, SignInAttempt, SignInFailure,
};
use usecases::sign_in::Providers;
use usecases::staff_sign_in::StaffProviders;

/// The staff's issuer.
pub const STAFF_ISSUER: &str = "https://staff.example";

/// Our client id at both issuers.
pub const CLIENT_ID: &str = "yoriai-bench";

/// The code of an answer that somebody forged.
pub const FORGED: &str = "forged";

/// What stands on a card.
#[derive(Clone)]
pub struct Card {
    pub subject: String,
    pub name: String,
    pub address: String,
    /// `None` where the card gave none.
    pub birthdate: Option<String>,
}

impl Card {
    /// Somebody who lives in the test town.
    pub fn of(subject: &str) -> Self {
        Self {
            subject: subject.to_owned(),
            name: format!("山田 {subject}"),
            address: "見本県寄合町大字本町三丁目4番地".to_owned(),
            birthdate: Some("1990-04-01".to_owned()),
        }
    }

    /// Somebody from the next town.
    pub fn from_elsewhere(subject: &str) -> Self {
        Self {
            address: "見本県隣町一丁目1番1号".to_owned(),
            ..Self::of(subject)
        }
    }
}

/// Reads whatever card is laid on it. The code of a callback names the card.
#[derive(Default)]
pub struct CardReader {
    cards: Arc<Mutex<BTreeMap<String, Card>>>,
}

impl CardReader {
    /// Lays a card on the reader; gives the code that stands for it.
    pub fn lay(&self, card: &Card) -> String {
        let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        cards.insert(card.subject.clone(), card.clone());
        card.subject.clone()
    }
}

impl Providers for CardReader {
    fn of(&self, _municipality: MunicipalityId) -> Option<Arc<dyn IdentityProvider>> {
        Some(Arc::new(Provider {
            issuer: "https://idp.example",
            cards: Arc::clone(&self.cards),
        }))
    }
}

/// The staff's issuer vouches for whoever is laid on the same reader, under its own name.
impl StaffProviders for CardReader {
    fn of_staff(&self, _municipality: MunicipalityId) -> Option<Arc<dyn IdentityProvider>> {
        Some(Arc::new(Provider {
            issuer: STAFF_ISSUER,
            cards: Arc::clone(&self.cards),
        }))
    }
}

struct Provider {
    issuer: &'static str,
    cards: Arc<Mutex<BTreeMap<String, Card>>>,
}

#[async_trait]
impl IdentityProvider for Provider {
    fn issuer(&self) -> &str {
        self.issuer
    }

    fn client_id(&self) -> &str {
        CLIENT_ID
    }

    fn authorize_url(&self, attempt: &SignInAttempt) -> String {
        format!("https://idp.example/authorize?state={}", attempt.state)
    }

    async fn redeem(
        &self,
        _now: DateTime<Utc>,
        callback: &Callback,
        _attempt: &SignInAttempt,
    ) -> Result<CardIdentity, SignInFailure> {
        let code = callback.code.as_deref().ok_or(SignInFailure::Cancelled)?;
        if code == FORGED {
            return Err(SignInFailure::Rejected(Rejection::Signature));
        }
        let cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        let card = cards.get(code).ok_or(SignInFailure::StaleCode)?;
        let birthdate = card.birthdate.as_deref().map(|text| match text.parse() {
            Ok(day) => Birthdate::Day(day),
            Err(_) => Birthdate::Unclear(text.to_owned()),
        });
        Ok(CardIdentity {
            issuer: self.issuer().to_owned(),
            client_id: self.client_id().to_owned(),
            subject: Personal::new(card.subject.clone()),
            name: Some(Personal::new(card.name.clone())),
            address: Some(Personal::new(card.address.clone())),
            birthdate: birthdate.map(Personal::new),
            gender: None,
        })
    }
}
