//! Secrets: decoded, and never shown.

use burgee_model::SecretManifest;
use secrecy::ExposeSecret as _;

use super::{loaded, report};

fn secret(body: &str) -> String {
    format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: ns}}\n{body}")
}

fn values(text: &str) -> Vec<(String, String)> {
    let manifest = loaded(text).manifest;
    let values = manifest
        .secrets()
        .flat_map(|secret: &SecretManifest| secret.values.iter());
    values
        .map(|(key, value)| (key.clone(), value.value.expose_secret().to_owned()))
        .collect()
}

#[test]
fn data_is_decoded_and_string_data_wins() {
    let text = secret(concat!(
        "type: Opaque\ndata:\n  url: aHR0cHM6Ly94\n  both: b2xk\n  folded: |\n    aGVs\n    bG8K\n",
        "stringData:\n  both: new\n  plain: \" kept \\n\"\n",
    ));
    assert_eq!(report(&text), "");
    let expected = [
        ("url", "https://x"),
        ("both", "new"),
        ("folded", "hello\n"),
        ("plain", " kept \n"),
    ];
    let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(values(&text), expected);
}

#[test]
fn value_that_is_no_base64_is_placed_and_not_shown() {
    let text = secret("data:\n  url: https://hooks.example/TOKEN\n  bin: //79\n");
    let report = report(&text);
    assert!(!report.contains("TOKEN"));
    insta::assert_snapshot!(report, @r#"
    5:8 error secret/bad-base64: the value of `url` under `data` is no base64
        hint: write plain text under `stringData` instead, or encode it: `printf %s TEXT | base64`
    6:8 warning secret/not-text: the value of `bin` is no UTF-8 text and is left out
    "#);
}

#[test]
fn number_for_a_secret_value_is_not_shown() {
    let text = secret("stringData:\n  pin: 8421\n");
    let report = report(&text);
    assert!(!report.contains("8421"));
    insta::assert_snapshot!(report, @r#"
    5:8 error manifest/not-text: the value of `pin` in `stringData` must be a string, not a number
        hint: put the value in quotes
    "#);
}
