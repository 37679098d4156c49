//! Scenario 10: how much one may have, counted where it is booked.

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::{Failure, Outcome, Refusal, RuleProblem, WalkIn as _};
use domain::eligibility::NextStep;
use domain::ids::ReservationId;
use domain::town::{
    Limit, QuotaAmount, QuotaCounts, QuotaHolder, QuotaPeriod, QuotaRule, Town, Who,
};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::bench::Bench;
use crate::bench::wishes::refusal;

/// 体育施設 月4コマまで
fn four_a_month() -> QuotaRule {
    QuotaRule {
        label: "公民館 月4コマまで".into(),
        facilities: BTreeSet::new(),
        rooms: ["hall-room".parse().unwrap()].into(),
        who: Who::default(),
        per: QuotaHolder::Person,
        within: QuotaPeriod::UseMonth,
        most: QuotaAmount::Slots(4),
        counts: QuotaCounts::All,
        lifted_from: None,
        article: "規則第5条".into(),
    }
}

fn town_with(quota: QuotaRule) -> Town {
    let mut town = testkit::town().unwrap();
    town.quotas = vec![quota];
    town
}

/// The hall in the morning.
async fn morning(bench: &Bench, day: &str) -> Outcome<ReservationId> {
    bench
        .book(&bench.form("hall-room", day, "09:00", "12:00"))
        .await
}

/// What the rule said.
fn problem<T: std::fmt::Debug>(outcome: Outcome<T>) -> RuleProblem {
    match refusal(outcome) {
        Refusal::Rule(problem) => problem,
        other => panic!("no rule said {other:?}"),
    }
}

/// All that were told no by a rule, and all that got it.
async fn rush(bench: &Bench, days: &[&str]) -> (usize, usize) {
    let start = Arc::new(Barrier::new(days.len()));
    let mut tasks = JoinSet::new();
    for day in days {
        let form = bench.form("hall-room", day, "09:00", "12:00");
        let (bench, start) = (bench.clone(), Arc::clone(&start));
        tasks.spawn(async move {
            start.wait().await;
            bench.book(&form).await
        });
    }
    let (mut booked, mut told) = (0, 0);
    for outcome in tasks.join_all().await {
        match outcome {
            Ok(_id) => booked += 1,
            Err(Failure::Refused(Refusal::Rule(problem))) => {
                assert_eq!(problem.code, "quota.reached");
                told += 1;
            }
            Err(other) => panic!("neither booked nor told why not: {other:?}"),
        }
    }
    (booked, told)
}

testkit::on_both! {
    /// 月上限4コマ到達 / 申込 / 上限と次回可能日を表示
    async fn scenario_10_the_fifth_of_a_month_is_told_the_limit_and_the_next_day(db: TestStore) {
        let bench = Bench::in_town(&db, &town_with(four_a_month())).await;
        let mut last = None;
        for day in ["2026-12-01", "2026-12-02", "2026-12-03"] {
            last = Some(morning(&bench, day).await.unwrap());
        }
        // A hold counts like what is confirmed, and the afternoon is a slot of its own.
        let both = bench.form("hall-room", "2026-12-04", "09:00", "17:00");
        let too_much = problem(bench.book(&both).await);
        assert_eq!(too_much.words, "「公民館 月4コマまで」の上限に達しています（上限 4コマ、予約済み 3）");
        morning(&bench, "2026-12-04").await.unwrap();
        let told = problem(morning(&bench, "2026-12-05").await);
        let first = "2027-01-01".parse().unwrap();
        assert_eq!(told.next, [NextStep::ChooseDayFrom { date: first }, NextStep::CancelOne]);
        assert_eq!((told.code, told.article.as_str()), ("quota.reached", "規則第5条"));
        assert!(told.also.is_empty());

        let clerk = bench.on_duty("sato", &[(contract::Role::Window, None)]).await;
        let form = bench.form("hall-room", "2026-12-05", "09:00", "12:00");
        let at_the_counter = bench.desk().book_for(&clerk, bench.me(), &form).await;
        assert_eq!(problem(at_the_counter), told, "a clerk cannot go around it");

        morning(&bench, "2027-01-06").await.unwrap();
        bench.press_cancel(last.unwrap()).await.unwrap();
        morning(&bench, "2026-12-05").await.unwrap();
        let other = bench.settle_in(&crate::bench::Card::of("taro")).await;
        bench.book_as(other, &bench.form("hall-room", "2026-12-08", "09:00", "12:00")).await.unwrap();
    }

    async fn the_same_form_again_is_the_same_booking_though_it_reached_the_limit(db: TestStore) {
        let quota = QuotaRule { most: QuotaAmount::Slots(1), ..four_a_month() };
        let bench = Bench::in_town(&db, &town_with(quota)).await;
        let form = bench.form("hall-room", "2026-12-01", "09:00", "12:00");
        let id = bench.book(&form).await.unwrap();
        assert_eq!(bench.book(&form).await.unwrap(), id);
    }

    /// One person with many windows open: each sees room below the limit, and only so many get it.
    async fn two_forms_of_one_person_at_once_do_not_both_find_room_below_a_limit(db: TestStore) {
        const DECEMBER: [&str; 6] = [
            "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-08", "2026-12-09",
        ];
        const JANUARY: [&str; 6] = [
            "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08", "2027-01-12", "2027-01-13",
        ];
        let quota = QuotaRule { most: QuotaAmount::Bookings(1), ..four_a_month() };
        let bench = Bench::in_town(&db, &town_with(quota)).await;
        assert_eq!(rush(&bench, &DECEMBER).await, (1, 5));
        bench.apply_town(&town_with(four_a_month())).await;
        assert_eq!(rush(&bench, &JANUARY).await, (4, 2));
        assert_eq!(bench.count("SELECT count(*) FROM reservations WHERE holds_floor").await, 5);
        bench.assert_sound().await;
    }

    async fn all_that_stands_in_the_way_is_told_at_once(db: TestStore) {
        let mut town = town_with(QuotaRule { most: QuotaAmount::Slots(1), ..four_a_month() });
        let limit = |most| Limit { most, article: "規則第6条".into() };
        let hall = Arc::make_mut(&mut town.facilities[1]);
        hall.booking.max_divisions = Some(limit(1));
        hall.booking.max_days_in_a_row = Some(limit(1));
        let bench = Bench::in_town(&db, &town).await;
        morning(&bench, "2026-12-01").await.unwrap();
        let whole_day = bench.form("hall-room", "2026-12-02", "09:00", "17:00");
        let told = problem(bench.book(&whole_day).await);
        let others: Vec<_> = told.also.iter().map(|other| other.code).collect();
        assert_eq!((told.code, others), (
            "quota.divisions", vec!["quota.days_in_a_row", "quota.reached"],
        ));
        // With a window that has not opened first, because nothing can be done before that.
        let early = bench.form("hall-room", "2027-03-01", "09:00", "17:00");
        let told = problem(bench.book(&early).await);
        let others: Vec<_> = told.also.iter().map(|other| other.code).collect();
        assert_eq!((told.code, others), ("window.not_yet", vec!["quota.divisions", "quota.reached"]));
        assert!(matches!(told.next[..], [NextStep::BookFrom { .. }]));
    }
}
