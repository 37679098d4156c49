//! The printer: a sheet in, a PDF out.

use chrono::{Datelike, NaiveDate};
use domain::figures::Figures;
use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use usecases::ports::documents::{
    Csv, DaySheet, DocumentFault, Documents, Pdf, PermitSheet, ReceiptSheet, RefundSheet, Table,
};

use crate::typecase::Typecase;
use crate::view::{DaySheetView, PermitView, ReceiptView, RefundView, SubstitutionView};
use crate::world::{House, Template};
use crate::{spreadsheet, sums, tables};

/// What typst remembers of a print for the next one: nothing. Two papers share little but the
/// letterhead, and what would be remembered is a person's name and address as well.
const REMEMBERED_PRINTS: usize = 0;
const JST_MINUTES_EAST: i32 = 9 * 60;

/// Prints papers with typst. Build one at start-up and share it: fonts and templates are read
/// once, and printing needs only `&self`.
pub struct Printer {
    house: House,
    standards: PdfStandards,
}

/// typst refused a paper. Holds its messages without the text they quote, which is a person's.
#[derive(Debug, thiserror::Error)]
#[error("typst: {0}")]
struct TypstRefused(String);

impl From<&[SourceDiagnostic]> for TypstRefused {
    fn from(diagnostics: &[SourceDiagnostic]) -> Self {
        let unquoted = |d: &SourceDiagnostic| d.message.split('`').step_by(2).collect::<String>();
        Self(
            diagnostics
                .iter()
                .map(unquoted)
                .collect::<Vec<_>>()
                .join("; "),
        )
    }
}

/// What identifies a paper inside its file.
struct Identity<'a> {
    municipality: &'a str,
    kind: &'static str,
    number: &'a str,
    /// The day printed as the file's creation date.
    printed_on: NaiveDate,
}

impl Printer {
    /// Reads the embedded fonts and templates, some 20 ms.
    ///
    /// # Errors
    /// [`DocumentFault::Layout`] if the build is broken.
    pub fn new() -> Result<Self, DocumentFault> {
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|refused| layout(TypstRefused(refused.message().to_string())))?;
        Ok(Self {
            house: House::open().map_err(layout)?,
            standards,
        })
    }

    fn print(
        &self,
        template: Template,
        view: &impl Serialize,
        identity: &Identity<'_>,
    ) -> Result<Pdf, DocumentFault> {
        let mut data = serde_json::to_value(view).map_err(layout)?;
        let mut typecase = Typecase::new(self.house.faces());
        typecase.set(&mut data);
        let substitutions = typecase.into_substitutions();
        let notes: Vec<_> = substitutions.iter().map(SubstitutionView::from).collect();
        let json = serde_json::json!({ "sheet": data, "substitutions": notes });
        let json = serde_json::to_vec(&json).map_err(layout)?;

        let world = self.house.with_data(template, json);
        let document = typst::compile::<PagedDocument>(&world)
            .output
            .map_err(|refused| layout(TypstRefused::from(refused.as_slice())))?;
        let bytes = typst_pdf::pdf(&document, &self.options(identity))
            .map_err(|refused| layout(TypstRefused::from(refused.as_slice())))?;
        typst::comemo::evict(REMEMBERED_PRINTS);
        Ok(Pdf {
            bytes,
            substitutions,
        })
    }

    fn options(&self, identity: &Identity<'_>) -> PdfOptions {
        let Identity {
            municipality,
            kind,
            number,
            ..
        } = identity;
        PdfOptions {
            ident: Smart::Custom(format!("yoriai:{municipality}:{kind}:{number}")),
            creator: Smart::Custom(Some("Yoriai".to_owned())),
            timestamp: midnight(identity.printed_on),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        }
    }
}

impl Documents for Printer {
    fn permit(&self, sheet: &PermitSheet) -> Result<Pdf, DocumentFault> {
        sums::lines_make_total(&sheet.lines, sheet.total_yen)?;
        sums::reduced_from(sheet.unreduced_yen, sheet.total_yen)?;
        let identity = Identity {
            municipality: &sheet.issuer.municipality,
            kind: "permit",
            number: &sheet.number,
            printed_on: sheet.reissued_on.unwrap_or(sheet.issued_on),
        };
        self.print(Template::Permit, &PermitView::from(sheet), &identity)
    }

    fn receipt(&self, sheet: &ReceiptSheet) -> Result<Pdf, DocumentFault> {
        sums::lines_make_total(&sheet.lines, sheet.total_yen)?;
        sums::reduced_from(sheet.unreduced_yen, sheet.total_yen)?;
        sums::taxes_make_total(&sheet.taxes, sheet.total_yen)?;
        let identity = Identity {
            municipality: &sheet.issuer.municipality,
            kind: "receipt",
            number: &sheet.number,
            printed_on: sheet.reissued_on.unwrap_or(sheet.paid_on),
        };
        self.print(Template::Receipt, &ReceiptView::from(sheet), &identity)
    }

    fn refund(&self, sheet: &RefundSheet) -> Result<Pdf, DocumentFault> {
        sums::refund_within(sheet)?;
        sums::lines_make_total(&sheet.lines, sheet.paid_yen)?;
        sums::reduced_from(sheet.unreduced_yen, sheet.paid_yen)?;
        sums::lines_make_total(&sheet.reckoning, sheet.refund_yen)?;
        sums::taxes_make_total(&sheet.taxes, sheet.refund_yen)?;
        let identity = Identity {
            municipality: &sheet.issuer.municipality,
            kind: "refund",
            number: &sheet.number,
            printed_on: sheet.reissued_on.unwrap_or(sheet.decided_on),
        };
        self.print(Template::Refund, &RefundView::from(sheet), &identity)
    }

    fn day_sheet(&self, sheet: &DaySheet) -> Result<Pdf, DocumentFault> {
        sums::drawer_adds_up(sheet)?;
        let identity = Identity {
            municipality: &sheet.issuer.municipality,
            kind: "day-sheet",
            number: &sheet.number,
            printed_on: sheet.date,
        };
        self.print(Template::DaySheet, &DaySheetView::from(sheet), &identity)
    }

    fn day_sheet_csv(&self, sheet: &DaySheet) -> Result<Csv, DocumentFault> {
        sums::drawer_adds_up(sheet)?;
        spreadsheet::write(&tables::day_sheet(sheet)).map_err(layout)
    }

    fn figures_csv(&self, figures: &Figures) -> Result<Csv, DocumentFault> {
        spreadsheet::write(&tables::figures(figures)).map_err(layout)
    }

    fn table_csv(&self, table: &Table) -> Result<Csv, DocumentFault> {
        spreadsheet::write(table).map_err(layout)
    }
}

fn layout(source: impl std::error::Error + Send + Sync + 'static) -> DocumentFault {
    DocumentFault::Layout(Box::new(source))
}

/// Midnight in Japan; a file without a date rather than none at all for years typst cannot hold.
fn midnight(date: NaiveDate) -> Option<Timestamp> {
    let (month, day) = (
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    );
    let datetime = Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0)?;
    Timestamp::new_local(datetime, JST_MINUTES_EAST)
}
