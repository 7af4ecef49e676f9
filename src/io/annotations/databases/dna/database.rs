//! Databases of Discourse Network Analyzer. Version 2 stores names where version 3 stores the numbers of entities, and dates
//! in milliseconds instead of seconds.
//!
//! Positions count UTF-16 units, as Java does, and each line end as one, as Swing does.

use std::collections::{BTreeSet, HashMap};

use chrono::DateTime;

use super::variables::{Variables, choice};
use crate::IoError;
use crate::annotations::databases::codes::{Code, Codes, Entry};
use crate::annotations::databases::notes::memo;
use crate::annotations::databases::reading::{line, tables};
use crate::annotations::importer::Input;
use crate::annotations::refusal::{DocumentFault, SpanFault};
use crate::annotations::{
    Counting, Draft, DraftDocument, DraftLink, DraftPerson, DraftSpan, DraftSubject, DraftValue, LineEnds,
    Unit,
};
use crate::database::{DNA, Row, Tables};
use crate::loss::{AnnotationLoss, DatabaseLoss, Losses};
use crate::words::databases as words;
use demarche_analysis::context::shorten;
use demarche_model::{CategoryId, Colour, LinkKind, Value};

/// The kind of link for the links between statements of version 2, which have no name.
const LINKED: &str = "linked";
/// Seconds beyond which a date must be in milliseconds: in the year 5138.
const FAR: i64 = 100_000_000_000;

/// Reads a database.
pub(super) fn draft(input: &Input<'_>) -> Result<Draft, IoError> {
    let mut draft = Draft::default();
    let tables = tables(input, &DNA, &mut draft.remarks)?;
    let mut losses = Losses::default();
    losses.extend(tables.losses.clone());
    let people = people(&tables);
    let mut drafting = Drafting {
        input,
        tables: &tables,
        draft,
        losses,
        people,
        documents: HashMap::new(),
        variables: Variables::default(),
    };
    drafting.read();
    let Drafting { mut draft, losses, people, .. } = drafting;
    draft.people = people.into_values().collect();
    draft.people.sort_by(|a, b| a.id.cmp(&b.id));
    draft.people.dedup_by(|a, b| a.id == b.id);
    draft.losses = losses.report();
    Ok(draft)
}

/// The state of the conversion.
struct Drafting<'a> {
    input: &'a Input<'a>,
    tables: &'a Tables,
    draft: Draft,
    losses: Losses,
    people: HashMap<i64, DraftPerson>,
    /// The place in the draft of each document.
    documents: HashMap<i64, usize>,
    variables: Variables,
}

fn people(tables: &Tables) -> HashMap<i64, DraftPerson> {
    let person = |row: Row<'_>| {
        let name = row.text("Name")?;
        Some((row.integer("ID")?, DraftPerson { id: name.clone(), name, colour: colour(&row) }))
    };
    tables.rows("CODERS").filter_map(person).collect()
}

fn colour(row: &Row<'_>) -> Option<Colour> {
    let part = |name| row.integer(name).and_then(|part| u8::try_from(part).ok());
    Some(Colour([part("Red")?, part("Green")?, part("Blue")?]))
}

