//! Reads the mission's `parameterKey` and puts a value there.

use std::hint::black_box;

use burgee_inject::Path;
use burgee_source::Node;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

const KEY: &str = "slack.message.text";

fn properties() -> Node {
    Node::map([(
        "slack",
        Node::map([("url", Node::string("https://hooks.example/x"))]),
    )])
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("set_path");
    group.bench_function("parse", |b| b.iter(|| Path::parse(black_box(KEY))));
    group.bench_function("parse and set", |b| {
        b.iter_batched_ref(
            || (properties(), Some(Node::string("done"))),
            |(properties, value)| {
                let path = Path::parse(black_box(KEY)).expect("a path");
                let value = value.take().expect("one value for each round");
                path.set(properties, value).expect("objects on the way");
            },
            BatchSize::SmallInput,
        );
    });
    group.bench_function("get", |b| {
        let path = Path::parse("slack.url").expect("a path");
        let properties = properties();
        b.iter(|| path.get(black_box(&properties)).is_some());
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
