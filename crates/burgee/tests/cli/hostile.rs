//! Files that nobody should have written. Each is an ordinary error.

use crate::env::Env;

fn refused(name: &str, content: impl AsRef<[u8]>) {
    let env = Env::new();
    let file = env.file(name, content);
    let out = env.run(&["check", &file]);
    assert!(
        matches!(out.code, 2 | 3),
        "exit {}\nstderr: {}",
        out.code,
        out.stderr
    );
    assert!(
        out.stdout.len() + out.stderr.len() < 100_000,
        "a report that nobody reads"
    );
}

#[test]
fn random_bytes() {
    // A linear congruential generator: the same bytes each time.
    let mut state: u32 = 7;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(100_000)
    .collect();
    refused("random.yaml", bytes);
}

#[test]
fn deep_nesting() {
    refused("deep.yaml", "[".repeat(200_000));
    refused("deep.yaml", format!("a: {}", "{a: ".repeat(50_000)));
    refused("deep.json", "[".repeat(200_000));
}

#[test]
fn billion_laughs() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..10 {
        let below = format!("*a{},", level - 1).repeat(9);
        text.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    refused("laughs.yaml", text);
}

#[test]
fn fifty_megabytes() {
    refused("large.yaml", "a: b\n".repeat(10 * 1024 * 1024));
}
