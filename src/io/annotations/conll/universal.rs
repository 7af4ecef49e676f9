//! Import of CoNLL-U: ten columns per word, of which the last one may hold names, as `NER=B-ORG` in the schemes of CoNLL or as
//! brackets of CorefUD, `Entity=(e1-person(e2-place)`. The text is rebuilt from the words and `SpaceAfter=No`. Grammar is counted
//! and left out. Sources: <https://universaldependencies.org/format.html>, <https://ufal.mff.cuni.cz/corefud>.

use std::collections::HashMap;

use super::tags::{Decoder, TaggedRun};
use crate::annotations::importer::{Importer, Input};
use crate::annotations::refusal::RecordFault;
use crate::annotations::{Draft, DraftDocument, DraftSpan};
use crate::loss::{AnnotationLoss, Losses};
use crate::{FormatInfo, IoError, Problem};
use demarche_analysis::context::shorten;

/// CoNLL-U.
pub(in crate::annotations) struct ConllU;

/// The number of columns, unless the file names them.
const COLUMNS: usize = 10;
/// Keys of names in the last column, in lower case.
const NAMES: [&str; 6] = ["ner", "ne", "entity", "bio", "nertag", "namedentity"];
/// Number of lines in which the first word has to come.
const FIRST: usize = 200;
/// Greatest number of entities that are open at a time.
const OPEN: usize = 1_000;

impl Importer for ConllU {
    fn name(&self) -> &'static str {
        "conllu"
    }

    fn info(&self) -> Option<FormatInfo> {
        Some(FormatInfo {
            name: self.name(),
            title: "CoNLL-U",
            extension: "conllu",
            carries: "words, and names in the last column: NER=B-ORG, Entity=(e1-person …",
            loses: "grammar",
        })
    }

    fn endings(&self) -> &'static [&'static str] {
        &["conllu", "conllup"]
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        if head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).starts_with(b"# global.columns =") {
            return true;
        }
        let first = head.split(|&byte| byte == b'\n').take(FIRST).map(<[u8]>::trim_ascii_end);
        let mut words = first.filter(|line| !line.is_empty() && !line.starts_with(b"#"));
        words.next().is_some_and(|line| {
            let cells: Vec<&[u8]> = line.split(|&byte| byte == b'\t').collect();
            let is_number = |cell: &[u8]| !cell.is_empty() && cell.iter().all(u8::is_ascii_digit);
            let head = |cell: &[u8]| cell == b"_" || is_number(cell);
            cells.len() == COLUMNS
                && cells[0].split(|byte| b"-.".contains(byte)).all(is_number)
                && head(cells[6])
                && cells[1..].iter().all(|cell| !cell.is_empty())
                && (cells[9] == b"_"
                    || cells[9].contains(&b'=')
                    || cells[8].contains(&b':')
                    || cells[5].contains(&b'='))
        })
    }

    fn keeps_texts(&self) -> bool {
        false
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let content = String::from_utf8_lossy(&input.bytes);
        let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
        let mut reader = Reader::new(input);
        for (number, line) in (1..).zip(content.split('\n')) {
            reader.line(number, line.trim_end_matches(['\r', ' ']));
        }
        reader.end_document();
        let Reader { documents, problems, mut losses, grammar, .. } = reader;
        losses.add(AnnotationLoss::Grammar, grammar);
        Ok(Draft { documents, problems, losses: losses.report(), ..Draft::default() })
    }
}

/// The indices of columns.
struct Columns {
    form: usize,
    misc: Option<usize>,
    /// A column of names, which some files have besides the ten.
    names: Option<usize>,
    count: usize,
}

/// A word or a group of words that is written as one.
#[derive(Clone, Copy)]
struct Written {
    /// The last word of the group.
    last: usize,
    start: usize,
    end: usize,
    is_joined: bool,
}

