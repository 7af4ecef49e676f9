//! Whether git merges a project with Demarche.

use std::path::Path;
use std::process::{Command, Stdio};

/// The reason why git merges the files of a project line by line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GitSetup {
    /// No `.gitattributes` names the merge driver.
    NoAttributes,
    /// The merge driver is not configured on this machine.
    NoDriver,
}

/// Returns what is missing for git to merge a project with Demarche; `None` if nothing is, or if the project is not in a
/// git work tree.
pub(super) fn missing_setup(project: &Path) -> Option<GitSetup> {
    let root = project.canonicalize().ok()?;
    root.ancestors().find(|folder| folder.join(".git").exists())?;
    let attribute = git(&root, &["check-attr", "merge", "--", "project.ron"])?;
    if !attribute.trim_end().ends_with(": demarche") {
        return Some(GitSetup::NoAttributes);
    }
    let driver = git(&root, &["config", "--get", "merge.demarche.driver"])?;
    driver.trim().is_empty().then_some(GitSetup::NoDriver)
}

/// Returns what git prints, whatever its exit code; `None` if it can't be started.
fn git(folder: &Path, args: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok()?;
    String::from_utf8(output.stdout).ok()
}
