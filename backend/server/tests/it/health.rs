//! Signs of life.

use crate::app::{TOWN, TestApp};

testkit::on_both! {
    async fn a_process_on_a_current_database_is_alive_and_ready(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut probe = app.visitor("anywhere");
        assert_eq!(probe.get("/healthz").await.status, 200);
        assert_eq!(probe.get("/readyz").await.status, 200);
    }

    async fn a_process_without_its_database_is_alive_but_not_ready(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.house.close().await.unwrap();
        let mut probe = app.visitor("anywhere");
        assert_eq!(probe.get("/healthz").await.status, 200);
        assert_eq!(probe.get("/readyz").await.status, 503);
        let page = app.visitor(TOWN).get("/").await;
        assert_eq!(page.status, 500);
        let facilities = app.visitor(TOWN).get("/api/v1/facilities").await;
        assert_eq!((facilities.status, &*facilities.problem()), (500, "fault"));
    }
}
