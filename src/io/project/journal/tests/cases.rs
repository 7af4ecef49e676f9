//! Journals of other people, of projects that have changed, and of projects that can't be written.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use super::super::file::Place;
use super::super::recover::recover_from;
use super::super::writer::Journal;
use super::super::{Step, frame, wire};
use super::{Desk, category, edit, every_key, keys, project};
use crate::project::{Folder, open, read_document, snapshot, write};
use demarche_model::{AnnotatorId, Edit, LayerId, SpanId};

/// A desk at which Ana has tagged one passage in each document.
fn tagged() -> Desk {
    let mut desk = Desk::new();
    for which in [0, 1] {
        let tag = edit(&desk.project, (0, which, 0)).unwrap();
        desk.apply(tag);
    }
    desk
}

fn spans(folder: &Folder, document: &str, who: &str) -> Vec<SpanId> {
    let opened = open(folder).unwrap();
    let meta = opened.project.document(&document.into()).unwrap().meta.clone();
    let (contents, _) = read_document(folder, &opened.listing, opened.project.codebook(), &meta).unwrap();
    let layers = contents.layers.into_iter().filter(|(owner, _)| owner.as_str() == who);
    layers.flat_map(|(_, layer)| layer.spans().map(|span| span.id).collect::<Vec<_>>()).collect()
}

#[test]
fn only_the_machine_that_wrote_a_journal_applies_it() {
    let desk = tagged();
    fs::write(desk.journal(), &desk.bytes).unwrap();
    for (person, machine) in [("ana", "laptop"), ("ben", "desk")] {
        let place = Place::on(&desk.folder, &person.into(), machine, desk.dir.path());
        assert!(recover_from(&place).unwrap().is_empty());
        assert!(spans(&desk.folder, "d001", "ana").is_empty() && desk.journal().exists());
    }
    // A file under our name with someone else's head is not ours, but may be their work.
    let mut other = String::new();
    frame::write(&mut other, &wire::owner("ana", "laptop"));
    fs::write(desk.journal(), other).unwrap();
    assert_eq!(recover_from(&desk.place).unwrap().kept.len(), 1);
    assert!(spans(&desk.folder, "d001", "ana").is_empty());
}

#[test]
fn names_of_people_and_machines_never_share_a_file() {
    let folder = Folder::new("talks");
    let place = |person: &str, machine: &str| {
        format!("{:?}", Place::on(&folder, &AnnotatorId::new(person), machine, Path::new("out")))
    };
    let names = ["Ana’s PC", "ana-s-pc", "ANA-S-PC", "한국", "北京", "a/b", "a\\b", "", "con"];
    let all: BTreeSet<String> = names.iter().map(|machine| place("ana", machine)).collect();
    assert_eq!(all.len(), names.len());
}

#[test]
fn what_others_have_written_meanwhile_stays() {
    let mut desk = tagged();
    desk.apply(Edit::SetName { to: "Port talks".into() });
    // Ana on another machine, and Ben in the codebook.
    let mut elsewhere = project();
    for choice in [(0, 2, 9), (0, 0, 33)] {
        let tag = edit(&elsewhere, choice).unwrap();
        elsewhere.apply(tag).unwrap();
    }
    elsewhere.apply(Edit::SetCategory { id: "offer".into(), to: Some((2, category("offer"))) }).unwrap();
    write(&desk.folder, &snapshot(&elsewhere, &every_key(&elsewhere))).unwrap();
    let recovered = desk.recover(desk.bytes.len());
    assert_eq!((recovered.steps, recovered.documents(), recovered.conflicts.len()), (3, 2, 0));
    let now = open(&desk.folder).unwrap().project;
    assert!(now.name() == "Port talks" && now.codebook().category(&"offer".into()).is_some());
    assert_eq!(spans(&desk.folder, "d001", "ana").len(), 2, "both passages of the first document");
    let layer = fs::read_to_string(desk.folder.layer(&LayerId::new(&"d001".into(), &"ana".into()))).unwrap();
    assert!(
        layer.contains("[(0, 3)]") && !layer.contains("[(33, 36)]"),
        "the journal's state of a passage counts"
    );
}

