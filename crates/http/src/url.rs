//! A URL that is a secret: whoever has it can post.

use std::{fmt, str::FromStr};

use ::url::{Host, ParseError, Url};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use crate::address;

/// An `http` or `https` URL. `Debug` does not show its secret part, and there is no `Display`.
#[derive(Clone)]
pub struct SecretUrl {
    text: SecretString,
    secure: bool,
    host: Host<String>,
    port: u16,
}

/// Why a text is no URL to send to. Never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Nothing there.
    #[error("it is empty")]
    Empty,
    /// No URL at all.
    #[error("it is not a URL: {0}")]
    Syntax(ParseError),
    /// Neither `http` nor `https`.
    #[error("it does not begin with https://")]
    Scheme,
    /// `user:password@` before the host: the usual disguise of another host.
    #[error("it has a user name before the host")]
    UserInfo,
}

// === impl SecretUrl ===

impl SecretUrl {
    /// The URL in clear: for the wire, and for teaching a [`Redactor`](crate::Redactor).
    #[must_use]
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    /// Scheme, host and six digits that tell URLs apart: fit for every log and report.
    #[must_use]
    pub fn redacted(&self) -> String {
        let digest = Sha256::digest(self.expose());
        let [a, b, c] = [digest[0], digest[1], digest[2]];
        format!(
            "{}://{}/…#{a:02x}{b:02x}{c:02x}",
            self.scheme(),
            self.authority()
        )
    }

    /// True when it names this very machine: a loopback address in any spelling, or `localhost`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Domain(name) => address::is_localhost(name),
            Host::Ipv4(ip) => address::is_loopback((*ip).into()),
            Host::Ipv6(ip) => address::is_loopback((*ip).into()),
        }
    }

    /// True for `https`.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.secure
    }

    /// `http` or `https`.
    #[must_use]
    pub const fn scheme(&self) -> &'static str {
        if self.secure { "https" } else { "http" }
    }

    /// The host, as a URL spells it.
    #[must_use]
    pub fn host(&self) -> String {
        self.host.to_string()
    }

    /// The port, given or usual.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    pub(crate) const fn parsed_host(&self) -> &Host<String> {
        &self.host
    }

    /// Host and port as the `Host` header has them.
    pub(crate) fn authority(&self) -> String {
        let usual = if self.secure { 443 } else { 80 };
        if self.port == usual {
            self.host.to_string()
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// Path and query: what goes into the request line.
    pub(crate) fn path_and_query(&self) -> &str {
        let text = self.expose();
        let after_scheme = self.scheme().len() + "://".len();
        let path = text
            .get(after_scheme..)
            .and_then(|rest| rest.find('/'))
            .and_then(|at| text.get(after_scheme + at..))
            .unwrap_or("/");
        path.split('#').next().unwrap_or(path)
    }
}

impl FromStr for SecretUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        if text.trim().is_empty() {
            return Err(UrlError::Empty);
        }
        let url = Url::parse(text).map_err(UrlError::Syntax)?;
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(UrlError::Scheme),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlError::UserInfo);
        }
        let host = url.host().map(|host| host.to_owned());
        let host = host.ok_or(UrlError::Syntax(ParseError::EmptyHost))?;
        let port = url.port_or_known_default().unwrap_or(443);
        Ok(Self {
            text: String::from(url).into(),
            secure,
            host,
            port,
        })
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretUrl({})", self.redacted())
    }
}

impl PartialEq for SecretUrl {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for SecretUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    const SLACK: &str =
        "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/aaaaaaaaaaaaaaaaaaaaaaaa";

    fn url(text: &str) -> SecretUrl {
        text.parse().expect("a URL")
    }

    #[test]
    fn debug_shows_no_path() {
        let text = format!("{:?}", url(SLACK));
        assert!(text.contains("hooks.slack.com"), "{text}");
        assert!(!text.contains("services"), "{text}");
        assert!(!text.contains("aaaa"), "{text}");
    }

    #[test]
    fn two_urls_of_one_host_differ_in_their_fingerprint() {
        let other = url(&SLACK.replace('B', "C"));
        assert_ne!(url(SLACK).redacted(), other.redacted());
    }

    #[test]
    fn loopback_is_seen_in_every_spelling() {
        for text in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://017700000001/",
            "http://[::1]:80/",
            "http://[::ffff:127.0.0.1]/",
            "http://localhost:1/",
            "http://LOCALHOST./",
            "http://a.localhost/",
        ] {
            assert!(url(text).is_loopback(), "{text}");
        }
        for text in ["http://128.0.0.1/", "http://localhost.example.com/", SLACK] {
            assert!(!url(text).is_loopback(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_sent_to_is_refused_with_a_reason() {
        for (text, error) in [
            ("", UrlError::Empty),
            (" \n", UrlError::Empty),
            ("ftp://a/b", UrlError::Scheme),
            ("https://hooks.slack.com@evil.test/x", UrlError::UserInfo),
        ] {
            assert_eq!(text.parse::<SecretUrl>(), Err(error), "{text}");
        }
        let syntax = "<your slack url>".parse::<SecretUrl>();
        assert!(matches!(syntax, Err(UrlError::Syntax(_))));
    }

    #[test]
    fn request_line_has_path_and_query_and_no_fragment() {
        assert_eq!(url("https://a.test/b?c=d#e").path_and_query(), "/b?c=d");
        assert_eq!(url("https://a.test").path_and_query(), "/");
        assert_eq!(url("https://a.test?x=1").path_and_query(), "/?x=1");
        assert_eq!(url("http://a.test:8080/b").authority(), "a.test:8080");
        assert_eq!(url("http://[::1]:8080/b").authority(), "[::1]:8080");
    }
}
