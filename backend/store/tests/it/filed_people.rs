//! People as the counter finds them: by number, and by terms that nobody can read.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Duration;
use domain::identity_document::IdentityDocument;
use domain::ids::PersonId;
use domain::search_key::{PersonNumber, SearchField};
use store::Database;
use testkit::TestWorld;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{
    FiledTerms, IdentityKey, PersonRecord, Store as _, StoreFailure, VerifiedBy,
};
use usecases::ports::vault::TermHash;

use crate::behind::count;

const MOST: u32 = 50;

/// Somebody who has no card and showed a passport.
async fn stranger(world: &TestWorld) -> PersonRecord {
    let now = world.clock.now();
    PersonRecord {
        id: PersonId(world.chance.id(now)),
        name_sealed: vec![1, 0, 255],
        kana_sealed: Some(vec![4]),
        address_sealed: None,
        birthdate_sealed: None,
        gender_sealed: None,
        email_sealed: None,
        phone_sealed: Some(vec![5]),
        in_town: true,
        verified_at: now,
        verified_by: VerifiedBy::Counter {
            staff: world.clerk().await.unwrap(),
            document: IdentityDocument::Passport,
        },
        created_at: now,
    }
}

/// Registers somebody at the counter.
async fn registered(world: &TestWorld) -> (PersonNumber, PersonRecord) {
    let person = stranger(world).await;
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let number = tx.insert_person_without_card(&person).await.unwrap();
    tx.commit().await.unwrap();
    (number, person)
}

fn number(serial: u32) -> PersonNumber {
    PersonNumber::from_serial(serial).unwrap()
}

fn hashes(of: &[u8]) -> BTreeSet<TermHash> {
    of.iter().map(|byte| [*byte; 32]).collect()
}

