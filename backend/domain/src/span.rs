//! Cells and spans: how time is cut for claims (占有).

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::civil::{self, TimeOfDay};

/// The length of a cell in minutes. Every claim is one unit for one cell.
pub const CELL_MINUTES: u16 = 30;

const MINUTES_A_DAY: i64 = 24 * 60;

/// Japan is nine hours ahead of UTC all year, minutes.
const JAPAN_IS_AHEAD: i64 = 9 * 60;

/// 1970-01-01 in days since 0000-12-31.
const DAYS_TO_THE_EPOCH: i32 = 719_163;

/// The start of a 30-minute cell (30分枠): whole minutes since 1970-01-01T00:00Z, a multiple of 30.
///
/// An integer, never a timestamp: SQLite compares timestamps by spelling, so two spellings of one
/// instant would both fit a UNIQUE key (DESIGN.md §3).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Cell(i64);

/// A time is not on the 30-minute grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("time is not on the 30-minute grid")]
pub struct OffGrid;

impl Cell {
    /// The cell that starts `minutes` after the epoch.
    ///
    /// # Errors
    /// [`OffGrid`] unless a multiple of 30.
    pub fn new(minutes: i64) -> Result<Self, OffGrid> {
        if minutes.rem_euclid(i64::from(CELL_MINUTES)) == 0 {
            Ok(Self(minutes))
        } else {
            Err(OffGrid)
        }
    }

    /// The cell that starts at a date and time of day in Japan.
    ///
    /// # Errors
    /// [`OffGrid`] unless the time is on the half hour.
    pub fn at(date: NaiveDate, time: TimeOfDay) -> Result<Self, OffGrid> {
        // Whole days and minutes: a search for free times asks this some ten thousand times.
        let days = i64::from(date.num_days_from_ce() - DAYS_TO_THE_EPOCH);
        Self::new(days * MINUTES_A_DAY + i64::from(time.minutes()) - JAPAN_IS_AHEAD)
    }

    /// The cell that is running at an instant.
    #[must_use]
    pub fn containing(instant: DateTime<Utc>) -> Self {
        let minutes = instant.timestamp().div_euclid(60);
        Self(minutes - minutes.rem_euclid(i64::from(CELL_MINUTES)))
    }

    /// Minutes since the epoch, as stored.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        self.0
    }

    /// The instant at which the cell starts.
    #[must_use]
    pub fn instant(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0 * 60, 0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// The cell `count` cells later.
    #[must_use]
    pub fn plus(self, count: i64) -> Self {
        Self(self.0 + count * i64::from(CELL_MINUTES))
    }
}

impl TryFrom<i64> for Cell {
    type Error = OffGrid;

    fn try_from(minutes: i64) -> Result<Self, Self::Error> {
        Self::new(minutes)
    }
}

impl From<Cell> for i64 {
    fn from(cell: Cell) -> Self {
        cell.0
    }
}

/// A bookable stretch of time (利用時間): half-open `[start, end)`, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawSpan", into = "RawSpan")]
pub struct Span {
    start: Cell,
    end: Cell,
}

/// The end of a span is not after its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a span must end after it starts")]
pub struct EmptySpan;

#[derive(Serialize, Deserialize)]
struct RawSpan {
    start: Cell,
    end: Cell,
}

impl TryFrom<RawSpan> for Span {
    type Error = EmptySpan;

    fn try_from(raw: RawSpan) -> Result<Self, Self::Error> {
        Self::new(raw.start, raw.end)
    }
}

impl From<Span> for RawSpan {
    fn from(span: Span) -> Self {
        Self {
            start: span.start,
            end: span.end,
        }
    }
}

impl Span {
    /// From `start` up to but not including `end`.
    ///
    /// # Errors
    /// [`EmptySpan`] unless `start < end`.
    pub fn new(start: Cell, end: Cell) -> Result<Self, EmptySpan> {
        if start < end {
            Ok(Self { start, end })
        } else {
            Err(EmptySpan)
        }
    }

