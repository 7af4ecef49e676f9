//! Reviews and answers, people, and blind coding.

use demarche::model::*;
use demarche::session::{
    Action, AnnotateAction, Env, ExchangeAction, NavigateAction, ProjectAction, ReviewAction, ReviewFilter,
    ReviewState, Session, Shown,
};

use crate::support::project::files;
use crate::support::session::*;

const TEXTS: [&str; 2] =
    ["Norvania must pay the fee. Estmark may open the port.", "We reject the second fee."];

/// A project in which Ana has tagged three passages, Ben one, and Cleo is the reviewer and the user.
fn team() -> (tempfile::TempDir, Session, Vec<SpanRef>) {
    let (dir, mut session) = desk(&TEXTS);
    let first = tag(&mut session, "Norvania must pay", "demand");
    let second = tag(&mut session, "Estmark may open", "offer");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    let third = tag(&mut session, "reject", "rejection");
    be(&mut session, "Ben");
    tag(&mut session, "second fee", "demand");
    be(&mut session, "Cleo");
    let reviewer = Annotator { role: Role::Reviewer, ..person(&session, "cleo") };
    session.perform(ProjectAction::SetPeople(vec![reviewer]));
    (dir, session, vec![first, second, third])
}

fn be(session: &mut Session, name: &str) {
    session.perform(ProjectAction::WorkAs { name: name.to_owned() });
}

fn person(session: &Session, id: &str) -> Annotator {
    session.project().annotator(&id.into()).unwrap().clone()
}

fn queue(session: &mut Session, annotator: Option<&str>, state: ReviewState) -> usize {
    let annotator = annotator.map(AnnotatorId::from);
    let filter = ReviewFilter { annotator, state, ..ReviewFilter::default() };
    session.perform(ReviewAction::Filter(filter));
    session.review().items().len()
}

fn decision(session: &Session, who: &str, at: &SpanRef) -> Option<Decision> {
    let document = session.project().document(&at.layer.document).unwrap();
    document.decision(&who.into(), at.span).map(|decision| Decision::clone(decision))
}

#[test]
fn each_decision_goes_to_the_next_passage_of_the_queue() {
    let (_dir, mut session, ana) = team();
    assert_eq!(queue(&mut session, Some("ana"), ReviewState::Undecided), 3);
    session.run(CommandId::NextReview);
    assert_eq!(session.current(), Some(&ana[0]));
    session.run(CommandId::Accept);
    assert_eq!(session.current(), Some(&ana[1]));
    assert_eq!(session.review_position(), Some(1));
    session.run(CommandId::Reject);
    assert_eq!(session.current(), Some(&ana[2]), "the queue continues in the next document");
    assert_eq!(session.view_state().document, Some("d002".into()));
    session.run(CommandId::Dispute);
    assert_eq!(session.review().decided(), 3);
    assert_eq!(session.review().items().len(), 3, "all of the queue");
    let verdicts: Vec<_> = ana.iter().map(|at| decision(&session, "cleo", at).unwrap().verdict).collect();
    assert_eq!(verdicts, [Some(Verdict::Accepted), Some(Verdict::Rejected), Some(Verdict::Disputed)]);
    session.run(CommandId::Undo);
    assert_eq!(session.review().decided(), 2);
    assert_eq!(session.current(), Some(&ana[2]), "undo leads back to the passage");
    assert_eq!(decision(&session, "cleo", &ana[2]), None);
    assert_eq!(queue(&mut session, Some("ana"), ReviewState::Undecided), 1);
    assert_eq!(queue(&mut session, None, ReviewState::All), 4, "Ben's is there, too");
    assert_eq!(queue(&mut session, None, ReviewState::Decided), 2);
}

