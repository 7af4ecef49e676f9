//! Plain text in any encoding.

use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::decode::decode;

/// Plain text.
#[derive(Debug)]
pub(super) struct Plain;

impl DocumentFormat for Plain {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "txt",
            title: "Plain text",
            extension: "txt",
            carries: "the text, in any encoding that is detected or chosen",
            loses: "nothing; line ends become LF",
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
        Ok(vec![ReadDocument { text, encoding, dropped: decoded.damage.losses(), ..ReadDocument::default() }])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotations::mutation::{count, damages};
    use crate::documents::mutation::check;

    const TEXTS: [&[u8]; 4] = [
        "The talks\r\nopened at nine; \u{1f6a2} na\u{ef}ve\tcaf\u{e9}.\n".as_bytes(),
        b"\xFF\xFET\0a\0l\0k\0s\0\n\0",
        b"\xFE\xFF\0T\0a\0l\0k\0s\0\n",
        b"\xCF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB \xED\xE0\xF7\xE0\xEB\xE8\xF1\xFC \xF3\xF2\xF0\xEE\xEC.\r\n",
    ];

    proptest! {
        #![proptest_config(count(100))]
        #[test]
        fn damaged_texts_do_no_harm(damages in damages(), text in 0..TEXTS.len()) {
            check(&Plain, TEXTS[text], &damages)?;
        }
    }
}
