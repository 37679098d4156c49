//! Reservations (予約).

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::eligibility::Condition;
use domain::fees::AttributeValue;
use domain::ids::{FacilityId, GroupId, PersonId, ReservationId, RoomId, StaffId};
use domain::quote::Quote;
use domain::reservation::{Channel, ReservationState, StateName};
use domain::span::{Cell, Span};
use domain::town::Slug;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Stored;

/// A reservation as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReservationRecord {
    /// Its id.
    pub id: ReservationId,
    /// Its number, as people read it aloud.
    pub number: String,
    /// Whose it is.
    pub person: PersonId,
    /// The group it is for; `None` when the person booked for themselves.
    pub group: Option<GroupId>,
    /// Who made it.
    pub made_by: MadeBy,
    /// Where.
    pub facility: FacilityId,
    /// Which room.
    pub room: RoomId,
    /// The version of the town file it was made under; `None` where a release that did not keep it
    /// made it.
    pub town_version: Option<i32>,
    /// When.
    pub span: Span,
    /// How many people.
    pub people: u32,
    /// Names and choices as booked.
    pub particulars: Particulars,
    /// The note, sealed; `None` when empty.
    pub note_sealed: Option<Vec<u8>>,
    /// The frozen quote.
    pub quote: Quote,
    /// The state.
    pub state: ReservationState,
    /// The form's submission key.
    pub submission: Uuid,
    /// SHA-256 of what was asked, to tell a repeated submit from a reused key.
    pub request_hash: [u8; 32],
    /// Rises with each change.
    pub revision: i32,
    /// When it was made, UTC.
    pub created_at: DateTime<Utc>,
}

/// Who made a reservation (受付した人).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeBy {
    /// The person whose it is, online.
    Resident,
    /// A member of staff, for somebody at the counter or on the telephone (代理予約).
    Staff(StaffId),
}

impl MadeBy {
    /// The channel it came through.
    #[must_use]
    pub const fn channel(self) -> Channel {
        match self {
            Self::Resident => Channel::Online,
            Self::Staff(_) => Channel::Counter,
        }
    }
}

/// Names and choices as booked (予約時の内容): later changes to the town file leave them alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// The facility's slug.
    pub facility: Slug,
    /// The facility's name.
    pub facility_name: String,
    /// The room's slug.
    pub room: Slug,
    /// The room's name.
    pub room_name: String,
    /// The purpose's slug.
    pub purpose: Slug,
    /// The purpose's name.
    pub purpose_name: String,
    /// Options: slug → quantity.
    pub options: BTreeMap<Slug, u32>,
    /// For how long options were asked for, where not for the whole time: slug → minutes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub option_minutes: BTreeMap<Slug, u32>,
    /// The attributes the quote was made with.
    pub attributes: BTreeMap<Slug, AttributeValue>,
    /// The group's name as booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// The reduction that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduction: Option<Slug>,
    /// What has to happen before it stands, by the rules of the town when it was booked (条件).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Whether the facts of the town file were a 見本.
    pub illustrative: bool,
}

/// What became of an insert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum InsertOutcome {
    /// It is there.
    Inserted,
    /// The number is somebody else's; draw another.
    NumberTaken,
    /// The submission key was used before; see [`ReservationReads::by_submission`].
    SubmissionKnown,
}

/// Reads reservations.
#[async_trait]
pub trait ReservationReads {
    /// One reservation, whoever's it is.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn reservation(&self, id: ReservationId) -> Stored<Option<ReservationRecord>>;

    /// The reservation a person made with this submission key.
    ///
    /// # Errors
    /// As [`Self::reservation`].
    async fn by_submission(
        &self,
        person: PersonId,
        submission: Uuid,
    ) -> Stored<Option<ReservationRecord>>;

    /// A person's reservations by start, latest first, at most `most`.
    ///
    /// # Errors
    /// As [`Self::reservation`].
    async fn reservations_of(&self, person: PersonId, most: u32) -> Stored<Vec<ReservationRecord>>;

    /// Reservations in `state` whose deadline is at or before `now`, oldest first.
    ///
    /// # Errors
    /// As [`Self::reservation`].
    async fn lapsed(
        &self,
        state: StateName,
        now: DateTime<Utc>,
        most: u32,
    ) -> Stored<Vec<ReservationId>>;

    /// Reservations that stand, whose use ended at or before `by` and is not noted as over, the
    /// first to end first.
    ///
    /// # Errors
    /// As [`Self::reservation`].
    async fn over(&self, by: Cell, most: u32) -> Stored<Vec<ReservationId>>;

    /// Reservations that wait for a decision and begin at or before `by`, the first to begin first.
    ///
    /// # Errors
    /// As [`Self::reservation`].
    async fn undecided(&self, by: Cell, most: u32) -> Stored<Vec<ReservationId>>;
}

/// Changes reservations.
#[async_trait]
pub trait ReservationWrites {
    /// Enters a new reservation.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_reservation(&mut self, record: &ReservationRecord) -> Stored<InsertOutcome>;

    /// One reservation, locked until the transaction ends (`FOR UPDATE`).
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn lock_reservation(&mut self, id: ReservationId) -> Stored<Option<ReservationRecord>>;

    /// Gives a locked reservation its next state; `revision` is the one that was read.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that.
    async fn set_state(
        &mut self,
        id: ReservationId,
        revision: i32,
        state: &ReservationState,
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// Freezes another quote on a locked reservation that is not confirmed yet (料金の再決定);
    /// `revision` is the one that was read.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that, or it was confirmed
    /// or given up.
    async fn set_quote(
        &mut self,
        id: ReservationId,
        revision: i32,
        quote: &Quote,
        now: DateTime<Utc>,
    ) -> Stored<()>;
}
