//! `burgee cue vet`: everything that is wrong, also with data.

use burgee_source::{Diagnostic, Severity};

use super::{
    super::Env,
    inputs,
    report::{self, Stream},
    session::{Session, Wish},
};
use crate::{
    args::VetArgs,
    exit::{Exit, Failure},
};

/// Checks the files, or every document of data against them.
pub(super) fn vet(args: &VetArgs, env: &Env) -> Result<Exit, Failure> {
    let mut inputs = inputs::read(&args.files)?;
    let mut problems = inputs.problems.clone();
    // Each document is checked on its own.
    let documents = std::mem::take(&mut inputs.data);
    let has_data = !documents.is_empty() || !problems.is_empty();
    if args.schema.is_some() && !has_data {
        return Err(Failure::usage(
            "-d chooses what data is checked against, and there is no data",
        ));
    }
    let session = Session::new(inputs);
    let mut incomplete = false;
    if has_data {
        let wish = Wish::Problems(args.concrete.unwrap_or(true));
        let schema = args.schema.as_deref();
        let schema = schema.map(|schema| session.expression("<schema>", schema));
        for document in documents {
            let found = match schema {
                Some(schema) => {
                    let focus = session.focus(schema, Some(&document));
                    session.look(Some(&focus), None, &wish)
                }
                None => session.look(None, Some(&session.place(document)), &wish),
            };
            problems.extend(found.err().unwrap_or_default());
        }
    } else {
        let found = session.look(None, None, &Wish::Problems(args.concrete.unwrap_or(false)));
        problems.extend(found.err().unwrap_or_default());
        incomplete = problems.is_empty()
            && args.concrete.is_none()
            && session.look(None, None, &Wish::Problems(true)).is_err();
    }
    let sources = session.sources();
    report::show(&mut problems, &sources, args.output, Stream::Data, env);
    if incomplete {
        env.say(
            "note: some values are not concrete; -c reports them, -c=false does not mind them",
            "注意：有些值尚不具体；用 -c 列出它们，用 -c=false 接受",
        );
    }
    let wrong = |problem: &Diagnostic| problem.severity() == Severity::Error;
    Ok(match problems.iter().any(wrong) {
        true => Exit::Failed,
        false => Exit::Ok,
    })
}
