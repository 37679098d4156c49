//! What must never happen the database refuses, whoever asks. Tried through the ports where they
//! let one, behind the store's back where they do not.

use domain::ids::{PersonId, UnitId};
use domain::ledger;
use domain::money::Yen;
use domain::reservation::{CancelledBy, ReservationState};
use sea_orm::DbErr;
use testkit::{Engine, TestStore, TestWorld};
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{Store as _, StoreFailure};

use crate::behind::{count, meddle, refused};
use crate::booking::booked;

/// How the databases word a refusal by CHECK and by foreign key.
fn wording(db: &TestStore) -> (&'static str, &'static str) {
    match db.engine() {
        Engine::Sqlite => ("CHECK constraint failed", "FOREIGN KEY constraint failed"),
        Engine::Postgres => (
            "violates check constraint",
            "violates foreign key constraint",
        ),
    }
}

fn cancelled(world: &TestWorld) -> ReservationState {
    ReservationState::Cancelled {
        at: world.clock.now(),
        by: CancelledBy::Resident,
        reason: String::new(),
    }
}

/// A fault because of a foreign key, not contention and not anything else.
fn is_foreign_key(failure: StoreFailure) -> bool {
    let StoreFailure::Fault(fault) = failure else {
        return false;
    };
    std::error::Error::source(&fault)
        .and_then(|source| source.downcast_ref::<DbErr>())
        .and_then(DbErr::sql_err)
        .is_some_and(|error| matches!(error, sea_orm::SqlErr::ForeignKeyConstraintViolation(_)))
}

