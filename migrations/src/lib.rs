//! The schema, expand/contract, on SQLite and PostgreSQL.
