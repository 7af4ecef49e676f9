//! Any sequence of edits: the figures stay right, undo leads back to the bytes of before, redo to those of after.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::analysis::search::Query;
use demarche::io::ProblemKind;
use demarche::io::project::check;
use demarche::model::*;
use demarche::session::{
    Action, AnnotateAction, Arrangement, CodebookChange, Column, ColumnFilter, DocumentAction,
    ExchangeAction, Fate, LinkAction, NavigateAction, NewTextSource, OccurrenceScope, PassageFilter,
    PassagesAction, ProjectAction, ReviewAction, Session, Shown, Sort, TextSelection, UpdateAction,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::project::files;
use crate::support::session::*;

const CATEGORIES: [&str; 4] = ["demand", "offer", "threat", "made-here"];
const REVIEW: [CommandId; 6] = [
    CommandId::Accept,
    CommandId::Reject,
    CommandId::Dispute,
    CommandId::WithdrawDecision,
    CommandId::AcceptProposal,
    CommandId::NextReview,
];
const WORDS: [&str; 4] = ["talks", "한국어", "e\u{301}", "ba"];

/// A wish of the user; what is meant is chosen among what there is when it comes to it.
#[derive(Clone, Debug)]
enum Wish {
    Open(Index),
    Tag(Index, Index, &'static str),
    TagAlso(Index, &'static str),
    Retag(Index, &'static str),
    Bounds(Index, Index, Index),
    Extend(Index, Index, Index),
    Nudge(Index, CommandId),
    Note(Index, String),
    Attribute(Index, Option<&'static str>),
    Remove(Index),
    Choose(Vec<Index>),
    RetagChosen(&'static str),
    AttributeOfChosen(Option<&'static str>),
    RemoveChosen,
    Same,
    Review(Index, CommandId),
    Comment(Index, String),
    Blind(bool),
    Link(Index, Index, &'static str),
    Unlink(Index),
    Every(&'static str, OccurrenceScope, &'static str),
    Status(Index, Status),
    Meta(Index, String),
    PutCategory(&'static str, String),
    Change(CodebookChange),
    Split(Vec<(Index, &'static str)>, &'static str, bool),
    Import(String),
    /// Another text, from the one that is there at an edge or a place of it; half of what is in doubt is placed.
    Update(Index, Index, String),
    RemoveDocument(Index),
    Rename(String),
    Be(&'static str),
    Show(Shown),
    Filter(PassageFilter),
    Arrange(Arrangement),
    CloseGroups(bool),
    Run(CommandId),
    Save,
}

fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "Estmark will suspend the talks. ",
        "👩‍👩‍👧‍👦",
        "e\u{301}",
        "한국어 ",
        "שלום ",
        "مرحبا ",
        "\t",
        "\n",
        "ba ",
        "ba",
        "🇩🇪 ",
        "\u{a0}",
        "…",
        "x",
    ];
    vec(select(pieces.to_vec()), 1..30).prop_map(|pieces| format!("Text: {}", pieces.concat()))
}

fn filter() -> impl Strategy<Value = PassageFilter> {
    let stretch = (0..60_usize, 0..60_usize).prop_map(|(a, b)| TextRange::new(a, b));
    let parts = (
        proptest::option::of(select(CATEGORIES.to_vec())),
        proptest::option::of(select(vec!["d001", "d002", "d003"])),
        proptest::option::of(stretch),
        proptest::option::of(select(vec!["ana", "ben"])),
        proptest::option::of((0..90_i64, 0..90_i64)),
        select(vec!["", "", "ta", "한"]),
        limits(),
    );
    parts.prop_map(|(category, document, stretch, annotator, created, words, columns)| PassageFilter {
        category: category.map(Into::into),
        document: document.map(Into::into),
        stretch,
        annotator: annotator.map(Into::into),
        created: created.map(|(a, b)| (Stamp(START.0 + a), Stamp(START.0 + b))),
        words: words.to_owned(),
        columns,
        among: None,
    })
}

fn limits() -> impl Strategy<Value = BTreeMap<Column, ColumnFilter>> {
    let among = |values: &[&str]| ColumnFilter::Among(values.iter().map(|value| (*value).into()).collect());
    let choices = vec![
        (Column::Attribute("actor".into()), among(&["", "Norvania"])),
        (Column::Attribute("actor".into()), among(&["Estmark"])),
        (Column::Category, among(&["demand", "offer"])),
        (Column::Passage, ColumnFilter::Holds("TA".to_owned())),
        (Column::Note, ColumnFilter::Holds("a".to_owned())),
    ];
    vec(select(choices), 0..2).prop_map(|limits| limits.into_iter().collect())
}

fn arrangement() -> impl Strategy<Value = Arrangement> {
    let columns = || {
        let columns = [Column::Category, Column::Document, Column::Date, Column::Annotator];
        let actor = Column::Attribute("actor".into());
        proptest::option::of(select([columns.as_slice(), &[actor, Column::Passage, Column::Note]].concat()))
    };
    (columns(), any::<bool>(), columns()).prop_map(|(column, descending, group)| Arrangement {
        sort: column.map(|column| Sort { column, descending }),
        group,
    })
}

fn span_wish() -> impl Strategy<Value = Wish> {
    let category = || select(CATEGORIES.to_vec());
    let index = any::<Index>;
    let bounds = [
        CommandId::EndWordLater,
        CommandId::EndWordEarlier,
        CommandId::StartWordEarlier,
        CommandId::StartWordLater,
    ];
    let finer = bounds.map(|id| match id {
        CommandId::EndWordLater => CommandId::EndCharacterLater,
        CommandId::EndWordEarlier => CommandId::EndCharacterEarlier,
        CommandId::StartWordEarlier => CommandId::StartCharacterEarlier,
        _ => CommandId::StartCharacterLater,
    });
    prop_oneof![
        6 => (index(), index(), category()).prop_map(|(a, b, c)| Wish::Tag(a, b, c)),
        1 => (index(), category()).prop_map(|(s, c)| Wish::TagAlso(s, c)),
        1 => (index(), category()).prop_map(|(s, c)| Wish::Retag(s, c)),
        1 => (index(), index(), index()).prop_map(|(s, a, b)| Wish::Bounds(s, a, b)),
        3 => (index(), index(), index()).prop_map(|(s, a, b)| Wish::Extend(s, a, b)),
        2 => (index(), select([bounds, finer].concat())).prop_map(|(s, id)| Wish::Nudge(s, id)),
        1 => (index(), "\\PC{0,6}").prop_map(|(s, note)| Wish::Note(s, note)),
        1 => (index(), proptest::option::of(select(vec!["Norvania", "Estmark"])))
            .prop_map(|(s, value)| Wish::Attribute(s, value)),
        1 => index().prop_map(Wish::Remove),
        3 => vec(index(), 0..6).prop_map(Wish::Choose),
        1 => category().prop_map(Wish::RetagChosen),
        1 => proptest::option::of(select(vec!["Norvania", "Estmark", "Orsa"])).prop_map(Wish::AttributeOfChosen),
        1 => Just(Wish::RemoveChosen),
        2 => Just(Wish::Same),
        3 => (index(), select(REVIEW.to_vec())).prop_map(|(s, id)| Wish::Review(s, id)),
        1 => (index(), "\\PC{0,6}").prop_map(|(s, text)| Wish::Comment(s, text)),
        3 => (index(), index(), select(vec!["responds-to", "supports"])).prop_map(|(a, b, k)| Wish::Link(a, b, k)),
        1 => index().prop_map(Wish::Unlink),
    ]
}

fn project_wish() -> impl Strategy<Value = Wish> {
    let index = any::<Index>;
    let scope = select(vec![OccurrenceScope::Document, OccurrenceScope::Project]);
    let status = select(vec![Status::New, Status::InProgress, Status::Done]);
    let shown = select(vec![Shown::Mine, Shown::Everyone, Shown::One("ben".into())]);
    prop_oneof![
        1 => index().prop_map(Wish::Open),
        1 => (select(WORDS.to_vec()), scope, select(CATEGORIES.to_vec())).prop_map(|(w, s, c)| Wish::Every(w, s, c)),
        1 => (index(), status).prop_map(|(d, s)| Wish::Status(d, s)),
        1 => (index(), "\\PC{0,6}").prop_map(|(d, title)| Wish::Meta(d, title)),
        2 => (select(CATEGORIES.to_vec()), "\\PC{0,6}").prop_map(|(c, name)| Wish::PutCategory(c, name)),
        1 => text().prop_map(Wish::Import),
        2 => (index(), index(), text()).prop_map(|(d, at, text)| Wish::Update(d, at, text)),
        1 => index().prop_map(Wish::RemoveDocument),
        1 => "\\PC{0,6}".prop_map(Wish::Rename),
        1 => select(vec!["ana", "ben", "Zoë"]).prop_map(Wish::Be),
        1 => shown.prop_map(Wish::Show),
        1 => filter().prop_map(Wish::Filter),
        2 => arrangement().prop_map(Wish::Arrange),
        1 => any::<bool>().prop_map(Wish::CloseGroups),
        2 => select(vec![CommandId::Undo, CommandId::Undo, CommandId::Redo]).prop_map(Wish::Run),
        1 => any::<bool>().prop_map(Wish::Blind),
        1 => Just(Wish::Save),
    ]
}

fn categories() -> impl Strategy<Value = CodebookChange> {
    let id = || select(CATEGORIES.to_vec()).prop_map(CategoryId::from);
    let one = || proptest::option::of(id());
    let put = (id(), one(), "[a-z]{1,3}").prop_map(|(id, parent, name)| {
        let category = Category { parent, ..Category::new(id, name, Colour::nth(0)) };
        CodebookChange::PutCategory(Box::new(category))
    });
    prop_oneof![
        4 => (vec(id(), 1..4), id()).prop_map(|(from, into)| CodebookChange::Merge { from, into }),
        2 => (id(), one(), one())
            .prop_map(|(id, before, parent)| CodebookChange::MoveCategory { id, before, parent }),
        2 => put,
        1 => (id(), id()).prop_map(|(id, to)| CodebookChange::Delete { id, fate: Fate::MoveTo(to) }),
        2 => id().prop_map(|id| CodebookChange::Delete { id, fate: Fate::Remove }),
        1 => (vec((id(), one()), 1..4), vec((id(), id()), 0..3), any::<bool>()).prop_map(|(ids, aliases, replace)| {
            let made = |(id, parent): (CategoryId, _)| {
                let name = id.to_string();
                Arc::new(Category { parent, hotkey: Some('1'), ..Category::new(id, name, Colour::nth(1)) })
            };
            let categories = ids.into_iter().map(made).collect();
            let codebook = Codebook { categories, aliases: aliases.into_iter().collect(), ..Codebook::default() };
            CodebookChange::Import { codebook: Box::new(codebook), replace }
        }),
    ]
}

fn lists() -> impl Strategy<Value = CodebookChange> {
    let attribute = || select(vec!["actor", "voice", "made-here"]).prop_map(AttributeId::from);
    let kind = || select(vec!["responds-to", "made-here"]).prop_map(LinkKindId::from);
    let names = || vec(select(vec!["Norvania", " Estmark", "Ostria", ""]).prop_map(str::to_owned), 0..4);
    let scope = vec(select(CATEGORIES.to_vec()).prop_map(CategoryId::from), 0..3);
    let put = (attribute(), scope).prop_map(|(id, categories)| {
        let (name, definition) = (id.to_string(), String::new());
        let kind = AttributeKind::Actor;
        let attribute = AttributeDef { id, name, kind, categories, default: None, hotkey: None, definition };
        CodebookChange::PutAttribute(Box::new(attribute))
    });
    prop_oneof![
        put,
        (attribute(), proptest::option::of(attribute()))
            .prop_map(|(id, before)| CodebookChange::MoveAttribute { id, before }),
        (attribute(), any::<bool>()).prop_map(|(id, values)| CodebookChange::DeleteAttribute { id, values }),
        kind().prop_map(|id| {
            let name = id.to_string();
            CodebookChange::PutLinkKind(Box::new(LinkKind { id, name, definition: String::new() }))
        }),
        kind().prop_map(CodebookChange::DeleteLinkKind),
        names().prop_map(CodebookChange::SetActors),
        names().prop_map(CodebookChange::SetIssues),
    ]
}

fn codebook_wish() -> impl Strategy<Value = Wish> {
    let choices = vec((any::<Index>(), select(CATEGORIES.to_vec())), 0..6);
    prop_oneof![
        4 => categories().prop_map(Wish::Change),
        2 => lists().prop_map(Wish::Change),
        1 => (choices, select(CATEGORIES.to_vec()), any::<bool>())
            .prop_map(|(choices, from, retire)| Wish::Split(choices, from, retire)),
    ]
}

/// A stretch of the document that is shown, at characters.
fn stretch(session: &Session, a: &Index, b: &Index) -> Option<TextRange> {
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

fn carry_out(session: &mut Session, wish: &Wish) -> Option<()> {
    let action: Action = match wish.clone() {
        Wish::Open(d) => NavigateAction::OpenDocument(document(session, &d)?).into(),
        Wish::Tag(a, b, category) => {
            session.perform(NavigateAction::SelectText(TextSelection::over(stretch(session, &a, &b)?)));
            AnnotateAction::Tag(category.into()).into()
        }
        Wish::TagAlso(s, category) => {
            go(session, &s).map(|_| AnnotateAction::TagAlso(category.into()).into())?
        }
        Wish::Retag(s, c) => {
            AnnotateAction::SetCategory { at: vec![go(session, &s)?], category: c.into() }.into()
        }
        Wish::Bounds(s, a, b) => {
            let at = go(session, &s)?;
            AnnotateAction::SetBounds { at, index: 0, to: stretch(session, &a, &b)? }.into()
        }
        Wish::Extend(s, a, b) => {
            go(session, &s)?;
            session.perform(NavigateAction::SelectText(TextSelection::over(stretch(session, &a, &b)?)));
            return run(session, CommandId::ExtendPassage);
        }
        Wish::Nudge(s, id) | Wish::Review(s, id) => {
            go(session, &s)?;
            return run(session, id);
        }
        Wish::Note(s, note) => AnnotateAction::SetNote { at: go(session, &s)?, note }.into(),
        Wish::Attribute(s, value) => {
            let to = value.map(|value| Value::Choice(value.into()));
            AnnotateAction::SetAttribute { at: vec![go(session, &s)?], attribute: "actor".into(), to }.into()
        }
        Wish::Link(from, to, kind) => {
            let from = go(session, &from)?;
            session.perform(LinkAction::Start(from));
            LinkAction::Finish { to: go(session, &to)?, kind: Some(kind.into()) }.into()
        }
        Wish::Comment(s, text) => ReviewAction::Comment { at: go(session, &s)?, text }.into(),
        Wish::Unlink(s) => {
            let at = go(session, &s)?;
            let end = session.links_of(&at).into_iter().next()?;
            LinkAction::Remove { layer: end.layer, id: end.link.id }.into()
        }
        Wish::Remove(s) => AnnotateAction::Remove(vec![go(session, &s)?]).into(),
        Wish::Choose(which) => {
            let spans = spans(session);
            let chosen = which.iter().filter(|_| !spans.is_empty()).map(|index| index.get(&spans).0.clone());
            NavigateAction::SelectSpans(chosen.collect()).into()
        }
        Wish::RetagChosen(c) => {
            AnnotateAction::SetCategory { at: session.selected_spans().to_vec(), category: c.into() }.into()
        }
        Wish::AttributeOfChosen(value) => {
            let to = value.map(|value| Value::Choice(value.into()));
            AnnotateAction::SetAttribute {
                at: session.selected_spans().to_vec(),
                attribute: "actor".into(),
                to,
            }
            .into()
        }
        Wish::RemoveChosen => AnnotateAction::Remove(session.selected_spans().to_vec()).into(),
        Wish::Same => return run(session, CommandId::CopyAttributes),
        Wish::Every(words, scope, category) => {
            AnnotateAction::TagEvery { query: Query::words(words), scope, category: category.into() }.into()
        }
        other => return on_project(session, other),
    };
    session.perform(action);
    Some(())
}

fn on_project(session: &mut Session, wish: Wish) -> Option<()> {
    let action: Action = match wish {
        Wish::Status(d, status) => DocumentAction::SetStatus(document(session, &d)?, status).into(),
        Wish::Meta(d, title) => {
            let meta = session.project().document(&document(session, &d)?)?.meta.clone();
            DocumentAction::SetMeta(Box::new(DocumentMeta { title, ..meta })).into()
        }
        Wish::PutCategory(id, name) => {
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
        Wish::Change(change) => change.into(),
        Wish::Split(choices, from, retire) => {
            let spans = spans(session);
            let choices: Vec<_> = choices.into_iter().filter(|_| !spans.is_empty()).collect();
            let choices = choices.iter().map(|(at, to)| (at.get(&spans).0.clone(), (*to).into())).collect();
            let fresh = vec![Category::new("made-here".into(), "Made here", Colour::nth(3))];
            CodebookChange::Split { from: from.into(), fresh, choices, retire }.into()
        }
        Wish::Import(text) => ExchangeAction::ImportText(text).into(),
        Wish::Update(d, at, text) => return update(session, &document(session, &d)?, &at, &text),
        Wish::RemoveDocument(d) => DocumentAction::Remove(document(session, &d)?).into(),
        Wish::Rename(name) => ProjectAction::SetName(name).into(),
        Wish::Blind(to) => ProjectAction::SetBlind(to).into(),
        Wish::Be(name) => ProjectAction::WorkAs { name: name.to_owned() }.into(),
        Wish::Show(shown) => NavigateAction::Show(shown).into(),
        Wish::Filter(filter) => PassagesAction::Filter(filter).into(),
        Wish::Arrange(arrangement) => PassagesAction::Arrange(arrangement).into(),
        Wish::CloseGroups(closed) => PassagesAction::CloseGroup { group: None, closed }.into(),
        Wish::Run(id) => return run(session, id),
        _ => {
            session.save_now().unwrap();
            return Some(());
        }
    };
    session.perform(action);
    Some(())
}

/// Puts another text into the one that a document has, and places every second passage in doubt.
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 400, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_done_can_be_undone_to_the_byte_and_is_counted_rightly(
        texts in vec(text(), 1..4),
        wishes in vec(prop_oneof![3 => span_wish(), 2 => project_wish(), 2 => codebook_wish()], 1..25),
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (_dir, root) = small_in(in_memory(), &texts);
        let mut session = open(&root);
        let before = files(&root);
        for wish in &wishes {
            carry_out(&mut session, wish);
            figures_are_right(&session);
            order_is_as_if_made_anew(&mut session);
        }
        session.save_now().unwrap();
        let after = files(&root);
        // Links of one annotator stay when the other one removes what they lead to.
        let mut problems = check(session.folder()).unwrap();
        problems.retain(|problem| problem.kind != ProblemKind::DanglingLink);
        prop_assert_eq!(problems, vec![]);
        let done = steps(&session);
        for left in (0..done).rev() {
            session.run(CommandId::Undo);
            prop_assert_eq!(steps(&session), left, "{}", told(&session));
        }
        figures_are_right(&session);
        order_is_as_if_made_anew(&mut session);
        session.save_now().unwrap();
        prop_assert_eq!(&files(&root), &before);
        for redone in 1..=done {
            session.run(CommandId::Redo);
            prop_assert_eq!(steps(&session), redone, "{}", told(&session));
        }
        figures_are_right(&session);
        session.save_now().unwrap();
        prop_assert_eq!(&files(&root), &after);
    }
}
