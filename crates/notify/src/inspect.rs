//! Looks at a message's objects field by field, and knows which fields inputs will still fill.
//!
//! [`burgee_source::Fields`] does the same for what stands in a file as it is; here a field may be *awaited*:
//! then it counts as present, and nothing is known of its value.

use burgee_model::Service;
use burgee_source::{Diagnostic, Kind, Node, Number, Span, Spanned, nearest, rules as fields};

use crate::{
    hints,
    object::{Object, or},
    rules,
};

/// Whether more is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// As the manifest has it: [`crate::prepare`] is still ahead.
    Manifest,
    /// As it will be sent.
    Final,
}

/// The problems found so far, and what inputs will fill.
pub(crate) struct Inspector<'p> {
    pub(crate) service: Service,
    pub(crate) stage: Stage,
    pending: &'p [String],
    out: Vec<Diagnostic>,
    /// Paths of keys that were already reported as misspelt.
    seen: Vec<String>,
}

/// What is known of a field.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Slot<'a> {
    /// Not there.
    Absent,
    /// An input will fill it, or a part of it.
    Awaited,
    /// There.
    Here(&'a Node),
}

// === impl Inspector ===

impl<'p> Inspector<'p> {
    /// `pending` are normalised paths, as [`crate::lint`] makes them.
    pub(crate) const fn new(service: Service, stage: Stage, pending: &'p [String]) -> Self {
        Self {
            service,
            stage,
            pending,
            out: Vec::new(),
            seen: Vec::new(),
        }
    }

    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.out
    }

    pub(crate) fn report(&mut self, problem: Diagnostic) {
        self.out.push(problem);
    }

    /// True when inputs will fill the path or something that holds it.
    pub(crate) fn awaits(&self, path: &str) -> bool {
        self.pending.iter().any(|key| holds(key, path))
    }

    /// True when inputs will fill the path, something that holds it, or something in it.
    pub(crate) fn touches(&self, path: &str) -> bool {
        self.pending
            .iter()
            .any(|key| holds(key, path) || holds(path, key))
    }

    pub(crate) fn slot<'a>(&self, object: &Object<'a>, key: &str) -> Slot<'a> {
        let path = object.child(key);
        if self.awaits(&path) {
            return Slot::Awaited;
        }
        match object.get(key) {
            Some(node) => Slot::Here(node),
            None if self.touches(&path) => Slot::Awaited,
            None => Slot::Absent,
        }
    }

    /// True when the field is there or will be.
    pub(crate) fn has(&self, object: &Object<'_>, key: &str) -> bool {
        !matches!(self.slot(object, key), Slot::Absent)
    }

    // --- values of one type; another type is reported

    pub(crate) fn string<'a>(
        &mut self,
        object: &Object<'a>,
        key: &str,
    ) -> Option<Spanned<&'a str>> {
        let node = self.here(object, key)?;
        self.typed(object, key, "string", node, node.as_str())
    }

    /// A string that has to be there and not empty.
    pub(crate) fn need_string<'a>(
        &mut self,
        object: &Object<'a>,
        key: &str,
    ) -> Option<Spanned<&'a str>> {
        self.need(object, key)?;
        let text = self.string(object, key)?;
        if text.value.is_empty() {
            let problem = Diagnostic::new(&rules::EMPTY_FIELD);
            self.report(problem.arg("field", object.child(key)).at(text.span));
        }
        Some(text)
    }

    /// A string of at most `max` characters.
    pub(crate) fn text<'a>(
        &mut self,
        object: &Object<'a>,
        key: &str,
        max: usize,
    ) -> Option<Spanned<&'a str>> {
        let text = self.string(object, key)?;
        self.limit(&object.child(key), text, max);
        Some(text)
    }

    pub(crate) fn need_text<'a>(
        &mut self,
        object: &Object<'a>,
        key: &str,
        max: usize,
    ) -> Option<Spanned<&'a str>> {
        let text = self.need_string(object, key)?;
        self.limit(&object.child(key), text, max);
        Some(text)
    }

    pub(crate) fn boolean(&mut self, object: &Object<'_>, key: &str) {
        if let Some(node) = self.here(object, key) {
            self.typed(object, key, "boolean", node, node.as_bool());
        }
    }

    /// An object that may be absent; one that inputs will fill in part is an object too.
    pub(crate) fn object<'a>(&mut self, object: &Object<'a>, key: &str) -> Option<Object<'a>> {
        let path = object.child(key);
        if self.awaits(&path) {
            return None;
        }
        let node = object.get(key);
        if let Some(node) = node {
            self.typed(object, key, "object", node, node.as_map())?;
        } else if !self.touches(&path) {
            return None;
        }
        Some(Object::new(node, object.key_span(key), path))
    }

    /// An object that has to be there.
    pub(crate) fn need_object<'a>(&mut self, object: &Object<'a>, key: &str) -> Option<Object<'a>> {
        self.need(object, key)?;
        self.object(object, key)
    }

    /// The items of a list, each with its path. `None` when there is none or inputs will fill it.
    pub(crate) fn list<'a>(
        &mut self,
        object: &Object<'a>,
        key: &str,
    ) -> Option<Vec<(String, &'a Node)>> {
        let node = self.here(object, key)?;
        let items = self.typed(object, key, "list", node, node.as_list())?.value;
        let path = object.child(key);
        let items = items.iter().enumerate();
        Some(
            items
                .map(|(index, item)| (format!("{path}[{index}]"), item))
                .collect(),
        )
    }

    /// The objects of a list of `min` to `max` items; other items are reported.
    pub(crate) fn objects<'a>(
        &mut self,
        object: &Object<'a>,
        key: &str,
        min: usize,
        max: usize,
    ) -> Option<Vec<Object<'a>>> {
        let items = self.list(object, key)?;
        self.count(object, key, items.len(), min, max);
        let mut objects = Vec::with_capacity(items.len());
        for (path, node) in items {
            if self.awaits(&path) {
                continue;
            }
            if node.as_map().is_some() {
                objects.push(Object::new(Some(node), object.span, path));
            } else {
                self.wrong_type(&path, "object", node, object.span);
            }
        }
        Some(objects)
    }

    /// Reports the absence of a field. `None` when it is absent.
    pub(crate) fn need(&mut self, object: &Object<'_>, key: &str) -> Option<()> {
        if self.has(object, key) {
            return Some(());
        }
        let misspelt = object
            .keys()
            .find(|(other, _)| *other != key && same_letters(other, key));
        let problem = match misspelt {
            Some((other, span)) => {
                self.seen.push(object.child(other));
                Diagnostic::new(&rules::WRONG_CASE)
                    .arg("field", other)
                    .arg("suggestion", key)
                    .at(or(span, object.span))
            }
            None => Diagnostic::new(&fields::MISSING_FIELD)
                .arg("field", key)
                .arg("owner", object.name())
                .at(object.key_span(key)),
        };
        self.report(problem);
        None
    }

    // --- what a value may be

    /// At most `max` characters.
    pub(crate) fn limit(&mut self, field: &str, text: Spanned<&str>, max: usize) {
        // A character has at least one byte, so most texts need no counting.
        if text.value.len() <= max {
            return;
        }
        let actual = text.value.chars().count();
        if actual > max {
            self.too_long(field, (actual, max), ("characters", "个字符"), text.span);
        }
    }

    pub(crate) fn too_long(
        &mut self,
        field: &str,
        (actual, limit): (usize, usize),
        (unit, unit_zh): (&str, &str),
        span: Span,
    ) {
        let problem = Diagnostic::new(&rules::TOO_LONG)
            .arg("field", field)
            .arg("actual", actual)
            .arg("unit", unit)
            .arg("unit_zh", unit_zh)
            .arg("limit", limit)
            .arg("service", self.service.title());
        self.report(problem.at(span).hint(hints::SHORTEN));
    }

    pub(crate) fn count(
        &mut self,
        object: &Object<'_>,
        key: &str,
        actual: usize,
        min: usize,
        max: usize,
    ) {
        if (min..=max).contains(&actual) {
            return;
        }
        let limit = match (min, max) {
            (0, max) => format!("≤ {max}"),
            (min, usize::MAX) => format!("≥ {min}"),
            (min, max) => format!("{min}–{max}"),
        };
        let problem = Diagnostic::new(&rules::WRONG_COUNT)
            .arg("field", object.child(key))
            .arg("actual", actual)
            .arg("limit", limit)
            .arg("service", self.service.title());
        self.report(problem.at(object.key_span(key)));
    }

    /// One of a few words.
    pub(crate) fn word(&mut self, object: &Object<'_>, key: &str, known: &[&str]) {
        let Some(text) = self.string(object, key) else {
            return;
        };
        if !known.contains(&text.value) {
            self.unknown_word(&object.child(key), text, known);
        }
    }

    pub(crate) fn unknown_word(&mut self, field: &str, text: Spanned<&str>, known: &[&str]) {
        let problem = Diagnostic::new(&rules::UNKNOWN_WORD)
            .arg("field", field)
            .arg("value", text.value)
            .at(text.span);
        self.report(suggest(problem, text.value, known));
    }

    // --- fields that nobody reads

    /// Reports fields beyond `known` as what gets the whole message refused.
    pub(crate) fn only(&mut self, object: &Object<'_>, known: &[&str]) {
        for (key, span) in object.keys() {
            if known.contains(&key) || self.seen.contains(&object.child(key)) {
                continue;
            }
            let problem = Diagnostic::new(&rules::UNKNOWN_PROPERTY)
                .arg("field", key)
                .arg("owner", object.name())
                .at(or(span, object.span));
            self.report(suggest(problem, key, known));
        }
    }

    /// Reports fields that look like a slip of one in `known`. Others are the service's business.
    pub(crate) fn slips(&mut self, object: &Object<'_>, known: &[&str]) {
        for (key, span) in object.keys() {
            if known.contains(&key) || self.seen.contains(&object.child(key)) {
                continue;
            }
            let same = known.iter().find(|name| same_letters(key, name));
            let rule = match same {
                Some(_) => &rules::WRONG_CASE,
                None => &fields::UNKNOWN_FIELD,
            };
            let near = same
                .copied()
                .or_else(|| nearest(key, known.iter().copied()));
            let Some(suggestion) = near else { continue };
            let problem = Diagnostic::new(rule)
                .severe(burgee_source::Severity::Warning)
                .arg("field", key)
                .arg("owner", object.name())
                .arg("suggestion", suggestion)
                .at(or(span, object.span));
            self.report(match same {
                Some(_) => problem,
                None => problem.hint(hints::DID_YOU_MEAN),
            });
        }
    }

    pub(crate) fn wrong_type(&mut self, field: &str, expected: &str, node: &Node, owner: Span) {
        let problem = Diagnostic::new(&fields::WRONG_TYPE)
            .arg("field", field)
            .arg("expected", expected)
            .arg("actual", node.type_name())
            .at(or(node.span, owner));
        let scalar = match &node.kind {
            Kind::Number(number) => Some(number.to_string()),
            Kind::Bool(value) => Some(value.to_string()),
            Kind::Null | Kind::String(_) | Kind::List(_) | Kind::Map(_) => None,
        };
        self.report(match scalar {
            Some(value) if expected == "string" => problem.arg("value", value).hint(hints::QUOTE),
            Some(_) | None => problem,
        });
    }

    fn here<'a>(&self, object: &Object<'a>, key: &str) -> Option<&'a Node> {
        match self.slot(object, key) {
            Slot::Here(node) => Some(node),
            Slot::Absent | Slot::Awaited => None,
        }
    }

    fn typed<T>(
        &mut self,
        object: &Object<'_>,
        key: &str,
        expected: &str,
        node: &Node,
        value: Option<T>,
    ) -> Option<Spanned<T>> {
        if value.is_none() {
            self.wrong_type(&object.child(key), expected, node, object.span);
        }
        Some(Spanned::new(value?, node.span))
    }
}

/// A number that JSON cannot hold, anywhere in a tree.
pub(crate) fn unwritable(node: &Node) -> Option<(&Number, Span)> {
    match &node.kind {
        Kind::Number(number) => number.to_json().is_none().then_some((number, node.span)),
        Kind::List(items) => items.iter().find_map(unwritable),
        Kind::Map(map) => map.iter().find_map(|(_, entry)| unwritable(&entry.value)),
        Kind::Null | Kind::Bool(_) | Kind::String(_) => None,
    }
}

fn suggest(problem: Diagnostic, name: &str, known: &[&str]) -> Diagnostic {
    let same = known
        .iter()
        .find(|known| same_letters(name, known))
        .copied();
    match same.or_else(|| nearest(name, known.iter().copied())) {
        Some(name) => problem.arg("suggestion", name).hint(hints::DID_YOU_MEAN),
        None => problem.arg("known", known.join(", ")).hint(hints::KNOWN),
    }
}

/// Equal but for capitals and underscores.
fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|c| !matches!(c, '_' | '-'));
        kept.flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

/// True when the path `inner` is `outer` or lies in it.
fn holds(outer: &str, inner: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
