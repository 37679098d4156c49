//! The board: what it shows to whom.

use contract::{BoardBlock, BoardRange, BoardState, BoardView, Call, Manage as _, Role, SeeBoard};

use super::{DAY, between, close, manager, rooms, works};
use crate::bench::wishes::code;
use crate::bench::{Bench, Card};

fn what(facility: Option<&str>, range: BoardRange) -> SeeBoard {
    SeeBoard {
        facility: facility.map(|slug| slug.parse().unwrap()),
        from: DAY.parse().unwrap(),
        range,
    }
}

async fn gym(bench: &Bench, call: &Call, range: BoardRange) -> BoardView {
    bench
        .desk()
        .board(call, &what(Some("gym"), range))
        .await
        .unwrap()
}

fn told(blocks: &[BoardBlock]) -> Vec<(String, BoardState)> {
    blocks
        .iter()
        .map(|block| (block.span.clock(), block.state))
        .collect()
}

/// A room's day, by its place in the facility.
fn day(view: &BoardView, room: usize) -> &[BoardBlock] {
    &view.facilities[0].rooms[room].days[0]
}

async fn views(bench: &Bench) -> i64 {
    bench
        .count("SELECT count(*) FROM view_log WHERE page = 'manage.board'")
        .await
}

testkit::on_both! {
    async fn a_board_says_of_each_room_what_is_when_and_why_it_is_not_free(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        bench.book(&bench.form("gym-north", DAY, "09:00", "11:00")).await.unwrap();
        let boss = manager(&bench).await;
        let mut wish = works(&bench);
        wish.place = rooms(&["gym-south"]);
        wish.schedule.hours = between("12:00", "13:00");
        close(&bench, &boss, &wish).await.unwrap();

        let view = gym(&bench, &boss, BoardRange::Day).await;
        let names: Vec<&str> = view.facilities[0].rooms.iter().map(|room| &*room.name).collect();
        assert_eq!(names, ["体育館（全面）", "体育館（北側）", "体育館（南側）"]);
        let of = |clock: &str, state| (clock.to_owned(), state);
        assert_eq!(told(day(&view, 0)), [
            of("9:00–11:00", BoardState::Elsewhere),
            of("11:00–12:00", BoardState::Free),
            of("12:00–13:00", BoardState::Closed),
            of("13:00–18:00", BoardState::Free),
            of("18:00–20:00", BoardState::Booked),
            of("20:00–21:00", BoardState::Free),
        ]);
        assert_eq!(told(day(&view, 1)), [
            of("9:00–11:00", BoardState::Held),
            of("11:00–18:00", BoardState::Free),
            of("18:00–20:00", BoardState::Elsewhere),
            of("20:00–21:00", BoardState::Free),
        ]);
        let full = day(&view, 0);
        assert_eq!((&*full[0].why, &*full[2].why), ("体育館（北側）", "工事（屋根の修理）"));
        let booking = full[4].booking.as_ref().unwrap();
        assert!(booking.person.reveal().contains("hanako"));
        assert_eq!(booking.purpose, "バスケットボール");
    }

    async fn who_may_not_see_names_sees_the_state_and_leaves_no_note(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        let viewer = bench.on_duty("watanabe", &[(Role::Viewer, None)]).await;
        let view = gym(&bench, &viewer, BoardRange::Day).await;
        let booked = day(&view, 0).iter().find(|block| block.state == BoardState::Booked);
        assert_eq!(booked.unwrap().booking, None);
        assert!(!view.may_close && !view.facilities[0].counter);
        assert_eq!(views(&bench).await, 0);
    }

    async fn a_week_is_without_names_and_every_named_look_is_noted(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        let boss = manager(&bench).await;
        let week = gym(&bench, &boss, BoardRange::Week).await;
        assert_eq!(week.dates.len(), 7);
        let blocks = week.facilities[0].rooms.iter().flat_map(|room| room.days.iter().flatten());
        assert!(blocks.clone().all(|block| block.booking.is_none()));
        assert!(blocks.clone().any(|block| block.state == BoardState::Booked));
        // The third day is a Monday.
        assert!(week.facilities[0].closed[2].is_some() && week.facilities[0].closed[0].is_none());
        assert_eq!(views(&bench).await, 0);
        gym(&bench, &boss, BoardRange::Day).await;
        gym(&bench, &boss, BoardRange::Day).await;
        assert_eq!(views(&bench).await, 2);
    }

    async fn a_page_that_renews_itself_is_one_look_until_somebody_new_is_on_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        let boss = manager(&bench).await;
        gym(&bench, &boss, BoardRange::Day).await;
        gym(&bench, &boss.by_itself(), BoardRange::Day).await;
        assert_eq!(views(&bench).await, 1);
        let taro = bench.settle_in(&Card::of("taro")).await;
        let early = bench.form("gym-north", DAY, "09:00", "11:00");
        bench.book_as(taro, &early).await.unwrap();
        gym(&bench, &boss.by_itself(), BoardRange::Day).await;
        assert_eq!(views(&bench).await, 2, "the newcomer's");
        bench.pass(chrono::Duration::minutes(16));
        let later = bench.call_of_staff(boss.staff_member().unwrap()).by_itself();
        gym(&bench, &later, BoardRange::Day).await;
        assert_eq!(views(&bench).await, 4, "a look that lasts is noted again");
    }

    async fn a_role_for_one_facility_opens_one_facility(db: TestStore) {
        let bench = Bench::new(&db).await;
        let desk = bench.desk();
        let boss = manager(&bench).await;
        let all = desk.board(&boss, &what(None, BoardRange::Day)).await.unwrap();
        assert_eq!((all.facilities.len(), all.choices.len()), (1, 1));
        let hall = desk.board(&boss, &what(Some("hall"), BoardRange::Day)).await;
        assert_eq!(code(hall), "forbidden");
        let nowhere = desk.board(&boss, &what(Some("arena"), BoardRange::Day)).await;
        assert_eq!(code(nowhere), "not_found");
        let admin = bench.on_duty("admin", &[(Role::Admin, None)]).await;
        let all = desk.board(&admin, &what(None, BoardRange::Week)).await.unwrap();
        assert_eq!(all.facilities.len(), 2);
        let books = bench.on_duty("takahashi", &[(Role::Accounting, None)]).await;
        for (call, says) in [
            (books, "forbidden"),
            (bench.call(), "forbidden"),
            (bench.visitor(), "staff.sign_in_required"),
        ] {
            assert_eq!(code(desk.board(&call, &what(None, BoardRange::Day)).await), says);
            assert_eq!(code(desk.may_follow(&call).await), says);
        }
        desk.may_follow(&boss).await.unwrap();
    }

    async fn names_are_shown_only_where_the_role_is_for_them(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        bench.book(&bench.hall()).await.unwrap();
        let roles = [(Role::Viewer, None), (Role::Manager, Some("hall"))];
        let both = bench.on_duty("suzuki", &roles).await;
        let view = bench.desk().board(&both, &what(None, BoardRange::Day)).await.unwrap();
        let named = |place: usize| {
            let rooms = &view.facilities[place].rooms;
            rooms.iter().flat_map(|room| &room.days[0]).any(|block| block.booking.is_some())
        };
        assert_eq!((named(0), named(1)), (false, true));
        assert_eq!(views(&bench).await, 1);
    }
}
