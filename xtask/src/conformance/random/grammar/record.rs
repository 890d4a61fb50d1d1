//! Structs and files: fields and all other declarations.

use super::{Feature, Grammar, Type};
use crate::conformance::random::node::{Node, Sort};

/// Labels of regular fields.
const LABELS: [&str; 5] = ["a", "b", "c", "d", "e"];

// === impl Grammar ===

impl Grammar<'_> {
    /// A file: a few fields that may refer to each other, and more declarations.
    pub(super) fn file(&mut self) -> Node {
        let mut pool = LABELS.to_vec();
        if self.has(Feature::Definitions) {
            pool.extend(["#A", "#B"]);
        }
        if self.has(Feature::Hidden) {
            pool.push("_h");
        }
        let mark = self.scope.mark();
        let mut decls = match self.has(Feature::Instances) && self.rng.u8(..5) < 2 {
            true => self.instances(),
            false => Vec::new(),
        };
        let most = if decls.is_empty() { 5 } else { 3 };
        let names = self.names(&pool, 1..most);
        let fields: Vec<_> = names
            .into_iter()
            .map(|name| (name.to_owned(), self.new_type(0)))
            .collect();
        decls.extend(self.decls(&fields));
        self.scope.reset(mark);
        Node::file(decls)
    }

    /// A struct with these fields, or without some of them.
    pub(super) fn record(&mut self, fields: &[(String, Type)]) -> Node {
        let longer = self.spend();
        if longer && self.has(Feature::Unification) && self.rng.u8(..3) == 0 {
            let kind = Type::Record(fields.to_vec());
            if let Some(reference) = self.reference(&kind) {
                let literal = self.record_literal(fields);
                return Node::chain(" & ", vec![reference, literal]);
            }
        }
        if longer && self.has(Feature::Definitions) && self.rng.u8(..10) == 0 {
            let literal = self.record_literal(fields);
            return Node::expr("close(§)", vec![literal]);
        }
        self.record_literal(fields)
    }

    fn record_literal(&mut self, fields: &[(String, Type)]) -> Node {
        let mut fields = fields.to_vec();
        if self.rng.u8(..4) == 0 {
            let name = self.one_of(&LABELS);
            if fields.iter().all(|(known, _)| known != name) {
                fields.push((name.to_owned(), self.simple_type()));
            }
        }
        Node::record(self.decls(&fields))
    }

    /// What a struct may be unified with.
    pub(super) fn record_constraint(&mut self, fields: &[(String, Type)]) -> Node {
        let mut decls = Vec::new();
        for (name, kind) in fields {
            let mark = match self.rng.u8(..4) {
                0 if self.has(Feature::Optional) => "?",
                1 if self.has(Feature::Optional) => "!",
                2 => continue,
                _ => "",
            };
            let constraint = self.constraint(kind);
            decls.push(Node::field(&format!("{name}{mark}"), constraint));
        }
        if self.has(Feature::Definitions) && self.rng.u8(..4) == 0 {
            decls.push(Node::part("...", Vec::new()));
        }
        Node::record(decls)
    }

    /// Declarations of fields that see each other, and of more.
    fn decls(&mut self, fields: &[(String, Type)]) -> Vec<Node> {
        let mark = self.scope.mark();
        let places: Vec<_> = fields
            .iter()
            .map(|(name, kind)| self.scope.announce(name, kind))
            .collect();
        let mut decls = Vec::new();
        for ((name, kind), place) in fields.iter().zip(places) {
            decls.extend(self.field(name, kind));
            self.scope.ready(place);
            while self.rng.u8(..4) == 0 && self.spend() {
                decls.extend(self.more(fields));
            }
        }
        self.scope.reset(mark);
        decls
    }

    /// A field, in one of the ways to declare it, or not at all.
    fn field(&mut self, name: &str, kind: &Type) -> Vec<Node> {
        let is_definition = name.starts_with('#');
        match self.rng.u8(..14) {
            0 if self.has(Feature::Optional) => {
                let constraint = self.constraint(kind);
                vec![Node::field(&format!("{name}?"), constraint)]
            }
            1 if self.has(Feature::Optional) => {
                let constraint = self.constraint(kind);
                let required = Node::field(&format!("{name}!"), constraint);
                match self.rng.u8(..4) {
                    0 => vec![required],
                    _ => vec![required, Node::field(name, self.value(kind))],
                }
            }
            2 | 3 if self.has(Feature::Repeated) => {
                let (constraint, value) = (self.constraint(kind), self.value(kind));
                vec![Node::field(name, constraint), Node::field(name, value)]
            }
            4 if self.has(Feature::Let) && !is_definition => {
                let value = self.value(kind);
                let (alias, other) = (self.fresh('X'), self.fresh('p'));
                vec![
                    Node::part(&format!("{alias}={name}: §"), vec![value]),
                    Node::field(&other, Node::atom(alias)),
                ]
            }
            8 if self.has(Feature::Let) => match kind {
                // The value by a name, used inside.
                Type::Record(fields) => {
                    let (alias, label) = (self.fresh('V'), self.fresh('p'));
                    let mut record = self.record_literal(fields);
                    let path = match self.rng.choice(fields) {
                        Some((field, _)) => format!("{alias}.{field}"),
                        None => alias.clone(),
                    };
                    record.kids.push(Node::field(&label, Node::atom(path)));
                    vec![Node::part(&format!("{name}: {alias}=§"), vec![record])]
                }
                Type::Number | Type::Text | Type::Truth | Type::List(_) => {
                    vec![Node::field(name, self.value(kind))]
                }
            },
            5..8 if is_definition => vec![Node::field(name, self.constraint(kind))],
            5 if self.has(Feature::Types) && (name.starts_with('_') || self.rng.u8(..3) == 0) => {
                vec![Node::field(name, self.constraint(kind))]
            }
            _ => vec![Node::field(name, self.value(kind))],
        }
    }

    /// Any other declaration.
    pub(super) fn more(&mut self, fields: &[(String, Type)]) -> Vec<Node> {
        match self.rng.u8(..14) {
            0 if self.has(Feature::Patterns) => {
                let pattern =
                    self.one_of(&["string", "=~\"^[ab]\"", "\"a\"", "!=\"b\"", "\"a\" | \"c\""]);
                let kind = self.new_type(1);
                let constraint = self.constraint(&kind);
                vec![Node::part(&format!("[{pattern}]: §"), vec![constraint])]
            }
            1 if self.has(Feature::Patterns) => {
                let name = self.fresh('N');
                let pattern = self.one_of(&["string", " =~\"^[cd]\""]);
                let field = Node::field("n", Node::atom(&*name));
                let template = format!("[{name}={pattern}]: §");
                vec![Node::part(&template, vec![Node::record(vec![field])])]
            }
            2 | 3 if self.has(Feature::Dynamic) => {
                let (label, kind) = (self.value(&Type::Text), self.simple_type());
                let value = self.value(&kind);
                let template = self.one_of(&["(§): §", "\"\\(§)x\": §", "(§)?: §"]);
                vec![Node::part(template, vec![label, value])]
            }
            4..7 if self.has(Feature::Comprehensions) => {
                let guard = self.guard();
                let body = self.body(fields);
                vec![Node::comprehension(vec![guard], body)]
            }
            7 | 8 if self.has(Feature::Comprehensions) => self.loop_over(),
            9 if self.has(Feature::Let) => {
                let kind = self.simple_type();
                let value = self.value(&kind);
                let (name, other) = (self.fresh('Y'), self.fresh('p'));
                vec![
                    Node::part(&format!("let {name} = §"), vec![value]),
                    Node::field(&other, Node::atom(name)),
                ]
            }
            10 | 11 if self.has(Feature::Embedding) => {
                let kind = Type::Record(fields.to_vec());
                let embedded = match self.rng.bool() {
                    true => self.reference(&kind),
                    false => None,
                };
                vec![embedded.unwrap_or_else(|| self.body(fields))]
            }
            12 if self.has(Feature::Definitions) => vec![Node::part("...", Vec::new())],
            13 if self.has(Feature::Repeated) => match self.rng.choice(fields) {
                Some((name, kind)) => {
                    let constraint = self.constraint(kind);
                    vec![Node::field(name, constraint)]
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// A small struct: one or two of these fields, or a new one.
    fn body(&mut self, fields: &[(String, Type)]) -> Node {
        let mut decls = Vec::new();
        if let Some((name, kind)) = self.rng.choice(fields)
            && self.rng.bool()
        {
            let constraint = self.constraint(kind);
            decls.push(Node::field(name, constraint));
        }
        if decls.is_empty() || self.rng.u8(..3) == 0 {
            let name = self.one_of(&LABELS);
            let kind = match fields.iter().find(|(known, _)| known == name) {
                Some((_, kind)) => kind.clone(),
                None => self.simple_type(),
            };
            decls.push(Node::field(name, self.value(&kind)));
        }
        Node::record(decls)
    }

    /// `for k, v in … {"\(k)": v}`.
    fn loop_over(&mut self) -> Vec<Node> {
        let source = match self.rng.choice(self.scope.collections()) {
            Some((path, kind)) => (Node::atom(path), kind),
            None => {
                let kind = Type::List(Box::new(Type::Text));
                (
                    Node::list(vec![Node::atom("\"a\""), Node::atom("\"b\"")]),
                    kind,
                )
            }
        };
        let mark = self.scope.mark();
        let clause = self.loop_clause(source);
        let mut clauses = vec![clause];
        match self.rng.u8(..6) {
            0 => clauses.push(self.guard()),
            1 if self.has(Feature::Let) => {
                clauses.push(Node::template(
                    Sort::Clause,
                    "let Z = §",
                    vec![Node::atom("v")],
                ));
                self.scope.declare("Z", &Type::Number);
            }
            _ => {}
        }
        let label = self.value(&Type::Text);
        let kind = self.simple_type();
        let value = match self.rng.bool() {
            true => Node::atom("v"),
            false => self.value(&kind),
        };
        self.scope.reset(mark);
        let template = self.one_of(&["\"\\(§)y\": §", "(§): §"]);
        let field = Node::part(template, vec![label, value]);
        vec![Node::comprehension(clauses, Node::record(vec![field]))]
    }
}
