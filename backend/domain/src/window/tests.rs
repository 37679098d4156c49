use chrono::{Days, Duration};
use proptest::prelude::*;

use super::*;
use crate::asker::Booker;
use crate::calendar::Holidays;
use crate::eligibility::{NextStep, Why};
use crate::samples;
use crate::span::Cell;
use crate::town::{
    ClosedDay, DayOfYear, Facility, MonthEnd, MonthReading, Slug, UseBlock, Who, WindowFor,
};

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

/// A hall that is closed on Mondays and from 12/29 to 1/3.
struct Hall(Facility, Holidays);

impl Hall {
    fn new() -> Self {
        Self(samples::hall(), Holidays::national())
    }

    fn days(&self) -> OpenDays<'_> {
        OpenDays::of(&self.0, &self.1)
    }
}

const fn online(residence: Residence) -> Asker<'static> {
    Asker::person(residence, Channel::Online)
}

fn opens_at(window: &BookingWindow, residence: Residence, date: NaiveDate) -> DateTime<Utc> {
    super::opens_at(window, Hall::new().days(), &online(residence), date)
}

fn state_for(
    window: &BookingWindow,
    asker: &Asker<'_>,
    span: Span,
    now: DateTime<Utc>,
) -> WindowState {
    super::window_state(window, Hall::new().days(), asker, span, now)
}

fn window_state(
    window: &BookingWindow,
    residence: Residence,
    span: Span,
    now: DateTime<Utc>,
) -> WindowState {
    state_for(window, &online(residence), span, now)
}

fn ahead(months: u32, reading: MonthReading) -> Opening {
    Opening::MonthsAhead {
        months,
        reading,
        month_end: None,
    }
}

fn open(opening: Opening, time: &str) -> BookingWindow {
    BookingWindow {
        opening,
        opens_at: time.parse().unwrap(),
        on_closed_day: None,
        closes_days_before: 0,
        closes_months_before: 0,
        lead_days: 0,
        article: "規則第3条".into(),
        exceptions: vec![],
    }
}

fn months(months: u32, reading: MonthReading) -> BookingWindow {
    open(ahead(months, reading), "09:00")
}

fn outside() -> Who {
    Who {
        residence: Some(Residence::Outside),
        ..Who::default()
    }
}

fn for_whom(who: Who, opening: Option<Opening>, time: Option<&str>) -> WindowFor {
    WindowFor {
        who,
        opening,
        opens_at: time.map(|time| time.parse().unwrap()),
        lead_days: None,
        article: None,
    }
}

fn ikeda() -> BookingWindow {
    let counting_use = MonthReading::FirstOfMonthCountingUse;
    BookingWindow {
        exceptions: vec![for_whom(outside(), Some(ahead(2, counting_use)), None)],
        ..months(3, counting_use)
    }
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
        let window = months(n, reading);
        let opens_at = opens_at(&window, Residence::InTown, day(use_date));
        assert_eq!(opens_at, at(opens, "09:00"), "{reading:?} {use_date}");
    }
}

#[test]
fn booking_opens_at_nine_and_not_a_second_before() {
    // Scenario 3.
    let span = span_on(day("2027-04-20"));
    let opens_at = at("2027-02-01", "09:00");
    let just_before = opens_at - Duration::seconds(1);
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
        state(until - Duration::minutes(1)),
        WindowState::Open { until }
    );
    assert_eq!(state(until), WindowState::Past);
}

/// むくのきセンター [S37]: Apr–Sep from Feb 1 (町内) / Mar 1 (町外), Oct–Mar from Aug 1 / Sep 1,
/// counter only within one month.
fn mukunoki() -> BookingWindow {
    let day = |text: &str| DayOfYear::try_from(text.to_owned()).unwrap();
    let block = |from, to, opens| UseBlock {
        from: day(from),
        to: day(to),
        opens: day(opens),
    };
    let blocks = |spring, autumn| {
        Opening::Blocks(vec![
            block("04-01", "09-30", spring),
            block("10-01", "03-31", autumn),
        ])
    };
    BookingWindow {
        closes_months_before: 1,
        exceptions: vec![for_whom(outside(), Some(blocks("03-01", "09-01")), None)],
        ..open(blocks("02-01", "08-01"), "09:00")
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
        blocks[0].opens = DayOfYear::try_from("02-29".to_owned()).unwrap();
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
        let asker = Asker::person(Residence::InTown, channel);
        state_for(&mukunoki(), &asker, span, at(date, time))
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
        let hall = Hall::new();
        let asker = online(Residence::InTown);
        assert_eq!(
            last_open_day(&window, hall.days(), &asker, now),
            Some(day(last))
        );
    }
}

