//! What the evaluator does not offer yet, as far as it can be had: one file, concrete values.

use burgee_cue::{Error, Limits, Program, Scope, Value};

pub(super) trait Ahead: Sized {
    fn problems(&self, scope: &Scope<'_>, limits: &Limits, concrete: bool) -> Vec<Error>;
    fn known(
        &self,
        scope: &Scope<'_>,
        limits: &Limits,
        options: &TermOptions,
    ) -> Result<Term, Vec<Error>>;
}

impl Ahead for Program {
    fn problems(&self, scope: &Scope<'_>, limits: &Limits, _concrete: bool) -> Vec<Error> {
        self.evaluate(scope, limits).err().into_iter().collect()
    }

    fn known(
        &self,
        scope: &Scope<'_>,
        limits: &Limits,
        _: &TermOptions,
    ) -> Result<Term, Vec<Error>> {
        let value = self.evaluate(scope, limits).map_err(|error| vec![error])?;
        Ok(Term::Value(value))
    }
}

#[derive(Default)]
pub(super) struct TermOptions {
    pub definitions: bool,
    pub hidden: bool,
    pub optional: bool,
    pub docs: bool,
    pub attributes: bool,
    pub final_: bool,
}
pub(super) enum Term {
    Value(Value),
}
impl Term {
    pub(super) fn to_cue(&self) -> String {
        let Self::Value(v) = self;
        v.to_json_text()
    }
}
