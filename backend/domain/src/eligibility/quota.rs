//! Quotas (利用回数の上限): how much one person, group or household may have in a period.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use super::{NextStep, RuleRefusal, Why};
use crate::asker::{Asker, Booker};
use crate::civil;
use crate::reservation::StateName;
use crate::slots::slots_in;
use crate::span::Span;
use crate::town::{
    Facility, QuotaAmount, QuotaCounts, QuotaHolder, QuotaPeriod, QuotaRule, Room, Slug, Town,
};
use crate::window::opening_day;

/// How many periods ahead a free one is looked for.
const PERIODS_AHEAD: usize = 60;

/// A booking as far as quotas ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The facility.
    pub facility: Slug,
    /// The room.
    pub room: Slug,
    /// Its time.
    pub span: Span,
    /// How many slots it is, see [`slots_in`].
    pub slots: u32,
    /// Its state: what gave its floor back does not count.
    pub state: StateName,
    /// What it shares with whoever asks now.
    pub ties: Ties,
}

/// What a booking shares with whoever asks (同じ人・同じ団体・同じ世帯).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// The same person booked it for themselves.
    pub same_person: bool,
    /// It is for the same group.
    pub same_group: bool,
    /// Somebody of the same household booked it for themselves.
    pub same_household: bool,
}

/// Every quota that a booking of `room` at `span` would go beyond: as many as there are, in the
/// order of the file, because each has its own way on.
///
/// `bookings` are those of whoever asks, of their group and of their household; what else is among
/// them is passed over.
#[must_use]
pub fn check_quotas(
    rules: &[QuotaRule],
    asker: &Asker<'_>,
    (facility, room, span): (&Facility, &Room, Span),
    bookings: &[Counted],
    now: DateTime<Utc>,
) -> Vec<RuleRefusal> {
    let today = civil::date_at(now);
    let wanted = Amounts::of(span, slots_in(room, span));
    rules
        .iter()
        .filter(|rule| rule.holds_for(asker, facility, room, span.date(), today))
        .filter_map(|rule| {
            let used = |period| rule.used(bookings, period);
            let most = rule.most.get();
            let more = wanted.measure(rule.most);
            let fits = |period| used(period) <= most.saturating_sub(more) && more <= most;
            let period = Period::of(rule.within, span.date(), today);
            if fits(period) {
                return None;
            }
            Some(RuleRefusal {
                why: Why::QuotaReached {
                    label: rule.label.clone(),
                    most: rule.most,
                    used: used(period),
                },
                article: rule.article.clone(),
                next: rule.next_steps(more > most, period, fits),
            })
        })
        .collect()
}

