//! All the rules at once: what stands between somebody and a booking.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    AgeRuling, Counted, RuleRefusal, check_age, check_days_in_a_row, check_divisions,
    check_group_validity, check_quotas, reviews,
};
use crate::asker::{Asker, Booker};
use crate::calendar::{Holidays, OpenDays};
use crate::slots::slots_in;
use crate::span::Span;
use crate::town::{Facility, Room, SlotRule, Slug, Town};
use crate::window::{window_refusal, window_state};

/// What somebody applies for, and what is known of them (申込み).
#[derive(Clone, Copy, Debug)]
pub struct Application<'a> {
    /// Who.
    pub asker: Asker<'a>,
    /// Where.
    pub facility: &'a Facility,
    /// Which room.
    pub room: &'a Room,
    /// When: a time that the room is lent for.
    pub span: Span,
    /// What for.
    pub purpose: &'a Slug,
    /// Whoever books was born on that day, if anybody knows.
    pub birthdate: Option<NaiveDate>,
    /// The last day of the group's registration, when it is for a group.
    pub group_valid_until: Option<NaiveDate>,
    /// The bookings of whoever asks, their group and their household.
    pub bookings: &'a [Counted],
}

/// What has to happen before a booking stands (条件). It is kept with the booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Condition {
    /// Somebody looks at it first (審査).
    Review {
        /// What is looked at.
        label: String,
        /// The article.
        article: String,
    },
    /// A guardian agrees (保護者の同意).
    GuardianConsent {
        /// The article.
        article: String,
    },
}

/// Whether the town's rules let somebody book, and on which conditions. Says nothing about whether
/// the time is free, nor what it costs.
///
/// # Errors
/// Every refusal, that of the window first: each says what can be done about it, and whoever reads
/// one should not meet the next only after having mended it.
pub fn assess(
    town: &Town,
    holidays: &Holidays,
    application: &Application<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<Condition>, Vec<RuleRefusal>> {
    let Application {
        asker,
        facility,
        room,
        span,
        ..
    } = application;
    let booking = &facility.booking;
    let date = span.date();
    let window = &facility.window;
    let state = window_state(window, OpenDays::of(facility, holidays), asker, *span, now);
    let mut refusals: Vec<RuleRefusal> = window_refusal(state, facility, window, asker)
        .into_iter()
        .collect();
    let divided = matches!(room.slots, SlotRule::Divisions(_));
    if let Some(limit) = booking.max_divisions.as_ref().filter(|_| divided) {
        refusals.extend(check_divisions(limit, slots_in(room, *span)).err());
    }
    if let Some(limit) = &booking.max_days_in_a_row {
        let days = application.days_here();
        refusals.extend(check_days_in_a_row(limit, &days, date).err());
    }
    if let (Some(rule), Some(until)) = (&town.group, application.group_valid_until) {
        refusals.extend(check_group_validity(rule, until, date).err());
    }
    let wanted = (*facility, *room, *span);
    refusals.extend(check_quotas(
        &town.quotas,
        asker,
        wanted,
        application.bookings,
        now,
    ));
    let mut conditions: Vec<Condition> =
        reviews(&booking.reviews, application.purpose, asker.classes)
            .map(|rule| Condition::Review {
                label: rule.label.clone(),
                article: rule.article.clone(),
            })
            .collect();
    if let Some(rule) = &booking.age {
        match check_age(rule, application.birthdate, date) {
            Ok(AgeRuling::Fine) => {}
            Ok(AgeRuling::NeedsConsent) => conditions.push(Condition::GuardianConsent {
                article: rule.article.clone(),
            }),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if refusals.is_empty() {
        Ok(conditions)
    } else {
        Err(refusals)
    }
}

impl Application<'_> {
    /// The days on which the same person or group has this room already.
    fn days_here(&self) -> BTreeSet<NaiveDate> {
        let own = |it: &&Counted| match self.asker.booker {
            Booker::Person => it.ties.same_person,
            Booker::Group => it.ties.same_group,
        };
        self.bookings
            .iter()
            .filter(own)
            .filter(|it| it.room == self.room.id && it.state.holds_floor())
            .map(|it| it.span.date())
            .collect()
    }
}
