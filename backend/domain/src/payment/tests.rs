use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;

use super::*;
use crate::civil::{self, TimeOfDay};
use crate::money::Yen;
use crate::reservation::StateName;

const EXPECTED: Expected = Expected {
    amount: Yen::new(800),
    live: false,
};

fn now() -> DateTime<Utc> {
    civil::instant("2026-11-01".parse().unwrap(), TimeOfDay::MIDNIGHT)
}

fn seen(progress: SessionProgress) -> SessionSeen {
    SessionSeen {
        session: SessionId("cs_1".into()),
        amount: 800,
        currency: "jpy".into(),
        live: false,
        progress,
    }
}

fn open() -> SessionProgress {
    SessionProgress::Open {
        url: "https://pay.example/cs_1".into(),
        expires_at: now() + Duration::minutes(30),
    }
}

fn unpaid() -> SessionProgress {
    SessionProgress::CompleteUnpaid {
        voucher: Voucher {
            until: voucher_end(now(), 3).unwrap(),
            url: None,
            numbers: vec![StoreNumber {
                store: ConvenienceStore::Lawson,
                payment_number: "123456".into(),
                confirmation_number: Some("0901234".into()),
            }],
        },
    }
}

fn paid() -> SessionProgress {
    SessionProgress::CompletePaid {
        intent: "pi_1".into(),
        entrusted_at: now(),
        method: Some(PaymentMethod::PayPay),
    }
}

fn after(news: &[SessionProgress]) -> AttemptState {
    news.iter().fold(AttemptState::Creating, |state, progress| {
        state
            .observe(&seen(progress.clone()), EXPECTED, now())
            .unwrap()
            .into_state()
    })
}

#[test]
fn news_in_any_order_ends_in_the_same_state() {
    // payments.md §6 test 6: every sequence of four, with repeats, whether or not the money came.
    let all = [open(), SessionProgress::Expired, paid(), unpaid()];
    for which in 0..256_usize {
        let order: Vec<SessionProgress> = (0..4)
            .map(|place| all[which / 4_usize.pow(place) % 4].clone())
            .collect();
        let came = order.contains(&paid());
        let state = after(&order);
        assert_eq!(
            matches!(state, AttemptState::Paid { .. }),
            came,
            "{order:?}"
        );
        // Stray news keep the floor only while the page is really open or nothing is known.
        let closed = order.contains(&SessionProgress::Expired);
        assert_eq!(state.may_still_bring_money(), !came && !closed, "{order:?}");
    }
}

#[test]
fn a_webhook_before_our_own_answer_opens_the_attempt_and_the_answer_changes_nothing() {
    let opened = after(&[open()]);
    assert_eq!(opened.name(), "open");
    let again = opened
        .clone()
        .observe(&seen(open()), EXPECTED, now())
        .unwrap();
    assert_eq!(again, Step::Unchanged(opened));
    assert!(matches!(
        after(&[open()]).reject("late answer", now()),
        Step::Unchanged(_)
    ));
}

#[test]
fn what_it_was_paid_by_is_kept_with_the_money() {
    let AttemptState::Paid { method, .. } = after(&[open(), paid()]) else {
        unreachable!("paid");
    };
    assert_eq!(method, Some(PaymentMethod::PayPay));
    // An attempt stored before the means was kept is read all the same.
    let earlier = r#"{"state":"paid","session":"cs_1","intent":"pi_1",
        "entrusted_at":"2026-11-01T00:00:00Z"}"#;
    let earlier: AttemptState = serde_json::from_str(earlier).unwrap();
    assert!(matches!(earlier, AttemptState::Paid { method: None, .. }));
}

#[test]
fn a_means_of_payment_is_spelt_alike_everywhere() {
    for (method, word, label) in [
        (PaymentMethod::Card, "card", "カード"),
        (PaymentMethod::PayPay, "paypay", "PayPay"),
        (PaymentMethod::Konbini, "konbini", "コンビニ払い"),
    ] {
        assert_eq!(method.as_str(), word);
        assert_eq!(serde_json::to_value(method).unwrap(), word);
        assert_eq!(method.to_string(), label);
    }
}

#[test]
fn money_after_the_page_expired_is_still_money() {
    let state = after(&[open(), SessionProgress::Expired]);
    assert!(!state.may_still_bring_money());
    let step = state.observe(&seen(paid()), EXPECTED, now()).unwrap();
    assert!(step.moved());
    assert_eq!(step.into_state().name(), "paid");
}

