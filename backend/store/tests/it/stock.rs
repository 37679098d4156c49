//! Equipment: one piece for one cell, once.

use domain::span::{Cell, Span};
use testkit::TestWorld;
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{ClaimOutcome, LentPiece, ReservationRecord, Store as _};

use crate::behind::{count, meddle, refused};
use crate::booking::{book, booked};

fn piece(cell: Cell, piece: u32) -> LentPiece {
    LentPiece {
        stock: "projector".parse().unwrap(),
        cell,
        piece,
    }
}

/// Lends and commits, or leaves nothing behind.
async fn lend(world: &TestWorld, to: &ReservationRecord, pieces: &[LentPiece]) -> ClaimOutcome {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    tx.lock_stock(to.facility).await.unwrap();
    let outcome = tx.claim_stock(to.id, to.facility, pieces).await.unwrap();
    if outcome == ClaimOutcome::Claimed {
        tx.commit().await.unwrap();
    }
    outcome
}

testkit::on_both! {
    async fn a_piece_is_lent_once_for_a_cell_and_again_after_it_was_let_go(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first = booked(&world).await;
        let second = world.reservation("gym-north", "2026-11-29", "18:00", "20:00").unwrap();
        assert_eq!(book(&world, &second).await.unwrap(), ClaimOutcome::Claimed);
        let cell = first.span.start();
        let wanted = [piece(cell.plus(1), 1), piece(cell, 1)];
        assert_eq!(lend(&world, &first, &wanted).await, ClaimOutcome::Claimed);
        let overlapping = [piece(cell.plus(2), 1), piece(cell.plus(1), 1)];
        assert_eq!(lend(&world, &second, &overlapping).await, ClaimOutcome::Taken);
        assert_eq!(lend(&world, &second, &[piece(cell, 2)]).await, ClaimOutcome::Claimed);

        let reading = world.store.read(world.municipality).await.unwrap();
        let lent = reading.lent(first.facility, cell, cell.plus(2)).await.unwrap();
        assert_eq!(lent, [piece(cell, 1), piece(cell, 2), piece(cell.plus(1), 1)]);
        let elsewhere = world.facility(&"hall".parse().unwrap()).unwrap();
        assert_eq!(reading.lent(elsewhere, cell, cell.plus(2)).await.unwrap(), []);

        // As with claims, what lets go of its floor lets go of its pieces first.
        meddle(&db, "DELETE FROM claims").await;
        let cancelled = "UPDATE reservations
            SET state = 'cancelled', holds_floor = false, deadline_at = NULL";
        refused(&db, cancelled, "constraint").await;
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.unclaim(first.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&db, "SELECT count(*) FROM stock_claims").await, 1);
        assert_eq!(lend(&world, &second, &overlapping).await, ClaimOutcome::Claimed);
    }

    async fn what_is_given_up_of_a_time_gives_its_pieces_back(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let evening = booked(&world).await;
        let start = evening.span.start();
        let pieces: Vec<_> = evening.span.cells().map(|cell| piece(cell, 1)).collect();
        assert_eq!(lend(&world, &evening, &pieces).await, ClaimOutcome::Claimed);
        let left = Span::new(start, start.plus(2)).unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let now = world.clock.now();
        tx.shrink_reservation(evening.id, evening.revision, left, now).await.unwrap();
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let lent = reading.lent(evening.facility, start, start.plus(4)).await.unwrap();
        assert_eq!(lent, [piece(start, 1), piece(start.plus(1), 1)]);
    }
}
