//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::library::testing;

fn call(name: &str, arguments: &[&str]) -> String {
    testing::plain(FUNCTIONS, name, &testing::texts(arguments))
}

#[test]
fn durations_are_added_up() {
    let parse = |text| call("ParseDuration", &[text]);
    assert_eq!(parse("1.5h3m2.25s1ms2us3µs4μs5ns"), "5582251009005");
    assert_eq!(parse("-0"), "0");
    assert_eq!(parse(".5s"), "500000000");
    assert_eq!(parse("0.9223372036854775807h"), "3320413933267");
    assert_eq!(parse("-9223372036854775808ns"), "-9223372036854775808");
    for wrong in [
        "",
        "5",
        ".s",
        "5d",
        "1 s",
        "1e3s",
        "9223372036854775808ns",
        "3000000h",
    ] {
        assert_eq!(parse(wrong), "failed", "{wrong}");
    }
}

#[test]
fn durations_are_written_in_the_largest_units() {
    assert_eq!(duration::format(5_400_000_000_000), "1h30m0s");
    assert_eq!(duration::format(-1_500_000_000), "-1.5s");
    assert_eq!(duration::format(1500), "1.5µs");
    assert_eq!(duration::format(i64::MIN), "-2562047h47m16.854775808s");
    assert_eq!(duration::format(0), "0s");
}

#[test]
fn times_are_those_of_rfc_3339_as_go_reads_it() {
    let is_time = |text| call("Time", &[text]) == "true";
    for right in [
        "2020-01-02T03:04:05Z",
        "2020-01-02T3:04:05,5Z",
        "2020-01-02T23:59:50+24:00",
    ] {
        assert!(is_time(right), "{right}");
    }
    for wrong in [
        "2020-01-02",
        "2020-01-02t03:04:05z",
        "2020-02-30T23:59:50Z",
        "2020-01-02T23:59:60Z",
    ] {
        assert!(!is_time(wrong), "{wrong}");
    }
}

#[test]
fn layouts_are_read() {
    let parse = |layout, text| call("Parse", &[layout, text]);
    assert_eq!(
        parse(
            "Mon, 02 Jan 2006 15:04:05 MST",
            "Thu, 02 Jan 2020 03:04:05 UTC"
        ),
        "2020-01-02T03:04:05Z"
    );
    assert_eq!(
        parse("06-1-2 3:4:5pm", "68-1-2 12:4:5am"),
        "2068-01-02T00:04:05Z"
    );
    assert_eq!(parse("2006 002", "2020 366"), "2020-12-31T00:00:00Z");
    assert_eq!(
        parse("15:04:05", "03:04:05,123"),
        "0000-01-01T03:04:05.123Z"
    );
    assert_eq!(parse("Z07:00", "+01:02"), "-0001-12-31T22:58:00Z");
    assert_eq!(
        parse("January 2 Monday", "jAnuary 02 tuesday"),
        "0000-01-02T00:00:00Z"
    );
    for (layout, text) in [
        ("2006-01-02", "2020-02-31"),
        ("2006-01-02", "2020-1-2"),
        ("15:04:05.00", "03:04:05.123"),
        ("2006 002", "2019 366"),
        ("-0700", "+2500"),
        ("MST", "ABCDEF"),
    ] {
        assert_eq!(parse(layout, text), "failed", "{layout}");
    }
}

#[test]
fn layouts_are_written() {
    let format = |layout| call("FormatString", &[layout, "2020-01-02T13:04:05.670+02:00"]);
    assert_eq!(
        format("Mon Jan _2 15:04:05 MST 2006"),
        "Thu Jan  2 13:04:05 +0200 2020"
    );
    assert_eq!(
        format("3PM 03pm __2 002 .000 .999 ,99"),
        "1PM 01pm   2 002 .670 .67 ,67"
    );
    assert_eq!(
        format("Janet _2006 Z07 -07:00:00"),
        "Janet _2020 +02 +02:00:00"
    );
}

#[test]
fn far_moments_have_dates() {
    let unix =
        |seconds, nanoseconds| format::format(&Moment::unix(seconds, nanoseconds), RFC3339_NANO);
    assert_eq!(unix(-1, -1), "1969-12-31T23:59:58.999999999Z");
    assert_eq!(unix(253_402_300_800, 0), "10000-01-01T00:00:00Z");
    assert_eq!(unix(-62_167_219_201, 0), "-0001-12-31T23:59:59Z");
    assert_eq!(unix(i64::MAX, 0), "292277026596-12-04T15:30:07Z");
}

#[test]
fn a_time_has_parts() {
    assert_eq!(
        call("Split", &["2020-01-02T03:04:05.6+02:00"]),
        r#"{"year":2020,"month":1,"day":2,"hour":3,"minute":4,"second":5,"nanosecond":600000000}"#
    );
}
