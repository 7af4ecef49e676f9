//! Links between passages: created in two steps, in the user's layer, across documents.

use std::fs;

use demarche::io::export::exporter;
use demarche::io::project::check;
use demarche::io::{Problem, ProblemKind};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, Env, ExchangeAction, ExportRequest, LinkAction, NavigateAction, OtherEnd, ProjectAction,
    Session, SessionError, Shown,
};
use demarche::ui::words::commands as words;

use crate::support::project::files;
use crate::support::session::*;

const FIRST: &str = "Norvania will suspend the talks unless the port reopens.\n";
const SECOND: &str = "Estmark offers to lower the fee.\n";

/// Two documents, a threat in the first, an offer in the second; both Ana's. The second document is open.
fn two() -> (tempfile::TempDir, Session, SpanRef, SpanRef) {
    let (dir, mut session) = desk(&[FIRST, SECOND]);
    let threat = tag(&mut session, "will suspend the talks", "threat");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    let offer = tag(&mut session, "lower the fee", "offer");
    (dir, session, threat, offer)
}

fn link(session: &mut Session, from: &SpanRef, to: &SpanRef, kind: &str) {
    session.perform(LinkAction::Add { from: from.clone(), to: to.clone(), kind: kind.into() });
    links_are_right(session);
}

/// The links of a span: direction, kind, other end.
fn ends(session: &Session, at: &SpanRef) -> Vec<String> {
    let ends = session.links_of(at).into_iter().map(|end| {
        let other = match &end.other {
            OtherEnd::Loaded(other) => session.span_name(other),
            OtherEnd::Unread(_) => "unread".to_owned(),
            OtherEnd::Gone => "gone".to_owned(),
        };
        format!("{} {} {other}", if end.outgoing { "→" } else { "←" }, end.link.kind)
    });
    ends.collect()
}

fn dangling(session: &Session) -> Vec<Problem> {
    let problems = check(session.folder()).unwrap();
    problems.into_iter().filter(|problem| problem.kind == ProblemKind::DanglingLink).collect()
}

