//! Names of formats that are not read, and what to do with their files.

use crate::documents::OtherFormat;

impl OtherFormat {
    /// Returns the name of the format with an article.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// Returns what the user can do to import such a file.
    pub fn advice(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Xml => (
                "an XML file",
                "open it in the program that created it, and save it as DOCX, HTML or plain text",
            ),
            Self::WordXml => {
                ("a Word document in XML", "open it in Word or LibreOffice, and save it as DOCX")
            }
            Self::ExcelXml => {
                ("an Excel table in XML", "open it in Excel or LibreOffice, and save it as CSV in UTF-8")
            }
            Self::Email => ("an e-mail", "open it in your mail program, and save it as HTML or plain text"),
            Self::OutlookMessage => {
                ("an e-mail of Outlook", "open it in Outlook, and save it as HTML or plain text")
            }
            Self::Mailbox => {
                ("a mailbox", "open it in your mail program, and save its e-mails as HTML or plain text")
            }
            Self::WebArchive => ("a web archive", "open it in a browser or in Word, and save it as HTML"),
            Self::Presentation => {
                ("a presentation", "open it in PowerPoint, Keynote or LibreOffice, and export it as PDF")
            }
            Self::Spreadsheet => (
                "a spreadsheet",
                "save the sheet as CSV in UTF-8, and name the column with the texts “text” in its first row",
            ),
            Self::Pages => ("a Pages document", "open it in Pages, and export it as Word (DOCX)"),
            Self::OldDocument => {
                ("a document of WordPerfect, Works or Write", "open it in LibreOffice, and save it as DOCX")
            }
            Self::Kindle => ("a Kindle book", "convert it to EPUB first, for example with Calibre"),
            Self::DjVu => ("a DjVu file", "convert it to PDF with text recognition (OCR) first"),
        }
    }
}
