//! `burgee cue fmt`.

use std::fs;

use crate::env::Env;

const LOOSE: &str = "a:1\nlonger:  a+1 // one more\n";
const FORMATTED: &str = "a:      1\nlonger: a + 1 // one more\n";

#[test]
fn files_are_rewritten_and_those_that_need_not_are_left_alone() {
    let env = Env::new();
    let loose = env.file("loose.cue", LOOSE);
    let good = env.file("good.cue", FORMATTED);
    let before = fs::metadata(&good).and_then(|file| file.modified());
    let out = env.run(&["cue", "fmt"]).exits(0);
    assert_eq!((out.stdout.as_str(), out.stderr.as_str()), ("", ""));
    assert_eq!(fs::read_to_string(&loose).expect("it is there"), FORMATTED);
    let after = fs::metadata(&good).and_then(|file| file.modified());
    assert_eq!(before.expect("a time"), after.expect("a time"));
}

#[test]
fn standard_input_comes_out_formatted() {
    let env = Env::new();
    let out = env.run_with_input(&["cue", "fmt", "-"], LOOSE).exits(0);
    assert_eq!(out.stdout, FORMATTED);
}

#[test]
fn check_names_files_that_are_not_formatted_and_rewrites_none() {
    let env = Env::new();
    let loose = env.file("loose.cue", LOOSE);
    let _good = env.file("good.cue", FORMATTED);
    let out = env.run(&["cue", "fmt", "--check"]).exits(1);
    assert_eq!(out.stdout, "loose.cue\n");
    assert_eq!(fs::read_to_string(loose).expect("it is there"), LOOSE);
    let out = env.run(&["cue", "fmt", "--check", "good.cue"]).exits(0);
    assert_eq!(out.stdout, "");
}

#[test]
fn diff_shows_what_would_change() {
    let env = Env::new();
    let loose = env.file("loose.cue", LOOSE);
    let out = env.run(&["cue", "fmt", "--diff", "loose.cue"]).exits(0);
    let expected = "\
--- loose.cue
+++ loose.cue
@@ -1,2 +1,2 @@
-a:1
-longer:  a+1 // one more
+a:      1
+longer: a + 1 // one more
";
    assert_eq!(out.stdout, expected);
    assert_eq!(fs::read_to_string(loose).expect("it is there"), LOOSE);
    let _ = env.run(&["cue", "fmt", "--diff", "--check"]).exits(1);
}

#[test]
fn what_is_no_cue_is_reported_and_stays_while_others_are_formatted() {
    let env = Env::new();
    let bad = env.file("bad.cue", "a: {b:1\n");
    let loose = env.file("loose.cue", LOOSE);
    let out = env.run(&["cue", "fmt"]).exits(1);
    assert!(out.stderr.contains("bad.cue:1:9"), "{}", out.stderr);
    assert_eq!(fs::read_to_string(bad).expect("it is there"), "a: {b:1\n");
    assert_eq!(fs::read_to_string(loose).expect("it is there"), FORMATTED);
}

#[test]
fn three_dots_mean_all_folders_below_but_for_modules_and_hidden_ones() {
    let env = Env::new();
    for name in [
        "a.cue",
        "b/c/d.cue",
        ".git/e.cue",
        "_old/f.cue",
        "cue.mod/g.cue",
    ] {
        let _file = env.file(name, LOOSE);
    }
    let out = env.run(&["cue", "fmt", "--check", "./..."]).exits(1);
    assert_eq!(out.stdout, "a.cue\nb/c/d.cue\n");
    let out = env.run(&["cue", "fmt", "--check", "b/..."]).exits(1);
    assert_eq!(out.stdout, "b/c/d.cue\n");
    let out = env.run(&["cue", "fmt", "b"]).exits(2);
    assert!(out.stderr.contains("no .cue files"), "{}", out.stderr);
}

#[cfg(unix)]
#[test]
fn a_rewritten_file_keeps_its_permissions_and_links_lead_to_it() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let env = Env::new();
    let loose = env.file("loose.cue", LOOSE);
    let link = loose.replace("loose.cue", "link.cue");
    symlink(&loose, &link).expect("a link");
    fs::set_permissions(&loose, fs::Permissions::from_mode(0o640)).expect("ours");
    let _ = env.run(&["cue", "fmt", "link.cue"]).exits(0);
    assert_eq!(fs::read_to_string(&loose).expect("it is there"), FORMATTED);
    let mode = fs::metadata(&loose)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(
        fs::symlink_metadata(&link)
            .expect("it is there")
            .is_symlink()
    );
}
