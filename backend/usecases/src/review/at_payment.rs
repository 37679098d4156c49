//! The fee on the day of payment (領収日を基準とする料金, scenario 34).

use contract::Call;
use domain::civil;
use domain::ids::AdjustmentId;
use domain::ledger;
use domain::money::Yen;

use super::matter::matters;
use super::requote::on_payment;
use crate::booking::Towns;
use crate::desk::Desk;
use crate::payments::{book, is_charged};
use crate::ports::store::{ReservationRecord, Transaction};
use crate::trail;
use crate::transact::Abort;

/// Looks at the fee again where the tariff goes by the day of payment, and freezes another quote
/// when it differs: the new total. Nobody is charged what they have not seen, so the caller commits
/// and tells them.
pub(crate) async fn fee_of_the_day(
    tx: &mut dyn Transaction,
    desk: &Desk,
    call: &Call,
    record: &ReservationRecord,
) -> Result<Option<Yen>, Abort> {
    let towns = Towns::of(&*tx, record).await?;
    let reviews = tx.reviews(record.id).await?;
    let decided = reviews.iter().filter_map(|review| review.decided.as_ref());
    let approved = decided.map(|decided| decided.at).max();
    let matters = matters(&towns, record, reviews);
    let granted = matters.iter().find_map(super::Matter::granted);
    let granted = granted.as_ref().map(|(id, percent)| (id, *percent));
    let (now, chance) = (call.now(), desk.chance.as_ref());
    let days = (
        civil::date_at(approved.unwrap_or(record.created_at)),
        civil::date_at(now),
    );
    let Some(quote) = on_payment(&towns, record, granted, days)? else {
        return Ok(None);
    };
    let (before, after) = (record.quote.total_yen, quote.total_yen);
    if before == after {
        return Ok(None);
    }
    tx.set_quote(record.id, record.revision, &quote, now)
        .await?;
    if is_charged(&*tx, record.id).await? {
        let change = ledger::adjust(AdjustmentId(chance.id(now)), before, after);
        book(tx, chance, record.id, change, now).await?;
    }
    let entry = trail::entry(chance, call, "reservation.requoted")
        .about("reservation", record.id.0)
        .with(serde_json::json!({
            "before_yen": before,
            "after_yen": after,
            "tariff_version": quote.tariff_version,
        }));
    tx.record(&entry).await?;
    Ok(Some(after))
}
