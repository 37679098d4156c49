//! 利用実績・操作記録.

use std::collections::BTreeMap;

use contract::{Detail, HistoryActor, HistoryEntry};
use domain::figures::{InTotal, Occupancy, Ratio, Tally};
use domain::money::Yen;
use domain::reservation::{Channel, StateName};

/// The page's heading.
pub const FIGURES: &str = "利用実績";
/// A whole month's.
#[must_use]
pub fn of_month(month: &str, facility: Option<&str>) -> String {
    format!("{month} {}", facility.unwrap_or(ALL_FACILITIES))
}
/// No one facility.
pub const ALL_FACILITIES: &str = "すべての施設";
/// The month's field.
pub const MONTH: &str = "月";
/// How a month is typed where the browser has no picker.
pub const MONTH_HOW: &str = "例 2026-11";
/// The facility's field.
pub const FACILITY: &str = "施設";
/// Shows another month or facility.
pub const SHOW: &str = "表示する";
/// The month before.
pub const PREVIOUS: &str = "前の月";
/// The month after.
pub const NEXT: &str = "次の月";
/// The file.
pub const CSV: &str = "CSVをダウンロード";
/// What cannot be read as a month.
pub const NOT_A_MONTH: &str = "月を「2026-11」のように入れてください。";
/// The summary's heading.
pub const SUMMARY: &str = "まとめ";
/// The chart's heading.
pub const CHART: &str = "部屋ごとの稼働率（区分）";
/// What the chart shows, for those who cannot see it.
pub const CHART_SAYS: &str = "部屋ごとに、予約された区分と入館のあった区分の割合を横棒で示します。同じ数字が下の表にあります。";
/// The longer bar.
pub const BOOKED: &str = "予約";
/// The shorter bar.
pub const CHECKED_IN: &str = "入館";
/// The table's caption.
pub const TABLE: &str = "部屋ごとの実績";
/// A facility's last row.
pub const FACILITY_TOTAL: &str = "施設の計";
/// The last row.
pub const TOTAL: &str = "合計";
/// A column.
pub const ROOM: &str = "部屋";
/// A column.
pub const BY_BLOCKS: &str = "稼働率（区分）";
/// A column.
pub const BY_DAYS: &str = "稼働率（日）";
/// A column.
pub const BOOKINGS: &str = "予約";
/// A column.
pub const CAME: &str = "入館";
/// A column.
pub const NO_SHOWS: &str = "無断不使用";
/// A column.
pub const RECEIVED: &str = "収納";
/// A column.
pub const REDUCED: &str = "減免";
/// A column.
pub const REFUNDED: &str = "還付";
/// A column.
pub const NET: &str = "差引";
/// A figure.
pub const ONLINE: &str = "オンライン申請率";
/// A figure.
pub const CASHLESS: &str = "キャッシュレス比率";
/// A month in which nothing was open.
pub const NOTHING: &str = "この月に開いている部屋はありません。";
/// The notes' heading.
pub const HOW: &str = "数え方";
/// How each figure is made (domain.md G; [S111]).
pub const HOW_LINES: [&str; 6] = [
    "稼働率（区分）は、予約された区分の数を、開いていた区分の数で割ったものです。30分単位で貸す部屋は30分を1区分とします。",
    "稼働率（日）は、1区分でも予約があった日の数を、開いていた日の数で割ったものです。施設の計は、部屋ごとの日数を足した延べ日数です。",
    "休館・公用でふさいだ区分は、分母に入れません。全面の予約は、その部分の部屋でも「予約あり」と数えます。",
    "施設の計では、同じ床を二重に数えません（半面の部屋があるとき、全面は含めません）。",
    "収納・還付は、お金が動いた月に数えます。差引は、収納から還付を引いたものです。",
    "オンライン申請率は、その月に受け付けて許可した申請のうち、利用者が自分で申し込んだものの割合です。",
];

