//! The authorization endpoint: every rule of identity.md §1's table, then the cards.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;
use url::Url;

use super::faults::{Fault, Site};
use super::page;
use super::server::{AuthRequest, Grant, Idp, opaque};
use super::{Person, Realm};

/// The parameters of the service's own list; any other is refused.
const KNOWN: [&str; 9] = [
    "response_type",
    "scope",
    "client_id",
    "redirect_uri",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "acr_values",
];

/// Why a request is refused. Only one that names a registered address may be sent back there.
enum Refused {
    Page(String),
    Redirect {
        to: String,
        state: Option<String>,
        error: &'static str,
        description: String,
    },
}

/// `GET auth`: checks the request and lays out the cards.
pub(super) async fn ask(State(idp): State<Arc<Idp>>, RawQuery(query): RawQuery) -> Response {
    match check(&idp, &query.unwrap_or_default()) {
        Ok(request) => {
            let Some(client) = idp.client(&request.client_id) else {
                return refuse(Refused::Page("client_id".to_owned()));
            };
            let id = opaque();
            let html = match idp.realm {
                Realm::Residents => page::cards(client, &idp.people, &request.scope, &id),
                Realm::Staff => page::colleagues(client, &idp.people, &id),
            };
            idp.locked().requests.insert(id, request);
            Html(html).into_response()
        }
        Err(refused) => refuse(refused),
    }
}

/// The form of the card page.
#[derive(Deserialize)]
pub(super) struct Choice {
    request: String,
    #[serde(default)]
    card: String,
    /// What a card says that was made on the page.
    #[serde(default)]
    name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    birthdate: String,
}

impl Choice {
    /// Whose card lies there, if one does.
    fn person(self, people: &[Person]) -> Option<Person> {
        if self.card != page::OWN_CARD {
            return people.iter().find(|it| it.id == self.card).cloned();
        }
        (!self.name.is_empty()).then(|| Person {
            id: format!("own:{}", self.name),
            town: String::new(),
            note: String::new(),
            name: self.name,
            address: self.address,
            birthdate: self.birthdate,
            gender: "2".to_owned(),
        })
    }
}

/// `POST login-actions/card`: a card was chosen, or 「中止」 without one.
pub(super) async fn choose(State(idp): State<Arc<Idp>>, Form(choice): Form<Choice>) -> Response {
    let Some(request) = idp.locked().requests.remove(&choice.request) else {
        let gone = "この手続きは終わっています。元のサイトからやり直してください。";
        return (StatusCode::BAD_REQUEST, Html(page::refused(gone))).into_response();
    };
    let mut answer = vec![("session_state".to_owned(), opaque())];
    match choice.person(&idp.people) {
        Some(person) => {
            let code = opaque();
            let grant = Grant {
                request: request.clone(),
                person,
                at: idp.now(),
            };
            idp.locked().codes.insert(code.clone(), grant);
            answer.push(("code".to_owned(), code));
        }
        None => {
            answer.push(("error".to_owned(), "access_denied".to_owned()));
            answer.push(("error_description".to_owned(), "User cancelled".to_owned()));
        }
    }
    answer.push(("state".to_owned(), request.state.clone()));
    apply_faults(&idp, &mut answer);
    redirect(&request.redirect_uri, &answer)
}

fn apply_faults(idp: &Idp, answer: &mut Vec<(String, String)>) {
    let mut set = |key: &str, value: String| {
        answer.retain(|(name, _)| name != key);
        answer.push((key.to_owned(), value));
    };
    for fault in idp.faults.at(Site::Callback) {
        match fault {
            Fault::StateSwap => set("state", opaque()),
            Fault::MixupIss => set("iss", "https://other.example/api/realms/main".to_owned()),
            Fault::OwnIss => set("iss", idp.issuer.clone()),
            Fault::AuthorizeError { error, description } => {
                set("error", error);
                set("error_description", description);
                set("code", String::new());
            }
            _ => {}
        }
    }
    answer.retain(|(name, value)| name != "code" || !value.is_empty());
}

