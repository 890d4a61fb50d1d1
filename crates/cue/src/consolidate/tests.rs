//! What becomes of several files.

use burgee_source::{Diagnostic, SourceId};

use crate::{Limits, NoLoader, Program, consolidate};

fn together(files: &[&str]) -> Result<String, Vec<Diagnostic>> {
    let files: Vec<_> = files.iter().copied().zip((0..).map(SourceId)).collect();
    consolidate(&files)
}

#[test]
fn a_single_file_is_formatted() {
    assert_eq!(together(&["a:1"]).expect("CUE"), "a: 1\n");
    assert_eq!(together(&[]).expect("nothing"), "");
}

#[test]
fn imports_are_listed_once_and_comments_stay() {
    let one = "// head\n\n// about p\npackage p\n\nimport \"strings\" // for upper\n\na: strings.ToUpper(b)\n";
    let two = "// second\npackage p\n\nimport (\n\t// both\n\t\"strings\"\n\tj \"encoding/json\"\n)\n\nb: j.Marshal(strings.ToLower(\"X\"))\n";
    insta::assert_snapshot!(together(&[one, two]).expect("CUE"), @r#"
    // head

    // about p
    package p

    import (
    	j "encoding/json"
    	"strings"
    )

    // for upper

    a: strings.ToUpper(b)

    // second

    // both

    b: j.Marshal(strings.ToLower("X"))
    "#);
}

#[test]
fn one_text_means_what_the_files_mean() {
    let files = [
        "package p\n#A: {a: int}\nlet L = 2\nx: #A & {a: L}\n",
        "package p\n#A: b: *1 | int\ny: x.a + 1\nz: {a: 3, m: a}\n",
    ];
    let placed: Vec<_> = files.iter().copied().zip((0..).map(SourceId)).collect();
    let apart = Program::package(&placed, None, &NoLoader).expect("CUE");
    let text = together(&files).expect("CUE");
    let joined = Program::file(&text, SourceId(9)).expect("CUE");
    let json = |program: Program| {
        let value = program.evaluate(&[], &Limits::default());
        value.expect("a value").to_json_text()
    };
    assert_eq!(json(apart), json(joined));
}

#[test]
fn a_name_of_one_file_that_another_one_uses_otherwise_is_refused() {
    let clash = |one: &str, two: &str| {
        let problems = together(&[one, two]).err().unwrap_or_default();
        problems
            .iter()
            .map(|problem| problem.rule().code)
            .collect::<Vec<_>>()
    };
    assert_eq!(clash("let x = 1\na: x", "x: 2\nb: x"), ["cue/two-meanings"]);
    assert_eq!(clash("let x = 1\na: x", "b: x"), ["cue/two-meanings"]);
    assert_eq!(clash("let x = 1\na: x", "b: {x: 1}.x"), Vec::<&str>::new());
    assert_eq!(
        clash(
            "import x \"math\"\na: x.Pi",
            "import x \"list\"\nb: x.Max([1])"
        ),
        ["cue/two-meanings"; 2]
    );
    assert_eq!(
        clash("import \"math\"\na: math.Pi", "import \"math\"\nb: math.Pi"),
        Vec::<&str>::new()
    );
    assert_eq!(clash("x=a: 1", "b: x"), ["cue/two-meanings"]);
}
