//! One package with its data, evaluated as a whole or through expressions.

use burgee_cue::{Error, Limits, Program, Term, TermOptions, Value};
use burgee_source::{Diagnostic, SourceId, Sources};

use super::{
    folders::Folders,
    generated::{Generated, Placed},
    inputs::Inputs,
};

/// What is evaluated, and all texts that problems may point into.
pub(super) struct Session {
    files: Vec<(String, SourceId)>,
    /// Data that is unified with the files.
    data: Vec<Placed>,
    folders: Folders,
}

/// An expression in the scope of the files, with data that is unified with it.
pub(super) struct Focus(Placed);

/// What a command wants to know of a value.
pub(super) enum Wish<'a> {
    /// The concrete value.
    Value,
    /// What is known.
    Term(&'a TermOptions),
    /// The same, when it is concrete.
    ConcreteTerm(&'a TermOptions),
    /// Nothing but what is wrong; with true also what is not concrete.
    Problems(bool),
}

/// What it gets.
pub(super) enum Found {
    Value(Value),
    Term(Term),
    Nothing,
}

// === impl Session ===

impl Session {
    /// Data that is taken away from `inputs` before stays outside.
    pub(super) fn new(mut inputs: Inputs) -> Self {
        let data = inputs.place();
        let files = inputs.files().into_iter();
        let files = files.map(|(text, id)| (text.to_owned(), id)).collect();
        Self {
            files,
            data,
            folders: Folders::around(&inputs.folder, inputs.sources),
        }
    }

    /// Everything that was read.
    pub(super) fn sources(&self) -> Sources {
        self.folders.sources()
    }

    /// Gives a document an id.
    pub(super) fn place(&self, document: Generated) -> Placed {
        document.place(&mut self.folders.sources.borrow_mut())
    }

    /// Adds an expression from the command line.
    pub(super) fn expression(&self, name: &str, text: &str) -> SourceId {
        self.folders.sources.borrow_mut().add(name, text)
    }

    /// An expression, and data that is unified with it.
    pub(super) fn focus(&self, expression: SourceId, data: Option<&Generated>) -> Focus {
        let mut sources = self.folders.sources.borrow_mut();
        let text = sources.text(expression);
        let written = sources.span(expression, 0..text.len());
        let mut generated = Generated::default();
        match data {
            None => generated.verbatim(text, written),
            Some(data) => {
                generated.push("(");
                generated.verbatim(text, written);
                generated.push(") & ");
                generated.append(data);
            }
        }
        Focus(generated.place(&mut sources))
    }

    /// Evaluates, and gives every problem in the texts that the user wrote.
    pub(super) fn look(
        &self,
        focus: Option<&Focus>,
        extra: Option<&Placed>,
        wish: &Wish<'_>,
    ) -> Result<Found, Vec<Diagnostic>> {
        let found = self.compile(focus, extra).and_then(|program| {
            wish.of(&program).map_err(|errors| {
                let problems = errors.into_iter().map(|error| *error.diagnostic);
                problems.collect::<Vec<_>>()
            })
        });
        found.map_err(|problems| {
            let mut placed: Vec<_> = self.data.iter().chain(extra).collect();
            placed.extend(focus.map(|Focus(placed)| placed));
            let relocate = |problem| placed.iter().fold(problem, |p, text| text.relocate(p));
            problems.into_iter().map(relocate).collect()
        })
    }

    /// The files and their data as one text.
    pub(super) fn consolidated(&self) -> Result<String, Vec<Diagnostic>> {
        let relocate = |problem| self.data.iter().fold(problem, |p, text| text.relocate(p));
        burgee_cue::consolidate(&self.texts(None))
            .map_err(|problems| problems.into_iter().map(relocate).collect())
    }

    /// All texts, with those of data.
    fn texts<'a>(&'a self, extra: Option<&'a Placed>) -> Vec<(&'a str, SourceId)> {
        let data = self.data.iter().chain(extra);
        let files = self.files.iter().map(|(text, id)| (text.as_str(), *id));
        files.chain(data.map(Placed::file)).collect()
    }

    /// The program that [`Session::look`] evaluates.
    pub(super) fn compile(
        &self,
        focus: Option<&Focus>,
        extra: Option<&Placed>,
    ) -> Result<Program, Vec<Diagnostic>> {
        let files = self.texts(extra);
        let focused = focus.map(|Focus(placed)| placed.file());
        Program::package(&files, focused, &self.folders)
    }
}

// === impl Wish ===

impl Wish<'_> {
    fn of(&self, program: &Program) -> Result<Found, Vec<Error>> {
        let limits = Limits::default();
        match self {
            Self::Value => match program.evaluate(&[], &limits) {
                Ok(value) => Ok(Found::Value(value)),
                // One problem stands in the way; the others are told as well.
                Err(error) => {
                    let all = program.validate(&[], &limits, true);
                    Err(if all.is_empty() { vec![error] } else { all })
                }
            },
            Self::Term(options) => Ok(Found::Term(program.term(&[], &limits, options)?)),
            Self::ConcreteTerm(options) => {
                problems(program, true)?;
                Ok(Found::Term(program.term(&[], &limits, options)?))
            }
            Self::Problems(concrete) => problems(program, *concrete).map(|()| Found::Nothing),
        }
    }
}

fn problems(program: &Program, concrete: bool) -> Result<(), Vec<Error>> {
    let problems = program.validate(&[], &Limits::default(), concrete);
    match problems.is_empty() {
        true => Ok(()),
        false => Err(problems),
    }
}
