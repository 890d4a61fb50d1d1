//! Templates as trees.

use std::collections::HashMap;

use super::{
    calls::Call,
    lex::{Kind, Piece, Word, pieces},
};

/// The main template, whose name is empty, and those that it defines.
pub(super) type Templates = HashMap<String, Vec<Node>>;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Text(String),
    Action(Pipeline),
    If(Pipeline, Vec<Node>, Vec<Node>),
    With(Pipeline, Vec<Node>, Vec<Node>),
    Range(Pipeline, Vec<Node>, Vec<Node>),
    Template(String, Option<Pipeline>),
    Break,
    Continue,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pipeline {
    /// The variables that it sets; two only in `range`.
    pub(super) variables: Vec<String>,
    pub(super) declares: bool,
    pub(super) commands: Vec<Vec<Operand>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Dot,
    Nil,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Variable(String),
    Call(Call),
    Group(Box<Pipeline>),
    /// Fields of the dot, or of another operand.
    Fields(Box<Operand>, Vec<String>),
}

/// How deep blocks and groups may nest.
const MAX_DEPTH: usize = 100;

#[derive(Debug)]
struct Parser {
    pieces: std::vec::IntoIter<Piece>,
    templates: Templates,
    /// The variables that can be seen.
    variables: Vec<String>,
    loops: usize,
    depth: usize,
}

/// What ended a list of nodes.
#[derive(Debug, PartialEq)]
enum End {
    Text,
    Closed,
    /// With the words behind it.
    Else(Vec<Word>),
}

pub(super) fn parse(template: &str) -> Result<Templates, String> {
    let mut parser = Parser {
        pieces: pieces(template)?.into_iter(),
        templates: Templates::new(),
        variables: vec![String::new()],
        loops: 0,
        depth: 0,
    };
    match parser.nodes()? {
        (nodes, End::Text) => {
            parser.templates.insert(String::new(), nodes);
            Ok(parser.templates)
        }
        (_, End::Closed) => Err("`end` ends nothing".to_owned()),
        (_, End::Else(_)) => Err("`else` belongs to nothing".to_owned()),
    }
}

// === impl Parser ===

