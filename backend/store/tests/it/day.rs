//! Who comes when, and what moved.

use chrono::Duration;
use domain::ids::{FacilityId, ReservationId};
use domain::ledger;
use domain::money::Yen;
use domain::reservation::{CancelledBy, ReservationState};
use domain::span::Cell;
use testkit::TestWorld;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{InsertOutcome, MadeBy, ReservationRecord, Store as _};

use crate::booking::booked;
use crate::money::{ask_for, paid_for, refund};
use crate::payments::{enter, payment};

const DAY: i64 = 48;

async fn kept(world: &TestWorld, record: &ReservationRecord) {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let outcome = tx.insert_reservation(record).await.unwrap();
    assert_eq!(outcome, InsertOutcome::Inserted);
    tx.commit().await.unwrap();
}

async fn wish(world: &TestWorld, room: &str, day: &str, times: (&str, &str)) -> ReservationRecord {
    let record = world.reservation(room, day, times.0, times.1).unwrap();
    kept(world, &record).await;
    record
}

fn facility(world: &TestWorld, slug: &str) -> FacilityId {
    world.facility(&slug.parse().unwrap()).unwrap()
}

/// Midnight in Japan at which a day begins.
fn midnight(day: &str) -> Cell {
    Cell::at(day.parse().unwrap(), "00:00".parse().unwrap()).unwrap()
}

fn ids(records: &[ReservationRecord]) -> Vec<ReservationId> {
    records.iter().map(|record| record.id).collect()
}

