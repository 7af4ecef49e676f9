//! The owner that a layer or a review states: its document, its annotator, and the key of the person who writes it. Analysis
//! notes state the key alone.
//!
//! The key distinguishes two people with the same id, each added in their own copy of the project. Without it, a
//! program that combines the copies file by file, as git does, would merge their files.

use std::borrow::Cow;
use std::path::Path;

use uuid::Uuid;

use super::compose::File;
use super::format::Format;
use super::source::Source;
use crate::words::{owners, project as words};
use crate::{Problem, ProblemKind};
use demarche_model::{AnnotatorId, DocumentId, LayerId, PersonKey};

/// The owner that a file states.
pub(super) struct StatedOwner {
    /// Its document and annotator.
    pub id: LayerId,
    /// The key of the person who writes it, if they have one.
    pub key: Option<PersonKey>,
}

/// Writes the owner of a file.
pub(super) fn write_owner(
    file: &mut File,
    document: &DocumentId,
    annotator: &AnnotatorId,
    key: Option<PersonKey>,
) {
    file.text("document", document.as_str());
    file.text("annotator", annotator.writer().as_str());
    if let Some(key) = key {
        file.text("key", &key.to_string());
    }
}

/// Reads the owner that a file states.
pub(super) fn stated_owner(text: &str, file: &Path) -> Result<StatedOwner, Problem> {
    take_owner(&mut Source::of_any_kind(text, file)?)
}

/// Takes the owner out of a file and checks that it is the owner that its path names and, if both keys are known, the
/// same person.
pub(super) fn check_owner(
    source: &mut Source<'_>,
    document: &DocumentId,
    annotator: &AnnotatorId,
    key: Option<PersonKey>,
) -> Result<(), Problem> {
    let stated = take_owner(source)?;
    if (&stated.id.document, &stated.id.annotator) != (document, &annotator.writer()) {
        let message = owners::other_owner(&stated.id, (annotator, document));
        return Err(source.problem(1, message));
    }
    match stated.key {
        Some(stated) if key.is_some_and(|key| key != stated) => {
            let message = owners::other_person(&annotator.writer());
            Err(Problem { kind: ProblemKind::OtherPerson, ..source.problem(1, message) })
        }
        _ => Ok(()),
    }
}

/// A new file of analysis notes, with the key of the person who writes it, if they have one.
pub(super) fn notes_file(key: Option<PersonKey>) -> File {
    let mut file = File::new(if key.is_some() { Format::WITH_KEY } else { Format::FIRST });
    if let Some(key) = key {
        file.text("key", &key.to_string());
    }
    file
}

/// Takes the key out of a file of analysis notes and checks that it is that of `writer`, if both are known.
pub(super) fn check_writer(
    source: &mut Source<'_>,
    (writer, key): (&AnnotatorId, Option<PersonKey>),
) -> Result<(), Problem> {
    let stated = take_key(source)?;
    if stated.zip(key).is_some_and(|(stated, key)| stated != key) {
        let problem = source.problem(1, owners::other_person(&writer.writer()));
        return Err(Problem { kind: ProblemKind::OtherPerson, ..problem });
    }
    Ok(())
}

/// The key that a file of analysis notes states.
pub(super) fn stated_key(text: &str, file: &Path) -> Result<Option<PersonKey>, Problem> {
    take_key(&mut Source::of_any_kind(text, file)?)
}

fn take_key(source: &mut Source<'_>) -> Result<Option<PersonKey>, Problem> {
    let key: Option<Cow<'_, str>> = source.optional("key")?;
    let key = key.map(|key| Uuid::try_parse(&key).map_err(|_| source.problem(1, words::bad_uuid(&key))));
    Ok(key.transpose()?.map(PersonKey))
}

fn take_owner(source: &mut Source<'_>) -> Result<StatedOwner, Problem> {
    let document: Cow<'_, str> = source.required("document")?;
    let annotator: Cow<'_, str> = source.required("annotator")?;
    let key = take_key(source)?;
    let id = LayerId { document: DocumentId::new(document), annotator: AnnotatorId::new(annotator) };
    Ok(StatedOwner { id, key })
}
