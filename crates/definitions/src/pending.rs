//! Which parameters inputs will fill: what is there now does not count, and what is missing there will come.

use burgee_model::{Application, Component, Input, Step};

use crate::{StepType, component_key};

/// A place in a component's tree and the keys that are still to come.
#[derive(Debug, Clone)]
pub(crate) struct Scope<'p> {
    path: String,
    pending: &'p [String],
}

/// The keys, relative to the component, that inputs will fill: its own and those of the steps that apply it.
pub(crate) fn pending_keys(component: &Component, application: &Application) -> Vec<String> {
    let mut keys: Vec<String> = keys_of(&component.inputs).collect();
    if let Some(workflow) = &application.workflow {
        collect(&workflow.steps, component, &mut keys);
    }
    keys
}

/// The keys of a step that its inputs will fill, at `properties`; the prefix may be written.
pub(crate) fn step_keys(step: &Step) -> Vec<String> {
    let keys = step.inputs.iter().filter_map(|i| i.parameter_key.as_ref());
    let keys = keys.map(|key| plain(&key.value));
    keys.map(|key| {
        format!(
            "properties.{}",
            key.strip_prefix("properties.").unwrap_or(&key)
        )
    })
    .collect()
}

fn collect(steps: &[Step], component: &Component, keys: &mut Vec<String>) {
    for step in steps {
        let named = step
            .properties
            .as_ref()
            .and_then(|p| p.get_str("component"));
        let ours = named.is_some_and(|name| name.value == component.name.value.as_str());
        if ours && StepType::of(&step.type_name.value) == Some(StepType::ApplyComponent) {
            keys.extend(keys_of(&step.inputs));
        }
        collect(&step.sub_steps, component, keys);
    }
}

fn keys_of(inputs: &[Input]) -> impl Iterator<Item = String> {
    let keys = inputs.iter().filter_map(|i| i.parameter_key.as_ref());
    keys.map(|key| plain(&component_key(&key.value)))
}

/// `a["b"][0]` as `a.b[0]`, so that paths compare as text.
fn plain(key: &str) -> String {
    key.replace("[\"", ".").replace("\"]", "")
}

// === impl Scope ===

impl<'p> Scope<'p> {
    /// The place `path`; `pending` are keys from [`pending_keys`].
    pub(crate) fn new(path: impl Into<String>, pending: &'p [String]) -> Self {
        let path = path.into();
        Self { path, pending }
    }

    /// The place of a field below this one.
    pub(crate) fn field(&self, field: &str) -> Self {
        Self::new(format!("{}.{field}", self.path), self.pending)
    }

    /// The place of an item of the list at this place.
    pub(crate) fn item(&self, index: usize) -> Self {
        Self::new(format!("{}[{index}]", self.path), self.pending)
    }

    /// True when an input will fill the field, or something that holds it.
    pub(crate) fn awaits(&self, field: &str) -> bool {
        let path = format!("{}.{field}", self.path);
        self.pending.iter().any(|key| holds(key, &path))
    }

    /// True when an input will fill something below the field.
    pub(crate) fn awaits_below(&self, field: &str) -> bool {
        let path = format!("{}.{field}", self.path);
        self.pending.iter().any(|key| holds(&path, key))
    }
}

fn holds(outer: &str, inner: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pending_key_covers_itself_and_what_lies_below() {
        let pending = [
            plain(r#"properties.labels["a"]"#),
            "properties.ports[1]".into(),
        ];
        let root = Scope::new("properties", &pending);
        assert!(root.field("labels").awaits("a"));
        assert!(root.field("ports").item(1).awaits("port"));
        assert!(!root.field("ports").item(0).awaits("port"));
        assert!(!root.awaits("ports"), "only one of its items will come");
        assert!(root.awaits_below("ports"));
        assert!(!root.awaits("label"), "a prefix of letters is no parent");
    }
}
