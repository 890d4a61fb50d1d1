//! What goes wrong inside texts: templates that nobody renders, Markdown where Slack reads mrkdwn.

use burgee_source::{Diagnostic, Spanned};

use crate::{hints, inspect::Inspector, rules};

/// How much of a text is looked at, in bytes: a warning is worth a moment, not more.
const LOOKED_AT: usize = 64 * 1024;

/// A text of any service.
pub(crate) fn text(inspector: &mut Inspector<'_>, text: Spanned<&str>) {
    if let Some(found) = unrendered(head(text.value)) {
        let problem = Diagnostic::new(&rules::UNRENDERED).arg("found", shown(found));
        inspector.report(problem.at(text.span).hint(hints::USE_INPUTS));
    }
}

/// A text that Slack reads as mrkdwn.
pub(crate) fn mrkdwn(inspector: &mut Inspector<'_>, of: Spanned<&str>) {
    text(inspector, of);
    let looked_at = head(of.value);
    if let Some((found, instead)) = markdown(looked_at) {
        let problem = Diagnostic::new(&rules::MARKDOWN_IN_MRKDWN)
            .arg("found", shown(found))
            .arg("instead", instead);
        inspector.report(problem.at(of.span).hint(hints::MRKDWN_FORM));
    }
    if let Some(found) = unescaped(looked_at) {
        let problem = Diagnostic::new(&rules::UNESCAPED).arg("found", shown(found));
        inspector.report(problem.at(of.span).hint(hints::ESCAPE));
    }
}

fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(LOOKED_AT)]
}

fn shown(found: &str) -> String {
    let short: String = found.chars().take(40).collect();
    if short.len() < found.len() {
        format!("{short}…")
    } else {
        short
    }
}

/// A placeholder of some template language, or what one leaves behind.
fn unrendered(text: &str) -> Option<&str> {
    for left in ["<no value>", "_|_"] {
        if let Some(at) = text.find(left) {
            return Some(&text[at..at + left.len()]);
        }
    }
    [("{{", "}}"), ("$(", ")"), ("${", "}")]
        .iter()
        .find_map(|(open, close)| between(text, open, close))
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let from = text.find(open)?;
    let length = text[from..].find(close)? + close.len();
    let found = &text[from..from + length];
    (!found.contains('\n')).then_some(found)
}

/// `**bold**` or `[words](https://…)`, and how mrkdwn says it.
fn markdown(text: &str) -> Option<(&str, String)> {
    if let Some(bold) = bold(text) {
        let words = bold.trim_matches('*');
        return Some((bold, format!("*{words}*")));
    }
    let middle = text.find("](http")?;
    let open = text[..middle].rfind('[')?;
    let close = middle + text[middle..].find(')')?;
    let (words, url) = (&text[open + 1..middle], &text[middle + 2..close]);
    Some((&text[open..=close], format!("<{url}|{words}>")))
}

fn bold(text: &str) -> Option<&str> {
    let from = text.find("**")?;
    let length = text[from + 2..].find("**")?;
    let words = &text[from + 2..from + 2 + length];
    let is_bold = !words.trim().is_empty() && !words.contains('\n');
    is_bold.then(|| &text[from..from + 2 + length + 2])
}

/// `<…>` that is none of Slack's own forms.
fn unescaped(text: &str) -> Option<&str> {
    const FORMS: [&str; 6] = ["@", "#", "!", "http", "mailto:", "tel:"];
    let places = text.match_indices('<');
    places
        .filter_map(|(at, _)| {
            let rest = &text[at + 1..];
            let close = rest.find('>')?;
            let inner = &rest[..close];
            let markup = FORMS.iter().any(|form| inner.starts_with(form));
            let odd = !markup && !inner.is_empty() && !inner.contains(['\n', '<']);
            odd.then(|| &text[at..at + close + 2])
        })
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_that_nobody_renders_are_found() {
        for (text, found) in [
            ("a {{ .Name }} b", Some("{{ .Name }}")),
            ("x <no value>", Some("<no value>")),
            ("$(context.name)!", Some("$(context.name)")),
            ("${X}", Some("${X}")),
            ("_|_", Some("_|_")),
            ("costs $5 {ok}", None),
        ] {
            assert_eq!(unrendered(text), found, "{text}");
        }
    }

    #[test]
    fn markdown_is_shown_in_its_mrkdwn_form() {
        let form = |text| markdown(text).map(|(_, instead)| instead);
        assert_eq!(form("it is **done** now").as_deref(), Some("*done*"));
        assert_eq!(
            form("see [the page](https://a.test/b)").as_deref(),
            Some("<https://a.test/b|the page>")
        );
        assert_eq!(form("2 ** 3 and *bold*"), None);
        assert_eq!(form("a[0](x)"), None);
    }

    #[test]
    fn markup_of_slack_is_let_be_and_other_brackets_are_not() {
        assert_eq!(unescaped("<@U1> <!here> <https://a.test|a> 1 < 2"), None);
        assert_eq!(unescaped("value is <nil>"), Some("<nil>"));
    }
}
