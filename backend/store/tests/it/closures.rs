//! Closures: what is asked for, whom they hit, how they are lifted again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, Weekday};
use domain::closure::{ClosureKind, ClosureReason, Hours, Place, Schedule};
use domain::ids::{ClosureId, ClosureSeriesId, FacilityId, UnitId};
use domain::reservation::{CancelledBy, ReservationState};
use domain::span::{Cell, Span};
use testkit::TestWorld;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{
    ClaimOutcome, ClaimedCell, ClosureAsked, ClosureSeriesRecord, LiftRecord, Store as _,
};

use crate::behind::count;
use crate::booking::{book, booked};

fn gym(world: &TestWorld) -> FacilityId {
    world.facility(&"gym".parse().unwrap()).unwrap()
}

fn both_halves(world: &TestWorld) -> Vec<UnitId> {
    ["gym-a", "gym-b"]
        .map(|unit| world.unit(unit).unwrap())
        .into()
}

fn span(day: &str, start: &str, end: &str) -> Span {
    let day: NaiveDate = day.parse().unwrap();
    Span::on(day, start.parse().unwrap(), end.parse().unwrap()).unwrap()
}

/// Works at the gym, every Saturday evening.
async fn works(world: &TestWorld) -> ClosureSeriesRecord {
    let hours = Hours::Between {
        start: "18:00".parse().unwrap(),
        end: "21:00".parse().unwrap(),
    };
    ClosureSeriesRecord {
        id: ClosureSeriesId(world.chance.id(world.clock.now())),
        facility: gym(world),
        reason: ClosureReason::new(ClosureKind::Works, "床の張り替え").unwrap(),
        asked: Some(ClosureAsked {
            place: Place::Rooms(["gym-north".parse().unwrap()].into()),
            schedule: Schedule {
                from: "2026-11-28".parse().unwrap(),
                until: "2026-12-31".parse().unwrap(),
                weekdays: vec![Weekday::Sat],
                hours,
            },
            by: world.clerk().await.unwrap(),
        }),
        made_at: world.clock.now(),
    }
}

fn named(world: &TestWorld, spans: &[Span]) -> BTreeMap<ClosureId, Span> {
    let id = || ClosureId(world.chance.id(world.clock.now()));
    spans.iter().map(|span| (id(), *span)).collect()
}

/// Enters a closure that claims nothing yet; its spans' ids in their order.
pub async fn entered(world: &TestWorld, spans: &[Span]) -> Vec<ClosureId> {
    let closure = works(world).await;
    let spans = named(world, spans);
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    tx.insert_closure_series(&closure, &spans).await.unwrap();
    tx.commit().await.unwrap();
    let mut ids: Vec<_> = spans.into_iter().collect();
    ids.sort_by_key(|(_, span)| *span);
    ids.into_iter().map(|(id, _)| id).collect()
}

fn floor(units: &[UnitId], spans: &BTreeMap<ClosureId, Span>) -> BTreeMap<ClaimedCell, ClosureId> {
    let mut cells = BTreeMap::new();
    for (id, span) in spans {
        for unit in units {
            cells.extend(span.cells().map(|cell| ((*unit, cell), *id)));
        }
    }
    cells
}

/// A closure of some floor that stands.
async fn closed(
    world: &TestWorld,
    units: &[UnitId],
    spans: &[Span],
) -> (ClosureSeriesRecord, BTreeMap<ClosureId, Span>) {
    let closure = works(world).await;
    let spans = named(world, spans);
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    tx.insert_closure_series(&closure, &spans).await.unwrap();
    let outcome = tx.claim_closures(&floor(units, &spans)).await.unwrap();
    assert_eq!(outcome, ClaimOutcome::Claimed);
    tx.commit().await.unwrap();
    (closure, spans)
}

