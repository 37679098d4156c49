//! A merchant with a plain HTTP client.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use standin::stripe::{Control, Pay, RunningStripe, StripeConfig, start};

/// A running stand-in and someone who talks to it.
pub struct Shop {
    pub stripe: RunningStripe,
    client: Client<HttpConnector, Body>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }

    /// A text inside the body, by JSON pointer.
    pub fn text(&self, pointer: &str) -> String {
        let json = self.json();
        let value = json
            .pointer(pointer)
            .unwrap_or_else(|| panic!("no {pointer} in {json:#}"));
        value
            .as_str()
            .unwrap_or_else(|| panic!("{pointer} is {value}"))
            .to_owned()
    }

    pub fn number(&self, pointer: &str) -> i64 {
        self.json()
            .pointer(pointer)
            .and_then(Value::as_i64)
            .expect("a number")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("plain header"))
    }

    /// `(status, type, code)` of an error.
    pub fn error(&self) -> (u16, String, Option<String>) {
        let code = self
            .json()
            .pointer("/error/code")
            .and_then(Value::as_str)
            .map(str::to_owned);
        (self.status, self.text("/error/type"), code)
    }
}

/// The parameters every checkout needs: one thing for this many yen.
pub fn basket(yen: i64) -> Vec<(String, String)> {
    let pairs = [
        ("mode", "payment"),
        (
            "success_url",
            "http://seika.localhost/paid?session={CHECKOUT_SESSION_ID}",
        ),
        ("cancel_url", "http://seika.localhost/back"),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", "jpy"),
        ("line_items[0][price_data][unit_amount]", &yen.to_string()),
        (
            "line_items[0][price_data][product_data][name]",
            "むくのきセンター アリーナ",
        ),
    ];
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// The basket with one more parameter, or with one of them changed.
pub fn basket_with(yen: i64, name: &str, value: &str) -> Vec<(String, String)> {
    let mut basket = basket(yen);
    basket.retain(|(given, _)| given != name);
    basket.push((name.to_owned(), value.to_owned()));
    basket
}

impl Shop {
    pub async fn open() -> Self {
        Self::open_with(StripeConfig::default()).await
    }

    pub async fn open_with(config: StripeConfig) -> Self {
        let stripe = start(config).await.expect("the stand-in starts");
        Self {
            stripe,
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }

    pub fn control(&self) -> Control {
        self.stripe.control()
    }

    /// Sends a request; an error is a connection that gave no answer.
    pub async fn send(&self, request: Request<Body>) -> Result<Answer, String> {
        let response = self
            .client
            .request(request)
            .await
            .map_err(|error| error.to_string())?;
        let (parts, body) = response.into_parts();
        let bytes = body
            .collect()
            .await
            .map_err(|error| error.to_string())?
            .to_bytes();
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        })
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let url = self.stripe.url().join(path).expect("a path");
        Request::builder().method(method).uri(url.as_str())
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = self
            .request("GET", path)
            .header("authorization", "Bearer sk_test_shop")
            .body(Body::empty())
            .expect("a request");
        self.send(request).await.expect("an answer")
    }

    pub async fn try_post(
        &self,
        path: &str,
        form: &[(String, String)],
        key: Option<&str>,
    ) -> Result<Answer, String> {
        let mut request = self
            .request("POST", path)
            .header("authorization", "Bearer sk_test_shop")
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let body: String = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        self.send(request.body(Body::from(body)).expect("a request"))
            .await
    }

    pub async fn post(&self, path: &str, form: &[(String, String)]) -> Answer {
        self.try_post(path, form, None).await.expect("an answer")
    }

    pub async fn post_keyed(&self, path: &str, form: &[(String, String)], key: &str) -> Answer {
        self.try_post(path, form, Some(key))
            .await
            .expect("an answer")
    }

    pub async fn create(&self, form: &[(String, String)]) -> Answer {
        self.post("/v1/checkout/sessions", form).await
    }

    /// A new open session for this many yen.
    pub async fn session(&self, yen: i64) -> String {
        self.create(&basket(yen)).await.text("/id")
    }

    pub async fn retrieve(&self, session: &str) -> Answer {
        self.get(&format!("/v1/checkout/sessions/{session}")).await
    }

    /// A paid session and its PaymentIntent.
    pub async fn paid(&self, yen: i64) -> (String, String) {
        self.paid_by(yen, &Pay::default()).await
    }

    pub async fn paid_by(&self, yen: i64, pay: &Pay) -> (String, String) {
        let session = self.session(yen).await;
        self.control()
            .pay(&session, pay)
            .expect("the payment is taken");
        let intent = self.retrieve(&session).await.text("/payment_intent");
        (session, intent)
    }

    pub async fn refund(&self, intent: &str, yen: i64) -> Answer {
        self.post(
            "/v1/refunds",
            &pairs(&[("payment_intent", intent), ("amount", &yen.to_string())]),
        )
        .await
    }
}

pub fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
