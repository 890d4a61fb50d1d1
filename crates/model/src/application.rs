//! An application: components with traits, policies, and the workflow that delivers them
//! (`core.oam.dev/v1beta1`, kind `Application`).

use std::collections::BTreeMap;

use burgee_source::{Node, Span, Spanned};

use crate::{ComponentName, Input, Output, TypeName, Workflow};

/// An `Application` document.
#[derive(Debug, Clone)]
pub struct Application {
    /// The whole document.
    pub span: Span,
    /// Name, namespace, labels, annotations.
    pub metadata: Metadata,
    /// `spec.components`, in the order written.
    pub components: Vec<Component>,
    /// `spec.policies`.
    pub policies: Vec<Policy>,
    /// `spec.workflow`; KubeVela generates one where it is absent.
    pub workflow: Option<Workflow>,
}

/// The part of `metadata` that a run uses.
#[derive(Debug, Clone)]
pub struct Metadata {
    /// `metadata.name`.
    pub name: Spanned<String>,
    /// `metadata.namespace`, if given.
    pub namespace: Option<Spanned<String>>,
    /// `metadata.labels`.
    pub labels: BTreeMap<String, String>,
    /// `metadata.annotations`.
    pub annotations: BTreeMap<String, String>,
}

/// One of `spec.components`.
#[derive(Debug, Clone)]
pub struct Component {
    /// The whole entry.
    pub span: Span,
    /// Unique in the application.
    pub name: Spanned<ComponentName>,
    /// A component definition.
    pub type_name: Spanned<TypeName>,
    /// Its parameters: free-form here, described by the definition.
    pub properties: Option<Node>,
    /// In the order they are applied.
    pub traits: Vec<Trait>,
    /// Names of components that go first.
    pub depends_on: Vec<Spanned<String>>,
    /// Values taken from earlier outputs.
    pub inputs: Vec<Input>,
    /// Values given to later steps.
    pub outputs: Vec<Output>,
    /// `externalRevision`: a component revision to use.
    pub external_revision: Option<Spanned<String>>,
}

/// One of a component's `traits`.
#[derive(Debug, Clone)]
pub struct Trait {
    /// The whole entry.
    pub span: Span,
    /// A trait definition.
    pub type_name: Spanned<TypeName>,
    /// Its parameters.
    pub properties: Option<Node>,
}

/// One of `spec.policies`.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The whole entry.
    pub span: Span,
    /// Its name, if given.
    pub name: Option<Spanned<String>>,
    /// A policy definition.
    pub type_name: Spanned<TypeName>,
    /// Its parameters.
    pub properties: Option<Node>,
}

// === impl Application ===

impl Application {
    /// The component of that name.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<&Component> {
        self.components
            .iter()
            .find(|component| component.name.value.as_str() == name)
    }
}

// === impl Metadata ===

impl Metadata {
    /// The namespace, `default` when none is given.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.namespace.as_ref().map_or("default", |ns| &ns.value)
    }
}
