//! Columns to domain types and back.
//!
//! Instants are BIGINT microseconds since 1970 UTC, spans are minutes on the 30-minute grid, what
//! has facts of its own is JSON. What cannot be read is an [`Unreadable`] that names its place.

use std::error::Error;
use std::fmt::Display;

use chrono::{DateTime, NaiveDate, Utc};
use contract::Fault;
use domain::money::Yen;
use domain::span::{Cell, Span};
use sea_orm::prelude::Json;
use serde::Serialize;
use serde::de::DeserializeOwned;
use usecases::ports::store::StoreFailure;

use crate::failure::Unreadable;

/// A row being read, for naming what is wrong with it.
pub(crate) struct Row {
    table: &'static str,
    key: String,
}

impl Row {
    /// The row of `table` with this key within its municipality.
    pub(crate) fn of(table: &'static str, key: impl Display) -> Self {
        Self {
            table,
            key: key.to_string(),
        }
    }

    /// Why a column cannot be read.
    pub(crate) fn unreadable(
        &self,
        column: &'static str,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Unreadable {
        Unreadable {
            table: self.table,
            column,
            row: self.key.clone(),
            source: source.into(),
        }
    }

    /// An instant.
    pub(crate) fn instant(
        &self,
        column: &'static str,
        micros: i64,
    ) -> Result<DateTime<Utc>, Unreadable> {
        DateTime::from_timestamp_micros(micros)
            .ok_or_else(|| self.unreadable(column, "not an instant"))
    }

    /// A day in Japan.
    pub(crate) fn day(&self, column: &'static str, day: &str) -> Result<NaiveDate, Unreadable> {
        day.parse().map_err(|error| self.unreadable(column, error))
    }

    /// A count.
    pub(crate) fn count(&self, column: &'static str, count: i32) -> Result<u32, Unreadable> {
        self.parse(column, count)
    }

    /// What was stored as JSON.
    pub(crate) fn json<T: DeserializeOwned>(
        &self,
        column: &'static str,
        json: Json,
    ) -> Result<T, Unreadable> {
        serde_json::from_value(json).map_err(|error| self.unreadable(column, error))
    }

    /// What was stored as a word of a closed list, as serde spells it.
    pub(crate) fn word<T: DeserializeOwned>(
        &self,
        column: &'static str,
        word: String,
    ) -> Result<T, Unreadable> {
        self.json(column, Json::String(word))
    }

    /// A value with rules of its own.
    pub(crate) fn parse<T, R>(&self, column: &'static str, raw: R) -> Result<T, Unreadable>
    where
        T: TryFrom<R>,
        T::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        T::try_from(raw).map_err(|error| self.unreadable(column, error))
    }

    /// An amount of money.
    pub(crate) fn yen(&self, column: &'static str, yen: i64) -> Result<Yen, Unreadable> {
        self.parse(column, yen)
    }

    /// A SHA-256.
    pub(crate) fn hash(
        &self,
        column: &'static str,
        bytes: Vec<u8>,
    ) -> Result<[u8; 32], Unreadable> {
        <[u8; 32]>::try_from(bytes).map_err(|bytes| {
            let length = bytes.len();
            self.unreadable(column, format!("{length} bytes are no SHA-256"))
        })
    }

    /// A stretch of time, from the columns `starts_at` and `ends_at`.
    pub(crate) fn span(&self, starts_at: i64, ends_at: i64) -> Result<Span, Unreadable> {
        let start: Cell = self.parse("starts_at", starts_at)?;
        let end: Cell = self.parse("ends_at", ends_at)?;
        Span::new(start, end).map_err(|error| self.unreadable("ends_at", error))
    }
}

/// An instant as stored.
pub(crate) fn micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

/// A day as stored: `2026-11-28`, so that days compare as they are spelled.
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// A value as stored in a JSON column.
pub(crate) fn json(value: &impl Serialize) -> Result<Json, StoreFailure> {
    serde_json::to_value(value)
        .map_err(|error| StoreFailure::Fault(Fault::new("writing a value as JSON", error)))
}

/// A count as stored in an `integer` column.
pub(crate) fn integer(count: u32) -> Result<i32, StoreFailure> {
    i32::try_from(count).map_err(|error| StoreFailure::Fault(Fault::new("writing a count", error)))
}
