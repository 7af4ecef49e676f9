//! The program on the command line.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program; gives its exit code, standard output and standard error.
pub fn demarche(args: &[&str], within: &Path) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(args)
        .current_dir(within)
        .env("USER", "Tess Ter")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let Output { status, stdout, stderr } = out;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

/// The id of the document at this place in a project's list.
pub fn document_id(project: &Path, at: usize) -> String {
    let opened =
        demarche::io::project::open(&demarche::io::project::Folder::new(project)).expect("a project");
    opened.project.documents()[at].id().to_string()
}
