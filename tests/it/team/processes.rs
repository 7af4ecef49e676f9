//! Processes that write to one project folder at the same time, each as its own person, while others read.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use demarche::io::project::{Folder, check};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookChange, Env, NavigateAction, ProjectAction, SaveState, Session, Shown,
    TextSelection,
};

use crate::support::session::*;

const ROOT: &str = "DEMARCHE_TEST_ROOT";
const WHO: &str = "DEMARCHE_TEST_WHO";
const SECONDS: &str = "DEMARCHE_TEST_SECONDS";

/// Starts this test binary again, as a writer.
fn writer(root: &Path, who: &str, seconds: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["team::processes::a_writer_of_its_own", "--exact", "--ignored", "--nocapture"])
        .env(ROOT, root)
        .env(WHO, who)
        // Each has settings of their own, as on separate machines.
        .env("USER", who)
        .env(SECONDS, seconds.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "started by the test below, in a process of its own"]
fn a_writer_of_its_own() {
    let (Ok(root), Ok(who), Ok(seconds)) = (std::env::var(ROOT), std::env::var(WHO), std::env::var(SECONDS))
    else {
        return;
    };
    let end = Instant::now() + Duration::from_secs(seconds.parse().unwrap());
    let mut session = Session::open(Path::new(&root), Env::system(|| {})).unwrap();
    session.perform(ProjectAction::WorkAs { name: who.clone() });
    assert_eq!(session.read_only(), None);
    session.finish_jobs();
    session.read_all();
    let mut spans: Vec<SpanId> = Vec::new();
    let (mut round, mut categories) = (0, 0);
    while Instant::now() < end {
        let documents: Vec<DocumentId> =
            session.project().documents().iter().map(|d| d.id().clone()).collect();
        session.perform(NavigateAction::OpenDocument(documents[round % documents.len()].clone()));
        if let Some(text) = session.document().and_then(|document| document.text.clone()) {
            let start = (round * 7) % (text.len() - 8);
            session.perform(NavigateAction::SelectText(TextSelection::over(TextRange {
                start,
                end: start + 1 + round % 7,
            })));
            session.perform(AnnotateAction::Tag(["threat", "offer", "demand"][round % 3].into()));
            spans.extend(session.current().map(|at| at.span));
        }
        if round % 10 == 9 {
            let id = format!("{who}-{categories}");
            let category = Category::new(id.as_str().into(), id.clone(), Colour::nth(categories));
            session.perform(CodebookChange::PutCategory(Box::new(category)));
            categories += 1;
        }
        if round % 3 == 0 {
            session.save_now().unwrap();
        } else {
            session.tick();
        }
        round += 1;
        std::thread::sleep(Duration::from_millis(10));
    }
    session.save_now().unwrap();
    session.finish_jobs();
    let errors: Vec<_> =
        session.notices().iter().filter(|n| n.tone == demarche::session::Tone::Error).collect();
    assert!(errors.is_empty() && session.problems().is_empty(), "{errors:?} {:?}", session.problems());
    assert!(matches!(session.save_state(), SaveState::Saved(_)), "{:?}", session.save_state());
    spans.sort();
    spans.dedup();
    let alive = spans.iter().filter(|id| {
        session
            .project()
            .documents()
            .iter()
            .any(|document| document.layer(session.me()).is_some_and(|layer| layer.span(**id).is_some()))
    });
    println!("wrote {} {categories}", alive.count());
}

/// The numbers of spans and categories that a writer reports.
fn outcome(child: Child) -> (usize, usize) {
    let out = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{text}");
    let line = text.lines().find_map(|line| line.split("wrote ").nth(1)).unwrap_or_else(|| panic!("{text}"));
    let mut numbers = line.split(' ').map(|number| number.trim().parse::<usize>().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

fn count(session: &Session, who: &str) -> usize {
    let documents = session.project().documents().iter();
    documents.filter_map(|document| document.layer(&who.into())).map(|layer| layer.len()).sum()
}

/// Counts the categories in the codebook that a writer has created.
fn made(session: &Session, who: &str) -> usize {
    let categories = session.project().codebook().categories.iter();
    categories.filter(|category| category.id.as_str().starts_with(who)).count()
}

#[test]
fn two_processes_write_and_a_third_reads_without_errors_or_losses() {
    let seconds = std::env::var("DEMARCHE_PROCESSES_S").ok().and_then(|s| s.parse().ok()).unwrap_or(4);
    let text = "Norvania will suspend the talks unless the port reopens. ".repeat(40);
    let (_dir, root) = small(&[&text, &text, "A short text of the talks in Halden."]);
    // The reader has the folder open all the time, as a third person, and scripts read it too. A user unknown to the
    // project becomes the only person in its list, Ana, whose lock has to be released before she joins.
    let mut reader = Session::open(&root, Env::system(|| {})).unwrap();
    reader.perform(ProjectAction::WorkAs { name: "Cleo".to_owned() });
    let (ana, ben) = (writer(&root, "Ana", seconds), writer(&root, "Ben", seconds));
    reader.perform(NavigateAction::Show(Shown::Everyone));
    reader.finish_jobs();
    reader.read_all();
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut most = 0;
    while Instant::now() < end {
        reader.tick();
        most = most.max(count(&reader, "ana") + count(&reader, "ben"));
        let out = Command::new(env!("CARGO_BIN_EXE_demarche")).args(["check"]).arg(&root).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
        std::thread::sleep(Duration::from_millis(60));
    }
    let (ana, ben) = (outcome(ana), outcome(ben));
    assert!(most > 0, "the reader has seen them work");
    // The last changes may not have arrived yet.
    let all = |session: &Session| {
        let spans = (count(session, "ana"), count(session, "ben"));
        (spans, (made(session, "Ana-"), made(session, "Ben-")))
    };
    let wrote = ((ana.0, ben.0), (ana.1, ben.1));
    let start = Instant::now();
    while all(&reader) != wrote && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(10));
        reader.tick();
    }
    assert_eq!(all(&reader), wrote, "the live reader has all");
    assert_eq!(reader.problems(), []);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    assert_eq!(all(&open_later(&root)), wrote, "and so does the disk");
    println!("{seconds} s: {} and {} passages, {} and {} categories", ana.0, ben.0, ana.1, ben.1);
}
