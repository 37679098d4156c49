//! What a use is like (利用の状況), as the conditions of a town file ask about it.

use std::cell::OnceCell;

use chrono::{Datelike, Weekday};

use super::{AttributeValue, QuoteRefusal, QuoteRequest};
use crate::calendar::Holidays;
use crate::span::{Cell, Span};
use crate::town::{AttributeKind, DayKind, Division, Room, Row, SlotRule, Slug, Town, When};

/// A request together with what follows from it.
pub(super) struct Circumstances<'a> {
    pub(super) town: &'a Town,
    pub(super) room: &'a Room,
    pub(super) request: &'a QuoteRequest,
    pub(super) span: Span,
    /// The divisions that lie in the span, in a row; none in a room without divisions.
    pub(super) divisions: &'a [Division],
    /// Minutes before the first and after the last division.
    pub(super) beside: (u32, u32),
    holiday: OnceCell<bool>,
}

impl<'a> Circumstances<'a> {
    pub(super) fn new(
        town: &'a Town,
        room: &'a Room,
        request: &'a QuoteRequest,
    ) -> Result<Self, QuoteRefusal> {
        if request.start >= request.end {
            return Err(QuoteRefusal::Empty);
        }
        let cell = |time| Cell::at(request.date, time).map_err(|_off| QuoteRefusal::OffGrid);
        let span = Span::new(cell(request.start)?, cell(request.end)?)
            .map_err(|_empty| QuoteRefusal::Empty)?;
        let (divisions, beside) = match &room.slots {
            SlotRule::Divisions(divisions) => {
                divisions_in(divisions, request).ok_or(QuoteRefusal::NotADivision)?
            }
            SlotRule::Grid { .. } => ([].as_slice(), (0, 0)),
        };
        Ok(Self {
            town,
            room,
            request,
            span,
            divisions,
            beside,
            holiday: OnceCell::new(),
        })
    }

    /// The first row that fits.
    pub(super) fn first_fit<'r, P>(&self, rows: &'r [Row<P>]) -> Option<&'r P> {
        let fits = |row: &&Row<P>| self.fit(&row.when);
        rows.iter().find(fits).map(|row| &row.price)
    }

    /// True when everything the condition asks for holds.
    pub(super) fn fit(&self, when: &When) -> bool {
        let minutes = u64::from(self.span.minutes());
        when.is.iter().all(|flag| self.flag(flag))
            && !when.not.iter().any(|flag| self.flag(flag))
            && when.choice.iter().all(|(attribute, fitting)| {
                fitting
                    .iter()
                    .any(|id| Some(id.as_str()) == self.choice(attribute))
            })
            && when
                .amount
                .iter()
                .all(|(attribute, range)| range.contains(self.amount(attribute)))
            && (when.days.is_empty() || when.days.iter().any(|kind| self.is_day(*kind)))
            && (when.seasons.is_empty()
                || when.seasons.iter().any(|it| it.contains(self.request.date)))
            && (when.divisions.is_empty()
                || self
                    .divisions
                    .iter()
                    .all(|it| when.divisions.contains(&it.id)))
            && (when.purposes.is_empty()
                || self
                    .request
                    .purpose
                    .as_ref()
                    .is_some_and(|it| when.purposes.contains(it)))
            && when
                .people
                .is_none_or(|range| range.contains(u64::from(self.request.people)))
            && when.minutes.is_none_or(|range| range.contains(minutes))
    }

    fn flag(&self, attribute: &Slug) -> bool {
        let value = self.request.attributes.get(attribute.as_str());
        value == Some(&AttributeValue::Flag(true))
    }

    /// An amount; 0 when not answered.
    pub(super) fn amount(&self, attribute: &Slug) -> u64 {
        match self.request.attributes.get(attribute.as_str()) {
            Some(AttributeValue::Amount(amount)) => *amount,
            _ => 0,
        }
    }

    /// A class; the first of the list when not answered.
    fn choice(&self, attribute: &Slug) -> Option<&str> {
        match self.request.attributes.get(attribute.as_str()) {
            Some(AttributeValue::Choice(id)) => Some(id),
            _ => {
                let known = self.town.attributes.iter().find(|it| it.id == *attribute)?;
                match &known.kind {
                    AttributeKind::Choice(choices) => choices.first().map(|it| it.id.as_str()),
                    AttributeKind::Flag | AttributeKind::Amount => None,
                }
            }
        }
    }

    fn is_day(&self, kind: DayKind) -> bool {
        let weekday = self.request.date.weekday();
        match kind {
            DayKind::Mon => weekday == Weekday::Mon,
            DayKind::Tue => weekday == Weekday::Tue,
            DayKind::Wed => weekday == Weekday::Wed,
            DayKind::Thu => weekday == Weekday::Thu,
            DayKind::Fri => weekday == Weekday::Fri,
            DayKind::Sat => weekday == Weekday::Sat,
            DayKind::Sun => weekday == Weekday::Sun,
            DayKind::Weekday => {
                !matches!(weekday, Weekday::Sat | Weekday::Sun) && !self.is_holiday()
            }
            DayKind::Holiday => self.is_holiday(),
        }
    }

    fn is_holiday(&self) -> bool {
        let find_out = || Holidays::of(self.town).contains(self.request.date);
        *self.holiday.get_or_init(find_out)
    }
}

/// The divisions that lie in the time asked for, and the minutes before and after them. `None` when
/// there are none, or when the time cuts into another one.
fn divisions_in<'a>(
    divisions: &'a [Division],
    request: &QuoteRequest,
) -> Option<(&'a [Division], (u32, u32))> {
    let inside = |it: &Division| request.start <= it.start && it.end <= request.end;
    let first = divisions.iter().position(inside)?;
    let last = divisions.iter().rposition(inside)?;
    let touched = |it: &&Division| request.start < it.end && it.start < request.end;
    let run = divisions.get(first..=last)?;
    if divisions.iter().filter(touched).count() != run.len() {
        return None;
    }
    let minutes = |from: crate::civil::TimeOfDay, until: crate::civil::TimeOfDay| {
        u32::from(until.minutes().saturating_sub(from.minutes()))
    };
    let before = minutes(request.start, run.first()?.start);
    let after = minutes(run.last()?.end, request.end);
    Some((run, (before, after)))
}
