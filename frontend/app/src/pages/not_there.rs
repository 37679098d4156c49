//! An address that leads nowhere.

use contract::Refusal;
use leptos::prelude::*;

use crate::frame::framed;

/// 404 for every address that no route has.
#[component]
pub fn NotThere() -> impl IntoView {
    framed(|_ask| async { Err(Refusal::NotFound.into()) })
}
