//! 施設をさがす, 施設のページ.

use domain::money::Yen;
use domain::town::{ClosedDay, Facility, RefundTier, Until};

use super::money;

/// The page's heading.
pub const HEADING: &str = "施設をさがす";
/// Under it.
pub const LEAD: &str = "空きを見て、そのまま予約できます。ログインは予約のときだけです。";
/// Field: 何をする.
pub const KIND: &str = "場所の種類";
/// Field: いつ.
pub const DATE: &str = "利用日";
/// Field: 何人で.
pub const PEOPLE: &str = "人数";
/// Field: どこで.
pub const AREA: &str = "地区";
/// Field: ことば.
pub const WORDS: &str = "施設の名前・ことば";
/// The choice that does not narrow.
pub const ANY: &str = "指定なし";
/// The button.
pub const GO: &str = "さがす";
/// Shows the fields that are used less.
pub const MORE: &str = "条件をふやす";
/// Unit of people.
pub const PEOPLE_UNIT: &str = "人";
/// Nothing fits.
pub const NOTHING: &str = "条件に合う施設がありません。";
/// What to do then.
pub const NOTHING_NEXT: &str = "人数や地区の条件をへらすか、別の日でさがしてください。";
/// The link that clears the search.
pub const CLEAR: &str = "条件をはずして全部見る";
/// The town has no facilities yet.
pub const NONE_YET: &str = "予約できる施設は準備中です。";
/// Rooms of a facility.
pub const ROOMS: &str = "部屋・コート";
/// The facts of a facility.
pub const ABOUT: &str = "施設の案内";
/// 住所.
pub const ADDRESS: &str = "住所";
/// 電話.
pub const PHONE: &str = "電話";
/// 予約の受付.
pub const WINDOW: &str = "予約の受付";
/// 取消し.
pub const REFUND: &str = "取消しと返金";
/// 当日のご案内.
pub const NOTICES: &str = "当日のご案内";
/// 資料.
pub const SOURCES: &str = "この案内のもとになった資料";
/// A room's times, as a link.
pub const SEE_TIMES: &str = "空きを見る";

/// 「12件の施設」
#[must_use]
pub fn found(count: usize) -> String {
    format!("{count}件の施設")
}

/// 「ほか5室」
#[must_use]
pub fn more_rooms(count: usize) -> String {
    format!("ほか{count}室")
}

/// 「定員 30人」
#[must_use]
pub fn capacity(people: u32) -> String {
    format!("定員 {people}人")
}

/// 「200円から」, 「無料」
#[must_use]
pub fn price_from(yen: Yen) -> String {
    if yen.is_zero() {
        money::FREE.to_owned()
    } else {
        format!("{yen}から")
    }
}

/// What a cancellation gives back, a sentence for each tier: of the house, of rooms with their own,
/// and for each reason that is not one's own convenience.
#[must_use]
pub fn refund_sentences(facility: &Facility) -> Vec<String> {
    let rule = &facility.refund;
    let mut lines: Vec<String> = rule.tiers.iter().copied().map(refund_tier).collect();
    for own in &rule.rooms {
        let names = facility
            .rooms
            .iter()
            .filter(|room| own.rooms.contains(&room.id))
            .map(|room| room.name.as_str());
        let kinds = own.kinds.iter().map(String::as_str);
        let whose: Vec<&str> = kinds.chain(names).collect();
        let whose = whose.join("・");
        let tiers = own.tiers.iter().copied().map(refund_tier);
        lines.extend(tiers.map(|tier| format!("{whose}は、{tier}")));
    }
    for reason in &rule.reasons {
        let tiers = reason.tiers.iter().copied().map(refund_tier);
        lines.extend(tiers.map(|tier| format!("{}: {tier}", reason.label)));
    }
    match rule.on_closed_day {
        None => {}
        Some(ClosedDay::NextOpen) => lines.push("期限が休館日のときは、次の開館日まで".to_owned()),
        Some(ClosedDay::PreviousOpen) => {
            lines.push("期限が休館日のときは、その前の開館日まで".to_owned());
        }
    }
    lines
}

/// 「利用日の7日前まで: 50%を返金」
fn refund_tier(tier: RefundTier) -> String {
    let until = match tier.until {
        Until::DaysBefore(0) => "利用日の当日まで".to_owned(),
        Until::DaysBefore(1) => "利用日の前日まで".to_owned(),
        Until::DaysBefore(days) => format!("利用日の{days}日前まで"),
        Until::MonthsBefore(months) => format!("利用日の{months}か月前まで"),
        Until::Start => "利用開始の前まで".to_owned(),
        Until::DaysAfter(days) => format!("利用日の後{days}日まで"),
    };
    match tier.percent {
        100 => format!("{until}: 全額を返金"),
        percent => format!("{until}: {percent}%を返金"),
    }
}

/// After the last tier.
pub const REFUND_NONE: &str = "それより後の取消しは返金がありません。";
