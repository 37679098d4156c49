//! What a clerk is told when a tariff is wrong: the line, and how to mend it.

use super::{guide_with, problems};

/// The line on which words first stand.
fn line_of(file: &str, words: &str) -> usize {
    file.lines().position(|line| line.contains(words)).unwrap() + 1
}

/// A block of the guide (found by words in it), what is changed into what, and what must be said on
/// which line of the changed file.
const SLIPS: [(&str, &str, &str, &str, &str); 33] = [
    // Tables.
    (
        "演奏会",
        "\n[[facility.room.tariff.price.table]]\nprice = { free = {} }\n",
        "",
        "price.table]]",
        "料金の行がありません",
    ),
    (
        "演奏会",
        "when = { is = [\"outsider\"] }\n",
        "",
        "free = {}",
        "この行が選ばれることはありません",
    ),
    (
        "演奏会",
        "at_least = 1, at_most = 1999",
        "at_least = 1999, at_most = 1",
        "at_most = 1 ",
        "当てはまる数がありません",
    ),
    (
        "演奏会",
        "entry_fee_yen = { at_least = 2000 }",
        "entry_fee_yen = {}",
        "entry_fee_yen = {}",
        "at_least（以上）か",
    ),
    (
        "演奏会",
        "choice = { user = [\"student\"] } }\nprice = { per_hour = { yen = 500 }",
        "choice = { user = [\"child\"] } }\nprice = { per_hour = { yen = 500 }",
        "\"child\"",
        "選択肢にありません",
    ),
    (
        "演奏会",
        "is = [\"outsider\"]",
        "is = [\"tourist\"]",
        "tourist",
        "[[attribute]] に書き足して",
    ),
    (
        "演奏会",
        "is = [\"outsider\"]",
        "is = [\"user\"]",
        "is = [\"user\"]",
        "はい・いいえで答える区分ではありません",
    ),
    (
        "演奏会",
        "is = [\"outsider\"]",
        "is = [\"outsider\"], not = [\"outsider\"]",
        "not = [",
        "当てはまることがありません",
    ),
    (
        "演奏会",
        "is = [\"outsider\"]",
        "purposes = [\"dance\"]",
        "dance",
        "使用目的「dance」はこの室場にありません",
    ),
    (
        "演奏会",
        "price = { per_hour = { yen = 960 } }",
        "price = { table = [{ price = { free = {} } }] }",
        "{ table = ",
        "表の中に表",
    ),
    (
        "演奏会",
        "per_hour = { yen = 960 }",
        "per_hour = { yen = 96.5 }",
        "96.5",
        "整数",
    ),
    (
        "演奏会",
        "per_hour = { yen = 960 }",
        "per_hour = { yen = -960 }",
        "-960",
        "0以上の整数",
    ),
    (
        "演奏会",
        "per_hour = { yen = 960 }",
        "per_day = { yen = 960 }",
        "per_day",
        "選べません",
    ),
    (
        "演奏会",
        "days = [\"sat\", \"sun\", \"holiday\"]",
        "days = [\"土\"]",
        "days = [\"土\"]",
        "選べません",
    ),
    // Divisions.
    (
        "昼の1時間",
        "of = [\"am\", \"pm\", \"evening\"], yen = 1390",
        "of = [\"am\", \"evening\"], yen = 1390",
        "name = \"全日\"",
        "続いている二つ以上の区分",
    ),
    (
        "昼の1時間",
        "percent = 10, of = [\"am\", \"pm\", \"evening\"]",
        "percent = 10, of = [\"am\", \"pm\"]",
        "between",
        "もとになる料金がありません",
    ),
    (
        "昼の1時間",
        "am = 440, ",
        "",
        "yen = { pm",
        "料金がありません",
    ),
    (
        "昼の1時間",
        "round = { up = 10 }",
        "round = { up = 7 }",
        "up = 7",
        "1・10・100",
    ),
    (
        "17時をまたぐ",
        "end = \"17:00\", yen = 670",
        "end = \"16:00\", yen = 670",
        "per_hour_by_time",
        "16:00 からの料金がありません",
    ),
    (
        "17時をまたぐ",
        "start = \"17:00\", end = \"24:00\"",
        "start = \"16:30\", end = \"24:00\"",
        "per_hour_by_time",
        "重なっています",
    ),
    // Surcharges.
    (
        "6倍ではなく",
        "instead_of = [\"outsider\", \"commercial\"]",
        "instead_of = [\"outsider\", \"resident\"]",
        "\"resident\"",
        "加算「resident」がこの料金表にありません",
    ),
    (
        "6倍ではなく",
        "article = \"備考1\"",
        "instead_of = [\"both\"]\narticle = \"備考1\"",
        "instead_of = [\"both\"]",
        "自分自身に置き換わります",
    ),
    (
        "6倍ではなく",
        "id = \"commercial\"\nwhen",
        "id = \"outsider\"\nwhen",
        "営利（3倍",
        "二度使われています",
    ),
    (
        "6倍ではなく",
        "touches = [\"room\", \"light\"]",
        "touches = [\"room\", \"room\"]",
        "touches",
        "同じ対象が二度",
    ),
    (
        "6倍ではなく",
        "touches = [\"room\", \"light\"]",
        "touches = [\"rounding\"]",
        "touches",
        "rounding は書けません",
    ),
    (
        "6倍ではなく",
        "touches = [\"room\", \"light\"]",
        "touches = [\"sound\"]",
        "touches",
        "選べません",
    ),
    (
        "6倍ではなく",
        "add = { percent = 100 }",
        "add = { percent = -150 }",
        "-150",
        "5割引なら -50",
    ),
    (
        "6倍ではなく",
        "amount_times = { attribute = \"entry_fee_yen\"",
        "amount_times = { attribute = \"outsider\"",
        "amount_times",
        "kind = \"amount\"",
    ),
    // Options and stock.
    (
        "回数券（11枚）",
        "stock = \"projector\"",
        "stock = \"screen\"",
        "stock = \"screen\"",
        "[[facility.stock]]",
    ),
    (
        "回数券（11枚）",
        "stock = \"projector\"\nmax_quantity = 2",
        "stock = \"projector\"\nmax_quantity = 3",
        "max_quantity = 3",
        "2 点しかありません",
    ),
    (
        "回数券（11枚）",
        "excludes = [\"light-north\"]",
        "excludes = [\"light-east\"]",
        "light-east",
        "この室場にありません",
    ),
    // Reductions and versions.
    (
        "福祉団体",
        "rate = { percent = 80 }",
        "rate = { percent = 120 }",
        "percent = 120",
        "1 から 100",
    ),
    (
        "旧条例",
        "until = \"2027-03-31\"",
        "until = \"2027-03-30\"",
        "from = \"2027-04-01\"",
        "料金表がありません",
    ),
];

