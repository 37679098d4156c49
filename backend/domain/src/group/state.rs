//! The life of a registration. Each transition consumes the state and gives the next, or says why not.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{DocumentSeen, GroupRefusal, Readiness};
use crate::civil;
use crate::eligibility::{group_valid_until, renewable_from};
use crate::ids::StaffId;
use crate::town::GroupRule;

/// How many letters a reason may have.
pub const LONGEST_REASON: usize = 400;

/// The state of a group (団体登録の状態) with its facts; instants are UTC, days are in Japan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum GroupState {
    /// Waits for somebody to decide (申請中).
    Applied {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Registered (登録済み), good until its last day.
    Registered {
        /// Since which day this registration counts.
        on: NaiveDate,
        /// The last day (有効期限).
        until: NaiveDate,
        /// Who decided.
        by: StaffId,
        /// What became of a renewal.
        #[serde(default, skip_serializing_if = "Renewal::is_none")]
        renewal: Renewal,
    },
    /// Not registered (登録不可).
    Refused {
        /// When.
        at: DateTime<Utc>,
        /// Who decided.
        by: StaffId,
        /// Why: a refusal must say (行政手続法8条).
        reason: String,
    },
    /// No longer registered (登録終了): given up, or taken away.
    Ended {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

/// The renewal of a registration (更新).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "renewal", rename_all = "snake_case")]
pub enum Renewal {
    /// Nobody has asked for one.
    #[default]
    None,
    /// Waits for somebody to decide (更新申請中).
    Asked {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Not renewed (更新不可); it may be asked for again.
    Refused {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

impl Renewal {
    /// True when nobody has asked for one.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

/// The name of a state, without its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is explained at `GroupState`")]
pub enum GroupStateName {
    Applied,
    Registered,
    Refused,
    Ended,
}

impl GroupStateName {
    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Registered => "registered",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Applied => "申請中",
            Self::Registered => "登録済み",
            Self::Refused => "登録不可",
            Self::Ended => "登録終了",
        }
    }
}

impl GroupState {
    /// Applied for now.
    #[must_use]
    pub const fn apply(now: DateTime<Utc>) -> Self {
        Self::Applied { at: now }
    }

    /// The name of the state.
    #[must_use]
    pub const fn name(&self) -> GroupStateName {
        match self {
            Self::Applied { .. } => GroupStateName::Applied,
            Self::Registered { .. } => GroupStateName::Registered,
            Self::Refused { .. } => GroupStateName::Refused,
            Self::Ended { .. } => GroupStateName::Ended,
        }
    }

    /// The last day on which it is registered; `None` when it is not.
    #[must_use]
    pub const fn valid_until(&self) -> Option<NaiveDate> {
        match self {
            Self::Registered { until, .. } => Some(*until),
            Self::Applied { .. } | Self::Refused { .. } | Self::Ended { .. } => None,
        }
    }

    /// Since when somebody has to decide about it: an application or a renewal.
    #[must_use]
    pub const fn to_decide_since(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Applied { at }
            | Self::Registered {
                renewal: Renewal::Asked { at },
                ..
            } => Some(*at),
            Self::Registered { .. } | Self::Refused { .. } | Self::Ended { .. } => None,
        }
    }

    /// From when on it can be renewed; `None` when there is nothing to renew.
    #[must_use]
    pub fn renewable_from(&self, rule: &GroupRule) -> Option<NaiveDate> {
        self.valid_until().map(|until| renewable_from(rule, until))
    }

    /// Registered, or renewed (登録・更新の承認). A renewal in time counts from the day after the old
    /// one ends, a late one from the day on which it is decided.
    ///
    /// # Errors
    /// [`GroupRefusal::DocumentMissing`]; [`GroupRefusal::NoRenewal`] and
    /// [`GroupRefusal::WrongState`] when there is nothing to decide.
    pub fn approve(
        self,
        rule: &GroupRule,
        (ready, seen): (Readiness, &[DocumentSeen]),
        by: StaffId,
        now: DateTime<Utc>,
    ) -> Result<Self, GroupRefusal> {
        let today = civil::date_at(now);
        let on = match self {
            Self::Applied { .. } => today,
            Self::Registered {
                until,
                renewal: Renewal::Asked { .. },
                ..
            } => until
                .checked_add_days(Days::new(1))
                .map_or(today, |next| next.max(today)),
            Self::Registered { .. } => return Err(GroupRefusal::NoRenewal),
            other => return Err(other.refuse_step()),
        };
        let missing = ready
            .documents()
            .find(|document| seen.iter().all(|it| it.document != *document));
        if let Some(document) = missing {
            return Err(GroupRefusal::DocumentMissing { document });
        }
        Ok(Self::Registered {
            on,
            until: group_valid_until(rule, on),
            by,
            renewal: Renewal::None,
        })
    }

    /// Not registered, or not renewed: then the registration lasts as long as it did.
    ///
    /// # Errors
    /// [`GroupRefusal::ReasonMissing`], [`GroupRefusal::ReasonTooLong`], and as [`Self::approve`]
    /// when there is nothing to decide.
    pub fn refuse(
        self,
        reason: &str,
        by: StaffId,
        now: DateTime<Utc>,
    ) -> Result<Self, GroupRefusal> {
        let reason = said(reason)?;
        match self {
            Self::Applied { .. } => Ok(Self::Refused {
                at: now,
                by,
                reason,
            }),
            Self::Registered {
                on,
                until,
                by: registered_by,
                renewal: Renewal::Asked { .. },
            } => Ok(Self::Registered {
                on,
                until,
                by: registered_by,
                renewal: Renewal::Refused { at: now, reason },
            }),
            Self::Registered { .. } => Err(GroupRefusal::NoRenewal),
            other => Err(other.refuse_step()),
        }
    }

    /// A renewal is asked for (更新の申請).
    ///
    /// # Errors
    /// [`GroupRefusal::RenewalNotYet`], [`GroupRefusal::RenewalAsked`], or
    /// [`GroupRefusal::WrongState`] when it is not registered.
    pub fn ask_renewal(self, rule: &GroupRule, now: DateTime<Utc>) -> Result<Self, GroupRefusal> {
        match self {
            Self::Registered {
                renewal: Renewal::Asked { .. },
                ..
            } => Err(GroupRefusal::RenewalAsked),
            Self::Registered { on, until, by, .. } => {
                let from = renewable_from(rule, until);
                if civil::date_at(now) < from {
                    return Err(GroupRefusal::RenewalNotYet { from });
                }
                Ok(Self::Registered {
                    on,
                    until,
                    by,
                    renewal: Renewal::Asked { at: now },
                })
            }
            other => Err(other.refuse_step()),
        }
    }

    /// Ended (登録の終了): given up by the group, or taken away by the town.
    ///
    /// # Errors
    /// [`GroupRefusal::ReasonMissing`], [`GroupRefusal::ReasonTooLong`], or
    /// [`GroupRefusal::WrongState`] when it is over already.
    pub fn end(self, reason: &str, now: DateTime<Utc>) -> Result<Self, GroupRefusal> {
        match self {
            Self::Applied { .. } | Self::Registered { .. } => Ok(Self::Ended {
                at: now,
                reason: said(reason)?,
            }),
            other => Err(other.refuse_step()),
        }
    }

    const fn refuse_step(&self) -> GroupRefusal {
        GroupRefusal::WrongState { state: self.name() }
    }
}

fn said(reason: &str) -> Result<String, GroupRefusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(GroupRefusal::ReasonMissing);
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(GroupRefusal::ReasonTooLong {
            most: LONGEST_REASON,
        });
    }
    Ok(reason.to_owned())
}
