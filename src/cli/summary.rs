//! `demarche summary`: spans by category, document and annotator.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Failure;
use super::common::{open_whole, print_json, several};
use crate::analysis::context::shorten;
use crate::analysis::summary::{Count, ProjectSummary};
use crate::io::project::{Folder, format_time};
use crate::model::{CategoryId, Project};

/// Cells of the longest bar.
const BAR: usize = 24;

/// Longest title in a table, in characters.
const TITLE: usize = 40;

/// What to count.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project's folder
    project: PathBuf,
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
}

#[derive(Serialize)]
struct DocumentRow {
    id: String,
    title: String,
    spans: usize,
    tagged_characters: usize,
    characters: usize,
    /// False where the text could not be read, so that nothing was counted.
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

/// Writes the figures.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.project);
    let whole = open_whole(&folder)?;
    let figures = Figures::of(&whole.project);
    if args.json {
        print_json(&figures)?;
    } else {
        figures.print(&mut std::io::stdout().lock())?;
    }
    if whole.tell(&folder) { Err(Failure::Told) } else { Ok(()) }
}

/// Writes the figures of a project for people, for where no window can be shown.
///
/// # Errors
/// The project can't be opened, or `out` fails.
pub fn print(project: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let folder = Folder::named_by(project);
    let whole = open_whole(&folder)?;
    Figures::of(&whole.project).print(out)?;
    whole.tell(&folder);
    Ok(())
}

impl Figures {
    fn of(project: &Project) -> Self {
        let summary = ProjectSummary::new(project, None);
        let totals = summary.totals();
        let document = |document: &std::sync::Arc<crate::model::Document>| {
            let counted = summary.document(document.id());
            DocumentRow {
                id: document.id().to_string(),
                title: document.meta.title.clone(),
                spans: counted.map_or(0, |c| c.spans()),
                tagged_characters: counted.map_or(0, |c| c.tagged_characters()),
                characters: counted.map_or(document.meta.characters, |c| c.characters()),
                read: counted.is_some(),
            }
        };
        let codebook = project.codebook();
        let row = |id: &CategoryId| {
            let Count { spans, characters } = totals.categories.get(id).copied().unwrap_or_default();
            CategoryRow { id: id.to_string(), name: codebook.name_of(id).to_owned(), spans, characters }
        };
        let unlisted = totals.categories.keys().filter(|id| codebook.category(id).is_none());
        let spans_of = |id| totals.annotators.get(id).copied().unwrap_or(0);
        let listed = project.annotators().iter();
        let listed = listed.map(|a| AnnotatorRow {
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
            categories: codebook.categories.iter().map(|c| &c.id).chain(unlisted).map(row).collect(),
            annotators: listed.chain(others).collect(),
            activity: totals.activity.iter().map(day).collect(),
        }
    }

    fn print(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "{}", self.name)?;
        let share = share(self.tagged_characters, self.characters);
        let (spans, documents) = (several(self.spans, "span"), several(self.documents.len(), "document"));
        writeln!(out, "{spans} in {documents}; {share} of {} characters tagged", self.characters)?;
        let rows = self.categories.iter().map(|c| {
            let more = if c.characters > 0 { several(c.characters, "character") } else { String::new() };
            (c.name.clone(), c.spans, more)
        });
        table(out, "Categories", rows.collect())?;
        let rows = self.documents.iter().map(|d| {
            let facts = if d.read {
                self::share(d.tagged_characters, d.characters) + " tagged"
            } else {
                "not read".into()
            };
            (format!("{} {}", d.id, shorten(&d.title, TITLE)), d.spans, facts)
        });
        table(out, "Documents", rows.collect())?;
        let rows = self.annotators.iter().map(|a| (a.name.clone(), a.spans, String::new()));
        table(out, "Annotators", rows.collect())
    }
}

/// Rows of a name, a number with its bar, and more.
fn table(out: &mut dyn Write, title: &str, rows: Vec<(String, usize, String)>) -> std::io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    let most = rows.iter().map(|row| row.1).max().unwrap_or(0).max(1);
    let widest = rows.iter().map(|row| row.0.width()).max().unwrap_or(0);
    let digits = most.to_string().len();
    for (name, spans, more) in rows {
        let gap = " ".repeat(widest - name.width());
        let bar = "█".repeat((spans * BAR).div_ceil(most));
        let room = " ".repeat(BAR - bar.chars().count());
        let line = format!("  {name}{gap}  {spans:>digits$}  {bar}{room}  {more}");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn share(part: usize, all: usize) -> String {
    format!("{:.1} %", if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 })
}
