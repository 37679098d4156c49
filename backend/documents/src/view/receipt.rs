//! The receipt (領収書) in words.

use serde::Serialize;
use usecases::ports::documents::ReceiptSheet;

use super::{
    AddresseeView, IssuerView, LineView, ReducedView, TaxView, UseView, day, why_not_qualified,
};

/// What `receipt.typ` reads.
#[derive(Serialize)]
pub struct ReceiptView<'a> {
    issuer: IssuerView<'a>,
    number: &'a str,
    paid_on: String,
    payer: AddresseeView<'a>,
    usage: UseView<'a>,
    lines: Vec<LineView<'a>>,
    total: String,
    reduced: Option<ReducedView>,
    taxes: Vec<TaxView>,
    not_qualified: Option<String>,
    method: &'a str,
    account: Option<&'a str>,
    handled_by: Option<&'a str>,
    no_stamp_duty: bool,
    reissued_on: Option<String>,
    illustrative: &'a [String],
}

impl<'a> From<&'a ReceiptSheet> for ReceiptView<'a> {
    fn from(sheet: &'a ReceiptSheet) -> Self {
        Self {
            issuer: (&sheet.issuer).into(),
            number: &sheet.number,
            paid_on: day(sheet.paid_on),
            payer: (&sheet.payer).into(),
            usage: (&sheet.usage).into(),
            lines: sheet.lines.iter().map(LineView::from).collect(),
            total: sheet.total_yen.to_string(),
            reduced: ReducedView::of(sheet.unreduced_yen, sheet.total_yen),
            taxes: sheet.taxes.iter().map(TaxView::from).collect(),
            not_qualified: why_not_qualified(&sheet.issuer, &sheet.taxes, "適格簡易請求書"),
            method: &sheet.method,
            account: sheet.account.as_deref(),
            handled_by: sheet.handled_by.as_deref(),
            no_stamp_duty: sheet.issuer.is_municipality,
            reissued_on: sheet.reissued_on.map(day),
            illustrative: &sheet.illustrative,
        }
    }
}
