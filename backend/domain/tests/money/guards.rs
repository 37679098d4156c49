//! The guards, and how each is broken on purpose: the rules of `domain`, wrapped one by one.

use chrono::{DateTime, Utc};
use domain::ledger::Entry;
use domain::money::Yen;
use domain::payment::{
    AttemptState, DisputeState, Expected, Landing, Plan, RefundRefusal, RefundSeen, RefundState,
    SessionSeen, Step, land, plan, refundable, undisputed,
};
use domain::reservation::ReservationState;

use crate::courses::Course;
use crate::world::{Floor, World};

/// Something that keeps money from being lost, doubled or unexplained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// A press looks for what is under way, and the database's index `payments_one_live` agrees.
    OneLiveAttempt,
    /// The floor is let go only once no page can bring money (row 9).
    ExpireFirst,
    /// A voucher counts as money that may still come (rows 6 to 8).
    VouchersAreLive,
    /// A voucher makes the due date later (row 6).
    VouchersKeepTheFloor,
    /// Older news never undo newer (row 15).
    Rank,
    /// Money counts even after everybody gave up (row 11).
    LateMoney,
    /// What is not as it was asked for is set aside (row 24).
    Mismatch,
    /// Money lands by what became of the reservation (rows 11 and 12).
    Landing,
    /// Money of an attempt that was given up is only good for what is owed now.
    AmountFits,
    /// A reservation that lapsed comes back only where its floor is free (row 11).
    FloorIsFree,
    /// State and ledger are changed in one transaction.
    OneTransaction,
    /// A cause is booked once.
    UniqueCause,
    /// The request to open a page carries a stored key (rows 2 and 3).
    PaymentKey,
    /// The request to send a refund carries a stored key (row 17).
    RefundKey,
    /// What was asked for counts as gone (row 17).
    RefundsUnderWay,
    /// Whoever decides a refund stores that it is to be sent.
    RefundsAreSent,
    /// A refund may fail after it was done (row 20).
    FailureAfterSuccess,
    /// What came back is booked as owed again (row 20).
    BouncesAreBooked,
    /// Pages and refunds under way are asked about, even if no notice ever comes.
    Poller,
    /// What the poller has stopped asking about is compared with the service all the same.
    DailyMatch,
    /// A refund from the service's own screens is taken in (row 21).
    FoundRefunds,
    /// What a bank took back and brought is booked (row 23).
    DisputesAreBooked,
    /// Nothing goes back by us while a bank is asked (row 22).
    DisputesBlock,
}

impl Guard {
    pub const EVERY: [Self; 23] = [
        Self::OneLiveAttempt,
        Self::ExpireFirst,
        Self::VouchersAreLive,
        Self::VouchersKeepTheFloor,
        Self::Rank,
        Self::LateMoney,
        Self::Mismatch,
        Self::Landing,
        Self::AmountFits,
        Self::FloorIsFree,
        Self::OneTransaction,
        Self::UniqueCause,
        Self::PaymentKey,
        Self::RefundKey,
        Self::RefundsUnderWay,
        Self::RefundsAreSent,
        Self::FailureAfterSuccess,
        Self::BouncesAreBooked,
        Self::Poller,
        Self::DailyMatch,
        Self::FoundRefunds,
        Self::DisputesAreBooked,
        Self::DisputesBlock,
    ];

    /// Whether its loss can show on a course at all: no voucher is lost where there are none.
    pub fn shows_on(self, course: Course) -> bool {
        use Course::{Card, Dashboard, Disputes, Falsified, Late, Refunds, Voucher};
        match self {
            Self::VouchersAreLive | Self::VouchersKeepTheFloor => course == Voucher,
            Self::Mismatch => course == Falsified,
            Self::LateMoney | Self::Landing | Self::AmountFits | Self::FloorIsFree => {
                course == Late
            }
            Self::RefundKey
            | Self::RefundsUnderWay
            | Self::RefundsAreSent
            | Self::FailureAfterSuccess
            | Self::BouncesAreBooked
            | Self::DailyMatch => course == Refunds,
            Self::FoundRefunds => course == Dashboard,
            Self::DisputesAreBooked | Self::DisputesBlock => course == Disputes,
            Self::OneLiveAttempt
            | Self::ExpireFirst
            | Self::Rank
            | Self::OneTransaction
            | Self::UniqueCause
            | Self::PaymentKey
            | Self::Poller => course == Card,
        }
    }
}

