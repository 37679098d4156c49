use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::money::Yen;
use crate::quote::Quote;
use crate::samples;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A request as scripts write it.
fn ask(json: &str) -> Result<Quote, QuoteRefusal> {
    quote_for_town(&samples::town(), &serde_json::from_str(json).unwrap())
}

fn total(json: &str) -> u32 {
    ask(json).unwrap().total_yen.get()
}

fn request(room: &str, start: &str, end: &str) -> QuoteRequest {
    QuoteRequest {
        room: room.parse().unwrap(),
        date: day("2026-11-28"),
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
        people: 10,
        purpose: None,
        options: vec![],
        attributes: [].into(),
        reduction: None,
        reduction_percent: None,
        basis_dates: BasisDates::all_on(day("2026-11-10")),
    }
}

fn quoted(request: &QuoteRequest) -> Result<Quote, QuoteRefusal> {
    quote_for_town(&samples::town(), request)
}

#[test]
fn two_hours_in_the_gym_with_light_are_800_yen() {
    // Scenario 16, V3.
    let quote = ask(
        r#"{"room":"gym-whole","date":"2026-11-28","start":"18:00","end":"20:00","people":20,
            "options":[{"id":"light","quantity":1,"minutes":120}],"attributes":{},
            "reduction":null,"basis_dates":{"applied":"2026-11-10"}}"#,
    )
    .unwrap();
    assert_eq!(quote.total_yen, Yen::new(800));
    assert_eq!(quote.tax_included_yen, Yen::new(72));
    assert_eq!(quote.tariff_version, "2025-08-01");
    let lines: Vec<_> = quote
        .lines
        .iter()
        .map(|line| (line.label.as_str(), line.quantity, line.unit_yen.get()))
        .collect();
    assert_eq!(
        lines,
        [
            ("体育館（全面） 18:00–20:00", 2, 200),
            ("照明（2時間）", 2, 200)
        ]
    );
    assert!(quote.lines.iter().all(|line| !line.basis.is_empty()));
}

#[test]
fn the_answer_has_the_names_scripts_rely_on() {
    let quote = quoted(&request("gym-whole", "18:00", "20:00")).unwrap();
    let json = serde_json::to_value(&quote).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "total_yen": 400,
            "tax_included_yen": 36,
            "tariff_version": "2025-08-01",
            "lines": [{
                "label": "体育館（全面） 18:00–20:00",
                "basis": "条例第8条 別表",
                "component": "room",
                "quantity": 2,
                "unit_yen": 200,
                "amount_yen": 400,
            }],
        })
    );
}

#[test]
fn divisions_have_their_own_prices() {
    // V1: 会議室 1,230/1,230/1,850; the whole day equals the sum there.
    for (start, end, yen) in [
        ("08:30", "12:30", 1_230),
        ("17:30", "21:30", 1_850),
        ("08:30", "17:00", 2_460),
        ("08:30", "21:30", 4_310),
    ] {
        let quote = quoted(&request("meeting", start, end)).unwrap();
        assert_eq!(quote.total_yen, Yen::new(yen), "{start}");
    }
}

#[test]
fn a_started_hour_counts_as_one() {
    for (end, yen) in [
        ("10:00", 55),
        ("10:30", 110),
        ("11:00", 110),
        ("11:30", 165),
    ] {
        let quote = quoted(&request("study", "09:00", end)).unwrap();
        assert_eq!(quote.total_yen, Yen::new(yen), "{end}");
    }
}

#[test]
fn surcharges_are_shares_of_the_room_and_add_up() {
    // V6's 55 yen an hour: 町外 +100 %, 営利 +200 %; both are base × 4 there.
    let mut request = request("study", "09:00", "12:00");
    let flag = |name: &str| (name.to_owned(), AttributeValue::Flag(true));
    assert_eq!(quoted(&request).unwrap().total_yen, Yen::new(165));
    request.attributes = [flag("outsider")].into();
    assert_eq!(quoted(&request).unwrap().total_yen, Yen::new(330));
    request.attributes = [flag("outsider"), flag("commercial")].into();
    assert_eq!(quoted(&request).unwrap().total_yen, Yen::new(660));
    request.attributes = [("outsider".to_owned(), AttributeValue::Flag(false))].into();
    assert_eq!(quoted(&request).unwrap().total_yen, Yen::new(165));
}

