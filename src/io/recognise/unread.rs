//! Kinds of files that hold labelled spans, or belong to programs for them, and that Demarche does not read.

use super::root::Root;
use crate::annotations::Head;

/// A known kind of file that Demarche does not read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unread {
    /// Annotations of web pages, as JSON or CSV.
    Hypothesis,
    /// Label Studio's CSV or TSV, which has the regions as JSON in its cells.
    LabelStudioTable,
    /// The labelling configuration of Label Studio.
    LabelStudioConfig,
    /// The labels of a doccano project.
    DoccanoLabels,
    /// Regions of pictures.
    Coco,
    /// A notebook of Jupyter.
    Notebook,
    /// BioC, as XML or JSON.
    BioC,
    /// The description of an INCEpTION project.
    InceptionProject,
    /// The type system of a CAS.
    TypeSystem,
    /// A CAS in a form other than XMI and JSON.
    OtherCas,
    /// A codebook in REFI-QDA.
    QdaCodebook,
    /// A document of Word 2003 or a flat one of a later version, as XML.
    WordXml,
    /// A workbook of Excel 2003, as XML.
    ExcelXml,
    /// TEI.
    Tei,
    /// GATE's XML.
    Gate,
    /// ELAN's transcripts.
    Elan,
    /// EXMARaLDA's transcripts.
    Exmaralda,
    /// FoLiA.
    Folia,
    /// spaCy's binary documents.
    DocBin,
    /// An SQLite database.
    Sqlite,
    /// Parquet.
    Parquet,
    /// Arrow and Feather.
    Arrow,
    /// An archive other than ZIP.
    OtherArchive,
    /// A project of NVivo, MAXQDA or ATLAS.ti in their own format.
    QdaProject,
    /// A packet of Demarche.
    Packet,
    /// JSON of no known kind.
    Json,
}

impl Unread {
    /// Returns the kind of a file with this ending and these first bytes, in UTF-8 if they are text.
    pub(super) fn of(ending: &str, head: &[u8]) -> Option<Self> {
        binary(ending, head).or_else(|| xml(head)).or_else(|| json(head)).or_else(|| table(head))
    }

    /// Returns the kind of a ZIP archive with these paths.
    pub(super) fn of_archive(paths: &[String]) -> Option<Self> {
        paths.iter().any(|path| path == "project.ron").then_some(Self::Packet)
    }

    /// Returns [`Unread::Json`] for JSON, which is not the text of a document. Words in brackets are not JSON.
    pub(super) fn json(ending: &str, head: &[u8]) -> Option<Self> {
        let bytes = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
        let is_named = ["json", "geojson", "jsonld"].contains(&ending);
        let is_json = Head::new(head).has_keys() || is_named && bytes.starts_with(b"[");
        is_json.then_some(Self::Json)
    }

    /// Returns whether the importer of a file next to it reads it.
    pub fn is_companion(self) -> bool {
        matches!(self, Self::LabelStudioConfig | Self::TypeSystem)
    }
}

fn binary(ending: &str, head: &[u8]) -> Option<Unread> {
    // The endings of the programs' own files say more than the databases and archives that they are.
    if [
        "nvp", "nvpx", "nvcx", "mx18", "mx20", "mx22", "mx24", "mex24", "mx5", "mqda", "atlproj", "atlcb",
        "hpr7",
    ]
    .contains(&ending)
        && !head.is_ascii()
    {
        return Some(Unread::QdaProject);
    }
    // The header of a zlib stream is a multiple of 31.
    let is_zlib = matches!(head, [0x78, flags, ..] if (0x7800 + u16::from(*flags)).is_multiple_of(31));
    if is_zlib && (ending == "spacy" || !head.is_ascii() && std::str::from_utf8(head).is_err()) {
        return Some(if ending == "spacy" { Unread::DocBin } else { Unread::OtherArchive });
    }
    let magic: [(&[u8], Unread); 9] = [
        (b"SQLite format 3\0", Unread::Sqlite),
        (b"PAR1", Unread::Parquet),
        (b"ARROW1", Unread::Arrow),
        (b"FEA1", Unread::Arrow),
        (b"\x1F\x8B\x08", Unread::OtherArchive),
        (b"7z\xBC\xAF\x27\x1C", Unread::OtherArchive),
        (b"Rar!\x1A\x07", Unread::OtherArchive),
        (b"\xAC\xED\x00\x05", Unread::OtherCas),
        (b"UIMA\0", Unread::OtherCas),
    ];
    magic.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, unread)| *unread)
}

fn xml(head: &[u8]) -> Option<Unread> {
    let Root { name, start } = Root::of(head)?;
    let has = |part: &str| start.contains(part);
    match name.as_str() {
        "wordDocument" => Some(Unread::WordXml),
        "package" if has("schemas.microsoft.com/office/2006/xmlPackage") => Some(Unread::WordXml),
        "Workbook" if has("urn:schemas-microsoft-com:office:spreadsheet") => Some(Unread::ExcelXml),
        "TEI" | "TEI.2" | "teiCorpus" => Some(Unread::Tei),
        "GateDocument" => Some(Unread::Gate),
        "ANNOTATION_DOCUMENT" => Some(Unread::Elan),
        "basic-transcription" => Some(Unread::Exmaralda),
        "FoLiA" => Some(Unread::Folia),
        "collection" if has("BioC") => Some(Unread::BioC),
        "View" => Some(Unread::LabelStudioConfig),
        "typeSystemDescription" => Some(Unread::TypeSystem),
        "CodeBook" if has("urn:QDA-XML") => Some(Unread::QdaCodebook),
        "CAS" => Some(Unread::OtherCas),
        _ => None,
    }
}

fn json(head: &[u8]) -> Option<Unread> {
    let head = Head::new(head);
    let has_all = |keys: &[&str]| keys.iter().all(|key| head.has(key));
    if has_all(&["rows", "total"])
        || has_all(&["export_userid", "annotations"])
        || has_all(&["uri", "user", "target"])
    {
        Some(Unread::Hypothesis)
    } else if head.has("background_color") && head.has_any(&["text", "suffix_key", "prefix_key"]) {
        Some(Unread::DoccanoLabels)
    } else if has_all(&["images", "annotations"]) || has_all(&["images", "categories"]) {
        Some(Unread::Coco)
    } else if has_all(&["cells", "nbformat"]) || head.starts("cells", b'[') && head.has("metadata") {
        Some(Unread::Notebook)
    } else if head.starts("documents", b'[') && has_all(&["source", "date"]) || head.starts("passages", b'[')
    {
        Some(Unread::BioC)
    } else if head.has("source_documents") && head.has("project_permissions") {
        Some(Unread::InceptionProject)
    } else {
        None
    }
}

/// Number of bytes of the first line that are looked at.
const LINE: usize = 4 * 1024;

fn table(head: &[u8]) -> Option<Unread> {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    let first = head[..head.len().min(LINE)].split(|&byte| byte == b'\n').next()?;
    let first = String::from_utf8_lossy(first);
    let names: Vec<&str> = first.split([',', ';', '\t']).map(|name| name.trim().trim_matches('"')).collect();
    let has_all = |all: &[&str]| all.iter().all(|name| names.contains(name));
    if names.contains(&"annotation_id") && (names.contains(&"annotator") || names.contains(&"lead_time")) {
        Some(Unread::LabelStudioTable)
    } else if has_all(&["Page URL", "Quote", "Comment"]) {
        Some(Unread::Hypothesis)
    } else {
        None
    }
}
