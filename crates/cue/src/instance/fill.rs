//! Saying more: two items at once, and data at a place.

use std::ptr;

use burgee_source::Diagnostic;

use super::{
    Item,
    item::{busy, error},
    session::{Entry, Session, label_kind},
};
use crate::{
    Data, Error, ErrorKind, MAX_VALUE_NESTING, Mark, Path, Selector, Value, eval::Found, ir::Label,
    rules,
};

/// Places beyond this have no label.
const MAX_INDEX: usize = 1 << 28;

// === impl Item ===

impl Item<'_> {
    /// Both at once: what `a & b` is. A conflict is part of what comes out, as is an item of another instance.
    ///
    /// ```
    /// # use burgee_cue::{Limits, Program};
    /// # use burgee_source::SourceId;
    /// let program = Program::file("#Small: {size: <10}, it: {size: 3}, big: {size: 30}", SourceId(0))
    ///     .expect("CUE");
    /// let limits = Limits::default();
    /// let instance = program.instance(&[], &limits).expect("no names from outside");
    /// let root = instance.root();
    /// let small = root.lookup(&"#Small".parse().expect("a path")).expect("it is there");
    ///
    /// let it = small.unify(root.get("it").expect("it is there"));
    /// assert_eq!(it.export().expect("a value").to_json_text(), r#"{"size":3}"#);
    /// let big = small.unify(root.get("big").expect("it is there"));
    /// assert_eq!(big.validate(false).len(), 1);
    /// ```
    #[must_use]
    pub fn unify(self, other: Self) -> Self {
        let same = ptr::addr_eq(self.instance, other.instance);
        let entry = self.ask(self.entry, |session, entry| {
            let left = session.entry(entry);
            let found = match same {
                true => {
                    let right = session.entry(other.entry);
                    let (left, right) =
                        ((&left.found, left.defined), (&right.found, right.defined));
                    session.vm.both_of(left, right)
                }
                false => {
                    let problem = Diagnostic::new(&rules::OTHER_INSTANCE);
                    Found::failed(error(ErrorKind::Eval, problem))
                }
            };
            session.add(Entry {
                found,
                mark: Mark::None,
                ..left
            })
        });
        self.beside(entry)
    }

    /// The same with data at a path below: what it is when that is said as well. References that lead there see the
    /// data. The data is copied. A conflict is part of what comes out.
    ///
    /// ```
    /// # use burgee_cue::{Limits, Path, Program};
    /// # use burgee_source::SourceId;
    /// let text = "image: string, spec: containers: [{name: \"web\", \"image\": image}]";
    /// let program = Program::file(text, SourceId(0)).expect("CUE");
    /// let limits = Limits::default();
    /// let instance = program.instance(&[], &limits).expect("no names from outside");
    /// let path = |text: &str| text.parse::<Path>().expect("a path");
    ///
    /// let filled = instance.root().fill(&path("image"), &serde_json::json!("nginx"));
    /// let container = filled.lookup(&path("spec.containers[0]")).expect("it is there");
    /// assert_eq!(
    ///     container.export().expect("a value").to_json_text(),
    ///     r#"{"name":"web","image":"nginx"}"#
    /// );
    /// ```
    #[must_use]
    pub fn fill(self, path: &Path, data: &dyn Data) -> Self {
        let limits = self.ask(None, |session, _| Some(session.limits.clone()));
        let value = limits.ok_or_else(busy).and_then(|limits| {
            // Data may ask about the instance while it is copied.
            let value = Value::copy_of(data, &limits)?;
            Ok(value)
        });
        let entry = self.ask(self.entry, |session, entry| {
            let entry = session.entry(entry);
            let found = match value {
                Ok(value) => filled(session, &entry, path, value),
                Err(error) => Found::failed(error),
            };
            session.add(Entry {
                found,
                mark: Mark::None,
                ..entry
            })
        });
        self.beside(entry)
    }
}

fn filled<'v>(
    session: &mut Session<'v>,
    entry: &Entry<'v>,
    path: &Path,
    value: Value,
) -> Found<'v> {
    let limit = session.limits.depth.min(MAX_VALUE_NESTING);
    if path.selectors().len() >= limit as usize {
        return Found::failed(too_long(limit));
    }
    let mut labels = Vec::with_capacity(path.selectors().len());
    for selector in path.selectors() {
        labels.push(match selector {
            Selector::Field(name) | Selector::Definition(name) | Selector::Hidden(name) => {
                session.vm.label_of(name, label_kind(selector))
            }
            Selector::Index(index) if *index >= session.limits.output.min(MAX_INDEX) => {
                return Found::failed(too_far(session.limits.output));
            }
            Selector::Index(index) => Label::index(*index),
        });
    }
    session
        .vm
        .filled((&entry.found, entry.defined), &labels, value)
}

fn too_long(limit: u32) -> Error {
    let problem = Diagnostic::new(&rules::LIMIT)
        .arg("bound", "depth")
        .arg("limit", limit);
    error(ErrorKind::Limit, problem)
}

fn too_far(limit: usize) -> Error {
    let problem = Diagnostic::new(&rules::LIMIT)
        .arg("bound", "output")
        .arg("limit", limit);
    error(ErrorKind::Limit, problem)
}
