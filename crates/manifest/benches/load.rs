//! Loads the manifest of KubeVela's webhook-notification manual: text to model, with its three warnings.

use std::hint::black_box;

use burgee_manifest::{documents, load};
use burgee_source::Sources;
use criterion::{Criterion, criterion_group, criterion_main};

const MISSION: &str = include_str!("../../../docs/examples/first-vela-workflow.yaml");

fn bench(c: &mut Criterion) {
    let mut sources = Sources::default();
    let file = sources.add("first-vela-workflow.yaml", MISSION);
    let mut group = c.benchmark_group("load");
    group.bench_function("mission to model", |b| {
        b.iter(|| load(black_box(&sources), file));
    });
    group.bench_function("mission to tree", |b| {
        b.iter(|| documents(black_box(&sources), file));
    });
    group.bench_function("mission with its source", |b| {
        b.iter(|| {
            let mut sources = Sources::default();
            let file = sources.add("first-vela-workflow.yaml", black_box(MISSION));
            load(&sources, file)
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
