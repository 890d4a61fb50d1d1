//! The names of fields as they are written.

use super::{FieldKind, Mark, Role, TermField, expr::Printer};
use crate::syntax::letter::{is_digit, is_letter};

// === impl TermField ===

impl TermField {
    /// What stands in front of the value: the name or the pattern, the mark, the colon. Nothing for what is pending.
    pub(super) fn head(&self, indent: usize) -> String {
        let mut printer = Printer::new(indent);
        match &self.role {
            Role::Pending => return printer.out,
            Role::Pattern(pattern) => {
                printer.out.push('[');
                printer.expr(pattern);
                printer.out.push(']');
            }
            Role::Named if self.needs_quotes(indent) => printer.short_string(&self.name),
            Role::Named => printer.out.push_str(&self.name),
        }
        printer.out.push_str(match self.mark {
            Mark::None => ":",
            Mark::Optional => "?:",
            Mark::Required => "!:",
        });
        printer.out
    }

    /// True for the name of a regular field that would read as something else without quotes.
    fn needs_quotes(&self, indent: usize) -> bool {
        // A file may begin with this field.
        if indent == 0 && matches!(&*self.name, "package" | "import") {
            return true;
        }
        let mut letters = self.name.chars();
        let first = letters.next();
        let bare = first.is_some_and(|c| is_letter(c) || c == '$')
            && letters.all(|c| is_letter(c) || is_digit(c) || matches!(c, '_' | '$'));
        self.kind == FieldKind::Regular && !bare
    }
}
