//! `Secret`: `data` in base64 and `stringData` as it is. No message shows a value.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use burgee_model::{SecretManifest, SecretValue};
use burgee_source::{Diagnostic, Entry, Fields, Map, Node, Rule, Severity, Text};
use indexmap::IndexMap;

use crate::{
    limits::shown,
    metadata::{self, not_text},
};

/// A value under `data` that is no base64.
pub static BAD_BASE64: Rule = Rule {
    code: "secret/bad-base64",
    severity: Severity::Error,
    message: Text::new(
        "the value of `{key}` under `data` is no base64",
        "`data` 中 `{key}` 的值不是 base64",
    ),
};

/// A value under `data` that is no text.
pub static NOT_UTF8: Rule = Rule {
    code: "secret/not-text",
    severity: Severity::Warning,
    message: Text::new(
        "the value of `{key}` is no UTF-8 text and is left out",
        "`{key}` 的值不是 UTF-8 文本，已忽略",
    ),
};

/// The fields that hold values.
const BLOCKS: [&str; 2] = ["data", "stringData"];

/// Reads a Secret.
pub(crate) fn read(node: &Node, out: &mut Vec<Diagnostic>) -> SecretManifest {
    let mut fields = Fields::new(node, "a Secret", out);
    let metadata = metadata::header(&mut fields, node);
    let mut secret = SecretManifest {
        span: node.span,
        name: metadata.name,
        namespace: metadata.namespace,
        hidden: BLOCKS
            .iter()
            .filter_map(|block| Some(node.get(block)?.span))
            .collect(),
        values: IndexMap::new(),
    };
    fields.optional_str("type");
    fields.optional_bool("immutable");
    let [data, string_data] = BLOCKS;
    each(&mut fields, data, &mut secret, decode);
    each(&mut fields, string_data, &mut secret, as_written);
    fields.finish();
    secret
}

type Reader = fn(&str, &str, &Entry) -> Result<String, Diagnostic>;

fn each(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    secret: &mut SecretManifest,
    read: Reader,
) {
    let map = fields.optional_map(field).and_then(Node::as_map);
    for (key, entry) in map.into_iter().flat_map(Map::iter) {
        let text = match entry.value.as_str() {
            Some(text) => read(key, text, entry),
            None if entry.value.is_null() => Ok(String::new()),
            None => Err(not_text(field, key, &entry.value)
                .hint(Text::new("put the value in quotes", "请给该值加上引号"))),
        };
        match text {
            Ok(text) => {
                let value = SecretValue {
                    span: entry.value.span,
                    value: text.into(),
                };
                secret.values.insert(key.to_owned(), value);
            }
            Err(problem) => fields.report(problem),
        }
    }
}

fn as_written(_key: &str, text: &str, _entry: &Entry) -> Result<String, Diagnostic> {
    Ok(text.to_owned())
}

fn decode(key: &str, text: &str, entry: &Entry) -> Result<String, Diagnostic> {
    let problem = |rule| {
        Diagnostic::new(rule)
            .arg("key", shown(key))
            .at(entry.value.span)
    };
    // Line breaks do not count, as in Kubernetes.
    let packed: String = text.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    let bytes = STANDARD.decode(packed).map_err(|_| {
        problem(&BAD_BASE64).hint(Text::new(
            "write plain text under `stringData` instead, or encode it: `printf %s TEXT | base64`",
            "明文请写在 `stringData` 下，或先编码：`printf %s 文本 | base64`",
        ))
    })?;
    String::from_utf8(bytes).map_err(|_| problem(&NOT_UTF8))
}