#[test]
fn a_conflict_in_the_project_file_is_reported_and_ours_is_kept() {
    let mut desk = Desk::new();
    desk.apply(Edit::SetName { to: "Port talks".into() });
    let mut elsewhere = project();
    elsewhere.apply(Edit::SetName { to: "Fee talks".into() }).unwrap();
    write(&desk.folder, &snapshot(&elsewhere, &every_key(&elsewhere))).unwrap();
    assert_eq!(desk.recover(desk.bytes.len()).conflicts.len(), 1);
    assert_eq!(open(&desk.folder).unwrap().project.name(), "Port talks");
}

#[test]
fn what_can_not_be_applied_is_kept() {
    let desk = tagged();
    fs::rename(desk.folder.document(&"d002".into()), desk.dir.path().join("away")).unwrap();
    let recovered = desk.recover(desk.bytes.len());
    assert_eq!(recovered.kept, [desk.journal().with_extension("1.kept")]);
    assert_eq!(spans(&desk.folder, "d001", "ana").len(), 1, "the rest is recovered");
    assert!(
        crate::project::check(&desk.folder)
            .unwrap()
            .iter()
            .any(|p| p.file.ends_with("journal-ana-desk.1.kept"))
    );
    // As the message says: restore the text, and give the journal its name.
    fs::rename(desk.dir.path().join("away"), desk.folder.document(&"d002".into())).unwrap();
    fs::rename(&recovered.kept[0], desk.journal()).unwrap();
    assert!(recover_from(&desk.place).unwrap().kept.is_empty());
    assert_eq!(spans(&desk.folder, "d002", "ana").len(), 1);
}

#[test]
fn a_project_that_can_not_be_written_has_its_journal_in_the_folder_of_the_user() {
    let desk = Desk::new();
    // As if the folder of this machine could not be written.
    let local = desk.folder.local();
    fs::remove_dir_all(&local).unwrap();
    fs::write(&local, "").unwrap();
    let mut journal = Journal::start_at(desk.place.clone());
    let mut project = desk.project.clone();
    let tag = edit(&project, (0, 0, 0)).unwrap();
    let applied = project.apply(tag).unwrap();
    journal.add(Step::new(&applied, &project, &keys(&applied.touched), &desk.head, None));
    journal.flush_handle().flush(Duration::from_secs(60));
    assert_eq!(journal.failure(), None);
    drop(journal);
    assert!(desk.dir.path().join("outside/journal-ana-desk.log").exists());
    fs::remove_file(&local).unwrap();
    assert_eq!(recover_from(&desk.place).unwrap().steps, 1);
    assert_eq!(spans(&desk.folder, "d001", "ana").len(), 1);
    assert!(!desk.dir.path().join("outside/journal-ana-desk.log").exists());
}

/// Moves the folder of the project away or back.
fn move_project(desk: &Desk, is_away: bool) {
    let (here, away) = (desk.folder.root().to_owned(), desk.dir.path().join("away"));
    let (from, to) = if is_away { (here, away) } else { (away, here) };
    fs::rename(from, to).unwrap();
}

#[test]
fn a_journal_goes_on_in_the_folder_of_the_user_while_the_project_is_gone() {
    for is_saved in [false, true] {
        let desk = Desk::new();
        let outside = desk.dir.path().join("outside/journal-ana-desk.log");
        let mut journal = Journal::start_at(desk.place.clone());
        let mut project = desk.project.clone();
        let mut step = |journal: &mut Journal, edit: Edit| {
            let applied = project.apply(edit).unwrap();
            journal.add(Step::new(&applied, &project, &keys(&applied.touched), &desk.head, None));
            journal.flush_handle().flush(Duration::from_secs(60));
            assert_eq!(journal.failure(), None);
        };
        let tag = |which| edit(&desk.project, (0, which, which)).unwrap();
        step(&mut journal, tag(0));
        step(&mut journal, Edit::SetName { to: "Talks of May".to_owned() });
        assert_eq!(journal.outside(), None);
        move_project(&desk, true);
        step(&mut journal, tag(2));
        // Written as a difference to what the file in the project has.
        step(&mut journal, Edit::SetName { to: "Talks of June".to_owned() });
        assert_eq!(journal.outside().as_deref(), Some(&*outside));
        move_project(&desk, false);
        if is_saved {
            journal.saved(journal.last(), BTreeSet::new());
            journal.flush_handle().flush(Duration::from_secs(60));
            assert_eq!((journal.outside(), outside.exists()), (None, false));
            step(&mut journal, tag(4));
            assert!(desk.journal().exists());
        }
        drop(journal);
        assert!(recover_from(&desk.place).unwrap().kept.is_empty());
        let (tags, name) = if is_saved { (1, "Talks") } else { (2, "Talks of June") };
        assert_eq!(spans(&desk.folder, "d001", "ana").len(), tags);
        assert_eq!(open(&desk.folder).unwrap().project.name(), name);
        assert!(!outside.exists() && !desk.journal().exists());
    }
}

