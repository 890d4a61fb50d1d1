//! Kinds, lists and several documents in one file.

use burgee_model::Document;

use super::{app, loaded, report};

fn kinds(text: &str) -> Vec<String> {
    let documents = loaded(text).manifest.documents.into_iter();
    documents
        .map(|document| match document {
            Document::Application(app) => format!("application {}", app.metadata.name.value),
            Document::Workflow { name, workflow } => {
                format!("workflow {} {}", name.value, workflow.steps.len())
            }
            Document::WorkflowRun {
                name,
                workflow,
                context,
            } => {
                let workflow = workflow.map(|workflow| {
                    (
                        workflow.steps.len(),
                        workflow.reference.map(|name| name.value),
                    )
                });
                let context = context.map(|node| node.to_json_text());
                format!("run {} {workflow:?} {context:?}", name.value)
            }
            Document::Secret(secret) => format!("secret {}", secret.name.value),
            Document::Foreign(foreign) => {
                format!(
                    "foreign {}",
                    foreign.kind.map_or(String::new(), |kind| kind.value)
                )
            }
        })
        .collect()
}

#[test]
fn documents_come_in_the_order_written_and_empty_ones_do_not_count() {
    let text = format!(
        "---\n---\n{}---\napiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\n---\napiVersion: v1\nkind: ConfigMap\n---\n",
        app("")
    );
    assert_eq!(
        kinds(&text),
        ["application demo", "secret s", "foreign ConfigMap"]
    );
    assert_eq!(report(&text), "");
}

#[test]
fn json_is_read_like_yaml() {
    let text = concat!(
        "{\n\t\"apiVersion\": \"core.oam.dev/v1beta1\",\n\t\"kind\": \"Application\",\n",
        "\t\"metadata\": {\"name\": \"demo\\u4e2d\\ud83d\\ude00\"},\n\t\"spec\": {\"components\": []}\n}\n",
    );
    assert_eq!(kinds(text), ["application demo中😀"]);
    assert_eq!(report(text), "");
}

#[test]
fn workflow_has_its_steps_at_the_top_level() {
    let text = concat!(
        "apiVersion: core.oam.dev/v1alpha1\nkind: Workflow\nmetadata: {name: w}\n",
        "mode: {steps: DAG, subSteps: StepByStep}\nsteps: [{name: a, type: x}]\n",
    );
    assert_eq!(kinds(text), ["workflow w 1"]);
    assert_eq!(report(text), "");
}

#[test]
fn workflow_run_has_steps_or_a_reference_to_some() {
    let run = |spec: &str| {
        format!(
            "apiVersion: core.oam.dev/v1alpha1\nkind: WorkflowRun\nmetadata: {{name: r}}\nspec: {spec}\n"
        )
    };
    let own = run("{context: {a: 1}, workflowSpec: {steps: [{name: a, type: x}]}}");
    assert_eq!(kinds(&own), [r#"run r Some((1, None)) Some("{\"a\":1}")"#]);
    let referred = run("{workflowRef: shared, mode: {steps: DAG}}");
    assert_eq!(
        kinds(&referred),
        [r#"run r Some((0, Some("shared"))) None"#]
    );
    insta::assert_snapshot!(report(&run("{workflowRef: shared, workflowSpec: {steps: []}}")), @r#"
    4:8 warning passing/stray-field: `workflowRef` has no meaning beside `workflowSpec`
        hint: remove `workflowRef`
    "#);
    insta::assert_snapshot!(report(&run("{mode: {steps: DAG}}")), @"4:7 error manifest/no-steps: a WorkflowRun needs `workflowSpec` or `workflowRef`");
}

#[test]
fn items_of_lists_are_documents_of_their_own() {
    let text = concat!(
        "apiVersion: v1\nkind: List\nitems:\n",
        "  - {apiVersion: v1, kind: Secret, metadata: {name: a}}\n",
        "  - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n",
        "---\napiVersion: v1\nkind: SecretList\nitems:\n  - {metadata: {name: c}}\n",
    );
    assert_eq!(kinds(text), ["secret a", "foreign ConfigMap", "secret c"]);
    assert_eq!(report(text), "");
}

#[test]
fn misspelt_kind_of_kubevela_is_an_error_and_other_kinds_are_kept() {
    let text = concat!(
        "apiVersion: core.oam.dev/v1beta1\nkind: Aplication\nmetadata: {name: a}\n",
        "---\napiVersion: core.oam.dev/v1beta1\nkind: Spaceship\nmetadata: {name: a}\n",
        "---\napiVersion: core.oam.dev/v1beta1\nkind: TraitDefinition\nmetadata: {name: a}\n",
        "---\napiVersion: apps/v1\nkind: Deploymint\nmetadata: {name: a}\n",
    );
    insta::assert_snapshot!(report(text), @r#"
    2:7 error manifest/unknown-kind: `core.oam.dev` has no kind `Aplication`; the document is not interpreted
        hint: did you mean `Application`?
    6:7 warning manifest/unknown-kind: `core.oam.dev` has no kind `Spaceship`; the document is not interpreted
    "#);
    assert_eq!(kinds(text).len(), 4);
}

#[test]
fn application_of_another_version_is_an_error() {
    let text = app("").replace("v1beta1", "v1alpha2");
    insta::assert_snapshot!(report(&text), @r#"
    1:13 error manifest/wrong-version: `Application` belongs to `core.oam.dev/v1beta1`, not to `core.oam.dev/v1alpha2`
        hint: write `apiVersion: core.oam.dev/v1beta1`
    "#);
}

#[test]
fn what_is_no_manifest_is_an_error() {
    insta::assert_snapshot!(report("just text\n---\n- 1\n---\na: 1\n"), @r#"
    1:1 error manifest/not-an-object: a manifest is an object with `apiVersion` and `kind`; this is a string
    3:1 error manifest/not-an-object: a manifest is an object with `apiVersion` and `kind`; this is a list
    5:1 error field/missing: `apiVersion` is required in a manifest
    5:1 error field/missing: `kind` is required in a manifest
    "#);
}

#[test]
fn file_with_comments_only_is_worth_a_warning() {
    insta::assert_snapshot!(report("# nothing\n---\n"), @"1:1 warning manifest/empty: the file holds no document");
}

#[test]
fn application_as_a_cluster_prints_it_has_no_unknown_fields() {
    let text = app("").replace(
        "  name: demo\n",
        "  name: demo\n  uid: x\n  resourceVersion: \"1\"\n  generation: 2\n  creationTimestamp: null\n  managedFields: []\n",
    ) + "status: {status: running}\n";
    assert_eq!(report(&text), "");
}

#[test]
fn byte_order_mark_and_carriage_returns_do_no_harm() {
    let text = format!("\u{feff}{}", app("").replace('\n', "\r\n"));
    assert_eq!(kinds(&text), ["application demo"]);
    assert_eq!(report(&text), "");
}
