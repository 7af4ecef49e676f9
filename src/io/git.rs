//! The merge settings in the files of a git work tree. They are read without running git, which would obey a
//! configuration that may be someone else's.

use std::path::{Path, PathBuf};

use crate::disk::{DiskError, outside};
use crate::limits;

/// The value of the attribute `merge` that means Demarche, and the name of its section in a configuration.
const DRIVER: &str = "demarche";

/// The git work tree that contains a project.
#[derive(Debug)]
pub struct WorkTree {
    /// The folders from the root of the work tree to the project.
    folders: Vec<PathBuf>,
}

impl WorkTree {
    /// Returns the work tree that contains a project, if there is one.
    pub fn of(project: &Path) -> Option<Self> {
        let project = outside::real_path(project);
        let mut folders: Vec<PathBuf> = project.ancestors().map(Path::to_owned).collect();
        let top = folders.iter().position(|folder| outside::is_taken(&folder.join(".git")))?;
        folders.truncate(top + 1);
        folders.reverse();
        Some(Self { folders })
    }

    /// Returns whether the attributes tell git to merge `project.ron` with Demarche.
    pub fn names_driver(&self) -> bool {
        let Some(root) = self.folders.first() else { return false };
        let last = root.join(".git").join("info").join("attributes");
        let files = self.folders.iter().map(|folder| (folder, folder.join(".gitattributes")));
        let mut names = false;
        for (folder, file) in files.chain([(root, last)]) {
            let text = read(&file).unwrap_or_default();
            let path = self.folders.last().and_then(|project| project.strip_prefix(folder).ok());
            let path = path.unwrap_or(Path::new("")).join("project.ron");
            let path = path.to_string_lossy().replace('\\', "/");
            names = text
                .lines()
                .rev()
                .find_map(|line| merge_value(line, &path))
                .map_or(names, |value| value == DRIVER);
        }
        names
    }

    /// Returns whether the configuration of the work tree has Demarche's merge driver. `None` if it may be in other
    /// files, which are not read.
    pub fn has_driver(&self) -> Option<bool> {
        let config = self.folders.first()?.join(".git").join("config");
        match read(&config) {
            Ok(text) => in_config(&text),
            Err(error) if error.is_missing() => Some(false),
            // `.git` may be a file that names another folder, for example.
            Err(_) => None,
        }
    }
}

fn read(path: &Path) -> Result<String, DiskError> {
    let bytes = outside::read_found(path, limits::GIT)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the value that a line of attributes gives to `merge` for a path; `None` if it gives none.
fn merge_value<'a>(line: &'a str, path: &str) -> Option<&'a str> {
    let mut parts = line.split_ascii_whitespace();
    let pattern = parts.next().filter(|pattern| !pattern.starts_with('#'))?;
    let mut values = parts.filter_map(|part| match part.strip_prefix("merge=") {
        Some(value) => Some(value),
        None => ["merge", "-merge", "!merge"].contains(&part).then_some(""),
    });
    values.next_back().filter(|_| fits(pattern, path))
}

/// Returns whether a pattern of attributes matches a path. A pattern with a slash is for paths, any other for names.
fn fits(pattern: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (pattern, of) = match (pattern.strip_prefix("**/"), pattern.trim_start_matches('/')) {
        (Some(below), _) if !below.contains('/') => (below, name),
        (_, rooted) if pattern.contains('/') => (rooted, path),
        _ => (pattern, name),
    };
    match pattern.split_once('*') {
        Some((start, end)) => of.len() >= pattern.len() - 1 && of.starts_with(start) && of.ends_with(end),
        None => pattern == of,
    }
}

/// Returns whether a configuration has the driver; `None` if it includes other files.
fn in_config(text: &str) -> Option<bool> {
    let (mut is_section, mut includes, mut has) = (false, false, false);
    for line in text.lines().map(str::trim) {
        let mut entry = line;
        if let Some((section, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) {
            let section = section.to_ascii_lowercase().replace(['"', ' ', '\t'], "").replace('.', "");
            is_section = section == format!("merge{DRIVER}");
            includes |= section.starts_with("include");
            entry = rest.trim();
        }
        let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
        has |= is_section && key.trim().eq_ignore_ascii_case("driver") && !value.trim().is_empty();
    }
    (has || !includes).then_some(has)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{WorkTree, in_config};

    #[test]
    fn the_last_line_that_fits_decides() {
        let dir = tempfile::tempdir().unwrap();
        let project = dir.path().join("a/talks");
        fs::create_dir_all(&project).unwrap();
        assert!(WorkTree::of(&project).is_none_or(|tree| !tree.folders.contains(&project)));
        fs::create_dir(dir.path().join(".git")).unwrap();
        let names = |at: &str, text: &str| {
            fs::write(dir.path().join(at), text).unwrap();
            WorkTree::of(&project).unwrap().names_driver()
        };
        assert!(!names(".gitattributes", ""));
        for good in
            ["*.ron merge=demarche", "project.ron -text merge=demarche", "a/talks/*.ron merge=demarche"]
        {
            assert!(names(".gitattributes", good), "{good}");
        }
        for bad in
            ["*.log merge=demarche", "b/*.ron merge=demarche", "#*.ron merge=demarche", "*.ron merge=union"]
        {
            assert!(!names(".gitattributes", bad), "{bad}");
        }
        assert!(names("a/talks/.gitattributes", "*.ron merge=demarche"), "the inner file decides");
        assert!(!names("a/talks/.gitattributes", "*.ron merge=demarche\n*.ron -merge"));
    }

    #[test]
    fn a_driver_is_found_in_its_section_only() {
        assert_eq!(in_config("[core]\n\tbare = false\n"), Some(false));
        assert_eq!(
            in_config("[merge \"demarche\"]\n\tname = D\n\tdriver = demarche merge-driver\n"),
            Some(true)
        );
        assert_eq!(in_config("[Merge \"demarche\"] driver = x\n"), Some(true));
        assert_eq!(in_config("[merge \"other\"]\n\tdriver = x\n"), Some(false));
        assert_eq!(in_config("[merge \"demarche\"]\n\tdriver =\n"), Some(false));
        assert_eq!(in_config("[include]\n\tpath = more\n"), None);
    }
}
