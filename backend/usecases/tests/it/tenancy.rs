//! Who may see and do what: every method of the contract, by everybody who may not.

use contract::{
    Call, CancelReservation, CardRef, Failure, Outcome, Resident, UpdateProfile, Visitor as _,
};
use domain::ids::ReservationId;
use domain::personal::Personal;
use testkit::TestWorld;

use crate::bench::{Bench, Card};

/// What became of a call: the code it was refused with, or `ok`.
fn word<T>(outcome: Outcome<T>) -> &'static str {
    match outcome {
        Ok(_) => "ok",
        Err(Failure::Refused(refusal)) => refusal.code(),
        Err(Failure::Fault(fault)) => panic!("{fault:?}"),
    }
}

/// Every method that names a reservation.
async fn about(bench: &Bench, call: &Call, id: ReservationId) -> Vec<(&'static str, &'static str)> {
    let desk: &dyn Resident = bench.desk();
    let cancel = CancelReservation {
        reservation: id,
        seen_refund_yen: None,
    };
    vec![
        ("reservation", word(desk.reservation(call, id).await)),
        ("extend_hold", word(desk.extend_hold(call, id).await)),
        ("pay", word(desk.pay(call, id).await)),
        (
            "payment_returned",
            word(desk.payment_returned(call, id).await),
        ),
        ("cancel_preview", word(desk.cancel_preview(call, id).await)),
        ("cancel", word(desk.cancel(call, &cancel).await)),
        ("permit", word(desk.permit(call, id).await)),
        ("receipt", word(desk.receipt(call, id).await)),
        ("calendar_entry", word(desk.calendar_entry(call, id).await)),
    ]
}

/// Every method about the person themselves.
async fn own(bench: &Bench, call: &Call) -> Vec<(&'static str, &'static str)> {
    let desk: &dyn Resident = bench.desk();
    let change = UpdateProfile {
        email: Some(Personal::new("thief@example.jp".to_owned())),
        phone: Personal::new("000".to_owned()),
    };
    vec![
        ("profile", word(desk.profile(call).await)),
        (
            "update_profile",
            word(desk.update_profile(call, &change).await),
        ),
        (
            "book",
            word(
                desk.book(
                    call,
                    &bench.form("gym-full", "2026-12-06", "10:00", "12:00"),
                )
                .await,
            ),
        ),
        ("reservations", word(desk.reservations(call).await)),
        ("cards", word(desk.cards(call).await)),
        ("pending_card", word(desk.pending_card(call).await)),
        ("add_card", word(desk.add_card(call).await)),
        (
            "remove_card",
            word(desk.remove_card(call, &CardRef::of([0; 32])).await),
        ),
    ]
}

fn assert_all(answers: &[(&str, &str)], expected: &str) {
    for (method, answer) in answers {
        assert_eq!(*answer, expected, "{method}");
    }
}

testkit::on_both! {
    async fn nobody_who_has_not_signed_in_gets_anything_of_a_person(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let before = bench.rows().await;
        let visitor = bench.visitor();
        assert_all(&about(&bench, &visitor, id).await, "sign_in.required");
        assert_all(&own(&bench, &visitor).await, "sign_in.required");
        let nothing = ReservationId(uuid::Uuid::nil());
        assert_all(&about(&bench, &visitor, nothing).await, "sign_in.required");
        // The house itself is nobody's deputy.
        let system = bench.system();
        assert_all(&about(&bench, &system, id).await, "forbidden");
        assert_all(&own(&bench, &system).await, "forbidden");
        assert_eq!(bench.rows().await, before);
    }

    async fn another_persons_booking_is_not_there(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (paid, held) = (bench.paid_booking().await, bench.book(&bench.hall()).await.unwrap());
        let jiro = bench.settle_in(&Card::of("jiro")).await;
        let before = bench.rows().await;
        for id in [paid, held, ReservationId(uuid::Uuid::nil())] {
            assert_all(&about(&bench, &bench.call_of(jiro), id).await, "not_found");
        }
        let listed = bench.desk().reservations(&bench.call_of(jiro)).await.unwrap();
        assert!(listed.is_empty());
        assert_eq!(bench.rows().await, before);
    }

    /// The same person id presented to another town is a stranger there.
    async fn another_town_knows_nothing_of_a_person_or_a_booking(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let tonari = TestWorld::neighbour(&db, "000002", "tonari").await.unwrap();
        let before = bench.rows().await;
        let call = bench.call_in(tonari.municipality, bench.me());
        assert_all(&about(&bench, &call, id).await, "not_found");
        let answers = own(&bench, &call).await;
        let expected = [
            ("profile", "sign_in.required"),
            ("update_profile", "sign_in.required"),
            ("book", "sign_in.required"),
            ("reservations", "ok"),
            ("cards", "ok"),
            ("pending_card", "ok"),
            ("add_card", "identity.step_up_required"),
            ("remove_card", "identity.step_up_required"),
        ];
        assert_eq!(answers, expected);
        assert!(bench.desk().reservations(&call).await.unwrap().is_empty());
        assert_eq!(bench.rows().await, before);
    }

    /// The towns have rooms of the same names: what is taken in one is free in the other.
    async fn a_booking_takes_nothing_in_another_town(db: TestStore) {
        let bench = Bench::new(&db).await;
        let tonari = TestWorld::neighbour(&db, "000002", "tonari").await.unwrap();
        bench.paid_booking().await;
        let gym = "gym".parse().unwrap();
        let date = "2026-12-05".parse().unwrap();
        let here = bench.desk().day(&bench.visitor(), &gym, date).await.unwrap();
        let there = Call::visitor(tonari.municipality, bench.visitor().request_id(), bench.now());
        let there = bench.desk().day(&there, &gym, date).await.unwrap();
        let free = |day: &contract::DayView| {
            let slots = day.rooms.iter().flat_map(|room| &room.slots);
            slots.filter(|slot| slot.status.is_bookable()).count()
        };
        assert!(free(&here) < free(&there), "{} and {}", free(&here), free(&there));
    }
}
