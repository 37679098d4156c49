//! The commit steps of the use cases, each one transaction: all of it or nothing. They follow
//! `usecases::payments` line by line, without its database.

use domain::ledger::{self, Entry, Refunded};
use domain::money::Yen;
use domain::payment::{
    AttemptState, DisputeSeen, DisputeState, Expected, Landing, RefundSeen, RefundState,
    SessionSeen, Step, owe_in_cash, request_refund,
};
use domain::reservation::ReservationState;

use crate::guards::{Guard, Rules};
use crate::world::{
    Dispute, Floor, News, Refund, Town, Why, World, dispute, payment, refund, reservation,
};

/// Books an entry, once per cause.
pub fn book(town: &mut Town, rules: &Rules, entry: Option<Entry>) {
    if let Some(entry) = entry.filter(|entry| rules.books(&town.books, entry)) {
        town.books.push(entry);
    }
}

/// True while the fee is charged.
pub fn is_charged(town: &Town) -> bool {
    let there_is = |cause| town.books.iter().any(|entry| entry.cause == cause);
    there_is(ledger::Cause::Charged(reservation()))
        && !there_is(ledger::Cause::Uncharged(reservation()))
}

/// Takes in what somebody has learnt. Nothing when the transaction cannot be committed.
pub fn take_in(world: &mut World, rules: &Rules, news: &News) -> Option<()> {
    match news {
        News::Page { attempt, seen } => settle(world, rules, *attempt, seen),
        News::NoPage { attempt } => {
            let now = world.clock.now();
            let row = &mut world.town.attempts[*attempt];
            row.state = row.state.clone().reject("refused", now).into_state();
            Some(())
        }
        News::MoneyCame { attempt } => money_came(world, rules, *attempt),
        News::Refund { refund, seen } => refund_moved(world, rules, *refund, seen),
        News::NoRefund {
            refund,
            found: others,
        } => {
            let paid = world.town.refunds[*refund].payment;
            for (amount, seen) in others {
                found(world, rules, (paid, *amount), seen)?;
            }
            let now = world.clock.now();
            let row = &mut world.town.refunds[*refund];
            row.state = row.state.clone().reject("refused", now).into_state();
            Some(())
        }
        News::FoundRefund {
            payment,
            amount,
            seen,
        } => found(world, rules, (*payment, *amount), seen),
        News::Dispute {
            payment,
            amount,
            seen,
        } => disputed(world, rules, (*payment, *amount), seen),
    }
}

fn settle(world: &mut World, rules: &Rules, attempt: usize, seen: &SessionSeen) -> Option<()> {
    let now = world.clock.now();
    let row = world.town.attempts[attempt].clone();
    let expected = Expected {
        amount: row.amount,
        live: false,
    };
    let Step::Moved(next) = rules.observe(&row.state, seen, expected, now)? else {
        return Some(());
    };
    world.town.attempts[attempt].state = next.clone();
    match next {
        AttemptState::Paid { .. } if rules.has(Guard::OneTransaction) => {
            money_came(world, rules, attempt)
        }
        AttemptState::Paid { .. } => {
            world.hands.push(News::MoneyCame { attempt });
            Some(())
        }
        AttemptState::Awaiting { voucher, .. } => {
            let booking = world.town.booking.clone();
            world.town.booking = rules.keep_for_voucher(booking, voucher.keeps_floor_until());
            Some(())
        }
        AttemptState::Creating
        | AttemptState::Open { .. }
        | AttemptState::PaidInCash { .. }
        | AttemptState::Expired { .. }
        | AttemptState::Failed { .. }
        | AttemptState::Quarantined { .. } => Some(()),
    }
}

fn money_came(world: &mut World, rules: &Rules, attempt: usize) -> Option<()> {
    let now = world.clock.now();
    let amount = world.town.attempts[attempt].amount;
    let landing = rules.land(world, amount);
    let town = &mut world.town;
    book(town, rules, ledger::pay_online(payment(attempt), amount));
    match landing {
        Landing::Confirm => town.booking = town.booking.clone().confirm_paid(now).ok()?,
        Landing::Rebook => {
            town.booking = town.booking.clone().rebook(now).ok()?;
            town.took_it_from_somebody |= town.floor == Floor::SomebodyElses;
            town.floor = Floor::Ours;
            book(town, rules, ledger::charge_again(payment(attempt), amount));
        }
        Landing::ReturnMoney(_) => {
            let (why, of) = (Why::Stray, Refunded::StrayMoney);
            decide_refund(world, rules, (attempt, amount), (why, of))?;
        }
    }
    Some(())
}

