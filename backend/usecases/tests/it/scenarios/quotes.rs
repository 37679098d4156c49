//! Scenarios 16–18: what it costs, from the files of real towns.

use contract::{ChosenOption, QuoteRoom, Visitor as _};
use domain::fees::AttributeValue;
use domain::money::SignedYen;
use domain::quote::Quote;
use domain::town::{Town, check};

use crate::bench::wishes::{one, yen};
use crate::bench::{Bench, Card};

/// 精華町 as the demo has it.
pub const SEIKA: &str = include_str!("../../../../server/towns/seika.toml");
const MIYOSHI: &str = include_str!("../../../../../towns/miyoshi.toml");
const MASUDA: &str = include_str!("../../../../../towns/masuda.toml");

/// The town of a file, checked like any other.
pub fn town(file: &str) -> Town {
    check(file.as_bytes()).unwrap()
}

/// A use of a room on a day.
fn wish(bench: &Bench, room: &str, day: &str, (start, end): (&str, &str)) -> QuoteRoom {
    bench.form(room, day, start, end).what
}

fn with(
    wish: QuoteRoom,
    options: &[ChosenOption],
    answers: &[(&str, AttributeValue)],
) -> QuoteRoom {
    let answers = answers.iter();
    QuoteRoom {
        options: options.to_vec(),
        attributes: answers
            .map(|(id, it)| (id.parse().unwrap(), it.clone()))
            .collect(),
        ..wish
    }
}

fn amounts(quote: &Quote) -> Vec<(&str, SignedYen)> {
    let lines = quote.lines.iter();
    lines
        .map(|line| (line.label.as_str(), line.amount_yen))
        .collect()
}

testkit::on_both! {
    /// 精華V3 体育館2h照明 / 見積 / 800円と内訳
    async fn scenario_16_two_hours_of_the_school_gym_with_light_are_800_yen(db: TestStore) {
        let bench = Bench::in_town(&db, &town(SEIKA)).await;
        let evening = wish(&bench, "nishi-gym", "2026-12-05", ("18:00", "20:00"));
        let quote = bench.desk().quote(&bench.visitor(), &with(evening, &[one("light")], &[])).await;
        let quote = quote.unwrap();
        assert_eq!(quote.total_yen, yen(800));
        let [(_, room), (light, lit)] = amounts(&quote)[..] else { panic!("{quote:?}") };
        assert_eq!((room, light, lit), (yen(400).into(), "照明（2時間）", yen(400).into()));
        assert!(quote.lines.iter().all(|line| line.basis.contains("学校施設の開放 使用料")), "{quote:?}");
    }

    /// 市外かつ営利の組合せ料金がある町 / 見積 / 組合せの料金（乗算しない） (三次市: 2倍・3倍・両方なら5倍)
    async fn scenario_17_the_price_of_a_combination_is_its_own_and_no_product(db: TestStore) {
        let bench = Bench::in_town(&db, &town(MIYOSHI)).await;
        let outsider = bench.settle_in(&Card::of("saburo")).await;
        let mut resident = Card::of("hanae");
        resident.address = "広島県三次市作木町下作木".to_owned();
        let resident = bench.settle_in(&resident).await;
        let commercial = ("commercial", AttributeValue::Flag(true));
        for (person, answers, total) in [
            (resident, &[][..], 800),
            (outsider, &[][..], 1_600),
            (resident, &[commercial.clone()][..], 2_400),
            (outsider, &[commercial][..], 4_000),
        ] {
            let morning = wish(&bench, "meeting", "2026-12-05", ("09:00", "12:00"));
            let asked = with(morning, &[], answers);
            let quote = bench.desk().quote(&bench.call_of(person), &asked).await.unwrap();
            assert_eq!(quote.total_yen, yen(total), "{answers:?}");
            let mut form = bench.form("meeting", "2026-12-05", "09:00", "12:00");
            form.what = asked;
            let id = bench.book_as(person, &form).await.unwrap();
            assert_eq!(bench.record(id).await.quote, quote, "what is booked is what was shown");
            bench.cancel_as(person, id).await;
        }
    }

    /// 益田V8 / 合計 / 1,040円
    async fn scenario_18_the_sum_is_rounded_once_to_1040_yen(db: TestStore) {
        let bench = Bench::in_town(&db, &town(MASUDA)).await;
        let morning = wish(&bench, "arena-half", "2026-12-05", ("10:00", "11:00"));
        let options = ["light-200", "shower", "locker"].map(one);
        let student = ("user", AttributeValue::Choice("student".into()));
        let asked = with(morning, &options, &[student]);
        let quote = bench.desk().quote(&bench.visitor(), &asked).await.unwrap();
        assert_eq!(quote.total_yen, yen(1_040));
        let each: Vec<i64> = quote.lines.iter().map(|line| line.amount_yen.get()).collect();
        assert_eq!(each, [361, 412, 165, 103, -1]);
    }
}
