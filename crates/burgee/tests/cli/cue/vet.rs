//! `burgee cue vet`.

use crate::env::Env;

#[test]
fn good_files_are_silent_and_bad_ones_are_reported_on_standard_output() {
    let env = Env::new();
    let good = env.file("good.cue", "a: 1\nb: a + 1\n");
    let out = env.run(&["cue", "vet", &good]).exits(0);
    assert_eq!((out.stdout.as_str(), out.stderr.as_str()), ("", ""));
    let bad = env.file("bad.cue", "a: 1\nb: a + \"x\"\n");
    let out = env.run(&["cue", "vet", "-o", "json", &bad]).exits(1);
    assert_eq!(out.json()[0]["line"], 2);
    let out = env.run(&["cue", "vet", "-o", "sarif", &bad]).exits(1);
    assert_eq!(out.json()["version"], "2.1.0");
}
