//! `demarche codebook`: a codebook in another format.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Failure;
use super::common::say;
use crate::io::codebook::{self, formats};
use crate::io::codebook::{CodebookFormat, Files};
use crate::io::project::{Folder, Preset, open, presets};
use crate::io::{Loss, Problem};

/// What to write.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A project's folder, a file with a codebook, or the name of one that ships
    #[arg(value_name = "PROJECT|FILE")]
    source: PathBuf,
    /// ron, csv, markdown, qdc or brat; `demarche formats` tells more
    #[arg(long)]
    format: String,
    /// The file to write, for brat the folder; `-` and nothing mean standard output
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// Writes the codebook. What the format can't carry is told on standard error.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let format = codebook::format(&args.format).ok_or_else(|| {
        let known: Vec<&str> = formats().iter().map(|format| format.info().name).collect();
        Failure::Usage(format!("there is no format `{}`; there are {}", args.format, known.join(", ")))
    })?;
    let (book, problems) = find(&args.source)?;
    let written = format.write(&book)?;
    let path = args.output.as_deref().filter(|path| *path != Path::new("-"));
    match (path, &written.files) {
        (Some(path), files) => codebook::write_files(files, path)?,
        (None, Files::One(bytes)) => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes)?;
            out.flush()?;
        }
        (None, Files::Several(files)) => {
            let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
            let names = names.join(" and ");
            let what = format!("{} is several files ({names}); name a folder with --output", args.format);
            return Err(Failure::Usage(what));
        }
    }
    tell(format, &written.losses);
    tell_problems(&problems)
}

/// The codebook of a project, of a file, or one that ships.
fn find(source: &Path) -> Result<(Preset, Vec<Problem>), Failure> {
    let project = Folder::named_by(source);
    if project.is_project() {
        let opened = open(&project)?;
        let name = opened.project.name().to_owned();
        let codebook = (**opened.project.codebook()).clone();
        return Ok((
            Preset { id: "codebook".to_owned(), name, description: String::new(), codebook },
            Vec::new(),
        ));
    }
    let named = source.to_str().unwrap_or_default();
    from_name(named, source)
}

/// A codebook that ships, by its name, else one from a file.
pub(super) fn from_name(named: &str, path: &Path) -> Result<(Preset, Vec<Problem>), Failure> {
    let all = presets();
    if let Some(preset) = all.iter().find(|preset| preset.id == named) {
        return Ok((preset.clone(), Vec::new()));
    }
    if !path.exists() {
        let known: Vec<&str> = all.iter().map(|preset| preset.id.as_str()).collect();
        let known = known.join(", ");
        return Err(Failure::Usage(format!(
            "`{}` is no codebook file, and none of those that ship: {known}",
            path.display()
        )));
    }
    Ok(codebook::read(path)?)
}

/// Says what could not be read.
pub(super) fn tell_problems(problems: &[Problem]) -> Result<(), Failure> {
    problems.iter().for_each(|problem| say(&format!("demarche: {problem}")));
    if problems.is_empty() { Ok(()) } else { Err(Failure::Told) }
}

fn tell(format: &dyn CodebookFormat, losses: &[Loss]) {
    if losses.is_empty() {
        return;
    }
    say(&format!("{} could not carry everything as it is:", format.info().name));
    losses.iter().for_each(|loss| say(&format!("  {loss}")));
}
