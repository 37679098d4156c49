//! How much a reduction takes away, once somebody has decided.

use crate::town::ReductionRate;

/// The percent that was decided is none that the ordinance lets anybody decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PercentRefusal {
    /// 「○%以内」: somebody has to say how much.
    #[error("減免の割合を1から{most}までで入力してください")]
    Missing {
        /// The most it can be, percent.
        most: u32,
    },
    /// More than the ordinance allows, none at all, or another than it fixes.
    #[error("減免の割合は{most}%までです")]
    NotAllowed {
        /// The most it can be, percent.
        most: u32,
    },
}

/// The percent that a grant takes away: the ordinance's own, or what was decided up to its ceiling.
///
/// # Errors
/// [`PercentRefusal`].
pub fn decided_percent(rate: ReductionRate, decided: Option<u32>) -> Result<u32, PercentRefusal> {
    let most = rate.most();
    match (rate, decided) {
        (ReductionRate::Percent(percent), None) => Ok(percent),
        (ReductionRate::Percent(percent), Some(decided)) if decided == percent => Ok(percent),
        (ReductionRate::UpTo(most), Some(decided)) if (1..=most).contains(&decided) => Ok(decided),
        (ReductionRate::UpTo(most), None) => Err(PercentRefusal::Missing { most }),
        (_, Some(_)) => Err(PercentRefusal::NotAllowed { most }),
    }
}
