//! The graph as a Mermaid flowchart, which GitHub, GitLab and many wikis draw.
//! Syntax: <https://mermaid.js.org/syntax/flowchart.html>.

use burgee_engine::PlannedStep;

use super::{Edge, Graph, Why, has_steps, label};

/// The flowchart. Steps are called `s0`, `s1`, …: a name may hold what a picture's id may not.
pub(crate) fn mermaid(graph: &Graph<'_>) -> String {
    let mut out = "flowchart TD\n".to_owned();
    for (place, step) in graph.inside(None) {
        node(graph, place, step, &mut out);
    }
    for edge in &graph.edges {
        let Edge { from, to, .. } = edge;
        let arrow = match &edge.why {
            Why::Order => "-->".to_owned(),
            Why::Reads(names) => format!("-->|{}|", quoted(&names.join(", "))),
            Why::Asks => "-.->|\"if\"|".to_owned(),
        };
        out.push_str(&format!("  s{from} {arrow} s{to}\n"));
    }
    out
}

fn node(graph: &Graph<'_>, place: usize, step: &PlannedStep, out: &mut String) {
    if !has_steps(step) {
        let label = label(step).join("\n");
        out.push_str(&format!("  s{place}[{}]\n", quoted(&label)));
        return;
    }
    // A frame has room for one line.
    let label = label(step).join(" · ");
    out.push_str(&format!("  subgraph s{place}[{}]\n", quoted(&label)));
    for (place, step) in graph.inside(Some(place)) {
        out.push_str("  ");
        node(graph, place, step, out);
    }
    out.push_str("  end\n");
}

/// A text that is no markup: what means something is written by its number.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br/>"),
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' | '*' | '_' | '~' => {
                out.push_str(&format!("#{};", u32::from(c)));
            }
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
    fn what_means_something_to_mermaid_is_a_number() {
        assert_eq!(
            quoted("say \"hi\" <b>#1"),
            "\"say #34;hi#34; #60;b#62;#35;1\""
        );
        assert_eq!(quoted("部署\n线上\u{7}"), "\"部署<br/>线上\u{fffd}\"");
    }
}
