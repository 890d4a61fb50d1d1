//! Checks a YAML configuration against a CUE schema and prints every problem with both of its places.
//!
//! ```text
//! cargo run -p burgee-cue --example validate_config                       # the texts below
//! cargo run -p burgee-cue --example validate_config SCHEMA.cue CONFIG.yaml
//! ```

use std::{
    env,
    error::Error,
    fs,
    io::{self, Write as _},
};

use burgee_cue::{Limits, Program};
use burgee_source::{Diagnostic, Lang, Sources};

/// Says under `config` what a configuration has to be.
pub(crate) const SCHEMA: &str = r#"
#Port: int & >0 & <65536

config: {
    name:     string & =~"^[a-z]+$"
    replicas: *1 | int & >=1
    ports: [...#Port]
    log: close({level: *"info" | "debug" | "error"})
}
"#;

/// A configuration with a problem in each of three lines.
pub(crate) const CONFIG: &str = "\
name: web
replicas: many
ports: [80, 70000]
log:
  level: debug
  levle: info
";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let report = match arguments.as_slice() {
        [] => report(("schema.cue", SCHEMA), ("config.yaml", CONFIG)),
        [schema, config] => {
            let texts = (fs::read_to_string(schema)?, fs::read_to_string(config)?);
            report((schema, &texts.0), (config, &texts.1))
        }
        _ => return Err("usage: validate_config [SCHEMA.cue CONFIG.yaml]".into()),
    };
    io::stdout().write_all(report.as_bytes())?;
    Ok(())
}

/// The problems of a configuration, a line each, and where the other side of each stands.
pub(crate) fn report(schema: (&str, &str), config: (&str, &str)) -> String {
    let mut sources = Sources::default();
    let schema_id = sources.add(schema.0, schema.1);
    let config_id = sources.add(config.0, config.1);

    let (documents, problems) = burgee_manifest::documents(&sources, config_id);
    let [document] = documents.as_slice() else {
        return "one document is expected\n".to_owned();
    };
    if !problems.is_empty() {
        return lines(&sources, &problems);
    }
    match Program::file(schema.1, schema_id) {
        Ok(program) => {
            // The data meets what the schema says under the same name.
            let problems = program.validate(&[("config", document)], &Limits::default(), true);
            let problems: Vec<_> = problems.into_iter().map(|it| *it.diagnostic).collect();
            lines(&sources, &problems)
        }
        Err(problems) => lines(&sources, &problems),
    }
}

fn lines(sources: &Sources, problems: &[Diagnostic]) -> String {
    let mut report = String::new();
    for problem in problems {
        let place = sources.position(problem.span().start());
        report += &format!("{place}: {}\n", problem.message(Lang::En));
        for label in problem.labels().iter().skip(1) {
            let place = sources.position(label.span.start());
            let note = problem.note(label, Lang::En).unwrap_or_default();
            report += &format!("    {place}: {note}\n");
        }
        for hint in problem.hints(Lang::En) {
            report += &format!("    {hint}\n");
        }
    }
    report
}
