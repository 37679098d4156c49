//! Equipment is claimed like floor: two bookings never get the same projector.

use domain::fees::{OptionRequest, StockClaim, stock_claims, stock_fits};
use domain::span::Span;

use super::{guide_with, town};

fn span(start: &str, end: &str) -> Span {
    let date = "2026-06-01".parse().unwrap();
    Span::on(date, start.parse().unwrap(), end.parse().unwrap()).unwrap()
}

fn want(id: &str, quantity: u32) -> OptionRequest {
    OptionRequest {
        id: id.to_owned(),
        quantity,
        minutes: None,
    }
}

fn projectors(start: &str, end: &str, pieces: u32) -> StockClaim {
    StockClaim {
        stock: "projector".parse().unwrap(),
        span: span(start, end),
        pieces,
    }
}

#[test]
fn a_booking_takes_its_pieces_for_its_whole_time() {
    let town = town(&guide_with("回数券（11枚）"));
    let room = &town.facilities[0].rooms[0];
    let wanted = [
        want("projector", 2),
        want("coupons", 3),
        want("light-north", 1),
    ];
    assert_eq!(
        stock_claims(room, span("09:00", "11:00"), &wanted),
        [projectors("09:00", "11:00", 2)]
    );
}

#[test]
fn no_half_hour_lends_more_than_there_is() {
    let town = town(&guide_with("回数券（11枚）"));
    let facility = &town.facilities[0];
    let held = [
        projectors("09:00", "10:00", 1),
        projectors("10:00", "11:00", 1),
        projectors("10:30", "12:00", 1),
    ];
    for (start, end, pieces, fits) in [
        ("09:00", "10:30", 1, true),
        ("09:00", "10:00", 2, false),
        ("10:00", "11:00", 1, false), // from 10:30 both are lent
        ("11:00", "12:00", 1, true),
        ("12:00", "13:00", 2, true),
        ("12:00", "13:00", 3, false),
    ] {
        let answer = stock_fits(facility, &held, &[projectors(start, end, pieces)]);
        assert_eq!(answer.is_ok(), fits, "{start}–{end} {pieces}");
    }
    let short = stock_fits(facility, &held, &[projectors("10:00", "11:00", 1)]).unwrap_err();
    assert_eq!(
        short.to_string(),
        "「プロジェクター」はその時間、あと0点です"
    );
    assert_eq!(short.cell, span("10:30", "11:00").start());
}
