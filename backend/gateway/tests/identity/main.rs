//! The relying party against a real server that does wrong on request: adversarial tests 4 to 21
//! and the parts of 1, 10 and 25 that need no session (reference: identity.md §5). Those about
//! sessions, cookies and routes stand with the server.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod answers;
mod claims;
mod journey;
mod keys;
mod outages;
mod second_opinion;
mod signatures;
mod token_endpoint;
