//! Why an expression has no value.

use std::rc::Rc;

use burgee_source::{Diagnostic, Rule, Span};

use super::{Vm, val::VertexId};
use crate::{Error, ErrorKind, rules, syntax::ast::Range32};

/// A failed evaluation.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) diagnostic: Diagnostic,
    /// The path of the call whose result is not there yet.
    pub(crate) waits: Option<String>,
}

/// What sort of failure, gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FaultKind {
    Incomplete,
    /// A field of this struct that another declaration of it may still add.
    Pending(PendingOn),
    Unsupported,
    Eval,
    Limit,
}

/// The struct that is still being built. All are equally grave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PendingOn(pub(crate) VertexId);

pub(crate) type Outcome<T> = Result<T, Rc<Fault>>;

/// Keeps the gravest failure: a conflict anywhere is a conflict of the whole, whatever else is missing.
pub(super) fn graver(worst: &mut Option<Rc<Fault>>, fault: Rc<Fault>) {
    match worst {
        Some(there) if there.kind >= fault.kind => {}
        Some(_) | None => *worst = Some(fault),
    }
}

// === impl PendingOn ===

impl PartialEq for PendingOn {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for PendingOn {}

impl PartialOrd for PendingOn {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PendingOn {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

// === impl Fault ===

impl Fault {
    pub(crate) fn to_error(&self) -> Error {
        let kind = match self.kind {
            FaultKind::Incomplete => ErrorKind::Incomplete,
            FaultKind::Pending(_) | FaultKind::Unsupported => ErrorKind::Unsupported,
            FaultKind::Eval => ErrorKind::Eval,
            FaultKind::Limit => ErrorKind::Limit,
        };
        Error {
            kind,
            diagnostic: Box::new(self.diagnostic.clone()),
        }
    }
}

// === impl Vm ===

impl Vm<'_> {
    pub(crate) fn place(&self, span: Range32) -> Span {
        Span::new(self.source, span.start, span.end)
    }

    /// A failure; its words are left out where nobody will read them.
    pub(crate) fn fault(
        &self,
        kind: FaultKind,
        rule: &'static Rule,
        span: Range32,
        with: impl FnOnce(Diagnostic) -> Diagnostic,
    ) -> Rc<Fault> {
        let diagnostic = Diagnostic::new(rule);
        let diagnostic = match self.quiet {
            0 => with(diagnostic.at(self.place(span))),
            _ => diagnostic,
        };
        Rc::new(Fault {
            kind,
            diagnostic,
            waits: None,
        })
    }

    pub(crate) fn eval_fault(
        &self,
        rule: &'static Rule,
        span: Range32,
        with: impl FnOnce(Diagnostic) -> Diagnostic,
    ) -> Rc<Fault> {
        self.fault(FaultKind::Eval, rule, span, with)
    }

    pub(crate) fn unsupported(&self, construct: &'static str, span: Range32) -> Rc<Fault> {
        self.fault(
            FaultKind::Unsupported,
            &rules::UNSUPPORTED,
            span,
            |problem| problem.arg("construct", construct),
        )
    }

    pub(crate) fn limit(
        &self,
        bound: &'static str,
        limit: impl ToString,
        span: Range32,
    ) -> Rc<Fault> {
        self.fault(FaultKind::Limit, &rules::LIMIT, span, |problem| {
            problem.arg("bound", bound).arg("limit", limit)
        })
    }
}
