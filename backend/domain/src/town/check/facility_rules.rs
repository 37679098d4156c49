//! What must hold of a facility: hours, closing days, window, refunds, units.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{At, Findings, booking_rules, refund_rules, window_rules};
use crate::span::CELL_MINUTES;
use crate::town::{ClosingRule, Facility, HoursRule, TimeWindow, Town};

const HOLD_MINUTES: std::ops::RangeInclusive<u16> = 5..=120;

pub(super) fn check(town: &Town, facility: &Facility, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "name", &facility.name);
    findings.text(at, "kana", &facility.kana);
    findings.text(at, "area", &facility.area);
    findings.text(at, "address", &facility.address);
    findings.text(at, "phone", &facility.phone);
    if !facility.kana.chars().all(is_kana) {
        findings.add(
            &at.key("kana"),
            "読み「kana」は全角カタカナで書いてください（例 \"セイカニシチュウガッコウ\"）",
        );
    }
    if let Some(revenue) = &facility.revenue {
        findings.text(&at.key("revenue"), "subject", &revenue.subject);
    }
    if !HOLD_MINUTES.contains(&facility.hold_minutes) {
        findings.add(
            &at.key("hold_minutes"),
            "仮押さえの時間「hold_minutes」は 5 から 120（分）までにしてください",
        );
    }
    check_hours(facility, at, findings);
    check_closing(facility, at, findings);
    window_rules::check(town, &facility.window, &at.key("window"), findings);
    refund_rules::check(facility, &at.key("refund"), findings);
    booking_rules::check(town, facility, &at.key("booking"), findings);
    check_units(facility, at, findings);
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ァ'..='ヶ' | 'ー' | '・' | '　' | ' ' | '0'..='9' | '０'..='９')
}

fn check_hours(facility: &Facility, at: &At, findings: &mut Findings<'_>) {
    let at = at.key("hours");
    if facility.hours.iter().all(|rule| rule.open.is_empty()) {
        findings.add(
            &at,
            "開館時間「hours」がありません。open に時間帯を書いてください",
        );
    }
    for (n, rule) in facility.hours.iter().enumerate() {
        let at = at.index(n);
        check_open(&rule.open, &at.key("open"), findings);
        let earlier = facility.hours.iter().take(n);
        if earlier.into_iter().any(|it| leaves_nothing_of(it, rule)) {
            findings.add(
                &at,
                "上に書いた開館時間が先に当てはまるので、この組は使われません。曜日や季節のせまい組を上に書いてください",
            );
        }
    }
}

fn check_open(open: &[TimeWindow], at: &At, findings: &mut Findings<'_>) {
    for (n, window) in open.iter().enumerate() {
        check_times(*window, "開館時間", &at.index(n), findings);
    }
    for (n, pair) in open.windows(2).enumerate() {
        if let [earlier, later] = pair
            && later.start < earlier.end
        {
            findings.add(
                &at.index(n + 1),
                "開館時間が前の時間帯と重なっています。早い順に、重ならないように書いてください",
            );
        }
    }
}

/// True when whatever day `rule` fits, `earlier` fits as well.
fn leaves_nothing_of(earlier: &HoursRule, rule: &HoursRule) -> bool {
    let weekdays = earlier.weekdays.is_empty()
        || (!rule.weekdays.is_empty()
            && rule.weekdays.iter().all(|it| earlier.weekdays.contains(it)));
    let holidays = !earlier.holidays || rule.holidays;
    let season = earlier.season.is_none_or(|season| {
        rule.season.is_some_and(|own| {
            days_of_leap_year()
                .filter(|day| own.contains(*day))
                .all(|day| season.contains(day))
        })
    });
    weekdays && holidays && season
}

/// A stretch of a day must have a length, in whole half hours.
pub(super) fn check_times(window: TimeWindow, what: &str, at: &At, findings: &mut Findings<'_>) {
    let (start, end) = (window.start, window.end);
    if start >= end {
        findings.add(
            &at.key("end"),
            format!("{what}の終わり {end} が始まり {start} より後になっていません"),
        );
    }
    for (key, time) in [("start", start), ("end", end)] {
        if !time.minutes().is_multiple_of(CELL_MINUTES) {
            findings.add(
                &at.key(key),
                format!("{what}の時刻 {time} は 30分きざみにしてください（例 08:30）"),
            );
        }
    }
}

