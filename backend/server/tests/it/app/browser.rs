//! Somebody with a browser: keeps cookies, sends what browsers send.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response};
use serde_json::Value;
use standin::idp::{RunningIdp, RunningRealm};
use tower::ServiceExt as _;
use url::{Url, form_urlencoded};

use super::Answer;

/// A browser at one town.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub host: String,
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn new(router: Router, town: &str) -> Self {
        Self {
            router,
            host: format!("{town}.localhost:8080"),
            cookies: BTreeMap::new(),
        }
    }

    /// Sends a request as it is, with the browser's cookies, and keeps those that come back.
    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let (mut parts, body) = request.into_parts();
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        if !cookies.is_empty() {
            parts
                .headers
                .insert("cookie", cookies.join("; ").parse().unwrap());
        }
        let request = Request::from_parts(parts, body);
        let answer = Answer::read(self.router.clone().oneshot(request).await.unwrap()).await;
        for set in answer.headers.get_all("set-cookie") {
            let (pair, attributes) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Asks for something that does not end by itself; what it answers is read by whoever asked.
    pub async fn open(&self, path: &str) -> Response<Body> {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self
            .ask(Method::GET, path)
            .header("cookie", cookies.join("; "))
            .body(Body::empty())
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// A request from the town's own page, to be completed.
    pub fn ask(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let own = format!("http://{}", self.host);
        let mut request = Request::builder()
            .method(&method)
            .uri(path)
            .header("host", &self.host);
        if method != Method::GET {
            request = request
                .header("origin", own)
                .header("sec-fetch-site", "same-origin");
        }
        request
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.ask(Method::GET, path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    pub async fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self
            .ask(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub async fn post_json(&mut self, path: &str, body: &Value) -> Answer {
        self.post_text(path, "application/json", body.to_string())
            .await
    }

    pub async fn post_text(
        &mut self,
        path: &str,
        content_type: &str,
        body: impl Into<Body>,
    ) -> Answer {
        let request = self
            .ask(Method::POST, path)
            .header("content-type", content_type)
            .body(body.into())
            .unwrap();
        self.send(request).await
    }

    /// Goes to the staff's issuer and is `colleague` there; gives the callback's path and query.
    pub async fn choose_colleague(
        &mut self,
        idp: &RunningIdp,
        colleague: &str,
        return_to: &str,
    ) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("return_to", return_to)
            .finish();
        let begun = self.get(&format!("/staff/sign-in?{query}")).await;
        self.show_card(idp.staff(), &begun, colleague).await
    }

    /// Signs in as one of the staff; the answer is the callback's.
    pub async fn sign_in_staff(
        &mut self,
        idp: &RunningIdp,
        colleague: &str,
        return_to: &str,
    ) -> Answer {
        let callback = self.choose_colleague(idp, colleague, return_to).await;
        self.get(&callback).await
    }

    /// The form token of a page.
    pub async fn token(&mut self, page: &str) -> String {
        let page = self.get(page).await;
        assert_eq!(page.status, 200, "{}", page.text());
        hidden(&page.text(), "token")
    }

    /// Goes to the card service and chooses a card; gives the callback's path and query.
    pub async fn choose_card(&mut self, idp: &RunningIdp, card: &str, return_to: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("return_to", return_to)
            .finish();
        let begun = self.get(&format!("/auth/start?{query}")).await;
        self.show_card(idp, &begun, card).await
    }

    /// Follows an answer that leads to the card service and chooses a card there; gives the
    /// callback's path and query.
    pub async fn show_card(&self, idp: &RunningRealm, begun: &Answer, card: &str) -> String {
        assert_eq!(begun.status, 303, "{}", begun.text());
        let outside = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let page = outside
            .get(begun.header("location").unwrap())
            .send()
            .await
            .unwrap();
        let request = hidden(&page.text().await.unwrap(), "request");
        let choose = format!("{}/login-actions/card", idp.issuer());
        let form = [("request", &*request), ("card", card)];
        let back = outside.post(choose).form(&form).send().await.unwrap();
        let back = back
            .headers()
            .get("location")
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let back = Url::parse(&back).unwrap();
        assert_eq!(
            format!("{}:{}", back.host_str().unwrap(), back.port().unwrap()),
            self.host
        );
        format!("{}?{}", back.path(), back.query().unwrap_or_default())
    }

    /// Presses a button of the profile page (`action`), with what else its form holds.
    pub async fn press(&mut self, action: &str, more: &[(&str, &str)]) -> Answer {
        let token = self.token("/profile").await;
        let fields = [("token", &*token), ("action", action)];
        self.post_form("/profile", &[&fields[..], more].concat())
            .await
    }

    /// Presses a button that asks for a card, and shows this one; the answer is the callback's.
    pub async fn press_and_show(&mut self, idp: &RunningIdp, action: &str, card: &str) -> Answer {
        let begun = self.press(action, &[]).await;
        let callback = self.show_card(idp, &begun, card).await;
        self.get(&callback).await
    }

    /// Signs in with a card; the answer is the callback's.
    pub async fn sign_in(&mut self, idp: &RunningIdp, card: &str, return_to: &str) -> Answer {
        let callback = self.choose_card(idp, card, return_to).await;
        self.get(&callback).await
    }
}

/// The value of a hidden field.
pub fn hidden(page: &str, name: &str) -> String {
    let input = page
        .split("<input")
        .find(|input| input.contains(&format!("name=\"{name}\"")))
        .unwrap_or_else(|| panic!("no field {name} in {page}"));
    let (_, value) = input.split_once("value=\"").unwrap();
    value.split_once('"').unwrap().0.to_owned()
}
