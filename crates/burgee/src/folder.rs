//! The folder that runs are kept in.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use burgee_store::Store;

use crate::{args::StateArgs, exit::Failure};

/// The folder: as given, or the one for state of the user's own, as the XDG directories have it.
pub(crate) fn folder(args: &StateArgs) -> Result<PathBuf, Failure> {
    let set = |name: &str| env::var_os(name).filter(|value: &OsString| !value.is_empty());
    let given = args.state.clone();
    let state = set("XDG_STATE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || set("HOME").map(|home| Path::new(&home).join(".local/state"));
    let usual = || Some(state.or_else(home)?.join("burgee"));
    given.or_else(usual).ok_or_else(|| {
        Failure::usage("there is no home folder to keep runs in")
            .hint("--state DIR names a folder; --no-journal keeps nothing")
    })
}

/// The store in it, made where it is missing.
pub(crate) fn open(args: &StateArgs) -> Result<Store, Failure> {
    Store::open(&folder(args)?).map_err(|error| {
        Failure::usage(error).hint("--state DIR names another folder; --no-journal keeps nothing")
    })
}

/// The store in it, which must exist.
pub(crate) fn open_existing(args: &StateArgs) -> Result<Store, Failure> {
    Store::open_existing(&folder(args)?).map_err(Failure::usage)
}

/// The store in it, to look only.
pub(crate) fn look(args: &StateArgs) -> Result<Store, Failure> {
    Store::look(&folder(args)?).map_err(Failure::usage)
}

/// `--state DIR` where it was given, to be said again.
pub(crate) fn flag(args: &StateArgs) -> String {
    match &args.state {
        Some(dir) => format!(" --state {}", dir.display()),
        None => String::new(),
    }
}
