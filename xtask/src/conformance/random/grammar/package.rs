//! Calls of the standard packages.

use super::{Feature, Grammar, Type};
use crate::conformance::random::node::Node;

/// Packages by the name they are called by, and their paths.
const PACKAGES: [(&str, &str); 7] = [
    ("list.", "list"),
    ("strings.", "strings"),
    ("strconv.", "strconv"),
    ("json.", "encoding/json"),
    ("yaml.", "encoding/yaml"),
    ("base64.", "encoding/base64"),
    ("struct.", "struct"),
];

/// The imports that a text needs.
pub(crate) fn imports(text: &str) -> String {
    let used = PACKAGES.iter().filter(|(name, _)| text.contains(name));
    used.map(|(_, path)| format!("import \"{path}\"\n"))
        .collect()
}

// === impl Grammar ===

impl Grammar<'_> {
    /// A call that gives a value of a type.
    pub(super) fn call(&mut self, kind: &Type) -> Option<Node> {
        let numbers = Type::List(Box::new(Type::Number));
        let texts = Type::List(Box::new(Type::Text));
        let (template, operand) = match kind {
            Type::Number => match self.rng.u8(..4) {
                0 => ("list.Sum(§)", numbers),
                1 => (self.one_of(&["list.Max(§)", "list.Min(§)"]), numbers),
                2 => ("strings.Index(§, \"b\")", Type::Text),
                _ => ("strconv.Atoi(\"\\(§)\")", Type::Number),
            },
            Type::Text => {
                let any = self.new_type(1);
                match self.rng.u8(..8) {
                    0 => ("strings.ToUpper(§)", Type::Text),
                    1 => ("strings.Join(§, \"-\")", texts),
                    2 => ("strings.Replace(§, \"a\", \"bb\", -1)", Type::Text),
                    3 => ("strings.TrimPrefix(§, \"a\")", Type::Text),
                    4 => ("strconv.FormatInt(§, 10)", Type::Number),
                    5 => ("json.Marshal(§)", any),
                    6 => ("yaml.Marshal(§)", any),
                    _ => ("base64.Encode(null, §)", Type::Text),
                }
            }
            Type::Truth => match self.rng.u8(..3) {
                0 => ("strings.HasPrefix(§, \"a\")", Type::Text),
                1 => ("list.Contains(§, 1)", numbers),
                _ => ("strings.Contains(§, \"b\")", Type::Text),
            },
            Type::List(item) => {
                let list = kind.clone();
                match self.rng.u8(..5) {
                    0 => ("list.Concat([§, §])", list),
                    1 => ("list.Reverse(§)", list),
                    2 => ("list.Take(§, 2)", list),
                    3 if **item == Type::Text => ("strings.Split(§, \"b\")", Type::Text),
                    3 if **item == Type::Number => ("list.Sort(§, list.Ascending)", list),
                    _ => ("list.FlattenN([§], 1)", list),
                }
            }
            Type::Record(_) => return None,
        };
        let gaps = template.matches('§').count();
        let operands = (0..gaps).map(|_| self.value(&operand)).collect();
        Some(Node::expr(template, operands))
    }

    /// A call that values of a type may be unified with.
    pub(super) fn validator(&mut self, kind: &Type) -> Option<Node> {
        if !self.has(Feature::Packages) || self.rng.u8(..8) != 0 {
            return None;
        }
        let call = match kind {
            Type::Text => self.one_of(&["strings.MinRunes(1)", "strings.MaxRunes(2)"]),
            Type::List(_) => {
                self.one_of(&["list.MinItems(1)", "list.MaxItems(2)", "list.UniqueItems()"])
            }
            Type::Record(_) if !self.has(Feature::StructPackage) => return None,
            Type::Record(_) => self.one_of(&["struct.MinFields(1)", "struct.MaxFields(2)"]),
            Type::Number | Type::Truth => return None,
        };
        Some(Node::atom(call))
    }
}
