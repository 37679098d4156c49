//! The booking window (予約受付期間): from when until when a day can be booked, by whom and where.

mod opening;
mod refusal;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

pub(crate) use self::opening::opening_day;
pub use self::opening::{last_open_day, opens_at};
pub use self::refusal::window_refusal;
pub use crate::residency::Residence;

use crate::asker::Asker;
use crate::calendar::OpenDays;
use crate::civil::{self, TimeOfDay};
use crate::reservation::Channel;
use crate::span::Span;
use crate::town::{BookingWindow, Opening};

/// Where a time stands in its booking window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowState {
    /// Booking has not opened (受付前).
    NotYet {
        /// When it opens, UTC.
        opens_at: DateTime<Utc>,
    },
    /// Booking is open.
    Open {
        /// Until when, UTC; at that instant it has ended.
        until: DateTime<Utc>,
    },
    /// Online booking has ended, the desk may still help (電話・窓口).
    CounterOnly {
        /// The last day of online booking, in Japan.
        ended_on: NaiveDate,
    },
    /// Booking has ended for everybody (受付終了): it is too late to apply.
    Ended {
        /// The last day, in Japan.
        ended_on: NaiveDate,
    },
    /// The time of use has begun, or at the counter has ended.
    Past,
}

/// What a window says to one asker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    opening: &'a Opening,
    opens_at: TimeOfDay,
    lead_days: u32,
    article: &'a str,
}

impl BookingWindow {
    /// What holds for `asker`: the first exception that fits, and of what it leaves out what holds
    /// for everybody.
    pub(crate) fn terms(&self, asker: &Asker<'_>) -> Terms<'_> {
        let own = self.exceptions.iter().find(|it| it.who.fits(asker));
        Terms {
            opening: own
                .and_then(|it| it.opening.as_ref())
                .unwrap_or(&self.opening),
            opens_at: own.and_then(|it| it.opens_at).unwrap_or(self.opens_at),
            lead_days: own.and_then(|it| it.lead_days).unwrap_or(self.lead_days),
            article: own
                .and_then(|it| it.article.as_deref())
                .unwrap_or(&self.article),
        }
    }

    /// The article that holds for `asker`.
    #[must_use]
    pub fn article_for(&self, asker: &Asker<'_>) -> &str {
        self.terms(asker).article
    }
}

/// Where `span` stands at `now` for somebody.
///
/// The counter sells what the online window has let go of, and what has begun but not ended:
/// somebody comes at 9:10 for the morning. What has not opened for the counter, or is too late to
/// apply for, is neither there.
#[must_use]
pub fn window_state(
    window: &BookingWindow,
    days: OpenDays<'_>,
    asker: &Asker<'_>,
    span: Span,
    now: DateTime<Utc>,
) -> WindowState {
    let (start, end) = (span.start().instant(), span.end().instant());
    let over = match asker.channel {
        Channel::Online => start,
        Channel::Counter => end,
    };
    if now >= over {
        return WindowState::Past;
    }
    let terms = window.terms(asker);
    let opens_at = opening::of(&terms, window, days, span.date());
    if now < opens_at {
        return WindowState::NotYet { opens_at };
    }
    let too_late = (terms.lead_days > 0)
        .then(|| days_before(span.date(), terms.lead_days))
        .flatten();
    if let Some(ended_on) = too_late.filter(|day| now >= end_of(*day)) {
        return WindowState::Ended { ended_on };
    }
    let until = too_late.map_or(over, end_of);
    if asker.channel == Channel::Counter {
        return WindowState::Open { until };
    }
    match last_day_online(window, span.date()) {
        Some(ended_on) if now >= end_of(ended_on) => WindowState::CounterOnly { ended_on },
        Some(day) => WindowState::Open {
            until: until.min(end_of(day)),
        },
        None => WindowState::Open { until },
    }
}

/// The last day of online booking for a day of use; `None` when that is the start itself.
fn last_day_online(window: &BookingWindow, date: NaiveDate) -> Option<NaiveDate> {
    let by_days = (window.closes_days_before > 0)
        .then(|| days_before(date, window.closes_days_before))
        .flatten();
    let by_months = (window.closes_months_before > 0)
        .then(|| date.checked_sub_months(Months::new(window.closes_months_before)))
        .flatten();
    by_days.into_iter().chain(by_months).min()
}

fn days_before(date: NaiveDate, days: u32) -> Option<NaiveDate> {
    date.checked_sub_days(Days::new(u64::from(days)))
}

fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = TimeOfDay::MIDNIGHT.plus_minutes(24 * 60);
    civil::instant(day, midnight.unwrap_or(TimeOfDay::MIDNIGHT))
}
