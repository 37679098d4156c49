//! Dates with the era beside the year (和暦), as municipal papers write them.

use chrono::{Datelike, NaiveDate};

/// 「2026年（令和8年）11月21日」; before 令和 without an era.
pub fn with_era(date: NaiveDate) -> String {
    let rest = format!("{}月{}日", date.month(), date.day());
    match reiwa(date) {
        Some(1) => format!("{}年（令和元年）{rest}", date.year()),
        Some(year) => format!("{}年（令和{year}年）{rest}", date.year()),
        None => format!("{}年{rest}", date.year()),
    }
}

/// The year of 令和, which began on 2019-05-01 (平成31年政令第143号).
fn reiwa(date: NaiveDate) -> Option<i32> {
    let began = (2019, 5, 1);
    ((date.year(), date.month(), date.day()) >= began).then(|| date.year() - 2018)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_era_begins_on_the_first_of_may_2019() {
        for ((year, month, day), text) in [
            ((2019, 4, 30), "2019年4月30日"),
            ((2019, 5, 1), "2019年（令和元年）5月1日"),
            ((2026, 11, 21), "2026年（令和8年）11月21日"),
        ] {
            assert_eq!(
                with_era(NaiveDate::from_ymd_opt(year, month, day).unwrap()),
                text
            );
        }
    }
}