#[test]
fn a_voucher_keeps_the_floor_until_it_is_paid_or_has_run_out() {
    // Rows 6, 7 and 8.
    let waiting = after(&[open(), unpaid()]);
    assert_eq!(waiting.name(), "awaiting");
    assert!(waiting.may_still_bring_money());
    assert!(waiting.session().is_some());
    let voucher = waiting.voucher().unwrap();
    assert_eq!(
        voucher.keeps_floor_until() - voucher.until,
        Duration::minutes(60)
    );
    assert_eq!(
        waiting
            .clone()
            .observe(&seen(open()), EXPECTED, now())
            .unwrap(),
        Step::Unchanged(waiting),
        "an old look at the page"
    );
    assert_eq!(after(&[open(), unpaid(), paid()]).name(), "paid");
    let lapsed = after(&[open(), unpaid(), SessionProgress::Expired]);
    assert_eq!(lapsed.name(), "expired");
    assert!(!lapsed.may_still_bring_money());
    assert_eq!(
        after(&[unpaid(), SessionProgress::Expired, paid()]).name(),
        "paid"
    );
}

#[test]
fn a_voucher_is_stored_and_shown_again_whatever_is_owed_meanwhile() {
    let waiting = after(&[unpaid()]);
    let json = serde_json::to_value(&waiting).unwrap();
    assert_eq!(json["state"], "awaiting");
    let numbers = &json["voucher"]["numbers"][0];
    assert_eq!(numbers["store"], "lawson");
    assert_eq!(
        serde_json::from_value::<AttemptState>(json).unwrap(),
        waiting
    );
    for owed in [EXPECTED.amount, Yen::new(1_000)] {
        let late = now() + Duration::days(9);
        let plan = plan(Some((&waiting, EXPECTED.amount)), owed, late);
        assert!(matches!(plan, Plan::ShowVoucher { .. }), "{plan:?}");
    }
}

#[test]
fn a_wrong_amount_currency_or_mode_is_never_confirmed() {
    let right = seen(paid());
    let wrongs = [
        (
            SessionSeen {
                amount: 799,
                ..right.clone()
            },
            Mismatch::Amount,
        ),
        (
            SessionSeen {
                currency: "usd".into(),
                ..right.clone()
            },
            Mismatch::Currency,
        ),
        (
            SessionSeen {
                live: true,
                ..right.clone()
            },
            Mismatch::Mode,
        ),
    ];
    for (wrong, why) in wrongs {
        let state = after(&[open()])
            .observe(&wrong, EXPECTED, now())
            .unwrap()
            .into_state();
        assert!(matches!(&state, AttemptState::Quarantined { why: w, .. } if *w == why));
        let still = state.observe(&right, EXPECTED, now()).unwrap();
        assert!(!still.moved());
        assert!(still.into_state().may_still_bring_money());
    }
}

#[test]
fn another_sessions_news_is_a_fault() {
    let other = SessionSeen {
        session: SessionId("cs_2".into()),
        ..seen(paid())
    };
    assert!(after(&[open()]).observe(&other, EXPECTED, now()).is_err());
}

#[test]
fn pressing_pay_again_returns_to_the_open_page_unless_the_amount_changed() {
    let opened = after(&[open()]);
    let amount = EXPECTED.amount;
    assert_eq!(plan(None, amount, now()), Plan::Create);
    assert_eq!(
        plan(Some((&AttemptState::Creating, amount)), amount, now()),
        Plan::FinishCreating
    );
    assert!(matches!(
        plan(Some((&opened, amount)), amount, now()),
        Plan::Resume { .. }
    ));
    assert!(matches!(
        plan(Some((&opened, amount)), Yen::new(1_000), now()),
        Plan::ExpireFirst { .. }
    ));
    let late = now() + Duration::minutes(30);
    assert!(matches!(
        plan(Some((&opened, amount)), amount, late),
        Plan::ExpireFirst { .. }
    ));
    let dead = after(&[open(), SessionProgress::Expired]);
    assert_eq!(plan(Some((&dead, amount)), amount, late), Plan::Create);
    assert_eq!(
        plan(Some((&after(&[paid()]), amount)), amount, late),
        Plan::AlreadyPaid
    );
}

#[test]
fn money_lands_where_the_table_says() {
    use Landing::{Confirm, Rebook, ReturnMoney};
    use ReturnReason::{AlreadyPaid, BookingEnded, FloorTaken, OtherAmount};
    for (state, floor_free, landing, of_another_fee) in [
        (StateName::Held, false, Confirm, OtherAmount),
        (StateName::AwaitingPayment, false, Confirm, OtherAmount),
        (StateName::Released, true, Rebook, OtherAmount),
        (
            StateName::Released,
            false,
            ReturnMoney(FloorTaken),
            FloorTaken,
        ),
        (
            StateName::Confirmed,
            true,
            ReturnMoney(AlreadyPaid),
            AlreadyPaid,
        ),
        (
            StateName::Cancelled,
            true,
            ReturnMoney(BookingEnded),
            BookingEnded,
        ),
    ] {
        assert_eq!(land(state, floor_free, true), landing, "{state:?}");
        let returned = ReturnMoney(of_another_fee);
        assert_eq!(land(state, floor_free, false), returned, "{state:?}");
    }
}