/// From which day of use on the bookings of whoever asks have to be known, so that a booking of `room`
/// on `date` can be looked at by all rules that count; `None` where no rule counts any.
#[must_use]
pub fn counted_from(
    town: &Town,
    facility: &Facility,
    room: &Room,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Option<NaiveDate> {
    let today = civil::date_at(now);
    let quotas = town
        .quotas
        .iter()
        .filter(|rule| rule.is_about(&facility.id, &room.id))
        .map(|rule| Period::of(rule.within, date, today).counts_from());
    let in_a_row = facility.booking.max_days_in_a_row.as_ref();
    let in_a_row = in_a_row.and_then(|limit| date.checked_sub_days(Days::new(limit.most.into())));
    quotas.chain(in_a_row).min()
}

impl QuotaRule {
    fn holds_for(
        &self,
        asker: &Asker<'_>,
        facility: &Facility,
        room: &Room,
        date: NaiveDate,
        today: NaiveDate,
    ) -> bool {
        let holder = match self.per {
            QuotaHolder::Group => asker.booker == Booker::Group,
            QuotaHolder::Person | QuotaHolder::Household => asker.booker == Booker::Person,
        };
        let lifted = self
            .lifted_from
            .as_ref()
            .and_then(|from| opening_day(from, date))
            .is_some_and(|from| from <= today);
        holder && !lifted && self.who.fits(asker) && self.is_about(&facility.id, &room.id)
    }

    fn is_about(&self, facility: &Slug, room: &Slug) -> bool {
        let everywhere = self.facilities.is_empty() && self.rooms.is_empty();
        everywhere || self.facilities.contains(facility) || self.rooms.contains(room)
    }

    /// How much of it is used in a period, in its own measure.
    fn used(&self, bookings: &[Counted], period: Period) -> u32 {
        bookings
            .iter()
            .filter(|it| self.is_about(&it.facility, &it.room) && self.counts(it))
            .filter(|it| period.contains(it.span.date()))
            .map(|it| Amounts::of(it.span, it.slots).measure(self.most))
            .fold(0, u32::saturating_add)
    }

    fn counts(&self, booking: &Counted) -> bool {
        let theirs = match self.per {
            QuotaHolder::Person => booking.ties.same_person,
            QuotaHolder::Group => booking.ties.same_group,
            QuotaHolder::Household => booking.ties.same_person || booking.ties.same_household,
        };
        let standing = match self.counts {
            QuotaCounts::All => booking.state.holds_floor(),
            QuotaCounts::Unpaid => matches!(
                booking.state,
                StateName::Held | StateName::AwaitingReview | StateName::AwaitingPayment
            ),
        };
        theirs && standing
    }

    fn next_steps(
        &self,
        too_much_at_once: bool,
        period: Period,
        fits: impl Fn(Period) -> bool,
    ) -> Vec<NextStep> {
        if too_much_at_once {
            return vec![NextStep::AskForLess];
        }
        let later = std::iter::successors(period.next(), Period::next)
            .take(PERIODS_AHEAD)
            .find(|period| fits(*period))
            .and_then(Period::first)
            .map(|date| NextStep::ChooseDayFrom { date });
        let pay = (self.counts == QuotaCounts::Unpaid).then_some(NextStep::PayFirst);
        pay.into_iter()
            .chain(later)
            .chain([NextStep::CancelOne])
            .collect()
    }
}

#[derive(Clone, Copy)]
struct Amounts {
    slots: u32,
    minutes: u32,
}

impl Amounts {
    fn of(span: Span, slots: u32) -> Self {
        Self {
            slots,
            minutes: span.minutes(),
        }
    }

    const fn measure(self, by: QuotaAmount) -> u32 {
        match by {
            QuotaAmount::Bookings(_) => 1,
            QuotaAmount::Slots(_) => self.slots,
            QuotaAmount::Minutes(_) => self.minutes,
        }
    }
}

/// The days of use that count together.
#[derive(Clone, Copy)]
enum Period {
    /// All there are at one time: those whose day has not passed.
    Always { today: NaiveDate },
    Days {
        kind: QuotaPeriod,
        first: NaiveDate,
        until: NaiveDate,
    },
}

impl Period {
    fn of(kind: QuotaPeriod, date: NaiveDate, today: NaiveDate) -> Self {
        let first = match kind {
            QuotaPeriod::Always => return Self::Always { today },
            QuotaPeriod::UseDay => Some(date),
            QuotaPeriod::UseWeek => {
                date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
            }
            QuotaPeriod::UseMonth => date.with_day(1),
            QuotaPeriod::UseFiscalYear => {
                let year = date.year() - i32::from(date.month() < 4);
                NaiveDate::from_ymd_opt(year, 4, 1)
            }
        };
        let first = first.unwrap_or(date);
        let until = match kind {
            QuotaPeriod::UseDay | QuotaPeriod::Always => first.checked_add_days(Days::new(1)),
            QuotaPeriod::UseWeek => first.checked_add_days(Days::new(7)),
            QuotaPeriod::UseMonth => first.checked_add_months(Months::new(1)),
            QuotaPeriod::UseFiscalYear => first.checked_add_months(Months::new(12)),
        };
        Self::Days {
            kind,
            first,
            until: until.unwrap_or(NaiveDate::MAX),
        }
    }

    fn contains(self, date: NaiveDate) -> bool {
        match self {
            Self::Always { today } => today <= date,
            Self::Days { first, until, .. } => first <= date && date < until,
        }
    }

    fn next(&self) -> Option<Self> {
        match self {
            Self::Always { .. } => None,
            // A period of days does not ask which day it is today.
            Self::Days { kind, until, .. } => Some(Self::of(*kind, *until, *until)),
        }
    }

    const fn first(self) -> Option<NaiveDate> {
        match self {
            Self::Always { .. } => None,
            Self::Days { first, .. } => Some(first),
        }
    }

    const fn counts_from(self) -> NaiveDate {
        match self {
            Self::Always { today } => today,
            Self::Days { first, .. } => first,
        }
    }
}
