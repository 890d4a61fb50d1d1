//! The signature (加签): HMAC-SHA256 over `timestamp\nsecret` with the secret as key, in Base64.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use burgee_http::{SecretUrl, UrlError};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use url::{Url, form_urlencoded};

/// The signature for a timestamp in milliseconds, before it is percent-encoded.
///
/// ```
/// let signature = burgee_notify::dingtalk::signature("this is secret", 1_577_262_236_757);
/// assert_eq!(signature, "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=");
/// ```
#[must_use]
pub fn signature(secret: &str, milliseconds: i64) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(format!("{milliseconds}\n{secret}").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The URL with a signature that is good from `now` for an hour.
pub(crate) fn signed(
    url: &SecretUrl,
    secret: &SecretString,
    now: Timestamp,
) -> Result<SecretUrl, UrlError> {
    let milliseconds = now.as_millisecond();
    let sign = signature(secret.expose_secret(), milliseconds);
    let mut parsed = Url::parse(url.expose()).map_err(UrlError::Syntax)?;
    let sign = form_urlencoded::byte_serialize(sign.as_bytes()).collect::<String>();
    let mut query = kept_query(&parsed);
    query.push(format!("timestamp={milliseconds}"));
    query.push(format!("sign={sign}"));
    parsed.set_query(Some(&query.join("&")));
    String::from(parsed).parse()
}

/// The URL without a signature that somebody left in it; `None` when there is none.
pub(crate) fn without_signature(url: &SecretUrl) -> Option<SecretUrl> {
    let mut parsed = Url::parse(url.expose()).ok()?;
    if !has_signature(&parsed) {
        return None;
    }
    let query = kept_query(&parsed).join("&");
    parsed.set_query((!query.is_empty()).then_some(&query));
    String::from(parsed).parse().ok()
}

/// True when a URL carries a `timestamp` or a `sign`.
pub(crate) fn has_signature(url: &Url) -> bool {
    parts(url).any(is_signature)
}

/// The parts of the query that are no signature, as they are written.
fn kept_query(url: &Url) -> Vec<String> {
    let kept = parts(url).filter(|part| !part.is_empty() && !is_signature(part));
    kept.map(str::to_owned).collect()
}

fn parts(url: &Url) -> impl Iterator<Item = &str> {
    url.query().unwrap_or_default().split('&')
}

fn is_signature(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default();
    matches!(name, "timestamp" | "sign")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "SEC000000000000000000000000000000000000000000000000000000000000test";
    const AT: i64 = 1_700_000_000_000;

    fn signed_query(milliseconds: i64) -> String {
        let url = "https://oapi.dingtalk.com/robot/send?access_token=abc"
            .parse()
            .expect("a URL");
        let now = Timestamp::from_millisecond(milliseconds).expect("a time");
        let signed = signed(&url, &SECRET.into(), now).expect("a URL");
        signed.expose().to_owned()
    }

    #[test]
    fn signature_is_the_documented_one() {
        let expected = "bCcJiIKqyObgdvB5UiIbViJlixojz9bQW5dnZbgLAd8=";
        assert_eq!(signature(SECRET, AT), expected);
        let expected = "fS6HQ/4Xgd/EWPxXQT9RfM+7GyEAtdaN4UYvZfr44KY=";
        assert_eq!(signature(SECRET, AT + 1), expected);
    }

    #[test]
    fn signature_is_encoded_once_and_appended() {
        assert_eq!(
            signed_query(AT),
            "https://oapi.dingtalk.com/robot/send?access_token=abc&timestamp=1700000000000\
             &sign=bCcJiIKqyObgdvB5UiIbViJlixojz9bQW5dnZbgLAd8%3D"
        );
        let sign = "fS6HQ%2F4Xgd%2FEWPxXQT9RfM%2B7GyEAtdaN4UYvZfr44KY%3D";
        assert!(signed_query(AT + 1).ends_with(sign));
        assert!(!signed_query(AT + 1).contains("%252F"));
    }

    #[test]
    fn common_mistakes_give_other_signatures() {
        let right = signature(SECRET, AT);
        let seconds = signature(SECRET, AT / 1000);
        assert_eq!(seconds, "oNmQdoL3xdI0zw31Vg6ME9V+RV0QG75OI/gegd9KMq0=");
        let stripped = signature(SECRET.trim_start_matches("SEC"), AT);
        assert_eq!(stripped, "+CQTtXA3FPLhzCTpXQBTa8qo4Fu4pdlPMvr+AyprKvU=");
        assert_ne!(right, "FNOdWLHUqoySVMab6uC+Gi64uiCAMWamUIv8Dvj8sfs=");
    }

    #[test]
    fn stale_signature_is_replaced_and_can_be_dropped() {
        let url: SecretUrl =
            "https://oapi.dingtalk.com/robot/send?sign=x&access_token=a%2Bb&timestamp=1"
                .parse()
                .expect("a URL");
        let bare = without_signature(&url).expect("it has one");
        assert_eq!(
            bare.expose(),
            "https://oapi.dingtalk.com/robot/send?access_token=a%2Bb"
        );
        assert!(without_signature(&bare).is_none());
        let now = Timestamp::from_millisecond(AT).expect("a time");
        let signed = signed(&url, &SECRET.into(), now).expect("a URL");
        assert_eq!(signed.expose().matches("sign=").count(), 1);
        assert!(signed.expose().contains("?access_token=a%2Bb&timestamp=17"));
    }
}