#[test]
fn a_proposal_is_accepted_and_undone_with_one_key_each() {
    let (_dir, mut session, ana) = team();
    session.perform(NavigateAction::GoTo(ana[0].clone()));
    select(&mut session, "Norvania must pay the fee");
    assert_eq!(session.review_target(), Some(&ana[0]), "selecting words keeps the passage to review");
    let text = session.document().unwrap().text.clone().unwrap();
    let bounds = Bounds::from_ranges(&Ranges::one(session.proposed_range()).unwrap(), &text);
    let attributes = [("actor".into(), Some(Value::Choice("Estmark".into())))].into_iter().collect();
    let proposal = Box::new(Proposal { category: Some("threat".into()), bounds, attributes });
    let comment = "the fee is what it is about".to_owned();
    session.perform(ReviewAction::Propose { at: ana[0].clone(), proposal, comment });
    let made = decision(&session, "cleo", &ana[0]).unwrap();
    assert_eq!(made.verdict, Some(Verdict::Disputed));
    assert_eq!(made.about.unwrap().quote.shown(), "Norvania must pay");
    assert_eq!(session.review().unread(), 0, "Cleo has nothing to read");

    be(&mut session, "Ana");
    assert_eq!(session.review().unread(), 1);
    session.run(CommandId::NextInInbox);
    assert_eq!(session.current(), Some(&ana[0]));
    let before = session.current_span().unwrap().clone();
    let steps_before = steps(&session);
    session.run(CommandId::AcceptProposal);
    assert_eq!(steps(&session), steps_before + 1, "one step");
    let span = session.project().span(&ana[0]).unwrap().clone();
    assert_eq!(span.quote(&text), "Norvania must pay the fee");
    assert_eq!(span.category.as_str(), "threat");
    assert_eq!(span.attributes.get(&"actor".into()).unwrap().to_string(), "Estmark");
    let made = decision(&session, "cleo", &ana[0]).unwrap();
    assert_eq!(session.decision_state(&ana[0], &made), DecisionState::Applied);
    assert_eq!(session.review().unread(), 0);
    session.run(CommandId::Undo);
    assert_eq!(session.project().span(&ana[0]), Some(&before));
    assert_eq!(session.decision_state(&ana[0], &made), DecisionState::Current);
    figures_are_right(&session);
}

#[test]
fn both_sides_write_their_own_files_and_read_one_thread() {
    let (_dir, mut session, ana) = team();
    let say = |session: &mut Session, text: &str| {
        let comment = ReviewAction::Comment { at: ana[1].clone(), text: text.to_owned() };
        session.perform(Action::Review(comment));
    };
    session.perform(NavigateAction::GoTo(ana[1].clone()));
    session.run(CommandId::Dispute);
    say(&mut session, "Is it an offer?");
    be(&mut session, "Ana");
    say(&mut session, "They may open it.");
    assert_eq!(session.review().unread(), 0, "answering marks as read");
    be(&mut session, "Cleo");
    assert_eq!(session.review().unread(), 1, "the answer is unread for the reviewer");
    assert_eq!(queue(&mut session, None, ReviewState::Answered), 1);
    say(&mut session, "Then keep it.");
    assert_eq!(queue(&mut session, None, ReviewState::Answered), 0);
    let thread: Vec<String> = {
        let document = session.project().document(&"d001".into()).unwrap();
        document.thread(ana[1].span).iter().map(|c| format!("{}: {}", c.author, c.text)).collect()
    };
    assert_eq!(thread, ["cleo: Is it an offer?", "ana: They may open it.", "cleo: Then keep it."]);
    session.save_now().unwrap();
    let files = files(root_of(&session));
    assert!(files["reviews/ana/d001.ron"].contains("They may open it."));
    assert!(
        !files["reviews/ana/d001.ron"].contains("verdict")
            && !files["reviews/cleo/d001.ron"].contains("may open it.")
    );
    let again = open_later(root_of(&session));
    assert_eq!(again.project().documents()[0].reviews, session.project().documents()[0].reviews);
}

