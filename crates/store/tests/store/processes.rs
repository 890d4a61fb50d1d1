//! Several processes: the children are this test binary again, with [`child`] as its only test.

use std::{
    env, fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

use burgee_model::Journal as _;
use burgee_store::{Ownership, Store, StoreError};
use futures_executor::block_on;

use crate::support::{begin, new_run, raw, started, store, waiting};

const ROLE: &str = "BURGEE_STORE_TEST_ROLE";
const DIR: &str = "BURGEE_STORE_TEST_DIR";

/// What a child says when it has got so far.
const READY: &str = "child is ready";

#[test]
#[ignore = "a child of the other tests"]
fn child() {
    let dir = PathBuf::from(env::var_os(DIR).expect("a folder"));
    match env::var(ROLE).expect("a role").as_str() {
        "own" => {
            let store = Store::open(&dir).expect("a store");
            let (_lock, _journal) = begin(&store, "r1", "shop");
            wait_for_the_parent();
        }
        "write" => {
            let store = Store::open(&dir).expect("a store");
            wait_for_the_parent();
            let id = format!("run-{}", std::process::id());
            let (_lock, journal) = store.begin(&new_run(&id, "shop")).expect("a new run");
            journal.append(&started(&id, "shop")).expect("room");
            for number in 0..200 {
                journal
                    .append(&waiting(1, &number.to_string()))
                    .expect("room");
                block_on(journal.sync()).expect("a disk");
            }
        }
        "look" => {
            assert!(
                fs::write(dir.join("probe"), "").is_err(),
                "the folder can be written"
            );
            let store = Store::look(&dir).expect("a store");
            let state = store.state(&"r1".into()).expect("a state");
            assert_eq!(state.steps[0].message, "in the log");
            let error = Store::open(&dir)
                .map(drop)
                .expect_err("nothing can be written");
            assert!(error.to_string().contains("burgee.db"), "{error}");
        }
        role => panic!("{role}"),
    }
}

#[expect(clippy::print_stdout, reason = "the parent reads it")]
fn wait_for_the_parent() {
    println!("\n{READY}");
    std::io::stdout().flush().expect("a pipe");
    // Ends when the parent lets go of the pipe.
    std::io::stdin()
        .read_to_end(&mut Vec::new())
        .expect("a pipe");
}

fn command(exe: &Path, role: &str, dir: &Path) -> Command {
    let mut command = Command::new(exe);
    command
        .args(["--exact", "processes::child", "--ignored", "--nocapture"])
        .env(ROLE, role)
        .env(DIR, dir);
    command
}

/// A child that is ready, and goes on when its pipe is dropped.
fn spawn(role: &str, dir: &Path) -> (Child, ChildStdin) {
    let exe = env::current_exe().expect("this binary");
    let mut command = command(&exe, role, dir);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let stdin = child.stdin.take().expect("a pipe");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    assert!(
        lines.any(|line| line.expect("text") == READY),
        "the child ended"
    );
    // Whatever it says later finds somebody who listens.
    std::thread::spawn(move || lines.for_each(drop));
    (child, stdin)
}

#[test]
fn the_lock_of_a_killed_process_is_free_at_once_and_its_records_are_there() {
    let (dir, store) = store();
    let (mut child, _stdin) = spawn("own", &dir.path().join("state"));
    let run = "r1".into();
    match store.take(&run).unwrap_err() {
        StoreError::Owned {
            owner: Some(owner), ..
        } => assert_eq!(owner.process, child.id()),
        other => panic!("{other}"),
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(store.owner(&run).unwrap(), Ownership::Free);
    let (_lock, _journal, state) = store.take(&run).unwrap();
    assert_eq!(state.unwrap().application, "shop");
}

#[test]
fn processes_that_begin_a_folder_and_write_to_it_together_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path().join("state");
    let children = (0..4).map(|_| spawn("write", &state));
    let (children, pipes): (Vec<_>, Vec<_>) = children.unzip();
    drop(pipes);
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = Store::look(&state).unwrap();
    let runs = store.runs(&burgee_store::Filter::default()).unwrap();
    assert_eq!(runs.len(), 4);
    for run in runs {
        assert_eq!(store.records(&run.run, 0).unwrap().len(), 201);
    }
}

#[test]
#[cfg(unix)]
fn a_copied_folder_that_cannot_be_written_is_shown_with_what_is_in_its_log() {
    use std::os::unix::{fs::PermissionsExt as _, process::CommandExt as _};
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let (dir, store) = store();
    let (lock, journal) = begin(&store, "r1", "shop");
    raw(&store)
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
        .unwrap();
    journal.append(&waiting(1, "in the log")).unwrap();
    block_on(journal.sync()).unwrap();
    mode(dir.path(), 0o755);
    let exe = dir.path().join("child");
    fs::copy(env::current_exe().unwrap(), &exe).unwrap();
    mode(&exe, 0o755);

    let look = |name: &str, files: &[&str]| {
        let copy = dir.path().join(name);
        fs::create_dir(&copy).unwrap();
        for file in files {
            fs::copy(dir.path().join("state").join(file), copy.join(file)).unwrap();
            mode(&copy.join(file), 0o444);
        }
        mode(&copy, 0o555);
        let mut look = command(&exe, "look", &copy);
        // Root may write everywhere: then it is somebody else who looks.
        if fs::write(copy.join("probe"), "").is_ok() {
            fs::remove_file(copy.join("probe")).unwrap();
            look.uid(65534).gid(65534);
        }
        let output = look.output().unwrap();
        mode(&copy, 0o755);
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {words}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    };
    look("with-log", &["burgee.db", "burgee.db-wal"]);
    look("with-all", &["burgee.db", "burgee.db-wal", "burgee.db-shm"]);
    drop((lock, journal, store));
    look("closed", &["burgee.db", "burgee.db-wal"]);
}