fn check_closing(facility: &Facility, at: &At, findings: &mut Findings<'_>) {
    let at = at.key("closing");
    let weekdays: BTreeSet<u32> = facility
        .closing
        .weekdays
        .iter()
        .map(chrono::Weekday::num_days_from_monday)
        .collect();
    if weekdays.len() == 7 {
        findings.add(&at.key("weekdays"), "すべての曜日が休館日になっています");
    }
    if weekdays.len() < facility.closing.weekdays.len() {
        findings.add(
            &at.key("weekdays"),
            "同じ曜日が二度書かれています。片方を消してください",
        );
    }
    check_nth_weekdays(&facility.closing, &at, findings);
    check_once(&facility.closing, &at, findings);
    for (n, range) in facility.closing.yearly.iter().enumerate() {
        if days_of_leap_year().all(|day| range.contains(day)) {
            findings.add(
                &at.key("yearly").index(n),
                "一年じゅう休館になっています。from（初日）と to（最終日）を確かめてください",
            );
        }
    }
}

fn check_nth_weekdays(closing: &ClosingRule, at: &At, findings: &mut Findings<'_>) {
    for (n, rule) in closing.nth_weekdays.iter().enumerate() {
        let at = at.key("nth_weekdays").index(n);
        if rule.weekdays.is_empty() {
            findings.add(
                &at.key("weekdays"),
                "曜日「weekdays」が空です。[\"mon\"] のように書いてください",
            );
        }
        if rule.nth.iter().any(|nth| !(1..=5).contains(nth)) {
            findings.add(
                &at.key("nth"),
                "第何曜日か「nth」は 1 から 5 までにしてください（最終は last = true）",
            );
        }
        if rule.nth.is_empty() && !rule.last {
            findings.add(
                &at,
                "第何曜日かがありません。nth = [1, 3] か last = true を書いてください",
            );
        }
    }
    let weekly = !closing.weekdays.is_empty() || !closing.nth_weekdays.is_empty();
    for (key, set) in [
        ("shift_on_holiday", closing.shift_on_holiday && !weekly),
        (
            "shift_to_workday",
            closing.shift_to_workday && !closing.shift_on_holiday,
        ),
    ] {
        if set {
            findings.add(
                &at.key(key),
                format!("「{key}」は、振り替える休館日がないので使われません。消すか、曜日と shift_on_holiday を書いてください"),
            );
        }
    }
}

fn check_once(closing: &ClosingRule, at: &At, findings: &mut Findings<'_>) {
    let at = at.key("once");
    for (n, once) in closing.once.iter().enumerate() {
        let at = at.index(n);
        findings.text(&at, "note", &once.note);
        check_open(&once.open, &at.key("open"), findings);
        if once.to < once.from {
            findings.add(
                &at.key("to"),
                format!(
                    "終わりの日 {} が始まりの日 {} より前です",
                    once.to, once.from
                ),
            );
        }
        let mut earlier = closing.once.iter().take(n);
        if earlier.any(|it| it.from <= once.to && once.from <= it.to) {
            findings.add(
                &at.key("from"),
                "臨時の開館・休館の日が、上に書いた組と重なっています。どちらか一つにしてください",
            );
        }
    }
}

pub(super) fn days_of_leap_year() -> impl Iterator<Item = NaiveDate> {
    // 2000 has every day there is.
    NaiveDate::from_ymd_opt(2000, 1, 1)
        .into_iter()
        .flat_map(|first| first.iter_days())
        .take_while(|day| day.year() == 2000)
}

fn check_units(facility: &Facility, at: &At, findings: &mut Findings<'_>) {
    if facility.units.is_empty() {
        findings.add(
            at,
            "区画がありません。[[facility.unit]] を書き足してください",
        );
    }
    if facility.rooms.is_empty() {
        findings.add(
            at,
            "室場がありません。[[facility.room]] を書き足してください",
        );
    }
    let at_unit = at.key("unit");
    for (n, unit) in facility.units.iter().enumerate() {
        findings.text(&at_unit.index(n), "name", &unit.name);
        if !facility.rooms.is_empty()
            && !facility.rooms.iter().any(|it| it.units.contains(&unit.id))
        {
            findings.add(
                &at_unit.index(n),
                format!(
                    "区画「{}」を使う室場がありません。室場の units に加えるか、消してください",
                    unit.id
                ),
            );
        }
    }
    let at_room = at.key("room");
    let names = facility.rooms.iter().enumerate();
    findings.once(
        names.map(|(n, room)| (at_room.index(n).key("name"), &room.name)),
        |name| format!("室場の名前「{name}」が二度使われています。見分けられる名前にしてください"),
    );
}
