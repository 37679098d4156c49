//! The manager's side (施設の管理): the board, who may follow it, closures, and what a change of the
//! town file would do (see [`crate::revision`]).

mod blocks;
mod board;
mod close;
mod closures;
mod effect;
mod follow;
mod lift;
mod plan;
mod preview;
mod sites;
mod to_call;

use async_trait::async_trait;
use contract::{
    BoardView, Call, CloseRooms, ClosureForm, ClosurePreview, ClosureView, ClosuresView,
    MadeClosure, Manage, Outcome, SeeBoard, TownPreview, WrongFile,
};
use domain::closure::Lift;
use domain::ids::ClosureSeriesId;
use domain::town::Slug;

use crate::desk::Desk;

#[async_trait]
impl Manage for Desk {
    async fn board(&self, call: &Call, what: &SeeBoard) -> Outcome<BoardView> {
        self.board_of(call, what).await
    }

    async fn may_follow(&self, call: &Call) -> Outcome<()> {
        self.lets_follow(call).await
    }

    async fn closures(&self, call: &Call) -> Outcome<ClosuresView> {
        self.all_closures(call).await
    }

    async fn closure(&self, call: &Call, id: ClosureSeriesId) -> Outcome<ClosureView> {
        self.one_closure(call, id).await
    }

    async fn closure_form(&self, call: &Call, facility: Option<&Slug>) -> Outcome<ClosureForm> {
        self.what_can_be_closed(call, facility).await
    }

    async fn preview_closure(&self, call: &Call, wish: &CloseRooms) -> Outcome<ClosurePreview> {
        self.what_closing_would_do(call, wish).await
    }

    async fn close(&self, call: &Call, wish: &CloseRooms, seen: &str) -> Outcome<MadeClosure> {
        self.make_closure(call, wish, seen).await
    }

    async fn lift(&self, call: &Call, id: ClosureSeriesId, what: Lift) -> Outcome<()> {
        self.lift_some(call, id, what).await
    }

    async fn preview_town(
        &self,
        call: &Call,
        file: &str,
    ) -> Outcome<Result<TownPreview, WrongFile>> {
        self.what_a_town_would_touch(call, file).await
    }

    async fn town_file(&self, call: &Call) -> Outcome<String> {
        self.town_in_force(call).await
    }
}
