//! Uses (利用): what a time was or will be used for, read page by page, without the money and without
//! anybody's name.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{FacilityId, ReservationId};
use domain::quote::Quote;
use domain::reservation::StateName;
use domain::span::{Cell, Span};

use super::{Particulars, Stored};

/// A reservation as far as its fee goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseRow {
    /// Which.
    pub id: ReservationId,
    /// Its number, as people read it aloud.
    pub number: String,
    /// Where.
    pub facility: FacilityId,
    /// When.
    pub span: Span,
    /// How many people.
    pub people: u32,
    /// Names and choices as booked.
    pub particulars: Particulars,
    /// The frozen quote.
    pub quote: Quote,
    /// Its state.
    pub state: StateName,
    /// When it was made, UTC.
    pub created_at: DateTime<Utc>,
}

/// Which uses are read.
#[derive(Clone, Copy, Debug)]
pub struct Uses<'a> {
    /// Those that begin in `[from, until)`.
    pub from: Cell,
    /// The end of it.
    pub until: Cell,
    /// Those in these states.
    pub states: &'a [StateName],
}

/// Reads uses.
#[async_trait]
pub trait UseReads {
    /// One page of them, by start: at most `most`, those after `after`, the last of the page before.
    /// A page costs the same wherever it lies.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn uses(
        &self,
        which: Uses<'_>,
        after: Option<(Cell, ReservationId)>,
        most: u32,
    ) -> Stored<Vec<UseRow>>;
}
