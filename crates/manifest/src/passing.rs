//! `inputs` and `outputs`, in today's spelling and in the older ones.
//!
//! Early manuals swap `from` and `name` and write `properties.` in front of a `parameterKey`; KubeVela
//! v1.1.0 called `valueFrom` `exportKey`. All of it is understood, with a warning that shows today's form.

use burgee_model::{Input, Output};
use burgee_source::{Diagnostic, Fields, Node, Rule, Severity, Span, Spanned, Text};

use crate::{
    limits::{is_full, shown},
    workflow::own_text,
};

/// An input with `name` for `from`.
pub static INPUT_NAME: Rule = Rule {
    code: "input/name-for-from",
    severity: Severity::Warning,
    message: Text::new(
        "an input names its source by `from`, not by `name`",
        "inputs 用 `from` 而不是 `name` 指定来源",
    ),
};

/// An output with `from` for `name`.
pub static OUTPUT_FROM: Rule = Rule {
    code: "output/from-for-name",
    severity: Severity::Warning,
    message: Text::new(
        "an output names its variable by `name`, not by `from`",
        "outputs 用 `name` 而不是 `from` 命名变量",
    ),
};

/// An output with `exportKey` for `valueFrom`.
pub static OUTPUT_EXPORT_KEY: Rule = Rule {
    code: "output/export-key",
    severity: Severity::Warning,
    message: Text::new(
        "`exportKey` was the name of `valueFrom` in KubeVela v1.1.0",
        "`exportKey` 是 KubeVela v1.1.0 中 `valueFrom` 的旧名",
    ),
};

/// Both spellings with different values.
pub static SPELLINGS_DISAGREE: Rule = Rule {
    code: "passing/spellings-disagree",
    severity: Severity::Error,
    message: Text::new(
        "`{field}` is `{value}`, but `{old}` says `{other}`",
        "`{field}` 是 `{value}`，但 `{old}` 是 `{other}`",
    ),
};

/// Both spellings with the same value.
pub static STRAY: Rule = Rule {
    code: "passing/stray-field",
    severity: Severity::Warning,
    message: Text::new(
        "`{old}` has no meaning beside `{field}`",
        "已有 `{field}`，`{old}` 没有意义",
    ),
};

/// A `parameterKey` that begins with `properties.`.
pub static PROPERTIES_PREFIX: Rule = Rule {
    code: "input/properties-prefix",
    severity: Severity::Warning,
    message: Text::new(
        "`parameterKey` is relative to `properties`: the prefix is taken off",
        "`parameterKey` 相对于 `properties`：前缀已去掉",
    ),
};

const WRITE_FIELD: Text = Text::new("write `{field}: {value}`", "请写 `{field}: {value}`");
const REMOVE: Text = Text::new("remove `{old}`", "请删除 `{old}`");

/// Whose inputs they are: that decides what `properties.` in front of a key means.
pub(crate) enum Owner<'a> {
    Component,
    Step {
        type_name: &'a str,
        properties: Option<&'a Node>,
    },
}

/// Reads `inputs`.
pub(crate) fn inputs(fields: &mut Fields<'_, '_>, owner: &Owner<'_>) -> Vec<Input> {
    let items = fields.list("inputs");
    let out = fields.problems();
    let mut inputs = Vec::new();
    for item in items.iter() {
        if is_full(out) {
            break;
        }
        inputs.extend(input(item, owner, out));
    }
    inputs
}

/// Reads `outputs`.
pub(crate) fn outputs(fields: &mut Fields<'_, '_>) -> Vec<Output> {
    let items = fields.list("outputs");
    let out = fields.problems();
    let mut outputs = Vec::new();
    for item in items.iter() {
        if is_full(out) {
            break;
        }
        outputs.extend(output(item, out));
    }
    outputs
}

