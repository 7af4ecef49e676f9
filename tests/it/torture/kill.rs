//! `kill -9` while a session is at work: nothing that is older than a tenth of a second is lost.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::Range;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use demarche::io::project::{Folder, check, read_history, write};
use demarche::model::*;
use demarche::session::{AnnotateAction, Env, NavigateAction, Session, TextSelection};

use super::from_environment;
use crate::support::cli::demarche;
use crate::support::project::every_key;
use crate::support::session::*;

/// The project in which the program that is killed works.
const PROJECT: &str = "DEMARCHE_KILLED_PROJECT";

/// Age from which a step must not be lost.
const SAFE_AGE: Duration = Duration::from_millis(100);

/// Kills in one project of the long form.
const KILLS_PER_PROJECT: u64 = 50;

/// What the program reports about a step, before and after it.
struct Report {
    at: Instant,
    is_done: bool,
    span: String,
    /// The note of the passage; none if it is removed.
    note: Option<String>,
}

/// Works until it is killed. Started by the test below, in a process of its own.
#[test]
#[ignore = "started by the tests below, in a process of its own"]
fn a_worker_that_is_killed() {
    let Ok(root) = std::env::var(PROJECT) else { return };
    let mut session = Session::open(Path::new(&root), Env::system(|| {})).unwrap();
    session.finish_jobs();
    session.read_all();
    assert_eq!(session.read_only(), None);
    let mut out = std::io::stdout();
    let mut say = |what: &str, at: &SpanRef, note: Option<&str>| {
        writeln!(out, "\n{what} {} {}", at.span, note.unwrap_or("removed")).unwrap();
        out.flush().unwrap();
    };
    let mut mine: Vec<SpanRef> = Vec::new();
    for round in 0_usize.. {
        match round % 7 {
            3 if !mine.is_empty() => {
                let at = mine[round % mine.len()].clone();
                let note = format!("note-{round}");
                say("begin", &at, Some(&note));
                session.perform(AnnotateAction::SetNote { at: at.clone(), note: note.clone() });
                say("done", &at, Some(&note));
            }
            5 if mine.len() > 3 => {
                let at = mine.swap_remove(round % mine.len());
                say("begin", &at, None);
                session.perform(AnnotateAction::Remove(vec![at.clone()]));
                say("done", &at, None);
            }
            6 if round % 3 == 0 => session.save(),
            _ => {
                let length = session.document().unwrap().text.as_ref().unwrap().len();
                let start = (round * 7919) % (length - 40);
                let range = TextRange { start, end: start + 11 + round % 20 };
                session.perform(NavigateAction::SelectText(TextSelection::over(range)));
                let category = if round % 2 == 0 { "threat" } else { "demand" };
                session.perform(AnnotateAction::TagAlso(category.into()));
                if let Some(at) = session.current().cloned().filter(|at| !mine.contains(at)) {
                    // The same words may have been tagged, and given a note, before an earlier kill.
                    let note = session.project().span(&at).unwrap().note.clone();
                    say("done", &at, Some(&note));
                    mine.push(at);
                }
            }
        }
        session.tick();
        std::thread::sleep(Duration::from_millis(round as u64 % 9));
    }
}

/// Starts the worker. Its reports arrive with the time at which they were read.
fn worker(root: &Path) -> (Child, Receiver<Report>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "torture::kill::a_worker_that_is_killed", "--ignored", "--nocapture"])
        .env(PROJECT, root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (sender, reports) = channel();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let mut words = line.split(' ');
            let (Some(what @ ("begin" | "done")), Some(span), Some(note)) =
                (words.next(), words.next(), words.next())
            else {
                continue;
            };
            let note = (note != "removed").then(|| note.to_owned());
            let report = Report { at: Instant::now(), is_done: what == "done", span: span.to_owned(), note };
            if sender.send(report).is_err() {
                return;
            }
        }
    });
    (child, reports)
}

/// Kills the worker after some work, while `meanwhile` runs in another process. Returns the number of steps that it had done
/// for long enough, all of which are there.
fn kill_once(root: &Path, after: Duration, meanwhile: impl FnOnce() -> Option<Child>) -> usize {
    let (mut child, reports) = worker(root);
    let first = reports.recv_timeout(Duration::from_secs(120)).expect("the worker works");
    std::thread::sleep(after);
    let other = meanwhile();
    child.kill().unwrap();
    let killed = Instant::now();
    child.wait().unwrap();
    other.map(|mut other| other.wait().unwrap());
    let all: Vec<Report> = std::iter::once(first).chain(reports).collect();
    // The last state of each passage that is old enough, and those that may have come through since.
    let mut expected: HashMap<String, Vec<Option<String>>> = HashMap::new();
    let mut ages: HashMap<String, Duration> = HashMap::new();
    let mut safe = 0;
    for Report { at, is_done, span, note } in all {
        ages.insert(span.clone(), killed.duration_since(at));
        let states = expected.entry(span).or_default();
        if is_done && killed.duration_since(at) >= SAFE_AGE {
            states.clear();
            safe += 1;
        } else if states.is_empty() {
            states.push(None);
        }
        states.push(note);
    }
    let session = open_with(root, Env::system(|| {}));
    assert_eq!(session.problems(), []);
    let found: HashMap<String, String> =
        spans(&session).iter().map(|(at, span)| (at.span.to_string(), span.note.clone())).collect();
    for (span, states) in expected {
        let (found, age) = (found.get(&span).cloned(), ages[&span]);
        assert!(
            states.contains(&found),
            "{span}: {states:?}, {found:?}, last changed {age:?} before the kill"
        );
    }
    assert_eq!(check(&Folder::new(root)).unwrap(), []);
    let (history, problems) = read_history(&Folder::new(root)).unwrap();
    assert!(problems.is_empty() && history.len() >= safe);
    safe
}

