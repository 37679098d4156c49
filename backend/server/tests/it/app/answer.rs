//! What the application answered.

use axum::http::{HeaderMap, Response};
use http_body_util::BodyExt as _;
use serde_json::Value;

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub async fn read(response: Response<axum::body::Body>) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().into(),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.text()))
    }

    /// The code of a problem (RFC 9457) that is whole: type, Japanese sentences, status.
    #[track_caller]
    pub fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{} {}",
            self.status,
            self.text()
        );
        let problem = self.json();
        let code = problem["code"].as_str().unwrap();
        assert_eq!(problem["type"], format!("urn:yoriai:problem:{code}"));
        assert_eq!(problem["status"], self.status);
        for sentence in ["title", "detail"] {
            assert!(
                problem[sentence].as_str().unwrap().ends_with('。'),
                "{problem}"
            );
        }
        code.to_owned()
    }

    /// The names of the fields that a problem complains about.
    #[track_caller]
    pub fn wrong_fields(&self) -> Vec<String> {
        let problem = self.json();
        let problems = problem["facts"]["problems"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        problems
            .iter()
            .map(|one| one["field"].as_str().unwrap().to_owned())
            .collect()
    }
}
