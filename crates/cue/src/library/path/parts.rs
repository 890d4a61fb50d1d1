//! The parts of a path.

use super::{clean::clean, system::System};

/// Up to and with the last separator, and what comes then.
pub(super) fn split(path: &str, system: System) -> (&str, &str) {
    let volume = system.volume(path).len();
    path.split_at(file_start(path, volume, system))
}

pub(super) fn extension(path: &str, system: System) -> &str {
    let file = &path[file_start(path, 0, system)..];
    file.rfind('.').map_or("", |dot| &file[dot..])
}

/// The last element.
pub(super) fn base(path: &str, system: System) -> String {
    if path.is_empty() {
        return ".".to_owned();
    }
    let path = path.trim_end_matches(|c| is_separator(c, system));
    let path = &path[system.volume(path).len()..];
    match &path[file_start(path, 0, system)..] {
        "" => char::from(system.separator()).to_string(),
        base => base.to_owned(),
    }
}

/// All but the last element.
pub(super) fn directory(path: &str, system: System) -> String {
    let volume = system.volume(path);
    let end = file_start(path, volume.len(), system);
    let directory = clean(&path[volume.len()..end], system);
    match directory == "." && volume.len() > 2 {
        true => volume.to_owned(),
        false => format!("{volume}{directory}"),
    }
}

fn file_start(path: &str, least: usize, system: System) -> usize {
    let last = path[least..].rfind(|c| is_separator(c, system));
    last.map_or(least, |at| least + at + 1)
}

fn is_separator(c: char, system: System) -> bool {
    u8::try_from(c).is_ok_and(|byte| system.is_separator(byte))
}
