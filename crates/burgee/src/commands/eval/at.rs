//! `burgee eval EXPR --run RUN --at STEP`: an expression as a step of a kept run could have asked it.

use burgee_cue::{Data, Limits, Program, Reference, Step as Selector};
use burgee_engine::{Moment, Plan, moment};
use burgee_model::{RunId, Stamped, StepState};
use burgee_source::{Lang, Sources, nearest};

use super::{
    super::{Env, go_on},
    evaluated, text,
};
use crate::{
    args::{EvalArgs, GoOnArgs, RunOutput, UnknownArg, WaitingArgs},
    exit::{Exit, Failure},
    folder,
};

/// Evaluates the expression at a step, and says where what it reads came from.
pub(super) fn eval_at(args: &EvalArgs, name: &str, at: &str, env: &Env) -> Result<Exit, Failure> {
    let store = folder::look(&args.state)?;
    let id = store.find(name).map_err(Failure::usage)?;
    let records = store.records(&id, 0).map_err(Failure::usage)?;
    let records: Vec<Stamped> = records.into_iter().map(|(_, record)| record).collect();
    let prepared = go_on::prepared(&id, &store, &go_on_args(args, name), env)?;
    let plan = &prepared.plan;
    let place = place(plan, at, &id)?;
    let Some(moment) = moment(plan, &records, place) else {
        return Err(Failure::usage(format!("run `{id}` has not begun")));
    };
    if !moment.begun {
        env.say(
            &format!("step `{at}` has not begun: this is what it would see now"),
            &format!("步骤 `{at}` 尚未开始：以下为其当前可见的值"),
        );
    }
    let mut sources = Sources::default();
    let source = sources.add("<expression>", args.expression.as_str());
    let names = moment.names.iter();
    let scope: Vec<_> = names
        .map(|(name, value)| (name.as_str(), value as &dyn Data))
        .collect();
    let program = match Program::expression(&args.expression, source) {
        Ok(program) => program,
        Err(problems) => {
            env.explain(&problems, &sources);
            return Ok(Exit::Failed);
        }
    };
    let references = program.references();
    if args.trace {
        for line in trace(&references, plan, &moment, &scope, env.lang) {
            env.console.say(&line);
        }
    }
    match evaluated(&program, &scope) {
        Ok(value) => {
            env.console.print(&text(&value, args.output)?);
            Ok(Exit::Ok)
        }
        Err(problem) => {
            env.explain(&[problem], &sources);
            say_what_is_lost(&references, plan, &moment, env);
            Ok(Exit::Failed)
        }
    }
}

/// What it takes to read the plan of the run: the same as to recover it.
fn go_on_args(args: &EvalArgs, run: &str) -> GoOnArgs {
    GoOnArgs {
        run: run.to_owned(),
        filename: args.filename.clone(),
        output: RunOutput::Text,
        on_unknown: UnknownArg::Fail,
        waiting: WaitingArgs {
            timeout: None,
            wait: false,
            no_wait: false,
        },
        given: args.given.clone(),
        state: args.state.clone(),
    }
}

fn place(plan: &Plan, at: &str, id: &RunId) -> Result<usize, Failure> {
    let mut names = plan.steps.iter().map(|step| step.step.name.value.as_str());
    names.position(|name| name == at).ok_or_else(|| {
        let names = plan.steps.iter().map(|step| step.step.name.value.as_str());
        let problem = Failure::usage(format!("run `{id}` has no step `{at}`"));
        match nearest(at, names) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem,
        }
    })
}

