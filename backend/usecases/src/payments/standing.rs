//! Which payment a reservation rests on, and which money only passed through.

use domain::payment::ReturnReason;

use crate::ports::store::{PaymentRecord, RefundRecord};

/// The reason of a refund that a cancellation decided, as stored.
pub(super) const CANCELLED: &str = "cancelled";

/// The reason of a refund because the facility closed, as stored.
pub(super) const CLOSED: &str = "closed";

/// Why money went back by itself (rows 11 and 12); `None` for the refund of a fee, which somebody
/// decided.
pub(crate) fn why_stray(refund: &RefundRecord) -> Option<ReturnReason> {
    ReturnReason::ALL
        .into_iter()
        .find(|why| why.code() == refund.reason)
}

/// The payment that a reservation rests on: the one that came and was not sent back as stray money.
/// Of two that came the earlier *attempt* may well be the stray one, so their order tells nothing.
pub(crate) fn standing<'a>(
    payments: &'a [PaymentRecord],
    refunds: &[RefundRecord],
) -> Option<&'a PaymentRecord> {
    payments
        .iter()
        .find(|payment| came_and_stayed(payment, refunds))
}

/// True for money that came and was not sent back as stray.
pub(super) fn came_and_stayed(payment: &PaymentRecord, refunds: &[RefundRecord]) -> bool {
    payment.state.is_paid() && !went_back(payment, refunds)
}

/// True for money that was sent back as stray: it pays nothing and stands in nobody's way.
pub(super) fn went_back(payment: &PaymentRecord, refunds: &[RefundRecord]) -> bool {
    let stray = |refund: &RefundRecord| refund.payment == payment.id && why_stray(refund).is_some();
    refunds.iter().any(stray)
}
