//! Everything about one reservation, loaded for whoever has a right to it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    Action as Doing, Answered, Call, Fault, GivenUp, Money, Outcome, PayState,
    RefundState as ShownRefund, Refusal, ReservationState as Shown, ReservationView,
    ReviewItemView, ReviewStanding,
};
use domain::calendar::{Holidays, OpenDays};
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::payment::RefundState;
use domain::refunds::{Use, refund_terms};
use domain::reservation::{CancelledBy, ReservationRefusal, ReservationState};
use domain::review::appeal;
use domain::span::Span;

use super::towns::Towns;
use crate::authority::{OnDuty, Place, signed_in, staff, the_house};
use crate::desk::Desk;
use crate::payments::{Standing, standing};
use crate::ports::store::{
    CancellationRecord, PaymentRecord, Reading, RefundRecord, ReservationRecord, ReviewRecord,
    Stored, booked_span, paid_for_the_rest,
};
use crate::review::{Matter, matters};
use crate::sealing::open_note;
use crate::transact::Abort;

/// A reservation with its money, as the store has it. Whoever holds one had a right to see it: it is
/// loaded for its owner or for the house.
pub(crate) struct Facts {
    pub(crate) record: ReservationRecord,
    pub(crate) towns: Towns,
    pub(crate) payments: Vec<PaymentRecord>,
    pub(crate) refunds: Vec<RefundRecord>,
    pub(crate) reviews: Vec<ReviewRecord>,
    pub(crate) given_up: Vec<CancellationRecord>,
}

/// When and by what a payment was made (収納日・支払方法).
pub(crate) struct PaidBy {
    pub(crate) at: DateTime<Utc>,
    /// In words.
    pub(crate) method: String,
}

/// When and by what a payment was made; `None` before it was.
pub(crate) fn paid_by(payment: &PaymentRecord) -> Option<PaidBy> {
    Some(PaidBy {
        at: payment.state.paid_at()?,
        method: payment.state.means()?.to_string(),
    })
}

/// The reservation, if it is this person's. What belongs to somebody else is not there.
pub(crate) fn own(
    record: Option<ReservationRecord>,
    call: &Call,
) -> Result<ReservationRecord, Refusal> {
    record
        .filter(|record| Some(record.person) == call.person())
        .ok_or(Refusal::NotFound)
}

/// The reservation, for whoever may do that: its owner where it is the residents' to do, staff with
/// a role at its facility where it is theirs.
pub(crate) async fn rightful<R: Reading + ?Sized>(
    reading: &R,
    record: Option<ReservationRecord>,
    call: &Call,
    doing: Doing,
) -> Result<ReservationRecord, Abort> {
    if matches!(
        doing,
        Doing::SeeOwnReservations | Doing::ChangeOwnReservation
    ) {
        signed_in(call, doing)?;
        return Ok(own(record, call)?);
    }
    // Who has no such role at all learns nothing of what there is.
    staff(reading, call, doing, Place::Anywhere).await?;
    let record = record.ok_or(Refusal::NotFound)?;
    staff(reading, call, doing, Place::At(record.facility)).await?;
    Ok(record)
}

/// The domain's word for a change that cannot be, as a refusal of the contract.
pub(crate) fn refused(refusal: ReservationRefusal) -> Refusal {
    match refusal {
        ReservationRefusal::WrongState { is } => Refusal::ReservationState { state: is.as_str() },
        ReservationRefusal::HoldLapsed { .. } => Refusal::HoldLapsed,
        ReservationRefusal::ExtensionLimit { .. } => Refusal::HoldExtensionLimit,
        ReservationRefusal::AlreadyStarted { .. } => Refusal::SlotPast,
        ReservationRefusal::TooEarly { from } => Refusal::AttendanceTooEarly { from },
        ReservationRefusal::TooLate { until } => Refusal::AttendanceTooLate { until },
        ReservationRefusal::NotLapsed { .. } | ReservationRefusal::ReasonMissing => {
            Refusal::ReservationState {
                state: refusal.code(),
            }
        }
    }
}

