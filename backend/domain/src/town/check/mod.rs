//! Checking a town file (自治体設定の確認): `yoriai town check`.
//!
//! Either a [`Town`] that every rule of this crate can rely on, or all that is wrong with the file:
//! each problem with its line, what is wrong and how to mend it, in plain Japanese for the clerk
//! who wrote it.

mod attribute_rules;
mod booking_rules;
mod control_rules;
mod example_rules;
mod facility_rules;
mod lines;
mod option_rules;
mod price_rules;
mod reduction_rules;
mod refund_rules;
mod room_rules;
mod shape;
mod surcharge_rules;
mod table_rules;
mod tariff_rules;
mod town_rules;
mod when_rules;
mod window_rules;
mod wording;

#[cfg(test)]
mod tests;

use std::fmt;

use self::lines::{At, Lines};
use super::Town;

/// Something wrong in a town file (不備).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}行目: {}", self.line, self.message)
    }
}

/// The town that a file describes. The file is TOML in UTF-8; a byte order mark and Windows line
/// ends are fine.
///
/// # Errors
/// Every problem found, by line; never empty.
pub fn check(file: &[u8]) -> Result<Town, Vec<Problem>> {
    let (lines, town) = shape::read(file)?;
    let mut findings = Findings::new(&lines);
    town_rules::check(&town, &mut findings);
    attribute_rules::check(&town, &mut findings);
    reduction_rules::check(&town, &mut findings);
    booking_rules::check_town(&town, &mut findings);
    for (n, facility) in town.facilities.iter().enumerate() {
        let at = At::top().key("facility").index(n);
        facility_rules::check(&town, facility, &at, &mut findings);
        for (n, room) in facility.rooms.iter().enumerate() {
            let at = at.key("room").index(n);
            room_rules::check(&town, facility, room, &at, &mut findings);
        }
    }
    if findings.problems.is_empty() {
        example_rules::check(&town, &mut findings);
        control_rules::check(&town, &mut findings);
    }
    findings.into_result(town)
}

/// What was found so far.
struct Findings<'a> {
    lines: &'a Lines<'a>,
    problems: Vec<Problem>,
}

impl<'a> Findings<'a> {
    const fn new(lines: &'a Lines<'a>) -> Self {
        Self {
            lines,
            problems: Vec::new(),
        }
    }

    /// Something wrong at a place of the file.
    fn add(&mut self, at: &At, message: impl Into<String>) {
        self.problems.push(Problem {
            line: self.lines.line_of(at),
            message: message.into(),
        });
    }

    /// A text that people read must say something.
    fn text(&mut self, at: &At, field: &'static str, text: &str) {
        if text.trim().is_empty() {
            self.add(
                &at.key(field),
                format!("「{field}」が空です。住民に見える言葉を書いてください"),
            );
        }
    }

    /// A rounding unit.
    fn rounding(&mut self, at: &At, unit: u32) {
        self.unit(&at.key("round_down_yen"), unit);
    }

    /// A unit of rounding, yen.
    fn unit(&mut self, at: &At, unit: u32) {
        if ![1, 10, 100, 1_000].contains(&unit) {
            self.add(
                at,
                "端数の単位は 1・10・100・1000 のどれかにしてください（10円未満切捨てなら 10）",
            );
        }
    }

    /// Each name of a list once.
    fn once<T: Ord>(
        &mut self,
        names: impl IntoIterator<Item = (At, T)>,
        message: impl Fn(&T) -> String,
    ) {
        let mut seen = std::collections::BTreeSet::new();
        for (at, name) in names {
            if seen.contains(&name) {
                self.add(&at, message(&name));
            } else {
                seen.insert(name);
            }
        }
    }

    fn into_result(mut self, town: Town) -> Result<Town, Vec<Problem>> {
        if self.problems.is_empty() {
            Ok(town)
        } else {
            self.problems.sort();
            self.problems.dedup();
            Err(self.problems)
        }
    }
}
