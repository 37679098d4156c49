//! What must hold of a facility: hours, closing days, window, refunds, units.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{At, Findings};
use crate::span::CELL_MINUTES;
use crate::town::{
    BookingWindow, DayOfYear, Facility, MonthReading, Opening, RefundRule, TimeWindow, UseBlock,
    YearlyRange,
};

const HOLD_MINUTES: std::ops::RangeInclusive<u16> = 5..=120;
const LONGEST_MONTHS_AHEAD: u32 = 24;

pub(super) fn check(facility: &Facility, at: &At, findings: &mut Findings<'_>) {
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
    if !HOLD_MINUTES.contains(&facility.hold_minutes) {
        findings.add(
            &at.key("hold_minutes"),
            "仮押さえの時間「hold_minutes」は 5 から 120（分）までにしてください",
        );
    }
    check_hours(facility, at, findings);
    check_closing(facility, at, findings);
    check_window(&facility.window, &at.key("window"), findings);
    check_refund(&facility.refund, &at.key("refund"), findings);
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
        let at = at.index(n).key("open");
        for (n, window) in rule.open.iter().enumerate() {
            check_times(*window, "開館時間", &at.index(n), findings);
        }
        for (n, pair) in rule.open.windows(2).enumerate() {
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
    for (n, range) in facility.closing.yearly.iter().enumerate() {
        if days_of_leap_year().all(|day| range.contains(day)) {
            findings.add(
                &at.key("yearly").index(n),
                "一年じゅう休館になっています。from（初日）と to（最終日）を確かめてください",
            );
        }
    }
}

fn days_of_leap_year() -> impl Iterator<Item = NaiveDate> {
    // 2000 has every day there is.
    NaiveDate::from_ymd_opt(2000, 1, 1)
        .into_iter()
        .flat_map(|first| first.iter_days())
        .take_while(|day| day.year() == 2000)
}

fn check_window(window: &BookingWindow, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &window.article);
    match &window.opening {
        Opening::MonthsAhead {
            months,
            reading,
            outsiders,
        } => {
            let at = at.key("opening").key("months_ahead");
            let counts_use = *reading == MonthReading::FirstOfMonthCountingUse;
            let first = u32::from(counts_use);
            for (key, value) in [("months", Some(*months)), ("outsiders", *outsiders)] {
                if value.is_some_and(|value| !(first..=LONGEST_MONTHS_AHEAD).contains(&value)) {
                    findings.add(
                        &at.key(key),
                        format!(
                            "月数「{key}」は {first} から {LONGEST_MONTHS_AHEAD} までにしてください"
                        ),
                    );
                }
            }
            if outsiders.is_some_and(|outsiders| outsiders > *months) {
                findings.add(
                    &at.key("outsiders"),
                    "町外の方の受付開始「outsiders」が町内の方より早くなっています。months 以下にしてください",
                );
            }
        }
        Opening::Blocks(blocks) => {
            check_blocks(blocks, &at.key("opening").key("blocks"), findings);
        }
    }
}

/// Every day of use belongs to one block.
fn check_blocks(blocks: &[UseBlock], at: &At, findings: &mut Findings<'_>) {
    let ranges: Vec<YearlyRange> = blocks
        .iter()
        .map(|block| YearlyRange {
            from: block.from,
            to: block.to,
        })
        .collect();
    let blocks_of = |day: NaiveDate| ranges.iter().filter(|range| range.contains(day)).count();
    let name = |day: NaiveDate| String::from(DayOfYear::of(day));
    if let Some(day) = days_of_leap_year().find(|day| blocks_of(*day) == 0) {
        findings.add(
            at,
            format!(
                "受付期間の組が {} を含んでいません。一年のすべての日を含めてください",
                name(day)
            ),
        );
    }
    if let Some(day) = days_of_leap_year().find(|day| blocks_of(*day) > 1) {
        findings.add(
            at,
            format!(
                "{} が二つの受付期間に入っています。どちらか一つにしてください",
                name(day)
            ),
        );
    }
}

fn check_refund(refund: &RefundRule, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &refund.article);
    findings.rounding(at, refund.round_down_yen);
    let at = at.key("tier");
    for (n, tier) in refund.tiers.iter().enumerate() {
        if tier.percent > 100 {
            findings.add(
                &at.index(n).key("percent"),
                "還付の割合「percent」は 100 以下にしてください",
            );
        }
    }
    for (n, pair) in refund.tiers.windows(2).enumerate() {
        if let [earlier, later] = pair
            && (later.days_before >= earlier.days_before || later.percent > earlier.percent)
        {
            findings.add(
                &at.index(n + 1),
                "還付の段階は、日数の多い順に、割合が増えないように書いてください（例 7日前 100、3日前 50）",
            );
        }
    }
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
