//! HTTP: the screens, their forms, sign-in, webhooks, the API and the signs of life.

mod access_log;
mod api;
mod assets;
mod changes;
mod cookies;
mod counter_papers;
mod figures;
mod forms;
mod guard;
mod headers;
mod health;
mod papers;
mod problem;
mod refused;
mod router;
mod screens;
mod session;
mod sign_in;
mod staff_sign_in;
mod state;
mod stop;
mod tenant;
mod webhooks;

pub use api::document;
pub use assets::{Assets, AssetsFault};
pub(crate) use changes::Streams;
pub(crate) use figures::{figures, recorder};
pub(crate) use router::router;
pub(crate) use state::AppState;
