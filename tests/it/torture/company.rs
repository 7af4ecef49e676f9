//! Two people at work in one folder while files are imported into it: nothing is lost, and no file contradicts another.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use demarche::io::project::{Folder, check, read_history};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, Env, NavigateAction, ProjectAction, Session, Shown, TextSelection, Tone,
};

use super::from_environment;
use crate::support::cli::demarche;
use crate::support::session::*;

/// The project in which the workers work, and the name of the person who works.
const PROJECT: &str = "DEMARCHE_COMPANY_PROJECT";
const PERSON: &str = "DEMARCHE_COMPANY_PERSON";

/// Works until its input ends, then saves, and prints the passages that it has. Started by the test below.
#[test]
#[ignore = "started by the tests below, in a process of its own"]
fn a_worker_in_company() {
    let (Ok(root), Ok(name)) = (std::env::var(PROJECT), std::env::var(PERSON)) else { return };
    let mut session = Session::open(Path::new(&root), Env::system(|| {})).unwrap();
    session.finish_jobs();
    session.perform(ProjectAction::WorkAs { name });
    session.read_all();
    assert_eq!(session.read_only(), None);
    let has_ended = Arc::new(AtomicBool::new(false));
    let end = has_ended.clone();
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        end.store(true, Ordering::Relaxed);
    });
    let mut mine: BTreeMap<SpanRef, String> = BTreeMap::new();
    for round in 0_usize.. {
        if has_ended.load(Ordering::Relaxed) {
            break;
        }
        work(&mut session, round, &mut mine);
        session.tick();
        std::thread::sleep(Duration::from_millis(round as u64 % 40));
    }
    session.finish_jobs();
    session.save_now().unwrap();
    let failed = session.notices().iter().filter(|notice| notice.tone == Tone::Error);
    failed.for_each(|notice| println!("\nfailed {}", notice.text));
    for (at, note) in mine {
        println!("\nspan {} {} {note}", at.layer.document, at.span);
    }
}

/// Tags a passage, changes its note, removes it, or opens another document.
fn work(session: &mut Session, round: usize, mine: &mut BTreeMap<SpanRef, String>) {
    let chosen = mine.keys().nth(round % mine.len().max(1)).cloned();
    match (round % 9, chosen) {
        (3 | 7, Some(at)) => {
            let note = format!("note-{round}");
            session.perform(AnnotateAction::SetNote { at: at.clone(), note: note.clone() });
            mine.insert(at, note);
        }
        (5, Some(at)) if mine.len() > 5 => {
            session.perform(AnnotateAction::Remove(vec![at.clone()]));
            mine.remove(&at);
        }
        (8, _) => {
            let documents = session.project().documents();
            let id = documents[round / 9 % documents.len()].id().clone();
            session.perform(NavigateAction::OpenDocument(id));
            session.finish_jobs();
        }
        _ => {
            let Some(text) = session.document().and_then(|document| document.text.clone()) else { return };
            let start = (round * 7919) % (text.len() - 40);
            let range = TextRange { start, end: start + 11 + round % 20 };
            session.perform(NavigateAction::SelectText(TextSelection::over(range)));
            session.perform(AnnotateAction::TagAlso("threat".into()));
            if let Some(at) = session.current().cloned().filter(|at| at.layer.annotator == *session.me()) {
                let note = session.project().span(&at).unwrap().note.clone();
                mine.insert(at, note);
            }
        }
    }
}

fn worker(root: &Path, person: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "torture::company::a_worker_in_company", "--ignored", "--nocapture"])
        .env(PROJECT, root)
        .env(PERSON, person)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Imports texts into the project until the time is over. Returns the number of imports.
fn import(within: &Path, until: Instant) -> usize {
    let mut count = 0;
    while Instant::now() < until {
        let name = format!("text-{count}.txt");
        let text = format!("This is the text {count}, which is long enough to be tagged by both. ").repeat(5);
        fs::write(within.join(&name), text).unwrap();
        let (code, _, said) =
            demarche(&["import", "small", &name, "--annotator", "Cleo", "--new-annotator"], within);
        assert_eq!(code, 0, "{said}");
        count += 1;
        std::thread::sleep(Duration::from_secs(1));
    }
    count
}

fn work_together(seconds: u64) {
    let text = "Norvania will suspend the talks unless the port reopens. ".repeat(40);
    let (dir, root) = small(&[&text]);
    let workers = ["Ana", "Ben"].map(|person| worker(&root, person));
    let imports = import(dir.path(), Instant::now() + Duration::from_secs(seconds));
    let mut expected = BTreeMap::new();
    for mut worker in workers {
        drop(worker.stdin.take());
        let output = worker.wait_with_output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && !said.contains("\nfailed "), "{said}");
        for line in said.lines().filter_map(|line| line.strip_prefix("span ")) {
            let (at, note) = line.rsplit_once(' ').unwrap();
            expected.insert(at.to_owned(), note.to_owned());
        }
    }
    let mut session = open_with(&root, Env::system(|| {}));
    assert_eq!(session.problems(), []);
    session.perform(NavigateAction::Show(Shown::Everyone));
    let there = session.project().documents().iter().flat_map(|document| {
        let spans = document.layers.values().flat_map(|layer| layer.spans());
        spans.map(|span| (format!("{} {}", document.id(), span.id), span.note.clone())).collect::<Vec<_>>()
    });
    let there: BTreeMap<String, String> = there.collect();
    assert_eq!(there, expected);
    assert_eq!(session.project().documents().len(), 1 + imports);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    let (history, problems) = read_history(&Folder::new(&root)).unwrap();
    assert!(problems.is_empty());
    println!("{} passages, {imports} imports, {} steps", there.len(), history.len());
}

#[test]
fn two_people_and_an_import_lose_nothing() {
    work_together(4);
}

/// With `DEMARCHE_SECONDS`, any time.
#[test]
#[ignore = "takes an hour"]
fn two_people_and_imports_for_an_hour_lose_nothing() {
    work_together(from_environment("DEMARCHE_SECONDS", 3600));
}
