//! Signing an order to the bank (決裁), and taking one back.

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, Refusal};
use domain::ids::TransferOrderId;

use super::{for_the_town, locked, refused};
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn sign_order(&self, call: &Call, id: TransferOrderId) -> Outcome<()> {
        let action = Sign {
            desk: self,
            call,
            id,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }

    pub(super) async fn take_order_back(&self, call: &Call, id: TransferOrderId) -> Outcome<()> {
        let action = Withdraw {
            desk: self,
            call,
            id,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Sign<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: TransferOrderId,
}

#[async_trait]
impl Action for Sign<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, now) = (self.call, self.call.now());
        let on_duty = for_the_town(tx, call, Doing::ApproveTransfers).await?;
        let order = locked(tx, self.id).await?.order;
        let signed = order
            .state
            .approve(order.prepared_by, on_duty.staff, now)
            .map_err(refused)?;
        tx.set_transfer_order_state(order.id, order.revision, signed, now)
            .await?;
        let entry = trail::entry(self.desk.chance.as_ref(), call, "transfer.approved")
            .about("transfer_order", order.id.0);
        Ok(tx.record(&entry).await?)
    }
}

struct Withdraw<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: TransferOrderId,
}

#[async_trait]
impl Action for Withdraw<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, now) = (self.call, self.call.now());
        let on_duty = for_the_town(tx, call, Doing::HandleTransfers).await?;
        let locked = locked(tx, self.id).await?;
        let order = locked.order;
        let back = order.state.withdraw(on_duty.staff, now).map_err(refused)?;
        tx.set_transfer_order_state(order.id, order.revision, back, now)
            .await?;
        for one in locked.transfers {
            let refund = tx.refund(one.refund).await?.ok_or(Refusal::NotFound)?;
            let waits = refund
                .state
                .leave_order(now)
                .map_err(|_not_here| Refusal::TransferElsewhere)?;
            tx.set_refund_state(refund.id, refund.revision, &waits, now)
                .await?;
            tx.end_transfer(order.id, refund.id).await?;
        }
        let entry = trail::entry(self.desk.chance.as_ref(), call, "transfer.withdrawn")
            .about("transfer_order", order.id.0);
        Ok(tx.record(&entry).await?)
    }
}
