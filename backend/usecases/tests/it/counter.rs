//! The counter's day: whom a clerk sees, who is noted as having come, and who may do neither.

use chrono::NaiveDate;
use contract::{
    Arrival, Attendance, Call, CancelReservation, Counter as _, PayState, Refusal,
    ReservationState, Role,
};
use domain::ids::ReservationId;
use domain::reservation::ReservationState as Stored;
use domain::town::Slug;
use testkit::TestWorld;

use crate::bench::wishes::{code, refusal, yen};
use crate::bench::{Bench, Card};

/// A Saturday.
const DAY: &str = "2026-12-05";

fn day() -> NaiveDate {
    DAY.parse().unwrap()
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// A clerk at the gym.
async fn clerk(bench: &Bench) -> Call {
    bench.on_duty("sato", &[(Role::Window, Some("gym"))]).await
}

/// Whom the clerk sees at the gym that day.
async fn expected(bench: &Bench, clerk: &Call) -> Vec<Arrival> {
    let gym = slug("gym");
    let day = bench.desk().arrivals(clerk, Some(&gym), day()).await;
    day.unwrap().arrivals
}

async fn views(bench: &Bench) -> i64 {
    bench
        .count("SELECT count(*) FROM view_log WHERE page = 'counter.arrivals'")
        .await
}

testkit::on_both! {
    async fn a_clerk_sees_who_comes_and_every_look_is_noted(db: TestStore) {
        let bench = Bench::new(&db).await;
        let taro = bench.settle_in(&Card::of("taro")).await;
        let evening = bench.paid_booking().await;
        let early = bench.form("gym-north", DAY, "16:00", "18:00");
        let held = bench.book_as(taro, &early).await.unwrap();
        let cancelled = bench.form("gym-south", DAY, "16:00", "18:00");
        let cancelled = bench.book_as(taro, &cancelled).await.unwrap();
        let cancel = CancelReservation { reservation: cancelled, seen_refund_yen: None };
        contract::Resident::cancel(bench.desk(), &bench.call_of(taro), &cancel).await.unwrap();
        bench.book(&bench.hall()).await.unwrap();
        bench.book(&bench.form("gym-full", "2026-12-06", "09:00", "11:00")).await.unwrap();

        let clerk = clerk(&bench).await;
        let list = expected(&bench, &clerk).await;
        let ids: Vec<ReservationId> = list.iter().map(|one| one.id).collect();
        assert_eq!(ids, [held, evening], "by time; neither cancelled, nor elsewhere, nor another day");
        assert!(matches!(list[0].state, ReservationState::Held { .. }));
        assert_eq!(list[0].payment, PayState::Unpaid);
        assert_eq!(list[1].state, ReservationState::Confirmed);
        assert!(matches!(list[1].payment, PayState::Paid { .. }));
        assert_eq!(list[1].total_yen, yen(1_600));
        assert!(list[1].person.reveal().contains("hanako"), "{:?}", list[1].person.reveal());
        assert_eq!(views(&bench).await, 2, "one note for each of two people");
        expected(&bench, &clerk).await;
        assert_eq!(views(&bench).await, 4);
    }

    async fn only_a_role_for_the_facility_opens_its_day(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        let (desk, gym, hall) = (bench.desk(), slug("gym"), slug("hall"));
        let clerk = clerk(&bench).await;
        let first = desk.arrivals(&clerk, None, day()).await.unwrap();
        assert_eq!((first.facility, first.choices.len()), (gym.clone(), 1));
        let elsewhere = desk.arrivals(&clerk, Some(&hall), day()).await;
        assert_eq!(code(elsewhere), "forbidden");
        let nowhere = desk.arrivals(&clerk, Some(&slug("arena")), day()).await;
        assert_eq!(code(nowhere), "not_found");
        for role in [Role::Accounting, Role::Viewer] {
            let other = bench.on_duty(role.as_str(), &[(role, None)]).await;
            assert_eq!(code(desk.arrivals(&other, Some(&gym), day()).await), "forbidden");
        }
        let admin = bench.on_duty("admin", &[(Role::Admin, None)]).await;
        assert_eq!(desk.arrivals(&admin, Some(&hall), day()).await.unwrap().choices.len(), 2);
        assert_eq!(code(desk.arrivals(&bench.call(), Some(&gym), day()).await), "forbidden");
        let nobody = desk.arrivals(&bench.visitor(), Some(&gym), day()).await;
        assert_eq!(code(nobody), "staff.sign_in_required");
        assert_eq!(views(&bench).await, 1, "the clerk's one look; whoever was refused saw nobody");
    }

    async fn who_came_is_noted_once_and_taken_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, id) = (bench.desk(), bench.paid_booking().await);
        let clerk = clerk(&bench).await;
        let early = desk.note_attendance(&clerk, id, Attendance::CheckIn).await;
        assert!(matches!(refusal(early), Refusal::AttendanceTooEarly { .. }));
        assert!(expected(&bench, &clerk).await[0].next.is_empty());

        bench.becomes(DAY, "17:30");
        let clerk = bench.call_of_staff(clerk.staff_member().unwrap());
        assert_eq!(expected(&bench, &clerk).await[0].next, [Attendance::CheckIn]);
        let both = tokio::join!(
            desk.note_attendance(&clerk, id, Attendance::CheckIn),
            desk.note_attendance(&clerk, id, Attendance::CheckIn),
        );
        assert!(both.0.is_ok() && both.1.is_ok(), "two clerks, one guest: {both:?}");
        assert_eq!(bench.state(id).await, ReservationState::CheckedIn);
        let noted = "SELECT count(*) FROM audit_entries WHERE action = 'reservation.checked_in'";
        assert_eq!(bench.count(noted).await, 1);
        assert_eq!(expected(&bench, &clerk).await[0].next, [Attendance::UndoCheckIn]);

        desk.note_attendance(&clerk, id, Attendance::UndoCheckIn).await.unwrap();
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        let too_soon = desk.note_attendance(&clerk, id, Attendance::NoShow).await;
        assert_eq!(code(too_soon), "attendance.too_early");
        bench.becomes(DAY, "18:30");
        let clerk = bench.call_of_staff(clerk.staff_member().unwrap());
        desk.note_attendance(&clerk, id, Attendance::NoShow).await.unwrap();
        assert_eq!(bench.state(id).await, ReservationState::NoShow);
        desk.note_attendance(&clerk, id, Attendance::UndoNoShow).await.unwrap();
        bench.becomes(DAY, "20:00");
        let clerk = bench.call_of_staff(clerk.staff_member().unwrap());
        let late = desk.note_attendance(&clerk, id, Attendance::CheckIn).await;
        assert_eq!(code(late), "attendance.too_late");
        bench.assert_sound().await;
    }

    /// Whoever closed in the evening can still mend it the next day; then it is over, and what was
    /// noted stays.
    async fn what_has_been_over_for_a_day_is_used_and_whether_anybody_was_seen_stays(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, seen) = (bench.desk(), bench.paid_booking().await);
        let missed = bench.book(&bench.form("gym-full", "2026-12-06", "18:00", "20:00")).await;
        let unseen = bench.book(&bench.form("gym-full", "2026-12-12", "18:00", "20:00")).await;
        let (missed, unseen) = (missed.unwrap(), unseen.unwrap());
        for id in [missed, unseen] {
            bench.pay_for(id).await;
        }
        let clerk = clerk(&bench).await.staff_member().unwrap();
        let worker = &bench.house().worker;
        bench.becomes(DAY, "18:00");
        let now = bench.call_of_staff(clerk);
        desk.note_attendance(&now, seen, Attendance::CheckIn).await.unwrap();
        bench.becomes("2026-12-06", "19:30");
        assert_eq!(worker.complete_past().await.unwrap(), 0, "it ended at eight the day before");
        let now = bench.call_of_staff(clerk);
        desk.note_attendance(&now, missed, Attendance::NoShow).await.unwrap();
        bench.becomes("2026-12-06", "20:00");
        assert_eq!(worker.complete_past().await.unwrap(), 1);
        assert_eq!(bench.state(seen).await, ReservationState::Completed);
        bench.becomes("2026-12-13", "20:00");
        assert_eq!(worker.complete_past().await.unwrap(), 1);
        assert_eq!(worker.complete_past().await.unwrap(), 0, "once is enough");
        assert_eq!(bench.state(unseen).await, ReservationState::Completed, "nobody said they had not come");
        assert_eq!(bench.state(missed).await, ReservationState::NoShow, "that is for people to say");
        for (id, came) in [(seen, true), (unseen, false)] {
            let Stored::Completed { checked_in_at, .. } = bench.stored(id).await else {
                panic!("it is over");
            };
            assert_eq!(checked_in_at.is_some(), came);
        }
        bench.assert_sound().await;
    }

    async fn nobody_notes_anything_about_what_is_not_theirs(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, id) = (bench.desk(), bench.paid_booking().await);
        let at_the_hall = bench.employ("suzuki", &[(Role::Window, Some("hall"))]).await;
        let viewer = bench.employ("viewer", &[(Role::Viewer, None)]).await;
        bench.becomes(DAY, "18:00");
        for staff in [at_the_hall, viewer] {
            let call = bench.call_of_staff(staff);
            let noted = desk.note_attendance(&call, id, Attendance::CheckIn).await;
            assert_eq!(code(noted), "forbidden");
        }
        let own = desk.note_attendance(&bench.call(), id, Attendance::CheckIn).await;
        assert_eq!(code(own), "forbidden", "nobody lets themselves in");
        let visitor = desk.note_attendance(&bench.visitor(), id, Attendance::CheckIn).await;
        assert_eq!(code(visitor), "staff.sign_in_required");
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
    }

    async fn a_reservation_is_found_by_its_number_or_its_code_and_another_towns_is_not(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, id) = (bench.desk(), bench.paid_booking().await);
        let hall = bench.book(&bench.hall()).await.unwrap();
        let clerk = clerk(&bench).await;
        let number = bench.view(id).await.number;
        for typed in [number.clone(), number.replace('-', ""), id.to_string()] {
            let found = desk.locate(&clerk, &typed).await.unwrap();
            assert_eq!((found.id, found.facility, found.date), (id, slug("gym"), day()), "{typed}");
        }
        let neighbour = TestWorld::neighbour(&db, "243418", "tonari").await.unwrap();
        let theirs = neighbour.reservation("gym-full", DAY, "09:00", "11:00").unwrap();
        let mut tx = usecases::ports::store::Store::begin(&neighbour.store, neighbour.municipality)
            .await
            .unwrap();
        let entered = tx.insert_reservation(&theirs).await.unwrap();
        assert_eq!(entered, usecases::ports::store::InsertOutcome::Inserted);
        tx.commit().await.unwrap();
        for lost in [
            theirs.id.to_string(),
            theirs.number.clone(),
            hall.to_string(),
            "2611-0000-0000".to_owned(),
            "山田".to_owned(),
            "' OR 1=1 --".to_owned(),
        ] {
            assert_eq!(code(desk.locate(&clerk, &lost).await), "not_found", "{lost}");
        }
    }
}