testkit::on_both! {
    async fn a_cancelled_reservation_gets_no_floor(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.unclaim(reservation.id).await.unwrap();
        tx.set_state(reservation.id, 1, &cancelled(&world), world.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let cells = world.cells(&reservation).unwrap();
        assert!(is_foreign_key(tx.claim(reservation.id, &cells).await.unwrap_err()));
    }

    async fn nothing_lets_go_of_its_state_while_it_has_claims(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let refused = tx.set_state(reservation.id, 1, &cancelled(&world), world.clock.now()).await;
        assert!(is_foreign_key(refused.unwrap_err()));
    }

    async fn a_state_and_what_is_derived_from_it_cannot_differ(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        booked(&world).await;
        let (check, _) = wording(&db);
        refused(&db, "UPDATE reservations SET holds_floor = false", check).await;
        refused(&db, "UPDATE reservations SET state = 'cancelled'", check).await;
        refused(&db, "UPDATE reservations SET state = 'confirmed'", check).await;
        refused(&db, "UPDATE reservations SET deadline_at = NULL", check).await;
        refused(&db, "UPDATE reservations SET state = 'lost', deadline_at = NULL", check).await;
        refused(&db, "UPDATE claims SET holds_floor = false", check).await;
    }

    async fn time_is_on_the_grid_and_runs_forwards(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        booked(&world).await;
        let (check, _) = wording(&db);
        refused(&db, "UPDATE claims SET cell = cell + 1", check).await;
        refused(&db, "UPDATE claims SET cell = cell + 15", check).await;
        refused(&db, "UPDATE reservations SET starts_at = starts_at + 10", check).await;
        refused(&db, "UPDATE reservations SET ends_at = starts_at", check).await;
        refused(&db, "UPDATE reservations SET ends_at = starts_at - 30", check).await;
        refused(&db, "UPDATE reservations SET people = 0", check).await;
        refused(&db, "UPDATE reservations SET total_yen = -1", check).await;
    }

    async fn a_claim_is_somebodys_and_only_one_bodys(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        booked(&world).await;
        let (check, _) = wording(&db);
        refused(&db, "UPDATE claims SET reservation_id = NULL", check).await;
        refused(&db, "UPDATE claims SET closure_id = reservation_id", check).await;
    }

    async fn nothing_points_into_another_town(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let reservation = booked(&here).await;

        let mut tx = here.store.begin(here.municipality).await.unwrap();
        let their_floor: UnitId = there.unit("gym-a").unwrap();
        let claim = tx.claim(reservation.id, &[(their_floor, reservation.span.end())]).await;
        assert!(is_foreign_key(claim.unwrap_err()), "their floor");
        drop(tx);

        let theirs = |change: fn(&mut usecases::ports::store::ReservationRecord, &TestWorld)| {
            let mut record = here.reservation("hall-room", "2026-12-01", "09:00", "12:00").unwrap();
            change(&mut record, &there);
            record
        };
        for record in [
            theirs(|record, there| record.person = there.person),
            theirs(|record, there| record.room = there.room("hall-room").unwrap()),
            theirs(|record, there| {
                record.facility = there.town.facilities[&record.particulars.facility];
            }),
            theirs(|record, _| record.person = PersonId(uuid::Uuid::from_u128(1))),
        ] {
            let mut tx = here.store.begin(here.municipality).await.unwrap();
            assert!(is_foreign_key(tx.insert_reservation(&record).await.unwrap_err()));
        }
        let (_, foreign_key) = wording(&db);
        let move_town = "UPDATE identities SET municipality_id =
            (SELECT id FROM municipalities WHERE code = '999993') WHERE municipality_id =
            (SELECT id FROM municipalities WHERE code = '999997')";
        meddle(&db, "UPDATE identities SET subject = 'other' WHERE municipality_id =
            (SELECT id FROM municipalities WHERE code = '999997')").await;
        refused(&db, move_town, foreign_key).await;
    }

    async fn one_town_cannot_see_or_change_what_is_anothers(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let reservation = booked(&here).await;
        let reading = there.store.read(there.municipality).await.unwrap();
        assert_eq!(reading.reservation(reservation.id).await.unwrap(), None);
        assert_eq!(reading.person(here.person).await.unwrap(), None);
        assert_eq!(reading.reservations_of(here.person, 10).await.unwrap(), []);
        let units: Vec<_> = here.town.units.values().copied().collect();
        let (from, until) = (reservation.span.start(), reservation.span.end());
        assert_eq!(reading.claimed(&units, from, until).await.unwrap(), []);

        let mut tx = there.store.begin(there.municipality).await.unwrap();
        assert_eq!(tx.lock_reservation(reservation.id).await.unwrap(), None);
        tx.unclaim(reservation.id).await.unwrap();
        let state = ReservationState::Confirmed { at: there.clock.now() };
        let change = tx.set_state(reservation.id, 1, &state, there.clock.now()).await;
        assert!(matches!(change, Err(StoreFailure::Contended)), "{change:?}");
        tx.commit().await.unwrap();
        assert_eq!(count(&db, "SELECT count(*) FROM claims").await, 8);
    }

    async fn the_books_and_the_trail_are_only_ever_added_to(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let now = world.clock.now();
        let entry = ledger::charge(reservation.id, Yen::new(800)).unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.book_entry(world.chance.id(now), reservation.id, &entry, now).await.unwrap();
        tx.record(&crate::trail::entry(&world)).await.unwrap();
        tx.commit().await.unwrap();
        for table in ["ledger_entries", "audit_entries"] {
            let id = format!("UPDATE {table} SET municipality_id = municipality_id");
            refused(&db, &id, "append-only").await;
            refused(&db, &format!("DELETE FROM {table}"), "append-only").await;
            if db.engine() == Engine::Postgres {
                refused(&db, &format!("TRUNCATE {table}"), "append-only").await;
            }
        }
        let (check, _) = wording(&db);
        let wrong = [("receivable", "0"), ("receivable", "-800"), ("deferred_fees", "800")];
        for (debit, yen) in wrong {
            let sql = format!(
                "INSERT INTO ledger_entries (municipality_id, id, cause, debit, credit, amount_yen,
                    fiscal_year, reservation_id, booked_at)
                 SELECT municipality_id, reservation_id, 'x', '{debit}', 'deferred_fees', {yen},
                    2026, reservation_id, 0 FROM ledger_entries"
            );
            refused(&db, &sql, check).await;
        }
    }
}
