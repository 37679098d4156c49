//! Money: at the pretend Stripe, and in our own books.

use chrono::Duration;
use contract::{CancelReservation, Outcome, Resident as _, StartedPayment};
use domain::ids::{PaymentId, PersonId, ReservationId};
use domain::payment::{AttemptState, SessionId};
use gateway::stripe::Patience;
use serde_json::{Value, json};
use standin::stripe::{Fault, Logged, Mischief, Operation, Pay, signature};
use testkit::TestWorld;
use usecases::ports::payments::{EventSubject, PaymentEvent};
use usecases::ports::store::{
    CheckoutCall, ClaimOutcome, InsertOutcome, PaymentRecord, RefundRecord,
};

use super::Bench;
use super::house::{WEBHOOK_SECRET, stripe_account};

/// The session behind a payment page's address.
pub fn session_of(started: &StartedPayment) -> String {
    match started {
        StartedPayment::GoTo(url) => url.rsplit('/').next().unwrap().to_owned(),
        StartedPayment::Confirmed => panic!("nothing was to be paid"),
    }
}

impl Bench {
    /// Presses 「支払う」.
    pub async fn press_pay(&self, id: ReservationId) -> Outcome<StartedPayment> {
        self.desk().pay(&self.call(), id).await
    }

    /// Presses 「支払う」 and gives the session of the payment page.
    pub async fn open_page(&self, id: ReservationId) -> String {
        session_of(&self.press_pay(id).await.unwrap())
    }

    /// Pays on the page, by card.
    pub fn pay_at_stripe(&self, session: &str) {
        let paid = self.stripe().pay(session, &Pay::default()).unwrap();
        assert_eq!(paid, "paid");
    }

    /// Pays on the page by another means.
    pub fn pay_at_stripe_by(&self, session: &str, method: &str) {
        let pay = Pay {
            method: method.to_owned(),
            ..Pay::default()
        };
        assert_eq!(self.stripe().pay(session, &pay).unwrap(), "paid");
    }

    /// Pays even though the page has closed: what must not happen and does.
    pub fn pay_late_at_stripe(&self, session: &str) {
        let pay = Pay {
            force: true,
            ..Pay::default()
        };
        assert_eq!(self.stripe().pay(session, &pay).unwrap(), "paid");
    }

    /// Books the whole gym and pays for it.
    pub async fn paid_booking(&self) -> ReservationId {
        let id = self.book(&self.gym()).await.unwrap();
        self.pay_for(id).await;
        id
    }

    /// Pays for a reservation and comes back from the page. Gives the session.
    pub async fn pay_for(&self, id: ReservationId) -> String {
        let session = self.open_page(id).await;
        self.pay_at_stripe(&session);
        self.desk()
            .payment_returned(&self.call(), id)
            .await
            .unwrap();
        session
    }

    /// Presses 「取り消す」.
    pub async fn press_cancel(&self, id: ReservationId) -> Outcome<()> {
        let cancel = CancelReservation {
            reservation: id,
            seen_refund_yen: None,
        };
        self.desk().cancel(&self.call(), &cancel).await
    }

    /// Somebody else presses it, and it is done.
    pub async fn cancel_as(&self, person: PersonId, id: ReservationId) {
        let cancel = CancelReservation {
            reservation: id,
            seen_refund_yen: None,
        };
        let call = self.call_of(person);
        self.desk().cancel(&call, &cancel).await.unwrap();
    }

    /// The attempts to pay, as stored.
    pub async fn payments(&self, id: ReservationId) -> Vec<PaymentRecord> {
        let reading = self.store().read(self.world().municipality).await.unwrap();
        reading.payments(id).await.unwrap()
    }

    /// The only attempt to pay, as stored.
    pub async fn payment(&self, id: ReservationId) -> PaymentRecord {
        let mut payments = self.payments(id).await;
        assert_eq!(payments.len(), 1, "{payments:?}");
        payments.remove(0)
    }

    /// The refunds, as stored.
    pub async fn refunds(&self, id: ReservationId) -> Vec<RefundRecord> {
        let reading = self.store().read(self.world().municipality).await.unwrap();
        reading.refunds(id).await.unwrap()
    }

    /// Makes an operation go wrong once, after it was executed.
    pub fn once(&self, on: Operation, mischief: Mischief) {
        self.stripe().set_fault(Fault::once(on, mischief));
    }

