//! The store (保存先): SeaORM entities and queries behind the ports of `usecases`, on SQLite and
//! PostgreSQL.
//!
//! The only crate that knows SQL. Knows the ports' records and the domain's types; must not know
//! rules, HTTP or who may do what. Entities are private: what comes out are the ports' records, and
//! every query starts at one municipality ([`scoped`]). What must never happen the schema refuses
//! (`migrations`), so nothing here checks first and writes later.

mod cancellations;
mod changes;
mod claims;
mod closures;
mod database;
mod day;
mod entity;
mod evidence;
#[cfg(test)]
mod explained;
mod failure;
mod filed_people;
mod groups;
mod identities;
mod jobs;
mod migrate;
mod money;
mod open;
mod people;
mod quotas;
mod reservations;
mod reviews;
mod row;
mod scoped;
mod staff;
mod stock;
mod tills;
mod towns;
mod trail;
mod transfers;
mod uses;

pub use database::Database;
pub use failure::Unreadable;
pub use migrate::migrate;
