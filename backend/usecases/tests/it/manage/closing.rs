//! Making a closure: what is shown before, and what becomes of those it hits.

use contract::{
    BookRoom, Manage as _, Refusal, ReservationState, Resident as _, Role, WalkIn as _,
};
use domain::availability::{ClosedReason, SlotStatus};
use domain::closure::ClosureReason;
use domain::money::Yen;
use domain::payment::{RefundState, SessionId};
use domain::reservation::{CancelledBy, ReservationState as Stored};

use standin::stripe::{Mischief, Operation, RefundStatus};
use usecases::ports::store::RefundRecord;

use super::{DAY, between, close, manager, preview, rooms, works};
use crate::bench::wishes::{code, refusal, yen};
use crate::bench::{Bench, Card};
use crate::payments::cash::take_cash;
use crate::payments::late::money_comes;

testkit::on_both! {
    async fn whoever_loses_a_booking_is_shown_before_and_told_after(db: TestStore) {
        let bench = Bench::new(&db).await;
        let paid = bench.paid_booking().await;
        let taro = bench.settle_in(&Card::of("taro")).await;
        let held = bench.form("gym-north", DAY, "09:00", "11:00");
        let held = bench.book_as(taro, &held).await.unwrap();
        let elsewhere = bench.book(&bench.hall()).await.unwrap();
        bench.work().await;
        let before = bench.mailbox().mails().len();
        let boss = manager(&bench).await;

        let shown = preview(&bench, &boss, &works(&bench)).await;
        let ids: Vec<_> = shown.cancelled.iter().map(|hit| hit.id).collect();
        assert_eq!(ids, [held, paid], "by start");
        assert_eq!((shown.refund_yen, shown.cash_yen), (yen(1_600), Yen::ZERO));
        assert_eq!(shown.cancelled[1].refund_yen, yen(1_600));
        assert!(shown.cancelled[1].person.as_ref().unwrap().reveal().contains("hanako"));
        let looks = "SELECT count(*) FROM view_log WHERE page = 'manage.closure_preview'";
        assert_eq!(bench.count(looks).await, 2);
        assert_eq!(bench.state(paid).await, ReservationState::Confirmed, "nothing is done yet");

        let made = bench.desk().close(&boss, &works(&bench), &shown.seen).await.unwrap();
        assert_eq!(made.cancelled, 2);
        for id in [paid, held] {
            let Stored::Cancelled { by, reason, .. } = bench.stored(id).await else {
                panic!("it is cancelled");
            };
            assert_eq!(by, CancelledBy::Facility);
            assert_eq!(reason, "施設の都合：工事（屋根の修理）");
        }
        let ReservationState::Cancelled { reason, .. } = bench.state(paid).await else {
            panic!("its owner sees that");
        };
        assert_eq!(reason.as_deref(), Some("施設の都合：工事（屋根の修理）"), "and why");
        assert!(!matches!(bench.state(elsewhere).await, ReservationState::Cancelled { .. }));
        bench.work().await;
        let refunds = bench.refunds(paid).await;
        assert_eq!(refunds.len(), 1);
        assert_eq!(refunds[0].amount, yen(1_600));
        assert!(matches!(refunds[0].state, RefundState::Done { .. }), "{refunds:?}");
        let mails = bench.mailbox().mails();
        let mails: Vec<_> = mails.iter().skip(before).collect();
        assert_eq!(mails.len(), 2);
        let hers = mails.iter().find(|mail| mail.recipients[0].contains("hanako")).unwrap();
        assert!(hers.subject.contains("予約取消"), "{}", hers.subject);
        for words in ["施設の都合：工事（屋根の修理）のため", "1,600円をお返しします"] {
            assert!(hers.text.contains(words), "{}", hers.text);
        }
        let again = bench.book(&bench.gym()).await;
        assert_eq!(code(again), "slot.taken");
        bench.assert_sound().await;
    }

    async fn everything_comes_back_even_on_the_day_itself_and_cash_over_the_counter(db: TestStore) {
        let bench = Bench::new(&db).await;
        let online = bench.paid_booking().await;
        let early = bench.form("gym-south", DAY, "14:00", "16:00");
        let cash = bench.book(&early).await.unwrap();
        let fee = take_cash(&bench, cash).await;
        // By the rule for residents nothing comes back any more.
        bench.becomes(DAY, "10:00");
        let boss = manager(&bench).await;
        let shown = preview(&bench, &boss, &works(&bench)).await;
        assert_eq!(shown.cash_yen, fee);
        assert_eq!(shown.refund_yen, Yen::sum([fee, yen(1_600)]).unwrap());
        bench.desk().close(&boss, &works(&bench), &shown.seen).await.unwrap();
        assert!(matches!(bench.refunds(cash).await[0].state, RefundState::DueInCash { .. }));
        assert_eq!(bench.refunds(online).await[0].amount, yen(1_600));
        bench.work().await;
        let mails = bench.mailbox().mails();
        assert!(mails.iter().any(|mail| mail.text.contains("窓口でお返しします")));
        bench.assert_sound().await;
    }

    async fn a_page_of_the_payment_service_that_is_open_is_closed_first(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        let boss = manager(&bench).await;
        close(&bench, &boss, &works(&bench)).await.unwrap();
        assert!(matches!(bench.state(id).await, ReservationState::Cancelled { .. }));
        let paid = bench.stripe().pay(&session, &standin::stripe::Pay::default());
        assert!(paid.is_err(), "nobody can pay for it any more: {paid:?}");
        bench.rounds().await;
        assert!(bench.refunds(id).await.is_empty());
        bench.assert_sound().await;
    }

    /// A shelter cannot wait for the payment service.
    async fn a_page_of_which_nobody_knows_stops_no_closure_and_its_money_goes_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        for operation in [Operation::SessionExpire, Operation::SessionRetrieve] {
            bench.down(operation, Mischief::Unavailable);
        }
        let boss = manager(&bench).await;
        close(&bench, &boss, &works(&bench)).await.unwrap();
        assert!(matches!(bench.state(id).await, ReservationState::Cancelled { .. }));
        bench.pay_at_stripe(&session);
        bench.stripe().clear_faults();
        bench.rounds().await;
        bench.pass(chrono::Duration::minutes(2));
        bench.rounds().await;
        let refunds = bench.refunds(id).await;
        assert_eq!(refunds.len(), 1, "it came for nothing and went back: {refunds:?}");
        assert_eq!(bench.stripe().balance().gross, 0);
        bench.assert_settled(id).await;
    }

    /// Stray money has a refund of its own, also while the service could not bring it.
    async fn stray_money_whose_refund_failed_is_not_given_back_twice(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let first = bench.open_page(id).await;
        bench.house().accounts.shared().expire(&SessionId(first.clone())).await.unwrap();
        bench.desk().payment_returned(&bench.call(), id).await.unwrap();
        bench.pass(chrono::Duration::minutes(1));
        bench.pay_for(id).await;
        bench.stripe().refunds_begin(RefundStatus::Failed);
        money_comes(&bench, &first).await;
        let stray = bench.refunds(id).await;
        assert!(matches!(stray[..], [RefundRecord { state: RefundState::Failed { .. }, .. }]), "{stray:?}");
        bench.stripe().refunds_begin(RefundStatus::Succeeded);
        let boss = manager(&bench).await;
        let shown = preview(&bench, &boss, &works(&bench)).await;
        assert_eq!(shown.refund_yen, yen(1_600), "the fee, once");
        close(&bench, &boss, &works(&bench)).await.unwrap();
        bench.work().await;
        assert_eq!(bench.refunds(id).await.len(), 2);
        bench.assert_sound().await;
    }

    async fn whom_no_mail_reaches_is_to_be_called(db: TestStore) {
        let bench = Bench::new(&db).await;
        let clerk = bench.on_duty("sato", &[(Role::Window, None)]).await;
        let taro = bench.desk().register(&clerk, &crate::walk_in::taro(&bench)).await.unwrap();
        let lost = bench.desk().book_for(&clerk, taro, &bench.gym()).await.unwrap();
        let by_mail = bench.form("gym-north", DAY, "09:00", "11:00");
        bench.book(&by_mail).await.unwrap();
        let boss = manager(&bench).await;
        let wish = works(&bench);
        let shown = preview(&bench, &boss, &wish).await;
        assert_eq!(shown.cancelled.len(), 2);
        let [to_call] = &shown.to_call[..] else { panic!("{:?}", shown.to_call) };
        assert_eq!(to_call.id, lost);
        let phone = |one: &contract::ToCall| one.phone.as_ref().unwrap().reveal().clone();
        assert_eq!(phone(to_call), "090-1111-2222");
        let made = bench.desk().close(&boss, &wish, &shown.seen).await.unwrap();

        let page = bench.desk().closure(&boss, made.id).await.unwrap();
        let [to_call] = &page.to_call[..] else { panic!("{:?}", page.to_call) };
        assert_eq!((to_call.id, phone(to_call)), (lost, "090-1111-2222".to_owned()));
        let looks = "SELECT count(*) FROM view_log WHERE page = 'manage.closure'";
        assert_eq!(bench.count(looks).await, 1);
    }

    async fn money_that_came_while_the_manager_looked_is_shown_before_it_goes_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        let boss = manager(&bench).await;
        let wish = works(&bench);
        let seen = preview(&bench, &boss, &wish).await;
        assert_eq!(seen.refund_yen, Yen::ZERO);
        bench.pay_at_stripe(&session);
        let changed = bench.desk().close(&boss, &wish, &seen.seen).await;
        assert_eq!(code(changed), "closure.impact_changed");
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert_eq!(preview(&bench, &boss, &wish).await.refund_yen, yen(1_600));
        close(&bench, &boss, &wish).await.unwrap();
        bench.work().await;
        assert_eq!(bench.refunds(id).await[0].amount, yen(1_600));
        bench.assert_sound().await;
    }

    async fn people_who_are_inside_stop_a_closure_or_are_left_out_of_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let inside = bench.form("gym-north", DAY, "09:00", "11:00");
        let inside = bench.book(&inside).await.unwrap();
        take_cash(&bench, inside).await;
        let evening = bench.paid_booking().await;
        bench.becomes(DAY, "09:10");
        let boss = manager(&bench).await;
        let mut wish = works(&bench);
        let shown = preview(&bench, &boss, &wish).await;
        assert!(shown.blocked);
        assert_eq!(shown.inside[0].id, inside);
        let stopped = bench.desk().close(&boss, &wish, &shown.seen).await;
        assert_eq!(code(stopped), "closure.people_inside");
        assert_eq!(bench.state(evening).await, ReservationState::Confirmed);

        wish.around_people = true;
        let shown = preview(&bench, &boss, &wish).await;
        assert!(!shown.blocked);
        bench.desk().close(&boss, &wish, &shown.seen).await.unwrap();
        assert_eq!(bench.state(inside).await, ReservationState::Confirmed);
        assert!(matches!(bench.state(evening).await, ReservationState::Cancelled { .. }));
        bench.assert_sound().await;
    }

    async fn the_same_form_twice_is_one_closure(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        let boss = manager(&bench).await;
        let wish = works(&bench);
        let seen = preview(&bench, &boss, &wish).await.seen;
        let first = bench.desk().close(&boss, &wish, &seen).await.unwrap();
        let again = bench.desk().close(&boss, &wish, &seen).await.unwrap();
        assert_eq!(first.id, again.id);
        assert_eq!(bench.count("SELECT count(*) FROM closure_series").await, 1);
        let mut other = wish;
        other.schedule.hours = between("09:00", "10:00");
        assert_eq!(code(bench.desk().close(&boss, &other, &seen).await), "input.stale_form");
        let whole = close(&bench, &boss, &works(&bench)).await;
        assert_eq!(code(whole), "closure.nothing", "it is closed already");
    }

    async fn another_facilitys_floor_is_not_theirs_to_close(db: TestStore) {
        let bench = Bench::new(&db).await;
        let booked = bench.paid_booking().await;
        let desk = bench.desk();
        let seen = preview(&bench, &manager(&bench).await, &works(&bench)).await.seen;
        let hall = bench.on_duty("tanaka", &[(Role::Manager, Some("hall"))]).await;
        let clerk = bench.on_duty("sato", &[(Role::Window, None)]).await;
        for (call, says) in [
            (hall, "forbidden"),
            (clerk, "forbidden"),
            (bench.call(), "forbidden"),
            (bench.visitor(), "staff.sign_in_required"),
        ] {
            assert_eq!(code(desk.preview_closure(&call, &works(&bench)).await), says);
            assert_eq!(code(desk.close(&call, &works(&bench), &seen).await), says);
            let gym = "gym".parse().unwrap();
            assert_eq!(code(desk.closure_form(&call, Some(&gym)).await), says);
        }
        assert_eq!(bench.state(booked).await, ReservationState::Confirmed);
    }

    async fn what_cannot_be_is_refused_in_words(db: TestStore) {
        let bench = Bench::new(&db).await;
        let boss = manager(&bench).await;
        let mut empty = works(&bench);
        empty.place = rooms(&[]);
        assert_eq!(code(close_unseen(&bench, &boss, empty).await), "closure.no_room");
        let mut past = works(&bench);
        past.schedule.from = "2026-11-01".parse().unwrap();
        past.schedule.until = past.schedule.from;
        assert_eq!(code(close_unseen(&bench, &boss, past).await), "closure.past");
        let mut shut = works(&bench);
        shut.schedule.from = "2026-12-07".parse().unwrap();
        shut.schedule.until = shut.schedule.from;
        let Refusal::Closure(problem) = refusal(close_unseen(&bench, &boss, shut).await) else {
            panic!("a Monday");
        };
        assert_eq!(problem.code, "closure.nothing");
        assert!(problem.words.contains("休みにする日がありません"));
    }

    async fn what_a_closure_takes_the_resident_sees_as_closed(db: TestStore) {
        let bench = Bench::new(&db).await;
        let boss = manager(&bench).await;
        let mut wish = works(&bench);
        wish.reason = ClosureReason::new(domain::closure::ClosureKind::Shelter, "").unwrap();
        wish.place = rooms(&["gym-north"]);
        close(&bench, &boss, &wish).await.unwrap();
        let free = |form: BookRoom| {
            let bench = bench.clone();
            async move { bench.book(&form).await }
        };
        for (room, taken) in [("gym-north", true), ("gym-full", true), ("gym-south", false)] {
            let outcome = free(bench.form(room, DAY, "09:00", "11:00")).await;
            assert_eq!(outcome.is_err(), taken, "{room}: {outcome:?}");
        }
        let gym = "gym".parse().unwrap();
        let visitor = bench.visitor();
        let day = contract::Visitor::day(bench.desk(), &visitor, &gym, DAY.parse().unwrap());
        let rooms = day.await.unwrap().rooms;
        let north = rooms.iter().find(|room| room.room.as_str() == "gym-north").unwrap();
        let closed = SlotStatus::Closed(ClosedReason::Closure);
        assert!(north.slots.iter().all(|slot| slot.status == closed), "{north:?}");
    }
}

async fn close_unseen(
    bench: &Bench,
    manager: &contract::Call,
    wish: contract::CloseRooms,
) -> contract::Outcome<contract::MadeClosure> {
    bench.desk().close(manager, &wish, "").await
}
