//! What waits for a transfer, the orders, and one order in full. Accounts are personal data: whoever
//! sees one leaves a note of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contract::{
    Action as Doing, Call, Fault, Outcome, Refusal, TransferDue, TransferItem,
    TransferOrderSummary, TransferOrderView, TransfersView,
};
use domain::civil;
use domain::ids::{PersonId, RefundId, ReservationId, StaffId, TransferOrderId};
use domain::money::Yen;
use domain::personal::Personal;
use domain::transfer::{BankAccount, OrderState, next_bank_day};

use super::for_the_town;
use crate::desk::Desk;
use crate::ports::store::{
    Reading, RefundRecord, ReservationRecord, TransferOrderRecord, TransferRecord,
};
use crate::sealing::{open_account, open_staff_name};

/// More than wait anywhere; the oldest come first, so that an order makes room for the rest.
const MOST: u32 = 500;

/// How many orders the list goes back.
const MOST_ORDERS: u32 = 50;

const LIST: &str = "manage.transfers";
const ORDER: &str = "manage.transfer_order";

impl Desk {
    pub(super) async fn list_transfers(&self, call: &Call) -> Outcome<TransfersView> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = for_the_town(reading.as_ref(), call, Doing::HandleTransfers).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let refunds = reading.refunds_by_transfer(MOST).await?;
        let records = reservations_of(reading.as_ref(), &refunds).await?;
        let mut due = Vec::new();
        let mut seen: BTreeSet<PersonId> = BTreeSet::new();
        for refund in refunds {
            let account = self.account_of(call, reading.as_ref(), refund.id).await?;
            let Some(record) = records.get(&refund.reservation) else {
                continue;
            };
            if account.is_some() {
                seen.insert(record.person);
            }
            due.push(TransferDue {
                refund: refund.id,
                reservation: refund.reservation,
                number: record.number.clone(),
                amount: refund.amount,
                since: refund.created_at,
                account,
            });
        }
        let mut orders = Vec::new();
        for order in reading.transfer_orders(MOST_ORDERS).await? {
            let transfers = reading.transfers(order.id).await?;
            orders.push(summary(&order, &transfers)?);
        }
        drop(reading);
        let seen: Vec<PersonId> = seen.into_iter().collect();
        self.viewed(call, &on_duty, &seen, LIST).await?;
        Ok(TransfersView {
            has_payer: applied.town.payer.is_some(),
            due,
            orders,
            proposed: proposed(call),
        })
    }

    pub(super) async fn show_order(
        &self,
        call: &Call,
        id: TransferOrderId,
    ) -> Outcome<TransferOrderView> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = for_the_town(reading.as_ref(), call, Doing::HandleTransfers).await?;
        let order = reading.transfer_order(id).await?.ok_or(Refusal::NotFound)?;
        let transfers = reading.transfers(id).await?;
        let mut refunds = Vec::new();
        for one in &transfers {
            refunds.push(reading.refund(one.refund).await?.ok_or(Refusal::NotFound)?);
        }
        let records = reservations_of(reading.as_ref(), &refunds).await?;
        let mut items = Vec::new();
        let mut seen: BTreeSet<PersonId> = BTreeSet::new();
        for (one, refund) in transfers.iter().zip(&refunds) {
            let account = self.account_of(call, reading.as_ref(), one.refund).await?;
            let record = records.get(&refund.reservation).ok_or(Refusal::NotFound)?;
            if account.is_some() {
                seen.insert(record.person);
            }
            items.push(TransferItem {
                refund: one.refund,
                place: one.place,
                number: record.number.clone(),
                amount: one.amount,
                account,
                live: one.live,
            });
        }
        let reader = reading.as_ref();
        let prepared_by = self.name_of(call, reader, order.prepared_by).await?;
        let approved_by = match order.state.approved_by() {
            Some(by) => Some(self.name_of(call, reader, by).await?),
            None => None,
        };
        drop(reading);
        let seen: Vec<PersonId> = seen.into_iter().collect();
        self.viewed(call, &on_duty, &seen, ORDER).await?;
        Ok(TransferOrderView {
            may_approve: order.state == OrderState::Prepared && order.prepared_by != on_duty.staff,
            order: summary(&order, &transfers)?,
            items,
            prepared: (prepared_by, order.created_at),
            approved_by,
        })
    }

    /// Where a refund is to go, if somebody told and it was not thrown away yet.
    pub(super) async fn account_of(
        &self,
        call: &Call,
        reading: &dyn Reading,
        refund: RefundId,
    ) -> Outcome<Option<Personal<BankAccount>>> {
        let Some(kept) = reading.refund_account(refund).await? else {
            return Ok(None);
        };
        let account = open_account(self.vault.as_ref(), call.municipality(), &kept)?;
        Ok(Some(Personal::new(account)))
    }

    async fn name_of(
        &self,
        call: &Call,
        reading: &dyn Reading,
        staff: StaffId,
    ) -> Outcome<Personal<String>> {
        let record = reading.staff(staff).await?.ok_or(Refusal::NotFound)?;
        let here = call.municipality();
        Ok(open_staff_name(
            self.vault.as_ref(),
            here,
            staff,
            &record.name_sealed,
        )?)
    }
}

/// The reservations of refunds, by id.
async fn reservations_of(
    reading: &dyn Reading,
    refunds: &[RefundRecord],
) -> Outcome<BTreeMap<ReservationId, ReservationRecord>> {
    let ids: BTreeSet<ReservationId> = refunds.iter().map(|refund| refund.reservation).collect();
    let ids: Vec<ReservationId> = ids.into_iter().collect();
    let records = reading.these_reservations(&ids).await?;
    Ok(records
        .into_iter()
        .map(|record| (record.id, record))
        .collect())
}

/// The day that a form proposes: the next one on which banks work.
fn proposed(call: &Call) -> NaiveDate {
    next_bank_day(civil::date_at(call.now()))
}

fn summary(
    order: &TransferOrderRecord,
    transfers: &[TransferRecord],
) -> Result<TransferOrderSummary, Fault> {
    let total = Yen::sum(transfers.iter().map(|one| one.amount))
        .map_err(|error| Fault::new("sum up an order to the bank", error))?;
    Ok(TransferOrderSummary {
        id: order.id,
        number: order.number,
        pay_on: order.pay_on,
        state: order.state,
        count: u32::try_from(transfers.len()).unwrap_or(u32::MAX),
        total,
    })
}
