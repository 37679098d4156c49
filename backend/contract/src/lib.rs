//! What the screens and the API may ask, and what they get for an answer.
//!
//! Knows the words of `domain`: commands that come in, views that go out, refusals with stable
//! codes, and the traits [`Resident`] and [`Visitor`] that the use cases implement. Must not know
//! databases, HTTP, Stripe or Leptos. Builds for wasm32.

mod call;
mod commands;
mod failure;
mod permissions;
mod refusal;
mod resident;
mod views;

pub use call::{Actor, Call, LiveSession, STEP_UP_MINUTES, SignedIn};
pub use commands::{
    BookRoom, CancelReservation, CardRef, ChosenOption, NotACard, QuoteRoom, SearchFacilities,
    UpdateProfile,
};
pub use failure::{Failure, Fault, Outcome};
pub use permissions::{Action, Permission, permission};
pub use refusal::{FieldProblem, ProblemKind, Reaction, Refusal};
pub use resident::{Resident, Visitor};
pub use views::*;
