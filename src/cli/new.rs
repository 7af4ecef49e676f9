//! `demarche new`: makes a project and imports files.

use std::path::{Path, PathBuf};

use super::Failure;
use super::common::{folder, say};
use super::import::{Options, bring_in};
use crate::io::project::{create, presets, read_codebook};
use crate::model::Codebook;
use crate::session::fresh_project;

/// What to make.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of the new project
    folder: PathBuf,
    /// A codebook that ships (negotiation, cameo-roots), or a file with one
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
    let folder = folder(&args.folder);
    let root = folder.root().display().to_string();
    if folder.project_file().symlink_metadata().is_ok() {
        return Err(anyhow::anyhow!("there is a project already; choose another folder: {root}").into());
    }
    let named = folder.root().file_name().map(|name| name.to_string_lossy().into_owned());
    let name = args.name.or(named).unwrap_or_else(|| "Project".to_owned());
    let mut project = fresh_project(&name, codebook(args.codebook.as_deref())?);
    let done = bring_in(&mut project, &args.files, &args.options)?;
    create(&folder, &project)?;
    say(&format!("made the project {} in {root}", project.name()));
    done.tell();
    done.result()
}

fn codebook(named: Option<&str>) -> Result<Codebook, Failure> {
    let all = presets();
    let Some(named) = named else { return Ok(all.first().map(|p| p.codebook.clone()).unwrap_or_default()) };
    if let Some(preset) = all.iter().find(|preset| preset.id == named) {
        return Ok(preset.codebook.clone());
    }
    if !Path::new(named).exists() {
        let known: Vec<&str> = all.iter().map(|preset| preset.id.as_str()).collect();
        let known = known.join(", ");
        return Err(Failure::Usage(format!(
            "`{named}` is no codebook file, and none of those that ship: {known}"
        )));
    }
    Ok(read_codebook(Path::new(named))?.codebook)
}
