//! Every sentence people read (画面の言葉), as typed functions and constants.
//!
//! です・ます, short; verbs on buttons; no error without what to do next. Pages hold no sentences.

pub mod accounts;
pub mod availability;
pub mod board;
pub mod booking;
pub mod cards;
pub mod clock;
pub mod closures;
pub mod counter;
pub mod errors;
pub mod fees;
pub mod fields;
pub mod groups;
pub mod money;
pub mod profile;
pub mod refusal;
pub mod reports;
pub mod reservation;
pub mod reviews;
pub mod revision;
pub mod rules;
pub mod sale;
pub mod search;
pub mod sign_in;
pub mod site;
pub mod staff;
pub mod study;
pub mod till;
pub mod transfers;
pub mod walk_in;
pub mod window;
