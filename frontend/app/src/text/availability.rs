//! Availability in signs and words (空き状況の言葉).

use chrono::NaiveDate;
use domain::availability::{ClosedReason, SlotStatus};

use super::clock;

/// The sign: ○ △ × 休 前 ☎ ─. Never shown without [`word`].
#[must_use]
pub const fn sign(status: &SlotStatus) -> &'static str {
    match status {
        SlotStatus::Free => "○",
        SlotStatus::Part => "△",
        SlotStatus::Taken => "×",
        SlotStatus::Closed(_) => "休",
        SlotStatus::NotYet { .. } => "前",
        SlotStatus::CounterOnly { .. } => "☎",
        SlotStatus::Past => "─",
    }
}

/// The word that goes with the sign.
#[must_use]
pub fn word(status: &SlotStatus, today: NaiveDate) -> String {
    match status {
        SlotStatus::Free => "空き".to_owned(),
        SlotStatus::Part => "一部空き".to_owned(),
        SlotStatus::Taken => "予約済み".to_owned(),
        SlotStatus::Closed(_) => "休館".to_owned(),
        SlotStatus::NotYet { opens_at } => format!("{}から", clock::at_short(*opens_at, today)),
        SlotStatus::CounterOnly { .. } => "電話・窓口".to_owned(),
        SlotStatus::Past => "終了".to_owned(),
    }
}

/// Why a day is closed, after 「休館日」.
#[must_use]
pub fn closed_because(reason: &ClosedReason) -> String {
    match reason {
        ClosedReason::Weekly => "定休日です。".to_owned(),
        ClosedReason::Shifted => "祝日にともない休館します。".to_owned(),
        ClosedReason::Holiday(name) => format!("{name}のため休館します。"),
        ClosedReason::Yearly => "年末年始などの休館日です。".to_owned(),
        ClosedReason::Closure => "工事や公用などのため休館します。".to_owned(),
        ClosedReason::NoHours => "この日は開館時間がありません。".to_owned(),
    }
}

/// What to know about a slot that is not free and about every other like it.
#[must_use]
pub fn what_now(status: &SlotStatus, today: NaiveDate) -> Option<String> {
    match status {
        SlotStatus::NotYet { opens_at } => Some(format!(
            "受付前です。予約の受付は {} に始まります。",
            clock::at(*opens_at, today)
        )),
        SlotStatus::CounterOnly { ended_on } => Some(format!(
            "インターネットでの受付は {} に終わりました。空きは電話か窓口でお問い合わせください。",
            clock::day(*ended_on, today)
        )),
        SlotStatus::Part => Some(
            "ほかの予約が一部に入っています。半面などの小さな区画には空きがあります。".to_owned(),
        ),
        SlotStatus::Free | SlotStatus::Taken | SlotStatus::Closed(_) | SlotStatus::Past => None,
    }
}

/// 「空き 5」
#[must_use]
pub fn free_count(count: usize) -> String {
    format!("空き {count}")
}

/// The legend, sign and word.
pub const LEGEND: &[(&str, &str)] = &[
    ("○", "空き"),
    ("△", "一部空き"),
    ("×", "予約済み"),
    ("休", "休館"),
    ("前", "受付前"),
    ("☎", "電話・窓口で受付"),
    ("─", "終了・時間外"),
];

/// A day on which booking has not opened, in a word.
pub const NOT_YET: &str = "受付前";

/// A closed day in one line: 「休 休館日 定休日です。」
#[must_use]
pub fn closed_day(reason: &ClosedReason) -> String {
    format!("休 {CLOSED_DAY} {}", closed_because(reason))
}

/// 空き状況.
pub const HEADING: &str = "空き状況";
/// Over the strip of seven days, for readers.
pub const WEEK: &str = "日をえらぶ";
/// 前の週.
pub const PREVIOUS_WEEK: &str = "前の週";
/// 次の週.
pub const NEXT_WEEK: &str = "次の週";
/// 前日.
pub const PREVIOUS_DAY: &str = "前日";
/// 翌日.
pub const NEXT_DAY: &str = "翌日";
/// The field to jump by.
pub const JUMP: &str = "日付";
/// Its button.
pub const JUMP_GO: &str = "見る";
/// To the week of a room.
pub const WEEK_OF_ROOM: &str = "この部屋の1週間を見る";
/// To the other rooms of the facility.
pub const OTHER_ROOMS: &str = "ほかの部屋の空きを見る";
/// Before the next free time.
pub const NEXT_FREE: &str = "次の空き";
/// Before the earliest free time there is, on a day that cannot be booked yet.
pub const FREE_NOW: &str = "いま予約できる空き";
/// When none was found in the weeks that were looked through.
pub const NO_NEXT_FREE: &str = "しばらく空きがありません。先の日付を見てください。";
/// When a day has no free time.
pub const DAY_FULL: &str = "この日は空きがありません。";
/// When all of a day is in the past.
pub const DAY_OVER: &str = "この日の時間は、すべて過ぎました。";
/// When a day has no times at all.
pub const DAY_EMPTY: &str = "この日に予約できる時間はありません。";
/// What a part of a room is shown to be.
pub const PART_OF: &str = "の一部";
/// A closed day.
pub const CLOSED_DAY: &str = "休館日";
/// The first column of the day's board.
pub const ROOM: &str = "部屋";
/// The first column of the week's board.
pub const DAY: &str = "日";
/// Where no slot is.
pub const NO_SLOT: &str = "時間外";

/// What a free cell's link says to somebody who does not see the table.
#[must_use]
pub fn book_this(room: &str, when: &str) -> String {
    format!("{room} {when} を予約する")
}
