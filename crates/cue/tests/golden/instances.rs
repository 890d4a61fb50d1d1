//! Instances say the same as evaluations, of every program that is stored with an answer.

use std::{fs, path::Path as File};

use burgee_cue::{Error, Field, Item, Limits, NoLoader, Program, Selector, Value};
use burgee_source::SourceId;

#[derive(serde::Deserialize)]
struct Case {
    src: String,
}

/// The programs of all fixtures, or of those that were written by hand.
fn programs(random: bool) -> Vec<(String, Program)> {
    let root = File::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cue");
    let mut programs = Vec::new();
    for folder in ["", "language", "kubevela", "programs"] {
        let entries = fs::read_dir(root.join(folder)).expect("the folder is there");
        let mut files: Vec<_> = entries
            .map(|entry| entry.expect("readable").path())
            .collect();
        files.retain(|file| {
            file.extension()
                .is_some_and(|extension| extension == "jsonl")
        });
        files.retain(|file| random || file.file_stem().is_none_or(|name| name != "random"));
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).expect("readable");
            for line in text.lines().filter(|line| !line.is_empty()) {
                let case: Case = serde_json::from_str(line).expect("a case");
                if let Ok(program) = Program::file(&case.src, SourceId(0)) {
                    programs.push((case.src, program));
                }
            }
        }
    }
    assert!(programs.len() > 1000, "only {} programs", programs.len());
    programs
}

fn answer(outcome: &Result<Value, Error>) -> String {
    match outcome {
        Ok(value) => super::canonical(&value.to_json_text()),
        Err(error) => format!("{:?}", error.kind),
    }
}

/// What every item has to agree with: the value that it is part of.
fn is_that(item: Item<'_>, value: &Value) -> Result<(), String> {
    let exported = item.export();
    if exported.as_ref() != Ok(value) {
        return Err(format!("{}: {}", item.path(), answer(&exported)));
    }
    if item.kind() != Some(value.kind()) {
        return Err(format!("{}: {:?}", item.path(), item.kind()));
    }
    match value {
        Value::Struct(fields) => {
            let listed = item.fields().into_iter().filter(Field::is_exported);
            let names: Vec<_> = listed.map(|field| field.name).collect();
            if !names.iter().eq(fields.iter().map(|(name, _)| name)) {
                return Err(format!("{}: {names:?}", item.path()));
            }
            for (name, value) in fields.iter() {
                let found = item.get(name).ok_or_else(|| format!("no {name}"))?;
                is_that(found, value)?;
            }
            Ok(())
        }
        Value::List(items) => {
            let found = item.items();
            if found.len() != items.len() {
                return Err(format!("{}: {} items", item.path(), found.len()));
            }
            let mut both = found.into_iter().zip(items.iter());
            both.try_for_each(|(item, value)| is_that(item, value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Bytes(_) => {
            Ok(())
        }
    }
}

fn check(program: &Program) -> Result<(), String> {
    let limits = Limits::default();
    let expected = program.evaluate(&[], &limits);
    let instance = match program.instance(&[], &limits) {
        Ok(instance) => instance,
        Err(error) if expected.as_ref() == Err(&error) => return Ok(()),
        Err(error) => return Err(format!("no instance: {error}")),
    };
    let root = instance.root();
    let exported = root.export();
    if answer(&exported) != answer(&expected) {
        return Err(format!("{} is {}", answer(&expected), answer(&exported)));
    }
    if root.validate(true) != program.validate(&[], &limits, true) {
        let words = |problems: Vec<Error>| {
            let words = problems.iter().map(ToString::to_string);
            words.collect::<Vec<_>>().join("; ")
        };
        let expected = words(program.validate(&[], &limits, true));
        return Err(format!("{expected} is {}", words(root.validate(true))));
    }
    let Ok(value) = expected else {
        return Ok(());
    };
    is_that(root, &value)?;
    let twice = root.unify(root).export();
    if answer(&twice) != answer(&exported) {
        return Err(format!("twice: {}", answer(&twice)));
    }
    Ok(())
}

#[test]
fn instances_say_the_same_as_evaluations() {
    let mut wrong = Vec::new();
    for (text, program) in programs(true) {
        if let Err(why) = check(&program) {
            wrong.push(format!("{why}\n{text}\n"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What is filled in and what another file says are the same.
fn check_fills(text: &str, program: &Program) -> Result<(), String> {
    let limits = Limits::default();
    let Ok(instance) = program.instance(&[], &limits) else {
        return Ok(());
    };
    let root = instance.root();
    for name in root.fields().into_iter().map(|field| field.name).take(2) {
        for data in ["7", r#""x""#, r#"{"zz": 1}"#, "[1]"] {
            let selector = Selector::named(&name);
            let file = format!("{selector}: {data}");
            let files = [(text, SourceId(0)), (&*file, SourceId(1))];
            let Ok(beside) = Program::package(&files, None, &NoLoader) else {
                continue;
            };
            let expected = beside.evaluate(&[], &limits);
            let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
            let filled = root.fill(&[selector].into_iter().collect(), &data).export();
            // Of two things that are wrong either may be named.
            let fails = filled.is_err() && expected.is_err();
            if !fails && answer(&filled) != answer(&expected) {
                let (expected, filled) = (answer(&expected), answer(&filled));
                return Err(format!("{file}: {expected} is {filled}"));
            }
        }
    }
    Ok(())
}

#[test]
fn what_is_filled_in_is_what_another_file_says() {
    let mut wrong = Vec::new();
    for (text, program) in programs(false) {
        if let Err(why) = check_fills(&text, &program) {
            wrong.push(format!("{why}\n{text}\n"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