testkit::on_both! {
    async fn a_day_is_listed_by_start_and_room_at_one_facility_or_all(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let south = wish(&world, "gym-south", "2026-11-28", ("13:00", "15:00")).await;
        let hall = wish(&world, "hall-room", "2026-11-28", ("09:00", "12:00")).await;
        let north = wish(&world, "gym-north", "2026-11-28", ("13:00", "15:00")).await;
        let early = wish(&world, "gym-full", "2026-11-28", ("09:00", "11:00")).await;
        wish(&world, "gym-full", "2026-11-27", ("09:00", "24:00")).await;
        wish(&world, "gym-full", "2026-11-29", ("00:00", "01:00")).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let from = midnight("2026-11-28");
        let until = from.plus(DAY);

        let at_gym = reading.reservations_at(facility(&world, "gym"), from, until).await.unwrap();
        let mut halves = [north, south];
        halves.sort_by_key(|record| record.room);
        let [first, second] = halves;
        assert_eq!(at_gym, [early.clone(), first.clone(), second.clone()]);

        let everywhere = reading.reservations_between(from, until).await.unwrap();
        let mut mornings = [early, hall];
        mornings.sort_by_key(|record| record.room);
        let [one, other] = mornings;
        assert_eq!(ids(&everywhere), [one.id, other.id, first.id, second.id]);
    }

    async fn what_reaches_into_a_time_is_in_it_and_what_touches_it_is_not(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let long = wish(&world, "gym-full", "2026-11-28", ("00:00", "24:00")).await;
        let gym = facility(&world, "gym");
        let reading = world.store.read(world.municipality).await.unwrap();
        let (start, end) = (long.span.start(), long.span.end());
        for (from, until, there) in [
            (end.plus(-1), end, true),
            (start, start.plus(1), true),
            (start.plus(-4), start.plus(1), true),
            (start.plus(-4), end.plus(4), true),
            (end, end.plus(4), false),
            (start.plus(-4), start, false),
        ] {
            let listed = reading.reservations_at(gym, from, until).await.unwrap();
            let shown = reading.board(Some(gym), from, until).await.unwrap();
            let there = usize::from(there);
            assert_eq!((listed.len(), shown.len()), (there, there), "{from:?}–{until:?}");
        }
    }

    async fn the_list_shows_whatever_became_of_it_and_the_board_who_has_the_floor(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut given_up = world.reservation("gym-full", "2026-11-28", "09:00", "11:00").unwrap();
        given_up.state = ReservationState::Cancelled {
            at: world.clock.now(),
            by: CancelledBy::Resident,
            reason: String::new(),
        };
        kept(&world, &given_up).await;
        let mut stands = world.reservation("gym-full", "2026-11-28", "13:00", "15:00").unwrap();
        stands.made_by = MadeBy::Staff(world.clerk().await.unwrap());
        kept(&world, &stands).await;
        let hall = wish(&world, "hall-room", "2026-11-28", ("13:00", "17:00")).await;
        let gym = facility(&world, "gym");
        let reading = world.store.read(world.municipality).await.unwrap();
        let (from, until) = (midnight("2026-11-28"), midnight("2026-11-29"));
        let listed = reading.reservations_at(gym, from, until).await.unwrap();
        assert_eq!(listed, [given_up, stands.clone()]);
        let shown = reading.board(Some(gym), from, until).await.unwrap();
        let row = shown[0];
        assert_eq!(shown.len(), 1);
        assert_eq!((row.id, row.person, row.facility), (stands.id, stands.person, gym));
        assert_eq!((row.room, row.span, row.state), (stands.room, stands.span, stands.state.name()));
        let all = reading.board(None, from, until).await.unwrap();
        let all: Vec<_> = all.into_iter().map(|row| row.id).collect();
        assert_eq!(all.len(), 2);
        assert!(all.contains(&hall.id));
    }

    async fn a_reservation_is_found_by_its_number_in_its_own_town(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let record = booked(&world).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.by_number(&record.number).await.unwrap(), Some(record.clone()));
        assert_eq!(reading.by_number("00000000x").await.unwrap(), None);
        let theirs = there.store.read(there.municipality).await.unwrap();
        assert_eq!(theirs.by_number(&record.number).await.unwrap(), None);
        let (from, until) = (record.span.start(), record.span.end());
        assert_eq!(theirs.reservations_between(from, until).await.unwrap(), []);
        assert_eq!(theirs.board(None, from, until).await.unwrap(), []);
        assert_eq!(theirs.payments_of_each(&[record.id]).await.unwrap(), []);
    }

    async fn money_of_several_reservations_comes_at_once(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first = booked(&world).await;
        let second = wish(&world, "hall-room", "2026-12-01", ("09:00", "12:00")).await;
        let third = wish(&world, "hall-room", "2026-12-02", ("09:00", "12:00")).await;
        let paid = paid_for(&world, first.id, "cs_1").await;
        let back = refund(&world, paid, first.id);
        ask_for(&world, &back).await;
        world.clock.advance(Duration::seconds(1));
        let trying = payment(&world, second.id);
        assert!(enter(&world, &trying).await);
        let others = payment(&world, third.id);
        assert!(enter(&world, &others).await);
        let reading = world.store.read(world.municipality).await.unwrap();
        let asked = [second.id, first.id];
        let payments = reading.payments_of_each(&asked).await.unwrap();
        let payments: Vec<_> = payments.into_iter().map(|one| (one.reservation, one.id)).collect();
        assert_eq!(payments, [(first.id, paid), (second.id, trying.id)]);
        assert_eq!(reading.refunds_of_each(&asked).await.unwrap(), [back]);
        assert_eq!(reading.payments_of_each(&[]).await.unwrap(), []);
        assert_eq!(reading.refunds_of_each(&[third.id]).await.unwrap(), []);
    }

    async fn what_was_booked_on_a_day_is_read_in_order(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        let paid = paid_for(&world, record.id, "cs_1").await;
        let (fee, start) = (Yen::new(800), world.clock.now());
        let story = [
            ledger::charge(record.id, fee).unwrap(),
            ledger::pay_online(paid, fee).unwrap(),
            ledger::uncharge(record.id, fee).unwrap(),
        ];
        for entry in &story {
            let now = world.clock.now();
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            tx.book_entry(world.chance.id(now), record.id, entry, now).await.unwrap();
            tx.commit().await.unwrap();
            world.clock.advance(Duration::hours(1));
        }
        let reading = world.store.read(world.municipality).await.unwrap();
        let until = start + Duration::hours(2);
        let booked = reading.entries_between(start, until).await.unwrap();
        let told: Vec<_> = booked.iter().map(|one| (one.reservation, one.entry)).collect();
        assert_eq!(told, [(record.id, story[0]), (record.id, story[1])]);
        assert_eq!(booked[1].booked_at, start + Duration::hours(1));
        let later = reading.entries_between(until, until + Duration::hours(1)).await.unwrap();
        assert_eq!(later.len(), 1);
    }
}
