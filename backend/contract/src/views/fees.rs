//! The fee simulation (料金シミュレーション), for everybody.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::quote::Quote;
use domain::town::{Facility, Reduction, Room, Slug, UserAttribute};

use crate::Refusal;

/// What the simulation asks about a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeForm {
    /// The facility as the town file says.
    pub facility: Arc<Facility>,
    /// The room.
    pub room: Arc<Room>,
    /// The town's questions that can change its fee, or whether a reduction is granted.
    pub asked: Vec<UserAttribute>,
    /// True where it costs something else for people from outside.
    pub by_residence: bool,
    /// The reductions that are not closed to it from the start.
    pub reductions: Vec<Reduction>,
    /// The next day on which it is open, from tomorrow.
    pub open_day: NaiveDate,
}

/// What a use would cost, whether it can be booked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeAnswer {
    /// The lines; with a reduction, what is left.
    pub quote: Quote,
    /// The options that are charged without being asked for.
    pub automatic: Vec<Slug>,
    /// Why this time cannot be booked, whoever has the room; `None` where it can.
    pub obstacle: Option<Refusal>,
}
