//! The two real towns that Yoriai is shown with: their files hold together, and say what the towns'
//! own pages say.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use domain::asker::Asker;
use domain::calendar::{DayPlan, Holidays, OpenDays, day_plan};
use domain::civil::{self, TimeOfDay};
use domain::fees::{QuoteRequest, quote_for_town};
use domain::reservation::Channel;
use domain::town::{Facility, Town, check, export};
use domain::window::{Residence, opens_at};

const SEIKA: &str = include_str!("../../server/towns/seika.toml");
const KAWAGOE: &str = include_str!("../../server/towns/kawagoe.toml");

fn town(file: &str) -> Town {
    match check(file.as_bytes()) {
        Ok(town) => town,
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            assert_eq!(lines, Vec::<String>::new());
            unreachable!()
        }
    }
}

fn facility<'a>(town: &'a Town, id: &str) -> &'a Facility {
    town.facility(&id.parse().unwrap()).unwrap()
}

fn total(town: &Town, json: &str) -> u32 {
    let request: QuoteRequest = serde_json::from_str(json).unwrap();
    quote_for_town(town, &request).unwrap().total_yen.get()
}

#[test]
fn both_towns_pass_the_check_and_survive_being_written() {
    for file in [SEIKA, KAWAGOE] {
        let town = town(file);
        let written = export(&town).unwrap();
        assert_eq!(check(written.as_bytes()).as_ref(), Ok(&town));
    }
}

#[test]
fn the_towns_are_who_they_say() {
    let seika = town(SEIKA);
    assert_eq!(
        (seika.code.as_str(), seika.host.as_str()),
        ("263664", "seika")
    );
    let kawagoe = town(KAWAGOE);
    assert_eq!(
        (kawagoe.code.as_str(), kawagoe.host.as_str()),
        ("243442", "kawagoe")
    );
    let halls = kawagoe
        .facilities
        .iter()
        .filter(|it| it.name.ends_with("地区公民館"));
    assert_eq!(halls.count(), 10);
}

#[test]
fn seika_nishi_charges_what_its_page_says() {
    // domain.md A1 V3 [S3].
    let seika = town(SEIKA);
    let quote = |room: &str, options: &str| {
        let json = format!(
            r#"{{"room":"{room}","date":"2026-11-28","start":"18:00","end":"20:00","people":8,
                "options":[{options}]}}"#
        );
        total(&seika, &json)
    };
    let light = r#"{"id":"light","quantity":1}"#;
    assert_eq!(quote("nishi-gym", light), 800);
    assert_eq!(quote("nishi-dojo", ""), 620);
    assert_eq!(quote("nishi-tennis-1", light), 920);
    assert_eq!(quote("nishi-ground", ""), 0);
    let (whole, north, south) = (
        quote("nishi-ground", light),
        quote("nishi-ground-north", light),
        quote("nishi-ground-south", light),
    );
    assert_eq!((whole, north, south), (4_180, 3_140, 2_080));
    assert_ne!(whole, north + south, "the whole is a price of its own");
}

#[test]
fn mukunoki_opens_by_half_years() {
    // domain.md B [S37].
    let seika = town(SEIKA);
    let mukunoki = facility(&seika, "mukunoki");
    let holidays = Holidays::of(&seika);
    let nine: TimeOfDay = "09:00".parse().unwrap();
    for (date, residents, outsiders) in [
        ("2027-05-01", "2027-02-01", "2027-03-01"),
        ("2027-03-31", "2026-08-01", "2026-09-01"),
    ] {
        let opens = |residence| {
            opens_at(
                &mukunoki.window,
                OpenDays::of(mukunoki, &holidays),
                &Asker::person(residence, Channel::Online),
                date.parse().unwrap(),
            )
        };
        let nine_on = |day: &str| civil::instant(day.parse().unwrap(), nine);
        assert_eq!(opens(Residence::InTown), nine_on(residents), "{date}");
        assert_eq!(opens(Residence::Outside), nine_on(outsiders), "{date}");
    }
}

#[test]
fn kawagoe_has_a_hall_for_each_reading_of_three_months() {
    // domain.md B: [S9], [S35], [S60] and the two ends of a month.
    let kawagoe = town(KAWAGOE);
    let holidays = Holidays::of(&kawagoe);
    let resident = Asker::person(Residence::InTown, Channel::Online);
    for (id, date, opens) in [
        ("takamatsu", "2027-04-10", "2027-02-01"),
        ("kita-fukusaki", "2027-04-10", "2027-01-01"),
        ("kamiyoshi", "2027-05-31", "2027-02-28"),
        ("kamesaki-shinden", "2027-05-31", "2027-03-01"),
    ] {
        let hall = facility(&kawagoe, id);
        let open_days = OpenDays::of(hall, &holidays);
        let nine_on = civil::instant(opens.parse().unwrap(), "09:00".parse().unwrap());
        let at = opens_at(&hall.window, open_days, &resident, date.parse().unwrap());
        assert_eq!(at, nine_on, "{id}");
    }
}

#[test]
fn kawagoe_rests_on_mondays_and_at_new_year() {
    // domain.md B [S53].
    let kawagoe = town(KAWAGOE);
    let holidays = Holidays::of(&kawagoe);
    for hall in &kawagoe.facilities {
        for (date, open) in [
            ("2026-11-16", false), // Monday
            ("2026-11-23", true),  // Monday, 勤労感謝の日
            ("2026-11-24", false), // the next weekday
            ("2026-12-29", false),
            ("2027-01-03", false),
            ("2027-01-05", true),
        ] {
            let plan = day_plan(hall, &holidays, date.parse().unwrap());
            assert_eq!(
                matches!(plan, DayPlan::Open(_)),
                open,
                "{} {date}",
                hall.name
            );
            if let DayPlan::Open(windows) = plan {
                let hours: Vec<String> = windows
                    .iter()
                    .map(|it| format!("{}–{}", it.start, it.end))
                    .collect();
                assert_eq!(hours, ["09:00–21:00"]);
            }
        }
    }
}

#[test]
fn whole_and_half_exclude_each_other_and_the_halves_do_not() {
    for (file, id, whole, a, b) in [
        (
            SEIKA,
            "seika-nishi",
            "nishi-gym",
            "nishi-gym-north-half",
            "nishi-gym-south-half",
        ),
        (
            SEIKA,
            "seika-nishi",
            "nishi-ground",
            "nishi-ground-north",
            "nishi-ground-south",
        ),
        (
            SEIKA,
            "mukunoki",
            "mukunoki-arena",
            "mukunoki-arena-north-half",
            "mukunoki-arena-south-half",
        ),
        (KAWAGOE, "sogo-taiikukan", "arena", "arena-a", "arena-b"),
    ] {
        let town = town(file);
        let facility = facility(&town, id);
        let room = |id: &str| facility.room(&id.parse().unwrap()).unwrap();
        assert!(room(whole).conflicts_with(room(a)), "{whole}");
        assert!(room(whole).conflicts_with(room(b)), "{whole}");
        assert!(!room(a).conflicts_with(room(b)), "{whole}");
    }
}
