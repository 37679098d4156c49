//! The binary `yoriai`.
fn main() {}