#[test]
fn a_surcharge_is_rounded_down_and_leaves_the_light_alone() {
    let json = r#"{"room":"gym-half-north","date":"2026-11-28","start":"18:00","end":"20:00",
        "people":5,"attributes":{"outsider":true}}"#;
    // No surcharge is stated for the half court.
    assert_eq!(total(json), 200);
    let json = r#"{"room":"gym-whole","date":"2026-11-28","start":"18:00","end":"20:00",
        "people":5,"options":[{"id":"light"}],"attributes":{"outsider":true}}"#;
    assert_eq!(total(json), 400 + 200 + 400);
}

#[test]
fn options_are_priced_per_use_per_hour_or_per_half_hour() {
    let with = |id: &str, quantity, minutes| {
        let mut request = request("meeting", "08:30", "17:00");
        request.options = vec![OptionRequest {
            id: id.into(),
            quantity,
            minutes,
        }];
        quoted(&request).map(|quote| quote.total_yen.get() - 2_460)
    };
    assert_eq!(with("projector", 2, None), Ok(2_000)); // two pieces, two divisions
    assert_eq!(with("cooling", 1, Some(61)), Ok(180)); // three started half hours
    assert_eq!(
        with("projector", 3, None),
        Err(QuoteRefusal::OptionQuantity {
            option: "projector".into(),
            max: 2
        })
    );
    assert_eq!(
        with("projector", 0, None),
        Err(QuoteRefusal::OptionQuantity {
            option: "projector".into(),
            max: 2
        })
    );
    assert_eq!(
        with("cooling", 1, Some(511)),
        Err(QuoteRefusal::OptionMinutes {
            option: "cooling".into(),
            max_minutes: 510
        })
    );
    assert_eq!(
        with("stage", 1, None),
        Err(QuoteRefusal::UnknownOption {
            option: "stage".into()
        })
    );
}

#[test]
fn the_date_of_approval_or_payment_decides_the_version() {
    // Scenario 34: the new tariff is in force from 1 April 2027, approved in March for May.
    let mut request = request("meeting", "08:30", "12:30");
    request.date = day("2027-05-15");
    request.basis_dates = BasisDates {
        applied: Some(day("2027-03-10")),
        approved: Some(day("2027-03-20")),
        received: Some(day("2027-04-05")),
    };
    assert_eq!(quoted(&request).unwrap().total_yen, Yen::new(1_230));
    let mut town = samples::town();
    let hall = Arc::make_mut(&mut town.facilities[1]);
    for tariff in &mut Arc::make_mut(&mut hall.rooms[0]).tariffs {
        tariff.effective = crate::town::EffectiveBasis::Received;
    }
    let quote = quote_for_town(&town, &request).unwrap();
    assert_eq!(quote.total_yen, Yen::new(1_500));
    assert_eq!(quote.tariff_version, "2027-04-01");
}

#[test]
fn what_the_ordinance_does_not_know_is_refused_plainly() {
    let base = || request("meeting", "08:30", "12:30");
    let capacity = QuoteRefusal::TooManyPeople { capacity: 30 };
    assert_eq!(
        quoted(&QuoteRequest {
            people: 31,
            ..base()
        }),
        Err(capacity)
    );
    assert_eq!(
        quoted(&QuoteRequest {
            people: 0,
            ..base()
        }),
        Err(QuoteRefusal::NoPeople)
    );
    let reduction = Some("pta".to_owned());
    assert_eq!(
        quoted(&QuoteRequest {
            reduction,
            ..base()
        }),
        Err(QuoteRefusal::UnknownReduction {
            reduction: "pta".into()
        })
    );
    let amount = |name: &str| [(name.to_owned(), AttributeValue::Amount(500))].into();
    assert_eq!(
        quoted(&QuoteRequest {
            attributes: amount("entry_fee_yen"),
            ..base()
        }),
        Err(QuoteRefusal::UnknownAttribute {
            attribute: "entry_fee_yen".into()
        })
    );
    assert_eq!(
        quoted(&QuoteRequest {
            attributes: amount("outsider"),
            ..base()
        }),
        Err(QuoteRefusal::AttributeNotAFlag {
            attribute: "outsider".into()
        })
    );
    let date = day("2017-01-01");
    let long_ago = QuoteRequest {
        date,
        basis_dates: BasisDates::default(),
        ..base()
    };
    assert_eq!(quoted(&long_ago), Err(QuoteRefusal::NoTariff { date }));
    assert_eq!(
        quoted(&request("meeting", "08:30", "09:30")),
        Err(QuoteRefusal::NotADivision)
    );
    assert_eq!(
        quoted(&request("study", "09:10", "10:00")),
        Err(QuoteRefusal::OffGrid)
    );
    assert_eq!(
        quoted(&request("study", "10:00", "09:00")),
        Err(QuoteRefusal::Empty)
    );
    let unknown = quoted(&request("pool", "09:00", "10:00"));
    assert!(matches!(unknown, Err(QuoteRefusal::UnknownRoom { .. })));
}

