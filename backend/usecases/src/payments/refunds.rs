//! Giving money back through the payment service (還付): rows 17–20.

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use contract::{Call, Fault, Outcome, Refusal};
use domain::ids::RefundId;
use domain::ledger::{self, Refunded};
use domain::money::Yen;
use domain::payment::{
    AttemptState, RefundSeen, RefundState, Step, owe_by_transfer, owe_in_cash, refundable,
    request_refund,
};

use super::entries::book;
use crate::authority::the_house;
use crate::desk::Desk;
use crate::ports::payments::{GatewayFailure, IdempotencyKey, RefundRequest};
use crate::ports::store::{
    AuditEntry, JobKind, PaymentRecord, RefundRecord, ReservationRecord, Transaction,
};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

/// What became of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefundProgress {
    /// Done or failed; nothing more to ask.
    Ended,
    /// On its way, or nobody knows: ask again later.
    UnderWay,
}

/// A decision to give money back (還付決定).
pub(super) struct Decision<'a> {
    /// The payment it comes from.
    pub(super) payment: &'a PaymentRecord,
    /// How much, yen.
    pub(super) amount: Yen,
    /// Whether a fee goes back or money that nothing was owed for.
    pub(super) of: Refunded,
    /// Why, as a stable code.
    pub(super) reason: &'static str,
}

/// By which way money goes back (還付の方法).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Somebody comes for it.
    Drawer,
    /// The way it came.
    Service,
    /// To an account: the service gives nothing back any more (domain.md E, scenario 48).
    Bank,
}

impl Way {
    fn of(payment: &PaymentRecord, now: DateTime<Utc>) -> Self {
        if payment.state.is_cash() {
            return Self::Drawer;
        }
        let AttemptState::Paid {
            entrusted_at,
            method: Some(method),
            ..
        } = &payment.state
        else {
            return Self::Service;
        };
        match method.refundable_days() {
            Some(days) if now - *entrusted_at > Duration::days(days) => Self::Bank,
            Some(_) | None => Self::Service,
        }
    }
}

impl Desk {
    /// Decides that money goes back: enters the refund, books it and asks for it to be sent (row
    /// 17); cash waits at the counter instead. The reservation is locked by the caller, so that two
    /// refunds at once cannot both fit.
    pub(super) async fn decide_refund(
        &self,
        tx: &mut dyn Transaction,
        call: &Call,
        decision: &Decision<'_>,
    ) -> Result<RefundId, Abort> {
        let (now, chance) = (call.now(), self.chance.as_ref());
        let Decision {
            payment,
            amount,
            of,
            reason,
        } = *decision;
        let reservation = payment.reservation;
        let earlier = tx.refunds(reservation).await?;
        let of_payment = earlier
            .iter()
            .filter(|refund| refund.payment == payment.id)
            .map(|refund| (refund.amount, &refund.state));
        let left = refundable(payment.amount, of_payment)
            .map_err(|error| Fault::new("sum up refunds", error))?;
        let way = Way::of(payment, now);
        let decide = match way {
            Way::Drawer => owe_in_cash,
            Way::Service => request_refund,
            Way::Bank => owe_by_transfer,
        };
        let state =
            decide(amount, left, now).map_err(|refusal| Fault::new("request a refund", refusal))?;
        let id = RefundId(chance.id(now));
        let in_cash = way == Way::Drawer;
        let key = (!in_cash).then(|| IdempotencyKey::of_refund(id).as_str().to_owned());
        let refund = RefundRecord {
            id,
            payment: payment.id,
            reservation,
            amount,
            state,
            reason: reason.to_owned(),
            idempotency_key: key,
            revision: 1,
            created_at: now,
        };
        tx.insert_refund(&refund, now).await?;
        let decided = ledger::refund_decided(id, amount, of);
        book(tx, chance, reservation, decided, now).await?;
        let next = match way {
            Way::Drawer => None,
            Way::Service => Some(JobKind::SendRefund { refund: id }),
            Way::Bank => Some(JobKind::MailAccountWanted { refund: id }),
        };
        if let Some(job) = next {
            outbox::enqueue(tx, chance, call, job, now).await?;
        }
        Ok(id)
    }