/// The rules, whole or with one guard broken.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    broken: Option<Guard>,
}

impl Rules {
    pub const fn whole() -> Self {
        Self { broken: None }
    }

    pub const fn without(guard: Guard) -> Self {
        Self {
            broken: Some(guard),
        }
    }

    pub fn has(&self, guard: Guard) -> bool {
        self.broken != Some(guard)
    }

    pub fn plan(&self, world: &World) -> Plan {
        let deciding = world.town.deciding();
        let deciding = deciding.filter(|_| self.has(Guard::OneLiveAttempt));
        let latest = deciding.map(|attempt| (&attempt.state, attempt.amount));
        plan(latest, world.town.owed, world.clock.now())
    }

    /// Whether there is money that may still come, as whoever lets the floor go sees it.
    pub fn may_still_come(&self, world: &World) -> bool {
        let is_voucher = |state: &AttemptState| state.voucher().is_some();
        self.has(Guard::ExpireFirst)
            && world.town.attempts.iter().any(|attempt| {
                attempt.state.may_still_bring_money()
                    && (self.has(Guard::VouchersAreLive) || !is_voucher(&attempt.state))
            })
    }

    /// Nothing when the news are about another page: a fault, and the transaction is given up.
    pub fn observe(
        &self,
        state: &AttemptState,
        seen: &SessionSeen,
        mut expected: Expected,
        now: DateTime<Utc>,
    ) -> Option<Step<AttemptState>> {
        let gave_up = matches!(state.name(), "expired" | "failed");
        if gave_up && !self.has(Guard::LateMoney) {
            return Some(Step::Unchanged(state.clone()));
        }
        if !self.has(Guard::Mismatch) {
            expected.amount = Yen::try_from(seen.amount).unwrap();
        }
        let known = if self.has(Guard::Rank) {
            state.clone()
        } else {
            AttemptState::Creating
        };
        known.observe(seen, expected, now).ok()
    }

    pub fn keep_for_voucher(
        &self,
        booking: ReservationState,
        until: DateTime<Utc>,
    ) -> ReservationState {
        let kept = booking.clone().keep_for_voucher(until);
        kept.ok()
            .filter(|_| self.has(Guard::VouchersKeepTheFloor))
            .unwrap_or(booking)
    }

    pub fn land(&self, world: &World, amount: Yen) -> Landing {
        let town = &world.town;
        let is_free = town.floor == Floor::Free && !world.clock.has_begun();
        if self.has(Guard::Landing) {
            let is_the_fee = amount == town.owed || !self.has(Guard::AmountFits);
            let floor_free = is_free || !self.has(Guard::FloorIsFree);
            land(town.booking.name(), floor_free, is_the_fee)
        } else {
            Landing::Confirm
        }
    }

    /// Whether an entry is booked whose cause may be in the books already.
    pub fn books(&self, books: &[Entry], entry: &Entry) -> bool {
        !self.has(Guard::UniqueCause) || books.iter().all(|one| one.cause != entry.cause)
    }

    pub fn refundable(&self, world: &World, payment: usize) -> Option<Yen> {
        let counts =
            |state: &RefundState| self.has(Guard::RefundsUnderWay) || state.returned_at().is_some();
        let refunds = world.town.refunds_of(payment);
        let refunds = refunds.filter(|(_, state)| counts(state));
        refundable(world.town.attempts[payment].amount, refunds).ok()
    }

    pub fn undisputed<'a>(
        &self,
        disputes: impl IntoIterator<Item = &'a DisputeState>,
    ) -> Result<(), RefundRefusal> {
        if self.has(Guard::DisputesBlock) {
            undisputed(disputes)
        } else {
            Ok(())
        }
    }

    pub fn observe_refund(
        &self,
        state: &RefundState,
        seen: &RefundSeen,
        now: DateTime<Utc>,
    ) -> Option<Step<RefundState>> {
        if matches!(state, RefundState::Done { .. }) && !self.has(Guard::FailureAfterSuccess) {
            return Some(Step::Unchanged(state.clone()));
        }
        state.clone().observe(seen, now).ok()
    }
}
