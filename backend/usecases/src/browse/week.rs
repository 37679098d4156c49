//! One room for seven days.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use contract::{Call, Outcome, WeekDay, WeekView};
use domain::availability::day_slots;
use domain::calendar::OpenDays;
use domain::town::Slug;
use domain::window::last_open_day;

use super::day::slot_view;
use super::{Floor, Looker};
use crate::desk::Desk;

/// A week.
const DAYS: u64 = 7;

impl Desk {
    /// Seven days from `from`.
    pub(crate) async fn week_view(
        &self,
        call: &Call,
        room: &Slug,
        from: NaiveDate,
    ) -> Outcome<WeekView> {
        self.week_for(call, Looker::online(call), room, from).await
    }

    /// The same as somebody else would find it.
    pub(crate) async fn week_for(
        &self,
        call: &Call,
        looker: Looker,
        room: &Slug,
        from: NaiveDate,
    ) -> Outcome<WeekView> {
        let (floor, claimed) = Floor::survey(self, call, looker, |floor| {
            let (_, room) = floor.room(room)?;
            Ok(floor.question(&room.units, from, DAYS))
        })
        .await?;
        let (facility, room) = floor.room(room)?;
        let look = floor.look(facility, &claimed);
        let day = |date| {
            let (closed, slots) = match day_slots(facility, room, date, look) {
                Ok(slots) => (None, slots),
                Err(reason) => (Some(reason), Vec::new()),
            };
            WeekDay {
                date,
                holiday: floor.holidays.name(date).map(str::to_owned),
                closed,
                slots: slots
                    .into_iter()
                    .map(|slot| slot_view(&floor, room, slot))
                    .collect(),
            }
        };
        let days: Vec<WeekDay> = (0..DAYS)
            .filter_map(|days| from.checked_add_days(Days::new(days)))
            .map(day)
            .collect();
        let any_free = days
            .iter()
            .flat_map(|day| &day.slots)
            .any(|slot| slot.status.is_bookable());
        let next_free = if any_free {
            None
        } else {
            floor.later(facility, [room.as_ref()], from).await?
        };
        let last_day = last_open_day(
            &facility.window,
            OpenDays::of(facility, &floor.holidays),
            &floor.asker(facility),
            call.now(),
        );
        Ok(WeekView {
            next_free,
            facility: Arc::clone(facility),
            room: Arc::clone(room),
            days,
            first_day: floor.today,
            last_day: last_day.unwrap_or(floor.today),
        })
    }
}