#[test]
fn a_month_without_that_day_ends_as_the_town_says() {
    // Scenario 5.
    let same_day = |month_end| {
        let opening = Opening::MonthsAhead {
            months: 3,
            reading: MonthReading::SameDay,
            month_end,
        };
        open(opening, "08:30")
    };
    for (month_end, use_date, opens) in [
        (Some(MonthEnd::LastDay), "2027-05-31", "2027-02-28"),
        (Some(MonthEnd::NextFirst), "2027-05-31", "2027-03-01"),
        (Some(MonthEnd::NextFirst), "2027-05-28", "2027-02-28"),
        (Some(MonthEnd::NextFirst), "2027-05-29", "2027-03-01"),
        (Some(MonthEnd::NextFirst), "2028-05-29", "2028-02-29"),
        (None, "2027-05-29", "2027-02-28"),
    ] {
        let found = opens_at(&same_day(month_end), Residence::InTown, day(use_date));
        assert_eq!(found, at(opens, "08:30"), "{month_end:?} {use_date}");
    }
}

#[test]
fn towns_open_on_a_day_of_the_month_or_so_many_days_ahead() {
    // 向日市 [S36]: 2か月前の5日12時. みどり市 [S18]: 市内は1か月前の1日, 市外は14日前.
    let muko = open(Opening::DayOfMonth { months: 2, day: 5 }, "12:00");
    let midori = BookingWindow {
        exceptions: vec![for_whom(
            outside(),
            Some(Opening::DaysAhead { days: 14 }),
            None,
        )],
        ..months(1, MonthReading::FirstOfMonthBefore)
    };
    let last_of_month = open(Opening::DayOfMonth { months: 2, day: 31 }, "09:00");
    for (window, residence, use_date, opens) in [
        (
            &muko,
            Residence::InTown,
            "2027-04-20",
            at("2027-02-05", "12:00"),
        ),
        (
            &muko,
            Residence::Outside,
            "2027-01-01",
            at("2026-11-05", "12:00"),
        ),
        (
            &midori,
            Residence::InTown,
            "2027-04-20",
            at("2027-03-01", "09:00"),
        ),
        (
            &midori,
            Residence::Outside,
            "2027-04-20",
            at("2027-04-06", "09:00"),
        ),
        (
            &last_of_month,
            Residence::InTown,
            "2027-04-20",
            at("2027-02-28", "09:00"),
        ),
    ] {
        assert_eq!(
            opens_at(window, residence, day(use_date)),
            opens,
            "{use_date}"
        );
    }
}

#[test]
fn the_counter_opens_at_nine_and_the_phone_at_eleven() {
    // 金武町 [S39].
    let counter = Who {
        channel: Some(Channel::Counter),
        ..Who::default()
    };
    let window = BookingWindow {
        exceptions: vec![for_whom(counter, None, Some("09:00"))],
        ..open(ahead(1, MonthReading::FirstOfMonthBefore), "11:00")
    };
    let span = span_on(day("2027-04-20"));
    let state = |channel, time| {
        let asker = Asker::person(Residence::InTown, channel);
        state_for(&window, &asker, span, at("2027-03-01", time))
    };
    assert!(matches!(
        state(Channel::Counter, "09:00"),
        WindowState::Open { .. }
    ));
    assert!(matches!(
        state(Channel::Online, "10:59"),
        WindowState::NotYet { .. }
    ));
    assert!(matches!(
        state(Channel::Online, "11:00"),
        WindowState::Open { .. }
    ));
}

#[test]
fn the_first_window_that_fits_a_group_or_a_class_wins() {
    // 南風原町 黄金森公園野球場: 町内団体は前月16日, 町外団体は前月20日, 8:30から;
    // https://v2.spm-cloud.com/user/haebaru/contents/guide-3.html. 営利 of 下松市文化会館: 10か月前.
    let commercial: Slug = "commercial".parse().unwrap();
    let day_of = |day| Opening::DayOfMonth { months: 1, day };
    let outside_groups = Who {
        booker: Some(Booker::Group),
        ..outside()
    };
    let for_gain = Who {
        class: Some(commercial.clone()),
        ..Who::default()
    };
    let window = BookingWindow {
        exceptions: vec![
            for_whom(for_gain, Some(day_of(25)), None),
            for_whom(outside_groups, Some(day_of(20)), None),
        ],
        ..open(day_of(16), "08:30")
    };
    let classes = [commercial];
    let asker = |residence, booker, classes| Asker {
        residence,
        booker,
        classes,
        channel: Channel::Online,
    };
    for (asker, opens) in [
        (
            asker(Residence::InTown, Booker::Group, &[][..]),
            "2027-03-16",
        ),
        (asker(Residence::Outside, Booker::Group, &[]), "2027-03-20"),
        (asker(Residence::Outside, Booker::Person, &[]), "2027-03-16"),
        (
            asker(Residence::Outside, Booker::Group, &classes),
            "2027-03-25",
        ),
    ] {
        let found = super::opens_at(&window, Hall::new().days(), &asker, day("2027-04-20"));
        assert_eq!(found, at(opens, "08:30"), "{asker:?}");
    }
}

