//! The call: who asks, for which municipality, when (呼び出し).

use std::fmt;

use chrono::{DateTime, Duration, Utc};
use domain::ids::{MunicipalityId, PersonId, RequestId, StaffId};

/// How long a second look at the card (本人の再確認) counts, minutes (identity.md §3: `max_age` is
/// not to be had, so by our own clock).
pub const STEP_UP_MINUTES: i64 = 5;

/// The session behind a call (ログイン状態): what the database knows it by, never its secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LiveSession {
    /// SHA-256 of its secret.
    pub token_hash: [u8; 32],
    /// When the person last showed their card again within it, UTC.
    pub stepped_up_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for LiveSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveSession")
            .field("stepped_up_at", &self.stepped_up_at)
            .finish_non_exhaustive()
    }
}

/// Proof that a person signed in (ログイン済み).
///
/// Made only where a session was found by the hash of its secret; tests aside there is one such
/// place, the session store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    municipality: MunicipalityId,
    person: PersonId,
    session: Option<LiveSession>,
}

impl SignedIn {
    /// Vouches that `person` holds a live session in `municipality`.
    #[must_use]
    pub const fn vouch(municipality: MunicipalityId, person: PersonId) -> Self {
        Self {
            municipality,
            person,
            session: None,
        }
    }

    /// By this session. Without one nothing can be done that needs the card again.
    #[must_use]
    pub const fn by(self, session: LiveSession) -> Self {
        Self {
            session: Some(session),
            ..self
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

    /// The session.
    #[must_use]
    pub const fn session(&self) -> Option<LiveSession> {
        self.session
    }
}

/// Proof that a member of staff signed in (職員のログイン済み). Staff have an issuer, a cookie and
/// sessions of their own; what they may do is looked up where they do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffSignedIn {
    municipality: MunicipalityId,
    staff: StaffId,
}

impl StaffSignedIn {
    /// Vouches that `staff` holds a live session in `municipality`.
    #[must_use]
    pub const fn vouch(municipality: MunicipalityId, staff: StaffId) -> Self {
        Self {
            municipality,
            staff,
        }
    }

    /// The municipality the session belongs to; it is worth nothing in another.
    #[must_use]
    pub const fn municipality(&self) -> MunicipalityId {
        self.municipality
    }

    /// Who.
    #[must_use]
    pub const fn staff(&self) -> StaffId {
        self.staff
    }
}

/// Who acts (操作者).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Anybody; sees what is public.
    Visitor,
    /// A person who signed in.
    Person(PersonId),
    /// A member of staff who signed in; their roles say what they may do, and where.
    Staff(StaffId),
    /// The worker, a webhook or the poller: nobody's wish, but the rules'.
    System,
}

/// A call: every method of the contract takes one, so that authorisation, tenancy and time cannot
/// be forgotten.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    municipality: MunicipalityId,
    actor: Actor,
    session: Option<LiveSession>,
    request_id: RequestId,
    now: DateTime<Utc>,
    following: bool,
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
            session: None,
            request_id,
            now,
            following: false,
        }
    }

    /// A call by a person with a live session, in the session's own municipality.
    #[must_use]
    pub const fn signed_in(proof: SignedIn, request_id: RequestId, now: DateTime<Utc>) -> Self {
        Self {
            municipality: proof.municipality,
            actor: Actor::Person(proof.person),
            session: proof.session,
            request_id,
            now,
            following: false,
        }
    }

    /// A call by a member of staff with a live session, in the session's own municipality.
    #[must_use]
    pub const fn staff(proof: StaffSignedIn, request_id: RequestId, now: DateTime<Utc>) -> Self {
        Self {
            municipality: proof.municipality,
            actor: Actor::Staff(proof.staff),
            session: None,
            request_id,
            now,
            following: false,
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
            session: None,
            request_id,
            now,
            following: false,
        }
    }

    /// The same call by a page that asks for itself again, because it heard of a change: nobody
    /// pressed anything (画面の自動更新).
    #[must_use]
    pub const fn by_itself(self) -> Self {
        Self {
            following: true,
            ..self
        }
    }

    /// Whether a page asks for itself again.
    #[must_use]
    pub const fn is_by_itself(&self) -> bool {
        self.following
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
            Actor::Visitor | Actor::Staff(_) | Actor::System => None,
        }
    }

    /// The member of staff who acts, if one signed in.
    #[must_use]
    pub const fn staff_member(&self) -> Option<StaffId> {
        match self.actor {
            Actor::Staff(staff) => Some(staff),
            Actor::Visitor | Actor::Person(_) | Actor::System => None,
        }
    }

    /// The session behind the call, if there is one.
    #[must_use]
    pub const fn session(&self) -> Option<LiveSession> {
        self.session
    }

    /// The session, if the person showed their card again in it a moment ago (本人の再確認).
    #[must_use]
    pub fn stepped_up(&self) -> Option<LiveSession> {
        self.session.filter(|session| {
            session
                .stepped_up_at
                .is_some_and(|at| self.now - at < Duration::minutes(STEP_UP_MINUTES))
        })
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
