//! From a component to the objects that carry it.

use std::collections::BTreeMap;

use burgee_model::{Application, Component, Object, ObjectId, Trait};
use burgee_source::{Diagnostic, Severity};
use serde_json::Value;

use crate::{
    Family, check, dns,
    ingress::Ingress,
    pending::Scope,
    rules,
    stamp::{self, Part},
    webservice::Webservice,
};

/// What a component's objects take from the application around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderContext {
    /// `context.appName`.
    pub app_name: String,
    /// `context.namespace`: the application's.
    pub namespace: String,
    /// `context.appRevision`: `<app>-v<N>`.
    pub app_revision: String,
    /// The application's labels; copied to each object.
    pub labels: BTreeMap<String, String>,
    /// The application's annotations; copied to each object.
    pub annotations: BTreeMap<String, String>,
}

/// A component's objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The main object, `output` to a step.
    pub workload: Object,
    /// The other objects by their key in `outputs`. One object may stand under two keys.
    pub auxiliaries: Vec<(String, Object)>,
}

/// Renders a component.
///
/// # Errors
///
/// Every problem in its parameters, and types that are not carried out.
pub fn render(component: &Component, context: &RenderContext) -> Result<Rendered, Vec<Diagnostic>> {
    render_in(component, context, &context.namespace)
}

/// Renders a component into a namespace of its own.
pub(crate) fn render_in(
    component: &Component,
    context: &RenderContext,
    namespace: &str,
) -> Result<Rendered, Vec<Diagnostic>> {
    let (parts, problems) = Parts::read(component, &[]);
    let refusal = |problem: Diagnostic| {
        let code = problem.rule().code;
        let refuses = [&rules::NOT_CARRIED_OUT, &rules::UNKNOWN_TYPE];
        let refused = refuses.iter().any(|rule| rule.code == code);
        if refused {
            problem.severe(Severity::Error)
        } else {
            problem
        }
    };
    let errors = problems.into_iter().map(refusal);
    let errors: Vec<_> = errors
        .filter(|problem| problem.severity() == Severity::Error)
        .collect();
    match parts {
        Some(parts) if errors.is_empty() => Ok(parts.objects(component, context, namespace)),
        Some(_) | None => Err(errors),
    }
}

/// A component's parameters, read.
pub(crate) struct Parts {
    webservice: Webservice,
    ingresses: Vec<Ingress>,
}

fn is_ingress(one: &Trait) -> bool {
    one.type_name.value.base() == "ingress"
}

// === impl Parts ===

impl Parts {
    /// Reads a component and its traits; `None` when the component cannot be rendered at all.
    pub(crate) fn read(
        component: &Component,
        pending: &[String],
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let mut out = Vec::new();
        let webservice = check::runnable(Family::Component, &component.type_name, &mut out)
            .then(|| Webservice::read(component, Scope::new("properties", pending), &mut out));
        let mut ingresses = Vec::new();
        for (index, one) in component.traits.iter().enumerate() {
            if check::runnable(Family::Trait, &one.type_name, &mut out) {
                let scope = Scope::new(format!("traits[{index}].properties"), pending);
                ingresses.extend(Ingress::read(one, scope, &mut out));
            }
        }
        let parts = webservice.flatten().map(|webservice| Self {
            webservice,
            ingresses,
        });
        if let Some(parts) = &parts {
            parts.names(component, &mut out);
        }
        (parts, out)
    }

    /// Checks the names of the objects: whether they can be names, and whether they meet.
    fn names(&self, component: &Component, out: &mut Vec<Diagnostic>) {
        let mut ingresses = component.traits.iter().filter(|one| is_ingress(one));
        let first = ingresses.next();
        let exposes = self.webservice.exposes();
        let name = component.name.value.as_str();
        let (kind, fits) = if exposes || first.is_some() {
            ("Service", dns::is_service_name(name))
        } else {
            ("Deployment", dns::is_label(name))
        };
        // A missing name has been reported by whoever read the manifest.
        if !fits && !name.is_empty() {
            let problem = Diagnostic::new(&rules::INVALID_NAME)
                .arg("name", name)
                .arg("kind", kind);
            out.push(problem.at(component.name.span).hint(rules::DNS_LABEL));
        }
        let Some(first) = first else { return };
        let problem = |rule, span| {
            Diagnostic::new(rule)
                .arg("component", name)
                .arg("type", "ingress")
                .at(span)
        };
        if exposes {
            let shared = problem(&rules::SHARED_SERVICE, first.type_name.span);
            out.push(shared.hint(rules::ONE_SERVICE));
        }
        out.extend(ingresses.map(|again| {
            problem(&rules::DUPLICATE_TRAIT, again.type_name.span)
                .also(first.type_name.span, rules::FIRST_TRAIT)
                .hint(rules::ONE_INGRESS)
        }));
    }

    fn objects(self, component: &Component, context: &RenderContext, namespace: &str) -> Rendered {
        let name = component.name.value.as_str();
        let stamp = |value: Value, part| stamp::object(value, component, context, namespace, part);
        let revision = stamp::revision(component);
        let workload = stamp(
            self.webservice.deployment(name, context, &revision),
            Part::Workload,
        );
        let mut auxiliaries = Vec::new();
        let exposed = self.webservice.service(name);
        if let Some(service) = exposed.clone() {
            auxiliaries.push((
                "webserviceExpose",
                stamp(service, Part::Own("webserviceExpose")),
            ));
        }
        for ingress in &self.ingresses {
            let service = ingress.service(name, exposed.as_ref());
            let service = stamp(service, Part::Trait("ingress", "service"));
            if let Some((_, own)) = auxiliaries.first_mut() {
                // One object under both keys: whichever is asked for shows what was applied.
                *own = service.clone();
            }
            auxiliaries.push(("service", service));
            let route = stamp(ingress.ingress(name), Part::Trait("ingress", "ingress"));
            auxiliaries.push(("ingress", route));
        }
        let owned = |(key, object): (&str, Object)| (key.to_owned(), object);
        Rendered {
            workload,
            auxiliaries: auxiliaries.into_iter().map(owned).collect(),
        }
    }
}

// === impl RenderContext ===

impl RenderContext {
    /// The context of an application at a revision (`<app>-v1`).
    #[must_use]
    pub fn of(application: &Application, app_revision: impl Into<String>) -> Self {
        let metadata = &application.metadata;
        Self {
            app_name: metadata.name.value.clone(),
            namespace: metadata.namespace().to_owned(),
            app_revision: app_revision.into(),
            labels: metadata.labels.clone(),
            annotations: metadata.annotations.clone(),
        }
    }
}

// === impl Rendered ===

impl Rendered {
    /// Every object once, the workload first: the order of applying.
    #[must_use]
    pub fn objects(&self) -> Vec<&Object> {
        let mut objects: Vec<&Object> = vec![&self.workload];
        for (_, object) in &self.auxiliaries {
            if objects.iter().all(|known| known.id() != object.id()) {
                objects.push(object);
            }
        }
        objects
    }

    /// The identities of [`Rendered::objects`].
    #[must_use]
    pub fn ids(&self) -> Vec<ObjectId> {
        self.objects().into_iter().map(Object::id).collect()
    }
}
