//! The built front end, and the headers that keep it to itself.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::origin::Names;

#[derive(RustEmbed)]
#[folder = "../../src-ui/dist"]
#[allow_missing = true]
struct FrontEnd;

const INDEX: &str = "index.html";
const NOT_BUILT: &str = "The front end is not built. Run `npm ci && npm run build` in src-ui, then build and \
                         start Conclave again; `cargo xtask run` does all of it.\n";

pub(crate) async fn serve(method: Method, uri: Uri) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, "Only GET.\n").into_response();
    }
    match uri.path() {
        "/" | "/join" => index(),
        path => asset(path.trim_start_matches('/')),
    }
}

/// Nothing but our own files and our own socket; nobody may frame the page (PA12).
pub(crate) fn guard(names: &Names, authority: &str, headers: &mut HeaderMap) {
    let socket = names.socket_scheme();
    let policy = format!(
        "default-src 'self'; connect-src 'self' {socket}://{authority}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; \
         form-action 'none'"
    );
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = HeaderValue::try_from(policy);
    let policy = policy.unwrap_or(HeaderValue::from_static("default-src 'none'"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
}

fn index() -> Response {
    match FrontEnd::get(INDEX) {
        Some(file) => answer(file, INDEX, "no-cache"),
        None => (StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT).into_response(),
    }
}

fn asset(path: &str) -> Response {
    // Vite names what is in this folder by its content.
    let keep = match path.starts_with("assets/") {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    match FrontEnd::get(path) {
        Some(file) => answer(file, path, keep),
        None => (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response(),
    }
}

fn answer(file: EmbeddedFile, path: &str, keep: &'static str) -> Response {
    let mut response = Response::new(Body::from(file.data));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

/// What a build of the front end is made of.
fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "map" | "webmanifest") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        Some(_) | None => "application/octet-stream",
    }
}