/// A line for each value that is read: what it was, and where it came from.
fn trace(
    references: &[Reference],
    plan: &Plan,
    moment: &Moment,
    scope: &[(&str, &dyn Data)],
    lang: Lang,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for reference in references {
        let name = reference.to_string();
        let value = Program::expression(&name, burgee_source::SourceId(0)).ok();
        let value = value.and_then(|path| path.evaluate(scope, &Limits::default()).ok());
        let line = match (value, lang) {
            (None, Lang::En) => format!("{name} is not there"),
            (None, Lang::Zh) => format!("{name} 不存在"),
            (Some(value), _) => {
                let value = value.to_node().to_json_text();
                let origin = origin(reference, plan, moment, lang);
                let origin = origin.map(|origin| format!("  ({origin})"));
                format!("{name} = {value}{}", origin.unwrap_or_default())
            }
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Where a value came from.
fn origin(reference: &Reference, plan: &Plan, moment: &Moment, lang: Lang) -> Option<String> {
    let own = &plan.steps[moment.place].step.name.value;
    let first = match reference.path.first() {
        Some(Selector::Field(name)) => Some(name.as_str()),
        Some(Selector::Index(_)) | None => None,
    };
    match reference.root.as_str() {
        "status" => first.map(|name| status_origin(name, moment, lang)),
        "inputs" => variable_origin(first?, moment, lang),
        "context" => Some(match lang {
            Lang::En => "the context of the run".to_owned(),
            Lang::Zh => "运行的上下文".to_owned(),
        }),
        "parameter" => {
            let input = covering(reference, plan, moment);
            let input = input.and_then(|from| variable_origin(from, moment, lang));
            Some(input.unwrap_or_else(|| match lang {
                Lang::En => format!("the properties of step {own}"),
                Lang::Zh => format!("步骤 {own} 的属性"),
            }))
        }
        _ => Some(match lang {
            Lang::En => format!("the answer that step {own} got"),
            Lang::Zh => format!("步骤 {own} 得到的应答"),
        }),
    }
}

fn status_origin(name: &str, moment: &Moment, lang: Lang) -> String {
    let steps = moment.state.steps.iter();
    let step = steps
        .clone()
        .find(|step: &&StepState| step.head.name.as_str() == name);
    let since = step.and_then(|step| step.last_execute_time);
    match (since, lang) {
        (Some(at), Lang::En) => format!("step {name}, at {at:.0}"),
        (Some(at), Lang::Zh) => format!("步骤 {name}，{at:.0}"),
        (None, Lang::En) => format!("step {name}, which had not run"),
        (None, Lang::Zh) => format!("步骤 {name}，当时未运行"),
    }
}

/// The step that set what an input's `from` names: the longest name of a variable that it begins with.
fn variable_origin(from: &str, moment: &Moment, lang: Lang) -> Option<String> {
    let named = |name: &str| {
        let rest = from.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let variables = moment.state.variables.iter();
    let found = variables
        .filter(|(name, _)| named(name.as_str()))
        .max_by_key(|(name, _)| name.as_str().len());
    let (name, variable) = found?;
    let step = moment.state.step(&variable.step)?;
    let setter = &step.head.name;
    Some(match lang {
        Lang::En => format!("variable {name}, set by step {setter}"),
        Lang::Zh => format!("变量 {name}，由步骤 {setter} 设置"),
    })
}

/// The `from` of the input that put the value there; the last one wins.
fn covering<'p>(reference: &Reference, plan: &'p Plan, moment: &Moment) -> Option<&'p str> {
    let whole = reference.to_string();
    let inside = whole.strip_prefix("parameter.")?;
    let inputs = plan.steps[moment.place].inputs.iter().rev();
    let mut covering = inputs.filter(|input| {
        let path = input.path.as_ref().map(|path| path.value.to_string());
        let rest = path.and_then(|path| inside.strip_prefix(&*path).map(str::to_owned));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    });
    covering.next().map(|input| input.from.value.as_str())
}

/// Not everything that an expression may read is kept.
fn say_what_is_lost(references: &[Reference], plan: &Plan, moment: &Moment, env: &Env) {
    let lost = references
        .iter()
        .find(|reference| moment.lost.contains(&reference.root.as_str()));
    if let Some(Reference { root, .. }) = lost {
        let outputs = plan.steps[moment.place].outputs.iter();
        let outputs: Vec<_> = outputs.map(|output| output.name.value.as_str()).collect();
        let step = &plan.steps[moment.place].step.name.value;
        env.say(
            &format!("hint: `{root}` is not there: step `{step}` got no answer, or one that is not kept, since it only looked"),
            &format!("提示：没有 `{root}`：步骤 `{step}` 没有得到应答，或应答只是查询结果，不会保存"),
        );
        if !outputs.is_empty() {
            let outputs = outputs.join(", ");
            env.say(
                &format!(
                    "hint: its outputs are kept ({outputs}): a later step has them in `inputs`"
                ),
                &format!("提示：其输出会保存（{outputs}）：可在后续步骤的 `inputs` 中读取"),
            );
        }
    }
    let variables = moment.state.variables.iter();
    let hidden = variables.filter(|(_, variable)| variable.hidden);
    let hidden: Vec<&str> = hidden.map(|(name, _)| name.as_str()).collect();
    if !hidden.is_empty() && references.iter().any(|it| it.root == "inputs") {
        let names = hidden.join(", ");
        env.say(
            &format!("hint: not kept, because they hold secrets: {names}"),
            &format!("提示：以下变量含有密钥，未保存：{names}"),
        );
    }
}
