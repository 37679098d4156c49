//! Drawers: opened, moved, counted, closed; and what becomes of two hands at once.

use contract::{
    AddFloat, BookRoom, CloseDrawer, Failure, OpenDrawer, Outcome, PayState, Refusal,
    ReservationState, Role, Sales as _, SheetFormat, TakeCash, Tills as _, WalkIn as _,
};
use domain::ids::{ReservationId, TillId};
use domain::ledger::{Account, balances};
use domain::payment::{AttemptState, RefundState};
use domain::till::{Movement, TillRefusal};

use crate::bench::wishes::{code, refusal, whole, yen};
use crate::bench::{Bench, Card, coins, session_of};

/// What the ledger says is in all drawers but for their floats, yen.
async fn counter_cash(bench: &Bench, id: ReservationId) -> i64 {
    let reading = bench
        .store()
        .read(bench.world().municipality)
        .await
        .unwrap();
    let sums = balances(&reading.entries(id).await.unwrap());
    sums.get(&Account::CounterCash).copied().unwrap_or(0)
}

/// How often cash was received into a drawer.
async fn receipts(bench: &Bench, till: TillId) -> usize {
    let moved = bench.moved(till).await;
    let received = |movement: &Movement| matches!(movement, Movement::Received { .. });
    moved.iter().filter(|one| received(&one.movement)).count()
}

/// Whether the only other outcome is to be told how the reservation stands.
fn was_told(outcome: &Outcome<()>) -> bool {
    let state = |refusal: &Refusal| matches!(refusal, Refusal::ReservationState { .. });
    matches!(outcome, Err(Failure::Refused(refusal)) if state(refusal))
}

