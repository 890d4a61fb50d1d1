//! Any program: it ends within its bounds, what it says agrees with itself, and what it ends in can be read again.

use burgee_cue::{Error, ErrorKind, Item, Path, Program, TermOptions, Value, source::SourceId};

use crate::{
    limits::tight,
    problems::{self, Texts},
    read_again,
};

const FILE: SourceId = SourceId(0);
/// How many items are looked at: each question may do as much as a whole evaluation.
const MAX_ITEMS: usize = 50;

/// Evaluates the text in every way there is.
pub fn holds(text: &str) {
    let Ok(program) = Program::file(text, FILE) else {
        return;
    };
    let texts = [(FILE, text)];
    let limits = tight();
    let value = program.evaluate(&[], &limits);
    match &value {
        Ok(value) => read_again::check(value),
        Err(error) => problems::check_error(error, &texts),
    }
    let [conflicts, all] = [false, true].map(|concrete| {
        let found = program.validate(&[], &limits, concrete);
        for error in &found {
            problems::check_error(error, &texts);
        }
        found
    });
    agree(&value, &conflicts, &all);
    for options in [TermOptions::default(), everything()] {
        if let Ok(term) = program.term(&[], &limits, &options) {
            read_again::check_term(&term);
        }
    }
    if let Ok(instance) = program.instance(&[], &limits) {
        let mut left = MAX_ITEMS;
        look_around(instance.root(), &texts, &mut left);
    }
}

/// A value has no problems, what has none is a value, and what is wrong stays wrong when more is asked for.
fn agree(value: &Result<Value, Error>, conflicts: &[Error], all: &[Error]) {
    let limited = |errors: &[Error]| errors.iter().any(|error| error.kind == ErrorKind::Limit);
    if limited(conflicts) || limited(all) {
        return;
    }
    assert!(
        conflicts.is_empty() || !all.is_empty(),
        "wrong only as long as it need not be concrete: {conflicts:?}"
    );
    match value {
        Ok(value) => assert!(
            all.is_empty(),
            "{} has problems: {all:?}",
            value.to_json_text()
        ),
        // A name inside of a definition that is not known keeps it from being a value, and need not be known.
        Err(error) if matches!(error.kind, ErrorKind::Limit | ErrorKind::Incomplete) => {}
        Err(error) => assert!(!all.is_empty(), "no value, and no problem but {error:?}"),
    }
}

fn everything() -> TermOptions {
    TermOptions {
        definitions: true,
        hidden: true,
        optional: true,
        patterns: true,
        docs: true,
        attributes: true,
        final_: false,
    }
}

/// Everything that can be asked of an item, and of what is in it.
fn look_around(item: Item<'_>, texts: &Texts<'_>, left: &mut usize) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    let _ = (item.state(), item.kind(), item.docs(), item.attributes());
    let path = item.path();
    assert_eq!(path.to_string().parse::<Path>().as_ref(), Ok(&path));
    match item.export() {
        Ok(value) => read_again::check(&value),
        Err(error) => {
            problems::check_error(&error, texts);
            if error.kind == ErrorKind::Limit {
                *left = 0;
            }
        }
    }
    read_again::check_term(&item.term(&TermOptions::default()));
    if let Some(default) = item.default() {
        let _ = default.state();
    }
    for field in item.fields() {
        look_around(field.item, texts, left);
    }
    for item in item.items() {
        look_around(item, texts, left);
    }
}
