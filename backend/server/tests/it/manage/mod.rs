//! The manager's pages as a browser gets them, and the stream that renews them.

mod board;
mod closures;
mod live;
