//! 休館・公用.

use chrono::{NaiveDate, Weekday};
use contract::{ClosureLine, ClosureSpan};
use domain::civil;
use domain::closure::ClosureKind;
use domain::money::Yen;
use domain::span::Span;

use super::clock;

/// The list's heading.
pub const HEADING: &str = "休館の一覧";
/// The form's heading, and its link.
pub const NEW: &str = "休館にする";
/// Nothing closed.
pub const NONE: &str = "この1か月と、これからの休館はありません。";
/// A column.
pub const WHEN: &str = "日時";
/// A column.
pub const WHERE: &str = "場所";
/// A column.
pub const WHY: &str = "理由";
/// A column.
pub const STATE: &str = "状態";
/// Opens one.
pub const OPEN: &str = "内容と解除";
/// When it was made.
pub const MADE_AT: &str = "登録した日時";
/// The facility.
pub const FACILITY: &str = "施設";
/// Shows the form of another facility.
pub const CHOOSE: &str = "この施設にする";
/// What is closed.
pub const PLACE: &str = "休みにする場所";
/// All of it.
pub const WHOLE: &str = "全館";
/// Some rooms.
pub const ROOMS: &str = "部屋を選ぶ";
/// What goes with a room.
pub const ROOMS_HELP: &str = "同じ床を使う部屋（全面と半面など）も、いっしょに休みになります。";
/// The first day.
pub const FROM: &str = "はじめの日";
/// The last day.
pub const UNTIL: &str = "終わりの日";
/// One day needs no last.
pub const UNTIL_HELP: &str = "1日だけのときは、空のままにしてください。";
/// The weekdays.
pub const WEEKDAYS: &str = "曜日（毎週）";
/// All of them.
pub const WEEKDAYS_HELP: &str = "選ばないと、期間の毎日が休みになります。";
/// What time.
pub const HOURS: &str = "時間";
/// All day.
pub const ALL_DAY: &str = "終日（開館から閉館まで）";
/// From, until.
pub const BETWEEN: &str = "時間を決める";
/// From.
pub const START: &str = "開始時刻";
/// Until.
pub const END: &str = "終了時刻";
/// No time is chosen.
pub const NO_TIME: &str = "選んでください";
/// Why.
pub const KIND: &str = "理由";
/// What else.
pub const NOTE: &str = "理由の説明";
/// Who reads it.
pub const NOTE_HELP: &str =
    "予約が取り消される方へのメールに載ります。「その他」のときは必ず入力してください。";
/// Around people who are inside.
pub const AROUND: &str = "利用中の予約があるときは、その時間を除いて休みにする";
/// Shows what would happen.
pub const PREVIEW: &str = "影響を確かめる";
/// The preview's heading.
pub const EFFECT: &str = "この内容で休みにすると";
/// Nobody is hit.
pub const NOBODY: &str = "取り消される予約はありません。";
/// People are inside.
pub const BLOCKED: &str = "利用中の予約があるため、このままでは休みにできません";
/// What now.
pub const BLOCKED_NEXT: &str = "利用が終わってから操作するか、下の「利用中の予約があるときは、その時間を除いて休みにする」を選んで、もう一度確かめてください。";
/// Over those who stay.
pub const INSIDE: &str = "利用中のため、休みから除く予約";
/// Over those who are cancelled.
pub const CANCELLED: &str = "取り消される予約";
/// A column.
pub const NUMBER: &str = "予約番号";
/// A column.
pub const PERSON: &str = "利用者";
/// A column.
pub const REFUND: &str = "お返しする額";
/// What happens to them.
pub const TOLD: &str = "メールアドレスのある利用者には、理由と返金をメールでお知らせします。インターネットで支払った料金は、支払いの方法へ全額をお返しします。";
/// Over those whom no mail reaches.
pub const TO_CALL: &str = "メールアドレスがないため、電話でお知らせする方";
/// A column.
pub const PHONE: &str = "電話番号";
/// They gave none.
pub const NO_PHONE: &str = "登録がありません";
/// The days.
pub const DAYS: &str = "休みになる日時";
/// The form once more.
pub const MEND: &str = "内容をなおす";
/// Back.
pub const BACK: &str = "休館の一覧に戻る";
/// It was lifted.
pub const LIFTED: &str = "解除しました。予約を受け付けられます。";
/// Opens a day again.
pub const LIFT_DAY: &str = "この日を解除";
/// Opens this day and every later one.
pub const LIFT_REST: &str = "この日から後を解除";
/// Opens all.
pub const LIFT_ALL: &str = "残りをすべて解除";
/// The spans.
pub const SPANS: &str = "休みの日時";
/// What can be done.
pub const ACTION: &str = "操作";

