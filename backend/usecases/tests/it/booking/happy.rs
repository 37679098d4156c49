//! The straight lines: a free hall, a paid gym.

use chrono::Duration;
use contract::{PayState, ReservationState, Resident as _, StartedPayment};

use crate::bench::Bench;
use crate::bench::wishes::{code, one, yen};

testkit::on_both! {
    async fn a_free_hall_is_held_confirmed_and_mailed(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.hall()).await.unwrap();
        let until = bench.now() + Duration::minutes(10);
        let held = ReservationState::Held { until, can_extend: true };
        assert_eq!(bench.state(id).await, held);

        assert_eq!(bench.press_pay(id).await.unwrap(), StartedPayment::Confirmed);
        let view = bench.view(id).await;
        assert_eq!(view.state, ReservationState::Confirmed);
        assert_eq!(view.money.payment, PayState::Free);
        assert!(view.has_permit && !view.has_receipt);

        bench.work().await;
        let mails = bench.mailbox().mails();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].recipients, ["hanako@example.jp"]);
        assert!(mails[0].subject.starts_with("【予約確定】"), "{}", mails[0].subject);
        assert!(mails[0].text.contains("山田 hanako 様"), "{}", mails[0].text);
        assert!(mails[0].text.contains(&view.number));
        assert!(mails[0].text.contains("無料"));
        let papers: Vec<&str> = mails[0].attachments.iter().map(|a| a.file_name.as_str()).collect();
        assert_eq!(papers, ["使用許可書.pdf"]);
        bench.assert_sound().await;
        bench.assert_settled(id).await;
    }

    async fn a_paid_gym_is_held_paid_confirmed_and_receipted(db: TestStore) {
        let bench = Bench::new(&db).await;
        let mut form = bench.gym();
        form.what.options = vec![one("lighting")];
        form.note = "得点板を使います".to_owned();
        form.seen_total_yen = Some(yen(2_400));
        let id = bench.book(&form).await.unwrap();
        let view = bench.view(id).await;
        assert_eq!(view.quote.total_yen, yen(2_400));
        assert_eq!(view.note, "得点板を使います");
        assert_eq!(view.money.payment, PayState::Unpaid);

        let session = bench.open_page(id).await;
        let due = bench.now() + Duration::minutes(30);
        let view = bench.view(id).await;
        assert_eq!(view.state, ReservationState::AwaitingPayment { due });
        assert_eq!(view.money.payment, PayState::Checking);
        assert_eq!(bench.balance(id).await.receivable, 2_400);

        bench.pass(Duration::minutes(5));
        bench.pay_at_stripe(&session);
        let view = bench.desk().payment_returned(&bench.call(), id).await.unwrap();
        assert_eq!(view.state, ReservationState::Confirmed);
        assert!(matches!(view.money.payment, PayState::Paid { at, .. } if at == bench.now()));
        assert!(view.has_permit && view.has_receipt);

        bench.work().await;
        let mails = bench.mailbox().mails();
        assert_eq!(mails.len(), 1);
        let papers: Vec<&str> = mails[0].attachments.iter().map(|a| a.file_name.as_str()).collect();
        assert_eq!(papers, ["使用許可書.pdf", "領収書.pdf"]);
        bench.assert_sound().await;
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    async fn the_list_shows_the_next_booking_first_and_the_past_last(db: TestStore) {
        let bench = Bench::new(&db).await;
        let mut ids = Vec::new();
        for day in ["2026-12-12", "2026-11-22", "2026-11-28"] {
            let form = bench.form("gym-north", day, "10:00", "11:00");
            ids.push(bench.book(&form).await.unwrap());
        }
        bench.becomes("2026-11-22", "11:00");
        let listed = bench.desk().reservations(&bench.call()).await.unwrap();
        let order: Vec<_> = listed.iter().map(|one| (one.id, one.past)).collect();
        assert_eq!(order, [(ids[2], false), (ids[0], false), (ids[1], true)]);
    }

    async fn a_hold_is_extended_ten_times_and_not_after_it_lapsed(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.hall()).await.unwrap();
        for _ in 0..10 {
            bench.desk().extend_hold(&bench.call(), id).await.unwrap();
        }
        let until = bench.now() + Duration::minutes(60);
        let held = ReservationState::Held { until, can_extend: false };
        assert_eq!(bench.state(id).await, held);
        let again = bench.desk().extend_hold(&bench.call(), id).await;
        assert_eq!(code(again), "hold.extension_limit");

        bench.pass(Duration::minutes(60));
        assert_eq!(bench.state(id).await, ReservationState::Released);
        assert_eq!(code(bench.desk().extend_hold(&bench.call(), id).await), "hold.lapsed");
        assert_eq!(code(bench.press_pay(id).await), "hold.lapsed");
        bench.assert_sound().await;
    }

    async fn a_lapsed_hold_gives_its_floor_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.hall()).await.unwrap();
        bench.pass(Duration::minutes(10) - Duration::microseconds(1));
        assert_eq!(bench.house().worker.release_lapsed().await.unwrap(), 0);
        let mut form = bench.hall();
        assert_eq!(code(bench.book(&form).await), "slot.taken");

        bench.pass(Duration::microseconds(1));
        assert_eq!(bench.house().worker.release_lapsed().await.unwrap(), 1);
        assert_eq!(bench.state(id).await, ReservationState::Released);
        form.submission = bench.hall().submission;
        bench.book(&form).await.unwrap();
        bench.assert_sound().await;
    }
}
