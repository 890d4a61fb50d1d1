//! Reads the parameters of a definition: [`Fields`] with the kinds of value that Kubernetes knows, and with
//! patience for what inputs will fill.

use burgee_source::{Diagnostic, Fields, Map, Node, Span, Spanned, Text, nearest};
use serde_json::Value;

use crate::{
    pending::Scope,
    rules::{self, ALLOWED, DID_YOU_MEAN},
};

/// A JSON object under construction.
pub(crate) type Json = serde_json::Map<String, Value>;

/// A reader of one map of parameters. Ask for each known one, then call [`Params::finish`].
pub(crate) struct Params<'a, 'd, 'p> {
    fields: Fields<'a, 'd>,
    span: Span,
    scope: Scope<'p>,
}

// === impl Params ===

impl<'a, 'd, 'p> Params<'a, 'd, 'p> {
    /// Reads `node`, called `owner` in messages and standing at `scope`.
    pub(crate) fn new(
        node: &'a Node,
        owner: impl Into<String>,
        scope: Scope<'p>,
        out: &'d mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            fields: Fields::new(node, owner, out),
            span: node.span,
            scope,
        }
    }

    /// True when there is a map to read at all.
    pub(crate) const fn is_map(&self) -> bool {
        self.fields.is_map()
    }

    pub(crate) fn finish(self) {
        self.fields.finish();
    }

    pub(crate) fn report_type(&mut self, field: &str, expected: &'static str, node: &Node) {
        self.fields.report_type(field, expected, node);
    }

    pub(crate) fn report(&mut self, problem: Diagnostic) {
        self.fields.report(problem);
    }

    /// Where a field's value stands; the whole map when the field is absent.
    pub(crate) fn value_span(&mut self, field: &'static str) -> Span {
        let value = self.fields.optional(field);
        value.map_or(self.span, |value| value.span)
    }

    pub(crate) fn key_span(&self, field: &str) -> Option<Span> {
        self.fields.key_span(field)
    }

    /// True when an input will fill the field or something in it.
    pub(crate) fn awaits(&self, field: &str) -> bool {
        self.scope.awaits(field) || self.scope.awaits_below(field)
    }

    /// True when an input will fill the entry `key` of the map under `field`.
    pub(crate) fn awaits_in(&self, field: &str, key: &str) -> bool {
        self.scope.field(field).awaits(key)
    }

    /// What is there now, unless an input will take its place.
    pub(crate) fn node(&mut self, field: &'static str) -> Option<&'a Node> {
        let found = self.fields.optional(field);
        found.filter(|_| !self.scope.awaits(field))
    }

    /// As [`Params::node`]; reports what neither is nor will be there.
    pub(crate) fn required_node(&mut self, field: &'static str) -> Option<&'a Node> {
        let found = self.required(field)?;
        (!self.scope.awaits(field)).then_some(found)
    }

    fn required(&mut self, field: &'static str) -> Option<&'a Node> {
        if self.awaits(field) {
            return self.node(field);
        }
        self.fields.required(field)
    }

    pub(crate) fn string(&mut self, field: &'static str) -> Option<&'a str> {
        self.node(field)?;
        Some(self.fields.optional_str(field)?.value)
    }

    pub(crate) fn required_string(&mut self, field: &'static str) -> Option<&'a str> {
        self.required(field)?;
        Some(self.fields.optional_str(field)?.value)
    }

    pub(crate) fn boolean(&mut self, field: &'static str) -> Option<bool> {
        self.node(field)?;
        Some(self.fields.optional_bool(field)?.value)
    }

    pub(crate) fn int(&mut self, field: &'static str) -> Option<i64> {
        self.node(field)?;
        Some(self.fields.optional_int(field)?.value)
    }

    pub(crate) fn port(&mut self, field: &'static str) -> Option<i64> {
        self.node(field)?;
        let port = self.fields.optional_int(field)?;
        self.in_range(field, port)
    }

    pub(crate) fn required_port(&mut self, field: &'static str) -> Option<i64> {
        self.required(field)?;
        self.port(field)
    }

    /// A string that is one of a few.
    pub(crate) fn one_of(
        &mut self,
        field: &'static str,
        allowed: &'static [&'static str],
    ) -> Option<&'static str> {
        self.node(field)?;
        let given = self.fields.optional_str(field)?;
        let found = allowed.iter().find(|word| **word == given.value);
        if found.is_none() {
            self.report(not_allowed(field, given, allowed));
        }
        found.copied()
    }

    /// The strings of a list; `None` when it is absent.
    pub(crate) fn strings(&mut self, field: &'static str) -> Option<Vec<&'a str>> {
        self.node(field)?;
        let strings = self.fields.strings(field).into_iter();
        Some(strings.map(|string| string.value).collect())
    }

    /// As [`Params::strings`], for a list that must be there.
    pub(crate) fn required_strings(&mut self, field: &'static str) -> Option<Vec<&'a str>> {
        self.required(field)?;
        self.strings(field)
    }

    /// A map of strings.
    pub(crate) fn string_map(&mut self, field: &'static str) -> Option<Json> {
        let mut strings = Json::new();
        for (key, value) in self.map(field)?.iter() {
            if let Some(text) = value.value.as_str() {
                strings.insert(key.to_owned(), text.into());
            } else if !self.awaits_in(field, key) {
                self.fields.report_type(key, "string", &value.value);
            }
        }
        Some(strings)
    }

    /// A map with keys of the user's choice.
    pub(crate) fn map(&mut self, field: &'static str) -> Option<&'a Map> {
        self.node(field)?;
        self.fields.optional_map(field)?.as_map()
    }

    /// As [`Params::map`], for one that must be there.
    pub(crate) fn required_map(&mut self, field: &'static str) -> Option<&'a Map> {
        self.required(field)?;
        self.map(field)
    }

    /// An object below this one, read by `read`.
    pub(crate) fn object<T>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&mut Params<'a, '_, 'p>) -> T,
    ) -> Option<T> {
        let node = self.node(field)?;
        self.fields.optional_map(field)?;
        let scope = self.scope.field(field);
        let mut below = Params::new(node, format!("`{field}`"), scope, self.fields.problems());
        let value = read(&mut below);
        below.finish();
        Some(value)
    }

    /// The objects of a list, each read by `read`; `None` when the list is absent.
    pub(crate) fn objects<T>(
        &mut self,
        field: &'static str,
        mut read: impl FnMut(&mut Params<'a, '_, 'p>) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.node(field)?;
        let place = self.scope.field(field);
        let mut found = Vec::new();
        for (index, item) in self.fields.list(field).iter().enumerate() {
            let owner = format!("`{field}[{index}]`");
            let mut below = Params::new(item, owner, place.item(index), self.fields.problems());
            found.extend(read(&mut below));
            below.finish();
        }
        Some(found)
    }

    /// Copies a string under its own name.
    pub(crate) fn copy_string(&mut self, field: &'static str, into: &mut Json) {
        put(into, field, self.string(field));
    }

    /// Copies a string that must be there under its own name.
    pub(crate) fn copy_required(&mut self, field: &'static str, into: &mut Json) {
        put(into, field, self.required_string(field));
    }

    /// Says that a field changes nothing.
    pub(crate) fn no_effect(&mut self, field: &'static str, hint: Text) {
        if let Some(span) = self.key_span(field) {
            let problem = Diagnostic::new(&rules::NO_EFFECT).arg("field", field);
            self.report(problem.at(span).hint(hint));
        }
    }

    fn in_range(&mut self, field: &str, port: Spanned<i64>) -> Option<i64> {
        if is_port(port.value) {
            return Some(port.value);
        }
        self.report(port_range(field, port.value, port.span));
        None
    }
}

/// Sets a key where there is a value.
pub(crate) fn put(into: &mut Json, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        into.insert(key.to_owned(), value.into());
    }
}

pub(crate) fn is_port(value: i64) -> bool {
    (1..=65535).contains(&value)
}

pub(crate) fn port_range(field: &str, value: i64, span: Span) -> Diagnostic {
    Diagnostic::new(&rules::PORT_RANGE)
        .arg("field", field)
        .arg("value", value)
        .at(span)
        .hint(rules::PORTS)
}

fn not_allowed(field: &str, given: Spanned<&str>, allowed: &[&'static str]) -> Diagnostic {
    let problem = Diagnostic::new(&rules::NOT_ALLOWED)
        .arg("field", field)
        .arg("value", given.value)
        .at(given.span);
    // A difference in case is the usual slip; `nearest` leaves it to the caller to compare exactly.
    match nearest(given.value, allowed.iter().copied()) {
        Some(word) => problem.arg("suggestion", word).hint(DID_YOU_MEAN),
        None => problem.arg("allowed", allowed.join(", ")).hint(ALLOWED),
    }
}