/// The use that would be given up, by the rules of today.
pub(crate) fn used<'a>(
    towns: &'a Towns,
    holidays: &'a Holidays,
    record: &ReservationRecord,
) -> Result<Use<'a>, Fault> {
    let facility = towns.facility(record)?;
    Ok(Use {
        room: facility.room(&record.particulars.room).map(AsRef::as_ref),
        days: OpenDays::of(facility, holidays),
        facility,
        span: record.span,
    })
}

impl Facts {
    /// Loads them for the owner.
    pub(crate) async fn load(desk: &Desk, call: &Call, id: ReservationId) -> Outcome<Self> {
        signed_in(call, Doing::SeeOwnReservations)?;
        let reading = desk.store.read(call.municipality()).await?;
        let record = own(reading.reservation(id).await?, call)?;
        Ok(Self::of(reading.as_ref(), record).await?)
    }

    /// Loads them for the house, which writes to the owner.
    pub(crate) async fn for_the_house(
        desk: &Desk,
        call: &Call,
        id: ReservationId,
    ) -> Outcome<Self> {
        the_house(call)?;
        let reading = desk.store.read(call.municipality()).await?;
        let record = reading.reservation(id).await?.ok_or(Refusal::NotFound)?;
        Ok(Self::of(reading.as_ref(), record).await?)
    }

    /// Loads them for a clerk at the reservation's facility.
    pub(crate) async fn at_counter(
        desk: &Desk,
        call: &Call,
        id: ReservationId,
    ) -> Outcome<(Self, OnDuty)> {
        let reading = desk.store.read(call.municipality()).await?;
        let record = reading.reservation(id).await?;
        let record = rightful(reading.as_ref(), record, call, Doing::SeePersonalData).await?;
        let place = Place::At(record.facility);
        let on_duty = staff(reading.as_ref(), call, Doing::SellAtCounter, place).await?;
        Ok((Self::of(reading.as_ref(), record).await?, on_duty))
    }

    pub(crate) async fn of(reading: &dyn Reading, record: ReservationRecord) -> Stored<Self> {
        Ok(Self {
            towns: Towns::of(reading, &record).await?,
            payments: reading.payments(record.id).await?,
            refunds: reading.refunds(record.id).await?,
            reviews: reading.reviews(record.id).await?,
            given_up: reading.cancellations(record.id).await?,
            record,
        })
    }

    /// What is decided about it.
    pub(crate) fn matters(&self) -> Vec<Matter> {
        matters(&self.towns, &self.record, self.reviews.clone())
    }

    /// How to contest what was refused (教示); empty when nothing was.
    fn appeal(&self, reviews: &[ReviewItemView]) -> Vec<String> {
        let refused =
            |item: &ReviewItemView| matches!(item.standing, ReviewStanding::Refused { .. });
        if reviews.iter().any(refused) {
            appeal(self.towns.now()).into()
        } else {
            Vec::new()
        }
    }

    /// The payment that the reservation rests on, if there is one.
    pub(crate) fn paid(&self) -> Option<&PaymentRecord> {
        standing(&self.payments, &self.refunds)
    }

