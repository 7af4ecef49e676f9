//! Import of QualCoder projects: `data.qda` in a folder whose name ends in `.qda`. Source: the code of QualCoder 3,
//! <https://github.com/ccbogel/QualCoder>.
//!
//! Positions count characters of the stored text, with its line ends; older versions counted UTF-16 units, as Qt does.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::codes::{Code, Codes, Entry};
use super::notes::{Facts, People, memo, time};
use super::reading::{fits, line, tables};
use crate::IoError;
use crate::annotations::importer::{Importer, Input};
use crate::annotations::refusal::{DocumentFault, SpanFault};
use crate::annotations::{Draft, DraftDocument, DraftMemo, DraftSpan, DraftSubject, DraftValue};
use crate::database::{QUALCODER, Row, Tables};
use crate::loss::{DatabaseLoss, Losses, QdaLoss};
use crate::words::databases as words;
use demarche_analysis::context::shorten;
use demarche_model::{CategoryId, Text, Value};

/// A QualCoder project.
pub(in crate::annotations) struct QualCoder;

impl Importer for QualCoder {
    fn name(&self) -> &'static str {
        QUALCODER.name
    }

    fn endings(&self) -> &'static [&'static str] {
        &["qda"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        fits(head, &QUALCODER)
    }

    fn is_archive(&self) -> bool {
        true
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let tables = tables(input, &QUALCODER, &mut draft.remarks)?;
        let mut losses = Losses::default();
        losses.extend(tables.losses.clone());
        let length = |row: Row<'_>| {
            let text = row.verbatim("fulltext").unwrap_or_default();
            Some((row.integer("id")?, i64::try_from(text.chars().count()).unwrap_or(i64::MAX)))
        };
        let lengths = tables.rows("source").filter_map(length).collect();
        let mut drafting =
            Drafting { input, tables: &tables, lengths, draft, people: People::default(), losses };
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
    /// The length of each source in characters, also of those without text.
    lengths: HashMap<i64, i64>,
    draft: Draft,
    people: People,
    losses: Losses,
}

/// The documents by number: their place in the draft.
type Places = HashMap<i64, usize>;

