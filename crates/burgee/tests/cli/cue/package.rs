//! Several files, folders, expressions in their scope, and imports.

use serde_json::json;

use crate::env::Env;

#[test]
fn files_of_a_package_are_one_value() {
    let env = Env::new();
    let _schema = env.file("shop/schema.cue", "package shop\n\n#Port: int & <1024\n");
    let _web = env.file("shop/web.cue", "package shop\n\nport: #Port & 80\n");
    let _tool = env.file("shop/x_tool.cue", "package shop\n\nport: 1\n");
    let named = ["cue", "export", "shop/schema.cue", "shop/web.cue"];
    for args in [&named[..], &["cue", "export", "shop"]] {
        let out = env.run(args).exits(0);
        assert_eq!(out.json(), json!({"port": 80}));
    }
}

#[test]
fn expressions_are_evaluated_in_the_scope_of_the_files_one_after_the_other() {
    let env = Env::new();
    let _file = env.file("a.cue", "a: {b: 2}\nbroken: 1 & 2\n");
    let export = ["cue", "export", "a.cue", "-e", "a.b + 1", "-e", "a"];
    let out = env.run(&export).exits(0);
    assert_eq!(out.stdout, "3\n{\n    \"b\": 2\n}\n");
    let out = env
        .run(&[&export[..], &["--out", "yaml"]].concat())
        .exits(0);
    assert_eq!(out.stdout, "3\n---\nb: 2\n");
    let out = env
        .run(&["cue", "export", "a.cue", "-e", "a", "-e", "c"])
        .exits(1);
    assert_eq!(out.json(), json!({"b": 2}));
    assert!(out.stderr.contains("<expression>:1:1"), "{}", out.stderr);
}

#[test]
fn data_is_unified_with_the_files() {
    let env = Env::new();
    let _file = env.file(
        "a.cue",
        "port: *80 | int\nname: string\nurl: \"http://\\(name):\\(port)\"\n",
    );
    let out = env
        .run_with_input(
            &["cue", "export", "a.cue", "yaml:", "-"],
            "name: web\nport: 0x50\n",
        )
        .exits(0);
    let expected = json!({"port": 80, "name": "web", "url": "http://web:80"});
    assert_eq!(out.json(), expected);
}

#[test]
fn packages_of_the_module_are_imported() {
    let env = Env::new();
    let _module = env.file("cue.mod/module.cue", "module: \"example.com/shop@v0\"\n");
    let _ports = env.file("ports/ports.cue", "package ports\n\nhttp: 80\n");
    let import = |path: &str| format!("package app\n\nimport \"{path}\"\n\np: ports.http + 1\n");
    let _app = env.file("app/app.cue", import("example.com/shop/ports"));
    let out = env.run(&["cue", "export", "app"]).exits(0);
    assert_eq!(out.json(), json!({"p": 81}));
    let _outside = env.file("app/app.cue", import("example.com/shop/../ports"));
    let out = env.run(&["cue", "export", "app"]).exits(1);
    assert!(out.stderr.contains("app/app.cue:3:"), "{}", out.stderr);
}

#[test]
fn package_that_is_broken_is_reported_in_its_own_file() {
    let env = Env::new();
    let _module = env.file("cue.mod/module.cue", "module: \"example.com/shop\"\n");
    let _ports = env.file("ports/ports.cue", "package ports\n\nhttp: 80 & \"x\"\n");
    let app = "import \"example.com/shop/ports\"\n\np: ports.http\n";
    let _app = env.file("app.cue", app);
    let out = env.run(&["cue", "export"]).exits(1);
    assert!(
        out.stderr.contains("--> ports/ports.cue:3:"),
        "{}",
        out.stderr
    );
}
