//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::library::testing;

fn call(name: &str, arguments: &[&str]) -> String {
    let number = |text: &&str| Value::Number(Number::parse(text).expect("a number"));
    let arguments: Vec<_> = arguments.iter().map(number).collect();
    testing::json(FUNCTIONS, name, &arguments)
}

#[test]
fn integers_near_a_decimal() {
    let all = |x| ["Floor", "Ceil", "Trunc", "Round", "RoundToEven"].map(|name| call(name, &[x]));
    assert_eq!(all("2.5"), ["2", "3", "2", "3", "2"]);
    assert_eq!(all("-2.7"), ["-3", "-2", "-2", "-3", "-3"]);
    assert_eq!(all("-0.4"), ["-1", "-0", "-0", "-0", "-0"]);
    assert_eq!(all("1.5e3"), ["1500"; 5].map(str::to_owned));
    assert_eq!(call("Floor", &["1e40"]), "0");
    assert_eq!(call("Trunc", &["1e40"]).len(), 41);
}

#[test]
fn powers_and_logarithms_have_34_digits() {
    assert_eq!(call("Pow", &["2", "10"]), "1024");
    assert_eq!(
        call("Pow", &["2", "0.5"]),
        "1.414213562373095048801688724209698"
    );
    assert_eq!(
        call("Pow", &["2", "-1"]),
        "0.5000000000000000000000000000000000"
    );
    assert_eq!(call("Log", &["10"]), "2.302585092994045684017991454684364");
    assert_eq!(call("Log2", &["10"]), "3.32192809488736234787031942948939");
    assert_eq!(call("Log10", &["1000"]), "3");
    assert_eq!(call("Exp", &["1"]), "2.718281828459045235360287471352662");
    assert_eq!(call("Cbrt", &["2"]), "1.259921049894873164767210607278228");
    assert_eq!(call("Cbrt", &["27"]), "3");
}

#[test]
fn what_has_no_value_is_an_error() {
    for (name, arguments) in [
        ("Sqrt", vec!["-1"]),
        ("Log", vec!["0"]),
        ("Pow", vec!["0", "0"]),
        ("Pow", vec!["-8", "0.3"]),
        ("Exp", vec!["1e9"]),
        ("Atanh", vec!["1"]),
        ("Sin", vec!["1e400"]),
        ("Sin", vec!["1e-400"]),
        ("MultipleOf", vec!["6", "0"]),
    ] {
        assert_eq!(call(name, &arguments), "failed", "{name}");
    }
}

#[test]
fn doubles_are_written_as_short_as_can_be() {
    assert_eq!(call("Sqrt", &["2"]), "1.4142135623730951");
    assert_eq!(call("Sqrt", &["1e22"]), "1E+11");
    assert_eq!(call("Sin", &["0.5"]), "0.479425538604203");
    assert_eq!(call("Sin", &["0"]), "0");
    assert_eq!(call("Tan", &["1"]), "1.557407724654902");
    assert_eq!(call("Tan", &["1e10"]), "-0.5583496378112419");
    assert_eq!(call("Cosh", &["1"]), "1.5430806348152437");
    assert_eq!(call("Gamma", &["5"]), "24");
    assert_eq!(call("Erfinv", &["0.5"]), "0.4769362762044699");
    assert_eq!(call("Mod", &["-7.5", "2"]), "-1.5");
}

#[test]
fn decimals_keep_their_digits() {
    assert_eq!(call("Abs", &["-2.50"]), "2.50");
    assert_eq!(call("Dim", &["5.5", "3"]), "2.5");
    assert_eq!(call("Copysign", &["3", "-1"]), "-3");
    assert_eq!(call("Pow10", &["-3"]), "0.001");
    assert_eq!(call("Jacobi", &["3", "7"]), "-1");
    assert_eq!(call("Jacobi", &["3", "8"]), "failed");
}
