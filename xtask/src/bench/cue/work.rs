//! What is evaluated: a text, an expression in its scope, and how fast it should be.

use anyhow::{Context as _, Result};

use crate::{conformance::Question, workspace::root};

/// A comprehension over some fields, and over ten times as many.
pub(super) const FEW: &str = "comprehension over 10,000 fields";
pub(super) const MANY: &str = "comprehension over 100,000 fields";

/// A text to evaluate.
pub(super) struct Work {
    pub(super) name: &'static str,
    pub(super) src: String,
    /// Evaluated in its scope.
    pub(super) expr: Option<&'static str>,
    /// How many times faster than CUE it should be, from text and compiled.
    pub(super) aim: Option<u32>,
    pub(super) aim_compiled: Option<u32>,
    /// Runs of a round, there and here. What takes CUE minutes is not asked.
    pub(super) runs_there: u32,
    pub(super) runs_here: u32,
}

/// All of it.
pub(super) fn all() -> Result<Vec<Work>> {
    const COMPREHENSION: &str = r#"{for k, v in m {"x\(k)": v + 1}}"#;
    Ok(vec![
        Work {
            name: "the mission's `valueFrom`, its data in the same text",
            src: OUTPUT.to_owned(),
            expr: Some(r#"output.status.conditions[0].message + "工作流运行完成""#),
            aim: Some(10),
            aim_compiled: Some(40),
            runs_there: 1000,
            runs_here: 5000,
        },
        Work {
            name: "`crates/cue/benches/component.cue` with typical parameters",
            src: component()?,
            expr: None,
            aim: Some(10),
            aim_compiled: Some(25),
            runs_there: 40,
            runs_here: 200,
        },
        Work {
            name: FEW,
            src: fields(10_000),
            expr: Some(COMPREHENSION),
            aim: Some(20),
            aim_compiled: None,
            runs_there: 1,
            runs_here: 20,
        },
        Work {
            name: MANY,
            src: fields(100_000),
            expr: Some(COMPREHENSION),
            aim: None,
            aim_compiled: None,
            runs_there: 0,
            runs_here: 5,
        },
    ])
}

/// What a workflow step of the mission reads, of what a cluster reports.
const OUTPUT: &str = r#"output: status: {
	replicas:      1
	readyReplicas: 1
	conditions: [{
		type:    "Available"
		status:  "True"
		reason:  "MinimumReplicasAvailable"
		message: "Deployment has minimum availability."
	}]
}
"#;

fn component() -> Result<String> {
    let folder = root().join("crates/cue/benches");
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    Ok(read("component.cue")? + "\n" + &read("component-parameter.cue")?)
}

fn fields(count: u32) -> String {
    let fields = (0..count).map(|field| format!("\tk{field}: {field}\n"));
    format!("m: {{\n{}}}\n", fields.collect::<String>())
}

// === impl Work ===

impl Work {
    /// The same for a process that answers lines.
    pub(super) fn question(&self) -> Question<'_> {
        Question {
            src: &self.src,
            expr: self.expr,
        }
    }
}
