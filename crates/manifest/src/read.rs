//! One scalar, as a value and as a key.

use std::borrow::Cow;

use burgee_source::{Diagnostic, Kind, Node, Rule, Severity, Sources, Span, Text};
use granit_parser::Tag;

use crate::{
    limits::{MAX_DIAGNOSTICS, shown},
    mapping::Key,
    scalar::{Meaning, meaning},
    syntax,
    tag::{self, Tagged, tagged},
};

/// `.inf` and `.nan`.
pub static NOT_FINITE: Rule = Rule {
    code: "yaml/not-finite",
    severity: Severity::Error,
    message: Text::new(
        "`{text}` is no number that JSON, and so Kubernetes, can hold",
        "`{text}` 不是 JSON（Kubernetes）能表示的数字",
    ),
};

/// A text that is nothing its tag allows.
pub static BAD_TAG: Rule = Rule {
    code: "yaml/bad-tag",
    severity: Severity::Error,
    message: Text::new("`{text}` is no `!!{tag}`", "`{text}` 不是 `!!{tag}`"),
};

/// `yes`, `on` and their like as values.
pub static BOOLEAN_WORD: Rule = Rule {
    code: "yaml/boolean-word",
    severity: Severity::Hint,
    message: Text::new(
        "`{text}` is read as the boolean {value}",
        "`{text}` 会被读作布尔值 {value}",
    ),
};

/// A key that is no string to YAML and changes when it is read.
pub static KEY_NOT_TEXT: Rule = Rule {
    code: "yaml/key-not-text",
    severity: Severity::Warning,
    message: Text::new(
        "the key `{text}` is a {kind} to YAML; it is read as `{read}`",
        "键 `{text}` 在 YAML 中是 {kind}，会被读作 `{read}`",
    ),
};

/// A key that is a number with a fraction or an exponent.
pub static FRACTION_KEY: Rule = Rule {
    code: "yaml/fraction-key",
    severity: Severity::Warning,
    message: Text::new(
        "the key `{text}` is a number to YAML: KubeVela rewrites such keys (`1.10` to `1.1`), here it is `{read}`",
        "键 `{text}` 在 YAML 中是数字：KubeVela 会改写这类键（`1.10` 变为 `1.1`），此处读作 `{read}`",
    ),
};

/// A key that is no scalar, or null.
pub static BAD_KEY: Rule = Rule {
    code: "yaml/bad-key",
    severity: Severity::Error,
    message: Text::new(
        "a key must be text, not {actual}",
        "键必须是文本，不能是 {actual}",
    ),
};

/// An alias inside of what it stands for.
pub static RECURSIVE_ALIAS: Rule = Rule {
    code: "yaml/recursive-alias",
    severity: Severity::Error,
    message: Text::new(
        "`{alias}` stands inside of its own value",
        "`{alias}` 出现在它自身的值之内",
    ),
};

const QUOTE_IT: Text = Text::new(
    "put it in quotes to keep it as text: \"{text}\"",
    "若要保留为文本，请加引号：\"{text}\"",
);

/// The value of a scalar.
pub(crate) fn value(
    text: Cow<'_, str>,
    plain: bool,
    tag: Option<&Tag>,
    span: Span,
    out: &mut Vec<Diagnostic>,
) -> Kind {
    if let Some(tag) = tag {
        let written = shown(&text);
        return match tagged(tag, text) {
            Tagged::Value(kind) => kind,
            Tagged::NotFinite => not_finite(&written, span, out),
            Tagged::Refused => {
                out.push(
                    Diagnostic::new(&BAD_TAG)
                        .arg("text", written)
                        .arg("tag", tag::name(tag))
                        .at(span),
                );
                Kind::Null
            }
        };
    }
    if !plain {
        return Kind::String(text.into_owned());
    }
    match meaning(&text) {
        Meaning::Null => Kind::Null,
        Meaning::Number(number) => Kind::Number(number),
        Meaning::NotFinite => not_finite(&text, span, out),
        Meaning::Text => Kind::String(text.into_owned()),
        Meaning::Bool(value) => {
            let is_word = !matches!(&*text.to_ascii_lowercase(), "true" | "false");
            if is_word && out.len() < MAX_DIAGNOSTICS {
                out.push(boolean_word(&text, value, span));
            }
            Kind::Bool(value)
        }
    }
}

