//! An answer as a call's result.

use burgee_http::Response;
use burgee_source::{Kind, Map, Node, Number};
use http::HeaderMap;

/// `{statusCode, header, body, destination}`.
pub(crate) fn node(answer: &Response, destination: String) -> Node {
    let status = Number::from(i64::from(answer.status.as_u16()));
    // A text, as in KubeVela: bytes that are no UTF-8 become U+FFFD.
    let body = String::from_utf8_lossy(&answer.body);
    Node::map([
        ("statusCode", Kind::Number(status).into()),
        ("header", headers(&answer.headers)),
        ("body", Node::string(body)),
        ("destination", Node::string(destination)),
    ])
}

fn headers(headers: &HeaderMap) -> Node {
    let named = headers.keys().map(|name| {
        let values = headers.get_all(name).iter();
        let values = values.map(|value| Node::string(String::from_utf8_lossy(value.as_bytes())));
        (spelled(name.as_str()), Kind::List(values.collect()).into())
    });
    Kind::Map(named.collect::<Map>()).into()
}

/// `Content-Type`: HTTP does not tell spellings apart, expressions do, and Go spells them so.
fn spelled(name: &str) -> String {
    let mut begins = true;
    let letter = |c: char| {
        let spelled = if begins { c.to_ascii_uppercase() } else { c };
        begins = c == '-';
        spelled
    };
    name.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_headers_are_spelled_as_go_spells_them() {
        for (name, go) in [
            ("content-type", "Content-Type"),
            ("x-ratelimit-remaining", "X-Ratelimit-Remaining"),
            ("etag", "Etag"),
        ] {
            assert_eq!(spelled(name), go);
        }
    }
}
