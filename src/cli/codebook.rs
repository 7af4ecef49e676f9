//! `demarche codebook`: exports a codebook in another format, and proposes changes of a project's.

use std::path::{Path, PathBuf};

use super::Failure;
use super::codebook_change;
use super::identity::Identity;
use super::journals::print_waiting_journals;
use super::terminal::{eprint_problem, eprint_status, write_data};
use super::words::{export as words, usage};
use crate::io::codebook::{self, formats};
use crate::io::codebook::{CodebookFormat, Files};
use crate::io::project::{Folder, Preset, open, presets};
use crate::io::{Loss, Problem};

/// Arguments of `demarche codebook`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A project's folder, a codebook file, or the name of a codebook that ships
    #[arg(value_name = "PROJECT|FILE")]
    source: PathBuf,
    /// The format: ron, csv, markdown, qdc or brat; see `demarche formats`
    #[arg(long, required_unless_present_any = ["propose_roles", "second_edition"])]
    format: Option<String>,
    /// The file to write, or the folder for brat; standard output if missing or `-`
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// List the bargaining roles that categories without one might have: id, role and reason
    #[arg(long, conflicts_with_all = ["format", "output"])]
    propose_roles: bool,
    /// List what the second edition of the codebook `negotiation` would change in a project that has the first
    #[arg(long, conflicts_with_all = ["format", "output", "propose_roles"])]
    second_edition: bool,
    /// Make the listed changes
    #[arg(long, conflicts_with_all = ["format", "output"])]
    apply: bool,
    #[command(flatten)]
    identity: Identity,
}

/// Writes the codebook, or lists and makes changes. What the format can't carry is reported on standard error.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    if args.propose_roles {
        return codebook_change::propose_roles(&args.source, &args.identity, args.apply);
    }
    if args.second_edition {
        return codebook_change::adopt_edition(&args.source, &args.identity, args.apply);
    }
    let name = args.format.unwrap_or_default();
    let format = codebook::format(&name).ok_or_else(|| {
        let known = formats().iter().map(|format| format.info().name);
        Failure::Usage(usage::unknown_format(&name, known))
    })?;
    let (book, problems) = find(&args.source)?;
    let written = format.write(&book)?;
    let path = args.output.as_deref().filter(|path| *path != Path::new("-"));
    match (path, &written.files) {
        (Some(path), files) => codebook::write_files(files, path)?,
        (None, Files::One(bytes)) => write_data(&mut bytes.as_slice())?,
        (None, Files::Several(files)) => {
            let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
            return Err(Failure::Usage(usage::codebook_needs_folder(&name, &names)));
        }
    }
    print_losses(format, &written.losses);
    print_problems(&problems)
}

/// Returns the codebook of a project, from a file, or one that ships.
fn find(source: &Path) -> Result<(Preset, Vec<Problem>), Failure> {
    let project = Folder::named_by(source);
    if project.is_project() {
        print_waiting_journals(&project);
        let opened = open(&project)?;
        let name = opened.project.name().to_owned();
        let codebook = (**opened.project.codebook()).clone();
        return Ok((
            Preset { id: "codebook".to_owned(), name, description: String::new(), codebook },
            Vec::new(),
        ));
    }
    find_codebook(source.to_str().unwrap_or_default(), source)
}

/// Returns the codebook that ships under this name, or the one in the file.
pub(super) fn find_codebook(name: &str, path: &Path) -> Result<(Preset, Vec<Problem>), Failure> {
    let all = presets();
    if let Some(preset) = all.iter().find(|preset| preset.id == name) {
        return Ok((preset.clone(), Vec::new()));
    }
    if !path.exists() {
        let known: Vec<&str> = all.iter().map(|preset| preset.id.as_str()).collect();
        return Err(Failure::Usage(usage::unknown_codebook(path, &known)));
    }
    Ok(codebook::read(path)?)
}

/// Prints what could not be read.
pub(super) fn print_problems(problems: &[Problem]) -> Result<(), Failure> {
    problems.iter().for_each(eprint_problem);
    if problems.is_empty() { Ok(()) } else { Err(Failure::Reported) }
}

fn print_losses(format: &dyn CodebookFormat, losses: &[Loss]) {
    if losses.is_empty() {
        return;
    }
    eprint_status(&words::losses(format.info().name));
    losses.iter().for_each(|loss| eprint_status(&words::item(loss)));
}