impl Parser {
    fn nodes(&mut self) -> Result<(Vec<Node>, End), String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("it nests too deep".to_owned());
        }
        let mut nodes = Vec::new();
        let end = loop {
            let Some(piece) = self.pieces.next() else {
                break End::Text;
            };
            let words = match piece {
                Piece::Text(text) => {
                    nodes.push(Node::Text(text));
                    continue;
                }
                Piece::Action(words) => words,
            };
            let keyword = match words.first().map(|word| &word.kind) {
                Some(Kind::Name(name)) => name.as_str(),
                _ => "",
            };
            match keyword {
                "end" if words.len() == 1 => break End::Closed,
                "else" => break End::Else(words[1..].to_vec()),
                keyword => nodes.extend(self.action(keyword, &words)?),
            }
        };
        self.depth -= 1;
        Ok((nodes, end))
    }

    fn action(&mut self, keyword: &str, words: &[Word]) -> Result<Option<Node>, String> {
        let rest = words.get(1..).unwrap_or_default();
        match keyword {
            "if" | "with" | "range" => self.branch(keyword, rest).map(Some),
            "break" | "continue" => match (self.loops, rest) {
                (1.., []) if keyword == "break" => Ok(Some(Node::Break)),
                (1.., []) => Ok(Some(Node::Continue)),
                _ => Err(format!("`{keyword}` stands outside of `range`")),
            },
            "define" if self.depth > 1 => Err("`define` stands inside of something".to_owned()),
            "define" | "block" => {
                let (name, rest) = named(keyword, rest)?;
                let argument = match (keyword, rest) {
                    ("define", []) => None,
                    ("define", _) => return Err("`define` takes a name only".to_owned()),
                    (_, rest) => Some(self.pipeline(rest, false)?),
                };
                let outside = (
                    std::mem::replace(&mut self.variables, vec![String::new()]),
                    self.loops,
                );
                self.loops = 0;
                let (nodes, end) = self.nodes()?;
                (self.variables, self.loops) = outside;
                if end != End::Closed {
                    return Err(format!("`{keyword}` is not ended"));
                }
                self.templates.insert(name.clone(), nodes);
                Ok(argument.map(|argument| Node::Template(name, Some(argument))))
            }
            "template" => {
                let (name, rest) = named(keyword, rest)?;
                let argument = match rest {
                    [] => None,
                    rest => Some(self.pipeline(rest, false)?),
                };
                Ok(Some(Node::Template(name, argument)))
            }
            _ => self
                .pipeline(words, false)
                .map(|pipeline| Some(Node::Action(pipeline))),
        }
    }

    fn branch(&mut self, keyword: &str, words: &[Word]) -> Result<Node, String> {
        let seen = self.variables.len();
        let is_range = keyword == "range";
        let pipeline = self.pipeline(words, is_range)?;
        self.loops += usize::from(is_range);
        let (nodes, end) = self.nodes()?;
        self.loops -= usize::from(is_range);
        let otherwise = match end {
            End::Text => return Err(format!("`{keyword}` is not ended")),
            End::Closed => Vec::new(),
            End::Else(words) => match words.first().map(|word| &word.kind) {
                None => match self.nodes()? {
                    (nodes, End::Closed) => nodes,
                    (_, End::Text | End::Else(_)) => return Err("`else` is not ended".to_owned()),
                },
                // `else if` shares the `end`.
                Some(Kind::Name(name)) if name == keyword && !is_range => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err("it nests too deep".to_owned());
                    }
                    let node = self.branch(keyword, &words[1..])?;
                    self.depth -= 1;
                    vec![node]
                }
                Some(_) => return Err("`else` is followed by something else".to_owned()),
            },
        };
        self.variables.truncate(seen);
        Ok(match keyword {
            "if" => Node::If(pipeline, nodes, otherwise),
            "with" => Node::With(pipeline, nodes, otherwise),
            _ => Node::Range(pipeline, nodes, otherwise),
        })
    }

    fn pipeline(&mut self, words: &[Word], is_range: bool) -> Result<Pipeline, String> {
        let (variables, declares, rest) = assigned(words, is_range)?;
        let mut rest = rest;
        let pipeline = self.commands(&mut rest)?;
        if !rest.is_empty() {
            return Err("a bracket is closed that is not open".to_owned());
        }
        for variable in &variables {
            match declares {
                true => self.variables.push(variable.clone()),
                false if !self.variables.contains(variable) => {
                    return Err(format!("there is no variable `${variable}`"));
                }
                false => {}
            }
        }
        Ok(Pipeline {
            variables,
            declares,
            commands: pipeline,
        })
    }

    /// Commands between `|`, up to a closing bracket or the end.
    fn commands(&mut self, rest: &mut &[Word]) -> Result<Vec<Vec<Operand>>, String> {
        let mut commands = Vec::new();
        let mut command = Vec::new();
        loop {
            match rest.first().map(|word| &word.kind) {
                Some(Kind::Sign('|')) => {
                    *rest = &rest[1..];
                    commands.push(std::mem::take(&mut command));
                }
                None | Some(Kind::Sign(')')) => {
                    // A bar at the end leads nowhere, and is overlooked.
                    if commands.is_empty() || !command.is_empty() {
                        commands.push(command);
                    }
                    break;
                }
                Some(_) => {
                    if let Some(word) = rest.first()
                        && word.joined
                        && !command.is_empty()
                    {
                        return Err("a space is missing between two operands".to_owned());
                    }
                    command.push(self.operand(rest)?);
                }
            }
        }
        if commands.iter().any(Vec::is_empty) {
            return Err("a command is missing".to_owned());
        }
        let is_value = |command: &Vec<Operand>| {
            matches!(
                command[0],
                Operand::Bool(_)
                    | Operand::Int(_)
                    | Operand::Float(_)
                    | Operand::Text(_)
                    | Operand::Dot
                    | Operand::Nil
            )
        };
        if commands.iter().skip(1).any(is_value) {
            return Err("what stands behind `|` is no function".to_owned());
        }
        Ok(commands)
    }

    fn operand(&mut self, rest: &mut &[Word]) -> Result<Operand, String> {
        let Some((word, behind)) = rest.split_first() else {
            return Err("an operand is missing".to_owned());
        };
        *rest = behind;
        let operand = match &word.kind {
            Kind::Dot => Operand::Dot,
            Kind::Field(name) => Operand::Fields(Box::new(Operand::Dot), vec![name.clone()]),
            Kind::Variable(name) => match self.variables.contains(name) {
                true => Operand::Variable(name.clone()),
                false => return Err(format!("there is no variable `${name}`")),
            },
            Kind::Name(name) => match (name.as_str(), Call::of_name(name)) {
                ("nil", _) => Operand::Nil,
                ("true", _) => Operand::Bool(true),
                ("false", _) => Operand::Bool(false),
                (_, Some(call)) => Operand::Call(call),
                (name, None) => return Err(format!("there is no function `{name}`")),
            },
            Kind::Text(text) => Operand::Text(text.clone()),
            Kind::Int(value) => Operand::Int(*value),
            Kind::Float(value) => Operand::Float(*value),
            Kind::Sign('(') => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err("it nests too deep".to_owned());
                }
                let commands = self.commands(rest)?;
                self.depth -= 1;
                match rest.split_first() {
                    Some((_, behind)) => *rest = behind,
                    None => return Err("a bracket is not closed".to_owned()),
                }
                Operand::Group(Box::new(Pipeline {
                    variables: Vec::new(),
                    declares: false,
                    commands,
                }))
            }
            Kind::Sign(sign) => return Err(format!("`{sign}` stands in the wrong place")),
            Kind::Declare => return Err("`:=` stands in the wrong place".to_owned()),
        };
        let mut names = Vec::new();
        while let Some((
            Word {
                kind: Kind::Field(name),
                joined: true,
            },
            behind,
        )) = rest.split_first()
        {
            names.push(name.clone());
            *rest = behind;
        }
        Ok(match (operand, names.is_empty()) {
            (operand, true) => operand,
            (Operand::Fields(owner, mut first), false) => {
                first.extend(names);
                Operand::Fields(owner, first)
            }
            (
                Operand::Bool(_)
                | Operand::Int(_)
                | Operand::Float(_)
                | Operand::Text(_)
                | Operand::Nil
                | Operand::Dot,
                false,
            ) => return Err("a literal has no fields".to_owned()),
            (operand, false) => Operand::Fields(Box::new(operand), names),
        })
    }
}

