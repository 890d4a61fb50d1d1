//! Reads the fields of a map one by one and reports what is wrong with it: the one place that says
//! "missing", "unknown" and "wrong type".

use crate::{Diagnostic, Map, Node, Span, Spanned, nearest};

/// The rules raised here.
pub mod rules {
    use crate::{Rule, Severity, Text};

    /// A required field is not there.
    pub static MISSING_FIELD: Rule = Rule {
        code: "field/missing",
        severity: Severity::Error,
        message: Text::new(
            "`{field}` is required in {owner}",
            "{owner} 缺少必填字段 `{field}`",
        ),
    };

    /// A field that nobody reads.
    pub static UNKNOWN_FIELD: Rule = Rule {
        code: "field/unknown",
        severity: Severity::Warning,
        message: Text::new(
            "{owner} has no field `{field}`",
            "{owner} 没有字段 `{field}`",
        ),
    };

    /// A value of another type than the field takes.
    pub static WRONG_TYPE: Rule = Rule {
        code: "field/wrong-type",
        severity: Severity::Error,
        message: Text::new(
            "`{field}` must be of type {expected}, not {actual}",
            "`{field}` 应为 {expected}，而不是 {actual}",
        ),
    };

    pub(super) const DID_YOU_MEAN: Text =
        Text::new("did you mean `{suggestion}`?", "是否想写 `{suggestion}`？");
    pub(super) const KNOWN: Text = Text::new("known fields: {known}", "已知字段：{known}");
    pub(super) const QUOTE: Text =
        Text::new("put it in quotes to make it a string", "加上引号即为字符串");
    pub(super) const QUOTE_IT: Text = Text::new(
        "put it in quotes to make it a string: \"{value}\"",
        "加上引号即为字符串：\"{value}\"",
    );
}

/// A reader of one map. Ask for each known field, then call [`Fields::finish`].
#[derive(Debug)]
pub struct Fields<'a, 'd> {
    map: Option<&'a Map>,
    span: Span,
    owner: String,
    asked: Vec<&'static str>,
    out: &'d mut Vec<Diagnostic>,
}

// === impl Fields ===

impl<'a, 'd> Fields<'a, 'd> {
    /// Reads `node`, called `owner` in messages ("a step", "`slack`"). Anything but a map is reported; `null` too.
    pub fn new(node: &'a Node, owner: impl Into<String>, out: &'d mut Vec<Diagnostic>) -> Self {
        let owner = owner.into();
        if node.as_map().is_none() {
            out.push(wrong_type(&owner, "object", node));
        }
        Self {
            map: node.as_map(),
            span: node.span,
            owner,
            asked: Vec::new(),
            out,
        }
    }

    /// True when the node was a map at all.
    #[must_use]
    pub const fn is_map(&self) -> bool {
        self.map.is_some()
    }

