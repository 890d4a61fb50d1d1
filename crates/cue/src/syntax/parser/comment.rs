//! Which comments belong to a field: the lines directly above it. What stands behind it on its line says nothing
//! to a reader of markers.

use super::Parser;
use crate::syntax::{
    ast::{Notes, Range32},
    token::TokenKind,
    tree::Listener,
};

// === impl Parser ===

impl<L: Listener> Parser<'_, L> {
    /// What is written around a field that begins at `first` and has been read up to its attributes.
    pub(super) fn notes(&mut self, first: u32) -> Option<Box<Notes>> {
        if self.comments.is_empty() && self.kind() != TokenKind::Attribute {
            return None;
        }
        let mut attributes = Vec::new();
        while let Some(attribute) = self.eat(TokenKind::Attribute) {
            attributes.push(attribute);
        }
        let docs = self.comments_above(first);
        if docs.is_empty() && attributes.is_empty() {
            return None;
        }
        Some(Box::new(Notes {
            docs,
            attributes: attributes.into(),
        }))
    }

    /// The comment lines that end on the line before `start`, without a blank line between. A comment behind
    /// something else on its line is none of them.
    pub(super) fn comments_above(&self, start: u32) -> Box<[Range32]> {
        if self.comments.is_empty() {
            return Box::default();
        }
        let before = self
            .comments
            .partition_point(|comment| comment.start < start);
        let mut first = before;
        let mut below = start;
        while let Some(comment) = first
            .checked_sub(1)
            .and_then(|index| self.comments.get(index))
        {
            if comment.end != self.end_of_line_above(below) || !self.begins_its_line(comment.start)
            {
                break;
            }
            below = comment.start;
            first -= 1;
        }
        self.comments.get(first..before).unwrap_or(&[]).into()
    }

    /// Where the text of the line before the one of `at` ends; `at` itself unless only blanks and one line break
    /// stand between.
    fn end_of_line_above(&self, at: u32) -> u32 {
        let mut breaks = 0;
        let bytes = self.ast.text.as_bytes().get(..at as usize).unwrap_or(&[]);
        let blanks = bytes.iter().rev().take_while(|byte| {
            breaks += u32::from(**byte == b'\n');
            breaks < 2 && byte.is_ascii_whitespace()
        });
        let above = bytes.len() - blanks.count();
        match breaks {
            1 => u32::try_from(above).unwrap_or(at),
            _ => at,
        }
    }

    fn begins_its_line(&self, at: u32) -> bool {
        let before = self.ast.text.as_bytes().get(..at as usize).unwrap_or(&[]);
        let mut blanks = before.iter().rev();
        let word = blanks.find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        word.is_none_or(|byte| *byte == b'\n')
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{
        ast::{Ast, Decl, Expr, Field},
        parse_file,
    };

    /// `name: above | attributes` of each field, in the order in which the tree has them.
    fn comments(text: &str) -> String {
        let (ast, problems) = parse_file(text);
        assert!(problems.is_empty(), "{problems:?}");
        let mut out = String::new();
        fields(&ast, &ast.decls, &mut out);
        out
    }

    fn fields(ast: &Ast<'_>, decls: &[Decl], out: &mut String) {
        for decl in decls {
            let Decl::Field(field) = decl else { continue };
            out.push_str(&line(ast, field));
            if let Expr::Struct(decls) = ast.expr(field.value) {
                fields(ast, decls, out);
            }
        }
    }

    fn line(ast: &Ast<'_>, field: &Field) -> String {
        let join = |ranges: &[_]| {
            let texts = ranges.iter().map(|range| ast.slice(*range));
            texts.collect::<Vec<_>>().join(" ")
        };
        let name = ast.slice(field.span);
        let Some(notes) = &field.notes else {
            return format!("{name}:\n");
        };
        let (docs, attributes) = (join(&notes.docs), join(&notes.attributes));
        format!("{name}: {docs} | {attributes}\n")
    }

    #[test]
    fn lines_directly_above_belong_to_a_field() {
        let text = "// far\n\n// one\n//two  \r\nb: 1 // end\n// last\n";
        insta::assert_snapshot!(comments(text), @"b: // one //two |");
    }

    #[test]
    fn the_innermost_field_of_a_chain_has_what_is_written_around_it() {
        let text = "// +usage=x\na: b: c: 1 @go(C) @x() // end\n";
        insta::assert_snapshot!(comments(text), @r"
        a:
        b:
        c: // +usage=x | @go(C) @x()
        ");
    }

    #[test]
    fn a_comment_behind_something_is_not_above_the_next_line() {
        let text = "a: { // here\n\tb: 1, // b\n\tc: 2 // c\n\t// d\n\td: 3\n} // a\n";
        insta::assert_snapshot!(comments(text), @r"
        a:
        b:
        c:
        d: // d |
        ");
    }

    #[test]
    fn the_package_clause_has_comments_of_its_own() {
        let (ast, problems) =
            parse_file("// no\n\n// The package.\npackage tea // x\n\n// a\na: 1\n");
        assert!(problems.is_empty());
        assert_eq!(ast.package.map(|name| ast.slice(name)), Some("tea"));
        let docs: Vec<_> = ast.docs.iter().map(|line| ast.slice(*line)).collect();
        assert_eq!(docs, ["// The package."]);
    }

    #[test]
    fn attributes_stand_for_themselves_too() {
        let (ast, problems) = parse_file("@if(x)\npackage p\n@y(1)\na: 1\n");
        assert!(problems.is_empty());
        let attributes = ast.decls.iter().filter_map(|decl| match decl {
            Decl::Attribute(attribute) => Some(ast.slice(*attribute)),
            _ => None,
        });
        assert_eq!(attributes.collect::<Vec<_>>(), ["@if(x)", "@y(1)"]);
    }
}
