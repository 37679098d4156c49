//! The trait of the manager's screens. The use cases implement it.

use async_trait::async_trait;
use domain::closure::Lift;
use domain::ids::ClosureSeriesId;
use domain::town::Slug;

use crate::views::{
    BoardView, CloseRooms, ClosureForm, ClosurePreview, ClosureView, ClosuresView, MadeClosure,
    SeeBoard, TownPreview, WrongFile,
};
use crate::{Call, Outcome};

/// What a manager may ask (施設の管理).
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` without a role for
/// the facility, `not_found` for what another town has, and the refusals of its rules.
#[async_trait]
pub trait Manage: Send + Sync {
    /// What is taken when.
    async fn board(&self, call: &Call, what: &SeeBoard) -> Outcome<BoardView>;

    /// Whether somebody may hear that the board changed: to be asked again while they listen.
    async fn may_follow(&self, call: &Call) -> Outcome<()>;

    /// The closures that last or come, and those of the last month.
    async fn closures(&self, call: &Call) -> Outcome<ClosuresView>;

    /// One closure with its spans.
    async fn closure(&self, call: &Call, id: ClosureSeriesId) -> Outcome<ClosureView>;

    /// What a form for a new closure offers; the manager's first facility when none is named.
    async fn closure_form(&self, call: &Call, facility: Option<&Slug>) -> Outcome<ClosureForm>;

    /// What a closure would do, before it is made.
    async fn preview_closure(&self, call: &Call, wish: &CloseRooms) -> Outcome<ClosurePreview>;

    /// Makes it: closes, cancels whom it hits, gives back in full and tells them. `seen` is the
    /// [`ClosurePreview::seen`] that was agreed to.
    async fn close(&self, call: &Call, wish: &CloseRooms, seen: &str) -> Outcome<MadeClosure>;

    /// Opens again what a closure has closed: a day, the rest of it, or all.
    async fn lift(&self, call: &Call, id: ClosureSeriesId, what: Lift) -> Outcome<()>;

    /// What a new version of the town file would touch of the bookings that stand, at the facilities
    /// that one may close. Nothing is put in force.
    async fn preview_town(
        &self,
        call: &Call,
        file: &str,
    ) -> Outcome<Result<TownPreview, WrongFile>>;

    /// The town file in force, as a form begins with it.
    async fn town_file(&self, call: &Call) -> Outcome<String>;
}
