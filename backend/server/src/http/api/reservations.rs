//! `/reservations`: one's own.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use contract::{Call, Outcome, Resident as _};
use domain::ids::ReservationId;

use super::body::{Body, Named, Resident};
use super::input::{BookInput, CancelInput};
use super::view::{PaymentAnswer, ReservationDetail, ReservationList};
use super::{Answer, answered};
use crate::http::AppState;
use crate::http::problem::{self, Problem};

/// One's own reservations (予約の確認).
#[utoipa::path(
    get, path = "/reservations", tag = "reservations", operation_id = "listReservations",
    security(("session" = [])),
    responses(
        (status = 200, body = ReservationList),
        (status = 401, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(State(state): State<AppState>, Resident(call): Resident) -> Response {
    answered::<_, ReservationList>(&call, state.desk.reservations(&call).await)
}

/// Holds a room (仮押さえ): claims the floor and freezes the price. Go on with `pay` before the
/// hold lapses.
#[utoipa::path(
    post, path = "/reservations", tag = "reservations", operation_id = "bookRoom",
    security(("session" = [])),
    request_body = BookInput,
    responses(
        (status = 201, body = ReservationDetail, headers(("location" = String))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn book(
    State(state): State<AppState>,
    Resident(call): Resident,
    Body(input): Body<BookInput>,
) -> Answer<Response> {
    let booking = input
        .typed()
        .map_err(|refusal| problem::refusal_answer(&refusal))?;
    let id = state.desk.book(&call, &booking).await;
    let id = id.map_err(|failure| problem::answer(&call, &failure))?;
    let mut response = detail(&state, &call, id).await;
    let place = HeaderValue::from_str(&format!("/api/v1/reservations/{id}"));
    if let (StatusCode::OK, Ok(place)) = (response.status(), place) {
        *response.status_mut() = StatusCode::CREATED;
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// One of one's own reservations (予約).
#[utoipa::path(
    get, path = "/reservations/{id}", tag = "reservations", operation_id = "getReservation",
    security(("session" = [])),
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = ReservationDetail),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(state): State<AppState>,
    Resident(call): Resident,
    Named(id): Named<ReservationId>,
) -> Response {
    detail(&state, &call, id).await
}

/// Cancels (取り消す) and gives back what the town's rule says.
#[utoipa::path(
    post, path = "/reservations/{id}/cancel", tag = "reservations",
    operation_id = "cancelReservation",
    security(("session" = [])),
    params(("id" = uuid::Uuid, Path)),
    request_body = CancelInput,
    responses(
        (status = 200, body = ReservationDetail),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn cancel(
    State(state): State<AppState>,
    Resident(call): Resident,
    Named(id): Named<ReservationId>,
    Body(input): Body<CancelInput>,
) -> Response {
    let done = state.desk.cancel(&call, &input.typed(id)).await;
    changed(&state, &call, id, done).await
}

/// Gives a hold more time (延長する). Takes no body.
#[utoipa::path(
    post, path = "/reservations/{id}/extend", tag = "reservations", operation_id = "extendHold",
    security(("session" = [])),
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = ReservationDetail),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn extend(
    State(state): State<AppState>,
    Resident(call): Resident,
    Named(id): Named<ReservationId>,
) -> Response {
    let done = state.desk.extend_hold(&call, id).await;
    changed(&state, &call, id, done).await
}

/// Goes on from a hold (支払いに進む): confirms what is free of charge, else says where to pay.
/// Takes no body.
#[utoipa::path(
    post, path = "/reservations/{id}/pay", tag = "reservations", operation_id = "payReservation",
    security(("session" = [])),
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = PaymentAnswer),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn pay(
    State(state): State<AppState>,
    Resident(call): Resident,
    Named(id): Named<ReservationId>,
) -> Response {
    answered::<_, PaymentAnswer>(&call, state.desk.pay(&call, id).await)
}

/// The reservation as it is after a change, or why it was not changed.
async fn changed(state: &AppState, call: &Call, id: ReservationId, done: Outcome<()>) -> Response {
    match done {
        Ok(()) => detail(state, call, id).await,
        Err(failure) => problem::answer(call, &failure),
    }
}

async fn detail(state: &AppState, call: &Call, id: ReservationId) -> Response {
    answered::<_, ReservationDetail>(call, state.desk.reservation(call, id).await)
}
