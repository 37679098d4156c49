//! The screens' host (画面の配信): Leptos renders, axum answers.

use std::sync::Arc;

use app::{FormSeed, FormState, Host, Visit};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use contract::{Call, Fault};
use leptos::nonce::use_nonce;
use leptos::prelude::{expect_context, provide_context};
use leptos_axum::{ResponseOptions, generate_route_list, render_app_async_with_context};

use super::session::Caller;
use super::{AppState, headers, refused};

/// Every page of the screens, on GET.
pub(super) fn routes(_state: &AppState) -> Router<AppState> {
    generate_route_list(app::App)
        .iter()
        .fold(Router::new(), |router, page| {
            router.route(page.path(), get(show))
        })
}

/// A page as it is asked for.
async fn show(State(state): State<AppState>, caller: Caller, request: Request) -> Response {
    render(&state, &caller, FormState::default(), request).await
}

/// No such page, in the town's own frame.
pub(super) async fn not_found(
    State(state): State<AppState>,
    caller: Caller,
    request: Request,
) -> Response {
    let mut response = render(&state, &caller, FormState::default(), request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Renders the page at the request's address; after a refused form with what was typed.
pub(super) async fn render(
    state: &AppState,
    caller: &Caller,
    form: FormState,
    request: Request,
) -> Response {
    let seed = FormSeed {
        token: caller.form_token(),
        submission: state.chance.id(caller.call.now()),
    };
    let (house, bundle, call) = (state.desk.clone(), state.bundle.clone(), caller.call);
    let tenant = Arc::clone(&caller.tenant);
    let contexts = move || {
        let options: ResponseOptions = expect_context();
        let nonce = use_nonce();
        let policy = headers::page_policy(nonce.as_deref(), &tenant.form_targets);
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
        provide_context(Visit {
            house: house.clone(),
            staff: house.clone(),
            lets_staff_in: tenant.lets_staff_in(),
            call,
            seed: seed.clone(),
            form: form.clone(),
            host: Arc::new(PageHost { call, options }),
            bundle: bundle.clone(),
        });
    };
    // Pages are always read with GET semantics, whatever the form was sent with.
    let (mut parts, _body) = request.into_parts();
    parts.method = axum::http::Method::GET;
    let request = Request::from_parts(parts, axum::body::Body::empty());
    render_app_async_with_context(contexts, app::shell)(request)
        .await
        .into_response()
}

/// What a page may say about its own answer.
struct PageHost {
    call: Call,
    options: ResponseOptions,
}

impl Host for PageHost {
    fn status(&self, code: u16) {
        if let Ok(status) = StatusCode::from_u16(code) {
            self.options.set_status(status);
        }
    }

    fn see_other(&self, path: &str) {
        if let Ok(location) = HeaderValue::from_str(path) {
            self.options.insert_header(header::LOCATION, location);
            self.options.set_status(StatusCode::SEE_OTHER);
        }
    }

    fn broken(&self, fault: &Fault) {
        refused::log(&self.call, fault);
    }
}
