//! Town files as they were written before, brought into today's shape.
//!
//! Versions are kept for ever: papers are printed from the one that a booking was made under. So a
//! key that moves must still be found in the versions that had it elsewhere.

use sea_orm::prelude::Json;
use serde_json::json;

/// A stored document in today's shape; one that has it already stays as it is.
pub(super) fn brought_up(mut document: Json) -> Json {
    let facilities = document.get_mut("facility").and_then(Json::as_array_mut);
    for facility in facilities.into_iter().flatten() {
        if let Some(window) = facility.get_mut("window") {
            give_outsiders_their_window(window);
        }
    }
    document
}

/// When people from outside may book stood beside the residents' day: `outsiders` of
/// `months_ahead`, `residents` and `outsiders` of each block. It is a window of their own now.
fn give_outsiders_their_window(window: &mut Json) {
    let Some(opening) = window.get_mut("opening") else {
        return;
    };
    let outsiders = match opening.get_mut("blocks").and_then(Json::as_array_mut) {
        Some(blocks) => {
            let theirs: Vec<Json> = blocks.iter_mut().filter_map(split_block).collect();
            (!theirs.is_empty()).then(|| json!({ "blocks": theirs }))
        }
        None => opening.get_mut("months_ahead").and_then(|ahead| {
            let months = ahead.as_object_mut()?.remove("outsiders")?;
            let mut theirs = ahead.clone();
            *theirs.get_mut("months")? = months;
            Some(json!({ "months_ahead": theirs }))
        }),
    };
    if let (Some(opening), Some(window)) = (outsiders, window.as_object_mut()) {
        let own = json!({ "who": { "residence": "outside" }, "opening": opening });
        window.insert("for".to_owned(), json!([own]));
    }
}

/// Takes what was the outsiders' out of a block, as a block of their own.
fn split_block(block: &mut Json) -> Option<Json> {
    let fields = block.as_object_mut()?;
    let residents = fields.remove("residents")?;
    let outsiders = fields.remove("outsiders")?;
    fields.insert("opens".to_owned(), residents);
    let mut theirs = block.clone();
    *theirs.get_mut("opens")? = outsiders;
    Some(theirs)
}

#[cfg(test)]
mod tests {
    use domain::town::BookingWindow;

    use super::*;

    fn window(window: &Json) -> BookingWindow {
        let document = brought_up(json!({ "facility": [{ "window": window }] }));
        serde_json::from_value(document["facility"][0]["window"].clone()).unwrap()
    }

    #[test]
    fn months_of_outsiders_become_their_own_window() {
        let months = |months| {
            let reading = "first_of_month_counting_use";
            json!({ "months_ahead": { "months": months, "reading": reading } })
        };
        let mut old = months(3);
        old["months_ahead"]["outsiders"] = json!(2);
        let rest = |opening| json!({ "opening": opening, "opens_at": "09:00", "article": "規則" });
        let mut new = rest(months(3));
        new["for"] = json!([{ "who": { "residence": "outside" }, "opening": months(2) }]);
        assert_eq!(window(&rest(old)), window(&new));
        // What is in today's shape, with a window of somebody's own or without, stays as it is.
        for today in [new, rest(months(3))] {
            let untouched = json!({ "facility": [{ "window": today }] });
            assert_eq!(brought_up(untouched.clone()), untouched);
        }
    }

    #[test]
    fn half_years_of_outsiders_become_their_own_window() {
        let old = json!({
            "opening": { "blocks": [
                { "from": "04-01", "to": "09-30", "residents": "02-01", "outsiders": "03-01" },
                { "from": "10-01", "to": "03-31", "residents": "08-01", "outsiders": "09-01" },
            ] },
            "opens_at": "09:00",
            "closes_months_before": 1,
            "article": "予約の受付",
        });
        let blocks = |spring, autumn| {
            json!({ "blocks": [
                { "from": "04-01", "to": "09-30", "opens": spring },
                { "from": "10-01", "to": "03-31", "opens": autumn },
            ] })
        };
        let new = json!({
            "opening": blocks("02-01", "08-01"),
            "opens_at": "09:00",
            "closes_months_before": 1,
            "article": "予約の受付",
            "for": [{ "who": { "residence": "outside" }, "opening": blocks("03-01", "09-01") }],
        });
        assert_eq!(window(&old), window(&new));
    }

    #[test]
    fn nonsense_is_left_for_the_reader_to_refuse() {
        for document in [
            json!(null),
            json!([]),
            json!({ "facility": 1 }),
            json!({ "facility": [{}, { "window": 3 }, { "window": { "opening": [] } }] }),
            json!({ "facility": [{ "window": { "opening": { "blocks": [1, {}] } } }] }),
        ] {
            assert_eq!(brought_up(document.clone()), document);
        }
    }
}
