//! Values and the types of serde.

use std::collections::BTreeMap;

use burgee_source::SourceId;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Limits, Program, SerdeError, Value};

fn value(text: &str) -> Value {
    let program = Program::file(text, SourceId(0)).expect("CUE");
    let value = program.evaluate(&[], &Limits::default());
    value.expect("it is concrete")
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Point,
    Circle(f64),
    Line(i8, i8),
    Box { width: u32, depth: Option<u32> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    shapes: Vec<Shape>,
    by_number: BTreeMap<u16, (char, bool)>,
    #[serde(rename = "big-one")]
    big: u128,
    small: i128,
    nothing: (),
    maybe: Option<String>,
    letters: Vec<u8>,
}

#[test]
fn a_type_comes_back_as_it_went() {
    let everything = Everything {
        shapes: vec![
            Shape::Point,
            Shape::Circle(2.0),
            Shape::Line(-1, 1),
            Shape::Box {
                width: 7,
                depth: None,
            },
        ],
        by_number: [(7, ('ß', true)), (8, ('"', false))].into(),
        big: u128::MAX,
        small: i128::MIN,
        nothing: (),
        maybe: Some("x".into()),
        letters: vec![1, 2],
    };
    let value = Value::encode(&everything).expect("a value");
    assert_eq!(
        value.to_json_text(),
        r#"{"shapes":["Point",{"Circle":2.0},{"Line":[-1,1]},{"Box":{"width":7,"depth":null}}],"by_number":{"7":["ß",true],"8":["\"",false]},"big-one":340282366920938463463374607431768211455,"small":-170141183460469231731687303715884105728,"nothing":null,"maybe":"x","letters":[1,2]}"#
    );
    assert_eq!(value.decode(), Ok(everything));
}

#[test]
fn numbers_that_do_not_fit_are_errors_with_a_place() {
    let error = |text: &str| -> String {
        let fitted = value(text).decode::<BTreeMap<String, Vec<i64>>>();
        fitted.expect_err("out of range").to_string()
    };
    assert_eq!(
        error("a: [1], b: [2, 9223372036854775808]"),
        "b[1]: invalid value: integer `9223372036854775808`, expected i64"
    );
    assert_eq!(
        error("{\"b c\": [1.5]}"),
        r#""b c"[0]: invalid type: floating point `1.5`, expected i64"#
    );
    let huge = value("1_000_000_000_000_000_000_000_000_000_000_000_000_000");
    let reason = "1000000000000000000000000000000000000000 is out of range";
    assert_eq!(
        huge.decode::<u128>().expect_err("too large").reason(),
        reason
    );
    assert_eq!(huge.decode::<f64>(), Ok(1e39));
    assert!(serde_json::to_string(&huge).is_err());
    assert_eq!(
        huge.decode::<Value>().expect_err("too large").reason(),
        reason
    );
    assert!(value("1e400").decode::<f64>().is_err());
    assert_eq!(value("3").decode::<f32>(), Ok(3.0));
}

#[test]
fn strings_and_bytes_are_borrowed_where_the_type_asks_for_it() {
    let text = value("{s: \"x\", b: 'yz'}");
    let borrowed: BTreeMap<&str, &[u8]> = text.decode().expect("bytes");
    assert_eq!(borrowed["b"], b"yz");
    let owned: BTreeMap<String, Vec<u8>> = value("{b: 'yz'}").decode().expect("bytes");
    assert_eq!(owned["b"], b"yz");
}

#[test]
fn what_is_no_value_says_where() {
    #[derive(Serialize)]
    struct Wrong {
        list: Vec<BTreeMap<&'static str, f64>>,
    }
    let wrong = Wrong {
        list: vec![[("a", 1.0)].into(), [("b", f64::NAN)].into()],
    };
    let error = Value::encode(&wrong).expect_err("not a number");
    assert_eq!(error.to_string(), "list[1].b: NaN is no number of CUE");
    let keys: BTreeMap<Vec<u8>, u8> = [(vec![1], 1)].into();
    let error = Value::encode(&keys).expect_err("a list is no name");
    assert_eq!(error.reason(), "a field has a name");
}

#[test]
fn a_type_without_end_is_refused() {
    struct Endless;
    impl Serialize for Endless {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq([Endless])
        }
    }
    assert!(Value::encode(&Endless).is_err());
}

#[test]
fn variants_are_one_field_or_a_word() {
    let decode = |text: &str| value(text).decode::<Shape>();
    assert_eq!(decode(r#""Point""#), Ok(Shape::Point));
    assert_eq!(decode("Point: null"), Ok(Shape::Point));
    assert_eq!(decode("Circle: 1"), Ok(Shape::Circle(1.0)));
    let reason = |text: &str| decode(text).expect_err(text).to_string();
    assert_eq!(
        reason("Circle: 1, Line: [1, 2]"),
        "a variant is a struct with one field, and this one has 2"
    );
    assert_eq!(
        reason("Line: [1, 1000]"),
        "Line[1]: invalid value: integer `1000`, expected i8"
    );
    assert!(reason("7").starts_with("invalid type: integer `7`"));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.into())),
        ".*".prop_map(|text| Value::String(text.into())),
        any::<Vec<u8>>().prop_map(|bytes| Value::Bytes(bytes.into())),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| Value::List(items.into())),
            prop::collection::btree_map(".*", inner, 0..4).prop_map(|fields| {
                let fields = fields.into_iter();
                Value::Struct(fields.map(|(key, value)| (key.into(), value)).collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn a_value_decodes_to_itself(value in any_value()) {
        let again: Result<Value, SerdeError> = value.decode();
        prop_assert_eq!(again, Ok(value));
    }

    #[test]
    fn doubles_come_back_as_they_went(double in any::<f64>().prop_filter("finite", |f| f.is_finite())) {
        let value = Value::encode(&double).expect("a value");
        prop_assert_eq!(value.kind(), crate::Kind::Float);
        prop_assert_eq!(value.decode::<f64>(), Ok(double));
    }

    #[test]
    fn json_says_the_same_either_way(value in any_value()) {
        let ours: serde_json::Value = serde_json::from_str(&value.to_json_text()).expect("JSON");
        prop_assert_eq!(serde_json::to_value(&value).expect("JSON"), ours);
    }
}