async fn file(world: &TestWorld, person: PersonId, terms: &FiledTerms) {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    tx.file_person(person, terms, world.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn found(world: &TestWorld, asked: &[u8]) -> Vec<PersonId> {
    let asked: Vec<TermHash> = hashes(asked).into_iter().collect();
    let reading = world.store.read(world.municipality).await.unwrap();
    reading.people_filed_under(&asked, MOST).await.unwrap()
}

testkit::on_both! {
    async fn everybody_gets_the_next_number_of_their_town(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let (second, stranger) = registered(&here).await;
        let third = here.another_person("another").await.unwrap();
        assert_eq!(second, number(2), "the first has a card");
        assert_eq!(registered(&there).await.0, number(2));

        let reading = here.store.read(here.municipality).await.unwrap();
        let numbers = [(1, Some(here.person)), (2, Some(stranger.id)), (3, Some(third)), (4, None)];
        for (serial, person) in numbers {
            assert_eq!(reading.person_with_number(number(serial)).await.unwrap(), person);
        }
        let asked = [third, there.person, here.person, stranger.id];
        let people = reading.people(&asked).await.unwrap();
        let known: Vec<_> = people.iter().map(|one| (one.number.serial(), one.record.id)).collect();
        assert_eq!(known, [(1, here.person), (2, stranger.id), (3, third)]);
        assert_eq!(people[1].record, stranger);
        assert_eq!(reading.people(&[]).await.unwrap(), []);
    }

    async fn forty_who_come_at_once_at_two_desks_get_forty_numbers_at_the_first_try(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        // Another process.
        let elsewhere = Database::connect(db.url(), 10).await.unwrap();
        let start = Arc::new(Barrier::new(40));
        let mut desks = JoinSet::new();
        for n in 0..40 {
            let mut world = world.clone();
            if n % 2 == 0 {
                world.store = elsewhere.clone();
            }
            let (start, person) = (Arc::clone(&start), stranger(&world).await);
            desks.spawn(async move {
                start.wait().await;
                let mut tx = world.store.begin(world.municipality).await.unwrap();
                let number = if n % 4 < 2 {
                    Some(tx.insert_person_without_card(&person).await.unwrap())
                } else {
                    let identity = IdentityKey {
                        issuer: "https://idp.example".to_owned(),
                        client_id: "yoriai".to_owned(),
                        subject: format!("sub-{n}"),
                    };
                    assert!(tx.insert_person(&person, &identity).await.unwrap());
                    tx.people(&[person.id]).await.unwrap().pop().map(|filed| filed.number)
                };
                // Every fifth changes its mind.
                if n % 5 == 4 {
                    return None;
                }
                tx.commit().await.unwrap();
                number
            });
        }
        let given: Vec<_> = desks.join_all().await.into_iter().flatten().collect();
        let different: BTreeSet<_> = given.iter().collect();
        assert_eq!((given.len(), different.len()), (32, 32));
        let most = given.iter().max().unwrap().serial();
        assert!(most <= 41, "no more gaps than people who changed their minds: {most}");
        assert_eq!(count(&db, "SELECT count(DISTINCT serial) FROM people").await, 33);
        elsewhere.close().await.unwrap();
    }

    async fn a_card_shown_later_keeps_the_number_the_reading_and_the_index(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (number, person) = registered(&world).await;
        file(&world, person.id, &[(SearchField::Kana, hashes(&[1]))].into()).await;
        let with_card = PersonRecord { verified_by: VerifiedBy::Card, ..person.clone() };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.update_person(&with_card, world.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let known = reading.people(&[person.id]).await.unwrap();
        assert_eq!((known[0].number, &known[0].record), (number, &with_card));
        assert_eq!(found(&world, &[1]).await, [person.id]);
        assert!(!reading.unfiled_people(MOST).await.unwrap().contains(&person.id));
    }

    async fn people_are_found_by_any_of_the_terms_they_are_filed_under(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (_, sato) = registered(&world).await;
        world.clock.advance(Duration::seconds(1));
        let (_, suzuki) = registered(&world).await;
        let of = |kana: &[u8], phone: &[u8]| -> FiledTerms {
            [(SearchField::Kana, hashes(kana)), (SearchField::Phone, hashes(phone))].into()
        };
        file(&world, sato.id, &of(&[1, 2], &[10])).await;
        file(&world, suzuki.id, &of(&[2, 3], &[11])).await;
        assert_eq!(found(&world, &[1]).await, [sato.id]);
        assert_eq!(found(&world, &[3, 10]).await, [sato.id, suzuki.id]);
        assert_eq!(found(&world, &[2, 1, 3]).await, [sato.id, suzuki.id], "each once");
        assert_eq!(found(&world, &[9]).await, []);
        assert_eq!(found(&world, &[]).await, []);
        let reading = world.store.read(world.municipality).await.unwrap();
        let first = reading.people_filed_under(&[[2; 32]], 1).await.unwrap();
        assert_eq!(first, [sato.id], "who came first first, and no more than asked for");
    }

    async fn filing_again_replaces_what_is_named_and_leaves_the_rest(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let person = world.person;
        let all = [(SearchField::Kana, hashes(&[1])), (SearchField::Phone, hashes(&[2, 3]))];
        file(&world, person, &all.into()).await;
        file(&world, person, &[(SearchField::Phone, hashes(&[3, 4]))].into()).await;
        for (term, there) in [(1, true), (2, false), (3, true), (4, true)] {
            assert_eq!(found(&world, &[term]).await.len(), usize::from(there), "{term}");
        }
        file(&world, person, &[(SearchField::Phone, BTreeSet::new())].into()).await;
        assert_eq!(found(&world, &[3, 4]).await, []);
        assert_eq!(found(&world, &[1]).await, [person]);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let nobody = PersonId(world.chance.id(world.clock.now()));
        let filed = tx.file_person(nobody, &FiledTerms::new(), world.clock.now()).await;
        assert!(matches!(filed, Err(StoreFailure::Fault(_))), "{filed:?}");
    }

    async fn twenty_who_file_one_person_at_once_leave_the_terms_of_one_of_them(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut clerks = JoinSet::new();
        for n in 0..20_u8 {
            let world = world.clone();
            // Some of them share a term.
            let terms = [(SearchField::Name, hashes(&[n, n % 3 + 100]))].into();
            clerks.spawn(async move { file(&world, world.person, &terms).await });
        }
        clerks.join_all().await;
        assert_eq!(count(&db, "SELECT count(*) FROM person_terms").await, 2);
    }

    async fn whom_nobody_has_filed_is_found_until_somebody_does(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (_, second) = registered(&world).await;
        let (_, third) = registered(&world).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let unfiled = reading.unfiled_people(2).await.unwrap();
        assert_eq!(unfiled, [world.person, second.id]);
        // Even somebody of whom there is nothing to file is done with.
        file(&world, world.person, &FiledTerms::new()).await;
        let unfiled = reading.unfiled_people(2).await.unwrap();
        assert_eq!(unfiled, [second.id, third.id]);
    }

    async fn one_town_finds_nobody_of_another(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        file(&here, here.person, &[(SearchField::Kana, hashes(&[1]))].into()).await;
        assert_eq!(found(&there, &[1]).await, []);
        let reading = there.store.read(there.municipality).await.unwrap();
        assert_eq!(reading.people(&[here.person]).await.unwrap(), []);
        let mut tx = there.store.begin(there.municipality).await.unwrap();
        let terms = [(SearchField::Kana, hashes(&[2]))].into();
        let filed = tx.file_person(here.person, &terms, there.clock.now()).await;
        assert!(matches!(filed, Err(StoreFailure::Fault(_))), "{filed:?}");
    }
}
