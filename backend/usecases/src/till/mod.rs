//! Drawers (引出し・日計): opened, moved, counted, closed, and what the day's sheet says of them.

mod close;
mod day;
mod float;
mod hands;
mod open;
mod sheet;
mod show;

pub(crate) use day::due;
pub(crate) use hands::{Moved, hands_on, move_cash, moved_before, the_same};

use async_trait::async_trait;
use chrono::NaiveDate;
use contract::{
    AddFloat, Call, CloseDrawer, OpenDrawer, Outcome, Paper, SheetFormat, TillDay, TillView, Tills,
};
use domain::ids::TillId;
use domain::town::Slug;

use crate::desk::Desk;

#[async_trait]
impl Tills for Desk {
    async fn till_day(
        &self,
        call: &Call,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<TillDay> {
        self.drawers_on(call, facility, date).await
    }

    async fn till(&self, call: &Call, id: TillId) -> Outcome<TillView> {
        self.one_drawer(call, id).await
    }

    async fn open_drawer(&self, call: &Call, open: &OpenDrawer) -> Outcome<TillId> {
        self.open_the_drawer(call, open).await
    }

    async fn add_float(&self, call: &Call, add: &AddFloat) -> Outcome<()> {
        self.add_to_float(call, add).await
    }

    async fn close_drawer(&self, call: &Call, close: &CloseDrawer) -> Outcome<()> {
        self.close_the_drawer(call, close).await
    }

    async fn day_sheet(&self, call: &Call, id: TillId, format: SheetFormat) -> Outcome<Paper> {
        self.sheet_of(call, id, format).await
    }
}
