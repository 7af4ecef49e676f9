//! Two programs never write as one person; two people write into one project at once.

use std::fs;

use demarche::io::project::{Folder, Lock, Locking, is_shared, lock, open};
use demarche::model::Stamp;

use crate::support::project::*;

fn taken(folder: &Folder) -> Lock {
    match lock(folder, "ana", AT).expect("locked") {
        Locking::Taken(lock) => lock,
        Locking::Held(holder) => panic!("held by {holder:?}"),
    }
}

#[test]
fn the_second_of_one_name_is_told_who_has_it_and_can_have_it_afterwards() {
    let (_dir, folder) = on_disk();
    let first = taken(&folder);
    match lock(&folder, "ana", Stamp(AT.0 + 9)).expect("tried") {
        Locking::Held(holder) => {
            assert_eq!((holder.who.as_str(), holder.since), ("ana", AT));
            assert_eq!(holder.process, std::process::id());
            assert!(!holder.host.is_empty());
        }
        Locking::Taken(_) => panic!("two writers"),
    }
    open(&folder).expect("reading is free to all");
    // Every file has one writer, so another person is in nobody's way. (One lock for the whole project kept a team on a
    // shared drive from working at once.)
    let other = lock(&folder, "ben", AT).expect("tried");
    assert!(matches!(other, Locking::Taken(_)), "{other:?}");
    assert!(is_shared(&folder, "ana") && is_shared(&folder, "ben"));
    drop(other);
    assert!(!is_shared(&folder, "ana"));
    drop(first);
    drop(taken(&folder));
    assert!(!folder.local().join("holder-ana.ron").exists());
}

#[test]
fn what_a_crash_left_behind_does_not_lock_the_project() {
    let (_dir, folder) = on_disk();
    fs::write(folder.local().join("lock-ana"), "").expect("written");
    fs::write(folder.local().join("holder-ana.ron"), "(who: \"gone\"").expect("written");
    drop(taken(&folder));
}

#[test]
fn a_folder_that_was_never_locked_gets_its_gitignore() {
    let (_dir, folder) = on_disk();
    fs::remove_dir_all(folder.local()).expect("removed");
    drop(taken(&folder));
    assert!(folder.local().join(".gitignore").exists());
}

#[test]
fn a_folder_that_cant_be_written_says_so_and_can_still_be_read() {
    let (_dir, folder) = on_disk();
    fs::remove_dir_all(folder.local()).expect("removed");
    fs::write(folder.local(), "a file where the folder has to go").expect("written");
    let error = lock(&folder, "ana", AT).expect_err("refused").to_string();
    assert!(error.starts_with("can't lock the project, so it can only be read"), "{error}");
    open(&folder).expect("reading works");
}
