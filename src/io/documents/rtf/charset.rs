//! Code pages and character sets of RTF as encodings, and characters with a control word.

use encoding_rs::{self as encodings, Encoding};

/// Returns the encoding of a Windows code page; `None` if it is unknown.
pub(super) fn of_code_page(page: i32) -> Option<&'static Encoding> {
    let encoding = match page {
        874 => encodings::WINDOWS_874,
        932 => encodings::SHIFT_JIS,
        936 => encodings::GBK,
        949 => encodings::EUC_KR,
        950 => encodings::BIG5,
        866 => encodings::IBM866,
        1250 => encodings::WINDOWS_1250,
        1251 => encodings::WINDOWS_1251,
        1252 => encodings::WINDOWS_1252,
        1253 => encodings::WINDOWS_1253,
        1254 => encodings::WINDOWS_1254,
        1255 => encodings::WINDOWS_1255,
        1256 => encodings::WINDOWS_1256,
        1257 => encodings::WINDOWS_1257,
        1258 => encodings::WINDOWS_1258,
        10_000 => encodings::MACINTOSH,
        20_866 => encodings::KOI8_R,
        54_936 => encodings::GB18030,
        65_001 => encodings::UTF_8,
        _ => return None,
    };
    Some(encoding)
}

/// The character set of symbol fonts.
pub(super) const SYMBOLS: i32 = 2;

/// Returns the encoding of a font's character set; `None` for that of the file.
pub(super) fn of_charset(charset: i32) -> Option<&'static Encoding> {
    of_code_page(match charset {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// Returns whether the last byte is the first half of a character, so that the next byte is part of it, whatever it is.
pub(super) fn is_half(bytes: &[u8], encoding: &'static Encoding) -> bool {
    if encoding.is_single_byte() || encoding == encodings::UTF_8 {
        return false;
    }
    let mut half = false;
    for byte in bytes {
        let kana = encoding == encodings::SHIFT_JIS && (0xA0..0xE0).contains(byte);
        half = !half && *byte > 0x80 && !kana;
    }
    half
}

/// Returns the character of a control word.
pub(super) fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "emspace" => "\u{2003}",
        "enspace" => "\u{2002}",
        "qmspace" => "\u{2005}",
        "bullet" => "\u{2022}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201c}",
        "rdblquote" => "\u{201d}",
        "zwj" => "\u{200d}",
        "zwnj" => "\u{200c}",
        "ltrmark" => "\u{200e}",
        "rtlmark" => "\u{200f}",
        _ => return None,
    })
}