impl Drafting<'_> {
    fn read(&mut self) {
        let types = self.types();
        for row in self.tables.rows("VARIABLES") {
            let Some(id) = row.integer("ID") else { continue };
            let name = row.text("Variable").unwrap_or_default();
            let kind = row.text("DataType").unwrap_or_default();
            self.variables.add(id, &name, &kind, row.integer("StatementTypeId"));
        }
        self.draft.codebook.attributes = std::mem::take(&mut self.variables.attributes);
        self.documents();
        let statements = self.statements(&types);
        self.values(&statements);
        self.links(&statements);
        self.count_rest();
    }

    /// Reads the types of statements as categories.
    fn types(&mut self) -> HashMap<(Entry, i64), CategoryId> {
        let mut codes = Codes::default();
        for row in self.tables.rows("STATEMENTTYPES") {
            let Some(id) = row.integer("ID") else { continue };
            let name = row.text("Label").unwrap_or_default();
            codes.add((Entry::Code, id), Code { name, colour: colour(&row), ..Code::default() });
        }
        let (codebook, ids) = codes.finish();
        self.draft.codebook = codebook;
        ids
    }

    fn documents(&mut self) {
        for row in self.tables.rows("DOCUMENTS") {
            let Some(id) = row.integer("ID") else { continue };
            let title = row.text("Title").unwrap_or_default();
            let Some(text) = row.verbatim("Text").filter(|text| !text.trim().is_empty()) else {
                let (title, why) = (shorten(&title, 60), words::no_text().to_owned());
                let why = DocumentFault::TextMissing { title, selections: 0, why };
                self.draft.problems.push(self.input.refused(line(Some(id)), why));
                continue;
            };
            // Swing has made each line end one character. It counts a byte order mark, which is one in a text with LF only.
            let line_ends = if text.contains('\r') { LineEnds::One } else { LineEnds::AsWritten };
            let document = DraftDocument {
                line: line(Some(id)),
                id: id.to_string(),
                record: Some(id.to_string()),
                title: Some(title),
                date: row.integer("Date").and_then(day),
                author: row.text("Author"),
                source: row.text("Source"),
                sets: ["Type", "Section"].into_iter().filter_map(|column| row.text(column)).collect(),
                text: text.to_owned(),
                counting: Counting { unit: Unit::Utf16, line_ends },
                ..DraftDocument::default()
            };
            let author = row.integer("Coder").and_then(|id| Some(self.people.get(&id)?.id.clone()));
            let subject = DraftSubject::Document(document.id.clone());
            self.draft.memos.extend(memo(subject, row.text("Notes"), author, None));
            self.documents.insert(id, self.draft.documents.len());
            self.draft.documents.push(document);
        }
    }

    /// Reads the statements as passages. Returns the place of each in the draft, with its type.
    fn statements(&mut self, types: &HashMap<(Entry, i64), CategoryId>) -> HashMap<i64, Statement> {
        let mut statements = HashMap::new();
        for row in self.tables.rows("STATEMENTS") {
            let (Some(id), at) = (row.integer("ID"), line(row.integer("ID"))) else { continue };
            let Some(document) = row.integer("DocumentId").and_then(|id| self.documents.get(&id)).copied()
            else {
                self.losses.add(DatabaseLoss::Dangling, 1);
                continue;
            };
            let of_type = row.integer("StatementTypeId");
            let category = of_type.and_then(|id| types.get(&(Entry::Code, id)));
            let range = row.integer("Start").zip(row.integer("Stop"));
            let (category, range) = match (category, range) {
                (Some(category), Some(range)) => (category, range),
                (None, _) => {
                    self.draft.problems.push(self.input.refused(at, SpanFault::UnknownCode));
                    continue;
                }
                (_, None) => {
                    self.draft.problems.push(self.input.refused(at, SpanFault::NoPositions));
                    continue;
                }
            };
            let annotator = row.integer("Coder").and_then(|id| Some(self.people.get(&id)?.id.clone()));
            let spans = &mut self.draft.documents[document].spans;
            statements.insert(id, Statement { document, span: spans.len(), of_type });
            spans.push(DraftSpan {
                line: at,
                id: Some(id.to_string()),
                annotator,
                category: category.to_string(),
                ranges: vec![range],
                ..DraftSpan::default()
            });
        }
        statements
    }

    /// Reads the values of variables.
    fn values(&mut self, statements: &HashMap<i64, Statement>) {
        let entity = |row: Row<'_>| Some((row.integer("ID")?, row.text("Value").unwrap_or_default()));
        let entities: HashMap<i64, String> = self.tables.rows("ENTITIES").filter_map(entity).collect();
        let mut used = BTreeSet::new();
        for row in self.tables.rows("DATASHORTTEXT") {
            let id = row.integer("Entity").filter(|id| entities.contains_key(id));
            used.extend(id);
            let name = id.map(|id| entities[&id].clone()).filter(|name| !name.is_empty());
            let name = name.or_else(|| row.text("Value"));
            self.value(&row, statements, name.map(|name| choice(&name)));
        }
        for row in self.tables.rows("DATALONGTEXT") {
            let text = row.text("Value").map(|text| DraftValue::Of(Value::Text(text)));
            self.value(&row, statements, text);
        }
        for row in self.tables.rows("DATABOOLEAN") {
            let flag = row.integer("Value").map(|flag| DraftValue::Of(Value::Flag(flag != 0)));
            self.value(&row, statements, flag);
        }
        for row in self.tables.rows("DATAINTEGER") {
            let number = row.integer("Value").map(|number| DraftValue::Of(Value::Number(number as f64)));
            self.value(&row, statements, number);
        }
        let unused = entities.iter().filter(|(id, name)| !name.is_empty() && !used.contains(id));
        self.losses.add(DatabaseLoss::UnusedNames, unused.count());
    }

    fn value(&mut self, row: &Row<'_>, statements: &HashMap<i64, Statement>, value: Option<DraftValue>) {
        let statement = row.integer("StatementId").and_then(|id| statements.get(&id));
        let variable = row.integer("VariableId").and_then(|id| self.variables.all.get(&id));
        let (Some(statement), Some(variable), Some(value)) = (statement, variable, value) else { return };
        if variable.of_type != statement.of_type {
            return self.losses.add(DatabaseLoss::StrayValues, 1);
        }
        let span = &mut self.draft.documents[statement.document].spans[statement.span];
        match (&variable.attribute, value) {
            (Some(attribute), value) => {
                if span.attributes.iter().any(|(known, _)| known == attribute.as_str()) {
                    return self.losses.add(DatabaseLoss::StrayValues, 1);
                }
                span.attributes.push((attribute.to_string(), value));
            }
            (None, DraftValue::Of(Value::Text(text))) => {
                if !span.note.is_empty() {
                    span.note.push_str("\n\n");
                }
                span.note.push_str(&text);
            }
            (None, _) => self.losses.add(DatabaseLoss::StrayValues, 1),
        }
    }

    fn links(&mut self, statements: &HashMap<i64, Statement>) {
        for row in self.tables.rows("STATEMENTLINKS") {
            let end = |column| statements.get(&row.integer(column)?);
            let (Some(from), Some(to)) = (end("SourceId"), end("TargetId")) else {
                self.losses.add(AnnotationLoss::UnjoinedLinks, 1);
                continue;
            };
            let (from_id, to_id) = (row.text("SourceId"), row.text("TargetId"));
            let to_document = self.draft.documents[to.document].id.clone();
            self.draft.documents[from.document].links.push(DraftLink {
                line: line(row.integer("ID")),
                kind: LINKED.to_owned(),
                from: from_id.unwrap_or_default(),
                to: to_id.unwrap_or_default(),
                to_document: Some(to_document),
                ..DraftLink::default()
            });
        }
        if self.draft.documents.iter().any(|document| !document.links.is_empty()) {
            let kind = LinkKind::new(LINKED.into(), LINKED.to_owned(), "");
            self.draft.codebook.link_kinds.push(kind.into());
        }
    }

    /// Counts what a project can't hold.
    fn count_rest(&mut self) {
        let has = |row: &Row<'_>, columns: &[&str]| columns.iter().any(|column| row.text(column).is_some());
        let values = self.tables.rows("ATTRIBUTEVALUES").filter(|row| has(row, &["AttributeValue"]));
        let facts = self.tables.rows("ATTRIBUTES").filter(|row| has(row, &["Type", "Alias", "Notes"]));
        let above = self.tables.rows("ENTITIES").filter(|row| has(row, &["ChildOf"]));
        self.losses.add(DatabaseLoss::NameFacts, values.count() + facts.count() + above.count());
        self.losses.add(DatabaseLoss::SearchPatterns, self.tables.count("REGEXES"));
    }
}

/// The place of a statement in the draft.
struct Statement {
    document: usize,
    span: usize,
    of_type: Option<i64>,
}

/// Returns the day of a date in seconds or milliseconds.
fn day(time: i64) -> Option<String> {
    let seconds = if time.abs() > FAR { time.div_euclid(1000) } else { time };
    // A document without a date has that of the epoch in neither version, so 0 is a date as well.
    DateTime::from_timestamp(seconds, 0).map(|time| time.format("%Y-%m-%d").to_string())
}
