//! Groups (団体) and what ties people to the town: what a resident may do, and what the counter does.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::group::GroupDocument;
use domain::ids::{GroupId, PersonId};
use domain::residency::Members;
use domain::town::TownTie;
use uuid::Uuid;

use crate::views::{
    CounterGroup, CounterGroups, GroupChoice, NewGroup, OwnGroup, OwnGroups, ResidenceView,
};
use crate::{Call, Outcome};

/// A registration that is applied for (団体登録の申請). A group's name is no personal datum; nobody of
/// its members is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplyGroup {
    /// The name, at most 100 characters.
    pub name: String,
    /// Its reading, in kana, at most 100 characters.
    pub kana: String,
    /// What it does, at most 200 characters.
    pub activity: String,
    /// How many members there are, and how many of them in the town; `None` where it was no number.
    pub members: (Option<u32>, Option<u32>),
    /// The form's submission key: the same key twice is one application.
    pub submission: Uuid,
}

/// What a clerk saw of a group (書類の確認).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteGroup {
    /// Which papers were looked at today.
    pub seen: BTreeSet<GroupDocument>,
    /// The members as counted on the roster; `None` where they were not counted anew.
    pub members: Option<Members>,
}

/// What is decided about a group (処分).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupDecision {
    /// Registered, or renewed (承認).
    Approve,
    /// Not registered, or not renewed (不承認); the group is told why and how to object.
    Refuse {
        /// Why (行政手続法8条).
        reason: String,
    },
    /// No longer registered (登録の取消し).
    End {
        /// Why.
        reason: String,
    },
}

/// Who may act for a group (利用担当者), by the number on their page (利用者番号).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeAgent {
    /// Lets them.
    Add {
        /// The number as it was typed.
        number: String,
    },
    /// No longer lets them.
    Remove {
        /// The number.
        number: String,
    },
}

/// What a person who signed in may do about groups (団体登録).
///
/// # Errors
/// Every method: `sign_in.required` without a session, `not_found` for a group that is not theirs,
/// and the refusals of its rules.
#[async_trait]
pub trait Groups: Send + Sync {
    /// All groups that one represents or acts for.
    async fn own_groups(&self, call: &Call) -> Outcome<OwnGroups>;

    /// What an application needs; `not_found` where the town registers no groups.
    async fn new_group(&self, call: &Call) -> Outcome<NewGroup>;

    /// Applies, to represent it. Too young or too few is refused at once.
    async fn apply_group(&self, call: &Call, group: &ApplyGroup) -> Outcome<GroupId>;

    /// One own group.
    async fn own_group(&self, call: &Call, id: GroupId) -> Outcome<OwnGroup>;

    /// Asks for a renewal, as its representative.
    async fn renew_group(&self, call: &Call, id: GroupId) -> Outcome<()>;

    /// Gives a registration or an application up, as its representative.
    async fn leave_group(&self, call: &Call, id: GroupId) -> Outcome<()>;

    /// Changes who may act for it, as its representative.
    async fn change_agent(&self, call: &Call, id: GroupId, change: &ChangeAgent) -> Outcome<()>;

    /// As what one counts in the town, by what and until when (町内判定).
    async fn own_residence(&self, call: &Call) -> Outcome<ResidenceView>;

    /// The groups that one can book for.
    async fn bookable_groups(&self, call: &Call) -> Outcome<Vec<GroupChoice>>;
}

/// What the counter does about groups (窓口での団体登録) and about what ties people to the town.
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` without a role for it,
/// `not_found` for what another town has, and the refusals of its rules.
#[async_trait]
pub trait GroupDesk: Send + Sync {
    /// What waits for a decision, and what was looked for by name or reading.
    async fn groups(&self, call: &Call, typed: &str) -> Outcome<CounterGroups>;

    /// One group, with whom to ask. That they were seen is noted.
    async fn group(&self, call: &Call, id: GroupId) -> Outcome<CounterGroup>;

    /// What an application needs when this person represents the group.
    async fn new_group_for(&self, call: &Call, person: PersonId) -> Outcome<NewGroup>;

    /// Enters an application for somebody who stands there.
    async fn apply_group_for(
        &self,
        call: &Call,
        person: PersonId,
        group: &ApplyGroup,
    ) -> Outcome<GroupId>;

    /// Notes papers that were seen and members that were counted.
    async fn note_group(&self, call: &Call, id: GroupId, note: &NoteGroup) -> Outcome<()>;

    /// Decides, and tells the representative by mail.
    async fn decide_group(&self, call: &Call, id: GroupId, decision: &GroupDecision)
    -> Outcome<()>;

    /// The groups that this person can book for.
    async fn bookable_groups_of(&self, call: &Call, person: PersonId) -> Outcome<Vec<GroupChoice>>;

    /// Notes that a paper was seen which shows what ties somebody to the town (在住・在勤・在学の確認),
    /// today.
    async fn note_evidence(
        &self,
        call: &Call,
        person: PersonId,
        tie: Option<TownTie>,
    ) -> Outcome<()>;

    /// Notes that it no longer holds (在勤・在学の終了).
    async fn end_evidence(&self, call: &Call, person: PersonId, tie: TownTie) -> Outcome<()>;
}