#[test]
fn decisions_on_changed_or_removed_passages_are_kept_and_marked() {
    let (_dir, mut session, ana) = team();
    for at in &ana[..2] {
        session.perform(NavigateAction::GoTo(at.clone()));
        session.run(CommandId::Reject);
    }
    be(&mut session, "Ana");
    session.perform(AnnotateAction::SetNote { at: ana[0].clone(), note: "mine".to_owned() });
    let first = decision(&session, "cleo", &ana[0]).unwrap();
    assert_eq!(session.decision_state(&ana[0], &first), DecisionState::Changed);
    session.perform(NavigateAction::GoTo(ana[1].clone()));
    session.run(CommandId::AcceptProposal);
    assert_eq!(session.project().span(&ana[1]), None, "a rejected passage is removed with one key");
    let second = decision(&session, "cleo", &ana[1]).unwrap();
    assert_eq!(session.decision_state(&ana[1], &second), DecisionState::Removed);
    assert_eq!(second.about.as_ref().unwrap().quote.shown(), "Estmark may open");
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    let mut session = open_later(&root);
    be(&mut session, "Cleo");
    assert!(decision(&session, "cleo", &ana[1]).is_some(), "decisions are kept when their passages are gone");
    assert_eq!(queue(&mut session, Some("ana"), ReviewState::Undecided), 2, "the changed one comes again");
    assert_eq!(queue(&mut session, Some("ana"), ReviewState::Decided), 2, "the gone one is shown");
    session.perform(ReviewAction::GoTo(1));
    assert_eq!(session.current_review(), Some(ana[1].clone()));
    session.run(CommandId::WithdrawDecision);
    assert_eq!(decision(&session, "cleo", &ana[1]), None);
}

#[test]
fn dismissed_decisions_are_remembered_on_this_machine_only() {
    let (_dir, mut session, ana) = team();
    session.perform(NavigateAction::GoTo(ana[0].clone()));
    session.run(CommandId::Dispute);
    be(&mut session, "Ana");
    assert_eq!(session.review().unread(), 1);
    session.perform(NavigateAction::GoTo(ana[0].clone()));
    session.run(CommandId::DismissDecision);
    assert_eq!(session.review().unread(), 0);
    session.save_now().unwrap();
    let session = open_later(root_of(&session));
    assert_eq!((session.me().as_str(), session.review().unread()), ("ana", 0));
    assert_eq!(session.review().inbox().count(), 1);
}

#[test]
fn only_reviewers_decide_and_never_on_their_own_passages() {
    let (_dir, mut session, ana) = team();
    be(&mut session, "Ana");
    session.perform(NavigateAction::GoTo(ana[0].clone()));
    session.run(CommandId::Accept);
    assert_eq!(Some(notice(&session)), session.review_refusal(&ana[0]));
    be(&mut session, "Ben");
    session.perform(NavigateAction::GoTo(ana[0].clone()));
    session.run(CommandId::Accept);
    assert_eq!(Some(notice(&session)), session.reviewing_refusal());
    assert!(session.project().documents().iter().all(|document| document.reviews.is_empty()));
}

#[test]
fn blind_annotators_see_nothing_of_others_until_they_are_done() {
    let (_dir, mut session, ana) = team();
    session.perform(ProjectAction::SetBlind(true));
    assert_eq!(session.totals().spans, 0, "Cleo has tagged nothing");
    session.perform(NavigateAction::Show(Shown::Everyone));
    assert_eq!(session.totals().spans, 4, "a reviewer sees all");
    be(&mut session, "Ben");
    session.perform(NavigateAction::OpenDocument("d001".into()));
    let seen = |session: &Session, documents: usize| {
        figures_are_right(session);
        let shown = session.document().unwrap().clone();
        let others = session.layers(&shown).filter(|(_, layer)| layer.spans().next().is_some()).count();
        assert_eq!(others, documents, "the text, the cards and the strip");
        let annotators: Vec<String> =
            session.passage_table().spans().map(|at| at.layer.annotator.to_string()).collect();
        (annotators, session.totals().spans)
    };
    assert_eq!(seen(&session, 0), (vec!["ben".to_owned()], 1), "table and figures");
    session.perform(NavigateAction::GoTo(ana[0].clone()));
    assert_eq!(session.current(), None);
    assert_eq!(queue(&mut session, None, ReviewState::All), 0, "nor the queue");
    assert_eq!(exported(&mut session), 1, "nor an export from the window");
    session.run(CommandId::ToggleDone);
    assert_eq!(seen(&session, 1), (vec!["ana".to_owned(), "ana".to_owned(), "ben".to_owned()], 3));
    assert_eq!(exported(&mut session), 3);
    session.run(CommandId::Undo);
    assert_eq!(seen(&session, 0), (vec!["ben".to_owned()], 1), "undo hides it again");
    be(&mut session, "Cleo");
    session.perform(ProjectAction::SetBlind(false));
    be(&mut session, "Ben");
    assert_eq!(seen(&session, 1).1, 4);
}

