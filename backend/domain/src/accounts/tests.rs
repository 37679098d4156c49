use chrono::{DateTime, Utc};

use super::*;
use crate::money::Yen;
use crate::payment::{Means, PaymentMethod};

/// An instant in Japan.
fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00+09:00").parse().unwrap()
}

/// 令142条・165条の7; domain.md H 45, 46, 56.
#[test]
fn a_refund_is_taken_from_the_old_years_revenue_until_its_books_close() {
    for (came, goes, from) in [
        (
            "2027-03-15T10:00",
            "2027-03-20T10:00",
            TakenFrom::Revenue { year: 2026 },
        ),
        (
            "2027-03-15T10:00",
            "2027-04-10T10:00",
            TakenFrom::Revenue { year: 2026 },
        ),
        (
            "2027-03-31T23:30",
            "2027-05-31T23:59",
            TakenFrom::Revenue { year: 2026 },
        ),
        (
            "2027-03-31T23:59",
            "2027-06-01T00:00",
            TakenFrom::Spending { year: 2027 },
        ),
        (
            "2027-04-01T00:00",
            "2027-06-01T00:00",
            TakenFrom::Revenue { year: 2027 },
        ),
        (
            "2026-04-01T00:00",
            "2028-04-01T00:00",
            TakenFrom::Spending { year: 2028 },
        ),
    ] {
        assert_eq!(taken_from(at(came), at(goes)), from, "{came} {goes}");
    }
}

#[test]
fn movements_add_up_by_facility_and_year() {
    let march = at("2027-03-31T23:30");
    let moved = |facility: &str, moved, yen, booked: &str| Movement {
        facility: facility.parse().unwrap(),
        moved,
        amount: Yen::new(yen),
        at: at(booked),
    };
    let card = Means::Service(PaymentMethod::Card);
    let movements = [
        moved("gym", Moved::Charged, 1_600, "2027-04-01T09:00"),
        moved("gym", Moved::Uncharged, 600, "2027-04-01T10:00"),
        // Entrusted before midnight, heard of after it.
        moved(
            "gym",
            Moved::Received {
                means: card,
                at: march,
            },
            800,
            "2027-04-01T00:05",
        ),
        moved(
            "gym",
            Moved::Received {
                means: Means::Cash,
                at: at("2027-04-02T09:00"),
            },
            1_000,
            "2027-04-02T09:00",
        ),
        moved(
            "gym",
            Moved::Returned { came_at: march },
            400,
            "2027-04-10T09:00",
        ),
        moved(
            "gym",
            Moved::CameBack { came_at: march },
            400,
            "2027-04-12T09:00",
        ),
        moved(
            "gym",
            Moved::Returned { came_at: march },
            300,
            "2027-06-01T09:00",
        ),
        moved("hall", Moved::Charged, 500, "2027-04-01T09:00"),
    ];
    let lines = lines(&movements);
    let told: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                line.facility.as_str(),
                line.year,
                line.charged_yen,
                line.received_in_all(),
                line.reversed_yen,
                line.spent_yen,
                line.revenue_yen(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("gym", 2026, 0, 800, 0, 0, 800),
            ("gym", 2027, 1_000, 1_000, 0, 300, 1_000),
            ("hall", 2027, 500, 0, 0, 0, 0),
        ]
    );
    assert_eq!(lines[0].received_yen[&card], 800);
    assert_eq!(lines[1].count, 1);
}
