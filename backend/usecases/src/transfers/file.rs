//! The file for the bank (振込データ, 全銀協規定形式). Every look at it is noted: it holds accounts.

use std::collections::BTreeSet;

use contract::{Action as Doing, Call, Fault, Outcome, Paper, Refusal};
use domain::ids::TransferOrderId;
use domain::transfer::{BankAccount, OrderItem, OrderState, in_jis, zengin};

use super::for_the_town;
use crate::desk::Desk;

const PAGE: &str = "manage.transfer_file";

impl Desk {
    pub(super) async fn file_of(&self, call: &Call, id: TransferOrderId) -> Outcome<Paper> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = for_the_town(reading.as_ref(), call, Doing::HandleTransfers).await?;
        let order = reading.transfer_order(id).await?.ok_or(Refusal::NotFound)?;
        // Nobody gives the bank what a second person has not signed.
        if !matches!(order.state, OrderState::Approved { .. }) {
            return Err(Refusal::TransferElsewhere.into());
        }
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let payer = applied.town.payer.as_ref();
        let payer = payer.ok_or(Refusal::TransferNoPayer)?;
        let transfers = reading.transfers(id).await?;
        let mut accounts: Vec<BankAccount> = Vec::new();
        let mut people = BTreeSet::new();
        for one in &transfers {
            let account = self.account_of(call, reading.as_ref(), one.refund).await?;
            let account = account.ok_or(Refusal::TransferElsewhere)?;
            accounts.push(account.into_revealed());
            let refund = reading.refund(one.refund).await?.ok_or(Refusal::NotFound)?;
            let record = reading.reservation(refund.reservation).await?;
            people.insert(record.ok_or(Refusal::NotFound)?.person);
        }
        let items: Vec<OrderItem<'_>> = transfers
            .iter()
            .zip(&accounts)
            .map(|(one, account)| OrderItem {
                account,
                amount: one.amount,
                reference: one.place,
            })
            .collect();
        let text = zengin(payer, order.pay_on, &items)
            .map_err(|error| Fault::new("write an order to the bank", error))?;
        drop(reading);
        let people: Vec<_> = people.into_iter().collect();
        self.viewed(call, &on_duty, &people, PAGE).await?;
        Ok(Paper {
            file_name: format!("furikomi-{:05}.txt", order.number),
            bytes: in_jis(&text),
        })
    }
}
