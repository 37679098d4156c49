use std::sync::Arc;

use uuid::Uuid;

use super::*;
use crate::availability::ClosedReason;
use crate::samples;
use crate::town::{ClosingRule, HolidayChange, OneOff, RoomPrice};

fn booking(number: u128, room: &str, date: &str, start: &str, end: &str) -> Standing {
    let json = format!(
        r#"{{"room":"{room}","date":"{date}","start":"{start}","end":"{end}","people":8}}"#
    );
    Standing {
        reservation: ReservationId(Uuid::from_u128(number)),
        request: serde_json::from_str(&json).unwrap(),
    }
}

fn bookings() -> Vec<Standing> {
    vec![
        booking(1, "meeting", "2026-11-17", "08:30", "12:30"),
        booking(2, "meeting", "2026-11-24", "08:30", "12:30"), // closed: 11/23 moves here
        booking(3, "study", "2026-11-23", "10:00", "12:00"),   // a holiday Monday: open
        booking(4, "gym-whole", "2026-11-23", "18:00", "20:00"),
    ]
}

fn numbers(touched: &[Touched]) -> Vec<u128> {
    touched
        .iter()
        .map(|it| it.reservation.0.as_u128())
        .collect()
}

#[test]
fn the_same_town_touches_nothing() {
    let town = samples::town();
    assert_eq!(touched(&town, &town, &bookings()), Vec::new());
}

/// Scenario 38: 祝日表更新 → 影響予約と料金区分差を一覧.
#[test]
fn a_changed_holiday_names_the_bookings_of_that_day() {
    let before = samples::town();
    let mut after = before.clone();
    after.holidays.push(HolidayChange {
        date: "2026-11-23".parse().unwrap(),
        name: "勤労感謝の日".into(),
        off: true,
    });
    let found = touched(&before, &after, &bookings());
    // The hall rests on that Monday now; the gym has no closing day, but the day's class changes.
    assert_eq!(numbers(&found), [3, 4]);
    assert_eq!(
        found[0].not_lent,
        Some(NotLent::Refused(SlotRefusal::Closed {
            date: "2026-11-23".parse().unwrap(),
            reason: ClosedReason::Weekly,
        }))
    );
    assert_eq!(found[1].not_lent, None);
    let names = (Some("勤労感謝の日".to_owned()), None);
    assert_eq!(found[1].holiday, Some(names));
}

#[test]
fn a_new_closing_day_a_lost_room_and_a_new_price_are_named() {
    let before = samples::town();
    let mut after = before.clone();
    let gym = Arc::make_mut(&mut after.facilities[0]);
    let whole = Arc::make_mut(&mut gym.rooms[0]);
    whole.tariffs[0].price = RoomPrice::PerHour {
        yen: Yen::new(250),
        max_hours: None,
    };
    let hall = Arc::make_mut(&mut after.facilities[1]);
    hall.rooms.retain(|room| room.id.as_str() != "study");
    hall.closing = ClosingRule {
        once: vec![OneOff {
            from: "2026-11-16".parse().unwrap(),
            to: "2026-11-18".parse().unwrap(),
            open: vec![],
            note: "選挙".into(),
        }],
        ..hall.closing.clone()
    };
    let found = touched(&before, &after, &bookings());
    assert_eq!(numbers(&found), [1, 3, 4]);
    assert!(matches!(
        found[0].not_lent,
        Some(NotLent::Refused(SlotRefusal::Closed { .. }))
    ));
    assert_eq!(found[0].fee, None);
    assert_eq!(found[1].not_lent, Some(NotLent::NoRoom));
    assert_eq!(found[1].fee, Some((Some(Yen::new(110)), None)));
    assert_eq!(found[2].not_lent, None);
    let fees = (Some(Yen::new(400)), Some(Yen::new(500)));
    assert_eq!(found[2].fee, Some(fees));
}
