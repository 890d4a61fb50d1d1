//! `burgee cue eval`.

use crate::env::Env;

const FILE: &str = "\
#Port: >0 & <65536
_base: 8000
port:  #Port
next?: int
size:  *\"small\" | \"large\" @go(Size)
first: _base + 1
";

fn eval(flags: &[&str]) -> String {
    let env = Env::new();
    let _file = env.file("a.cue", FILE);
    let args = [&["cue", "eval", "a.cue"], flags].concat();
    env.run(&args).exits(0).stdout
}

#[test]
fn what_is_known_is_printed_as_cue() {
    let text = eval(&[]);
    assert!(text.contains("#Port:"), "{text}");
    assert!(text.contains("size:  \"small\"\n"), "{text}");
    assert!(text.contains("first: 8001\n"), "{text}");
    for hidden in ["_base", "next?", "@go"] {
        assert!(!text.contains(hidden), "{text}");
    }
}

#[test]
fn flags_show_more() {
    assert!(eval(&["-H"]).contains("_base: 8000\n"));
    assert!(eval(&["-O"]).contains("next?: int\n"));
    assert!(eval(&["-A"]).contains("@go(Size)\n"));
    let all = eval(&["-a"]);
    for shown in ["_base:", "next?:", "size:  \"small\"\n"] {
        assert!(all.contains(shown), "{all}");
    }
}

#[test]
fn values_that_are_not_concrete_are_errors_when_that_is_asked_for() {
    let env = Env::new();
    let _file = env.file("a.cue", FILE);
    for flags in [&["-c"][..], &["--out", "json"]] {
        let out = env
            .run(&[&["cue", "eval", "a.cue"], flags].concat())
            .exits(1);
        assert_eq!(out.stdout, "");
        assert!(out.stderr.contains("a.cue:"), "{}", out.stderr);
    }
    let out = env
        .run(&["cue", "eval", "a.cue", "--out", "json", "-e", "first"])
        .exits(0);
    assert_eq!(out.stdout, "8001\n");
}

#[test]
fn conflicts_are_reported_and_nothing_is_printed() {
    let env = Env::new();
    let _file = env.file("a.cue", "a: 1 & 2\nb: 3 & 4\nc: int\n");
    let out = env.run(&["cue", "eval", "a.cue"]).exits(1);
    assert_eq!(out.stdout, "");
    for line in ["a.cue:1:", "a.cue:2:"] {
        assert!(out.stderr.contains(line), "{}", out.stderr);
    }
}
