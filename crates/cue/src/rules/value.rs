//! What can be wrong with the value that a text describes: the rules of the area `cue`.

use super::error;
use burgee_source::Rule;

/// A string literal that stands for nothing.
pub static INVALID_STRING: Rule = error(
    "cue/invalid-string",
    "this string cannot be read: {reason}",
    "无法读取该字符串：{reason}",
);

/// A number literal that stands for nothing.
pub static INVALID_NUMBER: Rule = error(
    "cue/invalid-number",
    "`{number}` cannot be represented as a number here",
    "`{number}` 无法表示为数字",
);

/// An import of a package that is not there.
pub static UNKNOWN_PACKAGE: Rule = error(
    "cue/unknown-package",
    "the package `{package}` is not available here",
    "此处没有包 `{package}`",
);

/// A name that a package does not have.
pub static UNKNOWN_FUNCTION: Rule = error(
    "cue/unknown-function",
    "`{package}` has no `{name}`",
    "`{package}` 中没有 `{name}`",
);

/// An import that nothing uses.
pub static UNUSED_IMPORT: Rule = error(
    "cue/unused-import",
    "`{name}` is imported and not used",
    "导入了 `{name}` 但未使用",
);

/// A `let` or alias that nothing uses.
pub static UNUSED_NAME: Rule = error(
    "cue/unused-name",
    "`{name}` is declared and not used",
    "声明了 `{name}` 但未使用",
);

/// A name that nothing declares.
pub static UNRESOLVED: Rule = error(
    "cue/unresolved",
    "there is no `{name}` here",
    "此处没有 `{name}`",
);

/// A field that is not there.
pub static MISSING_FIELD: Rule = error(
    "cue/missing-field",
    "there is no field `{field}` in {owner}",
    "{owner} 中没有字段 `{field}`",
);

/// An item that is not there.
pub static MISSING_ITEM: Rule = error(
    "cue/missing-item",
    "there is no item {index} in a list of {length}",
    "长度为 {length} 的列表中没有第 {index} 项",
);

/// A required field without a value.
pub static REQUIRED_FIELD: Rule = error(
    "cue/required-field",
    "the field `{field}` is required and has no value",
    "字段 `{field}` 必填但没有值",
);

/// A field or item of something that has none.
pub static NOT_SELECTABLE: Rule = error(
    "cue/not-selectable",
    "`{name}` cannot be taken from {value}, which is of type {type}",
    "无法从 {value}（类型为 {type}）取 `{name}`",
);

/// An index of the wrong type.
pub static BAD_INDEX: Rule = error(
    "cue/bad-index",
    "{value}, of type {type}, is no index of a {owner}",
    "{value}（类型为 {type}）不能作为 {owner} 的索引",
);

/// Bounds that do not fit a list.
pub static BAD_SLICE: Rule = error(
    "cue/bad-slice",
    "the bounds {low} and {high} do not fit a length of {length}",
    "边界 {low} 与 {high} 不适用于长度 {length}",
);

/// Operands that do not go together.
pub static MISMATCH: Rule = error(
    "cue/type-mismatch",
    "`{operator}` cannot take {left} and {right}",
    "`{operator}` 不能用于 {left} 与 {right}",
);

/// An operand of the wrong type.
pub static BAD_OPERAND: Rule = error(
    "cue/bad-operand",
    "`{operator}` cannot take {value}, which is of type {type}",
    "`{operator}` 不能用于类型为 {type} 的 {value}",
);

/// `+` or `*` on lists.
pub static LIST_ARITHMETIC: Rule = error(
    "cue/list-arithmetic",
    "`{operator}` no longer takes lists",
    "`{operator}` 不再支持列表",
);

/// An operation without a result.
pub static ARITHMETIC: Rule = error(
    "cue/arithmetic",
    "{left} {operator} {right}: {reason}",
    "{left} {operator} {right}：{reason}",
);

/// Two values for one place.
pub static CONFLICT: Rule = error(
    "cue/conflict",
    "{left} and {right} are in conflict",
    "{left} 与 {right} 冲突",
);

/// The literal `_|_`.
pub static EXPLICIT_ERROR: Rule = error(
    "cue/explicit-error",
    "`_|_` is an error by its nature",
    "`_|_` 本身即为错误",
);

/// A value that has no place in a string.
pub static BAD_INTERPOLATION: Rule = error(
    "cue/bad-interpolation",
    "{value}, of type {type}, cannot be put into a string",
    "类型为 {type} 的 {value} 不能插入字符串",
);

/// A condition that is no boolean.
pub static BAD_CONDITION: Rule = error(
    "cue/bad-condition",
    "the condition is {value}, of type {type}, and not a bool",
    "条件为 {value}（类型 {type}），而不是 bool",
);

/// A `for` over something without items.
pub static NOT_ITERABLE: Rule = error(
    "cue/not-iterable",
    "`for` cannot go over {value}, which is of type {type}",
    "`for` 不能遍历类型为 {type} 的 {value}",
);

/// A regular expression that is not one.
pub static BAD_PATTERN: Rule = error(
    "cue/bad-pattern",
    "{pattern} is no regular expression: {reason}",
    "{pattern} 不是正则表达式：{reason}",
);

/// A call of something that is no function.
pub static NOT_A_FUNCTION: Rule = error(
    "cue/not-a-function",
    "{value}, of type {type}, cannot be called",
    "类型为 {type} 的 {value} 不能被调用",
);