testkit::on_both! {
    async fn cash_is_taken_with_everything_that_follows_from_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 20_000).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.take_cash(&clerk, (till, id), 2_000).await.unwrap();

        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        let PayState::Paid { method, .. } = bench.view(id).await.money.payment else {
            panic!("it is paid");
        };
        assert_eq!(method, "現金");
        assert_eq!(bench.drawer(till).await.state.cash().expected(), yen(21_600));
        assert_eq!(counter_cash(&bench, id).await, 1_600);
        assert_eq!(bench.rows().await["receipts"], 1);
        let sale = bench.desk().sale(&clerk, id).await.unwrap();
        let cash = sale.cash.unwrap();
        assert_eq!((cash.tendered, cash.change.amount), (yen(2_000), yen(400)));
        assert!(sale.reservation.has_permit && sale.reservation.has_receipt);
        bench.work().await;
        assert_eq!(bench.mailbox().mails().len(), 1, "the papers go by mail as well");
        for trace in ["payment.taken_in_cash", "reservation.confirmed", "till.opened"] {
            let sql = format!("SELECT count(*) FROM audit_entries WHERE action = '{trace}'");
            assert_eq!(bench.count(&sql).await, 1, "{trace}");
        }
        bench.assert_sound().await;
    }

    async fn a_form_sent_twice_takes_and_opens_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let open = OpenDrawer {
            facility: "gym".parse().unwrap(),
            drawer: 1,
            float: yen(10_000),
            submission: bench.key(),
        };
        let till = bench.desk().open_drawer(&clerk, &open).await.unwrap();
        assert_eq!(bench.desk().open_drawer(&clerk, &open).await.unwrap(), till);
        let other = bench.open_drawer(&clerk, 1, 10_000).await;
        assert_eq!(refusal(other), Refusal::DrawerOpen { drawer: 1 });

        let id = bench.book(&bench.gym()).await.unwrap();
        let take = TakeCash {
            reservation: id,
            till,
            tendered: yen(1_600),
            seen_total: yen(1_600),
            submission: bench.key(),
        };
        bench.desk().take_cash(&clerk, &take).await.unwrap();
        bench.desk().take_cash(&clerk, &take).await.unwrap();
        assert_eq!(receipts(&bench, till).await, 1);
        let more = AddFloat { till, amount: yen(500), submission: bench.key() };
        bench.desk().add_float(&clerk, &more).await.unwrap();
        bench.desk().add_float(&clerk, &more).await.unwrap();
        assert_eq!(bench.drawer(till).await.state.cash().float, yen(10_500));
    }

    /// A page that was filled in again with its old key says something new; 「記録しました」 would be a lie.
    async fn a_form_sent_again_with_something_else_in_it_is_not_answered_as_done(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 10_000).await.unwrap();
        let more = AddFloat { till, amount: yen(500), submission: bench.key() };
        bench.desk().add_float(&clerk, &more).await.unwrap();
        let other = AddFloat { amount: yen(800), ..more };
        assert_eq!(refusal(bench.desk().add_float(&clerk, &other).await), Refusal::StaleForm);
        assert_eq!(bench.drawer(till).await.state.cash().float, yen(10_500));

        let (first, second) = (bench.form("gym-north", "2026-12-05", "09:00", "11:00"), bench.gym());
        let mut taken = Vec::new();
        let submission = bench.key();
        for form in [&first, &second] {
            let id = bench.book(form).await.unwrap();
            let owed = bench.record(id).await.quote.total_yen;
            let take = TakeCash { reservation: id, till, tendered: owed, seen_total: owed, submission };
            taken.push((id, bench.desk().take_cash(&clerk, &take).await));
        }
        assert!(taken[0].1.is_ok());
        assert_eq!(refusal(taken.remove(1).1), Refusal::StaleForm);
        let paid = taken.remove(0).0;
        bench.press_cancel(paid).await.unwrap();
        let other = bench.form("gym-full", "2026-12-06", "09:00", "11:00");
        let other = bench.book(&other).await.unwrap();
        bench.take_cash(&clerk, (till, other), 1_600).await.unwrap();
        bench.press_cancel(other).await.unwrap();
        let due = bench.till_today(&clerk).await.due;
        assert_eq!(due.len(), 2);
        let out = contract::PayOut { refund: due[0].id, till, submission: bench.key() };
        bench.desk().pay_out(&clerk, &out).await.unwrap();
        let next = contract::PayOut { refund: due[1].id, ..out };
        assert_eq!(refusal(bench.desk().pay_out(&clerk, &next).await), Refusal::StaleForm);
        assert_eq!(bench.till_today(&clerk).await.due.len(), 1);
        bench.assert_sound().await;
    }

    /// The wrong room was sold for a time that runs already: it is taken back, and the cash with it.
    async fn a_slip_in_a_running_slot_is_undone_with_its_cash(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.becomes("2026-11-28", "09:10");
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 0).await.unwrap();
        let running = bench.form("gym-full", "2026-11-28", "09:00", "11:00");
        let id = bench.desk().book_for(&clerk, bench.me(), &running).await.unwrap();
        bench.take_cash(&clerk, (till, id), 1_600).await.unwrap();
        assert!(!bench.view(id).await.can_cancel, "not by the resident");
        let own = bench.press_cancel(id).await;
        assert_eq!(code(own), "slot.past");
        let preview = bench.desk().cancel_sale_preview(&clerk, &whole(id)).await.unwrap();
        assert_eq!(preview.preview.refund_yen, yen(1_600));
        let cancel = contract::CancelSale {
            what: whole(id),
            seen_refund: yen(1_600),
            reason: "室場の誤り".to_owned(),
        };
        bench.desk().cancel_sale(&clerk, &cancel).await.unwrap();
        let due = bench.till_today(&clerk).await.due;
        bench.pay_out(&clerk, till, due[0].id).await.unwrap();
        assert_eq!(bench.drawer(till).await.state.cash().expected(), yen(0));
        bench.desk().book_for(&clerk, bench.me(), &BookRoom { submission: bench.key(), ..running }).await.unwrap();
        bench.assert_sound().await;
    }

    async fn wrong_cash_is_told_and_nothing_happens(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 0).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        let short = bench.take_cash(&clerk, (till, id), 1_000).await;
        assert_eq!(refusal(short), Refusal::Till(TillRefusal::TenderedShort { missing: yen(600) }));
        let absurd = bench.take_cash(&clerk, (till, id), 20_000).await;
        assert_eq!(code(absurd), "till.tendered_absurd");
        let stale = TakeCash {
            reservation: id,
            till,
            tendered: yen(1_600),
            seen_total: yen(800),
            submission: bench.key(),
        };
        let stale = bench.desk().take_cash(&clerk, &stale).await;
        assert_eq!(refusal(stale), Refusal::PriceChanged { total_yen: yen(1_600) });
        let before = bench.rows().await;
        bench.pass(chrono::Duration::minutes(30));
        let late = bench.take_cash(&bench.again(&clerk), (till, id), 1_600).await;
        assert_eq!(code(late), "hold.lapsed");
        let free = bench.book(&bench.hall()).await.unwrap();
        let elsewhere = bench.take_cash(&bench.again(&clerk), (till, free), 1_000).await;
        assert_eq!(code(elsewhere), "forbidden", "the hall is not this clerk's");
        assert_eq!(bench.rows().await["payments"], before["payments"]);
        assert_eq!(bench.moved(till).await, []);
    }

    async fn scenario_30_a_count_that_does_not_fit_needs_a_reason_and_a_closed_drawer_stays_closed(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 5_000).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.take_cash(&clerk, (till, id), 1_600).await.unwrap();
        let short = bench.close_drawer(&clerk, till, 6_590, " ").await;
        let missing = TillRefusal::ReasonMissing { difference_yen: -10 };
        assert_eq!(refusal(short), Refusal::Till(missing));
        let unfinished = bench.desk().day_sheet(&clerk, till, SheetFormat::Csv).await;
        assert_eq!(code(unfinished), "not_found", "what is not counted has no sheet");
        bench.close_drawer(&clerk, till, 6_590, "釣銭の渡し間違い").await.unwrap();
        bench.close_drawer(&clerk, till, 6_590, "釣銭の渡し間違い").await.unwrap();
        let reopened = bench.close_drawer(&clerk, till, 6_600, "").await;
        assert_eq!(refusal(reopened), Refusal::Till(TillRefusal::Closed));
        let id = bench.book(&bench.form("gym-full", "2026-12-06", "09:00", "11:00")).await.unwrap();
        let shut = bench.take_cash(&clerk, (till, id), 5_000).await;
        assert_eq!(refusal(shut), Refusal::Till(TillRefusal::Closed));
        for format in [SheetFormat::Pdf, SheetFormat::Csv] {
            let sheet = bench.desk().day_sheet(&clerk, till, format).await.unwrap();
            let text = String::from_utf8(sheet.bytes).unwrap();
            assert!(text.contains("6600") || text.contains("6,600"), "{text}");
            assert!(text.contains("6590") || text.contains("6,590"), "{text}");
        }
        let day = bench.till_today(&clerk).await;
        assert_eq!((day.tills.len(), day.free_drawer), (1, 1));
        let view = bench.desk().till(&clerk, till).await.unwrap();
        assert_eq!(view.lines.len(), 2, "float and receipt");
        assert!(view.lines.iter().any(|line| line.receipt == Some(1)));
    }

    async fn a_drawer_is_not_everybodys(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 5_000).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        let at_the_hall = bench.on_duty("suzuki", &[(Role::Window, Some("hall"))]).await;
        let viewer = bench.on_duty("viewer", &[(Role::Viewer, None)]).await;
        let accounting = bench.on_duty("takahashi", &[(Role::Accounting, None)]).await;
        for other in [&at_the_hall, &viewer, &accounting] {
            assert_eq!(code(bench.open_drawer(other, 2, 0).await), "forbidden");
            assert_eq!(code(bench.close_drawer(other, till, 5_000, "").await), "forbidden");
            assert_eq!(code(bench.take_cash(other, (till, id), 1_600).await), "forbidden");
            assert_eq!(code(bench.desk().sale(other, id).await), "forbidden");
        }
        assert_eq!(code(bench.desk().till(&at_the_hall, till).await), "forbidden");
        assert_eq!(code(bench.desk().till(&viewer, till).await), "forbidden");
        assert!(!bench.desk().till(&accounting, till).await.unwrap().may_handle);
        let own = bench.call();
        assert_eq!(code(bench.take_cash(&own, (till, id), 1_600).await), "forbidden");
        let nobody = bench.visitor();
        assert_eq!(code(bench.desk().till(&nobody, till).await), "staff.sign_in_required");
        assert_eq!(code(bench.desk().sale(&nobody, id).await), "staff.sign_in_required");
        assert_eq!(receipts(&bench, till).await, 0);
    }

    async fn two_clerks_take_cash_for_one_reservation_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (sato, mori) = (bench.clerk("sato").await, bench.clerk("mori").await);
        let one = bench.open_drawer(&sato, 1, 0).await.unwrap();
        let two = bench.open_drawer(&mori, 2, 0).await.unwrap();
        for day in ["2026-12-05", "2026-12-06", "2026-12-12", "2026-12-13"] {
            let form = bench.form("gym-full", day, "18:00", "20:00");
            let id = bench.book(&form).await.unwrap();
            let before = receipts(&bench, one).await + receipts(&bench, two).await;
            let (first, second) = tokio::join!(
                bench.take_cash(&sato, (one, id), 1_600),
                bench.take_cash(&mori, (two, id), 1_600),
            );
            assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
            assert!(was_told(&first) || was_told(&second), "{first:?} {second:?}");
            let after = receipts(&bench, one).await + receipts(&bench, two).await;
            assert_eq!(after - before, 1);
            assert_eq!(counter_cash(&bench, id).await, 1_600);
        }
        assert_eq!(bench.rows().await["receipts"], 4);
        bench.assert_sound().await;
    }

    async fn no_open_checkout_survives_cash_and_late_money_goes_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 0).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        let short = bench.take_cash(&clerk, (till, id), 100).await;
        assert_eq!(code(short), "till.tendered_short");
        let open = |state: &AttemptState| matches!(state, AttemptState::Open { .. });
        assert!(open(&bench.payment(id).await.state), "a slip of the finger closes nobody's page");
        bench.take_cash(&clerk, (till, id), 1_600).await.unwrap();
        let tried = bench.payments(id).await;
        let expired = |state: &AttemptState| matches!(state, AttemptState::Expired { .. });
        let page = tried.iter().find(|one| expired(&one.state)).unwrap().id;
        assert!(tried.len() == 2 && tried.iter().any(|one| one.state.is_cash()), "{tried:?}");
        bench.pay_late_at_stripe(&session);
        for event in bench.events().await {
            bench.receive(&event).await;
        }
        bench.hours_go_by().await;
        let refunds = bench.refunds(id).await;
        assert_eq!(refunds.len(), 1);
        assert!(matches!(refunds[0].state, RefundState::Done { .. }), "{refunds:?}");
        assert_eq!(refunds[0].payment, page, "not the cash");
        assert_eq!(counter_cash(&bench, id).await, 1_600);
        bench.assert_sound().await;
        bench.assert_books_agree().await;
    }

    async fn cash_and_a_checkout_at_once_leave_one_payment(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let till = bench.open_drawer(&clerk, 1, 0).await.unwrap();
        for (n, day) in ["2026-12-05", "2026-12-06", "2026-12-12"].into_iter().enumerate() {
            let form = bench.form("gym-full", day, "18:00", "20:00");
            let id = bench.book(&form).await.unwrap();
            let session = bench.open_page(id).await;
            if n > 0 {
                bench.pay_at_stripe(&session);
            }
            let (own, now) = (bench.call(), bench.again(&clerk));
            let (cash, back) = tokio::join!(
                bench.take_cash(&now, (till, id), 1_600),
                contract::Resident::payment_returned(bench.desk(), &own, id),
            );
            back.unwrap();
            assert_eq!(cash.is_ok(), n == 0, "paid on the page before: {cash:?}");
            assert!(n == 0 || was_told(&cash), "{cash:?}");
            bench.hours_go_by().await;
            assert_eq!(bench.state(id).await, ReservationState::Confirmed);
            let paid = bench.payments(id).await;
            assert_eq!(paid.iter().filter(|one| one.state.is_paid()).count(), 1, "{paid:?}");
        }
        assert_eq!(receipts(&bench, till).await, 1);
        bench.assert_sound().await;
        bench.assert_books_agree().await;
    }

    async fn closing_waits_for_whoever_takes_cash_or_they_find_it_closed(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (sato, mori) = (bench.clerk("sato").await, bench.clerk("mori").await);
        for (n, day) in (1..).zip(["2026-12-05", "2026-12-06", "2026-12-12", "2026-12-13"]) {
            let till = bench.open_drawer(&sato, n, 1_000).await.unwrap();
            let form = bench.form("gym-full", day, "18:00", "20:00");
            let id = bench.book(&form).await.unwrap();
            let close = CloseDrawer {
                till,
                counted: coins(1_000),
                reason: String::new(),
                seen_expected: yen(1_000),
            };
            let (closed, taken) = tokio::join!(
                bench.desk().close_drawer(&mori, &close),
                bench.take_cash(&sato, (till, id), 1_600),
            );
            match (closed, taken) {
                (Ok(()), taken) => assert_eq!(code(taken), "till.closed"),
                (closed, Ok(())) => {
                    let now = Refusal::TillMoved { expected_yen: yen(2_600) };
                    assert_eq!(refusal(closed), now);
                }
                both => panic!("neither: {both:?}"),
            }
            let cash = bench.drawer(till).await.state.cash();
            let rows: Vec<Movement> =
                bench.moved(till).await.into_iter().map(|one| one.movement).collect();
            assert_eq!(domain::till::CashInDrawer::of(&rows), Ok(cash));
        }
    }

    async fn a_refund_is_paid_out_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (sato, mori) = (bench.clerk("sato").await, bench.clerk("mori").await);
        let one = bench.open_drawer(&sato, 1, 0).await.unwrap();
        let two = bench.open_drawer(&mori, 2, 5_000).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.take_cash(&sato, (one, id), 1_600).await.unwrap();
        let preview = bench.desk().cancel_sale_preview(&sato, &whole(id)).await.unwrap();
        assert_eq!(preview.preview.refund_yen, yen(1_600));
        let mut cancel = contract::CancelSale {
            what: whole(id),
            seen_refund: yen(1_600),
            reason: "  ".to_owned(),
        };
        assert_eq!(code(bench.desk().cancel_sale(&sato, &cancel).await), "input.invalid");
        cancel.reason = "本人の申出".to_owned();
        bench.desk().cancel_sale(&sato, &cancel).await.unwrap();
        bench.desk().cancel_sale(&sato, &cancel).await.unwrap();

        let due = bench.till_today(&sato).await.due;
        assert_eq!((due.len(), due[0].amount), (1, yen(1_600)));
        let refund = due[0].id;
        let at_the_hall = bench.on_duty("suzuki", &[(Role::Window, Some("hall"))]).await;
        assert_eq!(code(bench.pay_out(&at_the_hall, two, refund).await), "forbidden");
        let (first, second) = tokio::join!(
            bench.pay_out(&sato, one, refund),
            bench.pay_out(&mori, two, refund),
        );
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
        let lost = if first.is_ok() { second } else { first };
        assert_eq!(refusal(lost), Refusal::RefundNotAtCounter);
        assert_eq!(counter_cash(&bench, id).await, 0);
        assert_eq!(bench.balance(id).await, crate::bench::books::Balance::default());
        let cash = [one, two].map(async |till| bench.drawer(till).await.state.cash().expected());
        let [a, b] = cash;
        assert_eq!(a.await.get() + b.await.get(), 5_000);
        assert_eq!(bench.till_today(&sato).await.due, []);
        bench.assert_sound().await;
    }

    async fn an_empty_drawer_pays_nothing_out_and_yesterdays_takes_nothing(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.clerk("sato").await;
        let full = bench.open_drawer(&clerk, 1, 0).await.unwrap();
        let empty = bench.open_drawer(&clerk, 2, 0).await.unwrap();
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.take_cash(&clerk, (full, id), 1_600).await.unwrap();
        bench.press_cancel(id).await.unwrap();
        let refund = bench.refunds(id).await[0].id;
        let nothing = bench.pay_out(&clerk, empty, refund).await;
        assert_eq!(refusal(nothing), Refusal::Till(TillRefusal::NotEnough { there: yen(0) }));
        bench.pass(chrono::Duration::days(1));
        let tomorrow = bench.again(&clerk);
        let late = bench.pay_out(&tomorrow, full, refund).await;
        assert_eq!(code(late), "till.other_day");
        let day = bench.till_today(&tomorrow).await;
        assert_eq!(day.tills.len(), 2, "nobody has closed them");
        bench.close_drawer(&tomorrow, full, 1_600, "").await.unwrap();
    }

    async fn a_phone_pays_the_same_checkout_and_the_counter_sees_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let taro = bench.settle_in(&Card::of("taro")).await;
        let clerk = bench.clerk("sato").await;
        let id = bench.book_as(taro, &bench.gym()).await.unwrap();
        let started = bench.desk().pay_by_phone(&clerk, id).await.unwrap();
        let session = session_of(&started);
        let sale = bench.desk().sale(&clerk, id).await.unwrap();
        assert!(sale.checkout.unwrap().url.ends_with(&session));
        let waits = bench.desk().sale_payment(&clerk, id, false).await.unwrap();
        assert_eq!(waits, contract::SalePayment::Waiting);
        bench.pay_at_stripe(&session);
        let paid = bench.desk().sale_payment(&clerk, id, true).await.unwrap();
        assert_eq!(paid, contract::SalePayment::Paid);
        let again = bench.desk().pay_by_phone(&clerk, id).await;
        assert_eq!(code(again), "reservation.state");
        let sale = bench.desk().sale(&clerk, id).await.unwrap();
        assert!(sale.checkout.is_none() && sale.reservation.has_receipt);
        let seen = "SELECT count(*) FROM view_log WHERE page = 'counter.reservation'";
        assert_eq!(bench.count(seen).await, 2, "one note for each look");
        bench.assert_settled(id).await;
    }
}
