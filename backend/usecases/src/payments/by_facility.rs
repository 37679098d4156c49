//! Cancelling because the facility is the cause (施設の都合): everything goes back (domain.md A4).

use contract::{Call, Fault, Refusal};
use domain::ids::ReservationId;
use domain::ledger::{self, Refunded};
use domain::money::Yen;
use domain::payment::refundable;
use domain::refunds::{Grounds, refund_by_facility};
use domain::reservation::{CancelledBy, ReservationState};

use super::cancel::Act;
use super::entries::{book, is_charged};
use super::give_up::Reckoned;
use super::refunds::Decision;
use super::standing::{CLOSED, came_and_stayed};
use crate::booking::{Towns, refused};
use crate::desk::Desk;
use crate::ports::store::{CancellationRecord, JobKind, PaymentRecord, RefundRecord, Transaction};
use crate::transact::Abort;
use crate::{outbox, trail};

/// What is to be given back of each payment that came and stayed: all that was for what is still held,
/// and nothing of what was given up before by the rule of then. Stray money has a refund of its own
/// that is seen through until it is paid out, also after the service failed to bring it.
///
/// # Errors
/// When the sums do not fit.
pub(crate) fn back_in_full<'a>(
    payments: &'a [PaymentRecord],
    refunds: &[RefundRecord],
    given_up: &[CancellationRecord],
) -> Result<Vec<(&'a PaymentRecord, Yen)>, Fault> {
    let sums = |error| Fault::new("sum up refunds", error);
    let mut back = Vec::new();
    let mut ended = Yen::sum(given_up.iter().map(|one| one.paid)).map_err(sums)?;
    let stayed = |payment: &&PaymentRecord| came_and_stayed(payment, refunds);
    for payment in payments.iter().filter(stayed) {
        let returned = refunds
            .iter()
            .filter(|refund| refund.payment == payment.id)
            .map(|refund| (refund.amount, &refund.state));
        let left = refundable(payment.amount, returned).map_err(sums)?;
        let for_that = ended.min(payment.amount);
        ended = ended.minus(for_that).map_err(sums)?;
        let left = left.min(payment.amount.minus(for_that).map_err(sums)?);
        if !left.is_zero() {
            back.push((payment, left));
        }
    }
    Ok(back)
}

impl Desk {
    /// Cancels a reservation for the facility's sake in this transaction: lets its floor go, gives
    /// back all that was paid, by the way it came, and asks for the person to be told why.
    ///
    /// A checkout of which nobody knows yet does not stop it: a shelter cannot wait for the payment
    /// service. What it brings later finds the reservation cancelled and goes back by itself (row
    /// 12).
    ///
    /// # Errors
    /// [`Refusal::ReservationState`] when there is nothing to cancel.
    pub(crate) async fn cancel_for_the_facility(
        &self,
        tx: &mut dyn Transaction,
        call: &Call,
        id: ReservationId,
        reason: &str,
    ) -> Result<(), Abort> {
        let (now, chance) = (call.now(), self.chance.as_ref());
        let record = tx.lock_reservation(id).await?.ok_or(Refusal::NotFound)?;
        let payments = tx.payments(id).await?;
        let refunds = tx.refunds(id).await?;
        let given_up = tx.cancellations(id).await?;
        let before = record.state.name();
        let was_charged = matches!(record.state, ReservationState::AwaitingPayment { .. })
            && is_charged(&*tx, id).await?;
        let state = record
            .state
            .clone()
            .cancel(now, record.span, CancelledBy::Facility, reason)
            .map_err(refused)?;
        tx.unclaim(id).await?;
        tx.set_state(id, record.revision, &state, now).await?;
        if was_charged {
            let taken_back = ledger::uncharge(id, record.quote.total_yen);
            book(tx, chance, id, taken_back, now).await?;
        }
        let (mut refund_yen, mut refund) = (Yen::ZERO, None);
        for (payment, amount) in back_in_full(&payments, &refunds, &given_up)? {
            let decision = Decision {
                payment,
                amount,
                of: Refunded::Fee,
                reason: CLOSED,
            };
            let decided = self.decide_refund(tx, call, &decision).await?;
            refund = refund.or(Some(decided));
            refund_yen = refund_yen
                .plus(amount)
                .map_err(|error| Fault::new("sum up refunds", error))?;
        }
        let towns = Towns::of(&*tx, &record).await?;
        let rule = &towns.facility(&record)?.refund;
        let reckoned = Reckoned {
            left: None,
            grounds: Grounds::Facility,
            paid: refund_yen,
            refund: refund_yen,
            lines: vec![refund_by_facility(rule, refund_yen).line],
        };
        let act = Act {
            record: &record,
            before: &given_up,
            reckoned: &reckoned,
            refund,
            by: CancelledBy::Facility,
            words: reason,
        };
        self.note_cancellation(tx, call, act).await?;
        let mail = JobKind::MailCancelled { reservation: id };
        outbox::enqueue(tx, chance, call, mail, now).await?;
        let entry = trail::entry(chance, call, "reservation.cancelled")
            .about("reservation", id.0)
            .with(serde_json::json!({
                "by": "facility",
                "before": before.as_str(),
                "reason": reason,
                "refund_yen": refund_yen,
            }));
        Ok(tx.record(&entry).await?)
    }
}
