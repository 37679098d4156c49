//! 予約状況.

use chrono::NaiveDate;
use contract::{BoardBlock, BoardState};
use domain::availability::ClosedReason;
use domain::civil::TimeOfDay;

use super::{availability, clock};

/// The page's heading.
pub const HEADING: &str = "予約状況";
/// The facility.
pub const FACILITY: &str = "施設";
/// All of them.
pub const ALL: &str = "すべての施設";
/// The first day.
pub const DATE: &str = "日付";
/// How much time.
pub const RANGE: &str = "表示";
/// One day.
pub const DAY: &str = "1日";
/// Seven.
pub const WEEK: &str = "1週間";
/// Shows another choice.
pub const SHOW: &str = "表示する";
/// To the closures.
pub const CLOSURES: &str = "休館の一覧";
/// To a new one.
pub const CLOSE: &str = "休館にする";
/// The first column.
pub const ROOM: &str = "部屋";
/// Over the legend.
pub const LEGEND: &str = "記号の意味";
/// Nothing to show.
pub const NOTHING: &str = "表示できる施設がありません。";
/// Outside of the opening hours.
pub const OUTSIDE: &str = "時間外";
/// A week shows no names.
pub const WEEK_IS_NAMELESS: &str =
    "1週間の表示に名前は出ません。日付を選ぶと、その日の利用者と目的が見られます。";
/// When the page was made, and said when it has been renewed: `{}` stands for the time.
pub const RENEWED: &str = "{}に更新";
/// No more news.
pub const LOST: &str = "自動で更新できません。ページを開き直してください。";

/// The state in a word, short enough for a cell.
#[must_use]
pub const fn word(state: BoardState) -> &'static str {
    match state {
        BoardState::Free => "空き",
        BoardState::Held => "仮",
        BoardState::Booked => "予約",
        BoardState::Inside => "入館",
        BoardState::Over => "終了",
        BoardState::Missed => "不使用",
        BoardState::Elsewhere => "一部",
        BoardState::Closed => "休館",
    }
}

/// What the word means, for the legend.
#[must_use]
pub const fn meaning(state: BoardState) -> &'static str {
    match state {
        BoardState::Free => "予約できます",
        BoardState::Held => "仮押さえ・支払い待ち",
        BoardState::Booked => "予約が確定",
        BoardState::Inside => "利用中",
        BoardState::Over => "利用が終わった",
        BoardState::Missed => "来館がなかった",
        BoardState::Elsewhere => "同じ床を使う別の部屋に予約がある",
        BoardState::Closed => "休館・公用",
    }
}

/// The word for style sheets.
#[must_use]
pub const fn name(state: BoardState) -> &'static str {
    match state {
        BoardState::Free => "free",
        BoardState::Held => "held",
        BoardState::Booked => "booked",
        BoardState::Inside => "inside",
        BoardState::Over => "over",
        BoardState::Missed => "missed",
        BoardState::Elsewhere => "elsewhere",
        BoardState::Closed => "closed",
    }
}

/// A block in a week's cell: 「9:00–11:00 予約」.
#[must_use]
pub fn in_a_week(block: &BoardBlock) -> String {
    format!("{} {}", block.span.clock(), word(block.state))
}

/// 「9時」
#[must_use]
pub fn hour(time: TimeOfDay) -> String {
    format!("{}時", time.minutes() / 60)
}

/// A day that is closed by the facility's rules.
#[must_use]
pub fn closed_day(reason: &ClosedReason) -> String {
    availability::closed_day(reason)
}

/// Over a facility's table.
#[must_use]
pub fn caption(facility: &str, first: NaiveDate, week: bool) -> String {
    let days = if week { "から1週間" } else { "" };
    format!("{facility} {}{days}", clock::full_day(first))
}

/// When the page was made, in words.
#[must_use]
pub fn renewed(at: &str) -> String {
    RENEWED.replace("{}", at)
}
