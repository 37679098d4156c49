//! Until when a tier holds.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use super::Use;
use crate::civil;
use crate::town::Until;

/// True when `now` is in time.
pub(super) fn in_time(until: Until, used: Use<'_>, now: DateTime<Utc>) -> bool {
    match until {
        Until::Start => now < used.span.start().instant(),
        Until::DaysBefore(_) | Until::MonthsBefore(_) | Until::DaysAfter(_) => {
            last_day(until, used).is_some_and(|last| civil::date_at(now) <= last)
        }
    }
}

/// The last day, moved when the facility is closed on it and the town says so (scenario 43). A last
/// day before the use never moves beyond the day of use.
pub(super) fn last_day(until: Until, used: Use<'_>) -> Option<NaiveDate> {
    let date = used.span.date();
    let moved = |day| used.days.moved(day, used.facility.refund.on_closed_day);
    Some(match until {
        Until::DaysBefore(_) | Until::MonthsBefore(_) => moved(unmoved(until, date)?).min(date),
        Until::Start => date,
        Until::DaysAfter(_) => moved(unmoved(until, date)?),
    })
}

/// The last day by the count alone.
pub(crate) fn unmoved(until: Until, date: NaiveDate) -> Option<NaiveDate> {
    match until {
        Until::DaysBefore(days) => date.checked_sub_days(Days::new(u64::from(days))),
        Until::MonthsBefore(months) => date.checked_sub_months(Months::new(months)),
        Until::Start => Some(date),
        Until::DaysAfter(days) => date.checked_add_days(Days::new(u64::from(days))),
    }
}

/// 「利用日の7日前まで」
pub(super) fn words(until: Until) -> String {
    match until {
        Until::DaysBefore(0) => "利用日の当日まで".to_owned(),
        Until::DaysBefore(1) => "利用日の前日まで".to_owned(),
        Until::DaysBefore(days) => format!("利用日の{days}日前まで"),
        Until::MonthsBefore(months) => format!("利用日の{months}か月前まで"),
        Until::Start => "利用開始前".to_owned(),
        Until::DaysAfter(days) => format!("利用日の後{days}日まで"),
    }
}
