//! Settling (消込): what the payment service shows becomes what our books say, once.
//!
//! Rows 5–8, 10–15 and 24 of the state table.

use std::collections::BTreeSet;

use async_trait::async_trait;
use contract::{Call, Fault, Outcome, Refusal};
use domain::ids::PaymentId;
use domain::ledger::{self, Refunded};
use domain::payment::{AttemptState, Expected, Landing, ReturnReason, Step, Voucher, land};
use domain::reservation::ReservationState;

use super::confirmed::confirmed;
use super::entries::book;
use super::refunds::Decision;
use crate::booking::{cells_of, is_there, lend, refused};
use crate::desk::Desk;
use crate::ports::payments::CheckoutAnswer;
use crate::ports::store::{
    ClaimOutcome, JobKind, PaymentRecord, ReservationRecord, StoreFailure, Transaction,
};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

impl Desk {
    /// Takes in what the service shows of a payment's checkout. News that are old change nothing.
    pub(super) async fn settle(
        &self,
        call: &Call,
        payment: PaymentId,
        answer: &CheckoutAnswer,
    ) -> Outcome<()> {
        let live = self.gateway(call)?.is_live();
        let settle = Settle {
            desk: self,
            call,
            payment,
            answer,
            live,
        };
        transact(self.store.as_ref(), call.municipality(), &settle).await
    }

    /// The service refused to open a checkout (row 4): the hold stays.
    pub(super) async fn reject_payment(
        &self,
        call: &Call,
        payment: PaymentId,
        reason: &str,
    ) -> Outcome<()> {
        let reject = Reject {
            call,
            payment,
            reason,
        };
        transact(self.store.as_ref(), call.municipality(), &reject).await
    }
}

struct Reject<'a> {
    call: &'a Call,
    payment: PaymentId,
    reason: &'a str,
}

#[async_trait]
impl Action for Reject<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (_, payment) = locked(tx, self.payment).await?;
        let now = self.call.now();
        if let Step::Moved(next) = payment.state.reject(self.reason, now) {
            tx.set_payment_state(payment.id, payment.revision, &next, now)
                .await?;
        }
        Ok(())
    }
}

/// A payment and its reservation, the reservation locked first.
async fn locked(
    tx: &mut dyn Transaction,
    payment: PaymentId,
) -> Result<(ReservationRecord, PaymentRecord), Abort> {
    let reservation = tx
        .payment(payment)
        .await?
        .ok_or(Refusal::NotFound)?
        .reservation;
    let record = tx
        .lock_reservation(reservation)
        .await?
        .ok_or(Refusal::NotFound)?;
    let payment = tx.payment(payment).await?.ok_or(Refusal::NotFound)?;
    Ok((record, payment))
}

struct Settle<'a> {
    desk: &'a Desk,
    call: &'a Call,
    payment: PaymentId,
    answer: &'a CheckoutAnswer,
    live: bool,
}

#[async_trait]
impl Action for Settle<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (record, payment) = locked(tx, self.payment).await?;
        let now = self.call.now();
        let expected = Expected {
            amount: payment.amount,
            live: self.live,
        };
        let step = payment
            .state
            .clone()
            .observe(&self.answer.seen, expected, now)
            .map_err(|fault| Fault::new("settle a payment", fault))?;
        let Step::Moved(next) = step else {
            return Ok(());
        };
        tx.set_payment_state(payment.id, payment.revision, &next, now)
            .await?;
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, "payment.settled")
            .about("payment", payment.id.0)
            .with(serde_json::json!({ "state": next.name(), "amount_yen": payment.amount }));
        tx.record(&entry).await?;
        match next {
            AttemptState::Paid { .. } => self.money_came(tx, record, &payment).await,
            AttemptState::Awaiting { voucher, .. } => {
                self.voucher_issued(tx, &record, (&payment, &voucher)).await
            }
            AttemptState::Quarantined { why, .. } => {
                tracing::error!(payment.id = %payment.id, ?why, "payment.quarantined");
                Ok(())
            }
            AttemptState::Creating
            | AttemptState::Open { .. }
            | AttemptState::PaidInCash { .. }
            | AttemptState::Expired { .. }
            | AttemptState::Failed { .. } => Ok(()),
        }
    }
}

