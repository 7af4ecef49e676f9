//! Problems in the files of a project: what is wrong, and what to do. The path follows each message.

use std::fmt;
use std::path::Path;

use super::counted;
use demarche_analysis::differences::{Contradiction, OtherDecision};
use demarche_model::{
    AnnotatorId, ConflictKind, DocumentId, DocumentSetId, IdFault, Span, SpanId, TextId, TextRange,
};

/// A record in a file of a project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RecordKind {
    Alias,
    Anchor,
    Annotator,
    Attribute,
    Category,
    Return,
    Decision,
    Document,
    DocumentSet,
    IssueBelow,
    Event,
    Link,
    LinkKind,
    Members,
    Memo,
    Name,
    Observer,
    Person,
    Pair,
    Phase,
    Span,
    Step,
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Alias => "alias",
            Self::Anchor => "anchor",
            Self::Annotator => "annotator",
            Self::Attribute => "attribute",
            Self::Category => "category",
            Self::Decision => "decision",
            Self::Return => "return",
            Self::Document => "document",
            Self::DocumentSet => "set",
            Self::IssueBelow => "issue below another",
            Self::Event => "event",
            Self::Pair => "pair",
            Self::Phase => "phase",
            Self::Link => "link",
            Self::LinkKind => "link kind",
            Self::Members => "collective",
            Self::Memo => "memo",
            Self::Name => "name",
            Self::Observer => "observer",
            Self::Person => "person of a party",
            Self::Span => "span",
            Self::Step => "step",
        })
    }
}

/// A file of a project, as messages about reading it name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FileRole {
    File,
    History,
    Original,
    Text,
}

impl fmt::Display for FileRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "the file",
            Self::History => "the history",
            Self::Original => "the copy of the original",
            Self::Text => "the text",
        })
    }
}

// Whole files

pub(crate) fn unreadable_file(file: FileRole, error: &std::io::Error) -> String {
    format!("{file} can't be read ({error}); check its permissions and the disk")
}

pub(crate) fn unreadable_content(why: &str) -> String {
    format!("the file can't be read: {why}; fix the line")
}

pub(crate) fn unreadable_field(field: &str, why: &str) -> String {
    format!("`{field}` can't be read: {why}; fix the line")
}

pub(crate) fn missing_field(field: &str) -> String {
    format!("the field `{field}` is missing; add it")
}

pub(crate) fn missing_list(name: &str) -> String {
    format!("the list `{name}` is missing; repair the project, or add the list, even if it is empty")
}

pub(crate) fn extra_field(field: &str) -> String {
    format!("the field `{field}` is unknown or repeated; remove it")
}

pub(crate) fn not_a_list(field: &str) -> String {
    format!("`{field}` must be a list: [ … ]; fix the line")
}

pub(crate) fn newer_format(format: u32) -> String {
    format!("made by a newer Demarche (format {format}); update this one")
}

pub(crate) fn unknown_format(format: u32, expected: u32) -> String {
    format!("format {format} is unknown; it must be {expected}")
}

/// A file that was just written.
pub(crate) fn not_as_written() -> String {
    "the file was written, but does not read back as it is in memory; keep a copy of it, and report this"
        .to_owned()
}

pub(crate) fn not_utf8() -> String {
    "the file is not UTF-8; save it as UTF-8".to_owned()
}

pub(crate) fn unresolved_conflict() -> String {
    "the file contains an unresolved merge conflict; resolve it, then open the project again".to_owned()
}

pub(crate) fn not_a_copy() -> String {
    "this is not a copy of a file of the project".to_owned()
}

pub(crate) fn document_not_read() -> String {
    "its document can't be read".to_owned()
}

pub(crate) fn not_mergeable() -> String {
    "this is not a layer, a review, a saved view, a calendar or a project; merge it by hand".to_owned()
}

pub(crate) fn stray_name() -> String {
    "the name of the file or its folder can't be an id; rename or remove it".to_owned()
}

pub(crate) fn conflict_copy() -> String {
    "a sync service has put a second version of a file here; open the project and merge it, or move it away"
        .to_owned()
}

