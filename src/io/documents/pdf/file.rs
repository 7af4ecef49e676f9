//! Facts of a PDF outside of its pages: title, author, date, and the objects that other modules read.

use hayro_interpret::hayro_syntax::metadata::Metadata;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, MaybeRef, Object, ObjectIdentifier, String as PdfString,
};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::text::decoded;
use crate::documents::ReadError;
use demarche_model::Date;

/// Number of bytes in which a PDF must have its signature.
pub(super) const FRONT: usize = 1024;

/// Returns the position of the signature in the first bytes of a file; programs have written other bytes before it.
pub(super) fn signature(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(&bytes[..bytes.len().min(FRONT)], b"%PDF-")
}

/// Opens a file.
pub(super) fn open(bytes: &[u8]) -> Result<Pdf, ReadError> {
    let at = signature(bytes).ok_or_else(|| ReadError::Damaged("it does not begin with %PDF".to_owned()))?;
    // Positions in the file count from the signature, or from the first byte.
    let opened = Pdf::new(bytes[at..].to_vec()).or_else(|error| match error {
        LoadPdfError::Invalid if at > 0 => Pdf::new(bytes.to_vec()),
        other => Err(other),
    });
    opened.map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Protected,
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            ReadError::Damaged("its encryption is not known".to_owned())
        }
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption) => {
            ReadError::Damaged("its encryption is not valid".to_owned())
        }
        LoadPdfError::Invalid => ReadError::Damaged("it has no pages that can be found".to_owned()),
    })
}

/// Returns the root of the objects of a file.
pub(super) fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// Returns a text string of a dictionary.
pub(super) fn text_of(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<PdfString<'_>>(key).map(|text| decoded(text.as_bytes()))
}

/// Returns the object to which an entry refers, for entries that name a page.
pub(super) fn target(entry: MaybeRef<Object<'_>>) -> Option<ObjectIdentifier> {
    match entry {
        MaybeRef::Ref(found) => Some(found.into()),
        MaybeRef::NotRef(_) => None,
    }
}

/// Returns the first entry of an array, unresolved.
pub(super) fn first<'a>(array: &Array<'a>) -> Option<MaybeRef<Object<'a>>> {
    array.raw_iter().next()
}

/// Returns the title, if it is meant as one: many programs write the name of their file.
pub(super) fn title(metadata: &Metadata) -> Option<String> {
    metadata.title.as_deref().map(decoded).filter(|title| is_title(title))
}

/// Returns the author, if it is meant as one.
pub(super) fn author(metadata: &Metadata) -> Option<String> {
    metadata.author.as_deref().map(decoded).filter(|author| is_author(author))
}

/// Returns the date of creation, or of the last change.
pub(super) fn date(metadata: &Metadata) -> Option<Date> {
    let time = metadata.creation_date.or(metadata.modification_date)?;
    Date::parse(&format!("{:04}-{:02}-{:02}", time.year, time.month, time.day))
}

pub(super) fn is_title(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    let endings =
        [".doc", ".docx", ".rtf", ".odt", ".indd", ".pdf", ".qxd", ".qxp", ".tex", ".dvi", ".txt", ".html"];
    let fronts = ["microsoft word - ", "untitled", "powerpoint presentation", "(anonymous)"];
    !endings.iter().any(|ending| title.ends_with(ending))
        && !fronts.iter().any(|front| title.starts_with(front))
}

/// Returns whether an author is meant as one: some programs write a word for an unknown author.
pub(super) fn is_author(author: &str) -> bool {
    !matches!(author.trim().to_lowercase().trim_matches(['(', ')']), "anonymous" | "unknown" | "unspecified")
}