impl Settle<'_> {
    /// A voucher is out (row 6): the floor is kept until it has run out. A reservation that ended
    /// meanwhile stays ended; should its voucher be paid, the money goes back by itself.
    async fn voucher_issued(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        (payment, voucher): (&PaymentRecord, &Voucher),
    ) -> Result<(), Abort> {
        let (now, chance) = (self.call.now(), self.desk.chance.as_ref());
        let kept = voucher.keeps_floor_until();
        if let Ok(state) = record.state.clone().keep_for_voucher(kept) {
            tx.set_state(record.id, record.revision, &state, now)
                .await?;
            let mail = JobKind::MailVoucher {
                payment: payment.id,
            };
            outbox::enqueue(tx, chance, self.call, mail, now).await?;
        }
        Ok(())
    }

    async fn money_came(
        &self,
        tx: &mut dyn Transaction,
        record: ReservationRecord,
        payment: &PaymentRecord,
    ) -> Result<(), Abort> {
        let (now, chance) = (self.call.now(), self.desk.chance.as_ref());
        let came = ledger::pay_online(payment.id, payment.amount);
        book(tx, chance, record.id, came, now).await?;
        let free = self.is_floor_free(tx, &record).await?;
        let is_the_fee = payment.amount == record.quote.total_yen;
        match land(record.state.name(), free, is_the_fee) {
            Landing::Confirm => {
                let state = record.state.clone().confirm_paid(now).map_err(refused)?;
                tx.set_state(record.id, record.revision, &state, now)
                    .await?;
                confirmed(tx, self.desk, self.call, (&record, payment)).await
            }
            Landing::Rebook => {
                let state = record.state.clone().rebook(now).map_err(refused)?;
                tx.set_state(record.id, record.revision, &state, now)
                    .await?;
                let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
                let cells = cells_of(&applied, &record)?;
                let claimed = tx.claim(record.id, &cells).await?;
                let lent = match claimed {
                    ClaimOutcome::Claimed => lend(tx, &applied, &record).await,
                    ClaimOutcome::Taken => Err(StoreFailure::Contended.into()),
                };
                match lent {
                    // Taken since we looked; the next try sees that and gives the money back.
                    Err(Abort::Refused(Refusal::EquipmentTaken { .. })) => {
                        return Err(StoreFailure::Contended.into());
                    }
                    lent => lent?,
                }
                let again = ledger::charge_again(payment.id, payment.amount);
                book(tx, chance, record.id, again, now).await?;
                confirmed(tx, self.desk, self.call, (&record, payment)).await
            }
            Landing::ReturnMoney(why) => self.return_money(tx, payment, why).await,
        }
    }

    /// Whether a released reservation's floor and equipment are still there to be had.
    async fn is_floor_free(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
    ) -> Result<bool, Abort> {
        let begun = record.span.start().instant() <= self.call.now();
        if begun || !matches!(record.state, ReservationState::Released { .. }) {
            return Ok(false);
        }
        let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
        let equipped = is_there(tx, &applied, record).await;
        let (cells, is_equipped) = match (cells_of(&applied, record), equipped) {
            (Ok(cells), Ok(is_equipped)) => (cells, is_equipped),
            // The room has left the town file: its money must not be lost sight of for that.
            (Err(Abort::Refused(Refusal::NotFound)), _)
            | (_, Err(Abort::Refused(Refusal::NotFound))) => return Ok(false),
            (Err(abort), _) | (_, Err(abort)) => return Err(abort),
        };
        let units: BTreeSet<_> = cells.iter().map(|(unit, _)| *unit).collect();
        let units: Vec<_> = units.into_iter().collect();
        let taken = tx
            .claimed(&units, record.span.start(), record.span.end())
            .await?;
        Ok(is_equipped && taken.is_empty())
    }

    /// Money that belongs to nothing goes back by itself (rows 11 and 12).
    async fn return_money(
        &self,
        tx: &mut dyn Transaction,
        payment: &PaymentRecord,
        why: ReturnReason,
    ) -> Result<(), Abort> {
        let (now, chance) = (self.call.now(), self.desk.chance.as_ref());
        let reason = why.code();
        let decision = Decision {
            payment,
            amount: payment.amount,
            of: Refunded::StrayMoney,
            reason,
        };
        let refund = self.desk.decide_refund(tx, self.call, &decision).await?;
        let mail = JobKind::MailStrayMoneyReturned { refund };
        outbox::enqueue(tx, chance, self.call, mail, now).await?;
        let entry = trail::entry(chance, self.call, "payment.returned")
            .about("payment", payment.id.0)
            .with(serde_json::json!({ "reason": reason, "refund": refund }));
        Ok(tx.record(&entry).await?)
    }
}
