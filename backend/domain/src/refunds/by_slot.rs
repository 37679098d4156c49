//! Several slots, some of which are given up (一部取消).

use chrono::{DateTime, Utc};

use super::{Reckoning, Use, refund_on_cancelling};
use crate::money::{Yen, YenOutOfRange};
use crate::town::RefundRounding;

/// A slot that is given up, and what was paid for it.
#[derive(Clone, Copy, Debug)]
pub struct SlotPaid<'a> {
    /// Where and when.
    pub used: Use<'a>,
    /// What was paid for it, yen.
    pub paid: Yen,
}

/// What comes back for the slots that are given up: each by its own day's rate, rounded as the town
/// says, each or once in all (scenario 44). One reckoning for each slot; their sum is what comes
/// back.
///
/// # Errors
/// As [`refund_on_cancelling`].
pub fn refund_of_slots(
    slots: &[SlotPaid<'_>],
    now: DateTime<Utc>,
) -> Result<Vec<Reckoning>, YenOutOfRange> {
    let each = slots
        .iter()
        .map(|slot| refund_on_cancelling(slot.used, slot.paid, now))
        .collect::<Result<Vec<_>, _>>()?;
    over_slots(slots, each)
}

/// Each slot's reckoning as it is where each is rounded, or as the sum is where that is.
pub(super) fn over_slots(
    slots: &[SlotPaid<'_>],
    mut each: Vec<Reckoning>,
) -> Result<Vec<Reckoning>, YenOutOfRange> {
    let Some(rule) = slots.first().map(|slot| &slot.used.facility.refund) else {
        return Ok(each);
    };
    let whole = each.iter().all(|it| it.percent == 100);
    if rule.rounded == RefundRounding::EachSlot || whole {
        return Ok(each);
    }
    // Running sums rounded down: each line is a difference of two, so the lines add up to the sum
    // rounded once.
    let (mut exact, mut before) = (0_u64, Yen::ZERO);
    for (slot, reckoning) in slots.iter().zip(&mut each) {
        exact += u64::from(slot.paid.get()) * u64::from(reckoning.percent);
        let so_far = floored(exact, rule.round_down_yen)?;
        reckoning.refund_yen = so_far.minus(before)?;
        reckoning.line.unit_yen = reckoning.refund_yen.into();
        reckoning.line.amount_yen = reckoning.refund_yen.into();
        before = so_far;
    }
    Ok(each)
}

/// What was paid, split over slots in the ratio of their prices: whole yen, their sum what was paid.
/// A price of 0 gets nothing; where all are 0 the first gets everything.
///
/// # Errors
/// [`YenOutOfRange`] when the prices add up to more than there can be.
pub fn split_paid(paid: Yen, prices: &[Yen]) -> Result<Vec<Yen>, YenOutOfRange> {
    let all = u64::from(Yen::sum(prices.iter().copied())?.get());
    let (mut priced, mut before) = (0_u64, Yen::ZERO);
    prices
        .iter()
        .map(|price| {
            priced += u64::from(price.get());
            let so_far = (u64::from(paid.get()) * priced).checked_div(all);
            let so_far = so_far.map_or(Ok(paid), |yen| {
                u32::try_from(yen)
                    .map(Yen::new)
                    .map_err(|_overflow| YenOutOfRange)
            })?;
            let own = so_far.minus(before)?;
            before = so_far;
            Ok(own)
        })
        .collect()
}

/// So many hundredths of a yen, rounded down to the unit.
fn floored(hundredths: u64, unit: u32) -> Result<Yen, YenOutOfRange> {
    let unit = u64::from(unit);
    let yen = (hundredths / 100).checked_div(unit).ok_or(YenOutOfRange)? * unit;
    u32::try_from(yen)
        .map(Yen::new)
        .map_err(|_overflow| YenOutOfRange)
}
