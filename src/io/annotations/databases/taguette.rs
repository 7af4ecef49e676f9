//! Import of Taguette projects: the `.sqlite3` that Taguette exports, or its whole database. Source: the code of Taguette 1,
//! <https://gitlab.com/remram44/taguette>.
//!
//! Documents are HTML, which `crate::database` has converted to text with the offsets of highlights. Who has highlighted is
//! in the log of commands alone.

use std::collections::{BTreeSet, HashMap};

use super::codes::{Code, Codes, Entry};
use super::notes::{People, memo, time};
use super::reading::{fits, line, tables};
use crate::IoError;
use crate::annotations::importer::{Importer, Input};
use crate::annotations::refusal::{DocumentFault, SpanFault};
use crate::annotations::{Draft, DraftDocument, DraftSpan, DraftSubject};
use crate::database::{Row, TAGUETTE, Tables};
use crate::loss::{DatabaseLoss, Losses, QdaLoss};
use crate::words::databases as words;
use demarche_analysis::context::shorten;
use demarche_model::{AnchorKind, CategoryId};

/// A Taguette project.
pub(in crate::annotations) struct Taguette;

impl Importer for Taguette {
    fn name(&self) -> &'static str {
        TAGUETTE.name
    }

    fn endings(&self) -> &'static [&'static str] {
        &["sqlite3", "sqlite", "db"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        fits(head, &TAGUETTE)
    }

    fn is_archive(&self) -> bool {
        true
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let tables = tables(input, &TAGUETTE, &mut draft.remarks)?;
        let mut losses = Losses::default();
        losses.extend(tables.losses.clone());
        let (people, documents) = (People::default(), HashMap::new());
        let mut drafting = Drafting { input, tables: &tables, draft, people, losses, documents };
        let tags = drafting.tags();
        drafting.documents();
        drafting.highlights(&tags);
        let Drafting { mut draft, people, losses, .. } = drafting;
        draft.people = people.finish();
        draft.losses = losses.report();
        Ok(draft)
    }
}

/// The state of the conversion.
struct Drafting<'a> {
    input: &'a Input<'a>,
    tables: &'a Tables,
    draft: Draft,
    people: People,
    losses: Losses,
    /// The place in the draft of each document.
    documents: HashMap<i64, usize>,
}

