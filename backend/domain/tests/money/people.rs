//! What residents, clerks and facilities do, each one transaction, as the use cases do it.

use chrono::Duration;
use domain::ledger::{self, Refunded};
use domain::money::Yen;
use domain::payment::{AttemptState, Plan, RefundState, refundable};
use domain::reservation::{CancelledBy, ReservationState};

use crate::guards::{Guard, Rules};
use crate::steps::{book, decide_refund, is_charged};
use crate::world::{
    Attempt, Floor, HALF, Why, World, adjustment, payment, refund, reservation, span,
};

/// A press on 「支払う」 that stores a new attempt (row 1).
pub fn press_pay(world: &mut World, rules: &Rules) -> Option<()> {
    let now = world.clock.now();
    if world.left.attempts == 0 || rules.plan(world) != Plan::Create {
        return None;
    }
    let live = |attempt: &Attempt| matches!(attempt.state.name(), "creating" | "open" | "awaiting");
    let town = &mut world.town;
    // The index `payments_one_live`.
    if rules.has(Guard::OneLiveAttempt) && town.attempts.iter().any(live) {
        return None;
    }
    if !matches!(town.booking, ReservationState::AwaitingPayment { due } if now < due) {
        let due = now + Duration::minutes(30);
        town.booking = town.booking.clone().await_payment(now, due).ok()?;
    }
    book(town, rules, ledger::charge(reservation(), town.owed));
    town.attempts.push(Attempt {
        state: AttemptState::Creating,
        amount: town.owed,
    });
    world.left.attempts -= 1;
    Some(())
}

/// The resident gives it up (row 17): all that is left comes back.
pub fn cancel(world: &mut World, rules: &Rules) -> Option<()> {
    if world.left.cancels == 0 || rules.may_still_come(world) {
        return None;
    }
    world.left.cancels -= 1;
    let standing = world.town.standing();
    let paid = standing.map_or(Yen::ZERO, |number| world.town.attempts[number].amount);
    let rest = paid.minus(world.town.given_up.min(paid)).ok()?;
    end(world, rules, CancelledBy::Resident)?;
    if let Some(standing) = standing.filter(|_| !rest.is_zero()) {
        decide_refund(
            world,
            rules,
            (standing, rest),
            (Why::GivenUp, Refunded::Fee),
        )?;
    }
    Some(())
}

/// Part of it is given up: half comes back.
pub fn give_up_part(world: &mut World, rules: &Rules) -> Option<()> {
    let booking = &world.town.booking;
    let can = booking.can_be_cancelled(world.clock.now(), span(), CancelledBy::Resident);
    let nothing_left = !world.town.given_up.is_zero();
    if world.left.parts == 0
        || nothing_left
        || !can
        || !matches!(booking, ReservationState::Confirmed { .. })
    {
        return None;
    }
    world.left.parts -= 1;
    let standing = world.town.standing()?;
    world.town.given_up = HALF;
    decide_refund(
        world,
        rules,
        (standing, HALF),
        (Why::GivenUp, Refunded::Fee),
    )
}

/// A clerk gives the whole fee back, and the reservation stays: two of them may wish to. Where an
/// earlier refund failed it is still owed and is paid out by hand first: deciding about the same
/// money again would leave it owed in the books for ever.
pub fn give_back(world: &mut World, rules: &Rules) -> Option<()> {
    if world.left.clerks == 0 || !matches!(world.town.booking, ReservationState::Confirmed { .. }) {
        return None;
    }
    world.left.clerks -= 1;
    let standing = world.town.standing()?;
    let mut earlier = world.town.refunds.iter();
    if earlier.any(|one| matches!(one.state, RefundState::Failed { .. })) {
        return None;
    }
    let amount = world.town.attempts[standing].amount;
    world.town.given_up = amount;
    decide_refund(
        world,
        rules,
        (standing, amount),
        (Why::GivenUp, Refunded::Fee),
    )
}

