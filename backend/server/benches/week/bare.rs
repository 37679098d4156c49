//! The least that could answer: the week's query, and its rows as JSON.

use std::sync::Arc;

use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use domain::ids::{MunicipalityId, UnitId};
use domain::span::Cell;
use store::Database;
use usecases::ports::store::{Store as _, Stored};

use crate::house::House;

/// Where it answers.
pub const PATH: &str = "/query";

/// What is asked.
struct Query {
    store: Database,
    municipality: MunicipalityId,
    units: Vec<UnitId>,
    from: Cell,
    until: Cell,
}

/// A router with nothing but the query.
pub fn router(house: &House) -> Result<Router> {
    let (units, from, until) = house.asked()?;
    let query = Query {
        store: house.store().clone(),
        municipality: house.municipality(),
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
        Ok(rows) => Json(rows).into_response(),
        Err(_failure) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn rows(query: &Query) -> Stored<Vec<(String, i64)>> {
    let reading = query.store.read(query.municipality).await?;
    let cells = reading
        .claimed(&query.units, query.from, query.until)
        .await?;
    let rows = cells.into_iter();
    Ok(rows
        .map(|(unit, cell)| (unit.0.to_string(), cell.minutes()))
        .collect())
}
