//! What somebody has to decide before a booking stands (審査): the use, a guardian's consent, a
//! reduction; what was decided, and what follows from all of it.
//!
//! A permission to use a public facility is an administrative disposition (行政処分, 地方自治法244条):
//! a refusal says why (行政手続法8条) and how to contest it (行政不服審査法82条).

mod appeal;
mod due;
mod outcome;
mod rate;

#[cfg(test)]
mod tests;

pub use appeal::appeal;
pub use due::{PAY_DAYS, due_after_review};
pub use outcome::{Outcome, outcome};
pub use rate::{PercentRefusal, decided_percent};

use serde::{Deserialize, Serialize};

use crate::eligibility::Condition;
use crate::town::{Reduction, Slug};

/// What kind of thing is decided (審査の種類).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// The use (利用目的の審査).
    Purpose,
    /// A guardian's consent (保護者の同意).
    Guardian,
    /// A reduction (減免).
    Reduction,
}

impl ReviewKind {
    /// As it stands in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Guardian => "guardian",
            Self::Reduction => "reduction",
        }
    }

    /// True when there is no permission without it; a booking stands without a reduction.
    #[must_use]
    pub const fn decides_permission(self) -> bool {
        match self {
            Self::Purpose | Self::Guardian => true,
            Self::Reduction => false,
        }
    }
}

/// One thing to decide about a booking (審査項目).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewItem {
    /// What kind.
    pub kind: ReviewKind,
    /// What is looked at (「物品の販売を伴う利用」); of a reduction, its name.
    pub label: String,
    /// The article.
    pub article: String,
    /// The reduction, where it is about one.
    pub reduction: Option<Slug>,
}

/// What was decided about one item (判断).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 許可・承認.
    Granted {
        /// How much a reduction takes away, percent; `None` for everything else.
        percent: Option<u32>,
    },
    /// 不許可・不承認.
    Refused,
}

/// What has to be decided about a booking: its conditions, and the reduction that is asked for.
#[must_use]
pub fn items(conditions: &[Condition], asked: Option<&Reduction>) -> Vec<ReviewItem> {
    let of_condition = |condition: &Condition| match condition {
        Condition::Review { label, article } => ReviewItem {
            kind: ReviewKind::Purpose,
            label: label.clone(),
            article: article.clone(),
            reduction: None,
        },
        Condition::GuardianConsent { article } => ReviewItem {
            kind: ReviewKind::Guardian,
            label: "保護者の同意".to_owned(),
            article: article.clone(),
            reduction: None,
        },
    };
    let of_reduction = |reduction: &Reduction| ReviewItem {
        kind: ReviewKind::Reduction,
        label: reduction.name.clone(),
        article: reduction.article.clone(),
        reduction: Some(reduction.id.clone()),
    };
    let conditions = conditions.iter().map(of_condition);
    conditions.chain(asked.map(of_reduction)).collect()
}
