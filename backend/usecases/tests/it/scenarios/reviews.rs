//! Reductions and reviews: scenarios 19, 20, 22, 28, 34 and 55.

use chrono::Duration;
use contract::{
    PayState, ReduceAtCounter, Refusal, ReservationState, Resident as _, ReviewStanding,
    Reviews as _, Visitor as _,
};
use domain::review::{ReviewKind, Verdict};
use domain::town::EffectiveBasis;

use crate::bench::Bench;
use crate::bench::reviews::{ARTICLE, STATED, YES, percent, town, town_with_a_new_tariff};
use crate::bench::wishes::{code, refusal, yen};

const REDUCTION: ReviewKind = ReviewKind::Reduction;
const PURPOSE: ReviewKind = ReviewKind::Purpose;

testkit::on_both! {
    /// 19. 減免申請中 / 支払 / 減免前額と確定後額を区別、確定後に請求.
    async fn scenario_19_the_fee_is_charged_once_the_reduction_is_decided(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let id = bench.book(&bench.gym_reduced("sports")).await.unwrap();
        let held = bench.view(id).await;
        assert_eq!((held.quote.total_yen, held.quote.unreduced_yen), (yen(1_600), None));
        assert!(held.must_be_reviewed());
        assert_eq!(code(bench.press_pay(id).await), "review.required");

        bench.submit(id).await.unwrap();
        assert_eq!(bench.state(id).await, ReservationState::AwaitingReview);
        assert_eq!(code(bench.press_pay(id).await), "reservation.state");

        let manager = bench.manager().await;
        let waiting = bench.desk().reviews(&bench.again(&manager)).await.unwrap();
        assert_eq!(waiting.len(), 1);
        let case = bench.case(&manager, id).await;
        assert_eq!(case.items[0].stated.reveal(), STATED);
        let terms = case.items[0].terms.clone().unwrap();
        assert_eq!((terms.most, terms.is_ceiling), (80, true));
        assert_eq!(terms.reduced_yen, Some(yen(320)));

        // 「80%以内」: somebody says how much.
        let silent = bench.decide(&manager, (id, REDUCTION), (YES, "")).await;
        assert_eq!(code(silent), "input.invalid");
        bench.decide(&manager, (id, REDUCTION), (percent(50), "")).await.unwrap();
        let decided = bench.view(id).await;
        assert_eq!(decided.quote.total_yen, yen(800));
        assert_eq!(decided.quote.unreduced_yen, Some(yen(1_600)));
        let line = decided.quote.lines.iter().find(|line| line.basis == ARTICLE).unwrap();
        assert_eq!(line.amount_yen.get(), -800);
        let due = bench.now() + Duration::days(14);
        let due = due.min(decided.span.start().instant());
        assert_eq!(decided.state, ReservationState::AwaitingPayment { due });

        bench.work().await;
        let mail = &bench.mailbox().mails()[0];
        for told in ["減免前　1,600円", "料金　　800円"] {
            assert!(mail.text.contains(told), "{}", mail.text);
        }

        bench.pass(Duration::days(2));
        bench.pay_for(id).await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert_eq!(bench.payment(id).await.amount, yen(800));
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
        bench.assert_sound().await;
    }

    /// 20. 入場料あり / 減免選択 / 条例により不可と説明.
    async fn scenario_20_what_the_ordinance_excludes_is_told_at_once(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let form = bench.with_entry_fee(bench.gym_reduced("sports"));
        for outcome in [
            bench.book(&form).await.map(|_id| ()),
            bench.desk().quote(&bench.call(), &form.what).await.map(|_quote| ()),
        ] {
            let refused = refusal(outcome);
            assert_eq!(refused.code(), "booking.reduction_excluded");
            let Refusal::ReductionExcluded { why, article, .. } = refused else {
                panic!("{refused:?}")
            };
            assert_eq!(why, "入場料を徴収する利用は、減免の対象になりません");
            assert_eq!(article, ARTICLE);
        }
        assert_eq!(bench.rows().await["reservations"], 0);
        let form = bench.gym_reduced("no-such");
        assert_eq!(code(bench.book(&form).await), "booking.unknown_reduction");
        // Without the reduction the same use is welcome.
        let whole = bench.with_entry_fee(bench.gym());
        bench.book(&whole).await.unwrap();
    }

    /// 22. 公民館で物販 / 申込 / 要審査、自動却下しない.
    async fn scenario_22_a_sale_is_looked_at_and_not_refused_by_itself(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let manager = bench.manager().await;
        let id = bench.book(&bench.fair()).await.unwrap();
        assert_eq!(code(bench.press_pay(id).await), "review.required");
        bench.submit_saying(id, "").await.unwrap();
        let item = bench.view(id).await.reviews.remove(0);
        assert_eq!(item.label, "物品の販売を伴う利用");
        assert_eq!(item.article, "社会教育法第23条");
        assert_eq!(item.standing, ReviewStanding::Waits);
        bench.decide(&manager, (id, PURPOSE), (YES, "")).await.unwrap();
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.press_cancel(id).await.unwrap();

        // Refused by somebody, with the reason and how to contest it, and the floor is free again.
        let id = bench.applied(&bench.fair()).await;
        let silent = bench.decide(&manager, (id, PURPOSE), (Verdict::Refused, " ")).await;
        assert_eq!(code(silent), "input.invalid");
        let why = "販売だけを目的とする利用のため";
        bench.decide(&manager, (id, PURPOSE), (Verdict::Refused, why)).await.unwrap();
        let refused = bench.view(id).await;
        let reason = format!("物品の販売を伴う利用：{why}");
        assert_eq!(refused.state, ReservationState::Refused { at: bench.now(), reason });
        assert!(refused.appeal[0].contains("3か月以内に、寄合町長に対して審査請求"));
        assert!(refused.appeal[1].contains("6か月以内に、寄合町を被告"));
        assert!(!refused.can_cancel);
        bench.work().await;
        let mail = bench.mailbox().mails().into_iter().find(|mail| mail.subject.contains("不許可"));
        let text = mail.unwrap().text;
        assert!(text.contains(why) && text.contains("審査請求"), "{text}");
        bench.book(&bench.hall()).await.unwrap();
        bench.assert_sound().await;
    }

    /// 28. 障害者手帳提示 / 当日減免 / 確認者と時刻を記録、番号は保存しない.
    async fn scenario_28_a_handbook_is_shown_at_the_counter_and_its_number_never_kept(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let clerk = bench.clerk("sato").await;
        let id = bench.book(&bench.gym()).await.unwrap();
        // Their own phone has a page open at the whole fee.
        let session = bench.open_page(id).await;
        let offers = bench.desk().spot_reductions(&bench.again(&clerk), id).await.unwrap();
        assert_eq!(offers.len(), 1, "only what a document alone decides: {offers:?}");
        assert_eq!((offers[0].percent, offers[0].reduced_yen), (50, yen(800)));
        let reduce = |shown: &str| ReduceAtCounter {
            reservation: id,
            reduction: "disabled".parse().unwrap(),
            shown: shown.to_owned(),
        };
        let numbered = reduce("障害者手帳 123456789012");
        let call = bench.again(&clerk);
        assert_eq!(code(bench.desk().reduce_at_counter(&call, &numbered).await), "input.invalid");
        let shown = reduce("障害者手帳");
        for _twice in 0..2 {
            bench.desk().reduce_at_counter(&call, &shown).await.unwrap();
        }
        assert_eq!(bench.stripe().object(&session).unwrap()["status"], "expired");
        let view = bench.view(id).await;
        assert_eq!(view.quote.total_yen, yen(800));
        assert_eq!(view.quote.unreduced_yen, Some(yen(1_600)));
        let manager = bench.manager().await;
        let decided = bench.case(&manager, id).await.items.remove(0).decided.unwrap();
        assert_eq!(decided.by.reveal(), "職員 sato");
        assert_eq!(decided.at, bench.now());
        assert_eq!(decided.shown.as_deref(), Some("障害者手帳"));

        let till = bench.open_drawer(&bench.again(&clerk), 1, 10_000).await.unwrap();
        bench.take_cash(&bench.again(&clerk), (till, id), 1_000).await.unwrap();
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        let balance = bench.balance(id).await;
        assert_eq!((balance.receivable, balance.fees), (0, 800));
        // Too late for another one, and for what nobody has paid yet.
        let paid = bench.desk().reduce_at_counter(&bench.again(&clerk), &shown).await;
        paid.unwrap();
        let offers = bench.desk().spot_reductions(&bench.again(&clerk), id).await.unwrap();
        assert!(offers.is_empty());
        bench.assert_sound().await;
    }

    /// 34. 新料金を4/1施行 / 基準=許可日 / 3月許可の5月利用は旧料金；基準=領収日なら新料金.
    async fn scenario_34_the_day_of_approval_or_of_payment_decides_the_tariff(db: TestStore) {
        let town = town_with_a_new_tariff(EffectiveBasis::Approved);
        let bench = Bench::in_town(&db, &town).await;
        bench.becomes("2027-03-01", "10:00");
        let mut form = bench.form("gym-full", "2027-05-01", "18:00", "20:00");
        form.what.reduction = Some("sports".parse().unwrap());
        let id = bench.applied(&form).await;
        let manager = bench.manager().await;
        bench.decide(&manager, (id, REDUCTION), (percent(50), "")).await.unwrap();
        assert_eq!(bench.view(id).await.quote.total_yen, yen(800));
        bench.pay_for(id).await;
        assert_eq!(bench.payment(id).await.amount, yen(800));

        // Applied for in March, approved in April: the new one.
        form.what.date = "2027-05-02".parse().unwrap();
        form.submission = bench.key();
        let id = bench.applied(&form).await;
        bench.becomes("2027-04-01", "09:00");
        bench.decide(&manager, (id, REDUCTION), (Verdict::Refused, "要項がないため")).await.unwrap();
        let view = bench.view(id).await;
        assert_eq!((view.quote.total_yen, view.quote.unreduced_yen), (yen(2_000), None));
        assert_eq!(view.quote.tariff_version, "2027-04-01");
        bench.assert_sound().await;
    }

    /// 34, the other half.
    async fn scenario_34_a_payment_after_the_change_is_at_the_new_tariff_and_told_first(db: TestStore) {
        let town = town_with_a_new_tariff(EffectiveBasis::Received);
        let bench = Bench::in_town(&db, &town).await;
        let manager = bench.manager().await;
        bench.becomes("2027-03-25", "10:00");
        let mut form = bench.form("gym-full", "2027-05-01", "18:00", "20:00");
        form.what.reduction = Some("sports".parse().unwrap());
        let id = bench.applied(&form).await;
        bench.decide(&manager, (id, REDUCTION), (percent(50), "")).await.unwrap();
        assert_eq!(bench.view(id).await.quote.total_yen, yen(800));
        // A page was open in March and left unpaid: the fee is charged already.
        bench.open_page(id).await;
        bench.becomes("2027-04-02", "10:00");
        bench.rounds().await;
        let changed = refusal(bench.press_pay(id).await);
        assert_eq!(changed, Refusal::PriceChanged { total_yen: yen(1_000) });
        let view = bench.view(id).await;
        assert_eq!(view.quote.unreduced_yen, Some(yen(2_000)));
        assert_eq!(view.quote.tariff_version, "2027-04-01");
        // Seen and agreed to.
        bench.pay_for(id).await;
        let paid = bench.payments(id).await.into_iter().find(|one| one.state.is_paid());
        assert_eq!(paid.unwrap().amount, yen(1_000));
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
        bench.assert_sound().await;
    }

    /// 55. 0円（全額免除）/ 確定 / 決済を経ず許可書発行.
    async fn scenario_55_who_owes_nothing_has_a_permit_without_paying(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let manager = bench.manager().await;
        let id = bench.applied(&bench.gym_reduced("sponsored")).await;
        bench.decide(&manager, (id, REDUCTION), (YES, "共催を確認")).await.unwrap();
        let view = bench.view(id).await;
        assert_eq!(view.state, ReservationState::Confirmed);
        assert_eq!((view.quote.total_yen, view.quote.unreduced_yen), (yen(0), Some(yen(1_600))));
        assert_eq!(view.money.payment, PayState::Free);
        assert!(view.has_permit && !view.has_receipt);
        bench.desk().permit(&bench.call(), id).await.unwrap();
        assert!(bench.payments(id).await.is_empty());
        bench.work().await;
        let mail = &bench.mailbox().mails()[0];
        assert!(mail.subject.contains("予約確定") && mail.attachments.len() == 1);
        bench.assert_settled(id).await;
        bench.assert_sound().await;
    }
}
