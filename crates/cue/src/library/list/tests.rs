//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::Number;
use crate::library::testing;

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).expect("a number"))
}

fn numbers(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|text| number(text)).collect())
}

fn list(items: &[Value]) -> Value {
    Value::List(items.into())
}

fn call(name: &str, arguments: &[Value]) -> String {
    testing::json(FUNCTIONS, name, arguments)
}

#[test]
fn whole_results_are_ints() {
    assert_eq!(call("Sum", &[numbers(&["1.5", "2.50", "3"])]), "7");
    assert_eq!(call("Sum", &[numbers(&["1", "2", "3.5"])]), "6.5");
    assert_eq!(call("Sum", &[numbers(&[])]), "0");
    assert_eq!(call("Product", &[numbers(&[])]), "1");
    assert_eq!(call("Product", &[numbers(&["0", "-1"])]), "-0");
    assert_eq!(call("Avg", &[numbers(&["1", "2", "3", "4"])]), "2.5");
    assert_eq!(
        call("Avg", &[numbers(&["1", "2", "4"])]),
        "2.333333333333333333333333333333333"
    );
    assert_eq!(call("Max", &[numbers(&["1", "5.0", "3"])]), "5");
    assert_eq!(call("Min", &[numbers(&["4", "2.50", "3"])]), "2.50");
    for name in ["Avg", "Max", "Min"] {
        assert_eq!(call(name, &[numbers(&[])]), "failed");
    }
}

#[test]
fn ranges_are_exact() {
    let range = |start, end, step| call("Range", &[number(start), number(end), number(step)]);
    assert_eq!(range("0", "5", "2"), "[0,2,4]");
    assert_eq!(range("5", "0", "-2"), "[5,3,1]");
    assert_eq!(range("0", "1", "0.25"), "[0,0.25,0.50,0.75]");
    assert_eq!(range("0.1", "0.4", "0.1"), "[0.1,0.2,0.3]");
    assert_eq!(range("3", "3", "1"), "[]");
    assert_eq!(range("0", "5", "0"), "failed");
    assert_eq!(range("0", "5", "-1"), "failed");
    assert_eq!(range("0", "1", "1e-9"), "TooLarge");
    assert_eq!(range("1e99999", "2e99999", "1e99994"), "TooLarge");
}

#[test]
fn parts_stay_within_the_list() {
    let abc = numbers(&["1", "2", "3"]);
    let part = |name, count| call(name, &[abc.clone(), number(count)]);
    assert_eq!(part("Drop", "1"), "[2,3]");
    assert_eq!(part("Drop", "9"), "[]");
    assert_eq!(part("Take", "2"), "[1,2]");
    assert_eq!(part("Take", "9"), "[1,2,3]");
    assert_eq!(part("Take", "-1"), "failed");
    let slice = |from, to| call("Slice", &[abc.clone(), number(from), number(to)]);
    assert_eq!(slice("1", "3"), "[2,3]");
    assert_eq!(slice("1", "5"), "failed");
    assert_eq!(slice("2", "1"), "failed");
}

#[test]
fn lists_in_lists_are_laid_out() {
    let nested = list(&[
        number("1"),
        list(&[number("2"), list(&[number("3")])]),
        list(&[list(&[])]),
    ]);
    let flat = |depth| call("FlattenN", &[nested.clone(), number(depth)]);
    assert_eq!(flat("-1"), "[1,2,3]");
    assert_eq!(flat("-9223372036854775808"), "[1,2,3]");
    assert_eq!(flat("1"), "[1,2,[3],[]]");
    assert_eq!(flat("0"), "[1,[2,[3]],[[]]]");
    assert_eq!(call("FlattenN", &[number("1"), number("1")]), "failed");
}

#[test]
fn repeating_is_bounded() {
    let one = numbers(&["1"]);
    assert_eq!(call("Repeat", &[one.clone(), number("3")]), "[1,1,1]");
    assert_eq!(call("Repeat", &[one.clone(), number("-1")]), "failed");
    assert_eq!(
        call("Repeat", &[one, number("9223372036854775807")]),
        "TooLarge"
    );
    assert_eq!(
        call("Repeat", &[list(&[]), number("9223372036854775807")]),
        "[]"
    );
}

#[test]
fn items_are_the_same_by_kind_and_value() {
    let map = |fields: &[(&str, Value)]| {
        let fields = fields
            .iter()
            .map(|(key, value)| ((*key).into(), value.clone()));
        Value::Struct(fields.collect())
    };
    let a = map(&[("a", number("1")), ("b", number("2"))]);
    let b = map(&[("b", number("2")), ("a", number("1"))]);
    assert_eq!(
        call("Contains", &[list(std::slice::from_ref(&a)), b.clone()]),
        "true"
    );
    assert_eq!(call("UniqueItems", &[list(&[a, b])]), "false");
    assert_eq!(call("Contains", &[numbers(&["1"]), number("1.0")]), "false");
    assert_eq!(
        call("Contains", &[numbers(&["1.00"]), number("1.0")]),
        "true"
    );
    assert_eq!(call("UniqueItems", &[numbers(&["1", "1.0", "10"])]), "true");
    assert_eq!(
        call("UniqueItems", &[list(&[Value::Null, Value::Null])]),
        "false"
    );
}
