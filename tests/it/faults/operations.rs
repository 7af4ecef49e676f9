//! The operations that write a project, as the program carries them out.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use demarche::analysis::changes::changes;
use demarche::analysis::merge_project::ProjectResolutions;
use demarche::io::annotations::{Fresh, NameChoices, SpanOwner};
use demarche::io::documents::Reader;
use demarche::io::import::{self, Arrived, ImportRequest, KeptOriginals};
use demarche::io::project::{
    Folder, Seen, append_history, check, forget_incoming, lock_commands, lock_for_command, open, read_back,
    read_document_seen, read_other, snapshot, write_whole,
};
use demarche::model::*;
use demarche::session::{CodebookAction, CodebookChange, Env, Session, compare_texts, read_new_text};
use tempfile::TempDir;
use uuid::Uuid;

use crate::support::project::read_all;
use crate::support::session::{START, in_memory, passages, small_in, tag};

pub type Outcome = Result<(), Box<dyn Error>>;

/// An operation on a project, with the project and files that it needs.
pub struct Operation {
    pub name: &'static str,
    /// Prepares the files next to the project `p` in a folder.
    pub prepare: fn(&Path),
    /// Runs the operation. `home` is the folder that contains the project.
    pub run: fn(&Folder, &Path) -> Outcome,
}

/// All operations.
pub const OPERATIONS: [Operation; 5] = [
    Operation { name: "save", prepare: |_| (), run: save },
    Operation { name: "import of spans", prepare: prepare_spans, run: import_spans },
    Operation { name: "import of documents", prepare: prepare_documents, run: import_documents },
    Operation { name: "update", prepare: prepare_update, run: update },
    Operation { name: "merge", prepare: prepare_merge, run: merge },
];

const TEXTS: [&str; 2] = ["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"];

/// A folder with the project `p`, in which Ana has tagged a passage, and the files that the operation needs.
pub fn home(operation: &Operation) -> (TempDir, PathBuf) {
    let (dir, root) = small_in(in_memory(), &TEXTS);
    let home = root.parent().unwrap().to_owned();
    let mut session = crate::support::session::open(&root);
    tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    drop(session);
    if root != home.join("p") {
        fs::rename(&root, home.join("p")).unwrap();
    }
    (operation.prepare)(&home);
    (dir, home)
}

/// All work in a project, independent of ids.
pub fn content(root: &Path) -> BTreeSet<String> {
    let folder = Folder::new(root);
    let (project, problems) = read_all(&folder).unwrap();
    assert_eq!(problems, [], "{}", root.display());
    let mut out: BTreeSet<String> =
        project.codebook().categories.iter().map(|category| format!("category {}", category.id)).collect();
    for document in project.documents() {
        let text = document.text.as_ref().unwrap();
        let version = document.meta.versions.current.number;
        out.insert(format!("text {} {version} {}", document.meta.title, text.as_str()));
        for (who, layer) in &document.layers {
            out.extend(layer.spans().map(|span| format!("{who} {} {}", span.category, span.quote(text))));
            out.extend(layer.detached().map(|(_, detached)| format!("{who} waits {}", detached.record)));
        }
    }
    out
}

/// The problems that the check finds.
pub fn problems(root: &Path) -> Vec<String> {
    let found = check(&Folder::new(root)).unwrap();
    found.into_iter().map(|problem| problem.to_string()).collect()
}

/// Ana tags two passages in her window, one in a new category, and saves.
fn save(folder: &Folder, _: &Path) -> Outcome {
    let mut session = Session::open_folder(folder.clone(), Env::fixed(Stamp(START.0 + 86_400)))?;
    session.finish_jobs();
    session.read_all();
    if let Some(why) = session.read_only() {
        return Err(why.into());
    }
    if session.project().documents().iter().any(|document| !document.is_loaded()) {
        return Err("the disk can't be read".into());
    }
    let known = passages(&session);
    if session.project().codebook().category(&"stall".into()).is_none() {
        let category = Category::new("stall".into(), "Stall", Colour::nth(1));
        session.perform(CodebookAction::Change(CodebookChange::PutCategory(Box::new(category))));
    }
    for (words, category) in [("Norvania", "stall"), ("suspend", "threat")] {
        if !known.contains(&format!("ana {category}: {words}")) {
            tag(&mut session, words, category);
        }
    }
    // A save that fails is tried again, as it is after a while.
    Ok(session.save_now().or_else(|_| session.save_now())?)
}

