//! The variables of a run: what steps leave for later steps.

use std::collections::BTreeMap;

use burgee_source::{Diagnostic, Map, Node, Rule, Severity, Span, Text, nearest};

use crate::Path;

/// The variables of a run, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Variables {
    values: BTreeMap<String, Node>,
}

/// A variable that already has another value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the variable `{name}` already has another value")]
pub struct Conflict {
    /// The variable.
    pub name: String,
    /// Where the first value was written, if it was.
    pub first: Span,
}

/// An input's `from` that leads to nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no variable or context value `{from}`")]
pub struct Unresolved {
    /// What was asked for.
    pub from: String,
    /// The nearest name that exists.
    pub nearest: Option<String>,
    /// The names that exist, sorted.
    pub known: Vec<String>,
}

/// An output whose variable already has another value.
pub static CONFLICT: Rule = Rule {
    code: "variable/conflict",
    severity: Severity::Error,
    message: Text::new(
        "the variable `{name}` already has another value",
        "变量 `{name}` 已有不同的值",
    ),
};

/// An input's `from` that leads to nothing.
pub static UNRESOLVED: Rule = Rule {
    code: "variable/unresolved",
    severity: Severity::Error,
    message: Text::new(
        "there is no variable or context value `{from}`",
        "没有名为 `{from}` 的变量或上下文值",
    ),
};

// === impl Variables ===

impl Variables {
    /// Sets a variable. The same value once more changes nothing; `null`, which a step leaves that did not run, gives way.
    ///
    /// # Errors
    ///
    /// When it has another value already; that one stays.
    pub fn set(&mut self, name: impl Into<String>, value: Node) -> Result<(), Conflict> {
        let name = name.into();
        match self.values.get(&name) {
            Some(first) if *first == value => Ok(()),
            Some(first) if first.is_null() => {
                self.put(name, value);
                Ok(())
            }
            Some(first) => Err(Conflict {
                first: first.span,
                name,
            }),
            None => {
                self.values.insert(name, value);
                Ok(())
            }
        }
    }

    /// Sets a variable, whatever it was before.
    pub fn put(&mut self, name: impl Into<String>, value: Node) {
        self.values.insert(name.into(), value);
    }

    /// Forgets a variable.
    pub fn remove(&mut self, name: &str) {
        self.values.remove(name);
    }

    /// The variable of exactly that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.values.get(name)
    }

    /// The variables, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.values
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// The value that an input's `from` names: the variable of that name, else a path into a variable (the
    /// longest name wins), else a path that begins with `context`.
    ///
    /// ```
    /// # use burgee_inject::Variables;
    /// # use burgee_source::Node;
    /// let mut variables = Variables::default();
    /// variables.set("foo", Node::map([("score", Node::string("99"))]))?;
    /// let context = Node::map([("name", Node::string("app"))]);
    /// assert_eq!(variables.resolve("foo.score", &context)?.as_str(), Some("99"));
    /// assert_eq!(variables.resolve("context.name", &context)?.as_str(), Some("app"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When nothing of that name exists; the error lists what does.
    pub fn resolve<'a>(&'a self, from: &str, context: &'a Node) -> Result<&'a Node, Unresolved> {
        let from = from.trim();
        self.get(from)
            .or_else(|| self.inside(from))
            .or_else(|| in_context(from, context))
            .ok_or_else(|| self.unresolved(from, context))
    }

    fn inside(&self, from: &str) -> Option<&Node> {
        let ends = from.char_indices().rev();
        ends.filter(|(_, c)| matches!(c, '.' | '['))
            .find_map(|(at, _)| below(self.get(&from[..at])?, &from[at..]))
    }

    fn unresolved(&self, from: &str, context: &Node) -> Unresolved {
        let fields = context.as_map().into_iter().flat_map(Map::keys);
        let known: Vec<String> = self
            .values
            .keys()
            .cloned()
            .chain(fields.map(|key| format!("context.{key}")))
            .collect();
        Unresolved {
            from: from.to_owned(),
            nearest: nearest(from, known.iter().map(String::as_str)).map(str::to_owned),
            known,
        }
    }
}

fn in_context<'a>(from: &str, context: &'a Node) -> Option<&'a Node> {
    match from.strip_prefix("context")? {
        "" => Some(context),
        rest => below(context, rest),
    }
}

/// The value at the rest of a path, which begins with its `.` or `[`.
fn below<'a>(node: &'a Node, rest: &str) -> Option<&'a Node> {
    let path = match rest.strip_prefix('.') {
        Some(path) => path,
        None => rest.starts_with('[').then_some(rest)?,
    };
    Path::parse(path).ok()?.get(node)
}

// === impl Conflict ===

impl Conflict {
    /// The conflict as a problem at the output that came second.
    #[must_use]
    pub fn diagnostic(&self, output: Span) -> Diagnostic {
        Diagnostic::new(&CONFLICT)
            .arg("name", &self.name)
            .at(output)
            .also(self.first, Text::new("the first value", "第一个值"))
            .hint(Text::new(
                "give one of the two outputs another name",
                "请为其中一个输出改名",
            ))
    }
}

// === impl Unresolved ===

impl Unresolved {
    /// The error as a problem at the input's `from`.
    #[must_use]
    pub fn diagnostic(&self, from: Span) -> Diagnostic {
        let problem = Diagnostic::new(&UNRESOLVED)
            .arg("from", &self.from)
            .arg("known", self.known.join(", "))
            .at(from);
        let problem = match &self.nearest {
            Some(name) => problem.arg("nearest", name).hint(Text::new(
                "did you mean `{nearest}`?",
                "是否想写 `{nearest}`？",
            )),
            None => problem,
        };
        match self.known.is_empty() {
            true => problem.hint(Text::new(
                "no step has set a variable yet: give an earlier step `outputs`",
                "还没有步骤设置过变量：请为前面的步骤添加 `outputs`",
            )),
            false => problem.hint(Text::new("there are: {known}", "现有：{known}")),
        }
    }
}
