//! Formats that are recognised and not read, so that they are refused by name instead of being read as plain text.

use std::path::Path;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

/// Number of bytes at the start of a file in which its kind is searched for.
const HEAD: usize = 4096;

/// A format that Demarche does not read as documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OtherFormat {
    /// XML of any other kind.
    Xml,
    /// XML that Word has written, in the formats of 2003 and 2007.
    WordXml,
    /// XML that Excel has written.
    ExcelXml,
    /// An e-mail.
    Email,
    /// An e-mail of Outlook.
    OutlookMessage,
    /// E-mails in one file.
    Mailbox,
    /// A web page with its pictures in one file.
    WebArchive,
    /// Slides.
    Presentation,
    /// A spreadsheet.
    Spreadsheet,
    /// A document of Pages.
    Pages,
    /// A document of WordPerfect, Works or Write.
    OldDocument,
    /// A book for Kindle.
    Kindle,
    /// Pages as pictures.
    DjVu,
}

impl OtherFormat {
    /// Recognises a file by its ending, and by its first bytes where the ending is not one of a text.
    pub(crate) fn of(path: &Path, head: &[u8]) -> Option<Self> {
        let ending =
            path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let by_ending = match ending.as_str() {
            "xml" => Self::Xml,
            "eml" | "emlx" => Self::Email,
            "msg" => Self::OutlookMessage,
            "mbox" => Self::Mailbox,
            "mht" | "mhtml" | "webarchive" => Self::WebArchive,
            "pptx" | "pptm" | "ppsx" | "ppt" | "pps" | "odp" | "key" => Self::Presentation,
            "xlsx" | "xlsm" | "xls" | "ods" | "numbers" => Self::Spreadsheet,
            "pages" => Self::Pages,
            "wpd" | "wps" | "wri" => Self::OldDocument,
            "mobi" | "azw" | "azw3" | "kfx" => Self::Kindle,
            "djvu" | "djv" => Self::DjVu,
            "txt" | "text" | "md" | "markdown" | "csv" | "tsv" | "tab" | "srt" | "vtt" | "html" | "htm"
            | "xhtml" | "fodt" => {
                return None;
            }
            _ => return Self::by_content(head),
        };
        Some(if by_ending == Self::Xml { Self::by_content(head).unwrap_or(by_ending) } else { by_ending })
    }

    fn by_content(head: &[u8]) -> Option<Self> {
        let head = &head[..head.len().min(HEAD)];
        let encoding = [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
            encoding_rs::Encoding::for_bom(head).is_some_and(|(found, _)| found == *encoding)
        });
        let text = encoding.unwrap_or(UTF_8).decode(head).0;
        let text = text.trim_start();
        let has = |words: &str| text.contains(words);
        if text.starts_with("<?xml") || has("<w:wordDocument") {
            return Some(match () {
                () if has("office/word/2003/wordml")
                    || has("xmlPackage")
                    || has("progid=\"Word.Document\"") =>
                {
                    Self::WordXml
                }
                () if has("office:spreadsheet") || has("progid=\"Excel.Sheet\"") => Self::ExcelXml,
                () => Self::Xml,
            });
        }
        let is_header = |line: &str| {
            line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
        };
        let is_message = text.lines().next().is_some_and(is_header) && has("\nMIME-Version:")
            || text.starts_with("MIME-Version:");
        match is_message {
            true if has("multipart/related") => Some(Self::WebArchive),
            true => Some(Self::Email),
            false => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_formats_are_recognised_by_ending_or_content() {
        use OtherFormat as O;
        let of = |name: &str, head: &str| OtherFormat::of(Path::new(name), head.as_bytes());
        for (name, head, expected) in [
            ("a.xml", "<doc>\u{FEFF}The text</doc>", Some(O::Xml)),
            (
                "a.XML",
                "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument>",
                Some(O::WordXml),
            ),
            (
                "a.doc",
                "<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">",
                Some(O::WordXml),
            ),
            (
                "a.xml",
                "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                Some(O::ExcelXml),
            ),
            ("a", "\u{FEFF}<?xml version=\"1.0\"?><tei/>", Some(O::Xml)),
            ("a.eml", "From: a@example.org\n\nWords", Some(O::Email)),
            (
                "a.doc",
                "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n",
                Some(O::WebArchive),
            ),
            ("message", "From: a@example.org\nMIME-Version: 1.0\n\nWords", Some(O::Email)),
            ("a.mht", "", Some(O::WebArchive)),
            ("a.pptx", "PK\u{3}\u{4}", Some(O::Presentation)),
            ("a.txt", "<?xml version=\"1.0\"?><a/>", None),
            ("notes", "The port: closed.\nWe wait.", None),
            ("notes", "", None),
        ] {
            assert_eq!(of(name, head), expected, "{name}");
        }
    }
}
