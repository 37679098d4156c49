//! Whether a document fits a schema, for the words of JSON Schema that this schema uses; any other
//! word stops the test. A whole validator would change the features of crates that all of the
//! house shares, and so what is tested.

use regex::Regex;
use serde_json::{Map, Value};

/// Where a document does not fit, and which word of the schema says so.
pub fn misfits(schema: &Value, document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Fitting { root: schema }.fit(schema, document, "", &mut found);
    found
}

struct Fitting<'a> {
    root: &'a Value,
}

impl Fitting<'_> {
    fn fit(&self, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
        let Some(words) = schema.as_object() else {
            // `true` takes everything, `false` nothing.
            if *schema == Value::Bool(false) {
                found.push(format!("{path}: false"));
            }
            return;
        };
        for (word, rule) in words {
            let fits = match word.as_str() {
                "$schema" | "$defs" | "title" | "description" | "default" => true,
                "$ref" => {
                    let to = rule.as_str().unwrap().trim_start_matches('#');
                    self.fit(self.root.pointer(to).unwrap(), value, path, found);
                    true
                }
                "type" => is_of_type(value, rule.as_str().unwrap()),
                "format" => rule != "date" || is_date(value),
                "const" => value == rule,
                "minimum" => value.as_f64() >= rule.as_f64(),
                "maximum" => value.as_f64() <= rule.as_f64(),
                "pattern" => is_like(value.as_str().unwrap_or_default(), rule.as_str().unwrap()),
                "required" => {
                    let mut keys = rule.as_array().unwrap().iter();
                    keys.all(|key| value.get(key.as_str().unwrap()).is_some())
                }
                "uniqueItems" => {
                    let items = value.as_array().map_or(&[][..], Vec::as_slice);
                    (1..items.len()).all(|n| !items[..n].contains(&items[n]))
                }
                "items" => {
                    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.fit(rule, item, &format!("{path}/{n}"), found);
                    }
                    true
                }
                "oneOf" => self.fitting(rule, value, path) == 1,
                "anyOf" => self.fitting(rule, value, path) > 0,
                "properties" | "patternProperties" | "additionalProperties" => {
                    self.fit_keys(word, words, value, path, found);
                    true
                }
                _ => panic!("{word} is a word of the schema that this test does not know"),
            };
            if !fits {
                found.push(format!("{path}: {word} {rule}"));
            }
        }
    }

    /// How many of several schemas a value fits.
    fn fitting(&self, several: &Value, value: &Value, path: &str) -> usize {
        let fits = |schema: &&Value| {
            let mut found = Vec::new();
            self.fit(schema, value, path, &mut found);
            found.is_empty()
        };
        several.as_array().unwrap().iter().filter(fits).count()
    }

    fn fit_keys(
        &self,
        word: &str,
        words: &Map<String, Value>,
        value: &Value,
        path: &str,
        found: &mut Vec<String>,
    ) {
        let none = Map::new();
        let of = |word: &str| words.get(word).and_then(Value::as_object).unwrap_or(&none);
        for (key, value) in value.as_object().into_iter().flatten() {
            let named = of("properties").get(key);
            let mut patterns = of("patternProperties").iter();
            let like = patterns.find(|(pattern, _)| is_like(key, pattern));
            let rule = match word {
                "properties" => named,
                "patternProperties" => like.map(|(_, rule)| rule),
                _ if named.is_none() && like.is_none() => words.get(word),
                _ => None,
            };
            if let Some(rule) = rule {
                self.fit(rule, value, &format!("{path}/{key}"), found);
            }
        }
    }
}

fn is_of_type(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => panic!("{kind} is a type that this test does not know"),
    }
}

fn is_like(text: &str, pattern: &str) -> bool {
    Regex::new(pattern).unwrap().is_match(text)
}

fn is_date(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.parse::<chrono::NaiveDate>().is_ok()
}
