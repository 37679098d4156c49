//! What was given up: kept as it was reckoned, once for each act, and with the floor let go.

use domain::ids::CancellationId;
use domain::money::Yen;
use domain::quote::{Component, QuoteLine};
use domain::refunds::Grounds;
use domain::reservation::CancelledBy;
use domain::span::{Cell, Span};
use testkit::{Engine, TestWorld};
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{
    CancellationRecord, ClaimOutcome, LentPiece, ReservationRecord, Store as _, StoreFailure,
};

use crate::behind::{count, orphans, refused};
use crate::booking::booked;

fn act(world: &TestWorld, record: &ReservationRecord, left: Option<Span>) -> CancellationRecord {
    let now = world.clock.now();
    CancellationRecord {
        id: CancellationId(world.chance.id(now)),
        reservation: record.id,
        nth: 1,
        before: record.span,
        left,
        by: CancelledBy::Resident,
        staff: None,
        grounds: Grounds::Own,
        words: String::new(),
        paid: Yen::new(800),
        refund: Yen::ZERO,
        refund_id: None,
        lines: vec![QuoteLine {
            label: "期限を過ぎた取消（還付なし）".to_owned(),
            basis: "条例第10条".to_owned(),
            component: Component::Room,
            quantity: 1,
            unit_yen: Yen::ZERO.into(),
            amount_yen: Yen::ZERO.into(),
        }],
        made_at: now,
    }
}

fn projector(cell: Cell) -> LentPiece {
    LentPiece {
        stock: "projector".parse().unwrap(),
        cell,
        piece: 1,
    }
}

/// The last cell is given up.
fn shorter(span: Span) -> Span {
    Span::new(span.start(), span.end().plus(-1)).unwrap()
}

async fn note(world: &TestWorld, act: &CancellationRecord) -> Result<(), StoreFailure> {
    let mut tx = world.store.begin(world.municipality).await?;
    tx.lock_reservation(act.reservation).await?;
    tx.insert_cancellation(act).await?;
    tx.commit().await
}

testkit::on_both! {
    async fn what_was_given_up_reads_as_it_was_kept_and_its_floor_is_free(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        let left = shorter(record.span);
        let act = act(&world, &record, Some(left));
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let locked = tx.lock_reservation(record.id).await.unwrap().unwrap();
        let pieces: Vec<LentPiece> = record.span.cells().map(projector).collect();
        let lent = tx.claim_stock(record.id, record.facility, &pieces).await.unwrap();
        assert_eq!(lent, ClaimOutcome::Claimed);
        tx.shrink_reservation(record.id, locked.revision, left, world.clock.now()).await.unwrap();
        tx.insert_cancellation(&act).await.unwrap();
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.cancellations(record.id).await.unwrap(), [act]);
        assert_eq!(reading.reservation(record.id).await.unwrap().unwrap().span, left);
        let units: Vec<_> = world.town.units.values().copied().collect();
        let last: Cell = left.end();
        assert!(reading.claimed(&units, last, record.span.end()).await.unwrap().is_empty());
        assert!(!reading.claimed(&units, left.start(), left.end()).await.unwrap().is_empty());
        let (start, end) = (record.span.start(), record.span.end());
        let still: Vec<LentPiece> = left.cells().map(projector).collect();
        assert_eq!(reading.lent(record.facility, start, end).await.unwrap(), still);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let stale = tx.shrink_reservation(record.id, locked.revision, left, world.clock.now()).await;
        assert!(matches!(stale, Err(StoreFailure::Contended)), "{stale:?}");
        drop(tx);
        assert_eq!(orphans(&db).await, 0);
        // Another town knows nothing of it.
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let theirs = there.store.read(there.municipality).await.unwrap();
        assert!(theirs.cancellations(record.id).await.unwrap().is_empty());
    }

    async fn an_act_is_kept_once_and_nothing_follows_the_whole(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        let first = act(&world, &record, Some(shorter(record.span)));
        note(&world, &first).await.unwrap();
        let twice = act(&world, &record, None);
        assert!(note(&world, &twice).await.is_err(), "the same number");
        note(&world, &CancellationRecord { nth: 2, ..twice }).await.unwrap();
        let after = CancellationRecord { nth: 3, ..act(&world, &record, None) };
        assert!(note(&world, &after).await.is_err(), "all is given up already");
        assert_eq!(count(&db, "SELECT count(*) FROM cancellations").await, 2);
    }

    async fn what_was_given_up_is_only_added_to_and_adds_up(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        note(&world, &act(&world, &record, None)).await.unwrap();
        for change in ["UPDATE cancellations SET refund_yen = 0", "DELETE FROM cancellations"] {
            refused(&db, change, "append-only").await;
        }
        let check = match db.engine() {
            Engine::Sqlite => "CHECK constraint failed",
            Engine::Postgres => "violates check constraint",
        };
        let copy = |changed: &str| {
            let columns = "municipality_id, id, reservation_id, nth, starts_at, ends_at, left_from,
                left_until, given_up_by, staff_id, grounds, code, words, paid_yen, refund_yen,
                refund_id, lines, made_at";
            let (name, value) = changed.split_once('=').unwrap();
            let from = columns.replacen(name, value, 1);
            let from = from.replacen(" nth,", " 9,", 1);
            format!("INSERT INTO cancellations ({columns}) SELECT {from} FROM cancellations")
        };
        for changed in [
            "refund_yen=801",
            "refund_yen=1",
            "paid_yen=-1",
            "grounds='kindness'",
            "grounds='override'",
            "grounds='facility'",
            "given_up_by='counter'",
            "left_from=starts_at",
            "ends_at=starts_at",
        ] {
            refused(&db, &copy(changed), check).await;
        }
    }
}