/// Too many or too few arguments.
pub static ARGUMENT_COUNT: Rule = error(
    "cue/argument-count",
    "`{function}` takes {expected} arguments, not {actual}",
    "`{function}` 需要 {expected} 个参数，而不是 {actual} 个",
);

/// An argument of the wrong type.
pub static BAD_ARGUMENT: Rule = error(
    "cue/bad-argument",
    "argument {index} of `{function}` must be {expected}, not {value} of type {type}",
    "`{function}` 的第 {index} 个参数应为 {expected}，而不是类型 {type} 的 {value}",
);

/// A function that has no answer.
pub static CALL_FAILED: Rule = error(
    "cue/call-failed",
    "`{function}` failed: {reason}",
    "`{function}` 失败：{reason}",
);

/// Something that is no data, such as a function.
pub static NO_VALUE: Rule = error(
    "cue/no-value",
    "{value} is no value that can be written down",
    "{value} 不是可输出的值",
);

/// A struct that contains itself.
pub static STRUCTURAL_CYCLE: Rule = error(
    "cue/structural-cycle",
    "this struct contains itself without end",
    "该结构无限包含自身",
);

/// A call whose `#do` or `#provider` is no string.
pub static BAD_CALL: Rule = error(
    "cue/bad-call",
    "`{field}` of the call `{path}` must be a string",
    "调用 `{path}` 的 `{field}` 应为字符串",
);

/// A bound of the evaluation.
pub static LIMIT: Rule = error(
    "cue/limit",
    "the evaluation used up its {bound} ({limit})",
    "求值超出上限：{bound}（{limit}）",
);

/// A bound of the evaluation, and the field that was being worked out.
pub static LIMIT_AT: Rule = error(
    "cue/limit",
    "the evaluation used up its {bound} ({limit}) at `{field}`",
    "求值在 `{field}` 处超出上限：{bound}（{limit}）",
);

/// Values that belong to different evaluations.
pub static OTHER_INSTANCE: Rule = error(
    "cue/other-instance",
    "these are values of two evaluations: only values of one can be unified",
    "这些值属于两次不同的求值：只有同一次求值中的值才能合一",
);

/// Data that asks about the evaluation that reads it.
pub static BUSY: Rule = error(
    "cue/busy",
    "the evaluation is in the middle of its work",
    "求值正在进行中",
);

/// A field that is only declared.
pub static NOT_THERE: Rule = error(
    "cue/not-there",
    "the field `{field}` is optional, and nobody gave it",
    "字段 `{field}` 是可选的，且没有给出",
);

/// A value outside of its bounds.
pub static OUT_OF_BOUND: Rule = error(
    "cue/out-of-bound",
    "{value} is not within {bound}",
    "{value} 不满足 {bound}",
);

/// A value that a function does not accept.
pub static NOT_VALID: Rule = error(
    "cue/not-valid",
    "{value} does not satisfy {validator}",
    "{value} 不满足 {validator}",
);

/// A value that is known only by its type or bounds.
pub static NOT_CONCRETE: Rule = error(
    "cue/incomplete",
    "there is no value yet, only {value}",
    "尚无具体值，只有 {value}",
);

/// Alternatives none of which is the default.
pub static AMBIGUOUS: Rule = error(
    "cue/ambiguous",
    "more than one alternative is possible: {alternatives}",
    "存在多个可能的取值：{alternatives}",
);

/// No alternative fits.
pub static NO_ALTERNATIVE: Rule = error(
    "cue/no-alternative",
    "none of the {count} alternatives fits",
    "{count} 个可选项均不匹配",
);

/// A field that a closed struct does not have.
pub static NOT_ALLOWED: Rule = error(
    "cue/not-allowed",
    "the field `{field}` is not allowed here",
    "此处不允许字段 `{field}`",
);

/// Lists of different lengths.
pub static LIST_LENGTH: Rule = error(
    "cue/list-length",
    "a list of {left} and a list of {right} are in conflict",
    "长度为 {left} 与长度为 {right} 的列表冲突",
);

/// A field whose value depends on itself.
pub static CYCLE: Rule = error("cue/cycle", "this depends on itself", "该值依赖于自身");

/// A label that is no string.
pub static BAD_LABEL: Rule = error(
    "cue/bad-label",
    "the name of a field must be a string, not {value} of type {type}",
    "字段名应为字符串，而不是类型 {type} 的 {value}",
);

/// An error that the program reports itself.
pub static USER_ERROR: Rule = error("cue/error", "{text}", "{text}");

/// A bound that cannot be one.
pub static BAD_BOUND: Rule = error(
    "cue/bad-bound",
    "`{bound}` cannot take {value}, which is of type {type}",
    "`{bound}` 不能用于类型为 {type} 的 {value}",
);

/// Something that the grammar allows in front of a colon, and that names no field.
pub static UNUSABLE_LABEL: Rule = error(
    "cue/unusable-label",
    "this cannot be the name of a field",
    "此处不能作为字段名",
);

/// `_` in the place of a name.
pub static TOP_LABEL: Rule = error(
    "cue/top-label",
    "`_` cannot be the name of a field",
    "`_` 不能作为字段名",
);

/// A `*` that marks nothing.
pub static MISPLACED_DEFAULT: Rule = error(
    "cue/misplaced-default",
    "`*` marks an alternative of a disjunction, and this is none",
    "`*` 只能标记析取中的可选项",
);

/// Files that cannot become one text: a name of one file means something else in another.
pub static TWO_MEANINGS: Rule = error(
    "cue/two-meanings",
    "`{name}` belongs to this file alone, and another file has something else of that name",
    "`{name}` 仅属于本文件，而另一文件中有同名的其他内容",
);
