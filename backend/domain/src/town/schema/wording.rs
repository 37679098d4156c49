//! What the keys are for, in Japanese: from `ja.toml`, or the term that a doc comment has in
//! brackets.

use schemars::Schema;
use serde_json::{Map, Value};
use toml::Table;

/// The words, by type and key.
const WORDS: &str = include_str!("ja.toml");

/// Gives every type, key and choice of a schema its Japanese description.
pub(super) fn translate(schema: &mut Schema) {
    let words = Words::read();
    let Some(root) = schema.as_object_mut() else {
        return;
    };
    if let Some(Value::Object(types)) = root.get_mut("$defs") {
        for (name, of) in types {
            let of_type = words.of_type(name);
            of_type.describe(of, "self");
            of_type.keys(of, "");
        }
    }
    let town = words.of_type("Town");
    // Not into the definitions: they are not the town's own keys.
    let definitions = root.remove("$defs");
    let mut whole = Value::Object(std::mem::take(root));
    town.describe(&mut whole, "self");
    town.keys(&mut whole, "");
    if let Value::Object(whole) = whole {
        *root = whole;
    }
    if let Some(definitions) = definitions {
        root.insert("$defs".to_owned(), definitions);
    }
}

struct Words(Table);

/// The words of one type.
struct OfType<'a> {
    own: Option<&'a Table>,
    any: Option<&'a Table>,
}

impl Words {
    /// A file that is not TOML is found by the test that every key has words.
    fn read() -> Self {
        Self(WORDS.parse().unwrap_or_default())
    }

    fn of_type(&self, name: &str) -> OfType<'_> {
        let table = |name: &str| self.0.get(name).and_then(toml::Value::as_table);
        OfType {
            own: table(name),
            any: table("any"),
        }
    }
}

impl OfType<'_> {
    fn word(&self, path: &str) -> Option<&str> {
        let last = path.rsplit('.').next().unwrap_or(path);
        let own = self.own.and_then(|words| words.get(path));
        let found = own.or_else(|| self.any.and_then(|words| words.get(last)));
        found.and_then(toml::Value::as_str)
    }

    /// Describes what stands at a path in Japanese, or not at all.
    fn describe(&self, schema: &mut Value, path: &str) {
        let Some(schema) = schema.as_object_mut() else {
            return;
        };
        let english = schema.remove("description");
        let term = || term_of(english.as_ref()?.as_str()?);
        if let Some(word) = self.word(path).map(str::to_owned).or_else(term) {
            schema.insert("description".to_owned(), word.into());
        }
    }

    /// Describes every key and choice further in.
    fn keys(&self, schema: &mut Value, path: &str) {
        let Some(schema) = schema.as_object_mut() else {
            return;
        };
        without_null(schema);
        if let Some(Value::Object(keys)) = schema.get_mut("properties") {
            for (key, value) in keys {
                let path = inner(path, key);
                self.describe(value, &path);
                self.keys(value, &path);
            }
        }
        for several in ["oneOf", "anyOf"] {
            let choices = schema.get_mut(several).and_then(Value::as_array_mut);
            for choice in choices.into_iter().flatten() {
                let word = choice
                    .get("const")
                    .and_then(Value::as_str)
                    .map(str::to_owned);
                match word {
                    Some(word) => self.describe(choice, &inner(path, &word)),
                    None => drop(choice.as_object_mut().map(|it| it.remove("description"))),
                }
                self.keys(choice, path);
            }
        }
        if let Some(items) = schema.get_mut("items") {
            self.keys(items, path);
        }
    }
}

fn inner(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// A key that may be left out is never null: TOML has no null.
fn without_null(schema: &mut Map<String, Value>) {
    let null = |value: &Value| value.get("type").is_some_and(|it| it == "null");
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| !null(choice));
        if let [Value::Object(only)] = choices.as_mut_slice() {
            let only = std::mem::take(only);
            schema.remove("anyOf");
            let description = schema.remove("description");
            schema.extend(only);
            schema.extend(description.map(|it| ("description".to_owned(), it)));
        }
    }
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|it| it != "null");
        if let [only] = types.as_mut_slice() {
            let only = only.take();
            schema.insert("type".to_owned(), only);
        }
    }
}

/// The Japanese in the first brackets of a doc comment, or of one that is Japanese itself.
fn term_of(comment: &str) -> Option<String> {
    let comment = comment.replace('\n', " ");
    if comment.chars().next().is_some_and(is_japanese) {
        return Some(comment.trim_end_matches('.').to_owned());
    }
    let brackets = comment.split('(').skip(1);
    let inside = brackets.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
    inside.into_iter().find(|it| it.chars().any(is_japanese))
}

/// True for kana and kanji.
fn is_japanese(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}
