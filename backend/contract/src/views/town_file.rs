//! Town files that somebody wrote and has not put in force (町ファイルの案): what they would do.

use chrono::NaiveDate;
use domain::ids::ReservationId;
use domain::reservation::StateName;
use domain::revision::Touched;
use domain::span::Span;
use domain::study::{RoomName, Study};
use domain::town::Problem;

/// Why a town file that somebody wrote cannot be tried (町ファイルの不備).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongFile {
    /// It is wrong: every problem, by line.
    Problems(Vec<Problem>),
    /// It is right, and another municipality's.
    Elsewhere {
        /// 全国地方公共団体コード.
        code: String,
        /// The name.
        name: String,
    },
}

/// A period of days of use (期間), both ends included. The end is not before the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

/// The end of a period lies before its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("期間の終わり（{to}）が始まり（{from}）より前です")]
pub struct NotAPeriod {
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// From the one day to the other.
    ///
    /// # Errors
    /// [`NotAPeriod`].
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self, NotAPeriod> {
        if from <= to {
            Ok(Self { from, to })
        } else {
            Err(NotAPeriod { from, to })
        }
    }

    /// One day.
    #[must_use]
    pub const fn day(date: NaiveDate) -> Self {
        Self {
            from: date,
            to: date,
        }
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> NaiveDate {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn to(self) -> NaiveDate {
        self.to
    }
}

/// What somebody wants to know about a proposed town file (使用料の見直し).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyFees {
    /// The file, TOML.
    pub file: String,
    /// The uses it is tried on.
    pub period: Period,
}

/// What the form begins with (見直しの入力).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyForm {
    /// The town file in force, to be changed.
    pub file: String,
    /// The fiscal year that ended last (前年度).
    pub period: Period,
}

/// What a proposal does to the uses of a period (見直しの試算).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyView {
    /// The uses it was tried on.
    pub period: Period,
    /// What it does to them.
    pub study: Study,
}

/// What a new version of the town file would touch (設定の変更の影響). Bears nobody's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownPreview {
    /// The version in force that it was held against; `None` where none is.
    pub version: Option<i32>,
    /// How many bookings stand and were looked at.
    pub standing: usize,
    /// Those that it touches, by start.
    pub touched: Vec<TouchedBooking>,
}

impl TownPreview {
    /// Of a town where nothing is in force, and so nothing stands.
    #[must_use]
    pub const fn of_nothing() -> Self {
        Self {
            version: None,
            standing: 0,
            touched: Vec::new(),
        }
    }
}

/// A booking that stands and would be touched (影響を受ける予約).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchedBooking {
    /// Which.
    pub id: ReservationId,
    /// Its number, as people read it aloud.
    pub number: String,
    /// Where, as booked.
    pub place: RoomName,
    /// When.
    pub span: Span,
    /// Where it stands.
    pub state: StateName,
    /// What would be another way.
    pub touched: Touched,
}
