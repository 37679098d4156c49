//! The trait of refunds to bank accounts (口座振込による還付). The use cases implement it.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::ids::{RefundId, ReservationId, TransferOrderId};
use domain::personal::Personal;
use domain::transfer::AccountKind;
use uuid::Uuid;

use crate::views::{AccountForm, Paper, TransferOrderView, TransfersView};
use crate::{Call, Outcome};

/// An account as somebody typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountWords {
    /// 銀行・信用金庫・農協など.
    Bank {
        /// 金融機関コード.
        bank: String,
        /// 支店コード.
        branch: String,
        /// 預金種目.
        kind: AccountKind,
        /// 口座番号.
        number: String,
    },
    /// ゆうちょ銀行.
    Yucho {
        /// 記号.
        symbol: String,
        /// 番号.
        number: String,
    },
}

/// Tell where the refunds of a reservation are to go (還付口座の届出).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TellAccount {
    /// Of which reservation: all its refunds that wait go there.
    pub reservation: ReservationId,
    /// The account.
    pub account: Personal<AccountWords>,
    /// Its holder (口座名義), in katakana.
    pub holder: Personal<String>,
}

/// Write an order to the bank (振込依頼の起案).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrepareTransfers {
    /// The form's key: the same form twice is one order.
    pub submission: Uuid,
    /// Which refunds; must not be empty.
    pub refunds: Vec<RefundId>,
    /// The day the bank is to send them, in Japan: a day on which banks work.
    pub pay_on: NaiveDate,
}

/// What staff do about refunds to bank accounts. It is the town's business and no facility's.
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` without a role for the
/// whole town, `not_found` for what another town has, and the refusals of its rules.
#[async_trait]
pub trait Transfers: Send + Sync {
    /// What waits, and the orders of late. Every look is noted.
    async fn transfers(&self, call: &Call) -> Outcome<TransfersView>;

    /// Writes an order.
    async fn prepare_transfers(
        &self,
        call: &Call,
        prepare: &PrepareTransfers,
    ) -> Outcome<TransferOrderId>;

    /// One order. Every look is noted.
    async fn transfer_order(&self, call: &Call, id: TransferOrderId) -> Outcome<TransferOrderView>;

    /// Signs an order that somebody else wrote. `transfer.own_order` for one's own.
    async fn approve_transfers(&self, call: &Call, id: TransferOrderId) -> Outcome<()>;

    /// Takes an order back before the bank carried it out: what was in it waits again.
    async fn withdraw_transfers(&self, call: &Call, id: TransferOrderId) -> Outcome<()>;

    /// Notes that the bank carried it out on that day, and tells whom it concerns.
    async fn transfers_carried_out(
        &self,
        call: &Call,
        id: TransferOrderId,
        on: NaiveDate,
    ) -> Outcome<()>;

    /// Notes that the bank sent one back, and asks for another account.
    async fn transfer_sent_back(
        &self,
        call: &Call,
        id: TransferOrderId,
        refund: RefundId,
    ) -> Outcome<()>;

    /// The file for the bank (全銀協規定形式), once the order is signed.
    async fn transfer_file(&self, call: &Call, id: TransferOrderId) -> Outcome<Paper>;

    /// What waits to be sent to an account of somebody who stands at the counter or calls. The account
    /// that was told before is not shown.
    async fn account_form_for(&self, call: &Call, id: ReservationId) -> Outcome<AccountForm>;

    /// Tells an account for somebody who stands at the counter or calls.
    async fn tell_account_for(&self, call: &Call, tell: &TellAccount) -> Outcome<()>;
}
