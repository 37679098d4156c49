//! The page's own address, read once into types (ページのアドレス).

use chrono::NaiveDate;
use contract::Refusal;
use domain::ids::ReservationId;
use domain::town::Slug;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use leptos_router::params::ParamsMap;

use crate::forms::Values;

/// The page's own address.
#[derive(Clone, Debug)]
pub struct Address {
    path: Values,
    query: Values,
    whole: String,
}

impl Address {
    /// Reads the router's context; to be called before anything is awaited.
    pub fn read() -> Self {
        let pairs = |map: ParamsMap| {
            Values::new(
                map.into_iter()
                    .map(|(name, value)| (name.into_owned(), value)),
            )
        };
        // Not `use_params_map`, which panics where no route matched and 404 is shown.
        let params = use_context::<ArcMemo<ParamsMap>>();
        let params = params
            .map(|params| params.get_untracked())
            .unwrap_or_default();
        let location = use_location();
        let search = location.search.get_untracked();
        let path = location.pathname.get_untracked();
        Self {
            path: pairs(params),
            query: pairs(use_query_map().get_untracked()),
            whole: if search.is_empty() {
                path
            } else {
                format!("{path}?{search}")
            },
        }
    }

    /// Path and query, to come back to.
    pub fn whole(&self) -> &str {
        &self.whole
    }

    /// The query's pairs.
    pub const fn query(&self) -> &Values {
        &self.query
    }

    /// A day in the query; nonsense counts as none.
    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        self.query.date(name)
    }

    /// A slug in the path.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: what is not a slug names nothing.
    pub fn slug(&self, name: &str) -> Result<Slug, Refusal> {
        self.path
            .get(name)
            .and_then(|text| text.parse().ok())
            .ok_or(Refusal::NotFound)
    }

    /// The reservation in the path.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: what is not an id names nothing.
    pub fn reservation(&self) -> Result<ReservationId, Refusal> {
        self.path
            .get("id")
            .and_then(|text| text.parse().ok())
            .ok_or(Refusal::NotFound)
    }
}
