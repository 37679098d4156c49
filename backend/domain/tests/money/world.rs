//! A state of the small world: what our database holds, what the payment service holds, what is on
//! its way between them, and what may still go wrong.

use chrono::{DateTime, Utc};
use domain::civil;
use domain::ids::{AdjustmentId, DisputeId, PaymentId, RefundId, ReservationId};
use domain::ledger::Entry;
use domain::money::Yen;
use domain::payment::{
    AttemptState, DisputeSeen, DisputeState, RefundSeen, RefundState, SessionId, SessionSeen,
};
use domain::reservation::ReservationState;
use domain::span::{Cell, Span};
use uuid::Uuid;

use crate::search::order;
use crate::service::Service;

/// The fee, 円.
pub const FEE: Yen = Yen::new(800);

/// Half of it.
pub const HALF: Yen = Yen::new(400);

/// A state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    /// The instants that are told apart on this course, and which of them it is.
    pub clock: Clock,
    /// Our database.
    pub town: Town,
    /// The payment service.
    pub service: Service,
    /// What somebody of ours has learnt and not committed yet: lost when the process dies.
    pub hands: Vec<News>,
    /// What may still happen.
    pub left: Left,
}

/// The instants of a course.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    /// All of them, in order.
    pub instants: &'static [Instant],
    /// Which it is.
    pub at: usize,
}

/// The instants at which something becomes different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Instant {
    /// The page is opened.
    Pay,
    /// The fee was due; the page is still open.
    Due,
    /// The page has closed by itself.
    PageOver,
    /// The voucher has run out; news of it may still be on its way.
    VoucherOver,
    /// The floor is no longer kept for the voucher.
    GraceOver,
    /// The use has begun.
    Use,
}

impl Instant {
    pub fn time(self) -> DateTime<Utc> {
        let at =
            |date: &str, time: &str| civil::instant(date.parse().unwrap(), time.parse().unwrap());
        match self {
            Self::Pay => at("2026-11-02", "10:00"),
            Self::Due => at("2026-11-02", "10:31"),
            Self::PageOver => at("2026-11-02", "10:36"),
            Self::VoucherOver => at("2026-11-04", "00:00"),
            Self::GraceOver => at("2026-11-04", "01:00"),
            Self::Use => at("2026-11-28", "18:00"),
        }
    }
}

impl Clock {
    pub fn now(&self) -> DateTime<Utc> {
        self.instants[self.at].time()
    }

    pub fn has_begun(&self) -> bool {
        self.now() >= Instant::Use.time()
    }
}

/// The time of use.
pub fn span() -> Span {
    let date = "2026-11-28".parse().unwrap();
    let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
    Span::new(cell("18:00"), cell("20:00")).unwrap()
}

/// Our database, as far as one reservation goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Town {
    pub booking: ReservationState,
    pub floor: Floor,
    /// The fee as it stands.
    pub owed: Yen,
    pub attempts: Vec<Attempt>,
    pub refunds: Vec<Refund>,
    pub disputes: Vec<Dispute>,
    pub books: Vec<Entry>,
    /// The fee of what was given up of it in part.
    pub given_up: Yen,
    /// Cash in the drawer.
    pub drawer: i64,
    /// Whether a refund was decided though a bank was asked.
    pub asked_while_disputed: bool,
    /// Whether the floor was claimed again that somebody else had.
    pub took_it_from_somebody: bool,
}

impl World {
    /// Sets the moments that no rule asks for to the first there is, and what waits in an order that
    /// is always the same: worlds that differ in nothing else are one.
    pub fn forget_when(&mut self) {
        let then = Instant::Pay.time();
        for attempt in &mut self.town.attempts {
            match &mut attempt.state {
                AttemptState::PaidInCash { at }
                | AttemptState::Expired { at, .. }
                | AttemptState::Failed { at, .. }
                | AttemptState::Quarantined { at, .. } => *at = then,
                AttemptState::Creating
                | AttemptState::Open { .. }
                | AttemptState::Awaiting { .. }
                | AttemptState::Paid { .. } => {}
            }
        }
        for refund in &mut self.town.refunds {
            match &mut refund.state {
                RefundState::Requested { at }
                | RefundState::DueInCash { at }
                | RefundState::PaidInCash { at, .. }
                | RefundState::DueByTransfer { at, .. }
                | RefundState::InOrder { at, .. }
                | RefundState::Transferred { at, .. }
                | RefundState::Pending { at, .. }
                | RefundState::Done { at, .. }
                | RefundState::Failed { at, .. } => *at = then,
            }
        }
        for dispute in &mut self.town.disputes {
            match &mut dispute.state {
                DisputeState::NeedsResponse { at, .. }
                | DisputeState::FundsWithdrawn { at, .. }
                | DisputeState::Won { at, .. }
                | DisputeState::Lost { at } => *at = then,
            }
        }
        match &mut self.town.booking {
            ReservationState::Confirmed { at }
            | ReservationState::Released { at, .. }
            | ReservationState::Cancelled { at, .. } => *at = then,
            _ => {}
        }
        self.hands.sort_by_key(order);
    }
}

