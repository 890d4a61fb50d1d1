//! The lossless tree of a file: every word and every comment has its place. The formatter walks it; evaluation never
//! makes one.

use super::{ast::Range32, lexer::Lexed, parser::listen, problem::Problem, token::Token};

/// Hears of each construct when the parser has read it: those inside of it first.
pub(crate) trait Listener {
    /// A construct of the words `first..end`.
    fn read(&mut self, kind: NodeKind, first: usize, end: usize);
}

/// Evaluation does not listen.
impl Listener for () {
    #[inline]
    fn read(&mut self, _kind: NodeKind, _first: usize, _end: usize) {}
}

/// What a [`Node`] is. Names, numbers and plain strings are words and have no node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// All there is.
    File,
    /// `package name`.
    Package,
    /// `import` and its lines.
    Import,
    /// `name "path"`.
    ImportSpec,
    /// A label with all that belongs to it, a value, attributes. In `a: b: 1` the value of `a` is a field.
    Field,
    /// `let X = value` as a declaration.
    Let,
    /// Clauses and a struct.
    Comprehension,
    /// `for`, `if` or `let` and what belongs to it.
    Clause,
    /// `...` in a list, with a type or without one.
    Ellipsis,
    /// `X=value` as a pattern or as a value.
    Alias,
    /// `{…}`.
    Struct,
    /// `[…]`: a list, or a pattern in front of a colon.
    List,
    /// `(…)`, an operand or a label.
    Parens,
    /// A string with expressions inside.
    Interpolation,
    /// An operator and its operand.
    Unary,
    /// Two operands and what stands between them.
    Binary,
    /// All of `a | b | c`.
    Or,
    /// `a.b`.
    Select,
    /// `a[b]` and `a[b:c]`.
    Index,
    /// `f(a, b)`.
    Call,
}

/// A construct of a [`Tree`].
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// The words that it is made of, by their positions.
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The constructs inside, in the order of the text.
    pub(crate) nodes: Vec<Node>,
}

/// One part of a [`Node`].
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part<'t> {
    /// A word of its own, by its position.
    Word(usize),
    Node(&'t Node),
}

/// A file with nothing left out.
#[derive(Debug)]
pub(crate) struct Tree<'s> {
    pub(crate) text: &'s str,
    pub(crate) tokens: Vec<Token>,
    /// In the order of the text, each from its `//` to the end of its line.
    pub(crate) comments: Vec<Range32>,
    pub(crate) root: Node,
}

/// Constructs that no other one has taken in.
#[derive(Debug, Default)]
struct Builder {
    open: Vec<Node>,
}

/// Reads a file.
///
/// # Errors
///
/// What makes the text no CUE at all.
pub(crate) fn tree(text: &str) -> Result<Tree<'_>, Vec<Problem>> {
    let (mut builder, lexed) = listen(text, Builder::default());
    let Lexed {
        tokens,
        comments,
        problems,
    } = lexed;
    if !problems.is_empty() {
        return Err(problems);
    }
    let root = builder.node(NodeKind::File, 0, tokens.len());
    Ok(Tree {
        text,
        tokens,
        comments,
        root,
    })
}

// === impl Builder ===

impl Builder {
    /// A construct that takes in all those inside of it.
    fn node(&mut self, kind: NodeKind, first: usize, end: usize) -> Node {
        let outside = self.open.iter().rposition(|node| node.first < first);
        let nodes = self.open.split_off(outside.map_or(0, |last| last + 1));
        Node {
            kind,
            first,
            end,
            nodes,
        }
    }
}

impl Listener for Builder {
    fn read(&mut self, kind: NodeKind, first: usize, end: usize) {
        let mut node = self.node(kind, first, end);
        // However long it is, a chain of alternatives is one node: nobody goes down on its left.
        if let (NodeKind::Or, Some(left)) = (kind, node.nodes.first_mut())
            && left.kind == NodeKind::Or
        {
            let left = std::mem::take(&mut left.nodes);
            node.nodes.splice(..1, left);
        }
        self.open.push(node);
    }
}

// === impl Node ===

impl Node {
    /// Its words and constructs, in the order of the text.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let ends = self.nodes.iter().map(|node| node.end);
        let starts = std::iter::once(self.first).chain(ends);
        let nodes = self.nodes.iter().map(Some).chain([None]);
        starts.zip(nodes).flat_map(|(from, node)| {
            let until = node.map_or(self.end, |node| node.first);
            (from..until)
                .map(Part::Word)
                .chain(node.into_iter().map(Part::Node))
        })
    }
}

// === impl Part ===

impl<'t> Part<'t> {
    /// Its first word.
    pub(crate) fn first(self) -> usize {
        match self {
            Self::Word(at) => at,
            Self::Node(node) => node.first,
        }
    }

    /// The word behind its last one.
    pub(crate) fn end(self) -> usize {
        match self {
            Self::Word(at) => at + 1,
            Self::Node(node) => node.end,
        }
    }

    pub(crate) fn node(self) -> Option<&'t Node> {
        match self {
            Self::Word(_) => None,
            Self::Node(node) => Some(node),
        }
    }

    pub(crate) fn kind(self) -> Option<NodeKind> {
        self.node().map(|node| node.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in brackets.
    fn outline(text: &str) -> String {
        let tree = tree(text).expect("this is CUE");
        let mut out = String::new();
        write(&tree, &tree.root, &mut out);
        out
    }

    fn write(tree: &Tree<'_>, node: &Node, out: &mut String) {
        out.push_str(&format!("{:?}<", node.kind));
        for part in node.parts() {
            match part {
                Part::Word(at) => out.push_str(&tree.text[tree.tokens[at].range()]),
                Part::Node(node) => write(tree, node, out),
            }
            out.push(' ');
        }
        out.truncate(out.trim_end().len());
        out.push('>');
    }

    #[test]
    fn every_word_stands_in_the_construct_it_belongs_to() {
        insta::assert_snapshot!(outline("package p\nimport x \"y\"\nX=a?: b: -1 + c.d @z()\n[Y=string]: {...}\n"), @"File<Package<package p>  Import<import ImportSpec<x \"y\">>  Field<X = a ? : Field<b : Binary<Unary<- 1> + Select<c . d>> @z()>>  Field<List<[ Alias<Y = string> ]> : Struct<{ ... }>>>");
    }

    #[test]
    fn a_chain_of_alternatives_is_one_node() {
        insta::assert_snapshot!(outline("a: 1 | 2 & b | (3 | 4) | 5"), @"File<Field<a : Or<1 | Binary<2 & b> | Parens<( Or<3 | 4> )> | 5>>>");
        let long = format!("a: {}1", "x | ".repeat(100_000));
        assert!(tree(&long).is_ok());
    }

    #[test]
    fn comprehensions_are_made_of_clauses() {
        insta::assert_snapshot!(outline("for k, v in x if v {\"\\(k)\": [y, ...int]}"), @r#"File<Comprehension<Clause<for k , v in x> Clause<if v> Struct<{ Field<Interpolation<"\( k )"> : List<[ y , Ellipsis<... int> ]>> }>>>"#);
    }

    #[test]
    fn what_is_no_cue_has_no_tree() {
        let problems = tree("a: {").expect_err("a brace is missing");
        assert_eq!(problems[0].rule.code, "cue-syntax/unclosed");
    }
}
