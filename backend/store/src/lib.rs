//! SeaORM entities and queries; the only crate that knows SQL.
