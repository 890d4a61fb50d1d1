//! Reads the parameters of a call into a request; every problem at once.

use std::time::Duration;

use burgee_http::{Request, SecretUrl};
use burgee_model::{SecretRef, duration};
use burgee_source::{Diagnostic, Fields, Kind, Lang, Map, Node, Text};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    http::{Action, Lookup},
    words,
};

/// How long a request may take where nothing else is said.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(15);
/// The longest `timeout` of a request.
pub const MAX_TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// What a server sees as its caller. Some refuse requests without it.
const USER_AGENT: &str = concat!("burgee/", env!("CARGO_PKG_VERSION"));

/// Headers that say how a message is carried: the client's business, and a second opinion is how requests are smuggled.
const CARRIAGE: [HeaderName; 6] = [
    header::HOST,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::TE,
];

/// The request of a call and how long it may take; or everything that is wrong with it, without any secret.
pub(crate) fn read(
    action: Action,
    params: &Node,
    secret: Lookup<'_>,
    lang: Lang,
) -> Result<(Request, Duration), Vec<String>> {
    let mut reader = Reader {
        secret,
        lang,
        problems: Vec::new(),
    };
    let mut shape = Vec::new();
    let mut fields = Fields::new(params, "`http`", &mut shape);
    let method = reader.method(action, fields.optional_str("method").map(|text| text.value));
    let url = fields.required("url").and_then(|url| reader.url(url));
    let request = fields.optional_map("request");
    reader.refuse_if(fields.optional("tls_config"), "tls_config");
    fields.finish();
    let nothing = Node::map([]);
    let mut fields = Fields::new(request.unwrap_or(&nothing), "`request`", &mut shape);
    let body = fields.optional_str("body").map(|text| text.value);
    let given = fields.optional_map("header").and_then(Node::as_map);
    let from_secrets = fields.list("headersFromSecret");
    let timeout = reader.timeout(fields.optional_str("timeout").map(|text| text.value));
    reader.refuse_if(fields.optional("trailer"), "trailer");
    reader.refuse_if(fields.optional("ratelimiter"), "ratelimiter");
    fields.finish();
    let headers = reader.headers(given, from_secrets, body.is_some(), &mut shape);
    let shape = shape
        .iter()
        .map(|problem: &Diagnostic| problem.message(lang));
    let mut problems: Vec<String> = shape.collect();
    problems.append(&mut reader.problems);
    let (Some(method), Some(url), true) = (method, url, problems.is_empty()) else {
        return Err(problems);
    };
    let body = Bytes::from(body.unwrap_or_default().to_owned());
    let request = Request {
        method,
        url,
        headers,
        body,
    };
    Ok((request, timeout))
}

struct Reader<'a> {
    secret: Lookup<'a>,
    lang: Lang,
    problems: Vec<String>,
}

// === impl Reader ===

impl Reader<'_> {
    fn report(&mut self, text: Text, args: &[(&'static str, String)]) {
        self.problems.push(text.render(self.lang, args));
    }

    fn refuse_if(&mut self, found: Option<&Node>, field: &str) {
        if found.is_some() {
            self.report(words::NOT_CARRIED_OUT, &[("field", field.to_owned())]);
        }
    }

    fn method(&mut self, action: Action, given: Option<&str>) -> Option<Method> {
        let methods = action.methods();
        let found = match given {
            None => methods.first().copied(),
            Some(given) => methods.iter().copied().find(|method| *method == given),
        };
        if found.is_none() {
            let args = [
                ("action", action.name().to_owned()),
                ("methods", methods.join(", ")),
            ];
            self.report(words::METHOD, &args);
        }
        found.and_then(|method| method.parse().ok())
    }

    fn url(&mut self, node: &Node) -> Option<SecretUrl> {
        let text = match &node.kind {
            Kind::String(text) => SecretString::from(text.as_str()),
            Kind::Map(map) => {
                let reference = map.get("secretRef").filter(|_| map.len() == 1);
                match reference.and_then(secret_ref) {
                    Some(reference) => self.look_up(&reference)?,
                    None => {
                        self.report(words::URL_SHAPE, &[]);
                        return None;
                    }
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) => {
                self.report(words::URL_SHAPE, &[]);
                return None;
            }
        };
        match text.expose_secret().trim().parse() {
            Ok(url) => Some(url),
            Err(error) => {
                let text = words::url_error(error);
                self.report(text, &[]);
                None
            }
        }
    }

    fn look_up(&mut self, reference: &SecretRef) -> Option<SecretString> {
        match (self.secret)(reference) {
            Ok(value) => Some(value),
            Err(error) => {
                let message = words::secret_error(&error, self.lang);
                self.problems.push(message);
                None
            }
        }
    }

    fn timeout(&mut self, given: Option<&str>) -> Duration {
        let Some(given) = given else {
            return DEFAULT_TIMEOUT;
        };
        match duration(given) {
            Ok(timeout) if !timeout.is_zero() && timeout <= MAX_TIMEOUT => timeout,
            Ok(_) | Err(_) => {
                self.report(words::TIMEOUT, &[("timeout", given.to_owned())]);
                DEFAULT_TIMEOUT
            }
        }
    }

    fn headers(
        &mut self,
        given: Option<&Map>,
        from_secrets: &[Node],
        has_body: bool,
        shape: &mut Vec<Diagnostic>,
    ) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, entry) in given.into_iter().flat_map(Map::iter) {
            match entry.value.as_str() {
                Some(value) => self.header(name, value, false, &mut headers),
                None => self.report(words::HEADER_VALUE, &[("name", name.to_owned())]),
            }
        }
        for item in from_secrets {
            let mut fields = Fields::new(item, "`headersFromSecret`", shape);
            let name = fields.required_str("header");
            let secret = fields.required_str("secret");
            let key = fields.required_str("key");
            fields.finish();
            let (Some(name), Some(secret), Some(key)) = (name, secret, key) else {
                continue;
            };
            let (secret, key) = (secret.value.to_owned(), key.value.to_owned());
            let reference = SecretRef { name: secret, key };
            if let Some(value) = self.look_up(&reference) {
                self.header(name.value, value.expose_secret(), true, &mut headers);
            }
        }
        if has_body {
            let json = HeaderValue::from_static("application/json");
            headers.entry(header::CONTENT_TYPE).or_insert(json);
        }
        let ours = HeaderValue::from_static(USER_AGENT);
        headers.entry(header::USER_AGENT).or_insert(ours);
        headers
    }

    fn header(&mut self, name: &str, value: &str, secret: bool, headers: &mut HeaderMap) {
        let Ok(parsed) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.report(words::HEADER_NAME, &[("name", name.to_owned())]);
        };
        if CARRIAGE.contains(&parsed) {
            return self.report(words::CARRIAGE, &[("name", name.to_owned())]);
        }
        let Ok(mut value) = HeaderValue::from_bytes(value.as_bytes()) else {
            return self.report(words::HEADER_VALUE, &[("name", name.to_owned())]);
        };
        value.set_sensitive(secret);
        headers.insert(parsed, value);
    }
}

fn secret_ref(node: &Node) -> Option<SecretRef> {
    let part = |key| Some(node.get_str(key)?.value.to_owned());
    Some(SecretRef {
        name: part("name")?,
        key: part("key")?,
    })
}
