//! Every kind of case a table distinguishes (場合分け): can each row be the one, and has each case a
//! row? The engine's own conditions are asked, so that the check and the price cannot differ.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::circumstances::Circumstances;
use super::{AttributeValue, BasisDates, QuoteRequest};
use crate::civil::TimeOfDay;
use crate::town::{AttributeKind, Range, Room, SlotRule, Slug, Town, When};

/// Tables that distinguish more than this are not tried out.
const MOST_CASES: usize = 20_000;

/// What trying out a table showed.
pub(crate) struct RowsSeen {
    /// The rows that were the first to fit some case.
    pub(crate) rows: BTreeSet<usize>,
    /// A case that no row fits, in words.
    pub(crate) without_row: Option<String>,
}

/// Tries every case that the conditions of a table distinguish; `None` when there are too many.
pub(crate) fn rows_seen(town: &Town, room: &Room, whens: &[&When]) -> Option<RowsSeen> {
    let mut cases = vec![QuoteRequest {
        room: room.id.clone(),
        date: days().next()?,
        start: TimeOfDay::MIDNIGHT,
        end: TimeOfDay::MIDNIGHT,
        people: 1,
        purpose: None,
        options: Vec::new(),
        attributes: BTreeMap::new(),
        reduction: None,
        reduction_percent: None,
        basis_dates: BasisDates::default(),
    }];
    for attribute in attributes(town, whens) {
        cases = times(cases, &answers(town, attribute, whens), |case, answer| {
            case.attributes
                .insert(attribute.to_string(), answer.clone());
        })?;
    }
    cases = times(cases, &spans(room, whens), |case, (start, end)| {
        (case.start, case.end) = (*start, *end);
    })?;
    cases = times(cases, &people(room, whens), |case, people| {
        case.people = *people
    })?;
    cases = times(cases, &purposes(room, whens), |case, purpose| {
        case.purpose.clone_from(purpose);
    })?;
    let dates = dates(town, room, whens, cases.first()?);
    cases = times(cases, &dates, |case, date| case.date = *date)?;
    let mut seen = RowsSeen {
        rows: BTreeSet::new(),
        without_row: None,
    };
    for case in &cases {
        let Ok(circumstances) = Circumstances::new(town, room, case) else {
            continue;
        };
        match whens.iter().position(|when| circumstances.fit(when)) {
            Some(row) => {
                seen.rows.insert(row);
            }
            None if seen.without_row.is_none() => seen.without_row = Some(words(case, whens)),
            None => {}
        }
    }
    Some(seen)
}

/// Each case with each value.
fn times<T>(
    cases: Vec<QuoteRequest>,
    values: &[T],
    set: impl Fn(&mut QuoteRequest, &T),
) -> Option<Vec<QuoteRequest>> {
    let count = cases.len().checked_mul(values.len())?;
    (count <= MOST_CASES).then(|| {
        let with = |case: &QuoteRequest, value: &T| {
            let mut case = case.clone();
            set(&mut case, value);
            case
        };
        cases
            .iter()
            .flat_map(|case| values.iter().map(move |value| with(case, value)))
            .collect()
    })
}

fn attributes<'a>(town: &'a Town, whens: &[&When]) -> Vec<&'a Slug> {
    let asked = |id: &&Slug| {
        whens
            .iter()
            .any(|when| when.attributes().any(|it| it == *id))
    };
    town.attributes
        .iter()
        .map(|it| &it.id)
        .filter(asked)
        .collect()
}

fn answers(town: &Town, id: &Slug, whens: &[&When]) -> Vec<AttributeValue> {
    let kind = town
        .attributes
        .iter()
        .find(|it| it.id == *id)
        .map(|it| &it.kind);
    match kind {
        None => Vec::new(),
        Some(AttributeKind::Flag) => [false, true].map(AttributeValue::Flag).to_vec(),
        Some(AttributeKind::Choice(choices)) => choices
            .iter()
            .map(|choice| AttributeValue::Choice(choice.id.to_string()))
            .collect(),
        Some(AttributeKind::Amount) => {
            let ranges = whens.iter().filter_map(|when| when.amount.get(id));
            edges(ranges.copied(), 0, u64::MAX)
                .into_iter()
                .map(AttributeValue::Amount)
                .collect()
        }
    }
}

/// The numbers at which ranges begin and end, and their neighbours.
fn edges(ranges: impl Iterator<Item = Range>, least: u64, most: u64) -> BTreeSet<u64> {
    let mut numbers = BTreeSet::from([least]);
    for range in ranges {
        let from = range.at_least.unwrap_or(least);
        let to = range.at_most.unwrap_or(most);
        numbers.extend([from.saturating_sub(1), from, to, to.saturating_add(1)]);
    }
    numbers
        .into_iter()
        .filter(|it| (least..=most).contains(it))
        .collect()
}

