use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::calendar::Holidays;
use crate::civil;
use crate::money::Yen;
use crate::payment::{Means, PaymentMethod};
use crate::reservation::{CancelledBy, Channel, ReservationState};
use crate::samples;
use crate::span::Span;
use crate::town::{Facility, Slug};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn span(date: &str, start: &str, end: &str) -> Span {
    Span::on(day(date), start.parse().unwrap(), end.parse().unwrap()).unwrap()
}

fn november() -> Month {
    "2026-11".parse().unwrap()
}

fn offers(facility: &Facility, month: Month) -> Vec<RoomOffer> {
    let holidays = Holidays::national();
    facility
        .rooms
        .iter()
        .map(|room| RoomOffer::of(facility, room, &holidays, month))
        .collect()
}

fn booking(facility: &Facility, room: &str, span: Span) -> BookingRow {
    BookingRow {
        of: RoomRef {
            facility: facility.id.clone(),
            room: slug(room),
        },
        units: facility.room(&slug(room)).unwrap().units.clone(),
        span,
        attendance: Attendance::Unseen,
        channel: Channel::Online,
        accepted_on: Some(day("2026-10-05")),
    }
}

fn all_closed(facility: &Facility, span: Span) -> ClosedFloor {
    ClosedFloor {
        units: facility.unit_ids().cloned().collect(),
        span,
    }
}

fn reckon(
    offers: &[RoomOffer],
    closed: &[ClosedFloor],
    bookings: &[BookingRow],
    money: &[MoneyRow],
) -> Figures {
    let rows = Rows {
        offers,
        closed,
        bookings,
        money,
    };
    figures(november(), &rows)
}

fn of_room<'a>(figures: &'a Figures, room: &str) -> &'a RoomFigures {
    figures
        .facilities
        .iter()
        .flat_map(|facility| &facility.rooms)
        .find(|it| it.room.id == slug(room))
        .unwrap()
}

/// The gym opens two divisions every evening: 30 days, 60 blocks.
#[test]
fn both_definitions_of_occupancy_stand_side_by_side() {
    let gym = samples::gym();
    let offers = offers(&gym, november());
    let bookings = [
        booking(&gym, "gym-whole", span("2026-11-02", "18:00", "20:00")),
        booking(&gym, "gym-half-north", span("2026-11-02", "20:00", "22:00")),
        booking(&gym, "gym-half-north", span("2026-11-03", "18:00", "22:00")),
    ];
    let figures = reckon(&offers, &[], &bookings, &[]);
    let shares = |room| {
        let Tally { days, blocks, .. } = of_room(&figures, room).tally;
        (days.booked_share(), blocks.booked_share())
    };
    assert_eq!(
        shares("gym-half-north"),
        (Ratio::new(2, 30), Ratio::new(4, 60))
    );
    assert_eq!(
        shares("gym-half-south"),
        (Ratio::new(1, 30), Ratio::new(1, 60))
    );
    // Something stands on a part of it: the whole cannot be had.
    assert_eq!(shares("gym-whole"), (Ratio::new(2, 30), Ratio::new(4, 60)));
    let of_gym = &figures.facilities[0];
    assert_eq!(of_gym.total.blocks.booked_share(), Ratio::new(5, 120));
    assert_eq!(of_gym.total.days.booked_share(), Ratio::new(3, 60));
    assert_eq!(of_gym.total.bookings, 3);
    assert_eq!(of_room(&figures, "gym-whole").in_total, InTotal::OtherRooms);
    assert_eq!(
        of_room(&figures, "gym-half-north").in_total,
        InTotal::Counted
    );
    assert_eq!(figures.total, of_gym.total);
}

/// H 32.
#[test]
fn closures_and_closing_days_are_no_part_of_the_denominator() {
    let hall = samples::hall();
    let offers = offers(&hall, november());
    let meeting = |figures: &Figures| of_room(figures, "meeting").tally;
    let open = meeting(&reckon(&offers, &[], &[], &[]));
    // Mondays 2, 9, 16, 30 are closing days; 23 is a holiday and the rest moves to 24.
    assert_eq!((open.days.open, open.blocks.open), (25, 75));
    let works = [
        all_closed(&hall, span("2026-11-10", "08:30", "21:30")),
        // Touches the afternoon alone: the day stays open.
        all_closed(&hall, span("2026-11-11", "15:00", "16:00")),
        // On a closing day there is nothing to take away.
        all_closed(&hall, span("2026-11-16", "08:30", "21:30")),
    ];
    let less = meeting(&reckon(&offers, &works, &[], &[]));
    assert_eq!((less.days.open, less.blocks.open), (24, 71));
}