/// Kills the worker once for each number; the pauses differ. Returns the number of steps that had to be there.
fn kill_often(root: &Path, numbers: Range<u64>) -> usize {
    numbers.map(|n| kill_once(root, Duration::from_millis(150 + n * 397 % 1900), || None)).sum()
}

#[test]
fn a_killed_session_has_lost_nothing() {
    let text = "Norvania will suspend the talks unless the port reopens. ".repeat(40);
    let (_dir, root) = small(&[&text]);
    assert!(kill_often(&root, 0..3) > 30);
}

#[test]
fn an_import_by_the_person_who_is_killed_loses_nothing() {
    let text = "Norvania will suspend the talks unless the port reopens. ".repeat(40);
    let (dir, root) = small(&[&text]);
    let mut safe = 0;
    for n in 0..from_environment("DEMARCHE_IMPORTS", 3) {
        let name = format!("new-{n}.txt");
        fs::write(dir.path().join(&name), format!("The text with the number {n}.\n")).unwrap();
        let import = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
            command.args(["import", "small", &name, "--annotator", "ana"]).current_dir(dir.path());
            let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            // The kill comes before, while or after it looks for journals.
            std::thread::sleep(Duration::from_millis(n * 37 % 150));
            Some(child)
        };
        safe += kill_once(&root, Duration::from_millis(300), import);
        // It was refused while she was at work, or has been done.
        let (code, _, said) = demarche(&["import", "small", &name, "--annotator", "ana"], dir.path());
        assert_eq!(code, 0, "{said}");
    }
    let opened = open(&root);
    assert_eq!(opened.project().documents().len() as u64, 1 + from_environment("DEMARCHE_IMPORTS", 3));
    assert!(safe > 0);
}

/// With `DEMARCHE_KILLS`, any number of times. `cargo test --release --test it -- --ignored killed_two_thousand`.
#[test]
#[ignore = "takes an hour"]
fn a_session_killed_two_thousand_times_has_lost_nothing() {
    let text = "Norvania will suspend the talks unless the port reopens. ".repeat(40);
    let kills = from_environment("DEMARCHE_KILLS", 2_000);
    // A project grows with each kill, and each kill ends with reading and checking all of it.
    let in_new_project = |from: u64| {
        let (_dir, root) = small(&[&text]);
        let steps = kill_often(&root, from..kills.min(from + KILLS_PER_PROJECT));
        println!("{} kills, {steps} steps", kills.min(from + KILLS_PER_PROJECT));
        steps
    };
    let steps: usize = (0..kills).step_by(KILLS_PER_PROJECT as usize).map(in_new_project).sum();
    println!("{steps} steps");
}

#[test]
#[ignore = "takes long: a layer of 100,000 passages"]
fn a_session_with_a_hundred_thousand_passages_has_lost_nothing() {
    let text = "Norvania will suspend the talks unless the port reopens. ".repeat(20_000);
    let (_dir, root) = small(&[&text]);
    let mut project = demarche::io::project::open(&Folder::new(&root)).unwrap().project;
    let document = project.documents()[0].clone();
    let spans = (0..100_000_u64).map(|n| {
        let start = usize::try_from(n).unwrap() * 11;
        let ranges = Ranges::one(TextRange { start, end: start + 9 }).unwrap();
        Span::new(span_number(n), "threat".into(), ranges, START)
    });
    let layer = Layer::new(Status::InProgress, spans, [], []);
    let contents = demarche::model::DocumentContents {
        text: Arc::new(Text::new(&text)),
        anchors: Arc::default(),
        other_texts: Default::default(),
        layers: vec![("ana".into(), layer)],
        reviews: Vec::new(),
        unreadable: Default::default(),
        left_out: Default::default(),
    };
    project.load_document(document.id(), contents);
    let folder = Folder::new(&root);
    write(&folder, &demarche::io::project::snapshot(&project, &every_key(&folder, &project))).unwrap();
    println!("{} steps", kill_often(&root, 0..from_environment("DEMARCHE_KILLS", 50)));
}

fn span_number(n: u64) -> SpanId {
    SpanId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_a000_0000_0000_0000 + u128::from(n)))
}
