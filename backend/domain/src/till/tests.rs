use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::civil;
use crate::ids::{PaymentId, RefundId};
use crate::money::Yen;

fn at(date: &str, time: &str) -> DateTime<Utc> {
    civil::instant(date.parse().unwrap(), time.parse().unwrap())
}

fn morning() -> DateTime<Utc> {
    at("2026-11-28", "08:30")
}

fn payment() -> PaymentId {
    PaymentId(Uuid::from_u128(1))
}

fn refund() -> RefundId {
    RefundId(Uuid::from_u128(2))
}

fn count(pieces: &[(u32, i64)]) -> Result<CashCount, TillRefusal> {
    CashCount::new(
        pieces
            .iter()
            .map(|(yen, pieces)| (Denomination::of_yen(*yen).unwrap(), *pieces)),
    )
}

fn open(float: u32) -> TillState {
    TillState::open(Yen::new(float), morning()).unwrap().0
}

fn receive(till: TillState, due: u32, tendered: u32) -> TillState {
    let (till, ..) = till
        .receive(payment(), Yen::new(due), Yen::new(tendered), morning())
        .unwrap();
    till
}

#[test]
fn a_day_at_the_counter_ends_as_counted() {
    let till = receive(receive(open(30_000), 800, 1_000), 1_230, 10_030);
    let (till, movement) = till.pay_out(refund(), Yen::new(400), morning()).unwrap();
    assert_eq!(
        movement,
        Movement::PaidOut {
            refund: refund(),
            amount: Yen::new(400)
        }
    );
    assert_eq!(till.cash().expected(), Yen::new(31_630));
    let counted = count(&[(10_000, 1), (1_000, 21), (500, 1), (100, 1), (10, 3)]).unwrap();
    let evening = at("2026-11-28", "21:40");
    let TillState::Closed(closed) = till.close(counted, "", evening).unwrap() else {
        panic!("it is closed")
    };
    assert_eq!(closed.difference(), Difference::Even);
    assert_eq!(closed.reason(), None);
    assert_eq!(closed.closed_at(), evening);
}

/// H 30.
#[test]
fn thirty_yen_over_or_short_need_a_reason() {
    for (pieces, difference, text) in [
        (
            [(1_000, 1), (10, 3)],
            Difference::Over(Yen::new(30)),
            "過剰 30円",
        ),
        (
            [(100, 9), (10, 7)],
            Difference::Short(Yen::new(30)),
            "不足 30円",
        ),
    ] {
        let counted = count(&pieces).unwrap();
        for silent in ["", " ", "\u{3000}\n"] {
            assert_eq!(
                open(1_000).close(counted.clone(), silent, morning()),
                Err(TillRefusal::ReasonMissing {
                    difference_yen: difference.as_i64()
                })
            );
        }
        let closed = open(1_000)
            .close(counted, " 両替の誤り ", morning())
            .unwrap();
        let TillState::Closed(closed) = closed else {
            panic!("it is closed")
        };
        assert_eq!(closed.difference(), difference);
        assert_eq!(closed.difference().to_string(), text);
        assert_eq!(closed.reason(), Some("両替の誤り"));
    }
}

#[test]
fn a_reason_has_to_fit_the_sheet() {
    let close = |letters| open(0).close(CashCount::default(), &"字".repeat(letters), morning());
    assert!(close(LONGEST_REASON).is_ok());
    assert_eq!(
        close(LONGEST_REASON + 1),
        Err(TillRefusal::ReasonTooLong {
            most: LONGEST_REASON
        })
    );
}

/// H 29.
#[test]
fn a_closed_till_takes_and_gives_nothing_more() {
    let closed = || open(0).close(CashCount::default(), "", morning()).unwrap();
    let yen = Yen::new(100);
    assert_eq!(
        closed().receive(payment(), yen, yen, morning()),
        Err(TillRefusal::Closed)
    );
    assert_eq!(
        closed().pay_out(refund(), yen, morning()),
        Err(TillRefusal::Closed)
    );
    assert_eq!(closed().add_float(yen, morning()), Err(TillRefusal::Closed));
    assert_eq!(
        closed().close(CashCount::default(), "", morning()),
        Err(TillRefusal::Closed)
    );
}

