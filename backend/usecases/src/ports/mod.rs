//! What the actions need from outside, said in our own words. Adapters live in `store`,
//! `gateway` and `documents`.

pub mod documents;
pub mod identity;
pub mod mail;
pub mod personal;
pub mod vault;
