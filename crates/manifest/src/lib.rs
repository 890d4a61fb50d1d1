//! KubeVela manifests from text to the typed model, every problem reported at once.
//!
//! [`load`] reads YAML (several documents, aliases, merge keys, KubeVela's reading of scalars) or JSON into one
//! tree of located values, then the kinds that Burgee runs into the types of `burgee-model`. What is
//! wrong comes as diagnostics in source order; what can be understood is there all the same.
//!
//! ```
//! use burgee_manifest::load;
//! use burgee_source::{Lang, Sources};
//!
//! let mut sources = Sources::default();
//! let file = sources.add("app.yaml", "\
//! apiVersion: core.oam.dev/v1beta1
//! kind: Application
//! metadata: {name: demo}
//! spec:
//!   components: []
//!   workflow:
//!     steps:
//!       - name: tell
//!         type: notification
//!         inputs:
//!           - name: app-status
//!             parameterKey: slack.message.text
//! ");
//! let loaded = load(&sources, file);
//!
//! let application = loaded.manifest.applications().next().expect("an application");
//! let steps = &application.workflow.as_ref().expect("a workflow").steps;
//! assert_eq!(steps[0].inputs[0].from.value, "app-status");
//!
//! let warning = &loaded.diagnostics[0];
//! assert_eq!(warning.message(Lang::En), "an input names its source by `from`, not by `name`");
//! assert_eq!(sources.position(warning.span().start()).to_string(), "app.yaml:11:13");
//! ```

mod application;
mod builder;
mod cost;
mod document;
mod duration;
mod limits;
mod mapping;
mod metadata;
mod passing;
mod read;
mod scalar;
mod secret;
mod step;
mod syntax;
mod tag;
mod tree;
mod unique;
mod workflow;

use burgee_model::Manifest;
use burgee_source::{Diagnostic, SourceId, Sources};

pub use limits::{MAX_COPIED_BYTES, MAX_DEPTH, MAX_DIAGNOSTICS, MAX_FILE_BYTES, MAX_NODES};
pub use scalar::scalar;
pub use tree::documents;

/// The rules raised here, beside those of `burgee-source` for fields.
pub mod rules {
    pub use crate::{
        application::{NO_SPEC, REF_AND_STEPS},
        document::{EMPTY, NO_STEPS, NOT_AN_OBJECT, UNKNOWN_KIND, WRONG_VERSION},
        duration::BAD_TIMEOUT,
        limits::{ALIAS_EXPANSION, FILE_TOO_LARGE, TOO_DEEP, TOO_MANY_NODES, TOO_MANY_PROBLEMS},
        mapping::{BAD_MERGE, DUPLICATE_KEY, MERGE_OVERRIDES},
        metadata::NOT_TEXT,
        passing::{
            INPUT_NAME, OUTPUT_EXPORT_KEY, OUTPUT_FROM, PROPERTIES_PREFIX, SPELLINGS_DISAGREE,
            STRAY,
        },
        read::{
            BAD_KEY, BAD_TAG, BOOLEAN_WORD, FRACTION_KEY, KEY_NOT_TEXT, NOT_FINITE, RECURSIVE_ALIAS,
        },
        secret::{BAD_BASE64, NOT_UTF8},
        step::{BAD_MODE, NESTED_SUB_STEPS, SUB_STEPS_IGNORED},
        syntax::*,
        unique::DUPLICATE_NAME,
    };
}

/// What a text holds, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The documents that could be understood, at least in part.
    pub manifest: Manifest,
    /// The problems, in source order. With an error among them the manifest must not be run.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a manifest.
#[must_use]
pub fn load(sources: &Sources, id: SourceId) -> Loaded {
    let mut diagnostics = Vec::new();
    let nodes = tree::read_all(sources, id, &mut diagnostics);
    let mut documents = Vec::new();
    for node in &nodes {
        if limits::is_full(&diagnostics) {
            break;
        }
        document::read(node, &mut documents, &mut diagnostics);
    }
    if nodes.is_empty() && diagnostics.is_empty() {
        diagnostics.push(document::empty(sources.span(id, 0..0)));
    }
    limits::settle(&mut diagnostics);
    Loaded {
        manifest: Manifest { documents },
        diagnostics,
    }
}
