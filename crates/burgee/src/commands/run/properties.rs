//! `--set`, `--set-string`, `--set-from`: properties of steps, set before the run.

use burgee_inject::{Assignment, Path};
use burgee_model::{Application, Step};
use burgee_source::{Kind, Map, Node};
use secrecy::ExposeSecret as _;

use crate::{args::RunArgs, commands::Env, exit::Failure, value_source::ValueSource};

/// Sets what the flags say, in the order `--set`, `--set-string`, `--set-from`.
pub(crate) fn set(application: &mut Application, args: &RunArgs, env: &Env) -> Result<(), Failure> {
    let flags = [
        ("--set", &args.given.set, Taken::Scalar),
        ("--set-string", &args.given.set_string, Taken::Text),
        ("--set-from", &args.given.set_from, Taken::Source),
    ];
    for (flag, texts, taken) in flags {
        for text in texts {
            one(application, flag, text, taken, env)?;
        }
    }
    Ok(())
}

/// How a flag's value is read.
#[derive(Clone, Copy)]
enum Taken {
    /// As a YAML scalar.
    Scalar,
    /// As it is.
    Text,
    /// As the place where a secret is.
    Source,
}

fn one(
    application: &mut Application,
    flag: &'static str,
    text: &str,
    taken: Taken,
    env: &Env,
) -> Result<(), Failure> {
    let Some(workflow) = &mut application.workflow else {
        return Err(Failure::usage(format!(
            "{flag}: the application has no workflow steps"
        )));
    };
    let steps = workflow.steps.iter();
    let all = steps.flat_map(|step| std::iter::once(step).chain(&step.sub_steps));
    let names: Vec<String> = all.map(|step| step.name.value.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let assignment = Assignment::parse(text, &names).map_err(|error| {
        let problem = error.diagnostic();
        let failure = Failure::usage(format!("{flag}: {}", problem.message(env.lang)));
        match problem.hints(env.lang).into_iter().next() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })?;
    let name = format!("{flag} {}.{}", assignment.step, assignment.path);
    let value = value(assignment.value, taken, &name, env)?;
    let step = named(&mut workflow.steps, assignment.step);
    put(
        step.expect("the step was matched against these names"),
        &assignment.path,
        value,
    )
    .map_err(|why| Failure::usage(format!("{name}: {why}")))
}

/// The step or sub-step of that name.
fn named<'a>(steps: &'a mut [Step], name: &str) -> Option<&'a mut Step> {
    steps
        .iter_mut()
        .find_map(|step| match step.name.value.as_str() == name {
            true => Some(step),
            false => named(&mut step.sub_steps, name),
        })
}

fn value(text: &str, taken: Taken, name: &str, env: &Env) -> Result<Node, Failure> {
    match taken {
        Taken::Source => {
            let source = ValueSource::parse(text);
            if source.is_literal() {
                return Err(
                    Failure::usage(format!("{name}: expected env:VAR, file:PATH or -"))
                        .hint("--set-string takes a value as it is"),
                );
            }
            let resolved = source.resolve(name)?;
            env.console.redactor().learn(resolved.value.expose_secret());
            if resolved.trimmed {
                env.say(
                    &format!("warning: {name}: cut the line break or blanks at the end"),
                    &format!("警告：{name}：已去掉末尾的换行或空白"),
                );
            }
            Ok(Node::string(resolved.value.expose_secret()))
        }
        Taken::Scalar | Taken::Text => {
            if env.console.mask(text) != text {
                env.say(
                    &format!("warning: {name}: a token on the command line can be read by every user of this machine; write --set-from with env:VAR, file:PATH or -"),
                    &format!("警告：{name}：命令行上的令牌可被本机所有用户看到；请改用 --set-from 加 env:VAR、file:PATH 或 -"),
                );
                env.console.redactor().learn(text);
            }
            Ok(match taken {
                Taken::Scalar => burgee_manifest::scalar(text),
                Taken::Text | Taken::Source => Node::string(text),
            })
        }
    }
}

fn put(step: &mut Step, path: &Path, value: Node) -> Result<(), burgee_inject::SetError> {
    let properties = step
        .properties
        .get_or_insert_with(|| Kind::Map(Map::default()).into());
    if properties.is_null() {
        *properties = Kind::Map(Map::default()).into();
    }
    path.set(properties, value)
}
