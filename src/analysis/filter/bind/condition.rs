//! Binds the values of one field.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use smol_str::SmolStr;

use demarche_model::{AttributeDef, AttributeKind, CategoryId, Document, DocumentId, MoveRole, nearest};

use super::super::ast::{Field, Keyword, Relation, Value};
use super::super::bound::{
    AttributeTest, DateField, DayTest, Node, NumberTest, Part, Ranges, Test, TextTest, Wanted,
};
use super::super::error::{BindError, BindFault};
use super::super::text_match::TextMatch;
use super::super::vocabulary::{FLAGS, Is, PROPERTIES, STATUSES, VERDICTS, ask_states, roles};
use super::names::{Entry, error, find};
use super::{Binder, entries, ranges};

type Bound<T> = Result<T, BindError>;

/// Binds a field that is neither `coder` nor `view`, which are about more than a passage.
pub(super) fn bind(binder: &mut Binder<'_>, field: &Field, values: &[Value]) -> Bound<Node> {
    let project = binder.project;
    let test = match field {
        Field::Category => Test::Categories(categories(binder, values)?),
        Field::Role => Test::Categories(with_roles(binder, values)?),
        Field::Actor => Test::Names(Part::Actor, names(field, values, &entries::listed(project.actors()))?),
        Field::Target => Test::Names(Part::Target, names(field, values, &entries::listed(project.actors()))?),
        Field::Issue => Test::Names(Part::Issue, issues(binder, field, values)?),
        Field::Document => documents(binder, field, values, &entries::documents(project))?,
        Field::Set => in_sets(binder, field, values)?,
        Field::Author => {
            documents(binder, field, values, &entries::of_documents(project, |meta| &meta.author))?
        }
        Field::Source => {
            documents(binder, field, values, &entries::of_documents(project, |meta| &meta.source))?
        }
        Field::Date => Test::Days(DateField::Date, days(binder, field, values)?),
        Field::When => Test::Days(DateField::When, days(binder, field, values)?),
        Field::Created => Test::Days(DateField::Created, days(binder, field, values)?),
        Field::Review => Test::Review(wanted(field, values, &words(&VERDICTS))?),
        Field::Status => Test::Status(wanted(field, values, &words(&STATUSES))?),
        Field::Ask => {
            binder.needs.ledger = true;
            Test::Ask(wanted(field, values, &words(&ask_states()))?)
        }
        Field::Is => return properties(binder, values),
        Field::Text => Test::Text(texts(field, values)?),
        Field::Note => Test::Note(texts(field, values)?),
        Field::Words => Test::Words(numbers(field, values)?),
        Field::Characters => Test::Characters(numbers(field, values)?),
        Field::Attribute(name) => attribute(binder, field, name, values)?,
        Field::Coder | Field::View => return Ok(Node::Every),
    };
    Ok(Node::Test(test))
}

/// Splits values into keywords and others, and calls `add` for each of the latter.
fn each<'v>(values: &'v [Value], mut add: impl FnMut(&'v Value) -> Bound<()>) -> Bound<(bool, bool)> {
    let (mut none, mut any) = (false, false);
    for value in values {
        match value.keyword() {
            Some(Keyword::None) => none = true,
            Some(Keyword::Any) => any = true,
            None => add(value)?,
        }
    }
    Ok((none, any))
}