fn every_attempt() -> Vec<AttemptState> {
    vec![
        AttemptState::Creating,
        after(&[open()]),
        after(&[unpaid()]),
        after(&[paid()]),
        AttemptState::paid_in_cash(now()),
        after(&[open(), SessionProgress::Expired]),
        AttemptState::Creating.reject("x", now()).into_state(),
        AttemptState::Quarantined {
            session: SessionId("cs_1".into()),
            at: now(),
            why: Mismatch::Amount,
        },
    ]
}

#[test]
fn cash_is_paid_from_its_beginning_and_no_page_is_behind_it() {
    let cash = AttemptState::paid_in_cash(now());
    assert_eq!(cash.name(), "paid");
    assert_eq!(cash.paid_at(), Some(now()));
    assert_eq!(cash.means(), Some(Means::Cash));
    assert_eq!(cash.session(), None);
    assert!(!cash.may_still_bring_money());
    let json = serde_json::to_value(&cash).unwrap();
    assert_eq!(serde_json::from_value::<AttemptState>(json).unwrap(), cash);
}

#[test]
fn exactly_what_stands_as_paid_has_a_day_of_payment() {
    let mut paid = 0;
    for state in every_attempt() {
        assert_eq!(state.is_paid(), state.name() == "paid", "{state:?}");
        assert!(!(state.is_paid() && state.may_still_bring_money()));
        assert_eq!(state.is_cash(), state.means() == Some(Means::Cash));
        paid += usize::from(state.is_paid());
    }
    assert_eq!(paid, 2);
}

#[test]
fn cash_is_taken_only_where_nothing_is_paid_and_no_page_is_open() {
    let amount = EXPECTED.amount;
    for state in every_attempt() {
        let free = matches!(state.name(), "expired" | "failed");
        let plan = plan(Some((&state, amount)), amount, now());
        assert_eq!(plan == Plan::Create, free, "{state:?}: {plan:?}");
    }
    let cash = AttemptState::paid_in_cash(now());
    assert_eq!(
        plan(Some((&cash, amount)), amount, now()),
        Plan::AlreadyPaid
    );
}

#[test]
fn no_news_of_the_payment_service_changes_cash() {
    let cash = AttemptState::paid_in_cash(now());
    for progress in [open(), paid(), SessionProgress::Expired, unpaid()] {
        let step = cash
            .clone()
            .observe(&seen(progress), EXPECTED, now())
            .unwrap();
        assert_eq!(step, Step::Unchanged(cash.clone()));
    }
    assert!(!cash.reject("x", now()).moved());
}

fn refund_seen(progress: RefundProgress) -> RefundSeen {
    RefundSeen {
        provider_id: "re_1".into(),
        progress,
    }
}

#[test]
fn a_refund_that_fails_after_it_was_done_is_failed() {
    let asked = request_refund(Yen::new(800), Yen::new(800), now()).unwrap();
    let done = asked
        .observe(&refund_seen(RefundProgress::Succeeded), now())
        .unwrap()
        .into_state();
    let stale = done
        .clone()
        .observe(&refund_seen(RefundProgress::Pending), now())
        .unwrap();
    assert_eq!(stale, Step::Unchanged(done.clone()));
    let bounced = RefundProgress::Failed {
        reason: "lost_or_stolen_card".into(),
    };
    let failed = done
        .observe(&refund_seen(bounced), now())
        .unwrap()
        .into_state();
    assert_eq!(failed.name(), "failed");
    assert_eq!(
        refundable(Yen::new(800), [(Yen::new(800), &failed)]),
        Ok(Yen::new(800))
    );
}

#[test]
fn nobody_gets_back_more_than_was_paid() {
    let left = Yen::new(300);
    assert_eq!(
        request_refund(Yen::new(301), left, now()),
        Err(RefundRefusal::MoreThanPaid { left })
    );
    assert_eq!(
        request_refund(Yen::ZERO, left, now()),
        Err(RefundRefusal::NothingToReturn)
    );
}

fn bounced() -> RefundState {
    let asked = request_refund(Yen::new(800), Yen::new(800), now()).unwrap();
    let failed = RefundProgress::Failed {
        reason: "lost_or_stolen_card".into(),
    };
    asked
        .observe(&refund_seen(failed), now())
        .unwrap()
        .into_state()
}

