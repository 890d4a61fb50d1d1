//! Terms as expressions, in parentheses where their operators ask for them.

use super::Term;
use crate::{
    Value,
    syntax::{ast, parse_expression},
};

/// Writes terms at a depth of indentation.
pub(super) struct Printer {
    pub(super) out: String,
    pub(super) indent: usize,
}

/// What stands around an expression, from loose to tight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Around {
    Nothing,
    Or,
    And,
    /// A mark or the operator of a bound.
    Prefix,
}

// === impl Printer ===

impl Printer {
    pub(super) const fn new(indent: usize) -> Self {
        Self {
            out: String::new(),
            indent,
        }
    }

    /// Begins a line.
    pub(super) fn line(&mut self, indent: usize) {
        self.out.push('\n');
        for _ in 0..indent {
            self.out.push('\t');
        }
    }

    /// Writes a term where nothing around it binds.
    pub(super) fn expr(&mut self, term: &Term) {
        self.within(term, Around::Nothing);
    }

    fn within(&mut self, term: &Term, around: Around) {
        match term {
            Term::Value(value) => self.value(value),
            Term::Top => self.out.push('_'),
            Term::Bottom(_) => self.out.push_str("_|_"),
            Term::Type(name) => self.out.push_str(name),
            Term::Bound(operator, operand) => {
                self.out.push_str(operator);
                // `<-` would be read as one word.
                if *operator == "<" && is_negative(operand) {
                    self.out.push(' ');
                }
                self.within(operand, Around::Prefix);
            }
            Term::Call(name, arguments) => {
                self.out.push_str(name);
                self.sequence('(', arguments, ')', Self::expr);
            }
            Term::And(terms) => match &**terms {
                [] => self.out.push('_'),
                [term] => self.within(term, around),
                terms => self.grouped(around > Around::And, |printer| printer.and(terms)),
            },
            Term::Or(terms) => match &**terms {
                [] => self.out.push_str("_|_"),
                [(_, term)] => self.within(term, around),
                terms => {
                    // A default inside keeps to its own alternatives.
                    let marked = terms.iter().any(|(default, _)| *default);
                    let group = around > Around::Or || (around == Around::Or && marked);
                    self.grouped(group, |printer| printer.or(terms));
                }
            },
            Term::List { items, rest } => self.list(items, rest.as_deref()),
            Term::Struct(fields, open) => self.braced(fields, *open),
            Term::Text(text) => {
                let group = around > Around::Nothing && !is_tight(text);
                self.grouped(group, |printer| printer.out.push_str(text));
            }
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Number(number) => {
                // `1E+400` of JSON is `1e+400` here, and a float is told from an int by its looks.
                let digits = number.to_string().replace('E', "e");
                let float = !number.is_integer() && !digits.contains(['.', 'e']);
                self.out.push_str(&digits);
                self.out.push_str(if float { ".0" } else { "" });
            }
            Value::String(text) => self.string(text),
            Value::Bytes(bytes) => self.bytes(bytes),
            Value::List(_) | Value::Struct(_) => self.expr(&Term::from(value.clone())),
        }
    }

    fn grouped(&mut self, group: bool, write: impl FnOnce(&mut Self)) {
        if group {
            self.out.push('(');
        }
        write(self);
        if group {
            self.out.push(')');
        }
    }

    fn and(&mut self, terms: &[Term]) {
        for (index, term) in terms.iter().enumerate() {
            self.out.push_str(if index > 0 { " & " } else { "" });
            self.within(term, Around::And);
        }
    }

    fn or(&mut self, terms: &[(bool, Term)]) {
        for (index, (default, term)) in terms.iter().enumerate() {
            self.out.push_str(if index > 0 { " | " } else { "" });
            if *default {
                self.out.push('*');
                self.within(term, Around::Prefix);
            } else {
                self.within(term, Around::Or);
            }
        }
    }

    fn list(&mut self, items: &[Term], rest: Option<&Term>) {
        let last = rest.map(Item::Rest);
        let items: Vec<_> = items.iter().map(Item::One).chain(last).collect();
        self.sequence('[', &items, ']', |printer, item| match item {
            Item::One(term) => printer.expr(term),
            Item::Rest(Term::Top) => printer.out.push_str("..."),
            Item::Rest(term) => {
                printer.out.push_str("...");
                printer.expr(term);
            }
        });
    }

    fn sequence<T>(&mut self, open: char, items: &[T], close: char, write: impl Fn(&mut Self, &T)) {
        self.out.push(open);
        for (index, item) in items.iter().enumerate() {
            self.out.push_str(if index > 0 { ", " } else { "" });
            write(self, item);
        }
        self.out.push(close);
    }
}

fn is_negative(term: &Term) -> bool {
    matches!(term, Term::Value(Value::Number(number)) if number.to_string().starts_with('-'))
}

/// What a list has.
enum Item<'t> {
    One(&'t Term),
    Rest(&'t Term),
}

/// True for text that binds at least as tight as an operator in front of it.
fn is_tight(text: &str) -> bool {
    let (ast, problems) = parse_expression(text);
    let [ast::Decl::Embed(expr)] = &*ast.decls else {
        return false;
    };
    // The span of an expression in parentheses is that of what they hold.
    let whole = ast.slice(ast.span(*expr)).len() == text.trim().len();
    problems.is_empty()
        && whole
        && !matches!(
            ast.expr(*expr),
            ast::Expr::Unary(..) | ast::Expr::Binary(..) | ast::Expr::Word(..) | ast::Expr::Bad
        )
}
