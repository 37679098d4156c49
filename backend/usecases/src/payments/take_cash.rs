//! Cash over the counter (現金収納): drawer, payment, ledger, receipt and permission at once.
//!
//! No checkout that may still be paid survives it: whatever is open is closed first, as before a
//! cancellation (rows 9 and 16). Money that comes all the same goes back by itself (row 12).

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, Refusal, TakeCash};
use domain::ids::PaymentId;
use domain::ledger;
use domain::money::Yen;
use domain::payment::AttemptState;
use domain::till::Movement;

use super::confirmed::confirmed;
use super::entries::book;
use crate::booking::{refused, rightful};
use crate::desk::Desk;
use crate::ports::store::{PaymentRecord, ReservationRecord, Transaction};
use crate::review::{fee_of_the_day, must_be_reviewed};
use crate::till::{Moved, hands_on, move_cash, moved_before, the_same};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How often a checkout that somebody opens meanwhile is closed before we give up.
const ROUNDS: u32 = 3;

/// What the transaction decided.
enum Next {
    Taken,
    PutAwayFirst,
    /// Another fee is owed today than was shown.
    Repriced(Yen),
}

impl Desk {
    pub(crate) async fn take_the_cash(&self, call: &Call, take: &TakeCash) -> Outcome<()> {
        for _round in 0..ROUNDS {
            let action = Take {
                desk: self,
                call,
                take,
            };
            match transact(self.store.as_ref(), call.municipality(), &action).await? {
                Next::Taken => return Ok(()),
                Next::Repriced(total_yen) => {
                    return Err(Refusal::PriceChanged { total_yen }.into());
                }
                Next::PutAwayFirst => self.put_all_away(call, take.reservation).await?,
            }
        }
        Err(Refusal::PaymentInProgress.into())
    }
}

struct Take<'a> {
    desk: &'a Desk,
    call: &'a Call,
    take: &'a TakeCash,
}

#[async_trait]
impl Action for Take<'_> {
    type Output = Next;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Next, Abort> {
        let (call, take, now) = (self.call, self.take, self.call.now());
        let record = tx.lock_reservation(take.reservation).await?;
        let record = rightful(tx, record, call, Doing::SellAtCounter).await?;
        let (till, on_duty) = hands_on(tx, call, take.till).await?;
        if let Some(before) = moved_before(tx, till.id, take.submission).await? {
            the_same(self.was_this(tx, before).await?)?;
            return Ok(Next::Taken);
        }
        if must_be_reviewed(&*tx, &record).await? {
            return Err(Refusal::ReviewRequired.into());
        }
        let payments = tx.payments(record.id).await?;
        let live = |one: &PaymentRecord| one.state.may_still_bring_money();
        let is_open = record.state.lapses_at().is_some() && !payments.iter().any(live);
        if is_open && let Some(total_yen) = fee_of_the_day(tx, self.desk, call, &record).await? {
            return Ok(Next::Repriced(total_yen));
        }
        let owed = record.quote.total_yen;
        if take.seen_total != owed {
            return Err(Refusal::PriceChanged { total_yen: owed }.into());
        }
        let state = record.state.clone().confirm_paid(now).map_err(refused)?;
        // The worker may not have swept it out yet; nobody sells what was let go.
        if record.state.lapses_at().is_some_and(|until| until <= now) {
            return Err(Refusal::HoldLapsed.into());
        }
        let payment = PaymentId(self.desk.chance.id(now));
        let (inside, movement, _change) = till
            .state
            .clone()
            .receive(payment, owed, take.tendered, now)
            .map_err(Refusal::Till)?;
        if payments.iter().any(live) {
            return Ok(Next::PutAwayFirst);
        }
        let payment = PaymentRecord {
            id: payment,
            reservation: record.id,
            amount: owed,
            state: AttemptState::paid_in_cash(now),
            checkout: None,
            revision: 1,
            created_at: now,
        };
        if !tx.insert_payment(&payment, now).await? {
            let state = record.state.name().as_str();
            return Err(Refusal::ReservationState { state }.into());
        }
        let moved = Moved {
            id: take.submission,
            till: &till,
            state: &inside,
            movement,
            by: on_duty.staff,
        };
        move_cash(tx, moved, now).await?;
        tx.set_state(record.id, record.revision, &state, now)
            .await?;
        self.book_it(tx, &record, &payment).await?;
        confirmed(tx, self.desk, call, (&record, &payment)).await?;
        Ok(Next::Taken)
    }
}

impl Take<'_> {
    /// True when that movement was of this reservation and of the same cash.
    async fn was_this(&self, tx: &dyn Transaction, before: Movement) -> Result<bool, Abort> {
        let Movement::Received {
            payment, tendered, ..
        } = before
        else {
            return Ok(false);
        };
        let payment = tx.payment(payment).await?;
        let here = payment.is_some_and(|payment| payment.reservation == self.take.reservation);
        Ok(here && tendered == self.take.tendered)
    }

    async fn book_it(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        payment: &PaymentRecord,
    ) -> Result<(), Abort> {
        let (now, chance, id) = (self.call.now(), self.desk.chance.as_ref(), record.id);
        // A checkout that was opened before has charged the fee already; a cause is booked once.
        for entry in [
            ledger::charge(id, payment.amount),
            ledger::pay_at_counter(payment.id, payment.amount),
        ] {
            book(tx, chance, id, entry, now).await?;
        }
        let entry = trail::entry(chance, self.call, "payment.taken_in_cash")
            .about("payment", payment.id.0)
            .with(serde_json::json!({
                "reservation": id,
                "till": self.take.till,
                "amount_yen": payment.amount,
                "tendered_yen": self.take.tendered,
            }));
        Ok(tx.record(&entry).await?)
    }
}
