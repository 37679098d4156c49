//! Uses, page by page.

use domain::ids::ReservationId;
use domain::reservation::{ReservationState, StateName};
use domain::span::Cell;
use testkit::TestWorld;
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{InsertOutcome, ReservationRecord, Store as _, UseRow, Uses};

/// One that was paid for.
async fn paid(world: &TestWorld, room: &str, day: &str, times: (&str, &str)) -> ReservationRecord {
    let mut record = world.reservation(room, day, times.0, times.1).unwrap();
    record.state = ReservationState::Confirmed {
        at: world.clock.now(),
    };
    kept(world, record).await
}

async fn kept(world: &TestWorld, record: ReservationRecord) -> ReservationRecord {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let outcome = tx.insert_reservation(&record).await.unwrap();
    assert_eq!(outcome, InsertOutcome::Inserted);
    tx.commit().await.unwrap();
    record
}

fn midnight(day: &str) -> Cell {
    Cell::at(day.parse().unwrap(), "00:00".parse().unwrap()).unwrap()
}

/// All pages of so many, one after the other.
async fn pages(world: &TestWorld, which: Uses<'_>, most: u32) -> Vec<Vec<UseRow>> {
    let reading = world.store.read(world.municipality).await.unwrap();
    let (mut pages, mut after) = (Vec::new(), None);
    loop {
        let page = reading.uses(which, after, most).await.unwrap();
        let Some(last) = page.last() else {
            return pages;
        };
        after = Some((last.span.start(), last.id));
        pages.push(page);
    }
}

fn ids<'a>(rows: impl IntoIterator<Item = &'a UseRow>) -> Vec<ReservationId> {
    rows.into_iter().map(|row| row.id).collect()
}

testkit::on_both! {
    async fn pages_of_any_size_hold_every_use_once_and_by_start(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut expected = Vec::new();
        for (day, times) in [
            ("2026-11-28", ("13:00", "15:00")),
            ("2026-11-29", ("09:00", "11:00")),
            ("2026-11-30", ("00:00", "01:00")),
        ] {
            // Three at one time: the page may end among them.
            for room in ["gym-north", "gym-south", "hall-room"] {
                let record = paid(&world, room, day, times).await;
                expected.push((record.span.start(), record.id));
            }
        }
        expected.sort();
        let expected: Vec<_> = expected.into_iter().map(|(_, id)| id).collect();
        let (from, until) = (midnight("2026-11-28"), midnight("2026-12-01"));
        let which = Uses { from, until, states: &[StateName::Confirmed] };
        for most in [1, 2, 3, 4, 9, 100] {
            let pages = pages(&world, which, most).await;
            assert_eq!(ids(pages.iter().flatten()), expected, "{most} at a time");
            let most = usize::try_from(most).unwrap();
            let full = pages.iter().rev().skip(1).all(|page| page.len() == most);
            assert!(full, "{most} at a time");
        }
    }

    async fn a_use_says_what_was_asked_for_and_what_it_cost(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = paid(&world, "gym-full", "2026-11-28", ("18:00", "20:00")).await;
        let from = record.span.start();
        let which = Uses { from, until: from.plus(1), states: &[StateName::Confirmed] };
        let read = pages(&world, which, 10).await.concat();
        assert_eq!(
            read,
            [UseRow {
                id: record.id,
                number: record.number,
                facility: record.facility,
                span: record.span,
                people: record.people,
                particulars: record.particulars,
                quote: record.quote,
                state: StateName::Confirmed,
                created_at: record.created_at,
            }]
        );
    }

    async fn other_times_other_states_and_other_towns_are_left_out(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let held = world.reservation("gym-north", "2026-11-28", "09:00", "11:00").unwrap();
        let held = kept(&world, held).await;
        let mine = paid(&world, "gym-south", "2026-11-28", ("09:00", "11:00")).await;
        paid(&world, "gym-south", "2026-11-28", ("11:00", "12:00")).await;
        paid(&world, "gym-south", "2026-11-28", ("08:00", "09:00")).await;
        paid(&there, "gym-south", "2026-11-28", ("09:00", "11:00")).await;
        let (from, until) = (mine.span.start(), mine.span.end());
        let in_states = async |states: &[StateName]| {
            let which = Uses { from, until, states };
            ids(pages(&world, which, 10).await.concat().iter())
        };
        assert_eq!(in_states(&[StateName::Confirmed]).await, [mine.id]);
        assert_eq!(in_states(&[StateName::Held]).await, [held.id]);
        assert_eq!(in_states(&[StateName::Held, StateName::Confirmed]).await.len(), 2);
        assert_eq!(in_states(&[StateName::NoShow]).await, []);
    }
}