pub(crate) fn orphan(document: &DocumentId) -> String {
    format!("there is no document `{document}` in the project; restore it, or move this file away")
}

/// Further problems, added to the message of the first.
pub(crate) fn and_more(others: usize) -> String {
    format!(" (and {others} more: see `demarche check`)")
}

/// A layer or review whose owner is missing from `project.ron`.
pub(crate) fn unlisted(owner: &AnnotatorId) -> String {
    format!(
        "the project does not list `{owner}`; say whose work this is (Review ▸ People, or `demarche people PROJECT \
         reassign {owner} TO`)"
    )
}

// Texts and originals

pub(crate) fn missing_text(id: &TextId) -> String {
    let document = &id.document;
    match id.version {
        1 => format!("the text of `{document}` is missing; restore the file, or remove the document"),
        n => format!("version {n} of the text of `{document}` is missing; restore the file"),
    }
}

pub(crate) fn text_not_utf8() -> String {
    "the text is not UTF-8; restore the file as it was imported".to_owned()
}

/// A text whose checksum is not that of the text that was imported.
pub(crate) fn text_differs() -> String {
    "the text differs from the one that was imported; restore the file".to_owned()
}

/// A text whose length, in characters, is not that of the text that was imported.
pub(crate) fn text_changed(characters: usize, imported: usize) -> String {
    format!("the text has {characters} characters, but had {imported} when it was imported; restore the file")
}

pub(crate) fn original_changed() -> String {
    "the copy of the original is not the file that was imported; restore that file".to_owned()
}

pub(crate) fn original_missing(document: &DocumentId) -> String {
    format!(
        "the copy of the original of `{document}` is missing; restore the file, or remove `kept` from the \
         document's line in project.ron"
    )
}

/// An anchor outside the text, in characters.
pub(crate) fn anchor_outside(at: usize, length: usize) -> String {
    let length = counted(length, "character", "characters");
    format!("the anchor at {at} is outside the text of {length}; remove it")
}

// Records

/// A record that is kept verbatim until its line is fixed.
pub(crate) fn unreadable(record: RecordKind, why: &str) -> String {
    format!("the {record} can't be read: {why}; fix the line or remove it")
}

/// A record without which the project can't be opened.
pub(crate) fn unreadable_until_fixed(record: RecordKind, why: &str) -> String {
    format!("the {record} can't be read: {why}; fix the line, then open the project again")
}

pub(crate) fn duplicate_id(record: RecordKind, id: &str) -> String {
    format!("another {record} above has the id `{id}`; give one of them another id")
}

/// A folder with texts and layers, but without `project.ron`.
pub(crate) fn project_file_lost() -> String {
    "the file is missing; restore it from a backup or from git, or open the project in the window to rebuild it".to_owned()
}

/// A span or link with the id of an earlier one in the file, at this line if it is known.
pub(crate) fn same_id(record: RecordKind, first_line: Option<usize>) -> String {
    let first = first_line.map_or_else(|| "above".to_owned(), |line| format!("on line {line}"));
    format!("the {record} has the same id as the one {first}; give it another id, or remove it")
}

/// A span with the id of one in another file.
pub(crate) fn span_id_taken(first: &Path) -> String {
    format!("the span has the same id as one in {}; give it another id, or remove it", first.display())
}

pub(crate) fn second_decision() -> String {
    "there is another decision on this span above; remove one of them".to_owned()
}

/// A span outside the text, in characters.
pub(crate) fn span_outside(range: TextRange, length: usize) -> String {
    let length = counted(length, "character", "characters");
    format!("the span is at {}..{}, but the text has {length}; fix or remove it", range.start, range.end)
}

/// A set that a document names.
pub(crate) fn unknown_set(document: &DocumentId, set: &DocumentSetId) -> String {
    format!(
        "`{document}` is in the set `{set}`, which `document_sets` lacks; add it there, or take it out here"
    )
}

pub(crate) fn set_without_name(id: &str) -> String {
    format!("the set `{id}` needs an id and a name; give it both")
}

pub(crate) fn unknown_category(category: &str) -> String {
    format!("there is no category `{category}` in the codebook; add it, or change the span's")
}

