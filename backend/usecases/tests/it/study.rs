//! 使用料の見直し: real bookings under a proposed town file.

use std::sync::Arc;

use contract::{
    Call, Period, Reports as _, Role, Sales as _, StudyFees, StudyView, TakeCash, WrongFile,
};
use domain::ids::ReservationId;
use domain::money::{SignedYen, Yen};
use domain::study::Tally;
use domain::town::{RoomPrice, Tariff, Town, export};
use usecases::study::fee_study;

use crate::bench::wishes::{code, one};
use crate::bench::{Bench, Card};

/// The test town with the whole gym at 1,000 円 an hour from next spring.
fn dearer() -> Town {
    let mut town = testkit::town().unwrap();
    let gym = Arc::make_mut(&mut town.facilities[0]);
    let whole = Arc::make_mut(&mut gym.rooms[0]);
    let revised = Tariff {
        from: "2027-04-01".parse().unwrap(),
        price: RoomPrice::PerHour {
            yen: Yen::new(1_000),
            max_hours: None,
        },
        ..whole.tariffs[0].clone()
    };
    whole.tariffs.push(revised);
    town
}

fn december() -> Period {
    let day = |text: &str| text.parse().unwrap();
    Period::new(day("2026-12-01"), day("2026-12-31")).unwrap()
}

fn asked(town: &Town) -> StudyFees {
    StudyFees {
        file: export(town).unwrap(),
        period: december(),
    }
}

async fn study(bench: &Bench, call: &Call, town: &Town) -> StudyView {
    let answer = bench.desk().study(call, &asked(town)).await.unwrap();
    answer.unwrap()
}

/// Two evenings of the whole gym, one of them with light and of somebody from outside; the hall, free
/// of charge; a hold that nobody paid for; one in January.
async fn live(bench: &Bench) {
    bench.paid_booking().await;
    let clerk = bench.clerk("sato").await;
    let drawer = bench.open_drawer(&clerk, 1, 5_000).await.unwrap();
    let ichiro = bench.settle_in(&Card::from_elsewhere("ichiro")).await;
    let mut outside = bench.form("gym-full", "2026-12-06", "18:00", "20:00");
    outside.what.options = vec![one("lighting")];
    let outside = bench.book_as(ichiro, &outside).await.unwrap();
    let owed = pay(bench, &clerk, drawer, outside).await;
    // Twice 1,600, and four times 200 for the light.
    assert_eq!(owed, Yen::new(4_000));
    let hall = bench.book(&bench.hall()).await.unwrap();
    bench.press_pay(hall).await.unwrap();
    bench
        .book(&bench.form("gym-north", "2026-12-08", "10:00", "12:00"))
        .await
        .unwrap();
    let january = bench.form("gym-full", "2027-01-09", "18:00", "20:00");
    let january = bench.book(&january).await.unwrap();
    pay(bench, &clerk, drawer, january).await;
}

async fn pay(
    bench: &Bench,
    clerk: &Call,
    till: domain::ids::TillId,
    reservation: ReservationId,
) -> Yen {
    let owed = bench.record(reservation).await.quote.total_yen;
    let take = TakeCash {
        reservation,
        till,
        tendered: owed,
        seen_total: owed,
        submission: bench.key(),
    };
    bench.desk().take_cash(clerk, &take).await.unwrap();
    owed
}

