//! Everything `book` says no to (issue "Bad input"), each time without leaving a trace.

use std::sync::Arc;

use chrono::NaiveDate;
use contract::{BookRoom, FieldProblem, ProblemKind, Refusal};
use domain::availability::ClosedReason;
use domain::fees::AttributeValue;

use crate::bench::wishes::{one, refusal, yen};
use crate::bench::{Bench, Card};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn changed(mut form: BookRoom, change: impl FnOnce(&mut BookRoom)) -> BookRoom {
    change(&mut form);
    form
}

/// Books and expects a refusal that leaves nothing behind.
async fn refused(bench: &Bench, form: &BookRoom) -> Refusal {
    let before = bench.rows().await;
    let refusal = refusal(bench.book(form).await);
    assert_eq!(
        bench.rows().await,
        before,
        "{refusal:?} left something behind"
    );
    refusal
}

testkit::on_both! {
    async fn times_that_cannot_be_booked_are_refused_by_name(db: TestStore) {
        let bench = Bench::new(&db).await;
        let gym = |day, start, end| bench.form("gym-full", day, start, end);
        let hall = |start, end| bench.form("hall-room", "2026-12-05", start, end);
        let closed = |day, reason| Refusal::SlotClosed { date: date(day), reason };
        for (form, expected) in [
            (gym("2026-12-05", "18:10", "19:10"), Refusal::SlotOffGrid),
            (gym("2026-12-05", "19:00", "19:00"), Refusal::SlotEmpty),
            (gym("2026-12-05", "20:00", "18:00"), Refusal::SlotEmpty),
            (gym("2026-12-05", "08:00", "10:00"), Refusal::SlotOutsideHours),
            (gym("2026-12-05", "20:00", "22:00"), Refusal::SlotOutsideHours),
            (gym("2026-12-05", "10:00", "10:30"), Refusal::SlotTooShort { min_minutes: 60 }),
            (gym("2026-12-05", "10:00", "14:30"), Refusal::SlotTooLong { max_minutes: 240 }),
            (hall("09:00", "11:00"), Refusal::SlotNotADivision),
            (gym("2026-11-30", "10:00", "12:00"), closed("2026-11-30", ClosedReason::Weekly)),
            // 23 November is a holiday and a Monday: open, and closed on the day after.
            (gym("2026-11-24", "10:00", "12:00"), closed("2026-11-24", ClosedReason::Shifted)),
            (gym("2027-01-02", "10:00", "12:00"), closed("2027-01-02", ClosedReason::Yearly)),
            (
                bench.form("hall-room", "2026-11-23", "09:00", "12:00"),
                closed("2026-11-23", ClosedReason::Holiday("勤労感謝の日".to_owned())),
            ),
            (gym("2026-11-20", "10:00", "12:00"), Refusal::SlotPast),
        ] {
            assert_eq!(refused(&bench, &form).await, expected, "{:?}", form.what);
        }
        // A time that has begun a moment ago.
        bench.becomes("2026-12-05", "10:00");
        assert_eq!(refused(&bench, &gym("2026-12-05", "10:00", "12:00")).await, Refusal::SlotPast);
    }

    async fn what_a_room_is_not_lent_for_is_refused_by_name(db: TestStore) {
        let bench = Bench::new(&db).await;
        let lighting = |quantity| changed(bench.gym(), |form| {
            form.what.options = vec![one("lighting")];
            form.what.options[0].quantity = quantity;
        });
        let people = |count| changed(bench.gym(), |form| form.what.people = count);
        let unknown = |option: &str| Refusal::UnknownOption { option: option.to_owned() };
        let too_many = |option: &str| Refusal::OptionQuantity { option: option.to_owned(), max: 1 };
        for (form, expected) in [
            (people(201), Refusal::TooManyPeople { capacity: 200 }),
            (people(0), Refusal::field("people", ProblemKind::Missing)),
            (changed(bench.gym(), |f| f.what.options = vec![one("sauna")]), unknown("sauna")),
            (
                changed(bench.gym(), |f| f.what.options = vec![one("lighting"), one("lighting")]),
                unknown("lighting"),
            ),
            (lighting(0), too_many("lighting")),
            (lighting(2), too_many("lighting")),
            (lighting(u32::MAX), too_many("lighting")),
            (
                changed(bench.gym(), |f| {
                    f.what.options = vec![one("lighting")];
                    f.what.options[0].minutes = Some(180);
                }),
                Refusal::OptionMinutes { option: "lighting".to_owned(), max_minutes: 120 },
            ),
            (
                changed(bench.gym(), |f| {
                    f.what.attributes.insert("commercial".parse().unwrap(), AttributeValue::Amount(500));
                }),
                Refusal::AttributeNotAFlag { attribute: "commercial".to_owned() },
            ),
            (
                changed(bench.gym(), |f| {
                    f.what.attributes.insert("free-of-charge".parse().unwrap(), AttributeValue::Flag(true));
                }),
                Refusal::UnknownAttribute { attribute: "free-of-charge".to_owned() },
            ),
            (
                changed(bench.gym(), |f| f.purpose = "meeting".parse().unwrap()),
                Refusal::UnknownPurpose,
            ),
            (
                changed(bench.gym(), |f| f.what.room = "gym-west".parse().unwrap()),
                Refusal::NotFound,
            ),
            (
                changed(bench.gym(), |f| f.seen_total_yen = Some(yen(1))),
                Refusal::PriceChanged { total_yen: yen(1_600) },
            ),
        ] {
            assert_eq!(refused(&bench, &form).await, expected, "{form:?}");
        }
    }

    async fn a_note_may_have_two_hundred_characters_however_many_bytes_they_take(db: TestStore) {
        let bench = Bench::new(&db).await;
        let too_long = changed(bench.gym(), |form| form.note = "𠮷".repeat(201));
        let expected = Refusal::InvalidInput {
            problems: vec![FieldProblem {
                field: "note".to_owned(),
                problem: ProblemKind::TooLong { max: 200 },
            }],
        };
        assert_eq!(refused(&bench, &too_long).await, expected);

        let long = changed(bench.gym(), |form| form.note = "🏀".repeat(200));
        let id = bench.book(&long).await.unwrap();
        assert_eq!(bench.view(id).await.note, "🏀".repeat(200));
    }

    async fn somebody_who_cannot_be_reached_books_nothing(db: TestStore) {
        let bench = Bench::new(&db).await;
        let stranger = bench.come_in(&Card::of("jiro")).await;
        let before = bench.rows().await;
        let outcome = bench.book_as(stranger, &bench.gym()).await;
        assert_eq!(refusal(outcome), Refusal::ProfileIncomplete);
        assert_eq!(bench.rows().await, before);
    }

    /// A tampered form cannot make a person from elsewhere a resident: the card answers.
    async fn who_lives_elsewhere_pays_what_people_from_elsewhere_pay(db: TestStore) {
        let bench = Bench::new(&db).await;
        let outsider = bench.settle_in(&Card::from_elsewhere("saburo")).await;
        let mut form = bench.gym();
        form.what.attributes.insert("outsider".parse().unwrap(), AttributeValue::Flag(false));
        form.seen_total_yen = Some(yen(1_600));
        let outcome = bench.book_as(outsider, &form).await;
        assert_eq!(refusal(outcome), Refusal::PriceChanged { total_yen: yen(3_200) });

        form.seen_total_yen = Some(yen(3_200));
        let id = bench.book_as(outsider, &form).await.unwrap();
        let reading = bench.store().read(bench.world().municipality).await.unwrap();
        let stored = reading.reservation(id).await.unwrap().unwrap();
        assert_eq!(stored.quote.total_yen, yen(3_200));
        assert_eq!(stored.particulars.attributes, [("outsider".parse().unwrap(), AttributeValue::Flag(true))].into());
    }

    async fn a_room_of_another_town_is_not_there(db: TestStore) {
        let bench = Bench::new(&db).await;
        let mut elsewhere = testkit::town().unwrap();
        elsewhere.code = "999998".to_owned();
        elsewhere.host = "tonari".parse().unwrap();
        let arena = Arc::make_mut(&mut elsewhere.facilities[0]);
        arena.id = "arena".parse().unwrap();
        Arc::make_mut(&mut arena.rooms[0]).id = "arena-full".parse().unwrap();
        testkit::TestWorld::with_town(&db, &elsewhere).await.unwrap();
        let form = changed(bench.gym(), |form| form.what.room = "arena-full".parse().unwrap());
        assert_eq!(refused(&bench, &form).await, Refusal::NotFound);
    }

    async fn a_taken_time_is_answered_with_times_that_are_free(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.book(&bench.gym()).await.unwrap();
        let form = bench.form("gym-north", "2026-12-05", "19:00", "20:00");
        let Refusal::SlotTaken { alternatives } = refused(&bench, &form).await else {
            panic!("not taken");
        };
        assert_eq!(alternatives.len(), 3);
        for offer in alternatives {
            // Offers may overlap each other: each is tried alone.
            let id = bench.book(&bench.form_for(&offer)).await.unwrap();
            bench.press_cancel(id).await.unwrap();
        }
        bench.assert_sound().await;
    }
}
