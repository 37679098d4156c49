//! Money that comes too late or twice: rows 11 and 12, tests 17 and 18.

use std::sync::Arc;

use chrono::Duration;
use contract::{
    Call, PayState, ReduceAtCounter, RefundState, ReservationState, Resident as _, Reviews as _,
    StartedPayment,
};
use domain::ids::ReservationId;
use domain::payment::SessionId;
use domain::town::ReductionRate;

use crate::bench::Bench;
use crate::bench::reviews;
use crate::bench::wishes::{code, yen};

/// A booking whose time to pay is over, and the page it should have been paid on.
async fn lapsed(bench: &Bench) -> (ReservationId, String) {
    let id = bench.book(&bench.gym()).await.unwrap();
    let session = bench.open_page(id).await;
    bench.pass(Duration::minutes(30));
    bench.rounds().await;
    assert_eq!(bench.state(id).await, ReservationState::Released);
    (id, session)
}

/// A handbook is shown at the counter.
async fn reduce(bench: &Bench, clerk: &Call, id: ReservationId) {
    let reduce = ReduceAtCounter {
        reservation: id,
        reduction: "disabled".parse().unwrap(),
        shown: "障害者手帳".to_owned(),
    };
    let desk = bench.desk();
    desk.reduce_at_counter(clerk, &reduce).await.unwrap();
}

/// The payer was let through all the same, and the notice of it arrives.
pub async fn money_comes(bench: &Bench, session: &str) {
    bench.pay_late_at_stripe(session);
    let event = bench.events().await.pop().unwrap();
    assert_eq!(event.name, "checkout.session.completed");
    bench.receive(&event).await;
    bench.work().await;
}

