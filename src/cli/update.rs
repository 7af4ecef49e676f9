//! `demarche update`: gives a document another text, and its passages their places in it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::Encoding;
use serde::Serialize;

use super::Failure;
use super::common::{AtWork, bar, now, print_json, say, several};
use super::import::encoding;
use crate::analysis::align::RealignmentCounts;
use crate::io::documents::Reader;
use crate::model::{AnnotatorId, Document, DocumentId, Edit, Project, Ranges, Text, Touch};
use crate::session::{IncomingText, PendingPassage, TextUpdate, compare_texts, read_new_text};

/// What to update.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// The document, by its id or its title
    document: String,
    /// The file with the new text, of any format of documents
    file: PathBuf,
    /// Say what becomes of the passages, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// Who updates the text; without one, you. Only their own layer is written: those of others follow when they are read
    #[arg(long)]
    annotator: Option<String>,
    /// The encoding of a text, such as windows-1252 or euc-kr; without it, it is found out
    #[arg(long, value_parser = encoding)]
    encoding: Option<String>,
}

#[derive(Serialize)]
struct Report {
    document: String,
    /// The number of the new version.
    version: u32,
    /// Whether the text was replaced.
    updated: bool,
    annotators: Vec<Row>,
    /// What somebody has to decide on.
    waiting: Vec<Passage>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    exact: usize,
    moved: usize,
    fuzzy: usize,
    lost: usize,
}

/// A passage in doubt. Offsets count Unicode scalar values; the end is exclusive.
#[derive(Serialize)]
struct Passage {
    annotator: String,
    category: String,
    fate: &'static str,
    /// How alike the words are, in percent.
    alike: Option<u8>,
    /// The version of the text that it was tagged in.
    version: u32,
    old: Place,
    new: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
    /// From 1.
    line: usize,
    words: String,
}

/// Compares, tells, and puts the new text in place: what is exact or moved lies where it belongs, the rest waits for its
/// owner as it does in the window.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let mut work = AtWork::begin(&args.project, args.annotator.as_deref(), args.dry_run)?;
    let document = find(&work.whole.project, &args.document)?;
    let label = args.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let reader = Reader::of_this_program().with_encoding(label);
    let incoming = read_new_text(&args.file, &reader, &|| true).map_err(anyhow::Error::msg)?;
    let update = looked_for(&document, incoming, &work.who)?;
    let Some(update) = update else {
        say(&format!("the new text is the one that {} has already", document.id()));
        return Ok(());
    };
    let report = report(&update, !args.dry_run);
    if args.json {
        print_json(&report)?
    } else {
        print(&report)?
    }
    tell(&update, args.dry_run);
    if !args.dry_run {
        let applied = work.whole.project.apply(Edit::ReplaceText { to: update.document().clone() })?;
        let mine = |touch: &&Touch| !matches!(touch, Touch::Realigned(layer) if layer.annotator != work.who);
        let touched: Vec<Touch> = applied.touched.iter().filter(mine).cloned().collect();
        work.end(format!("update the text of “{}”", document.meta.title), &touched, &applied.inverse)?;
    }
    Ok(())
}

/// Compares, with a progress bar.
fn looked_for(
    document: &Document,
    incoming: IncomingText,
    who: &AnnotatorId,
) -> anyhow::Result<Option<TextUpdate>> {
    let bar = bar("looking for spans", document.layers.values().map(|layer| layer.len()).sum(), true);
    let mut step = |done: usize, _: usize| {
        bar.set_position(done as u64);
        true
    };
    let update = compare_texts(document, incoming, who, now(), &mut step).map_err(anyhow::Error::msg);
    bar.finish_and_clear();
    update
}

/// The document of this id, or of this title if only one has it.
fn find(project: &Project, named: &str) -> Result<Arc<Document>, Failure> {
    let documents = project.documents();
    let titled: Vec<_> = documents.iter().filter(|document| document.meta.title == named).collect();
    let found = project.document(&DocumentId::new(named));
    match (found, titled.as_slice()) {
        (Some(found), _) | (None, &[found]) => Ok(found.clone()),
        (None, []) => {
            let ids: Vec<&str> = documents.iter().take(20).map(|document| document.id().as_str()).collect();
            let rest = if documents.len() > ids.len() { ", …" } else { "" };
            Err(Failure::Usage(format!("there is no document `{named}`; there are {}{rest}", ids.join(", "))))
        }
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|document| document.id().as_str()).collect();
            Err(Failure::Usage(format!("several documents have this title; choose {}", ids.join(", "))))
        }
    }
}

