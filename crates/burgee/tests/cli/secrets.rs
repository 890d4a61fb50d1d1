//! URLs that come from Secrets and from elsewhere.

use crate::{env::Env, server::Server};

const HOOK: &str = "/services/T0AAAAAAA/B0AAAAAAA/sEcReTsEcReTsEcReTsEcReT";

/// An application that only tells people, with this `url`.
fn manifest(type_name: &str, url: &str) -> String {
    format!(
        "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {{name: tell, namespace: prod}}\nspec:\n  components: []\n  workflow:\n    steps:\n    - name: tell\n      type: {type_name}\n      properties:\n        slack:\n          url: {url}\n          message: {{text: hello}}\n"
    )
}

const SECRET_REF: &str = "{secretRef: {name: hooks, key: slack}}";

fn told(env: &Env, server: &Server, args: &[&str]) -> crate::env::Output {
    let out = env.run(args).exits(0);
    let sent = server.sent();
    assert_eq!(sent.len(), 1, "{}", out.stderr);
    assert_eq!(sent[0].path, HOOK);
    out.never_shows("sEcReT");
    out
}

#[test]
fn secret_in_the_same_file() {
    let (env, server) = (Env::new(), Server::http(&[(200, "ok")]));
    let secret = format!(
        "---\napiVersion: v1\nkind: Secret\nmetadata: {{name: hooks, namespace: prod}}\nstringData: {{slack: '{}{HOOK}'}}\n",
        server.url()
    );
    let file = env.file("app.yaml", manifest("notification", SECRET_REF) + &secret);
    let _out = told(&env, &server, &["run", &file]);
}

#[test]
fn secret_as_mounted_with_a_trailing_newline() {
    let (env, server) = (Env::new(), Server::http(&[(200, "ok")]));
    let file = env.file("app.yaml", manifest("webhook-notification", SECRET_REF));
    let _key = env.file("mounted/hooks/slack", format!("{}{HOOK}\n", server.url()));
    let out = told(&env, &server, &["run", &file, "--secrets", "mounted"]);
    assert!(
        out.stderr
            .contains("warning: cut the line break at the end of secret hooks/slack"),
        "{}",
        out.stderr
    );
}

#[test]
fn secret_as_kubectl_prints_lists() {
    let (env, server) = (Env::new(), Server::http(&[(200, "ok")]));
    let file = env.file("app.yaml", manifest("notification", SECRET_REF));
    let list = format!(
        "kind: List\napiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {{name: hooks, namespace: prod}}\n  stringData: {{slack: '{}{HOOK}'}}\n",
        server.url()
    );
    let secrets = env.file("secrets.yaml", list);
    let _out = told(&env, &server, &["run", &file, "--secrets", &secrets]);
}

#[test]
fn secret_named_on_the_command_line_comes_from_the_environment() {
    let server = Server::http(&[(200, "ok")]);
    let env = Env::new().var("HOOK", &format!("{}{HOOK}", server.url()));
    let file = env.file("app.yaml", manifest("notification", SECRET_REF));
    let _out = told(
        &env,
        &server,
        &["run", &file, "--secret", "hooks/slack=env:HOOK"],
    );
}

#[test]
fn property_set_from_standard_input() {
    let (env, server) = (Env::new(), Server::http(&[(200, "ok")]));
    let file = env.file("app.yaml", manifest("notification", "<your slack url>"));
    let out = env
        .run_with_input(
            &["run", &file, "--set-from", "tell.slack.url=-"],
            &format!("{}{HOOK}\n", server.url()),
        )
        .exits(0);
    assert_eq!(server.sent().len(), 1);
    out.never_shows("sEcReT");
}

#[test]
fn all_three_generations_of_url_work() {
    for (type_name, wrap) in [
        ("webhook-notification", "'URL'"),
        ("notification", "{value: 'URL'}"),
        ("webhook-notification", "{address: 'URL'}"),
    ] {
        let (env, server) = (Env::new(), Server::http(&[(200, "ok")]));
        let url = wrap.replace("URL", &format!("{}{HOOK}", server.url()));
        let file = env.file("app.yaml", manifest(type_name, &url));
        let _out = told(&env, &server, &["run", &file]);
    }
}

#[test]
fn missing_secret_is_found_before_the_first_step() {
    let env = Env::new();
    let file = env.file("app.yaml", manifest("notification", SECRET_REF));
    let out = env.run(&["run", &file]).exits(2);
    assert!(
        out.stderr
            .contains("Secret `hooks` not found in namespace `prod`"),
        "{}",
        out.stderr
    );
}

#[test]
fn missing_key_names_those_that_exist() {
    let env = Env::new().var("X", "https://hooks.slack.com/services/x");
    let file = env.file("app.yaml", manifest("notification", SECRET_REF));
    let out = env
        .run(&["run", &file, "--secret", "hooks/slck=env:X"])
        .exits(2);
    assert!(out.stderr.contains("slck"), "{}", out.stderr);
}

#[test]
fn secret_flag_refuses_a_literal_and_does_not_repeat_it() {
    let env = Env::new();
    let file = env.file("app.yaml", manifest("notification", SECRET_REF));
    let out = env
        .run(&["run", &file, "--secret", "hooks/slack=sEcReT"])
        .exits(2);
    out.never_shows("sEcReT");
}

#[test]
fn wrong_values_of_a_secret_are_reported_and_never_shown() {
    let env = Env::new();
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: hooks}\ndata: {slack: \"bm90LWJh!!sEcReT\"}\nstringData:\n  number: 12345678901234\n  list: [sEcReT]\n  twice: sEcReT\n  twice: sEcReT2\n";
    let file = env.file("secret.yaml", secret);
    for output in ["text", "json"] {
        let out = env.run(&["check", &file, "-o", output]).exits(3);
        assert!(out.stdout.contains("secret/bad-base64"), "{}", out.stdout);
        out.never_shows("sEcReT");
        out.never_shows("12345678901234");
    }
    let out = env
        .run(&["run", crate::env::EXAMPLE, "--inbox", "--secrets", &file])
        .exits(3);
    out.never_shows("sEcReT");
}
