//! `demarche update`: updates the text of a document, and locates its spans in the new text.

use std::collections::BTreeMap;
use std::path::PathBuf;

use encoding_rs::Encoding;
use serde::Serialize;

use super::Failure;
use super::clock::now;
use super::common::{Bar, EditableProject};
use super::documents::named_document;
use super::identity::Identity;
use super::import::encoding;
use super::terminal::{Lines, eprint_status, print_json};
use super::words::{steps, update as words};
use crate::analysis::align::RealignmentCounts;
use crate::io::documents::Reader;
use crate::model::{AnnotatorId, Document, Edit, Ranges, Text, Touch};
use crate::session::{IncomingText, PendingPassage, TextUpdate, compare_texts, read_new_text};

/// Arguments of `demarche update`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// The document, by its id or title
    document: String,
    /// The file with the new text, in any document format
    file: PathBuf,
    /// Show what would happen to the spans, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    identity: Identity,
    /// The encoding of a text, such as windows-1252 or euc-kr [default: detected]
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
    /// Spans that their annotators have to decide on.
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

/// A span in doubt. Offsets count Unicode scalar values; the end is exclusive.
#[derive(Serialize)]
struct Passage {
    annotator: String,
    category: String,
    fate: &'static str,
    /// The similarity of old and new text in percent.
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
    /// The line, from 1.
    line: usize,
    words: String,
}

/// Compares the texts, reports, and replaces the text. Spans that are found exactly or moved get their new positions; the others
/// stay in doubt for their annotators, as in the window.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let mut editable = EditableProject::open(&args.project, &args.identity, args.dry_run)?;
    let document = named_document(&editable.loaded.project, &args.document)?.clone();
    let label = args.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let reader = Reader::of_this_program().with_encoding(label);
    let incoming = read_new_text(&args.file, &reader, &())?;
    let update = compare(&document, incoming, &editable.who)?;
    let Some(update) = update else {
        eprint_status(&words::unchanged(document.id()));
        return Ok(());
    };
    let report = report(&update, !args.dry_run);
    if args.json {
        print_json(&report)?
    } else {
        print(&report)?
    }
    print_counts(&update, args.dry_run);
    if !args.dry_run {
        let applied = editable.loaded.project.apply(Edit::ReplaceText { to: update.document().clone() })?;
        let mine =
            |touch: &&Touch| !matches!(touch, Touch::Realigned(layer) if layer.annotator != editable.who);
        let touched: Vec<Touch> = applied.touched.iter().filter(mine).cloned().collect();
        let step = steps::update_text(&document.meta.title);
        editable.save_step(step, &touched, &applied.inverse)?;
    }
    Ok(())
}

/// Compares the texts, with a progress bar.
fn compare(
    document: &Document,
    incoming: IncomingText,
    who: &AnnotatorId,
) -> anyhow::Result<Option<TextUpdate>> {
    let spans: usize = document.layers.values().map(|layer| layer.len()).sum();
    let bar = Bar::new(words::progress(), spans, true);
    Ok(compare_texts(document, incoming, who, now(), &bar)?)
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
    let versions = Versions::of(document);
    Report {
        document: document.id().to_string(),
        version: document.meta.versions.current.number,
        updated,
        annotators: update.counts().iter().map(row).collect(),
        waiting: update
            .counts()
            .keys()
            .flat_map(|annotator| spans_in_doubt(update, &versions, annotator))
            .collect(),
    }
}

fn spans_in_doubt(update: &TextUpdate, versions: &Versions<'_>, annotator: &AnnotatorId) -> Vec<Passage> {
    let now = update.document().meta.versions.current.number;
    let passage = |waiting: PendingPassage| {
        let new = waiting.likeness.as_ref().zip(waiting.new.as_ref());
        Passage {
            annotator: annotator.to_string(),
            category: waiting.category.to_string(),
            fate: if waiting.likeness.is_some() { "fuzzy" } else { "lost" },
            alike: waiting.likeness.as_ref().map(|likeness| likeness.percent),
            version: waiting.version,
            old: versions.place(waiting.version, &waiting.old_ranges, &waiting.old.quote),
            new: new.map(|(likeness, excerpt)| versions.place(now, &likeness.ranges, &excerpt.quote)),
        }
    };
    update.pending_passages(annotator).into_iter().map(passage).collect()
}

/// The versions of a text, each with the byte offsets of its line ends.
struct Versions<'a>(BTreeMap<u32, (&'a Text, Vec<usize>)>);

impl<'a> Versions<'a> {
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

/// Prints the counts as a table, then the spans in doubt with their old and new text and position.
fn print(report: &Report) -> Result<(), Failure> {
    let mut out = Lines::stdout();
    let width = report.annotators.iter().map(|row| row.id.chars().count()).max().unwrap_or(0).max(9);
    let [annotator, exact, moved, fuzzy, lost] = ["annotator", "exact", "moved", "fuzzy", "lost"];
    out.line(format_args!("{annotator:width$}  {exact:>7}  {moved:>7}  {fuzzy:>7}  {lost:>7}"))?;
    for Row { id, exact, moved, fuzzy, lost } in &report.annotators {
        out.line(format_args!("{id:width$}  {exact:>7}  {moved:>7}  {fuzzy:>7}  {lost:>7}"))?;
    }
    for passage in &report.waiting {
        let place =
            |place: &Place| format!("line {}, {}–{}: “{}”", place.line, place.start, place.end, place.words);
        let alike = passage.alike.map_or(String::new(), |alike| format!(" {alike} %"));
        out.blank()?;
        out.line(format_args!("{}{alike}  {}  {}", passage.fate, passage.annotator, passage.category))?;
        out.line(format_args!("  old  {}", place(&passage.old)))?;
        if let Some(new) = &passage.new {
            out.line(format_args!("  new  {}", place(new)))?;
        }
    }
    Ok(())
}

fn print_counts(update: &TextUpdate, dry_run: bool) {
    let (document, counts) = (update.document(), update.total());
    let version = document.meta.versions.current.number;
    eprint_status(&words::updated(document.id(), version, counts, dry_run));
    if counts.fuzzy + counts.lost > 0 && !dry_run {
        eprint_status(&words::review_hint());
    }
}
