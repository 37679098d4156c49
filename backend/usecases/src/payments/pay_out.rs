//! Refunds over the counter (窓口還付): of cash, and those that the payment service could not bring to
//! the payer (row 20). Whoever pays out signs with their session.

use async_trait::async_trait;
use contract::{Action as Doing, Call, Fault, Outcome, PayOut, Refusal};
use domain::ids::ReservationId;
use domain::ledger;
use domain::payment::{RefundState, refundable};
use domain::till::Movement;

use super::entries::book;
use crate::authority::OnDuty;
use crate::booking::rightful;
use crate::desk::Desk;
use crate::ports::store::{RefundRecord, TillRecord, Transaction};
use crate::till::{Moved, hands_on, move_cash, moved_before, the_same};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(crate) async fn pay_it_out(&self, call: &Call, out: &PayOut) -> Outcome<ReservationId> {
        let action = Out {
            desk: self,
            call,
            out,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Out<'a> {
    desk: &'a Desk,
    call: &'a Call,
    out: &'a PayOut,
}

#[async_trait]
impl Action for Out<'_> {
    type Output = ReservationId;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<ReservationId, Abort> {
        let (call, out, now) = (self.call, self.out, self.call.now());
        let (till, on_duty, refund) = self.may(tx).await?;
        if let Some(before) = moved_before(tx, till.id, out.submission).await? {
            the_same(
                matches!(before, Movement::PaidOut { refund: paid, .. } if paid == refund.id),
            )?;
            return Ok(refund.reservation);
        }
        let paid = self.paid_back(tx, &refund).await?;
        let (inside, movement) = till
            .state
            .clone()
            .pay_out(refund.id, refund.amount, now)
            .map_err(Refusal::Till)?;
        tx.set_refund_state(refund.id, refund.revision, &paid, now)
            .await?;
        let moved = Moved {
            id: out.submission,
            till: &till,
            state: &inside,
            movement,
            by: on_duty.staff,
        };
        move_cash(tx, moved, now).await?;
        let chance = self.desk.chance.as_ref();
        let entry = ledger::refund_paid_at_counter(refund.id, refund.amount);
        book(tx, chance, refund.reservation, entry, now).await?;
        let entry = trail::entry(chance, call, "refund.paid_in_cash")
            .about("refund", refund.id.0)
            .with(serde_json::json!({
                "reservation": refund.reservation,
                "till": out.till,
                "before": refund.state.name(),
                "after": paid.name(),
                "amount_yen": refund.amount,
            }));
        tx.record(&entry).await?;
        Ok(refund.reservation)
    }
}

impl Out<'_> {
    /// The reservation is locked first, then the drawer, as wherever both are.
    async fn may(
        &self,
        tx: &mut dyn Transaction,
    ) -> Result<(TillRecord, OnDuty, RefundRecord), Abort> {
        let known = tx.refund(self.out.refund).await?;
        let record = match &known {
            Some(refund) => tx.lock_reservation(refund.reservation).await?,
            None => None,
        };
        rightful(tx, record, self.call, Doing::ChangeForResident).await?;
        let (till, on_duty) = hands_on(tx, self.call, self.out.till).await?;
        let refund = tx.refund(self.out.refund).await?;
        Ok((till, on_duty, refund.ok_or(Refusal::NotFound)?))
    }

    /// The refund as paid out, if there is still as much of its payment.
    async fn paid_back(
        &self,
        tx: &mut dyn Transaction,
        refund: &RefundRecord,
    ) -> Result<RefundState, Abort> {
        let payment = tx.payment(refund.payment).await?;
        let payment = payment.ok_or(Refusal::NotFound)?;
        let others = tx.refunds(refund.reservation).await?;
        let others = others
            .iter()
            .filter(|other| other.payment == payment.id && other.id != refund.id)
            .map(|other| (other.amount, &other.state));
        let left = refundable(payment.amount, others)
            .map_err(|error| Fault::new("sum up refunds", error))?;
        refund
            .state
            .clone()
            .pay_in_cash(refund.amount, left, self.call.now())
            .map_err(|_not_here| Refusal::RefundNotAtCounter.into())
    }
}
