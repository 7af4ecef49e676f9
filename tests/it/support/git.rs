//! Clones of a project in git.

use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::io::project::{Folder, write_git_attributes};

const PROGRAM: &str = env!("CARGO_BIN_EXE_demarche");

/// Runs git. Returns whether it succeeded, and its output; `None` if git is not installed.
pub fn git(within: &Path, args: &[&str]) -> Option<(bool, String)> {
    let out = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(within)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output();
    let out = match out {
        Ok(out) => out,
        Err(_) => {
            println!("skipped: no git on PATH");
            return None;
        }
    };
    let said = [out.stdout, out.stderr].concat();
    Some((out.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

/// Runs git, which has to succeed; `None` if git is not installed.
pub fn done(within: &Path, args: &[&str]) -> Option<()> {
    let (good, said) = git(within, args)?;
    assert!(good, "git {args:?}: {said}");
    Some(())
}

/// Two clones of one project, configured to merge with Demarche.
pub fn clones(dir: &Path, root: &Path) -> Option<[PathBuf; 2]> {
    let clones = plain_clones(dir, root)?;
    for clone in &clones {
        done(clone, &["config", "merge.demarche.name", "Demarche"])?;
        let driver = format!("\"{PROGRAM}\" merge-driver %O %A %B %P");
        done(clone, &["config", "merge.demarche.driver", &driver])?;
    }
    Some(clones)
}

/// Two clones of one project on machines where the merge driver is not configured.
pub fn plain_clones(dir: &Path, root: &Path) -> Option<[PathBuf; 2]> {
    write_git_attributes(&Folder::new(root)).unwrap();
    done(root, &["init", "-q", "-b", "main"])?;
    done(root, &["add", "-A"])?;
    done(root, &["commit", "-q", "-m", "start"])?;
    let clones = ["one", "two"].map(|name| dir.join(name));
    for clone in &clones {
        done(dir, &["clone", "-q", root.to_str()?, clone.to_str()?])?;
    }
    Some(clones)
}

/// Merges the other clone into a clone, as `git pull` does.
pub fn pull(clone: &Path, from: &Path) -> Option<(bool, String)> {
    git(clone, &["pull", "-q", "--no-rebase", "--no-edit", from.to_str()?, "main"])
}
