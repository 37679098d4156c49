//! Facilities for the tests of this crate, in the shapes real ordinances have.

use chrono::Weekday;

use crate::town::{ClosingRule, Facility, Town};

/// A small town after 精華町 and 伊豆の国市: the 精華西中 gym (V3) and a hall with divisions (V1).
pub fn town() -> Town {
    toml::from_str(include_str!("../tests/sample.toml")).unwrap()
}

/// The gym: two fixed divisions of two hours, 全面 with its halves, lighting (V3).
pub fn gym() -> Facility {
    Facility::clone(&town().facilities[0])
}

/// The hall: 会議室 in divisions (V1) and 研修室 by the hour (V6).
pub fn hall() -> Facility {
    Facility::clone(&town().facilities[1])
}

/// 川越町 [S53]: Mondays, the next weekday when a holiday, and year-end.
pub fn closing_on_mondays() -> ClosingRule {
    let rule = hall().closing;
    assert_eq!(rule.weekdays, [Weekday::Mon]);
    rule
}