/// The facility closes: everything that stayed comes back, whatever is still open. Of what a bank is
/// asked about nothing is sent.
pub fn close(world: &mut World, rules: &Rules) -> Option<()> {
    if world.left.closings == 0 {
        return None;
    }
    world.left.closings -= 1;
    let stayed = |number: &usize| {
        world.town.attempts[*number].state.is_paid() && !world.town.is_stray(*number)
    };
    let stayed: Vec<usize> = (0..world.town.attempts.len()).filter(stayed).collect();
    end(world, rules, CancelledBy::Facility)?;
    for number in stayed {
        let amount = world.town.attempts[number].amount;
        let held = amount.minus(world.town.given_up.min(amount)).ok()?;
        let back = rules.refundable(world, number)?.min(held);
        let disputed = rules.undisputed(world.town.disputes_of(number)).is_err();
        if !back.is_zero() && !disputed {
            decide_refund(world, rules, (number, back), (Why::GivenUp, Refunded::Fee))?;
        }
    }
    Some(())
}

fn end(world: &mut World, rules: &Rules, by: CancelledBy) -> Option<()> {
    let now = world.clock.now();
    let town = &mut world.town;
    let was_charged =
        matches!(town.booking, ReservationState::AwaitingPayment { .. }) && is_charged(town);
    town.booking = town.booking.clone().cancel(now, span(), by, "休館").ok()?;
    town.floor = Floor::Free;
    if was_charged {
        book(town, rules, ledger::uncharge(reservation(), town.owed));
    }
    Some(())
}

/// Cash at the counter: only where a page would be opened.
pub fn take_cash(world: &mut World, rules: &Rules) -> Option<()> {
    let now = world.clock.now();
    if world.left.cash == 0 || rules.may_still_come(world) {
        return None;
    }
    world.left.cash -= 1;
    let town = &mut world.town;
    let lapsed = town.booking.lapses_at().is_some_and(|until| until <= now);
    town.booking = town.booking.clone().confirm_paid(now).ok()?;
    if lapsed {
        return None;
    }
    let (number, amount) = (town.attempts.len(), town.owed);
    town.attempts.push(Attempt {
        state: AttemptState::paid_in_cash(now),
        amount,
    });
    town.drawer += amount.as_i64();
    book(town, rules, ledger::charge(reservation(), amount));
    book(town, rules, ledger::pay_at_counter(payment(number), amount));
    Some(())
}

/// Somebody comes to the counter for a refund, whatever became of it: they get what waits for them
/// there, or what the service could not bring.
pub fn pay_out(world: &mut World, rules: &Rules, number: usize) -> Option<()> {
    let now = world.clock.now();
    let town = &mut world.town;
    let row = town.refunds[number].clone();
    if row.why == Why::Found {
        return None;
    }
    let others = town.refunds.iter().enumerate();
    let others = others.filter(|(other, one)| one.payment == row.payment && *other != number);
    let others = others.map(|(_, one)| (one.amount, &one.state));
    let left = refundable(town.attempts[row.payment].amount, others).ok()?;
    let paid = row.state.pay_in_cash(row.amount, left, now).ok()?;
    town.refunds[number].state = paid;
    town.drawer -= row.amount.as_i64();
    let entry = ledger::refund_paid_at_counter(refund(number), row.amount);
    book(town, rules, entry);
    Some(())
}

/// The fee becomes another before it is paid, by a reduction on the spot (row 16).
pub fn reprice(world: &mut World, rules: &Rules) -> Option<()> {
    let now = world.clock.now();
    let is_paid = world.town.attempts.iter().any(|one| one.state.is_paid());
    if world.left.repricings == 0 || is_paid || rules.may_still_come(world) {
        return None;
    }
    world.left.repricings -= 1;
    let until = world.town.booking.lapses_at()?;
    if until <= now {
        return None;
    }
    let before = std::mem::replace(&mut world.town.owed, HALF);
    if is_charged(&world.town) {
        let entry = ledger::adjust(adjustment(), before, HALF);
        book(&mut world.town, rules, entry);
    }
    Some(())
}

/// Somebody else books the floor.
pub fn book_by_somebody_else(world: &mut World) -> Option<()> {
    if world.left.others == 0 || world.town.floor != Floor::Free || world.clock.has_begun() {
        return None;
    }
    world.left.others -= 1;
    world.town.floor = Floor::SomebodyElses;
    Some(())
}