/// Counts the passages in a CSV export.
fn exported(session: &mut Session) -> usize {
    let path = root_of(session).with_extension("csv");
    let request = export_request("csv", &path);
    session.perform(ExchangeAction::Export(request));
    session.finish_jobs();
    session.perform(ExchangeAction::DismissReport);
    std::fs::read_to_string(path).unwrap().lines().count() - 1
}

#[test]
fn people_are_changed_as_one_step_and_removed_only_without_work() {
    let (_dir, mut session, _) = team();
    let before = session.project().annotators().to_vec();
    let documents = std::collections::BTreeSet::from(["d002".into()]);
    let ana = Annotator {
        name: "Ana Reyes".to_owned(),
        initials: "A".to_owned(),
        documents: Assignment::Only(documents),
        ..person(&session, "ana")
    };
    let dora = Annotator::new("dora".into(), "Dora", Colour::nth(4));
    session.perform(ProjectAction::SetPeople(vec![ana, dora.clone()]));
    let key = person(&session, "dora").key;
    assert!(key.is_some(), "a new person gets a key");
    let dora = Annotator { key, ..dora };
    assert_eq!(undo_label(&session), "change people");
    let load = session.workload(&person(&session, "ana"));
    assert_eq!((load.assigned, load.done, load.passages), (1, 0, 3));
    session.perform(ProjectAction::RemovePerson("ana".into()));
    assert_eq!(Some(notice(&session)), session.removal_refusal(&person(&session, "ana")));
    session.perform(ProjectAction::RemovePerson("dora".into()));
    assert!(session.project().annotator(&"dora".into()).is_none());
    session.run(CommandId::Undo);
    assert_eq!(person(&session, "dora"), dora);
    session.run(CommandId::Undo);
    assert_eq!(session.project().annotators(), before);
}

#[test]
fn the_next_document_to_do_is_an_assigned_one() {
    let (_dir, mut session) = desk(&["one.", "two.", "three.", "four."]);
    let documents = std::collections::BTreeSet::from(["d001".into(), "d003".into()]);
    let ana = Annotator { documents: Assignment::Only(documents), ..person(&session, "ana") };
    session.perform(ProjectAction::SetPeople(vec![ana]));
    let here = |session: &Session| session.view_state().document.clone().unwrap().to_string();
    session.run(CommandId::NextUnfinished);
    assert_eq!(here(&session), "d003");
    session.run(CommandId::ToggleDone);
    session.run(CommandId::NextUnfinished);
    assert_eq!(here(&session), "d001");
    session.run(CommandId::ToggleDone);
    session.run(CommandId::NextUnfinished);
    assert_eq!(here(&session), "d002", "others follow once these are done");
}

#[test]
fn the_queue_follows_changes_of_others_and_keeps_its_position() {
    let (_dir, mut session, ana) = team();
    assert_eq!(queue(&mut session, None, ReviewState::Undecided), 4);
    session.perform(NavigateAction::GoTo(ana[2].clone()));
    assert_eq!(session.review_position(), Some(2));
    session.run(CommandId::Accept);
    assert_eq!(session.review().decided(), 1);
    be(&mut session, "Ana");
    session.perform(NavigateAction::OpenDocument("d001".into()));
    let more = tag(&mut session, "open the port", "offer");
    be(&mut session, "Cleo");
    assert_eq!(queue(&mut session, None, ReviewState::All), 5);
    session.perform(NavigateAction::GoTo(ana[2].clone()));
    let before = session.review().items().to_vec();
    let at = before.iter().position(|at| *at == more).unwrap();
    assert_eq!(session.review_position(), Some(3), "after the three passages of the first document");
    assert_eq!((at, session.review().decided()), (2, 1));
    be(&mut session, "Ana");
    session.perform(AnnotateAction::Remove(vec![more]));
    be(&mut session, "Cleo");
    assert_eq!(queue(&mut session, None, ReviewState::All), 4);
    assert_eq!(session.review().decided(), 1);
}

