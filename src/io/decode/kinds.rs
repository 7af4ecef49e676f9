//! Binary files, by their first bytes.

/// Recognises a binary file by its first bytes, and returns what it is and what to do.
pub(super) fn known_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "save it as text first";
    const NONE: &str = "there is no text to read in it";
    let kinds: [(&[u8], &str, &str); 12] = [
        (b"%PDF-", "a PDF", SAVE),
        (b"PK\x03\x04", "a ZIP archive or an office document (DOCX, ODT, EPUB …)", SAVE),
        (b"\xD0\xCF\x11\xE0", "an old Word, Excel or PowerPoint file", SAVE),
        (br"{\rtf", "an RTF document", SAVE),
        (b"\x89PNG", "a PNG picture", NONE),
        (b"\xFF\xD8\xFF", "a JPEG picture", NONE),
        (b"GIF8", "a GIF picture", NONE),
        (b"II*\0", "a TIFF picture", NONE),
        (b"MM\0*", "a TIFF picture", NONE),
        (b"\x1F\x8B", "a gzip archive", "unpack it first"),
        (b"\x7FELF", "a program", NONE),
        (b"SQLite format 3\0", "an SQLite database", NONE),
    ];
    kinds.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|(_, kind, advice)| (*kind, *advice))
}
