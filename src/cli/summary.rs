//! `demarche summary`: counts spans by category, document and annotator.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Failure;
use super::analysed::{Analysed, Selection};
use super::common::load_project;
use super::export::annotators;
use super::report::{UnreadRow, unread};
use super::terminal::{Lines, print_json};
use super::words::{plural, summary as words};
use crate::analysis::context::shorten;
use crate::analysis::summary::{Count, ProjectSummary};
use crate::io::export::analysis::Analysis;
use crate::io::project::{Folder, format_time};
use crate::model::{CategoryId, Project, Visibility, visible};
use crate::session::AnalyseQuestion;

/// Width of the longest bar in cells.
const BAR_CELLS: usize = 24;

/// The greatest length of a title in a table.
const TITLE_CHARACTERS: usize = 40;

/// Arguments of `demarche summary`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
    /// Count only the spans of this annotator, or of `consensus`; can be repeated [default: everyone, without the consensus]
    #[arg(long)]
    annotator: Vec<String>,
    #[command(flatten)]
    selection: Selection,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Figures {
    name: String,
    spans: usize,
    tagged_characters: usize,
    characters: usize,
    documents: Vec<DocumentRow>,
    categories: Vec<CategoryRow>,
    annotators: Vec<AnnotatorRow>,
    activity: Vec<DayRow>,
    /// Who wants and gives what.
    #[serde(skip_serializing_if = "Option::is_none")]
    analysis: Option<Analysis>,
    /// What could not be read and is not counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<UnreadRow>,
}

#[derive(Serialize)]
struct DocumentRow {
    id: String,
    title: String,
    spans: usize,
    tagged_characters: usize,
    characters: usize,
    /// The names of the sets that it is in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sets: Vec<String>,
    /// Whether the text was read and counted.
    read: bool,
}

#[derive(Serialize)]
struct CategoryRow {
    id: String,
    name: String,
    spans: usize,
    characters: usize,
}

#[derive(Serialize)]
struct AnnotatorRow {
    id: String,
    name: String,
    spans: usize,
}

#[derive(Serialize)]
struct DayRow {
    day: String,
    spans: usize,
}

/// Writes the figures of a project.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let loaded = load_project(&folder)?;
    let counted = counted(&loaded.project, &args)?;
    if args.json || !args.selection.is_empty() {
        let analysed = Analysed::new(&loaded.project, &args.selection, &AnalyseQuestion::default())?;
        // A filter chooses from the final reading, which is the consensus where there is one.
        let restricted = (!args.selection.is_empty()).then(|| analysed.restricted());
        let figures = match (&restricted, args.annotator.as_slice()) {
            (Some(restricted), []) => Figures::of(restricted, &Visibility::default()),
            (Some(restricted), _) => Figures::of(restricted, &counted),
            (None, _) => Figures::of(&loaded.project, &counted),
        };
        if args.json {
            print_json(&Figures { analysis: Some(analysed.figures()), unread: unread(&loaded), ..figures })?;
        } else {
            figures.print(&mut Lines::stdout())?;
        }
    } else {
        Figures::of(&loaded.project, &counted).print(&mut Lines::stdout())?;
    }
    if loaded.print_problems(&folder) { Err(Failure::Reported) } else { Ok(()) }
}

/// Writes the figures of a project for people.
///
/// # Errors
/// The project can't be opened, or `out` fails.
pub(super) fn print(project: &Path, out: &mut Lines<impl Write>) -> anyhow::Result<()> {
    let folder = Folder::named_by(project);
    let loaded = load_project(&folder)?;
    Figures::of(&loaded.project, &people()).print(out)?;
    loaded.print_problems(&folder);
    Ok(())
}

/// The layers that are counted.
fn counted(project: &Project, args: &Args) -> Result<Visibility, Failure> {
    Ok(annotators(&project.with_one_consensus(), &args.annotator)?
        .map_or_else(people, |only| Some(only).into()))
}

/// Everyone's layers, without the consensus.
fn people() -> Visibility {
    Visibility { people_only: true, ..Visibility::default() }
}

