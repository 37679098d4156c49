//! Notices that should be believed, and those that should not.

use chrono::{DateTime, TimeDelta, Utc};
use domain::payment::SessionId;
use gateway::stripe::{Secret, StripeConfig, StripeGateway};
use serde_json::{Value, json};
use standin::stripe::signature;
use url::Url;
use usecases::ports::payments::{EventSubject, PaymentGateway, RawBody, WebhookRefusal};

const SIGNED_AT: i64 = 1_795_252_000;

fn gateway(secrets: &[&str]) -> StripeGateway {
    StripeGateway::new(StripeConfig {
        api_base: Url::parse("http://127.0.0.1:9/").unwrap(),
        secret_key: Secret::new("sk_test_seika"),
        webhook_secrets: secrets.iter().map(|secret| Secret::new(*secret)).collect(),
        livemode: false,
    })
    .unwrap()
}

/// A notice whose object async-stripe cannot decode: it is a session in name only.
fn body() -> String {
    concat!(
        r#"{"id":"evt_1","object":"event","api_version":"2026-09-30.endive","created":1795252000,"#,
        r#""livemode":false,"type":"checkout.session.completed","#,
        r#""data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}"#
    )
    .to_owned()
}

fn sign(secrets: &[&str], body: &str) -> String {
    let secrets: Vec<String> = secrets.iter().map(|secret| (*secret).to_owned()).collect();
    signature(&secrets, SIGNED_AT, body)
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(SIGNED_AT, 0).unwrap()
}

/// A signature made by Python's hmac, so that ours and the stand-in's cannot be wrong together.
#[test]
fn a_genuine_notice_is_believed_as_far_as_where_to_look() {
    let header = "t=1795252000,v1=2e253bb014edeab08c0dce870582d7d2760a2e0ded09581fb15181ea3a4f27e2";
    let event = gateway(&["whsec_known"])
        .verify_webhook(body().as_bytes(), header, now())
        .unwrap();
    assert_eq!(event.id, "evt_1");
    assert_eq!(event.name, "checkout.session.completed");
    assert_eq!(event.created, now());
    assert_eq!(
        event.subject,
        EventSubject::Session(SessionId("cs_test_1".into()))
    );
}

/// Test 1.
#[test]
fn forged_missing_and_foreign_signatures_are_refused() {
    let body = body();
    let foreign = sign(&["whsec_other"], &body);
    let good = sign(&["whsec_a"], &body);
    let changed = good.replace("v1=", "v1=00");
    let older_scheme = good.replace("v1=", "v0=");
    let other_time = good.replace("t=1795252000", "t=1795252001");
    for (header, refusal) in [
        ("", WebhookRefusal::Header),
        ("t=now,v1=00", WebhookRefusal::Header),
        ("nonsense", WebhookRefusal::Signature),
        ("t=1795252000", WebhookRefusal::Signature),
        (foreign.as_str(), WebhookRefusal::Signature),
        (changed.as_str(), WebhookRefusal::Signature),
        (older_scheme.as_str(), WebhookRefusal::Signature),
        (other_time.as_str(), WebhookRefusal::Signature),
    ] {
        let answer = gateway(&["whsec_a"]).verify_webhook(body.as_bytes(), header, now());
        assert_eq!(answer, Err(refusal), "{header}");
    }
    let nobody = gateway(&[]).verify_webhook(body.as_bytes(), &good, now());
    assert_eq!(
        nobody,
        Err(WebhookRefusal::Signature),
        "no secret believes nobody"
    );
    let not_text = gateway(&["whsec_a"]).verify_webhook(b"\xff", &good, now());
    assert_eq!(not_text, Err(WebhookRefusal::Signature));
}

/// Test 2.
#[test]
fn notices_older_or_younger_than_five_minutes_are_refused() {
    let body = body();
    let header = sign(&["whsec_a"], &body);
    for (our_clock_ahead_s, believed) in [
        (-301, false),
        (-300, true),
        (-299, true),
        (0, true),
        (299, true),
        (300, true),
        (301, false),
    ] {
        let now = now() + TimeDelta::seconds(our_clock_ahead_s);
        let answer = gateway(&["whsec_a"]).verify_webhook(body.as_bytes(), &header, now);
        match answer {
            Ok(_) => assert!(believed, "{our_clock_ahead_s}"),
            Err(refusal) => {
                assert!(!believed, "{our_clock_ahead_s}");
                assert_eq!(
                    refusal,
                    WebhookRefusal::Stale {
                        skew_s: -our_clock_ahead_s
                    }
                );
            }
        }
    }
}

/// Test 3.
#[test]
fn a_body_written_anew_is_not_what_was_signed() {
    let body = body();
    let header = sign(&["whsec_a"], &body);
    let value: Value = serde_json::from_str(&body).unwrap();
    for rewritten in [value.to_string(), format!("{value:#}"), format!("{body}\n")] {
        assert_ne!(rewritten, body, "the test would prove nothing");
        let answer = gateway(&["whsec_a"]).verify_webhook(rewritten.as_bytes(), &header, now());
        assert_eq!(answer, Err(WebhookRefusal::Signature));
    }
}

/// Test 4.
#[test]
fn while_secrets_rotate_either_one_will_do_and_afterwards_only_the_new_one() {
    let body = body();
    let both = sign(&["whsec_old", "whsec_new"], &body);
    let (old, new) = (sign(&["whsec_old"], &body), sign(&["whsec_new"], &body));
    let believes = |secrets: &[&str], header: &str| {
        gateway(secrets)
            .verify_webhook(body.as_bytes(), header, now())
            .is_ok()
    };
    for secrets in [
        &["whsec_old"][..],
        &["whsec_new"],
        &["whsec_old", "whsec_new"],
    ] {
        assert!(believes(secrets, &both), "{secrets:?}");
    }
    assert!(believes(&["whsec_new", "whsec_old"], &old));
    assert!(believes(&["whsec_old", "whsec_new"], &new));
    assert!(!believes(&["whsec_new"], &old));
}

#[test]
fn a_notice_of_the_other_mode_is_refused() {
    let body = body().replace(r#""livemode":false"#, r#""livemode":true"#);
    let header = sign(&["whsec_a"], &body);
    let answer = gateway(&["whsec_a"]).verify_webhook(body.as_bytes(), &header, now());
    assert_eq!(answer, Err(WebhookRefusal::Mode));
}

#[test]
fn a_genuine_notice_that_cannot_be_read_keeps_its_bytes() {
    for body in ["[]", r#"{"id":"evt_1"}"#, "not JSON at all"] {
        let header = sign(&["whsec_a"], body);
        let answer = gateway(&["whsec_a"]).verify_webhook(body.as_bytes(), &header, now());
        let kept = RawBody(body.as_bytes().to_vec());
        assert_eq!(answer, Err(WebhookRefusal::Unreadable(kept)));
    }
}

#[test]
fn a_kind_of_event_that_nobody_knows_is_still_an_event() {
    let body = json!({
        "id": "evt_2", "object": "event", "created": SIGNED_AT, "livemode": false,
        "type": "town.hall.renovated", "data": { "object": { "object": "hall", "floors": 2 } },
    })
    .to_string();
    let header = sign(&["whsec_a"], &body);
    let event = gateway(&["whsec_a"])
        .verify_webhook(body.as_bytes(), &header, now())
        .unwrap();
    assert_eq!(event.subject, EventSubject::Other(None));
}
