//! One file, taken apart.

use burgee_source::{Diagnostic, SourceId, Span};

use crate::{
    build, rules,
    syntax::{Node, NodeKind, Part, TokenKind, Tree, package_name, unquote},
};

/// What a file is made of.
pub(super) struct File<'s> {
    source: SourceId,
    tree: Tree<'s>,
    /// Comments in front of everything.
    pub(super) head: &'s str,
    /// `@name(…)` in front of the package clause and behind it.
    pub(super) attributes: Vec<&'s str>,
    pub(super) package: Option<&'s str>,
    pub(super) imports: Vec<Import<'s>>,
    /// Comments among the imports.
    pub(super) among: Vec<&'s str>,
    /// All else.
    pub(super) body: &'s str,
}

/// One line of imports.
pub(super) struct Import<'s> {
    /// The word that says the name, or the path.
    word: usize,
    /// What the file calls it.
    pub(super) name: String,
    pub(super) path: String,
    pub(super) text: &'s str,
}

// === impl File ===

impl<'s> File<'s> {
    pub(super) fn read(text: &'s str, source: SourceId) -> Result<Self, Vec<Diagnostic>> {
        let tree = build::lossless(text, source)?;
        let mut file = Self {
            source,
            head: "",
            attributes: Vec::new(),
            package: None,
            imports: Vec::new(),
            among: Vec::new(),
            body: text,
            tree,
        };
        file.take_preamble();
        Ok(file)
    }

    /// Takes the package clause, imports and what stands among them out of the body.
    fn take_preamble(&mut self) {
        let mut first = None;
        let mut end = 0;
        let mut imports = Vec::new();
        for part in self.tree.root.parts() {
            match part {
                Part::Word(at) if self.kind(at) == TokenKind::Attribute => {
                    self.attributes.push(self.word(at));
                }
                Part::Word(at) if self.kind(at).is_comma() => continue,
                Part::Node(node) if node.kind == NodeKind::Package => {
                    self.package = Some(self.word(node.end - 1));
                }
                Part::Node(node) if node.kind == NodeKind::Import => {
                    imports.extend(node.nodes.iter().map(|spec| self.import(spec)));
                }
                Part::Word(_) | Part::Node(_) => break,
            }
            first.get_or_insert(self.start(part.first()));
            end = self.end(part.end() - 1);
        }
        self.imports = imports;
        let Some(first) = first else { return };
        let text = self.tree.text;
        self.head = text
            .get(..first)
            .unwrap_or("")
            .trim_start_matches('\u{feff}');
        self.body = text.get(end..).unwrap_or("");
        let comments = self.tree.comments.iter();
        let comments = comments.map(|comment| comment.start as usize..comment.end as usize);
        let among = comments.filter(|comment| (first..end).contains(&comment.start));
        self.among = among
            .map(|comment| text.get(comment).unwrap_or(""))
            .collect();
    }

    fn import(&self, spec: &Node) -> Import<'s> {
        let last = spec.end - 1;
        let path = unquote(self.word(last)).and_then(|path| String::from_utf8(path).ok());
        let path = path.unwrap_or_default();
        let name = match spec.first == last {
            true => package_name(&path).to_owned(),
            false => self.word(spec.first).to_owned(),
        };
        let text = self.tree.text.get(self.start(spec.first)..self.end(last));
        Import {
            word: spec.first,
            name,
            path,
            text: text.unwrap_or(""),
        }
    }

    /// Names of this file alone that mean something else in another one.
    pub(super) fn clashes(&self, files: &[Self]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let imports = self.imports.iter().map(|import| {
            (
                import.word,
                import.name.as_str(),
                Some(import.path.as_str()),
            )
        });
        let bound = self.bound().map(|word| (word, self.word(word), None));
        for (word, name, path) in imports.chain(bound) {
            let others = files.iter().filter(|file| file.source != self.source);
            for other in others {
                let same = |import: &Import<'_>| import.name == name && path == Some(&import.path);
                let place = match other.imports.iter().any(same) {
                    true => None,
                    false => other.use_of(name),
                };
                if let Some(place) = place {
                    let clash = Diagnostic::new(&rules::TWO_MEANINGS)
                        .arg("name", name)
                        .at(self.span(word))
                        .hint(rules::RENAME_IT);
                    found.push(clash.also(other.span(place), rules::OTHER_MEANING));
                    break;
                }
            }
        }
        found
    }

    /// The names of `let`s and aliases that all of this file sees.
    fn bound(&self) -> impl Iterator<Item = usize> {
        let nodes = self.tree.root.nodes.iter();
        nodes.filter_map(|node| match node.kind {
            NodeKind::Let => Some(node.first + 1),
            NodeKind::Field if self.kind(node.first + 1) == TokenKind::Assign => Some(node.first),
            _ => None,
        })
    }

    /// Where a name means something in this file: not behind a dot, and not as the label of a field inside another.
    fn use_of(&self, name: &str) -> Option<usize> {
        let import = self.imports.iter().find(|import| import.name == name);
        let mut depth = 0_usize;
        let mut words = 0..self.tree.tokens.len();
        let word = words.find(|at| {
            match self.kind(*at) {
                TokenKind::OpenBrace => depth += 1,
                TokenKind::CloseBrace => depth = depth.saturating_sub(1),
                _ => {}
            }
            let behind_dot = at
                .checked_sub(1)
                .is_some_and(|before| self.kind(before) == TokenKind::Dot);
            let label = matches!(
                self.kind(at + 1),
                TokenKind::Colon | TokenKind::Question | TokenKind::Not
            );
            self.kind(*at) == TokenKind::Ident
                && self.word(*at) == name
                && !behind_dot
                && !(label && depth > 0)
        });
        import.map(|import| import.word).or(word)
    }

    fn kind(&self, at: usize) -> TokenKind {
        let token = self.tree.tokens.get(at);
        token.map_or(TokenKind::End, |token| token.kind)
    }

    fn word(&self, at: usize) -> &'s str {
        self.tree
            .text
            .get(self.start(at)..self.end(at))
            .unwrap_or("")
    }

    fn start(&self, at: usize) -> usize {
        let token = self.tree.tokens.get(at);
        token.map_or(self.tree.text.len(), |token| token.range().start)
    }

    fn end(&self, at: usize) -> usize {
        let token = self.tree.tokens.get(at);
        token.map_or(self.tree.text.len(), |token| token.range().end)
    }

    fn span(&self, at: usize) -> Span {
        let [start, end] =
            [self.start(at), self.end(at)].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Span::new(self.source, start, end)
    }
}
