//! The signature (加签): HMAC-SHA256 over `timestamp\nsecret` with the secret as key, in Base64.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use burgee_source::Text;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use crate::Refusal;

/// How far a timestamp may be from the server's clock.
const TOLERANCE: SignedDuration = SignedDuration::from_hours(1);

/// Checks a request's `timestamp` and `sign`, as they are after the query's decoding.
pub(super) fn verify(
    secret: &SecretString,
    timestamp: Option<&str>,
    sign: Option<&str>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (Some(timestamp), Some(sign)) = (timestamp, sign) else {
        return Err(mismatch(Text::new(
            "the robot is signed: timestamp and sign are needed",
            "机器人启用了加签：需要 timestamp 和 sign",
        )));
    };
    let millis: Option<i64> = timestamp.parse().ok();
    let at = millis.and_then(|millis| Timestamp::from_millisecond(millis).ok());
    match at {
        Some(at) if now.duration_since(at).abs() <= TOLERANCE => {}
        Some(_) => {
            return Err(expired(Text::new(
                "timestamp is more than an hour from now",
                "timestamp 与当前时间相差超过一小时",
            )));
        }
        None => {
            return Err(expired(Text::new(
                "timestamp is not milliseconds since 1970",
                "timestamp 不是自 1970 年起的毫秒数",
            )));
        }
    }
    let secret = secret.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b"\n");
    mac.update(secret);
    let signature = STANDARD.decode(sign).map_err(|_| {
        mismatch(Text::new(
            "sign is not Base64: is it percent-encoded once?",
            "sign 不是 Base64：是否恰好做了一次 URL 编码？",
        ))
    })?;
    // Takes the same time wherever the two differ.
    mac.verify_slice(&signature).map_err(|_| {
        mismatch(Text::new(
            "sign was made with another secret, timestamp or method",
            "sign 是用别的密钥、时间戳或方法生成的",
        ))
    })
}

fn mismatch(reason: Text) -> Refusal {
    Refusal::dingtalk(310_000, "sign not match", reason)
}

fn expired(reason: Text) -> Refusal {
    Refusal::dingtalk(310_000, "timestamp invalid", reason)
}
