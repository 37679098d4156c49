//! Forms (フォーム): what was typed, what is wrong with it, and the fields that show both.

mod answers;
mod check_field;
mod choice_field;
mod error_summary;
mod field;
mod hidden;
mod select_field;
mod state;
mod text_area;
mod text_field;
mod values;

pub use answers::{ANSWERS_BY_PREFIX, Answers};
pub use check_field::CheckField;
pub use choice_field::ChoiceField;
pub use error_summary::ErrorSummary;
pub use field::{Field, Need, Wiring};
pub use hidden::{Hidden, SeedFields};
pub use select_field::SelectField;
pub use state::FormState;
pub use text_area::TextArea;
pub use text_field::TextField;
pub use values::Values;
