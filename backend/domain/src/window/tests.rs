use proptest::prelude::*;

use super::*;
use crate::span::Cell;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: &str, time: &str) -> DateTime<Utc> {
    civil::instant(day(date), time.parse().unwrap())
}

fn span_on(date: NaiveDate) -> Span {
    let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
    Span::new(cell("18:00"), cell("20:00")).unwrap()
}

fn months(months: u32, reading: MonthReading, outsiders: Option<u32>) -> BookingWindow {
    BookingWindow {
        opening: Opening::MonthsAhead {
            months,
            reading,
            outsiders,
        },
        opens_at: "09:00".parse().unwrap(),
        closes_days_before: 0,
        closes_months_before: 0,
        article: "規則第3条".into(),
    }
}

fn ikeda() -> BookingWindow {
    months(3, MonthReading::FirstOfMonthCountingUse, Some(2))
}

#[test]
fn three_months_ahead_is_read_as_each_town_reads_it() {
    use MonthReading::{FirstOfMonthBefore, FirstOfMonthCountingUse, SameDay};
    for (reading, n, use_date, opens) in [
        (FirstOfMonthCountingUse, 3, "2027-04-20", "2027-02-01"), // 池田町 [S9], scenario 3
        (FirstOfMonthBefore, 3, "2027-04-20", "2027-01-01"),      // 美里町 [S35], scenario 4
        (SameDay, 3, "2027-05-31", "2027-02-28"),                 // scenario 5
        (SameDay, 3, "2028-05-31", "2028-02-29"),
        (SameDay, 1, "2027-01-15", "2026-12-15"), // 宮代町 [S60]
        (FirstOfMonthCountingUse, 1, "2027-04-20", "2027-04-01"),
        (FirstOfMonthBefore, 2, "2027-01-31", "2026-11-01"),
    ] {
        let window = months(n, reading, None);
        let opens_at = opens_at(&window, Residence::InTown, day(use_date));
        assert_eq!(opens_at, at(opens, "09:00"), "{reading:?} {use_date}");
    }
}

#[test]
fn booking_opens_at_nine_and_not_a_second_before() {
    // Scenario 3.
    let span = span_on(day("2027-04-20"));
    let opens_at = at("2027-02-01", "09:00");
    let just_before = opens_at - chrono::Duration::seconds(1);
    let state = |now| window_state(&ikeda(), Residence::InTown, span, now);
    assert_eq!(state(just_before), WindowState::NotYet { opens_at });
    assert!(matches!(state(opens_at), WindowState::Open { .. }));
}

#[test]
fn people_from_outside_wait_for_their_own_day() {
    // Scenario 6.
    let span = span_on(day("2027-04-20"));
    let now = at("2027-02-15", "12:00");
    assert_eq!(
        window_state(&ikeda(), Residence::Outside, span, now),
        WindowState::NotYet {
            opens_at: at("2027-03-01", "09:00")
        }
    );
    assert!(matches!(
        window_state(&ikeda(), Residence::InTown, span, now),
        WindowState::Open { .. }
    ));
}

#[test]
fn online_booking_ends_days_before_and_the_desk_goes_on() {
    let mut window = ikeda();
    window.closes_days_before = 3;
    let span = span_on(day("2027-04-20"));
    let state = |date, time| window_state(&window, Residence::InTown, span, at(date, time));
    let until = at("2027-04-18", "00:00");
    assert_eq!(state("2027-04-17", "23:59"), WindowState::Open { until });
    let ended_on = day("2027-04-17");
    assert_eq!(
        state("2027-04-18", "00:00"),
        WindowState::CounterOnly { ended_on }
    );
    assert_eq!(
        state("2027-04-20", "17:59"),
        WindowState::CounterOnly { ended_on }
    );
    assert_eq!(state("2027-04-20", "18:00"), WindowState::Past);
}

#[test]
fn without_a_closing_rule_booking_ends_with_the_start() {
    let span = span_on(day("2027-04-20"));
    let until = at("2027-04-20", "18:00");
    let state = |now| window_state(&ikeda(), Residence::InTown, span, now);
    assert_eq!(
        state(until - chrono::Duration::minutes(1)),
        WindowState::Open { until }
    );
    assert_eq!(state(until), WindowState::Past);
}

/// むくのきセンター [S37]: Apr–Sep from Feb 1 (町内) / Mar 1 (町外), Oct–Mar from Aug 1 / Sep 1,
/// counter only within one month.
fn mukunoki() -> BookingWindow {
    let day = |text: &str| DayOfYear::try_from(text.to_owned()).unwrap();
    let block = |from, to, residents, outsiders| UseBlock {
        from: day(from),
        to: day(to),
        residents: day(residents),
        outsiders: day(outsiders),
    };
    BookingWindow {
        opening: Opening::Blocks(vec![
            block("04-01", "09-30", "02-01", "03-01"),
            block("10-01", "03-31", "08-01", "09-01"),
        ]),
        closes_months_before: 1,
        ..ikeda()
    }
}