/// H 56: 23:30 in Japan is still that day, whatever UTC says; midnight is the next drawer's.
#[test]
fn a_till_is_for_the_day_on_which_it_was_opened() {
    let till = || {
        TillState::open(Yen::ZERO, at("2027-03-31", "09:00"))
            .unwrap()
            .0
    };
    let date: NaiveDate = "2027-03-31".parse().unwrap();
    let yen = Yen::new(800);
    assert_eq!(till().date(), date);
    assert!(
        till()
            .receive(payment(), yen, yen, at("2027-03-31", "23:30"))
            .is_ok()
    );
    let next_day = at("2027-04-01", "00:00");
    let other_day = TillRefusal::OtherDay { date };
    assert_eq!(
        till().receive(payment(), yen, yen, next_day),
        Err(other_day)
    );
    assert_eq!(till().pay_out(refund(), yen, next_day), Err(other_day));
    assert_eq!(till().add_float(yen, next_day), Err(other_day));
    assert!(till().close(CashCount::default(), "", next_day).is_ok());
    assert!(other_day.to_string().starts_with("3月31日（水）の引出し"));
}

#[test]
fn change_is_reckoned_and_laid_out_in_the_fewest_pieces() {
    for (due, tendered, amount, pieces) in [
        (800, 800, 0, vec![]),
        (800, 1_000, 200, vec![(100, 2)]),
        (800, 10_000, 9_200, vec![(5_000, 1), (1_000, 4), (100, 2)]),
        (
            1_230,
            2_003,
            773,
            vec![(500, 1), (100, 2), (50, 1), (10, 2), (1, 3)],
        ),
        (
            12_345,
            20_000,
            7_655,
            vec![(5_000, 1), (1_000, 2), (500, 1), (100, 1), (50, 1), (5, 1)],
        ),
        (
            1,
            10_000,
            9_999,
            vec![
                (5_000, 1),
                (1_000, 4),
                (500, 1),
                (100, 4),
                (50, 1),
                (10, 4),
                (5, 1),
                (1, 4),
            ],
        ),
    ] {
        let change = change(Yen::new(due), Yen::new(tendered)).unwrap();
        assert_eq!(change.amount, Yen::new(amount), "{due} of {tendered}");
        assert_eq!(
            change.pieces,
            count(&pieces).unwrap(),
            "{due} of {tendered}"
        );
    }
}

#[test]
fn too_little_and_far_too_much_are_refused() {
    for (due, tendered, refusal) in [
        (0, 0, TillRefusal::NothingDue),
        (0, 1_000, TillRefusal::NothingDue),
        (
            800,
            799,
            TillRefusal::TenderedShort {
                missing: Yen::new(1),
            },
        ),
        (
            800,
            0,
            TillRefusal::TenderedShort {
                missing: Yen::new(800),
            },
        ),
        (
            800,
            10_800,
            TillRefusal::TenderedAbsurd {
                change: Yen::new(10_000),
            },
        ),
        (
            800,
            100_000,
            TillRefusal::TenderedAbsurd {
                change: Yen::new(99_200),
            },
        ),
        (
            800,
            u32::MAX,
            TillRefusal::TenderedAbsurd {
                change: Yen::new(u32::MAX - 800),
            },
        ),
    ] {
        let refused = open(0).receive(payment(), Yen::new(due), Yen::new(tendered), morning());
        assert_eq!(refused, Err(refusal), "{due} of {tendered}");
    }
}

#[test]
fn nothing_is_paid_out_that_is_not_there() {
    assert_eq!(
        open(1_000).pay_out(refund(), Yen::new(1_001), morning()),
        Err(TillRefusal::NotEnough {
            there: Yen::new(1_000)
        })
    );
    let (till, _) = open(1_000).add_float(Yen::new(1), morning()).unwrap();
    let (till, _) = till.pay_out(refund(), Yen::new(1_001), morning()).unwrap();
    assert_eq!(till.cash().expected(), Yen::ZERO);
    assert_eq!(
        till.pay_out(refund(), Yen::ZERO, morning()),
        Err(TillRefusal::NothingDue)
    );
}

#[test]
fn a_float_is_what_a_counter_keeps() {
    let most = MOST_FLOAT;
    let more = Yen::new(MOST_FLOAT.get() + 1);
    assert!(TillState::open(most, morning()).is_ok());
    assert_eq!(
        TillState::open(more, morning()),
        Err(TillRefusal::BadFloat { most })
    );
    assert_eq!(
        open(0).add_float(more, morning()),
        Err(TillRefusal::BadFloat { most })
    );
    assert_eq!(
        open(0).add_float(Yen::ZERO, morning()),
        Err(TillRefusal::NothingDue)
    );
}

