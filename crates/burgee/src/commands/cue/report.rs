//! Problems of CUE texts, each once, in the form asked for.

use burgee_source::{Diagnostic, Sources};

use super::{
    super::{Env, json_text},
    session::Session,
};
use crate::{args::CheckOutput, exit::Exit, show};

/// Where a report goes.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    /// Standard output: the report is what the command is for.
    Data,
    /// Standard error: values are.
    Talk,
}

/// Shows why there is no value, and ends so.
pub(super) fn failed(
    problems: &mut Vec<Diagnostic>,
    session: &Session,
    output: CheckOutput,
    env: &Env,
) -> Exit {
    show(problems, &session.sources(), output, Stream::Talk, env);
    Exit::Failed
}

/// Shows all problems in the order of the texts.
pub(super) fn show(
    problems: &mut Vec<Diagnostic>,
    sources: &Sources,
    output: CheckOutput,
    stream: Stream,
    env: &Env,
) {
    show::in_source_order(problems, sources);
    // Several expressions over one file find the same.
    problems.dedup();
    let sources = env.covered(sources);
    let report = show::Report {
        sources: &sources,
        problems,
        lang: env.lang,
    };
    let look = match stream {
        Stream::Data => env.console.data_look(),
        Stream::Talk => env.console.talk_look(),
    };
    let text = match output {
        CheckOutput::Text => show::text(report, look),
        CheckOutput::Json => json_text(&show::json(report)),
        CheckOutput::Github => show::github(report),
        CheckOutput::Sarif => json_text(&show::sarif(report)),
    };
    match stream {
        Stream::Data => env.console.print(&text),
        Stream::Talk => env.console.say(text.trim_end()),
    }
}
