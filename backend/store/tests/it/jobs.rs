use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use domain::ids::{JobId, PaymentId, RefundId, ReservationId};
use testkit::TestWorld;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{
    InboxEvent, Job, JobEnd, JobKind, Lane, Store as _, StoreFailure, Stored,
};
use uuid::Uuid;

use crate::behind::{count, meddle};

fn job(world: &TestWorld, key: &str, kind: JobKind, due_at: DateTime<Utc>) -> Job {
    Job {
        municipality: world.municipality,
        id: JobId(world.chance.id(world.clock.now())),
        dedup_key: key.to_owned(),
        kind,
        due_at,
        attempts: 0,
    }
}

fn settle(n: u128) -> JobKind {
    JobKind::SettlePayment {
        payment: PaymentId(Uuid::from_u128(n)),
    }
}

async fn enqueue(world: &TestWorld, job: &Job) -> bool {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let entered = tx.enqueue(job).await.unwrap();
    tx.commit().await.unwrap();
    entered
}

/// Leases what is due after so many minutes, for five minutes.
async fn lease(world: &TestWorld, minutes: i64) -> Vec<Job> {
    let now = world.clock.now() + Duration::minutes(minutes);
    let until = now + Duration::minutes(5);
    let jobs = world.store.lease_jobs(Lane::Money, now, until, 10).await;
    jobs.unwrap()
}

fn event(world: &TestWorld, id: &str) -> InboxEvent {
    InboxEvent {
        event_id: id.to_owned(),
        kind: "checkout.session.completed".to_owned(),
        object_id: "cs_1".to_owned(),
        raw: r#"{"id": "evt_1"}"#.to_owned(),
        received_at: world.clock.now(),
    }
}

