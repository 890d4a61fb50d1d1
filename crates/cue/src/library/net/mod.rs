//! Package `net`. An address is a text, in a string or in bytes, or a list of its 4 or 16 bytes.
//!
//! | function | what it does |
//! |---|---|
//! | `IP`, `IPv4`, `IPv6`, `IPCIDR` | whether it is an address, or one with the length of a prefix; `address` |
//! | `LoopbackIP`, `MulticastIP`, `UnspecifiedIP`, … | whether it is such an address |
//! | `ParseIP(text)`, `ToIP4`, `ToIP16`, `IPString` | its bytes, or its shortest text |
//! | `SplitHostPort(text)`, `JoinHostPort(host, port)` | `host:port` and `[::1]:port`; `host` |
//! | `FQDN(text)` | whether it is the name of a host; `host` |
//! | `PathEscape(text)`, `QueryEscape`, `PathUnescape`, `QueryUnescape` | `%20`, and `+` for a space in queries; `escape` |
//! | `URL(text)`, `AbsURL(text)` | whether it is a URL, relative or not; `url` |

mod address;
mod escape;
mod host;
#[cfg(test)]
mod tests;
mod url;

use super::{
    Answer, Builtin, CallError, Constant, Member, Param as P, failed, function, lossy, string,
    strings, text, validator,
};
use crate::Value;
use address::Address;

const NAME: &str = "net";
const ONE: &[P] = &[P::String];
const ANY: &[P] = &[P::Loose];

pub(super) static OTHERS: &[(&str, Member)] = &[
    ("IPv4len", Member::Constant(Constant::Int(4))),
    ("IPv6len", Member::Constant(Constant::Int(16))),
];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "SplitHostPort", ONE, |a| {
        match host::split(text(a, 0)) {
            Some((host, port)) => strings([host, port].into_iter()),
            None => Err(failed("this is no `host:port`")),
        }
    }),
    function(NAME, "JoinHostPort", &[P::Loose, P::Loose], host::join),
    validator(NAME, "FQDN", ONE, |a| {
        Ok(Value::Bool(host::is_name(text(a, 0))))
    }),
    function(NAME, "ParseIP", ONE, |a| {
        let address = Address::of_text(text(a, 0)).ok_or_else(no_address)?;
        Ok(list(&address.bytes()))
    }),
    validator(NAME, "IPv4", ANY, |a| is(a, Address::is_v4)),
    validator(NAME, "IPv6", ANY, |a| is(a, |address| !address.is_v4())),
    validator(NAME, "IP", ANY, |a| is(a, |_| true)),
    validator(NAME, "IPCIDR", ANY, |a| {
        let is_prefix = match a.first() {
            Some(Value::String(text)) => address::is_prefix(text),
            Some(Value::Bytes(bytes)) => address::is_prefix(&lossy(bytes)),
            // CUE looks at texts alone.
            Some(_) | None => true,
        };
        match is_prefix {
            true => Ok(Value::Bool(true)),
            false => Err(failed("this is no address with the length of a prefix")),
        }
    }),
    validator(NAME, "LoopbackIP", ANY, |a| is(a, Address::is_loopback)),
    validator(NAME, "MulticastIP", ANY, |a| is(a, Address::is_multicast)),
    validator(NAME, "InterfaceLocalMulticastIP", ANY, |a| {
        is(a, Address::is_interface_local_multicast)
    }),
    validator(NAME, "LinkLocalMulticastIP", ANY, |a| {
        is(a, Address::is_link_local_multicast)
    }),
    validator(NAME, "LinkLocalUnicastIP", ANY, |a| {
        is(a, Address::is_link_local_unicast)
    }),
    validator(NAME, "GlobalUnicastIP", ANY, |a| {
        is(a, Address::is_global_unicast)
    }),
    validator(NAME, "UnspecifiedIP", ANY, |a| {
        is(a, Address::is_unspecified)
    }),
    function(NAME, "ToIP4", ANY, |a| {
        let address = Address::of_value(a.first()).filter(Address::is_v4);
        Ok(list(&address.ok_or_else(no_address)?.bytes()))
    }),
    function(NAME, "ToIP16", ANY, |a| {
        let address = Address::of_value(a.first()).ok_or_else(no_address)?;
        Ok(list(&address.sixteen_bytes()))
    }),
    function(NAME, "IPString", ANY, |a| {
        let address = Address::of_value(a.first()).ok_or_else(no_address)?;
        string(address.to_string())
    }),
    function(NAME, "PathEscape", ONE, |a| {
        string(escape::escape(text(a, 0), escape::Place::Path))
    }),
    function(NAME, "QueryEscape", ONE, |a| {
        string(escape::escape(text(a, 0), escape::Place::Query))
    }),
    function(NAME, "PathUnescape", ONE, |a| {
        unescaped(a, escape::Place::Path)
    }),
    function(NAME, "QueryUnescape", ONE, |a| {
        unescaped(a, escape::Place::Query)
    }),
    validator(NAME, "URL", ONE, |a| match url::scheme(text(a, 0)) {
        Some(_) => Ok(Value::Bool(true)),
        None => Err(failed("this is no URL")),
    }),
    validator(NAME, "AbsURL", ONE, |a| match url::scheme(text(a, 0)) {
        Some(scheme) if !scheme.is_empty() => Ok(Value::Bool(true)),
        Some(_) => Err(failed("the URL is not absolute")),
        None => Err(failed("this is no URL")),
    }),
];

/// A name or value of a query.
pub(super) fn query_escape(text: &str) -> String {
    escape::escape(text, escape::Place::Query)
}

fn no_address() -> CallError {
    failed("this is no IP address of that kind")
}

fn is(arguments: &[Value], test: fn(&Address) -> bool) -> Answer {
    let address = Address::of_value(arguments.first());
    Ok(Value::Bool(address.is_some_and(|address| test(&address))))
}

fn list(bytes: &[u8]) -> Value {
    let bytes = bytes
        .iter()
        .map(|byte| Value::Number(i64::from(*byte).into()));
    Value::List(bytes.collect())
}

fn unescaped(arguments: &[Value], place: escape::Place) -> Answer {
    match escape::unescape(text(arguments, 0), place) {
        Some(bytes) => string(lossy(&bytes)),
        None => Err(failed(
            "a percent sign is followed by two hexadecimal digits",
        )),
    }
}
