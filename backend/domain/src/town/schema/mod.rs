//! The JSON Schema of the town file (町ファイルの形), for editors: `yoriai town schema`.
//!
//! The shape comes from the types of this module, so it cannot differ from what [`super::check`]
//! reads; what a schema cannot say (sums, gaps, what names what) stays the check's. What a key is
//! for is told in the clerk's language.

mod texts;
mod wording;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::Town;

/// The schema of a town file, JSON Schema 2020-12, with Japanese descriptions.
#[must_use]
pub fn json_schema() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_deserialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Town>();
    wording::translate(&mut schema);
    schema
}

/// How weekdays are written.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[expect(dead_code, reason = "stands for its names alone")]
pub(super) enum WeekdayName {
    /// 月曜日
    Mon,
    /// 火曜日
    Tue,
    /// 水曜日
    Wed,
    /// 木曜日
    Thu,
    /// 金曜日
    Fri,
    /// 土曜日
    Sat,
    /// 日曜日
    Sun,
}
