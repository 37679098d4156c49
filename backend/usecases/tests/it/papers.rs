//! Old reservations and their papers: readable for ever, whatever becomes of the town.

use std::sync::Arc;

use contract::{GiveUpSlots, Outcome, Paper, Resident as _, Role, Sales as _};
use domain::ids::ReservationId;
use domain::review::ReviewKind;
use domain::town::Town;

use crate::bench::wishes::{code, yen};
use crate::bench::{Bench, Card, reviews};

async fn papers(bench: &Bench, id: ReservationId) -> Vec<Paper> {
    let (desk, call) = (bench.desk(), bench.call());
    let papers: [Outcome<Paper>; 3] = [
        desk.permit(&call, id).await,
        desk.receipt(&call, id).await,
        desk.calendar_entry(&call, id).await,
    ];
    papers.into_iter().map(Result::unwrap).collect()
}

/// Both refund notices of a reservation, as text.
async fn notices(bench: &Bench, id: ReservationId) -> Vec<String> {
    let mut notices = Vec::new();
    for nth in [1, 2] {
        let paper = bench.desk().refund_notice(&bench.call(), id, nth).await;
        notices.push(String::from_utf8(paper.unwrap().bytes).unwrap());
    }
    notices
}

/// The test town without the gym, or without one room of it.
fn smaller(without_the_gym: bool) -> Town {
    let mut town = testkit::town().unwrap();
    if without_the_gym {
        town.facilities.remove(0);
    } else {
        Arc::make_mut(&mut town.facilities[0]).rooms.remove(0);
    }
    town
}

