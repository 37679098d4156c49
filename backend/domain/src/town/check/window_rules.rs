//! What must hold of a booking window.

use chrono::NaiveDate;

use super::facility_rules::days_of_leap_year;
use super::{At, Findings};
use crate::town::{
    BookingWindow, DayOfYear, MonthReading, Opening, Town, UseBlock, Who, YearlyRange,
};

const LONGEST_MONTHS_AHEAD: u32 = 24;
const LONGEST_DAYS_AHEAD: u32 = 730;

pub(super) fn check(town: &Town, window: &BookingWindow, at: &At, findings: &mut Findings<'_>) {
    findings.text(at, "article", &window.article);
    check_opening(&window.opening, &at.key("opening"), findings);
    check_lead(window.lead_days, at, findings);
    if window.lead_days > 0 && window.closes_days_before > 0 {
        let online_is_over_first = window.closes_days_before > window.lead_days;
        if !online_is_over_first {
            findings.add(
                &at.key("closes_days_before"),
                "インターネットの締切「closes_days_before」が、窓口も含む締切「lead_days」より後になっています。消すか、lead_days より大きくしてください",
            );
        }
    }
    let at_own = at.key("for");
    for (n, own) in window.exceptions.iter().enumerate() {
        let at = at_own.index(n);
        check_who(town, &own.who, &at.key("who"), findings);
        if own.who.is_everybody() {
            findings.add(
                &at.key("who"),
                "だれの受付期間かが書かれていません。who に residence・channel・booker・class のどれかを書いてください",
            );
        }
        if let Some(opening) = &own.opening {
            check_opening(opening, &at.key("opening"), findings);
        }
        if let Some(article) = &own.article {
            findings.text(&at, "article", article);
        }
        check_lead(own.lead_days.unwrap_or_default(), &at, findings);
        if own.opening.is_none() && own.opens_at.is_none() && own.lead_days.is_none() {
            findings.add(
                &at,
                "何が違うのかが書かれていません。opening・opens_at・lead_days のどれかを書くか、この組を消してください",
            );
        }
        let earlier = window.exceptions.iter().take(n);
        if earlier.into_iter().any(|it| it.who.covers(&own.who)) {
            findings.add(
                &at.key("who"),
                "上に書いた組が先に当てはまるので、この組は使われません。対象のせまい組を上に書いてください",
            );
        }
    }
}

/// The class that a rule is for must be one of the town's.
pub(super) fn check_who(town: &Town, who: &Who, at: &At, findings: &mut Findings<'_>) {
    if let Some(class) = &who.class {
        check_class(town, class, &at.key("class"), findings);
    }
}

pub(super) fn check_class(
    town: &Town,
    class: &crate::town::Slug,
    at: &At,
    findings: &mut Findings<'_>,
) {
    if !town.attributes.iter().any(|known| known.id == *class) {
        findings.add(
            at,
            format!("利用者区分「{class}」がありません。[[attribute]] に書き足してください"),
        );
    }
}

fn check_lead(lead_days: u32, at: &At, findings: &mut Findings<'_>) {
    if lead_days > LONGEST_DAYS_AHEAD {
        findings.add(
            &at.key("lead_days"),
            format!("申込みの締切「lead_days」は {LONGEST_DAYS_AHEAD} 日前までにしてください"),
        );
    }
}

pub(super) fn check_opening(opening: &Opening, at: &At, findings: &mut Findings<'_>) {
    match opening {
        Opening::MonthsAhead {
            months,
            reading,
            month_end,
        } => {
            let at = at.key("months_ahead");
            let first = u32::from(*reading == MonthReading::FirstOfMonthCountingUse);
            check_months(*months, first, &at, findings);
            if month_end.is_some() && *reading != MonthReading::SameDay {
                findings.add(
                    &at.key("month_end"),
                    "月末の扱い「month_end」は reading = \"same_day\" のときだけ書けます。消してください",
                );
            }
        }
        Opening::DayOfMonth { months, day } => {
            let at = at.key("day_of_month");
            check_months(*months, 0, &at, findings);
            if !(1..=31).contains(day) {
                findings.add(
                    &at.key("day"),
                    "受付を始める日「day」は 1 から 31 までにしてください（31 は月末）",
                );
            }
            if *months == 0 && *day > 1 {
                findings.add(
                    &at.key("months"),
                    "利用する月の途中から受け付けると、月の初めの日を予約できません。months を 1 以上にするか day を 1 にしてください",
                );
            }
        }
        Opening::DaysAhead { days } => {
            if *days > LONGEST_DAYS_AHEAD {
                findings.add(
                    &at.key("days_ahead").key("days"),
                    format!("日数「days」は {LONGEST_DAYS_AHEAD} までにしてください"),
                );
            }
        }
        Opening::Blocks(blocks) => check_blocks(blocks, &at.key("blocks"), findings),
    }
}

fn check_months(months: u32, first: u32, at: &At, findings: &mut Findings<'_>) {
    if !(first..=LONGEST_MONTHS_AHEAD).contains(&months) {
        findings.add(
            &at.key("months"),
            format!("月数「months」は {first} から {LONGEST_MONTHS_AHEAD} までにしてください"),
        );
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
