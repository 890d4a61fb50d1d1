//! Package `path`: the paths of Unix, Windows and Plan 9, as texts. Which of them is the last argument, by the name of an
//! operating system.
//!
//! | function | what it does |
//! |---|---|
//! | `Clean(path)` | the shortest path that means the same; `clean` |
//! | `Join([…])` | one path of its elements, cleaned; `clean` |
//! | `Resolve(directory, path)` | the path seen from the directory, cleaned |
//! | `Rel(base, target)` | the target seen from the base; `rel` |
//! | `Split(path)`, `Dir`, `Base`, `Ext` | its parts; `parts` |
//! | `IsAbs(path)` | whether it begins at a root |
//! | `VolumeName(path)` | `C:` or `\\host\share`; of Windows when nothing is said |
//! | `Match(pattern, name)` | whether a shell pattern matches all of a name; `pattern` |
//! | `SplitList(paths, system)` | the paths of a list such as `$PATH` |
//! | `ToSlash(path, system)`, `FromSlash` | its separators changed to `/` or from it |
//! | `Unix`, `Windows`, `Plan9` | the names of the systems |

mod clean;
mod parts;
mod pattern;
mod rel;
mod system;
#[cfg(test)]
mod tests;

use super::{
    Builtin, Constant, Member, Param as P, answers, failed, function, items, string, strings, text,
};
use crate::Value;
use system::System;

const NAME: &str = "path";
const SYSTEM: P = P::System(Some("unix"));
const ONE: &[P] = &[P::String, SYSTEM];
const TWO: &[P] = &[P::String, P::String, SYSTEM];
const NAMED: &[P] = &[P::String, P::System(None)];
const VOLUME: &[P] = &[P::String, P::System(Some("windows"))];

pub(super) static OTHERS: &[(&str, Member)] = &[
    ("Unix", Member::Constant(Constant::Text("unix"))),
    ("Windows", Member::Constant(Constant::Text("windows"))),
    ("Plan9", Member::Constant(Constant::Text("plan9"))),
];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Split", ONE, |a| {
        let (directory, file) = parts::split(text(a, 0), system(a, 1));
        strings([directory, file].into_iter())
    }),
    function(NAME, "SplitList", NAMED, |a| {
        answers::texts(system(a, 1).split_list(text(a, 0)))
    }),
    function(NAME, "Join", &[P::Strings, SYSTEM], |a| {
        let elements: Vec<_> = items(a, 0).iter().filter_map(Value::as_str).collect();
        string(clean::join(&elements, system(a, 1)))
    }),
    function(NAME, "Match", TWO, |a| {
        let matched = pattern::matches(text(a, 0), text(a, 1), system(a, 2));
        match matched {
            Some(matched) => Ok(Value::Bool(matched)),
            None => Err(failed("the pattern is malformed")),
        }
    }),
    function(NAME, "Clean", ONE, |a| {
        string(clean::clean(text(a, 0), system(a, 1)))
    }),
    function(NAME, "ToSlash", NAMED, |a| {
        let separator = system(a, 1).separator();
        string(text(a, 0).replace(char::from(separator), "/"))
    }),
    function(NAME, "FromSlash", NAMED, |a| {
        string(system(a, 1).with_separators(text(a, 0).to_owned()))
    }),
    function(NAME, "Ext", ONE, |a| {
        string(parts::extension(text(a, 0), system(a, 1)))
    }),
    function(NAME, "Resolve", TWO, |a| {
        let (directory, path, system) = (text(a, 0), text(a, 1), system(a, 2));
        match system.is_absolute(path) {
            true => string(clean::clean(path, system)),
            false => string(clean::join(
                &[&clean::clean(directory, system), path],
                system,
            )),
        }
    }),
    function(NAME, "Rel", TWO, |a| {
        match rel::relative(text(a, 0), text(a, 1), system(a, 2)) {
            Some(path) => string(path),
            None => Err(failed("there is no way from the one to the other")),
        }
    }),
    function(NAME, "Base", ONE, |a| {
        string(parts::base(text(a, 0), system(a, 1)))
    }),
    function(NAME, "Dir", ONE, |a| {
        string(parts::directory(text(a, 0), system(a, 1)))
    }),
    function(NAME, "IsAbs", ONE, |a| {
        Ok(Value::Bool(system(a, 1).is_absolute(text(a, 0))))
    }),
    function(NAME, "VolumeName", VOLUME, |a| {
        string(system(a, 1).volume(text(a, 0)))
    }),
];

/// True for the name of a system whose paths are known.
pub(super) fn is_system(name: &str) -> bool {
    System::of_name(name).is_some()
}

fn system(arguments: &[Value], index: usize) -> System {
    System::of_name(text(arguments, index)).unwrap_or(System::Unix)
}