#[test]
fn steps_that_were_saved_do_not_come_back_from_a_journal_that_could_not_be_cut() {
    let desk = Desk::new();
    let mut journal = Journal::start_at(desk.place.clone());
    let mut project = desk.project.clone();
    let applied = project.apply(edit(&project, (0, 0, 0)).unwrap()).unwrap();
    journal.add(Step::new(&applied, &project, &keys(&applied.touched), &desk.head, None));
    journal.flush_handle().flush(Duration::from_secs(60));
    move_project(&desk, true);
    journal.saved(journal.last(), BTreeSet::new());
    journal.flush_handle().flush(Duration::from_secs(60));
    drop(journal);
    move_project(&desk, false);
    assert!(recover_from(&desk.place).unwrap().is_empty());
    assert!(spans(&desk.folder, "d001", "ana").is_empty());
}

#[test]
fn a_journal_is_cut_when_everything_is_saved_and_removed_when_it_is_closed() {
    let desk = Desk::new();
    let mut project = desk.project.clone();
    let mut journal = Journal::start_at(desk.place.clone());
    let mut tag = |journal: &mut Journal, which| {
        let tag = edit(&project, (0, which, which)).unwrap();
        let applied = project.apply(tag).unwrap();
        journal.add(Step::new(&applied, &project, &keys(&applied.touched), &desk.head, None));
    };
    let flush = |journal: &Journal| journal.flush_handle().flush(Duration::from_secs(60));
    tag(&mut journal, 0);
    flush(&journal);
    let size = fs::metadata(desk.journal()).unwrap().len();
    tag(&mut journal, 2);
    journal.saved(1, BTreeSet::new());
    flush(&journal);
    assert!(fs::metadata(desk.journal()).unwrap().len() > size, "a later step is kept");
    journal.saved(2, BTreeSet::new());
    flush(&journal);
    assert_eq!(fs::metadata(desk.journal()).unwrap().len(), 0);
    tag(&mut journal, 4);
    flush(&journal);
    assert_eq!(fs::metadata(desk.journal()).unwrap().len(), size, "it begins again");
    journal.discard();
    drop(journal);
    assert!(!desk.journal().exists());
}

#[test]
fn a_journal_that_can_not_be_written_is_tried_again() {
    let desk = Desk::new();
    // Neither the folder of this machine nor that of the user can be written.
    let (local, outside) = (desk.folder.local(), desk.dir.path().join("outside"));
    fs::remove_dir_all(&local).unwrap();
    fs::write(&local, "").unwrap();
    fs::write(&outside, "").unwrap();
    let mut journal = Journal::start_at(desk.place.clone());
    let mut project = desk.project.clone();
    let mut tag = |journal: &mut Journal, which| {
        let tag = edit(&project, (0, which, which)).unwrap();
        let applied = project.apply(tag).unwrap();
        journal.add(Step::new(&applied, &project, &keys(&applied.touched), &desk.head, None));
        journal.flush_handle().flush(Duration::from_secs(60));
    };
    tag(&mut journal, 0);
    assert!(journal.failure().is_some());
    fs::remove_file(&local).unwrap();
    tag(&mut journal, 2);
    assert_eq!(journal.failure(), None);
    drop(journal);
    fs::remove_file(&outside).unwrap();
    assert!(recover_from(&desk.place).unwrap().kept.is_empty());
    assert_eq!(spans(&desk.folder, "d001", "ana").len(), 2, "the first step is not lost");
}

#[test]
fn a_journal_that_is_damaged_before_its_end_is_kept() {
    for (damaged, recovered) in [("(format: 1, person", 0), ("(seq: 2", 1)] {
        let mut desk = tagged();
        let tag = edit(&desk.project, (0, 2, 9)).unwrap();
        desk.apply(tag);
        fs::write(desk.journal(), desk.bytes.replacen(damaged, &damaged.to_uppercase(), 1)).unwrap();
        let found = recover_from(&desk.place).unwrap();
        assert!(found.torn && found.kept.len() == 1, "{damaged}");
        assert_eq!((found.steps, spans(&desk.folder, "d001", "ana").len()), (recovered, recovered));
    }
}