#[test]
fn a_room_on_a_grid_is_counted_by_its_steps() {
    let hall = samples::hall();
    let study = hall.room(&slug("study")).unwrap();
    let blocks = blocks_on(&hall, study, &Holidays::national(), day("2026-11-28"));
    assert_eq!(blocks.len(), 26);
    assert_eq!(blocks[0], span("2026-11-28", "08:30", "09:00"));
    assert_eq!(blocks[25], span("2026-11-28", "21:00", "21:30"));
    let bookings = [booking(
        &hall,
        "study",
        span("2026-11-28", "09:00", "11:00"),
    )];
    let figures = reckon(&offers(&hall, november()), &[], &bookings, &[]);
    let tally = of_room(&figures, "study").tally;
    assert_eq!(tally.blocks.booked_share(), Ratio::new(4, 25 * 26));
}

#[test]
fn what_is_left_after_the_last_whole_step_is_no_block() {
    let mut hall = samples::hall();
    std::sync::Arc::make_mut(&mut hall.rooms[1]).slots = crate::town::SlotRule::Grid {
        step_minutes: 120,
        min_minutes: 120,
        max_minutes: 240,
    };
    let blocks = blocks_on(
        &hall,
        &hall.rooms[1],
        &Holidays::national(),
        day("2026-11-28"),
    );
    assert_eq!(blocks.len(), 6);
    assert_eq!(blocks[5], span("2026-11-28", "18:30", "20:30"));
}

#[test]
fn booked_and_seen_are_told_apart_and_who_stayed_away_is_counted() {
    let gym = samples::gym();
    let on = |date, attendance| BookingRow {
        attendance,
        ..booking(&gym, "gym-half-north", span(date, "18:00", "20:00"))
    };
    let bookings = [
        on("2026-11-01", Attendance::CheckedIn),
        on("2026-11-02", Attendance::CheckedIn),
        on("2026-11-03", Attendance::NoShow),
        on("2026-11-04", Attendance::Unseen),
        on("2026-11-05", Attendance::Gone),
        on("2026-10-31", Attendance::CheckedIn),
        on("2026-12-01", Attendance::NoShow),
    ];
    let tally = of_room(
        &reckon(&offers(&gym, november()), &[], &bookings, &[]),
        "gym-half-north",
    )
    .tally;
    assert_eq!(
        (tally.bookings, tally.checked_in, tally.no_shows),
        (4, 2, 1)
    );
    assert_eq!(
        tally.blocks,
        Occupancy {
            open: 60,
            booked: 4,
            checked_in: 2
        }
    );
    assert_eq!(tally.days.checked_in_share(), Ratio::new(2, 30));
}

/// G: online ÷ all accepted, by the day of application; what was given up later was accepted.
#[test]
fn the_online_share_counts_what_people_applied_for_in_the_month() {
    let gym = samples::gym();
    let made = |on: Option<&str>, channel, attendance| BookingRow {
        accepted_on: on.map(day),
        channel,
        attendance,
        ..booking(&gym, "gym-whole", span("2027-01-10", "18:00", "20:00"))
    };
    let bookings = [
        made(Some("2026-11-01"), Channel::Online, Attendance::Unseen),
        made(Some("2026-11-30"), Channel::Online, Attendance::Gone),
        made(Some("2026-11-15"), Channel::Counter, Attendance::Unseen),
        made(Some("2026-10-31"), Channel::Counter, Attendance::Unseen),
        made(None, Channel::Online, Attendance::Gone),
    ];
    let figures = reckon(&offers(&gym, november()), &[], &bookings, &[]);
    assert_eq!(figures.total.online, Ratio::new(2, 3));
    assert_eq!(figures.total.bookings, 0);
}

