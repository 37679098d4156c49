//! What holds of any request to any of the towns, and of any file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use chrono::{Days, NaiveDate};
use domain::civil::TimeOfDay;
use domain::fees::{AttributeValue, BasisDates, OptionRequest, QuoteRequest, quote_for_town};
use domain::quote::Component;
use domain::town::{AttributeKind, Room, Town, check};
use proptest::prelude::*;
use proptest::sample::Index;

fn files() -> &'static [String] {
    static FILES: OnceLock<Vec<String>> = OnceLock::new();
    FILES.get_or_init(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders = ["../../towns", "../server/towns"].map(|it| here.join(it));
        let entries = folders.iter().flat_map(|it| fs::read_dir(it).unwrap());
        let read = |entry: std::io::Result<fs::DirEntry>| fs::read_to_string(entry.unwrap().path());
        let mut files: Vec<String> = entries.map(|entry| read(entry).unwrap()).collect();
        files.sort();
        let (town, blocks) = super::guide();
        files.extend(blocks.iter().map(|block| format!("{town}\n{block}")));
        files
    })
}

fn towns() -> &'static [Town] {
    static TOWNS: OnceLock<Vec<Town>> = OnceLock::new();
    TOWNS.get_or_init(|| files().iter().map(|file| super::town(file)).collect())
}

/// The dice for one request.
#[derive(Clone, Debug)]
struct Dice {
    town: Index,
    room: Index,
    day: u64,
    times: (Index, Index),
    people: u32,
    options: Vec<(Index, u32, Option<u32>)>,
    answers: Vec<Index>,
    amount: u64,
    reduction: Option<Index>,
    percent: Option<u32>,
}

fn dice() -> impl Strategy<Value = Dice> {
    let amounts = prop_oneof![
        Just(0_u64),
        Just(199_u64),
        Just(1_000_u64),
        0_u64..5_000_000,
        Just(u64::MAX)
    ];
    let option = (
        any::<Index>(),
        prop_oneof![1_u32..4, Just(u32::MAX)],
        prop::option::of(1_u32..700),
    );
    (
        (
            any::<Index>(),
            any::<Index>(),
            0_u64..4_000,
            any::<(Index, Index)>(),
        ),
        prop_oneof![1_u32..40, Just(u32::MAX)],
        prop::collection::vec(option, 0..4),
        prop::collection::vec(any::<Index>(), 8),
        amounts,
        prop::option::of(any::<Index>()),
        prop::option::weighted(0.2, 0_u32..120),
    )
        .prop_map(
            |((town, room, day, times), people, options, answers, amount, reduction, percent)| {
                Dice {
                    town,
                    room,
                    day,
                    times,
                    people,
                    options,
                    answers,
                    amount,
                    reduction,
                    percent,
                }
            },
        )
}

/// One of the words of a line: a key, a value, a bracket with what it holds of them.
fn some_word(line: &str, which: usize) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let word = words.get(which % words.len().max(1));
    word.copied().unwrap_or_default().to_owned()
}

/// Times that mean something to a room: its divisions' and every hour.
fn times(room: &Room) -> Vec<TimeOfDay> {
    let mut times: Vec<TimeOfDay> = (0..=48_u16)
        .filter_map(|half| TimeOfDay::from_minutes(half * 30))
        .collect();
    if let domain::town::SlotRule::Divisions(divisions) = &room.slots {
        times = divisions.iter().flat_map(|it| [it.start, it.end]).collect();
        times.extend(["08:00", "22:30"].map(|it| it.parse::<TimeOfDay>().unwrap()));
    }
    times
}

