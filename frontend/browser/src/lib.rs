//! The wasm entry that links the islands.
