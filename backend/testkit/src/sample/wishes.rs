//! What people wish for: more in the evening and at weekends, less at noon on a Tuesday.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc, Weekday};
use domain::calendar::Holidays;
use domain::civil::{self, TimeOfDay};
use domain::figures::blocks_on;
use domain::span::Span;
use domain::town::{Facility, Room, SlotRule};
use usecases::ports::chance::Chance as _;

use super::Ground;

/// Days before today and after it.
const DAYS: i64 = 31;

/// Somebody's wish.
pub(super) struct Wish {
    pub(super) facility: Arc<Facility>,
    pub(super) room: Arc<Room>,
    pub(super) span: Span,
    /// When they asked, UTC; never after now.
    pub(super) made_at: DateTime<Utc>,
    /// By themselves, not at the counter.
    pub(super) online: bool,
    /// Not over yet.
    pub(super) ahead: bool,
}

/// The wishes of two months, in the order in which they were made.
pub(super) fn of_town(ground: &Ground<'_>) -> Vec<Wish> {
    let holidays = Holidays::of(&ground.applied.town);
    let today = civil::date_at(ground.now);
    let mut wishes = Vec::new();
    for facility in &ground.applied.town.facilities {
        for room in &facility.rooms {
            for day in -DAYS..=DAYS {
                let date = today + Duration::days(day);
                let blocks = blocks_on(facility, room, &holidays, date);
                wishes.extend(on_a_day(ground, facility, room, date, &blocks));
            }
        }
    }
    wishes.sort_by_key(|wish| wish.made_at);
    wishes
}

fn on_a_day(
    ground: &Ground<'_>,
    facility: &Arc<Facility>,
    room: &Arc<Room>,
    date: NaiveDate,
    blocks: &[Span],
) -> Vec<Wish> {
    let mut wishes = Vec::new();
    let mut left = blocks;
    while let Some(first) = left.first() {
        let long = blocks_of(ground, room).min(left.len());
        let (span, likely) = match left.get(long.saturating_sub(1)) {
            Some(last) => (Span::new(first.start(), last.end()), percent(date, *first)),
            None => break,
        };
        // One that comes about takes its blocks; one that does not, only the first.
        let comes_about = ground.chance.below(100) < likely;
        left = left
            .get(if comes_about { long } else { 1 }..)
            .unwrap_or(&[]);
        let Ok(span) = span else { continue };
        if !comes_about {
            continue;
        }
        let (online, ahead) = (
            ground.chance.below(100) < 68,
            span.end().instant() >= ground.now,
        );
        wishes.push(Wish {
            facility: Arc::clone(facility),
            room: Arc::clone(room),
            span,
            // What is ahead is paid for over the counter, so it is made while that is open.
            made_at: asked_at(ground, date, online && !ahead),
            online,
            ahead,
        });
    }
    wishes
}

/// Some days before, and before today: at any time one is awake, or while the counter is open.
fn asked_at(ground: &Ground<'_>, date: NaiveDate, at_any_time: bool) -> DateTime<Utc> {
    let yesterday = civil::date_at(ground.now) - Duration::days(1);
    let day = date - Duration::days(i64::from(ground.chance.below(20) + 2));
    let (from, minutes) = if at_any_time {
        (7 * 60, 16 * 60)
    } else {
        (9 * 60, 8 * 60)
    };
    let minute = Duration::minutes(i64::from(from + ground.chance.below(minutes)));
    civil::instant(day.min(yesterday), TimeOfDay::MIDNIGHT) + minute
}

/// How many blocks one booking takes: a division, or two hours of a grid and a little more.
fn blocks_of(ground: &Ground<'_>, room: &Room) -> usize {
    let blocks = match &room.slots {
        SlotRule::Divisions(_) => 1,
        SlotRule::Grid {
            step_minutes,
            min_minutes,
            max_minutes,
        } => {
            let wanted = (90 + 30 * ground.chance.below(4)).min(u32::from(*max_minutes));
            wanted.max(u32::from(*min_minutes)) / u32::from((*step_minutes).max(1))
        }
    };
    usize::try_from(blocks.max(1)).unwrap_or(1)
}

/// How likely somebody wants a room then, percent, tried at each block.
fn percent(date: NaiveDate, first: Span) -> u32 {
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let (start, _) = first.times();
    let evening = start.minutes() >= 17 * 60;
    match (weekend, evening) {
        (_, true) => 34,
        (true, false) => 24,
        (false, false) => 9,
    }
}
