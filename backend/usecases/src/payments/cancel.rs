//! Cancelling (取消し), all of it or some slots, and what comes back: row 17.

use std::collections::BTreeSet;

use async_trait::async_trait;
use contract::{Action as Doing, Call, CancelPreview, Fault, Outcome, Refusal};
use domain::civil::TimeOfDay;
use domain::ids::{CancellationId, RefundId, ReservationId};
use domain::ledger::{self, Refunded};
use domain::money::Yen;
use domain::refunds::{Because, Grounds};
use domain::reservation::{CancelledBy, ReservationState};
use domain::span::{Cell, Span};

use super::entries::{book, is_charged};
use super::give_up::{Reckoned, Standing};
use super::refunds::Decision;
use super::standing::{CANCELLED, standing};
use crate::booking::{Facts, Towns, refused, rightful};
use crate::desk::Desk;
use crate::ports::store::{
    CancellationRecord, JobKind, PaymentRecord, ReservationRecord, Transaction, booked_span,
};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

/// A wish to cancel (取消しの申出).
#[derive(Clone, Copy)]
pub(crate) struct Wish<'a> {
    /// Which reservation.
    pub(crate) reservation: ReservationId,
    /// The slots that are given up, by when they begin; all of it when empty.
    pub(crate) slots: &'a BTreeSet<TimeOfDay>,
    /// For which reason, as far as money goes.
    pub(crate) because: &'a Because,
    /// What was shown to come back, yen.
    pub(crate) seen_refund_yen: Option<Yen>,
    /// Who gives it up.
    pub(crate) by: CancelledBy,
    /// Why; the counter has to say, unless the town's reason does.
    pub(crate) words: &'a str,
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
    pub(crate) fn preview_cancel(
        &self,
        call: &Call,
        facts: &Facts,
        (slots, because): (&BTreeSet<TimeOfDay>, &Because),
    ) -> Outcome<CancelPreview> {
        let reservation = facts.view(self, call)?;
        if !reservation.can_cancel {
            let state = facts.record.state.name().as_str();
            return Err(Refusal::ReservationState { state }.into());
        }
        let standing = facts.standing(call);
        let reckoned = standing.reckon(slots, because)?;
        Ok(CancelPreview {
            reservation,
            slots: standing.slots()?,
            left: reckoned.left,
            paid_yen: reckoned.paid,
            refund_yen: reckoned.refund,
            reckoning: reckoned.lines,
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

    /// Keeps what was given up and how what comes back was reckoned.
    pub(super) async fn note_cancellation(
        &self,
        tx: &mut dyn Transaction,
        call: &Call,
        act: Act<'_>,
    ) -> Result<u32, Abort> {
        let (now, reckoned) = (call.now(), act.reckoned);
        let nth = u32::try_from(act.before.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let cancellation = CancellationRecord {
            id: CancellationId(self.chance.id(now)),
            reservation: act.record.id,
            nth,
            before: act.record.span,
            left: reckoned.left,
            by: act.by,
            staff: call.staff_member(),
            grounds: reckoned.grounds.clone(),
            words: act.words.to_owned(),
            paid: reckoned.paid,
            refund: reckoned.refund,
            refund_id: act.refund,
            lines: reckoned.lines.clone(),
            made_at: now,
        };
        tx.insert_cancellation(&cancellation).await?;
        Ok(nth)
    }
}

/// An act of giving something up, as it is kept.
pub(super) struct Act<'a> {
    /// Of which reservation, as it was before.
    pub(super) record: &'a ReservationRecord,
    /// What was given up of it before.
    pub(super) before: &'a [CancellationRecord],
    /// What is given up now.
    pub(super) reckoned: &'a Reckoned,
    /// The refund that gives back what comes back.
    pub(super) refund: Option<RefundId>,
    /// Who gives it up.
    pub(super) by: CancelledBy,
    /// What the clerk added.
    pub(super) words: &'a str,
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
        let id = self.wish.reservation;
        let record = tx.lock_reservation(id).await?;
        let record = rightful(tx, record, self.call, self.wish.doing()).await?;
        let before = tx.cancellations(id).await?;
        if self.was_done(&record, &before) {
            return Ok(());
        }
        let payments = tx.payments(id).await?;
        if payments
            .iter()
            .any(|payment| payment.state.may_still_bring_money())
        {
            return Err(Refusal::PaymentInProgress.into());
        }
        let paid = standing(&payments, &tx.refunds(id).await?).cloned();
        let towns = Towns::of(&*tx, &record).await?;
        let reckoned = self.reckon(&towns, (&record, &before), paid.as_ref())?;
        let reason = self.reason(&towns, &record, &reckoned.grounds)?;
        self.let_go(tx, &record, (&reckoned, &reason)).await?;
        let refund = self.give_back(tx, paid.as_ref(), reckoned.refund).await?;
        let act = Act {
            record: &record,
            before: &before,
            reckoned: &reckoned,
            refund,
            by: self.wish.by,
            words: self.wish.words,
        };
        let nth = self.desk.note_cancellation(tx, self.call, act).await?;
        self.tell(tx, (&record, nth), (&reckoned, &reason)).await
    }
}

impl Cancel<'_> {
    /// The same button twice is one cancellation.
    fn was_done(&self, record: &ReservationRecord, before: &[CancellationRecord]) -> bool {
        let booked = booked_span(record.span, before);
        let gone = |start: &TimeOfDay| {
            Cell::at(record.span.date(), *start).is_ok_and(|cell| {
                let inside = |span: Span| span.start() <= cell && cell < span.end();
                inside(booked) && !inside(record.span)
            })
        };
        if self.wish.slots.is_empty() {
            matches!(record.state, ReservationState::Cancelled { .. })
        } else {
            self.wish.slots.iter().all(gone)
        }
    }

    fn reckon(
        &self,
        towns: &Towns,
        (record, given_up): (&ReservationRecord, &[CancellationRecord]),
        paid: Option<&PaymentRecord>,
    ) -> Result<Reckoned, Abort> {
        let standing = Standing {
            towns,
            record,
            given_up,
            paid: paid.map_or(Yen::ZERO, |payment| payment.amount),
            now: self.call.now(),
        };
        let reckoned = standing.reckon(self.wish.slots, self.wish.because)?;
        match self.wish.seen_refund_yen {
            Some(seen) if seen != reckoned.refund => Err(Refusal::RefundChanged {
                refund_yen: reckoned.refund,
            }
            .into()),
            Some(_) | None => Ok(reckoned),
        }
    }

    /// Why, in words: the town's reason, and what the clerk added.
    fn reason(
        &self,
        towns: &Towns,
        record: &ReservationRecord,
        grounds: &Grounds,
    ) -> Result<String, Fault> {
        let rule = &towns.facility(record)?.refund;
        let label = match grounds {
            Grounds::Reason(id) => {
                let mut reasons = rule.reasons.iter();
                reasons.find(|it| it.id == *id).map(|it| &it.label)
            }
            Grounds::Override(id) => {
                let mut overrides = rule.overrides.iter();
                overrides.find(|it| it.id == *id).map(|it| &it.label)
            }
            Grounds::Own | Grounds::Facility | Grounds::Slip | Grounds::Shorter => None,
        };
        let words = self.wish.words.trim();
        Ok(match label {
            Some(label) if words.is_empty() => label.clone(),
            Some(label) => format!("{label}（{words}）"),
            None => words.to_owned(),
        })
    }

    /// Lets the floor go and says so in the reservation.
    async fn let_go(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        (reckoned, reason): (&Reckoned, &str),
    ) -> Result<(), Abort> {
        let (now, id) = (self.call.now(), record.id);
        let state = record
            .state
            .clone()
            .cancel(now, record.span, self.wish.by, reason)
            .map_err(refused)?;
        if let Some(left) = reckoned.left {
            tx.shrink_reservation(id, record.revision, left, now)
                .await?;
            return Ok(());
        }
        tx.unclaim(id).await?;
        tx.set_state(id, record.revision, &state, now).await?;
        if matches!(record.state, ReservationState::AwaitingPayment { .. })
            && is_charged(&*tx, id).await?
        {
            let taken_back = ledger::uncharge(id, record.quote.total_yen);
            book(tx, self.desk.chance.as_ref(), id, taken_back, now).await?;
        }
        Ok(())
    }

    async fn give_back(
        &self,
        tx: &mut dyn Transaction,
        paid: Option<&PaymentRecord>,
        amount: Yen,
    ) -> Result<Option<RefundId>, Abort> {
        let Some(payment) = paid.filter(|_| !amount.is_zero()) else {
            return Ok(None);
        };
        let decision = Decision {
            payment,
            amount,
            of: Refunded::Fee,
            reason: CANCELLED,
        };
        let refund = self.desk.decide_refund(tx, self.call, &decision).await?;
        Ok(Some(refund))
    }

    async fn tell(
        &self,
        tx: &mut dyn Transaction,
        (record, nth): (&ReservationRecord, u32),
        (reckoned, reason): (&Reckoned, &str),
    ) -> Result<(), Abort> {
        let (now, chance) = (self.call.now(), self.desk.chance.as_ref());
        let reservation = record.id;
        let (mail, action) = match reckoned.left {
            None => (
                JobKind::MailCancelled { reservation },
                "reservation.cancelled",
            ),
            Some(_) => (
                JobKind::MailPartCancelled { reservation, nth },
                "reservation.part_cancelled",
            ),
        };
        outbox::enqueue(tx, chance, self.call, mail, now).await?;
        let entry = trail::entry(chance, self.call, action)
            .about("reservation", reservation.0)
            .with(serde_json::json!({
                "refund_yen": reckoned.refund,
                "reason": reason,
                "grounds": reckoned.grounds.as_str(),
                "code": reckoned.grounds.code(),
                "before": record.span.clock(),
                "after": reckoned.left.map(|left| left.clock()),
            }));
        Ok(tx.record(&entry).await?)
    }
}
