//! `Application`: components with traits, policies, and the workflow.

use burgee_model::{Application, Component, Policy, Trait, Workflow};
use burgee_source::{Diagnostic, Fields, Node, Rule, Severity, Spanned, Text};

use crate::{
    limits::is_full,
    metadata,
    passing::{self, Owner},
    unique::Names,
    workflow::{self, own_text, type_name},
};

/// A workflow that has steps of its own and refers to another.
pub static REF_AND_STEPS: Rule = Rule {
    code: "workflow/ref-and-steps",
    severity: Severity::Error,
    message: Text::new(
        "a workflow has either `ref` or `steps`, not both",
        "workflow 只能有 `ref` 或 `steps` 之一",
    ),
};

/// An application without a `spec`.
pub static NO_SPEC: Rule = Rule {
    code: "application/no-spec",
    severity: Severity::Warning,
    message: Text::new(
        "the Application has no `spec`: there is nothing to run",
        "Application 没有 `spec`：没有可运行的内容",
    ),
};

/// Reads an application.
pub(crate) fn read(node: &Node, out: &mut Vec<Diagnostic>) -> Application {
    let mut fields = Fields::new(node, "an Application", out);
    let metadata = metadata::header(&mut fields, node);
    // Written by KubeVela; a copy from a cluster has it.
    fields.optional("status");
    let mut application = Application {
        span: node.span,
        metadata,
        components: Vec::new(),
        policies: Vec::new(),
        workflow: None,
    };
    if fields.key_span("spec").is_none() {
        // The cluster takes it, and there it does nothing.
        fields.report(Diagnostic::new(&NO_SPEC).at(node.span));
        fields.optional("spec");
    } else if let Some(spec) = fields.required("spec") {
        read_spec(spec, &mut application, fields.problems());
    }
    fields.finish();
    application
}

fn read_spec(spec: &Node, application: &mut Application, out: &mut Vec<Diagnostic>) {
    let mut fields = Fields::new(spec, "the spec of an Application", out);
    fields.required("components");
    let mut names = Names::components();
    for item in fields.list("components") {
        if is_full(fields.problems()) {
            break;
        }
        let component = component(item, fields.problems());
        names.add(
            component.name.value.as_str(),
            component.name.span,
            fields.problems(),
        );
        application.components.push(component);
    }
    for item in fields.list("policies") {
        if is_full(fields.problems()) {
            break;
        }
        application.policies.push(policy(item, fields.problems()));
    }
    application.workflow = fields
        .optional("workflow")
        .map(|node| app_workflow(node, fields.problems()));
    fields.finish();
}

fn component(node: &Node, out: &mut Vec<Diagnostic>) -> Component {
    let mut fields = Fields::new(node, "a component", out);
    let name = fields.required_str("name").map(|name| name.map(Into::into));
    let type_name = type_name(&mut fields, node);
    let properties = fields.optional_map("properties").cloned();
    let traits = fields.list("traits").iter();
    let traits = traits
        .map(|item| component_trait(item, fields.problems()))
        .collect();
    let depends_on = workflow::names(&mut fields, "dependsOn");
    let inputs = passing::inputs(&mut fields, &Owner::Component);
    let outputs = passing::outputs(&mut fields);
    let external_revision = fields.optional_str("externalRevision").map(own_text);
    // Part of the type, read by nothing here.
    fields.optional_map("scopes");
    fields.finish();
    Component {
        span: node.span,
        name: name.unwrap_or_else(|| Spanned::new("".into(), node.span)),
        type_name,
        properties,
        traits,
        depends_on,
        inputs,
        outputs,
        external_revision,
    }
}

fn component_trait(node: &Node, out: &mut Vec<Diagnostic>) -> Trait {
    let mut fields = Fields::new(node, "a trait", out);
    let type_name = type_name(&mut fields, node);
    let properties = fields.optional_map("properties").cloned();
    fields.finish();
    Trait {
        span: node.span,
        type_name,
        properties,
    }
}

fn policy(node: &Node, out: &mut Vec<Diagnostic>) -> Policy {
    let mut fields = Fields::new(node, "a policy", out);
    let name = fields.optional_str("name").map(own_text);
    let type_name = type_name(&mut fields, node);
    let properties = fields.optional_map("properties").cloned();
    fields.finish();
    Policy {
        span: node.span,
        name,
        type_name,
        properties,
    }
}

fn app_workflow(node: &Node, out: &mut Vec<Diagnostic>) -> Workflow {
    let mut fields = Fields::new(node, "`workflow`", out);
    let reference = fields.optional_str("ref").map(own_text);
    let mode = workflow::mode(&mut fields);
    let steps = workflow::steps(&mut fields);
    if let Some(reference) = reference.as_ref().filter(|_| !steps.is_empty()) {
        let steps_at = fields.key_span("steps").unwrap_or(node.span);
        fields.report(
            Diagnostic::new(&REF_AND_STEPS)
                .at(reference.span)
                .also(steps_at, Text::new("the steps", "步骤")),
        );
    }
    fields.finish();
    Workflow {
        span: node.span,
        reference,
        mode,
        steps,
    }
}
