//! Going on from a hold (支払いへ進む): rows 1–4 and 16 of the state table.

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use contract::{Action as Doing, Call, Fault, Outcome, Refusal, StartedPayment, permission};
use domain::ids::{PaymentId, ReservationId};
use domain::ledger;
use domain::money::Yen;
use domain::payment::{
    AttemptState, Occasion, Offer, OfferRefusal, PaymentMethod, Plan, SessionId, offer, plan,
};
use domain::reservation::ReservationState;

use super::checkout::Opened;
use super::entries::book;
use super::standing::went_back;
use crate::booking::{refused, rightful};
use crate::desk::Desk;
use crate::ports::payments::{CheckoutRequest, IdempotencyKey};
use crate::ports::store::{
    CheckoutCall, JobKind, PaymentRecord, ReservationRecord, StoreFailure, Transaction,
};
use crate::review::{fee_of_the_day, must_be_reviewed};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

/// How long somebody has to pay, minutes. The floor is theirs for as long.
const PAY_MINUTES: i64 = 30;

/// The checkout lives a little longer than the floor is kept, because the service wants 30 minutes
/// by its own clock; at the due time it is expired before the floor is let go.
const CHECKOUT_MINUTES: i64 = 35;

/// How often an open checkout of another amount is put away before we give up.
const ROUNDS: u32 = 3;

/// What the transaction decided.
enum Next {
    Confirmed,
    GoTo(String),
    Open(PaymentId),
    ExpireFirst(SessionId),
    /// Another fee is owed today than was shown.
    Repriced(Yen),
}

impl Desk {
    pub(crate) async fn start_payment(
        &self,
        call: &Call,
        id: ReservationId,
        doing: Doing,
    ) -> Outcome<StartedPayment> {
        permission(call.actor(), doing).check()?;
        for _round in 0..ROUNDS {
            let start = Start {
                desk: self,
                call,
                id,
                doing,
            };
            match transact(self.store.as_ref(), call.municipality(), &start).await? {
                Next::Confirmed => return Ok(StartedPayment::Confirmed),
                Next::GoTo(url) => return Ok(StartedPayment::GoTo(url)),
                Next::Open(payment) => {
                    return match self.open_checkout(call, payment).await? {
                        Opened::At(url) => Ok(StartedPayment::GoTo(url)),
                        Opened::Unknown | Opened::Refused => {
                            Err(Refusal::PaymentUnavailable.into())
                        }
                        Opened::Settled => Err(Refusal::PaymentInProgress.into()),
                    };
                }
                Next::Repriced(total_yen) => {
                    return Err(Refusal::PriceChanged { total_yen }.into());
                }
                Next::ExpireFirst(session) => self.put_away(call, &session).await?,
            }
        }
        Err(Refusal::PaymentInProgress.into())
    }
}

struct Start<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: ReservationId,
    /// Whose wish it is: the owner's or the counter's.
    doing: Doing,
}

#[async_trait]
impl Action for Start<'_> {
    type Output = Next;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Next, Abort> {
        let record = tx.lock_reservation(self.id).await?;
        let record = rightful(tx, record, self.call, self.doing).await?;
        // The domain lets an approved application go on to payment; approving is not the
        // resident's to do.
        if matches!(record.state, ReservationState::AwaitingReview { .. }) {
            let state = record.state.name().as_str();
            return Err(Refusal::ReservationState { state }.into());
        }
        if must_be_reviewed(&*tx, &record).await? {
            return Err(Refusal::ReviewRequired.into());
        }
        let mut payments = tx.payments(self.id).await?;
        let refunds = tx.refunds(self.id).await?;
        payments.retain(|payment| !went_back(payment, &refunds));
        if is_before_money(&payments)
            && let Some(total_yen) = fee_of_the_day(tx, self.desk, self.call, &record).await?
        {
            return Ok(Next::Repriced(total_yen));
        }
        let owed = record.quote.total_yen;
        if owed.is_zero() {
            return self.confirm_free(tx, record).await;
        }
        // An amount that cannot be paid online has no page, whatever is under way.
        self.offer(&record)?;
        let deciding = deciding(&payments);
        let latest = deciding.map(|payment| (&payment.state, payment.amount));
        match plan(latest, owed, self.call.now()) {
            Plan::Resume { url } => Ok(Next::GoTo(url)),
            Plan::ExpireFirst { session } => Ok(Next::ExpireFirst(session)),
            Plan::ShowVoucher { .. } => Ok(Next::GoTo(self.ways_back(&record).0)),
            Plan::AlreadyPaid => Err(Refusal::ReservationState {
                state: record.state.name().as_str(),
            }
            .into()),
            Plan::AskStaff => Err(Refusal::PaymentInProgress.into()),
            Plan::FinishCreating => deciding
                .map(|payment| Next::Open(payment.id))
                .ok_or_else(|| Refusal::PaymentInProgress.into()),
            Plan::Create => self.create(tx, record).await,
        }
    }
}

/// True when nothing was paid and no checkout is open: the fee may still become another.
fn is_before_money(payments: &[PaymentRecord]) -> bool {
    let live = |one: &PaymentRecord| one.state.may_still_bring_money() || one.state.is_paid();
    !payments.iter().any(live)
}

/// The attempt that decides what a press does: one that may still bring money, else one that did,
/// else the latest. By state and not by time, because the clocks of two servers differ.
fn deciding(payments: &[PaymentRecord]) -> Option<&PaymentRecord> {
    let live = payments
        .iter()
        .find(|payment| payment.state.may_still_bring_money());
    let paid = |payment: &&PaymentRecord| payment.state.is_paid();
    live.or_else(|| payments.iter().find(paid))
        .or_else(|| payments.last())
}

