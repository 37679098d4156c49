//! What people write about a review: reasons and statements.

use contract::{ProblemKind, REASON_MAX, Refusal};

use crate::walk_in::has_twelve_digits;

/// What was written, trimmed.
///
/// # Errors
/// [`Refusal::InvalidInput`] about `field` when it is needed and empty, too long, or holds twelve
/// digits: neither a マイナンバー nor a handbook's number is asked for nor kept.
pub(super) fn written<'a>(field: &str, text: &'a str, needed: bool) -> Result<&'a str, Refusal> {
    let text = text.trim();
    let is_short = u32::try_from(text.chars().count()).is_ok_and(|length| length <= REASON_MAX);
    let problem = if text.is_empty() && needed {
        ProblemKind::Missing
    } else if !is_short {
        ProblemKind::TooLong { max: REASON_MAX }
    } else if has_twelve_digits(text) {
        ProblemKind::TwelveDigits
    } else {
        return Ok(text);
    };
    Err(Refusal::field(field, problem))
}
