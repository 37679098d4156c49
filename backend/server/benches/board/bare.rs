//! The least that could answer: what the board reads of reservations and closures, as JSON.

use std::sync::Arc;

use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use domain::ids::{FacilityId, MunicipalityId, UnitId};
use domain::span::Cell;
use store::Database;
use usecases::ports::store::{BoardRow, ClosureOn, Store as _, Stored};

use crate::hall::Hall;

/// Where it answers.
pub const PATH: &str = "/query";

/// What is asked.
struct Query {
    store: Database,
    municipality: MunicipalityId,
    facility: FacilityId,
    units: Vec<UnitId>,
    from: Cell,
    until: Cell,
}

/// A router with nothing but the query.
pub fn router(hall: &Hall) -> Result<Router> {
    let (facility, units, from, until) = hall.asked()?;
    let query = Query {
        store: hall.store().clone(),
        municipality: hall.municipality(),
        facility,
        units,
        from,
        until,
    };
    Ok(Router::new()
        .route(PATH, get(answer))
        .with_state(Arc::new(query)))
}

async fn answer(State(query): State<Arc<Query>>) -> Response {
    match rows(&query).await {
        Ok((booked, closed)) => {
            let booked = booked.iter().map(|row| {
                let (start, end) = (row.span.start().minutes(), row.span.end().minutes());
                (row.room.0.to_string(), start, end, row.state.as_str())
            });
            let closed = closed.iter().flat_map(|closure| &closure.cells);
            let closed = closed.map(|(unit, cell)| (unit.0.to_string(), cell.minutes()));
            Json((booked.collect::<Vec<_>>(), closed.collect::<Vec<_>>())).into_response()
        }
        Err(_failure) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn rows(query: &Query) -> Stored<(Vec<BoardRow>, Vec<ClosureOn>)> {
    let reading = query.store.read(query.municipality).await?;
    let (from, until) = (query.from, query.until);
    let booked = reading.board(Some(query.facility), from, until).await?;
    let closed = reading.closures_on(&query.units, from, until).await?;
    Ok((booked, closed))
}
