//! What holds for every call, worked out from the description of them all:
//! parameters that a call does not take are refused, what is refused reads the
//! same everywhere, and the description says what may be refused.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::idempotency::MAX_KEY;
use crate::domain::FieldError;
use crate::web::error::ApiError;

const METHODS: [&str; 4] = ["get", "put", "post", "delete"];

/// The names of the parameters of each call, by its path and method.
pub struct Parameters(HashMap<(String, String), Vec<String>>);

impl Parameters {
    pub fn described(description: &Value) -> Arc<Self> {
        let mut all = HashMap::new();
        for (path, item) in description["paths"].as_object().into_iter().flatten() {
            for method in METHODS.iter().filter(|m| item.get(**m).is_some()) {
                let of_call = item[method]["parameters"].as_array().into_iter().flatten();
                let in_query = of_call.filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
                let names = in_query.map(str::to_owned).collect();
                all.insert((path.clone(), method.to_uppercase()), names);
            }
        }
        Arc::new(Self(all))
    }
}

/// Refuses parameters that the call does not take: somebody who misspells one
/// must not believe the answer.
pub async fn known_parameters(
    State(known): State<Arc<Parameters>>,
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Response {
    let call = (path.as_str().to_owned(), request.method().as_str().to_owned());
    let query = request.uri().query().unwrap_or_default();
    let Some(names) = known.0.get(&call).filter(|_| !query.is_empty()) else {
        return next.run(request).await;
    };
    let says = match names.is_empty() {
        true => "This call takes none.".to_owned(),
        false => format!("Use {}.", names.join(", ")),
    };
    let wrong: Vec<FieldError> = url::form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| !names.iter().any(|n| n == name))
        .map(|(name, _)| {
            FieldError::new(pointer(&name), format!("There is no parameter \"{name}\" here. {says}"))
        })
        .collect();
    if wrong.is_empty() { next.run(request).await } else { ApiError::fields(wrong).into_response() }
}

/// The JSON pointer to a field (RFC 6901); to the whole for an empty name.
pub fn pointer(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("/{}", name.replace('~', "~0").replace('/', "~1")) }
}

/// The parameters of a call; one that cannot be read is a wrong field.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Query(asked) = Query::try_from_uri(&parts.uri).map_err(|rejection| {
            // "Failed to deserialize query string: NAME: why"
            let text = rejection.body_text();
            let (name, why) = match text.splitn(3, ": ").collect::<Vec<_>>()[..] {
                [_, name, why] => (name, why),
                _ => ("", text.as_str()),
            };
            ApiError::fields(vec![FieldError::new(pointer(name), format!("This cannot be read: {why}."))])
        })?;
        Ok(Self(asked))
    }
}

/// What axum and the layers themselves refuse (a wrong method, an id that is none,
/// too large a body) reads like everything else.
pub async fn plain_rejections(request: Request, next: Next) -> Response {
    let is_call = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|t| t.contains("json"));
    if !is_call || json || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (status, detail) = match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            (status, "This address takes another method. /api/openapi.json lists them.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => (status, "The body is too large. Send at most 1 MiB."),
        // A part of the address that is not what belongs there, such as an id.
        StatusCode::BAD_REQUEST => {
            (StatusCode::NOT_FOUND, "Nothing has this address. /api/openapi.json says what belongs in it.")
        }
        _ if status.is_server_error() => (
            status,
            "Something went wrong on our side. It may have been done: look before you send it again.",
        ),
        _ => (status, "The address of this call is not right. /api/openapi.json says what belongs in it."),
    };
    ApiError::new(status, detail).into_response()
}

/// Gives every call a name that no other has, and every answer a description and a
/// shape: where none is given it is a JSON object.
pub fn describe_answers(description: &mut Value) {
    for (path, item) in description["paths"].as_object_mut().into_iter().flatten() {
        for method in METHODS {
            let Some(call) = item.get_mut(method) else { continue };
            call["operationId"] = json!(operation(method, path));
            for (status, answer) in call["responses"].as_object_mut().into_iter().flatten() {
                if answer["description"].as_str().unwrap_or_default().is_empty() {
                    answer["description"] = json!(outcome(status));
                }
                if status.as_str() < "300" && status != "204" && answer.get("content").is_none() {
                    answer["content"] = json!({"application/json": {"schema": {"type": "object"}}});
                }
            }
        }
    }
}

/// "put_organisations_code_lines": from method and path, so that a new call renames
/// no other.
fn operation(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api/v1/").split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = [method].into_iter().chain(words).filter(|w| !w.is_empty()).collect();
    words.join("_")
}

/// What a status says by itself; of what is refused a call says more
/// ([`refusals`]).
fn outcome(status: &str) -> &'static str {
    match status {
        "201" => "It was made",
        "202" => "It will be done",
        "204" => "It is done, and there is nothing more to say",
        ok if ok < "300" => "What was asked for, or how it is now",
        _ => "",
    }
}

/// Adds to every call what any of its kind may be refused with, and to every
/// `POST` its key.
pub fn describe_refusals(description: &mut Value) {
    for (path, item) in description["paths"].as_object_mut().into_iter().flatten() {
        for method in METHODS {
            let Some(call) = item.get_mut(method) else { continue };
            for (status, why) in refusals(path, method, call) {
                let answer = &mut call["responses"][status];
                if answer["description"].as_str().unwrap_or_default().is_empty() {
                    answer["description"] = json!(why);
                }
            }
            let refused = call["responses"].as_object_mut().into_iter().flatten();
            for (_, answer) in refused.filter(|(status, _)| status.as_str() >= "400") {
                if answer["description"].as_str().unwrap_or_default().is_empty() {
                    answer["description"] = json!("Refused; the problem says why");
                }
                let problem = json!({"schema": {"$ref": "#/components/schemas/Problem"}});
                answer["content"] = json!({"application/problem+json": problem});
            }
            if method == "post" {
                let mut all = call["parameters"].as_array().cloned().unwrap_or_default();
                all.push(json!({"name": "Idempotency-Key", "in": "header", "required": false,
                    "description": "The same key and body give the first answer again.",
                    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY}}));
                call["parameters"] = all.into();
            }
        }
    }
}

/// What a call of this kind may be refused with, and why.
fn refusals(path: &str, method: &str, call: &Value) -> Vec<(&'static str, &'static str)> {
    let (is_read, is_post) = (method == "get", method == "post");
    let asks = call["parameters"].as_array().is_some_and(|all| all.iter().any(|p| p["in"] == "query"));
    let all = [
        (
            "400",
            is_post || call.get("requestBody").is_some(),
            "The body is not a JSON object, or the Idempotency-Key cannot be used",
        ),
        ("401", true, "No token, or one that is not known"),
        ("403", !is_read, "Not for the token's role or place, or a second person has to do it"),
        ("404", path.contains('{'), "Nothing has this address, or nothing that the token may know of"),
        (
            "409",
            is_post,
            "Something else happened first, or the first request with this Idempotency-Key has not answered",
        ),
        ("413", !is_read, "The body is larger than 1 MiB"),
        (
            "422",
            !is_read || asks,
            "Wrong fields or parameters, or an Idempotency-Key that was used with another body",
        ),
        ("503", true, "The database cannot be reached"),
    ];
    all.into_iter().filter(|(_, may_be, _)| *may_be).map(|(status, _, why)| (status, why)).collect()
}
