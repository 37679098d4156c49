//! Every field of every API request with what it should not be: a status, a code and a sentence,
//! and nothing half-written.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::{booking, gym};
use crate::app::{Answer, Browser, HANAKO, NEIGHBOUR, TOWN, TestApp};

const QUOTES: &str = "/api/v1/quotes";
const RESERVATIONS: &str = "/api/v1/reservations";

/// What one field should not be, and what the answer is then.
struct Case {
    field: &'static str,
    value: Value,
    status: u16,
    code: &'static str,
}

fn case(field: &'static str, value: Value, status: u16, code: &'static str) -> Case {
    Case {
        field,
        value,
        status,
        code,
    }
}

const INVALID: (u16, &str) = (422, "input.invalid");

/// Every field of a quote.
fn quote_cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for field in ["room", "date", "start", "end", "people"] {
        for value in [
            json!(null),
            json!(""),
            json!([]),
            json!({}),
            json!("あ".repeat(10_000)),
        ] {
            cases.push(case(field, value, INVALID.0, INVALID.1));
        }
    }
    for field in ["room", "date", "start", "end"] {
        cases.push(case(field, json!(7), INVALID.0, INVALID.1));
        cases.push(case(field, json!("🏀\u{E0100}𠮷"), INVALID.0, INVALID.1));
    }
    for date in [
        "2026-02-30",
        "2026/12/05",
        "12-05",
        "+12026-12-05",
        "9999-12-31",
        "0000-01-01",
    ] {
        cases.push(case("date", json!(date), INVALID.0, INVALID.1));
    }
    for time in ["24:30", "7", "19:5", "１８:00", "18:00:00"] {
        cases.push(case("end", json!(time), INVALID.0, INVALID.1));
    }
    for people in [
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e30),
        json!("12"),
        json!(100_001),
    ] {
        cases.push(case("people", people, INVALID.0, INVALID.1));
    }
    for options in [
        json!("lighting"),
        json!([{"id": "lighting"}]),
        json!([{"id": "lighting", "quantity": 0}]),
        json!([{"id": "lighting", "quantity": -1}]),
        json!([{"id": "LIGHT", "quantity": 1}]),
        json!([{"id": "lighting", "quantity": 1, "minutes": 0}]),
        json!([{"id": "lighting", "quantity": 1, "minutes": 1441}]),
        json!([{"id": "lighting", "quantity": 1, "minutes": "60"}]),
        json!(vec![json!({"id": "lighting", "quantity": 1}); 51]),
    ] {
        cases.push(case("options", options, INVALID.0, INVALID.1));
    }
    for answer in [json!(-1), json!(1.5), json!(null), json!(["yes"])] {
        let attributes = json!({ "commercial": answer });
        cases.push(case("attributes", attributes, INVALID.0, INVALID.1));
    }
    cases.push(case("attributes", json!([]), INVALID.0, INVALID.1));
    cases.extend([
        case("unknown", json!(1), INVALID.0, INVALID.1),
        case("room", json!("no-such-room"), 404, "not_found"),
        case("room", json!("gym"), 404, "not_found"),
        case("end", json!("18:00"), 422, "slot.empty"),
        case("end", json!("09:00"), 422, "slot.empty"),
        case("end", json!("18:30"), 422, "slot.too_short"),
        case("start", json!("14:00"), 422, "slot.too_long"),
        case("start", json!("18:10"), 422, "slot.off_grid"),
        case("end", json!("21:30"), 422, "slot.outside_hours"),
        case("end", json!("24:00"), 422, "slot.outside_hours"),
        case("date", json!("2026-12-07"), 422, "slot.closed"),
        case("date", json!("2026-12-29"), 422, "slot.closed"),
        case("people", json!(201), 422, "booking.too_many_people"),
        case(
            "options",
            json!([{"id": "piano", "quantity": 1}]),
            422,
            "booking.unknown_option",
        ),
        case(
            "options",
            json!([{"id": "lighting", "quantity": 2}]),
            422,
            "booking.option_quantity",
        ),
        case(
            "options",
            json!([{"id": "lighting", "quantity": 1, "minutes": 150}]),
            422,
            "booking.option_minutes",
        ),
        case(
            "attributes",
            json!({"commercial": "yes"}),
            422,
            "booking.attribute_not_a_flag",
        ),
        case(
            "attributes",
            json!({"commercial": 500}),
            422,
            "booking.attribute_not_a_flag",
        ),
        case(
            "options",
            json!([{"id": "lighting", "quantity": 1}, {"id": "lighting", "quantity": 1}]),
            422,
            "booking.unknown_option",
        ),
        case(
            "attributes",
            json!({"nobility": true}),
            422,
            "booking.unknown_attribute",
        ),
        case(
            "attributes",
            json!({"Bad Name": true}),
            422,
            "booking.unknown_attribute",
        ),
    ]);
    cases
}