#[test]
fn the_price_on_the_board_is_the_rooms_own() {
    let town = samples::town();
    let room = &town.facilities[0].rooms[0];
    let cell =
        |time: &str| crate::span::Cell::at(day("2026-11-28"), time.parse().unwrap()).unwrap();
    let span = crate::span::Span::new(cell("18:00"), cell("20:00")).unwrap();
    assert_eq!(
        room_price(&town, room, span, &BasisDates::default()),
        Some(Yen::new(400))
    );
}

fn any_request() -> impl Strategy<Value = QuoteRequest> {
    let rooms = prop::sample::select(vec!["gym-whole", "meeting", "study", "pool"]);
    let times = prop::sample::select(vec![
        "00:00", "08:30", "09:00", "09:10", "12:30", "13:00", "17:00", "18:00", "20:00", "21:30",
        "24:00",
    ]);
    let option = (
        prop::sample::select(vec!["light", "projector", "cooling", "?"]),
        prop_oneof![0_u32..4, Just(u32::MAX)],
        prop::option::of(prop_oneof![0_u32..600, Just(u32::MAX)]),
    )
        .prop_map(|(id, quantity, minutes)| OptionRequest {
            id: id.into(),
            quantity,
            minutes,
        });
    let attribute = (
        prop::sample::select(vec!["outsider", "commercial", "?"]),
        prop_oneof![
            any::<bool>().prop_map(AttributeValue::Flag),
            any::<u64>().prop_map(AttributeValue::Amount)
        ],
    );
    let date = prop_oneof![
        (-3_000_000_i32..3_000_000).prop_filter_map("a date", NaiveDate::from_num_days_from_ce_opt),
        (0_u64..4_000).prop_map(|offset| day("2020-01-01") + chrono::Days::new(offset)),
        Just(NaiveDate::MIN),
        Just(NaiveDate::MAX),
    ];
    (
        rooms,
        date,
        times.clone(),
        times,
        prop_oneof![0_u32..40, Just(u32::MAX)],
        prop::collection::vec(option, 0..3),
        prop::collection::vec(attribute, 0..2),
    )
        .prop_map(
            |(room, date, start, end, people, options, attributes)| QuoteRequest {
                date,
                people,
                options,
                attributes: attributes
                    .into_iter()
                    .map(|(id, value)| (id.to_owned(), value))
                    .collect(),
                ..request(room, start, end)
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Nothing that can be asked panics; the same question has the same answer; the total is the
    /// sum of the lines, each line is quantity × price, and the tax is the share inside.
    #[test]
    fn a_quote_is_deterministic_and_the_sum_of_its_lines(request in any_request()) {
        let town = samples::town();
        let first = quote_for_town(&town, &request);
        prop_assert_eq!(&first, &quote_for_town(&town, &request));
        if let Ok(quote) = first {
            let sum: i64 = quote.lines.iter().map(|line| line.amount_yen.get()).sum();
            prop_assert_eq!(i64::from(quote.total_yen.get()), sum);
            for line in &quote.lines {
                prop_assert_eq!(line.unit_yen.times(line.quantity), Ok(line.amount_yen));
            }
            let tax = i64::from(quote.tax_included_yen.get());
            prop_assert!(tax * 11 <= sum && sum < (tax + 1) * 11);
        }
    }

    /// A request survives its JSON.
    #[test]
    fn a_request_survives_its_json(request in any_request()) {
        let json = serde_json::to_string(&request).unwrap();
        prop_assert_eq!(serde_json::from_str::<QuoteRequest>(&json).unwrap(), request);
    }
}
