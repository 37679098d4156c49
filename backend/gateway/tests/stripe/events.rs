//! What happened in the account, asked for.

use chrono::{DateTime, TimeDelta};
use domain::payment::SessionId;
use gateway::stripe::KINDS;
use usecases::ports::payments::{EventSubject, PaymentGateway};

use crate::town::Town;

#[tokio::test]
async fn events_come_oldest_first_and_only_those_that_concern_us() {
    let town = Town::new().await;
    let since = DateTime::from_timestamp(town.control.now(), 0).unwrap();
    let closed = town.open(1).await.seen.session;
    town.gateway.expire(&closed).await.unwrap();
    town.control.advance_clock(60);
    let intent = town.paid(2).await;
    let refund = town
        .gateway
        .refund(&town.refund(2, &intent, 2_400))
        .await
        .unwrap();

    let events = town.gateway.list_events(since).await.unwrap();
    assert!(
        events
            .iter()
            .all(|event| KINDS.contains(&event.name.as_str())),
        "{events:?}"
    );
    assert!(events.is_sorted_by_key(|event| event.created));
    let municipality = Some(town.request(1).municipality);
    assert!(
        events
            .iter()
            .all(|event| event.municipality == municipality),
        "{events:?}"
    );

    let paid = SessionId(town.control.sessions().pop().unwrap());
    let subjects: Vec<EventSubject> = events.into_iter().map(|event| event.subject).collect();
    assert_eq!(subjects.first(), Some(&EventSubject::Session(closed)));
    assert_eq!(subjects.get(1), Some(&EventSubject::Session(paid)));
    assert_eq!(
        subjects.get(2),
        Some(&EventSubject::Refund(refund.seen.provider_id))
    );
}

#[tokio::test]
async fn events_from_before_are_left_out_and_long_lists_read_to_the_end() {
    let town = Town::new().await;
    let before = town.open(1).await.seen.session;
    town.gateway.expire(&before).await.unwrap();
    town.control.advance_clock(60);
    let since = DateTime::from_timestamp(town.control.now(), 0).unwrap();
    for number in 2..=105 {
        let session = town.open(number).await.seen.session;
        town.gateway.expire(&session).await.unwrap();
    }
    let events = town.gateway.list_events(since).await.unwrap();
    assert_eq!(events.len(), 104);
    assert!(
        events
            .iter()
            .all(|event| event.subject != EventSubject::Session(before.clone()))
    );

    let later = since + TimeDelta::hours(1);
    assert_eq!(town.gateway.list_events(later).await, Ok(vec![]));
    let check = town.gateway.account_check().await.unwrap();
    assert_eq!((check.live, check.webhook_secrets), (false, 1));
    assert!(check.last_event >= Some(since));
}
