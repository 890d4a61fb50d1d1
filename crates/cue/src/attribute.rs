//! Attributes: what a text says to programs that read it.

use ecow::EcoString;

/// An attribute of a field or a struct: `@go(Name, optional)`.
///
/// ```
/// use burgee_cue::{Limits, Program};
/// use burgee_source::SourceId;
///
/// let program = Program::file("size: int @ui(label=\"a, b\", 3, wide)", SourceId(0)).expect("CUE");
/// let limits = Limits::default();
/// let instance = program.instance(&[], &limits).expect("no names from outside");
/// let field = &instance.root().fields()[0];
///
/// let attributes = field.attributes();
/// assert_eq!((attributes[0].name(), attributes[0].body()), ("ui", "label=\"a, b\", 3, wide"));
/// assert_eq!(attributes[0].get("label").as_deref(), Some("a, b"));
/// assert_eq!(attributes[0].arguments().len(), 3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    text: EcoString,
}

/// An argument of an [`Attribute`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// What stands before the `=`; empty without one.
    pub key: EcoString,
    /// What stands behind it, quotes removed; without `=` the whole.
    pub value: EcoString,
}

// === impl Attribute ===

impl Attribute {
    pub(crate) const fn new(text: EcoString) -> Self {
        Self { text }
    }

    /// The whole of it, as it was written: `@go(Name)`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands between `@` and the parenthesis.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.text.strip_prefix('@').unwrap_or(&self.text);
        let end = name.find('(').unwrap_or(name.len());
        &name[..end]
    }

    /// What stands in the parentheses.
    #[must_use]
    pub fn body(&self) -> &str {
        let body = self.text.split_once('(').map_or("", |(_, body)| body);
        body.strip_suffix(')').unwrap_or(body)
    }

    /// The body, cut at its commas; those in quotes and in brackets do not count.
    #[must_use]
    pub fn arguments(&self) -> Vec<Argument> {
        let body = self.body();
        match body.trim().is_empty() {
            true => Vec::new(),
            false => cut(body).into_iter().map(Argument::new).collect(),
        }
    }

    /// The value of the first argument with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<EcoString> {
        let mut arguments = self.arguments().into_iter();
        let found = arguments.find(|argument| argument.key == key)?;
        Some(found.value)
    }
}

// === impl Argument ===

impl Argument {
    fn new(text: &str) -> Self {
        let text = text.trim();
        match text.split_once('=') {
            Some((key, value)) if !key.contains(['"', '\'', '(', '[', '{']) => Self {
                key: key.trim().into(),
                value: unquoted(value.trim()),
            },
            Some(_) | None => Self {
                key: EcoString::new(),
                value: unquoted(text),
            },
        }
    }
}

fn cut(body: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_u32);
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        match (quote, c) {
            (Some(_), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), c) if c == open && !escaped => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(&body[from..at]);
                from = at + 1;
            }
            (None, _) => {}
        }
        escaped = false;
    }
    parts.push(&body[from..]);
    parts
}

/// A string without its quotes and escapes; any other text is kept.
fn unquoted(text: &str) -> EcoString {
    let inner = ['"', '\''].into_iter().find_map(|quote| {
        let inner = text.strip_prefix(quote)?;
        inner.strip_suffix(quote)
    });
    let Some(inner) = inner else {
        return text.into();
    };
    let mut plain = EcoString::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some('r') => plain.push('\r'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_quotes_and_brackets_do_not_cut() {
        let attribute = Attribute::new(r#"@x(a, k="1,\"2", f(b,c), [d,e], n = 5)"#.into());
        let arguments = attribute.arguments().into_iter();
        let arguments: Vec<_> = arguments
            .map(|argument| format!("{}={}", argument.key, argument.value))
            .collect();
        assert_eq!(arguments, ["=a", "k=1,\"2", "=f(b,c)", "=[d,e]", "n=5"]);
    }

    #[test]
    fn an_empty_body_has_no_arguments() {
        let attribute = Attribute::new("@x()".into());
        assert_eq!((attribute.name(), attribute.body()), ("x", ""));
        assert!(attribute.arguments().is_empty());
    }
}
