//! Coming back from the identity provider.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contract::{Actor, Call};
use domain::ids::PersonId;
use domain::residency;
use subtle::ConstantTimeEq;

use super::{Doorkeeper, SignInStop, hash, session};
use crate::ports::identity::{Birthdate, Callback, CardIdentity, Gender, SignInAttempt};
use crate::ports::store::{
    AttemptRecord, IdentityKey, PersonRecord, SessionRecord, Transaction, VerifiedBy,
};
use crate::return_path::ReturnPath;
use crate::sealing::PersonSeal;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// Somebody is in.
pub struct Finished {
    /// The session's secret, for the cookie; never logged.
    pub session_secret: String,
    /// Where they were going.
    pub return_to: ReturnPath,
    /// True while there is no way to reach them: booking needs an address and a number.
    pub needs_profile: bool,
}

impl Doorkeeper {
    /// Ends an attempt: checks the answer, finds or enters the person, opens a new session.
    /// `former_secret` is a session the browser still has; it ends here. Who came in is audited, and
    /// so is an answer that was not believed.
    ///
    /// # Errors
    /// [`SignInStop`]; the attempt is used up in every case.
    pub async fn finish(
        &self,
        call: &Call,
        callback: &Callback,
        browser_secret: Option<&str>,
        former_secret: Option<&str>,
    ) -> Result<Finished, SignInStop> {
        let outcome = self
            .let_in(call, callback, browser_secret, former_secret)
            .await;
        match outcome {
            Ok(finished) => Ok(finished),
            Err(stop) => Err(self.noted(call, stop).await),
        }
    }

    async fn let_in(
        &self,
        call: &Call,
        callback: &Callback,
        browser_secret: Option<&str>,
        former_secret: Option<&str>,
    ) -> Result<Finished, SignInStop> {
        let attempt = self.take_attempt(call, callback, browser_secret).await?;
        let return_to = attempt.return_to.clone();
        let Some(provider) = self.providers.of(call.municipality()) else {
            return Err(SignInStop::no_provider(return_to));
        };
        let card = match provider.redeem(call.now(), callback, &attempt).await {
            Ok(card) => card,
            Err(failure) => return Err(SignInStop::of(failure, return_to)),
        };
        let session_secret = URL_SAFE_NO_PAD.encode(self.chance.secret());
        let enter = Enter {
            door: self,
            call,
            card: &card,
            session_hash: hash(&session_secret),
            former_hash: former_secret.map(hash),
        };
        match transact(self.store.as_ref(), call.municipality(), &enter).await {
            Ok(needs_profile) => Ok(Finished {
                session_secret,
                return_to,
                needs_profile,
            }),
            Err(failure) => Err(SignInStop::Failed {
                failure,
                return_to: Some(return_to),
            }),
        }
    }

    async fn take_attempt(
        &self,
        call: &Call,
        callback: &Callback,
        browser_secret: Option<&str>,
    ) -> Result<SignInAttempt, SignInStop> {
        let unknown = || SignInStop::StaleAttempt { return_to: None };
        let state = callback.state.as_deref().ok_or_else(unknown)?;
        let take = TakeAttempt {
            state_hash: hash(state),
            now: call.now(),
        };
        let record = transact(self.store.as_ref(), call.municipality(), &take)
            .await
            .map_err(|failure| SignInStop::Failed {
                failure,
                return_to: None,
            })?
            .ok_or_else(unknown)?;
        let return_to = ReturnPath::parse(&record.return_to).unwrap_or_else(|_| ReturnPath::home());
        let same_browser = browser_secret
            .is_some_and(|secret| bool::from(record.browser_hash.ct_eq(&hash(secret))));
        if !same_browser {
            // Known by its `state` all the same: the card app may have come back to another browser
            // of the same phone, and there the person can begin again where they were.
            return Err(SignInStop::OtherBrowser { return_to });
        }
        if call.now() >= record.expires_at {
            return Err(SignInStop::StaleAttempt {
                return_to: Some(return_to),
            });
        }
        Ok(SignInAttempt {
            state: state.to_owned(),
            nonce: record.nonce,
            verifier: record.verifier,
            return_to,
        })
    }
}

struct TakeAttempt {
    state_hash: [u8; 32],
    now: DateTime<Utc>,
}

#[async_trait]
impl Action for TakeAttempt {
    type Output = Option<AttemptRecord>;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Self::Output, Abort> {
        Ok(tx.consume_attempt(&self.state_hash, self.now).await?)
    }
}

struct Enter<'a> {
    door: &'a Doorkeeper,
    call: &'a Call,
    card: &'a CardIdentity,
    session_hash: [u8; 32],
    former_hash: Option<[u8; 32]>,
}

