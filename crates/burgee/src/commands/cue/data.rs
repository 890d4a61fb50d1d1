//! JSON and YAML files as CUE text that leads back to them.

use burgee_cue::{Limits, Program, Term, Value};
use burgee_source::{Diagnostic, Map, Node, Rule, Severity, SourceId, Sources, Span, Text};

use super::generated::Generated;

/// A JSON file that is none.
static BROKEN_JSON: Rule = Rule {
    code: "cue-data/json",
    severity: Severity::Error,
    message: Text::new("this is no JSON: {why}", "不是有效的 JSON：{why}"),
};

/// A YAML file that is none.
static BROKEN_YAML: Rule = Rule {
    code: "cue-data/yaml",
    severity: Severity::Error,
    message: Text::new("this is no YAML: {why}", "不是有效的 YAML：{why}"),
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

/// CUE's own reading of YAML: `yes` is a string, `010` is 8, digits stay.
const READ_YAML: &str = "import \"encoding/yaml\"\nyaml.UnmarshalStream(text)";

/// The documents of a YAML file.
pub(super) fn yaml(sources: &Sources, file: SourceId) -> Result<Vec<Generated>, Vec<Diagnostic>> {
    // The values come from CUE's reader, the places from the one of manifests.
    let (places, problems) = burgee_manifest::documents(sources, file);
    let whole = sources.span(file, 0..sources.text(file).len());
    let values = match read_yaml(sources.text(file)) {
        Ok(values) => values,
        Err(why) => {
            let mut errors = problems;
            errors.retain(|problem| problem.severity() == Severity::Error);
            if errors.is_empty() {
                errors.push(Diagnostic::new(&BROKEN_YAML).arg("why", why).at(whole));
            }
            return Err(errors);
        }
    };
    let same = places.len() == values.len();
    let documents = values.iter().enumerate().map(|(at, value)| {
        let place = places.get(at).filter(|_| same);
        let mut generated = Generated::default();
        write(
            value,
            place,
            place.map_or(whole, |node| node.span),
            &mut generated,
        );
        generated
    });
    Ok(documents.collect())
}

fn read_yaml(text: &str) -> Result<Vec<Value>, String> {
    let program = Program::expression(READ_YAML, SourceId(0));
    let program = program.map_err(|_| "this CUE has no encoding/yaml".to_owned())?;
    let text = Node::string(text);
    let value = program.evaluate(&[("text", &text)], &Limits::default());
    match value.map_err(|error| error.to_string())? {
        Value::List(documents) => Ok(documents.to_vec()),
        other => Ok(vec![other]),
    }
}

/// Writes a value; `place` is where it was written, as far as the two readers see the same shape.
fn write(value: &Value, place: Option<&Node>, around: Span, out: &mut Generated) {
    let span = place.map_or(around, |node| node.span);
    out.piece(span, |out| match value {
        Value::List(items) => {
            let places = place.and_then(Node::as_list);
            out.push("[");
            for (at, item) in items.iter().enumerate() {
                write(item, places.and_then(|places| places.get(at)), span, out);
                out.push(", ");
            }
            out.push("]");
        }
        Value::Struct(fields) => {
            let places = place.and_then(Node::as_map);
            let mut places = places.into_iter().flat_map(Map::iter);
            out.push("{");
            for (key, value) in fields.iter() {
                let entry = places.next().map(|(_, entry)| entry);
                let key_span = entry.map_or(span, |entry| entry.key_span);
                out.piece(key_span, |out| out.push(&quoted(key)));
                out.push(": ");
                write(value, entry.map(|entry| &entry.value), span, out);
                out.push(", ");
            }
            out.push("}");
        }
        Value::Bytes(_) => {
            // As CUE writes them; JSON has no word for bytes.
            out.push(Term::Value(value.clone()).to_cue().trim_end());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push(&value.to_json_text());
        }
    });
}

/// A string of JSON is one of CUE.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string is always JSON")
}
