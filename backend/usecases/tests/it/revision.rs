//! 設定の変更の影響: what a new town file would touch, told before it is put in force.

use std::sync::Arc;

use contract::{Manage as _, Role, TownPreview, WrongFile};
use domain::money::Yen;
use domain::revision::NotLent;
use domain::town::{HolidayChange, RoomPrice, Town, export};
use usecases::town_effect;

use crate::bench::Bench;
use crate::bench::wishes::code;

/// 5 December becomes a holiday: the hall is closed on holidays, the gym only on Mondays.
fn with_a_holiday(town: &Town) -> Town {
    let mut town = town.clone();
    town.holidays.push(HolidayChange {
        date: "2026-12-05".parse().unwrap(),
        name: "町制記念日".to_owned(),
        off: false,
    });
    town
}

fn numbers(preview: &TownPreview) -> Vec<&str> {
    let touched = preview.touched.iter();
    touched.map(|one| one.number.as_str()).collect()
}

testkit::on_both! {
    /// Scenario 38: 祝日法改正 → 祝日表更新 → 影響予約と料金区分差を一覧.
    async fn scenario_38_a_new_holiday_lists_the_bookings_it_touches_and_what_changes(db: TestStore) {
        let bench = Bench::new(&db).await;
        let gym = bench.paid_booking().await;
        let hall = bench.book(&bench.hall()).await.unwrap();
        let other_day = bench.form("hall-room", "2026-12-06", "09:00", "12:00");
        bench.book(&other_day).await.unwrap();
        let given_up = bench.form("gym-north", "2026-12-05", "10:00", "12:00");
        let given_up = bench.book(&given_up).await.unwrap();
        bench.press_cancel(given_up).await.unwrap();
        let mut after = with_a_holiday(&testkit::town().unwrap());
        // What the gym asks on holidays is another fee: it would be 1,800 円.
        let whole = Arc::make_mut(&mut Arc::make_mut(&mut after.facilities[0]).rooms[0]);
        whole.tariffs[0].price = RoomPrice::PerHour { yen: Yen::new(900), max_hours: None };
        let manager = bench.on_duty("suzuki", &[(Role::Manager, None)]).await;
        let file = export(&after).unwrap();
        let preview = bench.desk().preview_town(&manager, &file).await.unwrap().unwrap();
        assert_eq!((preview.version, preview.standing), (Some(1), 3));
        let (gym, hall) = (bench.record(gym).await, bench.record(hall).await);
        // By start: the hall in the morning, the gym in the evening.
        assert_eq!(numbers(&preview), [hall.number.as_str(), gym.number.as_str()]);
        let [in_hall, in_gym] = &preview.touched[..] else { panic!("{preview:?}") };
        assert!(matches!(in_hall.touched.not_lent, Some(NotLent::Refused(_))));
        assert_eq!(in_gym.touched.not_lent, None);
        assert_eq!(in_gym.touched.holiday, Some((None, Some("町制記念日".to_owned()))));
        let fees = (Some(Yen::new(1_600)), Some(Yen::new(1_800)));
        assert_eq!(in_gym.touched.fee, Some(fees));
        assert_eq!(in_hall.place.room, "大会議室");
        // Looking changed nothing: the version in force is the same, and so are the bookings.
        let reading = bench.store().read(bench.world().municipality).await.unwrap();
        assert_eq!(reading.town().await.unwrap().unwrap().version, 1);
        assert_eq!(bench.record(gym.id).await, gym);
        // The operator, before `town apply`, sees the same; once it is in force, nothing is left.
        let seen = town_effect(bench.store(), &bench.system(), &after).await.unwrap();
        assert_eq!(seen, preview);
        bench.apply_town(&after).await;
        let seen = town_effect(bench.store(), &bench.system(), &after).await.unwrap();
        assert_eq!((seen.version, seen.touched.len()), (Some(2), 0));
    }

    async fn what_has_begun_is_not_touched_any_more(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        let after = with_a_holiday(&testkit::town().unwrap());
        let touched = async || {
            let seen = town_effect(bench.store(), &bench.system(), &after).await.unwrap();
            seen.touched.len()
        };
        bench.becomes("2026-12-05", "17:59");
        assert_eq!(touched().await, 1);
        bench.becomes("2026-12-05", "18:00");
        assert_eq!(touched().await, 0);
    }

    async fn a_manager_sees_what_is_touched_at_their_own_facility(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        let desk = bench.desk();
        let file = export(&with_a_holiday(&testkit::town().unwrap())).unwrap();
        let of_hall = bench.on_duty("kato", &[(Role::Manager, Some("hall"))]).await;
        let preview = desk.preview_town(&of_hall, &file).await.unwrap().unwrap();
        assert_eq!((preview.standing, preview.touched.len()), (0, 0));
        for role in Role::ALL {
            let who = bench.on_duty(role.as_str(), &[(role, None)]).await;
            let may = [Role::Manager, Role::Admin].contains(&role);
            assert_eq!(desk.preview_town(&who, &file).await.is_ok(), may, "{role:?}");
            assert_eq!(desk.town_file(&who).await.is_ok(), may, "{role:?}");
        }
        assert_eq!(code(desk.preview_town(&bench.call(), &file).await), "forbidden");
        let nobody = desk.preview_town(&bench.visitor(), &file).await;
        assert_eq!(code(nobody), "staff.sign_in_required");
        let wrong = desk.preview_town(&of_hall, "code = 1").await.unwrap();
        assert!(matches!(wrong, Err(WrongFile::Problems(_))));
    }
}
