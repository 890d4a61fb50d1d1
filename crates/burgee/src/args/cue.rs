//! `burgee cue …`: the flags people know from `cue`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::CheckOutput;

#[derive(Debug, Subcommand)]
pub(crate) enum CueCommand {
    /// Print what is known of a value, concrete or not
    Eval(EvalArgs),
    /// Print a value as data; it must be concrete
    Export(ExportArgs),
    /// Report everything that is wrong, also with data checked against CUE
    Vet(VetArgs),
    /// Print all files as one text, with their definitions, if nothing in them conflicts
    Def(DefArgs),
    /// Rewrite files in the canonical form
    Fmt(FmtArgs),
    /// Measure how long a value takes and how much is allocated for it
    Bench(BenchArgs),
}

/// What is read.
#[derive(Debug, Args)]
pub(crate) struct Files {
    /// CUE files of one package, its folder, JSON or YAML data; `-` is standard input, CUE unless `json:` or `yaml:` stands before it
    #[arg(value_name = "FILE", default_value = ".")]
    pub(crate) files: Vec<PathBuf>,
}

/// What is evaluated.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    #[command(flatten)]
    pub(crate) files: Files,
    /// How to report problems: for people, JSON, GitHub annotations, or SARIF
    #[arg(
        long,
        env = "BURGEE_PROBLEMS",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) problems: CheckOutput,
}

/// What ends every help of the family.
macro_rules! exit_codes {
    () => {
        "Exit codes: 0 it worked, 1 something is wrong with the value, 2 wrong usage or unreadable file."
    };
}

#[derive(Debug, Args)]
#[command(after_help = exit_codes!())]
pub(crate) struct EvalArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Evaluate this in the scope of the files, instead of all they say; may be repeated
    #[arg(short, long, value_name = "EXPR")]
    pub(crate) expression: Vec<String>,
    /// How to print: cue, json, yaml or text; all but cue want concrete values
    #[arg(
        short,
        long,
        visible_alias = "output",
        env = "BURGEE_OUT",
        default_value = "cue",
        value_name = "FORMAT"
    )]
    pub(crate) out: Form,
    /// A value that is not concrete is an error
    #[arg(short, long)]
    pub(crate) concrete: bool,
    /// Show hidden and optional fields
    #[arg(short, long)]
    pub(crate) all: bool,
    /// Show hidden fields
    #[arg(short = 'H', long)]
    pub(crate) show_hidden: bool,
    /// Show optional fields
    #[arg(short = 'O', long)]
    pub(crate) show_optional: bool,
    /// Show attributes
    #[arg(short = 'A', long)]
    pub(crate) show_attributes: bool,
}

#[derive(Debug, Args)]
#[command(after_help = concat!("\
With --jsonl one JSON object a line is read from standard input, and one is answered for each, in order:
  {\"id\":\"1\",\"src\":\"a: 1 + 1\"}             {\"id\":\"1\",\"json\":{\"a\":2}}
  {\"id\":\"2\",\"src\":\"a: 1\",\"expr\":\"a + b\"}  {\"id\":\"2\",\"error\":\"…\",\"kind\":\"eval\"}
`kind` is syntax, incomplete or eval; a line that is no such object is answered with kind request.

", exit_codes!()))]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Export this, evaluated in the scope of the files; may be repeated
    #[arg(short, long, value_name = "EXPR")]
    pub(crate) expression: Vec<String>,
    /// How to print: json, yaml, cue or text (a string or bytes as they are)
    #[arg(
        short,
        long,
        visible_alias = "output",
        env = "BURGEE_OUT",
        default_value = "json",
        value_name = "FORMAT"
    )]
    pub(crate) out: Form,
    /// Write `<`, `>` and `&` in JSON as escapes, for use in HTML
    #[arg(long)]
    pub(crate) escape: bool,
    /// Answer sources that come as JSON lines on standard input
    #[arg(long, conflicts_with_all = ["files", "expression", "escape"])]
    pub(crate) jsonl: bool,
}

#[derive(Debug, Args)]
#[command(after_help = exit_codes!())]
pub(crate) struct VetArgs {
    #[command(flatten)]
    pub(crate) files: Files,
    /// How to report: for people, JSON, GitHub annotations, or SARIF
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: CheckOutput,
    /// A value that is not concrete is an error [default: true with data; without, it is noted]
    #[arg(short, long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    pub(crate) concrete: Option<bool>,
    /// Check the data against this expression, instead of all that the files say
    #[arg(short = 'd', long, value_name = "EXPR")]
    pub(crate) schema: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = concat!("\
Prints one JSON object:
  median_ns           compiled, evaluated and written as JSON, each time from the text
  compiled_median_ns  evaluated and written as JSON, the program compiled once
  alloc_bytes         allocated by one run from the text; what grows counts anew

", exit_codes!()))]
pub(crate) struct BenchArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Measure this, evaluated in the scope of the files
    #[arg(short, long, value_name = "EXPR")]
    pub(crate) expression: Option<String>,
    /// How often each is done
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) runs: u32,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 it worked, 1 a file is no CUE, or with --check not formatted, 2 wrong usage or unreadable file."
)]
pub(crate) struct FmtArgs {
    /// CUE files, and folders for all that lie in them; `DIR/...` also means the folders below; `-` is standard input
    #[arg(value_name = "FILE", default_value = ".")]
    pub(crate) files: Vec<PathBuf>,
    /// Rewrite nothing; print the names of files that are not formatted
    #[arg(long)]
    pub(crate) check: bool,
    /// Rewrite nothing; print what would change
    #[arg(short, long)]
    pub(crate) diff: bool,
    /// How to report problems: for people, JSON, GitHub annotations, or SARIF
    #[arg(
        long,
        env = "BURGEE_PROBLEMS",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) problems: CheckOutput,
}

#[derive(Debug, Args)]
#[command(after_help = exit_codes!())]
pub(crate) struct DefArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Print what is known of this, definitions, optional and hidden fields included; may be repeated
    #[arg(short, long, value_name = "EXPR")]
    pub(crate) expression: Vec<String>,
}

/// How a value is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// JSON, indented by four
    Json,
    /// YAML
    Yaml,
    /// CUE
    Cue,
    /// A string or bytes as they are
    Text,
}