impl Drafting<'_> {
    /// Reads the tags. One is below another if its path begins with that and a dot, as in Taguette. Projects in one database
    /// share tags with the same path.
    fn tags(&mut self) -> HashMap<i64, CategoryId> {
        let rows: Vec<(i64, String, Row<'_>)> = self
            .tables
            .rows("tags")
            .filter_map(|row| Some((row.integer("id")?, row.text("path")?, row)))
            .collect();
        let mut by_path: HashMap<&str, i64> = HashMap::new();
        for (id, path, _) in &rows {
            by_path.entry(path).or_insert(*id);
        }
        let mut codes = Codes::default();
        for (id, path, row) in rows.iter().filter(|(id, path, _)| by_path[path.as_str()] == *id) {
            let above = path.rmatch_indices('.').find_map(|(dot, _)| by_path.get(&path[..dot]));
            let code = Code {
                name: path.clone(),
                definition: row.text("description").unwrap_or_default(),
                colour: None,
                above: above.map(|above| (Entry::Code, *above)).into_iter().collect(),
            };
            codes.add((Entry::Code, *id), code);
        }
        let (codebook, ids) = codes.finish();
        self.draft.codebook = codebook;
        let tag = |(id, path, _): &(i64, String, Row<'_>)| {
            Some((*id, ids.get(&(Entry::Code, by_path[path.as_str()]))?.clone()))
        };
        rows.iter().filter_map(tag).collect()
    }

    fn documents(&mut self) {
        let projects: HashMap<i64, String> = self
            .tables
            .rows("projects")
            .filter_map(|row| Some((row.integer("id")?, row.text("name").unwrap_or_default())))
            .collect();
        let is_one = projects.len() < 2;
        for row in self.tables.rows("projects") {
            let name = row.text("name").unwrap_or_default();
            let text = row.text("description");
            let text = text.map(|text| if is_one { text } else { words::on_project(&name, &text) });
            self.draft.memos.extend(memo(DraftSubject::Project, text, None, None));
        }
        let mut anchors: HashMap<i64, Vec<(i64, AnchorKind)>> = HashMap::new();
        for row in self.tables.rows("headings") {
            let Some((document, at)) = row.integer("document_id").zip(row.integer("at")) else { continue };
            let level = row.integer("level").and_then(|level| u8::try_from(level).ok()).unwrap_or(1);
            let title = row.text("title").unwrap_or_default();
            anchors.entry(document).or_default().push((at, AnchorKind::Heading { level, title }));
        }
        let mut highlights: HashMap<i64, usize> = HashMap::new();
        for id in self.tables.rows("highlights").filter_map(|row| row.integer("document_id")) {
            *highlights.entry(id).or_default() += 1;
        }
        for row in self.tables.rows("documents") {
            let Some(id) = row.integer("id") else { continue };
            let name = row.text("name").unwrap_or_default();
            let text = row.verbatim("contents").filter(|text| !text.trim().is_empty());
            let Some(text) = text else {
                let selections = highlights.get(&id).copied().unwrap_or_default();
                let why = words::no_text().to_owned();
                let why = DocumentFault::TextMissing { title: shorten(&name, 60), selections, why };
                self.draft.problems.push(self.input.refused(line(Some(id)), why));
                continue;
            };
            let project = row.integer("project_id").and_then(|id| projects.get(&id)).filter(|_| !is_one);
            let document = DraftDocument {
                line: line(Some(id)),
                id: id.to_string(),
                record: Some(id.to_string()),
                title: Some(name),
                file_name: row.text("filename").map(Into::into),
                sets: project.cloned().into_iter().collect(),
                text: text.to_owned(),
                is_settled: true,
                anchors: anchors.remove(&id).unwrap_or_default(),
                ..DraftDocument::default()
            };
            let subject = DraftSubject::Document(document.id.clone());
            self.draft.memos.extend(memo(subject, row.text("description"), None, None));
            self.documents.insert(id, self.draft.documents.len());
            self.draft.documents.push(document);
        }
    }

    fn highlights(&mut self, tags: &HashMap<i64, CategoryId>) {
        let mut tagged: HashMap<i64, BTreeSet<i64>> = HashMap::new();
        for row in self.tables.rows("highlight_tags") {
            match row
                .integer("highlight_id")
                .zip(row.integer("tag_id"))
                .filter(|(_, tag)| tags.contains_key(tag))
            {
                Some((highlight, tag)) => _ = tagged.entry(highlight).or_default().insert(tag),
                None => self.losses.add(DatabaseLoss::Dangling, 1),
            }
        }
        let mut authors: HashMap<i64, Row<'_>> = HashMap::new();
        for row in self.tables.rows("authors") {
            authors.extend(row.integer("highlight_id").map(|id| (id, row)));
        }
        for row in self.tables.rows("highlights") {
            let Some(id) = row.integer("id") else { continue };
            let tags_here = tagged.remove(&id).unwrap_or_default();
            let Some(place) = row.integer("document_id").and_then(|id| self.documents.get(&id)).copied()
            else {
                self.losses.add(DatabaseLoss::Dangling, 1);
                continue;
            };
            let is_found = row.integer("found") != Some(0);
            let range = row.integer("start_offset").zip(row.integer("end_offset")).filter(|_| is_found);
            let Some(range) = range else {
                self.draft.problems.push(self.input.refused(line(Some(id)), SpanFault::MovedHighlight));
                continue;
            };
            self.losses.add(QdaLoss::SelectionsWithoutCode, usize::from(tags_here.is_empty()));
            let author = authors.get(&id);
            let annotator = self.people.add(author.and_then(|row| row.text("user_login")));
            let created = time(author.and_then(|row| row.text("date")), &mut self.losses);
            for tag in tags_here {
                self.draft.documents[place].spans.push(DraftSpan {
                    line: line(Some(id)),
                    id: Some(format!("{id}.{tag}")),
                    annotator: annotator.clone(),
                    category: tags[&tag].to_string(),
                    ranges: vec![range],
                    created: created.clone(),
                    ..DraftSpan::default()
                });
            }
        }
        self.losses.add(DatabaseLoss::Dangling, tagged.values().map(BTreeSet::len).sum());
    }
}
