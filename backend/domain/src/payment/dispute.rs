//! Disputes (異議申立て・チャージバック): a payer tells their bank that they did not want to pay.
//!
//! The bank may take the money back before anybody is heard, and bring it again when the town is
//! right (rows 22 and 23). People answer at the service's own screens; here it is only followed, so
//! that the books know where the money is and nobody gives it back a second time.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{RefundRefusal, Step};

/// The state of one dispute; instants are UTC.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DisputeState {
    /// Somebody must answer; the money is still there (回答待ち).
    NeedsResponse {
        /// When that was seen.
        at: DateTime<Utc>,
        /// Until when evidence can be handed in, if it still can (証拠の提出期限).
        evidence_due: Option<DateTime<Utc>>,
    },
    /// The money is gone until it is decided (引落し).
    FundsWithdrawn {
        /// When that was seen.
        at: DateTime<Utc>,
        /// Until when evidence can be handed in, if it still can (証拠の提出期限).
        evidence_due: Option<DateTime<Utc>>,
    },
    /// The town was right (異議の却下).
    Won {
        /// When that was seen.
        at: DateTime<Utc>,
        /// True when nothing is missing: the money came back, or was never taken.
        whole: bool,
    },
    /// The payer was right; the money stays away, and the fee is owed again (未収).
    Lost {
        /// When that was seen.
        at: DateTime<Utc>,
    },
}

/// A dispute as the service shows it now.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DisputeSeen {
    /// The service's id.
    pub provider_id: String,
    /// How far it is.
    pub progress: DisputeProgress,
    /// Until when evidence can be handed in, if it still can.
    pub evidence_due: Option<DateTime<Utc>>,
    /// True once the bank took the money back.
    pub withdrawn: bool,
    /// True once it brought it again.
    pub reinstated: bool,
}

/// How far a dispute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisputeProgress {
    /// Open: evidence is asked for or is being read.
    Open,
    /// Decided for the town, or withdrawn by the payer.
    Won,
    /// Decided for the payer.
    Lost,
}

impl DisputeState {
    /// A dispute seen for the first time, however far it has come (row 22).
    #[must_use]
    pub const fn opened(seen: &DisputeSeen, now: DateTime<Utc>) -> Self {
        let evidence_due = seen.evidence_due;
        match seen.progress {
            DisputeProgress::Open if seen.withdrawn && !seen.reinstated => Self::FundsWithdrawn {
                at: now,
                evidence_due,
            },
            DisputeProgress::Open => Self::NeedsResponse {
                at: now,
                evidence_due,
            },
            DisputeProgress::Won => Self::Won {
                at: now,
                whole: seen.reinstated || !seen.withdrawn,
            },
            DisputeProgress::Lost => Self::Lost { at: now },
        }
    }

    /// What the service shows now, taken in (row 23): anything older changes nothing. What the bank
    /// lost for the town it may still win.
    #[must_use]
    pub const fn observe(self, seen: &DisputeSeen, now: DateTime<Utc>) -> Step<Self> {
        let next = Self::opened(seen, now);
        if next.rank() > self.rank() {
            Step::Moved(next)
        } else {
            Step::Unchanged(self)
        }
    }

    /// True while nothing of the payment may go back by us: it might go back twice.
    #[must_use]
    pub const fn blocks_refunds(&self) -> bool {
        match self {
            Self::NeedsResponse { .. } | Self::FundsWithdrawn { .. } | Self::Lost { .. } => true,
            Self::Won { whole, .. } => !*whole,
        }
    }

    /// True while somebody has to do something: answer, or collect what was lost.
    #[must_use]
    pub const fn needs_people(&self) -> bool {
        !matches!(self, Self::Won { .. })
    }

    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NeedsResponse { .. } => "needs_response",
            Self::FundsWithdrawn { .. } => "funds_withdrawn",
            Self::Won { .. } => "won",
            Self::Lost { .. } => "lost",
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::NeedsResponse { .. } => 0,
            Self::FundsWithdrawn { .. } => 1,
            Self::Lost { .. } => 2,
            Self::Won { whole: false, .. } => 3,
            Self::Won { whole: true, .. } => 4,
        }
    }
}

/// Whether a refund of a payment with these disputes can be asked for at all (row 22).
///
/// # Errors
/// [`RefundRefusal::Disputed`].
pub fn undisputed<'a>(
    disputes: impl IntoIterator<Item = &'a DisputeState>,
) -> Result<(), RefundRefusal> {
    if disputes.into_iter().any(DisputeState::blocks_refunds) {
        return Err(RefundRefusal::Disputed);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::{self, TimeOfDay};

    fn now() -> DateTime<Utc> {
        civil::instant("2026-11-01".parse().unwrap(), TimeOfDay::MIDNIGHT)
    }

    fn seen(progress: DisputeProgress, withdrawn: bool, reinstated: bool) -> DisputeSeen {
        DisputeSeen {
            provider_id: "dp_1".into(),
            progress,
            evidence_due: Some(now()),
            withdrawn,
            reinstated,
        }
    }

    /// A dispute's life as the service shows it, oldest first.
    fn lives() -> Vec<(Vec<DisputeSeen>, &'static str, bool)> {
        use DisputeProgress::{Lost, Open, Won};
        let (asked, taken) = (seen(Open, false, false), seen(Open, true, false));
        vec![
            (vec![asked.clone()], "needs_response", true),
            (vec![asked.clone(), taken.clone()], "funds_withdrawn", true),
            (
                vec![
                    asked.clone(),
                    taken.clone(),
                    seen(Won, true, false),
                    seen(Won, true, true),
                ],
                "won",
                false,
            ),
            (
                vec![asked.clone(), taken.clone(), seen(Lost, true, false)],
                "lost",
                true,
            ),
            (vec![asked.clone(), seen(Won, false, false)], "won", false),
            (
                vec![asked, taken, seen(Lost, true, false), seen(Won, true, true)],
                "won",
                false,
            ),
        ]
    }

    #[test]
    fn a_dispute_ends_in_the_same_state_in_whatever_order_it_is_looked_at() {
        for (life, end, blocks) in lives() {
            let last = life.last().unwrap();
            for first in &life {
                for second in &life {
                    let mut state = DisputeState::opened(first, now());
                    for news in [second, last, first, second] {
                        state = state.observe(news, now()).into_state();
                    }
                    assert_eq!(state.name(), end, "{life:?}");
                    assert_eq!(state.blocks_refunds(), blocks, "{life:?}");
                }
            }
        }
    }

    #[test]
    fn a_refund_waits_for_the_dispute_and_comes_never_after_a_lost_one() {
        for (life, _, blocks) in lives() {
            let state = DisputeState::opened(life.last().unwrap(), now());
            assert_eq!(undisputed([&state]).is_err(), blocks, "{state:?}");
        }
        assert_eq!(undisputed([]), Ok(()));
    }

    #[test]
    fn a_won_dispute_waits_for_its_money() {
        let won = DisputeState::opened(&seen(DisputeProgress::Won, true, false), now());
        assert!(won.blocks_refunds());
        assert!(!won.needs_people());
    }
}
