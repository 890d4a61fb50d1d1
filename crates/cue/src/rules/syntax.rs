//! What makes a text no CUE at all: the rules of the area `cue-syntax`.

use super::error;
use burgee_source::Rule;

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

/// An experiment that CUE does not make.
pub static UNKNOWN_EXPERIMENT: Rule = error(
    "cue-syntax/unknown-experiment",
    "there is no experiment `{name}`",
    "没有名为 `{name}` 的实验特性",
);
