//! Scenario 56: the year ends at midnight in Japan.

use contract::{Role, SheetFormat, Tills as _};

use crate::bench::Bench;

/// How many entries of the ledger are of a fiscal year.
async fn entries_of(bench: &Bench, year: i32) -> i64 {
    let sql = format!("SELECT count(*) FROM ledger_entries WHERE fiscal_year = {year}");
    bench.count(&sql).await
}

testkit::on_both! {
    /// サーバはUTC / 3/31 23:30 JST に収納 / 旧年度の収入、日計は3/31
    async fn scenario_56_half_past_eleven_on_31_march_in_japan_is_the_old_year(db: TestStore) {
        let bench = Bench::new(&db).await;
        for (day, time, year) in [("2027-03-31", "23:30", 2026), ("2027-04-01", "00:00", 2027)] {
            bench.becomes(day, time);
            let clerk = bench.on_duty("sato", &[(Role::Window, None)]).await;
            let till = bench.open_drawer(&clerk, 1, 10_000).await.unwrap();
            let id = bench.book(&bench.form("gym-full", "2027-04-10", time_of(year).0, time_of(year).1)).await;
            bench.take_cash(&clerk, (till, id.unwrap()), 2_000).await.unwrap();
            assert!(entries_of(&bench, year).await > 0, "{year}");
            assert_eq!(entries_of(&bench, year + 1).await, 0, "{year}");
            bench.close_drawer(&clerk, till, 11_600, "").await.unwrap();
            let sheet = bench.desk().day_sheet(&clerk, till, SheetFormat::Pdf).await.unwrap();
            let sheet = String::from_utf8(sheet.bytes).unwrap();
            assert!(sheet.contains(day), "{sheet}");
        }
        bench.assert_sound().await;
    }
}

/// A time of its own for each of the two.
const fn time_of(year: i32) -> (&'static str, &'static str) {
    if year == 2026 {
        ("10:00", "12:00")
    } else {
        ("18:00", "20:00")
    }
}
