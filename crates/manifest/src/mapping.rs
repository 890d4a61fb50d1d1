//! A map while it is read: duplicate keys are reported with both places, and `<<` is merged.
//!
//! KubeVela's reader merges where the `<<` stands: keys before it are overridden by it, keys behind it
//! override it. Of several merged maps the first wins.

use std::collections::HashSet;

use burgee_source::{Diagnostic, Kind, Map, Node, Rule, Severity, Span, Text};

use crate::limits::shown;

/// A key that is written twice in one map.
pub static DUPLICATE_KEY: Rule = Rule {
    code: "yaml/duplicate-key",
    severity: Severity::Error,
    message: Text::new("the key `{key}` is given twice", "键 `{key}` 重复出现"),
};

/// A `<<` whose value is no map.
pub static BAD_MERGE: Rule = Rule {
    code: "yaml/bad-merge",
    severity: Severity::Error,
    message: Text::new(
        "`<<` merges an object or a list of objects, not a {actual}",
        "`<<` 只能合并对象或对象列表，不能是 {actual}",
    ),
};

/// A `<<` that overrides a key written before it.
pub static MERGE_OVERRIDES: Rule = Rule {
    code: "yaml/merge-overrides",
    severity: Severity::Warning,
    message: Text::new(
        "`<<` stands behind `{key}` and overrides it",
        "`<<` 位于 `{key}` 之后，会覆盖它",
    ),
};

/// A key that has been read and waits for its value.
pub(crate) enum Key {
    /// An ordinary key.
    Text(String),
    /// `<<`.
    Merge,
    /// No key at all; it has been reported.
    Refused,
}

/// A map that is being read.
#[derive(Default)]
pub(crate) struct Mapping {
    map: Map,
    pending: Option<(Key, Span)>,
    /// Keys that only a `<<` brought: the map's own may follow.
    merged: HashSet<String>,
}

// === impl Mapping ===

impl Mapping {
    pub(crate) const fn expects_key(&self) -> bool {
        self.pending.is_none()
    }

    /// Takes a key; a second one of the same name is reported.
    pub(crate) fn key(&mut self, key: Key, span: Span, out: &mut Vec<Diagnostic>) {
        if let Key::Text(text) = &key {
            let first = self.map.entry(text);
            if let Some(first) = first.filter(|_| !self.merged.remove(text)) {
                out.push(
                    Diagnostic::new(&DUPLICATE_KEY)
                        .arg("key", shown(text))
                        .at(span)
                        .also(
                            first.key_span,
                            Text::new("first given here", "首次出现在此处"),
                        )
                        .hint(Text::new(
                            "remove or rename one of the two",
                            "请删除或重命名其中一个",
                        )),
                );
            }
        }
        self.pending = Some((key, span));
    }

    /// Takes the value of the key before.
    pub(crate) fn value(&mut self, node: Node, out: &mut Vec<Diagnostic>) {
        match self.pending.take() {
            Some((Key::Text(key), span)) => {
                self.map.insert(key, span, node);
            }
            Some((Key::Merge, span)) => self.merge(node, span, out),
            Some((Key::Refused, _)) | None => {}
        }
    }

    pub(crate) fn finish(self) -> Map {
        self.map
    }

    fn merge(&mut self, node: Node, span: Span, out: &mut Vec<Diagnostic>) {
        match node.kind {
            Kind::Map(map) => self.merge_map(&map, span, out),
            Kind::List(items) if items.iter().all(|item| item.as_map().is_some()) => {
                for map in items.iter().rev().filter_map(Node::as_map) {
                    self.merge_map(map, span, out);
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) => {
                out.push(
                    Diagnostic::new(&BAD_MERGE)
                        .arg("actual", node.type_name())
                        .at(node.span),
                );
            }
        }
    }

    fn merge_map(&mut self, map: &Map, span: Span, out: &mut Vec<Diagnostic>) {
        for (key, entry) in map.iter() {
            let own = self.map.entry(key).filter(|_| !self.merged.contains(key));
            if let Some(own) = own {
                out.push(
                    Diagnostic::new(&MERGE_OVERRIDES)
                        .arg("key", shown(key))
                        .at(span)
                        .also(own.key_span, Text::new("overridden", "被覆盖"))
                        .hint(Text::new(
                            "write `<<` first, and the keys that override it below",
                            "请把 `<<` 写在最前面，把覆盖它的键写在后面",
                        )),
                );
            }
            self.map.insert(key, entry.key_span, entry.value.clone());
            self.merged.insert(key.to_owned());
        }
    }
}
