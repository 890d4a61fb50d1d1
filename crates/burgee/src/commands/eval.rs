//! `burgee eval EXPR`: a `valueFrom` or `if` expression, tried out: on data, or on what a step of a kept run could read.

mod at;

use burgee_cue::{Data, Limits, Program};
use burgee_source::{Diagnostic, Kind, Map, Node, Severity, Sources};

use super::Env;
use crate::{
    args::{EvalArgs, EvalOutput},
    exit::{Exit, Failure},
    input,
};

/// Evaluates the expression and prints its value.
pub(crate) fn eval(args: &EvalArgs, env: &Env) -> Result<Exit, Failure> {
    if let (Some(run), Some(at)) = (&args.run, &args.at) {
        return at::eval_at(args, run, at, env);
    }
    let mut sources = Sources::default();
    let Some(data) = data(args, &mut sources, env)? else {
        return Ok(Exit::Manifest);
    };
    let source = sources.add("<expression>", args.expression.as_str());
    let Some(map) = data.as_map() else {
        return Err(Failure::usage(format!(
            "--data: expected an object, found {}",
            data.type_name()
        )));
    };
    let fields = map
        .iter()
        .map(|(name, entry)| (name, &entry.value as &dyn Data));
    let scope: Vec<_> = fields.collect();
    let value = Program::expression(&args.expression, source)
        .and_then(|program| evaluated(&program, &scope).map_err(|problem| vec![problem]));
    match value {
        Ok(value) => {
            env.console.print(&text(&value, args.output)?);
            Ok(Exit::Ok)
        }
        Err(problems) => {
            env.explain(&problems, &sources);
            Ok(Exit::Failed)
        }
    }
}

fn evaluated(program: &Program, scope: &[(&str, &dyn Data)]) -> Result<Node, Diagnostic> {
    let value = program.evaluate(scope, &Limits::default());
    value
        .map(|value| value.to_node())
        .map_err(|error| *error.diagnostic)
}

/// The fields in scope; `None` when the file has errors, which were shown.
fn data(args: &EvalArgs, sources: &mut Sources, env: &Env) -> Result<Option<Node>, Failure> {
    let Some(path) = &args.data else {
        return Ok(Some(Kind::Map(Map::default()).into()));
    };
    let file =
        input::source(path, sources).map_err(|error| Failure::usage(format!("--data: {error}")))?;
    let (mut documents, problems) = burgee_manifest::documents(sources, file);
    let wrong = |problem: &Diagnostic| problem.severity() == Severity::Error;
    env.explain(&problems, sources);
    if problems.iter().any(wrong) {
        return Ok(None);
    }
    match documents.len() {
        1 => Ok(documents.pop()),
        count => Err(Failure::usage(format!(
            "--data: expected one document, found {count}"
        ))),
    }
}

fn text(value: &Node, output: EvalOutput) -> Result<String, Failure> {
    Ok(match output {
        EvalOutput::Json => value.to_json_text() + "\n",
        EvalOutput::Yaml => {
            let json = value.to_json().map_err(Failure::usage)?;
            serde_yaml::to_string(&json).map_err(Failure::usage)?
        }
        EvalOutput::Text => match value.as_str() {
            Some(text) => format!("{text}\n"),
            None => value.to_json_text() + "\n",
        },
    })
}