fn words<T: Copy>(words: &[(&'static str, T)]) -> Vec<Entry<'static, T>> {
    words.iter().map(|&(word, item)| Entry::named(word, item)).collect()
}

fn wanted<T: Clone + Eq + Hash>(
    field: &Field,
    values: &[Value],
    entries: &[Entry<'_, T>],
) -> Bound<Wanted<T>> {
    let mut listed = HashSet::new();
    let (none, any) = each(values, |value| {
        listed.extend(find(field, value, entries)?);
        Ok(())
    })?;
    Ok(Wanted { listed, none, any })
}

fn names(field: &Field, values: &[Value], entries: &[Entry<'_, &str>]) -> Bound<Wanted<SmolStr>> {
    let Wanted { listed, none, any } = wanted(field, values, entries)?;
    Ok(Wanted { listed: listed.into_iter().map(SmolStr::new).collect(), none, any })
}

/// The issues that are named and, unless they are exact, those below them.
fn issues(binder: &Binder<'_>, field: &Field, values: &[Value]) -> Bound<Wanted<SmolStr>> {
    let issues = entries::listed(binder.project.issues());
    let relations = binder.project.relations();
    let mut listed = HashSet::new();
    let (none, any) = each(values, |value| {
        for name in find(field, value, &issues)? {
            listed.insert(SmolStr::new(name));
            if !value.is_exact() {
                let all = issues.iter().map(|entry| entry.item);
                listed.extend(all.filter(|issue| relations.is_issue_within(issue, name)).map(SmolStr::new));
            }
        }
        Ok(())
    })?;
    Ok(Wanted { listed, none, any })
}

/// The categories that are named and, unless they are exact, those below them.
fn categories(binder: &Binder<'_>, values: &[Value]) -> Bound<HashSet<CategoryId>> {
    let codebook = binder.project.codebook();
    let all = entries::categories(binder.project);
    let mut out = HashSet::new();
    let (_, any) = each(values, |value| {
        for id in find(&Field::Category, value, &all).map_err(|unknown| renamed(binder, value, unknown))? {
            out.insert(id.clone());
            if !value.is_exact() {
                let ids = all.iter().map(|entry| entry.item);
                out.extend(ids.filter(|below| codebook.is_descendant(below, id)).cloned());
            }
        }
        Ok(())
    })?;
    if any {
        out.extend(all.iter().map(|entry| entry.item.clone()));
    }
    Ok(out)
}

/// The offer of the present name, if a category has had this id before.
fn renamed(binder: &Binder<'_>, value: &Value, unknown: BindError) -> BindError {
    let codebook = binder.project.codebook();
    let mut old = codebook.aliases.keys().filter(|id| id.as_str().eq_ignore_ascii_case(value.text()));
    let Some(present) = old.find_map(|id| codebook.resolve(id)) else { return unknown };
    let (field, old, new) = (Field::Category, SmolStr::new(value.text()), SmolStr::new(&present.name));
    error(value, BindFault::Renamed { field, old, new })
}

fn with_roles(binder: &Binder<'_>, values: &[Value]) -> Bound<HashSet<CategoryId>> {
    let wanted: Wanted<MoveRole> = wanted(&Field::Role, values, &words(&roles()))?;
    let codebook = binder.project.codebook();
    let ids = codebook.categories.iter().map(|category| &category.id);
    Ok(ids.filter(|id| wanted.accepts(codebook.move_role(id).as_ref())).cloned().collect())
}

/// The documents that are named, those without a name for `none`, or all with one for `any`.
fn documents(
    binder: &Binder<'_>,
    field: &Field,
    values: &[Value],
    entries: &[Entry<'_, &DocumentId>],
) -> Bound<Test> {
    let Wanted { listed, none, any } = wanted(field, values, entries)?;
    let mut ids: HashSet<DocumentId> = listed.into_iter().cloned().collect();
    if none || any {
        let named: HashSet<&DocumentId> = entries.iter().map(|entry| entry.item).collect();
        let all = binder.project.documents().iter().map(|document| document.id());
        ids.extend(all.filter(|id| if named.contains(id) { any } else { none }).cloned());
    }
    Ok(Test::Documents(ids))
}

/// The documents of the sets that are named, those in no set for `none`, or in any for `any`.
fn in_sets(binder: &Binder<'_>, field: &Field, values: &[Value]) -> Bound<Test> {
    let wanted = wanted(field, values, &entries::sets(binder.project))?;
    let is_wanted = |document: &&Arc<Document>| match document.meta.sets.is_empty() {
        true => wanted.none,
        false => document.meta.sets.iter().any(|set| wanted.accepts(Some(&set))),
    };
    let documents = binder.project.documents().iter().filter(is_wanted);
    Ok(Test::Documents(documents.map(|document| document.id().clone()).collect()))
}

/// `is:`, of which `linked` is a relation and the others are properties.
fn properties(binder: &mut Binder<'_>, values: &[Value]) -> Bound<Node> {
    let mut properties = Vec::new();
    let mut nodes = Vec::new();
    for value in values {
        if let Some(keyword) = value.keyword() {
            let (field, word) = (Field::Is, keyword.word());
            return Err(error(value, BindFault::KeywordNotTaken { field, word }));
        }
        for is in find(&Field::Is, value, &words(&PROPERTIES))? {
            match is {
                Is::Linked => {
                    binder.needs.links = true;
                    nodes.push(binder.relate(Relation::Linked, Node::Every));
                }
                Is::Property(property) => {
                    binder.needs.ledger |= property.needs_ledger();
                    properties.push(property);
                }
            }
        }
    }
    nodes.push(Node::Test(Test::Properties(properties)));
    Ok(Node::OneOf(nodes))
}

fn days(binder: &mut Binder<'_>, field: &Field, values: &[Value]) -> Bound<DayTest> {
    binder.needs.dates = true;
    in_ranges(values, |value| ranges::dates(field, value))
}

fn numbers(field: &Field, values: &[Value]) -> Bound<NumberTest> {
    in_ranges(values, |value| ranges::numbers(field, value))
}

fn texts(field: &Field, values: &[Value]) -> Bound<TextTest> {
    let text =
        |value: &Value| TextMatch::new(value).ok_or_else(|| error(value, BindFault::Empty(field.clone())));
    in_ranges(values, text)
}

fn in_ranges<T>(values: &[Value], read: impl Fn(&Value) -> Bound<T>) -> Bound<Ranges<T>> {
    let mut ranges = Vec::new();
    let (none, any) = each(values, |value| {
        ranges.push(read(value)?);
        Ok(())
    })?;
    Ok(Ranges { ranges, none, any })
}

fn attribute(binder: &mut Binder<'_>, field: &Field, name: &SmolStr, values: &[Value]) -> Bound<Test> {
    let project = binder.project;
    let Some(def) = entries::attribute(project, name) else {
        let ids = project.codebook().attributes.iter().map(|def| def.id.as_str());
        let nearest = nearest(name, ids).map(SmolStr::new);
        let at = values.first().map_or(0..0, Value::position);
        return Err(BindError { at, fault: BindFault::UnknownAttribute { name: name.clone(), nearest } });
    };
    Ok(Test::Attribute(def.id.clone(), attribute_test(binder, field, def, values)?))
}

fn attribute_test(
    binder: &mut Binder<'_>,
    field: &Field,
    def: &AttributeDef,
    values: &[Value],
) -> Bound<AttributeTest> {
    Ok(match &def.kind {
        AttributeKind::Issue => AttributeTest::Choices(issues(binder, field, values)?),
        AttributeKind::Choice(_)
        | AttributeKind::Choices(_)
        | AttributeKind::Actor
        | AttributeKind::Actors => {
            let choices = entries::choices(binder.project, &def.kind).unwrap_or_default();
            AttributeTest::Choices(names(field, values, &choices)?)
        }
        AttributeKind::Flag => AttributeTest::Flag(wanted(field, values, &words(&FLAGS))?),
        AttributeKind::Number => AttributeTest::Number(numbers(field, values)?),
        AttributeKind::Text => AttributeTest::Text(texts(field, values)?),
        AttributeKind::Date => AttributeTest::Days(days(binder, field, values)?),
    })
}
