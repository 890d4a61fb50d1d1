//! `burgee cue def`: a package as one text, or what is known of an expression.

use burgee_cue::TermOptions;
use burgee_source::Diagnostic;

use super::{
    super::Env,
    form, inputs, report,
    session::{Found, Session, Wish},
};
use crate::{
    args::{DefArgs, Form},
    exit::{Exit, Failure},
};

/// Everything that can be known, and nothing decided: a default stands beside its alternatives.
const EVERYTHING: TermOptions = TermOptions {
    definitions: true,
    hidden: true,
    optional: true,
    patterns: true,
    docs: true,
    attributes: true,
    final_: false,
};

/// Prints the package, or each expression.
pub(super) fn def(args: &DefArgs, env: &Env) -> Result<Exit, Failure> {
    let inputs = inputs::read(&args.inputs.files)?;
    let mut problems = inputs.problems.clone();
    let session = Session::new(inputs);
    let mut texts = Vec::new();
    if problems.is_empty() {
        let expressions = args.expression.iter();
        let printed = match args.expression.is_empty() {
            true => vec![package(&session)],
            false => expressions.map(|text| expression(&session, text)).collect(),
        };
        for text in printed {
            match text {
                Ok(text) => texts.push(form::with_line_break(text)),
                Err(found) => problems.extend(found),
            }
        }
    }
    env.console
        .print_unmasked(&texts.join(form::separator(Form::Cue)));
    if problems.is_empty() {
        return Ok(Exit::Ok);
    }
    Ok(report::failed(
        &mut problems,
        &session,
        args.inputs.problems,
        env,
    ))
}

/// All files, if nothing in them conflicts.
fn package(session: &Session) -> Result<String, Vec<Diagnostic>> {
    session.look(None, None, &Wish::Problems(false))?;
    session.consolidated()
}

fn expression(session: &Session, text: &str) -> Result<String, Vec<Diagnostic>> {
    let expression = session.expression("<expression>", text);
    let focus = session.focus(expression, None);
    let found = session.look(Some(&focus), None, &Wish::Term(&EVERYTHING))?;
    Ok(match found {
        Found::Term(term) => term.to_cue(),
        Found::Value(_) | Found::Nothing => String::new(),
    })
}
