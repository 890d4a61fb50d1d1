//! What is run: an Application, or a WorkflowRun, with its workflow in place.

use std::collections::BTreeMap;

use burgee_model::{
    Application, Component, Document, Manifest, Metadata, Mode, Step, Workflow, WorkflowMode,
};
use burgee_source::{Diagnostic, Kind, Map, Node, Rule, Severity, Span, Spanned, Text, nearest};

/// Something that can be run.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The application; a WorkflowRun is one without components.
    pub application: Application,
    /// `spec.context` of a WorkflowRun: more values for `context`.
    pub context: Option<Node>,
    /// The order of steps and of sub-steps.
    pub mode: Modes,
}

/// The order of steps and of sub-steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modes {
    /// Of the steps.
    pub steps: Mode,
    /// Of the sub-steps of groups that have no `mode` of their own.
    pub sub_steps: Mode,
}

/// A reference to a Workflow that is not in the file.
static UNKNOWN_WORKFLOW: Rule = Rule {
    code: "workflow/unknown-ref",
    severity: Severity::Error,
    message: Text::new(
        "there is no Workflow `{name}` in this file",
        "此文件中没有名为 `{name}` 的 Workflow",
    ),
};

// === impl Modes ===

impl Modes {
    /// Where a workflow is written down: one step after another, sub-steps by their dependencies.
    const WRITTEN: Self = Self {
        steps: Mode::StepByStep,
        sub_steps: Mode::Dag,
    };
    /// Where none is.
    const GENERATED: Self = Self {
        steps: Mode::Dag,
        sub_steps: Mode::Dag,
    };

    /// What is given replaces what is not, field by field.
    fn with(self, given: Option<WorkflowMode>) -> Self {
        let steps = given.and_then(|mode| mode.steps);
        let sub_steps = given.and_then(|mode| mode.sub_steps);
        Self {
            steps: steps.map_or(self.steps, |mode| mode.value),
            sub_steps: sub_steps.map_or(self.sub_steps, |mode| mode.value),
        }
    }

    /// `StepByStep-DAG` and the like, as KubeVela's status has it.
    #[must_use]
    pub fn as_text(self) -> String {
        format!("{}-{}", self.steps.as_str(), self.sub_steps.as_str())
    }
}

// === impl Subject ===

impl Subject {
    /// Everything in a manifest that can be run, in the order written. Workflows that are referred to are looked for
    /// in the same manifest.
    pub fn all(manifest: &Manifest, out: &mut Vec<Diagnostic>) -> Vec<Self> {
        let mut subjects = Vec::new();
        for document in &manifest.documents {
            match document {
                Document::Application(application) => {
                    subjects.push(Self::of_application(application, manifest, out));
                }
                Document::WorkflowRun {
                    name,
                    workflow,
                    context,
                } => {
                    let workflow = workflow.as_ref();
                    subjects.push(Self::of_run(
                        name,
                        workflow,
                        context.as_ref(),
                        manifest,
                        out,
                    ));
                }
                Document::Workflow { .. } | Document::Secret(_) | Document::Foreign(_) => {}
            }
        }
        subjects
    }

    /// An application. Without a workflow, its components are applied as soon as those that they depend on are.
    fn of_application(
        application: &Application,
        manifest: &Manifest,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut application = application.clone();
        let mode = match &mut application.workflow {
            Some(workflow) => {
                let referred = referred(workflow, manifest, out);
                let given = workflow.mode.or(referred.and_then(|there| there.mode));
                if let Some(there) = referred {
                    workflow.steps.clone_from(&there.steps);
                }
                Modes::WRITTEN.with(given)
            }
            None => {
                application.workflow = Some(generated(&application));
                Modes::GENERATED
            }
        };
        Self {
            application,
            context: None,
            mode,
        }
    }

    fn of_run(
        name: &Spanned<String>,
        workflow: Option<&Workflow>,
        context: Option<&Node>,
        manifest: &Manifest,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut steps = workflow.cloned();
        let mut mode = Modes::WRITTEN;
        if let Some(workflow) = &mut steps {
            let referred = referred(workflow, manifest, out);
            // A run's own mode replaces that of the template as a whole.
            mode = mode.with(workflow.mode.or(referred.and_then(|there| there.mode)));
            if let Some(there) = referred {
                workflow.steps.clone_from(&there.steps);
            }
        }
        Self {
            application: Application {
                span: name.span,
                metadata: Metadata {
                    name: name.clone(),
                    namespace: None,
                    labels: BTreeMap::new(),
                    annotations: BTreeMap::new(),
                },
                components: Vec::new(),
                policies: Vec::new(),
                workflow: steps,
            },
            context: context.cloned(),
            mode,
        }
    }
}

impl From<Application> for Subject {
    /// An application by itself: one whose workflow is not a reference.
    fn from(application: Application) -> Self {
        Self::of_application(&application, &Manifest::default(), &mut Vec::new())
    }
}

/// The workflow that another one refers to.
fn referred<'m>(
    workflow: &Workflow,
    manifest: &'m Manifest,
    out: &mut Vec<Diagnostic>,
) -> Option<&'m Workflow> {
    let reference = workflow.reference.as_ref()?;
    let named = manifest
        .documents
        .iter()
        .filter_map(|document| match document {
            Document::Workflow { name, workflow } => Some((name.value.as_str(), workflow)),
            Document::Application(_)
            | Document::WorkflowRun { .. }
            | Document::Secret(_)
            | Document::Foreign(_) => None,
        });
    let known: Vec<(&str, &Workflow)> = named.collect();
    let found = known.iter().find(|(name, _)| *name == reference.value);
    if let Some((_, workflow)) = found {
        return Some(workflow);
    }
    let problem = Diagnostic::new(&UNKNOWN_WORKFLOW)
        .arg("name", &reference.value)
        .at(reference.span);
    let near = nearest(&reference.value, known.iter().map(|(name, _)| *name));
    out.push(match near {
        Some(near) => problem
            .arg("near", near)
            .hint(Text::new("did you mean `{near}`?", "是否想写 `{near}`？")),
        None => problem.hint(Text::new(
            "put the Workflow into the same file, as a document of its own",
            "请把该 Workflow 作为单独的文档放入同一文件",
        )),
    });
    None
}

/// The steps that KubeVela makes of an application without any: each component is applied, behind those that it
/// depends on.
fn generated(application: &Application) -> Workflow {
    let span = application.metadata.name.span;
    Workflow {
        span,
        reference: None,
        mode: None,
        steps: application.components.iter().map(apply).collect(),
    }
}

fn apply(component: &Component) -> Step {
    let mut properties = Map::default();
    properties.insert(
        "component",
        Span::NONE,
        Node::string(component.name.value.as_str()),
    );
    Step {
        span: component.span,
        name: component.name.clone().map(|name| name.as_str().into()),
        type_name: Spanned::new("apply-component".into(), component.name.span),
        alias: None,
        condition: None,
        timeout: None,
        depends_on: Vec::new(),
        inputs: Vec::new(),
        outputs: Vec::new(),
        properties: Some(Kind::Map(properties).into()),
        mode: None,
        sub_steps: Vec::new(),
    }
}
