//! Refunds to a bank account (口座振込による還付): the account, the words a bank's computer reads, the
//! order with two signatures and the file that the town's bank takes (全銀協規定形式).
//!
//! What came through the payment service goes back through it; this is for what cannot: a method's
//! time for returning money is over, or the money did not reach the payer (payments.md §3, row 20).

mod account;
mod bank_day;
mod kana;
mod order;
mod payer;
#[cfg(test)]
mod tests;
mod zengin;

pub use account::{
    AccountKind, BankAccount, BranchCode, HOLDER_MOST, NotAnAccount, TypedAccount, YUCHO,
};
pub use bank_day::{is_bank_day, next_bank_day};
pub use kana::{NotForBanks, for_banks};
pub use order::{OrderRefusal, OrderState};
pub use payer::Payer;
pub use zengin::{MOST_ITEMS, OrderItem, Overfull, RECORD_LENGTH, in_jis, zengin};
