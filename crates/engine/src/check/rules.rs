//! What can be wrong with a workflow as a whole.

use burgee_source::{Rule, Severity, Text};

const fn error(code: &'static str, en: &'static str, zh: &'static str) -> Rule {
    Rule {
        code,
        severity: Severity::Error,
        message: Text::new(en, zh),
    }
}

/// A field that is understood but not carried out yet: a run refuses it rather than ignore it.
pub static NOT_CARRIED_OUT: Rule = Rule {
    code: "workflow/not-carried-out",
    severity: Severity::Warning,
    message: Text::new(
        "{what} is understood but not carried out yet, so `run` refuses it",
        "能识别 {what}，但尚未实现，因此 `run` 会拒绝执行",
    ),
};

/// An input from a variable that no step sets.
pub(super) static UNKNOWN_INPUT: Rule = error(
    "workflow/unknown-input",
    "no step has an output `{from}`",
    "没有步骤输出 `{from}`",
);

/// An expression that reads a name that its step does not have.
pub(super) static UNKNOWN_NAME: Rule = error(
    "workflow/unknown-name",
    "`{name}` is not in scope of `{field}` in this step",
    "此步骤的 `{field}` 中没有 `{name}`",
);

/// A `dependsOn` that names no step.
pub(super) static UNKNOWN_DEPENDENCY: Rule = error(
    "workflow/unknown-dependency",
    "`{step}` depends on `{name}`, and there is no step or component of that name",
    "`{step}` 依赖 `{name}`，但没有该名称的步骤或组件",
);

/// An `if` that asks about a step that does not exist.
pub(super) static UNKNOWN_STEP: Rule = error(
    "workflow/unknown-step",
    "this `if` asks about the step `{name}`, and there is none",
    "此 `if` 引用了步骤 `{name}`，但该步骤不存在",
);

/// An `if` that is no boolean.
pub(super) static NOT_BOOLEAN: Rule = error(
    "workflow/if-not-boolean",
    "this `if` is {what}, and not true or false",
    "此 `if` 是 {what}，而不是布尔值",
);

/// A step that waits for one that comes after it.
pub(super) static TOO_LATE: Rule = error(
    "workflow/too-late",
    "`{step}` can never run: it needs {need} of `{other}`, which runs after it",
    "`{step}` 永远无法运行：它需要 `{other}` 的 {need}，而 `{other}` 在它之后运行",
);

/// Steps that wait for each other.
pub(super) static CYCLE: Rule = error(
    "workflow/cycle",
    "these steps wait for each other: {steps}",
    "这些步骤相互等待：{steps}",
);