fn spans(room: &Room, whens: &[&When]) -> Vec<(TimeOfDay, TimeOfDay)> {
    let matters = |when: &&When| !when.divisions.is_empty() || when.minutes.is_some();
    let only_one = !whens.iter().any(matters);
    match &room.slots {
        SlotRule::Divisions(divisions) => {
            let from = |n: usize| divisions.iter().skip(n);
            let runs = divisions
                .iter()
                .enumerate()
                .flat_map(|(n, first)| from(n).map(move |last| (first.start, last.end)));
            runs.take(if only_one { 1 } else { usize::MAX }).collect()
        }
        SlotRule::Grid {
            step_minutes,
            min_minutes,
            max_minutes,
        } => {
            let lengths =
                (*min_minutes..=*max_minutes).step_by(usize::from((*step_minutes).max(1)));
            let span = |length| Some((TimeOfDay::MIDNIGHT, TimeOfDay::from_minutes(length)?));
            lengths
                .take(if only_one { 1 } else { usize::MAX })
                .filter_map(span)
                .collect()
        }
    }
}

fn people(room: &Room, whens: &[&When]) -> Vec<u32> {
    let ranges = whens.iter().filter_map(|when| when.people);
    edges(ranges, 1, u64::from(room.capacity))
        .into_iter()
        .filter_map(|people| u32::try_from(people).ok())
        .collect()
}

fn purposes(room: &Room, whens: &[&When]) -> Vec<Option<Slug>> {
    let asked = whens.iter().any(|when| !when.purposes.is_empty());
    let all = room.purposes.iter().map(|purpose| Some(purpose.id.clone()));
    [None].into_iter().chain(all.filter(|_| asked)).collect()
}

/// One day for each combination of weekdays, holidays and seasons that the table tells apart.
fn dates(town: &Town, room: &Room, whens: &[&When], case: &QuoteRequest) -> Vec<NaiveDate> {
    let by_day: Vec<When> = whens
        .iter()
        .map(|when| When {
            days: when.days.clone(),
            seasons: when.seasons.clone(),
            ..When::default()
        })
        .collect();
    if by_day.iter().all(When::is_always) {
        return days().take(1).collect();
    }
    let mut kinds: BTreeMap<Vec<bool>, NaiveDate> = BTreeMap::new();
    for date in days() {
        let case = QuoteRequest {
            date,
            ..case.clone()
        };
        if let Ok(circumstances) = Circumstances::new(town, room, &case) {
            let fits = by_day.iter().map(|when| circumstances.fit(when)).collect();
            kinds.entry(fits).or_insert(date);
        }
    }
    kinds.into_values().collect()
}

/// Some years: every weekday meets every season, holidays and 29 February among them.
fn days() -> impl Iterator<Item = NaiveDate> {
    const DAYS: usize = 6 * 366;
    let first = NaiveDate::from_ymd_opt(2026, 1, 1);
    first
        .into_iter()
        .flat_map(|first| first.iter_days())
        .take(DAYS)
}

fn words(case: &QuoteRequest, whens: &[&When]) -> String {
    let mut words: Vec<String> = Vec::new();
    for (id, answer) in &case.attributes {
        words.push(match answer {
            AttributeValue::Flag(true) => format!("{id} がはい"),
            AttributeValue::Flag(false) => format!("{id} がいいえ"),
            AttributeValue::Amount(amount) => format!("{id} が {amount}"),
            AttributeValue::Choice(choice) => format!("{id} が {choice}"),
        });
    }
    if whens.iter().any(|when| !when.days.is_empty()) {
        words.push(crate::civil::full_date(case.date));
    } else if whens.iter().any(|when| !when.seasons.is_empty()) {
        words.push(crate::civil::long_date(case.date));
    }
    if whens.iter().any(|when| when.people.is_some()) {
        words.push(format!("{}人", case.people));
    }
    if whens
        .iter()
        .any(|when| !when.divisions.is_empty() || when.minutes.is_some())
    {
        words.push(format!("{}–{}", case.start, case.end));
    }
    if whens.iter().any(|when| !when.purposes.is_empty()) {
        let purpose = case.purpose.as_ref();
        words.push(purpose.map_or("使用目的なし".to_owned(), |it| {
            format!("使用目的 {it}")
        }));
    }
    format!("「{}」のとき", words.join("・"))
}
