//! Plain text in any encoding: the text is the file.

use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::io::export::FormatInfo;
use crate::io::import::text::decode;

/// Plain text.
#[derive(Debug)]
pub(super) struct Plain;

impl DocumentFormat for Plain {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "txt",
            title: "Plain text",
            extension: "txt",
            carries: "the text, in any encoding that can be found out or is named",
            loses: "nothing; line ends become LF",
            imports: true,
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn is_text(&self) -> bool {
        true
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let decoded = decode(source.bytes, source.encoding)?;
        let (text, encoding) = (decoded.text, decoded.encoding.to_owned());
        Ok(vec![ReadDocument { text, encoding, ..ReadDocument::default() }])
    }
}
