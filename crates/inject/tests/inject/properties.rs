//! What holds for every path and every tree.

use burgee_inject::{Assignment, Path, Segment, Variables};
use burgee_source::{Kind, Node};
use proptest::prelude::*;
use serde_json::Value;

fn segment() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{1,2}".prop_map(|key| format!(".{key}")),
        (0..4_usize).prop_map(|index| format!("[{index}]")),
        "[^\\p{C}\"\\\\]{0,3}".prop_map(|key| format!("[\"{key}\"]")),
    ]
}

fn any_path() -> impl Strategy<Value = Path> {
    ("[a-c]", prop::collection::vec(segment(), 0..5)).prop_map(|(first, rest)| {
        Path::parse(&(first + &rest.concat())).expect("made of valid parts")
    })
}

fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        "[a-z]{0,3}".prop_map(Value::from)
    ];
    let value = leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-c]{1,2}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    value.prop_map(Node::from)
}

/// Every path to a leaf or an empty collection, with its value.
fn leaves(node: &Node, at: &mut Vec<Segment>, out: &mut Vec<(Vec<Segment>, Node)>) {
    let before = out.len();
    let mut below = |segment: Segment, node: &Node| {
        at.push(segment);
        leaves(node, at, out);
        at.pop();
    };
    match &node.kind {
        Kind::List(items) => items
            .iter()
            .enumerate()
            .for_each(|(n, item)| below(Segment::Index(n), item)),
        Kind::Map(map) => map
            .iter()
            .for_each(|(key, entry)| below(Segment::Key(key.into()), &entry.value)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
    if out.len() == before {
        out.push((at.clone(), node.clone()));
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in prop_oneof![any::<String>(), "[a-c.\\[\\]\"0-9\\\\u -]{0,20}"]) {
        match Path::parse(&text) {
            Ok(path) => prop_assert_eq!(Path::parse(&path.to_string()), Ok(path)),
            Err(error) => prop_assert!(text.get(error.range.clone()).is_some(), "{:?}", error),
        }
        let _ = Assignment::parse(&text, &["a", "a.b", ""]);
        let _ = Variables::default().resolve(&text, &Node::map([]));
    }

    #[test]
    fn printed_path_reads_back(path in any_path()) {
        prop_assert_eq!(Path::parse(&path.to_string()), Ok(path));
    }

    #[test]
    fn set_then_get_returns_the_value(path in any_path(), tree in tree(), value in tree()) {
        let mut changed = tree.clone();
        match path.set(&mut changed, value.clone()) {
            Ok(()) => prop_assert_eq!(path.get(&changed), Some(&value)),
            Err(_) => prop_assert_eq!(changed, tree),
        }
    }

    #[test]
    fn set_changes_nothing_beside_the_path(path in any_path(), tree in tree(), value in tree()) {
        let mut changed = tree.clone();
        // An error changes nothing at all, which is the property above.
        let _ = path.set(&mut changed, value);
        let mut before = Vec::new();
        leaves(&tree, &mut Vec::new(), &mut before);
        for (at, value) in before {
            let on_the_way = path.segments().starts_with(&at) || at.starts_with(path.segments());
            let now = at.iter().try_fold(&changed, |node, segment| match segment {
                Segment::Key(key) => node.get(key),
                Segment::Index(index) => node.as_list()?.get(*index),
            });
            prop_assert!(on_the_way || now == Some(&value), "{:?} changed", at);
        }
    }

    #[test]
    fn set_twice_is_set_once(path in any_path(), tree in tree(), value in tree()) {
        let mut once = tree;
        let first = path.set(&mut once, value.clone());
        let mut twice = once.clone();
        prop_assert_eq!(path.set(&mut twice, value), first);
        prop_assert_eq!(once.to_json_text(), twice.to_json_text());
    }

    #[test]
    fn assignment_finds_its_step(step in "[a-z.-]{1,8}", value in any::<String>()) {
        let text = format!("{step}.a.b={value}");
        let names = [step.as_str(), "other"];
        let found = Assignment::parse(&text, &names).expect("an assignment");
        prop_assert_eq!(found.step, step.as_str());
        prop_assert_eq!(found.value, value.as_str());
    }
}
