//! A database that the release before filled is brought up to date with everything in it, and goes on
//! working for processes of that release until they are replaced.

use domain::closure::ClosureKind;
use domain::ids::{
    FacilityId, MunicipalityId, PaymentId, PersonId, RefundId, ReservationId, UnitId,
};
use domain::payment::{AttemptState, PaymentMethod, RefundState};
use domain::search_key::PersonNumber;
use domain::span::Cell;
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection, Statement};
use store::Database;
use testkit::{Engine, TestStore};
use usecases::ports::store::{MadeBy, Reading, Store as _, VerifiedBy};
use uuid::Uuid;

use crate::behind::meddle;

/// The last step of the release before the counter: `m0008_after_the_fact`.
const BEFORE: u32 = 8;

const HERE: u128 = 1;
const THERE: u128 = 2;
const GYM: u128 = 10;
const FLOOR: u128 = 11;
const CLOSURE: u128 = 20;
const PAID: u128 = 30;
const FAILED: u128 = 31;
const BACK: u128 = 40;
const BOUNCED: u128 = 41;

/// People here, in the order in which they came; the last two at the same moment.
const PEOPLE: [u128; 4] = [103, 101, 102, 104];

/// A cell in the summer of 2026.
const SUMMER: i64 = 29_756_160;

/// A database of the release before.
struct Old {
    engine: Engine,
    url: String,
    raw: DatabaseConnection,
}

