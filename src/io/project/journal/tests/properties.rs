//! Laws for any steps, saves and damage.

use std::fs;

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::recover::recover_from;
use super::{Desk, choices, edit, files};
use crate::project::{FileKey, open, read_history};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_journal_that_is_cut_anywhere_yields_the_state_before_the_cut(
        choices in choices(),
        saved_after in 0..30_usize,
        cut in any::<proptest::sample::Index>(),
    ) {
        let mut desk = Desk::new();
        // The states after each record, with the end of the record and the number of steps.
        let mut states = vec![(desk.bytes.len(), desk.project.clone(), 0)];
        let mut first = desk.bytes.len();
        for (at, choice) in choices.into_iter().enumerate() {
            if let Some(edit) = edit(&desk.project, choice) {
                desk.apply(edit);
                states.push((desk.bytes.len(), desk.project.clone(), desk.log.len()));
            }
            if at == saved_after {
                // Whatever is saved was in the journal before.
                first = desk.bytes.len();
                desk.save(|_| false);
                states.push((desk.bytes.len(), desk.project.clone(), desk.log.len()));
            }
        }
        let cut = first + cut.index(desk.bytes.len() - first + 1);
        let recovered = desk.recover(cut);
        let (_, state, steps) = states.iter().rev().find(|(end, ..)| *end <= cut).unwrap();
        prop_assert_eq!(files(desk.folder.root()), desk.expected(state));
        prop_assert_eq!(recovered.torn, states.iter().all(|(end, ..)| *end != cut));
        prop_assert!(recovered.kept.is_empty() && recovered.conflicts.is_empty());
        prop_assert_eq!(&read_history(&desk.folder).unwrap().0, &desk.log[..*steps]);
        prop_assert!(!desk.journal().exists());
    }

    #[test]
    fn files_that_could_not_be_saved_stay_in_the_journal(
        choices in choices(),
        saves in vec((0..30_usize, 0..4_u8, 0..4_usize), 0..4),
    ) {
        let mut desk = Desk::new();
        for (at, choice) in choices.into_iter().enumerate() {
            if let Some(edit) = edit(&desk.project, choice) {
                desk.apply(edit);
            }
            if saves.iter().any(|(after, _, takes)| after + takes == at) {
                desk.end_saving();
            }
            for (_, left, takes) in saves.iter().filter(|(after, ..)| *after == at) {
                desk.end_saving();
                let layer = |key: &FileKey| matches!(key, FileKey::Layer(_) | FileKey::Review(..));
                let first = |key: &FileKey| key.document() == Some(&"d001".into());
                desk.begin_saving(|key| match left {
                    0 => false,
                    1 => layer(key),
                    2 => layer(key) && first(key),
                    _ => layer(key) && !first(key),
                });
                if *takes == 0 {
                    desk.end_saving();
                }
            }
        }
        let recovered = desk.recover(desk.bytes.len());
        prop_assert_eq!(files(desk.folder.root()), desk.expected(&desk.project));
        prop_assert!(recovered.kept.is_empty() && recovered.conflicts.is_empty() && !recovered.torn);
        prop_assert_eq!(&read_history(&desk.folder).unwrap().0, &desk.log);
    }

    #[test]
    fn no_damage_of_a_journal_makes_recovering_fail(
        choices in choices(),
        at in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut desk = Desk::new();
        for choice in choices {
            if let Some(edit) = edit(&desk.project, choice) {
                desk.apply(edit);
            }
        }
        let mut bytes = desk.bytes.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        fs::write(desk.journal(), bytes).unwrap();
        recover_from(&desk.place).unwrap();
        prop_assert!(open(&desk.folder).is_ok());
    }
}
