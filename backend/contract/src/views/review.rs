//! What somebody decides about a booking (審査), as its owner and as staff see it.

use chrono::{DateTime, Utc};
use domain::ids::{ReservationId, ReviewId};
use domain::money::Yen;
use domain::personal::Personal;
use domain::review::ReviewKind;
use domain::span::Span;
use domain::town::Slug;

use super::ReservationView;

/// One thing that is decided about a booking, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewItemView {
    /// What kind.
    pub kind: ReviewKind,
    /// What is looked at; of a reduction, its name.
    pub label: String,
    /// The article.
    pub article: String,
    /// What is to be shown (「障害者手帳」).
    pub evidence: Vec<String>,
    /// Where it stands.
    pub standing: ReviewStanding,
}

/// Where one item of a review stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewStanding {
    /// Not applied for yet.
    NotApplied,
    /// Somebody looks at it (審査中).
    Waits,
    /// 許可・承認.
    Granted {
        /// How much a reduction takes away, percent.
        percent: Option<u32>,
    },
    /// 不許可・不承認.
    Refused {
        /// Why.
        reason: String,
    },
}

/// A booking that waits for a decision, in the list. Names a person: every look is noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingReview {
    /// The reservation.
    pub id: ReservationId,
    /// Its number.
    pub number: String,
    /// Since when it waits, UTC.
    pub since: DateTime<Utc>,
    /// The time that is asked for.
    pub span: Span,
    /// The facility's name.
    pub facility_name: String,
    /// The room's name.
    pub room_name: String,
    /// The purpose's name.
    pub purpose: String,
    /// Who asks.
    pub person: Personal<String>,
    /// For which group.
    pub group_name: Option<String>,
    /// What is looked at.
    pub items: Vec<ReviewItemView>,
}

/// One booking that waits, or waited, for a decision, with all that it takes to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewCase {
    /// The reservation, as its owner sees it.
    pub reservation: ReservationView,
    /// Who asks.
    pub person: Personal<String>,
    /// How to reach them.
    pub phone: Option<Personal<String>>,
    /// For which group.
    pub group_name: Option<String>,
    /// What is decided.
    pub items: Vec<CaseItem>,
    /// Whether whoever looks may decide now.
    pub can_decide: bool,
}

/// One thing to decide, with what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseItem {
    /// Its id.
    pub id: ReviewId,
    /// As the owner sees it.
    pub view: ReviewItemView,
    /// Why it is asked for, in their words.
    pub stated: Personal<String>,
    /// What the ordinance lets be granted, where it is about a reduction.
    pub terms: Option<ReductionTerms>,
    /// Who decided, when and why.
    pub decided: Option<DecidedBy>,
}

/// Who decided, when and why (決裁).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedBy {
    /// Who.
    pub by: Personal<String>,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Why; may be empty where it was granted.
    pub reason: String,
    /// Which kind of document was shown at the counter.
    pub shown: Option<String>,
}

/// What the ordinance lets be granted (減免の基準).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReductionTerms {
    /// The most it takes away, percent.
    pub most: u32,
    /// True for 「○%以内」: somebody has to say how much.
    pub is_ceiling: bool,
    /// Who decides (「教育長」).
    pub decided_by: String,
    /// What was granted to the same group or person for this fiscal year, percent: a proposal.
    pub standing: Option<u32>,
    /// What would be owed if the most, or what stands, were granted, yen.
    pub reduced_yen: Option<Yen>,
}

/// A reduction that a clerk may grant on the spot (当日減免).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpotReduction {
    /// Its slug.
    pub id: Slug,
    /// Its name.
    pub name: String,
    /// How much it takes away, percent.
    pub percent: u32,
    /// What would be owed with it, yen.
    pub reduced_yen: Yen,
    /// Any of these documents is to be shown.
    pub evidence: Vec<String>,
    /// The article.
    pub article: String,
}
