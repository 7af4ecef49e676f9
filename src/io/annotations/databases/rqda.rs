//! Import of RQDA projects (`.rqda`). Source: the code of RQDA 0.2 and 0.3, <https://github.com/RQDA/RQDA>.
//!
//! Positions count characters of the stored text, with its line ends, as GTK does. An entry with the status 1 is in use,
//! others are in RQDA's list of deleted ones.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::codes::{Code, Codes, Entry};
use super::notes::{Facts, People, memo, time};
use super::reading::{fits, line, tables};
use crate::IoError;
use crate::annotations::importer::{Importer, Input};
use crate::annotations::refusal::{DocumentFault, SpanFault};
use crate::annotations::{Draft, DraftDocument, DraftSpan, DraftSubject};
use crate::database::{RQDA, Row, Tables};
use crate::loss::{DatabaseLoss, Losses, QdaLoss};
use crate::words::databases as words;
use demarche_analysis::context::shorten;
use demarche_model::{CategoryId, Text};

/// Number of characters of the text that tell where a note is.
const CONTEXT: usize = 40;

/// An RQDA project.
pub(in crate::annotations) struct Rqda;

impl Importer for Rqda {
    fn name(&self) -> &'static str {
        RQDA.name
    }

    fn endings(&self) -> &'static [&'static str] {
        &["rqda"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        fits(head, &RQDA)
    }

    fn is_archive(&self) -> bool {
        true
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let tables = tables(input, &RQDA, &mut draft.remarks)?;
        let mut losses = Losses::default();
        losses.extend(tables.losses.clone());
        let (people, documents) = (People::default(), HashMap::new());
        let mut drafting = Drafting { input, tables: &tables, draft, people, losses, documents };
        drafting.read();
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

impl<'a> Drafting<'a> {
    fn read(&mut self) {
        let codes = self.codes();
        let mut facts = self.facts();
        self.documents(&mut facts);
        facts.finish(&mut self.losses);
        for row in self.used("coding") {
            self.coding(row, &codes, false);
        }
        for row in self.used("coding2") {
            self.coding(row, &codes, true);
        }
        self.annotations();
        self.project_notes();
        let pictures = self.used("imageCoding").len();
        self.losses.add(QdaLoss::MediaSelections, pictures);
    }

    /// Returns the rows of a table that are in use, and counts those that are marked as deleted.
    fn used(&mut self, table: &str) -> Vec<Row<'a>> {
        let is_used = |row: &Row<'_>| row.integer("status").is_none_or(|status| status == 1);
        let (used, deleted): (Vec<_>, Vec<_>) = self.tables.rows(table).partition(is_used);
        self.losses.add(DatabaseLoss::Deleted, deleted.len());
        used
    }

    fn codes(&mut self) -> HashMap<(Entry, i64), CategoryId> {
        let mut codes = Codes::default();
        let code = |row: &Row<'_>, above| Code {
            name: row.text("name").unwrap_or_default(),
            definition: row.text("memo").unwrap_or_default(),
            colour: row.text("color").and_then(|colour| colour.parse().ok()),
            above,
        };
        for row in self.used("codecat") {
            let Some(id) = row.integer("catid") else { continue };
            codes.add((Entry::Group, id), code(&row, Vec::new()));
        }
        let mut above: HashMap<i64, Vec<(Entry, i64)>> = HashMap::new();
        for row in self.used("treecode") {
            let group = row.integer("catid").map(|id| (Entry::Group, id)).filter(|key| codes.has(*key));
            match row.integer("cid").zip(group) {
                Some((code, group)) => above.entry(code).or_default().push(group),
                None => self.losses.add(DatabaseLoss::Dangling, 1),
            }
        }
        for row in self.used("freecode") {
            let Some(id) = row.integer("id") else { continue };
            let above = above.remove(&id).unwrap_or_default();
            let groups: BTreeSet<i64> = above.iter().map(|(_, group)| *group).collect();
            self.losses.add(DatabaseLoss::FurtherCategories, groups.len().saturating_sub(1));
            codes.add((Entry::Code, id), code(&row, above));
        }
        self.losses.add(DatabaseLoss::Dangling, above.values().map(Vec::len).sum());
        let (codebook, ids) = codes.finish();
        self.draft.codebook = codebook;
        ids
    }

    /// Reads the categories, cases and attributes of documents.
    fn facts(&mut self) -> Facts {
        let mut facts = Facts::default();
        let name = |row: Row<'_>| Some((row.integer("catid")?, row.text("name")?));
        let groups: HashMap<i64, String> = self.used("filecat").into_iter().filter_map(name).collect();
        for row in self.used("treefile") {
            let group = row.integer("catid").and_then(|id| groups.get(&id));
            match row.integer("fid").zip(group) {
                Some((document, group)) => facts.join(document, group),
                None => self.losses.add(DatabaseLoss::Dangling, 1),
            }
        }
        let mut cases: HashMap<i64, (String, BTreeSet<i64>)> = HashMap::new();
        for row in self.used("cases") {
            let Some((id, name)) = row.integer("id").zip(row.text("name")) else { continue };
            let author = self.people.add(row.text("owner"));
            let text = row.text("memo").map(|memo| words::on_case(&name, &memo));
            self.draft.memos.extend(memo(DraftSubject::Project, text, author, None));
            cases.insert(id, (name, BTreeSet::new()));
        }
        let lengths = self.lengths();
        for row in self.used("caselinkage") {
            let case = row.integer("caseid").and_then(|id| cases.get_mut(&id));
            let Some((case, document)) = case.zip(row.integer("fid")) else {
                self.losses.add(DatabaseLoss::Dangling, 1);
                continue;
            };
            facts.join(document, &case.0);
            case.1.insert(document);
            let (start, end) = (row.integer("selfirst").unwrap_or(0), row.integer("selend").unwrap_or(0));
            let length = lengths.get(&document).copied().unwrap_or_default();
            let is_whole = start <= 0 && end.saturating_add(1) >= length;
            self.losses.add(DatabaseLoss::CaseRanges, usize::from(!is_whole));
        }
        self.attributes(&cases, &mut facts);
        self.losses.add(QdaLoss::Cases, cases.values().filter(|(_, documents)| documents.is_empty()).count());
        facts
    }

    fn attributes(&mut self, cases: &HashMap<i64, (String, BTreeSet<i64>)>, facts: &mut Facts) {
        let pair = |row: &Row<'_>| row.text("variable").zip(row.text("value").filter(|value| value != "NA"));
        for row in self.used("fileAttr") {
            let owner = self.people.add(row.text("owner"));
            if let Some(((name, value), id)) = pair(&row).zip(row.integer("fileID")) {
                facts.value(id, &name, &value, owner.as_ref());
            }
        }
        for row in self.used("caseAttr") {
            let (Some((name, value)), owner) = (pair(&row), self.people.add(row.text("owner"))) else {
                continue;
            };
            match row.integer("caseID").and_then(|id| cases.get(&id)) {
                Some((case, documents)) => {
                    let name = words::of_case(case, &name);
                    documents.iter().for_each(|id| facts.value(*id, &name, &value, owner.as_ref()));
                    self.losses.add(QdaLoss::VariableValues, usize::from(documents.is_empty()));
                }
                None => self.losses.add(DatabaseLoss::Dangling, 1),
            }
        }
    }

    fn lengths(&self) -> HashMap<i64, i64> {
        let length = |row: Row<'_>| {
            let text = row.verbatim("file").unwrap_or_default();
            Some((row.integer("id")?, i64::try_from(text.chars().count()).unwrap_or(i64::MAX)))
        };
        self.tables.rows("source").filter_map(length).collect()
    }

    fn documents(&mut self, facts: &mut Facts) {
        for row in self.used("source") {
            let Some(id) = row.integer("id") else { continue };
            let (name, author) = (row.text("name").unwrap_or_default(), self.people.add(row.text("owner")));
            let Some(text) = row.verbatim("file").filter(|text| !text.trim().is_empty()) else {
                let (title, why) = (shorten(&name, 60), words::no_text().to_owned());
                let why = DocumentFault::TextMissing { title, selections: 0, why };
                self.draft.problems.push(self.input.refused(line(Some(id)), why));
                continue;
            };
            let mut document = DraftDocument {
                line: line(Some(id)),
                id: id.to_string(),
                record: Some(id.to_string()),
                title: Some(name.clone()),
                file_name: Some(name.into()),
                text: text.to_owned(),
                ..DraftDocument::default()
            };
            facts.tell(id, &mut document, &mut self.draft.memos);
            let subject = DraftSubject::Document(document.id.clone());
            let modified = time(row.text("date"), &mut self.losses);
            self.draft.memos.extend(memo(subject, row.text("memo"), author, modified));
            self.documents.insert(id, self.draft.documents.len());
            self.draft.documents.push(document);
        }
    }

    /// Reads a coding. Those of the second round are by another coder, so that the rounds can be compared.
    fn coding(&mut self, row: Row<'_>, ids: &HashMap<(Entry, i64), CategoryId>, is_second: bool) {
        let Some(place) = row.integer("fid").and_then(|id| self.documents.get(&id)).copied() else {
            return self.losses.add(DatabaseLoss::Dangling, 1);
        };
        let category = row.integer("cid").and_then(|id| ids.get(&(Entry::Code, id)));
        let (category, range) = match (category, row.integer("selfirst").zip(row.integer("selend"))) {
            (Some(category), Some(range)) => (category, range),
            // RQDA keeps the codings of a code that it deletes.
            (None, _) => return self.losses.add(DatabaseLoss::Dangling, 1),
            (_, None) => return self.draft.problems.push(self.input.refused(None, SpanFault::NoPositions)),
        };
        let owner =
            row.text("owner").map(|owner| if is_second { words::second_round(&owner) } else { owner });
        let span = DraftSpan {
            annotator: self.people.add(owner),
            category: category.to_string(),
            ranges: vec![range],
            quote: row.verbatim("seltext").filter(|words| !words.is_empty()).map(str::to_owned),
            note: row.text("memo").filter(|memo| memo != "NA").unwrap_or_default(),
            created: time(row.text("date"), &mut self.losses),
            ..DraftSpan::default()
        };
        self.draft.documents[place].spans.push(span);
    }

    /// Reads notes at places of documents as memos, each after the words there.
    fn annotations(&mut self) {
        let mut by_document: BTreeMap<usize, Vec<Row<'_>>> = BTreeMap::new();
        for row in self.used("annotation") {
            match row.integer("fid").and_then(|id| self.documents.get(&id)) {
                Some(place) => by_document.entry(*place).or_default().push(row),
                None => self.losses.add(DatabaseLoss::Dangling, 1),
            }
        }
        for (place, rows) in by_document {
            let document = &self.draft.documents[place];
            let (id, text) = (document.id.clone(), Text::new(document.text.clone()));
            for row in rows {
                let at = row.integer("position").and_then(|at| usize::try_from(at).ok());
                let at = at.and_then(|at| text.byte_offset(at)).unwrap_or_default();
                let context: String = text.as_str()[at..].chars().take(CONTEXT).collect();
                let words = row.text("annotation").map(|note| words::at_words(context.trim(), &note));
                let subject = DraftSubject::Document(id.clone());
                let author = self.people.add(row.text("owner"));
                let modified = time(row.text("date"), &mut self.losses);
                self.draft.memos.extend(memo(subject, words, author, modified));
            }
        }
    }

    /// Reads the memo on the project and the journal.
    fn project_notes(&mut self) {
        for row in self.tables.rows("project") {
            self.draft.memos.extend(memo(DraftSubject::Project, row.text("memo"), None, None));
        }
        for row in self.used("journal") {
            let text = row.text("journal").map(|text| words::journal(row.text("name"), &text));
            let author = self.people.add(row.text("owner"));
            let modified = time(row.text("date"), &mut self.losses);
            self.draft.memos.extend(memo(DraftSubject::Project, text, author, modified));
        }
    }
}