#[test]
fn passages_of_two_documents_are_linked_in_one_undo_step() {
    let (_dir, mut session, threat, offer) = two();
    session.save_now().unwrap();
    let before = (files(root_of(&session)), steps(&session));
    session.perform(NavigateAction::GoTo(offer.clone()));
    session.run(CommandId::StartLink);
    assert_eq!(session.link_start(), Some(&offer));
    session.perform(NavigateAction::GoTo(threat.clone()));
    assert_eq!(session.link_start(), Some(&offer), "the start is kept in another document");
    session.run(CommandId::StartLink);
    let draft = session.link_draft().unwrap().clone();
    assert_eq!((&draft.from, &draft.to, draft.reversed), (&offer, &threat, false));
    link(&mut session, &draft.from, &draft.to, "responds-to");
    assert_eq!(steps(&session), before.1 + 1);
    assert_eq!(session.link_start(), None);
    assert_eq!(session.last_link_kind(), Some(&"responds-to".into()));
    assert_eq!(notice(&session), "Linked: Offer “lower the fee” responds to Threat “will suspend the talks”");
    assert_eq!(ends(&session, &offer), ["→ responds-to Threat “will suspend the talks”"]);
    assert_eq!(ends(&session, &threat), ["← responds-to Offer “lower the fee”"]);
    session.save_now().unwrap();
    assert_eq!(check(session.folder()).unwrap(), vec![]);
    let written = fs::read_to_string(root_of(&session).join("layers/ana/d002.ron")).unwrap();
    assert!(written.contains(r#"to_document: "d001""#), "the link is in the layer of its start");
    session.undo();
    links_are_right(&session);
    assert_eq!(ends(&session, &threat), [] as [&str; 0]);
    session.save_now().unwrap();
    assert_eq!((files(root_of(&session)), steps(&session)), before);
}

#[test]
fn duplicate_and_dangling_links_and_links_to_itself_are_refused() {
    let (_dir, mut session, threat, offer) = two();
    link(&mut session, &offer, &threat, "responds-to");
    let before = steps(&session);
    let mut refused = |from: &SpanRef, to: &SpanRef, kind: &str, why: SessionError| {
        link(&mut session, from, to, kind);
        assert_eq!(notice(&session), why.to_string());
        assert_eq!(steps(&session), before);
    };
    let kind = "responds to".to_owned();
    refused(&offer, &threat, "responds-to", SessionError::LinkedAlready { kind });
    refused(&offer, &offer, "responds-to", SessionError::LinkToItself);
    refused(&offer, &threat, "no-such-kind", SessionError::UnknownLinkKind("no-such-kind".into()));
    let gone = SpanRef { span: SpanId(uuid::Uuid::nil()), ..threat.clone() };
    refused(&offer, &gone, "responds-to", SessionError::EndIsGone);
    session.perform(LinkAction::Start(offer.clone()));
    session.perform(LinkAction::Finish { to: offer.clone(), kind: None });
    assert_eq!(notice(&session), SessionError::LinkToItself.to_string());
    assert_eq!(session.link_draft(), None);
    link(&mut session, &threat, &offer, "responds-to");
    link(&mut session, &offer, &threat, "contradicts");
    assert_eq!(steps(&session), before + 2, "the other way, and in another sense, is another link");
}

#[test]
fn layers_of_others_are_never_changed_by_links() {
    let (_dir, mut session, threat, offer) = two();
    session.perform(ProjectAction::WorkAs { name: "Ben".into() });
    session.perform(NavigateAction::Show(Shown::Everyone));
    let bens = tag(&mut session, "Estmark", "demand");
    session.perform(LinkAction::Start(threat.clone()));
    assert_notice(&session, &["Ana"]);
    session.perform(LinkAction::Finish { to: offer.clone(), kind: Some("supports".into()) });
    assert_eq!(notice(&session), SessionError::NeitherIsYours.to_string());
    link(&mut session, &threat, &bens, "supports");
    assert_eq!(notice(&session), SessionError::StartIsNotYours { owner: "Ana".to_owned() }.to_string());
    assert_eq!(ends(&session, &threat), [] as [&str; 0]);
    session.perform(LinkAction::Finish { to: bens.clone(), kind: None });
    let draft = session.link_draft().unwrap();
    assert!(draft.reversed && draft.from == bens && draft.to == threat, "it leads the other way");
    session.perform(LinkAction::Finish { to: bens.clone(), kind: Some("supports".into()) });
    assert_eq!(ends(&session, &bens), ["→ supports Threat “will suspend the talks”"]);
    session.perform(ProjectAction::WorkAs { name: "Ana".into() });
    let id = session.links_of(&threat)[0].link.id;
    session.perform(LinkAction::Remove { layer: bens.layer.clone(), id });
    assert_notice(&session, &["Ben"]);
    assert_eq!(session.links_of(&threat).len(), 1);
    session.perform(NavigateAction::Show(Shown::Mine));
    assert_eq!(session.links_shown_at(&threat).len(), 0, "Ben is hidden");
    links_are_right(&session);
}

#[test]
fn removing_a_passage_removes_my_links_and_keeps_those_of_others() {
    let (_dir, mut session, threat, offer) = two();
    link(&mut session, &offer, &threat, "responds-to");
    session.perform(ProjectAction::WorkAs { name: "Ben".into() });
    let bens = tag(&mut session, "Estmark", "demand");
    link(&mut session, &bens, &threat, "supports");
    session.perform(ProjectAction::WorkAs { name: "Ana".into() });
    assert_eq!(session.links_removed_with(std::slice::from_ref(&threat)).len(), 1);
    session.perform(AnnotateAction::Remove(vec![threat.clone()]));
    assert_notice(&session, &["1 link of Ben’s"]);
    assert_eq!(ends(&session, &offer), [] as [&str; 0]);
    assert_eq!(ends(&session, &bens), ["→ supports gone"]);
    links_are_right(&session);
    session.save_now().unwrap();
    assert_eq!(dangling(&session).len(), 1, "check reports it");
    session.undo();
    assert_eq!(ends(&session, &threat).len(), 2);
    session.redo();
    session.perform(ProjectAction::WorkAs { name: "Ben".into() });
    let id = session.links_of(&bens)[0].link.id;
    session.perform(LinkAction::Remove { layer: bens.layer.clone(), id });
    assert_eq!(ends(&session, &bens), [] as [&str; 0], "its owner can remove what is left");
    session.save_now().unwrap();
    assert_eq!(dangling(&session), []);
    links_are_right(&session);
}

#[test]
fn a_started_link_is_cancelled_with_its_passage_and_by_escape() {
    let (_dir, mut session, threat, offer) = two();
    session.perform(LinkAction::Start(offer.clone()));
    session.run(CommandId::ClearSelection);
    assert_eq!((session.link_start(), session.current()), (None, Some(&offer)), "only the link is cancelled");
    session.perform(LinkAction::Start(threat.clone()));
    session.perform(AnnotateAction::Remove(vec![threat.clone()]));
    assert_eq!(session.link_start(), None);
    session.run(CommandId::CancelLink);
    assert_eq!(notice(&session), words::no_link_started());
}

#[test]
fn following_a_link_reads_the_document_and_shows_the_annotator() {
    let (_dir, mut session, threat, offer) = two();
    session.perform(ProjectAction::WorkAs { name: "Ben".into() });
    let bens = tag(&mut session, "Estmark", "demand");
    link(&mut session, &bens, &threat, "supports");
    link(&mut session, &bens, &offer, "supports");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    session.save_now().unwrap();
    session.save_local_state();
    let root = root_of(&session).to_owned();
    drop(session);
    let mut session = Session::open(&root, Env::fixed(Stamp(START.0 + 60))).unwrap();
    assert!(!session.project().document(&"d001".into()).unwrap().is_loaded());
    // Until the document has been read, the link does not know whose passage it leads to.
    let guess = SpanRef { layer: LayerId::new(&"d001".into(), &"ben".into()), span: threat.span };
    session.perform(NavigateAction::GoTo(guess));
    session.finish_jobs();
    assert_eq!(session.current(), Some(&threat));
    assert_eq!(session.shown(), &Shown::Everyone, "so that it can be seen");
    links_are_right(&session);
    session.run(CommandId::FollowLink);
    assert_eq!(session.current(), Some(&bens));
    assert_eq!(ends(&session, &bens).len(), 2);
    session.perform(NavigateAction::GoTo(SpanRef { span: SpanId(uuid::Uuid::nil()), ..threat }));
    assert_eq!(session.current(), None, "the passage is gone");
}

#[test]
fn links_across_documents_survive_a_round_trip() {
    let (_dir, mut session, threat, offer) = two();
    link(&mut session, &offer, &threat, "responds-to");
    let path = root_of(&session).with_file_name("out.jsonl");
    let request = ExportRequest {
        format: exporter("jsonl").unwrap(),
        path: path.clone(),
        annotators: None,
        categories: None,
        spans: None,
        documents: None,
    };
    session.perform(ExchangeAction::Export(request));
    session.finish_jobs();
    let written = fs::read_to_string(&path).unwrap();
    assert!(written.contains(r#""to_document":"d001""#), "{written}");
    let (_other, mut copy) = desk(&[]);
    copy.perform(ExchangeAction::Import(vec![path]));
    copy.finish_jobs();
    links_are_right(&copy);
    let links: usize = spans(&copy).iter().map(|(at, _)| copy.links_of(at).len()).sum();
    assert_eq!(links, 2, "seen from both ends");
}

#[test]
fn the_sample_has_links_within_and_across_documents() {
    let (_dir, root) = sample_copy();
    let session = open(&root);
    let all: Vec<_> = spans(&session).iter().flat_map(|(at, _)| session.links_of(at)).collect();
    let starting: Vec<_> = all.iter().filter(|end| end.outgoing).collect();
    assert_eq!((starting.len(), all.len()), (69, 138));
    assert!(starting.iter().any(|end| end.link.to_document != end.layer.document));
    assert!(all.iter().all(|end| matches!(end.other, OtherEnd::Loaded(_))));
    links_are_right(&session);
}

#[test]
fn drawing_a_link_asks_for_its_kind() {
    let (_dir, mut session, threat, offer) = two();
    session.perform(LinkAction::Draw { from: threat.clone(), to: threat.clone() });
    assert_eq!(notice(&session), SessionError::LinkToItself.to_string());
    assert_eq!(session.link_draft(), None);
    session.perform(LinkAction::Draw { from: threat.clone(), to: offer.clone() });
    assert_eq!(session.link_draft().map(|draft| (&draft.from, &draft.to)), Some((&threat, &offer)));
    assert_eq!(session.link_start(), None);
    session.perform(LinkAction::Cancel);
    assert_eq!(session.link_draft(), None);
}
