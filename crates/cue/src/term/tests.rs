//! What terms look like. The expectations are the layout of `cue fmt` and of `cue eval`, with tabs.

use burgee_source::SourceId;
use ecow::EcoString;
use proptest::prelude::*;

use super::{FieldKind, Mark, Term, TermField};
use crate::{Limits, Number, Program, Value};

fn int(value: i64) -> Term {
    Term::Value(Value::Number(value.into()))
}

fn float(text: &str) -> Term {
    Term::Value(Value::Number(Number::parse(text).expect("a number")))
}

fn text(text: &str) -> Term {
    Term::Value(Value::String(text.into()))
}

fn bytes(bytes: &[u8]) -> Term {
    Term::Value(Value::Bytes(bytes.into()))
}

fn kind(name: &str) -> Term {
    Term::Type(name.into())
}

fn bound(operator: &'static str, operand: Term) -> Term {
    Term::Bound(operator, Box::new(operand))
}

fn open_list(items: &[Term], rest: Term) -> Term {
    Term::List {
        items: items.to_vec(),
        rest: Some(Box::new(rest)),
    }
}

fn list(items: &[Term]) -> Term {
    Term::List {
        items: items.to_vec(),
        rest: None,
    }
}

fn record<const N: usize>(fields: [(&str, Term); N]) -> Term {
    let fields = fields.map(|(name, value)| TermField::new(name, value));
    Term::Struct(fields.into(), false)
}

fn shown<const N: usize>(fields: [(&str, Term); N]) -> String {
    record(fields).to_cue()
}

