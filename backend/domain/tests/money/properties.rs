//! What must hold. Each says what is wrong, or nothing.

use std::collections::BTreeSet;

use domain::ledger::{Account, balances};
use domain::money::Yen;
use domain::payment::{AttemptState, DisputeProgress, RefundState};
use domain::reservation::{CancelledBy, ReservationState};

use crate::service::PageIs;
use crate::world::{Floor, Town, Why, World, number_in};

/// In every state, in the middle of whatever.
pub fn always(world: &World) -> Option<String> {
    let town = &world.town;
    one_live_attempt(town)
        .or_else(|| the_floor_is_kept(town))
        .or_else(|| vouchers_end_in_time(town))
        .or_else(|| confirmed_by_money(world))
        .or_else(|| nothing_goes_back_twice(world))
        .or_else(|| one_cause_each(town))
}

fn wrong(is_wrong: bool, what: &str) -> Option<String> {
    is_wrong.then(|| what.to_owned())
}

/// Said once more in other words, so that the domain is not its own judge.
fn may_bring(state: &AttemptState) -> bool {
    matches!(
        state.name(),
        "creating" | "open" | "awaiting" | "quarantined"
    )
}

fn one_live_attempt(town: &Town) -> Option<String> {
    let live = town.attempts.iter();
    let live = live.filter(|attempt| may_bring(&attempt.state));
    wrong(live.count() > 1, "two attempts may bring money at once")
}

fn the_floor_is_kept(town: &Town) -> Option<String> {
    let is_live = |one: &crate::world::Attempt| may_bring(&one.state);
    let by_facility = matches!(
        town.booking,
        ReservationState::Cancelled {
            by: CancelledBy::Facility,
            ..
        }
    );
    let live = town.attempts.iter().any(is_live);
    wrong(
        town.booking.holds_floor() != (town.floor == Floor::Ours),
        "the reservation and the claims disagree about the floor",
    )
    .or_else(|| wrong(town.took_it_from_somebody, "two have the same floor"))
    .or_else(|| {
        wrong(
            live && town.floor != Floor::Ours && !by_facility,
            "the floor was given away while its page might still be paid",
        )
    })
}

fn vouchers_end_in_time(town: &Town) -> Option<String> {
    let vouchers = town.attempts.iter();
    let mut ends = vouchers.filter_map(|one| one.state.voucher().map(|voucher| voucher.until));
    let ReservationState::AwaitingPayment { due } = town.booking else {
        return None;
    };
    wrong(
        ends.any(|end| end > due),
        "a voucher lives longer than the floor is kept for it",
    )
}

fn confirmed_by_money(world: &World) -> Option<String> {
    let town = &world.town;
    if !matches!(town.booking, ReservationState::Confirmed { .. }) {
        return None;
    }
    let Some(standing) = town.standing() else {
        return Some("confirmed without money".to_owned());
    };
    let came = match &town.attempts[standing].state {
        AttemptState::Paid { session, .. } => world.service.pages[number_in(&session.0)].amount,
        _ => town.attempts[standing].amount.as_i64(),
    };
    wrong(
        came != town.owed.as_i64(),
        "confirmed by another amount than was owed",
    )
}

fn nothing_goes_back_twice(world: &World) -> Option<String> {
    let town = &world.town;
    for (number, attempt) in town.attempts.iter().enumerate() {
        let mut gone = 0;
        let mut strays = 0;
        for refund in town.refunds.iter().filter(|one| one.payment == number) {
            strays += usize::from(refund.why == Why::Stray);
            // What was found is a fact that we may know late; the service lets it fit.
            let counts =
                refund.why != Why::Found && !matches!(refund.state, RefundState::Failed { .. });
            gone += if counts { refund.amount.as_i64() } else { 0 };
        }
        if gone > attempt.amount.as_i64() {
            return Some("more goes back than came".to_owned());
        }
        if strays > 1 {
            return Some("stray money goes back twice".to_owned());
        }
    }
    if town.asked_while_disputed {
        return Some("money goes back by us while a bank is asked".to_owned());
    }
    // What was won comes back in its own time.
    let won = world.service.disputes.iter().map(|one| {
        let comes = one.progress == DisputeProgress::Won && one.withdrawn && !one.reinstated;
        let amount = world.service.pages[one.page].amount;
        if comes { amount } else { 0 }
    });
    wrong(
        world.service.balance(|_| true) + won.sum::<i64>() < 0,
        "the service paid out more than came in",
    )
}