#[async_trait]
impl Action for Enter<'_> {
    type Output = bool;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<bool, Abort> {
        let identity = IdentityKey {
            issuer: self.card.issuer.clone(),
            client_id: self.card.client_id.clone(),
            subject: self.card.subject.reveal().clone(),
        };
        let known = tx.person_of(&identity).await?;
        let person = match known {
            Some(id) => self.welcome_back(tx, id).await?,
            None => self.welcome(tx, &identity).await?,
        };
        if let Some(former) = &self.former_hash {
            tx.delete_session(former).await?;
        }
        let now = self.call.now();
        tx.insert_session(&SessionRecord {
            token_hash: self.session_hash,
            person: person.id,
            created_at: now,
            last_seen_at: now,
            expires_at: now + session::lifetime(),
        })
        .await?;
        let mut entry = trail::entry(self.door.chance.as_ref(), self.call, "sign_in.done")
            .about("person", person.id.0);
        // The call was still a visitor's.
        entry.actor = Actor::Person(person.id);
        tx.record(&entry).await?;
        Ok(person.email_sealed.is_none() || person.phone_sealed.is_none())
    }
}

impl Enter<'_> {
    async fn welcome(
        &self,
        tx: &mut dyn Transaction,
        identity: &IdentityKey,
    ) -> Result<PersonRecord, Abort> {
        let id = PersonId(self.door.chance.id(self.call.now()));
        let person = self.as_read_from_card(tx, id, None).await?;
        if tx.insert_person(&person, identity).await? {
            Ok(person)
        } else {
            // The same card in two tabs: the other one has just entered the person.
            Err(crate::ports::store::StoreFailure::Contended.into())
        }
    }

    async fn welcome_back(
        &self,
        tx: &mut dyn Transaction,
        id: PersonId,
    ) -> Result<PersonRecord, Abort> {
        let before = tx.person(id).await?;
        let person = self.as_read_from_card(tx, id, before).await?;
        tx.update_person(&person, self.call.now()).await?;
        Ok(person)
    }

    /// The card's facts of today over what was there. What the card did not give is kept: a
    /// narrower consent must not wipe out an earlier one.
    async fn as_read_from_card(
        &self,
        tx: &mut dyn Transaction,
        id: PersonId,
        before: Option<PersonRecord>,
    ) -> Result<PersonRecord, Abort> {
        let seal = PersonSeal::new(self.door.vault.as_ref(), self.call.municipality(), id);
        let town = tx.town().await?;
        let card = self.card;
        let in_town = card.address.as_ref().map(|address| {
            town.as_ref().is_some_and(|applied| {
                residency::lives_in(
                    &applied.town.prefecture,
                    &applied.town.name,
                    address.reveal(),
                )
            })
        });
        let name = match (&card.name, &before) {
            (Some(name), _) => seal.name(name.reveal())?,
            (None, Some(before)) => before.name_sealed.clone(),
            (None, None) => seal.name("")?,
        };
        let address = card
            .address
            .as_ref()
            .map(|a| seal.address(a.reveal()))
            .transpose()?;
        let birthdate = card
            .birthdate
            .as_ref()
            .map(|b| seal.birthdate(&spelled(b.reveal())));
        let gender = card
            .gender
            .as_ref()
            .map(|g| seal.gender(gender_code(g.reveal())));
        let (birthdate, gender) = (birthdate.transpose()?, gender.transpose()?);
        let kept = before.as_ref();
        Ok(PersonRecord {
            id,
            name_sealed: name,
            kana_sealed: kept.and_then(|p| p.kana_sealed.clone()),
            address_sealed: address.or_else(|| kept.and_then(|p| p.address_sealed.clone())),
            birthdate_sealed: birthdate.or_else(|| kept.and_then(|p| p.birthdate_sealed.clone())),
            gender_sealed: gender.or_else(|| kept.and_then(|p| p.gender_sealed.clone())),
            email_sealed: kept.and_then(|p| p.email_sealed.clone()),
            phone_sealed: kept.and_then(|p| p.phone_sealed.clone()),
            in_town: in_town.unwrap_or_else(|| kept.is_some_and(|p| p.in_town)),
            verified_at: self.call.now(),
            verified_by: VerifiedBy::Card,
            created_at: kept.map_or_else(|| self.call.now(), |p| p.created_at),
        })
    }
}

fn spelled(birthdate: &Birthdate) -> String {
    match birthdate {
        Birthdate::Day(day) => day.to_string(),
        Birthdate::Unclear(text) => text.clone(),
    }
}

fn gender_code(gender: &Gender) -> &str {
    match gender {
        Gender::Male => "1",
        Gender::Female => "2",
        Gender::Other(text) => text,
    }
}