impl Figures {
    fn of(project: &Project, visibility: &Visibility) -> Self {
        let summary = ProjectSummary::new(project, visibility.clone());
        let totals = summary.totals();
        let document = |document: &std::sync::Arc<crate::model::Document>| {
            let counted = summary.document(document.id());
            DocumentRow {
                id: document.id().to_string(),
                title: document.meta.title.clone(),
                spans: counted.map_or(0, |c| c.spans()),
                tagged_characters: counted.map_or(0, |c| c.tagged_characters()),
                characters: counted.map_or(document.meta.characters, |c| c.characters()),
                sets: document
                    .meta
                    .sets
                    .iter()
                    .filter_map(|set| project.document_sets().get(set).cloned())
                    .collect(),
                read: counted.is_some(),
            }
        };
        let codebook = project.codebook();
        let row = |(id, name): (&CategoryId, &str)| {
            let Count { spans, characters } = totals.categories.get(id).copied().unwrap_or_default();
            CategoryRow { id: id.to_string(), name: name.to_owned(), spans, characters }
        };
        let listed = codebook.categories.iter().map(|category| (&category.id, category.name.as_str()));
        let known: HashSet<&CategoryId> = codebook.categories.iter().map(|category| &category.id).collect();
        let unlisted =
            totals.categories.keys().filter(|id| !known.contains(id)).map(|id| (id, codebook.name_of(id)));
        let spans_of = |id| totals.annotators.get(id).copied().unwrap_or(0);
        let people = project.annotators().iter();
        let people = people.map(|a| AnnotatorRow {
            id: a.id.to_string(),
            name: a.name.clone(),
            spans: spans_of(&a.id),
        });
        let others = totals.annotators.iter().filter(|(id, _)| project.annotator(id).is_none());
        let others =
            others.map(|(id, &spans)| AnnotatorRow { id: id.to_string(), name: id.to_string(), spans });
        let day = |(day, &spans): (&crate::analysis::summary::Day, &usize)| {
            let day = format_time(day.start()).chars().take_while(|c| *c != 'T').collect();
            DayRow { day, spans }
        };
        Self {
            name: project.name().to_owned(),
            spans: totals.spans,
            tagged_characters: totals.tagged_characters,
            characters: totals.characters,
            documents: project.documents().iter().map(document).collect(),
            categories: listed.chain(unlisted).map(row).collect(),
            annotators: people.chain(others).collect(),
            activity: totals.activity.iter().map(day).collect(),
            analysis: None,
            unread: Vec::new(),
        }
    }

    fn print(&self, out: &mut Lines<impl Write>) -> std::io::Result<()> {
        out.line(&self.name)?;
        let share = share(self.tagged_characters, self.characters);
        out.line(words::totals(self.spans, self.documents.len(), &share, self.characters))?;
        let rows = self.categories.iter().map(|c| {
            let facts = if c.characters > 0 { plural(c.characters, "character") } else { String::new() };
            (c.name.clone(), c.spans, facts)
        });
        table(out, words::categories(), rows.collect())?;
        let rows = self.documents.iter().map(|d| {
            let share = self::share(d.tagged_characters, d.characters);
            let facts = if d.read { words::tagged(&share) } else { words::unread() };
            (format!("{} {}", d.id, shorten(&d.title, TITLE_CHARACTERS)), d.spans, facts)
        });
        table(out, words::documents(), rows.collect())?;
        let rows = self.annotators.iter().map(|a| (a.name.clone(), a.spans, String::new()));
        table(out, words::annotators(), rows.collect())
    }
}

/// Writes rows of a name, a number with its bar, and facts.
fn table(
    out: &mut Lines<impl Write>,
    title: &str,
    rows: Vec<(String, usize, String)>,
) -> std::io::Result<()> {
    // Escaped before the columns are measured.
    let rows: Vec<_> =
        rows.into_iter().map(|(name, spans, facts)| (visible(&name).into_owned(), spans, facts)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    out.blank()?;
    out.line(title)?;
    let most = rows.iter().map(|row| row.1).max().unwrap_or(0).max(1);
    let widest = rows.iter().map(|row| row.0.width()).max().unwrap_or(0);
    let digits = most.to_string().len();
    for (name, spans, facts) in rows {
        let gap = " ".repeat(widest - name.width());
        let bar = "█".repeat((spans * BAR_CELLS).div_ceil(most));
        let padding = " ".repeat(BAR_CELLS - bar.chars().count());
        let line = format!("  {name}{gap}  {spans:>digits$}  {bar}{padding}  {facts}");
        out.line(line.trim_end())?;
    }
    Ok(())
}

fn share(part: usize, all: usize) -> String {
    format!("{:.1} %", if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 })
}
