//! Tables as CSV that spreadsheets read as they are meant.
//!
//! Excel takes a file without a byte order mark for Shift_JIS, and runs a field that begins like a
//! formula, whoever wrote it: a group called `=HYPERLINK(…)` would be a link in the town's hands
//! (OWASP, CSV Injection).

use csv::{QuoteStyle, Terminator, WriterBuilder};
use domain::study::Permille;
use usecases::ports::documents::{Csv, Field, Table};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Why a table could not be written: a row of another length than the head.
#[derive(Debug, thiserror::Error)]
#[error("a table could not be written")]
pub enum NotWritable {
    /// The writer refused a row.
    Row(#[source] csv::Error),
    /// The writer did not give back what it wrote.
    Unfinished,
}

/// A table as a file.
///
/// # Errors
/// [`NotWritable`].
pub fn write(table: &Table) -> Result<Csv, NotWritable> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(&table.head).map_err(NotWritable::Row)?;
    for row in &table.rows {
        let fields = row.iter().map(written);
        writer.write_record(fields).map_err(NotWritable::Row)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|_the_rest_did_not_fit| NotWritable::Unfinished)?;
    Ok(Csv { bytes })
}

fn written(field: &Field) -> String {
    match field {
        Field::Text(text) => harmless(text),
        Field::Number(number) => number.to_string(),
        Field::Percent(ratio) => ratio.percent().unwrap_or_else(|| "—".to_owned()),
        Field::Change(permille) => in_percent(*permille),
        Field::Empty => String::new(),
    }
}

/// A number with one decimal, and an ASCII minus that spreadsheets read as one.
fn in_percent(Permille(permille): Permille) -> String {
    let sign = if permille < 0 { "-" } else { "" };
    let size = permille.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

/// Text that no spreadsheet runs: what begins like a formula, blanks before it or not, gets an
/// apostrophe in front, which a spreadsheet shows as text. Full-width signs count, as some
/// input methods and locales take them for the same.
fn harmless(text: &str) -> String {
    let shown = |letter: char| !letter.is_whitespace() && !is_invisible(letter);
    let first = text.chars().find(|letter| shown(*letter));
    let formula = first
        .is_some_and(|letter| matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if formula || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Byte order marks, zero-width and other controls: some readers drop them before they look.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_stays_text() {
        for hostile in [
            "=1+1",
            "=HYPERLINK(\"https://evil.example\",\"領収書\")",
            "+81 90",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\tx",
            " =1",
            "\u{3000}=1",
            "\u{FEFF}=1",
            "\u{200B}=1",
            "\0=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM",
        ] {
            assert_eq!(harmless(hostile), format!("'{hostile}"), "{hostile:?}");
        }
        for plain in [
            "むくのき剣道会",
            "1=1",
            "a@b.example",
            "'=1",
            "",
            "ー",
            "（=）",
            "\"=1\"",
        ] {
            assert_eq!(harmless(plain), plain);
        }
    }

    #[test]
    fn a_change_is_a_number_with_its_sign() {
        for (permille, written) in [(125, "12.5"), (-30, "-3.0"), (0, "0.0"), (-5, "-0.5")] {
            assert_eq!(in_percent(Permille(permille)), written);
        }
    }

    #[test]
    fn a_row_of_another_length_is_refused() {
        let table = Table {
            head: vec!["施設", "室場"],
            rows: vec![vec![Field::Empty]],
        };
        assert!(write(&table).is_err());
    }
}
