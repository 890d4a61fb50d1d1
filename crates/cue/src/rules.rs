//! The problems that CUE texts can have. Those of the area `cue-syntax` make a text no CUE at all.

use burgee_source::{Rule, Severity, Text};

const fn error(code: &'static str, en: &'static str, zh: &'static str) -> Rule {
    Rule {
        code,
        severity: Severity::Error,
        message: Text::new(en, zh),
    }
}

/// A string without its closing quotes.
pub static UNTERMINATED_STRING: Rule = error(
    "cue-syntax/unterminated-string",
    "this string has no closing quote",
    "字符串缺少结束引号",
);

/// Two things without a comma between them.
pub static MISSING_COMMA: Rule = error(
    "cue-syntax/missing-comma",
    "a comma is missing before {found}",
    "{found} 之前缺少逗号",
);

/// A character that is no part of CUE.
pub static ILLEGAL_CHARACTER: Rule = error(
    "cue-syntax/illegal-character",
    "this character does not belong here",
    "此处出现了非法字符",
);

/// `0x` without hexadecimal digits.
pub static ILLEGAL_HEXADECIMAL: Rule = error(
    "cue-syntax/illegal-hexadecimal",
    "this is no hexadecimal number",
    "十六进制数格式错误",
);

/// `0o` without octal digits.
pub static ILLEGAL_OCTAL: Rule = error(
    "cue-syntax/illegal-octal",
    "this is no octal number",
    "八进制数格式错误",
);

/// `0b` without binary digits.
pub static ILLEGAL_BINARY: Rule = error(
    "cue-syntax/illegal-binary",
    "this is no binary number",
    "二进制数格式错误",
);

/// An exponent without digits.
pub static ILLEGAL_EXPONENT: Rule = error(
    "cue-syntax/illegal-exponent",
    "the exponent of this number has no digits",
    "数字的指数部分缺少数位",
);

/// An integer with zeros in front.
pub static ILLEGAL_INTEGER: Rule = error(
    "cue-syntax/illegal-integer",
    "an integer cannot begin with 0",
    "整数不能以 0 开头",
);

/// An underscore that is not between digits.
pub static ILLEGAL_UNDERSCORE: Rule = error(
    "cue-syntax/illegal-underscore",
    "`_` in a number stands between two digits",
    "数字中的 `_` 只能位于两个数位之间",
);

/// An attribute that is not `@name(…)`.
pub static ILLEGAL_ATTRIBUTE: Rule = error(
    "cue-syntax/illegal-attribute",
    "an attribute is written `@name(…)`",
    "属性应写作 `@name(…)`",
);

/// Text on the line of the opening triple quotes.
pub static TEXT_AFTER_QUOTES: Rule = error(
    "cue-syntax/text-after-quotes",
    "a line break must follow the opening `\"\"\"`",
    "起始 `\"\"\"` 之后必须换行",
);

/// A backslash in front of something that is no escape.
pub static UNKNOWN_ESCAPE: Rule = error(
    "cue-syntax/unknown-escape",
    "this is no escape sequence",
    "未知的转义序列",
);

/// More text behind a complete expression.
pub static TEXT_AFTER_EXPRESSION: Rule = error(
    "cue-syntax/text-after-expression",
    "the expression ends before {found}",
    "表达式在 {found} 之前已结束",
);

/// A name should stand here.
pub static EXPECTED_NAME: Rule = error(
    "cue-syntax/expected-name",
    "a name belongs here, not {found}",
    "此处应为名称，而不是 {found}",
);

/// The path of a package should stand here.
pub static EXPECTED_IMPORT: Rule = error(
    "cue-syntax/expected-import",
    "the path of a package in quotes belongs here, not {found}",
    "此处应为带引号的包路径，而不是 {found}",
);

/// An expression should stand here.
pub static EXPECTED_EXPRESSION: Rule = error(
    "cue-syntax/expected-expression",
    "an expression belongs here, not {found}",
    "此处应为表达式，而不是 {found}",
);

/// A colon should stand here.
pub static EXPECTED_COLON: Rule = error(
    "cue-syntax/expected-colon",
    "`:` belongs here, not {found}",
    "此处应为 `:`，而不是 {found}",
);

/// `=` should stand here.
pub static EXPECTED_ASSIGN: Rule = error(
    "cue-syntax/expected-assign",
    "`=` belongs here, not {found}",
    "此处应为 `=`，而不是 {found}",
);

/// `in` should stand here.
pub static EXPECTED_IN: Rule = error(
    "cue-syntax/expected-in",
    "`in` belongs here, not {found}",
    "此处应为 `in`，而不是 {found}",
);

/// The body of a comprehension should stand here.
pub static EXPECTED_BODY: Rule = error(
    "cue-syntax/expected-body",
    "`{{` belongs here, not {found}",
    "此处应为 `{{`，而不是 {found}",
);

/// A bracket that is still open.
pub static UNCLOSED: Rule = error(
    "cue-syntax/unclosed",
    "`{bracket}` belongs here, not {found}",
    "此处应为 `{bracket}`，而不是 {found}",
);

/// An import behind the first field.
pub static LATE_IMPORT: Rule = error(
    "cue-syntax/late-import",
    "imports come before everything else",
    "import 必须位于其他内容之前",
);

/// A name that begins with two underscores.
pub static RESERVED_NAME: Rule = error(
    "cue-syntax/reserved-name",
    "`{name}`: names that begin with `__` are reserved",
    "`{name}`：以 `__` 开头的名称是保留的",
);

/// `X=value` in place of `let X = value`.
pub static OLD_ALIAS: Rule = error(
    "cue-syntax/old-alias",
    "`{name}=…` is no declaration; write `let {name} = …`",
    "`{name}=…` 不是声明；请写 `let {name} = …`",
);

