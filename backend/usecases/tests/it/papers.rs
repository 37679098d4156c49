//! Old reservations and their papers: readable for ever, whatever becomes of the town.

use std::sync::Arc;

use contract::{Outcome, Paper, Resident as _};
use domain::ids::ReservationId;
use domain::town::Town;

use crate::bench::Bench;
use crate::bench::wishes::yen;

async fn papers(bench: &Bench, id: ReservationId) -> Vec<Paper> {
    let (desk, call) = (bench.desk(), bench.call());
    let papers: [Outcome<Paper>; 3] = [
        desk.permit(&call, id).await,
        desk.receipt(&call, id).await,
        desk.calendar_entry(&call, id).await,
    ];
    papers.into_iter().map(Result::unwrap).collect()
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
}
