//! The hint on how to make git merge a project with Demarche.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::io::git::WorkTree;

/// A file that is not a repository.
const NULL: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// The reason why git merges the files of a project line by line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GitSetup {
    /// No `.gitattributes` names the merge driver.
    NoAttributes,
    /// The merge driver is not configured on this machine.
    NoDriver,
}

/// Returns what is missing for git to merge a project with Demarche; `None` if nothing is, if the project is not in a git work
/// tree, or if git is not installed.
pub(super) fn missing_setup(project: &Path) -> Option<GitSetup> {
    let work_tree = WorkTree::of(project)?;
    let driver = driver_of_this_user()?;
    if !work_tree.names_driver() {
        return Some(GitSetup::NoAttributes);
    }
    let has_driver = !driver.is_empty() || work_tree.has_driver()?;
    (!has_driver).then_some(GitSetup::NoDriver)
}

/// Returns the merge driver in the configuration of the user and the system, as git reports it; `None` if git can't be started.
///
/// Git is kept away from the project's own repository: its configuration may have been written by someone else, and can
/// name commands for git to run.
fn driver_of_this_user() -> Option<String> {
    let mut command = Command::new("git");
    command.args(["config", "--get", "merge.demarche.driver"]).env("GIT_DIR", NULL);
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
