//! Random lives of reservations (予約の一生): booked for oneself and for a club, with options and
//! answers, with reductions asked for, granted, cut and refused, and reduced on the spot; looked at
//! and not permitted; paid by card and in cash, too late and twice; given up in parts and in whole,
//! for reasons and for closures. Under the test town's tariff and under those of real towns.
//!
//! After each life the ledger equals the frozen quotes, what came back equals what the rules say,
//! reckoned here once more by hand, and the accounts equal sums over the raw rows.

mod agreement;
mod booking;
mod giving_up;
mod life;
mod paying;
mod reductions;
mod stages;
mod wanted;

use agreement::{assert_a_life_agrees, assert_the_accounts_agree};
use life::Life;
use stages::Stage;

/// How many steps a life has.
const STEPS: u32 = 75;

/// One life, from an empty database.
async fn live(db: &testkit::TestStore, stage: Stage, seed: u64) {
    let mut life = Life::begin(db, stage, seed).await;
    for step in 1..=STEPS {
        life.step().await;
        if step % 15 == 0 {
            life.nights_go_by().await;
        }
    }
    // What nobody paid lapses, and every refund that waits at the counter is fetched.
    life.bench.hours_go_by().await;
    life.days_go_by(15).await;
    life.pays_out().await;
    life.bench.hours_go_by().await;
    for id in life.ids() {
        assert_a_life_agrees(&life, id).await;
    }
    assert_the_accounts_agree(&life.bench).await;
    let happened = life.happened().await;
    assert!(
        happened.values().all(|times| *times > 0),
        "a life in which nothing happens proves nothing: {happened:?}"
    );
    life.bench.assert_sound().await;
    life.bench.assert_books_agree().await;
}

testkit::on_both! {
    async fn what_was_quoted_is_what_the_ledger_says_came_and_went(db: TestStore) {
        live(&db, stages::test_town(), 7).await;
    }

    async fn and_in_another_life(db: TestStore) {
        live(&db, stages::test_town(), 2_718).await;
    }

    async fn and_in_a_third(db: TestStore) {
        live(&db, stages::test_town(), 20_261_129).await;
    }

    async fn and_with_a_matrix_of_divisions_and_the_whole_day(db: TestStore) {
        live(&db, stages::okawa(), 1_234_567_891).await;
    }

    async fn and_with_fees_by_the_piece_the_person_and_fourfold(db: TestStore) {
        live(&db, stages::nagato(), 81).await;
    }

    async fn and_with_fees_by_the_hour_of_the_day_rounded_on_the_sum(db: TestStore) {
        live(&db, stages::masuda(), 9).await;
    }
}
