//! The booking window (予約受付期間), to the second.

use std::sync::Arc;

use chrono::Duration;
use contract::Refusal;
use domain::civil;
use domain::town::{MonthReading, Opening, Who, WindowFor};
use domain::window::Residence;

use crate::bench::wishes::refusal;
use crate::bench::{Bench, Card};

testkit::on_both! {
    async fn booking_opens_at_nine_and_not_a_moment_before(db: TestStore) {
        let bench = Bench::new(&db).await;
        for (room, day, opening_day, article, (start, end)) in [
            // Three months ahead on the same day, and on the first of the month.
            ("gym-full", "2027-02-25", "2026-11-25", "条例第5条", ("10:00", "12:00")),
            ("hall-room", "2027-03-10", "2026-12-01", "規則第3条", ("09:00", "12:00")),
        ] {
            let form = bench.form(room, day, start, end);
            let opens_at = civil::instant(opening_day.parse().unwrap(), "09:00".parse().unwrap());
            bench.becomes(opening_day, "08:59");
            for moment in [Duration::seconds(59), Duration::microseconds(999_999)] {
                bench.pass(moment);
                let not_yet = Refusal::WindowNotYet { opens_at, article: article.to_owned() };
                assert_eq!(refusal(bench.book(&form).await), not_yet, "{}", bench.now());
            }
            bench.pass(Duration::microseconds(1));
            assert_eq!(bench.now(), opens_at);
            bench.book(&form).await.unwrap();
        }
    }

    async fn people_from_elsewhere_wait_until_their_own_opening(db: TestStore) {
        let mut town = testkit::town().unwrap();
        let window = &mut Arc::make_mut(&mut town.facilities[0]).window;
        window.exceptions.push(WindowFor {
            who: Who { residence: Some(Residence::Outside), ..Who::default() },
            opening: Some(Opening::MonthsAhead {
                months: 2,
                reading: MonthReading::SameDay,
                month_end: None,
            }),
            opens_at: None,
            lead_days: None,
            article: None,
        });
        let bench = Bench::in_town(&db, &town).await;
        let outsider = bench.settle_in(&Card::from_elsewhere("saburo")).await;
        bench.becomes("2026-11-25", "09:00");
        let form = bench.form("gym-full", "2027-02-25", "10:00", "12:00");
        let opens_at = civil::instant("2026-12-25".parse().unwrap(), "09:00".parse().unwrap());
        let not_yet = Refusal::WindowNotYet { opens_at, article: "条例第5条".to_owned() };
        assert_eq!(refusal(bench.book_as(outsider, &form).await), not_yet);

        bench.book(&bench.form("gym-full", "2027-02-25", "18:00", "20:00")).await.unwrap();
        bench.becomes("2026-12-25", "09:00");
        bench.book_as(outsider, &form).await.unwrap();
    }

    async fn after_the_last_day_only_the_desk_can_help(db: TestStore) {
        let bench = Bench::new(&db).await;
        let form = bench.form("hall-room", "2026-11-27", "09:00", "12:00");
        bench.becomes("2026-11-26", "23:59");
        bench.pass(Duration::seconds(60));
        let ended = Refusal::WindowCounterOnly {
            ended_on: "2026-11-26".parse().unwrap(),
            phone: "000-000-0002".to_owned(),
        };
        assert_eq!(refusal(bench.book(&form).await), ended);
        bench.pass(-Duration::seconds(1));
        bench.book(&form).await.unwrap();
    }
}