#[test]
fn a_long_queue_filled_by_a_worker_is_the_same() {
    let text = "fee and port. ".repeat(11_000);
    let (_dir, mut session) = desk(&[&text, "Another fee."]);
    for (word, category) in [("fee", "demand"), ("port", "offer")] {
        let query = demarche::analysis::search::Query::words(word);
        let scope = demarche::session::OccurrenceScope::Document;
        session.perform(AnnotateAction::TagEvery { query, scope, category: category.into() });
        session.finish_jobs();
    }
    be(&mut session, "Cleo");
    session.run(CommandId::StartReview);
    assert!(session.review().is_filling() && session.review().items().is_empty());
    session.finish_jobs();
    assert!(!session.review().is_filling());
    assert_eq!(session.review().items().len(), 22_000);
    assert_eq!(session.review_position(), Some(0), "goes to the first once the queue is filled");
    session.run(CommandId::Accept);
    assert_eq!((session.review_position(), session.review().decided()), (Some(1), 1));
    assert_eq!(queue(&mut session, None, ReviewState::Decided), 0, "a worker looks for them");
    session.finish_jobs();
    assert_eq!(session.review().items().len(), 1);
}

/// Ana, Ben and Dan have the demand alike, Eve in other bounds; Cleo reviews.
fn alike() -> (tempfile::TempDir, Session, Vec<SpanRef>) {
    let (dir, mut session) = desk(&TEXTS);
    let mut at = Vec::new();
    for (name, words) in [
        ("Ana", "Norvania must pay"),
        ("Ben", "Norvania must pay"),
        ("Dan", "Norvania must pay"),
        ("Eve", "must pay the fee"),
    ] {
        be(&mut session, name);
        at.push(tag(&mut session, words, "demand"));
    }
    be(&mut session, "Cleo");
    let reviewer = Annotator { role: Role::Reviewer, ..person(&session, "cleo") };
    session.perform(ProjectAction::SetPeople(vec![reviewer]));
    (dir, session, at)
}

#[test]
fn equal_readings_are_reviewed_once_and_each_coder_hears_of_it() {
    let (_dir, mut session, at) = alike();
    assert_eq!(queue(&mut session, None, ReviewState::Undecided), 2);
    let together = session.reviewed_together(&session.review().items()[0].clone());
    assert_eq!(together, at[..3], "the entry names all of them");
    session.perform(ReviewAction::GoTo(0));
    let before = steps(&session);
    session.run(CommandId::Reject);
    assert_eq!(steps(&session), before + 1);
    for name in ["Ana", "Ben", "Dan"] {
        assert!(notice(&session).contains(name), "{}", notice(&session));
    }
    for span in &at[..3] {
        assert_eq!(decision(&session, "cleo", span).unwrap().verdict, Some(Verdict::Rejected));
    }
    assert_eq!(decision(&session, "cleo", &at[3]), None);
    assert_eq!(session.review().decided(), 1);
    assert_eq!(session.current(), Some(&at[3]), "it goes on to the next entry");
    session.perform(ReviewAction::Comment { at: at[1].clone(), text: "A wish, no demand.".to_owned() });
    session.perform(NavigateAction::GoTo(at[2].clone()));
    assert_eq!(session.review_position(), Some(0), "every reading leads to the entry");
    for name in ["Ana", "Ben", "Dan"] {
        be(&mut session, name);
        assert_eq!(session.review().unread(), 1, "{name}");
        let inbox = session.review().inbox().next().unwrap().at.clone();
        let thread = decision(&session, "cleo", &inbox).unwrap().comments;
        assert_eq!((inbox.layer.annotator.as_str(), thread.len()), (name.to_lowercase().as_str(), 1));
    }
    be(&mut session, "Cleo");
    assert_eq!(queue(&mut session, Some("ben"), ReviewState::All), 1);
    assert_eq!(session.reviewed_together(&at[1]), at[1..2], "of one person, theirs alone");
}

