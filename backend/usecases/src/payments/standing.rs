//! Which payment a reservation rests on, and which money only passed through.

use domain::payment::{AttemptState, ReturnReason};

use crate::ports::store::{PaymentRecord, RefundRecord};

/// The reason of a refund that a cancellation decided, as stored.
pub(super) const CANCELLED: &str = "cancelled";

/// The reason of a refund of stray money, as stored.
pub(super) const fn stray_reason(why: ReturnReason) -> &'static str {
    match why {
        ReturnReason::FloorTaken => "floor_taken",
        ReturnReason::AlreadyPaid => "already_paid",
        ReturnReason::BookingEnded => "booking_ended",
        ReturnReason::NotDue => "not_due",
    }
}

/// True for a refund of money that nothing was owed for (rows 11 and 12), which went back by itself.
pub(crate) fn is_stray(refund: &RefundRecord) -> bool {
    refund.reason != CANCELLED
}

/// The payment that a reservation rests on: the one that came and was not sent back as stray money.
/// Of two that came the earlier *attempt* may well be the stray one, so their order tells nothing.
pub(crate) fn standing<'a>(
    payments: &'a [PaymentRecord],
    refunds: &[RefundRecord],
) -> Option<&'a PaymentRecord> {
    let came_and_stayed = |payment: &&PaymentRecord| {
        matches!(payment.state, AttemptState::Paid { .. })
            && !refunds
                .iter()
                .any(|refund| refund.payment == payment.id && is_stray(refund))
    };
    payments.iter().find(came_and_stayed)
}
