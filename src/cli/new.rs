//! `demarche new`: makes a project and imports files.

use std::path::{Path, PathBuf};

use super::Failure;
use super::codebook::{from_name, tell_problems};
use super::common::say;
use super::import::{Options, bring_in};
use crate::io::Problem;
use crate::io::annotations::files_in;
use crate::io::project::{Folder, append_history, create, forget_incoming, presets};
use crate::model::Codebook;
use crate::session::new_project;

/// What to make.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of the new project
    folder: PathBuf,
    /// A codebook that ships (negotiation, cameo-roots, plover, bales, walton-mckersie), or a file with one: .ron, .csv,
    /// .qdc, or brat's annotation.conf
    #[arg(long, value_name = "PRESET|FILE")]
    codebook: Option<String>,
    /// The project's name; without one, the folder's
    #[arg(long)]
    name: Option<String>,
    /// Files to import
    files: Vec<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// Makes the project. A file that can't be imported stops neither the others nor the project.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.folder);
    let root = folder.root().display().to_string();
    if folder.project_file().symlink_metadata().is_ok() {
        return Err(anyhow::anyhow!("there is a project already; choose another folder: {root}").into());
    }
    let named = folder.root().file_name().map(|name| name.to_string_lossy().into_owned());
    let name = args.name.or(named).unwrap_or_else(|| "Project".to_owned());
    let (codebook, problems) = codebook(args.codebook.as_deref())?;
    let mut project = new_project(&name, codebook);
    let done = bring_in(&mut project, &folder, &files_in(&args.files), &args.options)?;
    create(&folder, &project)?;
    forget_incoming(&folder);
    append_history(&folder, &done.steps)?;
    say(&format!("made the project {} in {root}", project.name()));
    done.tell();
    tell_problems(&problems).and(done.result())
}

fn codebook(named: Option<&str>) -> Result<(Codebook, Vec<Problem>), Failure> {
    let Some(named) = named else {
        return Ok((presets().first().map(|p| p.codebook.clone()).unwrap_or_default(), Vec::new()));
    };
    let (preset, problems) = from_name(named, Path::new(named))?;
    Ok((preset.codebook, problems))
}
