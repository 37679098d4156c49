//! Userinfo: the four attributes (基本4情報), read tolerantly. Their official table is not public;
//! a flat address, `YYYYMMDD` and `1`/`2` are what implementers report (identity.md §1).

use chrono::NaiveDate;
use serde_json::{Map, Value};
use usecases::ports::identity::{Birthdate, Gender};

/// The longest attribute that is kept, in characters. Real ones stay below 300.
const MAX_CHARS: usize = 1_000;

/// The fields of OpenID Connect's structured address in the order in which Japanese addresses are
/// written.
const ADDRESS_PARTS: [&str; 3] = ["region", "locality", "street_address"];

/// 氏名
pub(super) fn name(userinfo: &Map<String, Value>) -> Option<String> {
    userinfo.get("name").and_then(text)
}

/// 住所: a flat string, or OpenID Connect's object.
pub(super) fn address(userinfo: &Map<String, Value>) -> Option<String> {
    let value = userinfo.get("address")?;
    let Value::Object(object) = value else {
        return text(value);
    };
    object.get("formatted").and_then(text).or_else(|| {
        let parts: Vec<String> = ADDRESS_PARTS
            .iter()
            .filter_map(|part| object.get(*part).and_then(text))
            .collect();
        Some(parts.concat()).filter(|joined| !joined.is_empty())
    })
}

/// 生年月日: eight digits or ISO 8601; anything else is kept as it came.
pub(super) fn birthdate(userinfo: &Map<String, Value>) -> Option<Birthdate> {
    let raw = userinfo.get("birthdate").and_then(text)?;
    let digits: String = raw.chars().filter(|character| *character != '-').collect();
    let dashes = raw.len() - digits.len();
    let day = (digits.len() == 8 && matches!(dashes, 0 | 2))
        .then(|| match dashes {
            0 => NaiveDate::parse_from_str(&raw, "%Y%m%d"),
            _ => NaiveDate::parse_from_str(&raw, "%Y-%m-%d"),
        })
        .and_then(Result::ok);
    Some(day.map_or(Birthdate::Unclear(raw), Birthdate::Day))
}

/// 性別: `1` and `2`, or OpenID Connect's words; anything else is kept as it came.
pub(super) fn gender(userinfo: &Map<String, Value>) -> Option<Gender> {
    let raw = userinfo.get("gender").and_then(text)?;
    Some(match raw.as_str() {
        "1" | "male" => Gender::Male,
        "2" | "female" => Gender::Female,
        _ => Gender::Other(raw),
    })
}

/// A string or a number, without control characters and the blanks around it; `None` if nothing is
/// left. Variation selectors and private-use characters (外字) stay.
fn text(value: &Value) -> Option<String> {
    let raw = match value {
        Value::String(string) => string.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let clean: String = raw
        .chars()
        .filter(|character| !character.is_control())
        .take(MAX_CHARS)
        .collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn info(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    /// Adversarial test 25, the shapes of claims.
    #[test]
    fn addresses_are_read_flat_and_structured() {
        let read = |address: Value| address_of(&json!({ "address": address }));
        assert_eq!(
            read(json!("精華町光台九丁目")),
            Some("精華町光台九丁目".to_owned())
        );
        assert_eq!(
            read(json!({ "formatted": "精華町" })),
            Some("精華町".to_owned())
        );
        let parts = json!({ "street_address": "光台1", "locality": "精華町", "region": "京都府" });
        assert_eq!(read(parts), Some("京都府精華町光台1".to_owned()));
        for nothing in [
            json!(null),
            json!(""),
            json!(" \n"),
            json!({}),
            json!([]),
            json!(true),
        ] {
            assert_eq!(read(nothing), None);
        }
    }

    fn address_of(value: &Value) -> Option<String> {
        address(&info(value.clone()))
    }

    /// Adversarial test 25, the shapes of claims.
    #[test]
    fn birthdates_are_days_where_the_calendar_has_them_and_raw_where_not() {
        let read = |value: Value| birthdate(&info(json!({ "birthdate": value })));
        let day = |text: &str| Some(Birthdate::Day(text.parse().unwrap()));
        assert!(read(json!("19850315")) == day("1985-03-15"));
        assert!(read(json!(19_850_315)) == day("1985-03-15"));
        assert!(read(json!("1985-03-15")) == day("1985-03-15"));
        assert!(read(json!("19000101")) == day("1900-01-01"));
        assert!(read(json!("20000229")) == day("2000-02-29"));
        for odd in [
            "19120000",
            "19120800",
            "19000229",
            "1985-3-15",
            "昭和60年",
            "198503-15",
            "0",
        ] {
            assert!(
                read(json!(odd)) == Some(Birthdate::Unclear(odd.to_owned())),
                "{odd}"
            );
        }
        assert!(read(json!(null)).is_none());
    }

    /// Adversarial test 25, the shapes of claims.
    #[test]
    fn an_unknown_gender_is_kept_as_it_came() {
        let read = |value: Value| gender(&info(json!({ "gender": value })));
        assert!(read(json!("1")) == Some(Gender::Male));
        assert!(read(json!(2)) == Some(Gender::Female));
        assert!(read(json!("9")) == Some(Gender::Other("9".to_owned())));
        assert!(read(json!("")).is_none());
    }

    /// Adversarial test 25, the shapes of claims.
    #[test]
    fn rare_characters_survive_and_control_characters_do_not() {
        let rare = "𠮷葛\u{E0100}\u{E000}髙";
        assert_eq!(name(&info(json!({ "name": rare }))), Some(rare.to_owned()));
        assert_eq!(
            name(&info(json!({ "name": "山田\r\n\u{0}花子\t" }))),
            Some("山田花子".to_owned())
        );
        let long = "あ".repeat(300);
        assert_eq!(name(&info(json!({ "name": long }))), Some(long));
        let endless = name(&info(json!({ "name": "あ".repeat(100_000) })));
        assert_eq!(endless.map(|name| name.chars().count()), Some(MAX_CHARS));
    }
}
