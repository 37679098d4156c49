//! Who may decide, what has to be said, what stands for the year, what lapses.

use chrono::Duration;
use contract::{
    DecideReview, ReservationState, ReviewStanding, Reviews as _, Role, SubmitForReview,
};
use domain::review::{ReviewKind, Verdict};

use crate::bench::reviews::{YES, percent, town};
use crate::bench::wishes::{code, yen};
use crate::bench::{Bench, Card};

const REDUCTION: ReviewKind = ReviewKind::Reduction;

testkit::on_both! {
    async fn a_clerk_sees_what_waits_and_does_not_decide(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.applied(&bench.gym_reduced("sports")).await;
        let clerk = bench.clerk("sato").await;
        assert_eq!(bench.desk().reviews(&clerk).await.unwrap().len(), 1);
        assert!(!bench.case(&clerk, id).await.can_decide);
        let decided = bench.decide(&clerk, (id, REDUCTION), (percent(50), "")).await;
        assert_eq!(code(decided), "forbidden");
        let elsewhere = bench.on_duty("hall", &[(Role::Manager, Some("hall"))]).await;
        assert!(bench.desk().reviews(&elsewhere).await.unwrap().is_empty());
        assert_eq!(code(bench.desk().review(&elsewhere, id).await), "forbidden");
        let viewer = bench.on_duty("viewer", &[(Role::Viewer, None)]).await;
        assert_eq!(code(bench.desk().reviews(&viewer).await), "forbidden");
        let seen = "SELECT count(*) FROM view_log WHERE page = 'counter.reviews'";
        assert_eq!(bench.count(seen).await, 1);
    }

    async fn a_reduction_is_asked_for_in_words_and_without_numbers(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.book(&bench.gym_reduced("disabled")).await.unwrap();
        let long = "長".repeat(401);
        for words in ["", "  ", "手帳の番号は1234-5678-9012です", &long] {
            assert_eq!(code(bench.submit_saying(id, words).await), "input.invalid", "{words}");
        }
        bench.submit(id).await.unwrap();
        bench.submit(id).await.unwrap();
        assert_eq!(bench.count("SELECT count(*) FROM reviews").await, 1);
        // Nobody else's to apply for.
        let other = bench.settle_in(&Card::of("saburo")).await;
        let submit = SubmitForReview { reservation: id, stated: String::new() };
        let call = bench.call_of(other);
        let outcome = contract::Resident::submit_for_review(bench.desk(), &call, &submit).await;
        assert_eq!(code(outcome), "not_found");
        // Nothing to decide, nothing to apply for.
        let mut plain = bench.gym();
        plain.what.date = "2026-12-06".parse().unwrap();
        let plain = bench.book(&plain).await.unwrap();
        assert_eq!(code(bench.submit(plain).await), "reservation.state");
    }

    async fn a_guardian_and_a_reduction_are_decided_one_after_the_other(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let young = Card { birthdate: Some("2010-05-01".to_owned()), ..Card::of("wakai") };
        let young = bench.settle_in(&young).await;
        let call = bench.call_of(young);
        let id = bench.book_as(young, &bench.gym_reduced("sports")).await.unwrap();
        let submit = SubmitForReview { reservation: id, stated: "高校の部活動です".to_owned() };
        contract::Resident::submit_for_review(bench.desk(), &call, &submit).await.unwrap();
        let manager = bench.manager().await;
        bench.decide(&manager, (id, REDUCTION), (Verdict::Refused, "部活動は対象外のため")).await.unwrap();
        let state = bench.record(id).await.state;
        assert_eq!(state.name().as_str(), "awaiting_review");
        bench.decide(&manager, (id, ReviewKind::Guardian), (YES, "電話で確認")).await.unwrap();
        let view = contract::Resident::reservation(bench.desk(), &call, id).await.unwrap();
        assert!(matches!(view.state, ReservationState::AwaitingPayment { .. }));
        assert_eq!(view.quote.total_yen, yen(1_600));
        let why = ReviewStanding::Refused { reason: "部活動は対象外のため".to_owned() };
        assert!(view.reviews.iter().any(|item| item.standing == why));
        assert!(!view.appeal.is_empty() && view.can_cancel);
        bench.work().await;
        let mail = &bench.mailbox().mails()[0];
        assert!(mail.text.contains("スポーツ協会は認められませんでした"), "{}", mail.text);
    }

    async fn what_is_not_paid_in_two_weeks_is_let_go_and_owes_nothing(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let mut form = bench.gym_reduced("sports");
        form.what.date = "2027-01-16".parse().unwrap();
        let id = bench.applied(&form).await;
        let manager = bench.manager().await;
        bench.decide(&manager, (id, REDUCTION), (percent(50), "")).await.unwrap();
        bench.pass(Duration::days(13));
        bench.rounds().await;
        assert!(matches!(bench.state(id).await, ReservationState::AwaitingPayment { .. }));
        bench.pass(Duration::days(1));
        bench.rounds().await;
        assert_eq!(bench.state(id).await, ReservationState::Released);
        bench.assert_settled(id).await;
        bench.assert_sound().await;
    }

    async fn what_was_granted_for_the_year_is_proposed_the_next_time(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let manager = bench.manager().await;
        let id = bench.applied(&bench.gym_reduced("sports")).await;
        let decide = bench.decision(&manager, (id, REDUCTION), (percent(60), "加盟団体のため")).await;
        let decide = DecideReview { for_the_year: true, ..decide };
        bench.desk().decide(&bench.again(&manager), &decide).await.unwrap();
        let mut next = bench.gym_reduced("sports");
        let proposed = |days: &'static str| {
            next.what.date = days.parse().unwrap();
            next.submission = bench.key();
            next.clone()
        };
        let mut proposed = proposed;
        let this_year = bench.applied(&proposed("2027-02-06")).await;
        let case = bench.case(&manager, this_year).await;
        let terms = case.items[0].terms.clone().unwrap();
        assert_eq!((terms.standing, terms.reduced_yen), (Some(60), Some(yen(640))));
        bench.becomes("2027-02-01", "09:00");
        let next_year = bench.applied(&proposed("2027-04-10")).await;
        let case = bench.case(&manager, next_year).await;
        assert_eq!(case.items[0].terms.clone().unwrap().standing, None);
    }

    async fn what_has_begun_is_not_permitted_any_more(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.applied(&bench.gym_reduced("sports")).await;
        let manager = bench.manager().await;
        bench.becomes("2026-12-05", "18:00");
        let late = bench.decide(&manager, (id, REDUCTION), (percent(50), "")).await;
        assert_eq!(code(late), "slot.past");
    }

    async fn what_nobody_decided_before_the_use_begins_is_let_go_and_told(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.applied(&bench.gym_reduced("sports")).await;
        let mut later = bench.gym_reduced("sports");
        later.what.date = "2026-12-06".parse().unwrap();
        let later = bench.applied(&later).await;
        let manager = bench.manager().await;
        let decide = bench.decision(&manager, (id, REDUCTION), (percent(50), "")).await;
        let worker = &bench.house().worker;
        bench.becomes("2026-12-05", "17:59");
        assert_eq!(worker.let_go_undecided().await.unwrap(), 0);
        bench.becomes("2026-12-05", "18:00");
        assert_eq!(worker.let_go_undecided().await.unwrap(), 1);
        assert_eq!(worker.let_go_undecided().await.unwrap(), 0, "once is enough");
        let reason = "使用の開始までに審査が終わらなかったため".to_owned();
        let ended = ReservationState::Refused { at: bench.now(), reason };
        assert_eq!(bench.state(id).await, ended);
        assert_eq!(bench.state(later).await, ReservationState::AwaitingReview);
        bench.work().await;
        let mail = &bench.mailbox().mails()[0];
        assert!(mail.subject.contains("審査が間に合わなかったお知らせ"), "{}", mail.subject);
        for told in ["審査が終わらず", "料金はかかりません", "もう一度予約", "電話 000-000-0000"] {
            assert!(mail.text.contains(told), "{told}: {}", mail.text);
        }
        let late = bench.desk().decide(&bench.again(&manager), &decide).await;
        assert_eq!(code(late), "reservation.state");
        let noted = "SELECT count(*) FROM audit_entries WHERE action = 'reservation.undecided'";
        assert_eq!(bench.count(noted).await, 1);
        bench.assert_settled(id).await;
        bench.assert_sound().await;
    }
}