impl Drafting<'_> {
    fn read(&mut self) {
        let ids = self.codes();
        let mut facts = self.facts();
        let places = self.documents(&mut facts);
        facts.finish(&mut self.losses);
        for row in self.tables.rows("code_text") {
            self.coding(row, &ids, &places);
        }
        self.annotations(&places);
        self.project_notes();
        for row in self.tables.rows("coder_names") {
            self.people.add(row.text("name"));
        }
        let count = |table| self.tables.count(table);
        let references: BTreeSet<Option<i64>> =
            self.tables.rows("ris").map(|row| row.integer("risid")).collect();
        self.losses.add(QdaLoss::MediaSelections, count("code_image") + count("code_av"));
        self.losses.add(QdaLoss::Maps, count("graph"));
        self.losses.add(DatabaseLoss::StoredQueries, count("stored_sql"));
        self.losses.add(DatabaseLoss::References, references.len());
    }

    /// Reads the categories and codes.
    fn codes(&mut self) -> HashMap<(Entry, i64), CategoryId> {
        let mut codes = Codes::default();
        let code = |row: &Row<'_>| Code {
            name: row.text("name").unwrap_or_default(),
            definition: row.text("memo").unwrap_or_default(),
            colour: row.text("color").and_then(|colour| colour.parse().ok()),
            above: Vec::new(),
        };
        for row in self.tables.rows("code_cat") {
            let above = row.integer("supercatid").map(|id| (Entry::Group, id)).into_iter().collect();
            let Some(id) = row.integer("catid") else { continue };
            codes.add((Entry::Group, id), Code { above, ..code(&row) });
        }
        for row in self.tables.rows("code_name") {
            let group = row.integer("catid").map(|id| (Entry::Group, id));
            let above =
                row.integer("supercid").map(|id| (Entry::Code, id)).into_iter().chain(group).collect();
            let Some(id) = row.integer("cid") else { continue };
            codes.add((Entry::Code, id), Code { above, ..code(&row) });
        }
        let (codebook, ids) = codes.finish();
        self.draft.codebook = codebook;
        ids
    }

    /// Reads the cases and attributes of documents.
    fn facts(&mut self) -> Facts {
        let mut facts = Facts::default();
        let mut cases: HashMap<i64, (String, BTreeSet<i64>)> = HashMap::new();
        for row in self.tables.rows("cases") {
            let Some((id, name)) = row.integer("caseid").zip(row.text("name")) else { continue };
            let author = self.people.add(row.text("owner"));
            let text = row.text("memo").map(|memo| words::on_case(&name, &memo));
            self.draft.memos.extend(memo(DraftSubject::Project, text, author, None));
            cases.insert(id, (name, BTreeSet::new()));
        }
        for row in self.tables.rows("case_text") {
            let case = row.integer("caseid").and_then(|id| cases.get_mut(&id));
            let Some((case, document)) = case.zip(row.integer("fid")) else {
                self.losses.add(DatabaseLoss::Dangling, 1);
                continue;
            };
            facts.join(document, &case.0);
            case.1.insert(document);
            self.losses.add(DatabaseLoss::CaseRanges, usize::from(!self.is_whole(document, &row)));
        }
        for row in self.tables.rows("attribute") {
            let Some((name, value)) = row.text("name").zip(row.text("value")) else { continue };
            let owner = self.people.add(row.text("owner"));
            let id = row.integer("id");
            match (row.text("attr_type").as_deref(), id, id.and_then(|id| cases.get(&id))) {
                (Some("file"), Some(id), _) => facts.value(id, &name, &value, owner.as_ref()),
                (Some("case"), _, Some((case, documents))) => {
                    let name = words::of_case(case, &name);
                    documents.iter().for_each(|id| facts.value(*id, &name, &value, owner.as_ref()));
                    self.losses.add(QdaLoss::VariableValues, usize::from(documents.is_empty()));
                }
                _ => self.losses.add(DatabaseLoss::Dangling, 1),
            }
        }
        self.losses.add(QdaLoss::Cases, cases.values().filter(|(_, documents)| documents.is_empty()).count());
        facts
    }

    /// Returns whether a case is the whole of a document.
    fn is_whole(&self, document: i64, case: &Row<'_>) -> bool {
        let length = self.lengths.get(&document).copied().unwrap_or_default();
        let (start, end) = (case.integer("pos0").unwrap_or(0), case.integer("pos1").unwrap_or(0));
        // QualCoder has written both the last character and the one after it, and 0 where it has no text.
        start <= 0 && (end <= start || end.saturating_add(1) >= length)
    }

    /// Reads the documents with a text.
    fn documents(&mut self, facts: &mut Facts) -> Places {
        let mut places = Places::new();
        let mut codings: HashMap<i64, usize> = HashMap::new();
        for id in self.tables.rows("code_text").filter_map(|row| row.integer("fid")) {
            *codings.entry(id).or_default() += 1;
        }
        for row in self.tables.rows("source") {
            let Some(id) = row.integer("id") else { continue };
            let (name, author) = (row.text("name").unwrap_or_default(), self.people.add(row.text("owner")));
            let text = row.verbatim("fulltext").filter(|text| !text.trim().is_empty());
            let Some(text) = text else {
                self.without_text(&row, &name, &codings);
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
            places.insert(id, self.draft.documents.len());
            self.draft.documents.push(document);
        }
        places
    }

    /// Counts a picture, sound or film, or a PDF without text; refuses a text without words.
    fn without_text(&mut self, row: &Row<'_>, name: &str, codings: &HashMap<i64, usize>) {
        let path = row.text("mediapath").unwrap_or_default().to_lowercase();
        let kind = path.trim_start_matches('/');
        if ["images", "audio", "video"].iter().any(|media| kind.starts_with(media)) {
            self.losses.add(QdaLoss::MediaFiles, 1);
        } else if path.ends_with(".pdf") {
            self.losses.add(QdaLoss::PdfsWithoutText, 1);
        } else {
            let selections = row.integer("id").and_then(|id| codings.get(&id)).copied().unwrap_or_default();
            let (title, why) = (shorten(name, 60), words::no_text().to_owned());
            let why = DocumentFault::TextMissing { title, selections, why };
            self.draft.problems.push(self.input.refused(line(row.integer("id")), why));
        }
    }

    fn coding(&mut self, row: Row<'_>, ids: &HashMap<(Entry, i64), CategoryId>, places: &Places) {
        let at = line(row.integer("ctid"));
        let Some(place) = row.integer("fid").and_then(|id| places.get(&id)) else {
            // The codings of a document without text are counted with it.
            let is_known = row.integer("fid").is_some_and(|id| self.lengths.contains_key(&id));
            self.losses.add(DatabaseLoss::Dangling, usize::from(!is_known));
            return;
        };
        let category = row.integer("cid").and_then(|id| ids.get(&(Entry::Code, id)));
        let range = row.integer("pos0").zip(row.integer("pos1"));
        let (category, range) = match (category, range) {
            (Some(category), Some(range)) => (category, range),
            (None, _) => return self.draft.problems.push(self.input.refused(at, SpanFault::UnknownCode)),
            (_, None) => return self.draft.problems.push(self.input.refused(at, SpanFault::NoPositions)),
        };
        let important = row.integer("important").filter(|important| *important != 0);
        let flag = || ("important".to_owned(), DraftValue::Of(Value::Flag(true)));
        let span = DraftSpan {
            line: at,
            id: row.text("ctid"),
            annotator: self.people.add(row.text("owner")),
            category: category.to_string(),
            ranges: vec![range],
            quote: row.verbatim("seltext").filter(|words| !words.is_empty()).map(quote),
            attributes: important.map(|_| flag()).into_iter().collect(),
            note: row.text("memo").unwrap_or_default(),
            created: time(row.text("date"), &mut self.losses),
            ..DraftSpan::default()
        };
        self.draft.documents[*place].spans.push(span);
    }

    /// Reads notes on passages without a code as memos on the document, each after the words that it is on.
    fn annotations(&mut self, places: &Places) {
        let mut by_document: BTreeMap<usize, Vec<Row<'_>>> = BTreeMap::new();
        for row in self.tables.rows("annotation") {
            match row.integer("fid").and_then(|id| places.get(&id)) {
                Some(place) => by_document.entry(*place).or_default().push(row),
                None => self.losses.add(DatabaseLoss::Dangling, 1),
            }
        }
        for (place, rows) in by_document {
            let document = &self.draft.documents[place];
            let (id, text) = (document.id.clone(), Text::new(document.text.clone()));
            let byte = |offset: Option<i64>| text.byte_offset(usize::try_from(offset?).ok()?);
            for row in rows {
                let range = byte(row.integer("pos0")).zip(byte(row.integer("pos1")));
                let quoted = range.and_then(|(start, end)| text.as_str().get(start..end)).unwrap_or_default();
                let words = row.text("memo").map(|memo| words::on_words(&shorten(quoted.trim(), 200), &memo));
                let subject = DraftSubject::Document(id.clone());
                let author = self.people.add(row.text("owner"));
                let modified = time(row.text("date"), &mut self.losses);
                self.draft.memos.extend(memo(subject, words, author, modified));
            }
        }
    }

    /// Reads the memo on the project and the journal.
    fn project_notes(&mut self) {
        let tables = self.tables;
        let project = tables.rows("project").filter_map(|row| row.text("memo"));
        self.draft.memos.extend(project.map(|text| DraftMemo {
            subject: DraftSubject::Project,
            author: None,
            text,
            modified: None,
        }));
        for row in tables.rows("journal") {
            let text = row.text("jentry").map(|text| words::journal(row.text("name"), &text));
            let author = self.people.add(row.text("owner"));
            let modified = time(row.text("date"), &mut self.losses);
            self.draft.memos.extend(memo(DraftSubject::Project, text, author, modified));
        }
    }
}

/// Returns the words of a passage as they are in the text: Qt has put other characters for line ends into some.
fn quote(words: &str) -> String {
    words.replace(['\u{2029}', '\u{2028}'], "\n")
}
