//! After any sequence of actions, a killed program has lost nothing.

use std::fs;
use std::path::Path;
use std::time::Duration;

use demarche::io::project::{Folder, check, read_history, recover};
use proptest::collection::vec;
use proptest::prelude::*;

use super::actions::{UserAction, codebook_action, project_action, span_action, text};
use super::perform;
use crate::support::killed::copy;
use crate::support::project::files;
use crate::support::session::*;

/// The journal in a folder, if there is one: its name and its bytes.
fn journal(root: &Path) -> Option<(String, Vec<u8>)> {
    let names = fs::read_dir(root.join(".demarche")).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let name = names.find(|name| name.starts_with("journal-"))?;
    let bytes = fs::read(root.join(".demarche").join(&name)).unwrap();
    Some((name, bytes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, max_shrink_iters: 400, ..ProptestConfig::default() })]
    #[test]
    fn a_program_that_is_killed_has_lost_nothing(
        texts in vec(text(), 1..4),
        actions in vec(
            prop_oneof![6 => span_action(), 4 => project_action(), 2 => codebook_action(), 1 => Just(UserAction::Save)],
            1..25,
        ),
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (_dir, root) = small_in(in_memory(), &texts);
        let mut session = open(&root);
        for user_action in &actions {
            perform(&mut session, user_action);
        }
        session.finish_jobs();
        session.finish_jobs();
        if let Some(journal) = session.journal_flush() {
            journal.flush(Duration::from_secs(60));
        }
        let (killed, kept) = (copy(&root), journal(&root));
        session.save_now().unwrap();
        let (saved, me) = (files(&root), session.me().clone());
        let history = read_history(&Folder::new(&root)).unwrap();
        // Killed before the files were saved, and after that, but before the journal was cut.
        let uncut = copy(&root);
        if let Some((name, bytes)) = &kept {
            fs::write(uncut.path().join(".demarche").join(name), bytes).unwrap();
        }
        for killed in [&killed, &uncut] {
            let folder = Folder::new(killed.path());
            let is_saved = files(killed.path()) == saved && read_history(&folder).unwrap() == history;
            let recovered = recover(&folder, &me).unwrap();
            prop_assert_eq!(recovered.steps == 0, is_saved);
            prop_assert!(recovered.kept.is_empty() && recovered.conflicts.is_empty() && !recovered.torn);
            prop_assert_eq!(&files(killed.path()), &saved);
            prop_assert_eq!(&read_history(&folder).unwrap(), &history);
            prop_assert_eq!(journal(killed.path()), None);
            prop_assert!(recover(&folder, &me).unwrap().is_empty());
        }
        prop_assert_eq!(check(&Folder::new(uncut.path())).unwrap(), check(&Folder::new(&root)).unwrap());
    }
}
