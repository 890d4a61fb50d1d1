//! `for`, `if` and `let`.

use super::{EnvId, Frame, Vm, fault::Outcome, val::Val};
use crate::{Number, ir::Clause, rules};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The environments in which the body of a comprehension runs, in order.
    pub(super) fn run_clauses(&mut self, env: EnvId, clauses: &'d [Clause]) -> Outcome<Vec<EnvId>> {
        let mut envs = vec![env];
        for clause in clauses {
            let mut next = Vec::with_capacity(envs.len());
            for env in envs {
                self.clause(env, clause, &mut next)?;
            }
            envs = next;
        }
        Ok(envs)
    }

    fn clause(&mut self, env: EnvId, clause: &'d Clause, next: &mut Vec<EnvId>) -> Outcome<()> {
        match clause {
            Clause::If(condition) => {
                let value = self.eval(env, *condition)?;
                match &value {
                    Val::Bool(true) => next.push(env),
                    Val::Bool(false) => {}
                    _ => {
                        let span = self.ir.span(*condition);
                        return Err(self.eval_fault(&rules::BAD_CONDITION, span, |problem| {
                            problem
                                .arg("value", value.describe())
                                .arg("type", value.type_name())
                        }));
                    }
                }
            }
            Clause::Let(value) => {
                let value = self.eval(env, *value)?;
                next.push(self.env(env, Frame::Locals([value, Val::Null])));
            }
            Clause::For(source) => {
                let span = self.ir.span(*source);
                let value = self.eval(env, *source)?;
                if let Some(length) = value.list_len() {
                    self.spend(length as u64, span)?;
                    for (index, position) in (0..length).zip(0_i64..) {
                        let item = self.data(value.item(index), *source)?;
                        let key = Val::Number(Number::from(position));
                        next.push(self.env(env, Frame::Locals([key, item])));
                    }
                    return Ok(());
                }
                if !matches!(value, Val::Node(_)) && !value.is_final_struct() {
                    return Err(self.eval_fault(&rules::NOT_ITERABLE, span, |problem| {
                        problem
                            .arg("value", value.describe())
                            .arg("type", value.type_name())
                    }));
                }
                let fields = self.fields(&value, span)?;
                self.spend(fields.len() as u64, span)?;
                for (name, value) in fields {
                    next.push(self.env(env, Frame::Locals([Val::String(name), value])));
                }
            }
        }
        Ok(())
    }
}
