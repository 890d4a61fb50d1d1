//! Looking around in an evaluation.

use burgee_source::{Lang, Node, SourceId};
use serde_json::json;

use crate::{
    Data, ErrorKind, FieldKind, Instance, Item, Kind, Limits, Mark, NoLoader, Path, Program, State,
    TermOptions,
};

fn file(text: &str) -> Program {
    Program::file(text, SourceId(0)).expect("CUE")
}

fn look(program: &Program) -> Instance<'_> {
    let instance = program.instance(&[], &Limits::default());
    instance.expect("no names from outside")
}

fn path(text: &str) -> Path {
    text.parse().expect("a path")
}

fn at<'i>(item: Item<'i>, text: &str) -> Item<'i> {
    item.lookup(&path(text)).expect("something is there")
}

fn json_of(item: Item<'_>) -> String {
    match item.export() {
        Ok(value) => value.to_json_text(),
        Err(error) => format!("{:?}: {error}", error.kind),
    }
}

fn state(item: Item<'_>, text: &str) -> &'static str {
    match item.state_at(&path(text)) {
        State::Concrete => "concrete",
        State::Incomplete(_) => "incomplete",
        State::Conflict(_) => "conflict",
        State::Absent => "absent",
    }
}

fn names(item: Item<'_>) -> Vec<String> {
    let fields = item.fields();
    fields.iter().map(|field| field.name.to_string()).collect()
}

#[test]
fn each_state_is_told_from_the_others() {
    let program = file(
        r#"
            a: {x: 1, y?: 2, z!: 3, _h: 4, #d: 5}
            t: int
            d: *"5m" | string
            open: "x" | "y"
            c: 1 & 2
            s: "\(t)"
            l: [1, ...]
            closed: close({a: 1}) & {b: 2}
            shared: a
        "#,
    );
    let instance = look(&program);
    let root = instance.root();
    for (at, expected) in [
        ("a", "concrete"),
        ("a.x", "concrete"),
        ("a.y", "absent"),
        ("a.z", "incomplete"),
        ("a._h", "concrete"),
        ("a.#d", "concrete"),
        (r##"a."#d""##, "absent"),
        ("a.q", "absent"),
        ("a.x.q", "absent"),
        ("t", "incomplete"),
        ("t.q", "incomplete"),
        ("d", "concrete"),
        ("open", "incomplete"),
        ("c", "conflict"),
        ("c.q", "conflict"),
        ("s", "incomplete"),
        ("l[0]", "concrete"),
        ("l[1]", "absent"),
        ("l.a", "absent"),
        ("closed.b", "conflict"),
        ("closed.a", "concrete"),
        ("shared.x", "concrete"),
        ("shared.z", "incomplete"),
    ] {
        assert_eq!(state(root, at), expected, "{at}");
    }
}

#[test]
fn a_loop_that_waits_hides_nothing_beside_it() {
    let program = file(
        r#"
            parameter: {name: "web", volumes?: [...string]}
            outputs: {
                for v in parameter.volumes {"\(v)": kind: "Volume"}
                service: {kind: "Service", name: parameter.name}
            }
        "#,
    );
    let instance = look(&program);
    let outputs = at(instance.root(), "outputs");
    assert!(matches!(outputs.state(), State::Incomplete(_)));
    assert_eq!(names(outputs), ["service"]);
    let service = at(outputs, "service");
    assert_eq!(json_of(service), r#"{"kind":"Service","name":"web"}"#);
    let error = outputs.export().expect_err("it waits");
    assert_eq!(error.kind, ErrorKind::Incomplete);
}

#[test]
fn a_conflict_is_found_by_validation_and_hides_nothing_beside_it() {
    let program = file("a: {x: 1, y: 2} & {x: 3}, b: a.y, c: d: [1, \"x\" & int]");
    let instance = look(&program);
    let root = instance.root();
    assert_eq!(json_of(at(root, "a.y")), "2");
    assert_eq!(names(at(root, "a")), ["x", "y"]);
    assert!(at(root, "a.y").validate(true).is_empty());
    let problems = root.validate(false);
    let starts = problems.iter();
    let starts: Vec<_> = starts
        .map(|problem| problem.diagnostic.span().range().start)
        .collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert_eq!(at(root, "c").validate(false).len(), 1);
    assert_eq!(json_of(at(root, "c.d[0]")), "1");
}

#[test]
fn markers_stay_with_what_is_referred_to_and_unified() {
    let program = file(
        r#"
            PatchContainer: {
                _params: name: string
                // +patchKey=name
                containers: [{
                    name: _params.name
                    // +patchStrategy=retainKeys
                    image: "x"
                }]
                if _params.name != "" {
                    // +inner
                    extra: deep: {
                        // +deeper
                        leaf: 1
                    }
                }
                // +computed
                "\(_params.name)-x": 1
            }
            patch: PatchContainer & {_params: name: "web"}
            again: spec: patch
            // +last
            a: b: c: 1 @go(C)
            either: *{
                // +arm
                x: 1
            } | {y: 2}
        "#,
    );
    let instance = look(&program);
    let root = instance.root();
    for start in ["patch", "again.spec"] {
        let patch = at(root, start);
        assert_eq!(at(patch, "containers").docs(), ["+patchKey=name"]);
        let image = at(patch, "containers[0].image");
        assert_eq!(image.docs(), ["+patchStrategy=retainKeys"]);
        assert_eq!(at(patch, "extra").docs(), [""; 0]);
        assert_eq!(at(patch, "extra.deep").docs(), ["+inner"]);
        assert_eq!(at(patch, "extra.deep.leaf").docs(), ["+deeper"]);
        assert_eq!(at(patch, r#""web-x""#).docs(), ["+computed"]);
    }
    assert_eq!(at(root, "a").docs(), [""; 0]);
    assert_eq!(at(root, "a.b.c").docs(), ["+last"]);
    assert_eq!(at(root, "a.b.c").attributes()[0].text(), "@go(C)");
    assert_eq!(at(root, "either.x").docs(), ["+arm"]);
    let filled = at(root, "PatchContainer").fill(&path("_params.name"), &json!("db"));
    assert_eq!(at(filled, "containers").docs(), ["+patchKey=name"]);
    assert_eq!(json_of(at(filled, "containers[0].name")), r#""db""#);
}

#[test]
fn what_is_filled_in_is_seen_by_references_and_checked() {
    let program = file(
        r#"
            #Web: {port: int, host: *"localhost" | string, url: "\(host):\(port)"}
            web: #Web
            url: web.url
            ports: [...int]
            sum: ports[1] + 1
        "#,
    );
    let instance = look(&program);
    let root = instance.root();
    let filled = root.fill(&path("web.port"), &json!(80));
    assert_eq!(json_of(at(filled, "url")), r#""localhost:80""#);
    // What it was made of is as before.
    assert_eq!(state(root, "url"), "incomplete");

    let twice = filled.fill(&path("web"), &json!({"host": "example.com"}));
    assert_eq!(json_of(at(twice, "url")), r#""example.com:80""#);
    let wrong = filled.fill(&path("web.port"), &json!("http"));
    assert_eq!(state(wrong, "web.port"), "conflict");
    assert_eq!(state(wrong, "web.host"), "concrete");
    // Definitions are closed to data as well.
    assert_eq!(
        state(root.fill(&path("web.prot"), &json!(1)), "web.prot"),
        "conflict"
    );
    let web = at(root, "#Web");
    assert_eq!(
        state(web.fill(&path("prot"), &json!(1)), "prot"),
        "conflict"
    );
    assert_eq!(
        json_of(at(web.fill(&path("port"), &json!(1)), "url")),
        r#""localhost:1""#
    );

    let second = root.fill(&path("ports[1]"), &json!(8));
    assert_eq!(json_of(at(second, "sum")), "9");
    assert_eq!(state(second, "ports[0]"), "incomplete");
    assert_eq!(
        state(root.fill(&path("ports[0]"), &json!("x")), "ports[0]"),
        "conflict"
    );
    assert_eq!(
        json_of(at(root, "ports").fill(&path(""), &json!([1]))),
        "[1]"
    );
}

#[test]
fn definitions_and_hidden_fields_are_filled_in_too() {
    let program = file("#d: int, _h: {x: string}, out: \"\\(#d) \\(_h.x)\"");
    let instance = look(&program);
    let filled = instance.root().fill(&path("#d"), &json!(3));
    let filled = filled.fill(&path("_h.x"), &json!("y"));
    assert_eq!(json_of(filled), r#"{"out":"3 y"}"#);
}

#[test]
fn data_of_the_scope_stays_when_more_is_filled_in() {
    let program = file("parameter: {name: string, size: int}, out: parameter");
    let parameter = json!({"name": "web"});
    let limits = Limits::default();
    let instance = program
        .instance(&[("parameter", &parameter)], &limits)
        .expect("it is declared");
    let filled = instance.root().fill(&path("parameter.size"), &json!(3));
    assert_eq!(json_of(at(filled, "out")), r#"{"name":"web","size":3}"#);
}

#[test]
fn nothing_that_is_filled_in_goes_beyond_the_bounds() {
    let program = file("a: _");
    let instance = look(&program);
    let root = instance.root();
    let far = root.fill(&path("a[4000000000000]"), &json!(1));
    assert_eq!(far.export().expect_err("too far").kind, ErrorKind::Limit);
    let long: Path = std::iter::repeat_n(crate::Selector::field("a"), 1_000_000).collect();
    let deep = root.fill(&long, &json!(1));
    assert_eq!(deep.export().expect_err("too deep").kind, ErrorKind::Limit);
    assert!(root.lookup(&long).is_none());
    let limits = Limits {
        depth: 50,
        ..Limits::default()
    };
    let instance = program.instance(&[], &limits).expect("it is small");
    let nested = (0..50).fold(json!(1), |nested, _| json!([nested]));
    let deep = instance.root().fill(&path("a"), &nested);
    assert!(matches!(deep.state(), State::Conflict(error) if error.kind == ErrorKind::Limit));
}

#[test]
fn values_of_two_instances_do_not_unify() {
    let program = file("a: 1");
    let (one, other) = (look(&program), look(&program));
    at(other.root(), "a");
    let both = one.root().unify(at(other.root(), "a"));
    let error = both.export().expect_err("not of one evaluation");
    assert_eq!(error.diagnostic.rule().code, "cue/other-instance");
}

#[test]
fn unifying_keeps_alternatives_and_closedness() {
    let program = file(
        r#"
            a: *{kind: "x", n: 1} | {kind: "y", n: 2}
            b: kind: "y"
            #C: {v: *1 | int, w?: int}
            d: v: 5
            e: u: 1
            f: *1 | 2 | 3
            g: *2 | 3
        "#,
    );
    let instance = look(&program);
    let item = |text: &str| at(instance.root(), text);
    assert_eq!(json_of(item("a").unify(item("b"))), r#"{"kind":"y","n":2}"#);
    assert_eq!(json_of(item("b").unify(item("a"))), r#"{"kind":"y","n":2}"#);
    assert_eq!(json_of(item("#C").unify(item("d"))), r#"{"v":5}"#);
    assert_eq!(state(item("d").unify(item("#C")), "v"), "concrete");
    assert_eq!(state(item("#C").unify(item("e")), "u"), "conflict");
    let f = item("f").unify(item("g"));
    assert_eq!(f.term(&TermOptions::default()).to_cue().trim(), "*2 | 3");
    let chosen = item("a").default().expect("it has one");
    assert_eq!(json_of(chosen.unify(item("a"))), r#"{"kind":"x","n":1}"#);
    assert!(item("d").default().is_none());
}

#[test]
fn a_scalar_keeps_the_definitions_beside_it() {
    let program = file("#Port: int, _x: 2, 5");
    let instance = look(&program);
    let root = instance.root();
    assert_eq!(
        (json_of(root), root.kind()),
        ("5".to_owned(), Some(Kind::Int))
    );
    let kinds: Vec<_> = root.fields().iter().map(|field| field.kind).collect();
    assert_eq!(kinds, [FieldKind::Definition, FieldKind::Hidden]);
    assert_eq!(state(root, "#Port"), "incomplete");
    assert_eq!(json_of(at(root, "_x")), "2");
}

#[test]
fn data_is_looked_at_like_all_else() {
    let program = file("out: output, merged: output & {z: 1}");
    let output = Node::map([
        ("b", Node::string("x")),
        (
            "a",
            burgee_source::Kind::List(vec![Node::string("y")]).into(),
        ),
    ]);
    let limits = Limits::default();
    let instance = program.instance(&[("output", &output)], &limits);
    let instance = instance.expect("it is given");
    let out = at(instance.root(), "out");
    assert_eq!(names(out), ["b", "a"]);
    assert_eq!(json_of(at(out, "a[0]")), r#""y""#);
    assert_eq!(at(out, "a").items().len(), 1);
    assert_eq!(at(out, "a[0]").path().to_string(), "out.a[0]");
    assert_eq!(state(out, "c"), "absent");
    assert_eq!(state(out, "#b"), "absent");
    let mut merged = names(at(instance.root(), "merged"));
    merged.sort();
    assert_eq!(merged, ["a", "b", "z"]);
    assert_eq!(
        json_of(out.fill(&path("c"), &json!(1))),
        r#"{"b":"x","a":["y"],"c":1}"#
    );
}

#[test]
fn expressions_and_packages_have_a_root_too() {
    let limits = Limits::default();
    let program = Program::expression("{a: 1, b: a + 1}", SourceId(0)).expect("CUE");
    assert_eq!(json_of(at(look(&program).root(), "b")), "2");
    let program = Program::expression("[1, \"x\"]", SourceId(0)).expect("CUE");
    assert_eq!(look(&program).root().items().len(), 2);
    let program = Program::expression("1 + \"x\"", SourceId(0)).expect("CUE");
    assert!(matches!(look(&program).root().state(), State::Conflict(_)));
    let files = [("a: b + 1", SourceId(0)), ("b: int", SourceId(1))];
    let program = Program::package(&files, None, &NoLoader).expect("CUE");
    let filled = look(&program);
    let filled = filled.root().fill(&path("b"), &json!(4));
    assert_eq!(json_of(filled), r#"{"a":5,"b":4}"#);
    let program = Program::package(&files, Some(("{c: a}", SourceId(2))), &NoLoader);
    let program = program.expect("CUE");
    assert_eq!(names(look(&program).root()), ["c"]);
    let program = file("x: missing");
    let error = program.instance(&[], &limits).expect_err("no such name");
    assert_eq!(
        error.diagnostic.message(Lang::En),
        "there is no `missing` here"
    );
}

#[test]
fn each_question_has_the_whole_of_the_bounds() {
    let program = file("l: [for i in [1, 2, 3, 4, 5, 6, 7, 8] {i}]");
    let limits = Limits {
        steps: 120,
        ..Limits::default()
    };
    let instance = program.instance(&[], &limits).expect("it is small");
    for _ in 0..100 {
        let filled = instance.root().fill(&path("x"), &json!(1));
        assert_eq!(json_of(at(filled, "l[7]")), "8");
    }
}

#[test]
fn all_questions_together_have_the_memory() {
    let program = file("a: int");
    let limits = Limits {
        memory: 1 << 20,
        ..Limits::default()
    };
    let instance = program.instance(&[], &limits).expect("it is small");
    let mut filled = (0..100_000).map(|_| instance.root().fill(&path("a"), &json!(1)));
    let refused = filled.find_map(|item| item.export().err());
    assert_eq!(refused.map(|error| error.kind), Some(ErrorKind::Limit));
}

#[test]
fn what_contains_itself_is_a_problem_once() {
    for text in ["#L: {h: 1, t: #L}", "#A: {b: #B}, #B: {a: #A}, x: #A"] {
        let program = file(text);
        let problems = look(&program).root().validate(true);
        let mut codes = problems
            .iter()
            .map(|problem| problem.diagnostic.rule().code);
        assert!(
            codes.all(|code| code == "cue/structural-cycle"),
            "{problems:?}"
        );
        assert!((1..=3).contains(&problems.len()), "{problems:?}");
    }
}

/// Data that cannot be had while it is read.
struct Asking<'i>(Item<'i>);

impl Data for Asking<'_> {
    fn view(&self) -> crate::View<'_> {
        crate::View::Bool(self.0.kind() == Some(Kind::Struct))
    }
}

#[test]
fn data_may_ask_the_instance_that_it_is_put_into() {
    let program = file("a: _");
    let instance = look(&program);
    let filled = instance.root().fill(&path("a"), &Asking(instance.root()));
    assert_eq!(json_of(filled), r#"{"a":true}"#);
}

#[test]
fn required_and_optional_fields_are_listed_with_their_marks() {
    let program = file("a!: int, b?: string, c: 1");
    let instance = look(&program);
    let root = instance.root();
    let marks: Vec<_> = root.fields().iter().map(|field| field.mark).collect();
    assert_eq!(marks, [Mark::Required, Mark::Optional, Mark::None]);
    let optional = root.fields()[1].item;
    assert_eq!(optional.state(), State::Absent);
    assert_eq!(
        optional.term(&TermOptions::default()).to_cue().trim(),
        "string"
    );
    assert_eq!(
        json_of(optional),
        "Incomplete: the field `b` is optional, and nobody gave it"
    );
    assert!(root.lookup(&path("b")).is_none());
    assert_eq!(
        json_of(at(root, "a")),
        "Incomplete: the field `a` is required and has no value"
    );
    assert_eq!(
        json_of(at(root.fill(&path("b"), &json!("x")), "b")),
        r#""x""#
    );
    assert_eq!(
        json_of(root.fill(&path("a"), &json!(7))),
        r#"{"a":7,"c":1}"#
    );
}

#[test]
fn problems_with_data_show_where_the_data_was_written() {
    let program = file("#Web: {port: int, tags: [...string]}, config: #Web");
    let at = |node: Node, start: usize| {
        let start = u32::try_from(start).expect("a small number");
        let span = burgee_source::Span::new(SourceId(7), start, start + 1);
        Node { span, ..node }
    };
    let config = at(
        Node::map([
            ("port", at(Node::string("http"), 10)),
            (
                "tags",
                at(
                    burgee_source::Kind::List(vec![
                        at(Node::string("a"), 20),
                        at(burgee_source::Kind::Bool(true).into(), 30),
                    ])
                    .into(),
                    19,
                ),
            ),
            ("prot", at(Node::string("x"), 40)),
        ]),
        1,
    );
    let scope: &[(&str, &dyn Data)] = &[("config", &config)];
    let problems = program.validate(scope, &Limits::default(), true);
    let places: Vec<_> = problems
        .iter()
        .map(|problem| {
            let labels = problem.diagnostic.labels().iter();
            let places = labels.map(|label| (label.span.source().0, label.span.range().start));
            places.collect::<Vec<_>>()
        })
        .collect();
    insta::assert_compact_debug_snapshot!(places, @"[[(0, 13), (7, 10)], [(0, 28), (7, 30)], [(7, 40)]]");
    let messages: Vec<_> = problems.iter().map(ToString::to_string).collect();
    insta::assert_compact_debug_snapshot!(messages, @r#"["\"http\" and int are in conflict", "true and string are in conflict", "the field `prot` is not allowed here"]"#);
}
