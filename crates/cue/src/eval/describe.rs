//! Values in a few words, for messages.

use burgee_source::{Lang, Words};

use super::{Vm, constraint::Validator, val::Val};
use crate::{kinds::Kinds, operators::Operand, rules};

/// Longer strings are cut.
const LONGEST: usize = 40;

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The word for the type of a value in CUE.
    pub(crate) fn type_name(&self, value: &Val<'d>) -> String {
        let kinds = match value {
            Val::Node(node) if self.at(*node).list().is_some() => Kinds::LIST,
            value => value.kinds(),
        };
        kinds.to_string()
    }

    /// A few words for messages.
    pub(crate) fn describe(&self, value: &Val<'d>) -> Words {
        Words::each(|lang| self.describe_in(lang, value))
    }

    /// The same in one language.
    pub(crate) fn describe_in(&self, lang: Lang, value: &Val<'d>) -> String {
        match value {
            Val::Top => return "_".to_owned(),
            Val::Constraint(constraint) => return self.describe_constraint(lang, constraint),
            Val::Either(either) => {
                let words = either.alternatives.iter().map(|(value, default)| {
                    let mark = if *default { "*" } else { "" };
                    format!("{mark}{}", self.describe_in(lang, value))
                });
                return words.collect::<Vec<_>>().join(" | ");
            }
            Val::Function(function) => return format!("`{}`", function.full_name()),
            Val::Package(package) => {
                return rules::A_PACKAGE.render(lang, &[("path", package.path.to_owned())]);
            }
            Val::Special(_) => return rules::A_FUNCTION.template(lang).to_owned(),
            _ => {}
        }
        match self.shape_of(value) {
            Operand::Null => "null".to_owned(),
            Operand::Bool(value) => value.to_string(),
            Operand::Number(number) => number.to_string(),
            Operand::String(text) => {
                let short: String = text.chars().take(LONGEST).collect();
                let more = if short.len() < text.len() { "…" } else { "" };
                format!("{short:?}{more}")
            }
            Operand::Bytes(bytes) => {
                rules::BYTES.render(lang, &[("count", bytes.len().to_string())])
            }
            Operand::List => match self.list_len(value) {
                Some(1) => rules::ONE_ITEM.template(lang).to_owned(),
                Some(length) => rules::ITEMS.render(lang, &[("count", length.to_string())]),
                None => rules::A_LIST.template(lang).to_owned(),
            },
            Operand::Struct => rules::A_STRUCT.template(lang).to_owned(),
            Operand::Function => rules::A_FUNCTION.template(lang).to_owned(),
        }
    }

    fn describe_constraint(
        &self,
        lang: Lang,
        constraint: &super::constraint::Constraint<'d>,
    ) -> String {
        if let Some(name) = constraint.name {
            return name.to_owned();
        }
        let mut words = Vec::new();
        for (bound, value) in &constraint.bounds {
            words.push(format!(
                "{}{}",
                bound.as_str(),
                self.describe_in(lang, value)
            ));
        }
        for validator in &constraint.validators {
            words.push(self.describe_validator(validator));
        }
        let implied = constraint.bounds.iter().any(|(_, value)| {
            let kinds = match value {
                Val::Number(_) => Kinds::NUMBER,
                value => value.kinds(),
            };
            kinds.within(constraint.kinds)
        });
        let says_all = implied || constraint.kinds == Kinds::ANY;
        if words.is_empty() || !says_all {
            words.push(constraint.kinds.to_string());
        }
        words.join(" & ")
    }

    pub(crate) fn describe_validator(&self, validator: &Validator<'d>) -> String {
        match validator {
            Validator::Builtin(builtin, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(crate::Value::to_json_text).collect();
                format!("{}({})", builtin.full_name(), arguments.join(", "))
            }
            Validator::Special(special, ..) => format!("{}(…)", special.name()),
        }
    }
}
