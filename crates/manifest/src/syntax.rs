//! Broken YAML in plain words.
//!
//! The parser says what its grammar missed; a person wants to know what to change. Each kind of slip has a
//! rule of its own with a way out.

use burgee_source::{Diagnostic, Rule, Severity, Span, Text};
use granit_parser::ErrorKind;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $en:literal, $zh:literal;)*) => {
        $($(#[$doc])*
        pub static $name: Rule = Rule {
            code: $code,
            severity: Severity::Error,
            message: Text::new($en, $zh),
        };)*
    };
}

rules! {
    /// A `: ` where no key can be.
    UNEXPECTED_COLON = "yaml/unexpected-colon",
        "a second `: ` cannot stand in the same line: the first one has begun a value",
        "同一行不能出现第二个 `: `：第一个之后已经是值";
    /// A line that belongs to nothing above.
    INDENTATION = "yaml/indentation",
        "this line does not fit what stands above it: its indentation matches no key and no list there",
        "该行与上文不符：它的缩进与上面的任何键或列表都不一致";
    /// A line that is no `key: value`.
    NO_COLON = "yaml/no-colon",
        "this line should be `key: value`, but it has no `: `",
        "该行应为 `key: value`，但缺少 `: `";
    /// A tab in the indentation.
    TAB = "yaml/tab",
        "a tab stands where YAML takes only spaces",
        "此处有制表符（Tab），而 YAML 只允许空格";
    /// A quote without its twin.
    UNCLOSED_QUOTE = "yaml/unclosed-quote",
        "the quoted text is not closed, or closed too early",
        "引号中的文本没有正确闭合";
    /// A bracket without its twin.
    UNCLOSED_BRACKET = "yaml/unclosed-bracket",
        "a `[` or `{{` is not closed, or a `,` is missing",
        "`[` 或 `{{` 没有闭合，或者缺少 `,`";
    /// A bracket that closes another kind, or none.
    WRONG_BRACKET = "yaml/wrong-bracket",
        "this bracket closes nothing that is open",
        "该括号没有对应的开括号";
    /// An escape that double quotes do not have.
    BAD_ESCAPE = "yaml/bad-escape",
        "this backslash escape does not exist in double quotes",
        "双引号中没有这种反斜杠转义";
    /// A character that a value cannot begin with.
    UNEXPECTED_CHARACTER = "yaml/unexpected-character",
        "a value cannot begin with {character}",
        "值不能以 {character} 开头";
    /// A wrong `|` or `>` header or indentation.
    BLOCK_TEXT = "yaml/block-text",
        "the text after `|` or `>` is not indented as it must be",
        "`|` 或 `>` 之后的文本缩进不正确";
    /// Text after the end of a document.
    AFTER_DOCUMENT = "yaml/after-document",
        "the document ends above, and this line belongs to nothing",
        "文档在上面已经结束，该行不属于任何内容";
    /// A list entry where none can be.
    UNEXPECTED_DASH = "yaml/unexpected-dash",
        "a list entry `- ` cannot stand here",
        "此处不能出现列表项 `- `";
    /// An alias to an anchor that is not there.
    UNKNOWN_ANCHOR = "yaml/unknown-anchor",
        "there is no anchor `&{name}` above",
        "上文没有锚点 `&{name}`";
    /// A malformed tag, anchor or directive.
    BAD_PROPERTY = "yaml/bad-property",
        "this tag (`!…`), anchor (`&…`) or directive (`%…`) is malformed: {detail}",
        "标签（`!…`）、锚点（`&…`）或指令（`%…`）格式错误：{detail}";
    /// A `#` right behind a value.
    COMMENT = "yaml/comment",
        "a comment needs a space before its `#`",
        "注释的 `#` 之前需要空格";
    /// The file ends too early.
    UNEXPECTED_END = "yaml/unexpected-end",
        "the file ends before this is complete",
        "内容尚未完整，文件就结束了";
    /// Any other slip, in the parser's words.
    MALFORMED = "yaml/malformed",
        "this is not YAML: {detail}",
        "不是有效的 YAML：{detail}";
}

const QUOTE: Text = Text::new(
    "put a text that holds `: `, ` #` or begins with a sign into quotes: key: \"text\"",
    "含有 `: `、` #` 或以符号开头的文本请加引号：key: \"文本\"",
);
const ALIGN: Text = Text::new(
    "give keys of one object and dashes of one list the same indentation, in spaces",
    "同一对象的键、同一列表的短横线要用空格对齐到相同的缩进",
);
const PLACEHOLDER: Text = Text::new(
    "`{{{{ … }}` is a placeholder of a template: fill it in first, or put it into quotes",
    "`{{{{ … }}` 是模板占位符：请先替换，或加上引号",
);
const DOTS: Text = Text::new(
    "`...` ends a document: leave it out where something was cut, and begin another document with `---`",
    "`...` 表示文档结束：若只是省略内容，请删去；新文档请以 `---` 开头",
);

/// Where the parser stopped.
pub(crate) struct Scene<'a> {
    /// The place.
    pub(crate) at: Span,
    /// Its line.
    pub(crate) line: &'a str,
    /// The part of the line before the place.
    pub(crate) before: &'a str,
    /// The innermost `[` or `{` that is open since an earlier line.
    pub(crate) bracket: Option<Span>,
}

