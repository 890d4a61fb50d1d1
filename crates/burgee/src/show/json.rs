//! A report as a JSON list, one object a problem.

use burgee_source::{Role, Span};
use serde::Serialize;

use super::{Region, Report, text::LONGEST_LINE};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem {
    severity: &'static str,
    code: &'static str,
    message: String,
    #[serde(flatten)]
    place: Option<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hints: Vec<String>,
    /// The other parties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    file: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    /// The user's line.
    source: String,
}

#[derive(Serialize)]
struct Related {
    #[serde(flatten)]
    place: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// The report.
pub(crate) fn json(report: Report<'_>) -> serde_json::Value {
    let problems = report.problems.iter().map(|problem| Problem {
        severity: problem.severity().as_str(),
        code: problem.rule().code,
        message: problem.message(report.lang),
        place: place(report, problem.span()),
        hints: problem.hints(report.lang),
        related: problem
            .labels()
            .iter()
            .filter(|label| label.role == Role::Secondary)
            .map(|label| Related {
                place: place(report, label.span),
                message: problem.note(label, report.lang),
            })
            .collect(),
    });
    serde_json::to_value(problems.collect::<Vec<_>>()).expect("plain structs are JSON")
}

fn place(report: Report<'_>, span: Span) -> Option<Place> {
    let region = Region::of(report.sources, span)?;
    let line = report.sources.line_at(report.sources.resolve(span).start());
    Some(Place {
        file: region.start.file.to_string(),
        line: region.start.line,
        column: region.start.column,
        end_line: region.end.line,
        end_column: region.end.column,
        source: line.text.chars().take(LONGEST_LINE).collect(),
    })
}
