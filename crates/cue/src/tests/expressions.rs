//! Expressions as workflows write them.

use burgee_source::{Node, Number, SourceId};

use super::{deployment, expression, json_of};
use crate::{Program, Step};

#[test]
fn message_of_a_condition_is_read_and_extended() {
    assert_eq!(
        json_of("output.status.conditions[0].message + \"工作流运行完成\""),
        "\"Deployment has minimum availability.工作流运行完成\"",
    );
}

#[test]
fn imports_may_precede_the_expression() {
    let text = "import \"strconv\"\n\"replicas: \" + strconv.FormatInt(output.spec.replicas, 10)";
    assert_eq!(json_of(text), "\"replicas: 2\"");
    let text = "import (\n\t\"encoding/base64\"\n)\n\"\\(base64.Decode(null, \"aGk=\"))\"";
    assert_eq!(json_of(text), "\"hi\"");
}

#[test]
fn missing_field_at_any_depth_is_absent() {
    assert_eq!(json_of("output.status.a.b.c != _|_"), "false");
    assert_eq!(
        json_of("output.status.conditions[7].message == _|_"),
        "true"
    );
    assert_eq!(
        json_of("[if output.status.url != _|_ {output.status.url}, \"none\"][0]"),
        "\"none\""
    );
}

#[test]
fn both_sides_of_a_conjunction_are_evaluated() {
    let output = deployment();
    let error = expression("output.x != _|_ && output.x.y > 1", &[("output", &output)]);
    assert_eq!(
        error.expect_err("no `x`").kind,
        crate::ErrorKind::Incomplete
    );
}

#[test]
fn whole_objects_and_lists_pass_through() {
    assert_eq!(json_of("output.spec"), r#"{"replicas":2,"ports":[80,443]}"#);
    assert_eq!(
        json_of("{for k, v in output.spec if k != \"ports\" {(k): v + 1}}"),
        r#"{"replicas":3}"#
    );
    assert_eq!(json_of("output.spec.ports[1:]"), "[443]");
}

#[test]
fn names_of_labels_may_be_quoted() {
    let text = "output.metadata.labels[\"app.oam.dev/component\"]";
    assert_eq!(json_of(text), "\"web\"");
    assert_eq!(
        json_of("output.metadata.labels.\"app.oam.dev/component\""),
        "\"web\""
    );
}

#[test]
fn digits_of_the_data_survive() {
    let big = "123456789012345678901234567890123456";
    let number = Number::parse(big).expect("a number");
    let price = Number::parse("1.10").expect("a number");
    let data = Node::map([
        ("id", burgee_source::Kind::Number(number).into()),
        ("price", burgee_source::Kind::Number(price).into()),
    ]);
    let value = expression("{id: x.id, sum: x.price + 2}", &[("x", &data)]).expect("a value");
    let expected = format!(r#"{{"id":{big},"sum":3.10}}"#);
    assert_eq!(value.to_json_text(), expected);
    assert_eq!(value.to_node().to_json_text(), expected);
}

#[test]
fn struct_extended_by_a_copy_sees_its_new_fields() {
    let text = "{a: {x: 1, y: \"\\(x)\"}, b: {a & {z: x + 1}, x: 1}, x: 0}.b";
    assert_eq!(json_of(text), r#"{"x":1,"y":"1","z":2}"#);
}

#[test]
fn fields_that_a_comprehension_adds_are_found_whatever_the_order() {
    let text = "{if b != _|_ {c: b}, if true {b: 1}}";
    assert_eq!(
        json_of(text).matches("there is no `b`").count(),
        1,
        "not in lexical scope"
    );
    let text = "{s: {if t.b != _|_ {c: t.b}}, t: {if true {b: 1}}}";
    assert_eq!(json_of(text), r#"{"s":{"c":1},"t":{"b":1}}"#);
}

#[test]
fn references_are_listed_with_their_static_paths() {
    let text = "output.status.conditions[0].message + context.name + \"\\(outputs[\"my-svc\"].spec[parameter.k])\"";
    let program = Program::expression(text, SourceId(0)).expect("CUE");
    let paths: Vec<String> = program
        .references()
        .iter()
        .map(|reference| {
            let mut path = reference.root.clone();
            for step in &reference.path {
                match step {
                    Step::Field(name) => path.push_str(&format!(".{name}")),
                    Step::Index(index) => path.push_str(&format!("[{index}]")),
                }
            }
            path
        })
        .collect();
    assert_eq!(
        paths,
        [
            "output.status.conditions[0].message",
            "context.name",
            "outputs.my-svc.spec",
            "parameter.k",
        ],
    );
}

#[test]
fn reference_whose_absence_is_asked_for_is_marked() {
    let program =
        Program::expression("output.a != _|_ && output.b == 1", SourceId(0)).expect("CUE");
    let tested: Vec<bool> = program
        .references()
        .iter()
        .map(|reference| reference.tested)
        .collect();
    assert_eq!(tested, [true, false]);
}

#[test]
fn program_is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>() {}
    shared::<Program>();
}

#[test]
fn reference_is_written_as_it_is_read() {
    let text = r#"status["my-step"].phase + output.list[0].name + inputs["a \"b\""]"#;
    let program = Program::expression(text, SourceId(0)).expect("CUE");
    let written: Vec<String> = program
        .references()
        .iter()
        .map(ToString::to_string)
        .collect();
    let expected = [
        r#"status["my-step"].phase"#,
        "output.list[0].name",
        r#"inputs["a \"b\""]"#,
    ];
    assert_eq!(written, expected);
}
