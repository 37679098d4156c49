//! Cancelling and giving back: rows 17–19, test 21.

use std::sync::Arc;

use chrono::Duration;
use contract::{CancelReservation, RefundState, Refusal, ReservationState, Resident as _};
use standin::stripe::{Fault, Mischief, Operation, RefundStatus};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::bench::Bench;
use crate::bench::books::Balance;
use crate::bench::wishes::{code, refusal, yen};

testkit::on_both! {
    /// Row 17: what comes back is what the preview says, by the day in Japan.
    async fn what_comes_back_goes_by_the_day(db: TestStore) {
        let bench = Bench::new(&db).await;
        for (hour, day, time, refund) in [
            (9, "2026-11-28", "23:59", 800),
            (10, "2026-11-29", "00:00", 400),
            (11, "2026-12-04", "23:59", 400),
            (12, "2026-12-05", "00:00", 0),
        ] {
            bench.becomes("2026-11-21", "09:00");
            let (start, end) = (format!("{hour:02}:00"), format!("{:02}:00", hour + 1));
            let id = bench.book(&bench.form("gym-full", "2026-12-05", &start, &end)).await.unwrap();
            bench.pay_for(id).await;
            bench.becomes(day, time);
            let preview = bench.desk().cancel_preview(&bench.call(), id).await.unwrap();
            let back = (preview.paid_yen, preview.refund_yen);
            assert_eq!(back, (yen(800), yen(refund)), "{day} {time}");
            assert_eq!(preview.reckoning[0].basis, "条例第10条");

            let mut cancel = CancelReservation { reservation: id, seen_refund_yen: Some(yen(1)) };
            let changed = refusal(bench.desk().cancel(&bench.call(), &cancel).await);
            assert_eq!(changed, Refusal::RefundChanged { refund_yen: yen(refund) });
            assert_eq!(bench.state(id).await, ReservationState::Confirmed);

            cancel.seen_refund_yen = Some(yen(refund));
            bench.desk().cancel(&bench.call(), &cancel).await.unwrap();
            bench.work().await;
            let state = bench.state(id).await;
            let gone = ReservationState::Cancelled { at: bench.now(), reason: None };
            assert_eq!(state, gone);
            let refunded: Vec<_> = bench.view(id).await.money.refunds;
            if refund == 0 {
                assert!(refunded.is_empty());
            } else {
                let done = (yen(refund), RefundState::Done { at: bench.now() });
                assert_eq!(refunded, [done]);
            }
            bench.assert_settled(id).await;
            bench.assert_books_agree().await;
        }
        bench.assert_sound().await;
    }

    async fn what_has_begun_or_is_over_is_not_cancelled(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        bench.becomes("2026-12-05", "18:00");
        assert_eq!(code(bench.press_cancel(id).await), "slot.past");
        let preview = bench.desk().cancel_preview(&bench.call(), id).await;
        assert_eq!(code(preview), "reservation.state");
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert!(bench.refunds(id).await.is_empty());

        bench.becomes("2026-12-05", "09:00");
        let next = bench.form("gym-full", "2026-12-06", "10:00", "12:00");
        let lapsing = bench.book(&next).await.unwrap();
        bench.pass(Duration::minutes(10));
        bench.rounds().await;
        assert_eq!(code(bench.press_cancel(lapsing).await), "reservation.state");
    }

    /// Test 21 and a double click: twenty at once.
    async fn twenty_cancellations_at_once_give_back_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        for hour in [9, 11, 13, 15] {
            let (start, end) = (format!("{hour:02}:00"), format!("{:02}:00", hour + 2));
            let id = bench.book(&bench.form("gym-full", "2026-12-05", &start, &end)).await.unwrap();
            bench.pay_for(id).await;
            let together = Arc::new(Barrier::new(20));
            let mut presses = JoinSet::new();
            for _ in 0..20 {
                let (bench, together) = (bench.clone(), Arc::clone(&together));
                presses.spawn(async move {
                    together.wait().await;
                    bench.press_cancel(id).await
                });
            }
            for outcome in presses.join_all().await {
                outcome.unwrap();
            }
            bench.work().await;
            assert_eq!(bench.refunds(id).await.len(), 1);
            bench.assert_settled(id).await;
        }
        assert_eq!(bench.calls_at_stripe(Operation::RefundCreate).len(), 4);
        assert_eq!(bench.mailbox().mails().len(), 4, "one mail each");
        bench.assert_sound().await;
        bench.assert_books_agree().await;
    }

    async fn cancelling_before_paying_closes_the_page_and_owes_nothing(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.press_cancel(id).await.unwrap();
        assert_eq!(bench.stripe().object(&session).unwrap()["status"], "expired");
        bench.assert_settled(id).await;
        bench.book(&bench.gym()).await.unwrap();
        bench.assert_sound().await;
    }

    /// The page had been paid when it was to be closed: that is cancelled as what it is.
    async fn cancelling_what_was_paid_a_moment_ago_gives_the_money_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.pay_at_stripe(&session);
        let unpaid = CancelReservation { reservation: id, seen_refund_yen: Some(yen(0)) };
        let changed = refusal(bench.desk().cancel(&bench.call(), &unpaid).await);
        assert_eq!(changed, Refusal::RefundChanged { refund_yen: yen(1_600) });
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        assert_eq!(bench.stripe().balance().gross, 0);
        bench.assert_settled(id).await;
    }

    async fn what_may_still_be_paid_is_not_cancelled(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.open_page(id).await;
        bench.down(Operation::SessionExpire, Mischief::Unavailable);
        let before = bench.rows().await;
        assert_eq!(code(bench.press_cancel(id).await), "payment.in_progress");
        assert_eq!(bench.rows().await, before);
        bench.stripe().clear_faults();
        bench.press_cancel(id).await.unwrap();
        bench.assert_settled(id).await;
    }

    /// Rows 18 and 19: the payer has to name a bank account first; the poller sees it through.
    async fn a_refund_under_way_is_shown_so_until_it_is_done(db: TestStore) {
        let bench = Bench::new(&db).await;
        for (begins, hour) in [(RefundStatus::Pending, 9), (RefundStatus::RequiresAction, 11)] {
            bench.stripe().refunds_begin(begins);
            let (start, end) = (format!("{hour:02}:00"), format!("{:02}:00", hour + 2));
            let id = bench.book(&bench.form("gym-full", "2026-12-12", &start, &end)).await.unwrap();
            bench.pay_for(id).await;
            bench.press_cancel(id).await.unwrap();
            bench.rounds().await;
            assert!(matches!(bench.view(id).await.money.refunds[..], [(_, RefundState::Pending)]));
            let owed = Balance { clearing: 1_600, payable: 1_600, ..Balance::default() };
            assert_eq!(bench.balance(id).await, owed);

            let refund = bench.refunds(id).await.remove(0);
            let provider_id = refund.state.provider_id().unwrap();
            bench.stripe().turn_refund(provider_id, RefundStatus::Succeeded, None).unwrap();
            bench.pass(Duration::minutes(5));
            bench.rounds().await;
            let done = RefundState::Done { at: bench.now() };
            assert_eq!(bench.view(id).await.money.refunds, [(yen(1_600), done)]);
            bench.assert_settled(id).await;
        }
        bench.assert_books_agree().await;
    }

    /// Row 20: whether it failed at once or days later, the refund waits where staff can find it.
    async fn a_refund_that_failed_is_listed_and_in_the_trail(db: TestStore) {
        let bench = Bench::new(&db).await;
        let mut failed = Vec::new();
        for (hour, days) in [(9, 0), (11, 5)] {
            let begins = if days == 0 { RefundStatus::Pending } else { RefundStatus::Succeeded };
            bench.stripe().refunds_begin(begins);
            let (start, end) = (format!("{hour:02}:00"), format!("{:02}:00", hour + 2));
            let id = bench.book(&bench.form("gym-full", "2026-12-12", &start, &end)).await.unwrap();
            bench.pay_for(id).await;
            bench.press_cancel(id).await.unwrap();
            bench.work().await;
            bench.pass(Duration::days(days));
            let refund = bench.refunds(id).await.remove(0);
            let provider_id = refund.state.provider_id().unwrap();
            let why = Some("lost_or_stolen_card");
            bench.stripe().turn_refund(provider_id, RefundStatus::Failed, why).unwrap();
            bench.receive(&bench.events().await.pop().unwrap()).await;
            bench.work().await;
            assert!(matches!(bench.view(id).await.money.refunds[..], [(_, RefundState::Failed)]));
            failed.insert(0, refund.id);
        }
        let reading = bench.store().read(bench.world().municipality).await.unwrap();
        let listed = reading.failed_refunds(10).await.unwrap();
        assert_eq!(listed.iter().map(|refund| refund.id).collect::<Vec<_>>(), failed);
        let trail = "SELECT count(*) FROM audit_entries WHERE action = 'refund.failed'";
        assert_eq!(bench.count(trail).await, 2);
        bench.assert_books_agree().await;
    }

    /// Row 17: the answer is lost, kept as a failure, or cannot be read; money goes back once.
    async fn a_refund_whose_answer_is_lost_goes_out_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let mischiefs = [
            Mischief::DropConnection,
            Mischief::Error500,
            Mischief::Html502,
            Mischief::TruncatedJson,
        ];
        for (n, mischief) in mischiefs.into_iter().enumerate() {
            let (start, end) = (format!("{:02}:00", 9 + n), format!("{:02}:00", 10 + n));
            let id = bench.book(&bench.form("gym-full", "2026-12-12", &start, &end)).await.unwrap();
            bench.pay_for(id).await;
            bench.press_cancel(id).await.unwrap();
            let fault = Fault::once(Operation::RefundCreate, mischief.clone()).standing();
            bench.stripe().set_fault(fault);
            bench.work().await;
            bench.stripe().clear_faults();
            bench.hours_go_by().await;
            bench.assert_settled(id).await;
            assert_eq!(bench.refunds(id).await.len(), 1, "{mischief:?}");
        }
        assert_eq!(bench.stripe().balance().refunded, 4 * 800);
        bench.assert_books_agree().await;
    }

    /// The service keeps its failure for a day although nothing was refunded; after that day the
    /// same key goes through.
    async fn a_refund_that_never_began_begins_once_the_kept_failure_is_forgotten(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.form("gym-full", "2026-12-12", "18:00", "20:00")).await.unwrap();
        bench.pay_for(id).await;
        bench.press_cancel(id).await.unwrap();
        bench.down(Operation::RefundCreate, Mischief::Error500);
        bench.work().await;
        bench.stripe().clear_faults();
        bench.hours_go_by().await;
        assert!(matches!(bench.view(id).await.money.refunds[..], [(_, RefundState::Pending)]));
        bench.pass(Duration::hours(24));
        bench.rounds().await;
        bench.assert_settled(id).await;
        assert_eq!(bench.stripe().balance().gross, 0);
    }

    /// A mail that says the booking stands is not sent after it was cancelled.
    async fn a_booking_cancelled_before_its_mail_left_is_not_confirmed_by_mail(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        let mails = bench.mailbox().mails();
        let subjects: Vec<String> = mails.into_iter().map(|mail| mail.subject).collect();
        assert_eq!(subjects.len(), 1, "{subjects:?}");
        assert!(subjects[0].starts_with("【予約取消】"), "{subjects:?}");
        let left = "SELECT count(*) FROM jobs WHERE kind LIKE 'mail%' AND done_at IS NULL";
        assert_eq!(bench.count(left).await, 0);
    }
}
