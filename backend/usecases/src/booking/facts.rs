//! Everything about one reservation, loaded for its owner.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    Action as Doing, Call, Fault, Money, Outcome, PayState, RefundState as ShownRefund, Refusal,
    ReservationState as Shown, ReservationView,
};
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::payment::{AttemptState, RefundState};
use domain::refunds::refund_terms;
use domain::reservation::{ReservationRefusal, ReservationState};
use domain::town::Facility;

use crate::desk::Desk;
use crate::payments::standing;
use crate::ports::store::{AppliedTown, PaymentRecord, Reading, RefundRecord, ReservationRecord};
use crate::profile::signed_in;
use crate::sealing::open_note;

/// A reservation with its money, as the store has it.
pub(crate) struct Facts {
    pub(crate) record: ReservationRecord,
    pub(crate) facility: Facility,
    pub(crate) payments: Vec<PaymentRecord>,
    pub(crate) refunds: Vec<RefundRecord>,
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

/// The domain's word for a change that cannot be, as a refusal of the contract.
pub(crate) fn refused(refusal: ReservationRefusal) -> Refusal {
    match refusal {
        ReservationRefusal::WrongState { is } => Refusal::ReservationState { state: is.as_str() },
        ReservationRefusal::HoldLapsed { .. } => Refusal::HoldLapsed,
        ReservationRefusal::ExtensionLimit { .. } => Refusal::HoldExtensionLimit,
        ReservationRefusal::AlreadyStarted { .. } => Refusal::SlotPast,
        ReservationRefusal::NotLapsed { .. }
        | ReservationRefusal::TooEarly { .. }
        | ReservationRefusal::ReasonMissing => Refusal::ReservationState {
            state: refusal.code(),
        },
    }
}

/// Until when how much comes back of `paid`.
pub(crate) fn terms(
    facility: &Facility,
    paid: Yen,
    date: NaiveDate,
) -> Result<Vec<(NaiveDate, Yen)>, Fault> {
    let terms = refund_terms(&facility.refund, paid, date)
        .map_err(|error| Fault::new("reckon refund terms", error))?;
    Ok(terms
        .into_iter()
        .map(|term| (term.last_day, term.refund_yen))
        .collect())
}

impl Facts {
    /// Loads them for the owner.
    pub(crate) async fn load(desk: &Desk, call: &Call, id: ReservationId) -> Outcome<Self> {
        signed_in(call, Doing::SeeOwnReservations)?;
        let reading = desk.store.read(call.municipality()).await?;
        let record = own(reading.reservation(id).await?, call)?;
        Self::of(reading.as_ref(), record).await
    }

    /// The money of a record that was already found.
    pub(crate) async fn of(reading: &dyn Reading, record: ReservationRecord) -> Outcome<Self> {
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        Ok(Self {
            facility: facility(&applied, &record)?,
            payments: reading.payments(record.id).await?,
            refunds: reading.refunds(record.id).await?,
            record,
        })
    }

    /// The payment that the reservation rests on, if there is one.
    pub(crate) fn paid(&self) -> Option<&PaymentRecord> {
        standing(&self.payments, &self.refunds)
    }

    /// Some money that came, even if it went back by itself.
    fn any_paid(&self) -> Option<&PaymentRecord> {
        self.paid().or_else(|| {
            self.payments
                .iter()
                .find(|payment| matches!(payment.state, AttemptState::Paid { .. }))
        })
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
        Ok(ReservationView {
            id: record.id,
            number: record.number.clone(),
            facility: self.facility.clone(),
            room: record.particulars.room.clone(),
            room_name: record.particulars.room_name.clone(),
            span: record.span,
            people: record.people,
            purpose: record.particulars.purpose_name.clone(),
            note,
            quote: record.quote.clone(),
            state: shown(&record.state, call.now()),
            money: self.money(),
            refund_terms: terms(&self.facility, record.quote.total_yen, record.span.date())?,
            can_cancel: can_cancel(record, call.now()),
            has_permit: self.stands(),
            has_receipt: self.paid().is_some(),
        })
    }

    fn money(&self) -> Money {
        let payment = if self.record.quote.total_yen.is_zero() {
            PayState::Free
        } else if let Some(AttemptState::Paid { entrusted_at, .. }) =
            self.any_paid().map(|payment| &payment.state)
        {
            PayState::Paid {
                at: *entrusted_at,
                method: self.method(),
            }
        } else if self
            .payments
            .iter()
            .any(|payment| payment.state.may_still_bring_money())
        {
            PayState::Checking
        } else {
            PayState::Unpaid
        };
        let refunds = self
            .refunds
            .iter()
            .map(|refund| (refund.amount, shown_refund(&refund.state)));
        Money {
            payment,
            refunds: refunds.collect(),
        }
    }

    /// By what it was paid, in words.
    pub(crate) fn method(&self) -> String {
        "オンライン決済".to_owned()
    }
}

fn facility(applied: &AppliedTown, record: &ReservationRecord) -> Result<Facility, Fault> {
    applied
        .town
        .facility(&record.particulars.facility)
        .cloned()
        .ok_or_else(|| {
            Fault::new(
                "find the facility of a reservation",
                "the town file names it no more",
            )
        })
}

fn can_cancel(record: &ReservationRecord, now: DateTime<Utc>) -> bool {
    use domain::reservation::CancelledBy;
    record
        .state
        .clone()
        .cancel(now, record.span, CancelledBy::Resident, "")
        .is_ok()
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
        ReservationState::Cancelled { at, .. } => Shown::Cancelled { at: *at },
        ReservationState::Refused { .. } => Shown::Refused,
    }
}

fn shown_refund(state: &RefundState) -> ShownRefund {
    match state {
        RefundState::Requested { .. } | RefundState::Pending { .. } => ShownRefund::Pending,
        RefundState::Done { at, .. } => ShownRefund::Done { at: *at },
        RefundState::Failed { .. } => ShownRefund::Failed,
    }
}
