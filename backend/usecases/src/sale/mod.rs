//! A reservation at the counter (窓口での受付): seen, paid, given up and printed on somebody's behalf.

mod cancel;
mod papers;
mod show;

use async_trait::async_trait;
use contract::{
    Action as Doing, Call, CancelSale, Outcome, Paper, PayOut, SaleCancel, SaleCancelPreview,
    SalePayment, SaleView, Sales, StartedPayment, TakeCash,
};
use domain::ids::ReservationId;

use crate::desk::Desk;

#[async_trait]
impl Sales for Desk {
    async fn sale(&self, call: &Call, id: ReservationId) -> Outcome<SaleView> {
        self.show_sale(call, id).await
    }

    async fn sale_payment(
        &self,
        call: &Call,
        id: ReservationId,
        ask: bool,
    ) -> Outcome<SalePayment> {
        self.show_payment(call, id, ask).await
    }

    async fn extend_sale(&self, call: &Call, id: ReservationId) -> Outcome<()> {
        self.extend(call, id, Doing::SellAtCounter).await
    }

    async fn take_cash(&self, call: &Call, take: &TakeCash) -> Outcome<()> {
        self.take_the_cash(call, take).await
    }

    async fn pay_by_phone(&self, call: &Call, id: ReservationId) -> Outcome<StartedPayment> {
        self.start_payment(call, id, Doing::SellAtCounter).await
    }

    async fn cancel_sale_preview(
        &self,
        call: &Call,
        what: &SaleCancel,
    ) -> Outcome<SaleCancelPreview> {
        self.preview_sale_cancel(call, what).await
    }

    async fn cancel_sale(&self, call: &Call, cancel: &CancelSale) -> Outcome<()> {
        self.cancel_for_resident(call, cancel).await
    }

    async fn pay_out(&self, call: &Call, out: &PayOut) -> Outcome<ReservationId> {
        self.pay_it_out(call, out).await
    }

    async fn sale_permit(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        self.permit_for_counter(call, id).await
    }

    async fn sale_receipt(&self, call: &Call, id: ReservationId) -> Outcome<Paper> {
        self.receipt_for_counter(call, id).await
    }

    async fn sale_refund_notice(&self, call: &Call, id: ReservationId, nth: u32) -> Outcome<Paper> {
        self.refund_notice_for_counter(call, id, nth).await
    }
}
