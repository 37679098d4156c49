//! What archives, screen readers and auditors rely on: PDF/A, PDF/UA, fonts inside, same bytes.

use documents::Printer;
use usecases::ports::documents::{Documents, Pdf};

use crate::{reading, sheets};

fn all() -> [Pdf; 4] {
    let printer = Printer::new().unwrap();
    [
        printer.permit(&sheets::permit()).unwrap(),
        printer.receipt(&sheets::crowded_receipt()).unwrap(),
        printer.refund(&sheets::refund()).unwrap(),
        printer.day_sheet(&sheets::crowded_day_sheet()).unwrap(),
    ]
}

#[test]
fn every_font_is_embedded() {
    for pdf in all() {
        let fonts = reading::fonts(&pdf.bytes);
        assert_eq!(fonts.len(), 2, "{fonts:?}");
        for (name, embedded) in fonts {
            assert!(embedded && name.contains("BIZUDPGothic"), "{name}");
        }
    }
}

#[test]
fn papers_declare_archival_and_accessible_pdf_and_are_tagged() {
    for pdf in all() {
        assert!(reading::is_tagged_japanese(&pdf.bytes));
        let metadata = reading::metadata(&pdf.bytes);
        for declared in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
        ] {
            assert!(
                metadata.contains(declared),
                "{declared} is not in: {metadata}"
            );
        }
    }
}

#[test]
fn the_same_sheet_gives_the_same_bytes_today_and_tomorrow() {
    let first = all();
    // Without its memory typst has to lay the papers out again.
    typst::comemo::evict(0);
    for (first, again) in first.iter().zip(&all()) {
        assert!(first.bytes == again.bytes, "two prints of one sheet differ");
    }
}

#[test]
fn the_files_date_is_the_papers_not_the_clocks() {
    let pdf = Printer::new().unwrap().permit(&sheets::permit()).unwrap();
    let metadata = reading::metadata(&pdf.bytes);
    assert!(metadata.contains("2026-11-21T00:00:00+09:00"), "{metadata}");
}