/// A single letter is nearly always meant as text, and other readers of YAML take it as that.
fn boolean_word(text: &str, value: bool, span: Span) -> Diagnostic {
    let problem = Diagnostic::new(&BOOLEAN_WORD)
        .arg("text", text)
        .arg("value", value)
        .at(span)
        .hint(QUOTE_IT);
    match text.len() {
        1 => problem.severe(Severity::Warning),
        _ => problem,
    }
}

fn not_finite(text: &str, span: Span, out: &mut Vec<Diagnostic>) -> Kind {
    out.push(
        Diagnostic::new(&NOT_FINITE)
            .arg("text", shown(text))
            .at(span)
            .hint(QUOTE_IT),
    );
    Kind::Null
}

/// The key that a scalar is.
pub(crate) fn key(
    text: Cow<'_, str>,
    plain: bool,
    tag: Option<&Tag>,
    span: Span,
    out: &mut Vec<Diagnostic>,
) -> Key {
    let tag = tag.map(tag::name);
    let tag = tag.as_deref();
    if text == "<<" && (tag == Some("merge") || (plain && tag.is_none())) {
        return Key::Merge;
    }
    let read = match (plain, tag) {
        (false, None) | (_, Some("str")) => Meaning::Text,
        (true, None) | (_, Some(_)) => meaning(&text),
    };
    match read {
        Meaning::Text | Meaning::NotFinite => Key::Text(text.into_owned()),
        Meaning::Null => {
            out.push(
                bad_key("null", span)
                    .arg("text", shown(&text))
                    .hint(QUOTE_IT),
            );
            Key::Refused
        }
        Meaning::Bool(value) => {
            let read = value.to_string();
            // `true` as a key loses nothing.
            if read != text {
                out.push(changed(&KEY_NOT_TEXT, &text, &read, span).arg("kind", "boolean"));
            }
            Key::Text(read)
        }
        Meaning::Number(number) => {
            let read = number.to_string();
            if !number.is_integer() {
                out.push(changed(&FRACTION_KEY, &text, &read, span));
            } else if read != text {
                out.push(changed(&KEY_NOT_TEXT, &text, &read, span).arg("kind", "number"));
            }
            Key::Text(read)
        }
    }
}

fn changed(rule: &'static Rule, text: &str, read: &str, span: Span) -> Diagnostic {
    Diagnostic::new(rule)
        .arg("text", shown(text))
        .arg("read", shown(read))
        .at(span)
        .hint(QUOTE_IT)
}

/// The key that a whole value or an alias is: only scalars can be one.
pub(crate) fn node_as_key(node: &Node, sources: &Sources, out: &mut Vec<Diagnostic>) -> Key {
    match &node.kind {
        Kind::String(text) => Key::Text(text.clone()),
        Kind::Number(number) => Key::Text(number.to_string()),
        Kind::Bool(value) => Key::Text(value.to_string()),
        Kind::Null | Kind::List(_) | Kind::Map(_) => {
            let problem = bad_key(node.type_name(), node.span);
            let text = sources.text(node.span.source());
            let before = text.get(..node.span.range().start).unwrap_or("");
            let placeholder = before.ends_with('{') && sources.slice(node.span).starts_with('{');
            out.push(match placeholder {
                true => problem.hint(syntax::placeholder_hint()),
                false => problem,
            });
            Key::Refused
        }
    }
}

fn bad_key(actual: &'static str, span: Span) -> Diagnostic {
    Diagnostic::new(&BAD_KEY).arg("actual", actual).at(span)
}

pub(crate) fn unknown_anchor(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(&syntax::UNKNOWN_ANCHOR)
        .arg("name", shown(name))
        .at(at)
        .hint(Text::new(
            "a text that begins with `*` needs quotes",
            "以 `*` 开头的文本需要加引号",
        ))
}

pub(crate) fn recursive_alias(alias: &str, at: Span) -> Diagnostic {
    Diagnostic::new(&RECURSIVE_ALIAS)
        .arg("alias", shown(alias))
        .at(at)
        .hint(Text::new("write the value out", "请直接写出该值"))
}
