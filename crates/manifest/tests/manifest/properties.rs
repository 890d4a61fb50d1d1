//! What holds for every text.

use burgee_manifest::{documents, load, scalar};
use burgee_source::{Kind, Map, Node, Sources};
use proptest::prelude::*;
use serde_json::Value;

/// Pieces that YAML has rules for, put together at random.
fn yamlish() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&x ",
        "*x",
        "!!str ",
        "!t ",
        "|\n",
        ">-\n",
        "'",
        "\"",
        "#",
        "---\n",
        "...\n",
        "<<: ",
        "yes",
        "017",
        ".inf",
        "~",
        "\t",
        "\\",
        "中",
        "%YAML",
        "kind: Application",
        "apiVersion: core.oam.dev/v1beta1",
        "spec:",
        "steps:",
        "\r\n",
        "\u{feff}",
        "\0",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Words that mean text in YAML 1.1 and 1.2 alike, and so need no quotes from any writer.
fn safe_text() -> impl Strategy<Value = String> {
    "[a-zA-Z中]{2,8}( [a-z]{1,5}){0,2}".prop_filter("a word with a meaning", |text| {
        scalar(text).as_str().is_some()
    })
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        safe_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(safe_text(), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn read(text: &str) -> (Vec<Node>, Sources) {
    let mut sources = Sources::default();
    let file = sources.add("x.yaml", text);
    (documents(&sources, file).0, sources)
}

/// Calls `f` with every node and key of a tree that is written in the text.
fn each(node: &Node, sources: &Sources, f: &mut impl FnMut(&str, &str)) {
    if let Kind::String(text) = &node.kind {
        f(text, sources.slice(node.span));
    }
    for item in node.as_list().unwrap_or_default() {
        each(item, sources, f);
    }
    for (key, entry) in node.as_map().into_iter().flat_map(Map::iter) {
        f(key, sources.slice(entry.key_span));
        each(&entry.value, sources, f);
    }
}

fn spans_are_inside(node: &Node, length: usize) -> bool {
    let range = node.span.range();
    let list = node.as_list().unwrap_or_default().iter();
    let map = node.as_map().into_iter().flat_map(Map::iter);
    range.start <= range.end
        && range.end <= length
        && list
            .chain(map.map(|(_, entry)| &entry.value))
            .all(|node| spans_are_inside(node, length))
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in prop_oneof![yamlish(), ".{0,200}"]) {
        let mut sources = Sources::default();
        let file = sources.add("x.yaml", text.as_str());
        let loaded = load(&sources, file);
        for problem in &loaded.diagnostics {
            for label in problem.labels() {
                prop_assert!(text.get(label.span.range()).is_some(), "{:?}", label.span);
            }
        }
        prop_assert!(loaded.diagnostics.is_sorted_by_key(|problem| problem.sort_key().1));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (nodes, _) = read(&String::from_utf8_lossy(&bytes));
        let length = String::from_utf8_lossy(&bytes).len();
        prop_assert!(nodes.iter().all(|node| spans_are_inside(node, length)));
    }

    #[test]
    fn spans_lie_in_the_text(text in yamlish()) {
        let (nodes, _) = read(&text);
        prop_assert!(nodes.iter().all(|node| spans_are_inside(node, text.len())), "{nodes:?}");
    }

    #[test]
    fn json_survives_being_printed_as_json(value in json()) {
        let compact = read(&value.to_string()).0;
        let pretty = read(&serde_json::to_string_pretty(&value).expect("JSON")).0;
        prop_assert_eq!(&compact, &vec![Node::from(value)]);
        prop_assert_eq!(&pretty, &compact);
    }

    #[test]
    fn any_string_survives_being_printed_as_json(text in any::<String>()) {
        let (nodes, _) = read(&serde_json::to_string(&[&text]).expect("JSON"));
        prop_assert_eq!(nodes, vec![Node::from(serde_json::json!([text]))]);
    }

    #[test]
    fn json_survives_being_printed_as_yaml(value in json()) {
        let text = serde_yaml::to_string(&value).expect("YAML");
        let (nodes, sources) = read(&text);
        prop_assert_eq!(nodes.first(), Some(&Node::from(value)), "{}", text);
        for node in &nodes {
            each(node, &sources, &mut |value, written| assert_eq!(value, written));
        }
    }

    #[test]
    fn quoted_spans_hold_the_quotes(text in safe_text()) {
        let (nodes, sources) = read(&format!("a: '{text}'\nb: \"{text}\" # tail\n"));
        let spans: Vec<_> = ["a", "b"].iter().filter_map(|key| nodes[0].get_str(key)).collect();
        prop_assert_eq!(sources.slice(spans[0].span), format!("'{text}'"));
        prop_assert_eq!(sources.slice(spans[1].span), format!("\"{text}\""));
    }
}

#[test]
fn spans_of_block_text_and_collections_end_with_their_last_line() {
    let text = "a: |\n  one\n  two\n\nb:\n  - x: 1\n\n  # tail\nc: {d: [1]} \ne:\nf: 1\n";
    let (nodes, sources) = read(text);
    let slice = |key: &str| nodes[0].get(key).map(|node| sources.slice(node.span));
    assert_eq!(slice("a"), Some("one\n  two"));
    assert_eq!(slice("b"), Some("- x: 1"));
    assert_eq!(slice("c"), Some("{d: [1]}"));
    let empty = nodes[0].get("e").expect("a key").span.range();
    assert_eq!(
        &text[..empty.start],
        "a: |\n  one\n  two\n\nb:\n  - x: 1\n\n  # tail\nc: {d: [1]} \ne:"
    );
}
