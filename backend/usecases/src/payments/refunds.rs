//! Giving money back through the payment service (還付): rows 18–20.

use async_trait::async_trait;
use contract::{Call, Fault, Outcome, Refusal};
use domain::ids::RefundId;
use domain::ledger;
use domain::payment::{AttemptState, RefundSeen, RefundState, Step};

use super::entries::book;
use crate::desk::Desk;
use crate::ports::payments::{GatewayFailure, IdempotencyKey, RefundRequest};
use crate::ports::store::{PaymentRecord, RefundRecord, ReservationRecord, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// What became of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefundProgress {
    /// Done or failed; nothing more to ask.
    Ended,
    /// On its way, or nobody knows: ask again later.
    UnderWay,
}

impl Desk {
    /// Asks for a refund, or how it stands once it was asked for. The key is the stored one, so
    /// asking twice gives back once.
    pub(crate) async fn follow_refund(&self, call: &Call, id: RefundId) -> Outcome<RefundProgress> {
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
            RefundState::Done { .. } | RefundState::Failed { .. } => {
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
            News::Seen(seen) => refund
                .state
                .observe(seen, now)
                .map_err(|fault| Fault::new("settle a refund", fault))?,
            News::Rejected(reason) => refund.state.reject(reason, now),
        };
        if let Step::Moved(next) = &step {
            tx.set_refund_state(refund.id, refund.revision, next, now)
                .await?;
            let was_done = matches!(before, RefundState::Done { .. });
            let entry = match next {
                RefundState::Done { .. } => ledger::refund_paid(refund.id, refund.amount),
                RefundState::Failed { .. } if was_done => {
                    ledger::refund_bounced(refund.id, refund.amount)
                }
                RefundState::Failed { .. }
                | RefundState::Requested { .. }
                | RefundState::Pending { .. } => None,
            };
            let chance = self.desk.chance.as_ref();
            book(tx, chance, record.id, entry, now).await?;
            if matches!(next, RefundState::Failed { .. }) {
                tracing::error!(refund.id = %refund.id, "refund.failed");
            }
            let entry = trail::entry(chance, self.call, "refund.settled")
                .about("refund", refund.id.0)
                .with(serde_json::json!({ "state": next.name(), "amount_yen": refund.amount }));
            tx.record(&entry).await?;
        }
        Ok(if step.into_state().is_under_way() {
            RefundProgress::UnderWay
        } else {
            RefundProgress::Ended
        })
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
