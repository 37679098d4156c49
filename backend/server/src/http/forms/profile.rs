//! プロフィール: e-mail and telephone, and the cards one signs in with.

use app::Values;
use app::links::{Open, Saved};
use axum::extract::State;
use axum::response::Response;
use contract::{
    CardRef, Failure, FieldProblem, ProblemKind, Refusal, Resident as _, UpdateProfile,
};
use domain::personal::Personal;
use usecases::return_path::ReturnPath;
use validator::{Validate, ValidateEmail as _};

use super::Posted;
use crate::http::sign_in::Asking;
use crate::http::{AppState, sign_in};

/// Takes the form.
pub(super) async fn post(State(state): State<AppState>, posted: Posted) -> Response {
    if !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    match posted.values.get("action") {
        Some("change_email") => change_email(posted).await,
        Some("add_card") => add_card(posted).await,
        Some("remove_card") => remove_card(&state, posted).await,
        _ => save(&state, posted).await,
    }
}

/// 「メールアドレスを変える」: the field opens once the card was shown again.
async fn change_email(posted: Posted) -> Response {
    let field = app::links::profile_open(Open::Email);
    if posted.caller.call.stepped_up().is_some() {
        return sign_in::see_other(&field);
    }
    posted.ask_for_card(Asking::Own, &field).await
}

/// 「カードを追加する」: first a card that is registered, then the other one.
async fn add_card(posted: Posted) -> Response {
    if posted.caller.call.stepped_up().is_some() {
        let last_step = app::links::NEW_CARD;
        return posted.ask_for_card(Asking::Another, last_step).await;
    }
    let next_step = app::links::profile_open(Open::Cards);
    posted.ask_for_card(Asking::Own, &next_step).await
}

/// 「外す」.
async fn remove_card(state: &AppState, posted: Posted) -> Response {
    let card = posted.values.get("card").unwrap_or_default();
    let Ok(card) = card.parse::<CardRef>() else {
        return posted.refuse(Refusal::StaleForm).await;
    };
    match state.desk.remove_card(&posted.caller.call, &card).await {
        Ok(()) => sign_in::see_other(&app::links::profile_after(Saved::CardRemoved)),
        Err(Failure::Refused(Refusal::StepUpRequired)) => {
            let again = app::links::profile_open(Open::Cards);
            posted.ask_for_card(Asking::Own, &again).await
        }
        // Taken away already, in another tab: the page shows what is left.
        Err(Failure::Refused(Refusal::NotFound)) => posted.refuse(Refusal::StaleForm).await,
        Err(failure) => posted.fail(failure).await,
    }
}

async fn save(state: &AppState, posted: Posted) -> Response {
    let input = Input::read(&posted.values);
    if let Err(errors) = input.validate() {
        return posted
            .refuse(Refusal::InvalidInput {
                problems: problems(&errors),
            })
            .await;
    }
    let change = UpdateProfile {
        email: input.email.map(Personal::new),
        phone: Personal::new(input.phone),
    };
    match state
        .desk
        .update_profile(&posted.caller.call, &change)
        .await
    {
        Ok(()) => {
            let asked = posted.values.get("return_to").unwrap_or_default();
            match ReturnPath::parse(asked) {
                Ok(path) if !asked.is_empty() => sign_in::see_other(path.as_str()),
                _ => sign_in::see_other(&app::links::profile_after(Saved::Contact)),
            }
        }
        Err(failure) => posted.fail(failure).await,
    }
}

#[derive(Validate)]
struct Input {
    /// `None` where the form has no such field: the address there is stays.
    #[validate(custom(function = "an_address"))]
    email: Option<String>,
    #[validate(custom(function = "a_phone_number"))]
    phone: String,
}

impl Input {
    fn read(values: &Values) -> Self {
        // Dashes come in many shapes from Japanese keyboards.
        let phone = values
            .half_width("phone")
            .replace(['－', 'ー', '−', '‐'], "-");
        Self {
            email: values.get("email").map(|_there| values.half_width("email")),
            phone,
        }
    }
}

const EMAIL_MAX: usize = 254;

fn an_address(email: &str) -> Result<(), validator::ValidationError> {
    let code = match email {
        "" => "missing",
        long if long.chars().count() > EMAIL_MAX => "too_long_254",
        fine if fine.validate_email() && fine.is_ascii() => return Ok(()),
        _ => "malformed",
    };
    Err(validator::ValidationError::new(code))
}

/// Digits and hyphens; 10 or 11 digits from 0, as numbers in Japan are dialled.
fn a_phone_number(phone: &str) -> Result<(), validator::ValidationError> {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let plain = phone.chars().all(|c| c.is_ascii_digit() || c == '-');
    let code = match phone {
        "" => "missing",
        fine if plain && fine.starts_with('0') && (10..=11).contains(&digits) => return Ok(()),
        _ => "malformed",
    };
    Err(validator::ValidationError::new(code))
}

fn problems(errors: &validator::ValidationErrors) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = errors
        .field_errors()
        .into_iter()
        .flat_map(|(field, errors)| {
            errors.iter().map(move |error| FieldProblem {
                field: field.to_string(),
                problem: match error.code.as_ref() {
                    "missing" => ProblemKind::Missing,
                    "too_long_254" => ProblemKind::TooLong { max: 254 },
                    _ => ProblemKind::Malformed,
                },
            })
        })
        .collect();
    // As the fields stand on the page, whatever the map's order.
    problems.sort_by(|one, other| one.field.cmp(&other.field));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_taken_as_people_write_them() {
        for good in ["0774-95-1900", "09012345678", "090-1234-5678"] {
            assert!(a_phone_number(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "12345",
            "+81-90-1234-5678",
            "0774951900x",
            "<b>0774951900</b>",
            "---",
        ] {
            assert!(a_phone_number(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn mail_addresses_are_checked_before_mail_is_lost() {
        let long = format!("{}@example.jp", "a".repeat(300));
        assert!(an_address("hanako@example.jp").is_ok());
        for bad in [
            "",
            "hanako",
            "hanako@",
            "花子@example.jp",
            "a@b\r\nBcc: c@d",
            long.as_str(),
        ] {
            assert!(an_address(bad).is_err(), "{bad}");
        }
    }
}
