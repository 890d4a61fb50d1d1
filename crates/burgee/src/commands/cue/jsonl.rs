//! `burgee cue export --jsonl`: answers sources that another program sends, one JSON object a line.
//!
//! An answer is written before the next line is looked at, so that the other side may wait for it, and knows which
//! line takes long. Whatever a line holds, it is answered with a line.

use std::{
    borrow::Cow,
    io::{self, BufRead as _, Read as _},
};

use burgee_cue::{Limits, NoLoader, Program};
use burgee_source::{Diagnostic, Lang, SourceId, Sources};
use serde::Deserialize;

use super::super::Env;
use crate::{
    exit::Exit,
    show::{self, Report},
};

/// The longest line that is read: the longest text of CUE, with every byte of it escaped.
const MAX_LINE: usize = 6 * burgee_cue::MAX_INPUT + 1024;

/// A line that comes in.
#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    /// A CUE file.
    #[serde(borrow)]
    src: Cow<'a, str>,
    /// Evaluated in the scope of the file.
    #[serde(borrow)]
    expr: Option<Cow<'a, str>>,
}

/// Why there is no value.
#[derive(Clone, Copy)]
enum Kind {
    /// The line is no request.
    Request,
    /// The text is no CUE.
    Syntax,
    /// Not concrete yet.
    Incomplete,
    /// Any other error.
    Eval,
}

/// Answers until standard input ends or nobody reads the answers.
pub(super) fn serve(env: &Env) -> Exit {
    let mut input = io::BufReader::with_capacity(64 << 10, io::stdin().lock());
    let mut output = io::BufWriter::new(io::stdout().lock());
    match dialogue(&mut input, &mut output, env.lang) {
        Ok(()) => Exit::Ok,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Ok,
        Err(error) => {
            env.console.say(&format!("error: {error}"));
            Exit::Usage
        }
    }
}

fn dialogue(
    input: &mut io::BufReader<impl io::Read>,
    output: &mut impl io::Write,
    lang: Lang,
) -> io::Result<()> {
    let mut line = Vec::new();
    let mut answer = String::new();
    loop {
        line.clear();
        let length = input
            .by_ref()
            .take(MAX_LINE as u64 + 1)
            .read_until(b'\n', &mut line)?;
        if length == 0 {
            return output.flush();
        }
        answer.clear();
        if length > MAX_LINE && line.last() != Some(&b'\n') {
            input.skip_until(b'\n')?;
            let long = format!("the line has more than {MAX_LINE} bytes");
            refuse(&mut answer, "", &long, Kind::Request);
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            reply(&mut answer, &line, lang);
        }
        answer.push('\n');
        output.write_all(answer.as_bytes())?;
        output.flush()?;
    }
}

fn reply(answer: &mut String, line: &[u8], lang: Lang) {
    let request: Request<'_> = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => return refuse(answer, "", &error.to_string(), Kind::Request),
    };
    match evaluate(&request) {
        Ok(json) => {
            answer.push_str("{\"id\":");
            push_string(answer, &request.id);
            answer.push_str(",\"json\":");
            answer.push_str(&json);
            answer.push('}');
        }
        Err((problems, kind)) => {
            let mut sources = Sources::default();
            sources.add("input.cue", &*request.src);
            sources.add("expression", request.expr.as_deref().unwrap_or_default());
            let report = Report {
                sources: &sources,
                problems: &problems,
                lang,
            };
            refuse(answer, &request.id, &show::brief(report), kind);
        }
    }
}

fn evaluate(request: &Request<'_>) -> Result<String, (Vec<Diagnostic>, Kind)> {
    let focus = request.expr.as_deref().map(|expr| (expr, SourceId(1)));
    let program = match focus {
        None => Program::file(&request.src, SourceId(0)),
        Some(_) => Program::package(&[(&*request.src, SourceId(0))], focus, &NoLoader),
    };
    let program = program.map_err(|problems| {
        let kind = kind_of_text(&problems);
        (problems, kind)
    })?;
    let value = program.evaluate(&[], &Limits::default());
    let value = value.map_err(|error| (vec![*error.diagnostic], Kind::of(error.kind)))?;
    Ok(value.to_json_text())
}

fn kind_of_text(problems: &[Diagnostic]) -> Kind {
    let syntax = |problem: &Diagnostic| {
        let code = problem.rule().code;
        // CUE reads such a string and fails to make sense of it later.
        code.starts_with("cue-syntax/") && code != "cue-syntax/invalid-string"
    };
    match problems.iter().any(syntax) {
        true => Kind::Syntax,
        false => Kind::Eval,
    }
}

fn refuse(answer: &mut String, id: &str, error: &str, kind: Kind) {
    answer.push_str("{\"id\":");
    push_string(answer, id);
    answer.push_str(",\"error\":");
    push_string(answer, error);
    answer.push_str(",\"kind\":\"");
    answer.push_str(kind.as_str());
    answer.push_str("\"}");
}

fn push_string(out: &mut String, text: &str) {
    out.push_str(&serde_json::to_string(text).expect("a string is always JSON"));
}

// === impl Kind ===

impl Kind {
    const fn of(kind: burgee_cue::ErrorKind) -> Self {
        use burgee_cue::ErrorKind;

        match kind {
            ErrorKind::Syntax => Self::Syntax,
            ErrorKind::Incomplete => Self::Incomplete,
            // A bound that was reached is named in the text.
            ErrorKind::Eval | ErrorKind::Limit => Self::Eval,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Syntax => "syntax",
            Self::Incomplete => "incomplete",
            Self::Eval => "eval",
        }
    }
}
