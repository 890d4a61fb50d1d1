//! JSON and YAML files as CUE text that leads back to them.

use burgee_source::{Diagnostic, Kind, Node, Rule, Severity, SourceId, Sources, Text};

use super::generated::Generated;

/// A JSON file that is none.
static BROKEN_JSON: Rule = Rule {
    code: "cue-data/json",
    severity: Severity::Error,
    message: Text::new("this is no JSON: {why}", "不是有效的 JSON：{why}"),
};

/// The one document of a JSON file. Its text is CUE as it stands: numbers keep their digits, repeated keys must agree.
pub(super) fn json(sources: &Sources, file: SourceId) -> Result<Generated, Vec<Diagnostic>> {
    let text = sources.text(file);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let skipped = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1));
        let at = skipped.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let span = sources.span(file, at..at + 1);
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default();
        return Err(vec![Diagnostic::new(&BROKEN_JSON).arg("why", why).at(span)]);
    }
    let mut generated = Generated::default();
    let start = sources.text(file).len() - text.len();
    generated.verbatim(text, sources.span(file, start..start + text.len()));
    Ok(generated)
}

/// The documents of a YAML file.
pub(super) fn yaml(sources: &Sources, file: SourceId) -> Result<Vec<Generated>, Vec<Diagnostic>> {
    let (documents, problems) = burgee_manifest::documents(sources, file);
    let errors: Vec<_> = problems
        .into_iter()
        .filter(|problem| problem.severity() == Severity::Error)
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let documents = documents.iter().map(|document| {
        let mut generated = Generated::default();
        write(document, sources, &mut generated);
        generated
    });
    Ok(documents.collect())
}

fn write(node: &Node, sources: &Sources, out: &mut Generated) {
    out.piece(node.span, |out| match &node.kind {
        Kind::Null => out.push("null"),
        Kind::Bool(value) => match word(node, sources) {
            Some(word) => out.push(&quoted(word)),
            None => out.push(if *value { "true" } else { "false" }),
        },
        Kind::Number(number) => out.push(number.as_str()),
        Kind::String(text) => out.push(&quoted(text)),
        Kind::List(items) => {
            out.push("[");
            for item in items {
                write(item, sources, out);
                out.push(", ");
            }
            out.push("]");
        }
        Kind::Map(map) => {
            out.push("{");
            for (key, entry) in map.iter() {
                out.piece(entry.key_span, |out| out.push(&quoted(key)));
                out.push(": ");
                write(&entry.value, sources, out);
                out.push(", ");
            }
            out.push("}");
        }
    });
}

/// `yes`, `off` and the like: booleans in manifests, strings in CUE's reading of YAML.
fn word<'s>(node: &Node, sources: &'s Sources) -> Option<&'s str> {
    let written = sources.slice(node.span);
    let is_boolean = written.eq_ignore_ascii_case("true") || written.eq_ignore_ascii_case("false");
    (!is_boolean && !written.is_empty()).then_some(written)
}

/// A string of JSON is one of CUE.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string is always JSON")
}
