//! All problems at once, and no others.

use burgee_source::SourceId;

use crate::{Limits, Program};

/// The codes of all problems.
fn problems(text: &str, concrete: bool) -> Vec<&'static str> {
    let program = Program::file(text, SourceId(0)).expect("CUE");
    let problems = program.validate(&[], &Limits::default(), concrete);
    let codes = problems.iter();
    codes
        .map(|problem| problem.diagnostic.rule().code)
        .collect()
}

#[test]
fn a_definition_need_not_satisfy_what_its_users_must() {
    for text in [
        "#T: {matchN(1, [{a!: _}, {b!: _}]), a?: int, b?: int}\nx: #T & {b: 2}",
        "#S: {matchIf({kind: \"a\"}, {n!: int}, _), kind: string, n?: int}\nx: #S & {kind: \"b\"}",
        "import \"list\"\n#R: {s: [...string] & list.MinItems(1)}\nx: #R & {s: [\"a\"]}",
    ] {
        assert_eq!(problems(text, true), [""; 0], "{text}");
        assert_eq!(problems(text, false), [""; 0], "{text}");
    }
    let unsatisfied = "#T: {matchN(1, [{a!: _}, {b!: _}]), a?: int, b?: int}\nx: #T";
    assert_eq!(problems(unsatisfied, true), ["cue/incomplete"]);
    assert_eq!(problems(unsatisfied, false), [""; 0]);
}

#[test]
fn definitions_beside_a_scalar_are_no_conflict_with_it() {
    let text = "#Port: {int & >0, #doc: \"port\"}\nx: #Port & 80";
    assert_eq!(problems(text, true), [""; 0]);
    assert_eq!(problems("x: {1, #doc: 2 & 3}", true), ["cue/conflict"]);
}

#[test]
fn what_contains_itself_by_way_of_others_is_a_problem() {
    for text in ["a: x: b\nb: y: a", "a: b: c, c: d: a"] {
        for concrete in [true, false] {
            let found = problems(text, concrete);
            let cycle = |code: &&str| *code == "cue/structural-cycle";
            assert!(!found.is_empty() && found.iter().all(cycle), "{found:?}");
        }
    }
}
