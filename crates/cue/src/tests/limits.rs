//! Every bound is an ordinary error that names it, on a small stack too.

use burgee_source::{Lang, SourceId};

use crate::{ErrorKind, Limits, Program, TermOptions};

/// The stack of a thread that tokio or std starts.
const SMALL_STACK: usize = 2 << 20;

fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new()
        .stack_size(SMALL_STACK)
        .spawn(run);
    thread
        .expect("a thread")
        .join()
        .expect("no overflow and no panic")
}

fn outcome(text: &str) -> String {
    match Program::file(text, SourceId(0)) {
        Err(problems) => problems[0].rule().code.to_owned(),
        Ok(program) => match program.evaluate(&[], &Limits::default()) {
            Ok(value) => value.to_json_text(),
            Err(error) => match error.kind {
                ErrorKind::Limit => error.diagnostic.argument("bound").unwrap_or("?").to_owned(),
                _ => error.diagnostic.rule().code.to_owned(),
            },
        },
    }
}

#[test]
fn deep_nesting_is_an_ordinary_error() {
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{a: ", "1", "}"),
        ("-", "1", ""),
        ("\"\\(", "1", ")\""),
        ("f(", "1", ")"),
        ("a: ", "1", ""),
        ("[if true {", "1", "}]"),
        ("1 + (", "1", ")"),
        ("", "a", ".b"),
        ("", "a", "[0]"),
        ("", "a", " + a"),
        ("*", "1", ""),
        ("[", "", ""),
        ("{", "", ""),
        ("(", "", ""),
        ("\"\\(", "", ""),
    ] {
        let text = format!("{}{middle}{}", open.repeat(100_000), close.repeat(100_000));
        let code = on_a_small_stack(move || outcome(&text));
        assert_eq!(code, "cue-syntax/too-deep", "{open}…{close}");
    }
}

#[test]
fn nesting_up_to_the_bound_is_evaluated_on_a_small_stack() {
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("-", "1", ""),
        ("\"\\(", "1", ")\""),
    ] {
        let text = format!("x: {}{middle}{}", open.repeat(60), close.repeat(60));
        let outcome = on_a_small_stack(move || outcome(&text));
        assert!(outcome.starts_with("{\"x\":"), "{outcome}");
    }
    let chain = format!("x: 1{}", " + 1".repeat(150));
    assert_eq!(on_a_small_stack(move || outcome(&chain)), "{\"x\":151}");
}

#[test]
fn long_chain_of_references_ends_at_the_depth_bound() {
    let fields: Vec<String> = (0..50_000)
        .map(|n| format!("a{n}: a{} + 1", n + 1))
        .collect();
    let text = format!("{}\na50000: 1\n", fields.join("\n"));
    assert_eq!(on_a_small_stack(move || outcome(&text)), "depth");
}

#[test]
fn bounds_name_the_field_that_used_them_up() {
    let text = "few: [1, 2, 3]\nmany: [for a in r for b in r for c in r {a}]\nr: [for i in s for j in s {i}]\ns: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]";
    let program = Program::file(text, SourceId(0)).expect("CUE");
    for (limits, bound) in [
        (
            Limits {
                steps: 100_000,
                ..Limits::default()
            },
            "steps",
        ),
        (
            Limits {
                memory: 1 << 20,
                ..Limits::default()
            },
            "memory",
        ),
        (
            Limits {
                time: std::time::Duration::ZERO,
                ..Limits::default()
            },
            "time",
        ),
    ] {
        let error = program.evaluate(&[], &limits).expect_err("too much");
        assert_eq!(error.kind, ErrorKind::Limit);
        assert_eq!(error.diagnostic.argument("bound"), Some(bound));
        assert_eq!(error.diagnostic.argument("field"), Some("many"));
    }
}

#[test]
fn struct_that_contains_itself_is_an_error() {
    assert_eq!(
        on_a_small_stack(|| outcome("a: {b: a}")),
        "cue/structural-cycle"
    );
    for text in [
        "a: {n: 1, b: a & {c: 1}}",
        "b: {a: b & b}",
        "a: {b: a & {c: a & {d: a & a}}}",
    ] {
        let end = on_a_small_stack(move || outcome(text));
        let known = ["cue/structural-cycle", "depth", "steps"];
        assert!(known.contains(&&*end), "{text}: {end}");
    }
}

#[test]
fn endless_work_ends_at_the_step_bound() {
    let text =
        "import \"list\"\nl: list.Range(0, 2000, 1)\nx: [for a in l for b in l for c in l {a}]";
    assert!(matches!(&*outcome(text), "steps" | "output"));
}

#[test]
fn huge_answers_end_at_the_output_bound() {
    for text in [
        "\"abcdefgh\" * 1000000000",
        "import \"strings\"\nstrings.Repeat(\"abcdefgh\", 1000000000)",
        "import \"list\"\nlist.Range(0, 1000000000, 1)",
        "import \"list\"\nlist.Repeat([1, 2], 1000000000)",
        "a: \"x\" * 1000000\nb: [for i in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] {a + a}]",
    ] {
        assert_eq!(outcome(text), "output", "{text}");
    }
}

#[test]
fn absurd_numbers_are_errors() {
    assert_eq!(outcome("1e1000000000 + 1"), "cue/invalid-number");
    assert_eq!(outcome(&"9".repeat(20_000)), "cue-syntax/number-too-long");
    assert_eq!(outcome("1e90000 * 1e90000"), "cue/arithmetic");
}

#[test]
fn oversized_text_is_refused() {
    let text = " ".repeat(crate::MAX_INPUT + 1);
    let problems = Program::file(&text, SourceId(0)).expect_err("too long");
    assert_eq!(
        problems[0].message(Lang::En),
        "the text has 4194305 bytes, more than the 4194304 that are read"
    );
}

/// What it includes of itself doubled at each level, and memory with it. The value is CUE's.
#[test]
fn alternatives_that_hold_themselves_do_not_grow_without_bound() {
    let program = Program::file("a: X= true|+{X}", SourceId(0)).expect("CUE");
    let limits = Limits {
        depth: 500,
        ..Limits::default()
    };
    let value = program.evaluate(&[], &limits).expect("a value");
    assert_eq!(value.to_json_text(), r#"{"a":true}"#);
}

#[test]
fn a_definition_that_brings_itself_twice_at_every_level_ends_at_the_step_bound() {
    let text = "#C: {next?: #C}\n#C: {{next?: #C}}";
    let program = Program::file(text, SourceId(0)).expect("CUE");
    let limits = Limits {
        steps: 100_000,
        ..Limits::default()
    };
    let instance = program
        .instance(&[], &limits)
        .expect("no names from outside");
    let mut item = instance.root();
    for _ in 0..13 {
        item = item.fields().first().expect("the next level").item;
    }
    // It is small work to take in the 8192 literals of this level, and much to find out which were taken in before.
    let known = item.term(&TermOptions::default()).to_cue();
    assert!(known.contains("used up its steps"), "{known}");
}
