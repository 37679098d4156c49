//! `/facilities`: search, one facility, its day.

use axum::extract::State;
use axum::response::Response;
use contract::Visitor as _;
use domain::town::Slug;

use super::body::{Asked, Named};
use super::input::{SearchInput, day};
use super::view::{FacilityDay, FacilityDetail, FacilityList};
use super::{Answer, answered};
use crate::http::AppState;
use crate::http::problem::{self, Problem};
use crate::http::session::Caller;

/// Looks for facilities (施設をさがす).
#[utoipa::path(
    get, path = "/facilities", tag = "facilities", operation_id = "searchFacilities",
    params(SearchInput),
    responses(
        (status = 200, body = FacilityList),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Asked(values): Asked,
) -> Answer<Response> {
    let query = SearchInput::from_query(&values).map_err(|no| problem::refusal_answer(&no))?;
    let call = &caller.call;
    let found = state.desk.search(call, &query).await;
    Ok(answered::<_, FacilityList>(call, found))
}

/// One facility (施設) with its rooms.
#[utoipa::path(
    get, path = "/facilities/{id}", tag = "facilities", operation_id = "getFacility",
    params(("id" = String, Path, description = "The facility's id.")),
    responses(
        (status = 200, body = FacilityDetail),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(state): State<AppState>,
    caller: Caller,
    Named(id): Named<Slug>,
) -> Response {
    let call = &caller.call;
    let both = async {
        let facility = state.desk.facility(call, &id).await?;
        Ok((facility, state.desk.town(call).await?))
    };
    answered::<_, FacilityDetail>(call, both.await)
}

/// All rooms of a facility on one day (空き状況).
#[utoipa::path(
    get, path = "/facilities/{id}/availability", tag = "availability",
    operation_id = "getFacilityDay",
    params(
        ("id" = String, Path, description = "The facility's id."),
        ("date" = Option<String>, Query, format = Date, description = "The day, in Japan; today when left out."),
    ),
    responses(
        (status = 200, body = FacilityDay),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn availability(
    State(state): State<AppState>,
    caller: Caller,
    Named(id): Named<Slug>,
    Asked(values): Asked,
) -> Answer<Response> {
    let call = &caller.call;
    let date = day(&values, "date", call).map_err(|no| problem::refusal_answer(&no))?;
    let day = state.desk.day(call, &id, date).await;
    Ok(answered::<_, FacilityDay>(call, day))
}
