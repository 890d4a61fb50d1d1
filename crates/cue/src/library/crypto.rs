//! Packages `crypto/md5`, `crypto/sha1`, `crypto/sha256`, `crypto/sha512` and `crypto/hmac`. They answer with bytes, which
//! `hex.Encode` makes readable.
//!
//! | function | what it does |
//! |---|---|
//! | `md5.Sum`, `sha1.Sum` of text or bytes | 16 and 20 bytes |
//! | `sha256.Sum256`, `Sum224` | 32 and 28 bytes |
//! | `sha512.Sum512`, `Sum384`, `Sum512_256`, `Sum512_224` | 64, 48, 32 and 28 bytes |
//! | `hmac.Sign(hash, key, data)` | the code of data under a key; the hash by its name, such as `hmac.SHA256` |
//! | `Size`, `BlockSize`, … | of each hash, in bytes |

use ::hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::{Answer, Builtin, Constant, Member, Param as P, bytes, failed, function, text};
use crate::Value;

const ONE: &[P] = &[P::Text];

type Constants = &'static [(&'static str, Member)];

pub(super) static MD5: &[Builtin] = &[function("md5", "Sum", ONE, digest::<Md5>)];
pub(super) static MD5_OTHERS: Constants = &[("Size", size(16)), ("BlockSize", size(64))];

pub(super) static SHA1: &[Builtin] = &[function("sha1", "Sum", ONE, digest::<Sha1>)];
pub(super) static SHA1_OTHERS: Constants = &[("Size", size(20)), ("BlockSize", size(64))];

pub(super) static SHA256: &[Builtin] = &[
    function("sha256", "Sum256", ONE, digest::<Sha256>),
    function("sha256", "Sum224", ONE, digest::<Sha224>),
];
pub(super) static SHA256_OTHERS: Constants = &[
    ("Size", size(32)),
    ("Size224", size(28)),
    ("BlockSize", size(64)),
];

pub(super) static SHA512: &[Builtin] = &[
    function("sha512", "Sum512", ONE, digest::<Sha512>),
    function("sha512", "Sum384", ONE, digest::<Sha384>),
    function("sha512", "Sum512_224", ONE, digest::<Sha512_224>),
    function("sha512", "Sum512_256", ONE, digest::<Sha512_256>),
];
pub(super) static SHA512_OTHERS: Constants = &[
    ("Size", size(64)),
    ("Size224", size(28)),
    ("Size256", size(32)),
    ("Size384", size(48)),
    ("BlockSize", size(128)),
];

pub(super) static HMAC: &[Builtin] = &[function(
    "hmac",
    "Sign",
    &[P::String, P::Text, P::Text],
    |a| {
        let (key, data) = (bytes(a, 1), bytes(a, 2));
        match text(a, 0) {
            "MD5" => sign::<Hmac<Md5>>(key, data),
            "SHA1" => sign::<Hmac<Sha1>>(key, data),
            "SHA224" => sign::<Hmac<Sha224>>(key, data),
            "SHA256" => sign::<Hmac<Sha256>>(key, data),
            "SHA384" => sign::<Hmac<Sha384>>(key, data),
            "SHA512" => sign::<Hmac<Sha512>>(key, data),
            "SHA512_224" => sign::<Hmac<Sha512_224>>(key, data),
            "SHA512_256" => sign::<Hmac<Sha512_256>>(key, data),
            _ => Err(failed("there is no such hash")),
        }
    },
)];
pub(super) static HMAC_OTHERS: Constants = &[
    ("MD5", name("MD5")),
    ("SHA1", name("SHA1")),
    ("SHA224", name("SHA224")),
    ("SHA256", name("SHA256")),
    ("SHA384", name("SHA384")),
    ("SHA512", name("SHA512")),
    ("SHA512_224", name("SHA512_224")),
    ("SHA512_256", name("SHA512_256")),
];

const fn size(bytes: i64) -> Member {
    Member::Constant(Constant::Int(bytes))
}

const fn name(name: &'static str) -> Member {
    Member::Constant(Constant::Text(name))
}

fn digest<D: Digest>(arguments: &[Value]) -> Answer {
    Ok(Value::Bytes(
        D::digest(bytes(arguments, 0)).as_slice().into(),
    ))
}

fn sign<M: Mac + KeyInit>(key: &[u8], data: &[u8]) -> Answer {
    // A key of any length is taken.
    let mac = <M as KeyInit>::new_from_slice(key);
    let mut mac = mac.map_err(|error| failed(error.to_string()))?;
    mac.update(data);
    Ok(Value::Bytes(mac.finalize().into_bytes().as_slice().into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::hex::encode;

    fn call(function: &Builtin, arguments: &[&str]) -> String {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|text| Value::String((*text).into()))
            .collect();
        match (function.run)(&arguments) {
            Ok(Value::Bytes(bytes)) => encode(&bytes),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn sums_are_bytes() {
        assert_eq!(call(&MD5[0], &["abc"]), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(
            call(&SHA1[0], &["abc"]),
            "a9993e364706816aba3e25717850c26c9cd0d89d"
        );
        assert_eq!(
            call(&SHA256[1], &["abc"]),
            "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"
        );
    }

    #[test]
    fn hashes_of_codes_go_by_name() {
        assert_eq!(
            call(&HMAC[0], &["MD5", "key", "data"]),
            "9d5c73ef85594d34ec4438b7c97e51d8"
        );
        assert_eq!(
            call(&HMAC[0], &["SHA256", "key", "data"]),
            "5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0"
        );
        assert!(call(&HMAC[0], &["md5", "key", "data"]).contains("no such hash"));
    }
}
