//! Forms (フォームの受付): posted to the page's own address, answered with 303 or the same page.
//!
//! Everything works without JavaScript. A refused form comes back with what was typed and a status
//! that says so; a form from elsewhere or from an ended session comes back as stale.

mod book;
mod card;
mod closure;
mod counter;
mod group;
mod profile;
mod reservation;
mod review;
mod sale;
mod sign_out;
mod study;
mod till;
mod transfer;
mod walk_in;

use app::{FormState, Values};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use contract::{Failure, Refusal};
use url::form_urlencoded;
use uuid::Uuid;

use super::session::Caller;
use super::sign_in::Asking;
use super::{AppState, refused, screens, sign_in};

/// A town file as a form sends it: a letter of Japanese is nine bytes there.
const TOWN_FILE_LIMIT: usize = 3 * 1024 * 1024;

/// The routes that take forms; GET on the same addresses is the screens'.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/rooms/{room}/book", post(book::post))
        .route("/profile", post(profile::post))
        .route("/profile/cards/new", post(card::post))
        .route("/reservations/{id}/confirm", post(reservation::confirm))
        .route("/reservations/{id}/cancel", post(reservation::cancel))
        .route("/reservations/{id}/give-up", post(reservation::give_up))
        .route("/counter", post(counter::post))
        .route("/counter/people", post(walk_in::search))
        .route("/counter/people/new", post(walk_in::register))
        .route("/counter/people/{id}", post(walk_in::phone))
        .route("/counter/rooms/{room}/book", post(walk_in::hold))
        .route("/counter/reviews/{id}", post(review::post))
        .route("/counter/till", post(till::open))
        .route("/counter/till/{id}", post(till::post))
        .route("/counter/reservations/{id}", post(sale::post))
        .route("/counter/reservations/{id}/cancel", post(sale::cancel))
        .route("/manage/closures/new", post(closure::make))
        .route("/manage/closures/{id}", post(closure::lift))
        .route("/reservations/{id}/refund-account", post(transfer::tell))
        .route(
            "/counter/reservations/{id}/refund-account",
            post(transfer::tell_for),
        )
        .route("/manage/transfers", post(transfer::prepare))
        .route("/manage/transfers/{id}", post(transfer::post))
        .route("/groups/new", post(group::apply))
        .route("/groups/{id}", post(group::own))
        .route("/counter/groups/new", post(group::apply_for))
        .route("/counter/groups/{id}", post(group::decide))
        .route(
            "/manage/study",
            post(study::compare).layer(DefaultBodyLimit::max(TOWN_FILE_LIMIT)),
        )
        .route(
            "/manage/town/preview",
            post(study::preview).layer(DefaultBodyLimit::max(TOWN_FILE_LIMIT)),
        )
        .route("/sign-out", post(sign_out::post))
        .route("/staff/sign-out", post(sign_out::staff))
}

/// A form that was posted: its values, and the request to render the page again for.
pub(super) struct Posted {
    state: AppState,
    pub(super) caller: Caller,
    pub(super) values: Values,
    again: Request,
}

impl FromRequest<AppState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let caller = parts
            .extensions
            .get::<Caller>()
            .cloned()
            .ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
        let is_form = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if !is_form {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let body = Bytes::from_request(Request::from_parts(parts.clone(), body), state)
            .await
            .map_err(IntoResponse::into_response)?;
        let pairs = form_urlencoded::parse(&body).into_owned();
        parts.headers.remove(header::CONTENT_LENGTH);
        Ok(Self {
            state: state.clone(),
            caller,
            values: Values::new(pairs),
            again: Request::from_parts(parts, axum::body::Body::empty()),
        })
    }
}

impl Posted {
    /// True when the form was made for this session. Checked before anything is done.
    pub(super) fn is_ours(&self) -> bool {
        self.values
            .get("token")
            .is_some_and(|token| self.caller.accepts(token))
    }

    /// Leads to the identity provider for a card.
    pub(super) async fn ask_for_card(self, asking: Asking, return_to: &str) -> Response {
        let who = (&self.caller, self.again.headers());
        sign_in::ask_for_card(&self.state, who, asking, return_to).await
    }

    /// The query of the page's address.
    pub(super) fn address(&self) -> &str {
        self.again.uri().query().unwrap_or_default()
    }

    /// The page's address, to come back to.
    fn here(&self) -> &str {
        let uri = self.again.uri();
        uri.path_and_query()
            .map_or_else(|| uri.path(), |here| here.as_str())
    }

    /// The page again, with what was typed and why it was refused.
    pub(super) async fn refuse(self, refusal: Refusal) -> Response {
        let status = refused::status(&refusal);
        let form = FormState::refused(self.values, refusal);
        let mut response = screens::render(&self.state, &self.caller, form, self.again).await;
        if response.status() == StatusCode::OK {
            *response.status_mut() = status;
        }
        response
    }

    /// The page again with what was typed, nothing refused: the total or another time was asked for.
    pub(super) async fn show_again(self) -> Response {
        let form = FormState::shown(self.values);
        screens::render(&self.state, &self.caller, form, self.again).await
    }

    /// The answer to a failure: the page again, sign-in, or a fault.
    pub(super) async fn fail(self, failure: Failure) -> Response {
        match failure {
            Failure::Refused(Refusal::SignInRequired) => {
                sign_in::see_other(&app::links::sign_in(self.here()))
            }
            Failure::Refused(Refusal::StaffSignInRequired) => {
                sign_in::see_other(&app::links::staff_sign_in(self.here()))
            }
            Failure::Refused(refusal) => self.refuse(refusal).await,
            fault @ Failure::Fault(_) => refused::plain(&self.caller.call, &fault),
        }
    }
}

/// The form's submission key.
fn submission(values: &Values) -> Result<Uuid, Refusal> {
    let key = values.get("submission").and_then(|key| key.parse().ok());
    key.ok_or(Refusal::StaleForm)
}
