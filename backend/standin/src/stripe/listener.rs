//! Serves connections, and can cut one without an answer, which axum alone cannot.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

/// Marks a response that must not leave.
#[derive(Clone)]
struct Cut;

/// A response that stands for silence: the connection is closed instead.
#[must_use]
pub fn cut_connection() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Cut);
    response
}

/// Accepts connections until the future is dropped; dropping it closes them all.
pub async fn accept(listener: TcpListener, router: Router) -> Infallible {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        // A failed accept concerns one visitor, never the server.
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(connection(stream, router.clone()));
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let response = match router.oneshot(request.map(Body::new)).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            match response.extensions().get::<Cut>() {
                Some(Cut) => Err(Silence),
                None => Ok(response),
            }
        }
    });
    // The error is the silence we asked for, or a visitor who left.
    let _ended = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

#[derive(Debug)]
struct Silence;

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connection cut on purpose")
    }
}

impl Error for Silence {}
