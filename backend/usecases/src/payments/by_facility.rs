//! Cancelling because the facility is the cause (施設の都合): everything goes back (domain.md A4).

use contract::{Call, Fault, Refusal};
use domain::ids::ReservationId;
use domain::ledger::{self, Refunded};
use domain::money::Yen;
use domain::payment::refundable;
use domain::reservation::{CancelledBy, ReservationState};

use super::entries::book;
use super::refunds::Decision;
use super::standing::CLOSED;
use crate::booking::refused;
use crate::desk::Desk;
use crate::ports::store::{JobKind, PaymentRecord, RefundRecord, Transaction};
use crate::transact::Abort;
use crate::{outbox, trail};

/// What is left to give back of each payment that came.
///
/// # Errors
/// When the sums do not fit.
pub(crate) fn back_in_full<'a>(
    payments: &'a [PaymentRecord],
    refunds: &[RefundRecord],
) -> Result<Vec<(&'a PaymentRecord, Yen)>, Fault> {
    let mut back = Vec::new();
    for payment in payments.iter().filter(|payment| payment.state.is_paid()) {
        let returned = refunds
            .iter()
            .filter(|refund| refund.payment == payment.id)
            .map(|refund| (refund.amount, &refund.state));
        let left = refundable(payment.amount, returned)
            .map_err(|error| Fault::new("sum up refunds", error))?;
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
    /// # Errors
    /// [`Refusal::PaymentInProgress`] while a checkout may still bring money: it is put away before
    /// the transaction.
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
        if payments
            .iter()
            .any(|payment| payment.state.may_still_bring_money())
        {
            return Err(Refusal::PaymentInProgress.into());
        }
        let refunds = tx.refunds(id).await?;
        let before = record.state.name();
        let was_charged = matches!(record.state, ReservationState::AwaitingPayment { .. });
        let state = record
            .state
            .cancel(now, record.span, CancelledBy::Facility, reason)
            .map_err(refused)?;
        tx.unclaim(id).await?;
        tx.set_state(id, record.revision, &state, now).await?;
        if was_charged {
            let taken_back = ledger::uncharge(id, record.quote.total_yen);
            book(tx, chance, id, taken_back, now).await?;
        }
        let mut refund_yen = 0;
        for (payment, amount) in back_in_full(&payments, &refunds)? {
            let decision = Decision {
                payment,
                amount,
                of: Refunded::Fee,
                reason: CLOSED,
            };
            self.decide_refund(tx, call, &decision).await?;
            refund_yen += amount.as_i64();
        }
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
