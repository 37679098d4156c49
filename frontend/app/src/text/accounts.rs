//! The accounts of a month (会計月報).

use domain::town::RevenueOwner;

/// The page.
pub const HEADING: &str = "会計月報";
/// What it is.
pub const LEAD: &str = "調定・収納・還付を、施設・科目・所属年度ごとに集計します。帳簿に記録した日でその月に入れます。";
/// Nothing.
pub const NOTHING: &str = "この月の調定・収納・還付はありません。";
/// Column.
pub const FACILITY: &str = "施設";
/// Column.
pub const SUBJECT: &str = "科目";
/// Column.
pub const YEAR: &str = "所属年度";
/// Column.
pub const CHARGED: &str = "調定";
/// Column.
pub const CASH: &str = "収納（現金）";
/// Column.
pub const CASHLESS: &str = "収納（キャッシュレス）";
/// Column.
pub const RECEIVED: &str = "収納計";
/// Column.
pub const REVERSED: &str = "戻出";
/// Column.
pub const SPENT: &str = "歳出還付";
/// The last row.
pub const TOTAL: &str = "合計";
/// The file.
pub const CSV: &str = "財務会計用のCSV";
/// How it is counted.
pub const HOW: &str = "数えかた";
/// The rules.
pub const HOW_LINES: [&str; 4] = [
    "収納の所属年度は、利用者が支払った日（納付を委託した日）の年度です（地方自治法施行令第142条、地方自治法第231条の2の5）。",
    "還付は、もとの年度の出納整理期間（翌年度の5月31日）までは、その年度の歳入から戻し出します（戻出）。",
    "出納閉鎖のあとの還付は、支出した年度の歳出です（地方自治法施行令第165条の7）。",
    "指定管理者の利用料金は公金ではありません。科目の欄に示します。",
];

/// 「2026年度」.
#[must_use]
pub fn year(year: i32) -> String {
    format!("{year}年度")
}

/// The item, and whose it is where it is not the town's.
#[must_use]
pub fn subject(subject: &str, owner: RevenueOwner) -> String {
    match owner {
        RevenueOwner::Town => subject.to_owned(),
        RevenueOwner::Operator => format!("{subject}（指定管理者の収入）"),
    }
}
