//! Writing an order to the bank (振込依頼の起案).

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, PrepareTransfers, ProblemKind, Refusal};
use domain::civil;
use domain::ids::{RefundId, TransferOrderId};
use domain::transfer::{OrderState, is_bank_day};

use super::{for_the_town, lock_all};
use crate::desk::Desk;
use crate::ports::store::{Transaction, TransferOrderRecord, TransferRecord};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn write_order(
        &self,
        call: &Call,
        prepare: &PrepareTransfers,
    ) -> Outcome<TransferOrderId> {
        let action = Prepare {
            desk: self,
            call,
            prepare,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Prepare<'a> {
    desk: &'a Desk,
    call: &'a Call,
    prepare: &'a PrepareTransfers,
}

#[async_trait]
impl Action for Prepare<'_> {
    type Output = TransferOrderId;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<TransferOrderId, Abort> {
        let (call, now) = (self.call, self.call.now());
        let on_duty = for_the_town(tx, call, Doing::HandleTransfers).await?;
        let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
        if applied.town.payer.is_none() {
            return Err(Refusal::TransferNoPayer.into());
        }
        let refunds = self.asked_for()?;
        lock_all(tx, &refunds).await?;
        // Looked for only now: the same form a moment ago holds these locks until it is through.
        if let Some(known) = tx.transfer_order_of(self.prepare.submission).await? {
            return Ok(known.id);
        }
        let chance = self.desk.chance.as_ref();
        let order = TransferOrderRecord {
            id: TransferOrderId(chance.id(now)),
            number: 0,
            pay_on: self.prepare.pay_on,
            state: OrderState::Prepared,
            prepared_by: on_duty.staff,
            submission: self.prepare.submission,
            revision: 1,
            created_at: now,
        };
        let mut transfers = Vec::new();
        for (place, id) in (1..).zip(refunds) {
            let refund = tx.refund(id).await?.ok_or(Refusal::NotFound)?;
            let entered = refund
                .state
                .enter_order(order.id, now)
                .map_err(|_not_here| Refusal::RefundNotByTransfer)?;
            tx.set_refund_state(id, refund.revision, &entered, now)
                .await?;
            transfers.push(TransferRecord {
                order: order.id,
                refund: id,
                amount: refund.amount,
                place,
                live: true,
            });
        }
        if !tx.insert_transfer_order(&order, &transfers).await? {
            // The same form a moment ago, or somebody else's order has one of these.
            return match tx.transfer_order_of(self.prepare.submission).await? {
                Some(known) => Ok(known.id),
                None => Err(Refusal::RefundNotByTransfer.into()),
            };
        }
        let entry = trail::entry(chance, call, "transfer.prepared")
            .about("transfer_order", order.id.0)
            .with(serde_json::json!({
                "count": transfers.len(),
                "pay_on": self.prepare.pay_on,
            }));
        tx.record(&entry).await?;
        Ok(order.id)
    }
}

impl Prepare<'_> {
    /// The refunds, each once, in the order of their ids; on a day on which banks work.
    fn asked_for(&self) -> Result<Vec<RefundId>, Refusal> {
        let pay_on = self.prepare.pay_on;
        if pay_on <= civil::date_at(self.call.now()) || !is_bank_day(pay_on) {
            return Err(Refusal::field("pay_on", ProblemKind::Malformed));
        }
        let mut refunds = self.prepare.refunds.clone();
        refunds.sort_unstable();
        refunds.dedup();
        if refunds.is_empty() {
            return Err(Refusal::field("refunds", ProblemKind::Missing));
        }
        Ok(refunds)
    }
}
