//! Scenarios 3–6: when booking opens, for whom and by which reading of 「3か月前から」.

use std::sync::Arc;

use chrono::Duration;
use contract::{Outcome, Refusal};
use domain::civil;
use domain::ids::ReservationId;
use domain::town::{ClosingRule, MonthEnd, MonthReading, Opening, Town};

use super::quotes::{SEIKA, town};
use crate::bench::wishes::refusal;
use crate::bench::{Bench, Card};

/// The test town with a gym that opens three months ahead by this reading, and is never closed.
fn three_months_ahead(reading: MonthReading, month_end: Option<MonthEnd>) -> Town {
    let mut town = testkit::town().unwrap();
    let gym = Arc::make_mut(&mut town.facilities[0]);
    gym.closing = ClosingRule::default();
    gym.window.opening = Opening::MonthsAhead {
        months: 3,
        reading,
        month_end,
    };
    town
}

/// The gym on a day, asked for by [`Bench::me`].
async fn ask(bench: &Bench, day: &str, start: &str, end: &str) -> Outcome<ReservationId> {
    bench.book(&bench.form("gym-full", day, start, end)).await
}

fn not_yet(day: &str) -> Refusal {
    Refusal::WindowNotYet {
        opens_at: civil::instant(day.parse().unwrap(), "09:00".parse().unwrap()),
        article: "条例第5条".to_owned(),
    }
}

testkit::on_both! {
    /// 町内 / 4月分を「使用月を含む3か月前」方式で2/1 9:00 / 受理、8:59:59は拒否
    async fn scenario_3_april_counting_the_month_of_use_opens_on_1_february_at_nine(db: TestStore) {
        let town = three_months_ahead(MonthReading::FirstOfMonthCountingUse, None);
        let bench = Bench::in_town(&db, &town).await;
        bench.becomes("2027-02-01", "08:59");
        bench.pass(Duration::seconds(59));
        let early = ask(&bench, "2027-04-30", "18:00", "20:00").await;
        assert_eq!(refusal(early), not_yet("2027-02-01"));
        bench.pass(Duration::seconds(1));
        ask(&bench, "2027-04-30", "18:00", "20:00").await.unwrap();
        assert_eq!(refusal(ask(&bench, "2027-05-01", "18:00", "20:00").await), not_yet("2027-03-01"));
    }

    /// 同施設を「含まない」設定 / 1/1 9:00 / 受理（設定差のみ）
    async fn scenario_4_not_counting_it_opens_on_1_january_by_the_setting_alone(db: TestStore) {
        let town = three_months_ahead(MonthReading::FirstOfMonthCountingUse, None);
        let bench = Bench::in_town(&db, &town).await;
        bench.becomes("2027-01-01", "09:00");
        assert_eq!(refusal(ask(&bench, "2027-04-30", "18:00", "20:00").await), not_yet("2027-02-01"));
        bench.apply_town(&three_months_ahead(MonthReading::FirstOfMonthBefore, None)).await;
        bench.pass(-Duration::seconds(1));
        assert_eq!(refusal(ask(&bench, "2027-04-30", "18:00", "20:00").await), not_yet("2027-01-01"));
        bench.pass(Duration::seconds(1));
        ask(&bench, "2027-04-30", "18:00", "20:00").await.unwrap();
    }

    /// 5/31利用・3か月前応答日 / 2/28 / 月末丸め方針どおり
    async fn scenario_5_a_day_that_february_has_not_follows_the_towns_policy(db: TestStore) {
        let policy = |end| three_months_ahead(MonthReading::SameDay, Some(end));
        let bench = Bench::in_town(&db, &policy(MonthEnd::NextFirst)).await;
        bench.becomes("2027-02-28", "09:00");
        assert_eq!(refusal(ask(&bench, "2027-05-31", "18:00", "20:00").await), not_yet("2027-03-01"));
        ask(&bench, "2027-05-28", "18:00", "20:00").await.unwrap();
        bench.apply_town(&policy(MonthEnd::LastDay)).await;
        bench.pass(-Duration::seconds(1));
        assert_eq!(refusal(ask(&bench, "2027-05-31", "18:00", "20:00").await), not_yet("2027-02-28"));
        bench.pass(Duration::seconds(1));
        ask(&bench, "2027-05-31", "18:00", "20:00").await.unwrap();
    }

    /// 町外 / 町民優先期間中 / 開始日時を示して拒否 (精華町 むくのきセンター: 4–9月分は町内2月1日・町外3月1日)
    async fn scenario_6_while_residents_come_first_others_are_told_when_they_can(db: TestStore) {
        let seika = town(SEIKA);
        let bench = Bench::in_town(&db, &seika).await;
        let mut resident = Card::of("hanae");
        resident.address = "京都府相楽郡精華町光台一丁目".to_owned();
        let resident = bench.settle_in(&resident).await;
        bench.becomes("2027-02-01", "09:00");
        let evening = bench.form("mukunoki-study", "2027-04-10", "18:00", "20:00");
        let Refusal::WindowNotYet { opens_at, article } = refusal(bench.book(&evening).await) else {
            panic!("residents come first");
        };
        assert_eq!(opens_at, civil::instant("2027-03-01".parse().unwrap(), "09:00".parse().unwrap()));
        assert!(!article.is_empty());
        bench.book_as(resident, &evening).await.unwrap();
        bench.becomes("2027-03-01", "09:00");
        bench.book(&bench.form("mukunoki-study", "2027-04-10", "10:00", "12:00")).await.unwrap();
    }
}