/// The problem behind a parser's error.
pub(crate) fn diagnostic(kind: &ErrorKind, scene: &Scene<'_>) -> Diagnostic {
    let problem = explain(kind, scene);
    let problem = match scene.bracket {
        Some(bracket) => problem.also(bracket, Text::new("open since here", "从此处开始未闭合")),
        None => problem,
    };
    if scene.line.contains("{{") {
        return problem.hint(PLACEHOLDER);
    }
    if scene.line.trim() == "..." {
        return problem.hint(DOTS);
    }
    problem
}

fn explain(kind: &ErrorKind, scene: &Scene<'_>) -> Diagnostic {
    use ErrorKind as E;
    let at = scene.at;
    let problem = |rule, hint: Option<Text>| {
        let problem = Diagnostic::new(rule).at(at);
        match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    };
    match kind {
        E::RecursionLimitExceeded => crate::limits::too_deep(at),
        // A key on its own line inside of brackets: most likely they should have been closed above.
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::InvalidMappingValueWhitespace
            if scene.bracket.is_some() =>
        {
            problem(&UNCLOSED_BRACKET, None)
        }
        E::MappingValueNotAllowed if !scene.before.contains(": ") => {
            // A key in the wrong column: the text above goes on into it.
            problem(&INDENTATION, Some(ALIGN))
        }
        E::MappingValueNotAllowed
        | E::MappingKeyNotAllowed
        | E::InvalidColonPlacement
        | E::InvalidMappingValueWhitespace
        | E::FlowMappingValueAdjacentCollection => problem(&UNEXPECTED_COLON, Some(QUOTE)),
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidFlowScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::ExpectedNodeContent => problem(&INDENTATION, Some(ALIGN)),
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::CommentInterceptedScalar => {
            problem(&NO_COLON, Some(ALIGN))
        }
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => problem(
            &TAB,
            Some(Text::new("replace the tab by spaces", "请把制表符换成空格")),
        ),
        E::UnclosedQuotedScalar
        | E::DocumentIndicatorInQuotedScalar
        | E::InvalidTrailingSingleQuotedScalar
        | E::InvalidTrailingDoubleQuotedScalar => problem(
            &UNCLOSED_QUOTE,
            Some(Text::new(
                "inside single quotes write '' for a quote, inside double quotes \\\"",
                "单引号内的引号写作 ''，双引号内写作 \\\"",
            )),
        ),
        E::UnclosedFlowCollection { .. }
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => problem(&UNCLOSED_BRACKET, Some(QUOTE)),
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => {
            problem(&WRONG_BRACKET, None)
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => problem(
            &BAD_ESCAPE,
            Some(Text::new(
                "write \\\\ for a backslash, or use single quotes",
                "反斜杠写作 \\\\，或改用单引号",
            )),
        ),
        E::UnexpectedCharacter { character } => {
            let shown = format!("'{}'", character.escape_debug());
            problem(&UNEXPECTED_CHARACTER, Some(QUOTE)).arg("character", shown)
        }
        E::PlainScalarStartsWithDashFlowIndicator | E::UnexpectedEndOfPlainScalar => {
            problem(&UNEXPECTED_CHARACTER, Some(QUOTE)).arg("character", "'-'")
        }
        E::ZeroBlockScalarIndent | E::InvalidBlockScalarHeader | E::InvalidBlockScalarIndent => {
            problem(&BLOCK_TEXT, Some(ALIGN))
        }
        E::ExpectedDocumentStart | E::InvalidDocumentEnd | E::MissingDocumentEndBeforeDirective => {
            problem(&AFTER_DOCUMENT, Some(ALIGN))
        }
        E::BlockEntryInFlowCollection
        | E::BlockSequenceEntryNotAllowed
        | E::InvalidBlockEntryWhitespace => problem(
            &UNEXPECTED_DASH,
            Some(Text::new(
                "begin the list on a line of its own, below its key",
                "列表请在键的下一行开始",
            )),
        ),
        E::CommentNotSeparated => problem(&COMMENT, None),
        E::UnexpectedEof | E::UnexpectedEofBlockSequence | E::UnexpectedEofBlockMapping => {
            problem(&UNEXPECTED_END, None)
        }
        E::ExpectedTagBang
        | E::ExpectedTagDirectiveBang
        | E::InvalidGlobalTagCharacter
        | E::UndeclaredTagHandle
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagEscape
        | E::MissingAnchorOrAliasName
        | E::InvalidDirectiveTerminator
        | E::MissingDirectiveName
        | E::InvalidDirectiveName
        | E::MissingYamlVersion
        | E::UnsupportedYamlMajorVersion => problem(&BAD_PROPERTY, Some(QUOTE)).arg("detail", kind),
        _ => problem(&MALFORMED, None).arg("detail", kind),
    }
}

/// The problem of a text that follows `...`.
pub(crate) fn after_document(at: Span) -> Diagnostic {
    Diagnostic::new(&AFTER_DOCUMENT).at(at).hint(DOTS)
}

/// The hint for `key: {{ placeholder }}`, which YAML reads as an object with an object for a key.
pub(crate) const fn placeholder_hint() -> Text {
    PLACEHOLDER
}