fn one_cause_each(town: &Town) -> Option<String> {
    let causes: BTreeSet<_> = town.books.iter().map(|entry| entry.cause.key()).collect();
    wrong(
        causes.len() != town.books.len(),
        "one cause is booked twice",
    )
}

/// Where nothing is left to do for anybody but people.
pub fn at_rest(world: &World) -> Option<String> {
    nothing_unseen(world)
        .or_else(|| nothing_kept_for_nothing(world))
        .or_else(|| floor_is_let_go(world))
        .or_else(|| books_agree(world))
}

/// Money that came is in the books or with people.
fn nothing_unseen(world: &World) -> Option<String> {
    for (number, page) in world.service.pages.iter().enumerate() {
        let state = &world.town.attempts[page.attempt].state;
        let is_this = state.session().is_some_and(|id| number_in(&id.0) == number);
        let known = state.is_paid() || matches!(state, AttemptState::Quarantined { .. });
        if matches!(page.is, PageIs::Paid) && !(is_this && known) {
            return Some("money came and nobody knows".to_owned());
        }
    }
    None
}

/// Whatever was paid is for a confirmed reservation, went back, or lies in somebody's queue.
fn nothing_kept_for_nothing(world: &World) -> Option<String> {
    let town = &world.town;
    for (number, attempt) in town.attempts.iter().enumerate() {
        if !attempt.state.is_paid() {
            continue;
        }
        let refunds = || town.refunds.iter().filter(|one| one.payment == number);
        if refunds().any(|one| one.state.is_under_way()) {
            return Some("a refund was decided and never sent".to_owned());
        }
        let queued = refunds().any(|one| {
            one.why == Why::Found
                || matches!(
                    one.state,
                    RefundState::Failed { .. } | RefundState::DueInCash { .. }
                )
        }) || town.disputes_of(number).next().is_some();
        let back = refunds().filter(|one| one.state.returned_at().is_some());
        let back: i64 = back.map(|one| one.amount.as_i64()).sum();
        let kept = attempt.amount.as_i64() - back;
        let confirmed = matches!(town.booking, ReservationState::Confirmed { .. });
        let due = if confirmed && town.standing() == Some(number) {
            attempt.amount.as_i64() - town.given_up.as_i64()
        } else {
            0
        };
        if kept != due && !queued {
            return Some(format!(
                "of payment {number} {kept} 円 are kept instead of {due}"
            ));
        }
    }
    None
}

fn floor_is_let_go(world: &World) -> Option<String> {
    let town = &world.town;
    let aside = |one: &crate::world::Attempt| matches!(one.state, AttemptState::Quarantined { .. });
    let waits = town.booking.lapses_at().is_some();
    wrong(
        waits && !town.attempts.iter().any(aside),
        "the floor is kept for money that will never come",
    )
}

/// The ledger says what the service and the drawer hold. Money that was set aside is in no books
/// until people have looked at it.
fn books_agree(world: &World) -> Option<String> {
    let town = &world.town;
    let sums = balances(&town.books);
    let balance = |account: Account| sums.get(&account).copied().unwrap_or(0);
    let is_aside = |number: usize| {
        let attempt = world.service.pages[number].attempt;
        matches!(
            town.attempts[attempt].state,
            AttemptState::Quarantined { .. }
        )
    };
    let held = world.service.balance(|number| !is_aside(number));
    let clearing = balance(Account::StripeClearing);
    if clearing != held {
        return Some(format!(
            "the books say {clearing} 円, the service holds {held}"
        ));
    }
    if balance(Account::CounterCash) != town.drawer {
        return Some("the books and the drawer disagree".to_owned());
    }
    if (0..world.service.pages.len()).any(is_aside) {
        return None;
    }
    let disputed = world.service.disputes.iter().map(|one| {
        let amount = world.service.pages[one.page].amount;
        if one.withdrawn && !one.reinstated {
            amount
        } else {
            0
        }
    });
    if balance(Account::Receivable) != disputed.sum::<i64>() {
        return Some("somebody owes what nobody asked for".to_owned());
    }
    let left_to_people =
        !town.disputes.is_empty() || town.refunds.iter().any(|one| one.why == Why::Found);
    let fee = match town.booking {
        ReservationState::Confirmed { .. } => town.owed.minus(town.given_up).ok()?,
        _ => Yen::ZERO,
    };
    wrong(
        !left_to_people && -balance(Account::DeferredFees) != fee.as_i64(),
        "the fees in the books are not those of the reservation",
    )
}
