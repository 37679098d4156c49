//! Looking around: what everybody sees, and how soon.

use std::sync::Arc;

use contract::{Failure, Refusal, SearchFacilities, Visitor as _};
use domain::town::Slug;

use crate::bench::Bench;

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

testkit::on_both! {
    async fn a_town_file_that_another_process_applied_is_seen_at_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, call) = (bench.desk(), bench.visitor());
        let day = bench.now().date_naive();
        let before = desk.week(&call, &slug("gym-full"), day).await.unwrap();
        desk.week(&call, &slug("hall-room"), day).await.unwrap();
        assert_eq!(desk.letterhead(&call).await.unwrap().name, bench.world().town.town.name);

        let mut town = bench.world().town.town.clone();
        town.name = "新寄合町".to_owned();
        town.facilities.pop();
        Arc::make_mut(&mut town.facilities[0]).name = "新しい体育館".to_owned();
        let another = bench.started_again().await;
        another.apply_town(&town).await;
        another.shut().await;

        let after = desk.week(&call, &slug("gym-full"), day).await.unwrap();
        assert_ne!(before.facility.name, after.facility.name);
        assert_eq!(after.facility.name, "新しい体育館");
        assert_eq!(desk.letterhead(&call).await.unwrap().name, "新寄合町");
        let gone = desk.week(&call, &slug("hall-room"), day).await;
        assert!(matches!(gone, Err(Failure::Refused(Refusal::NotFound))), "{gone:?}");
        let found = desk.search(&call, &SearchFacilities::default()).await.unwrap();
        assert_eq!(found.len(), 1);
    }

    async fn a_room_that_another_process_brought_is_found_at_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, call) = (bench.desk(), bench.visitor());
        let day = bench.now().date_naive();
        desk.day(&call, &slug("gym"), day).await.unwrap();
        let mut town = bench.world().town.town.clone();
        let gym = Arc::make_mut(&mut town.facilities[0]);
        Arc::make_mut(&mut gym.rooms[0]).id = slug("gym-whole");
        let another = bench.started_again().await;
        another.apply_town(&town).await;
        another.shut().await;
        let week = desk.week(&call, &slug("gym-whole"), day).await.unwrap();
        assert_eq!(week.room.id, slug("gym-whole"));
    }
}