/// The fields that only a booking has.
fn booking_cases() -> Vec<Case> {
    vec![
        case("what", json!(null), INVALID.0, INVALID.1),
        case("what", json!("gym"), INVALID.0, INVALID.1),
        case("purpose", json!(null), INVALID.0, INVALID.1),
        case("purpose", json!(""), INVALID.0, INVALID.1),
        case("purpose", json!("バスケ"), INVALID.0, INVALID.1),
        case("purpose", json!("sumo"), 422, "booking.unknown_purpose"),
        case("note", json!("あ".repeat(201)), INVALID.0, INVALID.1),
        case("note", json!(1), INVALID.0, INVALID.1),
        case("seen_total_yen", json!(-1), INVALID.0, INVALID.1),
        case("seen_total_yen", json!("2400"), INVALID.0, INVALID.1),
        case("seen_total_yen", json!(0), 409, "booking.price_changed"),
        case("submission", json!(null), INVALID.0, INVALID.1),
        case("submission", json!("1"), INVALID.0, INVALID.1),
        case("person", json!(Uuid::nil()), INVALID.0, INVALID.1),
    ]
}

#[track_caller]
fn assert_refused(answer: &Answer, case: &Case) {
    let told = (answer.status, answer.problem());
    let expected = (case.status, case.code.to_owned());
    assert_eq!(
        told,
        expected,
        "{} = {}: {}",
        case.field,
        case.value,
        answer.text()
    );
    if case.code == INVALID.1 {
        let fields = answer.wrong_fields();
        let named = fields.iter().any(|field| {
            // A name that nobody knows is reported where it stands.
            field.contains(case.field) || ["unknown", "person"].contains(&case.field)
        });
        assert!(
            named && !fields.is_empty(),
            "{} is not named in {fields:?}",
            case.field
        );
    }
}

/// Nothing was booked: no reservation, and the floor is free.
async fn assert_nothing_written(app: &TestApp, browser: &mut Browser) {
    let mine = browser.get(RESERVATIONS).await.json();
    assert_eq!(mine["items"], json!([]));
    let week = "/api/v1/rooms/gym-full/availability?from=2026-12-05";
    let week = app.visitor(TOWN).get(week).await.json();
    for slot in week["days"][0]["slots"].as_array().unwrap() {
        assert_eq!(slot["status"], "free", "{slot}");
    }
}