    /// The stretch of a day in Japan from `start` to `end`.
    ///
    /// # Errors
    /// [`crate::slots::SlotRefusal`] when a time is off the grid or the end is not after the start.
    pub fn on(
        date: NaiveDate,
        start: TimeOfDay,
        end: TimeOfDay,
    ) -> Result<Self, crate::slots::SlotRefusal> {
        use crate::slots::SlotRefusal;
        let cell = |time| Cell::at(date, time).map_err(|_off_grid| SlotRefusal::OffGrid);
        Self::new(cell(start)?, cell(end)?).map_err(|_empty| SlotRefusal::Empty)
    }

    /// The first cell.
    #[must_use]
    pub const fn start(self) -> Cell {
        self.start
    }

    /// The cell after the last one.
    #[must_use]
    pub const fn end(self) -> Cell {
        self.end
    }

    /// The length in minutes.
    #[must_use]
    pub fn minutes(self) -> u32 {
        u32::try_from(self.end.0 - self.start.0).unwrap_or(u32::MAX)
    }

    /// Every cell, in order.
    pub fn cells(self) -> impl Iterator<Item = Cell> {
        std::iter::successors(Some(self.start), |cell| Some(cell.plus(1)))
            .take_while(move |cell| *cell < self.end)
    }

    /// True when both share a cell.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when every cell of `other` is in this one.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The date in Japan on which the span starts (利用日).
    #[must_use]
    pub fn date(self) -> NaiveDate {
        civil::date_at(self.start.instant())
    }

    /// Start and end as times of day; an end at midnight reads 24:00.
    #[must_use]
    pub fn times(self) -> (TimeOfDay, TimeOfDay) {
        let of_day = |cell: Cell| {
            let midnight = civil::instant(self.date(), TimeOfDay::MIDNIGHT).timestamp() / 60;
            u16::try_from(cell.0 - midnight)
                .ok()
                .and_then(TimeOfDay::from_minutes)
        };
        (
            of_day(self.start).unwrap_or(TimeOfDay::MIDNIGHT),
            of_day(self.end).unwrap_or(TimeOfDay::MIDNIGHT),
        )
    }

    /// 「13:00–15:00」
    #[must_use]
    pub fn clock(self) -> String {
        let (start, end) = self.times();
        format!("{}–{}", start.clock(), end.clock())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: &str, end: &str) -> Span {
        let date = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
        Span::new(cell(start), cell(end)).unwrap()
    }

    #[test]
    fn neighbours_touch_but_do_not_overlap() {
        assert!(!span("09:00", "11:00").overlaps(span("11:00", "13:00")));
        assert!(span("09:00", "11:30").overlaps(span("11:00", "13:00")));
    }

    #[test]
    fn an_evening_that_ends_at_midnight_reads_as_24_00() {
        assert_eq!(span("22:00", "24:00").clock(), "22:00–24:00");
        assert_eq!(span("22:00", "24:00").cells().count(), 4);
    }

    #[test]
    fn a_cell_runs_from_its_start_until_just_before_the_next() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let cell = Cell::at(date, "14:00".parse().unwrap()).unwrap();
        let start = cell.instant();
        let almost = start + chrono::Duration::minutes(30) - chrono::Duration::microseconds(1);
        for instant in [start, almost] {
            assert_eq!(Cell::containing(instant), cell);
        }
        let before_the_epoch = DateTime::from_timestamp(-1, 0).unwrap();
        assert_eq!(Cell::containing(before_the_epoch).minutes(), -30);
    }

    #[test]
    fn off_grid_times_and_empty_spans_are_refused() {
        assert_eq!(Cell::new(31), Err(OffGrid));
        let cell = Cell::new(60).unwrap();
        assert_eq!(Span::new(cell, cell), Err(EmptySpan));
    }
}
