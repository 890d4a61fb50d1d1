//! The rules of `url` and `secret`: their forms, and what a literal gives away.

use burgee_source::{Diagnostic, Severity, Span};

use crate::{
    hints,
    inspect::{Inspector, Slot},
    object::{Object, or},
    properties::{Form, Held, held},
    rules, webhook,
};

/// Checks a block's `url`.
pub(crate) fn url(inspector: &mut Inspector<'_>, block: &Object<'_>) {
    if inspector.need(block, "url").is_none() {
        return;
    }
    let Some((text, span, form)) = literal(inspector, block, "url") else {
        return;
    };
    let found = webhook::look(inspector.service, text);
    let wrong = found.iter().any(|one| one.severity() == Severity::Error);
    for problem in found {
        inspector.report(problem.at(span));
    }
    // A URL that has to be replaced anyway needs no advice on its form.
    if wrong {
        return;
    }
    if webhook::is_live(text) {
        in_manifest(inspector, "url", span);
    } else {
        old_form(inspector, form, span);
    }
}

/// Checks a DingTalk block's `secret`.
pub(crate) fn secret(inspector: &mut Inspector<'_>, block: &Object<'_>) {
    let Some((text, span, _)) = literal(inspector, block, "secret") else {
        return;
    };
    let text = webhook::trim(text);
    if text.is_empty() {
        let problem = Diagnostic::new(&rules::EMPTY_FIELD).arg("field", block.child("secret"));
        inspector.report(problem.at(span));
    } else if webhook::looks_made_up(&text.to_lowercase()) {
        inspector.report(
            Diagnostic::new(&rules::PLACEHOLDER_SECRET)
                .at(span)
                .hint(hints::COPY_SECRET),
        );
    } else {
        if !text.starts_with("SEC") {
            inspector.report(
                Diagnostic::new(&rules::ODD_SECRET)
                    .at(span)
                    .hint(hints::COPY_SECRET),
            );
        }
        in_manifest(inspector, "secret", span);
    }
}

/// The value that stands in place, in any form; reports forms that mean nothing.
fn literal<'a>(
    inspector: &mut Inspector<'_>,
    block: &Object<'a>,
    key: &'static str,
) -> Option<(&'a str, Span, Form)> {
    let path = block.child(key);
    let Slot::Here(node) = inspector.slot(block, key) else {
        return None;
    };
    let place = or(node.span, block.key_span(key));
    if node.as_str().is_none() && node.as_map().is_none() {
        inspector.wrong_type(&path, "string", node, place);
        return None;
    }
    // An input may fill a part: `slack.url.value`.
    if node.as_map().is_some() && inspector.touches(&path) {
        return None;
    }
    match held(node) {
        Held::Value { text, span, form } => Some((text, or(span, place), form)),
        Held::Secret { form, .. } => {
            old_form(inspector, form, place);
            None
        }
        Held::Both { first, second } => {
            let problem = Diagnostic::new(&rules::BOTH_FORMS)
                .arg("field", path)
                .arg("first", first)
                .arg("second", second);
            inspector.report(problem.at(place).hint(hints::ONE_OF_TWO));
            None
        }
        Held::Nothing => {
            let problem = Diagnostic::new(&rules::NO_FORM).arg("field", path);
            inspector.report(problem.at(place).hint(hints::ONE_OF_TWO));
            None
        }
    }
}

fn old_form(inspector: &mut Inspector<'_>, form: Form, span: Span) {
    let since = match form {
        Form::Today => return,
        Form::Plain => "1.1.1",
        Form::Second => "1.1.6",
    };
    let problem = Diagnostic::new(&rules::OLD_URL_FORM).arg("since", since);
    inspector.report(problem.at(span).hint(hints::NEW_FORM_VALUE));
}

fn in_manifest(inspector: &mut Inspector<'_>, field: &'static str, span: Span) {
    let problem = Diagnostic::new(&rules::SECRET_IN_MANIFEST).arg("field", field);
    inspector.report(problem.at(span).hint(hints::SECRET_REF));
}
