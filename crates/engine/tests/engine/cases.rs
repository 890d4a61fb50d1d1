//! `docs/kubevela-cases.md`: every test and fixture that it names exists.

use std::{collections::HashSet, fs, path::Path};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The texts in backquotes of a cell.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// True for `crate::file::test` where the crate's tests have such a file with such a function in it.
fn is_test(name: &str) -> bool {
    let mut parts = name.split("::");
    let (Some(package), Some(file), Some(test), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let tests = root().join("crates").join(package).join("tests");
    let folders = fs::read_dir(tests).into_iter().flatten().flatten();
    let mut texts = folders.filter_map(|folder| {
        fs::read_to_string(folder.path().join(file).with_extension("rs")).ok()
    });
    texts.any(|text| {
        text.contains(&format!("\nfn {test}() {{"))
            || text.contains(&format!("\nasync fn {test}() {{"))
    })
}

fn is_fixture(name: &str) -> bool {
    root()
        .join("fixtures")
        .join(name)
        .join("case.yaml")
        .is_file()
}

#[test]
fn table_has_all_cases_and_names_only_what_exists() {
    let text = fs::read_to_string(root().join("docs/kubevela-cases.md")).expect("the table");
    let mut numbers = HashSet::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [number, _, result, shown] = &*cells else {
            continue;
        };
        let Ok(number) = number.trim_start_matches("| ").parse::<u32>() else {
            continue;
        };
        assert!(numbers.insert(number), "{number} comes twice");
        for name in quoted(shown) {
            assert!(is_test(name) || is_fixture(name), "{number}: {name}");
        }
        assert!(
            quoted(shown).next().is_some() || result.starts_with("not applicable: "),
            "{number}: nothing shows it"
        );
    }
    assert_eq!(numbers, (1..=104).collect());
}
