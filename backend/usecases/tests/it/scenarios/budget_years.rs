//! Scenarios 45 and 46: which year's budget a refund is taken from.

use contract::{Call, Reports as _, Role};

use crate::bench::Bench;

/// What went back in a month: the fiscal year, from its revenue (戻出), from its spending (歳出), yen.
async fn went_back(bench: &Bench, accounting: &Call, month: &str) -> Vec<(i32, i64, i64)> {
    let accounting = bench.again(accounting);
    let view = bench
        .desk()
        .accounts(&accounting, month.parse().unwrap())
        .await
        .unwrap();
    let lines = view.lines.into_iter().map(|one| one.line);
    lines
        .filter(|line| line.reversed_yen != 0 || line.spent_yen != 0)
        .map(|line| (line.year, line.reversed_yen, line.spent_yen))
        .collect()
}

testkit::on_both! {
    /// 45. 3月収納・4/10還付（出納整理期間）/ 旧年度戻出
    /// 46. 3月収納・6/1還付 / 現年度歳出、科目切替
    async fn scenarios_45_and_46_a_refund_after_the_books_closed_is_this_years_spending(db: TestStore) {
        let bench = Bench::new(&db).await;
        let accounting = bench.on_duty("kaikei", &[(Role::Accounting, None)]).await;
        bench.becomes("2027-03-15", "10:00");
        let mut booked = Vec::new();
        for (start, end) in [("09:00", "11:00"), ("11:00", "13:00")] {
            let id = bench.book(&bench.form("gym-full", "2027-06-12", start, end)).await.unwrap();
            bench.pay_for(id).await;
            booked.push(id);
        }
        bench.becomes("2027-04-10", "10:00");
        bench.press_cancel(booked[0]).await.unwrap();
        bench.work().await;
        bench.becomes("2027-06-01", "10:00");
        bench.press_cancel(booked[1]).await.unwrap();
        bench.work().await;

        let march = bench.desk().accounts(&bench.again(&accounting), "2027-03".parse().unwrap()).await.unwrap();
        let march = &march.lines[0].line;
        assert_eq!((march.year, march.charged_yen, march.received_in_all()), (2026, 3_200, 3_200));
        assert_eq!(went_back(&bench, &accounting, "2027-04").await, [(2026, 1_600, 0)], "scenario 45");
        assert_eq!(went_back(&bench, &accounting, "2027-06").await, [(2027, 0, 1_600)], "scenario 46");
    }

    async fn accounts_are_shown_of_the_facilities_one_answers_for(db: TestStore) {
        let bench = Bench::printing(&db).await;
        bench.paid_booking().await;
        let month = "2026-11".parse().unwrap();
        let hall = bench.on_duty("hall", &[(Role::Manager, Some("hall"))]).await;
        assert_eq!(bench.desk().accounts(&hall, month).await.unwrap().lines, []);
        let gym = bench.on_duty("gym", &[(Role::Manager, Some("gym"))]).await;
        assert_eq!(bench.desk().accounts(&gym, month).await.unwrap().lines.len(), 1);
        let file = bench.desk().accounts_file(&gym, month).await.unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(text.contains("2026-11,寄合町体育館,使用料,町,2026,1600,1,0,1600,0,0,0,0"), "{text}");
        let clerk = bench.clerk("sato").await;
        assert_eq!(crate::bench::wishes::code(bench.desk().accounts(&clerk, month).await), "forbidden");
    }
}
