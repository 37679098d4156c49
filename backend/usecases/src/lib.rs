//! One file per action: authorise, check, change, audit, enqueue, in one transaction.
//!
//! Knows the rules of `domain`, the words of `contract` and the ports it defines itself. Must not
//! know SQL, HTTP, Stripe, typst or the clock: those stand behind [`ports`].

pub mod apply_town;
pub mod authority;
mod booking;
mod browse;
mod cards;
mod counter;
mod desk;
mod filing;
mod groups;
mod manage;
mod moved_away;
mod outbox;
mod papers;
pub mod payments;
pub mod personnel;
pub mod ports;
mod profile;
mod refund_notice;
mod reports;
mod residency;
mod resident;
pub mod retention;
pub mod return_path;
mod review;
mod revision;
mod round;
mod sale;
mod sealing;
pub mod sign_in;
pub mod staff_sign_in;
pub mod study;
mod till;
mod town_file;
mod trail;
pub mod transact;
mod transfers;
mod uses;
pub mod viewed;
mod walk_in;
mod work;

pub use desk::Desk;
pub use revision::town_effect;
pub use work::Worker;
