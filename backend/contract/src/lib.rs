//! What the screens and the API may ask, and what they get for an answer.
//!
//! Knows the words of `domain`: commands that come in, views that go out, refusals with stable
//! codes, and the traits [`Resident`], [`Visitor`] and [`Staff`] that the use cases implement. Must not know
//! databases, HTTP, Stripe or Leptos. Builds for wasm32.

mod call;
mod commands;
mod counter;
mod failure;
mod groups;
mod manage;
mod permissions;
mod refusal;
mod reports;
mod resident;
mod reviews;
mod role;
mod sales;
mod staff;
mod till;
mod transfers;
mod views;
mod walk_in;

pub use call::{Actor, Call, LiveSession, STEP_UP_MINUTES, SignedIn, StaffSignedIn};
pub use commands::{
    BookRoom, CancelReservation, CardRef, ChosenOption, GiveUpSlots, NotACard, QuoteRoom,
    SearchFacilities, UpdateProfile, WhatIf,
};
pub use counter::Counter;
pub use failure::{Failure, Fault, Outcome};
pub use groups::{ApplyGroup, ChangeAgent, GroupDecision, GroupDesk, Groups, NoteGroup};
pub use manage::Manage;
pub use permissions::{Action, Permission, permission, role_may};
pub use refusal::{
    ClosureProblem, FieldProblem, GroupProblem, PartProblem, ProblemKind, Reaction, Refusal,
    RuleProblem,
};
pub use reports::Reports;
pub use resident::{Resident, Visitor};
pub use reviews::{DecideReview, REASON_MAX, ReduceAtCounter, Reviews, SubmitForReview};
pub use role::{NoSuchRole, Role};
pub use sales::{CancelSale, PayOut, SaleCancel, Sales, TakeCash};
pub use staff::Staff;
pub use till::{AddFloat, CloseDrawer, OpenDrawer, SheetFormat, Tills};
pub use transfers::{AccountWords, PrepareTransfers, TellAccount, Transfers};
pub use views::*;
pub use walk_in::{PersonWords, RegisterPerson, WalkIn};
