//! The folder of runs: what is in it, what never is, and folders that are not as they should be.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    env::{Env, kill},
    recover::{FROM_SECOND, PAUSE, env, paths},
    server::{HOLD, Server},
};

/// Where SQLite keeps `user_version` in a database, in four bytes.
const USER_VERSION: std::ops::Range<usize> = 60..64;

/// A run that waits for somebody, in a folder that nobody has open.
fn kept(env: &Env) -> PathBuf {
    let file = env.file("app.yaml", PAUSE);
    let _out = env
        .run(&["run", &file, FROM_SECOND, "--run-id", "one"])
        .exits(4);
    let database = env.state().join("burgee.db");
    // A connection of SQLite's own kind folds the log into the database when it is closed.
    let connection = rusqlite::Connection::open(&database).expect("a database");
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
        .expect("a log");
    connection.close().expect("it closes");
    assert!(
        !env.state().join("burgee.db-wal").exists(),
        "all is in the database"
    );
    database
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => files.extend(self::files(&path)),
            false => {
                let content = fs::read(&path).expect("a file");
                files.insert(path, content);
            }
        }
    }
    files
}

/// Asserts that each command is refused in these words, and that no file is another than before.
fn refused(env: &Env, words: &str) {
    let file = env.file("app.yaml", PAUSE);
    let before = files(&env.state());
    for args in [
        &["run", &file, FROM_SECOND][..],
        &["run", &file, FROM_SECOND, "--run-id", "one"],
        &["recover", "one"],
        &["resume", "one"],
        &["suspend", "one"],
        &["terminate", "one"],
        &["restart", "one"],
        &["show", "one"],
        &["logs", "one"],
        &["runs"],
    ] {
        let out = env.run(args).exits(2);
        let said = &out.stderr;
        assert!(said.contains(words), "{args:?}: {said}");
        let mut after = files(&env.state());
        // SQLite reads a log through a file of shared memory, and may leave it behind; what was there stays as it was.
        after.retain(|path, _| before.contains_key(path));
        assert!(after == before, "{args:?} changed a file");
    }
}

#[test]
fn newer_database_is_left_to_a_newer_burgee() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let database = kept(&env);
    let mut bytes = fs::read(&database).expect("a database");
    bytes[USER_VERSION].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&database, bytes).expect("a database");
    refused(
        &env,
        "is of version 99, this Burgee knows version 1: a newer Burgee wrote it",
    );
    assert!(server.sent().is_empty());
}

#[test]
fn damaged_database_is_named_and_left_as_it_is() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let database = kept(&env);
    fs::write(
        &database,
        "this is no database, however long one looks at it",
    )
    .expect("a file");
    refused(&env, "burgee.db` is damaged");
    assert!(server.sent().is_empty());
}

#[test]
fn database_with_a_hole_is_named_and_nothing_is_sent() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let database = kept(&env);
    let mut bytes = fs::read(&database).expect("a database");
    // The first page says that it is ours; the tables are behind it.
    bytes[4096..].fill(0xA5);
    fs::write(&database, bytes).expect("a database");
    refused(&env, "is damaged");
    assert!(server.sent().is_empty());
}

#[test]
fn copied_folder_is_read_elsewhere() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let _database = kept(&env);
    let copy = env.state().with_file_name("copy");
    for (path, content) in files(&env.state()) {
        let path = copy.join(path.strip_prefix(env.state()).expect("it is below"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, content).expect("a file");
    }
    let copy = copy.display().to_string();
    for args in [
        &["show", "one"][..],
        &["show", "shop", "-o", "json"],
        &["logs", "one", "-o", "jsonl"],
        &["runs", "-o", "json"],
    ] {
        let here = env.run(args).exits(0);
        let there = env.run(&[args, &["--state", &copy]].concat()).exits(0);
        assert_eq!(there.stdout, here.stdout);
        assert!(here.stdout.contains("shop"), "{}", here.stdout);
    }
}

#[test]
fn folder_without_runs_is_no_run() {
    let env = Env::new();
    for args in [&["show", "one"][..], &["recover", "one"], &["runs"]] {
        let out = env.run(args).exits(2);
        assert!(out.stderr.contains("no runs are kept in"), "{}", out.stderr);
        assert!(!env.state().exists(), "{args:?} makes no folder");
    }
}