#[test]
fn money_is_counted_where_and_when_it_moved() {
    let gym = samples::gym();
    let moved = |on, money| MoneyRow {
        of: RoomRef {
            facility: gym.id.clone(),
            room: slug("gym-whole"),
        },
        on: day(on),
        money,
    };
    let received = |on, means, yen| {
        let amount = Yen::new(yen);
        moved(on, Money::Received { means, amount })
    };
    let card = Means::Service(PaymentMethod::Card);
    let paypay = Means::Service(PaymentMethod::PayPay);
    let konbini = Means::Service(PaymentMethod::Konbini);
    let amount = Yen::new(400);
    let money = [
        received("2026-11-01", card, 800),
        received("2026-11-02", paypay, 1_200),
        received("2026-11-30", Means::Cash, 500),
        received("2026-11-30", konbini, 1_500),
        received("2026-11-30", card, 0),
        received("2026-12-01", card, 9_999),
        moved("2026-11-20", Money::Refunded { amount }),
        moved("2026-11-21", Money::Reduced { amount }),
        moved("2026-11-22", Money::Refunded { amount }),
        moved("2026-11-23", Money::CameBack { amount }),
        moved("2026-10-21", Money::Refunded { amount }),
    ];
    let figures = reckon(&offers(&gym, november()), &[], &[], &money);
    let tally = figures.total;
    assert_eq!(tally.received_yen, 4_000);
    assert_eq!((tally.refunded_yen, tally.reduced_yen), (400, 400));
    assert_eq!(tally.net_yen(), 3_600);
    assert_eq!(tally.cashless_count, Ratio::new(2, 4));
    assert_eq!(tally.cashless_yen, Ratio::new(2_000, 4_000));
    assert_eq!(of_room(&figures, "gym-whole").tally.received_yen, 4_000);
}

#[test]
fn a_month_of_refunds_alone_ends_below_nothing() {
    let gym = samples::gym();
    let row = MoneyRow {
        of: RoomRef {
            facility: gym.id.clone(),
            room: slug("gym-whole"),
        },
        on: day("2026-11-20"),
        money: Money::Refunded {
            amount: Yen::new(800),
        },
    };
    let figures = reckon(&offers(&gym, november()), &[], &[], &[row]);
    assert_eq!(figures.total.net_yen(), -800);
}

#[test]
fn nothing_of_nothing_is_no_share_and_nothing_of_something_is_zero() {
    let gym = samples::gym();
    let empty = reckon(&offers(&gym, november()), &[], &[], &[]).total;
    assert_eq!(empty.blocks.booked_share().to_string(), "0.0%");
    assert_eq!(empty.online.to_string(), "—");
    assert_eq!(empty.cashless_yen.to_string(), "—");
    let month: Vec<ClosedFloor> = november()
        .days()
        .map(|date| all_closed(&gym, span(&date.to_string(), "18:00", "22:00")))
        .collect();
    let closed = reckon(&offers(&gym, november()), &month, &[], &[]).total;
    assert_eq!(closed.days.open, 0);
    assert_eq!(closed.blocks.booked_share().to_string(), "—");
    assert_eq!(closed.days.checked_in_share().permille(), None);
    assert_eq!(reckon(&[], &[], &[], &[]).facilities, Vec::new());
}

#[test]
fn a_room_that_nothing_offers_any_more_keeps_its_bookings_and_money() {
    let gym = samples::gym();
    let mut gone = booking(&gym, "gym-whole", span("2026-11-02", "18:00", "20:00"));
    gone.of.room = slug("old-annex");
    let row = MoneyRow {
        of: gone.of.clone(),
        on: day("2026-11-02"),
        money: Money::Refunded {
            amount: Yen::new(100),
        },
    };
    let figures = reckon(&offers(&gym, november()), &[], &[gone], &[row]);
    assert_eq!(figures.facilities.len(), 1);
    let annex = of_room(&figures, "old-annex");
    assert_eq!(annex.room.name, "old-annex");
    assert_eq!((annex.tally.bookings, annex.tally.refunded_yen), (1, 100));
    assert_eq!(
        (figures.total.bookings, figures.total.refunded_yen),
        (1, 100)
    );
    assert_eq!(annex.tally.blocks, Occupancy::default());
}

