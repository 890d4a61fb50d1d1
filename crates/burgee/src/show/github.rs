//! A report as GitHub workflow commands: `::error file=…,line=…::message`, which annotate a pull request's lines.

use burgee_source::Severity;

use super::{Region, Report};

/// The report, one command a line.
pub(crate) fn github(report: Report<'_>) -> String {
    let mut out = String::new();
    for problem in report.problems {
        let command = match problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let title = property(problem.rule().code);
        let place = Region::of(report.sources, problem.span()).map_or_else(String::new, |region| {
            let Region { start, end } = region;
            // GitHub takes columns only for a range within one line.
            let last = if end.line == start.line {
                format!(",endColumn={}", end.column)
            } else {
                String::new()
            };
            let file = property(&start.file);
            let (line, column) = (start.line, start.column);
            format!("file={file},line={line},col={column}{last},")
        });
        let mut message = problem.message(report.lang);
        for hint in problem.hints(report.lang) {
            message.push('\n');
            message.push_str(&hint);
        }
        out.push_str(&format!(
            "::{command} {place}title={title}::{}\n",
            data(&message)
        ));
    }
    out
}

/// Escapes a message as GitHub's toolkit does.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property, where `:` and `,` have a meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