/// Yen that may be less than nothing: 「-1,200円」.
#[must_use]
pub fn yen(amount: i64) -> String {
    let amounts = amount.unsigned_abs();
    let plain = u32::try_from(amounts).map_or_else(
        |_too_large| format!("{amounts}円"),
        |yen| Yen::new(yen).to_string(),
    );
    if amount < 0 {
        format!("-{plain}")
    } else {
        plain
    }
}

/// Yen that are never less.
#[must_use]
pub fn sum(amount: u64) -> String {
    yen(i64::try_from(amount).unwrap_or(i64::MAX))
}

/// A share with what it is of: 「42.3%（22/52）」.
#[must_use]
pub fn share_of(ratio: Ratio) -> String {
    if ratio.whole == 0 {
        return ratio.to_string();
    }
    format!("{ratio}（{}/{}）", ratio.part, ratio.whole)
}

/// How much of what was open was used: 「34.1%（511/1500）、入館 21.5%」.
#[must_use]
pub fn occupancy(of: Occupancy) -> String {
    let (booked, came) = (share_of(of.booked_share()), of.checked_in_share());
    format!("{booked}、{CHECKED_IN} {came}")
}

/// How many bookings, and what became of them.
#[must_use]
pub fn used(total: &Tally) -> String {
    let Tally {
        bookings,
        checked_in,
        no_shows,
        ..
    } = total;
    format!("{bookings}件（{CAME} {checked_in}件・{NO_SHOWS} {no_shows}件）")
}

/// How much came without cash.
#[must_use]
pub fn cashless(total: &Tally) -> String {
    let by_count = share_of(total.cashless_count);
    format!("件数 {by_count}、金額 {}", total.cashless_yen)
}

/// How a bar reads aloud: 「体育館（全面） 予約42.3% 入館30.1%」.
#[must_use]
pub fn bar(room: &str, booked: Ratio, checked_in: Ratio) -> String {
    format!("{room} {BOOKED}{booked} {CHECKED_IN}{checked_in}")
}

/// Beside a room whose floor other rooms count.
#[must_use]
pub const fn floor(in_total: InTotal) -> Option<&'static str> {
    match in_total {
        InTotal::Counted => None,
        InTotal::OtherRooms => Some("計に含めない"),
    }
}

/// The page's heading.
pub const HISTORY: &str = "操作記録";
/// Before anything was looked for.
pub const LEAD: &str =
    "予約番号を入れると、その予約とお金について、だれが・いつ・何をしたかを、古い順に表示します。";
/// A column.
pub const AT: &str = "日時";
/// A column.
pub const WHO: &str = "だれが";
/// A column.
pub const WHAT: &str = "何をした";
/// A column.
pub const DETAIL: &str = "内容";
/// The list's caption.
pub const ENTRIES: &str = "操作の一覧";
/// A fact of the reservation.
pub const NUMBER: &str = "予約番号";
/// A fact of the reservation.
pub const PLACE: &str = "施設・部屋";
/// A fact of the reservation.
pub const WHEN: &str = "利用日時";
/// A fact of the reservation.
pub const STATE: &str = "今の状態";
/// A fact of the reservation.
pub const CHANNEL: &str = "受付";

/// Where it was made.
#[must_use]
pub const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Online => "オンライン",
        Channel::Counter => "窓口",
    }
}

/// Who did it.
#[must_use]
pub fn who(by: &HistoryActor) -> String {
    match by {
        HistoryActor::Resident => "利用者本人".to_owned(),
        HistoryActor::AnotherPerson => "別の利用者".to_owned(),
        HistoryActor::Staff(name) if name.reveal().is_empty() => "職員".to_owned(),
        HistoryActor::Staff(name) => format!("職員 {}", name.reveal()),
        HistoryActor::House => "自動（システム）".to_owned(),
        HistoryActor::Visitor => "ログインしていない人".to_owned(),
    }
}

