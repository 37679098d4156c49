//! 引出し・日計.

use contract::{TillLine, TillSummary};
use domain::money::Yen;
use domain::till::{ClosedTill, Movement, TillRefusal};

use super::refusal::{Words, words};

/// The page's heading.
pub const HEADING: &str = "引出しと収入日計";
/// Opens one.
pub const OPEN: &str = "引出しを開ける";
/// Which number.
pub const NUMBER: &str = "引出しの番号";
/// Change to start with.
pub const FLOAT: &str = "釣銭準備金";
/// What to type there.
pub const FLOAT_SUPPORT: &str = "引出しに入っている現金を数えて入力してください。なければ 0 です。";
/// The section.
pub const DRAWERS: &str = "引出し";
/// None.
pub const NONE: &str = "この日に開けた引出しはありません。";
/// What came in besides.
pub const ONLINE: &str = "オンラインの収納";
/// Refunds that wait.
pub const DUE: &str = "窓口で還付を待っているもの";
/// Nobody waits.
pub const NO_DUE: &str = "窓口での還付を待っている人はいません。";
/// More than are listed.
pub const MORE_DUE: &str = "ほかにもあります。古いものから還付すると、続きが表示されます。";
/// Leads to the drawer.
pub const SHOW: &str = "開く";
/// Leads to counting.
pub const COUNT: &str = "数えて締める";
/// The sheet.
pub const SHEET: &str = "収入日計表";
/// The same to print.
pub const SHEET_PDF: &str = "収入日計表（PDF）";
/// The same for a spreadsheet.
pub const SHEET_CSV: &str = "収入日計表（CSV）";
/// A sum.
pub const RECEIVED: &str = "現金収納";
/// A sum.
pub const PAID_OUT: &str = "現金還付";
/// A sum.
pub const EXPECTED: &str = "あるべき現金";
/// A sum.
pub const COUNTED: &str = "数えた現金";
/// Over or short.
pub const DIFFERENCE: &str = "過不足";
/// Why.
pub const REASON: &str = "理由・メモ";
/// When to write something.
pub const REASON_SUPPORT: &str = "過不足があるときは必ず入力してください。";
/// Who.
pub const OPENED_BY: &str = "開けた人";
/// Who.
pub const CLOSED_BY: &str = "締めた人";
/// The section.
pub const CLOSE: &str = "締める";
/// How.
pub const CLOSE_HOW: &str = "引出しの現金を金種ごとに数えて、枚数を入力してください。";
/// The button.
pub const CLOSE_GO: &str = "この枚数で締める";
/// It cannot be undone.
pub const CLOSE_WARNING: &str = "締めると、この引出しでは現金を扱えなくなります。";
/// The section.
pub const ADD: &str = "釣銭準備金を足す";
/// The field.
pub const ADD_AMOUNT: &str = "足す金額";
/// The button.
pub const ADD_GO: &str = "足した";
/// The section.
pub const MOVEMENTS: &str = "現金の出入り";
/// None yet.
pub const NO_MOVEMENTS: &str = "まだ出入りはありません。";
/// A column.
pub const AT: &str = "時刻";
/// A column.
pub const WHAT: &str = "内容";
/// A column.
pub const IN: &str = "入";
/// A column.
pub const OUT: &str = "出";
/// A column.
pub const BY: &str = "扱った人";
/// Pieces.
pub const PIECES: &str = "枚";

/// What was just done.
#[must_use]
pub fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "opened" => "引出しを開けました。",
        "added" => "釣銭準備金を足しました。",
        "closed" => "引出しを締めました。収入日計表を出せます。",
        _ => return None,
    })
}

/// 「引出し1」
#[must_use]
pub fn name(till: &TillSummary) -> String {
    format!("引出し{}", till.drawer)
}

/// 「3件 2,400円」
#[must_use]
pub fn online((count, sum): (u32, Yen)) -> String {
    format!("{count}件 {sum}")
}

/// Over or short, in words.
#[must_use]
pub fn over_or_short(till: &ClosedTill) -> String {
    till.difference().to_string()
}

/// What a movement was.
#[must_use]
pub fn movement(line: &TillLine) -> String {
    let number = line.number.as_deref().unwrap_or_default();
    match &line.movement {
        Movement::Float { .. } => FLOAT.to_owned(),
        Movement::Received { tendered, .. } => {
            let receipt = line.receipt.unwrap_or_default();
            format!("領収書 {receipt:08}（予約 {number}、お預かり {tendered}）")
        }
        Movement::PaidOut { .. } => format!("還付（予約 {number}）"),
    }
}

/// What a drawer's refusal says, and what to do now.
#[must_use]
pub fn refused(refusal: &TillRefusal) -> Words {
    const AGAIN: &str = "確かめて、もう一度ボタンを押してください。";
    let (what, next) = match refusal {
        TillRefusal::Closed => (
            "この引出しは締めてあります。".to_owned(),
            "新しい引出しを開けてください。".to_owned(),
        ),
        TillRefusal::OtherDay { date } => (
            format!(
                "{}の引出しがまだ締められていません。",
                domain::civil::long_date(*date)
            ),
            "締めてから、今日の引出しを開けてください。".to_owned(),
        ),
        TillRefusal::BadFloat { most } => {
            (format!("釣銭準備金は{most}までです。"), AGAIN.to_owned())
        }
        TillRefusal::NothingDue => (
            "受け渡す金額がありません。".to_owned(),
            "いまの状態を確かめてください。".to_owned(),
        ),
        TillRefusal::TenderedShort { missing } => {
            (format!("お預かりが{missing}足りません。"), AGAIN.to_owned())
        }
        TillRefusal::TenderedAbsurd { change } => (
            format!("お釣りが{change}になります。"),
            "お預かりの桁を確かめてください。".to_owned(),
        ),
        TillRefusal::NotEnough { there } => (
            format!("引出しの現金は{there}しかありません。"),
            "釣銭準備金を足すか、ほかの引出しから還付してください。".to_owned(),
        ),
        TillRefusal::BadCount { kind } => (
            format!("{kind}の枚数を確かめてください。"),
            "0から9999までの数で入力してください。".to_owned(),
        ),
        TillRefusal::ReasonMissing { difference_yen } => (
            difference(*difference_yen),
            "数えなおして、それでも合わなければ理由を入力してください。".to_owned(),
        ),
        TillRefusal::ReasonTooLong { most } => (
            format!("理由は{most}文字までです。"),
            "短くして、もう一度ボタンを押してください。".to_owned(),
        ),
        TillRefusal::TooMuch => ("金額が大きすぎます。".to_owned(), AGAIN.to_owned()),
    };
    words(what, next)
}

fn difference(yen: i64) -> String {
    let amount = domain::money::Yen::new(u32::try_from(yen.unsigned_abs()).unwrap_or(u32::MAX));
    if yen < 0 {
        format!("現金が{amount}足りません。")
    } else {
        format!("現金が{amount}多くあります。")
    }
}
