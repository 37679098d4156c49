//! What the templates read: every figure and date already in words, so that a template only
//! places text. One file per paper, shared pieces here.

mod day_sheet;
mod permit;
mod receipt;
mod refund;
mod wareki;

use chrono::NaiveDate;
use domain::civil;
use domain::money::{SignedYen, Yen};
use domain::quote::QuoteLine;
use serde::Serialize;
use usecases::ports::documents::{Addressee, Issuer, Shown, Substitution, TaxShare, Use};

pub use day_sheet::DaySheetView;
pub use permit::PermitView;
pub use receipt::ReceiptView;
pub use refund::RefundView;

/// Who issues the paper.
#[derive(Serialize)]
pub struct IssuerView<'a> {
    municipality: &'a str,
    name: &'a str,
    registration_number: Option<&'a str>,
    contact: &'a [String],
}

impl<'a> From<&'a Issuer> for IssuerView<'a> {
    fn from(issuer: &'a Issuer) -> Self {
        Self {
            municipality: &issuer.municipality,
            name: &issuer.name,
            registration_number: issuer.registration_number.as_deref(),
            contact: &issuer.contact,
        }
    }
}

/// Whom the paper is for.
#[derive(Serialize)]
pub struct AddresseeView<'a> {
    group: Option<&'a str>,
    name: &'a str,
}

impl<'a> From<&'a Addressee> for AddresseeView<'a> {
    fn from(addressee: &'a Addressee) -> Self {
        Self {
            group: addressee
                .group
                .as_ref()
                .map(|group| group.reveal().as_str()),
            name: addressee.name.reveal(),
        }
    }
}

/// What was booked.
#[derive(Serialize)]
pub struct UseView<'a> {
    reservation_number: &'a str,
    facility: &'a str,
    room: &'a str,
    date: String,
    time: String,
    purpose: &'a str,
    people: String,
}

impl<'a> From<&'a Use> for UseView<'a> {
    fn from(usage: &'a Use) -> Self {
        Self {
            reservation_number: &usage.reservation_number,
            facility: &usage.facility,
            room: &usage.room,
            date: civil::full_date(usage.span.date()),
            time: usage.span.clock(),
            purpose: usage.purpose.reveal(),
            people: format!("{}人", usage.people),
        }
    }
}

/// One row of the table of fees.
#[derive(Serialize)]
pub struct LineView<'a> {
    label: &'a str,
    basis: &'a str,
    quantity: String,
    unit: String,
    amount: String,
}

impl<'a> From<&'a QuoteLine> for LineView<'a> {
    fn from(line: &'a QuoteLine) -> Self {
        Self {
            label: &line.label,
            basis: &line.basis,
            quantity: line.quantity.to_string(),
            unit: line.unit_yen.to_string(),
            amount: line.amount_yen.to_string(),
        }
    }
}

/// What a reduction took off, under the lines (減免前・減免額・差引).
#[derive(Serialize)]
pub struct ReducedView {
    before: String,
    off: String,
}

impl ReducedView {
    /// `None` where nothing was reduced.
    fn of(before: Option<Yen>, total: Yen) -> Option<Self> {
        let before = before?;
        Some(Self {
            before: before.to_string(),
            off: difference(total, before).to_string(),
        })
    }
}

/// What one amount has more than another; negative where it has less.
fn difference(one: Yen, other: Yen) -> SignedYen {
    SignedYen::new(one.as_i64() - other.as_i64())
}

/// One row of the summary per tax rate.
#[derive(Serialize)]
pub struct TaxView {
    rate: String,
    amount: String,
    tax: String,
}

impl From<&TaxShare> for TaxView {
    fn from(share: &TaxShare) -> Self {
        Self {
            rate: format!("{}%", share.rate_percent),
            amount: share.amount_yen.to_string(),
            tax: share.tax_included_yen.to_string(),
        }
    }
}

/// One line of the foot note on characters that are shown differently.
#[derive(Serialize)]
pub struct SubstitutionView<'a> {
    code_points: &'a str,
    base_shape: bool,
}

impl<'a> From<&'a Substitution> for SubstitutionView<'a> {
    fn from(substitution: &'a Substitution) -> Self {
        Self {
            code_points: &substitution.code_points,
            base_shape: substitution.shown == Shown::BaseShape,
        }
    }
}

/// A day with its era: 「2026年（令和8年）11月21日」.
fn day(date: NaiveDate) -> String {
    wareki::with_era(date)
}

/// Whether a paper is an invoice under the 消費税法, or the sentence that says why not.
///
/// A 適格簡易請求書 and a 適格返還請求書 need the issuer's registration number and the tax or its
/// rate (消費税法第57条の4第2項・第3項); without them the paper must not pass for one.
fn why_not_qualified(issuer: &Issuer, taxes: &[TaxShare], qualified: &str) -> Option<String> {
    if taxes.is_empty() {
        Some("消費税の課税対象外の収入のため、税率・税額の記載はありません。".to_owned())
    } else if issuer.registration_number.is_none() {
        Some(format!(
            "発行者の登録番号がないため、この書面は{qualified}ではありません。"
        ))
    } else {
        None
    }
}