    /// What a cancellation would be reckoned on.
    pub(crate) fn standing(&self, call: &Call) -> Standing<'_> {
        Standing {
            towns: &self.towns,
            record: &self.record,
            given_up: &self.given_up,
            paid: self.paid_yen(),
            now: call.now(),
        }
    }

    /// The time as it was booked and paid for.
    pub(crate) fn booked_span(&self) -> Span {
        booked_span(self.record.span, &self.given_up)
    }

    /// What came in for the reservation, yen.
    pub(crate) fn paid_yen(&self) -> Yen {
        self.paid().map_or(Yen::ZERO, |payment| payment.amount)
    }

    /// True while the permission to use stands: there is a permit to show.
    pub(crate) const fn stands(&self) -> bool {
        matches!(
            self.record.state,
            ReservationState::Confirmed { .. }
                | ReservationState::CheckedIn { .. }
                | ReservationState::Completed { .. }
        )
    }

    /// As the owner sees it.
    pub(crate) fn view(&self, desk: &Desk, call: &Call) -> Outcome<ReservationView> {
        let record = &self.record;
        let note = open_note(
            desk.vault.as_ref(),
            call.municipality(),
            record.id,
            record.note_sealed.as_deref(),
        )?;
        let reviews: Vec<ReviewItemView> = self
            .matters()
            .iter()
            .map(|matter| matter.view(&self.towns))
            .collect();
        let money = self.money();
        Ok(ReservationView {
            id: record.id,
            number: record.number.clone(),
            facility: Arc::clone(self.towns.facility(record)?),
            room: record.particulars.room.clone(),
            room_name: record.particulars.room_name.clone(),
            span: record.span,
            people: record.people,
            group: record.particulars.group_name.clone(),
            purpose: record.particulars.purpose_name.clone(),
            answers: self.answers(),
            note,
            quote: record.quote.clone(),
            state: paid_by_then(shown(&record.state, call.now()), &money.payment),
            money,
            given_up: self.given_up.iter().map(given_up).collect(),
            refund_terms: self.terms()?,
            // Nothing calls a voucher back: what was paid with it would have to be sent back.
            can_cancel: can_cancel(record, call)
                && !self
                    .payments
                    .iter()
                    .any(|one| one.state.voucher().is_some()),
            can_tell_account: self.can_tell_account(),
            appeal: self.appeal(&reviews),
            reviews,
            has_permit: self.stands(),
            has_receipt: self.paid().is_some(),
        })
    }

    /// The answers to the town's questions as they were put then, in its order; what the card
    /// answered is left out.
    fn answers(&self) -> Vec<Answered> {
        let asked = self.towns.then().attributes.iter();
        asked
            .filter(|question| !question.from_residence)
            .filter_map(|question| {
                let answer = self.record.particulars.attributes.get(&question.id)?;
                Some(Answered {
                    question: question.clone(),
                    answer: answer.clone(),
                })
            })
            .collect()
    }

    /// Until when how much comes back of the fee for what is still held.
    fn terms(&self) -> Result<Vec<(NaiveDate, Yen)>, Fault> {
        let fee = self.record.quote.total_yen;
        let rest = paid_for_the_rest(fee, &self.given_up)
            .map_err(|error| Fault::new("reckon what is left of a fee", error))?;
        let holidays = Holidays::of(self.towns.now());
        let terms = refund_terms(used(&self.towns, &holidays, &self.record)?, rest)
            .map_err(|error| Fault::new("reckon refund terms", error))?;
        Ok(terms
            .into_iter()
            .map(|term| (term.last_day, term.refund_yen))
            .collect())
    }

    /// Whether refunds can go to bank accounts in this town.
    fn sends_to_accounts(&self) -> bool {
        self.towns.now().payer.is_some()
    }

    /// Whether an account can be told: something waits for one, or could go to one as well.
    fn can_tell_account(&self) -> bool {
        self.refunds.iter().any(|refund| {
            let only_so = matches!(refund.state, RefundState::DueByTransfer { .. });
            refund.state.takes_an_account() && (only_so || self.sends_to_accounts())
        })
    }

    fn shown_refund(&self, state: &RefundState) -> ShownRefund {
        match state {
            RefundState::Requested { .. }
            | RefundState::DueInCash { .. }
            | RefundState::Pending { .. } => ShownRefund::Pending,
            RefundState::Done { at, .. }
            | RefundState::PaidInCash { at, .. }
            | RefundState::Transferred { at, .. } => ShownRefund::Done { at: *at },
            RefundState::Failed { .. } if self.sends_to_accounts() => ShownRefund::AccountWanted,
            RefundState::Failed { .. } => ShownRefund::Failed,
            RefundState::DueByTransfer {
                account_told: false,
                ..
            } => ShownRefund::AccountWanted,
            RefundState::DueByTransfer { .. } | RefundState::InOrder { .. } => {
                ShownRefund::ByTransfer
            }
        }
    }

    fn money(&self) -> Money {
        let refunds = self
            .refunds
            .iter()
            .map(|refund| (refund.amount, self.shown_refund(&refund.state)));
        Money {
            payment: pay_state(&self.record, &self.payments, &self.refunds),
            refunds: refunds.collect(),
        }
    }
}