#[test]
fn the_same_floor_is_counted_once_whatever_is_offered_on_it() {
    let gym = samples::gym();
    let total = |rooms: &[(&str, &[&str])]| {
        let template = offers(&gym, november()).swap_remove(0);
        let offers: Vec<RoomOffer> = rooms
            .iter()
            .map(|(room, units)| RoomOffer {
                room: Named {
                    id: slug(room),
                    name: (*room).to_owned(),
                },
                units: units.iter().map(|unit| slug(unit)).collect(),
                ..template.clone()
            })
            .collect();
        reckon(&offers, &[], &[], &[]).total.blocks.open
    };
    assert_eq!(total(&[("whole", &["a", "b"])]), 60);
    assert_eq!(
        total(&[
            ("whole", &["a", "b"]),
            ("half-a", &["a"]),
            ("half-b", &["b"])
        ]),
        120
    );
    assert_eq!(total(&[("hall", &["a"]), ("hall-again", &["a"])]), 60);
    // The smaller room leaves floor over: the whole keeps standing for it.
    assert_eq!(total(&[("whole", &["a", "b"]), ("half-a", &["a"])]), 120);
    assert_eq!(
        total(&[
            ("whole", &["a", "b", "c", "d"]),
            ("half", &["a", "b"]),
            ("other-half", &["c", "d"]),
            ("quarter-a", &["a"]),
            ("quarter-b", &["b"]),
        ]),
        180
    );
}

#[test]
fn attendance_follows_the_state() {
    let at = civil::instant(day("2026-11-02"), "18:00".parse().unwrap());
    let confirmed_at = at;
    for (state, attendance) in [
        (ReservationState::hold(at, 10), Attendance::Gone),
        (
            ReservationState::AwaitingPayment { due: at },
            Attendance::Gone,
        ),
        (ReservationState::Confirmed { at }, Attendance::Unseen),
        (
            ReservationState::CheckedIn { at, confirmed_at },
            Attendance::CheckedIn,
        ),
        (
            ReservationState::Completed {
                at,
                confirmed_at,
                checked_in_at: Some(at),
            },
            Attendance::CheckedIn,
        ),
        (
            ReservationState::Completed {
                at,
                confirmed_at,
                checked_in_at: None,
            },
            Attendance::Unseen,
        ),
        (
            ReservationState::NoShow { at, confirmed_at },
            Attendance::NoShow,
        ),
        (
            ReservationState::Cancelled {
                at,
                by: CancelledBy::Counter,
                reason: "電話".to_owned(),
            },
            Attendance::Gone,
        ),
    ] {
        assert_eq!(Attendance::of(&state), attendance, "{state:?}");
    }
}

#[test]
fn shares_are_read_with_one_decimal_a_half_rounded_up() {
    for (part, whole, text, permille) in [
        (0, 0, "—", None),
        (0, 7, "0.0%", Some(0)),
        (1, 3, "33.3%", Some(333)),
        (2, 3, "66.7%", Some(667)),
        (1, 2_000, "0.1%", Some(1)),
        (1, 2_001, "0.0%", Some(0)),
        (423, 1_000, "42.3%", Some(423)),
        (7, 7, "100.0%", Some(1_000)),
        (3, 2, "150.0%", Some(1_500)),
        (u64::MAX, u64::MAX, "100.0%", Some(1_000)),
    ] {
        let ratio = Ratio::new(part, whole);
        assert_eq!(ratio.to_string(), text, "{part}/{whole}");
        assert_eq!(ratio.permille(), permille, "{part}/{whole}");
    }
    assert_eq!(Ratio::new(423, 1_000).percent().as_deref(), Some("42.3"));
}

#[test]
fn a_month_is_a_year_and_a_month_and_nothing_else() {
    let february: Month = "2028-02".parse().unwrap();
    assert_eq!(february.last(), day("2028-02-29"));
    assert_eq!(february.days().count(), 29);
    assert_eq!(february.label(), "2028年2月");
    assert_eq!(february.previous().to_string(), "2028-01");
    assert_eq!(february.previous().previous().to_string(), "2027-12");
    assert_eq!(Month::of(day("2027-12-31")).next().to_string(), "2028-01");
    for wrong in [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "+026-11",
        "２０２６-11",
        "2026-11-01",
        "2026/11",
    ] {
        assert!(wrong.parse::<Month>().is_err(), "{wrong}");
    }
    let last = Month::of(NaiveDate::MAX);
    assert!(last.days().count() > 0 && last.next().contains(last.first()));
}

