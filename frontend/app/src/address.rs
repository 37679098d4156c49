//! The page's own address, read once into types (ページのアドレス).

use chrono::NaiveDate;
use contract::Refusal;
use domain::ids::{ClosureSeriesId, GroupId, PersonId, ReservationId, TillId, TransferOrderId};
use domain::town::Slug;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::params::ParamsMap;
use url::form_urlencoded;

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
        // Not `use_params_map`, which panics where no route matched and 404 is shown.
        let params = use_context::<ArcMemo<ParamsMap>>();
        let params = params
            .map(|params| params.get_untracked())
            .unwrap_or_default();
        let params = params
            .into_iter()
            .map(|(name, value)| (name.into_owned(), value));
        let location = use_location();
        Self::of(
            Values::new(params),
            location.pathname.get_untracked(),
            &location.search.get_untracked(),
        )
    }

    /// The query is decoded here and once: leptos_router 0.8.17 decodes the values of its own map
    /// twice, and a `return_to` with a decoded query inside is no address any more.
    fn of(params: Values, path: String, search: &str) -> Self {
        let query = form_urlencoded::parse(search.as_bytes()).into_owned();
        Self {
            path: params,
            query: Values::new(query),
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

    /// The person in the path.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: what is not an id names nothing.
    pub fn person(&self) -> Result<PersonId, Refusal> {
        self.path
            .get("id")
            .and_then(|text| text.parse().ok())
            .ok_or(Refusal::NotFound)
    }

    /// The group in the path.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: what is not an id names nothing.
    pub fn group(&self) -> Result<GroupId, Refusal> {
        self.path
            .get("id")
            .and_then(|text| text.parse().ok())
            .ok_or(Refusal::NotFound)
    }

    /// The drawer in the path.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: what is not an id names nothing.
    pub fn till(&self) -> Result<TillId, Refusal> {
        self.path
            .get("id")
            .and_then(|text| text.parse().ok())
            .ok_or(Refusal::NotFound)
    }

    /// The order to the bank in the path.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: what is not an id names nothing.
    pub fn transfer(&self) -> Result<TransferOrderId, Refusal> {
        self.path
            .get("id")
            .and_then(|text| text.parse().ok())
            .ok_or(Refusal::NotFound)
    }

    /// The closure in the path.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: what is not an id names nothing.
    pub fn closure(&self) -> Result<ClosureSeriesId, Refusal> {
        self.path
            .get("id")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links;

    #[test]
    fn a_way_back_survives_being_carried_in_an_address() {
        let back = "/rooms/gym/book?people=12&words=%E8%A6%8B%20100%25";
        let sign_in = links::sign_in(back);
        let (path, search) = sign_in.split_once('?').unwrap();
        let address = Address::of(Values::default(), path.to_owned(), search);
        assert_eq!(address.query().get("return_to"), Some(back));
        assert_eq!(address.whole(), sign_in);
    }
}