    /// Asks for a refund, or how it stands once it was asked for. The key is the stored one, so
    /// asking twice gives back once.
    pub(crate) async fn follow_refund(&self, call: &Call, id: RefundId) -> Outcome<RefundProgress> {
        the_house(call)?;
        let reading = self.store.read(call.municipality()).await?;
        let refund = reading.refund(id).await?.ok_or(Refusal::NotFound)?;
        let payment = reading
            .payment(refund.payment)
            .await?
            .ok_or(Refusal::NotFound)?;
        drop(reading);
        let gateway = self.gateway(call)?;
        let answer = match &refund.state {
            RefundState::Requested { .. } => {
                let AttemptState::Paid { intent, .. } = &payment.state else {
                    return Err(Fault::new("send a refund", "the payment is not paid").into());
                };
                let request = RefundRequest {
                    key: IdempotencyKey::of_refund(id),
                    municipality: call.municipality(),
                    payment: payment.id,
                    refund: id,
                    intent: intent.clone(),
                    amount: refund.amount,
                };
                gateway.refund(&request).await
            }
            RefundState::Pending { provider_id, .. } => gateway.retrieve_refund(provider_id).await,
            RefundState::DueInCash { .. }
            | RefundState::PaidInCash { .. }
            | RefundState::DueByTransfer { .. }
            | RefundState::InOrder { .. }
            | RefundState::Transferred { .. }
            | RefundState::Done { .. }
            | RefundState::Failed { .. } => {
                return Ok(RefundProgress::Ended);
            }
        };
        match answer {
            Ok(answer) => self.observe_refund(call, id, &answer.seen).await,
            Err(GatewayFailure::Refused { code }) => {
                tracing::error!(refund.id = %id, code, "refund.refused_by_service");
                let news = News::Rejected(&code);
                transact(
                    self.store.as_ref(),
                    call.municipality(),
                    &Observe::new(self, call, id, news),
                )
                .await
            }
            Err(failure) => {
                tracing::warn!(refund.id = %id, error = %failure, "refund.outcome_unknown");
                self.find_lost_refund(call, id, &payment).await
            }
        }
    }

    /// A kept error hides the answer under its key for a day; the refund itself, if there is one,
    /// stands with the payment and carries our id.
    async fn find_lost_refund(
        &self,
        call: &Call,
        id: RefundId,
        payment: &PaymentRecord,
    ) -> Outcome<RefundProgress> {
        let AttemptState::Paid { intent, .. } = &payment.state else {
            return Ok(RefundProgress::UnderWay);
        };
        match self.gateway(call)?.refunds_of(intent).await {
            Ok(refunds) => match refunds.iter().find(|refund| refund.refund == Some(id)) {
                Some(found) => self.observe_refund(call, id, &found.seen).await,
                None => Ok(RefundProgress::UnderWay),
            },
            Err(failure) => {
                tracing::warn!(refund.id = %id, error = %failure, "refund.outcome_unknown");
                Ok(RefundProgress::UnderWay)
            }
        }
    }

    /// Takes in what the service shows of a refund.
    pub(super) async fn observe_refund(
        &self,
        call: &Call,
        id: RefundId,
        seen: &RefundSeen,
    ) -> Outcome<RefundProgress> {
        let observe = Observe::new(self, call, id, News::Seen(seen));
        transact(self.store.as_ref(), call.municipality(), &observe).await
    }
}

enum News<'a> {
    Seen(&'a RefundSeen),
    Rejected(&'a str),
}

struct Observe<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: RefundId,
    news: News<'a>,
}

impl<'a> Observe<'a> {
    const fn new(desk: &'a Desk, call: &'a Call, id: RefundId, news: News<'a>) -> Self {
        Self {
            desk,
            call,
            id,
            news,
        }
    }
}

