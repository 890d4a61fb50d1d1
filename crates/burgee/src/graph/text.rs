//! The graph as a tree of lines.

use burgee_engine::{PlannedKind, PlannedStep};
use burgee_source::Lang;

use super::{Graph, condition, kind};

/// A line for each step: what it is, what it waits for, and under which conditions it runs.
pub(crate) fn text(graph: &Graph<'_>, lang: Lang) -> String {
    let metadata = &graph.plan.application.metadata;
    let mut out = format!(
        "{}/{} · {}\n",
        metadata.namespace(),
        metadata.name.value,
        graph.plan.mode.as_text()
    );
    branch(graph, None, "", lang, &mut out);
    one_line(&mut out);
    out
}

fn branch(graph: &Graph<'_>, group: Option<usize>, indent: &str, lang: Lang, out: &mut String) {
    let mut steps = graph.inside(group).peekable();
    while let Some((place, step)) = steps.next() {
        let (twig, trunk) = match steps.peek() {
            Some(_) => ("├─ ", "│  "),
            None => ("└─ ", "   "),
        };
        let line = line(graph, place, step, lang).replace('\n', " ");
        out.push_str(&format!("{indent}{twig}{line}\n"));
        if matches!(step.kind, PlannedKind::Group { .. }) {
            branch(graph, Some(place), &format!("{indent}{trunk}"), lang, out);
        }
    }
}

fn line(graph: &Graph<'_>, place: usize, step: &PlannedStep, lang: Lang) -> String {
    let mut parts = vec![format!("{}  {}", step.step.name.value, kind(step))];
    let names = graph.to(place).map(|edge| {
        let other = &graph.plan.steps[edge.from];
        other.step.name.value.to_string()
    });
    let names = names.collect::<Vec<_>>().join(", ");
    if !names.is_empty() {
        parts.push(match lang {
            Lang::En => format!("after {names}"),
            Lang::Zh => format!("在 {names} 之后"),
        });
    }
    parts.extend(condition(step).map(|text| format!("if {text}")));
    if let Some(timeout) = &step.step.timeout {
        parts.push(match lang {
            Lang::En => format!("at most {}", timeout.value),
            Lang::Zh => format!("最长 {}", timeout.value),
        });
    }
    let read = step.inputs.iter().map(|input| input.from.value.as_str());
    if let Some(names) = joined(read) {
        parts.push(match lang {
            Lang::En => format!("reads {names}"),
            Lang::Zh => format!("读取 {names}"),
        });
    }
    let set = step.outputs.iter().map(|output| output.name.value.as_str());
    if let Some(names) = joined(set) {
        parts.push(match lang {
            Lang::En => format!("sets {names}"),
            Lang::Zh => format!("设置 {names}"),
        });
    }
    if step.tolerated {
        parts.push(match lang {
            Lang::En => "may fail".to_owned(),
            Lang::Zh => "允许失败".to_owned(),
        });
    }
    parts.join(" · ")
}

fn joined<'t>(names: impl Iterator<Item = &'t str>) -> Option<String> {
    let names: Vec<_> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Names are the user's, and a terminal obeys control characters.
fn one_line(text: &mut String) {
    if text.chars().any(|c| c.is_control() && c != '\n') {
        *text = text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    }
}
