//! Why a rule says no, and what can be done next.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::civil;
use crate::money::Yen;
use crate::town::{AgeFrom, QuotaAmount};

/// A rule says no (お断り): why, by which article, and what can be done next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}（{article}）")]
pub struct RuleRefusal {
    /// Why.
    pub why: Why,
    /// The article that says so.
    pub article: String,
    /// What can be done next (次にできること), the best first; never empty.
    pub next: Vec<NextStep>,
}

impl RuleRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.why.code()
    }
}

/// Why a rule says no (お断りの理由).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Booking has not opened.
    #[error("まだ受付を始めていません")]
    WindowNotYet {
        /// When it opens, UTC.
        opens_at: DateTime<Utc>,
    },
    /// Online booking has ended.
    #[error("インターネットでの受付は終わりました")]
    WindowCounterOnly {
        /// The last day of online booking, in Japan.
        ended_on: NaiveDate,
    },
    /// It is too late to apply.
    #[error("申込みの期限を過ぎました")]
    WindowEnded {
        /// The last day, in Japan.
        ended_on: NaiveDate,
    },
    /// The time has passed.
    #[error("利用時間を過ぎています")]
    Past,
    /// As much as one may have is booked.
    #[error("「{label}」の上限に達しています（上限 {most}、予約済み {used}）")]
    QuotaReached {
        /// What the quota is called.
        label: String,
        /// How much one may have.
        most: QuotaAmount,
        /// How much one has, in the same measure.
        used: u32,
    },
    /// More divisions in a row than are lent at once.
    #[error("一度に予約できるのは{most}区分までです")]
    TooManyDivisions {
        /// How many there can be.
        most: u32,
    },
    /// More days in a row than the place is lent.
    #[error("続けて利用できるのは{most}日までです")]
    TooManyDays {
        /// How many there can be.
        most: u32,
    },
    /// Too young on the day.
    #[error("利用できるのは{from}です")]
    TooYoung {
        /// From which age on.
        from: AgeFrom,
    },
    /// The date of birth is not known, and the rule asks for it.
    #[error("生年月日を確かめられません")]
    BirthdateUnknown,
    /// Too few people for a group.
    #[error("団体登録には{least}人以上が必要です")]
    GroupTooSmall {
        /// How many it takes.
        least: u32,
    },
    /// The group's registration does not reach to the day of use.
    #[error("団体登録の有効期限（{}）より後の日です", civil::full_date(*.valid_until))]
    GroupExpired {
        /// Its last day.
        valid_until: NaiveDate,
    },
    /// The time of use has begun.
    #[error("利用開始時刻を過ぎたため、変更できません")]
    ChangeStarted,
    /// The last day for changes has passed.
    #[error("変更できる期限を過ぎました")]
    ChangeTooLate {
        /// The last day, in Japan.
        last_day: NaiveDate,
    },
    /// It was changed as often as it can be.
    #[error("変更できるのは{most}回までです")]
    ChangedTooOften {
        /// How often it can be.
        most: u32,
    },
    /// Another day, time or room is a new booking here.
    #[error("別の日・別の時間・別の室場への変更は、取消しと新しい予約になります")]
    ChangeIsNewBooking,
    /// An amount out of the rule needs a reason that the town knows.
    #[error("規則と違う額の還付には、町が定めた理由が必要です")]
    OverrideReasonUnknown,
    /// More than was paid.
    #[error("還付できるのは、お支払いの{paid}までです")]
    RefundTooMuch {
        /// What was paid, yen.
        paid: Yen,
    },
}

impl Why {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WindowNotYet { .. } => "window.not_yet",
            Self::WindowCounterOnly { .. } => "window.counter_only",
            Self::WindowEnded { .. } => "window.ended",
            Self::Past => "slot.past",
            Self::QuotaReached { .. } => "quota.reached",
            Self::TooManyDivisions { .. } => "quota.divisions",
            Self::TooManyDays { .. } => "quota.days_in_a_row",
            Self::TooYoung { .. } => "age.too_young",
            Self::BirthdateUnknown => "age.unknown",
            Self::GroupTooSmall { .. } => "group.too_small",
            Self::GroupExpired { .. } => "group.expired",
            Self::ChangeStarted => "change.started",
            Self::ChangeTooLate { .. } => "change.too_late",
            Self::ChangedTooOften { .. } => "change.too_often",
            Self::ChangeIsNewBooking => "change.new_booking",
            Self::OverrideReasonUnknown => "refund.override_reason",
            Self::RefundTooMuch { .. } => "refund.too_much",
        }
    }
}

/// What can be done next (次にできること), as data for the screens' words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum NextStep {
    /// Book from this instant on.
    BookFrom {
        /// UTC.
        opens_at: DateTime<Utc>,
    },
    /// Call or come to the desk.
    AskDesk {
        /// Its telephone number.
        phone: String,
    },
    /// Choose a day of use from this one on.
    ChooseDayFrom {
        /// The day, in Japan.
        date: NaiveDate,
    },
    /// Choose another time.
    ChooseAnotherTime,
    /// Ask for less.
    AskForLess,
    /// Cancel a booking that is not needed.
    CancelOne,
    /// Pay what is not paid.
    PayFirst,
    /// Let a guardian or another grown-up book.
    AskGrownUp,
    /// Sign in with the card, or show a paper with the date of birth at the desk.
    ShowBirthdate,
    /// Renew the group's registration.
    RenewGroup {
        /// From this day on, in Japan.
        from: NaiveDate,
    },
    /// Find more members.
    FindMembers,
    /// Cancel this booking and make another.
    CancelAndRebook,
    /// Choose one of the town's reasons.
    ChooseReason,
}
