//! Stripe's form encoding: `line_items[0][price_data][currency]=jpy`, read strictly.
//!
//! A parameter that nobody reads is an error (`parameter_unknown`), as at Stripe, so a misspelt
//! name cannot pass unnoticed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::error::ApiError;

/// No parameter of Stripe's is nested this deeply.
const DEEPEST: usize = 10;

/// Decodes a query or a form body into a tree of objects and strings.
///
/// # Errors
/// `invalid_request_error` when one name is both a value and a container, or nested too deeply.
pub fn decode(raw: &[u8]) -> Result<Map<String, Value>, ApiError> {
    let mut root = Map::new();
    for (name, value) in url::form_urlencoded::parse(raw) {
        let mut path = name.split('[').map(|part| part.trim_end_matches(']'));
        let head = path.next().unwrap_or_default();
        let rest: Vec<&str> = path.take(DEEPEST).collect();
        if rest.len() == DEEPEST {
            return Err(ApiError::invalid("Invalid parameter: nested too deeply"));
        }
        insert(&mut root, head, &rest, &value)
            .ok_or_else(|| ApiError::invalid(format!("Invalid parameter: {name}")).param(&name))?;
    }
    Ok(root)
}

fn insert(node: &mut Map<String, Value>, head: &str, rest: &[&str], value: &str) -> Option<()> {
    // `expand[]=a&expand[]=b` numbers itself.
    let key = if head.is_empty() {
        node.len().to_string()
    } else {
        head.to_owned()
    };
    match rest.split_first() {
        None => {
            node.insert(key, Value::String(value.to_owned()));
            Some(())
        }
        Some((next, rest)) => {
            let child = node.entry(key).or_insert_with(|| Value::Object(Map::new()));
            insert(child.as_object_mut()?, next, rest, value)
        }
    }
}

