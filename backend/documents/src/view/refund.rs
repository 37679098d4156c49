//! The refund notice (還付通知書) in words.

use domain::money::Yen;
use serde::Serialize;
use usecases::ports::documents::RefundSheet;

use super::{
    AddresseeView, IssuerView, LineView, ReducedView, TaxView, UseView, day, why_not_qualified,
};

/// What `refund.typ` reads.
#[derive(Serialize)]
pub struct RefundView<'a> {
    issuer: IssuerView<'a>,
    number: &'a str,
    decided_on: String,
    payee: AddresseeView<'a>,
    usage: UseView<'a>,
    given_up: &'a str,
    left: Option<&'a str>,
    receipt_number: &'a str,
    paid_on: String,
    lines: Vec<LineView<'a>>,
    paid: String,
    reduced: Option<ReducedView>,
    paid_for_it: String,
    refunded_before: Option<String>,
    reckoning: Vec<LineView<'a>>,
    refund: String,
    kept: String,
    taxes: Vec<TaxView>,
    not_qualified: Option<String>,
    reason: &'a str,
    method: &'a str,
    expected: Option<&'a str>,
    appeal_notice: &'a [String],
    reissued_on: Option<String>,
    illustrative: &'a [String],
}

impl<'a> From<&'a RefundSheet> for RefundView<'a> {
    fn from(sheet: &'a RefundSheet) -> Self {
        // `sums::refund_within` has refused any sheet where this could go below zero.
        let before = sheet.refunded_before_yen;
        let kept = sheet.paid_yen.minus(before);
        let kept = kept.and_then(|rest| rest.minus(sheet.refund_yen));
        let kept = kept.unwrap_or(Yen::ZERO);
        Self {
            issuer: (&sheet.issuer).into(),
            number: &sheet.number,
            decided_on: day(sheet.decided_on),
            payee: (&sheet.payee).into(),
            usage: (&sheet.usage).into(),
            given_up: &sheet.given_up,
            left: sheet.left.as_deref(),
            receipt_number: &sheet.receipt_number,
            paid_on: day(sheet.paid_on),
            lines: sheet.lines.iter().map(LineView::from).collect(),
            paid: sheet.paid_yen.to_string(),
            reduced: ReducedView::of(sheet.unreduced_yen, sheet.paid_yen),
            paid_for_it: sheet.paid_for_it_yen.to_string(),
            refunded_before: (!before.is_zero()).then(|| before.to_string()),
            reckoning: sheet.reckoning.iter().map(LineView::from).collect(),
            refund: sheet.refund_yen.to_string(),
            kept: kept.to_string(),
            taxes: sheet.taxes.iter().map(TaxView::from).collect(),
            not_qualified: why_not_qualified(&sheet.issuer, &sheet.taxes, "適格返還請求書"),
            reason: &sheet.reason,
            method: &sheet.method,
            expected: sheet.expected.as_deref(),
            appeal_notice: &sheet.appeal_notice,
            reissued_on: sheet.reissued_on.map(day),
            illustrative: &sheet.illustrative,
        }
    }
}
