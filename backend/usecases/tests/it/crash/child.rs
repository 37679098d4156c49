//! The process that is killed: this test binary, started again with orders in its environment.
#![expect(
    clippy::disallowed_methods,
    reason = "its orders are in its environment"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use contract::{BookRoom, Call, CancelReservation, QuoteRoom, Resident as _, SignedIn};
use domain::civil::TimeOfDay;
use domain::ids::{MunicipalityId, PersonId, RequestId, ReservationId};
use domain::town::Slug;
use gateway::stripe::Patience;
use serde::{Deserialize, Serialize};
use store::Database;
use testkit::{TestChance, TestClock};
use url::Url;
use usecases::ports::chance::Chance as _;
use usecases::ports::identity::Callback;
use usecases::return_path::ReturnPath;
use usecases::sign_in::Ended;
use uuid::Uuid;

use super::dying::{self, DyingStore};
use crate::bench::{Adapters, Card, House, Typist};

/// Where the orders stand.
pub const ORDERS: &str = "YORIAI_TEST_CHILD";

/// What the process is to do.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum Act {
    /// Hold a free hall, confirm it, send the mail.
    BookFree,
    /// Hold the gym and open its payment page.
    BookAndPay,
    /// Come back from the page that was paid, and send the mail.
    Settle,
    /// Cancel, give the money back, send the mail.
    Cancel,
    /// Take in the newest notice of the payment service, look into it, send the mail.
    Notice,
    /// One of every round of the worker, over a page whose time to pay is over.
    Rounds,
    /// Come in with a card nobody has seen, and once more with the session of before.
    SignIn,
}

/// Everything the process has to know.
#[derive(Serialize, Deserialize)]
pub struct Orders {
    pub database: String,
    pub stripe: String,
    pub smtp: String,
    pub municipality: MunicipalityId,
    pub person: PersonId,
    pub now: DateTime<Utc>,
    pub seed: u64,
    pub act: Act,
    pub room: Slug,
    pub date: NaiveDate,
    pub times: (TimeOfDay, TimeOfDay),
    pub purpose: Slug,
    pub submission: Uuid,
    pub reservation: Option<ReservationId>,
    pub strike: u32,
}

#[test]
#[ignore = "the process that the tests of this module start and kill"]
fn the_process_that_is_killed() {
    let orders = std::env::var(ORDERS).unwrap();
    let orders: Orders = serde_json::from_str(&orders).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(play(&orders));
}

async fn play(orders: &Orders) {
    let store = Database::connect(&orders.database, 2).await.unwrap();
    let chance = TestChance::seeded(orders.seed);
    let house = House::open(Adapters {
        store: Arc::new(DyingStore(Arc::new(store))),
        clock: TestClock::at(orders.now),
        chance: chance.clone(),
        stripe: orders.stripe.parse::<Url>().unwrap(),
        smtp_url: orders.smtp.clone(),
        patience: Patience::default(),
        documents: Arc::new(Typist),
        wrap: Some((dying::gateway, dying::mailer)),
    });
    let proof = SignedIn::vouch(orders.municipality, orders.person);
    let call = Call::signed_in(proof, RequestId(chance.id(orders.now)), orders.now);
    dying::light(orders.strike);
    match orders.act {
        Act::BookFree => {
            let id = house.desk.book(&call, &form(orders)).await.unwrap();
            house.desk.pay(&call, id).await.unwrap();
            house.work().await;
        }
        Act::BookAndPay => {
            let id = house.desk.book(&call, &form(orders)).await.unwrap();
            house.desk.pay(&call, id).await.unwrap();
        }
        Act::Settle => {
            let id = orders.reservation.unwrap();
            house.desk.payment_returned(&call, id).await.unwrap();
            house.work().await;
        }
        Act::Cancel => {
            let cancel = CancelReservation {
                reservation: orders.reservation.unwrap(),
                seen_refund_yen: None,
            };
            house.desk.cancel(&call, &cancel).await.unwrap();
            house.work().await;
        }
        Act::Notice => {
            let system = Call::system(orders.municipality, call.request_id(), orders.now);
            let long_ago = orders.now - Duration::days(20);
            let account = house.accounts.shared();
            let event = account.list_events(long_ago).await.unwrap().pop().unwrap();
            house
                .desk
                .receive_event(&system, &event, b"{}")
                .await
                .unwrap();
            house.work().await;
        }
        Act::Rounds => {
            house.worker.poll_payments().await.unwrap();
            house.worker.release_lapsed().await.unwrap();
            house.worker.release_unpaid().await.unwrap();
            house.worker.purge().await.unwrap();
            house.work().await;
        }
        Act::SignIn => {
            let card = newcomer(orders.submission);
            let visitor = Call::visitor(orders.municipality, call.request_id(), orders.now);
            let first = sign_in(&house, &visitor, &card, None).await;
            sign_in(&house, &visitor, &card, Some(&first)).await;
        }
    }
}

/// The card that this round's newcomer has.
pub fn newcomer(round: Uuid) -> Card {
    Card::of(&format!("newcomer-{round}"))
}

async fn sign_in(house: &House, call: &Call, card: &Card, former: Option<&str>) -> String {
    let begun = house
        .door
        .begin(call, ReturnPath::home(), None)
        .await
        .unwrap();
    let (_, state) = begun.authorize_url.split_once("state=").unwrap();
    let callback = Callback {
        code: Some(house.cards.lay(card)),
        state: Some(state.to_owned()),
        ..Callback::default()
    };
    let browser = Some(&*begun.browser_secret);
    let finished = house.door.finish(call, &callback, browser, former).await;
    match finished.unwrap() {
        Ended::LetIn(finished) => finished.session_secret,
        Ended::CardShown { .. } | Ended::CardKnown => panic!("nobody asked for another card"),
    }
}

fn form(orders: &Orders) -> BookRoom {
    BookRoom {
        what: QuoteRoom {
            room: orders.room.clone(),
            date: orders.date,
            start: orders.times.0,
            end: orders.times.1,
            people: 10,
            options: Vec::new(),
            purpose: None,
            attributes: BTreeMap::new(),
            group: None,
            reduction: None,
        },
        purpose: orders.purpose.clone(),
        note: String::new(),
        seen_total_yen: None,
        submission: orders.submission,
    }
}
