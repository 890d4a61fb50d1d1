//! `burgee cue def`.

use crate::env::Env;

#[test]
fn a_package_is_printed_as_one_formatted_text_with_its_data() {
    let env = Env::new();
    let schema = "package shop\n\n// what is sold\n#Item: {name:string, price?:>0}\n";
    let items =
        "package shop\nimport \"strings\"\nfirst: #Item & {name: strings.ToLower(\"TEA\")}\n";
    let _schema = env.file("a.cue", schema);
    let _items = env.file("b.cue", items);
    let _data = env.file("data.json", "{\"first\": {\"price\": 3}}");
    let out = env.run(&["cue", "def", ".", "data.json"]).exits(0);
    let expected = "\
package shop

import (
\t\"strings\"
)

// what is sold
#Item: {name: string, price?: >0}

first: #Item & {name: strings.ToLower(\"TEA\")}

{\"first\": {\"price\": 3}}
";
    assert_eq!(out.stdout, expected);
    let again = env.run_with_input(&["cue", "export", "-e", "first.price", "-"], expected);
    assert_eq!(again.exits(0).stdout, "3\n");
}

#[test]
fn an_expression_is_printed_with_all_that_is_known_and_nothing_decided() {
    let env = Env::new();
    let text = "#A: {\n\t// how many\n\ta: *1 | int\n\tb?: string\n\t_c: 2\n}\n";
    let _file = env.file("a.cue", text);
    let out = env.run(&["cue", "def", "a.cue", "-e", "#A", "-e", "#A.a"]);
    let expected = "\
// how many
a:  *1 | int
b?: string
_c: 2
// ---
*1 | int
";
    assert_eq!(out.exits(0).stdout, expected);
}

#[test]
fn what_conflicts_is_reported_instead() {
    let env = Env::new();
    let _file = env.file("a.cue", "a: 1 & 2\n");
    let out = env.run(&["cue", "def", "a.cue"]).exits(1);
    assert_eq!(out.stdout, "");
    assert!(out.stderr.contains("a.cue:1:8"), "{}", out.stderr);
    let _clash = env.file("b.cue", "let x = 1\nb: x\n");
    let _clash = env.file("c.cue", "x: 2\n");
    let out = env.run(&["cue", "def", "b.cue", "c.cue"]).exits(1);
    assert!(out.stderr.contains("cue/two-meanings"), "{}", out.stderr);
    assert!(out.stderr.contains("c.cue:1:1"), "{}", out.stderr);
}