/// Something in front of a colon that is no label.
pub static ILLEGAL_LABEL: Rule = error(
    "cue-syntax/illegal-label",
    "this cannot be the name of a field",
    "此处不能作为字段名",
);

/// A name declared twice in one scope.
pub static REDECLARED: Rule = error(
    "cue-syntax/redeclared",
    "`{name}` is declared twice in the same scope",
    "`{name}` 在同一作用域内重复声明",
);

/// Nested deeper than is read.
pub static TOO_DEEP: Rule = error(
    "cue-syntax/too-deep",
    "nested more than {limit} levels deep",
    "嵌套超过 {limit} 层",
);

/// A number literal of absurd length.
pub static NUMBER_TOO_LONG: Rule = error(
    "cue-syntax/number-too-long",
    "this number is longer than is read",
    "数字过长",
);

/// A text longer than is read.
pub static TOO_LONG: Rule = error(
    "cue-syntax/too-long",
    "the text has {size} bytes, more than the {limit} that are read",
    "文本有 {size} 字节，超过上限 {limit}",
);

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

pub(crate) const DID_YOU_MEAN: Text =
    Text::new("did you mean `{suggestion}`?", "是否想写 `{suggestion}`？");
pub(crate) const FIELDS_ARE: Text = Text::new("it has: {fields}", "现有字段：{fields}");
pub(crate) const NO_FIELDS: Text = Text::new("it has no fields", "没有任何字段");
pub(crate) const NAMES_ARE: Text = Text::new("known names: {names}", "已知名称：{names}");
pub(crate) const PACKAGES_ARE: Text = Text::new("available: {packages}", "可用的包：{packages}");
pub(crate) const REMOVE_IT: Text = Text::new("remove it", "请删除");
pub(crate) const USE_FUNCTION: Text = Text::new("use `{function}`", "请使用 `{function}`");
pub(crate) const TEST_FIRST: Text = Text::new(
    "if it may be absent, ask first: `if {path} != _|_ {{ … }`",
    "若该字段可能不存在，请先判断：`if {path} != _|_ {{ … }`",
);
pub(crate) const CONVERT: Text = Text::new(
    "to put a value into a string, write `\"\\(value)\"`",
    "要把值放入字符串，请写 `\"\\(value)\"`",
);
pub(crate) const SEPARATE: Text = Text::new(
    "a line break does not separate here: end the line with a comma or an operator",
    "此处换行不作分隔：请以逗号或运算符结束该行",
);
pub(crate) const IS_TYPE_LEFT: Text = Text::new("{left_type}", "{left_type}");
pub(crate) const IS_TYPE_RIGHT: Text = Text::new("{right_type}", "{right_type}");
pub(crate) const IN_DATA: Text = Text::new("this is {owner}", "这是 {owner}");

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

pub(crate) const THE_BOUND: Text = Text::new("{bound}", "{bound}");
pub(crate) const CLOSEST_FAILS: Text =
    Text::new("the closest one: {reason}", "最接近的一项：{reason}");
pub(crate) const SET_IT: Text = Text::new("give it a value", "请给出具体值");
pub(crate) const THE_OTHER: Text = Text::new("the other one", "另一个");
/// Something that the grammar allows in front of a colon, and that names no field.
pub static UNUSABLE_LABEL: Rule = error(
    "cue/unusable-label",
    "this cannot be the name of a field",
    "此处不能作为字段名",
);

/// A definition where a package is named.
pub static DEFINITION_AS_PACKAGE: Rule = error(
    "cue-syntax/definition-as-package",
    "a package cannot be called `{name}`: names with `#` are definitions",
    "包名不能为 `{name}`：带 `#` 的名称是定义",
);

/// An import of something that is no path.
pub static BAD_IMPORT_PATH: Rule = error(
    "cue-syntax/bad-import-path",
    "this cannot be the path of a package",
    "此处不能作为包路径",
);

/// A name that is an alias here and a field there.
pub static ALIAS_AND_FIELD: Rule = error(
    "cue-syntax/alias-and-field",
    "`{name}` cannot be both an alias and a field",
    "`{name}` 不能既是别名又是字段",
);

/// A pattern that refers to the fields it constrains.
pub static PATTERN_OF_ITSELF: Rule = error(
    "cue-syntax/pattern-of-itself",
    "this pattern refers to `{name}`, a field that it would be matched with",
    "该模式引用了 `{name}`，而它正是要匹配的字段",
);

pub(crate) const OPENED_HERE: Text = Text::new("it is opened here", "在此处打开");
pub(crate) const DECLARED_HERE: Text = Text::new("it is declared here", "在此处声明");
pub(crate) const NO_SEMICOLON: Text = Text::new(
    "CUE has no `;`: write a comma or begin a new line",
    "CUE 没有 `;`：请写逗号或换行",
);
pub(crate) const NO_ARROW: Text = Text::new(
    "`<-` is read as one word: put a blank between, `< -1`",
    "`<-` 会被当作一个词：请用空格分开，如 `< -1`",
);
pub(crate) const KEYWORD: Text = Text::new(
    "{found} is a keyword: it can name a field, and nothing else",
    "{found} 是关键字：只能用作字段名",
);

/// An experiment that CUE does not make.
pub static UNKNOWN_EXPERIMENT: Rule = error(
    "cue-syntax/unknown-experiment",
    "there is no experiment `{name}`",
    "没有名为 `{name}` 的实验特性",
);

pub(crate) const EXPERIMENTS_ARE: Text = Text::new("there are: {names}", "可用的有：{names}");

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
