//! Which bookings a closure would hit.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::ClosureRefusal;
use crate::ids::ReservationId;
use crate::reservation::StateName;
use crate::slots::claims;
use crate::span::{Cell, Span};

/// A reservation as far as a closure asks. `U` names a unit: the store has ids, the rules slugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked<U> {
    /// Which one.
    pub reservation: ReservationId,
    /// The units it claims.
    pub units: BTreeSet<U>,
    /// Its time.
    pub span: Span,
    /// Its state.
    pub state: StateName,
}

/// What a closure would do to the bookings it meets (休館の影響), each list by start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact<U> {
    /// These are cancelled, refunded in full and told.
    pub cancelled: Vec<Booked<U>>,
    /// These people are inside: checked in, or their time has begun.
    pub inside: Vec<Booked<U>>,
    /// These keep their floor as a record of what was, and nobody is inside: missed or used.
    pub over: Vec<Booked<U>>,
}

/// What happens where people are inside (利用中の予約の扱い).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleInside {
    /// There is no closure while they are.
    Refuse,
    /// Their floor and time are left out of it.
    LeaveOut,
}

/// What closing `units` for `spans` would do to `bookings`, of which those elsewhere and those that
/// gave their floor back are passed over.
#[must_use]
pub fn impact<U: Ord + Clone>(
    units: &BTreeSet<U>,
    spans: &[Span],
    bookings: impl IntoIterator<Item = Booked<U>>,
    now: DateTime<Utc>,
) -> Impact<U> {
    let mut impact = Impact {
        cancelled: Vec::new(),
        inside: Vec::new(),
        over: Vec::new(),
    };
    for booked in bookings {
        let met = booked.state.holds_floor()
            && !booked.units.is_disjoint(units)
            && spans.iter().any(|span| span.overlaps(booked.span));
        if !met {
            continue;
        }
        let list = match booked.state {
            StateName::CheckedIn => &mut impact.inside,
            StateName::Confirmed if now >= booked.span.start().instant() => &mut impact.inside,
            StateName::Held
            | StateName::AwaitingReview
            | StateName::AwaitingPayment
            | StateName::Confirmed => &mut impact.cancelled,
            StateName::Completed | StateName::NoShow => &mut impact.over,
            StateName::Released | StateName::Cancelled | StateName::Refused => continue,
        };
        list.push(booked);
    }
    for list in [&mut impact.cancelled, &mut impact.inside, &mut impact.over] {
        list.sort_by_key(|booked| (booked.span, booked.reservation));
    }
    impact
}

impl<U: Ord + Clone> Impact<U> {
    /// True when nobody loses anything and nobody is inside.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.cancelled.is_empty() && self.inside.is_empty()
    }

    /// The claims of the closure, in (unit, cell) order: `units` for `spans`, without the floor of
    /// those who stay and without `closed`, the floor that another closure has already.
    ///
    /// # Errors
    /// [`ClosureRefusal::PeopleInside`] when they are and are not to be left out;
    /// [`ClosureRefusal::NothingToClose`] when nothing is left.
    pub fn claims<'a>(
        &'a self,
        units: &BTreeSet<U>,
        spans: &[Span],
        closed: impl IntoIterator<Item = (&'a BTreeSet<U>, Span)>,
        people_inside: PeopleInside,
    ) -> Result<BTreeSet<(U, Cell)>, ClosureRefusal> {
        if people_inside == PeopleInside::Refuse && !self.inside.is_empty() {
            return Err(ClosureRefusal::PeopleInside {
                count: self.inside.len(),
            });
        }
        let staying = self.inside.iter().chain(&self.over);
        let mut taken: BTreeSet<(U, Cell)> =
            spans.iter().flat_map(|span| claims(units, *span)).collect();
        let others = staying
            .map(|booked| (&booked.units, booked.span))
            .chain(closed);
        for (units, span) in others {
            for claim in claims(units, span) {
                taken.remove(&claim);
            }
        }
        if taken.is_empty() {
            return Err(ClosureRefusal::NothingToClose);
        }
        Ok(taken)
    }
}