    /// A field that may be absent. `null` counts as absent, as it does in Kubernetes.
    pub fn optional(&mut self, field: &'static str) -> Option<&'a Node> {
        if !self.asked.contains(&field) {
            self.asked.push(field);
        }
        self.map?.get(field).filter(|node| !node.is_null())
    }

    /// A field that must be there; its absence is reported.
    pub fn required(&mut self, field: &'static str) -> Option<&'a Node> {
        let found = self.optional(field);
        if found.is_none() && self.map.is_some() {
            let span = self.key_span(field).unwrap_or(self.span);
            let missing = Diagnostic::new(&rules::MISSING_FIELD);
            self.out.push(
                missing
                    .arg("field", field)
                    .arg("owner", &self.owner)
                    .at(span),
            );
        }
        found
    }

    /// A string that may be absent; another type is reported.
    pub fn optional_str(&mut self, field: &'static str) -> Option<Spanned<&'a str>> {
        let node = self.optional(field)?;
        self.typed(field, "string", node, node.as_str())
    }

    /// A string that must be there.
    pub fn required_str(&mut self, field: &'static str) -> Option<Spanned<&'a str>> {
        let node = self.required(field)?;
        self.typed(field, "string", node, node.as_str())
    }

    /// A boolean that may be absent; another type is reported.
    pub fn optional_bool(&mut self, field: &'static str) -> Option<Spanned<bool>> {
        let node = self.optional(field)?;
        self.typed(field, "boolean", node, node.as_bool())
    }

    /// An integer of 64 bits that may be absent; another type is reported.
    pub fn optional_int(&mut self, field: &'static str) -> Option<Spanned<i64>> {
        let node = self.optional(field)?;
        let number = node.as_number().and_then(crate::Number::as_i64);
        self.typed(field, "integer", node, number)
    }

    /// A map that may be absent; another type is reported.
    pub fn optional_map(&mut self, field: &'static str) -> Option<&'a Node> {
        let node = self.optional(field)?;
        let map = node.as_map().map(|_| node);
        Some(self.typed(field, "object", node, map)?.value)
    }

    /// The items of a list; empty when absent, reported when it is no list.
    pub fn list(&mut self, field: &'static str) -> &'a [Node] {
        let Some(node) = self.optional(field) else {
            return &[];
        };
        let list = self.typed(field, "list", node, node.as_list());
        list.map_or(&[], |list| list.value)
    }

    /// The strings of a list; items of another type are reported and left out.
    pub fn strings(&mut self, field: &'static str) -> Vec<Spanned<&'a str>> {
        let items = self.list(field).iter();
        items
            .filter_map(|item| self.typed(field, "string", item, item.as_str()))
            .collect()
    }

    /// Where a key stands, if it does.
    #[must_use]
    pub fn key_span(&self, field: &str) -> Option<Span> {
        Some(self.map?.entry(field)?.key_span)
    }

    /// Adds a problem found while reading.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    /// Adds that `node`, called `field` in the message, is of another type than `expected`.
    pub fn report_type(&mut self, field: &str, expected: &'static str, node: &Node) {
        self.out.push(wrong_type(field, expected, node));
    }

    /// The list of problems, for reading what lies below.
    pub const fn problems(&mut self) -> &mut Vec<Diagnostic> {
        self.out
    }

    /// Reports the fields that nobody asked for, each with its nearest known name.
    pub fn finish(self) {
        let Some(map) = self.map else { return };
        for (key, entry) in map.iter() {
            if self.asked.contains(&key) {
                continue;
            }
            let unknown = Diagnostic::new(&rules::UNKNOWN_FIELD)
                .arg("field", key)
                .arg("owner", &self.owner)
                .at(entry.key_span);
            self.out
                .push(match nearest(key, self.asked.iter().copied()) {
                    Some(name) => unknown.arg("suggestion", name).hint(rules::DID_YOU_MEAN),
                    None => unknown
                        .arg("known", self.asked.join(", "))
                        .hint(rules::KNOWN),
                });
        }
    }

    fn typed<T>(
        &mut self,
        field: &'static str,
        expected: &'static str,
        node: &Node,
        value: Option<T>,
    ) -> Option<Spanned<T>> {
        if value.is_none() {
            self.out.push(wrong_type(field, expected, node));
        }
        Some(Spanned::new(value?, node.span))
    }
}

fn wrong_type(field: &str, expected: &'static str, node: &Node) -> Diagnostic {
    let wrong = Diagnostic::new(&rules::WRONG_TYPE)
        .arg("field", field.trim_matches('`'))
        .arg("expected", expected)
        .arg("actual", node.type_name())
        .at(node.span);
    if expected != "string" {
        return wrong;
    }
    match (node.as_number(), node.as_bool()) {
        (Some(number), _) => wrong.arg("value", number).hint(rules::QUOTE_IT),
        // A boolean may have been written `yes`: the text is not known here.
        (None, Some(_)) => wrong.hint(rules::QUOTE),
        (None, None) => wrong,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Lang;

    fn messages(value: serde_json::Value, read: impl FnOnce(&mut Fields<'_, '_>)) -> Vec<String> {
        let node = Node::from(value);
        let mut out = Vec::new();
        let mut fields = Fields::new(&node, "a step", &mut out);
        read(&mut fields);
        fields.finish();
        out.iter()
            .map(|problem| {
                let mut text = problem.message(Lang::En);
                for hint in problem.hints(Lang::En) {
                    text.push_str("; ");
                    text.push_str(&hint);
                }
                text
            })
            .collect()
    }

    #[test]
    fn unknown_field_suggests_the_nearest_known_one() {
        let found = messages(json!({"naem": "x"}), |f| {
            f.optional_str("name");
        });
        assert_eq!(found, ["a step has no field `naem`; did you mean `name`?"]);
    }

    #[test]
    fn null_counts_as_absent() {
        let found = messages(json!({"name": null}), |f| {
            assert!(f.required_str("name").is_none());
        });
        assert_eq!(found, ["`name` is required in a step"]);
    }

    #[test]
    fn number_for_a_string_says_how_to_quote_it() {
        let found = messages(json!({"name": 12}), |f| {
            assert!(f.required_str("name").is_none());
        });
        assert_eq!(
            found,
            [
                "`name` must be of type string, not number; put it in quotes to make it a string: \"12\""
            ]
        );
    }

    #[test]
    fn list_in_place_of_an_object_is_one_problem() {
        let found = messages(json!([1]), |f| {
            f.required_str("name");
        });
        assert_eq!(found, ["`a step` must be of type object, not list"]);
    }
}