#[test]
fn an_opening_day_that_is_closed_moves_where_the_town_says_so() {
    // 南風原町 中央公民館: 利用月の3か月前の初営業日8:30から. The hall rests on Mondays and at New Year.
    let haebaru = BookingWindow {
        on_closed_day: Some(ClosedDay::NextOpen),
        ..open(ahead(3, MonthReading::FirstOfMonthBefore), "08:30")
    };
    for (use_date, opens) in [
        ("2027-05-10", "2027-02-02"), // 2/1 is a Monday
        ("2027-04-10", "2027-01-05"), // 1/1–1/3 New Year, 1/4 a Monday
        ("2027-06-10", "2027-03-02"),
        ("2027-07-10", "2027-04-01"),
    ] {
        let found = opens_at(&haebaru, Residence::InTown, day(use_date));
        assert_eq!(found, at(opens, "08:30"), "{use_date}");
    }
}

#[test]
fn who_must_apply_a_week_ahead_is_too_late_at_the_counter_as_well() {
    // 和気町公民館使用条例施行規則第2条: 7日前までに申請書を提出.
    let wake = BookingWindow {
        lead_days: 7,
        ..months(3, MonthReading::SameDay)
    };
    let span = span_on(day("2027-04-20"));
    for channel in [Channel::Online, Channel::Counter] {
        let asker = Asker::person(Residence::InTown, channel);
        let state = |date, time| state_for(&wake, &asker, span, at(date, time));
        let until = at("2027-04-14", "00:00");
        assert_eq!(state("2027-04-13", "23:59"), WindowState::Open { until });
        let ended_on = day("2027-04-13");
        assert_eq!(
            state("2027-04-14", "00:00"),
            WindowState::Ended { ended_on }
        );
        let refusal = window_refusal(
            WindowState::Ended { ended_on },
            &Hall::new().0,
            &wake,
            &asker,
        )
        .unwrap();
        assert_eq!(refusal.code(), "window.ended");
        assert_eq!(refusal.article, "規則第3条");
        let desk = NextStep::AskDesk {
            phone: "0774-95-1907".into(),
        };
        assert_eq!(refusal.next, [NextStep::ChooseAnotherTime, desk]);
    }
}

#[test]
fn a_refusal_says_when_it_opens_by_which_article() {
    // Scenarios 3 and 6.
    let mut window = ikeda();
    window.exceptions[0].article = Some("規則第3条第2項".into());
    let span = span_on(day("2027-04-20"));
    let now = at("2027-01-31", "08:00");
    for (residence, opens, article) in [
        (Residence::InTown, "2027-02-01", "規則第3条"),
        (Residence::Outside, "2027-03-01", "規則第3条第2項"),
    ] {
        let asker = online(residence);
        let state = state_for(&window, &asker, span, now);
        let refusal = window_refusal(state, &Hall::new().0, &window, &asker).unwrap();
        let opens_at = at(opens, "09:00");
        assert_eq!(refusal.why, Why::WindowNotYet { opens_at });
        assert_eq!(refusal.article, article);
        assert_eq!(refusal.next, [NextStep::BookFrom { opens_at }]);
    }
    let open = state_for(
        &window,
        &online(Residence::InTown),
        span,
        at("2027-02-01", "09:00"),
    );
    assert_eq!(
        window_refusal(open, &Hall::new().0, &window, &online(Residence::InTown)),
        None
    );
}

proptest! {
    /// A day never opens after a later day does, and never after itself.
    #[test]
    fn earlier_days_open_first(
        offset in 0_u64..1500,
        n in 0_u32..13,
        which in 0_u8..6,
        rolls: bool,
    ) {
        let opening = match which {
            0 => ahead(n, MonthReading::FirstOfMonthCountingUse),
            1 => ahead(n, MonthReading::FirstOfMonthBefore),
            2 => ahead(n, MonthReading::SameDay),
            3 => Opening::MonthsAhead {
                months: n,
                reading: MonthReading::SameDay,
                month_end: Some(MonthEnd::NextFirst),
            },
            4 => Opening::DayOfMonth { months: n + 1, day: 31 },
            _ => Opening::DaysAhead { days: n },
        };
        let date = day("2026-01-01") + Days::new(offset);
        let rolling = |window| BookingWindow {
            on_closed_day: rolls.then_some(ClosedDay::NextOpen),
            ..window
        };
        for window in [rolling(open(opening, "09:00")), rolling(mukunoki())] {
            let opens = |date| opens_at(&window, Residence::InTown, date);
            prop_assert!(opens(date) <= opens(date + Days::new(1)));
            prop_assert!(civil::date_at(opens(date)) <= date);
        }
    }
}