#[test]
fn a_sample_of_the_queue_depends_on_size_and_seed_alone() {
    let text = "A demand. ".repeat(40);
    let (_dir, mut session) = desk(&[&text, &text]);
    for document in ["d001", "d002"] {
        session.perform(NavigateAction::OpenDocument(document.into()));
        for number in 0..40 {
            let range = TextRange { start: number * 10, end: number * 10 + 8 };
            session.perform(NavigateAction::SelectText(demarche::session::TextSelection::over(range)));
            session.perform(AnnotateAction::Tag("demand".into()));
        }
    }
    be(&mut session, "Cleo");
    let mut draw = |size, seed| {
        let sample = Some(demarche::session::ReviewSample { size, seed });
        let filter = ReviewFilter { sample, state: ReviewState::All, ..ReviewFilter::default() };
        session.perform(ReviewAction::Filter(filter));
        session.review().items().to_vec()
    };
    let (first, again, other) = (draw(10, 1), draw(10, 1), draw(10, 2));
    assert_eq!((first.len(), &first), (10, &again));
    assert_ne!(first, other);
    assert!(first.iter().all(|at| draw(20, 1).contains(at)), "a larger sample has the smaller one");
    assert_eq!(draw(1000, 1).len(), 80);
    assert!(first.iter().any(|at| at.layer.document.as_str() == "d002"));
}

#[test]
fn a_decision_made_by_a_clock_that_is_ahead_still_notices_a_later_change() {
    let (_dir, root) = small(&TEXTS);
    let mut ana = open(&root);
    let at = tag(&mut ana, "Norvania must pay", "demand");
    let tagged = ana.project().span(&at).unwrap().modified;
    ana.save_now().unwrap();
    drop(ana);
    let env = Env::fixed(Stamp(START.0 + 10 * 60));
    (0..100).for_each(|_| {
        env.new_uuid();
    });
    let mut cleo = open_with(&root, env);
    be(&mut cleo, "Cleo");
    let reviewer = Annotator { role: Role::Reviewer, ..person(&cleo, "cleo") };
    cleo.perform(ProjectAction::SetPeople(vec![reviewer]));
    cleo.perform(NavigateAction::GoTo(at.clone()));
    cleo.run(CommandId::Accept);
    let made = decision(&cleo, "cleo", &at).unwrap();
    assert_eq!(made.decided_on, Some(tagged));
    cleo.perform(ReviewAction::Comment { at: at.clone(), text: "Good.".to_owned() });
    assert_eq!(
        decision(&cleo, "cleo", &at).unwrap().decided_on,
        made.decided_on,
        "a comment decides nothing"
    );
    cleo.save_now().unwrap();
    drop(cleo);
    works_here(&root, "ana");
    let env = Env::fixed(Stamp(START.0 + 60));
    (0..200).for_each(|_| {
        env.new_uuid();
    });
    let mut ana = open_with(&root, env);
    let state = |ana: &Session| ana.decision_state(&at, &decision(ana, "cleo", &at).unwrap());
    assert_eq!(state(&ana), DecisionState::Current);
    ana.perform(AnnotateAction::SetCategory { at: vec![at.clone()], category: "offer".into() });
    assert_eq!(state(&ana), DecisionState::Changed);
    assert!(
        ana.project().span(&at).unwrap().modified < made.modified,
        "by their clocks, it was changed before"
    );
    ana.run(CommandId::Undo);
    assert_eq!(state(&ana), DecisionState::Current);
    assert!(files(&root)["reviews/cleo/d001.ron"].starts_with("(\n    format: 4,"));
}
