//! The demo's month: what it leaves must be what the use cases would have left.

use contract::{Reports as _, Role};
use testkit::sample;

use crate::bench::Bench;

testkit::on_both! {
    async fn the_sample_month_is_believable_and_its_books_agree(db: TestStore) {
        let bench = Bench::new(&db).await;
        let _clerk = bench.employ("sato", &[(Role::Window, None)]).await;
        let (store, vault) = (db.store(), &bench.house().vault);
        let code = &bench.world().town.town.code;
        let made = sample::month(store, vault.as_ref(), code, bench.now()).await.unwrap();
        assert!(made > 50, "{made}");
        bench.assert_sound().await;
        let uneven = "SELECT count(*) FROM tills WHERE difference_yen <> 0 OR state <> 'closed'";
        assert_eq!(bench.count(uneven).await, 0);
        assert!(bench.count("SELECT count(*) FROM tills").await > 5);
        let cash = "SELECT CAST(COALESCE(SUM(amount_yen), 0) AS bigint) FROM";
        let taken = bench.count(&format!("{cash} till_movements WHERE kind = 'received'")).await;
        let booked = bench.count(&format!("{cash} ledger_entries WHERE debit = 'counter_cash'")).await;
        assert_eq!(taken, booked);
        let manager = bench.on_duty("suzuki", &[(Role::Manager, None)]).await;
        let month = domain::figures::Month::of(domain::civil::date_at(bench.now()));
        let total = bench.desk().figures(&manager, month, None).await.unwrap().figures.total;
        assert!(total.bookings > 10 && total.checked_in > 5 && total.received_yen > 0, "{total:?}");
        assert!(total.online.part > 0 && total.online.part < total.online.whole, "{total:?}");

        let again = sample::month(store, vault.as_ref(), code, bench.now()).await.unwrap();
        assert_eq!(again, 0, "once is enough");
    }
}
