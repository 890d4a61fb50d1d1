//! The names of steps and of what they leave: what `dependsOn`, `inputs` and `if` lead to.

use std::collections::HashMap;

use burgee_source::{Diagnostic, Text, nearest};

use super::rules::UNKNOWN_DEPENDENCY;
use crate::plan::PlannedStep;

/// The steps by name. A step is also known by the `name` or the `component` of its properties, where no step is called so.
pub(super) struct Names {
    places: HashMap<String, usize>,
    outputs: HashMap<String, Vec<usize>>,
}

// === impl Names ===

impl Names {
    pub(super) fn new(steps: &[PlannedStep]) -> Self {
        let own = steps.iter().enumerate();
        let mut places: HashMap<String, usize> = own
            .map(|(place, planned)| (planned.step.name.value.to_string(), place))
            .collect();
        for (place, planned) in steps.iter().enumerate() {
            let properties = planned.step.properties.as_ref();
            let named = |key| properties.and_then(|properties| properties.get_str(key));
            if let Some(name) = named("name").or_else(|| named("component")) {
                places.entry(name.value.to_owned()).or_insert(place);
            }
        }
        let mut outputs: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, planned) in steps.iter().enumerate() {
            for output in &planned.step.outputs {
                let setters = outputs.entry(output.name.value.to_string()).or_default();
                setters.push(place);
            }
        }
        Self { places, outputs }
    }

    /// The steps that set the variable that an input reads: the longest name that it begins with.
    pub(super) fn setters(&self, from: &str) -> &[usize] {
        let ends = from.char_indices().rev();
        let names = ends
            .filter(|(_, c)| matches!(c, '.' | '['))
            .map(|(end, _)| &from[..end]);
        let mut names = std::iter::once(from).chain(names);
        names
            .find_map(|name| self.outputs.get(name))
            .map_or(&[], Vec::as_slice)
    }

    /// The variables that steps set, sorted.
    pub(super) fn variables(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.outputs.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The step of that name.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// The name that comes nearest to one that nobody has.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.places.keys().map(String::as_str))
    }

    /// The steps that a step depends on.
    pub(super) fn dependencies(
        &self,
        planned: &PlannedStep,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<usize> {
        let step = &planned.step;
        let mut found = Vec::new();
        for name in &step.depends_on {
            if let Some(place) = self.get(&name.value) {
                found.push(place);
                continue;
            }
            let problem = Diagnostic::new(&UNKNOWN_DEPENDENCY)
                .arg("step", step.name.value.as_str())
                .arg("name", &name.value)
                .at(name.span);
            out.push(match self.nearest(&name.value) {
                Some(near) => problem
                    .arg("near", near)
                    .hint(Text::new("did you mean `{near}`?", "是否想写 `{near}`？")),
                None => problem,
            });
        }
        found
    }
}
