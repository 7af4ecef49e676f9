//! Property tests: after any sequence of edits, figures are right, and undo and redo restore every byte.

mod actions;
mod killed;

use demarche::analysis::search::Query;
use demarche::io::ProblemKind;
use demarche::io::project::check;
use demarche::model::*;
use demarche::session::{
    Action, AnnotateAction, CodebookChange, DocumentAction, DocumentListAction, ExchangeAction, LinkAction,
    NavigateAction, NewTextSource, PassagesAction, ProjectAction, ReviewAction, Session, TextSelection,
    UpdateAction,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::project::{files, read_all};
use crate::support::session::*;
use actions::{UserAction, codebook_action, project_action, span_action, text};

/// A range of the open document, at character boundaries.
fn range(session: &Session, a: &Index, b: &Index) -> Option<TextRange> {
    let text = session.document()?.text.clone()?;
    let byte = |index: &Index| text.byte_offset(index.index(text.characters() + 1)).unwrap();
    Some(TextRange::new(byte(a), byte(b)))
}

fn document(session: &Session, index: &Index) -> Option<DocumentId> {
    let documents = session.project().documents();
    (!documents.is_empty()).then(|| index.get(documents).id().clone())
}

/// Goes to one of the spans.
fn go(session: &mut Session, index: &Index) -> Option<SpanRef> {
    let spans = spans(session);
    let at = (!spans.is_empty()).then(|| index.get(&spans).0.clone())?;
    session.perform(NavigateAction::GoTo(at.clone()));
    Some(at)
}

fn run(session: &mut Session, id: CommandId) -> Option<()> {
    session.run(id);
    Some(())
}

fn perform(session: &mut Session, user_action: &UserAction) -> Option<()> {
    let action: Action = match user_action.clone() {
        UserAction::Open(d) => NavigateAction::OpenDocument(document(session, &d)?).into(),
        UserAction::Tag(a, b, category) => {
            session.perform(NavigateAction::SelectText(TextSelection::over(range(session, &a, &b)?)));
            AnnotateAction::Tag(category.into()).into()
        }
        UserAction::TagAlso(s, category) => {
            go(session, &s).map(|_| AnnotateAction::TagAlso(category.into()).into())?
        }
        UserAction::Retag(s, c) => {
            AnnotateAction::SetCategory { at: vec![go(session, &s)?], category: c.into() }.into()
        }
        UserAction::Bounds(s, a, b) => {
            let at = go(session, &s)?;
            AnnotateAction::SetBounds { at, index: 0, to: range(session, &a, &b)? }.into()
        }
        UserAction::Extend(s, a, b) => {
            go(session, &s)?;
            session.perform(NavigateAction::SelectText(TextSelection::over(range(session, &a, &b)?)));
            return run(session, CommandId::ExtendPassage);
        }
        UserAction::Nudge(s, id) | UserAction::Review(s, id) => {
            go(session, &s)?;
            return run(session, id);
        }
        UserAction::Note(s, note) => AnnotateAction::SetNote { at: go(session, &s)?, note }.into(),
        UserAction::Attribute(s, value) => {
            let to = value.map(|value| Value::Choice(value.into()));
            AnnotateAction::SetAttribute { at: vec![go(session, &s)?], attribute: "actor".into(), to }.into()
        }
        UserAction::Link(from, to, kind) => {
            let from = go(session, &from)?;
            session.perform(LinkAction::Start(from));
            LinkAction::Finish { to: go(session, &to)?, kind: Some(kind.into()) }.into()
        }
        UserAction::Comment(s, text) => ReviewAction::Comment { at: go(session, &s)?, text }.into(),
        UserAction::Unlink(s) => {
            let at = go(session, &s)?;
            let end = session.links_of(&at).into_iter().next()?;
            LinkAction::Remove { layer: end.layer, id: end.link.id }.into()
        }
        UserAction::Remove(s) => AnnotateAction::Remove(vec![go(session, &s)?]).into(),
        UserAction::Every(words, scope, category) => {
            AnnotateAction::TagEvery { query: Query::words(words), scope, category: category.into() }.into()
        }
        other => return perform_on_selection(session, other),
    };
    session.perform(action);
    Some(())
}

fn perform_on_selection(session: &mut Session, user_action: UserAction) -> Option<()> {
    let action: Action = match user_action {
        UserAction::SelectSpans(which) => {
            let spans = spans(session);
            let chosen = which.iter().filter(|_| !spans.is_empty()).map(|index| index.get(&spans).0.clone());
            NavigateAction::SelectSpans(chosen.collect()).into()
        }
        UserAction::RetagSelected(c) => {
            AnnotateAction::SetCategory { at: session.selected_spans().to_vec(), category: c.into() }.into()
        }
        UserAction::AttributeOfSelected(value) => {
            let to = value.map(|value| Value::Choice(value.into()));
            AnnotateAction::SetAttribute {
                at: session.selected_spans().to_vec(),
                attribute: "actor".into(),
                to,
            }
            .into()
        }
        UserAction::RemoveSelected => AnnotateAction::Remove(session.selected_spans().to_vec()).into(),
        UserAction::Same => return run(session, CommandId::CopyAttributes),
        other => return perform_on_project(session, other),
    };
    session.perform(action);
    Some(())
}

fn perform_on_project(session: &mut Session, user_action: UserAction) -> Option<()> {
    let action: Action = match user_action {
        UserAction::Status(d, status) => DocumentAction::SetStatus(document(session, &d)?, status).into(),
        UserAction::Meta(d, title) => {
            let meta = session.project().document(&document(session, &d)?)?.meta.clone();
            DocumentAction::SetMeta(Box::new(DocumentMeta { title, ..meta })).into()
        }
        UserAction::PutCategory(id, name) => {
            let known = session.project().codebook().category(&id.into()).cloned();
            let like = known.or(session.project().codebook().categories.first().cloned())?;
            let hotkey = None;
            CodebookChange::PutCategory(Box::new(Category {
                id: id.into(),
                name,
                hotkey,
                ..Category::clone(&like)
            }))
            .into()
        }
        UserAction::Change(change) => change.into(),
        UserAction::Split(choices, from, retire) => {
            let spans = spans(session);
            let choices: Vec<_> = choices.into_iter().filter(|_| !spans.is_empty()).collect();
            let choices = choices.iter().map(|(at, to)| (at.get(&spans).0.clone(), (*to).into())).collect();
            let fresh = vec![Category::new("made-here".into(), "Made here", Colour::nth(3))];
            CodebookChange::Split { from: from.into(), fresh, choices, retire }.into()
        }
        UserAction::Import(text) => ExchangeAction::ImportText(text).into(),
        UserAction::Update(d, at, text) => return update(session, &document(session, &d)?, &at, &text),
        UserAction::RemoveDocument(d) => DocumentListAction::Remove(vec![document(session, &d)?]).into(),
        UserAction::Rename(name) => ProjectAction::SetName(name).into(),
        UserAction::Blind(to) => ProjectAction::SetBlind(to).into(),
        UserAction::WorkAs(name) => ProjectAction::WorkAs { name: name.to_owned() }.into(),
        UserAction::Show(shown) => NavigateAction::Show(shown).into(),
        UserAction::Filter(filter) => PassagesAction::Filter(filter).into(),
        UserAction::Arrange(arrangement) => PassagesAction::Arrange(arrangement).into(),
        UserAction::CloseGroups(closed) => PassagesAction::CloseGroup { group: None, closed }.into(),
        UserAction::Run(id) => return run(session, id),
        _ => {
            session.save_now().unwrap();
            return Some(());
        }
    };
    session.perform(action);
    Some(())
}

/// Inserts a text into that of a document, and places every second uncertain passage.
fn update(session: &mut Session, id: &DocumentId, at: &Index, text: &str) -> Option<()> {
    let mut new = session.project().document(id)?.text.as_ref()?.as_str().to_owned();
    let at = new.floor_char_boundary(at.index(new.len() + 1));
    new.insert_str(at, text);
    session.perform(UpdateAction::Compare(id.clone(), NewTextSource::Pasted(new)));
    session.finish_jobs();
    let waiting =
        session.text_update().map(|update| update.pending_passages(session.me())).unwrap_or_default();
    let found = waiting.iter().filter_map(|waiting| Some((waiting.key, waiting.likeness.clone()?.ranges)));
    session.perform(UpdateAction::Apply(found.step_by(2).collect()));
    Some(())
}

/// Reads the whole project from disk, and compares it with the one in memory.
fn is_on_disk(session: &Session) {
    let (read, _) = read_all(session.folder()).unwrap();
    let project = session.project();
    assert_eq!((read.name(), read.is_blind()), (project.name(), project.is_blind()));
    assert_eq!((read.annotators(), read.actors()), (project.annotators(), project.actors()));
    assert_eq!((read.issues(), read.codebook()), (project.issues(), project.codebook()));
    assert_eq!(read.documents().len(), project.documents().len());
    for (read, document) in read.documents().iter().zip(project.documents()) {
        assert_eq!(read.meta, document.meta);
        assert_eq!((&read.text, &read.anchors), (&document.text, &document.anchors));
        assert_eq!(read.reviews, document.reviews);
        // Links and spans by id; a record that waits for its owner keeps its line in the file.
        let content = |document: &Document| -> Vec<_> {
            let layers = document.layers.iter();
            let content = |layer: &Layer| {
                let links: Vec<_> = layer.links().cloned().collect();
                (
                    layer.stored_status(),
                    layer.spans().cloned().collect::<Vec<_>>(),
                    links,
                    layer.detached().count(),
                )
            };
            layers.map(|(who, layer)| (who.clone(), content(layer))).collect()
        };
        assert_eq!(content(read), content(document));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 400, ..ProptestConfig::default() })]
    #[test]
    fn any_sequence_of_actions_can_be_undone_to_the_byte(
        texts in vec(text(), 1..4),
        actions in vec(prop_oneof![3 => span_action(), 2 => project_action(), 2 => codebook_action()], 1..25),
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (_dir, root) = small_in(in_memory(), &texts);
        let mut session = open(&root);
        let before = files(&root);
        for user_action in &actions {
            perform(&mut session, user_action);
            figures_are_right(&session);
            order_is_as_if_rebuilt(&mut session);
        }
        session.save_now().unwrap();
        let after = files(&root);
        is_on_disk(&session);
        // Links of one annotator are kept when the other removes the passage they lead to, and values when an actor, an
        // issue or a choice is removed from its list, or an attribute is deleted without its values.
        let kept = [ProblemKind::DanglingLink, ProblemKind::AttributeValue, ProblemKind::UnknownAttribute];
        let mut problems = check(session.folder()).unwrap();
        problems.retain(|problem| !kept.contains(&problem.kind));
        prop_assert_eq!(problems, vec![]);
        let done = steps(&session);
        for left in (0..done).rev() {
            session.run(CommandId::Undo);
            prop_assert_eq!(steps(&session), left, "{}", notice(&session));
        }
        figures_are_right(&session);
        order_is_as_if_rebuilt(&mut session);
        session.save_now().unwrap();
        prop_assert_eq!(&files(&root), &before);
        is_on_disk(&session);
        for redone in 1..=done {
            session.run(CommandId::Redo);
            prop_assert_eq!(steps(&session), redone, "{}", notice(&session));
        }
        figures_are_right(&session);
        session.save_now().unwrap();
        prop_assert_eq!(&files(&root), &after);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 400, ..ProptestConfig::default() })]
    #[test]
    fn steps_can_be_undone_and_redone_after_closing(
        texts in vec(text(), 1..4),
        actions in vec(prop_oneof![3 => span_action(), 2 => project_action(), 2 => codebook_action()], 1..25),
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (_dir, root) = small_in(in_memory(), &texts);
        let mut session = open(&root);
        let before = files(&root);
        for user_action in &actions {
            perform(&mut session, user_action);
        }
        session.save_now().unwrap();
        let after = files(&root);
        let Some(mut session) = reopened(session) else { return Ok(()) };
        prop_assert_eq!(&files(&root), &after);
        let done = steps(&session);
        for left in (0..done).rev() {
            session.run(CommandId::Undo);
            prop_assert_eq!(steps(&session), left, "{}", notice(&session));
        }
        session.save_now().unwrap();
        prop_assert_eq!(&files(&root), &before);
        let Some(mut session) = reopened(session) else { return Ok(()) };
        for redone in 1..=done {
            session.run(CommandId::Redo);
            prop_assert_eq!(steps(&session), redone, "{}", notice(&session));
        }
        session.save_now().unwrap();
        prop_assert_eq!(&files(&root), &after);
    }
}

/// Closes a project and opens it again. `None` if the step that added the user is undone: the next session asks who they
/// are.
fn reopened(session: Session) -> Option<Session> {
    session.project().annotator(session.me())?;
    let root = session.folder().root().to_owned();
    let labels = |session: &Session| session.undo_stack().labels().map(str::to_owned).collect::<Vec<_>>();
    let expected = labels(&session);
    drop(session);
    let session = open(&root);
    assert_eq!(labels(&session), expected);
    Some(session)
}
