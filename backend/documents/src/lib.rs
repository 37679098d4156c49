//! Papers as PDF: the permit (使用許可書), the receipt (領収書・適格簡易請求書), the refund notice
//! (還付通知書・適格返還請求書) and the day sheet (収入日計表); and tables for spreadsheets (CSV).
//!
//! Knows typst, the typeface and how Japanese papers are laid out. Must not know the rules behind
//! the figures, databases, HTTP or the clock: a sheet comes in as plain data through
//! [`usecases::ports::documents`] and bytes go out.
//!
//! - Data reaches the templates as a virtual `data.json`, never as markup, so nothing a person
//!   types can be run (`world.rs`).
//! - Every string is set against the glyphs of the embedded BIZ UDPGothic first; what the typeface
//!   lacks is printed as 〓 and named at the foot of the paper (`typecase.rs`).
//! - Output is tagged PDF/A-2a and PDF/UA-1, and the same sheet gives the same bytes.
//! - A field of a table is text or a number, and text that a spreadsheet would take for a formula
//!   is made harmless (`spreadsheet.rs`).
//!
//! Printing is plain CPU work (figures: `cargo run -p documents --example print -- FOLDER`): call it
//! under `spawn_blocking`.

mod printer;
mod spreadsheet;
mod sums;
mod tables;
mod typecase;
mod view;
mod world;

pub use printer::Printer;
