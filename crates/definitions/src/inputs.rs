//! Inputs of a component: where a `parameterKey` goes, and the tree to set it in.
//!
//! KubeVela appends a component's inputs to the step that applies it and puts `properties.` before a key that
//! names neither `properties` nor a trait.

use std::borrow::Cow;

use burgee_model::{Component, ComponentName, Trait, TypeName};
use burgee_source::{Diagnostic, Kind, Map, Node, Span, Spanned};

use crate::rules;

/// A `parameterKey` relative to the component: `image` becomes `properties.image`, `traits[0]…` stays.
///
/// ```
/// use burgee_definitions::component_key;
///
/// assert_eq!(component_key("image"), "properties.image");
/// assert_eq!(component_key("properties.image"), "properties.image");
/// assert_eq!(component_key("traits[0].properties.domain"), "traits[0].properties.domain");
/// ```
#[must_use]
pub fn component_key(key: &str) -> Cow<'_, str> {
    let key = key.trim();
    let rest = key.strip_prefix("properties");
    let prefixed = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    if key.is_empty() || prefixed || key.starts_with("traits[") {
        return Cow::Borrowed(key);
    }
    if key.starts_with('[') {
        return Cow::Owned(format!("properties{key}"));
    }
    Cow::Owned(format!("properties.{key}"))
}

/// The part of a component that inputs may change: `{properties, traits: [{type, properties}]}`.
#[must_use]
pub fn component_tree(component: &Component) -> Node {
    let traits = component.traits.iter().map(|one| {
        let type_name = Node::new(
            Kind::String(one.type_name.value.as_str().to_owned()),
            one.type_name.span,
        );
        let tree = Node::map([
            ("type", type_name),
            ("properties", or_empty(&one.properties)),
        ]);
        Node::new(tree.kind, one.span)
    });
    let tree = Node::map([
        ("properties", or_empty(&component.properties)),
        ("traits", Kind::List(traits.collect()).into()),
    ]);
    Node::new(tree.kind, component.span)
}

/// The component with what a changed [`component_tree`] says.
///
/// # Errors
///
/// When the tree has a trait that the component does not have and that names no type.
pub fn with_component_tree(
    component: &Component,
    tree: &Node,
) -> Result<Component, Box<Diagnostic>> {
    let mut changed = component.clone();
    changed.properties = tree.get("properties").cloned();
    let traits = tree
        .get("traits")
        .and_then(Node::as_list)
        .unwrap_or_default();
    let traits = traits.iter().enumerate().map(|(index, item)| {
        let old = component.traits.get(index);
        trait_of(&component.name, index, old, item)
    });
    changed.traits = traits.collect::<Result<_, _>>()?;
    Ok(changed)
}

fn trait_of(
    component: &Spanned<ComponentName>,
    index: usize,
    old: Option<&Trait>,
    item: &Node,
) -> Result<Trait, Box<Diagnostic>> {
    let named = item.get_str("type");
    let named = named.map(|name| name.map(TypeName::from));
    let type_name = named.or_else(|| Some(old?.type_name.clone()));
    let missing = || {
        let missing = Diagnostic::new(&rules::UNKNOWN_TRAIT_INDEX)
            .arg("component", &component.value)
            .arg("index", index);
        Box::new(missing.at(component.span))
    };
    Ok(Trait {
        span: old.map_or(item.span, |old| old.span),
        type_name: type_name.ok_or_else(missing)?,
        properties: item.get("properties").cloned(),
    })
}

fn or_empty(properties: &Option<Node>) -> Node {
    let given = properties.as_ref().filter(|node| !node.is_null());
    let empty = || Node::new(Kind::Map(Map::default()), Span::NONE);
    given.cloned().unwrap_or_else(empty)
}