fn report(update: &TextUpdate, updated: bool) -> Report {
    let document = update.document();
    let row = |(id, counts): (&AnnotatorId, &RealignmentCounts)| Row {
        id: id.to_string(),
        exact: counts.exact,
        moved: counts.moved,
        fuzzy: counts.fuzzy,
        lost: counts.lost,
    };
    let texts = Texts::of(document);
    Report {
        document: document.id().to_string(),
        version: document.meta.versions.current.number,
        updated,
        annotators: update.counts().iter().map(row).collect(),
        waiting: update.counts().keys().flat_map(|annotator| passages(update, &texts, annotator)).collect(),
    }
}

fn passages(update: &TextUpdate, texts: &Texts<'_>, annotator: &AnnotatorId) -> Vec<Passage> {
    let now = update.document().meta.versions.current.number;
    let passage = |waiting: PendingPassage| {
        let new = waiting.likeness.as_ref().zip(waiting.new.as_ref());
        Passage {
            annotator: annotator.to_string(),
            category: waiting.category.to_string(),
            fate: if waiting.likeness.is_some() { "fuzzy" } else { "lost" },
            alike: waiting.likeness.as_ref().map(|likeness| likeness.percent),
            version: waiting.version,
            old: texts.place(waiting.version, &waiting.old_ranges, &waiting.old.quote),
            new: new.map(|(likeness, excerpt)| texts.place(now, &likeness.ranges, &excerpt.quote)),
        }
    };
    update.pending_passages(annotator).into_iter().map(passage).collect()
}

/// The versions of a text, each with the bytes at which its lines end.
struct Texts<'a>(BTreeMap<u32, (&'a Text, Vec<usize>)>);

impl<'a> Texts<'a> {
    fn of(document: &'a Document) -> Self {
        let now = document.text.as_deref().map(|text| (document.meta.versions.current.number, text));
        let others = document.other_texts.iter().map(|(number, other)| (*number, other.text.as_ref()));
        let ends = |text: &'a Text| (text, text.as_str().match_indices('\n').map(|(at, _)| at).collect());
        Self(others.chain(now).map(|(number, text)| (number, ends(text))).collect())
    }

    fn place(&self, version: u32, ranges: &Ranges, words: &str) -> Place {
        let known = self.0.get(&version);
        let count = |byte: usize| known.map_or(byte, |(text, _)| text.char_offset(byte));
        Place {
            start: count(ranges.start()),
            end: count(ranges.end()),
            line: known.map_or(1, |(_, ends)| 1 + ends.partition_point(|&end| end < ranges.start())),
            words: words.to_owned(),
        }
    }
}

/// The counts as a table, then the passages in doubt: what they said and where, and what stands there now.
fn print(report: &Report) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let width = report.annotators.iter().map(|row| row.id.chars().count()).max().unwrap_or(0).max(9);
    writeln!(out, "{:width$}  {:>7}  {:>7}  {:>7}  {:>7}", "annotator", "exact", "moved", "fuzzy", "lost")?;
    for Row { id, exact, moved, fuzzy, lost } in &report.annotators {
        writeln!(out, "{id:width$}  {exact:>7}  {moved:>7}  {fuzzy:>7}  {lost:>7}")?;
    }
    for passage in &report.waiting {
        let place =
            |place: &Place| format!("line {}, {}–{}: “{}”", place.line, place.start, place.end, place.words);
        let alike = passage.alike.map_or(String::new(), |alike| format!(" {alike} %"));
        writeln!(out, "\n{}{alike}  {}  {}", passage.fate, passage.annotator, passage.category)?;
        writeln!(out, "  old  {}", place(&passage.old))?;
        if let Some(new) = &passage.new {
            writeln!(out, "  new  {}", place(new))?;
        }
    }
    Ok(())
}

fn tell(update: &TextUpdate, dry_run: bool) {
    let RealignmentCounts { exact, moved, fuzzy, lost } = update.total();
    let document = update.document();
    let number = document.meta.versions.current.number;
    let done = if dry_run { "would become" } else { "is now" };
    say(&format!(
        "the text of {} {done} version {number}: {} in place, {moved} moved, {fuzzy} in doubt, {lost} lost",
        document.id(),
        several(exact, "span"),
    ));
    if fuzzy + lost > 0 && !dry_run {
        say(
            "those in doubt and lost wait for their owners, in the window under Document → Passages in doubt…",
        );
    }
}
