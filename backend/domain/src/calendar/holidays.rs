//! National holidays (国民の祝日) and a town's own changes to them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use jpholiday::jpholiday::JPHoliday;

use crate::town::Town;

/// The years for which national holidays are known: from the law of 1948, and as far as the
/// formula of the equinoxes holds. Every other year has none.
const FIRST_YEAR: i32 = 1949;
const YEARS: usize = 151;

/// `jpholiday` 0.1.4 misses the exceptions of the Olympic year (令和三年東京オリンピック特措法): these
/// are the Cabinet Office's holidays of 2021.
const MENDED_YEAR: i32 = 2021;
const MENDED_DAYS: [(u32, u32, &str); 17] = [
    (1, 1, "元日"),
    (1, 11, "成人の日"),
    (2, 11, "建国記念の日"),
    (2, 23, "天皇誕生日"),
    (3, 20, "春分の日"),
    (4, 29, "昭和の日"),
    (5, 3, "憲法記念日"),
    (5, 4, "みどりの日"),
    (5, 5, "こどもの日"),
    (7, 22, "海の日"),
    (7, 23, "スポーツの日"),
    (8, 8, "山の日"),
    (8, 9, SUBSTITUTE),
    (9, 20, "敬老の日"),
    (9, 23, "秋分の日"),
    (11, 3, "文化の日"),
    (11, 23, "勤労感謝の日"),
];

const SUBSTITUTE: &str = "振替休日";

/// The holidays of a town (休日表): the nation's, with the town's changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    /// `Some(name)` adds or renames a day, `None` takes it away.
    changes: BTreeMap<NaiveDate, Option<String>>,
}

impl Holidays {
    /// The nation's holidays, unchanged.
    #[must_use]
    pub const fn national() -> Self {
        Self {
            changes: BTreeMap::new(),
        }
    }

    /// The holidays of a town.
    #[must_use]
    pub fn of(town: &Town) -> Self {
        let changes = town
            .holidays
            .iter()
            .map(|change| (change.date, (!change.off).then(|| change.name.clone())))
            .collect();
        Self { changes }
    }

    /// The name of the holiday on `date`, if it is one.
    #[must_use]
    pub fn name(&self, date: NaiveDate) -> Option<&str> {
        match self.changes.get(&date) {
            Some(change) => change.as_deref(),
            None => year(date.year())?.get(&date).map(String::as_str),
        }
    }

    /// True on holidays.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.name(date).is_some()
    }
}

/// The national holidays of a year, worked out once.
fn year(year: i32) -> Option<&'static BTreeMap<NaiveDate, String>> {
    static KNOWN: [OnceLock<BTreeMap<NaiveDate, String>>; YEARS] =
        [const { OnceLock::new() }; YEARS];
    let slot = usize::try_from(year.checked_sub(FIRST_YEAR)?).ok()?;
    Some(KNOWN.get(slot)?.get_or_init(|| work_out(year)))
}

fn work_out(year: i32) -> BTreeMap<NaiveDate, String> {
    if year == MENDED_YEAR {
        let mended = MENDED_DAYS.iter().filter_map(|(month, day, name)| {
            Some((
                NaiveDate::from_ymd_opt(year, *month, *day)?,
                (*name).to_owned(),
            ))
        });
        return mended.collect();
    }
    JPHoliday::new()
        .year_holidays(year)
        .into_iter()
        .map(|(date, name)| (date, plain(name)))
        .collect()
}

/// 「こどもの日 振替休日」 is a 「振替休日」 to everybody else.
fn plain(name: String) -> String {
    if name.ends_with(SUBSTITUTE) {
        SUBSTITUTE.to_owned()
    } else {
        name
    }
}
