//! Package `uuid`. Read are the four ways to write one: plain digits, with hyphens, in braces, and as a URN.
//!
//! | function | what it does |
//! |---|---|
//! | `Valid(text)` | whether it is one |
//! | `Parse(text)` | with hyphens and small letters |
//! | `URN(text)` | the same as `urn:uuid:…` |
//! | `FromInt(number)` | the one of 128 bits |
//! | `ToInt(text)` | the bytes of the text as a number, as CUE has it |
//! | `Variant(text)`, `Version(text)` | 1 for RFC 4122, 2 for NCS, 3 for Microsoft, 4 for the rest; 1 to 8 |
//! | `SHA1(space, data)`, `MD5(space, data)` | versions 5 and 3: the name of data in a space |
//! | `ns` | the spaces that RFC 4122 names |

use md5::Md5;
use num_bigint::BigInt;
use sha1::Sha1;
use sha2::Digest;

use super::{
    Answer, Builtin, CallError, Constant, Member, Param as P, bytes, failed, function, hex, string,
    text, validator,
};
use crate::{Number, Value};

const NAME: &str = "uuid";
const ONE: &[P] = &[P::String];
const NAMED: &[P] = &[P::String, P::Text];

pub(super) static OTHERS: &[(&str, Member)] = &[(
    "ns",
    Member::Constant(Constant::Texts(&[
        ("DNS", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        ("URL", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"),
        ("OID", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"),
        ("X500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"),
        ("Nil", "00000000-0000-0000-0000-000000000000"),
    ])),
)];

pub(super) static FUNCTIONS: &[Builtin] = &[
    validator(NAME, "Valid", ONE, |a| {
        read(text(a, 0)).map(|_| Value::Bool(true))
    }),
    function(NAME, "Parse", ONE, |a| string(written(&read(text(a, 0))?))),
    function(NAME, "URN", ONE, |a| {
        string(format!("urn:uuid:{}", written(&read(text(a, 0))?)))
    }),
    function(NAME, "FromInt", &[P::Int], from_int),
    function(NAME, "ToInt", ONE, |a| {
        let number = BigInt::from_bytes_be(num_bigint::Sign::Plus, text(a, 0).as_bytes());
        // Longer numbers take too long to write.
        match text(a, 0).len() <= 4096 {
            true => Ok(Value::Number(Number::from_integer(number))),
            false => Err(CallError::TooLarge),
        }
    }),
    function(NAME, "Variant", ONE, |a| {
        let variant = match read(text(a, 0))?[8] >> 5 {
            0..=3 => 2,
            4 | 5 => 1,
            6 => 3,
            _ => 4,
        };
        Ok(Value::Number(variant.into()))
    }),
    function(NAME, "Version", ONE, |a| {
        let version = read(text(a, 0))?[6] >> 4;
        Ok(Value::Number(i64::from(version).into()))
    }),
    function(NAME, "SHA1", NAMED, |a| named::<Sha1>(a, 5)),
    function(NAME, "MD5", NAMED, |a| named::<Md5>(a, 3)),
];

type Uuid = [u8; 16];

fn read(text: &str) -> Result<Uuid, CallError> {
    let invalid = || failed("this is no UUID");
    let bytes = text.as_bytes();
    let hyphened = match bytes.len() {
        32 => return digits(bytes).ok_or_else(invalid),
        36 => bytes,
        // What stands in the place of the braces is not looked at.
        38 => &bytes[1..37],
        45 if bytes[..9].eq_ignore_ascii_case(b"urn:uuid:") => &bytes[9..],
        _ => return Err(invalid()),
    };
    let groups: Vec<_> = [0..8, 9..13, 14..18, 19..23, 24..36]
        .into_iter()
        .flat_map(|group| hyphened[group].iter().copied())
        .collect();
    match [8, 13, 18, 23].iter().all(|place| hyphened[*place] == b'-') {
        true => digits(&groups).ok_or_else(invalid),
        false => Err(invalid()),
    }
}

fn digits(digits: &[u8]) -> Option<Uuid> {
    hex::decode(digits)?.try_into().ok()
}

fn written(uuid: &Uuid) -> String {
    let digits = hex::encode(uuid);
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32];
    groups.map(|group| &digits[group]).join("-")
}

fn from_int(arguments: &[Value]) -> Answer {
    let number = match arguments.first() {
        Some(Value::Number(number)) => number.to_integer(),
        Some(_) | None => None,
    };
    let number = number.and_then(|number| u128::try_from(number.magnitude()).ok());
    match number {
        Some(number) => string(written(&number.to_be_bytes())),
        None => Err(failed("the number has more than 128 bits")),
    }
}

fn named<D: Digest>(arguments: &[Value], version: u8) -> Answer {
    let mut hash = D::new();
    hash.update(read(text(arguments, 0))?);
    hash.update(bytes(arguments, 1));
    let hash = hash.finalize();
    let mut uuid: Uuid = [0; 16];
    uuid.copy_from_slice(&hash[..16]);
    uuid[6] = uuid[6] & 0x0f | version << 4;
    uuid[8] = uuid[8] & 0x3f | 0x80;
    string(written(&uuid))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::testing;

    const DNS: &str = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

    fn call(name: &str, arguments: &[&str]) -> String {
        testing::json(FUNCTIONS, name, &testing::texts(arguments))
    }

    #[test]
    fn four_ways_to_write_one_are_read() {
        let plain = format!("\"{DNS}\"");
        for text in [
            DNS,
            "6BA7B8109DAD11D180B400C04FD430C8",
            "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}",
            "URN:UUID:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        ] {
            assert_eq!(call("Parse", &[text]), plain, "{text}");
        }
        assert_eq!(
            call("Parse", &["6ba7b810x9dad-11d1-80b4-00c04fd430c8"]),
            "failed"
        );
        assert_eq!(call("Parse", &["é"]), "failed");
    }

    #[test]
    fn names_in_a_space_have_a_version() {
        assert_eq!(
            call("SHA1", &[DNS, "example.com"]),
            "\"cfbff0d1-9375-5685-968c-48ce8b15ae17\""
        );
        assert_eq!(
            call("MD5", &[DNS, "example.com"]),
            "\"9073926b-929f-31c2-abc9-fad77ae3e8eb\""
        );
        assert_eq!(call("Version", &[DNS]), "1");
        assert_eq!(
            call("Variant", &["6ba7b810-9dad-11d1-c0b4-00c04fd430c8"]),
            "3"
        );
    }
}