#[test]
fn values_of_neighbours_stand_in_a_column() {
    let term = shown([
        ("a", int(1)),
        ("bbbbbb", kind("string")),
        ("ddd", record([("x", int(1)), ("long", int(2))])),
        ("eeeee", bound(">", int(3))),
        ("f", list(&[int(1), int(2)])),
        ("ggggg", Term::Top),
        ("jjjjjjj", Term::Call("list.MaxItems".into(), vec![int(3)])),
        (
            "p",
            Term::Or(vec![(false, kind("int")), (false, list(&[int(1)]))]),
        ),
        ("qqq", int(4)),
        ("r", text("a\nb")),
        ("ss", float("5")),
        ("iii", record([])),
        ("jj", list(&[])),
    ]);
    insta::assert_snapshot!(term, @r#"
    a:      1
    bbbbbb: string
    ddd: {
    	x:    1
    	long: 2
    }
    eeeee: >3
    f: [1, 2]
    ggggg:   _
    jjjjjjj: list.MaxItems(3)
    p: int | [1]
    qqq: 4
    r: """
    	a
    	b
    	"""
    ss: 5
    iii: {}
    jj: []
    "#);
}

#[test]
fn attributes_stand_in_a_column_and_comments_above() {
    let field = |name: &str, value: Term, docs: &[&str], attributes: &[&str]| TermField {
        docs: docs.iter().copied().map(EcoString::from).collect(),
        attributes: attributes.iter().copied().map(EcoString::from).collect(),
        ..TermField::new(name, value)
    };
    let term = Term::Struct(
        vec![
            field("a", int(1), &[], &["@foo(x)"]),
            field("bbbbbb", int(222), &[], &["@bar()"]),
            field("c", text("long string"), &[], &["@baz()", "@qux()"]),
            field(
                "cc",
                int(3),
                &["//+usage=three", "+short=t", "", "  and more"],
                &[],
            ),
            field("ddddd", int(4), &[], &["@zz(1)"]),
            field("e", record([("x", int(1))]), &["struct"], &["@foo()"]),
            field(
                "fff",
                Term::Bottom("conflicting values 2 and 1\nx.y".into()),
                &[],
                &["@x()"],
            ),
            field("g", Term::Bottom("no".into()), &[], &[]),
        ],
        true,
    );
    insta::assert_snapshot!(term.to_cue(), @r#"
    a:      1             @foo(x)
    bbbbbb: 222           @bar()
    c:      "long string" @baz() @qux()
    //+usage=three
    // +short=t
    //
    //  and more
    cc:    3
    ddddd: 4 @zz(1)
    // struct
    e: {
    	x: 1
    } @foo()
    fff: _|_ @x() // conflicting values 2 and 1; x.y
    g:   _|_ // no
    ...
    "#);
}

#[test]
fn names_are_quoted_where_they_must_be() {
    let names = [
        "a-b", "$x", "é", "1a", "for", "in", "true", "null", "_", "a_b", "#a", "", "int", "a b",
        "x\ny", "__a", "_#a", "١a", "a١", "a²", "Ⅷ", "a\"b", "a\\b",
    ];
    let fields = names.map(|name| TermField::new(name, int(1)));
    insta::assert_snapshot!(Term::Struct(fields.into(), false).to_cue(), @r##"
    "a-b":  1
    $x:     1
    é:      1
    "1a":   1
    for:    1
    in:     1
    true:   1
    null:   1
    "_":    1
    a_b:    1
    "#a":   1
    "":     1
    int:    1
    "a b":  1
    "x\ny": 1
    "__a":  1
    "_#a":  1
    "١a":   1
    a١:     1
    "a²":   1
    "Ⅷ":    1
    "a\"b": 1
    "a\\b": 1
    "##);
}

#[test]
fn a_field_is_no_package_clause() {
    assert_eq!(shown([("package", int(1))]), "\"package\": 1\n");
    assert_eq!(shown([("import", text("a"))]), "\"import\": \"a\"\n");
    let inner = record([("package", int(1))]);
    assert_eq!(shown([("a", inner)]), "a: {\n\tpackage: 1\n}\n");
}

#[test]
fn what_is_not_known_keeps_its_parentheses() {
    for expression in [
        "-(b & _)",
        "1 * (b & _)",
        "(b & _) + (1)",
        "(c).d",
        "(c)[\"d\"]",
        "!((b) < (1))",
    ] {
        let text = format!("b: int\nc: {{...}}\na: {expression}\n");
        let program = Program::file(&text, SourceId(0)).expect("CUE");
        let limits = Limits::default();
        let instance = program
            .instance(&[], &limits)
            .expect("no names from outside");
        let term = instance
            .root()
            .get("a")
            .map(|item| item.term(&crate::TermOptions::default()));
        let known = term.map(|term| term.to_cue());
        assert_eq!(known.as_deref(), Some(&*format!("{expression}\n")));
    }
}

/// What `cue eval` v0.14.1 prints, but for the line breaks inside of comprehensions.
#[test]
fn what_waits_is_shown_as_written_and_what_is_decided_as_decided() {
    let options = crate::TermOptions {
        definitions: true,
        optional: true,
        final_: true,
        ..Default::default()
    };
    let known = |text: &str| {
        let program = Program::file(text, SourceId(0)).expect("CUE");
        let term = program.term(&[], &Limits::default(), &options);
        term.expect("no conflict").to_cue()
    };
    let text = "#D: {k: \"a\" | \"b\", if k == \"a\" {x: int}}\nv: #D & {k: \"a\"}";
    insta::assert_snapshot!(known(text), @r#"
    #D: {
    	k: "a" | "b"
    	if k == "a" {x: int}
    }
    v: {
    	k: "a"
    	x: int
    }
    "#);
    assert_eq!(
        known("x: string\ny: {(x): 1, \"a\\(x)\"?: 2}"),
        "x: string\ny: {\n\t(x): 1\n\t\"a\\(x)\"?: 2\n}\n"
    );
    assert_eq!(
        known("a: *1 | *2 | 3, b: [1, ...int]"),
        "a: 1 | 2\nb: [1]\n"
    );
    let list = known("#L: {v: int, next?: #L}");
    assert_eq!(list, "#L: {\n\tv:     int\n\tnext?: #L\n}\n");
}

#[test]
fn a_struct_without_braces_gets_them_where_it_is_a_part_and_a_file_does_not() {
    for text in [
        "f: number\nt: {c: f} * 9\nt: c: 100",
        "import \"path\"\npath.Resolve(\"/a\", <\"b\")",
    ] {
        let program = Program::file(text, SourceId(0)).expect("CUE");
        let limits = Limits::default();
        let instance = program.instance(&[], &limits);
        let instance = instance.expect("no names from outside");
        let known = instance.root().term(&crate::TermOptions::default());
        let known = known.to_cue();
        let read = Program::file(&known, SourceId(0));
        assert!(read.is_ok(), "{known}");
    }
}

#[test]
fn aliases_of_values_are_no_part_of_what_several_declarations_say_together() {
    let text = "x: V={a: int, b: V.a + 1}\nx: V=*({a: int, b: V.a + 1}) | _";
    let program = Program::file(text, SourceId(0)).expect("CUE");
    let term = program.term(&[], &Limits::default(), &crate::TermOptions::default());
    let known = term.expect("no conflict").to_cue();
    assert_eq!(
        known,
        "x: {a: int, b: V.a + 1} & (*({a: int, b: V.a + 1}) | _)\n"
    );
}

#[test]
fn parentheses_at_the_end_of_a_value_belong_to_what_was_written() {
    let text = "[X=string]: cs: ([for _, c in cs {c}])";
    let program = Program::file(text, SourceId(0)).expect("CUE");
    let options = crate::TermOptions {
        patterns: true,
        ..Default::default()
    };
    let term = program.term(&[], &Limits::default(), &options);
    let known = term.expect("no conflict").to_cue();
    assert_eq!(known, "[string]: {cs: ([for _, c in cs {c}])}\n");
}

#[test]
fn what_has_no_end_is_shown_as_written_inside_of_itself() {
    let options = crate::TermOptions {
        definitions: true,
        optional: true,
        patterns: true,
        ..Default::default()
    };
    let known = |text: &str| {
        let program = Program::file(text, SourceId(0)).expect("CUE");
        let term = program.term(&[], &Limits::default(), &options);
        term.expect("no conflict").to_cue()
    };
    assert_eq!(known("x: {[string]: x}"), "x: {\n\t[string]: x\n}\n");
    assert_eq!(
        known("#T: [...#T]\ny: #T"),
        "#T: [...[...#T]]\ny: [...#T]\n"
    );
    let tree = known("x: {[string]: x}\ny: x & {a: {b: {}}}");
    assert!(tree.len() < 1000, "{tree}");

    // Here nobody looked for conflicts first.
    let program = Program::file("a: x: b\nb: y: a", SourceId(0)).expect("CUE");
    let limits = Limits::default();
    let instance = program
        .instance(&[], &limits)
        .expect("no names from outside");
    let known = instance.root().term(&options).to_cue();
    let end = "\t\ty: _|_ // this struct contains itself without end\n";
    assert!(known.contains(end), "{known}");
}

#[test]
fn definitions_hidden_fields_marks_and_patterns() {
    let field = |name: &str, kind, mark, value| TermField {
        kind,
        mark,
        ..TermField::new(name, value)
    };
    let string = || kind("string");
    let fields = vec![
        field(
            "#Def",
            FieldKind::Definition,
            Mark::None,
            Term::Struct(vec![], true),
        ),
        field("_#Secret", FieldKind::Definition, Mark::None, int(1)),
        field("_hidden", FieldKind::Hidden, Mark::None, int(2)),
        field("x-y", FieldKind::Regular, Mark::Optional, string()),
        field("zz", FieldKind::Regular, Mark::Required, string()),
        field("#q", FieldKind::Definition, Mark::Optional, string()),
        TermField::constraint(string(), kind("int")),
        TermField::constraint(bound("=~", text("^a")), record([("x", int(1))])),
    ];
    insta::assert_snapshot!(Term::Struct(fields, true).to_cue(), @r#"
    #Def: {
    	...
    }
    _#Secret: 1
    _hidden:  2
    "x-y"?:   string
    zz!:      string
    #q?:      string
    [string]: int
    [=~"^a"]: {
    	x: 1
    }
    ...
    "#);
}

#[test]
fn parentheses_stand_where_operators_bind_otherwise() {
    let default = || Term::Or(vec![(true, int(1)), (false, int(2))]);
    let choice = || Term::Or(vec![(false, text("a")), (false, kind("int"))]);
    let both = || Term::And(vec![kind("int"), bound(">=", int(1))]);
    let terms = [
        default(),
        Term::And(vec![choice(), bound("!=", text("b"))]),
        Term::Or(vec![(false, both()), (true, int(3))]),
        Term::Or(vec![(true, both()), (false, kind("int"))]),
        Term::Or(vec![(true, default()), (false, int(3))]),
        Term::Or(vec![(false, default()), (false, int(3))]),
        Term::Or(vec![(false, choice()), (false, int(3))]),
        Term::And(vec![both(), bound("<", int(9))]),
        bound(">", int(-1)),
        bound("<", int(-1)),
        bound("<", Term::Text("x + 1".into())),
        bound("<", Term::Text("x.y[0]".into())),
        Term::And(vec![Term::Text("(a)|(b)".into()), kind("int")]),
        Term::And(vec![Term::Text("(a|b)".into()), kind("int")]),
        Term::Text("x + 1".into()),
        Term::Or(vec![(true, bound(">=", int(-5))), (false, int(-6))]),
        Term::Or(vec![(true, int(1))]),
        Term::And(vec![default()]),
        Term::And(vec![]),
        Term::Or(vec![]),
        Term::Call("strings.MinRunes".into(), vec![int(3)]),
        open_list(&[], choice()),
        open_list(&[int(1)], Term::Top),
        bound("!=", Term::Value(Value::Null)),
        Term::Or(vec![
            (true, record([("a", int(1))])),
            (false, record([("b", int(2))])),
        ]),
        Term::Bottom("why".into()),
    ];
    let lines: String = terms.iter().map(Term::to_cue).collect();
    insta::assert_snapshot!(lines, @r#"
    *1 | 2
    ("a" | int) & !="b"
    int & >=1 | *3
    *(int & >=1) | int
    *(*1 | 2) | 3
    (*1 | 2) | 3
    "a" | int | 3
    int & >=1 & <9
    >-1
    < -1
    <(x + 1)
    <x.y[0]
    ((a)|(b)) & int
    ((a|b)) & int
    x + 1
    *>=-5 | -6
    1
    *1 | 2
    _
    _|_
    strings.MinRunes(3)
    [..."a" | int]
    [1, ...]
    !=null
    *{
    	a: 1
    } | {
    	b: 2
    }
    _|_ // why
    "#);
}

#[test]
fn lists_stand_on_one_line_but_for_what_takes_several() {
    let one = record([("a", int(1))]);
    let term = shown([
        ("d", list(&[one.clone(), record([("b", int(2))])])),
        ("e", list(&[list(&[int(1), int(2)]), list(&[int(3)])])),
        ("g", list(&[one.clone(), int(2), record([])])),
        ("i", list(&[text("a\nb"), text("c")])),
        ("k", list(&[Term::Bottom("no".into()), int(1)])),
        ("l", open_list(&[], one)),
    ]);
    insta::assert_snapshot!(term, @r#"
    d: [{
    	a: 1
    }, {
    	b: 2
    }]
    e: [[1, 2], [3]]
    g: [{
    	a: 1
    }, 2, {}]
    i: ["""
    	a
    	b
    	""", "c"]
    k: [_|_, 1]
    l: [...{
    	a: 1
    }]
    "#);
}

#[test]
fn strings_are_escaped_as_cue_does() {
    let strings = [
        "\u{1}é\u{2028}\u{1f600}\\ \"q\" '\r\u{7f}\u{feff}\u{a0}\u{200b}\u{e000}\u{fffd}\t\u{1b}\u{7}\u{8}\u{c}\u{b}",
        "\\(x)",
        "",
        "\n",
        "a\n",
        "\na",
        "a\n\nb\n  c\n",
        "a\nb\\c\"\"\"\t\r",
        "x\n\\y",
        "x\n\"\"",
        "x\n\"\"\"\"#",
        "x\n\"\"\"#\\#\"##",
        "\ta\n  b\n",
        "a\r\nb",
    ];
    let lines: String = strings.map(|string| text(string).to_cue()).concat();
    insta::assert_snapshot!(lines, @r###"
    "\u0001é\u2028😀\\ \"q\" '\r\u007f\ufeff\u00a0\u200b\ue000�\t\u001b\a\b\f\v"
    "\\(x)"
    ""
    """


    	"""
    """
    	a

    	"""
    """

    	a
    	"""
    """
    	a

    	b
    	  c

    	"""
    #"""
    	a
    	b\#\c"""\#t\#r
    	"""#
    """
    	x
    	\\y
    	"""
    """
    	x
    	""
    	"""
    ##"""
    	x
    	""""#
    	"""##
    ##"""
    	x
    	"""#\##\#"##
    	"""##
    """
    	\ta
    	  b

    	"""
    """
    	a\r
    	b
    	"""
    "###);
}

#[test]
fn bytes_are_escaped_as_cue_does() {
    let all: [&[u8]; 5] = [
        b"ab\0\x07\xc2\x80\x80\x1b\"'\\\xc3\xa9\t",
        b"",
        b"\n",
        b"x\n'''\xfe",
        b"a\r\nb\\ ''' \xff",
    ];
    let lines: String = all.map(|one| bytes(one).to_cue()).concat();
    insta::assert_snapshot!(lines, @r#"
    'ab\x00\a\u0080\x80\x1b"\'\\é\t'
    ''
    '''


    	'''
    #'''
    	x
    	'''\#xfe
    	'''#
    #'''
    	a\#r
    	b\#\ ''' \#xff
    	'''#
    "#);
}

#[test]
fn floats_look_like_floats() {
    let numbers = ["1E+400", "2.50", "-1.5", "1E-7", "0.000001"];
    let mut lines: String = numbers.map(|number| float(number).to_cue()).concat();
    lines.push_str(&int(-7).to_cue());
    insta::assert_snapshot!(lines, @r"
    1e+400
    2.50
    -1.5
    1e-7
    0.000001
    -7
    ");
}

#[test]
fn nested_fields_are_indented_with_tabs() {
    let inner = record([("c", text("a\nb")), ("dd", record([("e", int(1))]))]);
    insta::assert_snapshot!(shown([("a", record([("b", inner)])), ("f", record([]))]), @r#"
    a: {
    	b: {
    		c: """
    			a
    			b
    			"""
    		dd: {
    			e: 1
    		}
    	}
    }
    f: {}
    "#);
    assert_eq!(Term::Struct(vec![], false).to_cue(), "{}\n");
    assert_eq!(Term::Struct(vec![], true).to_cue(), "...\n");
    let value = record([("a", int(1)), ("b", list(&[]))]).to_value();
    let value = Term::Value(value.expect("it is concrete"));
    assert_eq!(value.to_cue(), "a: 1\nb: []\n");
}

#[test]
fn a_concrete_term_gives_its_value() {
    let mut hidden = TermField::new("_h", Term::Top);
    hidden.kind = FieldKind::Hidden;
    let mut optional = TermField::new("o", kind("int"));
    optional.mark = Mark::Optional;
    let fields = vec![TermField::new("a", list(&[int(1)])), hidden, optional];
    let value = Term::Struct(fields, true)
        .to_value()
        .expect("it is concrete");
    assert_eq!(value.to_json_text(), r#"{"a":[1]}"#);
    assert_eq!(Term::from(value.clone()).to_value(), Some(value));
    assert_eq!(record([("a", kind("int"))]).to_value(), None);
}

/// Concrete values of every kind, with names and texts that ask for quotes and escapes.
fn value() -> impl Strategy<Value = Value> {
    let letters = || prop_oneof![".{0,6}", "[a-z_#$\"'\\\\\n\t\r (){}\u{2028}é]{0,8}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.into())),
        "-?[0-9]{1,3}[.][0-9]{1,3}(e[+-]?[0-9]{1,2})?".prop_filter_map("a number", |text| {
            // A whole float such as `5.` is `5.0` in CUE text, and `5` in JSON.
            let number = Number::parse(&text)?;
            let looks_so = number.to_string().contains(['.', 'E']);
            looks_so.then_some(Value::Number(number))
        }),
        letters().prop_map(|text| Value::String(text.into())),
        prop::collection::vec(any::<u8>(), 0..8).prop_map(|bytes| Value::Bytes(bytes.into())),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let names = prop_oneof![".{0,4}", "[a-c]", "for|in|null|_a|#b|__c|a-b"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| Value::List(items.into())),
            prop::collection::btree_map(names, inner, 0..4).prop_map(|fields| {
                let fields = fields.into_iter().map(|(name, value)| (name.into(), value));
                Value::Struct(fields.collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn a_printed_value_is_read_as_the_same_value(value in value()) {
        let text = Term::from(value.clone()).to_cue();
        let program = Program::file(&text, SourceId(0)).map_err(|problems| {
            TestCaseError::fail(format!("{text}\n{problems:?}"))
        })?;
        let read = program.evaluate(&[], &Limits::default());
        prop_assert_eq!(read.map(|read| read.to_json_text()), Ok(value.to_json_text()), "{}", text);
    }
}
