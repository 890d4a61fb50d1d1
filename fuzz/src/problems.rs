//! What is said about a text, and where.

use burgee_cue::{
    Error, ErrorKind,
    source::{Diagnostic, Lang, Rule, SourceId},
};

/// Texts by the source that problems name.
pub(crate) type Texts<'t> = [(SourceId, &'t str)];

/// Places lie inside the texts, and every word is filled in, in both languages.
pub(crate) fn check(diagnostic: &Diagnostic, texts: &Texts<'_>) {
    for label in diagnostic.labels() {
        let source = label.span.source();
        let text = texts.iter().find(|(id, _)| *id == source);
        let (_, text) = text.unwrap_or_else(|| panic!("a place in no text: {diagnostic:?}"));
        let inside = text.get(label.span.range());
        assert!(inside.is_some(), "a place outside the text: {diagnostic:?}");
        if let Some(note) = label.note {
            for lang in [Lang::En, Lang::Zh] {
                all_filled_in(note.template(lang), diagnostic);
                let _ = diagnostic.note(label, lang);
            }
        }
    }
    for lang in [Lang::En, Lang::Zh] {
        all_filled_in(diagnostic.rule().message.template(lang), diagnostic);
        assert!(!diagnostic.message(lang).is_empty());
        for hint in diagnostic.hints(lang) {
            assert!(!hint.is_empty(), "{diagnostic:?}");
        }
    }
}

/// The same for what an evaluation ends in.
pub(crate) fn check_error(error: &Error, texts: &Texts<'_>) {
    assert_ne!(error.kind, ErrorKind::Syntax, "it was compiled: {error:?}");
    check(&error.diagnostic, texts);
}

/// True when the text is no CUE at all.
pub(crate) fn is_syntax(rule: &Rule) -> bool {
    rule.code.starts_with("cue-syntax/")
}

/// Every `{name}` of a template has its argument.
fn all_filled_in(template: &str, diagnostic: &Diagnostic) {
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        if let Some(literal) = after.strip_prefix('{') {
            rest = literal;
            continue;
        }
        if let Some((name, behind)) = after.split_once('}') {
            let argument = diagnostic.argument(name);
            assert!(argument.is_some(), "nothing for {name}: {diagnostic:?}");
            rest = behind;
        } else {
            rest = after;
        }
    }
}
