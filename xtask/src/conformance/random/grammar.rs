//! Random programs that mostly mean something: every value is made for a type, every reference leads somewhere.
//!
//! A program is small, so that one conflict does not hide all else. A fraction of the choices ignores the types on
//! purpose.

mod instance;
mod list;
mod number;
mod package;
mod record;
mod scope;
mod text;
mod truth;

use clap::ValueEnum;
use fastrand::Rng;

pub(crate) use self::package::imports;
use self::scope::Scope;
use super::node::Node;

/// What programs may be made of, beyond fields, literals and references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Feature {
    /// `&`
    Unification,
    /// `int`, `>=1`, `=~"^a"`
    Types,
    /// `1 | 2`, `*1 | int`
    Disjunctions,
    /// `#A`, `...`, `close()`
    Definitions,
    /// `a?: int`, `a!: int`
    Optional,
    /// `[string]: int`
    Patterns,
    /// `(k): 1`, `"\(k)x": 1`
    Dynamic,
    /// `for`, `if`
    Comprehensions,
    /// `x != _|_`
    Guards,
    /// `"\(x)"`
    Interpolation,
    /// lists, indices, slices
    Lists,
    /// `+`, `==`, `&&`, `len()`
    Operators,
    /// `let`, aliases
    Let,
    /// a struct in a struct
    Embedding,
    /// `_h`
    Hidden,
    /// a field declared more than once
    Repeated,
    /// a struct with gaps, and others made from it
    Instances,
    /// references forward and to itself
    Cycles,
    /// calls of `strings`, `list` and their like
    Packages,
    /// validators of the package `struct`
    StructPackage,
    /// `and([…])`, `or([…])`
    AndOr,
    /// `null`
    Null,
    /// values of the wrong type
    Mistakes,
}

/// What a value is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    /// An integer, sometimes a float.
    Number,
    /// A string.
    Text,
    /// A boolean.
    Truth,
    /// A list.
    List(Box<Type>),
    /// A struct with these fields, and maybe more.
    Record(Vec<(String, Type)>),
}

/// Makes one program.
pub(super) struct Grammar<'f> {
    rng: Rng,
    features: &'f [Feature],
    scope: Scope,
    /// How many more nodes may branch.
    budget: usize,
    /// How many names were made up, so that each is another one.
    fresh: usize,
}

/// The program of a seed.
pub(crate) fn program(seed: u64, features: &[Feature]) -> Node {
    let mut grammar = Grammar {
        rng: Rng::with_seed(seed),
        features,
        scope: Scope::default(),
        budget: 0,
        fresh: 0,
    };
    grammar.budget = grammar.rng.usize(2..20);
    grammar.file()
}

// === impl Grammar ===

