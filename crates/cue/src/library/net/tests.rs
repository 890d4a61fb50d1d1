//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::library::testing;

fn call(name: &str, arguments: &[&str]) -> String {
    testing::json(FUNCTIONS, name, &testing::texts(arguments))
}

#[test]
fn addresses_are_texts_or_bytes() {
    let bytes = |bytes: &[u8]| Address::of_value(Some(&list(bytes)));
    assert!(bytes(&[1, 2, 3, 4]).is_some_and(|address| address.is_v4()));
    assert!(bytes(&[1, 2, 3]).is_none());
    assert_eq!(call("ParseIP", &["1.2.3.4"]), "[1,2,3,4]");
    assert_eq!(
        call("ToIP16", &["1.2.3.4"]),
        "[0,0,0,0,0,0,0,0,0,0,255,255,1,2,3,4]"
    );
    assert_eq!(call("ToIP4", &["::ffff:1.2.3.4"]), "failed");
    assert_eq!(call("IPString", &["1:0:0:2:0:0:0:3"]), r#""1:0:0:2::3""#);
    assert_eq!(call("IPString", &["fe80::1%eth0"]), r#""fe80::1%eth0""#);
    for wrong in [
        "01.2.3.4",
        "1.2.3",
        "::1::",
        ":1",
        "12345::",
        "1.2.3.4%a",
        "::1%",
    ] {
        assert_eq!(call("IP", &[wrong]), "false", "{wrong}");
    }
}

#[test]
fn addresses_are_of_kinds() {
    assert_eq!(call("LoopbackIP", &["::ffff:127.0.0.1"]), "true");
    assert_eq!(call("UnspecifiedIP", &["::ffff:0.0.0.0"]), "false");
    assert_eq!(call("InterfaceLocalMulticastIP", &["ff01::1"]), "true");
    assert_eq!(call("LinkLocalMulticastIP", &["224.0.0.1"]), "true");
    assert_eq!(call("GlobalUnicastIP", &["10.0.0.1"]), "true");
    assert_eq!(call("GlobalUnicastIP", &["255.255.255.255"]), "false");
    assert_eq!(call("IPCIDR", &["::1/128"]), "true");
    for wrong in [
        "1.2.3.4/33",
        "1.2.3.4",
        "1.2.3.4/024",
        "fe80::1%eth0/64",
        "1.2.3.4/+4",
    ] {
        assert_eq!(call("IPCIDR", &[wrong]), "failed", "{wrong}");
    }
}

#[test]
fn hosts_and_ports_are_split_and_joined() {
    assert_eq!(call("SplitHostPort", &["[::1]:80"]), r#"["::1","80"]"#);
    assert_eq!(call("SplitHostPort", &[":"]), r#"["",""]"#);
    for wrong in [
        "", "a", "a:b:c", "[::1]", "[::1]80", "a]:b", "a[:b", "[a]:b:c",
    ] {
        assert_eq!(call("SplitHostPort", &[wrong]), "failed", "{wrong}");
    }
    assert_eq!(call("JoinHostPort", &["::1", "80"]), r#""[::1]:80""#);
}

#[test]
fn names_of_hosts_have_labels() {
    let long = format!("{}.b", "a".repeat(63));
    for right in ["a.b.c", "a_b", "a.b.", "1.2.3.4", "*.a", "a b", &long] {
        assert_eq!(call("FQDN", &[right]), "true", "{right}");
    }
    let longer = format!("a{long}");
    for wrong in [
        "", ".", "a..b", "-a.b", "a-.b", "é.com", "xn--a.b", "ab--c", &longer,
    ] {
        assert_eq!(call("FQDN", &[wrong]), "false", "{wrong}");
    }
}

#[test]
fn paths_and_queries_are_escaped() {
    assert_eq!(
        call("PathEscape", &["a b/c?é~$@,"]),
        r#""a%20b%2Fc%3F%C3%A9~$@%2C""#
    );
    assert_eq!(
        call("QueryEscape", &["a b&c=d/é"]),
        r#""a+b%26c%3Dd%2F%C3%A9""#
    );
    assert_eq!(call("PathUnescape", &["a%20b+%c3%A9"]), r#""a b+é""#);
    assert_eq!(call("QueryUnescape", &["a+b%26"]), r#""a b&""#);
    assert_eq!(call("PathUnescape", &["a%2"]), "failed");
}

#[test]
fn urls_are_nearly_everything() {
    for right in [
        "",
        "a b",
        "*",
        "mailto:x@y",
        "http://[::1]:80/",
        "http://a:/",
        "?%zz",
        "///h",
        "a/b:c",
    ] {
        assert_eq!(call("URL", &[right]), "true", "{right}");
    }
    for wrong in [
        ":a",
        "1:b",
        "http://a b",
        "http://a:b/",
        "http://[::1/",
        "http://%41/",
        "/a%zz",
        "#%zz",
        "a\tb",
    ] {
        assert_eq!(call("URL", &[wrong]), "failed", "{wrong}");
    }
    assert_eq!(call("AbsURL", &["/b"]), "failed");
    assert_eq!(call("AbsURL", &["mailto:x"]), "true");
}