fn input(node: &Node, owner: &Owner<'_>, out: &mut Vec<Diagnostic>) -> Option<Input> {
    let mut fields = Fields::new(node, "an input", out);
    let from = either(&mut fields, "from", "name", &INPUT_NAME);
    let key = fields.optional_str("parameterKey");
    let parameter_key = key
        .filter(|key| !key.value.trim().is_empty())
        .map(|key| owner.relative(key, fields.problems()));
    fields.finish();
    Some(Input {
        span: node.span,
        from: from?,
        parameter_key,
    })
}

fn output(node: &Node, out: &mut Vec<Diagnostic>) -> Option<Output> {
    let mut fields = Fields::new(node, "an output", out);
    let name = either(&mut fields, "name", "from", &OUTPUT_FROM);
    let value_from = either(&mut fields, "valueFrom", "exportKey", &OUTPUT_EXPORT_KEY);
    fields.finish();
    Some(Output {
        span: node.span,
        name: name?.map(Into::into),
        value_from: value_from?,
    })
}

/// A required field that an older spelling may stand for.
fn either(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    old: &'static str,
    only_old: &'static Rule,
) -> Option<Spanned<String>> {
    // The old spelling is asked for only where it stands, so that no message recommends it.
    let Some(old_at) = fields.key_span(old) else {
        return fields.required_str(field).map(own_text);
    };
    let stray = fields.optional_str(old);
    let value = match stray {
        Some(_) => fields.optional_str(field),
        None => fields.required_str(field),
    };
    let problem = |rule, value: &str, at| {
        Diagnostic::new(rule)
            .arg("field", field)
            .arg("old", old)
            .arg("value", shown(value))
            .at(at)
    };
    match (value, stray) {
        (Some(value), Some(stray)) if value.value == stray.value => {
            fields.report(stray_field(field, old, old_at));
        }
        (Some(value), Some(stray)) => {
            fields.report(disagreement(
                problem(&SPELLINGS_DISAGREE, value.value, stray.span),
                value,
                stray,
            ));
        }
        (None, Some(stray)) => {
            fields.report(problem(only_old, stray.value, old_at).hint(WRITE_FIELD));
        }
        (Some(_) | None, None) => {}
    }
    value.or(stray).map(own_text)
}

/// A field that another one makes meaningless.
pub(crate) fn stray_field(field: &'static str, old: &'static str, at: Span) -> Diagnostic {
    Diagnostic::new(&STRAY)
        .arg("field", field)
        .arg("old", old)
        .at(at)
        .hint(REMOVE)
}

fn disagreement(problem: Diagnostic, value: Spanned<&str>, stray: Spanned<&str>) -> Diagnostic {
    problem
        .arg("other", shown(stray.value))
        .also(value.span, Text::new("`{field}`", "`{field}`"))
        .hint(Text::new(
            "keep `{field}` and remove `{old}`, once you know which of the two is meant",
            "确认含义后保留 `{field}` 并删除 `{old}`",
        ))
}

// === impl Owner ===

impl Owner<'_> {
    /// The key without a `properties.` that does not belong there. Its span stays what the user wrote.
    fn relative(&self, key: Spanned<&str>, out: &mut Vec<Diagnostic>) -> Spanned<String> {
        let Some(rest) = self.prefixed(key.value) else {
            return own_text(key);
        };
        out.push(
            Diagnostic::new(&PROPERTIES_PREFIX)
                .arg("field", "parameterKey")
                .arg("value", shown(rest))
                .at(key.span)
                .hint(WRITE_FIELD),
        );
        Spanned::new(rest.to_owned(), key.span)
    }

    fn prefixed<'k>(&self, key: &'k str) -> Option<&'k str> {
        let rest = key
            .strip_prefix("properties.")
            .filter(|rest| !rest.is_empty())?;
        match self {
            // Components have `properties` and `traits` to choose from.
            Self::Component => None,
            Self::Step {
                type_name: "apply-component",
                ..
            } => None,
            // A step whose own properties hold `properties` means that one.
            Self::Step { properties, .. } => {
                let own = properties.and_then(|node| node.get("properties"));
                own.is_none().then_some(rest)
            }
        }
    }
}