#[async_trait]
impl Action for Observe<'_> {
    type Output = RefundProgress;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<RefundProgress, Abort> {
        let (record, refund) = locked(tx, self.id).await?;
        let now = self.call.now();
        let before = refund.state.clone();
        let step = match self.news {
            News::Seen(seen) => before
                .observe(seen, now)
                .map_err(|fault| Fault::new("settle a refund", fault))?,
            News::Rejected(reason) => before.reject(reason, now),
        };
        if let Step::Moved(next) = &step {
            tx.set_refund_state(refund.id, refund.revision, next, now)
                .await?;
            let was_done = matches!(refund.state, RefundState::Done { .. });
            let entry = match next {
                RefundState::Done { .. } => ledger::refund_paid(refund.id, refund.amount),
                RefundState::Failed { .. } if was_done => {
                    ledger::refund_bounced(refund.id, refund.amount)
                }
                RefundState::Failed { .. }
                | RefundState::Requested { .. }
                | RefundState::DueInCash { .. }
                | RefundState::PaidInCash { .. }
                | RefundState::DueByTransfer { .. }
                | RefundState::InOrder { .. }
                | RefundState::Transferred { .. }
                | RefundState::Pending { .. } => None,
            };
            let chance = self.desk.chance.as_ref();
            book(tx, chance, record.id, entry, now).await?;
            tx.record(&self.told(&refund, next)).await?;
            self.ask_for_account(tx, &refund, next).await?;
        }
        Ok(if step.into_state().is_under_way() {
            RefundProgress::UnderWay
        } else {
            RefundProgress::Ended
        })
    }
}

impl Observe<'_> {
    /// What the service could not bring to the payer goes to an account, where the town sends to any.
    async fn ask_for_account(
        &self,
        tx: &mut dyn Transaction,
        refund: &RefundRecord,
        next: &RefundState,
    ) -> Result<(), Abort> {
        if !matches!(next, RefundState::Failed { .. }) {
            return Ok(());
        }
        let sends = tx.town().await?.is_some_and(|one| one.town.payer.is_some());
        if !sends {
            return Ok(());
        }
        let chance = self.desk.chance.as_ref();
        let mail = JobKind::MailAccountWanted { refund: refund.id };
        outbox::enqueue(tx, chance, self.call, mail, self.call.now()).await
    }

    /// The entry in the trail. A failure has an action of its own, so that it can be found: the
    /// refund stays in its state, [listed](crate::ports::store::MoneyReads::failed_refunds), until
    /// staff have paid it back by hand (row 20).
    fn told(&self, refund: &RefundRecord, next: &RefundState) -> AuditEntry {
        let chance = self.desk.chance.as_ref();
        let (action, detail) = match next {
            RefundState::Failed { reason, .. } => {
                tracing::error!(refund.id = %refund.id, reason, "refund.failed");
                let detail = serde_json::json!({ "reason": reason, "amount_yen": refund.amount });
                ("refund.failed", detail)
            }
            RefundState::Requested { .. }
            | RefundState::DueInCash { .. }
            | RefundState::PaidInCash { .. }
            | RefundState::DueByTransfer { .. }
            | RefundState::InOrder { .. }
            | RefundState::Transferred { .. }
            | RefundState::Pending { .. }
            | RefundState::Done { .. } => {
                let state = next.name();
                let detail = serde_json::json!({ "state": state, "amount_yen": refund.amount });
                ("refund.settled", detail)
            }
        };
        trail::entry(chance, self.call, action)
            .about("refund", refund.id.0)
            .with(detail)
    }
}

/// A refund and its reservation, the reservation locked first.
async fn locked(
    tx: &mut dyn Transaction,
    id: RefundId,
) -> Result<(ReservationRecord, RefundRecord), Abort> {
    let reservation = tx.refund(id).await?.ok_or(Refusal::NotFound)?.reservation;
    let record = tx
        .lock_reservation(reservation)
        .await?
        .ok_or(Refusal::NotFound)?;
    let refund = tx.refund(id).await?.ok_or(Refusal::NotFound)?;
    Ok((record, refund))
}
