//! Where the files of a project are.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

use demarche_model::{AnnotatorId, DocumentId, LayerId, TextId, Touch, check_file_id};

/// The file that makes a folder a project.
const PROJECT_FILE: &str = "project.ron";

/// Whether a path names a project: the folder of one, or the `project.ron` in it.
pub fn is_project(path: &Path) -> bool {
    Folder::named_by(path).is_project()
}

/// A project's folder, and the paths in it. Only [`Folder::named_by`] and [`Folder::is_project`] look at the disk. Cheap to
/// clone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Folder {
    root: Arc<Path>,
}

impl Folder {
    /// The project in this folder, whether it exists or not.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into().into() }
    }

    /// The project that a path means, whether it exists or not: the folder, or the `project.ron` in it.
    pub fn named_by(path: &Path) -> Self {
        let is_file = path.file_name().is_some_and(|name| name == PROJECT_FILE) && !path.is_dir();
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        Self::new(if is_file { parent.unwrap_or(Path::new(".")) } else { path })
    }

    /// Whether there is a project in the folder.
    pub fn is_project(&self) -> bool {
        self.project_file().is_file()
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `project.ron`: name, codebook, people, list of documents.
    pub fn project_file(&self) -> PathBuf {
        self.root.join(PROJECT_FILE)
    }

    /// `documents/d001.txt`, `documents/d001.v2.txt`: a text.
    pub fn text(&self, text: &TextId) -> PathBuf {
        self.at(&FileKey::Text(text.clone()))
    }

    /// `documents/d001.txt`: the text that a document was imported with.
    pub fn document(&self, document: &DocumentId) -> PathBuf {
        self.text(&TextId::new(document, 1))
    }

    /// `documents/d001.ron`: pages, headings and times of a text.
    pub fn anchors(&self, text: &TextId) -> PathBuf {
        self.at(&FileKey::Anchors(text.clone()))
    }

    /// `documents/d001.docx`: the copy of the file that a text was imported from, with the ending of its name.
    pub fn original(&self, text: &TextId, ending: &SmolStr) -> PathBuf {
        self.at(&FileKey::Original(text.clone(), ending.clone()))
    }

    /// `layers/ana/d001.ron`: one annotator's spans in one document.
    pub fn layer(&self, layer: &LayerId) -> PathBuf {
        self.at(&FileKey::Layer(layer.clone()))
    }

    /// `reviews/ben/d001.ron`: one reviewer's decisions in one document.
    pub fn review(&self, document: &DocumentId, reviewer: &AnnotatorId) -> PathBuf {
        self.at(&FileKey::Review(document.clone(), reviewer.clone()))
    }

    /// `history/ana.log`: what one person has done.
    pub fn history(&self, annotator: &AnnotatorId) -> PathBuf {
        self.root.join("history").join(format!("{annotator}.log"))
    }

    /// `.demarche`: what belongs to this machine alone.
    pub fn local(&self) -> PathBuf {
        self.root.join(".demarche")
    }

    /// Where a file of the project is.
    pub(super) fn at(&self, key: &FileKey) -> PathBuf {
        self.root.join(key.relative())
    }
}

/// A file of a project.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FileKey {
    /// `project.ron`.
    Project,
    /// A text of a document.
    Text(TextId),
    /// Pages, headings and times of a text.
    Anchors(TextId),
    /// The copy of the file that a text was imported from; its ending.
    Original(TextId, SmolStr),
    /// A layer.
    Layer(LayerId),
    /// The decisions in a document of a reviewer.
    Review(DocumentId, AnnotatorId),
}

impl From<&Touch> for FileKey {
    fn from(touch: &Touch) -> Self {
        match touch {
            Touch::Project => Self::Project,
            Touch::Text(id) => Self::Text(id.clone()),
            Touch::Anchors(id) => Self::Anchors(id.clone()),
            Touch::Original(id, ending) => Self::Original(id.clone(), ending.clone()),
            Touch::Layer(id, _) | Touch::Recoded(id, _) | Touch::Realigned(id) => Self::Layer(id.clone()),
            Touch::Review(document, reviewer) => Self::Review(document.clone(), reviewer.clone()),
        }
    }
}

impl FileKey {
    /// The path below the project's folder.
    pub fn relative(&self) -> PathBuf {
        match self {
            Self::Project => PathBuf::from(PROJECT_FILE),
            Self::Text(text) => in_documents(text, "txt"),
            Self::Anchors(text) => in_documents(text, "ron"),
            Self::Original(text, ending) => in_documents(text, ending),
            Self::Layer(id) => below("layers", &id.annotator, &id.document),
            Self::Review(document, reviewer) => below("reviews", reviewer, document),
        }
    }

    /// The file that a path below the project's folder means; `None` for what is no file of a project.
    pub fn from_relative(path: &Path) -> Option<Self> {
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        let stem = |name: &'_ str, ending| {
            name.strip_suffix(ending).filter(|s| check_file_id(s).is_ok()).map(str::to_owned)
        };
        match parts?.as_slice() {
            [PROJECT_FILE] => Some(Self::Project),
            ["documents", name] => Some(Self::Text(text_named(&stem(name, ".txt")?))),
            ["layers", owner, name] if check_file_id(owner).is_ok() => {
                let document = DocumentId::new(stem(name, ".ron")?);
                Some(Self::Layer(LayerId { document, annotator: AnnotatorId::new(owner) }))
            }
            ["reviews", owner, name] if check_file_id(owner).is_ok() => {
                Some(Self::Review(DocumentId::new(stem(name, ".ron")?), AnnotatorId::new(owner)))
            }
            _ => None,
        }
    }

    /// The ids that stand in the path.
    pub(super) fn ids(&self) -> Vec<&str> {
        match self {
            Self::Project => Vec::new(),
            Self::Text(text) | Self::Anchors(text) | Self::Original(text, _) => vec![text.document.as_str()],
            Self::Layer(id) => vec![id.annotator.as_str(), id.document.as_str()],
            Self::Review(document, reviewer) => vec![reviewer.as_str(), document.as_str()],
        }
    }
}

/// The text that a file of this name, without its ending, holds.
pub(super) fn text_named(stem: &str) -> TextId {
    let later = stem.rsplit_once(".v").and_then(|(document, number)| {
        let version = number.parse().ok().filter(|n: &u32| *n > 1 && !number.starts_with('0'))?;
        Some(TextId::new(&DocumentId::new(document), version))
    });
    later.unwrap_or_else(|| TextId::new(&DocumentId::new(stem), 1))
}

/// The first version bears the name of the document alone.
fn in_documents(text: &TextId, ending: &str) -> PathBuf {
    let TextId { document, version } = text;
    let name = match version {
        1 => format!("{document}.{ending}"),
        later => format!("{document}.v{later}.{ending}"),
    };
    Path::new("documents").join(name)
}

fn below(folder: &str, annotator: &AnnotatorId, document: &DocumentId) -> PathBuf {
    Path::new(folder).join(annotator.as_str()).join(format!("{document}.ron"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Folder;

    #[test]
    fn a_project_is_its_folder_or_its_file() {
        for (given, expected) in
            [("a/b", "a/b"), ("a/b/project.ron", "a/b"), ("project.ron", "."), (".", ".")]
        {
            assert_eq!(Folder::named_by(Path::new(given)).root(), Path::new(expected));
        }
    }
}
