//! What the schema of the counter and the manager refuses, whoever asks.

use domain::payment::RefundState;
use testkit::{Engine, TestWorld};
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{ClaimOutcome, Store as _};

use crate::behind::{meddle, refused};
use crate::booking::{book, booked};
use crate::cash::{cash, due_in_cash, move_refund};
use crate::closures::entered;
use crate::money::{ask_for, paid_for, refund};
use crate::payments::enter;
use crate::tills::{moved, opened};

const BY_STAFF: &str = "seen_by = (SELECT id FROM staff)";

testkit::on_both! {
    async fn a_number_is_one_persons_and_a_document_was_seen_by_somebody(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        world.another_person("another").await.unwrap();
        world.clerk().await.unwrap();
        refused(&db, "UPDATE people SET serial = 1", "serial").await;
        refused(&db, "UPDATE people SET serial = 0", "constraint").await;
        refused(&db, "UPDATE people SET serial = 10000000", "constraint").await;
        refused(&db, "UPDATE people SET source = 'counter'", "constraint").await;
        refused(&db, "UPDATE people SET document = 'passport'", "constraint").await;
        refused(&db, &format!("UPDATE people SET {BY_STAFF}"), "constraint").await;
        for (seen_by, document, why) in [
            (BY_STAFF, "my_number", "constraint"),
            ("seen_by = id", "passport", "staff"),
        ] {
            let sql = format!(
                "UPDATE people SET source = 'counter', {seen_by}, document = '{document}'"
            );
            refused(&db, &sql, why).await;
        }
        let seen = format!("UPDATE people SET source = 'counter', {BY_STAFF}, document = 'passport'");
        meddle(&db, &seen).await;
        let terms = |kind: &str, hash: &str| format!(
            "INSERT INTO person_terms (municipality_id, person_id, kind, term_hash)
             SELECT municipality_id, id, '{kind}', {hash} FROM people"
        );
        let (short, whole) = match db.engine() {
            Engine::Sqlite => ("x'01'".to_owned(), "zeroblob(32)".to_owned()),
            Engine::Postgres => ("decode('01', 'hex')".to_owned(), "decode(repeat('00', 32), 'hex')".to_owned()),
        };
        refused(&db, &terms("kana", &short), "constraint").await;
        refused(&db, &terms("address", &whole), "constraint").await;
        meddle(&db, &terms("kana", &whole)).await;
    }

    async fn the_counters_reservations_were_made_by_somebody_there(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        booked(&world).await;
        world.clerk().await.unwrap();
        for (wrong, why) in [
            ("channel = 'counter'", "constraint"),
            ("made_by = (SELECT id FROM staff)", "constraint"),
            ("channel = 'fax', made_by = (SELECT id FROM staff)", "constraint"),
            ("channel = 'counter', made_by = id", "staff"),
        ] {
            refused(&db, &format!("UPDATE reservations SET {wrong}"), why).await;
        }
        meddle(
            &db,
            "UPDATE reservations SET channel = 'counter', made_by = (SELECT id FROM staff)",
        )
        .await;
    }

    async fn a_payment_has_a_checkout_exactly_when_it_is_not_in_cash(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        assert!(enter(&world, &cash(&world, reservation.id)).await);
        for wrong in [
            "session_id = 'cs_1'",
            "idempotency_key = 'k'",
            "request = '{}'",
            "method = 'card'",
            "settled_at = NULL",
            "means = 'service'",
            "means = 'barter'",
            "state = 'failed', entrusted_at = NULL",
            "amount_yen = 0",
        ] {
            refused(&db, &format!("UPDATE payments SET {wrong}"), "constraint").await;
        }
        let hall = world.reservation("hall-room", "2026-12-01", "09:00", "12:00").unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let _inserted = tx.insert_reservation(&hall).await.unwrap();
        tx.commit().await.unwrap();
        paid_for(&world, hall.id, "cs_1").await;
        for wrong in [
            "session_id = NULL",
            "idempotency_key = NULL",
            "request = NULL",
            "method = 'cash'",
            "means = 'cash'",
            "entrusted_at = NULL",
        ] {
            let sql = format!("UPDATE payments SET {wrong} WHERE means = 'service'");
            refused(&db, &sql, "constraint").await;
        }
    }

    async fn a_refund_is_sent_or_waits_at_the_counter_and_not_both(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let taken = cash(&world, reservation.id);
        assert!(enter(&world, &taken).await);
        ask_for(&world, &due_in_cash(&world, taken.id, reservation.id)).await;
        let by_card = paid_for(&world, reservation.id, "cs_1").await;
        let sent = refund(&world, by_card, reservation.id);
        ask_for(&world, &sent).await;
        for (means, wrong) in [
            ("cash", "idempotency_key = 'k'"),
            ("cash", "provider_refund_id = 're_1'"),
            ("cash", "state = 'requested'"),
            ("cash", "state = 'done'"),
            ("cash", "means = 'service'"),
            ("cash", "paid_in_cash = true"),
            ("service", "idempotency_key = NULL"),
            ("service", "state = 'due_in_cash'"),
            ("service", "state = 'paid_in_cash'"),
            ("service", "means = 'cash'"),
            ("service", "state = 'lost'"),
        ] {
            let sql = format!("UPDATE refunds SET {wrong} WHERE means = '{means}'");
            refused(&db, &sql, "constraint").await;
        }
        // Of another's payment, or by a way that its money did not come.
        let second = world.reservation("gym-full", "2026-12-01", "09:00", "12:00").unwrap();
        assert_eq!(book(&world, &second).await.unwrap(), ClaimOutcome::Claimed);
        for refund in [
            due_in_cash(&world, by_card, reservation.id),
            due_in_cash(&world, taken.id, second.id),
        ] {
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            assert!(tx.insert_refund(&refund, world.clock.now()).await.is_err(), "{refund:?}");
        }
        let out = RefundState::PaidInCash { at: world.clock.now(), provider_id: None };
        // What failed at the service is paid over the counter all the same.
        move_refund(&world, sent.id, 1, &out).await;
    }

    async fn a_tills_columns_say_what_its_state_says(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (till, float) = opened(&world, 1).await;
        let movement = moved(&world, &till, float.unwrap());
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.insert_till(&till).await.unwrap());
        assert!(tx.insert_movement(&movement).await.unwrap());
        tx.commit().await.unwrap();
        for wrong in [
            "state = 'closed'",
            "closed_by = opened_by",
            "closed_at = opened_at",
            "counted_yen = 5000",
            "difference_yen = 0",
            "reason = 'x'",
            "drawer = 0",
            "day = '28 Nov'",
            "paid_out_yen = 5001",
            "received_yen = -1",
        ] {
            refused(&db, &format!("UPDATE tills SET {wrong}"), "constraint").await;
        }
        let close = |counted: i64, difference: i64, reason: &str| format!(
            "UPDATE tills SET state = 'closed', closed_by = opened_by, closed_at = opened_at,
                counted_yen = {counted}, difference_yen = {difference}, reason = {reason}"
        );
        refused(&db, &close(5_000, 10, "'x'"), "constraint").await;
        refused(&db, &close(4_990, -10, "NULL"), "constraint").await;
        refused(&db, &close(4_990, -10, "''"), "constraint").await;
        let too_early = close(5_000, 0, "NULL").replace("closed_at = opened_at", "closed_at = 0");
        refused(&db, &too_early, "constraint").await;
        meddle(&db, &close(4_990, -10, "'x'")).await;
        for sql in ["UPDATE till_movements SET amount_yen = 1", "DELETE FROM till_movements"] {
            refused(&db, sql, "append-only").await;
        }
        refused(&db, "DELETE FROM tills", "closed for good").await;
    }

    async fn a_movement_is_of_one_kind(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (till, _) = opened(&world, 1).await;
        let reservation = booked(&world).await;
        let taken = cash(&world, reservation.id);
        assert!(enter(&world, &taken).await);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.insert_till(&till).await.unwrap());
        tx.commit().await.unwrap();
        let insert = |kind: &str, amount: i64, tendered: &str, payment: &str| format!(
            "INSERT INTO till_movements (municipality_id, id, till_id, kind, amount_yen,
                tendered_yen, payment_id, made_by, at)
             SELECT t.municipality_id, p.id, t.id, '{kind}', {amount}, {tendered}, {payment},
                t.opened_by, 0
             FROM tills t JOIN payments p ON p.municipality_id = t.municipality_id"
        );
        for (kind, amount, tendered, payment) in [
            ("received", 800, "1000", "NULL"),
            ("received", 800, "NULL", "p.id"),
            ("received", 800, "799", "p.id"),
            ("float", 800, "NULL", "p.id"),
            ("float", 800, "800", "NULL"),
            ("float", 0, "NULL", "NULL"),
            ("paid_out", 800, "NULL", "NULL"),
            ("stolen", 800, "NULL", "NULL"),
        ] {
            refused(&db, &insert(kind, amount, tendered, payment), "constraint").await;
        }
        meddle(&db, &insert("received", 800, "1000", "p.id")).await;
    }

    async fn a_closure_has_a_reason_and_is_lifted_within_its_time(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        entered(&world, &[reservation.span]).await;
        for wrong in [
            "kind = 'whim'",
            "kind = 'other', note = ''",
            "place = NULL",
            "made_by = NULL",
            "place = NULL, schedule = NULL",
        ] {
            refused(&db, &format!("UPDATE closure_series SET {wrong}"), "constraint").await;
        }
        for wrong in [
            "lifted_from = starts_at",
            "lifted_from = starts_at, lifted_at = 0",
            "lifted_from = ends_at, lifted_at = 0, lifted_by = (SELECT id FROM staff)",
            "lifted_from = starts_at - 30, lifted_at = 0, lifted_by = (SELECT id FROM staff)",
            "lifted_from = starts_at + 1, lifted_at = 0, lifted_by = (SELECT id FROM staff)",
            "starts_at = starts_at + 1",
            "ends_at = starts_at",
        ] {
            refused(&db, &format!("UPDATE closures SET {wrong}"), "constraint").await;
        }
        refused(&db, "UPDATE closures SET facility_id = id", "constraint").await;
        refused(&db, "DELETE FROM closure_series", "constraint").await;
        meddle(
            &db,
            "UPDATE closures SET lifted_from = starts_at, lifted_at = 0,
                lifted_by = (SELECT id FROM staff)",
        )
        .await;
    }
}
