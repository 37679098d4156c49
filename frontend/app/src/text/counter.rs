//! 窓口.

use contract::{Attendance, PayState};
use domain::money::Yen;
use domain::reservation::Channel;

/// The page's heading.
pub const HEADING: &str = "今日の予約";
/// The same on another day.
pub const OTHER_DAY: &str = "この日の予約";
/// The facility.
pub const FACILITY: &str = "施設";
/// The day.
pub const DATE: &str = "日付";
/// Shows another facility or day.
pub const SHOW: &str = "表示する";
/// The field for numbers and scanners.
pub const FIND: &str = "予約番号・QRコード";
/// What to do with it.
pub const FIND_HOW: &str = "予約番号を入れるか、予約画面のQRコードを読み取ってください。";
/// Looks for it.
pub const FIND_GO: &str = "さがす";
/// Nothing by that name.
const NOT_FOUND: &str = "この予約は見つかりません。";
/// Why it may be, and what to do.
const NOT_FOUND_NEXT: &str =
    "番号をもう一度確かめてください。ほかの町や、担当でない施設の予約は、ここでは開けません。";
/// Nobody comes.
pub const NOBODY: &str = "この日の予約はありません。";
/// Above the list.
pub const LIST: &str = "来館の一覧";
/// A column.
pub const TIME: &str = "時間";
/// A column.
pub const ROOM: &str = "部屋";
/// A column.
pub const PERSON: &str = "利用者";
/// A column.
pub const USE: &str = "使用目的";
/// A column.
pub const PAYMENT: &str = "お支払い";
/// A column.
pub const STATE: &str = "状態";
/// A column.
pub const ACTION: &str = "操作";

/// What to say of a number that leads nowhere.
#[must_use]
pub fn not_found() -> String {
    format!("{NOT_FOUND}{NOT_FOUND_NEXT}")
}

/// How many come and how many are in: 「6件のうち、2件が入館しています。」
#[must_use]
pub fn counted(all: usize, inside: usize) -> String {
    format!("{all}件のうち、{inside}件が入館しています。")
}

/// The number, and the channel it came through: 「2611-4827-3391・窓口」.
#[must_use]
pub fn number_by(number: &str, channel: Channel) -> String {
    format!("{number}・{}", channel.label())
}

/// How many people.
#[must_use]
pub fn people(people: u32) -> String {
    format!("{people}人")
}

/// Where the payment stands, in a word and the sum.
#[must_use]
pub fn payment(state: &PayState, total: Yen) -> String {
    match state {
        PayState::Free => "無料".to_owned(),
        PayState::Unpaid => format!("未払い {total}"),
        PayState::Checking => format!("確認中 {total}"),
        PayState::Voucher(_) => format!("コンビニ払い待ち {total}"),
        PayState::Paid { method, .. } => format!("支払済 {total}（{method}）"),
    }
}

/// The button.
#[must_use]
pub const fn attendance(what: Attendance) -> &'static str {
    match what {
        Attendance::CheckIn => "入館",
        Attendance::UndoCheckIn => "入館を取り消す",
        Attendance::NoShow => "来なかった",
        Attendance::UndoNoShow => "「来なかった」を取り消す",
    }
}

/// What was just noted.
#[must_use]
pub const fn noted(what: Attendance) -> &'static str {
    match what {
        Attendance::CheckIn => "入館を記録しました。",
        Attendance::UndoCheckIn => "入館を取り消しました。",
        Attendance::NoShow => "「来なかった」と記録しました。",
        Attendance::UndoNoShow => "「来なかった」の記録を取り消しました。",
    }
}
