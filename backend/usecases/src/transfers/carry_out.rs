//! The bank carried an order out (振込済み): the books say so, and whom it concerns is told.

use async_trait::async_trait;
use chrono::NaiveDate;
use contract::{Action as Doing, Call, Outcome, ProblemKind, Refusal};
use domain::civil;
use domain::ids::TransferOrderId;
use domain::ledger::{self, Transfer};
use domain::transfer::OrderRefusal;

use super::{for_the_town, locked, refused};
use crate::desk::Desk;
use crate::payments::book;
use crate::ports::store::{JobKind, Transaction};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

impl Desk {
    pub(super) async fn note_carried_out(
        &self,
        call: &Call,
        id: TransferOrderId,
        on: NaiveDate,
    ) -> Outcome<()> {
        let action = CarryOut {
            desk: self,
            call,
            id,
            on,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct CarryOut<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: TransferOrderId,
    on: NaiveDate,
}

#[async_trait]
impl Action for CarryOut<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, now, chance) = (self.call, self.call.now(), self.desk.chance.as_ref());
        let on_duty = for_the_town(tx, call, Doing::HandleTransfers).await?;
        let locked = locked(tx, self.id).await?;
        let order = locked.order;
        let moment = (now, civil::date_at(now));
        let done = order
            .state
            .carry_out(self.on, on_duty.staff, moment)
            .map_err(|refusal| match refusal {
                OrderRefusal::ToCome => Refusal::field("sent_on", ProblemKind::Malformed),
                other => refused(other),
            })?;
        tx.set_transfer_order_state(order.id, order.revision, done, now)
            .await?;
        for one in locked.transfers {
            let refund = tx.refund(one.refund).await?.ok_or(Refusal::NotFound)?;
            let sent = refund
                .state
                .transferred(order.id, now)
                .map_err(|_not_here| Refusal::TransferElsewhere)?;
            tx.set_refund_state(refund.id, refund.revision, &sent, now)
                .await?;
            let transfer = Transfer {
                refund: refund.id,
                order: order.id,
            };
            let entry = ledger::refund_transferred(transfer, one.amount);
            book(tx, chance, refund.reservation, entry, now).await?;
            let mail = JobKind::MailTransferred {
                refund: refund.id,
                order: order.id,
            };
            outbox::enqueue(tx, chance, call, mail, now).await?;
            let entry = trail::entry(chance, call, "refund.transferred")
                .about("refund", refund.id.0)
                .with(serde_json::json!({
                    "reservation": refund.reservation,
                    "amount_yen": one.amount,
                    "sent_on": self.on,
                }));
            tx.record(&entry).await?;
        }
        let entry = trail::entry(chance, call, "transfer.carried_out")
            .about("transfer_order", order.id.0)
            .with(serde_json::json!({ "sent_on": self.on }));
        Ok(tx.record(&entry).await?)
    }
}
