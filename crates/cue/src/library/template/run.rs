//! Carrying a template out.

use super::{
    calls::Call,
    datum::Datum,
    parse::{Node, Operand, Pipeline, Templates},
};
use crate::library::{CallError, MAX_ANSWER, MAX_ITEMS, failed};

/// How deep templates may call each other.
const MAX_DEPTH: usize = 100;

#[derive(Debug)]
struct Run<'t> {
    templates: &'t Templates,
    out: String,
    variables: Vec<(&'t str, Datum)>,
    depth: usize,
    steps: usize,
}

/// How a list of nodes ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    On,
    Break,
    Continue,
}

type Outcome<T> = Result<T, CallError>;

pub(super) fn run(templates: &Templates, data: Datum) -> Outcome<String> {
    let mut run = Run {
        templates,
        out: String::new(),
        variables: Vec::new(),
        depth: 0,
        steps: 0,
    };
    // Of no data at all there is every field, and none has a value.
    let data = match data {
        Datum::Nil => Datum::Missing,
        data => data,
    };
    run.template("", data)?;
    Ok(run.out)
}

// === impl Run ===

impl<'t> Run<'t> {
    fn template(&mut self, name: &str, data: Datum) -> Outcome<()> {
        let nodes = self.templates.get(name);
        let nodes = nodes.ok_or_else(|| failed(format!("there is no template `{name}`")))?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(failed("templates call each other too deep"));
        }
        let outside = std::mem::replace(&mut self.variables, vec![("", data.clone())]);
        self.nodes(nodes, &data)?;
        self.variables = outside;
        self.depth -= 1;
        Ok(())
    }

    fn nodes(&mut self, nodes: &'t [Node], dot: &Datum) -> Outcome<Flow> {
        for node in nodes {
            self.spend()?;
            let flow = self.node(node, dot)?;
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        Ok(Flow::On)
    }

    /// Nothing runs on without end, and nothing is written without bounds.
    fn spend(&mut self) -> Outcome<()> {
        self.steps += 1;
        match self.steps <= MAX_ITEMS && self.out.len() <= MAX_ANSWER {
            true => Ok(()),
            false => Err(CallError::TooLarge),
        }
    }

    fn node(&mut self, node: &'t Node, dot: &Datum) -> Outcome<Flow> {
        match node {
            Node::Text(text) => self.out.push_str(text),
            Node::Action(pipeline) => {
                let value = self.pipeline(pipeline, dot)?;
                if pipeline.variables.is_empty() {
                    self.out.push_str(&value.printed());
                }
            }
            Node::If(pipeline, nodes, otherwise) | Node::With(pipeline, nodes, otherwise) => {
                let seen = self.variables.len();
                let value = self.pipeline(pipeline, dot)?;
                let flow = match (value.is_true(), node) {
                    (false, _) => self.nodes(otherwise, dot)?,
                    (true, Node::With(..)) => self.nodes(nodes, &value)?,
                    (true, _) => self.nodes(nodes, dot)?,
                };
                self.variables.truncate(seen);
                return Ok(flow);
            }
            Node::Range(pipeline, nodes, otherwise) => {
                return self.range(pipeline, nodes, otherwise, dot);
            }
            Node::Template(name, argument) => {
                let data = match argument {
                    Some(pipeline) => self.pipeline(pipeline, dot)?,
                    None => Datum::Missing,
                };
                self.template(name, data)?;
            }
            Node::Break => return Ok(Flow::Break),
            Node::Continue => return Ok(Flow::Continue),
        }
        Ok(Flow::On)
    }

    fn range(
        &mut self,
        pipeline: &'t Pipeline,
        nodes: &'t [Node],
        otherwise: &'t [Node],
        dot: &Datum,
    ) -> Outcome<Flow> {
        let seen = self.variables.len();
        let value = self.commands(pipeline, dot)?;
        let key = |index: i64| Datum::Literal(index);
        let items: Vec<(Datum, Datum)> = match &value {
            Datum::List(items) => (0..).map(key).zip(items.iter().cloned()).collect(),
            Datum::Bytes(bytes) => {
                let bytes = bytes.iter().map(|byte| Datum::Literal((*byte).into()));
                (0..).map(key).zip(bytes).collect()
            }
            Datum::Map(fields) => {
                let fields = fields.iter();
                fields
                    .map(|(name, value)| (Datum::text(name.as_str()), value.clone()))
                    .collect()
            }
            Datum::Int(count) | Datum::Literal(count) => {
                if *count > i64::try_from(MAX_ITEMS).unwrap_or(i64::MAX) {
                    return Err(CallError::TooLarge);
                }
                if pipeline.variables.len() > 1 {
                    return Err(failed("a number has no keys"));
                }
                let number = |index| match value {
                    Datum::Int(_) => Datum::Int(index),
                    _ => Datum::Literal(index),
                };
                (0..*count)
                    .map(|index| (number(index), number(index)))
                    .collect()
            }
            Datum::Missing | Datum::Nil => Vec::new(),
            other => return Err(failed(format!("a {} has no items", other.type_name()))),
        };
        if items.is_empty() {
            return self.nodes(otherwise, dot);
        }
        let mut ended = Flow::On;
        for (key, item) in items {
            match pipeline.variables.as_slice() {
                [name, second] => {
                    self.set(name, key, pipeline.declares);
                    self.set(second, item.clone(), pipeline.declares);
                }
                [name] => self.set(name, item.clone(), pipeline.declares),
                _ => {}
            }
            ended = self.nodes(nodes, &item)?;
            self.variables.truncate(seen);
            if ended == Flow::Break {
                break;
            }
        }
        let _ = ended;
        Ok(Flow::On)
    }

    fn set(&mut self, name: &'t str, value: Datum, declares: bool) {
        let known = self
            .variables
            .iter_mut()
            .rev()
            .find(|(known, _)| *known == name);
        match known {
            Some((_, there)) if !declares => *there = value,
            Some(_) | None => self.variables.push((name, value)),
        }
    }

    fn pipeline(&mut self, pipeline: &'t Pipeline, dot: &Datum) -> Outcome<Datum> {
        let value = self.commands(pipeline, dot)?;
        for name in &pipeline.variables {
            self.set(name, value.clone(), pipeline.declares);
        }
        Ok(value)
    }

    /// Each command has what the one before it gave as its last argument.
    fn commands(&mut self, pipeline: &'t Pipeline, dot: &Datum) -> Outcome<Datum> {
        let mut before = None;
        for command in &pipeline.commands {
            self.spend()?;
            before = Some(self.command(command, before, dot)?);
        }
        Ok(before.unwrap_or(Datum::Missing))
    }

    fn command(
        &mut self,
        command: &'t [Operand],
        last: Option<Datum>,
        dot: &Datum,
    ) -> Outcome<Datum> {
        let [first, arguments @ ..] = command else {
            return Err(failed("a command is missing"));
        };
        if *first == Operand::Nil {
            return Err(failed("`nil` is no command"));
        }
        let Operand::Call(call) = first else {
            return match (arguments, last) {
                ([], None) => self.operand(first, dot),
                _ => Err(failed("what is no function has no arguments")),
            };
        };
        if matches!(call, Call::And | Call::Or) {
            let mut value = None;
            for argument in arguments {
                let argument = self.operand(argument, dot)?;
                let decided = argument.is_true() == (*call == Call::Or);
                value = Some(argument);
                if decided {
                    return value.ok_or_else(|| failed("an argument is missing"));
                }
            }
            return last
                .or(value)
                .ok_or_else(|| failed("an argument is missing"));
        }
        let mut values = Vec::with_capacity(arguments.len() + 1);
        for argument in arguments {
            values.push(self.operand(argument, dot)?);
        }
        values.extend(last);
        call.run(&values).map_err(failed)
    }

    fn operand(&mut self, operand: &'t Operand, dot: &Datum) -> Outcome<Datum> {
        match operand {
            Operand::Dot => Ok(dot.clone()),
            Operand::Nil => Ok(Datum::Nil),
            Operand::Bool(value) => Ok(Datum::Bool(*value)),
            Operand::Int(value) => Ok(Datum::Literal(*value)),
            Operand::Float(value) => Ok(Datum::Float(*value)),
            Operand::Text(text) => Ok(Datum::text(text.as_str())),
            Operand::Variable(name) => {
                let known = self.variables.iter().rev().find(|(known, _)| known == name);
                Ok(known.map_or(Datum::Missing, |(_, value)| value.clone()))
            }
            Operand::Call(call) => self
                .command(std::slice::from_ref(operand), None, dot)
                .map_err(|error| match error {
                    CallError::Failed(_) => failed(format!("{call:?} takes arguments")),
                    error => error,
                }),
            Operand::Group(pipeline) => self.commands(pipeline, dot),
            Operand::Fields(owner, names) => {
                let owner = self.operand(owner, dot)?;
                names
                    .iter()
                    .try_fold(owner, |owner, name| field(&owner, name))
            }
        }
    }
}

fn field(owner: &Datum, name: &str) -> Outcome<Datum> {
    match owner {
        Datum::Map(fields) => Ok(fields.get(name).cloned().unwrap_or(Datum::Missing)),
        Datum::Missing => Ok(Datum::Missing),
        other => Err(failed(format!("a {} has no `{name}`", other.type_name()))),
    }
}
