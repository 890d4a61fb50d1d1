//! Proxies, from the environment that is passed in as data.

use std::{fmt, sync::Arc};

use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Matcher;

use crate::{Error, Kind, Outbound, SecretUrl};

/// The proxies of the environment, with curl's variables and rules. Credentials in them are never shown.
#[derive(Clone, Default)]
pub struct ProxySettings {
    matcher: Option<Arc<Matcher>>,
}

/// How a request gets to its server.
pub(crate) enum Route {
    /// Straight.
    Direct,
    /// Through a proxy that is given the whole URL: `http`.
    Forward(Proxy),
    /// Through a tunnel that the proxy opens: `https`.
    Tunnel(Proxy),
}

/// One proxy.
pub(crate) struct Proxy {
    pub(crate) uri: Uri,
    pub(crate) auth: Option<HeaderValue>,
}

// === impl ProxySettings ===

impl ProxySettings {
    /// Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` through `var`; lower case wins.
    ///
    /// Where `REQUEST_METHOD` is set the process is a CGI script, and `HTTP_PROXY` may be a stranger's
    /// `Proxy:` header: it is not read then.
    #[must_use]
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        let either = |lower: &str, upper: &str| var(lower).or_else(|| var(upper));
        let is_cgi = var("REQUEST_METHOD").is_some();
        let http = if is_cgi {
            var("http_proxy")
        } else {
            either("http_proxy", "HTTP_PROXY")
        };
        let https = either("https_proxy", "HTTPS_PROXY");
        let all = either("all_proxy", "ALL_PROXY");
        if http.is_none() && https.is_none() && all.is_none() {
            return Self::default();
        }
        let matcher = Matcher::builder()
            .http(http.unwrap_or_default())
            .https(https.unwrap_or_default())
            .all(all.unwrap_or_default())
            .no(either("no_proxy", "NO_PROXY").unwrap_or_default())
            .build();
        Self {
            matcher: Some(Arc::new(matcher)),
        }
    }

    /// The way to a URL. Loopback is always reached straight.
    pub(crate) fn route(&self, url: &SecretUrl, outbound: Outbound) -> Result<Route, Error> {
        let matcher = match (&self.matcher, outbound) {
            (Some(matcher), Outbound::Any) if !url.is_loopback() => matcher,
            (Some(_), Outbound::Any | Outbound::LoopbackOnly) | (None, _) => {
                return Ok(Route::Direct);
            }
        };
        let Some(intercept) = matcher.intercept(&origin(url)?) else {
            return Ok(Route::Direct);
        };
        if intercept.uri().scheme() != Some(&http::uri::Scheme::HTTP) {
            let detail = "only proxies with an http:// address are supported";
            return Err(Error::unsent(Kind::Proxy, detail));
        }
        let proxy = Proxy {
            uri: intercept.uri().clone(),
            auth: intercept.basic_auth().cloned(),
        };
        Ok(if url.is_https() {
            Route::Tunnel(proxy)
        } else {
            Route::Forward(proxy)
        })
    }
}

impl fmt::Debug for ProxySettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.matcher {
            Some(_) => "ProxySettings(set)",
            None => "ProxySettings(none)",
        })
    }
}

/// Scheme, host and port of a URL, without its secret part.
pub(crate) fn origin(url: &SecretUrl) -> Result<Uri, Error> {
    let text = format!("{}://{}:{}/", url.scheme(), url.host(), url.port());
    text.parse()
        .map_err(|error| Error::unsent(Kind::Request, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(vars: &[(&str, &str)], url: &str, outbound: Outbound) -> &'static str {
        let settings = ProxySettings::from_env(|name| {
            let found = vars.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        });
        let url = url.parse().expect("a URL");
        match settings.route(&url, outbound) {
            Ok(Route::Direct) => "direct",
            Ok(Route::Forward(_)) => "forward",
            Ok(Route::Tunnel(_)) => "tunnel",
            Err(_) => "error",
        }
    }

    const SET: &[(&str, &str)] = &[
        ("HTTPS_PROXY", "http://user:pass@proxy.test:3128"),
        ("HTTP_PROXY", "http://proxy.test:3128"),
        ("NO_PROXY", "inside.test"),
    ];

    #[test]
    fn https_is_tunnelled_and_http_is_forwarded() {
        assert_eq!(route(SET, "https://a.test/x", Outbound::Any), "tunnel");
        assert_eq!(route(SET, "http://a.test/x", Outbound::Any), "forward");
        assert_eq!(route(&[], "http://a.test/x", Outbound::Any), "direct");
    }

    #[test]
    fn loopback_and_excepted_hosts_are_reached_straight() {
        for url in [
            "http://127.0.0.1/x",
            "http://localhost/x",
            "https://a.inside.test/x",
        ] {
            assert_eq!(route(SET, url, Outbound::Any), "direct", "{url}");
        }
        let only = Outbound::LoopbackOnly;
        assert_eq!(route(SET, "https://a.test/x", only), "direct");
    }

    #[test]
    fn proxy_of_a_cgi_request_is_not_believed() {
        let cgi = [
            ("REQUEST_METHOD", "GET"),
            ("HTTP_PROXY", "http://evil.test"),
        ];
        assert_eq!(route(&cgi, "http://a.test/x", Outbound::Any), "direct");
    }

    #[test]
    fn proxy_of_another_kind_is_an_error_and_not_a_detour() {
        let socks = [("ALL_PROXY", "socks5://proxy.test:1080")];
        assert_eq!(route(&socks, "https://a.test/x", Outbound::Any), "error");
    }

    #[test]
    fn credentials_of_a_proxy_are_not_shown() {
        let settings = ProxySettings::from_env(|name| {
            (name == "HTTPS_PROXY").then(|| "http://user:pass@proxy.test".to_owned())
        });
        assert!(!format!("{settings:?}").contains("pass"));
    }
}
