//! A simulated study: six coders, sixty documents in three batches, a round frozen after each, and two adjudicators; in one
//! live folder, and in git. Nothing that anyone has tagged may be lost, everyone has tagged what they were assigned, and no
//! round changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use demarche::analysis::agreement::{Figure, Question, SegmentCache, active_annotators, measure};
use demarche::analysis::assignment::{AssignmentDesign, Share};
use demarche::io::project::{Folder, Rounds, check};
use demarche::model::*;
use demarche::session::{NavigateAction, ProjectAction, RoundAction, Session};
use tempfile::TempDir;

use crate::support::git::{clones, done, pull};
use crate::support::project::files;
use crate::support::session::*;
use crate::support::wait::until;

const DOCUMENTS: usize = 60;
const CODERS: [&str; 6] = ["ana", "ben", "cem", "dora", "eli", "fay"];
/// Documents that everyone reads; the others have two readers.
const SAMPLE: usize = 6;
/// Batches of documents, each with a round of its own.
const BATCHES: usize = 3;

/// What each coder has tagged: document, category and words.
type Work = BTreeMap<String, BTreeSet<(String, String, String)>>;

/// A project of sixty documents, six coders, Lena, who leads and adjudicates, and Rita, who adjudicates.
fn study() -> (TempDir, std::path::PathBuf) {
    let texts: Vec<String> = (0..DOCUMENTS)
        .map(|n| format!("Text {n}. The port will close on day {n}. The fee must fall."))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (dir, root) = small_in(in_memory(), &texts);
    let mut lead = open(&root);
    let coder = |name: &str| Annotator::new(name.into(), name, Colour::nth(1));
    let lena = Annotator { role: Role::Lead, ..coder("lena") };
    let rita = Annotator { role: Role::Reviewer, ..coder("rita") };
    let people = CODERS[2..].iter().map(|name| coder(name)).chain([lena, rita]);
    lead.perform(ProjectAction::SetPeople(people.collect()));
    lead.perform(ProjectAction::WorkAs { name: "lena".to_owned() });
    let people = CODERS.map(|id| Share { person: id.into(), weight: 1 }).to_vec();
    let design = AssignmentDesign { people, readers: 2, sample: SAMPLE, batches: BATCHES, seed: 16 };
    lead.perform(ProjectAction::AssignByDesign(design));
    lead.save_now().unwrap();
    (dir, root)
}

/// Tags something in each assigned document that is new to a coder, and marks it as done.
fn code(session: &mut Session, who: &str, work: &mut Work) {
    let me = session.project().annotator(&who.into()).expect("a coder").clone();
    let own: Vec<DocumentId> = me.documents.documents_in(session.project()).cloned().collect();
    for (at, id) in own.into_iter().enumerate() {
        if session.status(&id) == Status::Done {
            continue;
        }
        session.perform(NavigateAction::OpenDocument(id.clone()));
        // Coders differ in every third document.
        let differs = at % 3 == 2 && who < "dora";
        let found = [("The port", "threat"), ("The fee", if differs { "offer" } else { "demand" })];
        for (words, category) in found {
            tag(session, words, category);
            work.entry(who.to_owned()).or_default().insert((id.to_string(), category.into(), words.into()));
        }
        session.run(CommandId::ToggleDone);
    }
    session.save_now().unwrap();
}

/// Works in a folder as a person, at a time of their own, so that ids differ.
fn as_person(root: &Path, who: &str, turn: usize, work: impl FnOnce(&mut Session)) {
    let env = demarche::session::Env::fixed(Stamp(START.0 + turn as i64 * 24 * 60 * 60));
    (0..turn * 10_000).for_each(|_| {
        env.new_uuid();
    });
    works_here(root, who);
    let mut session = open_with(root, env);
    assert_eq!((session.me().as_str(), session.read_only()), (who, None));
    work(&mut session);
    session.save_now().unwrap();
}

/// Checks that a project has all that was tagged, and nothing else of the coders, and that nothing is wrong with it.
fn holds(root: &Path, work: &Work) {
    assert_eq!(check(&Folder::new(root)).unwrap(), []);
    let session = open(root);
    let mut found = Work::new();
    for document in session.project().documents() {
        let text = document.text.as_ref().expect("a text");
        for (owner, layer) in document.layers.iter().filter(|(owner, _)| !owner.is_consensus()) {
            assert_eq!(layer.status(), Status::Done);
            found.entry(owner.to_string()).or_default().extend(layer.spans().map(|span| {
                (document.id().to_string(), span.category.to_string(), span.quote(text).to_string())
            }));
        }
    }
    assert_eq!(&found, work);
    for person in session.project().annotators().iter().filter(|person| person.role == Role::Annotator) {
        let read: BTreeSet<&str> = work[person.id.as_str()].iter().map(|(id, _, _)| id.as_str()).collect();
        let assigned: BTreeSet<&str> =
            person.documents.documents_in(session.project()).map(DocumentId::as_str).collect();
        assert_eq!((read, person.batches.len()), (assigned, 0), "{}", person.id);
    }
}

