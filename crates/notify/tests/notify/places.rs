//! Problems point at the place that was written.

use burgee_model::MessageLint as _;
use burgee_notify::Lint;
use burgee_source::{Diagnostic, Kind, Map, Node, SourceId, Span};

/// Gives every key and scalar of a tree a place of its own, in the order written: 0, 1, 2…
fn placed(node: &Node, next: &mut u32) -> Node {
    let kind = match &node.kind {
        Kind::Map(map) => {
            let mut out = Map::default();
            for (key, entry) in map.iter() {
                let key_span = span(next);
                out.insert(key, key_span, placed(&entry.value, next));
            }
            Kind::Map(out)
        }
        Kind::List(items) => Kind::List(items.iter().map(|item| placed(item, next)).collect()),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => node.kind.clone(),
    };
    Node::new(kind, span(next))
}

fn span(next: &mut u32) -> Span {
    *next += 1;
    Span::new(SourceId(0), *next - 1, *next)
}

/// The code of each problem and the number of its place.
fn places(json: serde_json::Value) -> Vec<(&'static str, usize)> {
    let node = placed(&Node::from(json), &mut 0);
    let owner = Span::new(SourceId(0), 900, 901);
    let problems = Lint::default().lint(Some(&node), &[], owner);
    let place = |problem: &Diagnostic| (problem.rule().code, problem.span().range().start);
    problems.iter().map(place).collect()
}

#[test]
fn problems_stand_at_values_and_absences_at_their_owners_and_come_in_source_order() {
    // slack:0 url:1 value:2 message:3 text:4 12:5
    let found = places(serde_json::json!({"slack": {
        "url": "<your slack url>",
        "message": {"text": 12},
    }}));
    let expected = [
        ("notify/old-url-form", 2),
        ("notify/placeholder-url", 2),
        ("field/wrong-type", 5),
    ];
    assert_eq!(found, expected);
    // dingding:0 url:1 {value:2 "https…":3}:4 message:5 msgtype:6 text:7 link:8 {}:9 message's map:10
    let found = places(serde_json::json!({"dingding": {
        "url": {"value": "https://chat.test/robot"},
        "message": {"msgtype": "text", "link": {}},
    }}));
    assert_eq!(found, [("notify/msgtype-mismatch", 7)]);
    // slack:0 its map:1 properties:2
    let found = places(serde_json::json!({"slack": {}}));
    assert_eq!(found, [("field/missing", 1), ("field/missing", 1)]);
    let found = places(serde_json::json!({}));
    assert_eq!(found, [("notify/nothing-to-send", 0)]);
    let nothing = Lint::default().lint(None, &[], Span::new(SourceId(0), 900, 901));
    assert_eq!(nothing[0].span().range().start, 900);
}
