//! The candidates of a completion, and their order.

use std::collections::{BTreeSet, HashMap};

use demarche_model::{AttributeKind, DocumentMeta, Project, nearest};

use super::super::ast::{Distance, Field, Keyword, Relation, Unit, Value};
use super::super::bind::{self, NameEntry, Views};
use super::super::vocabulary::{
    EVERYONE, FINAL, FLAGS, PROPERTIES, STATUSES, VERDICTS, Word, ask_states, roles,
};
use super::context::opening;
use super::{Candidate, MAX_CANDIDATES};

/// Fields, attributes and relations.
pub(super) fn terms(project: &Project) -> Vec<Candidate> {
    let field = |field: Field| candidate(format!("{field}:"), field.to_string(), field.about());
    let fields = Field::NAMED.into_iter().map(field);
    let attribute =
        |entry: NameEntry<'_, _>| candidate(format!("@{}:", entry.id), format!("@{}", entry.id), entry.name);
    let attributes = bind::attributes(project).into_iter().map(attribute);
    let relation = |relation: Relation| candidate(opening(relation), relation.name(), relation.about());
    fields.chain(attributes).chain(Relation::ALL.into_iter().map(relation)).collect()
}

/// The values of a field.
pub(super) fn values(field: &Field, project: &Project, views: &Views) -> Vec<Candidate> {
    let mut out = match field {
        Field::Category => categories(project),
        Field::Role => vocabulary(&roles(), Word::Role),
        Field::Actor | Field::Target => listed(project.actors().iter().map(String::as_str)),
        Field::Issue => listed(project.issues().iter().map(String::as_str)),
        Field::Document => documents(project),
        Field::Set => listed(distinct(&bind::sets(project))),
        Field::Author => listed(distinct(&bind::of_documents(project, |meta| &meta.author))),
        Field::Source => listed(distinct(&bind::of_documents(project, |meta| &meta.source))),
        Field::Coder => coders(project),
        Field::Review => vocabulary(&VERDICTS, Word::Verdict),
        Field::Status => vocabulary(&STATUSES, Word::Status),
        Field::Ask => vocabulary(&ask_states(), Word::Ask),
        Field::Is => vocabulary(&PROPERTIES, Word::Is),
        Field::View => views.filters().map(|(name, filter)| named(name, filter)).collect(),
        Field::Attribute(id) => attribute_values(project, id),
        Field::Date | Field::When | Field::Created => dates(project),
        Field::Text | Field::Note | Field::Words | Field::Characters => Vec::new(),
    };
    out.extend(keywords(field));
    out
}

/// Distances, in the units that fit what is typed.
pub(super) fn distances(typed: &str) -> Vec<Candidate> {
    let digits: String = typed.chars().take_while(char::is_ascii_digit).collect();
    let count = digits.parse().unwrap_or(1);
    let all = Unit::ALL.into_iter().rev().map(|unit| Distance { count, unit }.to_string());
    all.map(|distance| candidate(distance.clone(), distance, "")).collect()
}

/// Puts the candidates that begin with what is typed first, then those of which a word does, then those that contain it;
/// without any of these, the most similar one is left.
pub(super) fn rank(all: Vec<Candidate>, typed: &str) -> Vec<Candidate> {
    let typed = typed.trim_start_matches('"').to_lowercase();
    let rank = |candidate: &Candidate| {
        let label = candidate.label.to_lowercase();
        let begins = |word: &str| word.starts_with(&typed);
        match label.find(&typed) {
            Some(0) => Some(0),
            Some(_) if label.split(|c: char| !c.is_alphanumeric()).any(begins) => Some(1),
            Some(_) => Some(2),
            None => None,
        }
    };
    let mut ranked: Vec<(u8, &Candidate)> =
        all.iter().filter_map(|candidate| Some((rank(candidate)?, candidate))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut found: Vec<Candidate> = ranked.into_iter().map(|(_, candidate)| candidate.clone()).collect();
    if found.is_empty() {
        let nearest = nearest(&typed, all.iter().map(|candidate| &*candidate.label));
        found = all.iter().filter(|candidate| Some(&*candidate.label) == nearest).take(1).cloned().collect();
    }
    found.truncate(MAX_CANDIDATES);
    found
}

fn candidate(text: impl Into<String>, label: impl Into<String>, about: impl Into<String>) -> Candidate {
    Candidate { text: text.into(), label: label.into(), about: about.into() }
}

/// A name of the project.
fn named(name: &str, about: impl Into<String>) -> Candidate {
    candidate(Value::name(name).to_string(), name, about)
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Candidate> {
    names.map(|name| named(name, "")).collect()
}

fn vocabulary<T: Copy>(all: &[(&'static str, T)], word: impl Fn(T) -> Word) -> Vec<Candidate> {
    all.iter().map(|&(text, value)| candidate(text, text, word(value).about())).collect()
}

fn keywords(field: &Field) -> Vec<Candidate> {
    let is_taken = !matches!(field, Field::Coder | Field::Is | Field::View);
    let all = Keyword::ALL.into_iter().filter(|_| is_taken);
    all.map(|keyword| candidate(keyword.word(), keyword.word(), keyword.about())).collect()
}

fn categories(project: &Project) -> Vec<Candidate> {
    let categories = project.codebook().categories.iter();
    categories.map(|category| named(&category.name, first_line(&category.definition))).collect()
}

/// The documents by title, or by id if several have the same title.
fn documents(project: &Project) -> Vec<Candidate> {
    let all = bind::documents(project);
    let mut counts = HashMap::<&str, usize>::new();
    all.iter().for_each(|entry| *counts.entry(entry.name).or_default() += 1);
    let document = |meta: &DocumentMeta| {
        let is_unique = counts.get(meta.title.as_str()) == Some(&1) && !meta.title.trim().is_empty();
        let name = if is_unique { meta.title.as_str() } else { meta.id.as_str() };
        let date = meta.date.as_ref().map(ToString::to_string).unwrap_or_default();
        candidate(Value::name(name).to_string(), meta.title.clone(), date)
    };
    project.documents().iter().map(|one| document(&one.meta)).collect()
}

fn coders(project: &Project) -> Vec<Candidate> {
    let choices = vocabulary(&[(FINAL, Word::FinalCoders), (EVERYONE, Word::AllCoders)], |word| word);
    let people = bind::coders(project);
    let people =
        people.iter().map(|(id, name)| candidate(Value::name(id.as_str()).to_string(), name.as_str(), ""));
    choices.into_iter().chain(people).collect()
}

fn attribute_values(project: &Project, id: &str) -> Vec<Candidate> {
    let Some(def) = bind::attribute(project, id) else { return Vec::new() };
    match bind::choices(project, &def.kind) {
        Some(choices) => listed(choices.iter().map(|entry| entry.name)),
        None if matches!(def.kind, AttributeKind::Flag) => vocabulary(&FLAGS[..2], Word::Flag),
        None => Vec::new(),
    }
}

/// The months of the documents, in order.
fn dates(project: &Project) -> Vec<Candidate> {
    let dates = project.documents().iter().filter_map(|document| document.meta.date.as_ref());
    let months: BTreeSet<&str> = dates.map(|date| date.as_str().get(..7).unwrap_or(date.as_str())).collect();
    months.into_iter().map(|month| candidate(month, month, "")).collect()
}

fn distinct<'a, T>(entries: &[NameEntry<'a, T>]) -> impl Iterator<Item = &'a str> {
    let names: BTreeSet<&str> = entries.iter().map(|entry| entry.name).collect();
    names.into_iter()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
