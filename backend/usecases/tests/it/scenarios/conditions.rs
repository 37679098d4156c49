//! Scenario 22, and the half of 21 that is about booking: what is booked on a condition.

use std::sync::Arc;

use contract::{BookRoom, ReservationState};
use domain::eligibility::Condition;
use domain::fees::AttributeValue;
use domain::town::{AgeFrom, AgeRule, Purpose, ReviewRule, Room, Town};

use crate::bench::wishes::code;
use crate::bench::{Bench, Card};

/// The test town whose hall looks at sales first, and asks who is young for a guardian.
fn careful_town() -> Town {
    let mut town = testkit::town().unwrap();
    let hall = Arc::make_mut(&mut town.facilities[1]);
    let room: &mut Room = Arc::make_mut(&mut hall.rooms[0]);
    room.purposes.push(Purpose {
        id: "sale".parse().unwrap(),
        name: "物品の販売".into(),
    });
    hall.booking.reviews = vec![ReviewRule {
        purposes: ["sale".parse().unwrap()].into(),
        class: Some("commercial".parse().unwrap()),
        label: "物品の販売を伴う利用".into(),
        article: "社会教育法第23条第1項第1号".into(),
    }];
    hall.booking.age = Some(AgeRule {
        from: Some(AgeFrom::Years(15)),
        consent_under: Some(18),
        article: "規則第4条".into(),
    });
    town
}

fn review() -> Condition {
    Condition::Review {
        label: "物品の販売を伴う利用".into(),
        article: "社会教育法第23条第1項第1号".into(),
    }
}

fn born(subject: &str, birthdate: Option<&str>) -> Card {
    Card {
        birthdate: birthdate.map(str::to_owned),
        ..Card::of(subject)
    }
}

testkit::on_both! {
    /// 公民館で物販 / 申込 / 要審査、自動却下しない
    async fn scenario_22_a_sale_at_the_hall_waits_for_a_look_and_is_not_turned_away(db: TestStore) {
        let bench = Bench::in_town(&db, &careful_town()).await;
        let sale = BookRoom { purpose: "sale".parse().unwrap(), ..bench.hall() };
        let id = bench.book(&sale).await.unwrap();
        assert_eq!(bench.record(id).await.particulars.conditions, [review()]);
        assert!(matches!(bench.state(id).await, ReservationState::Held { .. }));

        let mut for_profit = bench.form("hall-room", "2026-12-06", "09:00", "12:00");
        for_profit.what.attributes = [("commercial".parse().unwrap(), AttributeValue::Flag(true))].into();
        let id = bench.book(&for_profit).await.unwrap();
        assert_eq!(bench.record(id).await.particulars.conditions, [review()]);

        let id = bench.book(&bench.form("hall-room", "2026-12-08", "09:00", "12:00")).await.unwrap();
        assert_eq!(bench.record(id).await.particulars.conditions, []);
    }

    /// The age counts on the day of use, 5 December 2026.
    async fn who_is_young_needs_a_guardian_and_who_is_too_young_needs_a_grown_up(db: TestStore) {
        let bench = Bench::in_town(&db, &careful_town()).await;
        let consent = Condition::GuardianConsent { article: "規則第4条".into() };
        for (n, (birthdate, expected)) in [
            (Some("2011-12-06"), Err("age.too_young")),
            (Some("2011-12-05"), Ok(vec![consent.clone()])),
            (Some("2008-12-06"), Ok(vec![consent])),
            (Some("2008-12-05"), Ok(vec![])),
            (None, Err("age.unknown")),
        ]
        .into_iter()
        .enumerate()
        {
            let person = bench.settle_in(&born(&format!("person{n}"), birthdate)).await;
            let told = bench.book_as(person, &bench.hall()).await;
            match expected {
                Err(refused) => assert_eq!(code(told), refused, "{birthdate:?}"),
                Ok(conditions) => {
                    let id = told.unwrap();
                    assert_eq!(bench.record(id).await.particulars.conditions, conditions);
                    bench.cancel_as(person, id).await;
                }
            }
        }
    }
}
