//! Names and ids as types of their own, so that one cannot stand for another.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: Into<Arc<str>>> From<T> for $name {
            fn from(text: T) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// A component of an application.
    ComponentName
}
name! {
    /// A step or sub-step of a workflow, as the manifest names it.
    StepName
}
name! {
    /// One step of one run: ten random characters, stable for the run, as KubeVela's `status.workflow.steps[].id`.
    StepId
}
name! {
    /// One execution of one workflow.
    RunId
}
name! {
    /// A call of a run: the digest of its run, step, generation, path and parameters, in hexadecimal.
    CallKey
}
name! {
    /// A variable that one step sets by `outputs` and another reads by `inputs`.
    VariableName
}
name! {
    /// The type of a component, trait, policy or step, with its `@version` if one was given.
    TypeName
}

// === impl TypeName ===

impl TypeName {
    /// The type without its version.
    #[must_use]
    pub fn base(&self) -> &str {
        self.split().0
    }

    /// What follows the `@`, if anything does.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.split().1
    }

    fn split(&self) -> (&str, Option<&str>) {
        match self.0.split_once('@') {
            Some((base, version)) => (base, Some(version)),
            None => (&self.0, None),
        }
    }
}
