//! `round.ron`: who froze a round, when, and which files it has.

use std::borrow::Cow;
use std::path::Path;

use serde::Deserialize;
use uuid::Uuid;

use super::super::compose::{File, Record};
use super::super::files::unreadable;
use super::super::folder::{FileKey, Folder};
use super::super::format::{FileKind, Format};
use super::super::format_time;
use super::super::limits;
use super::super::raw::{Fault, Raw};
use super::super::round_id::{HEAD, RoundId};
use super::super::source::{Source, normal};
use super::super::time::parse_time;
use super::{Round, RoundFile};
use crate::Problem;
use crate::disk::steps;
use crate::words::project::FileRole;
use crate::words::rounds as words;
use demarche_model::{AnnotatorId, PersonKey};

#[derive(Deserialize)]
#[serde(rename = "file", deny_unknown_fields)]
struct WireFile<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
}

/// Reads what a round says about itself.
pub(super) fn read_head(folder: &Folder, id: &RoundId) -> Result<Round, Problem> {
    let path = id.relative().join(HEAD);
    let bytes = steps::read(folder.disk(), &path, limits::ROUND)
        .map_err(|error| unreadable(&path, FileRole::File, error))?;
    read(&normal(bytes, &path)?, &path, id)
}

/// Reads the text of the file.
fn read(text: &str, file: &Path, id: &RoundId) -> Result<Round, Problem> {
    let mut source = Source::new(text, file, FileKind::Round)?;
    let by = AnnotatorId::new(source.required::<String>("by")?);
    if by != id.by {
        return Err(source.problem(1, words::of_someone_else(&by)));
    }
    let key: Option<String> = source.optional("key")?;
    let key = key.and_then(|key| Uuid::try_parse(&key).ok()).map(PersonKey);
    let at_line = source.line_of("at");
    let at: String = source.required("at")?;
    let at = parse_time(&at).ok_or_else(|| source.problem(at_line, words::no_time(&at)))?;
    let note = source.optional("note")?.unwrap_or_default();
    let mut files = Vec::new();
    for (_, file) in source.list("files", read_file)? {
        files.push(file.map_err(|fault| source.problem(fault.line, fault.why))?);
    }
    source.finish()?;
    Ok(Round { id: id.clone(), by, key, at, note, files })
}

fn read_file(raw: Raw<'_>) -> Result<RoundFile, Fault> {
    let wire: WireFile<'_> = raw.parse()?;
    match FileKey::from_relative(Path::new(&*wire.path)) {
        Some(key @ (FileKey::Project | FileKey::Layer(_))) => {
            Ok(RoundFile { key, sha256: wire.sha256.into_owned() })
        }
        _ => Err(raw.fault(words::not_of_a_round(&wire.path))),
    }
}

/// Returns the text of the file.
pub(super) fn compose(round: &Round) -> String {
    let mut file = File::new(Format::FIRST);
    file.text("by", round.by.as_str());
    if let Some(key) = round.key {
        file.text("key", &key.to_string());
    }
    file.text("at", &format_time(round.at));
    if !round.note.is_empty() {
        file.text("note", &round.note);
    }
    file.list("files", &round.files, |out, file| {
        let path = file.key.relative();
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        Record::new(out).text("path", &parts.join("/")).text("sha256", &file.sha256).end();
    });
    file.finish()
}
