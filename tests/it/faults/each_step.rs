//! Faults at each step: the operation can be repeated, with the same result as without the fault.

use std::io::ErrorKind;
use std::path::Path;

use demarche::io::IoError;
use demarche::io::project::{Folder, create};

use super::operations::{OPERATIONS, Operation, content, home, problems};
use crate::support::disk::{Fault, FaultyDisk, Step};
use crate::support::project::{copy_tree, read_all};

const FAULTS: [Fault; 6] = [
    Fault::Kill,
    Fault::HalfKill,
    Fault::Half,
    Fault::Error(ErrorKind::StorageFull),
    Fault::Error(ErrorKind::PermissionDenied),
    Fault::Error(ErrorKind::Other),
];

/// The temporary files and intents that interrupted commits have left.
fn leftovers(root: &Path) -> Vec<String> {
    let (mut out, mut open) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".tmp") || name.contains("/commit-") {
                out.push(name);
            }
        }
    }
    out
}

/// Runs an operation with a fault at every `stride`th step, and repeats it.
fn each_step(operation: &Operation, faults: &[Fault], stride: usize) {
    let (_dir, home) = home(operation);
    let start = home.join("p");
    let fresh = |name: &str| {
        let at = home.join(name);
        let _ = std::fs::remove_dir_all(&at);
        copy_tree(&start, &at);
        at
    };
    let root = fresh("whole");
    let disk = FaultyDisk::recording(&root);
    (operation.run)(&Folder::on_disk(root.as_path(), disk.clone()), &home).unwrap();
    let (expected, steps) = (content(&root), disk.steps());
    assert_eq!(problems(&root), Vec::<String>::new(), "{}", operation.name);
    assert_ne!(expected, content(&start));
    for at in (0..steps.len()).step_by(stride) {
        for fault in faults {
            let case =
                format!("{} with {fault:?} at step {at} of {}: {:?}", operation.name, steps.len(), steps[at]);
            let root = fresh("faulty");
            let disk = FaultyDisk::failing(&root, at, *fault);
            let failed = (operation.run)(&Folder::on_disk(root.as_path(), disk.clone()), &home);
            drop(disk);
            if failed.is_ok() {
                assert_eq!(content(&root), expected, "{case}: nothing is lost without an error");
            }
            (operation.run)(&Folder::new(root.as_path()), &home)
                .unwrap_or_else(|error| panic!("{case}: {error}"));
            assert_eq!(problems(&root), Vec::<String>::new(), "{case}");
            assert_eq!(content(&root), expected, "{case}");
            assert_eq!(leftovers(&root), Vec::<String>::new(), "{case}");
        }
    }
}

#[test]
fn an_operation_that_fails_or_is_killed_at_any_step_can_be_repeated() {
    for operation in &OPERATIONS {
        each_step(operation, &FAULTS[..1], 1);
        each_step(operation, &FAULTS[2..4], 3);
    }
}

#[test]
fn later_changes_of_others_to_the_project_file_are_kept() {
    let spans = OPERATIONS.iter().find(|operation| operation.name == "import of spans").unwrap();
    let (_dir, home) = home(spans);
    let (root, whole) = (home.join("p"), home.join("whole"));
    copy_tree(&root, &whole);
    let disk = FaultyDisk::recording(&whole);
    (spans.run)(&Folder::on_disk(whole.as_path(), disk.clone()), &home).unwrap();
    let renames = |step: &Step| matches!(step, Step::Rename(_, to) if to == Path::new("project.ron"));
    let at = disk.steps().iter().position(renames).unwrap();
    let killed = FaultyDisk::failing(&root, at, Fault::Kill);
    (spans.run)(&Folder::on_disk(root.as_path(), killed), &home).unwrap_err();
    let file = root.join("project.ron");
    let theirs =
        std::fs::read_to_string(&file).unwrap().replace("\"Norvania\"", "\"Norvania\",\n\"Estland\"");
    std::fs::write(&file, theirs).unwrap();
    (spans.run)(&Folder::new(root.as_path()), &home).unwrap();
    assert_eq!((problems(&root), content(&root)), (Vec::new(), content(&whole)));
    let (project, _) = read_all(&Folder::new(root.as_path())).unwrap();
    assert!(project.actors().iter().any(|actor| actor == "Estland"));
    assert_eq!(leftovers(&root), Vec::<String>::new());
}

#[test]
fn a_project_whose_creation_was_killed_at_any_step_can_be_created_again() {
    let (_dir, home) = home(&OPERATIONS[0]);
    let (source, root) = (home.join("p"), home.join("new"));
    let (project, _) = read_all(&Folder::new(source.as_path())).unwrap();
    for at in 0.. {
        let _ = std::fs::remove_dir_all(&root);
        let disk = FaultyDisk::failing(&root, at, Fault::Kill);
        let created = create(&Folder::on_disk(root.as_path(), disk), &project);
        let again = create(&Folder::new(root.as_path()), &project);
        assert!(matches!(again, Ok(()) | Err(IoError::ProjectExists(_))), "step {at}: {again:?}");
        assert_eq!(problems(&root), Vec::<String>::new(), "step {at}");
        assert_eq!(content(&root), content(&source), "step {at}");
        if created.is_ok() {
            break;
        }
    }
}

/// An earlier version wrote layers before the codebook that they need, so that a full disk left records without a
/// category.
#[test]
fn a_merge_that_stopped_before_the_codebook_is_repeated() {
    let merge = OPERATIONS.iter().find(|operation| operation.name == "merge").unwrap();
    let (_dir, home) = home(merge);
    let (root, whole) = (home.join("p"), home.join("whole"));
    copy_tree(&root, &whole);
    (merge.run)(&Folder::new(whole.as_path()), &home).unwrap();
    for who in ["ana", "ben", "cleo"] {
        let layer = Path::new("layers").join(who).join("d001.ron");
        std::fs::create_dir_all(root.join(&layer).parent().unwrap()).unwrap();
        std::fs::copy(whole.join(&layer), root.join(&layer)).unwrap();
    }
    assert_ne!(problems(&root), Vec::<String>::new());
    for _ in 0..2 {
        (merge.run)(&Folder::new(root.as_path()), &home).unwrap();
        assert_eq!(problems(&root), Vec::<String>::new());
        assert_eq!(content(&root), content(&whole));
    }
}

/// The long form: every fault at every step.
#[test]
#[ignore = "takes minutes"]
fn every_fault_at_every_step_can_be_repeated() {
    for operation in &OPERATIONS {
        each_step(operation, &FAULTS, 1);
    }
}
