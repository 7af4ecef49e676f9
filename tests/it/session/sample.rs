//! The sample project, and projects with many documents.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use demarche::io::project::{Folder, check};
use demarche::model::{Colour, Date, DecisionState, DocumentMeta, LayerId, Role, SpanRef, Status, Verdict};
use demarche::session::{
    Action, AnalysisNotesAction, AnnotateAction, DocumentAction, DocumentListAction, Env, NavigateAction,
    ProjectAction, ReviewAction, Session, TextSelection,
};

use crate::support::project::files;
use crate::support::session::*;

/// Changes something in every file of the project that `name` may write.
fn touch_everything(session: &mut Session, name: &str) {
    session.perform(ProjectAction::WorkAs { name: name.to_owned() });
    session.perform(ProjectAction::SetName("Other".to_owned()));
    for document in session.project().documents().to_vec() {
        let (id, text) = (document.id().clone(), document.text.clone().unwrap());
        session.perform(NavigateAction::OpenDocument(id.clone()));
        let end = text.as_str().find(' ').unwrap();
        session.perform(NavigateAction::SelectText(TextSelection { anchor: 0, head: end }));
        session.perform(AnnotateAction::Tag("acceptance".into()));
        let is_begun = session.status(&id) == Status::InProgress;
        let status = if is_begun { Status::New } else { Status::InProgress };
        session.perform(DocumentAction::SetStatus(id.clone(), status));
        let title = format!("{}!", document.meta.title);
        session.perform(DocumentAction::SetMeta(Box::new(DocumentMeta { title, ..document.meta.clone() })));
        for (at, _) in spans(session).into_iter().filter(|(at, _)| at.layer.document == id) {
            session.perform(AnnotateAction::SetNote { at: at.clone(), note: "another".to_owned() });
            let comment = ReviewAction::Comment { at, text: "another".to_owned() };
            session.perform(Action::Review(comment));
        }
        session.perform(DocumentListAction::Remove(vec![id]));
        session.undo();
    }
    touch_analysis_notes(session);
}

/// Changes the saved views and the calendar of the user, if there are any.
fn touch_analysis_notes(session: &mut Session) {
    let me = session.me().clone();
    let Some(notes) = session.project().analysis_notes().get(&me).cloned() else { return };
    for id in notes.views.keys() {
        session.perform(AnalysisNotesAction::RenameView { id: *id, name: "Another".to_owned() });
    }
    if !notes.calendar.is_empty() {
        let (date, colour) = (Date::parse("2026-03-13").unwrap(), Colour::nth(0));
        session.perform(AnalysisNotesAction::AddEvent { date, label: "Letter".to_owned(), colour });
    }
}

#[test]
fn the_sample_project_is_written_as_it_ships() {
    let shipped = files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/halden-port-talks"));
    let (_dir, root) = sample_copy();
    assert_eq!(files(&root), shipped, "the program contains the sample that ships");
    let mut session = open(&root);
    for name in ["Ana Reyes", "Ben Okafor", "Clara Lindqvist"] {
        touch_everything(&mut session, name);
        session.save_now().unwrap();
        let saved = files(&root);
        let who = session.me().as_str();
        for name in
            shipped.keys().filter(|name| name.contains(&format!("/{who}/")) || name.as_str() == "project.ron")
        {
            assert_ne!(saved.get(name), shipped.get(name), "{name} was touched");
        }
        while session.undo_stack().undo_label().is_some() {
            session.undo();
        }
        session.save_now().unwrap();
        assert_eq!(files(&root), shipped);
    }
}

#[test]
fn the_sample_project_has_no_problems() {
    let (_dir, root) = sample_copy();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    let session = open(&root);
    assert_eq!(session.problems(), []);
    assert_eq!(session.me().as_str(), "ana");
}

#[test]
fn the_sample_project_has_four_long_texts_tagged_by_two() {
    let (_dir, root) = sample_copy();
    let session = open(&root);
    let documents = session.project().documents();
    let full = documents.iter().filter(|document| {
        let words = document.text.as_ref().unwrap().as_str().split_whitespace().count();
        words >= 600 && document.layers.values().filter(|layer| layer.len() >= 5).count() >= 2
    });
    assert!(full.count() >= 4);
    let codebook = session.project().codebook();
    for category in &codebook.categories {
        let tagged = passages(&session).iter().any(|line| line.contains(&format!(" {}: ", category.id)));
        assert!(tagged, "{} occurs", category.id);
    }
}

