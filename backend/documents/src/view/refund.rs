//! The refund notice (還付通知書) in words.

use domain::money::Yen;
use serde::Serialize;
use usecases::ports::documents::RefundSheet;

use super::{AddresseeView, IssuerView, TaxView, UseView, day, why_not_qualified};

/// What `refund.typ` reads.
#[derive(Serialize)]
pub struct RefundView<'a> {
    issuer: IssuerView<'a>,
    number: &'a str,
    decided_on: String,
    payee: AddresseeView<'a>,
    usage: UseView<'a>,
    receipt_number: &'a str,
    paid_on: String,
    paid: String,
    refund: String,
    kept: String,
    taxes: Vec<TaxView>,
    not_qualified: Option<String>,
    reason: &'a str,
    rule: &'a str,
    basis: Option<&'a str>,
    method: &'a str,
    expected: Option<&'a str>,
    appeal_notice: &'a [String],
    reissued_on: Option<String>,
    illustrative: &'a [String],
}

impl<'a> From<&'a RefundSheet> for RefundView<'a> {
    fn from(sheet: &'a RefundSheet) -> Self {
        // `sums::refund_within` has refused any sheet where this could go below zero.
        let kept = sheet.paid_yen.minus(sheet.refund_yen).unwrap_or(Yen::ZERO);
        Self {
            issuer: (&sheet.issuer).into(),
            number: &sheet.number,
            decided_on: day(sheet.decided_on),
            payee: (&sheet.payee).into(),
            usage: (&sheet.usage).into(),
            receipt_number: &sheet.receipt_number,
            paid_on: day(sheet.paid_on),
            paid: sheet.paid_yen.to_string(),
            refund: sheet.refund_yen.to_string(),
            kept: kept.to_string(),
            taxes: sheet.taxes.iter().map(TaxView::from).collect(),
            not_qualified: why_not_qualified(&sheet.issuer, &sheet.taxes, "適格返還請求書"),
            reason: &sheet.reason,
            rule: &sheet.rule,
            basis: sheet.basis.as_deref(),
            method: &sheet.method,
            expected: sheet.expected.as_deref(),
            appeal_notice: &sheet.appeal_notice,
            reissued_on: sheet.reissued_on.map(day),
            illustrative: &sheet.illustrative,
        }
    }
}
