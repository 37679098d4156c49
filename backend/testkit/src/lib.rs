//! TestApp, databases, builders, fixed clock (dev-dependency only).
