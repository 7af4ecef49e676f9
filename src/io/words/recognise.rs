//! Words for files that Demarche recognises and does not read.

use crate::recognise::Unread;

/// A file that was named for an import, or found in a folder.
pub(crate) fn unread(kind: Unread) -> String {
    let (what, advice) = names(kind);
    let advice = if advice.is_empty() { String::new() } else { format!("; {advice}") };
    format!("this is {what}, which Demarche does not read{advice}")
}

/// A labelled file of no known kind.
pub(crate) fn unknown() -> String {
    "this file is in no known format".to_owned()
}

/// An archive without a file that can be read; `kinds` are those in it that Demarche knows and does not read.
pub(crate) fn nothing_in_archive(kinds: &[Unread]) -> String {
    match kinds {
        [] => "no file in this archive holds labelled passages; unpack it, and import what it contains"
            .to_owned(),
        [kind, ..] => {
            let (what, advice) = names(*kind);
            let advice = if advice.is_empty() { "" } else { &format!("; {advice}") };
            format!(
                "the archive contains {what}, which Demarche does not read, and nothing that it reads{advice}"
            )
        }
    }
}

/// The files in an archive that are not read.
pub(crate) fn left_in_archive(files: &[String], all: usize) -> String {
    let more = if all > files.len() { ", …" } else { "" };
    format!("Not read in the archive: {}{more}", files.join(", "))
}

/// A path in an archive that leads out of it.
pub(crate) fn unsafe_path(path: &str) -> String {
    format!("the archive has a file `{path}`, which is a link or would be outside of it; it was left out")
}

/// A file in an archive that can't be unpacked.
pub(crate) fn not_unpacked(path: &str, why: &dyn std::fmt::Display) -> String {
    format!("`{path}` in the archive can't be unpacked: {why}")
}

/// Returns the name of a kind, and what to do instead.
fn names(kind: Unread) -> (&'static str, &'static str) {
    match kind {
        Unread::Hypothesis => ("a Hypothesis export", ""),
        Unread::LabelStudioTable => {
            ("a Label Studio export as a table", "export the project from Label Studio as JSON instead")
        }
        Unread::LabelStudioConfig => (
            "a labelling configuration of Label Studio",
            "put it next to the exported tasks as config.xml, and import those",
        ),
        Unread::DoccanoLabels => {
            ("the list of labels of a doccano project", "import the dataset that doccano exports instead")
        }
        Unread::Coco => ("a COCO file with regions of pictures", ""),
        Unread::Notebook => ("a Jupyter notebook", ""),
        Unread::BioC => ("a BioC file", "convert it to PubAnnotation or brat first"),
        Unread::InceptionProject => {
            ("the description of an INCEpTION project", "import the whole exported ZIP archive instead")
        }
        Unread::TypeSystem => ("a UIMA type system", "import the XMI file next to it"),
        Unread::OtherCas => {
            ("a UIMA CAS in a form other than XMI and JSON", "export the document as UIMA CAS XMI instead")
        }
        Unread::QdaCodebook => {
            ("a REFI-QDA codebook", "create a project with it: demarche new PROJECT --codebook FILE")
        }
        Unread::WordXml => ("a Word document as XML", "save it as DOCX first"),
        Unread::ExcelXml => ("an Excel workbook as XML", "save it as CSV or XLSX first"),
        Unread::Tei => ("a TEI file", ""),
        Unread::Gate => ("a GATE document", "save it as inline text or UIMA CAS first"),
        Unread::Elan => ("an ELAN transcript", "export it from ELAN as subtitles or text first"),
        Unread::Exmaralda => ("an EXMARaLDA transcript", "export it as text first"),
        Unread::Folia => ("a FoLiA file", "convert it to CoNLL first"),
        Unread::DocBin => {
            ("a DocBin of spaCy", "save its documents as JSON first, with Doc.to_json in Python")
        }
        Unread::Sqlite => ("an SQLite database of no known program", ""),
        Unread::Parquet => ("a Parquet file", "save it as JSON lines first"),
        Unread::Arrow => ("an Arrow file", "save it as JSON lines first"),
        Unread::OtherArchive => ("a compressed file", "unpack it first, and import what is in it"),
        Unread::QdaProject => (
            "a project in the own format of NVivo, MAXQDA or ATLAS.ti",
            "export it from that program as a REFI-QDA project (.qdpx) first",
        ),
        Unread::Packet => ("a packet of Demarche", "open it with File → Open packet… instead"),
        Unread::Json => (
            "JSON of no kind that Demarche knows",
            "choose its format if it has one, or plain text to import it as it is",
        ),
    }
}