impl Grammar<'_> {
    /// A value for a type.
    pub(super) fn value(&mut self, kind: &Type) -> Node {
        if self.has(Feature::Mistakes) && self.rng.u8(..40) == 0 {
            let other = self.simple_type();
            return self.value_of(&other);
        }
        self.value_of(kind)
    }

    fn value_of(&mut self, kind: &Type) -> Node {
        if self.spend()
            && self.rng.u8(..3) == 0
            && let Some(node) = self.of_any(kind)
        {
            return node;
        }
        match kind {
            Type::Number => self.number(),
            Type::Text => self.text(),
            Type::Truth => self.truth(),
            Type::List(item) => self.list(item),
            Type::Record(fields) => self.record(fields),
        }
    }

    /// Forms that every type has.
    fn of_any(&mut self, kind: &Type) -> Option<Node> {
        match self.rng.u8(..12) {
            9 if self.has(Feature::Packages) => self.call(kind),
            10 if self.has(Feature::AndOr) && self.has(Feature::Lists) => {
                let (one, other) = (self.value(kind), self.constraint(kind));
                let list = Node::list(vec![one, other]);
                let name = self.one_of(&["and(§)", "or(§)"]);
                Some(Node::expr(name, vec![list]))
            }
            11 if self.has(Feature::Null) && self.has(Feature::Disjunctions) => {
                let default = Node::part(self.one_of(&["*null", "null"]), Vec::new());
                let other = self.value(kind);
                Some(Node::chain(" | ", vec![default, other]))
            }
            0..3 => self.reference(kind),
            3 if self.has(Feature::Unification) => {
                let (one, other) = (self.value(kind), self.constraint(kind));
                Some(Node::chain(" & ", vec![one, other]))
            }
            4 if self.has(Feature::Disjunctions) => Some(self.disjunction(kind)),
            5 if self.has(Feature::Disjunctions) => {
                let one = Node::part("*§", vec![self.value(kind)]);
                let other = self.constraint(kind);
                Some(Node::chain(" | ", vec![one, other]))
            }
            6 if self.has(Feature::Embedding) => {
                let value = self.value(kind);
                Some(Node::record(vec![value]))
            }
            7 if self.has(Feature::Comprehensions) && self.has(Feature::Lists) => {
                let (guard, one, other) = (self.guard(), self.value(kind), self.value(kind));
                let body = Node::record(vec![one]);
                let first = Node::comprehension(vec![guard], body);
                let list = Node::list(vec![first, other]);
                Some(Node::expr("§[0]", vec![list]))
            }
            8 if self.has(Feature::Unification) => {
                let one = self.reference(kind)?;
                let other = match self.rng.u8(..4) {
                    0 => self.value(kind),
                    _ => self.constraint(kind),
                };
                Some(Node::chain(" & ", vec![one, other]))
            }
            _ => self.reference(kind),
        }
    }

    /// `a | *b | c`.
    pub(super) fn disjunction(&mut self, kind: &Type) -> Node {
        let mut kids = Vec::new();
        for _ in 0..self.rng.usize(2..4) {
            let value = match self.rng.u8(..4) {
                0 => self.constraint(kind),
                _ => self.value(kind),
            };
            kids.push(match self.rng.u8(..4) {
                0 => Node::part("*§", vec![value]),
                _ => value,
            });
        }
        Node::chain(" | ", kids)
    }

    /// What values of a type may be unified with.
    pub(super) fn constraint(&mut self, kind: &Type) -> Node {
        if !self.has(Feature::Types) {
            return self.value(kind);
        }
        if let Some(validator) = self.validator(kind) {
            return validator;
        }
        match kind {
            Type::Number => self.number_constraint(),
            Type::Text => self.text_constraint(),
            Type::Truth => Node::atom(self.one_of(&["bool", "bool", "true", "_"])),
            Type::List(item) => self.list_constraint(item),
            Type::Record(fields) => self.record_constraint(fields),
        }
    }

    /// A path to a value of a type.
    fn reference(&mut self, kind: &Type) -> Option<Node> {
        let forward = self.has(Feature::Cycles) && self.rng.u8(..5) == 0;
        let paths = self.scope.paths(kind, forward);
        let path = self.rng.choice(paths)?;
        Some(Node::atom(path))
    }

    /// A type for a new field.
    pub(super) fn new_type(&mut self, depth: usize) -> Type {
        match self.rng.u8(..12) {
            0..4 => Type::Number,
            4..6 => Type::Text,
            6 => Type::Truth,
            7 | 8 if self.has(Feature::Lists) => Type::List(Box::new(self.new_type(depth + 1))),
            _ if depth < 2 => {
                let names = self.names(&["a", "b", "c", "d"], 1..4);
                let fields = names
                    .into_iter()
                    .map(|name| (name.to_owned(), self.new_type(depth + 1)));
                Type::Record(fields.collect())
            }
            _ => Type::Number,
        }
    }

    fn simple_type(&mut self) -> Type {
        match self.rng.u8(..5) {
            0 => Type::Text,
            1 => Type::Truth,
            2 if self.has(Feature::Lists) => Type::List(Box::new(Type::Number)),
            3 => Type::Record(vec![("a".to_owned(), Type::Number)]),
            _ => Type::Number,
        }
    }

    /// A name that nothing else has.
    pub(super) fn fresh(&mut self, letter: char) -> String {
        self.fresh += 1;
        format!("{letter}{}", self.fresh)
    }

    /// A few different names in a random order.
    pub(super) fn names<'n>(
        &mut self,
        pool: &[&'n str],
        count: std::ops::Range<usize>,
    ) -> Vec<&'n str> {
        let mut pool = pool.to_vec();
        self.rng.shuffle(&mut pool);
        pool.truncate(self.rng.usize(count));
        pool
    }

    pub(super) fn one_of<'n>(&mut self, choices: &[&'n str]) -> &'n str {
        choices[self.rng.usize(..choices.len())]
    }

    pub(super) fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }

    /// True while the program may grow.
    pub(super) fn spend(&mut self) -> bool {
        let left = self.budget > 0;
        self.budget = self.budget.saturating_sub(1);
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_program_again_and_programs_stay_small() {
        for seed in 0..500 {
            let node = program(seed, Feature::value_variants());
            assert_eq!(node, program(seed, Feature::value_variants()));
            assert!(node.size() < 400, "{node}");
        }
    }

    #[test]
    fn without_features_there_are_only_fields_literals_and_references() {
        for seed in 0..500 {
            let text = program(seed, &[]).to_string();
            assert!(!text.contains(['&', '|', '?', '#', '(', '[']), "{text}");
        }
    }
}