impl Start<'_> {
    async fn confirm_free(
        &self,
        tx: &mut dyn Transaction,
        record: ReservationRecord,
    ) -> Result<Next, Abort> {
        if matches!(record.state, ReservationState::Confirmed { .. }) {
            return Ok(Next::Confirmed);
        }
        let now = self.call.now();
        let state = record.state.confirm_free(now).map_err(refused)?;
        tx.set_state(self.id, record.revision, &state, now).await?;
        let mail = JobKind::MailConfirmed {
            reservation: self.id,
        };
        outbox::enqueue(tx, self.desk.chance.as_ref(), self.call, mail, now).await?;
        let entry = trail::entry(
            self.desk.chance.as_ref(),
            self.call,
            "reservation.confirmed",
        )
        .about("reservation", self.id.0)
        .with(serde_json::json!({ "total_yen": 0 }));
        tx.record(&entry).await?;
        Ok(Next::Confirmed)
    }

    async fn create(
        &self,
        tx: &mut dyn Transaction,
        record: ReservationRecord,
    ) -> Result<Next, Abort> {
        let (now, chance) = (self.call.now(), self.desk.chance.as_ref());
        let payment = PaymentId(chance.id(now));
        let offer = self.offer(&record)?;
        let request = self.request(&record, payment, offer)?;
        let (id, owed) = (record.id, record.quote.total_yen);
        // Somebody whose earlier checkout ended unpaid tries again within the same time.
        if !matches!(record.state, ReservationState::AwaitingPayment { due } if now < due) {
            let due = now + Duration::minutes(PAY_MINUTES);
            let state = record.state.await_payment(now, due).map_err(refused)?;
            tx.set_state(id, record.revision, &state, now).await?;
        }
        book(tx, chance, id, ledger::charge(id, owed), now).await?;
        let attempt = PaymentRecord {
            id: payment,
            reservation: id,
            amount: owed,
            state: AttemptState::Creating,
            checkout: Some(CheckoutCall {
                idempotency_key: request.key.as_str().to_owned(),
                request: serde_json::to_value(&request)
                    .map_err(|error| Fault::new("write a checkout request", error))?,
            }),
            revision: 1,
            created_at: now,
        };
        if !tx.insert_payment(&attempt, now).await? {
            // Another press was faster; the next try finds its attempt.
            return Err(StoreFailure::Contended.into());
        }
        // Should this process end before the answer comes, the worker goes on.
        let later = JobKind::SettlePayment { payment };
        let due = now + Duration::minutes(2);
        outbox::enqueue(tx, chance, self.call, later, due).await?;
        let entry = trail::entry(chance, self.call, "payment.started")
            .about("payment", payment.0)
            .with(serde_json::json!({ "reservation": id, "amount_yen": owed }));
        tx.record(&entry).await?;
        Ok(Next::Open(payment))
    }

    /// Where a browser comes back to, paid or not. On a phone that read a code at the counter nobody
    /// is signed in: it is told to look up at the clerk.
    fn ways_back(&self, record: &ReservationRecord) -> (String, String) {
        if self.call.staff_member().is_some() {
            return ("/phone/paid".to_owned(), "/phone/left".to_owned());
        }
        let own = |page| format!("/reservations/{}/{page}", record.id);
        (own("paid"), own("confirm"))
    }

    /// When a page that is opened now closes by itself.
    fn page_closes(&self) -> DateTime<Utc> {
        self.call.now() + Duration::minutes(CHECKOUT_MINUTES)
    }

    /// By what it can be paid. Whoever stands at the counter has come to pay now, and with cash in
    /// their hand they need no store.
    fn offer(&self, record: &ReservationRecord) -> Result<Offer, Refusal> {
        let told = self.call.now() + Duration::minutes(PAY_MINUTES);
        let occasion = Occasion {
            owed: record.quote.total_yen,
            closes_at: self.page_closes(),
            start: record.span.start().instant(),
            // A date that a decision set (納期限); the half hour of a page is none.
            due: record.state.lapses_at().filter(|due| {
                matches!(record.state, ReservationState::AwaitingPayment { .. }) && *due > told
            }),
        };
        let mut offer = offer(&occasion).map_err(|refusal| match refusal {
            OfferRefusal::TooSmall { .. } => Refusal::PaymentTooSmall,
            OfferRefusal::TooLarge { .. } => Refusal::PaymentTooLarge,
        })?;
        if self.call.staff_member().is_some() {
            offer.methods.retain(|one| *one != PaymentMethod::Konbini);
            offer.voucher_days = None;
        }
        Ok(offer)
    }

    /// The frozen parameters. No e-mail address: what is stored here is not sealed.
    fn request(
        &self,
        record: &ReservationRecord,
        payment: PaymentId,
        offer: Offer,
    ) -> Result<CheckoutRequest, Abort> {
        let municipality = self.call.municipality();
        if self.desk.gateways.of(municipality).is_none() {
            return Err(Refusal::PaymentUnavailable.into());
        }
        let base = self
            .desk
            .addresses
            .base_url(municipality)
            .ok_or(Refusal::PaymentUnavailable)?;
        let names = &record.particulars;
        let (paid, left) = self.ways_back(record);
        Ok(CheckoutRequest {
            key: IdempotencyKey::of_payment(payment),
            municipality,
            payment,
            reservation_number: record.number.clone(),
            product_name: format!(
                "{} {} {} {}",
                names.facility_name,
                names.room_name,
                domain::civil::long_date(record.span.date()),
                record.span.clock()
            ),
            amount: record.quote.total_yen,
            methods: offer.methods,
            voucher_days: offer.voucher_days,
            success_url: format!("{base}{paid}"),
            cancel_url: format!("{base}{left}"),
            expires_at: self.page_closes(),
            email: None,
        })
    }
}