testkit::on_both! {
    async fn what_the_town_gives_up_stays_readable_for_who_booked_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let (view, before) = (bench.view(id).await, papers(&bench, id).await);
        for without_the_gym in [false, true] {
            bench.apply_town(&smaller(without_the_gym)).await;
            let after = bench.view(id).await;
            assert_eq!(after.facility.id, view.facility.id);
            assert_eq!((&after.room_name, &after.refund_terms), (&view.room_name, &view.refund_terms));
            assert_eq!(papers(&bench, id).await, before);
            assert_eq!(bench.desk().reservations(&bench.call()).await.unwrap().len(), 1);
            let preview = bench.desk().cancel_preview(&bench.call(), id).await.unwrap();
            assert_eq!(preview.refund_yen, yen(1_600));
        }
        bench.work().await;
        let mails = bench.mailbox().mails();
        assert_eq!(mails[0].attachments.len(), 2);
        // And it can be given up, with what was promised.
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        bench.assert_settled(id).await;
        assert_eq!(bench.stripe().balance().gross, 0);
    }

    /// A reprint is the same paper: signed by who was mayor when it was decided.
    async fn a_paper_printed_again_after_the_town_changed_is_the_same(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let before = papers(&bench, id).await;
        let mut town = testkit::town().unwrap();
        town.issuer.name = "寄合町長 次代 太郎".to_owned();
        Arc::make_mut(&mut town.facilities[0]).notices = vec!["土足を禁じます。".to_owned()];
        bench.apply_town(&town).await;
        assert_eq!(papers(&bench, id).await, before);
        let next = bench.form("gym-full", "2026-12-06", "18:00", "20:00");
        let next = bench.book(&next).await.unwrap();
        bench.pay_for(next).await;
        let permit = bench.desk().permit(&bench.call(), next).await.unwrap();
        let permit = String::from_utf8(permit.bytes).unwrap();
        assert!(permit.contains("次代") && permit.contains("土足"), "{permit}");
    }

    /// What a release before this one booked does not say under which town file.
    async fn a_reservation_that_names_no_version_is_read_with_the_one_in_force(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let before = papers(&bench, id).await;
        bench.meddle("UPDATE reservations SET town_version = NULL").await;
        assert_eq!(papers(&bench, id).await, before);
    }

    /// 還付通知書: one for each time that something went back, by what was kept then.
    async fn every_refund_has_its_notice_with_the_reckoning_and_what_is_left(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let (desk, call) = (bench.desk(), bench.call());
        assert_eq!(code(desk.refund_notice(&call, id, 1).await), "not_found");
        let last = GiveUpSlots {
            reservation: id,
            slots: ["19:30".parse().unwrap()].into(),
            seen_refund_yen: Some(yen(400)),
        };
        desk.give_up(&call, &last).await.unwrap();
        // A week before all of it, a day before half.
        bench.becomes("2026-12-04", "09:00");
        let call = bench.call();
        bench.press_cancel(id).await.unwrap();
        let notices = notices(&bench, id).await;
        for (notice, told) in notices.iter().zip([
            [
                "山田 hanako",
                "2026-11-21",
                "利用者の都合による一部の取消し",
                "19:30–20:00",
                "18:00–19:30",
                "19:30–20:00 利用日の7日前までの取消（100%）（条例第10条）400円",
                "1,600円 − 0円 − 400円",
                "お支払いの方法（",
            ],
            [
                "00000001",
                "2026-12-04",
                "利用者の都合による取消し",
                "18:00–19:30 の全部",
                "None",
                "利用日の前日までの取消（50%）（条例第10条）600円",
                "1,600円 − 400円 − 600円",
                "お支払いの方法（",
            ],
        ]) {
            for words in told {
                assert!(notice.contains(words), "{words}: {notice}");
            }
        }
        assert_eq!(code(desk.refund_notice(&call, id, 3).await), "not_found");
        let view = bench.view(id).await;
        assert_eq!(view.given_up.iter().map(|act| act.nth).collect::<Vec<_>>(), [1, 2]);

        // Nobody else's to read, and the same paper whoever is mayor by then.
        let other = bench.settle_in(&Card::of("saburo")).await;
        let theirs = desk.refund_notice(&bench.call_of(other), id, 1).await;
        assert_eq!(code(theirs), "not_found");
        let nobody = desk.refund_notice(&bench.visitor(), id, 1).await;
        assert_eq!(code(nobody), "sign_in.required");
        let mut town = testkit::town().unwrap();
        town.issuer.name = "寄合町長 次代 太郎".to_owned();
        Arc::make_mut(&mut town.facilities[0]).refund.tiers.clear();
        bench.apply_town(&town).await;
        assert_eq!(self::notices(&bench, id).await, notices);
    }

    async fn a_clerk_prints_a_refund_notice_and_the_look_is_noted(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        bench.press_cancel(id).await.unwrap();
        let clerk = bench.clerk("sato").await;
        let paper = bench.desk().sale_refund_notice(&clerk, id, 1).await.unwrap();
        let own = bench.desk().refund_notice(&bench.call(), id, 1).await.unwrap();
        assert_eq!(paper, own);
        let noted = "SELECT count(*) FROM view_log WHERE page = 'counter.refund_notice'";
        assert_eq!(bench.count(noted).await, 1);
        let elsewhere = bench.on_duty("hall", &[(Role::Window, Some("hall"))]).await;
        let refused = bench.desk().sale_refund_notice(&elsewhere, id, 1).await;
        assert_eq!(code(refused), "forbidden");
        assert_eq!(bench.count(noted).await, 1);
    }

    /// 厚岸町's handbook: what the fee was before stands on both papers, and what was let off.
    async fn papers_of_a_reduced_fee_say_what_it_was_before(db: TestStore) {
        let bench = Bench::in_town(&db, &reviews::town()).await;
        let id = bench.applied(&bench.gym_reduced("sports")).await;
        let manager = bench.manager().await;
        let half = (reviews::percent(50), "");
        bench.decide(&manager, (id, ReviewKind::Reduction), half).await.unwrap();
        bench.pay_for(id).await;
        let (desk, call) = (bench.desk(), bench.call());
        for paper in [desk.permit(&call, id).await, desk.receipt(&call, id).await] {
            let text = String::from_utf8(paper.unwrap().bytes).unwrap();
            assert!(text.contains("800円\n減免前 Some(Yen(1600))"), "{text}");
        }
    }

    /// Through the real printer, which adds every sum up again.
    async fn a_refund_notice_of_a_reduced_fee_is_printed(db: TestStore) {
        let bench = Bench::printing(&db).await;
        bench.apply_town(&reviews::town()).await;
        let id = bench.applied(&bench.gym_reduced("sports")).await;
        let manager = bench.manager().await;
        let third = (reviews::percent(33), "");
        bench.decide(&manager, (id, ReviewKind::Reduction), third).await.unwrap();
        bench.pay_for(id).await;
        bench.becomes("2026-12-04", "09:00");
        let last = GiveUpSlots {
            reservation: id,
            slots: ["19:00", "19:30"].map(|start| start.parse().unwrap()).into(),
            seen_refund_yen: None,
        };
        bench.desk().give_up(&bench.call(), &last).await.unwrap();
        bench.press_cancel(id).await.unwrap();
        for nth in [1, 2] {
            let paper = bench.desk().refund_notice(&bench.call(), id, nth).await.unwrap();
            assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.file_name);
            assert!(paper.file_name.ends_with(&format!("-{nth}.pdf")), "{}", paper.file_name);
        }
    }
}
