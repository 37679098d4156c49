//! The pretend Stripe (決済の代役): an HTTP server that keeps the rules of Stripe's API
//! **2026-09-30.endive** as far as Yoriai uses it, and breaks them when told to.
//!
//! Knows Checkout Sessions (card, PayPay, konbini), PaymentIntents, Charges, Refunds, Events,
//! balance and webhooks, in yen and in test mode. Must not know anything of Yoriai: the official
//! Python and Node SDKs judge it (`e2e/stripe-sdk`), and so does async-stripe's strict decoder.
//! One test per documented rule, with its source, is in `tests/stripe`.
//!
//! Not here: Terminal, disputes, payouts, customers, products, 3-D Secure challenges, currencies
//! other than yen, PaymentIntents made without Checkout. Asking for them is refused, never
//! ignored. Fees are 3.6 % of every payment whatever its means.
//!
//! # Addresses
//! `/v1/…` the API (any `sk_test_` key), `/c/pay/{session}` the hosted page, `/_control/…` the
//! switches below (JSON, no key: listen on loopback only).
//!
//! # Test cards
//! | number | what happens |
//! |---|---|
//! | 4242 4242 4242 4242, 4000 0039 2000 0003, 5555 5555 5555 4444, 3530 1113 3330 0000, 3782 822463 10005 | accepted |
//! | 4000 0000 0000 0002 / …9995 / …9987 | declined: generic / insufficient funds / lost card |
//! | 4000 0000 0000 0069 / …0127 / …0119 | expired card / wrong CVC / processing error |
//! | 4000 0000 0000 7726 | accepted; its refunds begin as pending and succeed after 60 s |
//! | 4000 0000 0000 5126 | accepted; its refunds begin as succeeded and fail after 60 s |
//!
//! # Switches
//! `POST /_control/faults` takes `{"on": operation, "do": fault, "times": 1, "after_commit": true}`.
//! Operations are named in [`Operation`] (`checkout.session.create`, `refund.create`, …). `times`
//! is 1 unless given; `null` means until `DELETE /_control/faults`. With `after_commit` the
//! operation is executed and only its answer is lost; `false` loses the request itself.
//!
//! | `do` | what the client sees | under the idempotency key |
//! |---|---|---|
//! | `error_500` | 500 `api_error` | the 500 is kept and replayed, whether or not the work was done |
//! | `drop_connection` | the connection closes without a byte | the true answer is kept, if executed |
//! | `hang`, `seconds` (600) | nothing until then or until `POST /_control/faults/release` | in use: 409 for others; then the true answer |
//! | `html_502` | 502 with an HTML body | the true answer is kept, if executed |
//! | `truncated_json` | 200 with half of the JSON | the true answer is kept |
//! | `missing_field`, `field` | 200 without that field | the true answer is kept |
//! | `rate_limited`, `retry_after` (1) | 429 `rate_limit` and `Retry-After`; not executed | nothing |
//! | `unavailable` | 503 `api_error`; not executed | nothing |
//! | `card_declined` | 402 `card_error`; not executed | nothing |
//! | `bad_request` | 400 `invalid_request_error`; not executed | nothing |
//!
//! | `POST /_control/…` | body | effect |
//! |---|---|---|
//! | `webhooks/endpoint` | `{"url", "secrets": ["whsec_…", …]}` | events go there from now on, one `v1` per secret |
//! | `webhooks/mode` | `{"mode": "deliver" \| "lose" \| "hold" \| "duplicate", "copies" \| "reorder", "batch"}` | what becomes of new events |
//! | `webhooks/release` | `{"order": "as_created" \| "reversed"}` | held events go out |
//! | `webhooks/send` | `{"event", "copies", "skew_seconds", "forged_secret"}` | an event again, late or forged |
//! | `webhooks/settle` | `{"within_seconds"}` | answers when nothing is under way, with all deliveries |
//! | `clock` | `{"offset_seconds": n}`, `{"advance_seconds": n}` or `{"fixed": unix \| null}` | sets the clock; lapsing, retention, signatures follow it |
//! | `payment_methods` | `{"on": ["card", …]}` | the dashboard's means of payment |
//! | `sessions/{id}/pay` | `{"method", "card", "email", "force"}`, all optional | pays as a payer would; `force` pays an expired session |
//! | `sessions/{id}/konbini` | `{"outcome": "paid" \| "lapsed"}` | what becomes of the voucher |
//! | `refunds/begin` | `{"status": "succeeded" \| "pending" \| "requires_action" \| "failed"}` | how new refunds begin |
//! | `refunds/{id}` | `{"status", "failure_reason"}` | turns a refund, also a succeeded one into failed |
//! | `objects/{id}` | `{"amount_total": 1, "currency": "usd", "livemode": true, …}` | falsifies the stored object |
//! | `reset` | | forgets everything but the webhook endpoint |
//!
//! `GET /_control/` `faults`, `clock`, `requests` (every request with its key and parameters),
//! `webhooks/deliveries`, `balance` (`charged`, `refunded`, `gross`, `fees`, `net`).

mod api;
mod cards;
mod clock;
mod control;
mod deliver;
mod error;
mod faults;
mod idempotency;
mod ids;
mod listener;
mod objects;
mod page;
mod params;
mod pay;
mod request_log;
mod running;
mod shared;
mod snapshot;
mod webhooks;
mod world;

pub use self::api::Operation;
pub use self::control::{Books, Control, Pay};
pub use self::faults::{Fault, Mischief};
pub use self::objects::refund::Status as RefundStatus;
pub use self::request_log::Logged;
pub use self::running::{RunningStripe, StripeArgs, StripeConfig, run, serve, start};
pub use self::webhooks::{Delivery, Endpoint, Mode, Order, State, signature};

/// The API version this stand-in speaks, the same as async-stripe 1.0.0-rc.10, `stripe==16.0.1`
/// and `stripe@23.0.1`.
pub const API_VERSION: &str = "2026-09-30.endive";
