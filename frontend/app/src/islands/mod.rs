//! Islands (島): the only code that reaches the browser. Each adds comfort to a page that works
//! without it, and takes its words from the server.

mod again;
mod counter_watch;
mod follow;
mod hold_countdown;
mod live_total;
mod marker;
mod payment_watch;

pub use again::BY_ITSELF;
pub use counter_watch::CounterWatch;
pub use follow::Follow;
pub use hold_countdown::HoldCountdown;
pub use live_total::LiveTotal;
pub use marker::mark_hydrated;
pub use payment_watch::PaymentWatch;