#[test]
fn absurd_counts_are_refused_and_say_of_what() {
    for (yen, pieces) in [
        (10_000, -1),
        (1, i64::from(MOST_PIECES) + 1),
        (500, i64::MAX),
        (2_000, i64::MIN),
    ] {
        let kind = Denomination::of_yen(yen).unwrap();
        assert_eq!(
            count(&[(yen, pieces)]),
            Err(TillRefusal::BadCount { kind }),
            "{pieces} of {yen}"
        );
    }
    let kind = Denomination::Yen10;
    assert_eq!(
        count(&[(10, 1), (10, 1)]),
        Err(TillRefusal::BadCount { kind })
    );
    assert_eq!(count(&[(10, 0)]).unwrap(), CashCount::default());
}

#[test]
fn the_fullest_drawer_still_has_a_sum() {
    let full = CashCount::new(Denomination::ALL.map(|kind| (kind, i64::from(MOST_PIECES))));
    assert_eq!(full.unwrap().total(), Yen::new(9_999 * 18_666));
}

#[test]
fn a_counter_cannot_take_more_than_money_can_say() {
    let bill = Yen::new(4_294_000_000);
    let (till, ..) = open(900_000)
        .receive(payment(), bill, bill, morning())
        .unwrap();
    assert_eq!(
        till.receive(payment(), bill, bill, morning()),
        Err(TillRefusal::TooMuch)
    );
}

#[test]
fn people_read_notes_and_coins_by_their_names() {
    assert_eq!(Denomination::Yen2000.to_string(), "2,000円札");
    assert_eq!(Denomination::Yen500.to_string(), "500円玉");
}

#[test]
fn a_till_is_stored_as_plain_figures_and_an_impossible_count_is_not_read() {
    let closed = receive(open(1_000), 800, 1_000)
        .close(
            count(&[(1_000, 1), (500, 1)]).unwrap(),
            "300円 不足",
            morning(),
        )
        .unwrap();
    for till in [open(1_000), closed.clone()] {
        let json = serde_json::to_value(&till).unwrap();
        assert_eq!(json["state"], till.as_str());
        assert_eq!(serde_json::from_value::<TillState>(json).unwrap(), till);
    }
    let mut json = serde_json::to_value(closed).unwrap();
    assert_eq!(json["counted"]["1000"], 1);
    json["counted"]["1000"] = (-1).into();
    assert!(serde_json::from_value::<TillState>(json.clone()).is_err());
    json["counted"] = serde_json::json!({ "3000": 1 });
    assert!(serde_json::from_value::<TillState>(json).is_err());
}

proptest! {
    /// Whatever happens in whatever order: what the till says there is, is what its rows make, and
    /// nobody pays out what is not there.
    #[test]
    fn a_till_agrees_with_its_movements(
        float in 0_u32..50_000,
        steps in prop::collection::vec((0_u8..3, 0_u32..20_000, 0_u32..30_000), 0..40),
    ) {
        let (mut till, opening) = TillState::open(Yen::new(float), morning()).unwrap();
        let mut rows = Vec::from_iter(opening);
        let mut coins = i64::from(float);
        for (step, amount, tendered) in steps {
            let (yen, tendered) = (Yen::new(amount), Yen::new(tendered));
            let before = till.clone();
            let moved = match step {
                0 => till.receive(payment(), yen, tendered, morning()).map(|(till, row, change)| {
                    assert_eq!(change.amount, row.change());
                    assert_eq!(change.pieces.total(), change.amount);
                    coins += tendered.as_i64() - change.amount.as_i64();
                    (till, row)
                }),
                1 => till.pay_out(refund(), yen, morning()).inspect(|_| coins -= i64::from(amount)),
                _ => till.add_float(yen, morning()).inspect(|_| coins += i64::from(amount)),
            };
            till = match moved {
                Ok((till, row)) => {
                    rows.push(row);
                    till
                }
                Err(_) => before,
            };
            prop_assert!(coins >= 0);
            prop_assert_eq!(till.cash().expected().as_i64(), coins);
        }
        prop_assert_eq!(CashInDrawer::of(&rows), Ok(till.cash()));
        let exact = CashCount::fewest(till.cash().expected());
        prop_assert!(till.close(exact, "", morning()).is_ok());
    }
}