testkit::on_both! {
    async fn a_quote_with_a_bad_field_says_which_and_why(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        for case in quote_cases() {
            let mut wish = gym("18:00", "20:00");
            wish[case.field] = case.value.clone();
            assert_refused(&visitor.post_json(QUOTES, &wish).await, &case);
        }
    }

    async fn a_booking_with_a_bad_field_says_which_and_writes_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        for (n, case) in (100..).zip(quote_cases()) {
            let mut wish = booking("18:00", "20:00", n);
            wish["what"][case.field] = case.value.clone();
            assert_refused(&hanako.post_json(RESERVATIONS, &wish).await, &case);
        }
        for (n, case) in (10_000..).zip(booking_cases()) {
            let mut wish = booking("18:00", "20:00", n);
            wish[case.field] = case.value.clone();
            assert_refused(&hanako.post_json(RESERVATIONS, &wish).await, &case);
        }
        for (n, date, code) in [
            (1, "2026-11-20", "slot.past"),
            (2, "2020-02-29", "slot.past"),
            (3, "2027-05-01", "window.not_yet"),
        ] {
            let mut wish = booking("18:00", "20:00", 20_000 + n);
            wish["what"]["date"] = json!(date);
            let refused = hanako.post_json(RESERVATIONS, &wish).await;
            assert_eq!((refused.status, &*refused.problem()), (422, code), "{date}");
        }
        assert_nothing_written(&app, &mut hanako).await;
    }

    async fn a_body_that_is_none_is_refused_before_it_is_read(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let cancel = format!("{RESERVATIONS}/{}/cancel", Uuid::nil());
        for path in [QUOTES, RESERVATIONS, &cancel] {
            let whole = booking("18:00", "20:00", 1).to_string();
            for kind in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"] {
                let answer = hanako.post_text(path, kind, whole.clone()).await;
                assert_eq!((answer.status, &*answer.problem()), (415, "body.media_type"));
            }
            for text in ["", "{", "nonsense", "{} {}", "{\"\u{0}\": 1}", "[1,2", "\u{feff}{}"] {
                let answer = hanako.post_text(path, "application/json", text).await;
                assert_eq!((answer.status, &*answer.problem()), (422, "body.malformed"), "{text}");
            }
            let bytes = vec![0xff, 0xfe, b'{', b'}'];
            let answer = hanako.post_text(path, "application/json", bytes).await;
            assert_eq!((answer.status, &*answer.problem()), (422, "body.malformed"));
            for wrong in [json!(null), json!([]), json!(["gym-full"]), json!("text"), json!(7)] {
                let answer = hanako.post_json(path, &wrong).await;
                assert_eq!((answer.status, &*answer.problem()), (422, "body.malformed"), "{wrong}");
            }
            let huge = format!("{{\"note\":\"{}\"}}", "a".repeat(2_000_000));
            let answer = hanako.post_text(path, "application/json", huge).await;
            assert_eq!((answer.status, &*answer.problem()), (413, "body.too_large"));
            let deep = format!("{{\"what\":{}", "[".repeat(60_000));
            let answer = hanako.post_text(path, "application/json", deep).await;
            assert_eq!(answer.status, 422);
            answer.problem();
        }
        assert_nothing_written(&app, &mut hanako).await;
    }

    async fn a_query_with_a_bad_parameter_says_which(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        let long = format!("/api/v1/facilities?words={}", "a".repeat(101));
        for (path, field) in [
            ("/api/v1/facilities?people=0", "people"),
            ("/api/v1/facilities?people=-3", "people"),
            ("/api/v1/facilities?people=%E3%81%82", "people"),
            ("/api/v1/facilities?people=99999999999", "people"),
            ("/api/v1/facilities?date=tomorrow", "date"),
            ("/api/v1/facilities?date=9999-12-31", "date"),
            (&*long, "words"),
            ("/api/v1/facilities/gym/availability?date=2026-13-01", "date"),
            ("/api/v1/facilities/gym/availability?date=%00", "date"),
            ("/api/v1/rooms/gym-full/availability?from=+262142-12-31", "from"),
            ("/api/v1/rooms/gym-full/availability?from=0000-01-01", "from"),
            ("/api/v1/quotes?room=gym-full&date=2026-12-05&start=18:00&end=20:00", "people"),
            (
                "/api/v1/quotes?room=gym-full&date=2026-12-05&start=18:00&end=20:00&people=1&option.lighting=x",
                "option.lighting",
            ),
            (
                "/api/v1/quotes?room=gym-full&date=2026-12-05&start=18:00&end=20:00&people=1&attribute.commercial=2",
                "attribute.commercial",
            ),
        ] {
            let answer = visitor.get(path).await;
            assert_eq!((answer.status, &*answer.problem()), INVALID, "{path}");
            assert_eq!(answer.wrong_fields(), [field], "{path}");
        }
        for nonsense in ["people", "words=&area=&kind=&date=&people=", "&&&=&%", "words=%ff%fe", "x=y"] {
            assert_eq!(visitor.get(&format!("/api/v1/facilities?{nonsense}")).await.status, 200);
        }
    }

    async fn a_name_that_names_nothing_is_not_found(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        for name in ["no-such", "GYM", "%E9%A4%A8", "..%2fgym", "%ff", "'--", &"a".repeat(5_000)] {
            for path in [
                format!("/api/v1/facilities/{name}"),
                format!("/api/v1/facilities/{name}/availability"),
                format!("/api/v1/rooms/{name}/availability"),
                format!("/api/v1/reservations/{name}"),
            ] {
                let answer = hanako.get(&path).await;
                assert_eq!((answer.status, &*answer.problem()), (404, "not_found"), "{path}");
            }
            for action in ["cancel", "extend", "pay"] {
                let path = format!("/api/v1/reservations/{name}/{action}");
                let answer = hanako.post_json(&path, &json!({})).await;
                assert_eq!((answer.status, &*answer.problem()), (404, "not_found"), "{path}");
            }
        }
        let unknown = Uuid::from_u128(9);
        let answer = hanako.get(&format!("/api/v1/reservations/{unknown}")).await;
        assert_eq!((answer.status, &*answer.problem()), (404, "not_found"));
    }

    async fn an_address_or_a_method_that_is_not_there_says_so(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        for path in ["/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/facilities", "/api/"] {
            let answer = visitor.get(path).await;
            assert_eq!((answer.status, &*answer.problem()), (404, "not_found"), "{path}");
        }
        for path in ["/api/v1/facilities", "/api/v1/facilities/gym"] {
            let answer = visitor.post_json(path, &json!({})).await;
            assert_eq!((answer.status, &*answer.problem()), (405, "request.method"), "{path}");
            assert!(answer.header("allow").unwrap().contains("GET"));
        }
    }

    async fn a_submission_key_with_another_content_is_refused(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let first = hanako.post_json(RESERVATIONS, &booking("18:00", "20:00", 1)).await;
        assert_eq!(first.status, 201, "{}", first.text());
        let other = hanako.post_json(RESERVATIONS, &booking("10:00", "12:00", 1)).await;
        assert_eq!((other.status, &*other.problem()), (409, "booking.submission_reused"));
        let mine = hanako.get(RESERVATIONS).await.json();
        assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    }

    async fn another_towns_names_are_unknown_here(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let booked = hanako.post_json(RESERVATIONS, &booking("18:00", "20:00", 1)).await.json();
        let id = booked["id"].as_str().unwrap();
        let mut same_card = app.resident(NEIGHBOUR, HANAKO).await;
        for action in ["cancel", "extend", "pay"] {
            let path = format!("{RESERVATIONS}/{id}/{action}");
            let answer = same_card.post_json(&path, &json!({})).await;
            assert_eq!((answer.status, &*answer.problem()), (404, "not_found"), "{path}");
        }
        let still = hanako.get(&format!("{RESERVATIONS}/{id}")).await.json();
        assert_eq!(still["state"], booked["state"]);
    }
}
