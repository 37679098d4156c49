//! What somebody wants to book, at random, and what each slot of it bears of the fee, by hand: the
//! price of the slot alone, as the town's table has it.

use std::collections::BTreeMap;

use contract::ChosenOption;
use domain::civil::TimeOfDay;
use domain::fees::AttributeValue;
use domain::town::Slug;

use crate::bench::Dice;

/// A slot, and what it bears: shares are in the ratio of these.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// When it begins.
    pub start: TimeOfDay,
    /// When it ends.
    pub end: TimeOfDay,
    /// Its share.
    pub bears: u32,
}

/// What somebody wants.
pub struct Wanted {
    /// The room's slug.
    pub room: &'static str,
    /// The slots, one after the other.
    pub slots: Vec<Slot>,
    /// How many people.
    pub people: u32,
    /// What they use.
    pub options: Vec<ChosenOption>,
    /// What the town asks.
    pub attributes: BTreeMap<Slug, AttributeValue>,
}

impl Wanted {
    fn of(room: &'static str, slots: Vec<Slot>) -> Self {
        Self {
            room,
            slots,
            people: 10,
            options: Vec::new(),
            attributes: BTreeMap::new(),
        }
    }

    fn using(&mut self, option: &str, quantity: u32) {
        self.options.push(ChosenOption {
            id: option.parse().unwrap(),
            quantity,
            minutes: None,
        });
    }

    fn saying(&mut self, attribute: &str, value: AttributeValue) {
        self.attributes.insert(attribute.parse().unwrap(), value);
    }
}

fn at(minutes: u32) -> TimeOfDay {
    TimeOfDay::from_minutes(u16::try_from(minutes).unwrap()).unwrap()
}

/// So many half hours from a time on; `price` says what one costs alone, by when it begins.
fn halves(from: u32, many: u32, price: impl Fn(u32) -> u32) -> Vec<Slot> {
    let half = |minutes| Slot {
        start: at(minutes),
        end: at(minutes + 30),
        bears: price(minutes),
    };
    (0..many).map(|n| half(from + n * 30)).collect()
}

fn yes(dice: &mut Dice, one_in: u32) -> bool {
    dice.below(one_in) == 0
}

/// Half hours of one price.
pub fn in_the_test_town(dice: &mut Dice) -> Wanted {
    let rooms = ["gym-full", "gym-full", "gym-full", "gym-north", "gym-south"];
    let room = dice.one_of(&rooms).unwrap();
    let (from, many) = (540 + 60 * dice.below(8), 2 + dice.below(5));
    let mut wanted = Wanted::of(room, halves(from, many, |_| 1));
    if room == "gym-full" && yes(dice, 2) {
        wanted.using("lighting", 1);
    }
    wanted.saying("commercial", AttributeValue::Flag(yes(dice, 3)));
    wanted
}

/// 大川市's divisions: when they begin and end, minutes of the day.
const OKAWA: [(u32, u32); 3] = [(540, 720), (780, 1020), (1080, 1290)];

/// A run of divisions, each in the ratio of its own price.
pub fn in_okawa(dice: &mut Dice) -> Wanted {
    let entry_fee = yes(dice, 3);
    let event = dice.one_of(&["amateur", "nonprofit", "other"]).unwrap();
    let room = dice
        .one_of(&["large", "large", "small-room", "personal"])
        .unwrap();
    if room == "personal" {
        let (from, many) = (540 + 60 * dice.below(8), 2 + dice.below(5));
        let mut wanted = Wanted::of(room, halves(from, many, |_| 1));
        wanted.people = 1 + dice.below(30);
        let age = dice.one_of(&["adult", "high", "junior"]).unwrap();
        wanted.saying("age", AttributeValue::Choice(age.to_owned()));
        return wanted;
    }
    // The small room's cheapest column is rounded; the others are multiples of the second.
    let prices = match (room, entry_fee, event) {
        ("small-room", false, "amateur") => [1_100, 1_700, 2_200],
        ("small-room", _, _) => [2, 3, 4],
        _ => [3, 4, 5],
    };
    let (first, last) = dice
        .one_of(&[(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2), (0, 2)])
        .unwrap();
    let division = |n: usize| Slot {
        start: at(OKAWA[n].0),
        end: at(OKAWA[n].1),
        bears: prices[n],
    };
    let mut wanted = Wanted::of(room, (first..=last).map(division).collect());
    wanted.saying("entry-fee", AttributeValue::Flag(entry_fee));
    wanted.saying("event", AttributeValue::Choice(event.to_owned()));
    wanted
}

/// Half hours of one price, whatever it is by.
pub fn in_nagato(dice: &mut Dice) -> Wanted {
    let rooms = [
        "ground",
        "ground-half",
        "golf",
        "golf-exclusive",
        "training",
        "outdoor-space",
    ];
    let room = dice.one_of(&rooms).unwrap();
    let (from, many) = (510 + 30 * dice.below(12), 2 + dice.below(5));
    let mut wanted = Wanted::of(room, halves(from, many, |_| 1));
    wanted.people = 1 + dice.below(30);
    match room {
        "golf" if yes(dice, 2) => wanted.using("coupons", 1 + dice.below(3)),
        "training" if yes(dice, 2) => wanted.using("aircon", 1),
        "outdoor-space" => wanted.using("square-metres", 1 + dice.below(60)),
        _ => {}
    }
    let trade = yes(dice, 3);
    wanted.saying("commercial", AttributeValue::Flag(trade));
    wanted.saying("junior", AttributeValue::Flag(!trade && yes(dice, 2)));
    wanted
}

/// Half hours that are dearer from five o'clock, each rounded alone as the table says.
pub fn in_masuda(dice: &mut Dice) -> Wanted {
    let student = yes(dice, 3);
    let entry_fee = !student && yes(dice, 4);
    let amateur = yes(dice, 2);
    let (day, evening) = match (entry_fee, amateur, student) {
        (true, true, _) => (7_220, 11_000),
        (true, false, _) => (26_020, 39_600),
        (false, _, true) => (720, 1_100),
        (false, _, false) => (1_440, 2_200),
    };
    let (from, many) = (780 + 30 * dice.below(10), 2 + dice.below(5));
    let price = |minutes| if minutes < 1_020 { day } else { evening };
    let mut wanted = Wanted::of("arena", halves(from, many, price));
    if yes(dice, 2) {
        let light = dice.one_of(&["light-200", "light-700"]).unwrap();
        wanted.using(light, 1);
    }
    if yes(dice, 2) {
        wanted.using("shower", 1 + dice.below(9));
        wanted.using("locker", 1 + dice.below(9));
    }
    if yes(dice, 3) {
        wanted.using("aircon", 1);
    }
    let user = if student { "student" } else { "adult" };
    wanted.saying("user", AttributeValue::Choice(user.to_owned()));
    wanted.saying("entry-fee", AttributeValue::Flag(entry_fee));
    wanted.saying("amateur", AttributeValue::Flag(amateur));
    wanted
}
