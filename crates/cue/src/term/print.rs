//! Terms to CUE text: structs and their fields, one a line.
//!
//! The values of neighbouring fields stand in a column, and so do their attributes. A struct, a list or a text of
//! several lines ends the column, and a comment begins a new one.

use ecow::EcoString;

use super::{Role, Term, TermField, expr::Printer};
use crate::Value;

/// A field whose value stands in a column.
struct Row {
    head: String,
    value: String,
    attributes: String,
}

// === impl Term ===

impl Term {
    /// The term as CUE text that ends with a line break. The fields of a struct stand on lines of their own, without
    /// braces around them, as they do in a file.
    ///
    /// ```
    /// # use burgee_cue::{Mark, Term, TermField, Value};
    /// let replicas = Term::Or(vec![(true, Value::Number(1.into()).into()), (false, Term::Type("int".into()))]);
    /// let image = TermField { mark: Mark::Required, ..TermField::new("image", Term::Type("string".into())) };
    /// let term = Term::Struct(vec![TermField::new("replicas", replicas), image], false);
    /// assert_eq!(term.to_cue(), "replicas: *1 | int\nimage!:   string\n");
    /// ```
    #[must_use]
    pub fn to_cue(&self) -> String {
        let mut printer = Printer::new(0);
        match self {
            Self::Value(value @ Value::Struct(_)) => return Self::from(value.clone()).to_cue(),
            Self::Struct(fields, open) if *open || !fields.is_empty() => {
                printer.fields(fields, *open);
                // Every field begins with a line break.
                printer.out.remove(0);
            }
            Self::Struct(..)
            | Self::Value(_)
            | Self::Top
            | Self::Bottom(_)
            | Self::Type(_)
            | Self::Bound(..)
            | Self::Call(..)
            | Self::And(_)
            | Self::Or(_)
            | Self::List { .. }
            | Self::Text(_) => {
                printer.expr(self);
                printer.reason(self);
            }
        }
        printer.out.push('\n');
        printer.out
    }

    /// True for what stands in a column with its neighbours.
    fn is_plain(&self) -> bool {
        match self {
            Self::Top | Self::Bottom(_) | Self::Type(_) => true,
            Self::Value(value) => match value {
                Value::List(_) | Value::Struct(_) => false,
                Value::String(text) => !text.contains('\n'),
                Value::Bytes(bytes) => !bytes.contains(&b'\n'),
                Value::Null | Value::Bool(_) | Value::Number(_) => true,
            },
            Self::Bound(_, operand) => operand.is_plain(),
            Self::Call(_, terms) | Self::And(terms) => terms.iter().all(Self::is_plain),
            Self::Or(terms) => terms.iter().all(|(_, term)| term.is_plain()),
            Self::List { .. } | Self::Struct(..) => false,
            Self::Text(text) => !text.contains(['\n', '{']),
        }
    }
}

// === impl Printer ===

impl Printer {
    /// Writes a struct in braces.
    pub(super) fn braced(&mut self, fields: &[TermField], open: bool) {
        self.out.push('{');
        if open || !fields.is_empty() {
            self.indent += 1;
            self.fields(fields, open);
            self.indent -= 1;
            self.line(self.indent);
        }
        self.out.push('}');
    }

    fn fields(&mut self, fields: &[TermField], open: bool) {
        let mut rows = Vec::new();
        for field in fields {
            let plain = field.role != Role::Pending && field.value.is_plain();
            if !field.docs.is_empty() || !plain {
                self.columns(&mut rows);
                self.docs(&field.docs);
            }
            if plain {
                rows.push(self.row(field));
                continue;
            }
            self.line(self.indent);
            let head = field.head(self.indent);
            if !head.is_empty() {
                self.out.push_str(&head);
                self.out.push(' ');
            }
            self.expr(&field.value);
            for attribute in &field.attributes {
                self.out.push(' ');
                self.out.push_str(attribute);
            }
        }
        self.columns(&mut rows);
        if open {
            self.line(self.indent);
            self.out.push_str("...");
        }
    }

    fn docs(&mut self, docs: &[EcoString]) {
        for text in docs.iter().flat_map(|text| text.split('\n')) {
            let text = text.trim_end();
            self.line(self.indent);
            if !text.starts_with("//") {
                let blank = !text.is_empty() && !text.starts_with([' ', '\t']);
                self.out.push_str(if blank { "// " } else { "//" });
            }
            self.out.push_str(text);
        }
    }

    fn row(&self, field: &TermField) -> Row {
        let mut value = Self::new(self.indent);
        value.expr(&field.value);
        let mut attributes = field.attributes.join(" ");
        if let Term::Bottom(_) = field.value {
            // The reason comes last: it is a comment.
            let mut reason = Self::new(0);
            reason.reason(&field.value);
            attributes.push_str(if attributes.is_empty() {
                reason.out.trim_start()
            } else {
                &reason.out
            });
        }
        Row {
            head: field.head(self.indent),
            value: value.out,
            attributes,
        }
    }

    /// Writes the rows that were kept.
    fn columns(&mut self, rows: &mut Vec<Row>) {
        let heads = widest(rows.iter().map(|row| &*row.head));
        let mut from = 0;
        while let Some(row) = rows.get(from) {
            let tail = !row.attributes.is_empty();
            let run = rows[from..].iter();
            let run = run.take_while(|row| row.attributes.is_empty() != tail);
            let values = widest(run.clone().map(|row| &*row.value));
            from += run.clone().count();
            for row in run {
                self.line(self.indent);
                self.cell(&row.head, heads + 1);
                self.cell(&row.value, if tail { values + 1 } else { 0 });
                self.out.push_str(&row.attributes);
            }
        }
        rows.clear();
    }

    fn cell(&mut self, text: &str, width: usize) {
        self.out.push_str(text);
        for _ in text.chars().count()..width {
            self.out.push(' ');
        }
    }

    /// Writes why there is no value, as a comment.
    fn reason(&mut self, term: &Term) {
        if let Term::Bottom(reason) = term
            && !reason.is_empty()
        {
            let lines: Vec<_> = reason.lines().map(str::trim).collect();
            self.out.push_str(" // ");
            self.out.push_str(&lines.join("; "));
        }
    }
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}
