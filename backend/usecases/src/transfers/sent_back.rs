//! The bank sent a transfer back (振込不能・組戻し): the town owes it again, and asks for another account.

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, Refusal};
use domain::ids::{RefundId, TransferOrderId};
use domain::ledger::{self, Transfer};

use super::{for_the_town, locked};
use crate::desk::Desk;
use crate::payments::book;
use crate::ports::store::{JobKind, Transaction};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

impl Desk {
    pub(super) async fn note_sent_back(
        &self,
        call: &Call,
        id: TransferOrderId,
        refund: RefundId,
    ) -> Outcome<()> {
        let action = SentBack {
            desk: self,
            call,
            id,
            refund,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct SentBack<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: TransferOrderId,
    refund: RefundId,
}

#[async_trait]
impl Action for SentBack<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, now, chance) = (self.call, self.call.now(), self.desk.chance.as_ref());
        for_the_town(tx, call, Doing::HandleTransfers).await?;
        let locked = locked(tx, self.id).await?;
        let transfers = locked.transfers;
        let one = transfers.iter().find(|one| one.refund == self.refund);
        let one = one.ok_or(Refusal::NotFound)?;
        let refund = tx.refund(self.refund).await?.ok_or(Refusal::NotFound)?;
        let back = refund
            .state
            .sent_back(self.id, now)
            .map_err(|_not_here| Refusal::TransferElsewhere)?;
        tx.set_refund_state(refund.id, refund.revision, &back, now)
            .await?;
        tx.end_transfer(self.id, refund.id).await?;
        // It was the wrong one: nobody sends there again.
        tx.forget_refund_account(refund.id).await?;
        let transfer = Transfer {
            refund: refund.id,
            order: self.id,
        };
        let entry = ledger::transfer_sent_back(transfer, one.amount);
        book(tx, chance, refund.reservation, entry, now).await?;
        let mail = JobKind::MailTransferSentBack {
            refund: refund.id,
            order: self.id,
        };
        outbox::enqueue(tx, chance, call, mail, now).await?;
        let entry = trail::entry(chance, call, "refund.transfer_sent_back")
            .about("refund", refund.id.0)
            .with(serde_json::json!({
                "reservation": refund.reservation,
                "amount_yen": one.amount,
            }));
        Ok(tx.record(&entry).await?)
    }
}
