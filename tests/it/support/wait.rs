//! Waiting for work in the background.

use std::time::{Duration, Instant};

use demarche::session::Session;

/// Lets frames pass until something is so.
pub fn until(session: &mut Session, what: &str, is: impl Fn(&Session) -> bool) {
    let start = Instant::now();
    while !is(session) {
        assert!(start.elapsed() < Duration::from_secs(20), "{what}: {:?}", session.notices());
        std::thread::sleep(Duration::from_millis(5));
        session.tick();
    }
}
