//! Towns and facilities.

use std::sync::Arc;

use domain::money::Yen;
use domain::town::{Contact, Facility, Reduction, Slug, UserAttribute};

use super::SlotOffer;

/// A town, for every page's frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownView {
    /// True where the town registers groups.
    pub registers_groups: bool,
    /// The name (「精華町」).
    pub name: String,
    /// The prefecture (「京都府」).
    pub prefecture: String,
    /// Whom to ask.
    pub contact: Contact,
    /// What the booking form asks beside purpose and people; card-answered ones are left out.
    pub asked_attributes: Vec<UserAttribute>,
    /// The reductions (減免) that the booking form offers.
    pub reductions: Vec<Reduction>,
}

/// What the search form offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchChoices {
    /// Kinds of room, each once, in the town's order.
    pub kinds: Vec<String>,
    /// Parts of town, each once, in the town's order.
    pub areas: Vec<String>,
}

/// A facility in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacilityCard {
    /// Its slug.
    pub id: Slug,
    /// Its name.
    pub name: String,
    /// The part of town.
    pub area: String,
    /// The address.
    pub address: String,
    /// True when some facts are a 見本.
    pub illustrative: bool,
    /// The rooms that fit the search.
    pub rooms: Vec<RoomCard>,
    /// The next time any of them can be booked, within the coming weeks.
    pub next_free: Option<SlotOffer>,
}

/// A room in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomCard {
    /// Its slug.
    pub id: Slug,
    /// Its name.
    pub name: String,
    /// What kind of place it is.
    pub kind: String,
    /// How many people fit.
    pub capacity: u32,
    /// The cheapest price of a slot today, yen, tax included; 0 for a free room.
    pub price_from_yen: Yen,
}

/// One facility with all its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacilityView {
    /// The facility as the town file says.
    pub facility: Arc<Facility>,
    /// The next free time of each room, in the facility's order; `None` when there is none in the
    /// coming weeks.
    pub next_free: Vec<(Slug, Option<SlotOffer>)>,
}
