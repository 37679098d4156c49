//! Stripe's error objects and their status codes.
//!
//! Source: <https://docs.stripe.com/api/errors>, <https://docs.stripe.com/error-codes>.

use serde_json::{Map, Value, json};

/// A refusal in Stripe's words.
#[derive(Debug, Clone)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// Whether an idempotency key keeps this answer. Refusals before the endpoint began are not
    /// kept (<https://docs.stripe.com/api/idempotent_requests>).
    pub kept: bool,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    fields: Map<String, Value>,
}

impl ApiError {
    fn new(status: u16, kind: &str, message: impl Into<String>) -> Self {
        let mut fields = Map::new();
        fields.insert("type".into(), json!(kind));
        fields.insert("message".into(), json!(message.into()));
        Self {
            status,
            kept: false,
            retry_after: None,
            fields,
        }
    }

    /// 400: a parameter is wrong; the endpoint never began, so a key does not keep it.
    #[must_use]
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message)
    }

    /// 400: the endpoint began and said no, so a key keeps it.
    #[must_use]
    pub fn refused(message: impl Into<String>) -> Self {
        Self {
            kept: true,
            ..Self::invalid(message)
        }
    }

    /// 404 `resource_missing`.
    #[must_use]
    pub fn missing(kind: &str, id: &str, param: &str) -> Self {
        Self {
            status: 404,
            ..Self::invalid(format!("No such {kind}: '{id}'"))
        }
        .code("resource_missing")
        .param(param)
    }

    /// 401: no key, or one that is not a test key.
    #[must_use]
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self {
            status: 401,
            ..Self::invalid(message)
        }
    }

    /// 404: no such address.
    #[must_use]
    pub fn unknown_url(method: &str, path: &str) -> Self {
        Self {
            status: 404,
            ..Self::invalid(format!(
                "Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs"
            ))
        }
    }

    /// 402 `card_error`.
    #[must_use]
    pub fn card(code: &str, message: impl Into<String>) -> Self {
        Self {
            kept: true,
            ..Self::new(402, "card_error", message)
        }
        .code(code)
    }

    /// 400 `idempotency_error`: the key was used with other parameters.
    #[must_use]
    pub fn key_reused(key: &str) -> Self {
        Self::new(
            400,
            "idempotency_error",
            format!(
                "Keys for idempotent requests can only be used with the same parameters they were \
                 first used with. Try using a key other than '{key}' if you meant to execute a \
                 different request."
            ),
        )
    }

    /// 409: another request with this key is still running.
    #[must_use]
    pub fn key_busy(key: &str) -> Self {
        Self::new(
            409,
            "idempotency_error",
            format!(
                "There is currently another in-progress request using this Idempotent Key (that \
                 probably means you submitted twice, and the other request is still going \
                 through): {key}. Please try again later."
            ),
        )
        .code("idempotency_key_in_use")
    }

    /// 429 with `Retry-After`.
    #[must_use]
    pub fn rate_limited(retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(429, "invalid_request_error", "Request rate limit exceeded.")
        }
        .code("rate_limit")
    }

    /// 500 or 503 `api_error`.
    #[must_use]
    pub fn server(status: u16, message: impl Into<String>) -> Self {
        Self {
            kept: true,
            ..Self::new(status, "api_error", message)
        }
    }

    /// Adds Stripe's stable code and the page that explains it.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.fields.insert("code".into(), json!(code));
        let page = code.replace('_', "-");
        self.fields.insert(
            "doc_url".into(),
            json!(format!("https://stripe.com/docs/error-codes/{page}")),
        );
        self
    }

    /// Names the parameter at fault, spelt as it was sent.
    #[must_use]
    pub fn param(self, param: &str) -> Self {
        self.with("param", json!(param))
    }

    /// Adds any further field, such as `decline_code`.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.fields.insert(name.into(), value);
        self
    }

    /// The `error` object itself, as it also stands in `last_payment_error`.
    #[must_use]
    pub fn object(&self) -> Value {
        Value::Object(self.fields.clone())
    }

    /// The body of the answer.
    #[must_use]
    pub fn body(&self) -> Value {
        json!({ "error": self.object() })
    }
}
