//! What follows from what was decided.

use super::{ReviewItem, ReviewKind, Verdict};
use crate::town::Slug;

/// What follows (審査の結果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something is still to be decided.
    Waits,
    /// Not permitted (不許可), with the reasons.
    Refused {
        /// Each reason after what it is about: 「物品の販売：…」.
        reason: String,
    },
    /// Permitted (許可).
    Permitted {
        /// The reduction that was granted, and how much it takes away, percent.
        reduction: Option<(Slug, u32)>,
    },
}

/// What follows from the items with what was decided about each and why.
///
/// A use that is not permitted, or to which no guardian agrees, ends the review: a reduction of its
/// fee need not be decided any more. A reduction that is refused ends nothing; the whole fee is owed.
#[must_use]
pub fn outcome<'a>(
    items: impl IntoIterator<Item = (&'a ReviewItem, Option<(Verdict, &'a str)>)>,
) -> Outcome {
    let (mut waits, mut reasons, mut granted) = (false, Vec::new(), None);
    for (item, decided) in items {
        match decided {
            None => waits = true,
            Some((Verdict::Refused, why)) if item.kind.decides_permission() => {
                reasons.push(format!("{}：{why}", item.label));
            }
            Some((Verdict::Granted { percent }, _)) if item.kind == ReviewKind::Reduction => {
                granted = item.reduction.clone().zip(percent);
            }
            Some(_) => {}
        }
    }
    if !reasons.is_empty() {
        return Outcome::Refused {
            reason: reasons.join("／"),
        };
    }
    if waits {
        return Outcome::Waits;
    }
    Outcome::Permitted { reduction: granted }
}