/// What was done, in words; a code that nobody knows is shown as it is, so that nothing is hidden.
#[must_use]
pub fn action(entry: &HistoryEntry) -> String {
    let known = match entry.action.as_str() {
        "reservation.held" => "仮予約した",
        "reservation.extended" => "仮予約の期限を延ばした",
        "reservation.confirmed" => "予約が確定した",
        "reservation.submitted" => "審査に申し込んだ",
        "reservation.permitted" => "審査で使用を許可した",
        "reservation.refused" => "審査で使用を許可しなかった",
        "reservation.undecided" => "使用の開始までに審査が終わらなかった",
        "reservation.requoted" => "支払う日の料金表で料金を決め直した",
        "review.decided" => "審査の項目を決めた",
        "reduction.stands" => "年度内の減免の提案を残した",
        "reduction.granted_at_counter" => "窓口で書類を見て減免した",
        "reservation.released" => "期限切れで空きに戻した",
        "reservation.cancelled" => "予約を取り消した",
        "reservation.part_cancelled" => "予約の一部を取り消した",
        "reservation.checked_in" => "入館を記録した",
        "reservation.check_in_undone" => "入館の記録を取り消した",
        "reservation.no_show" => "来なかったと記録した",
        "reservation.no_show_undone" => "来なかったの記録を取り消した",
        "payment.started" => "支払いを始めた",
        "payment.settled" => return settled(&entry.detail).to_owned(),
        "payment.taken_in_cash" => "現金で受け取った",
        "payment.returned" => "行き先のない入金を返すことにした",
        "refund.settled" => return refunded(&entry.detail).to_owned(),
        "refund.failed" => "還付できなかった",
        "refund.paid_in_cash" => "現金で還付した",
        unknown => return unknown.to_owned(),
    };
    known.to_owned()
}

fn settled(detail: &BTreeMap<String, Detail>) -> &'static str {
    match text(detail, "state") {
        Some("open") => "支払いのページを開いた",
        Some("paid") => "支払いが済んだ",
        Some("failed") => "支払いができなかった",
        Some("expired") => "支払いのページを閉じた",
        Some("quarantined") => "入金を保留にした（確認が必要）",
        _ => "支払いの状態が変わった",
    }
}

fn refunded(detail: &BTreeMap<String, Detail>) -> &'static str {
    match text(detail, "state") {
        Some("pending") => "還付を送った",
        Some("done") => "還付が済んだ",
        _ => "還付の状態が変わった",
    }
}

fn text<'a>(detail: &'a BTreeMap<String, Detail>, name: &str) -> Option<&'a str> {
    match detail.get(name)? {
        Detail::Text(text) => Some(text),
        Detail::Number(_) => None,
    }
}

/// The facts of an entry in words, those that say something to people; ids are left to the log.
#[must_use]
pub fn facts(entry: &HistoryEntry) -> Vec<String> {
    let state = |name| text(&entry.detail, name).map(state_word);
    let mut facts = Vec::new();
    if let (Some(before), Some(after)) = (state("before"), state("after")) {
        facts.push(format!("{before} → {after}"));
    }
    let yens = [
        ("total_yen", "料金"),
        ("amount_yen", "金額"),
        ("before_yen", "減免前"),
        ("after_yen", "決定後"),
        ("refund_yen", "還付額"),
        ("tendered_yen", "預り金"),
    ];
    for (name, word) in yens {
        if let Some(Detail::Number(amount)) = entry.detail.get(name) {
            facts.push(format!("{word} {}", yen(*amount)));
        }
    }
    if let Some(reason) = text(&entry.detail, "reason").filter(|it| !it.is_empty()) {
        facts.push(format!("理由 {}", reason_word(reason)));
    }
    facts
}

fn state_word(code: &str) -> String {
    let known = [
        StateName::Held,
        StateName::AwaitingReview,
        StateName::AwaitingPayment,
        StateName::Confirmed,
        StateName::CheckedIn,
        StateName::Completed,
        StateName::NoShow,
        StateName::Released,
        StateName::Cancelled,
        StateName::Refused,
    ];
    let word = known.into_iter().find(|state| state.as_str() == code);
    word.map_or_else(|| code.to_owned(), |state| state.label().to_owned())
}

fn reason_word(code: &str) -> &str {
    match code {
        "cancelled" => "取消し",
        "closed" => "休館・公用",
        other => other,
    }
}
