//! Mail about refunds to bank accounts (口座振込による還付).

use contract::{Call, Outcome, Refusal};
use domain::ids::RefundId;
use domain::money::Yen;

use super::mail::Letter;
use super::{Went, Worker};
use crate::ports::store::JobKind;
use crate::transfers::wants_account;

impl Worker {
    /// It can only go to an account: where to tell which.
    pub(super) async fn mail_account_wanted(
        &self,
        call: &Call,
        kind: &JobKind,
        id: RefundId,
    ) -> Outcome<Went> {
        self.about_transfer(call, kind, id, Letter::account_wanted)
            .await
    }

    /// It was sent.
    pub(super) async fn mail_transferred(
        &self,
        call: &Call,
        kind: &JobKind,
        id: RefundId,
    ) -> Outcome<Went> {
        self.about_transfer(call, kind, id, |letter, amount| {
            Some(letter.transferred(amount))
        })
        .await
    }

    /// The bank sent it back: where to tell another account.
    pub(super) async fn mail_sent_back(
        &self,
        call: &Call,
        kind: &JobKind,
        id: RefundId,
    ) -> Outcome<Went> {
        self.about_transfer(call, kind, id, Letter::sent_back).await
    }

    async fn about_transfer(
        &self,
        call: &Call,
        kind: &JobKind,
        id: RefundId,
        write: impl Fn(&Letter, Yen) -> Option<(String, String)>,
    ) -> Outcome<Went> {
        let reading = self.desk.store.read(call.municipality()).await?;
        let refund = reading.refund(id).await?.ok_or(Refusal::NotFound)?;
        drop(reading);
        let letter = match self.letter(call, refund.reservation).await? {
            Ok(letter) => letter,
            Err(went) => return Ok(went),
        };
        match write(&letter, refund.amount) {
            Some(text) => self.send(call, kind, &letter.to, text, Vec::new()).await,
            // Told, or paid out in cash, before the mail left.
            None => Ok(Went::Done),
        }
    }
}

impl Letter {
    fn still_wants_one(&self) -> bool {
        let mut refunds = self.facts.refunds.iter();
        refunds.any(|refund| wants_account(&refund.state))
    }

    fn account_page(&self) -> String {
        format!("{}/refund-account", self.page)
    }

    fn account_wanted(&self, amount: Yen) -> Option<(String, String)> {
        let body = format!(
            "{amount}をお返ししますが、お支払いの方法へは返金できません。お手数ですが、次のページで、振込先の口座を教えてください。振込の手数料はかかりません。\n{}\n\n{}",
            self.account_page(),
            self.what(),
        );
        self.still_wants_one()
            .then(|| self.text("【振込先の口座を教えてください】", &body))
    }

    fn transferred(&self, amount: Yen) -> (String, String) {
        let body = format!(
            "{amount}を、お知らせいただいた口座へ振り込みました。\n\n{}",
            self.what(),
        );
        self.text("【返金を振り込みました】", &body)
    }

    fn sent_back(&self, amount: Yen) -> Option<(String, String)> {
        let body = format!(
            "{amount}を振り込みましたが、口座が見つからないなどの理由で、銀行から戻りました。お手数ですが、通帳を確かめて、次のページで振込先の口座をもう一度教えてください。\n{}\n\n{}",
            self.account_page(),
            self.what(),
        );
        self.still_wants_one()
            .then(|| self.text("【返金の振込ができませんでした】", &body))
    }
}
