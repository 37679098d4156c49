//! The receipt (適格簡易請求書) and the refund notice (適格返還請求書), 消費税法第57条の4.

use documents::Printer;
use domain::money::Yen;
use usecases::ports::documents::{DocumentFault, Documents, ReceiptSheet};

use crate::{reading, sheets};

fn receipt_text(sheet: &ReceiptSheet) -> String {
    reading::text(&Printer::new().unwrap().receipt(sheet).unwrap().bytes)
}

#[test]
fn a_receipt_holds_all_that_the_tax_law_asks_of_a_simplified_invoice() {
    let text = receipt_text(&sheets::receipt());
    for fact in [
        "領収書",
        "適格簡易請求書",
        "精華町教育委員会",
        "登録番号T0000000000000",
        "領収日2026年（令和8年）11月21日",
        "体育館（全面）",
        "2026年11月28日（土）",
        "10%800円72円",
        "R8-01-000456",
        "山田花子様",
        "クレジットカード",
        "令和8年度使用料及び手数料教育使用料",
        "印紙税法第5条第2号",
    ] {
        assert!(text.contains(fact), "{fact} is not in: {text}");
    }
    assert!(!text.contains("再発行") && !text.contains("見本"));
}

#[test]
fn without_a_registration_number_it_is_openly_a_plain_receipt() {
    let mut sheet = sheets::receipt();
    sheet.issuer.registration_number = None;
    let text = receipt_text(&sheet);
    assert!(
        text.contains("登録番号がないため、この書面は適格簡易請求書ではありません"),
        "{text}"
    );
    assert_eq!(text.matches("適格簡易請求書").count(), 1);
}

#[test]
fn revenue_outside_the_consumption_tax_is_not_called_an_invoice() {
    let mut sheet = sheets::receipt();
    sheet.taxes = Vec::new();
    let text = receipt_text(&sheet);
    assert!(text.contains("消費税の課税対象外"), "{text}");
    assert!(!text.contains("適格簡易請求書"));
}

#[test]
fn a_reprint_is_marked_and_keeps_the_day_of_payment() {
    let mut sheet = sheets::receipt();
    sheet.reissued_on = Some(sheets::date(2026, 12, 3));
    let text = receipt_text(&sheet);
    assert!(text.contains("再発行日2026年（令和8年）12月3日"), "{text}");
    assert!(text.contains("領収日2026年（令和8年）11月21日"));
}

#[test]
fn an_operator_who_keeps_the_fees_does_not_claim_the_towns_stamp_exemption() {
    let mut sheet = sheets::receipt();
    sheet.issuer.is_municipality = false;
    assert!(!receipt_text(&sheet).contains("印紙税法"));
}

#[test]
fn facts_without_a_source_make_the_paper_a_specimen_and_are_named() {
    let mut sheet = sheets::receipt();
    sheet.illustrative = vec!["登録番号".to_owned()];
    let text = receipt_text(&sheet);
    assert!(
        text.contains("次の事項は出典のない見本です：登録番号"),
        "{text}"
    );
}

#[test]
fn a_receipt_with_a_wrong_tax_is_not_printed() {
    let mut sheet = sheets::receipt();
    sheet.taxes[0].tax_included_yen = Yen::new(80);
    let refused = Printer::new().unwrap().receipt(&sheet);
    assert!(
        matches!(refused, Err(DocumentFault::DoesNotAddUp { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_long_receipt_repeats_its_table_head_and_keeps_every_line() {
    let pdf = Printer::new()
        .unwrap()
        .receipt(&sheets::crowded_receipt())
        .unwrap();
    let pages = reading::pages(&pdf.bytes);
    assert!(pages >= 2, "{pages}");
    for number in 1..=pages {
        let page = reading::page_text(&pdf.bytes, number);
        assert!(
            page.contains("内容根拠数量単価金額"),
            "page {number}: {page}"
        );
        assert!(
            page.contains(&format!("{number}/{pages}ページ")),
            "page {number}: {page}"
        );
    }
    let text = reading::text(&pdf.bytes);
    for n in 1..=30 {
        assert!(text.contains(&format!("第{n:02}競技場")), "line {n}");
    }
    assert!(text.contains("45,925,725円"));
    assert!(text.contains(
        "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処やぶら様"
    ));
}

#[test]
fn a_refund_notice_names_the_receipt_it_takes_back_and_the_rule() {
    let pdf = Printer::new().unwrap().refund(&sheets::refund()).unwrap();
    let text = reading::text(&pdf.bytes);
    for fact in [
        "還付通知書",
        "適格返還請求書",
        "登録番号T0000000000000",
        "還付決定日2026年（令和8年）11月25日",
        "R8-01-000456（領収日2026年（令和8年）11月21日）",
        "10%400円36円",
        "取り消した時間18:00–20:00の全部",
        "利用日の3日前までの取消（50%）条例第10条ただし書・規則第8条400円",
        "照明18:00–20:00条例第8条第2項別表2",
        "差引取消し後の料金（税込）400円",
        "お支払いのクレジットカードへ返金",
    ] {
        assert!(text.contains(fact), "{fact} is not in: {text}");
    }
}

#[test]
fn a_reduction_has_rows_of_its_own_under_the_lines() {
    let printer = Printer::new().unwrap();
    let receipt = printer.receipt(&sheets::reduced_receipt()).unwrap();
    let permit = printer.permit(&sheets::reduced_permit()).unwrap();
    let refund = printer.refund(&sheets::part_refund()).unwrap();
    for pdf in [receipt, permit, refund] {
        let text = reading::text(&pdf.bytes);
        for fact in [
            "減免障害のある方（50%）条例第9条第1項第2号",
            "減免前800円減免額−200円差引（税込）600円",
        ] {
            assert!(text.contains(fact), "{fact} is not in: {text}");
        }
    }
    let whole = printer.receipt(&sheets::receipt()).unwrap();
    let text = reading::text(&whole.bytes);
    assert!(text.contains("合計（税込）800円") && !text.contains("減免"));
}

#[test]
fn a_part_that_is_given_up_is_reckoned_slot_by_slot_and_what_went_back_before_is_counted() {
    let pdf = Printer::new().unwrap().refund(&sheets::part_refund());
    let text = reading::text(&pdf.unwrap().bytes);
    for fact in [
        "取り消した時間19:00–20:00",
        "残る時間18:30–19:00",
        "取り消した分のお支払い300円",
        "還付19:00–19:30利用日の7日前までの取消（100%）",
        "これまでに還付した金額150円",
        "今回の還付金額300円",
        "差引取消し後の料金（税込）150円",
    ] {
        assert!(text.contains(fact), "{fact} is not in: {text}");
    }
}

#[test]
fn more_than_was_paid_never_goes_back() {
    let (mut for_it, mut in_all, mut lines) =
        (sheets::refund(), sheets::refund(), sheets::refund());
    for_it.paid_for_it_yen = Yen::new(399);
    in_all.refunded_before_yen = Yen::new(401);
    lines.reckoning.pop();
    for sheet in [for_it, in_all, lines] {
        let refused = Printer::new().unwrap().refund(&sheet);
        assert!(
            matches!(refused, Err(DocumentFault::DoesNotAddUp { .. })),
            "{refused:?}"
        );
    }
}
