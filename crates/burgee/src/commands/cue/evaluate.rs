//! `burgee cue eval` and `burgee cue export`: values, printed.

use burgee_cue::TermOptions;
use burgee_source::Diagnostic;

use super::{
    super::Env,
    form, inputs, report,
    session::{Found, Session, Wish},
};
use crate::{
    args::{CueEvalArgs, ExportArgs, Form, Inputs},
    exit::{Exit, Failure},
};

/// What is printed and how.
struct Request<'a> {
    inputs: &'a Inputs,
    expressions: &'a [String],
    out: Form,
    escape: bool,
    wish: Wish<'a>,
}

/// `eval`: what is known.
pub(super) fn eval(args: &CueEvalArgs, env: &Env) -> Result<Exit, Failure> {
    let options = TermOptions {
        definitions: true,
        hidden: args.all || args.show_hidden,
        optional: args.all || args.show_optional,
        patterns: false,
        docs: false,
        attributes: args.show_attributes,
        final_: true,
    };
    let wish = match (args.out, args.concrete) {
        (Form::Cue, false) => Wish::Term(&options),
        (Form::Cue, true) => Wish::ConcreteTerm(&options),
        (Form::Json | Form::Yaml | Form::Text, _) => Wish::Value,
    };
    let request = Request {
        inputs: &args.inputs,
        expressions: &args.expression,
        out: args.out,
        escape: false,
        wish,
    };
    request.print(env)
}

/// `export`: data.
pub(super) fn export(args: &ExportArgs, env: &Env) -> Result<Exit, Failure> {
    let request = Request {
        inputs: &args.inputs,
        expressions: &args.expression,
        out: args.out,
        escape: args.escape,
        wish: Wish::Value,
    };
    request.print(env)
}

// === impl Request ===

impl Request<'_> {
    fn print(&self, env: &Env) -> Result<Exit, Failure> {
        let inputs = inputs::read(&self.inputs.files)?;
        let mut problems = inputs.problems.clone();
        let session = Session::new(inputs);
        let mut texts = Vec::new();
        if problems.is_empty() {
            for found in self.look(&session) {
                match found {
                    Ok(Found::Value(value)) => {
                        texts.push(form::value(&value, self.out, self.escape)?);
                    }
                    Ok(Found::Term(term)) => texts.push(form::with_line_break(term.to_cue())),
                    Ok(Found::Nothing) => {}
                    Err(found) => problems.extend(found),
                }
            }
        }
        env.console
            .print_unmasked(&texts.join(form::separator(self.out)));
        if problems.is_empty() {
            return Ok(Exit::Ok);
        }
        Ok(report::failed(
            &mut problems,
            &session,
            self.inputs.problems,
            env,
        ))
    }

    fn look(&self, session: &Session) -> Vec<Result<Found, Vec<Diagnostic>>> {
        if self.expressions.is_empty() {
            return vec![session.look(None, None, &self.wish)];
        }
        let expressions = self.expressions.iter();
        let found = expressions.map(|expression| {
            let expression = session.expression("<expression>", expression);
            let focus = session.focus(expression, None);
            session.look(Some(&focus), None, &self.wish)
        });
        found.collect()
    }
}
