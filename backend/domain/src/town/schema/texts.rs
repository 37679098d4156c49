//! Values that are written as texts: what the texts look like.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::civil::TimeOfDay;
use crate::town::{DayOfYear, Points, Slug};

/// A type that is read from a text of this pattern.
macro_rules! text_of_pattern {
    ($type:ty, $name:literal, $title:literal, $pattern:literal) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": $title, "pattern": $pattern })
            }
        }
    };
}

text_of_pattern!(
    Slug,
    "Slug",
    "識別名。半角の英小文字・数字・ハイフン・下線で40文字まで（例 seika-nishi-gym）",
    "^[a-z0-9]([a-z0-9_-]{0,38}[a-z0-9])?$"
);
text_of_pattern!(
    TimeOfDay,
    "TimeOfDay",
    "時刻（例 09:00）。30分きざみ、24:00 まで",
    "^([01]?[0-9]|2[0-3]):[03]0$|^24:00$"
);
text_of_pattern!(
    DayOfYear,
    "DayOfYear",
    "月日（例 12-29）",
    "^(0?[1-9]|1[0-2])-(0?[1-9]|[12][0-9]|3[01])$"
);
text_of_pattern!(
    Points,
    "Points",
    "点数（例 1、0.5）",
    "^[0-9]{1,3}(\\.[0-9])?$"
);