fn request(dice: &Dice) -> (&'static Town, QuoteRequest) {
    let town = dice.town.get(towns());
    let rooms: Vec<&Room> = town
        .facilities
        .iter()
        .flat_map(|facility| facility.rooms.iter().map(|room| &**room))
        .collect();
    let room = dice.room.get(&rooms);
    let times = times(room);
    let (one, other) = (*dice.times.0.get(&times), *dice.times.1.get(&times));
    let first = NaiveDate::from_ymd_opt(2016, 1, 1).unwrap();
    let answers = town.attributes.iter().zip(&dice.answers);
    let attributes: BTreeMap<String, AttributeValue> = answers
        .map(|(attribute, index)| {
            let value = match &attribute.kind {
                AttributeKind::Flag => AttributeValue::Flag(index.index(2) == 1),
                AttributeKind::Amount => AttributeValue::Amount(dice.amount),
                AttributeKind::Choice(choices) => {
                    AttributeValue::Choice(index.get(choices).id.to_string())
                }
            };
            (attribute.id.to_string(), value)
        })
        .collect();
    let options = dice.options.iter().filter(|_| !room.options.is_empty());
    let options = options.map(|(index, quantity, minutes)| OptionRequest {
        id: index.get(&room.options).id.to_string(),
        quantity: *quantity,
        minutes: *minutes,
    });
    let reduction = dice.reduction.filter(|_| !town.reductions.is_empty());
    let request = QuoteRequest {
        room: room.id.clone(),
        date: first + Days::new(dice.day),
        start: one.min(other),
        end: one.max(other),
        people: dice.people,
        purpose: None,
        options: options.collect(),
        attributes,
        reduction: reduction.map(|it| it.get(&town.reductions).id.to_string()),
        reduction_percent: dice.percent.filter(|_| reduction.is_some()),
        basis_dates: BasisDates::default(),
    };
    (town, request)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// No request panics; the total is the sum of the lines and is never negative, nor is any
    /// component; each line is quantity × price; a reduction never raises a fee; the same question
    /// has the same answer.
    #[test]
    fn a_quote_adds_up_and_a_reduction_never_raises_it(dice in dice()) {
        let (town, request) = request(&dice);
        let first = quote_for_town(town, &request);
        prop_assert_eq!(&first, &quote_for_town(town, &request));
        let Ok(quote) = first else { return Ok(()) };
        let sum: i64 = quote.lines.iter().map(|line| line.amount_yen.get()).sum();
        prop_assert_eq!(i64::from(quote.total_yen.get()), sum);
        let mut components: BTreeMap<Component, i64> = BTreeMap::new();
        for line in &quote.lines {
            prop_assert!(!line.label.is_empty() && !line.basis.is_empty());
            prop_assert_eq!(line.unit_yen.times(line.quantity), Ok(line.amount_yen));
            *components.entry(line.component).or_default() += line.amount_yen.get();
        }
        for (component, yen) in components {
            // A fraction that a line shows cut off is made good by the rounding line.
            prop_assert!(yen >= -2 || component == Component::Rounding, "{:?} {}", component, yen);
        }
        let unreduced = QuoteRequest { reduction: None, reduction_percent: None, ..request.clone() };
        let before = quote_for_town(town, &unreduced).unwrap();
        prop_assert!(quote.total_yen <= before.total_yen);
        prop_assert_eq!(quote.unreduced_yen, request.reduction.map(|_| before.total_yen));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A file with lines or words taken out, put in twice, swapped or garbled is read, or refused
    /// with lines that are there; and what passes can be quoted.
    #[test]
    fn no_mutated_file_breaks_the_checker(
        file: Index,
        cuts in prop::collection::vec((any::<Index>(), any::<Index>(), 0_usize..7), 1..4),
        noise in "[0-9a-z\"={}\\[\\] \n.-]{0,12}",
        dice in dice(),
    ) {
        let mut lines: Vec<String> = file.get(files()).lines().map(str::to_owned).collect();
        for (one, other, kind) in cuts {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            match kind {
                0 => { lines.remove(one); }
                1 => lines.swap(one, other),
                2 => {
                    let at = lines[one].char_indices().map(|(at, _)| at).nth(other % 40);
                    let at = at.unwrap_or(lines[one].len());
                    lines[one].insert_str(at, &noise);
                }
                3 => lines.insert(one, lines[other].clone()),
                4 => {
                    let word = some_word(&lines[other], noise.len());
                    let old = some_word(&lines[one], other);
                    lines[one] = lines[one].replacen(&old, &word, 1);
                }
                5 => {
                    let cut = lines[one].chars().count() / 2;
                    lines[one] = lines[one].chars().take(cut).collect();
                }
                _ => {
                    let digits = |c: char| match c {
                        '0' => '7',
                        '1' => '0',
                        '2'..='9' => '1',
                        _ => c,
                    };
                    lines[one] = lines[one].chars().map(digits).collect();
                }
            }
            if lines.is_empty() { lines.push(String::new()); }
        }
        let file = lines.join("\n");
        let last = file.split('\n').count();
        match check(file.as_bytes()) {
            Ok(town) => {
                let (_, request) = request(&dice);
                let rooms = town.facilities.iter().flat_map(|facility| &facility.rooms);
                for room in rooms {
                    let _any = domain::fees::quote(&town, room, &request);
                }
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!((1..=last).contains(&problem.line), "{}", problem);
                }
            }
        }
    }
}