testkit::on_both! {
    /// Test 17, the floor is still free.
    async fn scenario_41_late_money_books_the_floor_again_if_it_is_free(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, session) = lapsed(&bench).await;
        money_comes(&bench, &session).await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert_eq!(code(bench.book(&bench.gym()).await), "slot.taken");
        let view = bench.view(id).await;
        assert!(view.has_permit && view.has_receipt && view.money.refunds.is_empty());
        assert!(bench.mailbox().mails()[0].subject.starts_with("【予約確定】"));
        bench.assert_sound().await;
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// Test 17, somebody else has it; even a part of it is enough.
    async fn scenario_41_late_money_for_a_floor_that_is_gone_goes_back_once_and_is_told(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, session) = lapsed(&bench).await;
        let half = bench.form("gym-south", "2026-12-05", "19:00", "20:00");
        let theirs = bench.book(&half).await.unwrap();
        money_comes(&bench, &session).await;
        // The same news again, and time for everything to be tried twice.
        bench.receive(&bench.events().await[0]).await;
        bench.press_pay(theirs).await.unwrap();
        bench.rounds().await;

        let view = bench.view(id).await;
        assert_eq!(view.state, ReservationState::Released);
        let [(amount, RefundState::Done { .. })] = view.money.refunds[..] else {
            panic!("{:?}", view.money);
        };
        assert_eq!(amount, yen(1_600));
        assert_eq!(bench.stripe().balance().refunded, 1_600);
        let mails = bench.mailbox().mails();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].subject.starts_with("【返金のお知らせ】"), "{}", mails[0].subject);
        assert!(mails[0].text.contains("1,600円"), "{}", mails[0].text);
        assert!(mails[0].text.contains("お取りできませんでした"), "{}", mails[0].text);
        bench.assert_sound().await;
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// Once the time of use has begun there is nothing left to book.
    async fn late_money_for_a_time_that_has_begun_goes_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, session) = lapsed(&bench).await;
        bench.becomes("2026-12-05", "18:00");
        money_comes(&bench, &session).await;
        assert_eq!(bench.state(id).await, ReservationState::Released);
        assert_eq!(bench.stripe().balance().gross, 0);
        bench.assert_settled(id).await;
    }

    async fn money_for_a_cancelled_booking_goes_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        money_comes(&bench, &session).await;
        assert!(matches!(bench.state(id).await, ReservationState::Cancelled { .. }));
        let mail = bench.mailbox().mails().pop().unwrap();
        assert!(mail.text.contains("取り消された予約"), "{}", mail.text);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// The room has left the town file since: nothing can be booked again, and the money is not
    /// lost sight of.
    async fn late_money_for_a_room_that_is_no_more_goes_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, session) = lapsed(&bench).await;
        let mut town = testkit::town().unwrap();
        Arc::make_mut(&mut town.facilities[0]).rooms.remove(0);
        bench.apply_town(&town).await;
        money_comes(&bench, &session).await;
        assert_eq!(bench.state(id).await, ReservationState::Released);
        assert_eq!(bench.stripe().balance().refunded, 1_600);
        bench.assert_settled(id).await;
    }

    /// Everybody whose money came for nothing is told, each time.
    async fn every_payment_that_goes_back_by_itself_has_a_mail_of_its_own(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let mut pages = Vec::new();
        for _ in 0..2 {
            let page = bench.open_page(id).await;
            bench.house().accounts.shared().expire(&SessionId(page.clone())).await.unwrap();
            bench.desk().payment_returned(&bench.call(), id).await.unwrap();
            bench.pass(Duration::minutes(1));
            pages.push(page);
        }
        bench.pay_for(id).await;
        bench.work().await;
        for page in &pages {
            money_comes(&bench, page).await;
        }
        let mails = bench.mailbox().mails();
        let told: Vec<_> = mails.iter().filter(|mail| mail.subject.starts_with("【返金")).collect();
        assert_eq!(told.len(), 2, "{:?}", mails.iter().map(|m| &m.subject).collect::<Vec<_>>());
        assert_ne!(told[0].message_id, told[1].message_id);
        for mail in told {
            assert!(mail.text.contains("1,600円は全額お返しします"), "{}", mail.text);
        }
        assert_eq!(bench.stripe().balance().gross, 1_600);
        bench.assert_sound().await;
    }

    /// Test 18, row 12: an earlier page was paid after all, and the later one had been paid too.
    async fn of_two_payments_the_later_goes_back_and_the_booking_stands(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let first = bench.open_page(id).await;
        bench.house().accounts.shared().expire(&SessionId(first.clone())).await.unwrap();
        bench.desk().payment_returned(&bench.call(), id).await.unwrap();
        bench.pass(Duration::minutes(1));
        let second = bench.pay_for(id).await;
        bench.pass(Duration::minutes(1));
        let receipt = bench.desk().receipt(&bench.call(), id).await.unwrap();
        bench.work().await;

        money_comes(&bench, &first).await;
        let view = bench.view(id).await;
        assert_eq!(view.state, ReservationState::Confirmed);
        let gone = matches!(view.money.refunds[..], [(_, RefundState::Done { .. })]);
        assert!(gone, "{:?}", view.money);
        assert_eq!(bench.refunds(id).await[0].payment, bench.attempt_of(&first).await);
        assert_eq!(bench.stripe().balance().gross, 1_600);
        assert_eq!(bench.desk().receipt(&bench.call(), id).await.unwrap(), receipt);
        let mail = bench.mailbox().mails().pop().unwrap();
        assert!(mail.text.contains("二重"), "{}", mail.text);
        bench.assert_sound().await;

        bench.pass(Duration::minutes(1));
        // And the payment that stands is the one that a cancellation gives back.
        let preview = bench.desk().cancel_preview(&bench.call(), id).await.unwrap();
        assert_eq!((preview.paid_yen, preview.refund_yen), (yen(1_600), yen(1_600)));
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        let refunds = bench.refunds(id).await;
        assert_eq!(refunds.len(), 2);
        assert_eq!(refunds[1].payment, bench.attempt_of(&second).await);
        assert_eq!(bench.stripe().balance().gross, 0);
        let mail = bench.mailbox().mails().pop().unwrap();
        assert!(mail.text.contains("1,600円をお返しします"), "{}", mail.text);
        bench.assert_sound().await;
        bench.assert_settled(id).await;
    }

    /// A page was open at the whole fee when a document was shown at the counter.
    async fn late_money_of_another_fee_goes_back_and_the_new_fee_can_be_paid(db: TestStore) {
        let bench = Bench::in_town(&db, &reviews::town()).await;
        let clerk = bench.clerk("sato").await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        reduce(&bench, &clerk, id).await;
        money_comes(&bench, &session).await;
        bench.rounds().await;
        let view = bench.view(id).await;
        assert!(matches!(view.state, ReservationState::AwaitingPayment { .. }), "{view:?}");
        assert_eq!(view.money.payment, PayState::Unpaid);
        let [(amount, RefundState::Done { .. })] = view.money.refunds[..] else {
            panic!("{:?}", view.money);
        };
        assert_eq!(amount, yen(1_600));
        let mail = &bench.mailbox().mails()[0];
        assert!(mail.text.contains("料金が変わる前の金額でした"), "{}", mail.text);
        bench.pay_for(id).await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert_eq!(bench.balance(id).await.fees, 800);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
        bench.assert_sound().await;
    }

    /// The same page, and nothing is owed any more.
    async fn who_is_exempted_with_a_page_open_is_confirmed_without_paying(db: TestStore) {
        let mut town = reviews::town();
        town.reductions[2].rate = ReductionRate::Percent(100);
        let bench = Bench::in_town(&db, &town).await;
        let clerk = bench.clerk("sato").await;
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.open_page(id).await;
        reduce(&bench, &clerk, id).await;
        let confirmed = bench.press_pay(id).await.unwrap();
        assert_eq!(confirmed, StartedPayment::Confirmed);
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.assert_settled(id).await;
        bench.assert_sound().await;
    }
}