impl Old {
    async fn empty(db: &TestStore) -> Self {
        let url = match db.engine() {
            Engine::Sqlite => db.url().replace("yoriai.db", "old.db"),
            Engine::Postgres => {
                meddle(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public").await;
                db.url().to_owned()
            }
        };
        let made = match db.engine() {
            Engine::Sqlite => format!("{url}?mode=rwc"),
            Engine::Postgres => url.clone(),
        };
        let mut options = ConnectOptions::new(made);
        options.max_connections(1).sqlx_logging(false);
        let raw = sea_orm::Database::connect(options).await.unwrap();
        Migrator::up(&raw, Some(BEFORE)).await.unwrap();
        Self {
            engine: db.engine(),
            url,
            raw,
        }
    }

    /// Runs a statement in which `#7#` is the id 7 and `$bytes` are 32 of them.
    async fn run(&self, sql: &str) {
        let (mut spelled, mut rest) = (String::new(), sql);
        while let Some((before, after)) = rest.split_once('#') {
            let (number, after) = after.split_once('#').unwrap();
            let id = Uuid::from_u128(number.parse().unwrap());
            spelled += before;
            spelled += &match self.engine {
                Engine::Sqlite => format!("x'{}'", id.simple()),
                Engine::Postgres => format!("CAST('{id}' AS uuid)"),
            };
            rest = after;
        }
        let bytes = match self.engine {
            Engine::Sqlite => "zeroblob(32)",
            Engine::Postgres => "decode(repeat('00', 32), 'hex')",
        };
        let spelled = (spelled + rest).replace("$bytes", bytes);
        if let Err(error) = self.raw.execute_unprepared(&spelled).await {
            unreachable!("{spelled}: {error}");
        }
    }

    async fn count(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.raw.get_database_backend(), sql);
        let row = self.raw.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    async fn person(&self, town: u128, id: u128, created_at: i64) {
        self.run(&format!(
            "INSERT INTO people (municipality_id, id, name_sealed, in_town, verified_at, created_at,
                updated_at)
             VALUES (#{town}#, #{id}#, $bytes, true, {created_at}, {created_at}, 0)"
        ))
        .await;
    }

    async fn reservation(&self, id: u128, starts_at: i64) {
        let ends_at = starts_at + 120;
        let whose = PEOPLE[0];
        let facts = r#"{"state": "confirmed", "at": "2026-08-01T00:00:00Z"}"#;
        let particulars = r#"{"facility": "gym", "facility_name": "体育館", "room": "gym-full",
            "room_name": "全面", "purpose": "ball", "purpose_name": "球技", "options": {},
            "attributes": {}, "illustrative": true}"#;
        let quote = r#"{"total_yen": 800, "tax_included_yen": 72, "tariff_version": "2025-04-01",
            "lines": []}"#;
        self.run(&format!(
            "INSERT INTO reservations (municipality_id, id, number, person_id, facility_id, room_id,
                starts_at, ends_at, people, particulars, quote, total_yen, state, state_facts,
                holds_floor, submission, request_hash, revision, created_at, updated_at)
             VALUES (#{HERE}#, #{id}#, '{id}', #{whose}#, #{GYM}#, #{GYM}#, {starts_at}, {ends_at}, 1,
                '{particulars}', '{quote}', 800, 'confirmed', '{facts}', true, #{id}#, $bytes, 1, 0, 0)"
        ))
        .await;
    }

    /// Money that came by card.
    async fn payment(&self, id: u128, reservation: u128) {
        let facts = r#"{"state": "paid", "session": "cs", "intent": "pi", "method": "card",
            "entrusted_at": "2026-08-01T00:00:00Z"}"#;
        let request = r#"{"amount": 800}"#;
        self.run(&format!(
            "INSERT INTO payments (municipality_id, id, reservation_id, amount_yen, state,
                state_facts, idempotency_key, request, session_id, method, entrusted_at, revision,
                created_at, updated_at)
             VALUES (#{HERE}#, #{id}#, #{reservation}#, 800, 'paid', '{facts}', 'k{id}', '{request}',
                'cs{id}', 'card', 5, 1, 0, 0)"
        ))
        .await;
    }

    async fn refund(&self, id: u128, (payment, reservation): (u128, u128), state: &str) {
        let facts = format!(
            r#"{{"state": "{state}", "provider_id": "re{id}", "at": "2026-08-02T00:00:00Z",
                "reason": "lost"}}"#
        );
        self.run(&format!(
            "INSERT INTO refunds (municipality_id, id, payment_id, reservation_id, amount_yen, state,
                state_facts, reason, idempotency_key, provider_refund_id, revision, created_at,
                updated_at)
             VALUES (#{HERE}#, #{id}#, #{payment}#, #{reservation}#, 400, '{state}', '{facts}',
                'cancelled', 'r{id}', 're{id}', 1, {id}, 0)"
        ))
        .await;
    }

    /// An entry about a payment or refund.
    async fn entry(&self, n: u128, cause: &str, (column, id): (&str, u128)) {
        let whom = Uuid::from_u128(id);
        self.run(&format!(
            "INSERT INTO ledger_entries (municipality_id, id, cause, debit, credit, amount_yen,
                fiscal_year, reservation_id, {column}, booked_at)
             VALUES (#{HERE}#, #{n}#, '{cause}:{whom}', 'stripe_clearing', 'receivable', 800, 2026,
                #{PAID}#, #{id}#, {n})"
        ))
        .await;
    }

    /// Two towns with what a summer left in them.
    async fn fill(&self) {
        for (town, code) in [(HERE, "999997"), (THERE, "999993")] {
            self.run(&format!(
                "INSERT INTO municipalities VALUES (#{town}#, '{code}', 'h{town}', '町', 0)"
            ))
            .await;
        }
        self.run(&format!(
            "INSERT INTO facilities VALUES (#{HERE}#, #{GYM}#, 'gym', NULL)"
        ))
        .await;
        for (table, id) in [("rooms", GYM), ("units", FLOOR)] {
            self.run(&format!(
                "INSERT INTO {table} VALUES (#{HERE}#, #{id}#, #{GYM}#, 'gym-full', NULL)"
            ))
            .await;
        }
        // Entered in another order than they came.
        let came = [
            (PEOPLE[3], 30),
            (PEOPLE[2], 30),
            (PEOPLE[0], 10),
            (PEOPLE[1], 20),
        ];
        for (id, created_at) in came {
            self.person(HERE, id, created_at).await;
        }
        self.person(THERE, 200, 99).await;
        self.reservation(PAID, SUMMER).await;
        self.payment(PAID, PAID).await;
        self.refund(BACK, (PAID, PAID), "done").await;
        self.refund(BOUNCED, (PAID, PAID), "failed").await;
        let facts = r#"{"state": "failed", "at": "2026-08-01T00:00:00Z", "reason": "x"}"#;
        self.run(&format!(
            "INSERT INTO payments (municipality_id, id, reservation_id, amount_yen, state, state_facts,
                idempotency_key, request, revision, created_at, updated_at)
             VALUES (#{HERE}#, #{FAILED}#, #{PAID}#, 800, 'failed', '{facts}', 'kf', '{{}}', 1, 0, 0)"
        ))
        .await;
        self.entry(1, "paid", ("payment_id", PAID)).await;
        self.entry(2, "refund_paid", ("refund_id", BACK)).await;
        self.run(&format!(
            "INSERT INTO receipts VALUES (#{HERE}#, 1, #{PAID}#, 7)"
        ))
        .await;
        let (from, until) = (SUMMER + 600, SUMMER + 660);
        self.run(&format!(
            "INSERT INTO closures
             VALUES (#{HERE}#, #{CLOSURE}#, #{GYM}#, {from}, {until}, '床の工事', 9)"
        ))
        .await;
        for cell in [from, from + 30] {
            self.run(&format!(
                "INSERT INTO claims (municipality_id, unit_id, cell, closure_id)
                 VALUES (#{HERE}#, #{FLOOR}#, {cell}, #{CLOSURE}#)"
            ))
            .await;
        }
    }
}

fn number(serial: u32) -> PersonNumber {
    PersonNumber::from_serial(serial).unwrap()
}

fn person(id: u128) -> PersonId {
    PersonId(Uuid::from_u128(id))
}

async fn look(database: &Database, town: u128) -> Box<dyn Reading> {
    let municipality = MunicipalityId(Uuid::from_u128(town));
    database.read(municipality).await.unwrap()
}

testkit::on_both! {
    async fn everything_that_was_there_is_there_and_knows_what_is_new(db: TestStore) {
        let old = Old::empty(&db).await;
        old.fill().await;
        store::migrate(&old.url).await.unwrap();
        let database = Database::connect(&old.url, 2).await.unwrap();
        assert!(database.is_ready().await.unwrap());
        let here = look(&database, HERE).await;

        // People are numbered in the order in which they came, each town for itself.
        for (id, serial) in PEOPLE.iter().zip(1..) {
            let known = here.person_with_number(number(serial)).await.unwrap();
            assert_eq!(known, Some(person(*id)), "{serial}");
        }
        let there = look(&database, THERE).await;
        assert_eq!(there.person_with_number(number(1)).await.unwrap(), Some(person(200)));
        let unfiled = here.unfiled_people(10).await.unwrap();
        assert_eq!(unfiled, PEOPLE.map(person));
        let known = here.person(person(PEOPLE[0])).await.unwrap().unwrap();
        assert_eq!((known.verified_by, known.kana_sealed), (VerifiedBy::Card, None));

        let reservation = ReservationId(Uuid::from_u128(PAID));
        let record = here.reservation(reservation).await.unwrap().unwrap();
        assert_eq!(record.made_by, MadeBy::Resident);
        let payments = here.payments(reservation).await.unwrap();
        let paid = payments.iter().find(|one| one.state.is_paid()).unwrap();
        let AttemptState::Paid { method, .. } = paid.state else { unreachable!("{paid:?}") };
        assert_eq!((payments.len(), method), (2, Some(PaymentMethod::Card)));
        let call = paid.checkout.as_ref().unwrap();
        assert_eq!(call.idempotency_key, format!("k{PAID}"));
        assert_eq!(call.request, serde_json::json!({ "amount": 800 }));
        let back = here.refund(RefundId(Uuid::from_u128(BACK))).await.unwrap().unwrap();
        assert!(matches!(back.state, RefundState::Done { .. }));
        assert_eq!(back.idempotency_key, Some(format!("r{BACK}")));
        let bounced = here.refunds_to_pay_out(FacilityId(Uuid::from_u128(GYM)), 10).await.unwrap();
        assert_eq!(bounced.len(), 1);
        assert_eq!(bounced[0].id, RefundId(Uuid::from_u128(BOUNCED)));
        assert_eq!(here.entries(reservation).await.unwrap().len(), 2);
        let receipt = here.receipt(PaymentId(Uuid::from_u128(PAID))).await.unwrap();
        assert_eq!(receipt.map(|receipt| receipt.number), Some(1));

        let (from, until) = (Cell::new(SUMMER).unwrap(), Cell::new(SUMMER + 1_440).unwrap());
        let floor = UnitId(Uuid::from_u128(FLOOR));
        let closed = here.closures_on(&[floor], from, until).await.unwrap();
        assert_eq!(closed.len(), 1);
        let (closure, cells) = (&closed[0].closure, &closed[0].cells);
        assert_eq!((closure.reason.kind(), cells.len()), (ClosureKind::Other, 2));
        assert_eq!(closure.reason.to_string(), "床の工事");
        let (series, spans) = here.closure_series(closure.series).await.unwrap().unwrap();
        assert_eq!((series.asked, spans.len()), (None, 1));
        if old.engine == Engine::Sqlite {
            let dangling = "SELECT count(*) FROM pragma_foreign_key_check";
            assert_eq!(old.count(dangling).await, 0);
        }
        old.raw.close().await.unwrap();
        database.close().await.unwrap();
    }

    async fn the_release_before_goes_on_entering_what_it_knows(db: TestStore) {
        let old = Old::empty(&db).await;
        old.fill().await;
        store::migrate(&old.url).await.unwrap();
        old.person(HERE, 300, 50).await;
        old.reservation(301, SUMMER + 300_000).await;
        old.payment(302, 301).await;
        old.refund(303, (302, 301), "requested").await;
        let database = Database::connect(&old.url, 2).await.unwrap();
        let here = look(&database, HERE).await;
        assert_eq!(here.person_with_number(number(5)).await.unwrap(), Some(person(300)));
        assert!(here.unfiled_people(10).await.unwrap().contains(&person(300)));
        let reservation = ReservationId(Uuid::from_u128(301));
        let payments = here.payments(reservation).await.unwrap();
        assert!(payments[0].checkout.is_some());
        assert_eq!(here.refunds(reservation).await.unwrap().len(), 1);
        old.raw.close().await.unwrap();
        database.close().await.unwrap();
    }

    async fn an_empty_database_has_nobody_to_number(db: TestStore) {
        let old = Old::empty(&db).await;
        store::migrate(&old.url).await.unwrap();
        assert_eq!(old.count("SELECT count(*) FROM person_counters").await, 0);
        old.raw.close().await.unwrap();
    }
}
