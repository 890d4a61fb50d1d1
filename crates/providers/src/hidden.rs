//! What is secret in the properties of steps that make requests, for the mask to know before anything is shown.

use burgee_source::{Map, Node};

/// Words in the name of a header that holds a secret.
const SECRET_WORDS: [&str; 6] = ["auth", "cookie", "token", "key", "secret", "password"];

/// The secrets that stand in a step's properties in clear: a webhook's URL, a request's URL where it has a query,
/// headers that say who asks. `step_type` is without its version.
#[must_use]
pub fn secrets_in(step_type: &str, properties: &Node) -> Vec<String> {
    let mut found = Vec::new();
    let url = properties.get("url");
    match step_type {
        "webhook" => {
            let texts = [url, url.and_then(|url| url.get("value"))];
            found.extend(texts.into_iter().flatten().filter_map(Node::as_str));
        }
        "request" => {
            let url = url.and_then(Node::as_str);
            found.extend(url.filter(|url| url.contains('?')));
            let headers = properties.get("header").and_then(Node::as_map);
            for (name, entry) in headers.into_iter().flat_map(Map::iter) {
                if let Some(value) = entry.value.as_str().filter(|_| is_secret(name)) {
                    found.push(value);
                    // `Bearer TOKEN`: the token alone is as good.
                    found.extend(value.split_once(' ').map(|(_, token)| token));
                }
            }
        }
        _ => {}
    }
    found
        .into_iter()
        .map(|text| text.trim().to_owned())
        .collect()
}

fn is_secret(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    SECRET_WORDS.iter().any(|word| header.contains(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_of_webhooks_and_requests_are_found() {
        let url = "https://a.test/hook";
        for given in [json!(url), json!({ "value": url })] {
            let properties = Node::from(json!({ "url": given }));
            assert_eq!(secrets_in("webhook", &properties), [url]);
            assert_eq!(secrets_in("suspend", &properties), [""; 0]);
        }
        let properties = Node::from(json!({
            "url": "https://a.test/?access=abc",
            "header": { "authorization": "Bearer abc", "Accept": "text/plain", "X-Api-Key": "def" },
        }));
        assert_eq!(
            secrets_in("request", &properties),
            ["https://a.test/?access=abc", "Bearer abc", "abc", "def"]
        );
        let public = Node::from(json!({ "url": "https://a.test/repos" }));
        assert_eq!(secrets_in("request", &public), [""; 0]);
    }

    #[test]
    fn reference_to_a_secret_is_none() {
        let properties = json!({ "url": { "secretRef": { "name": "s", "key": "k" } } });
        assert_eq!(secrets_in("webhook", &properties.into()), [""; 0]);
    }
}
