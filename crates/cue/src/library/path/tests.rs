//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::library::testing;

fn call(name: &str, arguments: &[&str]) -> String {
    testing::json(FUNCTIONS, name, &testing::texts(arguments))
}

fn join(elements: &[&str], system: &str) -> String {
    let system = System::of_name(system).expect("a system");
    clean::join(elements, system)
}

#[test]
fn paths_are_cleaned() {
    let clean = |path, system| call("Clean", &[path, system]);
    assert_eq!(clean("/..//a/./b/../", "unix"), r#""/a""#);
    assert_eq!(clean("", "unix"), r#"".""#);
    assert_eq!(clean("c:/a/../..", "windows"), r#""c:\\""#);
    assert_eq!(clean(r"c:a\..\..", "windows"), r#""c:..""#);
    assert_eq!(
        clean(r"\\host\share\..\a", "windows"),
        r#""\\\\host\\share\\a""#
    );
    assert_eq!(clean("#a/..", "plan9"), r#"".""#);
}

#[test]
fn elements_are_joined() {
    assert_eq!(join(&["", "a", "../b"], "linux"), "b");
    assert_eq!(join(&["", ""], "unix"), "");
    assert_eq!(join(&["c:", "a"], "windows"), "c:a");
    assert_eq!(join(&["c:", r"\a"], "windows"), r"c:\a");
    assert_eq!(
        join(&[r"\\host", "share", "a"], "windows"),
        r"\host\share\a"
    );
}

#[test]
fn the_way_between_two_paths() {
    let rel = |base, target, system| call("Rel", &[base, target, system]);
    assert_eq!(rel("/a/b", "/a/c/d", "unix"), r#""../c/d""#);
    assert_eq!(rel("a", "a/", "unix"), r#"".""#);
    assert_eq!(rel(r"C:\a", r"c:\A\b", "windows"), r#""b""#);
    assert_eq!(rel("a", "/b", "unix"), "failed");
    assert_eq!(rel("../a", "b", "unix"), "failed");
}

#[test]
fn patterns_match_whole_names() {
    let matches = |pattern, name, system| call("Match", &[pattern, name, system]);
    assert_eq!(matches("*.[a-g]o", "x.go", "unix"), "true");
    assert_eq!(matches("*a", "b/a", "unix"), "false");
    assert_eq!(matches("*a", "b/a", "windows"), "true");
    assert_eq!(matches(r"a\*", "a*", "unix"), "true");
    assert_eq!(matches(r"a\*", r"a\b", "windows"), "true");
    // A pattern is read only as far as the name goes with it.
    assert_eq!(matches("a*[", "b", "unix"), "false");
    for malformed in ["[", "[]a]", "[a-", "a[", "a**"] {
        assert_eq!(matches(malformed, "]", "unix"), "failed", "{malformed}");
    }
}

#[test]
fn windows_has_volumes_and_devices() {
    assert_eq!(call("VolumeName", &["c:/a", "windows"]), r#""c:""#);
    assert_eq!(
        call("VolumeName", &["//host/share/a", "windows"]),
        r#""//host/share""#
    );
    assert_eq!(call("VolumeName", &["c:/a", "unix"]), r#""""#);
    assert_eq!(call("IsAbs", &["NUL", "windows"]), "true");
    assert_eq!(call("IsAbs", &[r"\a", "windows"]), "false");
    assert_eq!(call("Dir", &["c:a", "windows"]), r#""c:.""#);
    assert_eq!(call("Base", &[r"c:\", "windows"]), r#""\\""#);
    assert_eq!(
        call("SplitList", &[r#"a;"b;c";d"#, "windows"]),
        r#"["a","b;c","d"]"#
    );
}
