//! Money: every row of the state table this house serves (payments.md §3), and its adversarial
//! tests (§6), against the pretend Stripe.

mod cancelling;
pub mod cash;
pub mod late;
mod letting_go;
mod notices;
mod paying;
mod trouble;
mod vouchers;
mod wrong;