/// Freezes the next round.
fn freeze(lead: &mut Session) {
    let folder = lead.folder().clone();
    let known = Rounds::read(&folder).unwrap().rounds.len();
    lead.perform(RoundAction::Freeze { note: format!("batch {}", known + 1) });
    until(lead, "the round is frozen", |_| Rounds::read(&folder).unwrap().rounds.len() > known);
    lead.finish_jobs();
}

/// The files of the rounds, and the figures of agreement in each.
fn frozen(root: &Path) -> (BTreeMap<String, String>, Vec<Vec<Figure>>) {
    let in_rounds = files(root).into_iter().filter(|(name, _)| name.starts_with("rounds/"));
    let of_round = |number: usize| {
        let session = open(&root.join(format!("rounds/r{number}-lena")));
        let project = session.project();
        let question = Question { draws: 0, ..Question::new(active_annotators(project)) };
        measure(project, &question, &SegmentCache::default(), &()).unwrap().figures
    };
    let figures: Vec<Vec<Figure>> = (1..=BATCHES).map(of_round).collect();
    assert!(figures.iter().all(|figures| figures.iter().any(|figure| figure.value.is_ok())));
    (in_rounds.collect(), figures)
}

/// Puts what coders agree on into the consensus.
fn adjudicate(lead: &mut Session) {
    lead.run(CommandId::ShowCompare);
    lead.finish_jobs();
    lead.run(CommandId::AddAgreedEverywhere);
}

/// The passages of the consensus.
fn agreed(root: &Path) -> usize {
    passages(&open(root)).iter().filter(|passage| passage.starts_with("consensus ")).count()
}

#[test]
fn a_study_in_one_folder_loses_nothing() {
    let (_dir, root) = study();
    let mut work = Work::new();
    let mut turn = 1;
    for batch in 0..BATCHES {
        if batch > 0 {
            as_person(&root, "lena", turn, |lead| lead.perform(ProjectAction::OpenBatch));
        }
        for who in CODERS {
            turn += 1;
            as_person(&root, who, turn, |session| code(session, who, &mut work));
        }
        turn += 1;
        as_person(&root, "lena", turn, freeze);
        turn += 1;
    }
    holds(&root, &work);
    let rounds = frozen(&root);
    as_person(&root, "lena", turn, adjudicate);
    as_person(&root, "rita", turn + 1, adjudicate);
    assert!(agreed(&root) >= DOCUMENTS, "the port is agreed on in every document");
    holds(&root, &work);
    assert_eq!(frozen(&root), rounds, "a round never changes");
}

#[test]
fn a_study_in_git_loses_nothing() {
    let run = || {
        let (dir, root) = study();
        let mut work = Work::new();
        let [one, two] = clones(dir.path(), &root)?;
        let commit = |clone: &Path, who: &str| {
            done(clone, &["add", "-A"])?;
            done(clone, &["commit", "-q", "-m", who])
        };
        let mut turn = 1;
        for batch in 0..BATCHES {
            if batch > 0 {
                as_person(&one, "lena", turn, |lead| lead.perform(ProjectAction::OpenBatch));
                commit(&one, "lena")?;
                assert!(pull(&two, &one)?.0);
            }
            // Two coders at a time work apart and pull from each other.
            for pair in CODERS.chunks(2) {
                for (clone, who) in [&one, &two].into_iter().zip(pair) {
                    turn += 1;
                    as_person(clone, who, turn, |session| code(session, who, &mut work));
                    commit(clone, who)?;
                }
                for (here, there) in [(&one, &two), (&two, &one)] {
                    let (is_merged, said) = pull(here, there)?;
                    assert!(is_merged, "{said}");
                }
            }
            turn += 1;
            as_person(&one, "lena", turn, freeze);
            commit(&one, "lena")?;
            assert!(pull(&two, &one)?.0);
            turn += 1;
        }
        holds(&one, &work);
        holds(&two, &work);
        let rounds = frozen(&one);
        // Both decide at the same time, on the same passages.
        for (clone, who) in [(&one, "lena"), (&two, "rita")] {
            turn += 1;
            as_person(clone, who, turn, adjudicate);
            commit(clone, who)?;
        }
        for (here, there) in [(&one, &two), (&two, &one)] {
            let (is_merged, said) = pull(here, there)?;
            assert!(is_merged, "{said}");
        }
        for clone in [&one, &two] {
            assert!(agreed(clone) >= DOCUMENTS);
            holds(clone, &work);
            assert_eq!(frozen(clone), rounds, "a round never changes");
        }
        Some(())
    };
    run();
}
