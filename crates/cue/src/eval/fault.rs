//! Why an expression has no value.

use std::rc::Rc;

use burgee_source::{Diagnostic, Rule, SourceId, Span};

use super::{Vm, val::Val};
use crate::{Data, Error, ErrorKind, rules, syntax::ast::Range32};

/// A failed evaluation.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) diagnostic: Diagnostic,
    /// The path of the call whose result is not there yet.
    pub(crate) waits: Option<String>,
    /// Two values are at odds, not a value and a type.
    pub(crate) is_difference: bool,
    /// It stands in a required field that nobody has given.
    pub(crate) is_required: bool,
}

/// What sort of failure, gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FaultKind {
    Incomplete,
    /// It depends on something that is being worked out.
    Cycle,
    Eval,
    Limit,
}

/// Places from here on are those of data: an index into what was written down of them.
const FIRST_IN_DATA: u32 = 1 << 31;

pub(crate) type Outcome<T> = Result<T, Rc<Fault>>;

/// Keeps the gravest failure: a conflict anywhere is a conflict of the whole, whatever else is missing.
pub(super) fn graver(worst: &mut Option<Rc<Fault>>, fault: Rc<Fault>) {
    match worst {
        Some(there) if there.kind >= fault.kind => {}
        Some(_) | None => *worst = Some(fault),
    }
}

// === impl FaultKind ===

impl FaultKind {
    /// True when more information may still make it good.
    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Self::Incomplete | Self::Cycle)
    }
}

// === impl Fault ===

impl Fault {
    /// The same failure of another sort.
    pub(crate) fn of(&self, kind: FaultKind) -> Rc<Self> {
        Rc::new(Self {
            kind,
            ..self.clone()
        })
    }

    pub(crate) fn to_error(&self) -> Error {
        let kind = match self.kind {
            FaultKind::Incomplete | FaultKind::Cycle => ErrorKind::Incomplete,
            FaultKind::Eval => ErrorKind::Eval,
            FaultKind::Limit => ErrorKind::Limit,
        };
        Error {
            kind,
            diagnostic: Box::new(self.diagnostic.clone()),
        }
    }

    /// True for something that contains itself without end.
    pub(crate) fn is_endless(&self) -> bool {
        self.diagnostic.rule().code == rules::STRUCTURAL_CYCLE.code
    }
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The place of a value of the data among those of the program; the place around it when nobody wrote it.
    pub(crate) fn data_place(&mut self, data: &dyn Data, around: Range32) -> Range32 {
        let span = data.span();
        let index = u32::try_from(self.data_places.len()).unwrap_or(u32::MAX);
        match FIRST_IN_DATA.checked_add(index) {
            Some(start) if span != Span::NONE && self.program_ends_before_data() => {
                self.data_places.push(span);
                Range32 { start, end: start }
            }
            Some(_) | None => around,
        }
    }

    fn program_ends_before_data(&self) -> bool {
        let ends = self.files.last().map_or(0, |(base, _)| *base) as usize + crate::MAX_INPUT;
        ends < FIRST_IN_DATA as usize
    }

    pub(crate) fn place(&self, span: Range32) -> Span {
        if let Some(index) = span.start.checked_sub(FIRST_IN_DATA)
            && let Some(span) = self.data_places.get(index as usize)
        {
            return *span;
        }
        let mut files = self.files.iter().rev();
        let (base, source) = files
            .find(|(base, _)| *base <= span.start)
            .copied()
            .unwrap_or((0, SourceId(0)));
        Span::new(source, span.start - base, span.end - base)
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
        let diagnostic = match self.words || kind == FaultKind::Limit {
            true => with(diagnostic.at(self.place(span))),
            false => diagnostic,
        };
        Rc::new(Fault {
            kind,
            diagnostic,
            waits: None,
            is_difference: false,
            is_required: false,
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

    pub(crate) fn cycle_fault(&self, span: Range32) -> Rc<Fault> {
        self.fault(FaultKind::Cycle, &rules::CYCLE, span, |problem| problem)
    }

    pub(crate) fn limit(
        &self,
        bound: &'static str,
        limit: impl ToString,
        span: Range32,
    ) -> Rc<Fault> {
        // A node without a name is part of the field around it.
        let mut fields = self.stack.iter().rev().map(|node| self.path(*node));
        let field = fields.find(|path| !path.is_empty());
        let rule = match field {
            Some(_) => &rules::LIMIT_AT,
            None => &rules::LIMIT,
        };
        self.fault(FaultKind::Limit, rule, span, |problem| {
            let problem = problem.arg("bound", bound).arg("limit", limit);
            match field {
                Some(field) => problem.arg("field", shortened(&field)),
                None => problem,
            }
        })
    }

    pub(crate) fn conflict(
        &self,
        left: &Val<'d>,
        left_span: Range32,
        right: &Val<'d>,
        right_span: Range32,
    ) -> Rc<Fault> {
        let fault = self.eval_fault(&rules::CONFLICT, right_span, |problem| {
            let (left_is, right_is) = (self.describe(left), self.describe(right));
            let problem = problem
                .arg("left", left_is.clone())
                .arg("right", right_is.clone())
                .arg("left_type", left_is)
                .arg("right_type", right_is);
            let left_at = match left.data_span() {
                Span::NONE => self.place(left_span),
                span => span,
            };
            problem.also(left_at, rules::IS_TYPE_LEFT)
        });
        match left.is_atom() && right.is_atom() {
            true => Rc::new(Fault {
                is_difference: true,
                ..Fault::clone(&fault)
            }),
            false => fault,
        }
    }
}

/// A path that fits into a message: what is endless has an endless one.
fn shortened(path: &str) -> String {
    const LONGEST: usize = 100;
    let length = path.chars().count();
    if length <= LONGEST {
        return path.to_owned();
    }
    let start = path.chars().take(LONGEST * 2 / 3);
    let end = path.chars().skip(length - LONGEST / 3);
    start.chain(['…']).chain(end).collect()
}