fn given_up(record: &CancellationRecord) -> GivenUp {
    GivenUp {
        nth: record.nth,
        at: record.made_at,
        before: record.before,
        left: record.left,
        paid_yen: record.paid,
        refund_yen: record.refund,
        reckoning: record.lines.clone(),
    }
}

/// Where the payment of a reservation stands; of what is over, money that went back by itself had come
/// all the same.
pub(crate) fn pay_state(
    record: &ReservationRecord,
    payments: &[PaymentRecord],
    refunds: &[RefundRecord],
) -> PayState {
    if record.quote.total_yen.is_zero() {
        return PayState::Free;
    }
    let waiting = payments.iter().find_map(|one| one.state.voucher()).cloned();
    let is_over = record.state.lapses_at().is_none();
    let came = payments.iter().filter(|_| is_over).find_map(paid_by);
    let paid = standing(payments, refunds).and_then(paid_by).or(came);
    match paid {
        Some(PaidBy { at, method }) => PayState::Paid { at, method },
        None if waiting.is_some() => waiting.map_or(PayState::Checking, PayState::Voucher),
        None if payments
            .iter()
            .any(|payment| payment.state.may_still_bring_money()) =>
        {
            PayState::Checking
        }
        None => PayState::Unpaid,
    }
}

/// Whether whoever looks can give it up now.
fn can_cancel(record: &ReservationRecord, call: &Call) -> bool {
    let by = match call.staff_member() {
        Some(_) => CancelledBy::Counter,
        None => CancelledBy::Resident,
    };
    record.state.can_be_cancelled(call.now(), record.span, by)
}

/// The floor is kept an hour longer than a voucher can be paid: its owner is told the voucher's end.
fn paid_by_then(state: Shown, payment: &PayState) -> Shown {
    match (state, payment) {
        (Shown::AwaitingPayment { .. }, PayState::Voucher(voucher)) => {
            Shown::AwaitingPayment { due: voucher.until }
        }
        (state, _) => state,
    }
}

/// A state in the owner's words. A hold that has lapsed but was not swept out yet reads as released.
pub(crate) fn shown(state: &ReservationState, now: DateTime<Utc>) -> Shown {
    match state {
        ReservationState::Held(held) if held.has_lapsed(now) => Shown::Released,
        ReservationState::Held(held) => Shown::Held {
            until: held.until(),
            can_extend: held.extensions_left() > 0,
        },
        ReservationState::AwaitingReview { .. } => Shown::AwaitingReview,
        ReservationState::AwaitingPayment { due } => Shown::AwaitingPayment { due: *due },
        ReservationState::Confirmed { .. } => Shown::Confirmed,
        ReservationState::CheckedIn { .. } => Shown::CheckedIn,
        ReservationState::Completed { .. } => Shown::Completed,
        ReservationState::NoShow { .. } => Shown::NoShow,
        ReservationState::Released { .. } => Shown::Released,
        ReservationState::Cancelled { at, by, reason } => Shown::Cancelled {
            at: *at,
            reason: (*by == CancelledBy::Facility).then(|| reason.clone()),
        },
        ReservationState::Refused { at, reason } => Shown::Refused {
            at: *at,
            reason: reason.clone(),
        },
    }
}
