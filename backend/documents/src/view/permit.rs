//! The permit (使用許可書) in words.

use domain::civil;
use serde::Serialize;
use usecases::ports::documents::{FeeStatus, PermitSheet};

use super::{AddresseeView, IssuerView, LineView, ReducedView, UseView, day};

/// What `permit.typ` reads.
#[derive(Serialize)]
pub struct PermitView<'a> {
    issuer: IssuerView<'a>,
    number: &'a str,
    issued_on: String,
    addressee: AddresseeView<'a>,
    usage: UseView<'a>,
    basis: Option<&'a str>,
    lines: Vec<LineView<'a>>,
    total: String,
    reduced: Option<ReducedView>,
    fee_status: String,
    changes: &'a [String],
    conditions: &'a [String],
    appeal_notice: &'a [String],
    seal_omitted: bool,
    reissued_on: Option<String>,
    illustrative: &'a [String],
}

impl<'a> From<&'a PermitSheet> for PermitView<'a> {
    fn from(sheet: &'a PermitSheet) -> Self {
        Self {
            issuer: (&sheet.issuer).into(),
            number: &sheet.number,
            issued_on: day(sheet.issued_on),
            addressee: (&sheet.addressee).into(),
            usage: (&sheet.usage).into(),
            basis: sheet.basis.as_deref(),
            lines: sheet.lines.iter().map(LineView::from).collect(),
            total: sheet.total_yen.to_string(),
            reduced: ReducedView::of(sheet.unreduced_yen, sheet.total_yen),
            fee_status: fee_status(&sheet.fee),
            changes: &sheet.changes,
            conditions: &sheet.conditions,
            appeal_notice: &sheet.appeal_notice,
            seal_omitted: sheet.seal_omitted,
            reissued_on: sheet.reissued_on.map(day),
            illustrative: &sheet.illustrative,
        }
    }
}

fn fee_status(fee: &FeeStatus) -> String {
    match fee {
        FeeStatus::Free => "納付は不要です".to_owned(),
        FeeStatus::Paid { on, method } => format!("納付済（{}、{method}）", civil::full_date(*on)),
        FeeStatus::Due { by } => format!("未納（納期限 {}）", civil::full_date(*by)),
    }
}
