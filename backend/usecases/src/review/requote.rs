//! The quote once more, after something was decided (料金の再決定).

use chrono::{DateTime, NaiveDate, Utc};
use contract::Refusal;
use domain::civil;
use domain::fees::{self, BasisDates, OptionRequest, QuoteRequest, tariff_in_force};
use domain::quote::Quote;
use domain::town::{EffectiveBasis, Slug, Town};

use crate::booking::Towns;
use crate::browse::quote_refusal;
use crate::ports::store::ReservationRecord;

/// A reduction that was granted, and how much it takes away, percent.
pub(super) type Granted<'a> = Option<(&'a Slug, u32)>;

/// The quote as it is after a decision `now`; `None` when the frozen one stays: nothing was reduced,
/// and the day of approval does not decide which version of the tariff applies (scenario 34).
///
/// # Errors
/// What the ordinance excludes, as [`quote_refusal`] puts it.
pub(super) fn after_deciding(
    towns: &Towns,
    record: &ReservationRecord,
    granted: Granted<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Quote>, Refusal> {
    let dates = BasisDates {
        applied: Some(civil::date_at(record.created_at)),
        approved: Some(civil::date_at(now)),
        received: None,
    };
    let basis = basis_in_force(towns.now(), record, &dates);
    let by_a_later_day = matches!(
        basis,
        Some(EffectiveBasis::Approved | EffectiveBasis::Received)
    );
    if granted.is_none() && !by_a_later_day {
        return Ok(None);
    }
    // What was fixed when it was applied for stays as it was then, whatever the town changes since.
    let towns = if by_a_later_day {
        [towns.now(), towns.then()]
    } else {
        [towns.then(), towns.now()]
    };
    requote(towns, record, granted, dates).map(Some)
}

/// The quote as it is when money comes on `today`; `None` when that day decides nothing.
///
/// # Errors
/// As [`after_deciding`].
pub(super) fn on_payment(
    towns: &Towns,
    record: &ReservationRecord,
    granted: Granted<'_>,
    (approved, today): (NaiveDate, NaiveDate),
) -> Result<Option<Quote>, Refusal> {
    let dates = BasisDates {
        applied: Some(civil::date_at(record.created_at)),
        approved: Some(approved),
        received: Some(today),
    };
    match basis_in_force(towns.now(), record, &dates) {
        Some(EffectiveBasis::Received) => {
            requote([towns.now(), towns.then()], record, granted, dates).map(Some)
        }
        Some(EffectiveBasis::Applied | EffectiveBasis::Approved | EffectiveBasis::Used) | None => {
            Ok(None)
        }
    }
}

/// Which day decides the version of the tariff (適用の基準日).
pub(super) fn basis_in_force(
    town: &Town,
    record: &ReservationRecord,
    dates: &BasisDates,
) -> Option<EffectiveBasis> {
    let (_, room) = town.room(&record.particulars.room)?;
    tariff_in_force(room, record.span.date(), dates).map(|tariff| tariff.effective)
}

/// What the reservation costs under the first of the town files that can price it.
fn requote(
    towns: [&Town; 2],
    record: &ReservationRecord,
    granted: Granted<'_>,
    dates: BasisDates,
) -> Result<Quote, Refusal> {
    let request = request(record, granted, dates);
    let [first, second] = towns.map(|town| fees::quote_for_town(town, &request));
    first.or(second).map_err(quote_refusal)
}

/// What was booked, as the fee engine is asked.
fn request(record: &ReservationRecord, granted: Granted<'_>, dates: BasisDates) -> QuoteRequest {
    let what = &record.particulars;
    let (start, end) = record.span.times();
    let option = |(id, quantity): (&Slug, &u32)| OptionRequest {
        id: id.to_string(),
        quantity: *quantity,
        minutes: what.option_minutes.get(id).copied(),
    };
    let attributes = what.attributes.iter();
    QuoteRequest {
        room: what.room.clone(),
        date: record.span.date(),
        start,
        end,
        people: record.people,
        purpose: Some(what.purpose.clone()),
        options: what.options.iter().map(option).collect(),
        attributes: attributes
            .map(|(id, answer)| (id.to_string(), answer.clone()))
            .collect(),
        reduction: granted.map(|(id, _)| id.to_string()),
        reduction_percent: granted.map(|(_, percent)| percent),
        basis_dates: dates,
    }
}
