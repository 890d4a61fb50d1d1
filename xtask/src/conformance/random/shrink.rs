//! All programs that are one cut smaller than a program.

use super::node::{Node, Shape, Sort};

/// What any expression may become.
const PLAIN: [&str; 3] = ["1", "_", "{}"];

/// The smaller programs, smallest first, each once.
pub(crate) fn smaller(program: &Node) -> Vec<Node> {
    let size = measure(program);
    let mut found: Vec<((usize, String), Node)> = cuts(program)
        .into_iter()
        .map(|cut| (measure(&cut), cut))
        .filter(|(cut, _)| *cut < size)
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.dedup_by(|(one, _), (other, _)| one == other);
    found.into_iter().map(|(_, cut)| cut).collect()
}

/// What must become smaller with every cut, so that cutting ends.
fn measure(node: &Node) -> (usize, String) {
    let text = node.to_string();
    (text.len(), text)
}

fn cuts(node: &Node) -> Vec<Node> {
    let mut cuts = Vec::new();
    for at in 0..node.kids.len() {
        let kid = &node.kids[at];
        if let Shape::Sequence { min, .. } = node.shape {
            if node.kids.len() > min {
                cuts.push(with(node, at, Vec::new()));
            }
            // `{a, {b, c}}` to `{a, b, c}`, `if c {b}` to `b`.
            for inside in [Some(kid), kid.kids.last()].into_iter().flatten() {
                if inside.is_record() && !inside.kids.is_empty() {
                    cuts.push(with(node, at, inside.kids.clone()));
                }
            }
        }
        for other in replacements(kid) {
            cuts.push(with(node, at, vec![other]));
        }
        for cut in self::cuts(kid) {
            cuts.push(with(node, at, vec![cut]));
        }
    }
    cuts
}

/// What may stand in the place of a node: what is in it, and plain values.
fn replacements(node: &Node) -> Vec<Node> {
    let fits = |kid: &&Node| match node.sort {
        Sort::Expr => kid.sort == Sort::Expr,
        Sort::Part => kid.sort != Sort::Clause,
        Sort::Clause => kid.sort == Sort::Clause,
    };
    let mut found: Vec<Node> = node.kids.iter().filter(fits).cloned().collect();
    if node.sort == Sort::Expr {
        found.extend(PLAIN.map(Node::atom));
        if let Some(shorter) = shorter_path(node) {
            found.push(shorter);
        }
    }
    if let Some(nested) = nested_value(node) {
        found.push(nested);
    }
    found
}

/// `a.b.c` to `a.b`.
fn shorter_path(node: &Node) -> Option<Node> {
    let (Shape::Fixed(pieces), true) = (&node.shape, node.kids.is_empty()) else {
        return None;
    };
    let (head, _) = pieces.first()?.rsplit_once('.')?;
    let is_path = head.starts_with(|c: char| c.is_alphabetic() || "#_".contains(c));
    is_path.then(|| Node::atom(head))
}

/// `a: {b: v}` to `a: v`.
fn nested_value(node: &Node) -> Option<Node> {
    let inner = node.kids.last()?;
    let only = match inner.kids.as_slice() {
        [only] if inner.is_record() => only,
        _ => return None,
    };
    let value = only.kids.last().filter(|value| value.sort == Sort::Expr)?;
    let mut changed = node.clone();
    *changed.kids.last_mut()? = value.clone();
    Some(changed)
}

fn with(node: &Node, at: usize, kids: Vec<Node>) -> Node {
    let mut changed = node.clone();
    changed.kids.splice(at..=at, kids);
    changed
}

// === impl Node ===

impl Node {
    fn is_record(&self) -> bool {
        matches!(self.shape, Shape::Sequence { open: "{", .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shrinks while `keep` holds.
    fn shrunk(mut program: Node, keep: impl Fn(&str) -> bool) -> String {
        while let Some(cut) = smaller(&program)
            .into_iter()
            .find(|cut| keep(&cut.to_string()))
        {
            program = cut;
        }
        program.to_string()
    }

    #[test]
    fn only_what_matters_is_left() {
        let guard = Node::template(Sort::Clause, "if §", vec![Node::atom("a.b.c")]);
        let body = Node::record(vec![
            Node::field(
                "x",
                Node::chain(" + ", vec![Node::atom("7"), Node::atom("b")]),
            ),
            Node::field("y", Node::atom("2")),
        ]);
        let program = Node::file(vec![
            Node::field("a", Node::record(vec![Node::field("b", Node::atom("1"))])),
            Node::comprehension(vec![guard], body),
        ]);
        assert_eq!(shrunk(program.clone(), |text| text.contains('7')), "7");
        assert_eq!(
            shrunk(program.clone(), |text| text.contains("if a")),
            "if a 1"
        );
        assert_eq!(shrunk(program, |text| text.contains("x:")), "x: 1");
    }
}