#[cfg(unix)]
#[test]
fn folder_that_cannot_be_written_is_read_and_not_run_in() {
    use std::os::unix::{fs::PermissionsExt as _, process::CommandExt as _};
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let _database = kept(&env);
    let (state, home) = (env.state(), env.state().with_file_name(""));
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    };
    let file = env.file("app.yaml", PAUSE);
    let binary = home.join("burgee");
    fs::copy(env!("CARGO_BIN_EXE_burgee"), &binary).expect("a binary");
    for (path, bits) in [(&home, 0o755), (&binary, 0o755), (&state, 0o555)] {
        mode(path, bits);
    }
    mode(Path::new(&file), 0o644);
    for path in files(&state).keys() {
        mode(path, 0o444);
    }
    mode(&state.join("runs"), 0o555);
    let before = files(&state);
    // Root may write everywhere: then it is somebody else who tries.
    let root = fs::write(state.join("probe"), "").is_ok();
    if root {
        fs::remove_file(state.join("probe")).expect("a file");
    }
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(&binary);
        command.args(args).env_clear().current_dir(&home);
        command.env("BURGEE_STATE", &state).env("TMPDIR", "/tmp");
        command.env("SECOND", format!("{}/second", server.url()));
        if root {
            command.uid(65534).gid(65534);
        }
        let output = command.output().expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    for args in [
        &["run", &file, FROM_SECOND][..],
        &["resume", "one"],
        &["terminate", "one"],
    ] {
        let (code, _, said) = run(args);
        assert_eq!(code, Some(2), "{args:?}: {said}");
        let place = state.display().to_string();
        assert!(said.contains(&place), "{args:?}: {said}");
    }
    for args in [&["show", "one"][..], &["logs", "one"], &["runs"]] {
        let (code, told, said) = run(args);
        assert_eq!(code, Some(0), "{args:?}: {said}");
        assert!(told.contains("shop") || told.contains("pause"), "{told}");
    }
    assert!(files(&state) == before, "nothing was changed");
    assert!(server.sent().is_empty());
    // Whoever removes the folder must be able to.
    mode(&state, 0o755);
    mode(&state.join("runs"), 0o755);
}

/// Three messages, each by a URL from another place, and one by a URL that an output has copied.
const SECRETS: &str = "apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: shop}
spec:
  components: []
  workflow:
    steps:
    - name: first
      type: notification
      properties: {slack: {url: {value: <first>}, message: {text: one}}}
      outputs:
      - {name: hook, valueFrom: parameter.slack.url.value}
    - name: filed
      type: notification
      properties: {slack: {url: {value: <filed>}, message: {text: two}}}
    - name: written
      type: notification
      properties: {slack: {url: {value: 'BASE/services/T0AAAAAAA/B0AAAAAAA/WrItTeNsEcReTwRiTtEnSe'}, message: {text: three}}}
    - {name: pause, type: suspend}
    - name: copied
      type: notification
      inputs:
      - {from: hook, parameterKey: slack.url.value}
      properties: {slack: {url: {value: filled in}, message: {text: four}}}
";

const TOKENS: [&str; 3] = [
    "EnVsEcReTeNvSeCrEtEnVsEc",
    "FiLeSeCrEtFiLeSeCrEtFiLe",
    "WrItTeNsEcReTwRiTtEnSe",
];

#[test]
fn no_secret_is_on_the_disk_and_a_variable_with_one_is_worked_out_again() {
    let hook = |token: &str| format!("/services/T0AAAAAAA/B0AAAAAAA/{token}");
    let [by_env, by_file, written] = TOKENS.map(hook);
    let server = Server::http(&[(200, "ok"), (200, "ok"), (200, "ok"), (HOLD, "")]);
    let env = Env::new().var("FIRST", &format!("{}{by_env}", server.url()));
    let url = env.file("url", format!("{}{by_file}", server.url()));
    let file = env.file("app.yaml", SECRETS.replace("BASE", &server.url()));
    let _out = env
        .run(&[
            "run",
            &file,
            "--set-from=first.slack.url.value=env:FIRST",
            &format!("--set-from=filed.slack.url.value=file:{url}"),
            "--run-id",
            "one",
        ])
        .exits(4);
    nowhere(&env);
    // Killed in the middle, all that was written last is in the log beside the database.
    let child = env.start(&["resume", "one"]);
    for _ in 0..4 {
        server.wait_for_request();
    }
    kill(child);
    assert!(env.state().join("burgee.db-wal").exists());
    nowhere(&env);
    assert_eq!(
        paths(&server),
        [by_env.clone(), by_file, written, by_env],
        "the copied one is worked out again"
    );
    for args in [&["show", "one"][..], &["logs", "one", "-o", "jsonl"]] {
        let out = env.run(args).exits(0);
        for token in TOKENS {
            out.never_shows(token);
        }
    }
}

/// Asserts that no file of the state has a secret, or a piece of one.
fn nowhere(env: &Env) {
    let files = files(&env.state());
    assert!(files.len() > 1, "something is kept");
    for (path, content) in files {
        for token in TOKENS {
            for piece in [token, &token[..12]] {
                let found = content
                    .windows(piece.len())
                    .any(|window| window == piece.as_bytes());
                assert!(!found, "{piece} is in {}", path.display());
            }
        }
    }
}