#[test]
fn figures_are_read_back_as_they_were_written() {
    let gym = samples::gym();
    let bookings = [booking(
        &gym,
        "gym-whole",
        span("2026-11-02", "18:00", "20:00"),
    )];
    let figures = reckon(&offers(&gym, november()), &[], &bookings, &[]);
    let json = serde_json::to_value(&figures).unwrap();
    assert_eq!(json["month"], "2026-11");
    assert_eq!(serde_json::from_value::<Figures>(json).unwrap(), figures);
}

/// The slow and obvious way: cell by cell, row by row.
fn by_hand(
    month: Month,
    offer: &RoomOffer,
    closed: &[ClosedFloor],
    bookings: &[BookingRow],
) -> (Occupancy, Occupancy) {
    let mut days = Occupancy::default();
    let mut blocks = Occupancy::default();
    for date in month.days() {
        let mut seen = [false; 3];
        for block in offer.blocks.iter().filter(|block| block.date() == date) {
            let met = |units: &BTreeSet<Slug>, span: Span| {
                units.iter().any(|unit| offer.units.contains(unit))
                    && block
                        .cells()
                        .any(|cell| span.cells().any(|other| other == cell))
            };
            if closed.iter().any(|floor| met(&floor.units, floor.span)) {
                continue;
            }
            blocks.open += 1;
            seen[0] = true;
            let standing = bookings.iter().filter(|row| met(&row.units, row.span));
            let standing: Vec<_> = standing
                .filter(|row| row.attendance != Attendance::Gone)
                .collect();
            if !standing.is_empty() {
                blocks.booked += 1;
                seen[1] = true;
            }
            if standing
                .iter()
                .any(|row| row.attendance == Attendance::CheckedIn)
            {
                blocks.checked_in += 1;
                seen[2] = true;
            }
        }
        days.open += u64::from(seen[0]);
        days.booked += u64::from(seen[1]);
        days.checked_in += u64::from(seen[2]);
    }
    (days, blocks)
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap()
}