#[test]
fn a_refund_is_paid_out_of_the_drawer_once_and_only_where_the_service_has_no_part_in_it() {
    let (half, left) = (Yen::new(400), Yen::new(800));
    let due = owe_in_cash(half, left, now()).unwrap();
    assert!(!due.is_under_way(), "there is nobody to ask");
    let out = due.pay_in_cash(half, Yen::ZERO, now()).unwrap();
    assert_eq!(
        (out.name(), out.returned_at()),
        ("paid_in_cash", Some(now()))
    );
    let twice = out.pay_in_cash(half, left, now());
    assert_eq!(twice, Err(RefundRefusal::NotAtCounter));
    let asked = request_refund(half, left, now()).unwrap();
    let pending = asked
        .clone()
        .observe(&refund_seen(RefundProgress::Pending), now())
        .unwrap()
        .into_state();
    let done = asked
        .clone()
        .observe(&refund_seen(RefundProgress::Succeeded), now())
        .unwrap()
        .into_state();
    for state in [asked, pending, done] {
        let paid = state.pay_in_cash(half, left, now());
        assert_eq!(paid, Err(RefundRefusal::NotAtCounter));
    }
}

#[test]
fn what_the_service_could_not_bring_is_paid_in_cash_and_later_news_of_it_change_nothing() {
    let (all, provider) = (Yen::new(800), Some("re_1"));
    let out = bounced().pay_in_cash(all, all, now()).unwrap();
    assert_eq!(out.provider_id(), provider);
    for progress in [
        RefundProgress::Pending,
        RefundProgress::Succeeded,
        RefundProgress::Failed { reason: "x".into() },
    ] {
        let step = out.clone().observe(&refund_seen(progress), now()).unwrap();
        assert_eq!(step, Step::Unchanged(out.clone()));
    }
    // It counts again: nothing more goes back.
    assert_eq!(refundable(all, [(all, &out)]), Ok(Yen::ZERO));
    // Where another refund took its place there is nothing left for it.
    let left = Yen::new(799);
    assert_eq!(
        bounced().pay_in_cash(all, left, now()),
        Err(RefundRefusal::MoreThanPaid { left })
    );
}

#[test]
fn cash_goes_back_by_the_same_rule_as_other_money() {
    let left = Yen::new(300);
    assert_eq!(
        owe_in_cash(Yen::new(301), left, now()),
        Err(RefundRefusal::MoreThanPaid { left })
    );
    assert_eq!(
        owe_in_cash(Yen::ZERO, left, now()),
        Err(RefundRefusal::NothingToReturn)
    );
    let due = owe_in_cash(left, left, now()).unwrap();
    assert_eq!(refundable(left, [(left, &due)]), Ok(Yen::ZERO));
}

#[test]
fn a_refund_found_at_the_service_counts_though_nobody_asked_for_it() {
    // Row 21, while ours is on its way: the service will refuse ours.
    let all = Yen::new(800);
    let ours = request_refund(all, all, now()).unwrap();
    let found = RefundState::found(&refund_seen(RefundProgress::Succeeded), now());
    assert_eq!(found.name(), "done");
    let both = [(all, &ours), (Yen::new(300), &found)];
    assert_eq!(refundable(all, both), Ok(Yen::ZERO));
    let refused = ours.reject("charge_already_refunded", now()).into_state();
    let both = [(all, &refused), (Yen::new(300), &found)];
    assert_eq!(refundable(all, both), Ok(Yen::new(500)));
    let too_much = [(all, &found), (Yen::new(1), &found)];
    assert_eq!(refundable(all, too_much), Ok(Yen::ZERO));
}

proptest! {
    /// Whatever is asked for, refunds that stand never exceed the payment.
    #[test]
    fn refunds_never_exceed_the_payment(
        paid in 1_u32..100_000,
        asks in prop::collection::vec((0_u32..60_000, any::<bool>()), 0..20),
    ) {
        let paid = Yen::new(paid);
        let mut refunds: Vec<(Yen, RefundState)> = Vec::new();
        for (amount, fails) in asks {
            let left = refundable(paid, refunds.iter().map(|(a, s)| (*a, s))).unwrap();
            if let Ok(state) = request_refund(Yen::new(amount), left, now()) {
                let state = if fails { state.reject("x", now()).into_state() } else { state };
                refunds.push((Yen::new(amount), state));
            }
        }
        let stands = |(_, state): &&(Yen, RefundState)| state.name() != "failed";
        let gone = Yen::sum(refunds.iter().filter(stands).map(|(amount, _)| *amount)).unwrap();
        prop_assert!(gone <= paid);
    }
}