testkit::on_both! {
    async fn a_closure_comes_back_with_its_reason_and_everything_that_was_asked(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let spans = [span("2026-12-05", "18:00", "21:00"), span("2026-11-28", "18:00", "21:00")];
        let units = [world.unit("gym-a").unwrap()];
        let (closure, named) = closed(&world, &units, &spans).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let (known, parts) = reading.closure_series(closure.id).await.unwrap().unwrap();
        assert_eq!(known, closure);
        let known: Vec<_> = parts.iter().map(|part| part.span).collect();
        assert_eq!(known, [spans[1], spans[0]], "by start");
        for part in &parts {
            assert_eq!(named[&part.id], part.span);
            assert_eq!((part.closed(), part.lifted), (Some(part.span), None));
            assert_eq!((part.series, &part.reason), (closure.id, &closure.reason));
        }
        let (from, until) = (spans[0].start().plus(-1), spans[0].start().plus(1));
        let december = reading.closures_between(from, until).await.unwrap();
        assert_eq!(december, parts[1..]);
        assert_eq!(reading.closures_between(from.plus(-2), from).await.unwrap(), []);
        let nobody = ClosureSeriesId(world.chance.id(world.clock.now()));
        assert_eq!(reading.closure_series(nobody).await.unwrap(), None);
    }

    async fn a_board_sees_what_is_closed_cell_by_cell_and_why(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let units = both_halves(&world);
        booked(&world).await;
        let afternoon = span("2026-11-28", "13:00", "15:00");
        let (closure, spans) = closed(&world, &units[..1], &[afternoon]).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let (from, until) = (afternoon.start().plus(1), afternoon.end().plus(100));
        let shown = reading.closures_on(&units, from, until).await.unwrap();
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].closure.reason, closure.reason);
        assert!(spans.contains_key(&shown[0].closure.id));
        let cells: Vec<_> = afternoon.cells().skip(1).map(|cell| (units[0], cell)).collect();
        assert_eq!(shown[0].cells, cells, "bookings are no closures");
        assert_eq!(reading.closures_on(&units[1..], from, until).await.unwrap(), []);
        assert_eq!(reading.closures_on(&[], from, until).await.unwrap(), []);
        let wish = world.reservation("gym-full", "2026-11-28", "14:30", "16:00").unwrap();
        assert_eq!(book(&world, &wish).await.unwrap(), ClaimOutcome::Taken);
        let south = world.reservation("gym-south", "2026-11-28", "14:30", "16:00").unwrap();
        assert_eq!(book(&world, &south).await.unwrap(), ClaimOutcome::Claimed);
    }

    async fn a_closure_that_collides_tells_whom_it_hits_and_can_stand_once_they_are_gone(
        db: TestStore
    ) {
        let world = TestWorld::new(&db).await.unwrap();
        let whole = booked(&world).await;
        let beside = world.reservation("gym-south", "2026-11-28", "13:00", "15:00").unwrap();
        assert_eq!(book(&world, &beside).await.unwrap(), ClaimOutcome::Claimed);
        let north = [world.unit("gym-a").unwrap()];
        let day = span("2026-11-28", "09:00", "21:00");
        let closure = works(&world).await;
        let spans = named(&world, &[day]);
        let now = world.clock.now();

        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.insert_closure_series(&closure, &spans).await.unwrap();
        let outcome = tx.claim_closures(&floor(&north, &spans)).await.unwrap();
        assert_eq!(outcome, ClaimOutcome::Taken);
        let hit = tx.booked_on(&north, &[day]).await.unwrap();
        drop(tx);
        let [hit] = &hit[..] else { unreachable!("{hit:?}") };
        assert_eq!((hit.reservation, hit.span), (whole.id, whole.span));
        assert_eq!(hit.state, whole.state.name());
        let halves: BTreeSet<_> = both_halves(&world).into_iter().collect();
        assert_eq!(hit.units, halves, "all of its floor, not only what is closed");

        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.insert_closure_series(&closure, &spans).await.unwrap();
        for hit in tx.booked_on(&north, &[day]).await.unwrap() {
            let record = tx.lock_reservation(hit.reservation).await.unwrap().unwrap();
            let gone = ReservationState::Cancelled {
                at: now,
                by: CancelledBy::Facility,
                reason: closure.reason.for_cancelling(),
            };
            tx.unclaim(record.id).await.unwrap();
            tx.set_state(record.id, record.revision, &gone, now).await.unwrap();
        }
        let outcome = tx.claim_closures(&floor(&north, &spans)).await.unwrap();
        assert_eq!(outcome, ClaimOutcome::Claimed);
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.booked_on(&north, &[day]).await.unwrap(), []);
        assert_eq!(reading.booked_on(&both_halves(&world), &[day]).await.unwrap().len(), 1);
    }

    async fn of_a_years_evenings_exactly_those_are_hit_that_are_booked(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first: NaiveDate = "2026-12-01".parse().unwrap();
        let evening = |day: NaiveDate| {
            let (start, end) = ("18:00".parse().unwrap(), "19:00".parse().unwrap());
            Span::on(day, start, end).unwrap()
        };
        let spans: Vec<_> = first.iter_days().take(250).map(evening).collect();
        let mut wanted = Vec::new();
        for (n, day) in first.iter_days().take(260).enumerate() {
            let times = [("18:30", "20:00"), ("17:00", "18:00"), ("19:00", "20:00")];
            let (start, end) = times[n % 3];
            if n % 7 == 0 {
                let wish = world.reservation("gym-north", &day.to_string(), start, end).unwrap();
                assert_eq!(book(&world, &wish).await.unwrap(), ClaimOutcome::Claimed);
                if n % 3 == 0 && n < 250 {
                    wanted.push(wish.id);
                }
            }
        }
        let reading = world.store.read(world.municipality).await.unwrap();
        let hit = reading.booked_on(&both_halves(&world), &spans).await.unwrap();
        let hit: Vec<_> = hit.into_iter().map(|one| one.reservation).collect();
        assert_eq!(hit, wanted);
        assert!(wanted.len() > 10);
        assert_eq!(reading.booked_on(&both_halves(&world), &[]).await.unwrap(), []);
    }

    async fn what_is_lifted_can_be_booked_again_and_what_has_passed_stays(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let units = both_halves(&world);
        let spans = [span("2026-11-28", "09:00", "21:00"), span("2026-11-29", "09:00", "21:00")];
        let (closure, named) = closed(&world, &units, &spans).await;
        let today = named.iter().find(|(_, span)| **span == spans[0]).unwrap();
        let from = Cell::at("2026-11-28".parse().unwrap(), "12:30".parse().unwrap()).unwrap();
        let by = world.clerk().await.unwrap();
        let lift = LiftRecord { from, at: world.clock.now(), by };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let (_, parts) = tx.lock_closure_series(closure.id).await.unwrap().unwrap();
        assert_eq!(parts.len(), 2);
        assert!(tx.lift_closure(*today.0, &lift).await.unwrap());
        assert!(!tx.lift_closure(*today.0, &lift).await.unwrap(), "once");
        tx.commit().await.unwrap();

        let reading = world.store.read(world.municipality).await.unwrap();
        let (_, parts) = reading.closure_series(closure.id).await.unwrap().unwrap();
        assert_eq!(parts[0].lifted, Some(lift));
        assert_eq!(parts[0].closed(), Some(Span::new(spans[0].start(), from).unwrap()));
        assert_eq!(parts[1].closed(), Some(spans[1]), "the other day stays");
        assert_eq!(count(&db, "SELECT count(*) FROM claims").await, 2 * 7 + 2 * 24);
        for (day, start, end, outcome) in [
            ("2026-11-28", "12:00", "13:00", ClaimOutcome::Taken),
            ("2026-11-28", "12:30", "14:30", ClaimOutcome::Claimed),
            ("2026-11-29", "12:30", "14:30", ClaimOutcome::Taken),
        ] {
            let wish = world.reservation("gym-full", day, start, end).unwrap();
            assert_eq!(book(&world, &wish).await.unwrap(), outcome, "{day} {start}");
        }
        let whole = named.iter().find(|(_, span)| **span == spans[1]).unwrap();
        let lift = LiftRecord { from: spans[1].start(), ..lift };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.lift_closure(*whole.0, &lift).await.unwrap());
        tx.commit().await.unwrap();
        let (_, parts) = reading.closure_series(closure.id).await.unwrap().unwrap();
        assert_eq!(parts[1].closed(), None);
    }

    async fn a_closure_and_ten_who_book_at_once_never_share_floor(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let units = both_halves(&world);
        for round in 1..=10 {
            let day = format!("2026-12-{round:02}");
            let start = Arc::new(Barrier::new(11));
            let mut people = JoinSet::new();
            for n in 0..10 {
                let (world, start, day) = (world.clone(), Arc::clone(&start), day.clone());
                let room = ["gym-full", "gym-north", "gym-south"][n % 3];
                people.spawn(async move {
                    let wish = world.reservation(room, &day, "18:00", "20:00").unwrap();
                    start.wait().await;
                    book(&world, &wish).await.unwrap() == ClaimOutcome::Claimed
                });
            }
            let closure = works(&world).await;
            let spans = named(&world, &[span(&day, "09:00", "21:00")]);
            let cells = floor(&units, &spans);
            start.wait().await;
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            tx.insert_closure_series(&closure, &spans).await.unwrap();
            let stands = tx.claim_closures(&cells).await.unwrap() == ClaimOutcome::Claimed;
            if stands {
                tx.commit().await.unwrap();
            } else {
                drop(tx);
            }
            let got = people.join_all().await.into_iter().filter(|got| *got).count();
            assert_eq!(stands, got == 0, "{day}: closed {stands}, booked {got}");
        }
    }

    async fn one_town_sees_no_closure_of_another(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let units = both_halves(&here);
        let day = span("2026-11-28", "09:00", "21:00");
        let (closure, spans) = closed(&here, &units, &[day]).await;
        let reading = there.store.read(there.municipality).await.unwrap();
        assert_eq!(reading.closure_series(closure.id).await.unwrap(), None);
        assert_eq!(reading.closures_between(day.start(), day.end()).await.unwrap(), []);
        assert_eq!(reading.closures_on(&units, day.start(), day.end()).await.unwrap(), []);
        let by = there.clerk().await.unwrap();
        let lift = LiftRecord { from: day.start(), at: there.clock.now(), by };
        let mut tx = there.store.begin(there.municipality).await.unwrap();
        for id in spans.keys() {
            assert!(!tx.lift_closure(*id, &lift).await.unwrap());
        }
        tx.commit().await.unwrap();
        assert_eq!(count(&db, "SELECT count(*) FROM claims").await, 48);
    }
}
