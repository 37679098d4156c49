//! Where in the file something stands.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A place in the file: keys and indices from the top.
#[derive(Clone, Debug, Default)]
pub(super) struct At(Vec<Step>);

#[derive(Clone, Debug)]
enum Step {
    Key(Cow<'static, str>),
    Index(usize),
}

impl At {
    /// The whole file.
    pub(super) fn top() -> Self {
        Self::default()
    }

    /// A key further in.
    pub(super) fn key(&self, key: impl Into<Cow<'static, str>>) -> Self {
        self.with(Step::Key(key.into()))
    }

    /// An element further in.
    pub(super) fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// A file whose places can be found.
pub(super) struct Lines<'a> {
    text: &'a str,
    table: Spanned<DeTable<'a>>,
}

impl<'a> Lines<'a> {
    pub(super) const fn new(text: &'a str, table: Spanned<DeTable<'a>>) -> Self {
        Self { text, table }
    }

    /// The parsed file.
    pub(super) const fn table(&self) -> &Spanned<DeTable<'a>> {
        &self.table
    }

    /// The line of a place, from 1; of a place that is not there, the line of what would hold it.
    pub(super) fn line_of(&self, at: &At) -> usize {
        self.line_at(self.offset_of(at))
    }

    /// The line of a byte of the text, from 1.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        line_at(self.text, offset)
    }

    fn offset_of(&self, at: &At) -> usize {
        let mut offset = 0;
        let mut table: Option<&DeTable<'a>> = Some(self.table.get_ref());
        let mut value: Option<&DeValue<'a>> = None;
        for step in &at.0 {
            let found = match step {
                Step::Key(key) => table
                    .and_then(|table| table.get_key_value(key.as_ref()))
                    .map(|(key, value)| (key.span().start, value)),
                Step::Index(index) => value
                    .and_then(DeValue::as_array)
                    .and_then(|array| array.get(*index))
                    .map(|value| (value.span().start, value)),
            };
            let Some((start, inner)) = found else { break };
            offset = start;
            value = Some(inner.get_ref());
            table = inner.get_ref().as_table();
        }
        offset
    }
}

/// The line of a byte of a text, from 1.
pub(super) fn line_at(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    before.filter(|byte| **byte == b'\n').count() + 1
}
