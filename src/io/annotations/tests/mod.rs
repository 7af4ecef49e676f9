//! Labelled files of others, in a folder of the person who runs this; none of them is in the repository. Prints for each file, as
//! a line of JSON, what it is recognised as and what is imported of it into an empty project. `tests/independent/labelled_sets.py`
//! counts the same files itself, and compares:
//!
//! ```text
//! LABELLED=/path/to/set cargo test -p demarche-io annotations::tests -- --ignored --nocapture > imported.txt
//! tests/independent/labelled_sets.py /path/to/set imported.txt
//! ```

use std::path::{Path, PathBuf};

use serde_json::json;
use uuid::Uuid;

use super::{Fresh, SpanOwner, place_all, read_files};
use crate::documents::Reader;
use crate::export::sample;
use crate::recognise::{Recognised, recognise};
use demarche_model::{AnnotatorId, Project};

/// Returns the files below a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for path in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { &mut open } else { &mut files }.push(path);
        }
    }
    files.sort();
    files
}

#[test]
#[ignore = "reads the folder that LABELLED names"]
fn files_of_a_set_are_imported() {
    let root = PathBuf::from(std::env::var_os("LABELLED").unwrap());
    for path in files(&root) {
        let (kind, is_read) = match recognise(&path) {
            Recognised::Labelled(importer) => (importer.name().to_owned(), true),
            Recognised::Archive => ("archive".to_owned(), true),
            Recognised::Unread(kind) => (format!("{kind:?}"), false),
            Recognised::Other => ("other".to_owned(), false),
        };
        let mut line = json!({ "file": path.strip_prefix(&root).unwrap(), "kind": kind });
        if is_read {
            let drafts =
                read_files(std::slice::from_ref(&path), None, None, &Reader::in_process(), &()).unwrap();
            let mut project = Project::new("empty", Default::default());
            let mut last = 0;
            let mut ids = || {
                last += 1;
                Uuid::from_u128(last)
            };
            let fresh = Fresh { ids: &mut ids, now: sample::NOW };
            let me = AnnotatorId::new("me");
            let incoming = place_all(&project, drafts, SpanOwner::Unsigned(&me), fresh).unwrap();
            project.apply(incoming.edit).unwrap();
            let losses: Vec<String> = incoming.losses.iter().map(|loss| loss.short()).collect();
            line["documents"] = project.documents().len().into();
            line["spans"] = incoming.spans.into();
            line["links"] = incoming.links.into();
            line["codes"] = project.codebook().categories.len().into();
            line["losses"] = losses.into();
            line["remarks"] = incoming.remarks.into();
            line["problems"] = incoming.problems.iter().map(ToString::to_string).collect::<Vec<_>>().into();
        }
        println!("{line}");
    }
}