fn named<'w>(keyword: &str, words: &'w [Word]) -> Result<(String, &'w [Word]), String> {
    match words.split_first() {
        Some((
            Word {
                kind: Kind::Text(name),
                ..
            },
            rest,
        )) => Ok((name.clone(), rest)),
        _ => Err(format!("`{keyword}` is followed by a name in quotes")),
    }
}

/// The variables in front of `:=` or `=`, whether they are new, and the words behind it.
fn assigned(words: &[Word], is_range: bool) -> Result<(Vec<String>, bool, &[Word]), String> {
    let kinds = |index: usize| words.get(index).map(|word| &word.kind);
    let (variables, length) = match (kinds(0), kinds(1), kinds(2)) {
        (Some(Kind::Variable(first)), Some(Kind::Sign(',')), Some(Kind::Variable(second))) => {
            if !is_range {
                return Err("two variables are for `range` only".to_owned());
            }
            (vec![first.clone(), second.clone()], 3)
        }
        (Some(Kind::Variable(first)), _, _) => (vec![first.clone()], 1),
        _ => return Ok((Vec::new(), false, words)),
    };
    match kinds(length) {
        Some(Kind::Declare) => Ok((variables, true, &words[length + 1..])),
        Some(Kind::Sign('=')) => Ok((variables, false, &words[length + 1..])),
        _ if length == 3 => Err("`:=` is missing".to_owned()),
        _ => Ok((Vec::new(), false, words)),
    }
}
