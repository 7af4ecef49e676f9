//! A panic of the program, soon after a step: the journal has what is not saved.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use demarche::io::project::{Folder, check};
use demarche::session::{Env, Session};

use super::from_environment;
use crate::support::session::*;
use crate::support::window::Window;

/// The project in which the program that panics works.
const PROJECT: &str = "DEMARCHE_PANICS_IN";

const WORDS: [&str; 5] = ["Norvania", "will", "suspend", "the", "talks"];

/// The time from the last step to the panic.
const PAUSE: Duration = Duration::from_millis(300);

/// A session in which all words were just tagged; `None` unless one of the tests below has started this process.
fn at_work(env: Env) -> Option<Session> {
    let root = std::env::var(PROJECT).ok()?;
    let mut session = Session::open(Path::new(&root), env).unwrap();
    session.finish_jobs();
    session.read_all();
    for word in WORDS {
        tag(&mut session, word, "threat");
    }
    Some(session)
}

/// Tags all words, and panics 0.3 s later.
#[test]
#[ignore = "started by a test below, in a process of its own"]
fn a_worker_that_panics() {
    let Some(_session) = at_work(Env::system(|| {})) else { return };
    std::thread::sleep(PAUSE);
    panic!("as a fault of the program would");
}

/// As [`a_worker_that_panics`], in the middle of a frame of a window: when it asks for the time.
#[test]
#[ignore = "started by a test below, in a process of its own"]
fn a_window_that_panics() {
    let is_faulty = Arc::new(AtomicBool::new(false));
    let fault = is_faulty.clone();
    let env = Env::system(|| {}).with_clock(move || {
        assert!(!fault.load(Ordering::Relaxed), "as a fault of the program would");
        START
    });
    let Some(session) = at_work(env) else { return };
    let mut window = Window::with(session);
    std::thread::sleep(PAUSE);
    assert!(window.session().has_unsaved(), "the clock stands still");
    is_faulty.store(true, Ordering::Relaxed);
    window.frame();
}

/// Starts a test of this file that panics, and looks at what it has left. With `DEMARCHE_PANICS`, more often.
fn nothing_is_lost_by(test: &str) {
    for _ in 0..from_environment("DEMARCHE_PANICS", 2) {
        let (_dir, root) = small(&["Norvania will suspend the talks.\n"]);
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("torture::panic::{test}"), "--ignored"])
            .env(PROJECT, &root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(!status.success());
        assert!(!root.join("layers/ana/d001.ron").exists(), "it was not saved");
        assert_eq!(passages(&open(&root)).len(), WORDS.len());
        assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    }
}

#[test]
fn a_session_that_panics_has_lost_nothing() {
    nothing_is_lost_by("a_worker_that_panics");
}

#[test]
fn a_window_that_panics_has_lost_nothing() {
    nothing_is_lost_by("a_window_that_panics");
}