fn any_bookings() -> impl Strategy<Value = Vec<BookingRow>> {
    let one = (
        0_usize..5,
        0_i64..33,
        0_i64..28,
        1_i64..9,
        0_usize..4,
        any::<bool>(),
        0_i64..70,
    );
    prop::collection::vec(one, 0..40).prop_map(|rows| {
        let town = samples::town();
        let rooms: Vec<_> = town
            .facilities
            .iter()
            .flat_map(|facility| facility.rooms.iter().map(move |room| (facility, room)))
            .collect();
        rows.into_iter()
            .map(|(room, date, from, cells, attendance, online, made)| {
                let (facility, room) = rooms[room];
                let first = day("2026-10-31") + Duration::days(date);
                let start = crate::span::Cell::at(first, "08:00".parse().unwrap()).unwrap();
                BookingRow {
                    of: RoomRef {
                        facility: facility.id.clone(),
                        room: room.id.clone(),
                    },
                    units: room.units.clone(),
                    span: Span::new(start.plus(from), start.plus(from + cells)).unwrap(),
                    attendance: [
                        Attendance::CheckedIn,
                        Attendance::Unseen,
                        Attendance::NoShow,
                        Attendance::Gone,
                    ][attendance],
                    channel: if online {
                        Channel::Online
                    } else {
                        Channel::Counter
                    },
                    accepted_on: Some(day("2026-10-10") + Duration::days(made)),
                }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn figures_agree_with_a_count_by_hand(
        bookings in any_bookings(),
        closures in prop::collection::vec((0_usize..4, 0_i64..33, 0_i64..28, 1_i64..27), 0..12),
        money in prop::collection::vec((0_usize..5, 0_usize..7, 0_i64..40, 0_u32..100_000), 0..40),
    ) {
        let town = samples::town();
        let units: Vec<Slug> = town.facilities.iter().flat_map(|facility| facility.unit_ids()).cloned().collect();
        let closed: Vec<ClosedFloor> = closures
            .into_iter()
            .map(|(unit, date, from, cells)| {
                let first = day("2026-10-31") + Duration::days(date);
                let start = crate::span::Cell::at(first, "08:00".parse().unwrap()).unwrap();
                ClosedFloor {
                    units: BTreeSet::from([units[unit].clone()]),
                    span: Span::new(start.plus(from), start.plus(from + cells)).unwrap(),
                }
            })
            .collect();
        let offers: Vec<RoomOffer> = town
            .facilities
            .iter()
            .flat_map(|facility| offers(facility, november()))
            .collect();
        let money: Vec<MoneyRow> = money
            .into_iter()
            .map(|(room, what, date, yen)| {
                let amount = Yen::new(yen);
                let received = |means| Money::Received { means, amount };
                MoneyRow {
                    of: offers[room].room_ref(),
                    on: day("2026-10-27") + Duration::days(date),
                    money: match what {
                        0 => Money::Refunded { amount },
                        6 => Money::CameBack { amount },
                        1 => Money::Reduced { amount },
                        2 | 3 => received(Means::Cash),
                        4 => received(Means::Service(PaymentMethod::Card)),
                        _ => received(Means::Service(PaymentMethod::PayPay)),
                    },
                }
            })
            .collect();
        let figures = reckon(&offers, &closed, &bookings, &money);

        let mut floor = (Occupancy::default(), Occupancy::default());
        for offer in &offers {
            let row = of_room(&figures, offer.room.id.as_str());
            let (days, blocks) = by_hand(november(), offer, &closed, &bookings);
            prop_assert_eq!((row.tally.days, row.tally.blocks), (days, blocks));
            prop_assert!(days.checked_in <= days.booked && days.booked <= days.open);
            prop_assert!(blocks.checked_in <= blocks.booked && blocks.booked <= blocks.open);
            if row.room.id.as_str() != "gym-whole" {
                floor.0 += days;
                floor.1 += blocks;
            }
        }
        prop_assert_eq!((figures.total.days, figures.total.blocks), floor);

        let in_month = |date: NaiveDate| date >= day("2026-11-01") && date <= day("2026-11-30");
        let used: Vec<_> = bookings
            .iter()
            .filter(|row| row.attendance != Attendance::Gone && in_month(row.span.date()))
            .collect();
        prop_assert_eq!(figures.total.bookings, count(used.len()));
        let missed = used.iter().filter(|row| row.attendance == Attendance::NoShow).count();
        prop_assert_eq!(figures.total.no_shows, count(missed));
        let made: Vec<_> = bookings
            .iter()
            .filter(|row| row.accepted_on.is_some_and(in_month))
            .collect();
        let online = made.iter().filter(|row| row.channel == Channel::Online).count();
        prop_assert_eq!(figures.total.online, Ratio::new(count(online), count(made.len())));

        let sum = |keep: fn(&Money) -> Option<Yen>| -> u64 {
            let kept = money.iter().filter(|row| in_month(row.on)).filter_map(|row| keep(&row.money));
            kept.map(|yen| u64::from(yen.get())).sum()
        };
        let received = sum(|money| match money {
            Money::Received { amount, .. } => Some(*amount),
            _ => None,
        });
        let cash = sum(|money| match money {
            Money::Received { means: Means::Cash, amount } => Some(*amount),
            _ => None,
        });
        let refunded = sum(|money| match money {
            Money::Refunded { amount } => Some(*amount),
            _ => None,
        });
        prop_assert_eq!(figures.total.received_yen, received);
        prop_assert_eq!(figures.total.cashless_yen, Ratio::new(received - cash, received));
        let came_back = sum(|money| match money {
            Money::CameBack { amount } => Some(*amount),
            _ => None,
        });
        let refunded = i128::from(refunded) - i128::from(came_back);
        prop_assert_eq!(i128::from(figures.total.refunded_yen), refunded);
        prop_assert_eq!(i128::from(figures.total.net_yen()), i128::from(received) - refunded);
    }
}