fn check(idp: &Idp, query: &str) -> Result<AuthRequest, Refused> {
    let mut given: HashMap<String, String> = HashMap::new();
    let mut doubled = None;
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        if given.insert(name.to_string(), value.into_owned()).is_some() {
            doubled = Some(name.into_owned());
        }
    }
    let client = given
        .get("client_id")
        .and_then(|id| idp.client(id))
        .ok_or_else(|| Refused::Page("client_id が登録されていません。".to_owned()))?;
    let redirect_uri = given
        .get("redirect_uri")
        .filter(|uri| client.redirect_uris.contains(uri))
        .ok_or_else(|| Refused::Page("redirect_uri が登録されていません。".to_owned()))?;

    let refuse = |error: &'static str, description: String| Refused::Redirect {
        to: redirect_uri.clone(),
        state: given.get("state").cloned(),
        error,
        description,
    };
    let invalid = |description: String| refuse("invalid_request", description);
    if let Some(name) = doubled {
        return Err(invalid(format!("{name} is given twice")));
    }
    if let Some(name) = given.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(invalid(format!(
            "{name} is not a parameter of this service"
        )));
    }
    let required = |name: &str, max: usize, allowed: fn(u8) -> bool| {
        given
            .get(name)
            .filter(|value| (1..=max).contains(&value.len()) && value.bytes().all(allowed))
            .cloned()
            .ok_or_else(|| invalid(format!("{name} is missing or malformed")))
    };
    let printable = |byte: u8| matches!(byte, 0x20..=0x7e);
    let base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if required("response_type", 255, printable)? != "code" {
        return Err(refuse("unsupported_response_type", "only code".to_owned()));
    }
    let state = required("state", 255, printable)?;
    let nonce = required("nonce", 255, printable)?;
    let code_challenge = required("code_challenge", 128, base64url)?;
    if required("code_challenge_method", 255, printable)? != "S256" {
        return Err(invalid("code_challenge_method must be S256".to_owned()));
    }
    let scope: Vec<String> = required("scope", 255, printable)?
        .split(' ')
        .map(str::to_owned)
        .collect();
    if !scope.iter().any(|scope| scope == "openid")
        || scope
            .iter()
            .any(|scope| !idp.realm.scopes().contains(&scope.as_str()))
    {
        return Err(refuse(
            "invalid_scope",
            format!("{} only", idp.realm.scopes().join(", ")),
        ));
    }
    let asked = given
        .get("acr_values")
        .map(String::as_str)
        .unwrap_or_default();
    let acr = asked
        .split(' ')
        .find(|value| value.starts_with("aal"))
        .unwrap_or("aal3");
    Ok(AuthRequest {
        client_id: client.client_id.clone(),
        redirect_uri: redirect_uri.clone(),
        scope,
        state,
        nonce,
        code_challenge,
        acr: acr.to_owned(),
    })
}

fn refuse(refused: Refused) -> Response {
    match refused {
        Refused::Page(why) => (StatusCode::BAD_REQUEST, Html(page::refused(&why))).into_response(),
        Refused::Redirect {
            to,
            state,
            error,
            description,
        } => {
            let mut answer = vec![
                ("error".to_owned(), error.to_owned()),
                ("error_description".to_owned(), description),
            ];
            answer.extend(state.map(|state| ("state".to_owned(), state)));
            redirect(&to, &answer)
        }
    }
}

fn redirect(to: &str, answer: &[(String, String)]) -> Response {
    let Ok(mut url) = Url::parse(to) else {
        let why = "redirect_uri が正しいURLではありません。";
        return (StatusCode::BAD_REQUEST, Html(page::refused(why))).into_response();
    };
    url.query_pairs_mut().extend_pairs(answer);
    (StatusCode::FOUND, [(header::LOCATION, String::from(url))]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(name: &str, address: &str) -> Option<Person> {
        let choice = Choice {
            request: String::new(),
            card: page::OWN_CARD.to_owned(),
            name: name.to_owned(),
            address: address.to_owned(),
            birthdate: "20100501".to_owned(),
        };
        choice.person(&[])
    }

    #[test]
    fn a_card_that_was_made_is_its_name_wherever_it_says_one_lives() {
        let before = made("見本　太郎", "京都府相楽郡精華町大字見本1番地").unwrap();
        let after = made("見本　太郎", "京都府木津川市見本台1番地").unwrap();
        assert_eq!(before.id, after.id);
        assert_ne!(before.address, after.address);
        assert_eq!(made("", "京都府木津川市見本台1番地"), None);
    }
}
