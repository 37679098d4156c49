//! The same form twice: a double click, a reload, a lost answer.

use contract::Refusal;
use tokio::task::JoinSet;

use crate::bench::wishes::{one, refusal, yen};
use crate::bench::{Bench, Card};

testkit::on_both! {
    async fn the_same_form_again_is_the_same_reservation(db: TestStore) {
        let bench = Bench::new(&db).await;
        let mut form = bench.gym();
        form.what.options = vec![one("lighting")];
        let id = bench.book(&form).await.unwrap();
        let after = bench.rows().await;
        assert_eq!(bench.book(&form).await.unwrap(), id);
        // What the page showed is no part of what was asked for.
        form.seen_total_yen = Some(yen(2_400));
        assert_eq!(bench.book(&form).await.unwrap(), id);
        assert_eq!(bench.rows().await, after);
    }

    async fn the_same_key_with_another_content_is_refused(db: TestStore) {
        let bench = Bench::new(&db).await;
        let form = bench.gym();
        bench.book(&form).await.unwrap();
        let after = bench.rows().await;
        let mut other = bench.form("gym-north", "2026-12-06", "10:00", "12:00");
        other.submission = form.submission;
        assert_eq!(refusal(bench.book(&other).await), Refusal::SubmissionReused);
        let mut with_note = form.clone();
        with_note.note = "追記".to_owned();
        assert_eq!(refusal(bench.book(&with_note).await), Refusal::SubmissionReused);
        assert_eq!(bench.rows().await, after);
    }

    /// A key is a person's own: nobody learns of or is hindered by another's.
    async fn another_persons_key_means_nothing(db: TestStore) {
        let bench = Bench::new(&db).await;
        let form = bench.gym();
        let mine = bench.book(&form).await.unwrap();
        let jiro = bench.settle_in(&Card::of("jiro")).await;
        let mut other = bench.form("gym-north", "2026-12-06", "10:00", "12:00");
        other.submission = form.submission;
        let theirs = bench.book_as(jiro, &other).await.unwrap();
        assert_ne!(mine, theirs);
    }

    async fn twenty_submits_of_one_form_at_once_are_one_reservation(db: TestStore) {
        let bench = Bench::new(&db).await;
        let form = bench.gym();
        let mut submits = JoinSet::new();
        for _ in 0..20 {
            let (bench, form) = (bench.clone(), form.clone());
            submits.spawn(async move { bench.book(&form).await.unwrap() });
        }
        let mut ids = submits.join_all().await;
        ids.dedup();
        assert_eq!(ids.len(), 1, "{ids:?}");
        assert_eq!(bench.rows().await["reservations"], 1);
        bench.assert_sound().await;
    }
}
