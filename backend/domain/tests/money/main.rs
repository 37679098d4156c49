//! Money is never lost, doubled or unexplained: every course that a reservation's money can take.
//!
//! An exhaustive search over booking × attempts × vouchers × refunds × disputes × the clock, with
//! notices that come late, twice, in any order or never, answers that are lost, and processes that
//! die between any two commits. The rules are the real ones of `domain`; around them stand the
//! commit steps of the use cases ([`steps`]) and a small payment service ([`service`]). Small worlds
//! are searched whole, each with its own kinds of trouble ([`courses`]): what can go wrong needs two
//! of something at most.
//!
//! What must hold is in [`properties`]: some of it always, some of it whenever nothing is left to do
//! for the worker, the poller and the payment service, whatever was never done by anybody else.
//!
//! That the search could fail is proven by breaking each guard in turn ([`guards`]): for every one of
//! them it finds a course on which money is lost.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod actions;
mod courses;
mod guards;
mod people;
mod properties;
mod search;
mod service;
mod steps;
mod world;

use courses::{Course, EVERY};
use guards::{Guard, Rules};
use search::{Found, explore};

/// More states than any course has: a course that outgrows it must be cut smaller.
const MOST_STATES: usize = 250_000;

fn holds(course: Course) {
    match explore(&course.start(), &Rules::whole(), MOST_STATES) {
        Found::Nothing { states, quiet } => {
            println!("{course:?}: {states} states, {quiet} of them at rest");
            assert!(quiet > 0, "nothing ever came to rest");
        }
        Found::Wrong { what, path, world } => {
            panic!("{course:?}: {what}\n{}\n{world:#?}", path.join("\n"));
        }
        Found::TooMany => panic!("{course:?} has more than {MOST_STATES} states"),
    }
}

#[test]
fn no_course_of_paying_by_card_loses_money() {
    holds(Course::Card);
}

#[test]
fn no_course_of_late_money_loses_it() {
    holds(Course::Late);
}

#[test]
fn no_course_of_vouchers_loses_money() {
    holds(Course::Voucher);
}

#[test]
fn no_course_of_refunds_loses_money() {
    holds(Course::Refunds);
}

#[test]
fn no_course_of_refunds_at_the_services_own_screens_loses_money() {
    holds(Course::Dashboard);
}

#[test]
fn no_course_of_disputes_loses_money() {
    holds(Course::Disputes);
}

#[test]
fn no_course_of_cash_beside_a_page_loses_money() {
    holds(Course::Cash);
}

#[test]
fn no_course_of_falsified_amounts_loses_money() {
    holds(Course::Falsified);
}

#[test]
fn every_guard_that_is_broken_loses_money_on_some_course() {
    for guard in Guard::EVERY {
        let rules = Rules::without(guard);
        let lost = EVERY.into_iter().filter(|course| guard.shows_on(*course));
        let mut found = None;
        for course in lost {
            if let Found::Wrong { what, path, .. } = explore(&course.start(), &rules, MOST_STATES) {
                found = Some((course, what, path));
                break;
            }
        }
        let Some((course, what, path)) = found else {
            panic!(
                "without {guard:?} nothing goes wrong: it guards nothing, or the search is blind"
            );
        };
        println!(
            "{guard:?} on {course:?}: {what}\n    {}",
            path.join("\n    ")
        );
    }
}
