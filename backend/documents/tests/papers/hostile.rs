//! Whatever people type stays text, and what cannot be printed is said.

use std::sync::LazyLock;

use documents::Printer;
use proptest::prelude::*;
use usecases::ports::documents::{Documents, Pdf, Shown};
use usecases::ports::personal::Personal;

use crate::{reading, sheets};

static PRINTER: LazyLock<Printer> = LazyLock::new(|| Printer::new().unwrap());

fn assert_harmless(pdf: &Pdf) {
    let text = reading::text(&pdf.bytes);
    for typed in [
        "<script>alert(1)</script>",
        "#panic()",
        "\"'`\\",
        "$x$@ref*b*_i_[c]//",
    ] {
        assert!(text.contains(typed), "{typed} is not in: {text}");
    }
    for code_points in ["U+20BB7", "U+E000", "U+845BU+E01EE", "U+1F600"] {
        assert!(
            text.contains(code_points),
            "{code_points} is not named in: {text}"
        );
    }
    assert!(!text.contains('\u{202E}') && !text.contains('\u{E000}'));
    let shown: Vec<Shown> = pdf.substitutions.iter().map(|it| it.shown).collect();
    assert_eq!(
        shown,
        [Shown::Geta, Shown::Geta, Shown::BaseShape, Shown::Geta]
    );
}

#[test]
fn markup_quotes_and_rare_characters_in_every_field_stay_text() {
    assert_harmless(&PRINTER.permit(&sheets::hostile_permit()).unwrap());
    assert_harmless(&PRINTER.receipt(&sheets::hostile_receipt()).unwrap());
    assert_harmless(&PRINTER.refund(&sheets::hostile_refund()).unwrap());
    assert_harmless(&PRINTER.day_sheet(&sheets::hostile_day_sheet()).unwrap());
}

#[test]
fn a_variant_that_the_font_holds_reaches_paper_and_text() {
    let mut sheet = sheets::permit();
    sheet.addressee.name = Personal::new("葛\u{E0100}城 邉".to_owned());
    let pdf = PRINTER.permit(&sheet).unwrap();
    assert_eq!(pdf.substitutions, Vec::new());
    assert!(reading::text(&pdf.bytes).contains("葛\u{E0100}城邉様"));
}

#[test]
fn many_unprintable_characters_are_counted_not_listed_without_end() {
    let mut sheet = sheets::permit();
    let rare: String = ('\u{20BB7}'..='\u{20FFF}').take(200).collect();
    sheet.usage.purpose = Personal::new(rare);
    let pdf = PRINTER.permit(&sheet).unwrap();
    let missing = pdf.substitutions.len();
    assert!(missing > 100, "{missing}");
    let rest = format!("ほか{}字", missing - 12);
    assert!(reading::text(&pdf.bytes).contains(&rest), "{rest}");
}

#[test]
fn a_sheet_in_a_log_shows_no_person() {
    let printed = format!("{:?}", sheets::receipt());
    for personal in ["山田", "花子", "むくのき剣道会", "剣道の練習"] {
        assert!(!printed.contains(personal), "{printed}");
    }
}

/// Characters that break fonts and layouts, and plain ones between them.
fn troublesome() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        any::<char>(),
        prop::char::range(' ', '~'),
        prop::char::range('\u{300}', '\u{6FF}'),
        prop::char::range('\u{1100}', '\u{11FF}'),
        prop::char::range('\u{2000}', '\u{2BFF}'),
        prop::char::range('\u{3000}', '\u{9FFF}'),
        prop::char::range('\u{E000}', '\u{FFFF}'),
        prop::char::range('\u{1F000}', '\u{1FAFF}'),
        prop::char::range('\u{20000}', '\u{2FA1F}'),
        prop::char::range('\u{E0000}', '\u{E01EF}'),
    ];
    prop::collection::vec(one, 0..300).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_text_at_all_can_be_printed(
        name in troublesome(),
        purpose in troublesome(),
        condition in troublesome(),
    ) {
        let mut sheet = sheets::permit();
        sheet.addressee.name = Personal::new(name);
        sheet.usage.purpose = Personal::new(purpose);
        sheet.conditions = vec![condition];
        let printed = PRINTER.permit(&sheet);
        prop_assert!(printed.is_ok(), "{printed:?}");
    }
}
