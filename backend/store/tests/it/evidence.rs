//! What ties people to the town: seen again, ended, kept.

use chrono::NaiveDate;
use domain::residency::{Evidence, Source};
use domain::town::TownTie;
use testkit::TestWorld;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{EvidenceRecord, Store as _};

use crate::behind::refused;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn evidence(world: &TestWorld, tie: TownTie, source: Source, on: &str) -> EvidenceRecord {
    let seen_by = match source {
        Source::Card => None,
        Source::SeenAtCounter => Some(world.clerk().await.unwrap()),
    };
    EvidenceRecord {
        id: world.chance.id(world.clock.now()),
        person: world.person,
        evidence: Evidence {
            tie,
            source,
            on: day(on),
        },
        first_on: day(on),
        seen_by,
        ended_on: None,
    }
}

async fn note(world: &TestWorld, record: &EvidenceRecord) {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    tx.note_evidence(record).await.unwrap();
    tx.commit().await.unwrap();
}

async fn end(world: &TestWorld, tie: TownTie, on: &str) -> u64 {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let ended = tx.end_evidence(world.person, tie, day(on)).await.unwrap();
    tx.commit().await.unwrap();
    ended
}

async fn known(world: &TestWorld) -> Vec<EvidenceRecord> {
    let reading = world.store.read(world.municipality).await.unwrap();
    reading.evidence_of(world.person).await.unwrap()
}

testkit::on_both! {
    async fn evidence_that_is_seen_again_keeps_its_first_day(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first = evidence(&world, TownTie::Works, Source::SeenAtCounter, "2026-04-01").await;
        note(&world, &first).await;
        assert_eq!(known(&world).await, [first]);
        let again = evidence(&world, TownTie::Works, Source::SeenAtCounter, "2027-04-01").await;
        note(&world, &again).await;
        let both = EvidenceRecord { id: first.id, first_on: first.first_on, ..again };
        assert_eq!(known(&world).await, [both]);
        // An older look changes nothing.
        note(&world, &first).await;
        assert_eq!(known(&world).await, [both]);
    }

    async fn what_ended_stays_and_a_return_begins_anew(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let lived = evidence(&world, TownTie::Lives, Source::Card, "2026-04-01").await;
        let works = evidence(&world, TownTie::Works, Source::SeenAtCounter, "2026-05-01").await;
        for record in [&lived, &works] {
            note(&world, record).await;
        }
        assert_eq!(end(&world, TownTie::Lives, "2026-10-01").await, 1);
        assert_eq!(end(&world, TownTie::Lives, "2026-10-02").await, 0);
        let back = evidence(&world, TownTie::Lives, Source::Card, "2027-01-10").await;
        note(&world, &back).await;
        let moved = EvidenceRecord { ended_on: Some(day("2026-10-01")), ..lived };
        assert_eq!(known(&world).await, [back, works, moved]);
    }

    async fn evidence_ends_no_earlier_than_it_was_seen(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        note(&world, &evidence(&world, TownTie::Lives, Source::Card, "2026-04-02").await).await;
        assert_eq!(end(&world, TownTie::Lives, "2026-04-01").await, 1);
        assert_eq!(known(&world).await[0].ended_on, Some(day("2026-04-02")));
    }

    async fn the_schema_refuses_what_no_card_tells_and_what_nobody_saw(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        note(&world, &evidence(&world, TownTie::Lives, Source::Card, "2026-04-01").await).await;
        for wrong in ["tie = 'works'", "source = 'seen_at_counter'", "ended_on = '2026-03-31'"] {
            refused(&db, &format!("UPDATE residence_evidence SET {wrong}"), "constraint").await;
        }
    }
}
