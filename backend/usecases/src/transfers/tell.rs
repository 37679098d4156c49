//! Telling an account (還付口座の届出): the owner on the booking's page, or a clerk for them.

use async_trait::async_trait;
use contract::{
    AccountForm, AccountWords, Action as Doing, Call, Fault, FieldProblem, Outcome, ProblemKind,
    Refusal, TellAccount,
};
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::payment::{RefundRefusal, RefundState, refundable};
use domain::personal::Personal;
use domain::transfer::{BankAccount, NotAnAccount, TypedAccount};

use crate::booking::rightful;
use crate::desk::Desk;
use crate::ports::store::{Reading, RefundAccount, RefundRecord, Transaction};
use crate::sealing::{open_account, seal_account};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(crate) async fn ask_for_account(
        &self,
        call: &Call,
        id: ReservationId,
        doing: Doing,
    ) -> Outcome<AccountForm> {
        let reading = self.store.read(call.municipality()).await?;
        let record = reading.reservation(id).await?;
        let record = rightful(reading.as_ref(), record, call, doing).await?;
        let waiting = waiting(reading.as_ref(), id).await?;
        let amount = Yen::sum(waiting.iter().map(|refund| refund.amount))
            .map_err(|error| Fault::new("sum up refunds", error))?;
        let told = match waiting.first() {
            // What a clerk sees of it goes through the accounting's page, which is noted.
            Some(_) if call.staff_member().is_some() => None,
            Some(first) => reading.refund_account(first.id).await?,
            None => return Err(Refusal::RefundNotByTransfer.into()),
        };
        let told = told.map(|told| {
            let account = open_account(self.vault.as_ref(), call.municipality(), &told)?;
            Ok::<_, Fault>(Personal::new(account.masked_number()))
        });
        Ok(AccountForm {
            reservation: id,
            number: record.number,
            amount,
            told: told.transpose()?,
        })
    }

    /// Keeps the account for all refunds of the reservation that wait.
    pub(crate) async fn keep_account(
        &self,
        call: &Call,
        tell: &TellAccount,
        doing: Doing,
    ) -> Outcome<()> {
        let action = Tell {
            desk: self,
            call,
            tell,
            doing,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

/// The refunds of a reservation for which an account can be told.
async fn waiting(reading: &dyn Reading, of: ReservationId) -> Result<Vec<RefundRecord>, Abort> {
    let mut refunds = reading.refunds(of).await?;
    refunds.retain(|refund| refund.state.takes_an_account());
    Ok(refunds)
}

struct Tell<'a> {
    desk: &'a Desk,
    call: &'a Call,
    tell: &'a TellAccount,
    doing: Doing,
}

#[async_trait]
impl Action for Tell<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, id) = (self.call, self.tell.reservation);
        let record = tx.lock_reservation(id).await?;
        rightful(tx, record, call, self.doing).await?;
        let refunds = tx.refunds(id).await?;
        let waiting: Vec<&RefundRecord> = refunds
            .iter()
            .filter(|refund| refund.state.takes_an_account())
            .collect();
        if waiting.is_empty() {
            return Err(Refusal::RefundNotByTransfer.into());
        }
        let account = self.read()?;
        for refund in waiting {
            self.keep(tx, refund, &refunds, &account).await?;
        }
        Ok(())
    }
}

impl Tell<'_> {
    fn read(&self) -> Result<BankAccount, Refusal> {
        let typed = match self.tell.account.reveal() {
            AccountWords::Bank {
                bank,
                branch,
                kind,
                number,
            } => TypedAccount::Bank {
                bank,
                branch,
                kind: *kind,
                number,
            },
            AccountWords::Yucho { symbol, number } => TypedAccount::Yucho { symbol, number },
        };
        BankAccount::read(typed, self.tell.holder.reveal()).map_err(|wrong| {
            let problems = wrong.into_iter().map(|one| self.problem(one)).collect();
            Refusal::InvalidInput { problems }
        })
    }

    /// What is wrong, by the field's name: nothing typed reads as missing.
    fn problem(&self, wrong: NotAnAccount) -> FieldProblem {
        let words = self.tell.account.reveal();
        let (field, typed) = match (wrong, words) {
            (NotAnAccount::Bank, AccountWords::Bank { bank, .. }) => ("bank_code", &**bank),
            (NotAnAccount::Branch, AccountWords::Bank { branch, .. }) => ("branch_code", &**branch),
            (NotAnAccount::Number, AccountWords::Bank { number, .. }) => {
                ("account_number", &**number)
            }
            (NotAnAccount::Symbol, AccountWords::Yucho { symbol, .. }) => {
                ("yucho_symbol", &**symbol)
            }
            (NotAnAccount::YuchoNumber, AccountWords::Yucho { number, .. }) => {
                ("yucho_number", &**number)
            }
            _ => ("holder", &**self.tell.holder.reveal()),
        };
        let problem = if typed.trim().is_empty() {
            ProblemKind::Missing
        } else {
            ProblemKind::Malformed
        };
        FieldProblem {
            field: field.to_owned(),
            problem,
        }
    }

    async fn keep(
        &self,
        tx: &mut dyn Transaction,
        refund: &RefundRecord,
        all: &[RefundRecord],
        account: &BankAccount,
    ) -> Result<(), Abort> {
        let (call, now) = (self.call, self.call.now());
        let payment = tx.payment(refund.payment).await?;
        let payment = payment.ok_or(Refusal::NotFound)?;
        let others = all
            .iter()
            .filter(|other| other.payment == payment.id && other.id != refund.id)
            .map(|other| (other.amount, &other.state));
        let left = refundable(payment.amount, others)
            .map_err(|error| Fault::new("sum up refunds", error))?;
        let told = refund.state.clone().tell_account(refund.amount, left, now);
        let told = match told {
            Ok(told) => told,
            // Another refund took its place: nothing is owed for this one any more.
            Err(RefundRefusal::MoreThanPaid { .. }) => return Ok(()),
            Err(_not_here) => return Err(Refusal::RefundNotByTransfer.into()),
        };
        tx.set_refund_state(refund.id, refund.revision, &told, now)
            .await?;
        let vault = self.desk.vault.as_ref();
        let kept = RefundAccount {
            refund: refund.id,
            account_sealed: seal_account(vault, call.municipality(), refund.id, account)?,
            told_to: call.staff_member(),
        };
        tx.keep_refund_account(&kept, now).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), call, "refund.account_told")
            .about("refund", refund.id.0)
            .with(serde_json::json!({
                "reservation": refund.reservation,
                "before": refund.state.name(),
                "after": told.name(),
                "amount_yen": refund.amount,
            }));
        Ok(tx.record(&entry).await?)
    }
}

/// Where the bank's answer or the payment service's leaves a refund: whether somebody has to tell an
/// account before anything else can be done.
pub(crate) const fn wants_account(state: &RefundState) -> bool {
    matches!(
        state,
        RefundState::Failed { .. }
            | RefundState::DueByTransfer {
                account_told: false,
                ..
            }
    )
}
