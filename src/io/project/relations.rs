//! The relations between actors and issues in `project.ron`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::codebook::keep;
use super::compose::{File, Record, joined, string, strings};
use super::source::Source;
use crate::words::project::RecordKind;
use crate::words::relations as words;
use crate::{Problem, ProblemKind};
use demarche_model::{RelationFault, RelationKey, Relations};

/// The entries of a map, each with its line.
type Entries<T> = Vec<((String, T), usize)>;

/// The relations as read from a file.
#[derive(Default)]
pub(super) struct RelationsRead {
    pub relations: Relations,
    /// The line of each entry.
    lines: HashMap<RelationKey, usize>,
}

/// Takes the relations out of a file and reads them. Entries that can't be read become problems.
///
/// # Errors
/// One of the fields is not a map or a list.
pub(super) fn read(source: &mut Source<'_>, problems: &mut Vec<Problem>) -> Result<RelationsRead, Problem> {
    let mut read = RelationsRead::default();
    let members = entries(source, "members", RecordKind::Members, problems)?;
    read.relations.members = read.located(members, RelationKey::Members);
    let persons = entries(source, "persons", RecordKind::Person, problems)?;
    read.relations.persons = read.located(persons, RelationKey::Party);
    let issues = entries(source, "issues_below", RecordKind::IssueBelow, problems)?;
    read.relations.issues_below = read.located(issues, RelationKey::IssueAbove);
    let observers = source.list("observers", |raw| raw.parse::<String>())?;
    let observers = keep(source, RecordKind::Observer, observers, problems, String::as_str);
    let observers = observers.into_iter().map(|(name, line)| ((name, ()), line)).collect();
    let observers: BTreeMap<String, ()> = read.located(observers, RelationKey::Observer);
    read.relations.observers = observers.into_keys().collect();
    Ok(read)
}

/// Reads the entries of a map, each with its line.
fn entries<T: DeserializeOwned + Send>(
    source: &mut Source<'_>,
    name: &str,
    record: RecordKind,
    problems: &mut Vec<Problem>,
) -> Result<Entries<T>, Problem> {
    let entries = source.map::<T>(name)?;
    Ok(keep(source, record, entries, problems, |(name, _)| name.as_str()))
}

impl RelationsRead {
    /// Notes the lines of entries, and returns the entries.
    fn located<T>(&mut self, entries: Entries<T>, key: fn(String) -> RelationKey) -> BTreeMap<String, T> {
        let line = |((name, value), line): ((String, T), usize)| {
            self.lines.insert(key(name.clone()), line);
            (name, value)
        };
        entries.into_iter().map(line).collect()
    }

    /// Returns what is wrong with the relations, given the actors and issues of the file.
    pub fn warnings(&self, source: &Source<'_>, actors: &[String], issues: &[String]) -> Vec<Problem> {
        let faults = self.relations.faults(actors, issues).into_iter();
        let problem = |fault: RelationFault| {
            let line = self.lines.get(&fault.at()).copied().unwrap_or(1);
            Problem { kind: problem_kind(&fault), ..source.problem(line, words::fault(&fault)) }
        };
        faults.map(problem).collect()
    }
}

fn problem_kind(fault: &RelationFault) -> ProblemKind {
    match fault {
        RelationFault::UnknownActor { .. } => ProblemKind::UnknownActor,
        RelationFault::UnknownIssue { .. } => ProblemKind::UnknownIssue,
        RelationFault::ActorCircle { .. } | RelationFault::IssueCircle(_) => ProblemKind::RelationCycle,
        RelationFault::PersonWithMembers(_) => ProblemKind::PersonWithMembers,
    }
}

/// Adds the relations to a file. What is empty is left out.
pub(super) fn compose(file: &mut File, relations: &Relations) {
    file.map_if_any("members", by_name(&relations.members), |out, members| strings(out, members));
    file.map_if_any("persons", by_name(&relations.persons), |out, party| string(out, party));
    if !relations.observers.is_empty() {
        file.list("observers", &relations.observers, |out, name| string(out, name));
    }
    file.map_if_any("issues_below", by_name(&relations.issues_below), |out, above| string(out, above));
}

fn by_name<T>(map: &BTreeMap<String, T>) -> impl ExactSizeIterator<Item = (&str, &T)> {
    map.iter().map(|(name, value)| (name.as_str(), value))
}

#[derive(Deserialize)]
#[serde(rename = "relations", deny_unknown_fields)]
pub(super) struct WireRelations {
    #[serde(default)]
    members: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    persons: BTreeMap<String, String>,
    #[serde(default)]
    observers: BTreeSet<String>,
    #[serde(default)]
    issues_below: BTreeMap<String, String>,
}

impl From<WireRelations> for Relations {
    fn from(WireRelations { members, persons, observers, issues_below }: WireRelations) -> Self {
        Self { members, persons, observers, issues_below }
    }
}

/// Writes the relations as one record, which [`WireRelations`] reads.
pub(super) fn write_relations(out: &mut String, relations: &Relations) {
    let mut record = Record::new(out);
    write_map(&mut record, "members", &relations.members, |out, members| strings(out, members));
    write_map(&mut record, "persons", &relations.persons, |out, party| string(out, party));
    record.texts_if_any("observers", relations.observers.iter());
    write_map(&mut record, "issues_below", &relations.issues_below, |out, above| string(out, above));
    record.end();
}

fn write_map<T>(
    record: &mut Record<'_>,
    name: &str,
    map: &BTreeMap<String, T>,
    value: impl Fn(&mut String, &T),
) {
    if !map.is_empty() {
        joined(record.field(name), ['{', '}'], map, |out, (key, entry)| {
            string(out, key);
            out.push_str(": ");
            value(out, entry);
        });
    }
}
