//! The stream: what is heard, by whom, and when it ends.

use axum::body::Body;
use axum::http::Response;
use chrono::Duration;
use contract::Role;
use http_body_util::BodyExt as _;

use crate::api::booking;
use crate::app::{Browser, HANAKO, SATO, TOWN, TestApp};

const CHANGES: &str = "/manage/changes";

async fn listen(staff: &Browser) -> Response<Body> {
    let stream = staff.open(CHANGES).await;
    assert_eq!(stream.status(), 200);
    let kind = stream.headers()["content-type"].to_str().unwrap();
    assert_eq!(kind, "text/event-stream");
    stream
}

/// The next event as it is sent; `None` once the stream has ended.
async fn heard(stream: &mut Response<Body>) -> Option<String> {
    loop {
        let frame = stream.body_mut().frame().await?.unwrap();
        let text = String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap();
        if !text.starts_with(':') {
            return Some(text);
        }
    }
}

async fn books(hanako: &mut Browser, start: &str, end: &str, key: u128) {
    let made = hanako
        .post_json("/api/v1/reservations", &booking(start, end, key))
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
}

/// Asks for the board as a page does that heard of a change.
async fn by_itself(staff: &mut Browser) -> u16 {
    let ask = staff
        .ask(axum::http::Method::GET, "/manage")
        .header("x-by-itself", "1");
    staff.send(ask.body(Body::empty()).unwrap()).await.status
}

testkit::on_both! {
    async fn a_board_hears_of_a_booking_and_of_nothing_else_about_it(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let viewer = app.colleague(TOWN, SATO, Role::Viewer).await;
        let mut stream = listen(&viewer).await;
        let first = heard(&mut stream).await.unwrap();
        books(&mut hanako, "18:00", "20:00", 1).await;
        let news = heard(&mut stream).await.unwrap();
        for event in [first, news] {
            assert_eq!(event, "retry: 1000\ndata: changed\n\n");
        }
    }

    async fn only_those_who_may_see_the_board_hear_of_it(db: TestStore) {
        let app = TestApp::open(&db).await;
        for role in Role::ALL {
            let staff = app.colleague(TOWN, SATO, role).await;
            let may = contract::role_may(role, contract::Action::SeeBoard);
            let status = staff.open(CHANGES).await.status();
            assert_eq!(status, if may { 200 } else { 403 }, "{role}");
            app.revoke(TOWN, SATO).await;
        }
        let hanako = app.resident(TOWN, HANAKO).await;
        for stranger in [hanako, app.visitor(TOWN)] {
            assert_eq!(stranger.open(CHANGES).await.status(), 401);
        }
    }

    async fn a_stream_ends_with_the_role_it_was_opened_by(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let viewer = app.colleague(TOWN, SATO, Role::Viewer).await;
        let mut stream = listen(&viewer).await;
        heard(&mut stream).await.unwrap();
        app.revoke(TOWN, SATO).await;
        app.world.clock.advance(Duration::seconds(15));
        books(&mut hanako, "18:00", "20:00", 1).await;
        assert_eq!(heard(&mut stream).await, None);
    }

    async fn a_page_that_follows_along_does_not_keep_a_session_awake(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let mut viewer = app.colleague(TOWN, SATO, Role::Viewer).await;
        let mut stream = listen(&viewer).await;
        heard(&mut stream).await.unwrap();
        app.world.clock.advance(Duration::minutes(14));
        books(&mut hanako, "18:00", "20:00", 1).await;
        assert!(heard(&mut stream).await.is_some());
        assert_eq!(by_itself(&mut viewer).await, 200);
        drop(viewer.open(CHANGES).await);
        app.world.clock.advance(Duration::minutes(1));
        assert_eq!(by_itself(&mut viewer).await, 401);
        books(&mut hanako, "16:00", "18:00", 2).await;
        assert_eq!(heard(&mut stream).await, None);
    }

    async fn streams_end_when_the_server_stops(db: TestStore) {
        let app = TestApp::open(&db).await;
        let viewer = app.colleague(TOWN, SATO, Role::Viewer).await;
        let mut stream = listen(&viewer).await;
        heard(&mut stream).await.unwrap();
        app.house.end_streams();
        assert_eq!(heard(&mut stream).await, None);
        assert_eq!(heard(&mut listen(&viewer).await).await, None);
    }
}
