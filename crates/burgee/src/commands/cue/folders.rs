//! Packages that files import: folders of the module around them.

use std::{
    cell::RefCell,
    collections::HashMap,
    path::{Path, PathBuf},
};

use burgee_cue::{Limits, Loader, Program};
use burgee_source::{SourceId, Sources};

use super::inputs;
use crate::input;

/// The module's own file, which says what it is called.
const MODULE: &str = "cue.mod/module.cue";
/// Where copies of other modules' packages lie.
const COPIES: [&str; 3] = ["cue.mod/gen", "cue.mod/pkg", "cue.mod/usr"];

/// Files of a package.
type Files = Vec<(String, SourceId)>;

/// Finds packages, and keeps the table of everything that was read.
pub(super) struct Folders {
    /// Grows while packages are loaded.
    pub(super) sources: RefCell<Sources>,
    module: Option<Module>,
    /// What was asked for before: each file is read once.
    known: RefCell<HashMap<String, Option<Files>>>,
}

struct Module {
    /// `example.com/shop`
    name: String,
    root: PathBuf,
}

// === impl Folders ===

impl Folders {
    /// Packages of the module that `folder` lies in.
    pub(super) fn around(folder: &Path, sources: Sources) -> Self {
        Self {
            sources: RefCell::new(sources),
            module: Module::around(folder),
            known: RefCell::default(),
        }
    }

    /// Everything that was read.
    pub(super) fn sources(&self) -> Sources {
        self.sources.borrow().clone()
    }

    fn read(&self, path: &str) -> Option<Files> {
        let module = self.module.as_ref()?;
        let folder = module.folder(path)?;
        let mut files = Files::new();
        for file in inputs::package(&folder).ok()? {
            let (name, text) = input::read(&file).ok()?;
            let shown = shown(&file).unwrap_or(name);
            let id = self.sources.borrow_mut().add(shown, text.as_str());
            files.push((text, id));
        }
        (!files.is_empty()).then_some(files)
    }
}

impl Loader for Folders {
    fn load(&self, path: &str) -> Option<Files> {
        if let Some(known) = self.known.borrow().get(path) {
            return known.clone();
        }
        let files = self.read(path);
        self.known
            .borrow_mut()
            .insert(path.to_owned(), files.clone());
        files
    }
}

/// A path as it is said from here.
fn shown(path: &Path) -> Option<String> {
    let here = std::env::current_dir().ok()?;
    let path = path.strip_prefix(here).ok()?;
    Some(path.display().to_string())
}

// === impl Module ===

impl Module {
    fn around(folder: &Path) -> Option<Self> {
        let folder = std::path::absolute(folder).ok()?;
        let root = folder
            .ancestors()
            .find(|folder| folder.join(MODULE).is_file())?;
        let (_, text) = input::read(&root.join(MODULE)).ok()?;
        let program = Program::file(&text, SourceId(0)).ok()?;
        let value = program.evaluate(&[], &Limits::default()).ok()?;
        let name = value.get("module")?.as_str()?;
        let name = name.split('@').next().unwrap_or_default();
        Some(Self {
            name: name.to_owned(),
            root: root.to_owned(),
        })
    }

    /// The folder of an import path: `example.com/shop/config:settings`, `…/config@v1`.
    fn folder(&self, path: &str) -> Option<PathBuf> {
        let path = path.split([':', '@']).next().unwrap_or_default();
        let inside = path.strip_prefix(&self.name).and_then(|rest| match rest {
            "" => Some(""),
            rest => rest.strip_prefix('/'),
        });
        let climbs = path.split('/').any(|part| part == "..");
        let mut places = Vec::new();
        places.extend(inside.map(|inside| self.root.join(inside)));
        places.extend(COPIES.map(|copies| self.root.join(copies).join(path)));
        places.into_iter().find(|folder| !climbs && folder.is_dir())
    }
}
