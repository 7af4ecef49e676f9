//! A panic of the program, soon after a step: the journal has what is not saved.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use demarche::io::project::{Folder, check};
use demarche::session::{Env, Session};

use super::from_environment;
use crate::support::session::*;

/// The project in which the program that panics works.
const PROJECT: &str = "DEMARCHE_PANICS_IN";

const WORDS: [&str; 5] = ["Norvania", "will", "suspend", "the", "talks"];

/// Tags all words, and panics 0.3 s later. Started by the test below, in a process of its own.
#[test]
#[ignore = "started by the test below, in a process of its own"]
fn a_worker_that_panics() {
    let Ok(root) = std::env::var(PROJECT) else { return };
    let mut session = Session::open(Path::new(&root), Env::system(|| {})).unwrap();
    session.finish_jobs();
    session.read_all();
    for word in WORDS {
        tag(&mut session, word, "threat");
    }
    std::thread::sleep(Duration::from_millis(300));
    panic!("as a fault of the program would");
}

/// With `DEMARCHE_PANICS`, more often.
#[test]
fn a_session_that_panics_has_lost_nothing() {
    for _ in 0..from_environment("DEMARCHE_PANICS", 2) {
        let (_dir, root) = small(&["Norvania will suspend the talks.\n"]);
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "torture::panic::a_worker_that_panics", "--ignored"])
            .env(PROJECT, &root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(!status.success());
        assert_eq!(passages(&open(&root)).len(), WORDS.len());
        assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    }
}