/// Who has the floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Floor {
    Ours,
    Free,
    SomebodyElses,
}

/// A row of `payments`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attempt {
    pub state: AttemptState,
    pub amount: Yen,
}

/// A row of `refunds`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Refund {
    pub payment: usize,
    pub amount: Yen,
    pub state: RefundState,
    pub why: Why,
}

/// Why money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It belonged to nothing.
    Stray,
    /// Somebody gave the reservation up.
    GivenUp,
    /// Somebody sent it back at the service's own screens.
    Found,
}

/// A row of `disputes`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dispute {
    pub payment: usize,
    pub provider_id: String,
    pub amount: Yen,
    pub state: DisputeState,
}

/// What somebody of ours has learnt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum News {
    /// How a page stood.
    Page { attempt: usize, seen: SessionSeen },
    /// That there is no page.
    NoPage { attempt: usize },
    /// How a refund stood.
    Refund { refund: usize, seen: RefundSeen },
    /// That there will be no refund.
    NoRefund {
        refund: usize,
        /// What else was found at the service of the same payment, and how much.
        found: Vec<(Yen, RefundSeen)>,
    },
    /// A refund that nobody here asked for.
    FoundRefund {
        payment: usize,
        amount: Yen,
        seen: RefundSeen,
    },
    /// How a dispute stood.
    Dispute {
        payment: usize,
        amount: Yen,
        seen: DisputeSeen,
    },
    /// That money came: only where state and ledger are not changed in one transaction.
    MoneyCame { attempt: usize },
}

/// How often each thing may still happen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Left {
    /// Not how often, but how many of ours may be at work at once: what one of them has done the
    /// other does not know yet.
    pub hands: usize,
    /// New attempts to pay.
    pub attempts: u8,
    /// A process dies, or an answer is lost.
    pub crashes: u8,
    /// A request to open a page arrives after everybody gave it up.
    pub late: u8,
    /// The service refuses to open a page.
    pub refusals: u8,
    /// The service shows another amount than was asked for.
    pub lies: u8,
    /// Vouchers.
    pub vouchers: u8,
    /// Part of it is given up.
    pub parts: u8,
    /// A clerk gives all of it back, and the reservation stays.
    pub clerks: u8,
    /// The resident gives it up.
    pub cancels: u8,
    /// The facility closes.
    pub closings: u8,
    /// Somebody comes to the counter with cash.
    pub cash: u8,
    /// The fee is changed before it is paid.
    pub repricings: u8,
    /// Somebody else books the floor when it is free.
    pub others: u8,
    /// A refund fails, before or after it was done.
    pub failures: u8,
    /// A refund at the service's own screens.
    pub found: u8,
    /// A dispute.
    pub disputes: u8,
}

pub fn reservation() -> ReservationId {
    ReservationId(Uuid::from_u128(1))
}

fn numbered(number: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap())
}

pub fn payment(number: usize) -> PaymentId {
    PaymentId(numbered(number))
}

pub fn refund(number: usize) -> RefundId {
    RefundId(numbered(number))
}

pub fn dispute(number: usize) -> DisputeId {
    DisputeId(numbered(number))
}

pub fn adjustment() -> AdjustmentId {
    AdjustmentId(numbered(1))
}

pub fn session(number: usize) -> SessionId {
    SessionId(format!("cs_{number}"))
}

/// The number behind the last `_` of one of the service's ids.
pub fn number_in(id: &str) -> usize {
    id.rsplit('_').next().unwrap().parse().unwrap()
}

impl Town {
    /// The attempt that decides what a press does, as `usecases::payments::start` finds it.
    pub fn deciding(&self) -> Option<&Attempt> {
        let live = |one: &&Attempt| one.state.may_still_bring_money();
        let attempts = &self.attempts;
        attempts
            .iter()
            .find(live)
            .or_else(|| self.standing().map(|number| &attempts[number]))
            .or_else(|| attempts.iter().rfind(|one| !one.state.is_paid()))
    }

    /// True when that payment went back because it belonged to nothing.
    pub fn is_stray(&self, payment: usize) -> bool {
        let stray = |refund: &Refund| refund.payment == payment && refund.why == Why::Stray;
        self.refunds.iter().any(stray)
    }

    /// The payment that the reservation rests on.
    pub fn standing(&self) -> Option<usize> {
        let stands =
            |number: &usize| self.attempts[*number].state.is_paid() && !self.is_stray(*number);
        (0..self.attempts.len()).find(stands)
    }

    /// The refunds of a payment, as the domain counts them.
    pub fn refunds_of(&self, payment: usize) -> impl Iterator<Item = (Yen, &RefundState)> {
        let of = move |refund: &&Refund| refund.payment == payment;
        self.refunds
            .iter()
            .filter(of)
            .map(|refund| (refund.amount, &refund.state))
    }

    /// The disputes of a payment.
    pub fn disputes_of(&self, payment: usize) -> impl Iterator<Item = &DisputeState> {
        let of = move |dispute: &&Dispute| dispute.payment == payment;
        self.disputes
            .iter()
            .filter(of)
            .map(|dispute| &dispute.state)
    }
}
