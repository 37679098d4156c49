//! What the actions need from outside, said in our own words. Adapters live in `store`,
//! `gateway` and `documents`; the clock and chance come in the same way.

pub mod chance;
pub mod changes;
pub mod documents;
pub mod identity;
pub mod mail;
pub mod payments;
pub mod personal;
pub mod store;
pub mod tenancy;
pub mod vault;
