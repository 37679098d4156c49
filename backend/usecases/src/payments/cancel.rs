//! Cancelling (取消し) and what comes back: row 17.

use async_trait::async_trait;
use contract::{Action as Doing, Call, CancelPreview, Fault, Outcome, Refusal};
use domain::calendar::Holidays;
use domain::ids::ReservationId;
use domain::ledger::{self, Refunded};
use domain::money::Yen;
use domain::refunds::{Reckoning, refund_of_a_slip, refund_on_cancelling};
use domain::reservation::{CancelledBy, ReservationState};

use super::entries::{book, is_charged};
use super::refunds::Decision;
use super::standing::{CANCELLED, standing};
use crate::booking::{Facts, Towns, refused, rightful, used};
use crate::desk::Desk;
use crate::ports::store::{JobKind, PaymentRecord, ReservationRecord, Transaction};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

/// A wish to cancel (取消しの申出).
#[derive(Clone, Copy)]
pub(crate) struct Wish<'a> {
    /// Which reservation.
    pub(crate) reservation: ReservationId,
    /// What was shown to come back, yen.
    pub(crate) seen_refund_yen: Option<Yen>,
    /// Who gives it up.
    pub(crate) by: CancelledBy,
    /// Why; the counter has to say.
    pub(crate) reason: &'a str,
}

impl Wish<'_> {
    /// Whose right it is.
    const fn doing(&self) -> Doing {
        match self.by {
            CancelledBy::Resident => Doing::ChangeOwnReservation,
            CancelledBy::Counter => Doing::ChangeForResident,
            CancelledBy::Facility => Doing::ManageClosures,
        }
    }
}

impl Desk {
    /// What cancelling would do, for whoever had a right to the facts.
    pub(crate) fn preview_cancel(&self, call: &Call, facts: &Facts) -> Outcome<CancelPreview> {
        let reservation = facts.view(self, call)?;
        if !reservation.can_cancel {
            let state = facts.record.state.name().as_str();
            return Err(Refusal::ReservationState { state }.into());
        }
        let paid_yen = facts.paid_yen();
        let reckoning = reckon(&facts.towns, &facts.record, paid_yen, call)?;
        Ok(CancelPreview {
            reservation,
            paid_yen,
            refund_yen: reckoning.refund_yen,
            reckoning: vec![reckoning.line],
        })
    }

    pub(crate) async fn cancel_as(&self, call: &Call, wish: Wish<'_>) -> Outcome<()> {
        let reading = self.store.read(call.municipality()).await?;
        let record = reading.reservation(wish.reservation).await?;
        rightful(reading.as_ref(), record, call, wish.doing()).await?;
        drop(reading);
        self.put_all_away(call, wish.reservation).await?;
        let action = Cancel {
            desk: self,
            call,
            wish,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

fn reckon(
    towns: &Towns,
    record: &ReservationRecord,
    paid: Yen,
    call: &Call,
) -> Result<Reckoning, Fault> {
    if record.state.began_before_it_was_sold(record.span) {
        // No notice can be given of what was sold when it ran already: it is undone.
        let facility = towns.facility(record)?;
        return Ok(refund_of_a_slip(&facility.refund, paid));
    }
    let holidays = Holidays::of(towns.now());
    refund_on_cancelling(used(towns, &holidays, record)?, paid, call.now())
        .map_err(|error| Fault::new("reckon a refund", error))
}

struct Cancel<'a> {
    desk: &'a Desk,
    call: &'a Call,
    wish: Wish<'a>,
}

#[async_trait]
impl Action for Cancel<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let Wish {
            reservation: id,
            by,
            reason,
            ..
        } = self.wish;
        let record = tx.lock_reservation(id).await?;
        let record = rightful(tx, record, self.call, self.wish.doing()).await?;
        // The same button twice is one cancellation.
        if matches!(record.state, ReservationState::Cancelled { .. }) {
            return Ok(());
        }
        let payments = tx.payments(id).await?;
        if payments
            .iter()
            .any(|payment| payment.state.may_still_bring_money())
        {
            return Err(Refusal::PaymentInProgress.into());
        }
        let paid = standing(&payments, &tx.refunds(id).await?);
        let refund_yen = self.refund_yen(tx, &record, paid).await?;
        let now = self.call.now();
        let was_charged = matches!(record.state, ReservationState::AwaitingPayment { .. })
            && is_charged(&*tx, id).await?;
        let state = record
            .state
            .clone()
            .cancel(now, record.span, by, reason)
            .map_err(refused)?;
        tx.unclaim(id).await?;
        tx.set_state(id, record.revision, &state, now).await?;
        let chance = self.desk.chance.as_ref();
        if was_charged {
            let taken_back = ledger::uncharge(id, record.quote.total_yen);
            book(tx, chance, id, taken_back, now).await?;
        }
        if let Some(payment) = paid.filter(|_| !refund_yen.is_zero()) {
            let decision = Decision {
                payment,
                amount: refund_yen,
                of: Refunded::Fee,
                reason: CANCELLED,
            };
            self.desk.decide_refund(tx, self.call, &decision).await?;
        }
        let mail = JobKind::MailCancelled { reservation: id };
        outbox::enqueue(tx, chance, self.call, mail, now).await?;
        let entry = trail::entry(chance, self.call, "reservation.cancelled")
            .about("reservation", id.0)
            .with(serde_json::json!({ "refund_yen": refund_yen, "reason": reason }));
        Ok(tx.record(&entry).await?)
    }
}

impl Cancel<'_> {
    async fn refund_yen(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        paid: Option<&PaymentRecord>,
    ) -> Result<Yen, Abort> {
        let towns = Towns::of(&*tx, record).await?;
        let paid_yen = paid.map_or(Yen::ZERO, |payment| payment.amount);
        let refund_yen = reckon(&towns, record, paid_yen, self.call)?.refund_yen;
        match self.wish.seen_refund_yen {
            Some(seen) if seen != refund_yen => Err(Refusal::RefundChanged { refund_yen }.into()),
            Some(_) | None => Ok(refund_yen),
        }
    }
}
