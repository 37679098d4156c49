//! Looking for a place.

use app::Values;
use chrono::NaiveDate;
use contract::{Call, ProblemKind, Refusal, SearchFacilities};
use domain::civil;
use serde::Deserialize;
use utoipa::IntoParams;
use validator::Validate;

use super::{as_date, is_date, refusal_of};

/// What narrows a search; all of it may be left out.
#[derive(Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchInput {
    /// Words in a name, its reading, the area or the kind of room.
    #[validate(length(max = 100))]
    words: Option<String>,
    /// The kind of room (「体育館」).
    #[validate(length(max = 100))]
    kind: Option<String>,
    /// The part of town.
    #[validate(length(max = 100))]
    area: Option<String>,
    /// The day of use, in Japan; the next free time is sought from that day on.
    #[validate(custom(function = "is_date"))]
    #[param(format = Date, example = "2026-11-28")]
    date: Option<String>,
    /// How many people have to fit.
    #[validate(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000)]
    people: Option<i64>,
}

impl SearchInput {
    /// From the query.
    ///
    /// # Errors
    /// The refusal that names every wrong field.
    pub(in super::super) fn from_query(values: &Values) -> Result<SearchFacilities, Refusal> {
        let text = |name| values.filled(name).map(str::to_owned);
        let people = match (values.filled("people"), values.number("people")) {
            (None, _) => None,
            (Some(_), Some(number)) => Some(i64::from(number)),
            // Out of range on purpose: nonsense is named like a number that cannot be.
            (Some(_), None) => Some(-1),
        };
        let input = Self {
            words: text("words"),
            kind: text("kind"),
            area: text("area"),
            date: text("date"),
            people,
        };
        input.validate().map_err(|errors| refusal_of(&errors))?;
        Ok(SearchFacilities {
            words: input.words,
            kind: input.kind,
            area: input.area,
            date: input.date.as_deref().and_then(as_date),
            people: input.people.and_then(|people| u32::try_from(people).ok()),
        })
    }
}

/// A day in the query, or today in Japan when none is named.
///
/// # Errors
/// The refusal for what is no day.
pub(in super::super) fn day(
    values: &Values,
    name: &str,
    call: &Call,
) -> Result<NaiveDate, Refusal> {
    match values.filled(name) {
        None => Ok(civil::date_at(call.now())),
        Some(text) => as_date(text).ok_or_else(|| Refusal::field(name, ProblemKind::Malformed)),
    }
}
