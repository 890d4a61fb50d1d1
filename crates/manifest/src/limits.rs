//! How much a manifest may hold. Each bound is an ordinary problem that names itself.

use burgee_source::{Diagnostic, Rule, Severity, Span, Text};

/// Bytes in one file. A Kubernetes object holds 1.5 MB at most; this leaves room for files with several.
///
/// Whoever reads files stops one byte behind it: [`load`](crate::load) then says that the file is too large.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// How deep lists and maps may nest. Trees are walked and dropped by recursion, and this bounds it.
pub const MAX_DEPTH: usize = 100;

/// Values in one file, each use of an alias counted anew.
pub const MAX_NODES: usize = 200_000;

/// Bytes of text that aliases may copy.
pub const MAX_COPIED_BYTES: usize = MAX_FILE_BYTES;

/// Problems reported for one file; nobody would read more.
pub const MAX_DIAGNOSTICS: usize = 500;

/// Problems kept while reading. With more, reading ends: the file is something else than a manifest.
pub(crate) const MAX_PROBLEMS: usize = 10_000;

/// Characters of the user's text shown in a message.
const MAX_SHOWN: usize = 80;

/// A file of more than [`MAX_FILE_BYTES`].
pub static FILE_TOO_LARGE: Rule = Rule {
    code: "yaml/file-too-large",
    severity: Severity::Error,
    message: Text::new(
        "the file is larger than {limit} bytes, the most that is read",
        "文件超过 {limit} 字节的读取上限",
    ),
};

/// Nested deeper than [`MAX_DEPTH`].
pub static TOO_DEEP: Rule = Rule {
    code: "yaml/too-deep",
    severity: Severity::Error,
    message: Text::new(
        "values nest more than {limit} levels deep here",
        "此处的值嵌套超过 {limit} 层",
    ),
};

/// More than [`MAX_NODES`] values.
pub static TOO_MANY_NODES: Rule = Rule {
    code: "yaml/too-many-values",
    severity: Severity::Error,
    message: Text::new(
        "the file holds more than {limit} values",
        "文件中的值超过 {limit} 个",
    ),
};

/// Aliases that copy more than [`MAX_NODES`] values or [`MAX_COPIED_BYTES`].
pub static ALIAS_EXPANSION: Rule = Rule {
    code: "yaml/alias-expansion",
    severity: Severity::Error,
    message: Text::new(
        "aliases expand to more than {limit} values or {limit_bytes} bytes here",
        "别名在此处展开后超过 {limit} 个值或 {limit_bytes} 字节",
    ),
};

/// More than [`MAX_DIAGNOSTICS`] problems.
pub static TOO_MANY_PROBLEMS: Rule = Rule {
    code: "manifest/too-many-problems",
    severity: Severity::Error,
    message: Text::new(
        "there are more than {limit} problems; the rest is not shown",
        "问题超过 {limit} 个，其余不再显示",
    ),
};

/// True when so much is wrong that reading ends.
pub(crate) const fn is_full(out: &[Diagnostic]) -> bool {
    out.len() > MAX_PROBLEMS
}

/// Sorts the problems by place and keeps the first [`MAX_DIAGNOSTICS`]. What is hidden still counts: the
/// last one is as grave as the gravest of it.
pub(crate) fn settle(out: &mut Vec<Diagnostic>) {
    let was_cut = is_full(out);
    out.sort_by_key(Diagnostic::sort_key);
    let Some(hidden) = out
        .get(MAX_DIAGNOSTICS..)
        .filter(|hidden| !hidden.is_empty())
    else {
        return;
    };
    let gravest = hidden.iter().map(Diagnostic::severity).max();
    let severity = match gravest {
        Some(severity) if !was_cut => severity,
        Some(_) | None => Severity::Error,
    };
    let at = hidden.first().map_or(Span::NONE, Diagnostic::span);
    out.truncate(MAX_DIAGNOSTICS);
    out.push(too_many_problems(at).severe(severity));
}

/// A user's text for a message, cut where it is long.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

pub(crate) fn file_too_large(start: Span) -> Diagnostic {
    Diagnostic::new(&FILE_TOO_LARGE)
        .arg("limit", MAX_FILE_BYTES)
        .at(start)
        .hint(Text::new("split it into several files", "请拆分为多个文件"))
}

pub(crate) fn too_deep(at: Span) -> Diagnostic {
    Diagnostic::new(&TOO_DEEP).arg("limit", MAX_DEPTH).at(at)
}

pub(crate) fn too_many_nodes(at: Span) -> Diagnostic {
    Diagnostic::new(&TOO_MANY_NODES)
        .arg("limit", MAX_NODES)
        .at(at)
        .hint(Text::new("split it into several files", "请拆分为多个文件"))
}

pub(crate) fn alias_expansion(at: Span) -> Diagnostic {
    Diagnostic::new(&ALIAS_EXPANSION)
        .arg("limit", MAX_NODES)
        .arg("limit_bytes", MAX_COPIED_BYTES)
        .at(at)
        .hint(Text::new(
            "write the values out, or use fewer aliases of aliases",
            "请直接写出这些值，或减少别名的嵌套",
        ))
}

pub(crate) fn too_many_problems(at: Span) -> Diagnostic {
    Diagnostic::new(&TOO_MANY_PROBLEMS)
        .arg("limit", MAX_DIAGNOSTICS)
        .at(at)
}