testkit::on_both! {
    async fn what_was_paid_for_in_a_month_is_priced_anew(db: TestStore) {
        let bench = Bench::new(&db).await;
        live(&bench).await;
        let manager = bench.on_duty("suzuki", &[(Role::Manager, None)]).await;
        let view = study(&bench, &manager, &dearer()).await;
        let total = view.study.total;
        assert_eq!(
            total,
            Tally {
                uses: 3,
                before_yen: 1_600 + 4_000,
                after_yen: 2_000 + 4_800,
                raised: 2,
                ..Tally::default()
            }
        );
        assert_eq!(total.difference(), SignedYen::new(1_200));
        let classes: Vec<_> = view
            .study
            .classes
            .iter()
            .map(|row| (row.of.to_string(), row.tally.before_yen, row.tally.after_yen))
            .collect();
        assert_eq!(
            classes,
            [
                ("基本（どの区分にもあたらない）".to_owned(), 1_600, 2_000),
                ("町外の方".to_owned(), 4_000, 4_800),
            ]
        );
        let rooms: Vec<_> = view.study.rooms.iter().map(|row| row.of.room.as_str()).collect();
        assert_eq!(rooms, ["体育館（全面）", "大会議室"]);
        assert_eq!(view.study.largest.len(), 2);
        // The town in force changes nothing, whoever booked.
        let same = study(&bench, &manager, &testkit::town().unwrap()).await;
        assert_eq!(same.study.total.difference(), SignedYen::new(0));
        assert_eq!(same.study.total.before_yen, total.before_yen);
        assert!(same.study.largest.is_empty() && same.study.unpriced.is_empty());
    }

    async fn a_study_is_of_what_one_answers_for(db: TestStore) {
        let bench = Bench::new(&db).await;
        live(&bench).await;
        let (desk, town) = (bench.desk(), dearer());
        let of_hall = bench.on_duty("kato", &[(Role::Manager, Some("hall"))]).await;
        let hall = study(&bench, &of_hall, &town).await.study;
        assert_eq!((hall.total.uses, hall.total.before_yen), (1, 0));
        for (role, may) in [(Role::Accounting, true), (Role::Viewer, true), (Role::Window, false)] {
            let who = bench.on_duty(role.as_str(), &[(role, None)]).await;
            assert_eq!(desk.study(&who, &asked(&town)).await.is_ok(), may, "{role:?}");
            assert_eq!(desk.study_file(&who, &asked(&town)).await.is_ok(), may, "{role:?}");
            assert_eq!(desk.study_form(&who).await.is_ok(), may, "{role:?}");
        }
        assert_eq!(code(desk.study(&bench.call(), &asked(&town)).await), "forbidden");
        let nobody = desk.study(&bench.visitor(), &asked(&town)).await;
        assert_eq!(code(nobody), "staff.sign_in_required");
        // The operator sees all of the town, and nobody else is the house.
        let whole = fee_study(bench.store(), &bench.system(), &town, december()).await.unwrap();
        assert_eq!(whole.study.total.uses, 3);
        let not = fee_study(bench.store(), &of_hall, &town, december()).await;
        assert_eq!(code(not), "forbidden");
    }

    async fn a_file_that_is_wrong_or_elsewheres_is_said_to_be(db: TestStore) {
        let bench = Bench::new(&db).await;
        let manager = bench.on_duty("suzuki", &[(Role::Manager, None)]).await;
        let mut wrong = asked(&dearer());
        wrong.file = testkit::TOWN_FILE.replace("yen = 800", "yen = -800");
        let line = wrong.file.lines().position(|line| line.contains("-800")).unwrap() + 1;
        match bench.desk().study(&manager, &wrong).await.unwrap() {
            Err(WrongFile::Problems(problems)) => assert_eq!(problems[0].line, line),
            other => panic!("{other:?}"),
        }
        let mut elsewhere = dearer();
        "999989".clone_into(&mut elsewhere.code);
        let told = bench.desk().study_file(&manager, &asked(&elsewhere)).await.unwrap();
        let there = WrongFile::Elsewhere { code: "999989".to_owned(), name: elsewhere.name };
        assert_eq!(told, Err(there));
    }

    async fn the_form_begins_with_the_file_in_force_and_last_year(db: TestStore) {
        let bench = Bench::new(&db).await;
        let manager = bench.on_duty("suzuki", &[(Role::Manager, Some("gym"))]).await;
        let form = bench.desk().study_form(&manager).await.unwrap();
        let town = domain::town::check(form.file.as_bytes()).unwrap();
        assert_eq!(town, testkit::town().unwrap());
        assert_eq!(form.period.from().to_string(), "2025-04-01");
        assert_eq!(form.period.to().to_string(), "2026-03-31");
    }

    async fn the_file_for_a_spreadsheet_has_every_grouping(db: TestStore) {
        let bench = Bench::printing(&db).await;
        live(&bench).await;
        let manager = bench.on_duty("suzuki", &[(Role::Manager, None)]).await;
        let mut proposed = dearer();
        proposed.attributes.retain(|it| it.id.as_str() != "outsider");
        for facility in &mut proposed.facilities {
            for room in &mut Arc::make_mut(facility).rooms {
                for tariff in &mut Arc::make_mut(room).tariffs {
                    tariff.surcharges.clear();
                }
            }
        }
        let paper = bench.desk().study_file(&manager, &asked(&proposed)).await.unwrap().unwrap();
        assert_eq!(paper.file_name, "minaoshi-2026-12-01-2026-12-31.csv");
        let text = String::from_utf8(paper.bytes).unwrap();
        for line in [
            "全体,,,,,,2,1600,2000,400,25.0,1,0,1,4000,",
            "室場別,寄合町体育館,体育館（全面）,,,,1,1600,2000,400,25.0,1,0,1,4000,",
            "利用者区分別,,,町外の方,,,0,0,0,0,,0,0,1,4000,",
            "減免別,,,,減免なし,,2,1600,2000,400,25.0,1,0,1,4000,",
            "計算できない予約,寄合町体育館,体育館（全面）,,,,,,,,,,,1,4000,利用者区分「outsider」はありません",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}
