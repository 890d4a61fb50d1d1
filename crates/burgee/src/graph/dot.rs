//! The graph in Graphviz's language: <https://graphviz.org/doc/info/lang.html>.

use burgee_engine::{PlannedKind, PlannedStep};

use super::{Edge, Graph, Why, has_steps, label};

/// A digraph. An edge of a group is drawn at its frame, and leads to a step in it, since a frame is no node.
pub(crate) fn dot(graph: &Graph<'_>) -> String {
    let name = &graph.plan.application.metadata.name.value;
    let mut out = format!("digraph {} {{\n", quoted(name));
    out.push_str("  graph [compound=true, charset=\"UTF-8\"];\n");
    out.push_str("  node [shape=box, style=rounded];\n");
    for (place, step) in graph.inside(None) {
        node(graph, place, step, "  ", &mut out);
    }
    for edge in &graph.edges {
        out.push_str(&arrow(graph, edge));
    }
    out.push_str("}\n");
    out
}

fn node(graph: &Graph<'_>, place: usize, step: &PlannedStep, indent: &str, out: &mut String) {
    let label = quoted(&label(step).join("\n"));
    if !has_steps(step) {
        out.push_str(&format!("{indent}s{place} [label={label}];\n"));
        return;
    }
    out.push_str(&format!("{indent}subgraph cluster_s{place} {{\n"));
    let below = format!("{indent}  ");
    out.push_str(&format!("{below}label={label};\n"));
    for (place, step) in graph.inside(Some(place)) {
        node(graph, place, step, &below, out);
    }
    out.push_str(&format!("{indent}}}\n"));
}

fn arrow(graph: &Graph<'_>, edge: &Edge<'_>) -> String {
    let mut attributes = Vec::new();
    match &edge.why {
        Why::Order => {}
        Why::Reads(names) => attributes.push(format!("label={}", quoted(&names.join(", ")))),
        Why::Asks => attributes.extend(["style=dashed".to_owned(), "label=\"if\"".to_owned()]),
    }
    let step = |place: usize| &graph.plan.steps[place];
    let from = match &step(edge.from).kind {
        PlannedKind::Group { steps, .. } if !steps.is_empty() => {
            attributes.push(format!("ltail=cluster_s{}", edge.from));
            steps.end - 1
        }
        PlannedKind::Group { .. } | PlannedKind::Step(_) => edge.from,
    };
    let to = match &step(edge.to).kind {
        PlannedKind::Group { steps, .. } if !steps.is_empty() => {
            attributes.push(format!("lhead=cluster_s{}", edge.to));
            steps.start
        }
        PlannedKind::Group { .. } | PlannedKind::Step(_) => edge.to,
    };
    match attributes.is_empty() {
        true => format!("  s{from} -> s{to};\n"),
        false => format!("  s{from} -> s{to} [{}];\n", attributes.join(", ")),
    }
}

/// A quoted string: `\"` and `\\`, and `\n` for a line.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        assert_eq!(quoted(r#"say "hi" \N"#), r#""say \"hi\" \\N""#);
        assert_eq!(quoted("部署\n线上\u{7}"), "\"部署\\n线上\u{fffd}\"");
    }
}
