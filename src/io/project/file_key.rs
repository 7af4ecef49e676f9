//! The files of a project, and their paths relative to its folder.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;
use uuid::Uuid;

use demarche_model::{AnnotatorId, DocumentId, LayerId, NotesPart, TextId, Touch, ViewId, check_file_id};

/// The file that makes a folder a project.
pub(super) const PROJECT_FILE: &str = "project.ron";

/// The folder with the files of this machine, relative to the project's.
pub(crate) const LOCAL: &str = ".demarche";

/// The end of the name of the file with what an adjudicator left out, after the id of the document.
const LEFT_OUT: &str = ".left-out.ron";

/// The names of a person's calendar and dismissed pairs, among their saved views.
const CALENDAR: &str = "calendar.ron";
const DISMISSED: &str = "dismissed.ron";

/// The folders with one folder per person.
pub(super) const FOLDERS_OF_PEOPLE: [&str; 4] = ["layers", "consensus", "reviews", "views"];

/// The folder with one file of memos per person.
pub(super) const MEMOS: &str = "memos";

/// A file of a project.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FileKey {
    /// `project.ron`.
    Project,
    /// A text of a document.
    Text(TextId),
    /// Pages, headings and times of a text.
    Anchors(TextId),
    /// The copy of the file that a text was imported from, with its extension.
    Original(TextId, SmolStr),
    /// A layer.
    Layer(LayerId),
    /// The decisions of a reviewer in a document.
    Review(DocumentId, AnnotatorId),
    /// A part of a person's analysis notes.
    AnalysisNotes(AnnotatorId, NotesPart),
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
            Touch::AnalysisNotes(owner, part) => Self::AnalysisNotes(owner.clone(), *part),
        }
    }
}

impl FileKey {
    /// Returns whether one person writes the file, so that it is never overwritten once another program has changed it.
    pub(super) fn is_guarded(&self) -> bool {
        match self {
            Self::Layer(_) | Self::Review(..) | Self::AnalysisNotes(..) => true,
            Self::Project | Self::Text(_) | Self::Anchors(_) | Self::Original(..) => false,
        }
    }

    /// Returns the path relative to the project's folder.
    pub fn relative(&self) -> PathBuf {
        match self {
            Self::Project => PathBuf::from(PROJECT_FILE),
            Self::Text(text) => in_documents(text, "txt"),
            Self::Anchors(text) => in_documents(text, "ron"),
            Self::Original(text, ending) => in_documents(text, ending),
            Self::Layer(id) => match id.annotator.adjudicator() {
                Some(adjudicator) => in_consensus(&adjudicator, &format!("{}.ron", id.document)),
                None => below("layers", &id.annotator, &id.document),
            },
            Self::Review(document, reviewer) => match reviewer.adjudicator() {
                Some(adjudicator) => in_consensus(&adjudicator, &format!("{document}{LEFT_OUT}")),
                None => below("reviews", reviewer, document),
            },
            Self::AnalysisNotes(owner, part) => {
                let name = match part {
                    NotesPart::View(id) => format!("{id}.ron"),
                    NotesPart::Calendar => CALENDAR.to_owned(),
                    NotesPart::Dismissed => DISMISSED.to_owned(),
                    NotesPart::Memos => return Path::new(MEMOS).join(format!("{owner}.ron")),
                };
                Path::new("views").join(owner.as_str()).join(name)
            }
        }
    }

    /// Returns the file that a path relative to the project's folder names. `None` if it is not a file of a project, and
    /// for the files that accompany a text, since their names alone don't tell them apart.
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
            ["consensus", adjudicator, name] if check_file_id(adjudicator).is_ok() => {
                let annotator = AnnotatorId::consensus_of(&AnnotatorId::new(adjudicator));
                if let Some(document) = stem(name, LEFT_OUT) {
                    return Some(Self::Review(DocumentId::new(document), annotator));
                }
                Some(Self::Layer(LayerId { document: DocumentId::new(stem(name, ".ron")?), annotator }))
            }
            ["reviews", owner, name] if check_file_id(owner).is_ok() => {
                Some(Self::Review(DocumentId::new(stem(name, ".ron")?), AnnotatorId::new(owner)))
            }
            ["views", owner, name] if check_file_id(owner).is_ok() => {
                Some(Self::AnalysisNotes(AnnotatorId::new(owner), notes_part(name)?))
            }
            [MEMOS, name] => {
                Some(Self::AnalysisNotes(AnnotatorId::new(stem(name, ".ron")?), NotesPart::Memos))
            }
            _ => None,
        }
    }

    /// Returns the document that the file belongs to; `None` for `project.ron` and analysis notes.
    pub fn document(&self) -> Option<&DocumentId> {
        match self {
            Self::Project | Self::AnalysisNotes(..) => None,
            Self::Text(text) | Self::Anchors(text) | Self::Original(text, _) => Some(&text.document),
            Self::Layer(layer) => Some(&layer.document),
            Self::Review(document, _) => Some(document),
        }
    }

    /// Returns the ids in the path.
    pub(super) fn ids(&self) -> Vec<String> {
        match self {
            Self::Project => Vec::new(),
            Self::Text(text) | Self::Anchors(text) | Self::Original(text, _) => {
                vec![text.document.to_string()]
            }
            Self::Layer(id) => vec![id.annotator.writer().to_string(), id.document.to_string()],
            Self::Review(document, reviewer) => vec![reviewer.writer().to_string(), document.to_string()],
            Self::AnalysisNotes(owner, _) => vec![owner.to_string()],
        }
    }
}

/// Returns the part of a person's analysis notes that a file name stands for.
fn notes_part(name: &str) -> Option<NotesPart> {
    match name {
        CALENDAR => Some(NotesPart::Calendar),
        DISMISSED => Some(NotesPart::Dismissed),
        view => {
            let stem = view.strip_suffix(".ron")?;
            // Only in the form in which it is written, so that two files are never one view.
            let id = Uuid::try_parse(stem).ok().filter(|id| id.to_string() == stem)?;
            Some(NotesPart::View(ViewId(id)))
        }
    }
}

/// Returns the text that belongs to a file name without its extension.
pub(super) fn text_named(stem: &str) -> TextId {
    let later = stem.rsplit_once(".v").and_then(|(document, number)| {
        let version = number.parse().ok().filter(|n: &u32| *n > 1 && !number.starts_with('0'))?;
        Some(TextId::new(&DocumentId::new(document), version))
    });
    later.unwrap_or_else(|| TextId::new(&DocumentId::new(stem), 1))
}

/// Returns the path of a file that belongs to a text. The first version has no number in its name.
fn in_documents(text: &TextId, ending: &str) -> PathBuf {
    let TextId { document, version } = text;
    let name = match version {
        1 => format!("{document}.{ending}"),
        later => format!("{document}.v{later}.{ending}"),
    };
    Path::new("documents").join(name)
}

/// Returns the path of an annotator's audit log, relative to the project's folder.
pub(super) fn history_file(annotator: &AnnotatorId) -> PathBuf {
    Path::new("history").join(format!("{annotator}.log"))
}

/// Returns the path of a file that an adjudicator writes.
fn in_consensus(adjudicator: &AnnotatorId, name: &str) -> PathBuf {
    Path::new("consensus").join(adjudicator.as_str()).join(name)
}

fn below(folder: &str, annotator: &AnnotatorId, document: &DocumentId) -> PathBuf {
    Path::new(folder).join(annotator.as_str()).join(format!("{document}.ron"))
}
