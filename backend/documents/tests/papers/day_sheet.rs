//! The day sheet (収入日計表), domain.md E.

use chrono::Duration;
use documents::Printer;
use domain::money::Yen;
use domain::payment::{Means, PaymentMethod};
use domain::till::CashCount;
use usecases::ports::documents::{DaySheet, DocumentFault, Documents};

use crate::{reading, sheets};

fn printed(sheet: &DaySheet) -> Vec<u8> {
    Printer::new().unwrap().day_sheet(sheet).unwrap().bytes
}

#[test]
fn a_day_sheet_says_what_came_what_went_what_was_counted_and_who_answers() {
    let pdf = printed(&sheets::day_sheet());
    let text = reading::text(&pdf);
    for fact in [
        "収入日計表",
        "京都府精華町",
        "2026年（令和8年）11月28日（土）",
        "むくのきセンター窓口引出し2",
        "開設8:30佐藤一郎",
        "締め21:40鈴木花",
        "00000101から00000105まで（5件）",
        "担当者",
        "確認者",
        "現金32,430円400円400円2,030円",
        "カード1400円0円0円400円",
        "PayPay11,850円0円0円1,850円",
        "総務使用料23,080円0円0円3,080円",
        "教育使用料31,600円400円400円1,200円",
        "合計54,680円400円400円4,280円",
        "釣銭準備金30,000円",
        "現金の収納＋2,430円",
        "現金の還付−400円",
        "あるべき現金32,030円",
        "実査額32,000円",
        "過不足不足30円",
        "10,000円札110,000円",
        "2,000円札00円",
        "500円玉1500円",
        "釣銭30円の渡し過ぎ",
        "H8-00001200000087精華西中学校体育館（全面）現金400円",
    ] {
        assert!(text.contains(fact), "{fact} is not in: {text}");
    }
    assert!(!text.contains("見本") && !text.contains("代替表示"));
}

#[test]
fn receipts_stand_by_account_facility_and_method() {
    let text = reading::text(&printed(&sheets::day_sheet()));
    let list = text.split("収納の明細").nth(1).unwrap();
    let places: Vec<usize> = ["00000101", "00000105", "00000102", "00000103", "00000104"]
        .map(|number| list.find(number).unwrap())
        .to_vec();
    assert!(places.is_sorted(), "{places:?} in {list}");
}

#[test]
fn a_hundred_receipts_run_over_pages_that_repeat_their_head() {
    let pdf = printed(&sheets::crowded_day_sheet());
    let pages = reading::pages(&pdf);
    assert!(pages >= 3, "{pages}");
    for number in 2..=pages {
        let page = reading::page_text(&pdf, number);
        assert!(
            page.contains("領収書番号科目施設・室場支払方法金額"),
            "page {number}: {page}"
        );
    }
    let text = reading::text(&pdf);
    for n in 1..=100 {
        assert!(text.contains(&format!("第{n:03}競技場")), "line {n}");
        assert!(text.contains(&format!("{n:08}")), "number {n}");
    }
    assert!(text.contains("100,005,050円"), "{text}");
}

#[test]
fn what_is_signed_is_on_the_first_page() {
    for sheet in [sheets::day_sheet(), sheets::crowded_day_sheet()] {
        let page = reading::page_text(&printed(&sheet), 1);
        for fact in [
            "確認者",
            "支払方法別",
            "科目別",
            "あるべき現金",
            "過不足の理由",
            "1円玉",
        ] {
            assert!(
                page.contains(fact),
                "{fact} is not on the first page: {page}"
            );
        }
    }
}

#[test]
fn a_day_on_which_nothing_happened_is_a_sheet_as_well() {
    let sheet = DaySheet {
        receipts: Vec::new(),
        refunds: Vec::new(),
        float_yen: Yen::ZERO,
        expected_yen: Yen::ZERO,
        counted: CashCount::default(),
        reason: None,
        ..sheets::day_sheet()
    };
    let text = reading::text(&printed(&sheet));
    for fact in [
        "領収書番号なし",
        "合計00円0円0円0円",
        "過不足過不足なし",
        "収納はありません",
    ] {
        assert!(text.contains(fact), "{fact} is not in: {text}");
    }
    assert!(!text.contains("還付の明細") && !text.contains("過不足の理由"));
}

#[test]
fn a_drawer_closed_the_next_morning_says_so() {
    let mut sheet = sheets::day_sheet();
    sheet.closed.at += Duration::hours(11);
    let text = reading::text(&printed(&sheet));
    assert!(text.contains("締め11月29日（日）8:40"), "{text}");
}

#[test]
fn more_refunds_than_receipts_leave_less_than_nothing() {
    let mut sheet = sheets::day_sheet();
    sheet.receipts.retain(|row| row.means != Means::Cash);
    sheet.expected_yen = Yen::new(29_600);
    let text = reading::text(&printed(&sheet));
    assert!(text.contains("現金00円0円400円−400円"), "{text}");
}

#[test]
fn a_drawer_that_does_not_add_up_is_not_printed() {
    let printer = Printer::new().unwrap();
    let mut sheet = sheets::day_sheet();
    sheet.expected_yen = Yen::new(32_031);
    for refused in [
        printer.day_sheet(&sheet).map(|_| ()),
        printer.day_sheet_csv(&sheet).map(|_| ()),
    ] {
        let faulty = matches!(
            refused,
            Err(DocumentFault::DoesNotAddUp {
                stated: 32_031,
                parts: 32_030,
                ..
            })
        );
        assert!(faulty, "{refused:?}");
    }
}

#[test]
fn money_that_never_was_in_the_drawer_is_not_expected_there() {
    let mut sheet = sheets::day_sheet();
    sheet.refunds[0].means = Means::Service(PaymentMethod::Card);
    sheet.expected_yen = Yen::new(32_430);
    assert!(Printer::new().unwrap().day_sheet(&sheet).is_ok());
}
