//! What a month's availability of 40 rooms costs, with every rule a calendar and a window can have,
//! once the claims are read: opening hours by season and weekday, closing days of every kind and
//! their chains, one-off days, a window that differs by person and channel, closures, and 3 of 5
//! times taken.
//!
//! ```text
//! cargo bench --package domain --bench month
//! ```

mod hall;

use std::hint::black_box;

use anyhow::{Context as _, Result};
use chrono::{Days, NaiveDate};
use criterion::Criterion;
use domain::asker::Asker;
use domain::availability::{Claimed, Look, SlotStatus, day_slots};
use domain::calendar::Holidays;
use domain::civil;
use domain::reservation::Channel;
use domain::town::Facility;
use domain::window::Residence;

/// 11 November to 11 December: a month that booking is open for in part, with holidays.
const DAYS: u64 = 31;

fn main() -> Result<()> {
    let town = hall::town()?;
    let facility = town.facilities.first().context("no facility")?;
    let first = NaiveDate::from_ymd_opt(2026, 11, 11).context("no day")?;
    let month: Vec<NaiveDate> = (0..DAYS)
        .filter_map(|ahead| first.checked_add_days(Days::new(ahead)))
        .collect();
    let holidays = Holidays::of(&town);
    let claimed = hall::claimed(facility, &holidays, &month);
    let look = Look {
        holidays: &holidays,
        claimed: &claimed,
        asker: Asker::person(Residence::Outside, Channel::Online),
        now: civil::instant(first, "12:00".parse()?),
    };
    let seen = statuses(facility, &month, look);
    println!(
        "{} rooms, {} days: {} slots, of which {} free",
        facility.rooms.len(),
        month.len(),
        seen.len(),
        seen.iter().filter(|it| it.is_bookable()).count(),
    );
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("month of 40 rooms", |bencher| {
        bencher.iter(|| statuses(black_box(facility), black_box(&month), look));
    });
    let empty = Claimed::default();
    let untaken = Look {
        claimed: &empty,
        ..look
    };
    criterion.bench_function("the same, nothing taken", |bencher| {
        bencher.iter(|| statuses(black_box(facility), black_box(&month), untaken));
    });
    criterion.final_summary();
    Ok(())
}

/// What every slot of every room on every day is.
fn statuses(facility: &Facility, month: &[NaiveDate], look: Look<'_>) -> Vec<SlotStatus> {
    let rooms = facility.rooms.iter();
    let days = rooms.flat_map(|room| month.iter().map(move |day| (room, *day)));
    days.filter_map(|(room, day)| day_slots(facility, room, day, look).ok())
        .flatten()
        .map(|slot| slot.status)
        .collect()
}