pub(crate) fn merge_conflict(kind: ConflictKind) -> String {
    let what = match kind {
        ConflictKind::Other => "has another version of the span with this id",
        ConflictKind::Removed => "has removed the span with this id, which was changed here",
    };
    format!("the other copy of a merge {what}; decide in Demarche, or keep one of the two lines")
}

/// Offsets that refer to a version of the text without a file.
pub(crate) fn missing_version(version: u32, document: &DocumentId) -> String {
    format!(
        "its offsets refer to version {version} of the text, which is missing; restore documents/{document}{}.txt",
        if version == 1 { String::new() } else { format!(".v{version}") }
    )
}

pub(crate) fn link_without_start(span: SpanId) -> String {
    format!("the link starts at the span {span}, which is not in this file; remove the link")
}

pub(crate) fn link_without_end(document: &DocumentId, span: SpanId, target: &DocumentId) -> String {
    format!(
        "the link goes from `{document}` to the span {span} of `{target}`, which does not exist; remove the link"
    )
}

// Faults of a record, as the reason after "can't be read"

pub(crate) fn empty_range(start: usize, end: usize) -> String {
    format!("its range ({start}, {end}) does not end after its start")
}

pub(crate) fn no_range() -> String {
    "it has no range".to_owned()
}

pub(crate) fn heading_level(level: u8) -> String {
    format!("its level {level} is not from 1 to 6")
}

pub(crate) fn anchor_kind() -> String {
    "it needs one of `page`, `heading` and `time`".to_owned()
}

pub(crate) fn empty_id() -> String {
    "its id is empty".to_owned()
}

pub(crate) fn bad_file_id(id: &str, fault: IdFault) -> String {
    format!("its id “{id}” {fault}, so it can't be a file name")
}

pub(crate) fn bad_hotkey(key: &str) -> String {
    format!("its hotkey “{key}” must be one character")
}

pub(crate) fn bad_colour(colour: &str) -> String {
    format!("its colour “{colour}” must be like #D55E00")
}

pub(crate) fn bad_date(date: &str) -> String {
    format!("“{date}” is not a date such as 2026-03-14")
}

pub(crate) fn bad_time(time: &str) -> String {
    format!("`{time}` is not a time such as 2026-03-14T09:14:00Z")
}

pub(crate) fn bad_uuid(text: &str) -> String {
    format!("`{text}` is not a UUID")
}

pub(crate) fn bad_extension(kept: &str) -> String {
    format!("`kept` is “{kept}”, which is not a file extension")
}

pub(crate) fn bad_checksum(sum: &str) -> String {
    format!("`text_sha256` is “{sum}”, which is not a SHA-256: 64 lower-case hexadecimal digits")
}

pub(crate) fn version_order() -> String {
    "the versions of its text do not count up from 1".to_owned()
}

pub(crate) fn incomplete_update() -> String {
    "`updated` and `updated_by` must be given together".to_owned()
}

/// A project's name that is too long to be shown, with its length in characters.
pub(crate) fn long_name(length: usize, longest: usize) -> String {
    format!(
        "the project's name has {length} characters and is shown shortened; give it one of at most {longest}"
    )
}

// The holder of a lock

pub(crate) fn someone() -> String {
    "someone".to_owned()
}

pub(crate) fn some_program() -> String {
    "another program".to_owned()
}

pub(crate) fn this_machine() -> String {
    "this machine".to_owned()
}

/// Two decisions of adjudicators that contradict each other: `lena` decided on `rejection`, `rita` on `demand`.
pub(crate) fn contradiction<'a>(found: &Contradiction, span: impl Fn(SpanId) -> Option<&'a Span>) -> String {
    let decision = |id: SpanId| match span(id) {
        Some(Span { category, provenance: Some(provenance), .. }) => {
            format!("`{}` decided on `{category}`", provenance.by)
        }
        _ => "someone decided".to_owned(),
    };
    match found.with {
        OtherDecision::Adopted(other) => format!("{}, {}", decision(found.span), decision(other)),
        OtherDecision::LeftOut => {
            format!("{}, but the reading is also left out of the consensus", decision(found.span))
        }
    }
}
