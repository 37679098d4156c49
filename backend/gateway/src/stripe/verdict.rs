//! What a failed try means for the money.

use stripe::StripeError;
use stripe_shared::{ApiErrors, ApiErrorsCode, ApiErrorsType};
use usecases::ports::payments::{Doubt, GatewayFailure, Misconfiguration};

/// What follows from a failed try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may have happened; the same request again will tell.
    Doubtful(Doubt),
    /// It was turned away at the door; the same request again may get in.
    Busy,
    /// No further try will change it, and it answers for every earlier try: the service knows the
    /// key, so had one got through, its success would have been repeated here.
    Final(GatewayFailure),
    /// No further try will change it, but it says nothing about earlier ones.
    Stuck(GatewayFailure),
}

/// Reads the error of one try. Only codes are taken over: its texts may name the payer.
pub fn of(error: &StripeError) -> Verdict {
    match error {
        StripeError::Timeout => Verdict::Doubtful(Doubt::Timeout),
        StripeError::ClientError(_) => Verdict::Doubtful(Doubt::Connection),
        // A proxy's page, half an object, a field that is missing: even a success looks like this.
        StripeError::JSONDeserialize(_) => Verdict::Doubtful(Doubt::Unreadable),
        StripeError::ConfigError(_) => stuck(Misconfiguration::Request),
        StripeError::Stripe(error, status) => of_status(error, *status),
    }
}

fn of_status(error: &ApiErrors, status: u16) -> Verdict {
    if error.code == Some(ApiErrorsCode::IdempotencyKeyInUse) {
        return Verdict::Doubtful(Doubt::StillRunning);
    }
    if error.type_ == ApiErrorsType::IdempotencyError {
        return Verdict::Stuck(GatewayFailure::Unknown(Doubt::ParametersChanged));
    }
    match status {
        401 => stuck(Misconfiguration::Key),
        403 => stuck(Misconfiguration::Permission),
        409 => Verdict::Doubtful(Doubt::StillRunning),
        429 => Verdict::Busy,
        // 424: something outside failed while the service was already at work.
        424 | 500.. => Verdict::Doubtful(Doubt::Server(status)),
        400..=499 => Verdict::Final(GatewayFailure::Refused { code: code(error) }),
        _ => Verdict::Doubtful(Doubt::Server(status)),
    }
}

fn stuck(why: Misconfiguration) -> Verdict {
    Verdict::Stuck(GatewayFailure::Misconfigured(why))
}

/// The most telling code there is.
fn code(error: &ApiErrors) -> String {
    error
        .decline_code
        .clone()
        .or_else(|| error.code.as_ref().map(|code| code.as_str().to_owned()))
        .unwrap_or_else(|| error.type_.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, json: &str) -> Verdict {
        let body: stripe_shared::Error = miniserde::json::from_str(json).unwrap();
        of(&StripeError::Stripe(body.error, status))
    }

    #[test]
    fn every_status_has_a_meaning_for_the_money() {
        let refused = |code: &str| Verdict::Final(GatewayFailure::Refused { code: code.into() });
        for (status, error, verdict) in [
            (
                400,
                r#""type":"invalid_request_error","code":"amount_too_small""#,
                refused("amount_too_small"),
            ),
            (
                400,
                r#""type":"invalid_request_error""#,
                refused("invalid_request_error"),
            ),
            (
                402,
                r#""type":"card_error","code":"card_declined","decline_code":"lost_card""#,
                refused("lost_card"),
            ),
            (
                404,
                r#""type":"invalid_request_error","code":"resource_missing""#,
                refused("resource_missing"),
            ),
            (
                401,
                r#""type":"invalid_request_error""#,
                stuck(Misconfiguration::Key),
            ),
            (
                403,
                r#""type":"invalid_request_error""#,
                stuck(Misconfiguration::Permission),
            ),
            (
                429,
                r#""type":"invalid_request_error","code":"rate_limit""#,
                Verdict::Busy,
            ),
            (
                409,
                r#""type":"idempotency_error","code":"idempotency_key_in_use""#,
                Verdict::Doubtful(Doubt::StillRunning),
            ),
            (
                400,
                r#""type":"idempotency_error""#,
                Verdict::Stuck(GatewayFailure::Unknown(Doubt::ParametersChanged)),
            ),
            (
                424,
                r#""type":"api_error""#,
                Verdict::Doubtful(Doubt::Server(424)),
            ),
            (
                500,
                r#""type":"api_error""#,
                Verdict::Doubtful(Doubt::Server(500)),
            ),
            (
                503,
                r#""type":"a_kind_of_the_future""#,
                Verdict::Doubtful(Doubt::Server(503)),
            ),
            (
                302,
                r#""type":"api_error""#,
                Verdict::Doubtful(Doubt::Server(302)),
            ),
        ] {
            let json = format!(r#"{{"error":{{{error}}}}}"#);
            assert_eq!(answered(status, &json), verdict, "{status} {json}");
        }
    }

    #[test]
    fn a_refusal_repeats_none_of_what_the_service_wrote_about_the_payer() {
        let verdict = answered(
            400,
            r#"{"error":{"type":"invalid_request_error","code":"email_invalid","param":"customer_email",
                "message":"Invalid email address: hanako@example.jp"}}"#,
        );
        assert!(!format!("{verdict:?}").contains("hanako"));
    }
}
