//! An order to the bank (振込依頼): prepared by one person, signed by another, carried out by the bank.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::StaffId;

/// How far an order is; instants are UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrderState {
    /// Written (起案): it waits for a second person.
    Prepared,
    /// Signed (決裁): the file may be given to the bank.
    Approved {
        /// By whom.
        by: StaffId,
        /// When.
        at: DateTime<Utc>,
    },
    /// The bank carried it out (振込済み).
    CarriedOut {
        /// Who signed it.
        approved_by: StaffId,
        /// The day it left the town's account, in Japan.
        on: NaiveDate,
        /// Who noted that.
        by: StaffId,
        /// When.
        at: DateTime<Utc>,
    },
    /// Taken back before anything was sent (取りやめ).
    Withdrawn {
        /// By whom.
        by: StaffId,
        /// When.
        at: DateTime<Utc>,
    },
}

/// Why an order does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    /// Whoever prepared it may not sign it.
    #[error("起案した人は決裁できません。ほかの人が決裁してください")]
    OwnOrder,
    /// It is not where it would have to be.
    #[error("この振込依頼は、いまその操作ができません")]
    Elsewhere,
    /// The bank cannot have carried it out on a day that is still to come.
    #[error("振込日は今日までの日にしてください")]
    ToCome,
}

impl OrderState {
    /// As it stands in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Approved { .. } => "approved",
            Self::CarriedOut { .. } => "carried_out",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Who signed it; nobody any more once it was taken back.
    #[must_use]
    pub const fn approved_by(self) -> Option<StaffId> {
        match self {
            Self::Approved { by, .. } => Some(by),
            Self::CarriedOut { approved_by, .. } => Some(approved_by),
            Self::Prepared | Self::Withdrawn { .. } => None,
        }
    }

    /// Signed by a second person.
    ///
    /// # Errors
    /// [`OrderRefusal::OwnOrder`], [`OrderRefusal::Elsewhere`].
    pub fn approve(
        self,
        prepared_by: StaffId,
        by: StaffId,
        at: DateTime<Utc>,
    ) -> Result<Self, OrderRefusal> {
        match self {
            Self::Prepared if prepared_by == by => Err(OrderRefusal::OwnOrder),
            Self::Prepared => Ok(Self::Approved { by, at }),
            Self::Approved { .. } | Self::CarriedOut { .. } | Self::Withdrawn { .. } => {
                Err(OrderRefusal::Elsewhere)
            }
        }
    }

    /// Carried out by the bank; `today` is the day in Japan.
    ///
    /// # Errors
    /// [`OrderRefusal::ToCome`], [`OrderRefusal::Elsewhere`].
    pub fn carry_out(
        self,
        on: NaiveDate,
        by: StaffId,
        (at, today): (DateTime<Utc>, NaiveDate),
    ) -> Result<Self, OrderRefusal> {
        match self {
            Self::Approved { .. } if on > today => Err(OrderRefusal::ToCome),
            Self::Approved {
                by: approved_by, ..
            } => Ok(Self::CarriedOut {
                approved_by,
                on,
                by,
                at,
            }),
            Self::Prepared | Self::CarriedOut { .. } | Self::Withdrawn { .. } => {
                Err(OrderRefusal::Elsewhere)
            }
        }
    }

    /// Taken back, as long as the bank has not carried it out.
    ///
    /// # Errors
    /// [`OrderRefusal::Elsewhere`].
    pub fn withdraw(self, by: StaffId, at: DateTime<Utc>) -> Result<Self, OrderRefusal> {
        match self {
            Self::Prepared | Self::Approved { .. } => Ok(Self::Withdrawn { by, at }),
            Self::CarriedOut { .. } | Self::Withdrawn { .. } => Err(OrderRefusal::Elsewhere),
        }
    }

    /// True while its transfers are bound to it.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Prepared | Self::Approved { .. })
    }
}
