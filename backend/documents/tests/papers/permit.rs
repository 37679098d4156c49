//! The permit (使用許可書).

use documents::Printer;
use domain::money::Yen;
use usecases::ports::documents::{DocumentFault, Documents, FeeStatus};

use crate::{reading, sheets};

#[test]
fn a_permit_says_who_may_use_what_when_and_on_which_conditions() {
    let pdf = Printer::new().unwrap().permit(&sheets::permit()).unwrap();
    let text = reading::text(&pdf.bytes);
    for fact in [
        "使用許可書",
        "精教生許第8-000123号",
        "2026年（令和8年）11月21日",
        "むくのき剣道会",
        "山田花子様",
        "精華町教育委員会",
        "（公印省略）",
        "精華町立学校施設の開放に関する条例第5条の規定により",
        "2026年11月28日（土）",
        "18:00–20:00",
        "体育館（全面）",
        "SK-7F3K-92QD",
        "剣道の練習",
        "24人",
        "条例第8条第2項別表2",
        "800円納付済（2026年11月21日（土）、クレジットカード）",
        "使用日誌を受付に返してください",
        "審査請求",
        "電話0774-00-0000",
    ] {
        assert!(text.contains(fact), "{fact} is not in: {text}");
    }
    assert!(!text.contains("再発行") && !text.contains("見本") && !text.contains("代替表示"));
    assert_eq!(reading::pages(&pdf.bytes), 1);
    assert_eq!(pdf.substitutions, Vec::new());
}

#[test]
fn a_fully_exempt_use_gets_its_permit_without_any_payment() {
    let mut sheet = sheets::permit();
    sheet.lines = Vec::new();
    sheet.total_yen = Yen::ZERO;
    sheet.fee = FeeStatus::Free;
    let text = reading::text(&Printer::new().unwrap().permit(&sheet).unwrap().bytes);
    assert!(text.contains("0円納付は不要です"), "{text}");
    assert!(!text.contains("使用料の内訳"));
}

#[test]
fn an_unpaid_permit_says_until_when_to_pay() {
    let mut sheet = sheets::permit();
    sheet.fee = FeeStatus::Due {
        by: sheets::date(2026, 11, 25),
    };
    let text = reading::text(&Printer::new().unwrap().permit(&sheet).unwrap().bytes);
    assert!(
        text.contains("未納（納期限2026年11月25日（水））"),
        "{text}"
    );
}

#[test]
fn a_permit_whose_lines_do_not_make_its_total_is_not_printed() {
    let mut sheet = sheets::permit();
    sheet.total_yen = Yen::new(801);
    let refused = Printer::new().unwrap().permit(&sheet);
    assert!(
        matches!(
            refused,
            Err(DocumentFault::DoesNotAddUp {
                stated: 801,
                parts: 800,
                ..
            })
        ),
        "{refused:?}"
    );
}
