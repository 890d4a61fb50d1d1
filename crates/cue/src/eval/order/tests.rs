//! The order of fields, as CUE v0.14.1 gives it.

use crate::{Limits, NoLoader, Program};
use burgee_source::SourceId;

/// The exported value of a file.
fn export(text: &str) -> String {
    let program = Program::package(&[(text, SourceId(0))], None, &NoLoader).expect("a program");
    let value = program.evaluate(&[], &Limits::default()).expect("a value");
    value.to_json_text()
}

#[test]
fn declarations_follow_each_other() {
    let text = "x: {b: 1, a: 2}\nx: {c: 3, a: 2, d: 4}";
    assert_eq!(export(text), r#"{"x":{"b":1,"a":2,"c":3,"d":4}}"#);
}

#[test]
fn a_declaration_that_repeats_all_labels_changes_nothing() {
    let text = "x: {b: 1, c: 2}\nx: {c: 2, b: 1}";
    assert_eq!(export(text), r#"{"x":{"b":1,"c":2}}"#);
}

#[test]
fn operands_have_no_order_among_them() {
    let text = "x: {b: 1} & {a: 1}, y: {z: 1, y: 1} & {b: 1, a: 1}";
    assert_eq!(
        export(text),
        r#"{"x":{"a":1,"b":1},"y":{"b":1,"a":1,"z":1,"y":1}}"#
    );
}

#[test]
fn labels_that_precede_each_other_are_sorted() {
    let text = "x: {z: 1, y: 1} & {y: 1, z: 1}";
    assert_eq!(export(text), r#"{"x":{"y":1,"z":1}}"#);
}

#[test]
fn a_literal_stands_where_its_last_field_does() {
    let text = "x: {e: 1, {z: 1, y: 1}, a: 1}";
    assert_eq!(export(text), r#"{"x":{"z":1,"y":1,"e":1,"a":1}}"#);
}

#[test]
fn a_reference_stands_with_the_literal_around_it() {
    let text = "t: {z: 1, y: 1}, x: {e: 1, t, a: 1}, w: {t, b: 1}";
    assert_eq!(
        export(text),
        r#"{"t":{"z":1,"y":1},"x":{"e":1,"a":1,"z":1,"y":1},"w":{"b":1,"z":1,"y":1}}"#
    );
}

#[test]
fn a_label_said_in_the_middle_of_another_literal_makes_a_circle() {
    let text = "t: {z: 1, y: 1}, x: {t, y: 1, b: 1, z: 1}";
    assert_eq!(
        export(text),
        r#"{"t":{"z":1,"y":1},"x":{"b":1,"y":1,"z":1}}"#
    );
}

#[test]
fn references_in_declarations_stand_where_they_are_written() {
    let text = "t: {z: 1, y: 1}\nx: t\nx: {c: 1, b: 1}\ny: {c: 1, b: 1}\ny: t";
    assert_eq!(
        export(text),
        r#"{"t":{"z":1,"y":1},"x":{"z":1,"y":1,"c":1,"b":1},"y":{"c":1,"b":1,"z":1,"y":1}}"#
    );
}

#[test]
fn a_body_stands_where_its_last_field_does() {
    let text = "x: {z: 1, if true {m: 1, k: 1}, a: 1}, y: {if false {z: 1}, b: 1, a: 1}";
    assert_eq!(
        export(text),
        r#"{"x":{"m":1,"k":1,"z":1,"a":1},"y":{"b":1,"a":1}}"#
    );
}

#[test]
fn computed_labels_stand_in_their_place() {
    let text = r#"x: {z: 1, (k): 1, a: 1}, k: "m""#;
    assert_eq!(export(text), r#"{"x":{"z":1,"m":1,"a":1},"k":"m"}"#);
}

#[test]
fn a_loop_stands_behind_what_is_written_first() {
    let text = r#"x: {z: 1, for k in ["q", "p"] {(k): 1}, a: 1}"#;
    assert_eq!(export(text), r#"{"x":{"q":1,"p":1,"z":1,"a":1}}"#);
}

#[test]
fn optional_declarations_count() {
    let text = "x: {a?: int, b: 1, c: 1, a: 1}, y: {a?: int, b: 1} & {c: 1, a: 1}";
    assert_eq!(
        export(text),
        r#"{"x":{"a":1,"b":1,"c":1},"y":{"c":1,"a":1,"b":1}}"#
    );
}

#[test]
fn definitions_keep_their_order_and_meet_the_rest() {
    let text = "#D: {z: int, y: *1 | int, ...}\nv: #D & {a: 1, z: 1}\ns: #D\ns: {a: 1, z: 1}\nw: {a: 1, z: 1, #D}";
    assert_eq!(
        export(text),
        r#"{"v":{"a":1,"z":1,"y":1},"s":{"z":1,"y":1,"a":1},"w":{"a":1,"z":1,"y":1}}"#
    );
}

#[test]
fn data_have_an_order_of_their_own() {
    let text = r#"import "encoding/json"
d: json.Unmarshal("{\"z\":1,\"b\":2,\"a\":3}")
x: d & {a: 3, q: 1, z: 1}
y: {c: 1} & d
w: {c: 1, d}"#;
    assert_eq!(
        export(text),
        r#"{"d":{"z":1,"b":2,"a":3},"x":{"a":3,"b":2,"q":1,"z":1},"y":{"c":1,"z":1,"b":2,"a":3},"w":{"c":1,"z":1,"b":2,"a":3}}"#
    );
}

#[test]
fn alternatives_come_behind_all_else() {
    let text = "x: *{z: 1, b: 1} | string\nx: {q: 1, a: 1}";
    assert_eq!(export(text), r#"{"x":{"z":1,"b":1,"q":1,"a":1}}"#);
}

#[test]
fn a_repeated_reference_counts_where_it_stands_first() {
    let text = "t: {z: 1, y: 1}\nx: {t, b: 1}\nx: t";
    assert_eq!(
        export(text),
        r#"{"t":{"z":1,"y":1},"x":{"b":1,"z":1,"y":1}}"#
    );
}

#[test]
fn a_node_that_only_refers_is_the_other() {
    let text = "t: {e: 1, {z: 1}, a: 1}\nx: t, y: t & t, w: t & {}";
    assert_eq!(
        export(text),
        r#"{"t":{"z":1,"e":1,"a":1},"x":{"z":1,"e":1,"a":1},"y":{"z":1,"e":1,"a":1},"w":{"e":1,"a":1,"z":1}}"#
    );
}

#[test]
fn an_item_around_a_reference_is_no_reference() {
    let text = "m: {e: 1, {z: 1}, a: 1}, l: [for v in [m] {v}], k: [m]";
    assert_eq!(
        export(text),
        r#"{"m":{"z":1,"e":1,"a":1},"l":[{"e":1,"a":1,"z":1}],"k":[{"z":1,"e":1,"a":1}]}"#
    );
}

#[test]
fn a_pattern_counts_where_it_is_written() {
    let text = "x: {[string]: _, {e: 4}, g: 6}, y: {{e: 4}, g: 6, [string]: _}";
    assert_eq!(export(text), r#"{"x":{"g":6,"e":4},"y":{"e":4,"g":6}}"#);
}

#[test]
fn variables_count_as_fields() {
    let text = "x: {{b: 1}, a: 1, let q = 2, c: q}, y: {{b: 1, d: 1}, a: 1, d: e, let e = 1}";
    assert_eq!(
        export(text),
        r#"{"x":{"b":1,"a":1,"c":2},"y":{"b":1,"d":1,"a":1}}"#
    );
}

#[test]
fn json_has_the_same_order() {
    let text = r#"import "encoding/json"
x: json.Marshal({e: 1, {z: 1, y: 1}, a: 1})"#;
    assert_eq!(export(text), r#"{"x":"{\"z\":1,\"y\":1,\"e\":1,\"a\":1}"}"#);
}

#[test]
fn a_loop_goes_by_the_order_in_which_fields_came_up() {
    let text = r#"x: {z: 1, if true {m: 1, k: 1}, a: 1}, y: [for k, _ in x {k}]
v: {z: 1, for k in ["q", "p"] {(k): 1}, a: 1}, w: [for k, _ in v {k}]"#;
    assert_eq!(
        export(text),
        r#"{"x":{"m":1,"k":1,"z":1,"a":1},"y":["z","m","k","a"],"v":{"q":1,"p":1,"z":1,"a":1},"w":["z","a","q","p"]}"#
    );
}

#[test]
fn a_loop_sees_references_behind_literals() {
    let text = "t: {z: 1, y: 1}, x: t & {c: 1, b: 1}, y: [for k, _ in x {k}]";
    assert_eq!(
        export(text),
        r#"{"t":{"z":1,"y":1},"x":{"c":1,"b":1,"z":1,"y":1},"y":["c","b","z","y"]}"#
    );
}

#[test]
fn computed_labels_come_up_late_even_when_constant() {
    let text = r#"x: {("j" + ""): 1, c: 2}, y: [for k, _ in x {k}]"#;
    assert_eq!(export(text), r#"{"x":{"j":1,"c":2},"y":["c","j"]}"#);
}

#[test]
fn what_is_queued_comes_up_in_the_order_of_the_text() {
    let text =
        r#"t: {(l): 0}, l: "a", x: {for k in ["i", "b"] {(k): 1}, t}, y: [for k, _ in x {k}]"#;
    assert_eq!(
        export(text),
        r#"{"t":{"a":0},"l":"a","x":{"i":1,"b":1,"a":0},"y":["i","b","a"]}"#
    );
}

#[test]
fn a_loop_counts_fields_of_a_condition_that_does_not_hold() {
    let text = "x: {if false {f: 5}, e: 4}\nx: \"f\": 5\ny: [for k, _ in x {k}]";
    assert_eq!(export(text), r#"{"x":{"e":4,"f":5},"y":["f","e"]}"#);
}
