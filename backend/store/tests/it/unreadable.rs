//! A row that somebody else spoilt is a fault that names its place and not its value.

use std::error::Error as _;

use store::Unreadable;
use testkit::TestWorld;
use usecases::ports::store::{Store as _, StoreFailure};

use crate::behind::meddle;
use crate::booking::booked;

testkit::on_both! {
    async fn a_spoilt_row_names_its_table_and_column(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        // In the reverse order of reading, so that each is the first thing wrong.
        for (column, spoil) in [
            ("request_hash", "UPDATE reservations SET request_hash = ''"),
            ("state_facts", r#"UPDATE reservations SET state_facts = '{"state": "lost"}'"#),
            ("quote", r#"UPDATE reservations SET quote = '{"total": "山田"}'"#),
        ] {
            meddle(&db, spoil).await;
            let failure = reading.reservation(record.id).await.unwrap_err();
            let StoreFailure::Fault(fault) = failure else {
                unreachable!("{failure:?}");
            };
            let unreadable = fault.source().and_then(|source| source.downcast_ref::<Unreadable>());
            let unreadable = unreadable.unwrap();
            assert_eq!((unreadable.table, unreadable.column), ("reservations", column));
            assert_eq!(unreadable.row, record.id.to_string());
            assert!(!format!("{unreadable}").contains("山田"));
        }
    }
}
