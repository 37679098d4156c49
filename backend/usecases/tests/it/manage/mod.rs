//! The manager's side: the board, following it, and closures.

mod board;
mod closing;
mod lifting;
mod races;

use std::collections::BTreeSet;

use contract::{Call, CloseRooms, ClosurePreview, MadeClosure, Manage as _, Outcome, Role};
use domain::closure::{ClosureKind, ClosureReason, Hours, Place, Schedule};
use usecases::ports::chance::Chance as _;

use crate::bench::Bench;

/// A Saturday.
pub const DAY: &str = "2026-12-05";

/// The gym's manager.
pub async fn manager(bench: &Bench) -> Call {
    bench
        .on_duty("suzuki", &[(Role::Manager, Some("gym"))])
        .await
}

/// The gym, all day on [`DAY`], for works on the roof.
pub fn works(bench: &Bench) -> CloseRooms {
    CloseRooms {
        facility: "gym".parse().unwrap(),
        place: Place::Facility,
        schedule: Schedule::once(DAY.parse().unwrap(), Hours::OpeningDay),
        reason: ClosureReason::new(ClosureKind::Works, "屋根の修理").unwrap(),
        around_people: false,
        submission: bench.world().chance.id(bench.now()),
    }
}

/// These rooms only.
pub fn rooms(names: &[&str]) -> Place {
    let rooms: BTreeSet<_> = names.iter().map(|name| name.parse().unwrap()).collect();
    Place::Rooms(rooms)
}

/// From one time to another.
pub fn between(start: &str, end: &str) -> Hours {
    Hours::Between {
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
    }
}

/// What the manager is shown.
pub async fn preview(bench: &Bench, manager: &Call, wish: &CloseRooms) -> ClosurePreview {
    bench.desk().preview_closure(manager, wish).await.unwrap()
}

/// Looks, and says yes to what was shown.
pub async fn close(bench: &Bench, manager: &Call, wish: &CloseRooms) -> Outcome<MadeClosure> {
    let seen = preview(bench, manager, wish).await.seen;
    bench.desk().close(manager, wish, &seen).await
}
