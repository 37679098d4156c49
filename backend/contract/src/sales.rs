//! The trait of a reservation at the counter (窓口での受付). The use cases implement it.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::civil::TimeOfDay;
use domain::ids::{RefundId, ReservationId, TillId};
use domain::money::Yen;
use domain::refunds::Because;
use uuid::Uuid;

use crate::views::{Paper, SaleCancelPreview, SalePayment, SaleView, StartedPayment};
use crate::{Call, Outcome};

/// Takes cash for a reservation (現金収納).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeCash {
    /// For which.
    pub reservation: ReservationId,
    /// Into which drawer.
    pub till: TillId,
    /// What was handed over (預り金), yen.
    pub tendered: Yen,
    /// The fee that was shown, yen.
    pub seen_total: Yen,
    /// The form's submission key: sent twice, cash is taken once.
    pub submission: Uuid,
}

/// Pays a refund out of a drawer (窓口還付).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayOut {
    /// Which refund.
    pub refund: RefundId,
    /// Out of which drawer.
    pub till: TillId,
    /// The form's submission key.
    pub submission: Uuid,
}

/// What is given up on somebody's behalf, and for which reason (代理取消).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleCancel {
    /// Of which reservation.
    pub reservation: ReservationId,
    /// The slots, by when they begin, in Japan; all of it when empty.
    pub slots: BTreeSet<TimeOfDay>,
    /// For which reason, as far as money goes.
    pub because: Because,
}

/// Cancels on somebody's behalf (代理取消).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelSale {
    /// What is given up, and for which reason.
    pub what: SaleCancel,
    /// What was shown to come back, yen.
    pub seen_refund: Yen,
    /// Why, in the clerk's words. No personal data. Not needed where one of the town's reasons says
    /// it.
    pub reason: String,
}

/// What is done at the counter about one reservation. Every look at it is noted.
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` without a role for
/// the facility, `not_found` for what another town has, and the refusals of its rules.
#[async_trait]
pub trait Sales: Send + Sync {
    /// The reservation with all that a clerk needs.
    async fn sale(&self, call: &Call, id: ReservationId) -> Outcome<SaleView>;

    /// How its payment stands, and nothing else; `ask` asks the payment service too.
    async fn sale_payment(&self, call: &Call, id: ReservationId, ask: bool)
    -> Outcome<SalePayment>;

    /// Keeps the floor longer (延長).
    async fn extend_sale(&self, call: &Call, id: ReservationId) -> Outcome<()>;

    /// Takes cash: drawer, payment, ledger, receipt and permission at once or not at all. An open
    /// checkout is closed first; `reservation.state` when it turns out to be paid.
    async fn take_cash(&self, call: &Call, take: &TakeCash) -> Outcome<()>;

    /// Opens the checkout that somebody pays with on their own phone; confirms what is free.
    async fn pay_by_phone(&self, call: &Call, id: ReservationId) -> Outcome<StartedPayment>;

    /// What cancelling that now would give back, and the town's reasons for it.
    async fn cancel_sale_preview(
        &self,
        call: &Call,
        what: &SaleCancel,
    ) -> Outcome<SaleCancelPreview>;

    /// Cancels with the refund by the rule: cash waits to be paid out, anything else goes back the
    /// way it came. An amount out of the rule only for one of the town's reasons.
    async fn cancel_sale(&self, call: &Call, cancel: &CancelSale) -> Outcome<()>;

    /// Pays out a refund that is due in cash; gives its reservation.
    async fn pay_out(&self, call: &Call, out: &PayOut) -> Outcome<ReservationId>;

    /// The permit (使用許可書).
    async fn sale_permit(&self, call: &Call, id: ReservationId) -> Outcome<Paper>;

    /// The receipt (領収書).
    async fn sale_receipt(&self, call: &Call, id: ReservationId) -> Outcome<Paper>;

    /// The refund notice (還付通知書) about the `nth` time that something was given up; `not_found`
    /// where nothing went back.
    async fn sale_refund_notice(&self, call: &Call, id: ReservationId, nth: u32) -> Outcome<Paper>;
}