#[test]
fn half_years_open_on_one_day() {
    for (use_date, residents, outsiders) in [
        ("2027-04-01", "2027-02-01", "2027-03-01"),
        ("2027-09-30", "2027-02-01", "2027-03-01"),
        ("2027-10-01", "2027-08-01", "2027-09-01"),
        ("2027-12-31", "2027-08-01", "2027-09-01"),
        ("2028-03-31", "2027-08-01", "2027-09-01"),
    ] {
        let opens = |residence| opens_at(&mukunoki(), residence, day(use_date));
        assert_eq!(
            opens(Residence::InTown),
            at(residents, "09:00"),
            "{use_date}"
        );
        assert_eq!(
            opens(Residence::Outside),
            at(outsiders, "09:00"),
            "{use_date}"
        );
    }
}

#[test]
fn a_block_that_opens_on_29_february_opens_on_28_in_other_years() {
    let mut window = mukunoki();
    if let Opening::Blocks(blocks) = &mut window.opening {
        blocks[0].residents = DayOfYear::try_from("02-29".to_owned()).unwrap();
    }
    for (use_date, opens) in [("2027-04-01", "2027-02-28"), ("2028-04-01", "2028-02-29")] {
        let opens_at = opens_at(&window, Residence::InTown, day(use_date));
        assert_eq!(opens_at, at(opens, "09:00"), "{use_date}");
    }
}

#[test]
fn within_one_month_mukunoki_is_for_the_counter() {
    let span = span_on(day("2027-05-31"));
    let state = |date, time| window_state(&mukunoki(), Residence::InTown, span, at(date, time));
    assert!(matches!(
        state("2027-04-30", "23:59"),
        WindowState::Open { .. }
    ));
    let ended_on = day("2027-04-30");
    assert_eq!(
        state("2027-05-01", "00:00"),
        WindowState::CounterOnly { ended_on }
    );
}

#[test]
fn the_counter_sells_what_is_over_online_and_what_has_begun_but_nothing_too_early() {
    let span = span_on(day("2027-05-31"));
    let state = |channel, date, time| {
        window_state_through(
            channel,
            &mukunoki(),
            Residence::InTown,
            span,
            at(date, time),
        )
    };
    let until = at("2027-05-31", "20:00");
    for (date, time) in [
        ("2027-04-30", "12:00"),
        ("2027-05-01", "00:00"),
        ("2027-05-31", "18:00"),
        ("2027-05-31", "19:59"),
    ] {
        let at_the_counter = state(Channel::Counter, date, time);
        assert_eq!(at_the_counter, WindowState::Open { until }, "{date} {time}");
    }
    assert_eq!(
        state(Channel::Counter, "2027-05-31", "20:00"),
        WindowState::Past
    );
    assert_eq!(
        state(Channel::Online, "2027-05-31", "18:00"),
        WindowState::Past
    );
    for channel in [Channel::Counter, Channel::Online] {
        let early = state(channel, "2026-01-31", "12:00");
        assert!(matches!(early, WindowState::NotYet { .. }), "{channel:?}");
    }
}

#[test]
fn of_two_closing_rules_the_earlier_day_counts() {
    let window = BookingWindow {
        closes_days_before: 45,
        ..mukunoki()
    };
    let span = span_on(day("2027-05-31"));
    let state = |date, time| window_state(&window, Residence::InTown, span, at(date, time));
    let ended_on = day("2027-04-16");
    assert!(matches!(
        state("2027-04-16", "23:59"),
        WindowState::Open { .. }
    ));
    assert_eq!(
        state("2027-04-17", "00:00"),
        WindowState::CounterOnly { ended_on }
    );
}

#[test]
fn the_last_open_day_is_the_end_of_what_has_opened() {
    for (window, now, last) in [
        (ikeda(), at("2027-02-01", "09:00"), "2027-04-30"),
        (ikeda(), at("2027-02-01", "08:59"), "2027-03-31"),
        (mukunoki(), at("2027-02-01", "09:00"), "2027-09-30"),
        (mukunoki(), at("2027-01-31", "09:00"), "2027-03-31"),
    ] {
        assert_eq!(
            last_open_day(&window, Residence::InTown, now),
            Some(day(last))
        );
    }
}

proptest! {
    /// A day never opens after a later day does, and never after itself.
    #[test]
    fn earlier_days_open_first(offset in 0_u64..1500, n in 0_u32..13, which in 0_u8..3) {
        let reading = match which {
            0 => MonthReading::FirstOfMonthCountingUse,
            1 => MonthReading::FirstOfMonthBefore,
            _ => MonthReading::SameDay,
        };
        let date = day("2026-01-01") + Days::new(offset);
        for window in [months(n, reading, None), mukunoki()] {
            let opens = |date| opens_at(&window, Residence::InTown, date);
            prop_assert!(opens(date) <= opens(date + Days::new(1)));
            prop_assert!(civil::date_at(opens(date)) <= date);
        }
    }
}