testkit::on_both! {
    async fn every_kind_of_job_is_leased_as_it_was_enqueued(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let reservation = ReservationId(Uuid::from_u128(1));
        let refund = RefundId(Uuid::from_u128(2));
        let kinds = [
            JobKind::MailConfirmed { reservation },
            JobKind::MailCancelled { reservation },
            JobKind::MailPartCancelled { reservation, nth: 1 },
            JobKind::MailStrayMoneyReturned { refund },
            JobKind::SendRefund { refund },
            settle(3),
            JobKind::HandleEvent { event: "evt_1".to_owned() },
        ];
        let mut wanted = Vec::new();
        for (n, kind) in (0..).zip(kinds) {
            let mut job = job(&world, &format!("job:{n}"), kind, now + Duration::seconds(n));
            assert!(enqueue(&world, &job).await);
            job.attempts = 1;
            wanted.push(job);
        }
        let later = now + Duration::minutes(1);
        let lease = later + Duration::minutes(5);
        for (lane, wanted) in [(Lane::Mail, &wanted[..4]), (Lane::Money, &wanted[4..])] {
            let leased = world.store.lease_jobs(lane, later, lease, 100).await.unwrap();
            assert_eq!(leased, wanted, "{lane:?}");
        }
        let named = "SELECT count(*) FROM jobs WHERE kind IN ('mail_confirmed', 'mail_cancelled',
            'mail_part_cancelled', 'mail_stray_money_returned', 'send_refund', 'settle_payment', 'handle_event')";
        assert_eq!(count(&db, named).await, 7);
    }

    async fn the_same_job_is_enqueued_once_even_when_it_is_done(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        assert!(enqueue(&world, &job(&world, "settle:1", settle(1), now)).await);
        assert!(!enqueue(&world, &job(&world, "settle:1", settle(2), now)).await);
        let leased = lease(&world, 0).await;
        assert!(world.store.end_job(leased[0].lease(), now, JobEnd::Done).await.unwrap());
        assert!(!enqueue(&world, &job(&world, "settle:1", settle(1), now)).await);
        // Another town's key is another key.
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        assert!(enqueue(&there, &job(&there, "settle:1", settle(1), now)).await);
    }

    async fn a_job_of_another_town_is_not_taken_in(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let foreign = tx.enqueue(&job(&there, "settle:1", settle(1), world.clock.now())).await;
        assert!(matches!(foreign, Err(StoreFailure::Fault(_))), "{foreign:?}");
    }

    async fn a_job_is_done_again_when_due_and_no_more_once_it_ended(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let at = |minutes| now + Duration::minutes(minutes);
        let lease = async |minutes| lease(&world, minutes).await;
        let end = async |job: &Job, minutes, end| {
            assert!(world.store.end_job(job.lease(), at(minutes), end).await.unwrap());
        };
        assert!(enqueue(&world, &job(&world, "settle:1", settle(1), at(1))).await);
        assert_eq!(lease(0).await, [], "not due");
        let first = lease(1).await;
        assert_eq!(first[0].attempts, 1);
        assert_eq!(lease(5).await, [], "leased");
        let second = lease(6).await;
        assert_eq!(second[0].attempts, 2, "the lease ran out: the worker died");
        end(&second[0], 7, JobEnd::Again { at: at(20), error: "timeout".to_owned() }).await;
        assert_eq!(lease(19).await, [], "not due again yet");
        let third = lease(20).await;
        assert_eq!(third[0].attempts, 3);
        end(&third[0], 21, JobEnd::GivenUp { error: "no such session".to_owned() }).await;
        assert_eq!(lease(1_000).await, [], "given up");
        let waiting = "SELECT count(*) FROM jobs WHERE failed_at IS NOT NULL
            AND last_error = 'no such session'";
        assert_eq!(count(&db, waiting).await, 1);
    }

    /// A worker that was away for longer than its lease must not end what another has taken up.
    async fn a_lease_that_ran_out_ends_nothing_once_somebody_else_has_the_job(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let at = |minutes| now + Duration::minutes(minutes);
        let end = async |job: &Job, minutes, end| {
            let ended: Stored<bool> = world.store.end_job(job.lease(), at(minutes), end).await;
            ended.unwrap()
        };
        let again = |minutes| JobEnd::Again { at: at(minutes), error: "timeout".to_owned() };
        for key in ["settle:1", "settle:2", "settle:3"] {
            assert!(enqueue(&world, &job(&world, key, settle(1), now)).await);
        }
        let slow = lease(&world, 0).await;
        let quick = lease(&world, 6).await;
        assert_eq!(quick.iter().map(|job| job.attempts).collect::<Vec<_>>(), [2, 2, 2]);

        assert!(!end(&slow[0], 7, JobEnd::Done).await);
        assert!(!end(&slow[1], 7, JobEnd::GivenUp { error: "late".to_owned() }).await);
        assert!(!end(&slow[2], 7, again(8)).await);
        assert_eq!(lease(&world, 9).await, [], "still leased, none of them ended");
        let untouched = "SELECT count(*) FROM jobs WHERE done_at IS NULL AND failed_at IS NULL
            AND last_error IS NULL AND leased_until IS NOT NULL";
        assert_eq!(count(&db, untouched).await, 3);

        assert!(end(&quick[0], 10, again(20)).await);
        assert!(!end(&quick[0], 10, JobEnd::Done).await, "ended once");
        assert!(!end(&slow[0], 10, JobEnd::Done).await, "waiting is not theirs either");
        for job in &quick[1..] {
            assert!(end(job, 10, JobEnd::Done).await);
        }
        // A lease that ran out and that nobody took up is still good.
        let third = lease(&world, 20).await;
        assert_eq!(third[0].attempts, 3);
        assert!(end(&third[0], 60, JobEnd::Done).await);
        let done = "SELECT count(*) FROM jobs WHERE done_at IS NOT NULL";
        assert_eq!(count(&db, done).await, 3);
    }

    /// The same with real races: of two who hold leases of one job only the later ends it.
    async fn of_two_who_end_a_job_at_once_the_later_lease_counts(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        for n in 0..20 {
            let key = format!("settle:{n}");
            assert!(enqueue(&world, &job(&world, &key, settle(1), now)).await);
            let slow = lease(&world, 0).await.remove(0);
            let quick = lease(&world, 6).await.remove(0);
            let done = now + Duration::minutes(7);
            let given_up = JobEnd::GivenUp { error: "slow".to_owned() };
            let (slow, quick) = tokio::join!(
                world.store.end_job(slow.lease(), done, given_up),
                world.store.end_job(quick.lease(), done, JobEnd::Done),
            );
            assert_eq!((slow.unwrap(), quick.unwrap()), (false, true), "job {n}");
        }
        let failed = "SELECT count(*) FROM jobs WHERE failed_at IS NOT NULL";
        assert_eq!(count(&db, failed).await, 0);
    }

    async fn workers_never_share_a_job_and_leave_none(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let now = world.clock.now();
        for n in 0..100 {
            let town = [&world, &there][n % 2];
            let key = format!("settle:{n}");
            assert!(enqueue(town, &job(town, &key, settle(1), now)).await);
        }
        let mut workers = JoinSet::new();
        for _ in 0..8 {
            let store = world.store.clone();
            workers.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let until = now + Duration::minutes(5);
                    let some = store.lease_jobs(Lane::Money, now, until, 7).await.unwrap();
                    if some.is_empty() {
                        return mine;
                    }
                    mine.extend(some.into_iter().map(|job| job.id));
                }
            });
        }
        let all: Vec<JobId> = workers.join_all().await.concat();
        assert_eq!(all.len(), 100);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 100);
    }

    async fn a_job_that_nobody_can_read_does_not_hold_up_the_others(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        assert!(enqueue(&world, &job(&world, "spoilt", settle(1), now)).await);
        assert!(enqueue(&world, &job(&world, "sound", settle(2), now)).await);
        let spoil = r#"UPDATE jobs SET payload = '{"kind": "dance"}' WHERE dedup_key = 'spoilt'"#;
        meddle(&db, spoil).await;
        let leased = lease(&world, 0).await;
        let keys: Vec<_> = leased.iter().map(|job| job.dedup_key.as_str()).collect();
        assert_eq!(keys, ["sound"]);
        let waiting = "SELECT count(*) FROM jobs WHERE failed_at IS NOT NULL";
        assert_eq!(count(&db, waiting).await, 1);
    }

    async fn an_event_is_kept_once_as_it_came(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first = event(&world, "evt_1");
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.receive(&first).await.unwrap());
        let again = InboxEvent { raw: "{}".to_owned(), ..first.clone() };
        assert!(!tx.receive(&again).await.unwrap());
        assert_eq!(tx.event("evt_1").await.unwrap(), Some(first.clone()));
        assert_eq!(tx.event("evt_2").await.unwrap(), None);
        tx.event_processed("evt_1", world.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.event("evt_1").await.unwrap(), Some(first));
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let theirs = there.store.read(there.municipality).await.unwrap();
        assert_eq!(theirs.event("evt_1").await.unwrap(), None);
        let processed = "SELECT count(*) FROM inbox_events WHERE processed_at IS NOT NULL";
        assert_eq!(count(&db, processed).await, 1);
    }
}
