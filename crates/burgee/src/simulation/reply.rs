//! `--reply STEP=FILE`: what a server would answer.

use std::path::Path;

use burgee_http::Response;
use burgee_source::{Kind, Map, Node, Sources};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::Places;
use crate::{exit::Failure, input};

/// The keys of a file that is a whole answer.
const KEYS: [&str; 3] = ["status", "header", "body"];
const WHOLE: &str = "a file with nothing but `status`, `header` and `body` is an answer; any other file is the body itself";

/// An answer for the requests of a step.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    /// The step.
    pub(crate) step: String,
    /// What it is answered.
    pub(crate) response: Response,
}

// === impl Reply ===

impl Reply {
    /// Reads the flag and its file.
    pub(crate) fn parse(text: &str, places: &Places) -> Result<Self, Failure> {
        let Some((step, path)) = text.split_once('=') else {
            return Err(Failure::usage(format!(
                "--reply {text}: expected STEP=FILE"
            )));
        };
        let flag = format!("--reply {step}");
        let step = places.asker(step).map_err(|failure| failure.about(&flag))?;
        let response = read(Path::new(path)).map_err(|failure| failure.about(&flag))?;
        Ok(Self { step, response })
    }
}

fn read(path: &Path) -> Result<Response, Failure> {
    let mut sources = Sources::default();
    let file = input::source(path, &mut sources).map_err(Failure::usage)?;
    let text = sources.text(file).to_owned();
    let (documents, _) = burgee_manifest::documents(&sources, file);
    let whole = match &*documents {
        [one] => one
            .as_map()
            .filter(|map| !map.is_empty() && map.iter().all(|(key, _)| KEYS.contains(&key))),
        _ => None,
    };
    match whole {
        Some(map) => answer(map)
            .map_err(|why| Failure::usage(format!("{}: {why}", path.display())).hint(WHOLE)),
        None => Ok(with_body(Response::new(StatusCode::OK), text)),
    }
}

/// The answer that a map says.
fn answer(map: &Map) -> Result<Response, String> {
    let mut response = Response::new(StatusCode::OK);
    if let Some(status) = map.get("status") {
        let number = status.as_number().and_then(burgee_source::Number::as_i64);
        let code = number.and_then(|number| u16::try_from(number).ok());
        let code = code.and_then(|code| StatusCode::from_u16(code).ok());
        response.status = code.ok_or("`status` is not an HTTP status, such as 200")?;
    }
    if let Some(given) = map.get("header") {
        let given = given
            .as_map()
            .ok_or("`header` is not a map of names and texts")?;
        response.headers = headers(given)?;
    }
    Ok(match map.get("body") {
        None => response,
        Some(body) => match &body.kind {
            Kind::String(text) => with_body(response, text.clone()),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => {
                with_body(response, body.to_json_text())
            }
        },
    })
}

fn headers(given: &Map) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, entry) in given.iter() {
        let wrong = || format!("header `{name}` cannot be written as HTTP");
        let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
        let one = std::slice::from_ref(&entry.value);
        for value in entry.value.as_list().unwrap_or(one) {
            let text = text(value).ok_or_else(wrong)?;
            let value = HeaderValue::from_str(&text).map_err(|_| wrong())?;
            headers.append(parsed.clone(), value);
        }
    }
    Ok(headers)
}

/// A scalar as text: `retry-after: 3` means what it looks like.
fn text(value: &Node) -> Option<String> {
    match &value.kind {
        Kind::String(text) => Some(text.clone()),
        Kind::Bool(_) | Kind::Number(_) => Some(value.to_json_text()),
        Kind::Null | Kind::List(_) | Kind::Map(_) => None,
    }
}

fn with_body(mut response: Response, body: String) -> Response {
    if serde_json::from_str::<serde::de::IgnoredAny>(&body).is_ok() {
        let json = HeaderValue::from_static("application/json");
        response.headers.entry(header::CONTENT_TYPE).or_insert(json);
    }
    response.body = Bytes::from(body);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Response, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("reply.yaml");
        std::fs::write(&path, text).expect("a file");
        read(&path).map_err(|failure| failure.message)
    }

    #[test]
    fn file_with_nothing_but_the_three_keys_is_a_whole_answer() {
        let answer =
            of("status: 201\nheader: {X-Left: 3, via: [a, b]}\nbody: {id: 7}").expect("one");
        assert_eq!(answer.status, 201);
        assert_eq!(answer.headers["x-left"], "3");
        assert_eq!(answer.headers.get_all("via").iter().count(), 2);
        assert_eq!(answer.headers["content-type"], "application/json");
        assert_eq!(answer.body, r#"{"id":7}"#);
    }

    #[test]
    fn any_other_file_is_the_body_letter_for_letter() {
        for text in [
            "{\"id\": 7}\n",
            "plain words",
            "status: 200\nmore: 1\n",
            "",
            "[1, 2",
            "a: 1\n---\nb: 2\n",
        ] {
            let answer = of(text).expect("a body");
            assert_eq!(
                (answer.status.as_u16(), &*answer.body),
                (200, text.as_bytes())
            );
        }
    }

    #[test]
    fn answer_that_is_no_http_is_refused() {
        for text in [
            "status: fine",
            "status: 12345",
            "header: [a]",
            "header: {a b: c}",
            "header: {a: {}}",
        ] {
            assert!(of(text).is_err(), "{text}");
        }
    }
}
