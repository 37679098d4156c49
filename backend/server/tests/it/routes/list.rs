//! Every route, as the router itself knows it: a list kept by hand would forget the next one.

use std::collections::BTreeMap;

use axum::http::Method;
use leptos_axum::generate_route_list;

use crate::app::TestApp;

/// How it is asked, and its address.
pub type Route = (Method, String);

/// Every route of the router, forms and files and all.
///
/// axum does not give its routes out, but it prints them: `RouteId(7): MethodRouter(… allow_header:
/// Bytes(b"GET,HEAD") …)` beside `RouteId(7): "/counter"`. Should it print them otherwise one day,
/// [`known`] misses them and says so.
pub fn routes(app: &TestApp) -> Vec<Route> {
    let printed = format!("{:?}", app.router);
    let (own, _) = printed.split_once("fallback_router: ").unwrap();
    let (mut paths, mut methods) = (BTreeMap::new(), BTreeMap::new());
    for part in own.split("RouteId(").skip(1) {
        let (id, what) = part.split_once("): ").unwrap();
        if let Some(path) = what.strip_prefix('"') {
            paths.insert(id, path.split('"').next().unwrap());
        } else if what.starts_with("MethodRouter(") {
            let (_, allowed) = what.split_once("allow_header: Bytes(b\"").unwrap();
            methods.insert(id, allowed.split('"').next().unwrap());
        } else {
            // A file.
            methods.insert(id, "GET");
        }
    }
    let mut routes = Vec::new();
    for (id, path) in paths {
        let methods = methods[id].split(',').filter(|method| *method != "HEAD");
        routes.extend(methods.map(|method| (method.parse().unwrap(), path.to_owned())));
    }
    // Looking before doing: a form that worked would change what the next page shows.
    routes.sort_by_key(|(method, path)| (*method != Method::GET, path.clone()));
    known(&routes);
    routes
}

/// What the screens and the API say of themselves is among them.
fn known(routes: &[Route]) {
    let has = |method: &str, path: &str| {
        let there = routes
            .iter()
            .any(|(known, own)| known.as_str() == method && own == path);
        assert!(there, "{method} {path} is not in what the router prints");
    };
    for page in generate_route_list(app::App) {
        has("GET", page.path());
    }
    let document = serde_json::to_value(server::document()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            has(&method.to_uppercase(), &format!("/api/v1{path}"));
        }
    }
    for form in ["/counter/till/{id}", "/manage/closures/{id}", "/sign-out"] {
        has("POST", form);
    }
}