    /// Makes an operation go wrong without being executed, until faults are cleared.
    pub fn down(&self, on: Operation, mischief: Mischief) {
        let fault = Fault::once(on, mischief).before_commit().standing();
        self.stripe().set_fault(fault);
    }

    /// What arrived at the pretend Stripe of one operation.
    pub fn calls_at_stripe(&self, operation: Operation) -> Vec<Logged> {
        let mut calls = self.stripe().requests();
        calls.retain(|call| call.operation == Some(operation.name()));
        calls
    }

    /// Everything that happened at the pretend Stripe, oldest first.
    pub async fn events(&self) -> Vec<PaymentEvent> {
        let long_ago = self.now() - Duration::days(20);
        let account = self.house().accounts.shared();
        account.list_events(long_ago).await.unwrap()
    }

    /// A notice about an event as it is sent, and its signature.
    pub fn notice(&self, event: &PaymentEvent) -> (String, String) {
        let id = match &event.subject {
            EventSubject::Session(session) => session.0.clone(),
            EventSubject::Refund(refund) => refund.clone(),
            EventSubject::Other(other) => other.clone().unwrap_or_default(),
        };
        let unknown = |_not_there| json!({ "id": id, "object": "checkout.session" });
        let object: Value = self.stripe().object(&id).unwrap_or_else(unknown);
        let body = json!({
            "id": event.id,
            "object": "event",
            "api_version": standin::stripe::API_VERSION,
            "created": event.created.timestamp(),
            "livemode": false,
            "type": event.name,
            "data": { "object": object },
        })
        .to_string();
        let signed = signature(&[WEBHOOK_SECRET.to_owned()], self.now().timestamp(), &body);
        (body, signed)
    }

    /// A notice arrives: verified and kept, not yet looked into.
    pub async fn receive(&self, event: &PaymentEvent) {
        let (body, signed) = self.notice(event);
        let account = self.house().accounts.shared();
        let verified = account
            .verify_webhook(body.as_bytes(), &signed, self.now())
            .unwrap();
        let call = self.system();
        self.desk()
            .receive_event(&call, &verified, body.as_bytes())
            .await
            .unwrap();
    }

    /// The attempt that paid through a session.
    pub async fn attempt_of(&self, session: &str) -> PaymentId {
        let reading = self.store().read(self.world().municipality).await.unwrap();
        let session = SessionId(session.to_owned());
        reading
            .payment_of_session(&session)
            .await
            .unwrap()
            .unwrap()
            .id
    }

    /// A town that is asked before ours and whose key the payment service does not accept, with a
    /// page that is open and overdue.
    pub async fn neighbour_with_a_bad_key(&self) {
        let town = TestWorld::neighbour(self.db(), "000001", "tonari")
            .await
            .unwrap();
        let bad = stripe_account(&self.stripe_url(), "nobodys_key", Patience::default());
        self.house().accounts.give(town.municipality, bad);
        let mut record = town
            .reservation("gym-full", "2026-12-05", "18:00", "20:00")
            .unwrap();
        let (payment, now) = (PaymentId(record.id.0), self.now());
        let due = now + Duration::minutes(10);
        record.state = record.state.await_payment(now, due).unwrap();
        let attempt = PaymentRecord {
            id: payment,
            reservation: record.id,
            amount: record.quote.total_yen,
            state: AttemptState::Open {
                session: SessionId("cs_test_tonari".to_owned()),
                url: "https://checkout.example/".to_owned(),
                expires_at: now + Duration::minutes(35),
            },
            checkout: Some(CheckoutCall {
                idempotency_key: format!("payment:{payment}"),
                request: json!({}),
            }),
            revision: 1,
            created_at: now,
        };
        let mut tx = self.store().begin(town.municipality).await.unwrap();
        assert_eq!(
            tx.insert_reservation(&record).await.unwrap(),
            InsertOutcome::Inserted
        );
        let cells = town.cells(&record).unwrap();
        assert_eq!(
            tx.claim(record.id, &cells).await.unwrap(),
            ClaimOutcome::Claimed
        );
        assert!(tx.insert_payment(&attempt, now).await.unwrap());
        tx.commit().await.unwrap();
    }
}
