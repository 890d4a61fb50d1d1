//! A report as SARIF 2.1.0, for code-scanning services.

use burgee_source::Severity;
use serde_json::{Value, json};

use super::{Region, Report};

/// The report.
pub(crate) fn sarif(report: Report<'_>) -> Value {
    let mut rules: Vec<&str> = Vec::new();
    let mut results = Vec::new();
    for problem in report.problems {
        let code = problem.rule().code;
        let rule_index = rules
            .iter()
            .position(|known| *known == code)
            .unwrap_or_else(|| {
                rules.push(code);
                rules.len() - 1
            });
        let level = match problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "note",
        };
        let mut text = problem.message(report.lang);
        for hint in problem.hints(report.lang) {
            text.push('\n');
            text.push_str(&hint);
        }
        let mut result = json!({
            "ruleId": code,
            "ruleIndex": rule_index,
            "level": level,
            "message": { "text": text },
        });
        if let Some(region) = Region::of(report.sources, problem.span()) {
            result["locations"] = json!([location(&region)]);
        }
        results.push(result);
    }
    let rules: Vec<Value> = rules
        .into_iter()
        .map(|code| json!({ "id": code }))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "burgee",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // Columns count characters, not UTF-16 units.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn location(region: &Region) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&region.start.file) },
            "region": {
                "startLine": region.start.line,
                "startColumn": region.start.column,
                "endLine": region.end.line,
                "endColumn": region.end.column,
            },
        },
    })
}

/// A relative path as a URI reference: what a path may hold and a URI may not is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