/// Decides that money goes back (row 17); nothing when it cannot.
pub fn decide_refund(
    world: &mut World,
    rules: &Rules,
    (paid, amount): (usize, Yen),
    (why, of): (Why, Refunded),
) -> Option<()> {
    let now = world.clock.now();
    let left = rules.refundable(world, paid)?;
    let town = &mut world.town;
    rules.undisputed(town.disputes_of(paid)).ok()?;
    // Said once more in other words, so that the domain is not its own judge.
    let disputed = town.disputes_of(paid).any(|one| one.name() != "won");
    town.asked_while_disputed |= disputed;
    let in_cash = town.attempts[paid].state.is_cash();
    let decide = if in_cash { owe_in_cash } else { request_refund };
    let state = decide(amount, left, now).ok()?;
    let number = town.refunds.len();
    town.refunds.push(Refund {
        payment: paid,
        amount,
        state,
        why,
    });
    book(
        town,
        rules,
        ledger::refund_decided(refund(number), amount, of),
    );
    Some(())
}

fn refund_moved(world: &mut World, rules: &Rules, number: usize, seen: &RefundSeen) -> Option<()> {
    let now = world.clock.now();
    let row = world.town.refunds[number].clone();
    let Step::Moved(next) = rules.observe_refund(&row.state, seen, now)? else {
        return Some(());
    };
    let was_done = matches!(row.state, RefundState::Done { .. });
    let (id, amount) = (refund(number), row.amount);
    let entry = match &next {
        RefundState::Done { .. } if row.why == Why::Found => ledger::refund_found(id, amount),
        RefundState::Done { .. } => ledger::refund_paid(id, amount),
        RefundState::Failed { .. } if was_done && rules.has(Guard::BouncesAreBooked) => {
            ledger::refund_bounced(id, amount)
        }
        _ => None,
    };
    world.town.refunds[number].state = next;
    book(&mut world.town, rules, entry);
    Some(())
}

/// Row 21: taken in once, by the service's id.
fn found(
    world: &mut World,
    rules: &Rules,
    (paid, amount): (usize, Yen),
    seen: &RefundSeen,
) -> Option<()> {
    let now = world.clock.now();
    let town = &mut world.town;
    let id = Some(seen.provider_id.as_str());
    let known = town
        .refunds
        .iter()
        .position(|row| row.state.provider_id() == id);
    if let Some(known) = known {
        return refund_moved(world, rules, known, seen);
    }
    if !town.attempts[paid].state.is_paid() || !rules.has(Guard::FoundRefunds) {
        return None;
    }
    let number = town.refunds.len();
    let state = RefundState::found(seen, now);
    let is_done = matches!(state, RefundState::Done { .. });
    town.refunds.push(Refund {
        payment: paid,
        amount,
        state,
        why: Why::Found,
    });
    let entry = ledger::refund_found(refund(number), amount).filter(|_| is_done);
    book(town, rules, entry);
    Some(())
}

/// Rows 22 and 23: the money's way is booked by what the service shows, whether or not the state
/// is news.
fn disputed(
    world: &mut World,
    rules: &Rules,
    (paid, amount): (usize, Yen),
    seen: &DisputeSeen,
) -> Option<()> {
    let now = world.clock.now();
    let town = &mut world.town;
    if !town.attempts[paid].state.is_paid() {
        return None;
    }
    let same = |row: &Dispute| row.provider_id == seen.provider_id;
    let number = match town.disputes.iter().position(same) {
        Some(known) => {
            let row = &mut town.disputes[known];
            row.state = row.state.clone().observe(seen, now).into_state();
            known
        }
        None => {
            town.disputes.push(Dispute {
                payment: paid,
                provider_id: seen.provider_id.clone(),
                amount,
                state: DisputeState::opened(seen, now),
            });
            town.disputes.len() - 1
        }
    };
    if rules.has(Guard::DisputesAreBooked) {
        let withdrawn = ledger::dispute_withdrawn(dispute(number), amount);
        book(town, rules, withdrawn.filter(|_| seen.withdrawn));
        let reinstated = ledger::dispute_reinstated(dispute(number), amount);
        book(town, rules, reinstated.filter(|_| seen.reinstated));
    }
    Some(())
}

/// Lets go of what lapsed (row 9); nothing when it must stay.
pub fn release(world: &mut World, rules: &Rules) -> Option<()> {
    if rules.may_still_come(world) {
        return None;
    }
    let now = world.clock.now();
    let town = &mut world.town;
    let was_charged =
        matches!(town.booking, ReservationState::AwaitingPayment { .. }) && is_charged(town);
    town.booking = town.booking.clone().release(now).ok()?;
    town.floor = Floor::Free;
    if was_charged {
        book(town, rules, ledger::uncharge(reservation(), town.owed));
    }
    Some(())
}