/// Changes a project like a command.
fn command(folder: &Folder, plan: impl FnOnce(&mut Project) -> Result<Vec<Edit>, Box<dyn Error>>) -> Outcome {
    let _commands = lock_commands(folder)?;
    let who = AnnotatorId::new("ana");
    let _person = lock_for_command(folder, "ana", START)?;
    let opened = open(folder)?;
    let mut project = opened.project;
    let mut seen = Seen::new(project.clone());
    let codebook = project.codebook().clone();
    let metas: Vec<_> = project.documents().iter().map(|document| document.meta.clone()).collect();
    for meta in metas {
        let (contents, _, hashes) = read_document_seen(folder, &opened.listing, &codebook, &meta)?;
        hashes.into_iter().for_each(|(key, hash)| seen.record(key, Some(hash)));
        project.load_document(&meta.id, contents);
    }
    let edits = plan(&mut project)?;
    if edits.is_empty() {
        return Ok(());
    }
    let applied = project.apply(Edit::Batch(edits))?;
    let keys = applied.touched.iter().map(Into::into).collect();
    let snapshot = snapshot(&project, &keys);
    let (written, result) = write_whole(folder, &snapshot, &seen);
    result?;
    read_back(folder, &snapshot, &written)?;
    assert_eq!(written.foreign, []);
    forget_incoming(folder);
    let changes = changes(&applied.inverse, &project);
    Ok(append_history(folder, &[LogEntry { at: START, who, step: "change".to_owned(), changes }])?)
}

fn prepare_spans(home: &Path) {
    let span = |who: &str, category: &str, start: usize, end: usize| {
        format!(r#"{{"annotator":"{who}","category":"{category}","start":{start},"end":{end}}}"#)
    };
    let line = |text: &str, spans: [String; 3]| {
        format!("{{\"text\":{},\"spans\":[{}]}}\n", serde_json::to_string(text).unwrap(), spans.join(","))
    };
    let lines = TEXTS.map(|text| {
        let spans = [span("ana", "stall", 0, 3), span("ben", "stall", 0, 8), span("cleo", "threat", 9, 13)];
        line(text, spans)
    });
    let new = line("The port will close.\n", ["ana", "ben", "cleo"].map(|who| span(who, "fresh", 4, 8)));
    fs::write(home.join("spans.jsonl"), lines.concat() + &new).unwrap();
}

fn import_spans(folder: &Folder, home: &Path) -> Outcome {
    import(folder, &[], &[home.join("spans.jsonl")])
}

fn prepare_documents(home: &Path) {
    for name in ["one", "two", "three"] {
        fs::write(home.join(format!("{name}.txt")), format!("This is text {name}.\n")).unwrap();
    }
}

fn import_documents(folder: &Folder, home: &Path) -> Outcome {
    let files = ["one", "two", "three"].map(|name| home.join(format!("{name}.txt")));
    import(folder, &files, &[])
}

fn import(folder: &Folder, documents: &[PathBuf], labelled: &[PathBuf]) -> Outcome {
    command(folder, |project| {
        let read = import::read(project, documents, &Reader::in_process(), &())?;
        let request = ImportRequest {
            documents: Arrived::of(read, documents).new,
            labelled,
            format: None,
            encoding: None,
            reader: &Reader::in_process(),
            owner: SpanOwner::Unsigned(&"ana".into()),
            names: &NameChoices::default(),
            originals: Some((folder, KeptOriginals::All)),
        };
        let fresh = Fresh { ids: &mut Uuid::now_v7, now: START };
        let imported = import::import(project, request, fresh, &()).map_err(|error| format!("{error:?}"))?;
        let not_kept: Vec<String> = imported.not_kept.iter().map(ToString::to_string).collect();
        if not_kept.is_empty() { Ok(imported.edits) } else { Err(not_kept.concat().into()) }
    })
}

fn prepare_update(home: &Path) {
    fs::write(home.join("new.txt"), "Today, Norvania will suspend all talks.\n").unwrap();
}

fn update(folder: &Folder, home: &Path) -> Outcome {
    command(folder, |project| {
        let incoming = read_new_text(&home.join("new.txt"), &Reader::in_process(), &())
            .map_err(|error| format!("{error:?}"))?;
        let document = project.document(&"d001".into()).unwrap();
        let update = compare_texts(document, incoming, &"ana".into(), START, &())
            .map_err(|error| format!("{error:?}"))?;
        Ok(update.map(|update| Edit::ReplaceText { to: update.document().clone() }).into_iter().collect())
    })
}

/// Another copy of the project, with a new document, a new category, and passages in both texts.
fn prepare_merge(home: &Path) {
    let (from, to) = (home.join("p"), home.join("q"));
    crate::support::project::copy_tree(&from, &to);
    prepare_spans(home);
    import_spans(&Folder::new(&to), home).unwrap();
}

fn merge(folder: &Folder, home: &Path) -> Outcome {
    command(folder, |project| {
        let other = read_other(&home.join("q"), project)?;
        let copy = other.copy.matching(project);
        let plan = copy.plan(project, &BTreeSet::new(), &ProjectResolutions::new());
        project.admit_values_of(&copy.project);
        Ok(plan.edits)
    })
}
