//! Reading bodies, queries and paths, so that each mistake gets a problem of its own.

use app::Values;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{Call, ProblemKind, Refusal};
use domain::ids::ReservationId;
use domain::town::Slug;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use url::form_urlencoded;
use validator::Validate;

use super::input::refusal_of;
use crate::http::problem;
use crate::http::session::Caller;
use crate::http::stop::Stop;

/// A JSON body of the right shape, whose fields are in range.
pub(super) struct Body<T>(pub(super) T);

impl<S, T> FromRequest<S> for Body<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Validate,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if !is_json(request.headers()) {
            return Err(problem::stop_answer(Stop::MediaType, None));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| {
                let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
                let stop = if too_large {
                    Stop::TooLarge
                } else {
                    Stop::Malformed
                };
                problem::stop_answer(stop, None)
            })?;
        read(&bytes).map(Self).map_err(|wrong| wrong.answer())
    }
}

/// What is wrong with a body.
enum Wrong {
    Stop(Stop),
    Refused(Refusal),
}

impl Wrong {
    fn answer(&self) -> Response {
        match self {
            Self::Stop(stop) => problem::stop_answer(*stop, None),
            Self::Refused(refusal) => problem::refusal_answer(refusal),
        }
    }
}

fn read<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, Wrong> {
    // serde would read a list as the fields in their order.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(Wrong::Stop(Stop::Malformed));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value: T = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        match error.inner().classify() {
            // Of the right grammar, but of a wrong type or with a name that we do not know.
            Category::Data => Wrong::Refused(Refusal::field(&field, ProblemKind::Malformed)),
            Category::Io | Category::Syntax | Category::Eof => Wrong::Stop(Stop::Malformed),
        }
    })?;
    json.end().map_err(|_more| Wrong::Stop(Stop::Malformed))?;
    value
        .validate()
        .map_err(|errors| Wrong::Refused(refusal_of(&errors)))?;
    Ok(value)
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// The query, as pairs.
pub(super) struct Asked(pub(super) Values);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(Values::new(
            form_urlencoded::parse(query.as_bytes()).into_owned(),
        )))
    }
}

/// The one name or id in the path. What is none names nothing: 404.
pub(super) struct Named<T>(pub(super) T);

impl<S: Send + Sync> FromRequestParts<S> for Named<Slug> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        in_path(parts, state).await.map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Named<ReservationId> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        in_path(parts, state).await.map(Self)
    }
}

async fn in_path<S: Send + Sync, T: std::str::FromStr>(
    parts: &mut Parts,
    state: &S,
) -> Result<T, Response> {
    let text = Path::<String>::from_request_parts(parts, state).await.ok();
    text.and_then(|Path(text)| text.parse().ok())
        .ok_or_else(|| problem::refusal_answer(&Refusal::NotFound))
}

/// Somebody who signed in. Asked before the body is read: strangers learn nothing from its errors.
pub(super) struct Resident(pub(super) Call);

impl<S: Send + Sync> FromRequestParts<S> for Resident {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let caller = Caller::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        match caller.call.person() {
            Some(_) => Ok(Self(caller.call)),
            None => Err(problem::refusal_answer(&Refusal::SignInRequired)),
        }
    }
}