/// The button that makes it.
#[must_use]
pub fn close(cancelled: usize) -> String {
    if cancelled == 0 {
        "休みにする".to_owned()
    } else {
        format!("{cancelled}件の予約を取り消して、休みにする")
    }
}

/// How many are hit, and what goes back: 「2件の予約を取り消し、3,200円をお返しします。」
#[must_use]
pub fn hit(cancelled: usize, refund: Yen, cash: Yen) -> String {
    let back = if refund.is_zero() {
        "お返しする料金はありません。".to_owned()
    } else if cash.is_zero() {
        format!("{refund}をお返しします。")
    } else {
        format!("{refund}をお返しします（うち{cash}は、窓口で現金でお返しします）。")
    };
    format!("{cancelled}件の予約が取り消されます。{back}")
}

/// It was made.
#[must_use]
pub fn made(cancelled: &str) -> String {
    match cancelled {
        "0" => "休みにしました。".to_owned(),
        count => format!("休みにしました。{count}件の予約を取り消しました。"),
    }
}

/// Where: the rooms, or all of the facility.
#[must_use]
pub fn place(facility: &str, rooms: &[String]) -> String {
    if rooms.is_empty() {
        format!("{facility} {WHOLE}")
    } else {
        format!("{facility} {}", rooms.join("、"))
    }
}

/// When a closure is, in a line.
#[must_use]
pub fn when(line: &ClosureLine, today: NaiveDate) -> String {
    let all = line.closed.max(line.lifted);
    if line.first == line.last {
        return span(line.first, today);
    }
    let (first, last) = (line.first.date(), line.last.date());
    format!(
        "{}〜{}（{all}回）",
        clock::day(first, today),
        clock::day(last, today)
    )
}

/// A span with its day.
#[must_use]
pub fn span(span: Span, today: NaiveDate) -> String {
    format!("{} {}", clock::day(span.date(), today), span.clock())
}

/// Where a closure stands.
#[must_use]
pub fn state(line: &ClosureLine) -> String {
    match (line.closed, line.lifted, line.over) {
        (0, _, _) => "解除済み".to_owned(),
        (_, _, true) => "終了".to_owned(),
        (_, 0, false) => "休館".to_owned(),
        (_, lifted, false) => format!("休館（{lifted}回は解除）"),
    }
}

/// Where a span stands.
#[must_use]
pub fn span_state(span: &ClosureSpan) -> String {
    match span.closed {
        None => "解除済み".to_owned(),
        Some(closed) if closed != span.span => format!("{}まで休館、あとは解除", closed.times().1),
        Some(_) if span.liftable => "休館".to_owned(),
        Some(_) => "終了".to_owned(),
    }
}

/// A kind, with what it is for.
#[must_use]
pub const fn kind(kind: ClosureKind) -> &'static str {
    match kind {
        ClosureKind::Works => "工事・修繕",
        ClosureKind::PublicUse => "公用（選挙・健診・学校行事など）",
        ClosureKind::Cleaning => "清掃・点検",
        ClosureKind::Shelter => "避難所",
        ClosureKind::Other => "その他",
    }
}

/// 「月」
#[must_use]
pub const fn weekday(day: Weekday) -> &'static str {
    civil::weekday_kanji(day)
}

/// Says to somebody who does not see the row which day a button is for.
#[must_use]
pub fn lift_said(words: &str, span: Span, today: NaiveDate) -> String {
    format!("{}：{words}", clock::day(span.date(), today))
}