struct Reader<'a> {
    input: &'a Input<'a>,
    columns: Columns,
    documents: Vec<DraftDocument>,
    problems: Vec<Problem>,
    losses: Losses,
    grammar: usize,
    now: DraftDocument,
    /// The length of the text, in characters.
    length: usize,
    /// What comes before the next word.
    gap: Option<char>,
    /// The group of words that is open.
    group: Option<Written>,
    decoder: Decoder,
    /// The fields of an entity in brackets.
    fields: Vec<String>,
    /// Open entities, by id: category, start and line.
    open: HashMap<String, Vec<(String, usize, usize)>>,
    count: usize,
}

impl<'a> Reader<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        Self {
            input,
            columns: Columns { form: 1, misc: Some(9), names: None, count: COLUMNS },
            documents: Vec::new(),
            problems: Vec::new(),
            losses: Losses::default(),
            grammar: 0,
            now: DraftDocument { id: input.stem(), rebuilt: true, ..DraftDocument::default() },
            length: 0,
            gap: None,
            group: None,
            decoder: Decoder::default(),
            fields: ["eid", "etype"].map(str::to_owned).to_vec(),
            open: HashMap::new(),
            count: 0,
        }
    }

    fn line(&mut self, number: usize, line: &str) {
        if line.is_empty() {
            let ended = self.decoder.end();
            self.add_run(ended);
            self.group = None;
            if self.length > 0 {
                self.gap = Some('\n');
            }
        } else if let Some(comment) = line.strip_prefix('#') {
            self.comment(number, comment.trim());
        } else {
            self.word(number, &line.split('\t').collect::<Vec<_>>());
        }
    }

    fn comment(&mut self, number: usize, comment: &str) {
        let (key, value) =
            comment.split_once('=').map_or((comment, ""), |(key, value)| (key.trim(), value.trim()));
        match key {
            "newdoc" | "newdoc id" => {
                self.end_document();
                self.now.line = Some(number);
                if !value.is_empty() {
                    value.clone_into(&mut self.now.id);
                    self.now.record = Some(value.to_owned());
                    self.now.title = Some(value.to_owned());
                }
            }
            "global.columns" => {
                let names: Vec<&str> = value.split_whitespace().collect();
                let at = |wanted: &[&str]| {
                    names.iter().position(|name| wanted.contains(&name.rsplit(':').next().unwrap_or(name)))
                };
                self.columns = Columns {
                    form: at(&["FORM"]).unwrap_or(1),
                    misc: at(&["MISC"]),
                    names: at(&["NE", "NER", "ENTITY"]),
                    count: names.len().max(2),
                };
            }
            "global.Entity" => self.fields = value.split('-').map(str::to_lowercase).collect(),
            _ => {}
        }
    }

    fn word(&mut self, number: usize, cells: &[&str]) {
        let id = cells[0];
        let form = cells.get(self.columns.form).copied().unwrap_or_default();
        if cells.len() < self.columns.count.min(COLUMNS)
            || form.is_empty()
            || !id.starts_with(|c: char| c.is_ascii_digit())
        {
            let why = RecordFault::Columns(shorten(&cells.join(" "), 40));
            self.problems.push(self.input.refused(Some(number), why));
            return;
        }
        // A word that is not in the text.
        if id.contains('.') {
            return;
        }
        let misc = self.columns.misc.and_then(|at| cells.get(at)).copied().unwrap_or("_");
        let is_joined = misc.split('|').any(|value| value == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            let (start, end) = self.write(form, is_joined);
            self.group = last.parse().ok().map(|last| Written { last, start, end, is_joined });
            return;
        }
        let has_grammar = cells.iter().take(8).skip(2).any(|cell| *cell != "_");
        self.grammar += usize::from(has_grammar);
        let at: usize = id.parse().unwrap_or(usize::MAX);
        // The words of a group cover all of it, since their parts of it are not known.
        let (start, end) = match self.group.filter(|group| at <= group.last) {
            Some(group) => (group.start, group.end),
            None => {
                self.group = None;
                self.write(form, is_joined)
            }
        };
        self.names(number, cells, misc, (start, end));
        if let Some(group) = self.group.filter(|group| at >= group.last) {
            self.gap = (!group.is_joined).then_some(' ');
            self.group = None;
        }
    }

    /// Adds words to the text, and returns their range.
    fn write(&mut self, form: &str, is_joined: bool) -> (usize, usize) {
        if let Some(gap) = self.gap.filter(|_| self.length > 0) {
            self.now.text.push(gap);
            self.length += 1;
        }
        let start = self.length;
        self.now.text.push_str(form);
        self.length += form.chars().count();
        self.gap = (!is_joined).then_some(' ');
        (start, self.length)
    }

    /// Reads the names at a word.
    fn names(&mut self, number: usize, cells: &[&str], misc: &str, (start, end): (usize, usize)) {
        let named = misc.split('|').filter_map(|value| value.split_once('='));
        let mut named =
            named.filter(|(key, _)| NAMES.contains(&key.to_lowercase().as_str())).map(|(_, value)| value);
        let column = self.columns.names.and_then(|at| cells.get(at)).copied();
        let value = column.or_else(|| named.next()).unwrap_or("O");
        if value.contains(['(', ')']) {
            let ended = self.decoder.end();
            self.add_run(ended);
            self.brackets(number, value, (start, end));
            return;
        }
        let value = if matches!(value, "_" | "*" | "-") { "O" } else { value };
        let ended = self.decoder.token(value, start, end, number);
        self.add_run(ended);
    }

    /// Reads entities in brackets: `(e1-person` begins one, `e1)` ends it, and `(e2-place)` does both.
    fn brackets(&mut self, number: usize, value: &str, (start, end): (usize, usize)) {
        let mut rest = value;
        while let Some(first) = rest.chars().next() {
            let inner = rest.strip_prefix('(').unwrap_or(rest);
            let length = inner.find(['(', ')']).unwrap_or(inner.len());
            let (body, after) = inner.split_at(length);
            let closes = after.starts_with(')');
            rest = after.strip_prefix(')').unwrap_or(after);
            if first == '(' {
                let fields: Vec<&str> = body.split('-').collect();
                let field = |name: &str| {
                    let at = self.fields.iter().position(|field| field == name)?;
                    fields.get(at).copied().filter(|value| !value.is_empty())
                };
                let id = field("eid").or_else(|| field("grp")).unwrap_or(fields[0]).to_owned();
                let category = field("etype").unwrap_or("entity").to_owned();
                if closes {
                    self.add(category, start, end, number);
                } else if self.count < OPEN {
                    self.count += 1;
                    self.open.entry(id).or_default().push((category, start, number));
                }
            } else if closes {
                // Parts of an entity are numbered: `e1[1/2])`.
                let id = body.split('[').next().unwrap_or(body);
                if let Some((category, from, line)) = self.open.get_mut(id).and_then(Vec::pop) {
                    self.count -= 1;
                    self.add(category, from, end, line);
                } else {
                    self.losses.add(AnnotationLoss::UnjoinedEnds, 1);
                }
            }
        }
    }

    fn add_run(&mut self, run: Option<TaggedRun>) {
        if let Some(TaggedRun { label, start, end, line }) = run {
            self.add(label, start, end, line);
        }
    }

    fn add(&mut self, category: String, start: usize, end: usize, line: usize) {
        let offset = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        self.now.spans.push(DraftSpan {
            line: Some(line),
            category,
            ranges: vec![(offset(start), offset(end))],
            ..DraftSpan::default()
        });
    }

    fn end_document(&mut self) {
        let ended = self.decoder.end();
        self.add_run(ended);
        self.losses.add(AnnotationLoss::UnjoinedEnds, self.count);
        self.open.clear();
        (self.count, self.length, self.gap, self.group) = (0, 0, None, None);
        let number = self.documents.len() + 2;
        let next = DraftDocument {
            id: format!("{}-{number}", self.input.stem()),
            rebuilt: true,
            ..DraftDocument::default()
        };
        let mut done = std::mem::replace(&mut self.now, next);
        if done.text.is_empty() {
            done.line = None;
            self.now.id = self.input.stem();
            return;
        }
        done.text.push('\n');
        self.documents.push(done);
    }
}
