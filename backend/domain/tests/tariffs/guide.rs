//! docs/料金表の書き方.md says nothing that is not so.

use super::{guide, problems};

#[test]
fn every_example_of_the_guide_is_a_town_that_passes() {
    let (town, blocks) = guide();
    assert!(blocks.len() >= 9, "{}", blocks.len());
    for block in blocks {
        assert!(block.contains("[[example]]"), "{block}");
        assert_eq!(
            problems(&format!("{town}\n{block}")),
            Vec::<String>::new(),
            "{block}"
        );
    }
}

#[test]
fn every_word_of_the_tables_is_one_the_file_knows() {
    // What stands only in a table of the guide, put where it belongs.
    let (town, blocks) = guide();
    let first = format!("{town}\n{}", blocks[0]);
    let first = &first[..first.find("[[example]]").unwrap()];
    let price = "price = { per_hour = { yen = 310, max_hours = 4 } }";
    for other in [
        "{ free = {} }",
        "{ per_half_hour = { yen = 150 } }",
        "{ per_use = { yen = 4000, minutes = 240 } }",
        "{ per_person = { yen = 200 } }",
        "{ share_of_amount = { attribute = \"entry_fee_yen\", percent = 5 } }",
    ] {
        assert!(first.contains(price));
        let file = first.replace(price, &format!("price = {other}"));
        assert_eq!(problems(&file), Vec::<String>::new(), "{other}");
    }
    for rounding in [
        "rounding = [{ stage = \"line\", round = { down = 10 } }]",
        "rounding = [{ stage = \"sum\", of = [\"room\", \"light\"], round = { half_up = 10 } }]",
        "minimum_yen = 110000\nmaximum_yen = 200000",
    ] {
        let file = first.replace(price, &format!("{price}\n{rounding}"));
        assert_eq!(problems(&file), Vec::<String>::new(), "{rounding}");
    }
    for option in [
        "{ per_half_hour = 100 }",
        "{ hour_and_half = { hour = 2080, half = 1030 } }",
        "{ per_person = 10 }",
        "{ share_of_room = { percent = 30, after_surcharges = true } }",
        "{ per_hour_by_time = [{ start = \"18:00\", end = \"22:00\", yen = 200 }] }",
        "{ table = [{ when = { people = { at_least = 20 } }, price = { per_use = 1 } }, { price = { per_use = 2 } }] }",
        "{ table = [{ when = { minutes = { at_most = 360 } }, price = { per_use = 1 } }, { price = { per_use = 2 } }] }",
        "{ table = [{ when = { purposes = [\"meeting\"], days = [\"weekday\"] }, price = { per_use = 1 } }, { price = { per_use = 2 } }] }",
    ] {
        let file = format!(
            "{first}\n[[facility.room.option]]\nid = \"it\"\nname = \"設備\"\nprice = {option}\nmax_quantity = 1\narticle = \"別表\"\n"
        );
        assert_eq!(problems(&file), Vec::<String>::new(), "{option}");
    }
}
