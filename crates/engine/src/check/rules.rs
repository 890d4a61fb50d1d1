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

/// An `if` that reads an input that its step does not declare.
pub(super) static UNDECLARED_INPUT: Rule = error(
    "workflow/undeclared-input",
    "this `if` reads the input `{from}`, and `{step}` has no such input",
    "此 `if` 读取输入 `{from}`，但 `{step}` 没有声明该输入",
);

/// An `if` that reads a field that cannot be there.
pub(super) static UNKNOWN_FIELD: Rule = error(
    "workflow/unknown-field",
    "`{of}` has no field `{name}`",
    "`{of}` 没有字段 `{name}`",
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
    "`{what}` is neither true nor false, so no `if`",
    "`{what}` 不是布尔值，不能用作 `if`",
);

/// A step that waits for one that comes after it.
pub(super) static TOO_LATE: Rule = error(
    "workflow/too-late",
    "`{step}` can never run: it waits for `{other}`, which runs after it",
    "`{step}` 永远无法运行：它在等待 `{other}`，而 `{other}` 在它之后运行",
);

/// A step that waits for itself.
pub(super) static OWN_END: Rule = error(
    "workflow/waits-for-itself",
    "`{step}` can never run: it waits for itself",
    "`{step}` 永远无法运行：它在等待自身",
);

/// A sub-step that waits for its group.
pub(super) static OWN_GROUP: Rule = error(
    "workflow/waits-for-its-group",
    "`{step}` can never run: it waits for the group `{other}`, which ends only after it",
    "`{step}` 永远无法运行：它在等待步骤组 `{other}`，而该步骤组在它之后才结束",
);

/// A group that waits for one of its sub-steps.
pub(super) static OWN_SUB_STEP: Rule = error(
    "workflow/waits-for-its-sub-step",
    "`{step}` can never run: it waits for `{other}`, which is a sub-step of it",
    "`{step}` 永远无法运行：它在等待 `{other}`，而 `{other}` 是它的子步骤",
);

/// Steps that wait for each other.
pub(super) static CYCLE: Rule = error(
    "workflow/cycle",
    "these steps wait for each other: {steps}",
    "这些步骤相互等待：{steps}",
);
