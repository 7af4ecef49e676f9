//! `demarche new`: creates a project and imports files.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::Failure;
use super::codebook::{find_codebook, print_problems};
use super::identity::remember;
use super::import::{Options, import_files};
use super::terminal::eprint_status;
use super::words::project as words;
use crate::io::Problem;
use crate::io::project::{
    FileKey, Folder, append_history, create, forget_incoming, presets, write_git_attributes,
};
use crate::model::{Codebook, PersonKey};
use crate::session::new_project;

/// Arguments of `demarche new`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of the new project
    folder: PathBuf,
    /// A codebook that ships (negotiation, cameo-roots, plover, bales, walton-mckersie), or a codebook file: .ron, .csv,
    /// .qdc, or brat's annotation.conf
    #[arg(long, value_name = "PRESET|FILE")]
    codebook: Option<String>,
    /// The project's name [default: the folder's]
    #[arg(long)]
    name: Option<String>,
    /// Files to import
    files: Vec<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// Creates the project. A file that can't be imported stops neither the others nor the project.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let folder = Folder::named_by(&args.folder);
    if folder.has(&FileKey::Project.relative()) {
        return Err(anyhow::anyhow!("{}", words::exists_already(folder.root())).into());
    }
    let named = folder.root().file_name().map(|name| name.to_string_lossy().into_owned());
    let name = args.name.or(named).unwrap_or_else(|| "Project".to_owned());
    let (codebook, problems) = codebook(args.codebook.as_deref())?;
    let creator = args.options.identity.creator_name()?;
    let mut project = new_project(&name, codebook, creator.as_deref(), PersonKey(Uuid::now_v7()));
    let actor = args.options.identity.creator(&folder, &project)?;
    let files = args.options.files(&args.files);
    if args.options.keep_originals {
        // They are stored before the project exists.
        folder.create_root()?;
    }
    let import = import_files(&mut project, &folder, &files, &args.options, &actor)?;
    create(&folder, &project)?;
    write_git_attributes(&folder)?;
    remember(&folder, &project);
    forget_incoming(&folder);
    append_history(&folder, import.entry.as_slice())?;
    eprint_status(&words::created(project.name(), folder.root()));
    import.print(&args.options)?;
    print_problems(&problems).and(import.result())
}

/// Returns the codebook of this name or in this file, or the first that ships.
fn codebook(name: Option<&str>) -> Result<(Codebook, Vec<Problem>), Failure> {
    let Some(name) = name else {
        return Ok((presets().first().map(|p| p.codebook.clone()).unwrap_or_default(), Vec::new()));
    };
    let (preset, problems) = find_codebook(name, Path::new(name))?;
    Ok((preset.codebook, problems))
}
