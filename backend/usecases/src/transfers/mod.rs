//! Refunds to bank accounts (口座振込による還付): what cannot go back the way it came.
//!
//! Whoever is to be paid tells an account; accounting puts what waits into an order, a second person
//! signs it, the bank takes its file and carries it out. The money is in the books as sent only when
//! somebody notes that the bank did so. What the bank sends back waits for another account. The
//! reservations of all refunds concerned are locked first, in the order of their ids, then the order.

mod carry_out;
mod file;
mod list;
mod prepare;
mod sent_back;
mod sign;
mod tell;

pub(crate) use tell::wants_account;

use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::NaiveDate;
use contract::{
    AccountForm, Action as Doing, Call, Outcome, Paper, PrepareTransfers, Refusal, TellAccount,
    TransferOrderView, Transfers, TransfersView,
};
use domain::ids::{RefundId, ReservationId, TransferOrderId};
use domain::transfer::OrderRefusal;

use crate::authority::{OnDuty, Place, staff};
use crate::desk::Desk;
use crate::ports::store::{Reading, Transaction, TransferOrderRecord, TransferRecord};
use crate::transact::Abort;

#[async_trait]
impl Transfers for Desk {
    async fn transfers(&self, call: &Call) -> Outcome<TransfersView> {
        self.list_transfers(call).await
    }

    async fn prepare_transfers(
        &self,
        call: &Call,
        prepare: &PrepareTransfers,
    ) -> Outcome<TransferOrderId> {
        self.write_order(call, prepare).await
    }

    async fn transfer_order(&self, call: &Call, id: TransferOrderId) -> Outcome<TransferOrderView> {
        self.show_order(call, id).await
    }

    async fn approve_transfers(&self, call: &Call, id: TransferOrderId) -> Outcome<()> {
        self.sign_order(call, id).await
    }

    async fn withdraw_transfers(&self, call: &Call, id: TransferOrderId) -> Outcome<()> {
        self.take_order_back(call, id).await
    }

    async fn transfers_carried_out(
        &self,
        call: &Call,
        id: TransferOrderId,
        on: NaiveDate,
    ) -> Outcome<()> {
        self.note_carried_out(call, id, on).await
    }

    async fn transfer_sent_back(
        &self,
        call: &Call,
        id: TransferOrderId,
        refund: RefundId,
    ) -> Outcome<()> {
        self.note_sent_back(call, id, refund).await
    }

    async fn transfer_file(&self, call: &Call, id: TransferOrderId) -> Outcome<Paper> {
        self.file_of(call, id).await
    }

    async fn account_form_for(&self, call: &Call, id: ReservationId) -> Outcome<AccountForm> {
        self.ask_for_account(call, id, Doing::ChangeForResident)
            .await
    }

    async fn tell_account_for(&self, call: &Call, tell: &TellAccount) -> Outcome<()> {
        self.keep_account(call, tell, Doing::ChangeForResident)
            .await
    }
}

/// Somebody who may do that for the whole town.
async fn for_the_town<R: Reading + ?Sized>(
    reading: &R,
    call: &Call,
    doing: Doing,
) -> Result<OnDuty, Abort> {
    staff(reading, call, doing, Place::Everywhere).await
}

/// An order to be changed, with what is in it: the reservations of its refunds are locked first.
struct LockedOrder {
    order: TransferOrderRecord,
    transfers: Vec<TransferRecord>,
}

async fn locked(tx: &mut dyn Transaction, id: TransferOrderId) -> Result<LockedOrder, Abort> {
    let transfers = tx.transfers(id).await?;
    let refunds: Vec<RefundId> = transfers.iter().map(|one| one.refund).collect();
    lock_all(tx, &refunds).await?;
    // Only now is what was read sure to stay.
    let order = tx.transfer_order(id).await?.ok_or(Refusal::NotFound)?;
    let transfers = tx.transfers(id).await?;
    Ok(LockedOrder { order, transfers })
}

/// Locks the reservations of these refunds, each once, in the order of their ids.
async fn lock_all(tx: &mut dyn Transaction, refunds: &[RefundId]) -> Result<(), Abort> {
    let mut ids = BTreeSet::new();
    for refund in refunds {
        ids.insert(
            tx.refund(*refund)
                .await?
                .ok_or(Refusal::NotFound)?
                .reservation,
        );
    }
    for id in ids {
        tx.lock_reservation(id).await?.ok_or(Refusal::NotFound)?;
    }
    Ok(())
}

const fn refused(refusal: OrderRefusal) -> Refusal {
    match refusal {
        OrderRefusal::OwnOrder => Refusal::TransferOwnOrder,
        OrderRefusal::Elsewhere | OrderRefusal::ToCome => Refusal::TransferElsewhere,
    }
}
