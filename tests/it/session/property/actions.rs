//! Random actions of a user, and random texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::analysis::summary::Day;
use demarche::model::*;
use demarche::session::{
    Arrangement, CodebookChange, Column, ColumnFilter, Fate, OccurrenceScope, PassageFilter, Shown, Sort,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::session::{CommandId, START};

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

/// An action of the user. Its targets are chosen among what exists when it is performed.
#[derive(Clone, Debug)]
pub enum UserAction {
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
    SelectSpans(Vec<Index>),
    RetagSelected(&'static str),
    AttributeOfSelected(Option<&'static str>),
    RemoveSelected,
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
    /// Updates the text with a change at an edge or inside; half of the uncertain passages are placed.
    Update(Index, Index, String),
    RemoveDocument(Index),
    Rename(String),
    WorkAs(&'static str),
    Show(Shown),
    Filter(PassageFilter),
    Arrange(Arrangement),
    CloseGroups(bool),
    Run(CommandId),
    Save,
}

pub fn text() -> impl Strategy<Value = String> {
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
        proptest::option::of(0..2_i64),
        limits(),
    );
    parts.prop_map(|(category, document, stretch, annotator, created, columns)| PassageFilter {
        category: category.map(Into::into),
        document: document.map(Into::into),
        stretch,
        annotator: annotator.map(Into::into),
        created: created.map(|day| Day(Day::from_stamp(START).0 + day)),
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

pub fn span_action() -> impl Strategy<Value = UserAction> {
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
        6 => (index(), index(), category()).prop_map(|(a, b, c)| UserAction::Tag(a, b, c)),
        1 => (index(), category()).prop_map(|(s, c)| UserAction::TagAlso(s, c)),
        1 => (index(), category()).prop_map(|(s, c)| UserAction::Retag(s, c)),
        1 => (index(), index(), index()).prop_map(|(s, a, b)| UserAction::Bounds(s, a, b)),
        3 => (index(), index(), index()).prop_map(|(s, a, b)| UserAction::Extend(s, a, b)),
        2 => (index(), select([bounds, finer].concat())).prop_map(|(s, id)| UserAction::Nudge(s, id)),
        1 => (index(), "\\PC{0,6}").prop_map(|(s, note)| UserAction::Note(s, note)),
        1 => (index(), proptest::option::of(select(vec!["Norvania", "Estmark"])))
            .prop_map(|(s, value)| UserAction::Attribute(s, value)),
        1 => index().prop_map(UserAction::Remove),
        3 => vec(index(), 0..6).prop_map(UserAction::SelectSpans),
        1 => category().prop_map(UserAction::RetagSelected),
        1 => proptest::option::of(select(vec!["Norvania", "Estmark", "Orsa"])).prop_map(UserAction::AttributeOfSelected),
        1 => Just(UserAction::RemoveSelected),
        2 => Just(UserAction::Same),
        3 => (index(), select(REVIEW.to_vec())).prop_map(|(s, id)| UserAction::Review(s, id)),
        1 => (index(), "\\PC{0,6}").prop_map(|(s, text)| UserAction::Comment(s, text)),
        3 => (index(), index(), select(vec!["responds-to", "supports"])).prop_map(|(a, b, k)| UserAction::Link(a, b, k)),
        1 => index().prop_map(UserAction::Unlink),
    ]
}

pub fn project_action() -> impl Strategy<Value = UserAction> {
    let index = any::<Index>;
    let scope = select(vec![OccurrenceScope::Document, OccurrenceScope::Project]);
    let status = select(vec![Status::New, Status::InProgress, Status::Done]);
    let shown = select(vec![Shown::Mine, Shown::Everyone, Shown::All, Shown::One("ben".into())]);
    prop_oneof![
        1 => index().prop_map(UserAction::Open),
        1 => (select(WORDS.to_vec()), scope, select(CATEGORIES.to_vec())).prop_map(|(w, s, c)| UserAction::Every(w, s, c)),
        1 => (index(), status).prop_map(|(d, s)| UserAction::Status(d, s)),
        1 => (index(), "\\PC{0,6}").prop_map(|(d, title)| UserAction::Meta(d, title)),
        2 => (select(CATEGORIES.to_vec()), "\\PC{0,6}").prop_map(|(c, name)| UserAction::PutCategory(c, name)),
        1 => text().prop_map(UserAction::Import),
        2 => (index(), index(), text()).prop_map(|(d, at, text)| UserAction::Update(d, at, text)),
        1 => index().prop_map(UserAction::RemoveDocument),
        1 => "\\PC{0,6}".prop_map(UserAction::Rename),
        1 => select(vec!["ana", "ben", "Zoë"]).prop_map(UserAction::WorkAs),
        1 => shown.prop_map(UserAction::Show),
        1 => filter().prop_map(UserAction::Filter),
        2 => arrangement().prop_map(UserAction::Arrange),
        1 => any::<bool>().prop_map(UserAction::CloseGroups),
        2 => select(vec![CommandId::Undo, CommandId::Undo, CommandId::Redo]).prop_map(UserAction::Run),
        1 => any::<bool>().prop_map(UserAction::Blind),
        1 => Just(UserAction::Save),
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
        let attribute = AttributeDef::new(id.clone(), id.to_string(), AttributeKind::Actor);
        let attribute = AttributeDef { categories, ..attribute };
        CodebookChange::PutAttribute(Box::new(attribute))
    });
    prop_oneof![
        put,
        (attribute(), proptest::option::of(attribute()))
            .prop_map(|(id, before)| CodebookChange::MoveAttribute { id, before }),
        (attribute(), any::<bool>()).prop_map(|(id, values)| CodebookChange::DeleteAttribute { id, values }),
        kind().prop_map(|id| {
            let name = id.to_string();
            CodebookChange::PutLinkKind(Box::new(LinkKind::new(id, name, "")))
        }),
        kind().prop_map(CodebookChange::DeleteLinkKind),
        names().prop_map(CodebookChange::SetActors),
        names().prop_map(CodebookChange::SetIssues),
        relations().prop_map(|relations| CodebookChange::SetRelations(Box::new(relations))),
        vec((select(CATEGORIES.to_vec()).prop_map(CategoryId::from), role()), 0..4)
            .prop_map(CodebookChange::SetRoles),
    ]
}

/// Relations of actors that the project may have.
fn relations() -> impl Strategy<Value = Relations> {
    let name = || select(vec!["Norvania", "Estmark", "Ostria"]).prop_map(str::to_owned);
    (
        btree_map(name(), btree_set(name(), 0..3), 0..2),
        btree_map(name(), name(), 0..2),
        btree_set(name(), 0..2),
    )
        .prop_map(|(members, persons, observers)| Relations {
            members,
            persons,
            observers,
            ..Relations::default()
        })
}

fn role() -> impl Strategy<Value = OwnRole> {
    let roles = MoveRole::ALL.map(OwnRole::Role);
    select([OwnRole::Inherited, OwnRole::NoRole].into_iter().chain(roles).collect::<Vec<_>>())
}

pub fn codebook_action() -> impl Strategy<Value = UserAction> {
    let choices = vec((any::<Index>(), select(CATEGORIES.to_vec())), 0..6);
    prop_oneof![
        4 => categories().prop_map(UserAction::Change),
        2 => lists().prop_map(UserAction::Change),
        1 => (choices, select(CATEGORIES.to_vec()), any::<bool>())
            .prop_map(|(choices, from, retire)| UserAction::Split(choices, from, retire)),
    ]
}