#[test]
fn every_slip_in_a_tariff_is_named_with_its_line_and_how_to_mend_it() {
    let mut missed = Vec::new();
    for (block, from, to, place, words) in SLIPS {
        let right = guide_with(block);
        assert!(right.contains(from), "{from}");
        let wrong = right.replacen(from, to, 1);
        let line = line_of(&wrong, place);
        let found = problems(&wrong);
        let named = |problem: &String| {
            let named: usize = problem.split('行').next().unwrap().parse().unwrap();
            named.abs_diff(line) <= 2 && problem.contains(words)
        };
        if !found.iter().any(named) {
            missed.push(format!("{from} → {to}: {found:#?} (line {line}, {words})"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_figure_that_changed_is_told_by_the_sum_under_its_table() {
    // No example touches any of these figures.
    for (from, to, place, words) in [
        (
            "pm = 3280",
            "pm = 3281",
            "sum_yen = 10610 ",
            "この料金表の円の数字を全部足すと 10,611円 です（1円 多い）",
        ),
        (
            "pm = 1640",
            "pm = 164",
            "sum_yen = 10610 ",
            "sum_yen = 9134 にしてください",
        ),
        (
            "at_least = 2000",
            "at_least = 2001",
            "sum_yen = 10610 ",
            "（1円 多い）",
        ),
        (
            "per_use = 200",
            "per_use = 199",
            "options_sum_yen = 700 ",
            "この室場の設備の円の数字を全部足すと 699円 です（1円 少ない）",
        ),
        (
            "entry_fee_yen = 3000 }",
            "entry_fee_yen = 3001 }",
            "examples_sum_yen = 3000",
            "計算例の申し込みに書いた額",
        ),
        (
            "sum_yen = 10610 ",
            "sum_yen = 10600 ",
            "sum_yen = 10600 ",
            "「sum_yen」は 10,600円 ですが",
        ),
    ] {
        let right = format!("examples_sum_yen = 3000\n{}", guide_with("スクリーン"));
        assert!(right.contains(from), "{from}");
        let wrong = right.replacen(from, to, 1);
        let found = problems(&wrong);
        let said = format!("{}行目: 検算が合いません", line_of(&wrong, place));
        assert!(
            found.len() == 1 && found[0].starts_with(&said) && found[0].contains(words),
            "{from} → {to}: {found:?}"
        );
    }
    let right = guide_with("福祉団体");
    for (sum, fine) in [(1, true), (2, false)] {
        let with = format!("id = \"school\"\nsum_yen = {sum}");
        let found = problems(&right.replacen("id = \"school\"", &with, 1));
        assert_eq!(found.is_empty(), fine, "{found:?}");
    }
}

#[test]
fn versions_that_overlap_are_named() {
    let right = guide_with("旧条例");
    let wrong = right.replace("until = \"2027-03-31\"", "until = \"2027-04-01\"");
    assert!(problems(&wrong)[0].contains("重なっています"));
}

#[test]
fn a_wrong_yen_in_the_table_or_in_the_example_is_told_with_the_breakdown() {
    let right = guide_with("昼の1時間");
    for (from, to) in [
        ("am = 440", "am = 441"),
        ("total_yen = 1170", "total_yen = 1171"),
    ] {
        let wrong = right.replace(from, to);
        let line = line_of(&wrong, "total_yen = 117");
        let said = format!("{line}行目: 計算例「午前と午後と昼の1時間（全日の1割、切り上げ）」は");
        let found = problems(&wrong);
        assert!(
            found
                .iter()
                .any(|it| it.starts_with(&said) && it.contains("区分の間（1時間） 140円")),
            "{found:?}"
        );
    }
}

#[test]
fn an_example_that_says_nothing_or_cannot_be_reckoned_is_told_so() {
    let right = guide_with("昼の1時間");
    let wrong = right.replace("total_yen = 1390\n", "");
    assert!(problems(&wrong)[0].contains("どちらか一つ"));
    let refused = guide_with("全面と北は一緒に使えない");
    let wrong = refused.replace("refused = ", "lines_yen = [100]\nrefused = ");
    assert!(problems(&wrong)[0].contains("lines_yen を消して"));
    let wrong = right.replace(
        "start = \"09:00\", end = \"22:00\", people",
        "start = \"09:00\", end = \"21:00\", people",
    );
    assert!(
        problems(&wrong)[0].contains("slot.not_a_division"),
        "{:?}",
        problems(&wrong)
    );
}
