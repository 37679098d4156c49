//! A browser at one address: keeps cookies, sends what browsers send.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use url::form_urlencoded;

use crate::installation::Address;

/// Somebody's browser. Its connection stays open between requests.
pub struct Browser {
    http: Client<HttpConnector, Full<Bytes>>,
    address: Address,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// Where it sends people on to.
    pub fn location(&self) -> Result<&str> {
        let location = self.headers.get("location");
        let location = location.with_context(|| format!("{} leads nowhere", self.status))?;
        Ok(location.to_str()?)
    }

    /// The page.
    pub fn text(&self) -> Result<&str> {
        Ok(std::str::from_utf8(&self.body)?)
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> Result<String> {
        let page = self.text()?;
        let field = format!("name=\"{name}\"");
        let input = page.split("<input").find(|input| input.contains(&field));
        let input = input.with_context(|| format!("no field {name} in {page}"))?;
        let (_, value) = input.split_once("value=\"").context("no value")?;
        let (value, _) = value.split_once('"').context("no end")?;
        Ok(value.to_owned())
    }
}

impl Browser {
    /// A fresh one.
    pub fn new(address: &Address) -> Self {
        Self {
            http: Client::builder(TokioExecutor::new()).build_http(),
            address: address.clone(),
            cookies: BTreeMap::new(),
        }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.send(Method::GET, path, &[]).await
    }

    /// Sends a form of the town's own.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        self.send(Method::POST, path, fields).await
    }

    async fn send(&mut self, method: Method, path: &str, form: &[(&str, &str)]) -> Result<Answer> {
        let (parts, body) = self.open(method, path, form).await?.into_parts();
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await?.to_bytes(),
        })
    }

    /// The same, for whoever reads the answer while it comes.
    pub async fn open(
        &mut self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<Response<Body>> {
        let own = format!("http://{}", self.address.host);
        let mut request = Request::builder()
            .method(&method)
            .uri(format!("http://{}{path}", self.address.socket))
            .header("host", &self.address.host);
        if method == Method::POST {
            request = request
                .header("origin", own)
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded");
        }
        if !self.cookies.is_empty() {
            let cookies = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            request = request.header("cookie", cookies.collect::<Vec<_>>().join("; "));
        }
        let answer = self.http.request(request.body(encoded(form))?).await?;
        for set in answer.headers().get_all("set-cookie") {
            let (pair, attributes) = set.to_str()?.split_once(';').context("a bare cookie")?;
            let (name, value) = pair.split_once('=').context("no cookie")?;
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer.map(Body::new))
    }
}

/// A form as browsers send it.
fn encoded(form: &[(&str, &str)]) -> Full<Bytes> {
    let mut body = form_urlencoded::Serializer::new(String::new());
    Full::new(Bytes::from(body.extend_pairs(form).finish()))
}
