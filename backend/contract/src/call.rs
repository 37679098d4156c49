//! The call: who asks, for which municipality, when (呼び出し).

use chrono::{DateTime, Utc};
use domain::ids::{MunicipalityId, PersonId, RequestId};

/// Proof that a person signed in (ログイン済み).
///
/// Made only where a session was found by the hash of its secret; tests aside there is one such
/// place, the session store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    municipality: MunicipalityId,
    person: PersonId,
}

impl SignedIn {
    /// Vouches that `person` holds a live session in `municipality`.
    #[must_use]
    pub const fn vouch(municipality: MunicipalityId, person: PersonId) -> Self {
        Self {
            municipality,
            person,
        }
    }

    /// The municipality the session belongs to; it is worth nothing in another.
    #[must_use]
    pub const fn municipality(&self) -> MunicipalityId {
        self.municipality
    }

    /// The person.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }
}

/// Who acts (操作者).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Anybody; sees what is public.
    Visitor,
    /// A person who signed in.
    Person(PersonId),
    /// The worker, a webhook or the poller: nobody's wish, but the rules'.
    System,
}

/// A call: every method of the contract takes one, so that authorisation, tenancy and time cannot
/// be forgotten.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    municipality: MunicipalityId,
    actor: Actor,
    request_id: RequestId,
    now: DateTime<Utc>,
}

impl Call {
    /// A call by somebody who did not sign in.
    #[must_use]
    pub const fn visitor(
        municipality: MunicipalityId,
        request_id: RequestId,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            municipality,
            actor: Actor::Visitor,
            request_id,
            now,
        }
    }

    /// A call by a person with a live session, in the session's own municipality.
    #[must_use]
    pub const fn signed_in(proof: SignedIn, request_id: RequestId, now: DateTime<Utc>) -> Self {
        Self {
            municipality: proof.municipality,
            actor: Actor::Person(proof.person),
            request_id,
            now,
        }
    }

    /// A call by the worker, a verified webhook or the poller.
    #[must_use]
    pub const fn system(
        municipality: MunicipalityId,
        request_id: RequestId,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            municipality,
            actor: Actor::System,
            request_id,
            now,
        }
    }

    /// The municipality asked.
    #[must_use]
    pub const fn municipality(&self) -> MunicipalityId {
        self.municipality
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// The person who acts, if one signed in.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self.actor {
            Actor::Person(person) => Some(person),
            Actor::Visitor | Actor::System => None,
        }
    }

    /// The HTTP request or job behind the call, for the log.
    #[must_use]
    pub const fn request_id(&self) -> RequestId {
        self.request_id
    }

    /// The instant of the call, UTC, truncated to microseconds.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }
}