/// Reads one level of parameters and remembers which were read.
pub struct Reader<'a> {
    map: &'a Map<String, Value>,
    path: String,
    read: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    /// A reader at the top level.
    #[must_use]
    pub fn new(map: &'a Map<String, Value>) -> Self {
        Self {
            map,
            path: String::new(),
            read: BTreeSet::new(),
        }
    }

    /// The full name of a parameter of this level, spelt as it was sent.
    #[must_use]
    pub fn name(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}[{key}]", self.path)
        }
    }

    fn take(&mut self, key: &str) -> Option<&'a Value> {
        self.read.insert(key.to_owned());
        self.map.get(key)
    }

    /// An optional text; an empty one counts as not given.
    ///
    /// # Errors
    /// When it is a container or longer than `max` characters.
    pub fn text(&mut self, key: &str, max: usize) -> Result<Option<String>, ApiError> {
        let name = self.name(key);
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) if text.chars().count() > max => Err(ApiError::invalid(
                format!("Invalid string: must be at most {max} characters"),
            )
            .param(&name)),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(ApiError::invalid(format!("Invalid string: {name}")).param(&name)),
        }
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// `parameter_missing`, or as [`Self::text`].
    pub fn required_text(&mut self, key: &str, max: usize) -> Result<String, ApiError> {
        self.text(key, max)?.ok_or_else(|| self.missing(key))
    }

    /// The error for a parameter that was not given.
    #[must_use]
    pub fn missing(&self, key: &str) -> ApiError {
        let name = self.name(key);
        ApiError::invalid(format!("Missing required param: {name}."))
            .code("parameter_missing")
            .param(&name)
    }

    /// An optional whole number.
    ///
    /// # Errors
    /// `parameter_invalid_integer`.
    pub fn integer(&mut self, key: &str) -> Result<Option<i64>, ApiError> {
        let name = self.name(key);
        let Some(text) = self.text(key, 40)? else {
            return Ok(None);
        };
        match text.parse::<i64>() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(ApiError::invalid(format!("Invalid integer: {text}"))
                .code("parameter_invalid_integer")
                .param(&name)),
        }
    }

    /// One of a few words.
    ///
    /// # Errors
    /// When it is another word.
    pub fn choice(&mut self, key: &str, words: &[&str]) -> Result<Option<String>, ApiError> {
        let name = self.name(key);
        let Some(text) = self.text(key, 200)? else {
            return Ok(None);
        };
        if words.contains(&text.as_str()) {
            return Ok(Some(text));
        }
        let wanted = words.join(", ");
        Err(ApiError::invalid(format!("Invalid {name}: must be one of {wanted}")).param(&name))
    }

    /// An http or https address, kept as it was spelt: `{CHECKOUT_SESSION_ID}` must survive.
    ///
    /// # Errors
    /// `url_invalid`.
    pub fn web_address(&mut self, key: &str) -> Result<Option<String>, ApiError> {
        let name = self.name(key);
        let Some(text) = self.text(key, 5000)? else {
            return Ok(None);
        };
        match url::Url::parse(&text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(text)),
            Ok(_) | Err(_) => Err(ApiError::invalid("Not a valid URL")
                .code("url_invalid")
                .param(&name)),
        }
    }

    /// A nested level, when any of its parameters was given.
    #[must_use]
    pub fn child(&mut self, key: &str) -> Option<Reader<'a>> {
        let path = self.name(key);
        let map = self.take(key)?.as_object()?;
        Some(Reader {
            map,
            path,
            read: BTreeSet::new(),
        })
    }

    /// The entries of an array, in the order of their numbers.
    #[must_use]
    pub fn children(&mut self, key: &str) -> Vec<Reader<'a>> {
        let Some(mut list) = self.child(key) else {
            return Vec::new();
        };
        let mut numbers: Vec<&String> = list.map.keys().collect();
        numbers.sort_by_key(|number| number.parse::<usize>().unwrap_or(usize::MAX));
        numbers
            .into_iter()
            .filter_map(|number| list.child(number))
            .collect()
    }

    /// An array of texts; `None` when it was not given.
    #[must_use]
    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let list = self.child(key)?;
        let mut numbered: Vec<(usize, String)> = list
            .map
            .iter()
            .filter_map(|(n, v)| Some((n.parse().ok()?, v.as_str()?.to_owned())))
            .collect();
        numbered.sort();
        Some(numbered.into_iter().map(|(_, text)| text).collect())
    }

    /// `metadata`: at most 50 keys of 40 characters with values of 500
    /// (<https://docs.stripe.com/api/metadata>).
    ///
    /// # Errors
    /// When a limit is passed.
    pub fn metadata(&mut self, key: &str) -> Result<BTreeMap<String, String>, ApiError> {
        let name = self.name(key);
        let Some(list) = self.child(key) else {
            return Ok(BTreeMap::new());
        };
        if list.map.len() > 50 {
            return Err(ApiError::invalid("You can have up to 50 metadata keys").param(&name));
        }
        let mut metadata = BTreeMap::new();
        for (key, value) in list.map {
            let value = value.as_str().unwrap_or_default();
            if key.chars().count() > 40 || value.chars().count() > 500 {
                return Err(ApiError::invalid(
                    "Metadata keys have up to 40 characters and values up to 500",
                )
                .param(&format!("{name}[{key}]")));
            }
            if !value.is_empty() {
                metadata.insert(key.clone(), value.to_owned());
            }
        }
        Ok(metadata)
    }

    /// Ends the reading of this level.
    ///
    /// # Errors
    /// `parameter_unknown` for the first parameter that nobody read.
    pub fn finish(self) -> Result<(), ApiError> {
        match self.map.keys().find(|key| !self.read.contains(*key)) {
            None => Ok(()),
            Some(key) => {
                let name = self.name(key);
                Err(
                    ApiError::invalid(format!("Received unknown parameter: {name}"))
                        .code("parameter_unknown")
                        .param(&name),
                )
            }
        }
    }
}