#[test]
fn the_sample_project_has_decisions_of_every_kind() {
    let (_dir, root) = sample_copy();
    let session = open(&root);
    let project = session.project();
    assert_eq!(project.role(&"clara".into()), Role::Reviewer);
    assert_eq!(project.role(session.me()), Role::Lead, "the user of the sample may try everything");
    let documents = project.documents();
    let clara = documents.iter().filter_map(|document| document.reviews.get(&"clara".into()));
    let decisions: Vec<_> = clara.flat_map(|review| review.decisions.values()).collect();
    let count = |verdict| decisions.iter().filter(|d| d.verdict == Some(verdict)).count();
    let counts = [Verdict::Accepted, Verdict::Rejected, Verdict::Disputed].map(count);
    assert_eq!(counts, [18, 1, 6]);
    assert_eq!(decisions.iter().filter(|decision| decision.proposal.is_some()).count(), 3);
    for decision in &decisions {
        let document =
            documents.iter().find(|d| d.decision(&"clara".into(), decision.span).is_some()).unwrap();
        let layer = LayerId::new(document.id(), &decision.annotator);
        let at = SpanRef { layer, span: decision.span };
        assert_eq!(session.decision_state(&at, decision), DecisionState::Current);
        let proposal = decision.proposal.as_ref();
        let span = project.span(&at).unwrap();
        let text = document.text.as_ref().unwrap();
        let fits =
            proposal.is_none_or(|p| p.applied(span, text, project.codebook()).is_some_and(|s| s != **span));
        assert!(fits, "{}", session.span_name(&at));
    }
    let inbox = session.review();
    assert_eq!(
        (inbox.inbox().count(), inbox.unread()),
        (22, 6),
        "Ana has something to read at the first start"
    );
}

#[test]
fn the_sample_projects_links_and_attributes_are_valid() {
    let (_dir, root) = sample_copy();
    let session = open(&root);
    let all = spans(&session);
    let known = |id| all.iter().any(|(at, _)| at.span == id);
    let mut links = 0;
    for layer in session.project().documents().iter().flat_map(|document| document.layers.values()) {
        for link in layer.links() {
            links += 1;
            assert!(known(link.from) && known(link.to), "link {}", link.id);
        }
    }
    assert!(links > 0);
    assert!(all.iter().filter(|(_, span)| span.attributes.len() >= 2).count() * 2 > all.len());
}

#[test]
fn a_project_of_ten_thousand_documents_opens_without_reading_a_text() {
    const COUNT: usize = 10_000;
    let (_dir, root) = small(&["The first.\n"]);
    let project = fs::read_to_string(root.join("project.ron")).unwrap();
    let line = project.lines().find(|line| line.contains("id: \"d001\"")).unwrap().to_owned() + "\n";
    let mut lines = String::new();
    for number in 1..=COUNT {
        let id = format!("d{number:05}");
        lines
            .write_str(&line.replace("\"d001\"", &format!("\"{id}\"")).replace("\\\"d001\\\"", &id))
            .unwrap();
        fs::write(root.join(format!("documents/{id}.txt")), "The first.\n").unwrap();
    }
    fs::write(root.join("project.ron"), project.replace(&line, &lines)).unwrap();
    let start = Instant::now();
    let mut session = Session::open(&root, Env::fixed(START)).unwrap();
    let took = start.elapsed();
    let documents = session.project().documents();
    assert_eq!(documents.len(), COUNT);
    assert!(documents.iter().all(|document| !document.is_loaded()), "no text is read before it is asked for");
    assert!(took < Duration::from_secs(5), "{took:?}");
    session.finish_jobs();
    let read = session.project().documents().iter().filter(|document| document.is_loaded()).count();
    assert_eq!(read, 1, "the one that is shown");
    tag(&mut session, "first", "demand");
    session.save_now().unwrap();
    assert!(root.join("layers/ana/d00001.ron").exists());
}
