//! A program as a tree that prints itself, whatever its nodes stand for: what the grammar makes and the shrinker cuts.

use std::fmt;

/// Where a node may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A value.
    Expr,
    /// A declaration of a struct, an item of a list, a disjunct: an expression may stand there too.
    Part,
    /// Clauses in front of a body, or one of them.
    Clause,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// Where it may stand.
    pub(crate) sort: Sort,
    /// How it is written.
    pub(crate) shape: Shape,
    /// What is in it.
    pub(crate) kids: Vec<Node>,
}

/// How a node is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Text, a kid, text, a kid, … text.
    Fixed(Vec<String>),
    /// Any number of kids, at least `min`, between brackets.
    Sequence {
        open: &'static str,
        separator: &'static str,
        close: &'static str,
        min: usize,
    },
}

// === impl Node ===

impl Node {
    /// A literal, a type, a reference.
    pub(crate) fn atom(text: impl Into<String>) -> Self {
        Self::fixed(Sort::Expr, vec![text.into()], Vec::new())
    }

    /// A template with kids in its gaps, marked by `§`.
    pub(crate) fn template(sort: Sort, template: &str, kids: Vec<Self>) -> Self {
        Self::fixed(sort, template.split('§').map(str::to_owned).collect(), kids)
    }

    /// An expression with kids in the gaps `§`.
    pub(crate) fn expr(template: &str, kids: Vec<Self>) -> Self {
        Self::template(Sort::Expr, template, kids)
    }

    /// A declaration, item or disjunct with kids in the gaps `§`.
    pub(crate) fn part(template: &str, kids: Vec<Self>) -> Self {
        Self::template(Sort::Part, template, kids)
    }

    /// `label: value`.
    pub(crate) fn field(label: &str, value: Self) -> Self {
        Self::fixed(
            Sort::Part,
            vec![format!("{label}: "), String::new()],
            vec![value],
        )
    }

    /// A whole file.
    pub(crate) fn file(decls: Vec<Self>) -> Self {
        Self::sequence(Sort::Expr, ("", "\n", ""), 1, decls)
    }

    /// `{…}`.
    pub(crate) fn record(decls: Vec<Self>) -> Self {
        Self::sequence(Sort::Expr, ("{", ", ", "}"), 0, decls)
    }

    /// `[…]`.
    pub(crate) fn list(items: Vec<Self>) -> Self {
        Self::sequence(Sort::Expr, ("[", ", ", "]"), 0, items)
    }

    /// `(… op …)`.
    pub(crate) fn chain(separator: &'static str, kids: Vec<Self>) -> Self {
        Self::sequence(Sort::Expr, ("(", separator, ")"), 1, kids)
    }

    /// `clauses body`.
    pub(crate) fn comprehension(clauses: Vec<Self>, body: Self) -> Self {
        let clauses = Self::sequence(Sort::Clause, ("", " ", ""), 1, clauses);
        Self::part("§ §", vec![clauses, body])
    }

    /// The same with the declarations of every struct in the opposite order, which should mean the same.
    pub(crate) fn reversed(&self) -> Self {
        let mut kids: Vec<Self> = self.kids.iter().map(Self::reversed).collect();
        if matches!(
            self.shape,
            Shape::Sequence {
                separator: "\n",
                ..
            } | Shape::Sequence { open: "{", .. }
        ) {
            kids.reverse();
        }
        Self {
            sort: self.sort,
            shape: self.shape.clone(),
            kids,
        }
    }

    /// How many nodes there are.
    #[cfg(test)]
    pub(crate) fn size(&self) -> usize {
        1 + self.kids.iter().map(Self::size).sum::<usize>()
    }

    fn fixed(sort: Sort, pieces: Vec<String>, kids: Vec<Self>) -> Self {
        debug_assert_eq!(pieces.len(), kids.len() + 1, "{pieces:?}");
        Self {
            sort,
            shape: Shape::Fixed(pieces),
            kids,
        }
    }

    fn sequence(
        sort: Sort,
        (open, separator, close): (&'static str, &'static str, &'static str),
        min: usize,
        kids: Vec<Self>,
    ) -> Self {
        let shape = Shape::Sequence {
            open,
            separator,
            close,
            min,
        };
        Self { sort, shape, kids }
    }

    /// Writes it; `bare` where brackets around a chain are not needed.
    fn write(&self, out: &mut String, bare: bool) {
        match &self.shape {
            Shape::Fixed(pieces) => {
                for (at, piece) in pieces.iter().enumerate() {
                    out.push_str(piece);
                    if let Some(kid) = self.kids.get(at) {
                        kid.write(out, piece.ends_with(": "));
                    }
                }
            }
            Shape::Sequence {
                open,
                separator,
                close,
                min: _,
            } => {
                let bare = bare && *open == "(";
                let (open, close) = if bare { ("", "") } else { (*open, *close) };
                out.push_str(open);
                for (at, kid) in self.kids.iter().enumerate() {
                    if at > 0 {
                        out.push_str(separator);
                    }
                    kid.write(out, false);
                }
                out.push_str(close);
            }
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write(&mut out, false);
        f.write_str(&out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_has_brackets_only_where_it_needs_them() {
        let sum = Node::chain(" + ", vec![Node::atom("1"), Node::atom("a")]);
        let twice = Node::chain(" * ", vec![sum, Node::atom("2")]);
        assert_eq!(Node::field("x", twice).to_string(), "x: (1 + a) * 2");
    }

    #[test]
    fn only_declarations_are_reversed() {
        let list = Node::list(vec![Node::atom("1"), Node::atom("2")]);
        let inner = Node::record(vec![
            Node::field("b", list),
            Node::field("c", Node::atom("3")),
        ]);
        let file = Node::file(vec![
            Node::field("a", inner),
            Node::field("d", Node::atom("4")),
        ]);
        assert_eq!(file.reversed().to_string(), "d: 4\na: {c: 3, b: [1, 2]}");
    }

    #[test]
    fn comprehensions_are_clauses_and_a_body() {
        let clause = Node::template(Sort::Clause, "if §", vec![Node::atom("true")]);
        let body = Node::record(vec![Node::field("a", Node::atom("1"))]);
        let node = Node::record(vec![Node::comprehension(vec![clause], body)]);
        assert_eq!(node.to_string(), "{if true {a: 1}}");
        assert_eq!(node.size(), 8);
    }
}
