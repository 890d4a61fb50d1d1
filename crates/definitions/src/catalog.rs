//! Which types exist, and which of them are carried out here.
//!
//! The lists name every type that ships with KubeVela, so that a manifest that is right for a cluster is not
//! told that its types are unknown.

use burgee_source::nearest;

/// What a type name belongs to; each family has names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// `spec.components[].type`.
    Component,
    /// `spec.components[].traits[].type`.
    Trait,
    /// `spec.policies[].type`.
    Policy,
    /// `spec.workflow.steps[].type`.
    Step,
}

/// What is known about a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It is carried out.
    Runnable,
    /// KubeVela has it; it is not carried out yet.
    NotYet,
    /// Nobody has heard of it.
    Unknown {
        /// The nearest name that exists in the family.
        suggestion: Option<&'static str>,
    },
}

/// The types of each family.
#[derive(Debug, Clone, Copy)]
pub struct Catalog {
    components: Names,
    traits: Names,
    policies: Names,
    steps: Names,
}

#[derive(Debug, Clone, Copy)]
struct Names {
    runnable: &'static [&'static str],
    not_yet: &'static [&'static str],
}

static BUILTIN: Catalog = Catalog {
    components: Names {
        runnable: &["webservice"],
        not_yet: &[
            "worker",
            "task",
            "cron-task",
            "daemon",
            "statefulset",
            "k8s-objects",
            "ref-objects",
            "helmchart",
            "raw",
        ],
    },
    traits: Names {
        runnable: &["ingress"],
        not_yet: &[
            "ingress-1-20",
            "pure-ingress",
            "gateway",
            "expose",
            "scaler",
            "hpa",
            "cpuscaler",
            "labels",
            "annotations",
            "env",
            "command",
            "container-image",
            "container-ports",
            "resource",
            "sidecar",
            "init-container",
            "storage",
            "lifecycle",
            "startup-probe",
            "securitycontext",
            "podsecuritycontext",
            "affinity",
            "topologyspreadconstraints",
            "hostalias",
            "service-account",
            "k8s-update-strategy",
            "json-patch",
            "json-merge-patch",
            "service-binding",
            "nocalhost",
            "configmap",
            "pvc",
            "volumes",
            "node-affinity",
        ],
    },
    policies: Names {
        runnable: &[],
        not_yet: &[
            "topology",
            "override",
            "replication",
            "apply-once",
            "garbage-collect",
            "shared-resource",
            "take-over",
            "read-only",
            "resource-update",
            "env-binding",
            "envbinding",
            "debug",
        ],
    },
    steps: Names {
        runnable: &[
            "apply-component",
            "depends-on-app",
            "notification",
            "print-message-in-status",
            "request",
            "step-group",
            "suspend",
            "webhook",
            "webhook-notification",
        ],
        not_yet: &[
            "builtin-apply-component",
            "deploy",
            "apply-application",
            "apply-application-in-parallel",
            "apply-remaining",
            "apply-object",
            "apply-deployment",
            "read-object",
            "collect-service-endpoints",
            "check-metrics",
            "share-cloud-resource",
            "deploy-cloud-resource",
            "deploy2env",
            "deploy2runtime",
            "export-data",
            "export-service",
            "restart-workflow",
            "export2config",
            "export2secret",
            "create-config",
            "read-config",
            "list-config",
            "delete-config",
            "generate-jdbc-connection",
            "build-push-image",
            "vela-cli",
            "clean-jobs",
            "apply-terraform-config",
            "apply-terraform-provider",
            "apply-app",
            "read-app",
            "apply-job",
            "addon-operation",
            "chat-gpt",
        ],
    },
};

// === impl Family ===

impl Family {
    /// The word for it in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Trait => "trait",
            Self::Policy => "policy",
            Self::Step => "step",
        }
    }
}

// === impl Catalog ===

impl Catalog {
    /// The types that ship with KubeVela.
    #[must_use]
    pub const fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// What is known about a type; `name` is without its `@version`.
    #[must_use]
    pub fn lookup(&self, family: Family, name: &str) -> Known {
        let names = self.family(family);
        if names.runnable.contains(&name) {
            return Known::Runnable;
        }
        if names.not_yet.contains(&name) {
            return Known::NotYet;
        }
        Known::Unknown {
            suggestion: nearest(name, self.names(family)),
        }
    }

    /// Every name of a family, those carried out first.
    pub fn names(&self, family: Family) -> impl Iterator<Item = &'static str> + use<> {
        let names = self.family(family);
        names.runnable.iter().chain(names.not_yet).copied()
    }

    /// The names of a family that are carried out.
    #[must_use]
    pub const fn runnable(&self, family: Family) -> &'static [&'static str] {
        self.family(family).runnable
    }

    const fn family(&self, family: Family) -> Names {
        match family {
            Family::Component => self.components,
            Family::Trait => self.traits,
            Family::Policy => self.policies,
            Family::Step => self.steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_types_tell_carried_out_from_not_yet() {
        let catalog = Catalog::builtin();
        for (family, name, known) in [
            (Family::Component, "webservice", Known::Runnable),
            (Family::Component, "helmchart", Known::NotYet),
            (Family::Trait, "ingress", Known::Runnable),
            (Family::Trait, "gateway", Known::NotYet),
            (Family::Policy, "topology", Known::NotYet),
            (Family::Step, "webhook-notification", Known::Runnable),
            (Family::Step, "deploy", Known::NotYet),
        ] {
            assert_eq!(catalog.lookup(family, name), known, "{name}");
        }
    }

    #[test]
    fn near_miss_is_suggested_within_its_family_only() {
        let unknown = |suggestion| Known::Unknown { suggestion };
        let catalog = Catalog::builtin();
        assert_eq!(
            catalog.lookup(Family::Component, "webservcie"),
            unknown(Some("webservice"))
        );
        assert_eq!(
            catalog.lookup(Family::Trait, "webservice"),
            unknown(None),
            "a component type is no trait type"
        );
    }

    #[test]
    fn no_name_stands_twice_in_a_family() {
        for family in [
            Family::Component,
            Family::Trait,
            Family::Policy,
            Family::Step,
        ] {
            let mut names: Vec<_> = Catalog::builtin().names(family).collect();
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all, "{}", family.as_str());
        }
    }
}
