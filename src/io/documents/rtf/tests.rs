//! Tests with handwritten RTF files, in the styles of Word and LibreOffice.

use proptest::prelude::*;

use super::*;
use crate::annotations::mutation::{count, damages};
use crate::documents::mutation::check;
use demarche_model::{AnchorKind, Date};

const FILE: &str = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Times;}{\f2\fcharset2 Symbol;}{\f3\fcharset128 Gothic;}}
{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Heading 2;}{\s7 Title;}{\s9 toc 1;}}
{\*\generator Some;}{\info{\title Port {\b talks}}{\author Ana Ru\'edz}{\operator X}{\creatim\yr2026\mo3\dy14\hr9}{\revtim\yr2027\mo1\dy1}}
{\header Draft\par}{\*\unknown {\b not this}}
\pard\s9 Scope 1\par\pard\s7 Talks\par\pard\s1 Scope\par\pard\s2 Parties\par
\pard We shall\~reopen{\super\chftn}{\footnote \pard {\super\chftn}\tab See the\par annex.}{\v secret words} the caf\'e9 \u8212\'97 \emdash  \u-10179?\u-8704?{\deleted may}{\f1\'cf\'ee\'f0\'f2} \{ok\}\line two
{\field{\*\fldinst{HYPERLINK x}}{\fldrslt link}}\par
\pard{\listtext\f2 \'b7\tab}item\par{\pntext\f0 2.\tab}other\par
\trowd\cellx1\pard\intbl a\cell b\par c\cell\row\pard\intbl \cell d\cell\row
\pard {\f3\'83A\'83\'93}{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 00}}{\*\annotation note}{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt box\par}}}{\upr{old}{\*\ud{new}}} end\par}";
const TEXT: &str = "Talks\n\nScope\n\nParties\n\nWe shall\u{a0}reopen[1] the café — — 😀Порт {ok}\ntwolink\n\n• item\n2. other\n\n\
                    a\tb / c\n\td\n\nアンnew end\n\nbox\n\n[1] See the\nannex.\n";

fn read(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
    Rtf.read(&Source { name: "a.rtf", bytes, encoding: None }).map(|mut all| all.remove(0))
}

#[test]
fn the_text_is_what_is_shown() {
    let read = read(FILE.as_bytes()).unwrap();
    // Among others: `\'83A` is one character whose second byte looks like a letter.
    assert_eq!(read.text, TEXT);
    assert_eq!((read.title.as_deref(), read.author.as_deref()), (Some("Port talks"), Some("Ana Ruíz")));
    assert_eq!(read.date, Date::parse("2026-03-14"));
}

#[test]
fn headings_are_anchors_and_what_is_left_out_is_counted() {
    let read = read(FILE.as_bytes()).unwrap();
    let heading = |level, title: &str| AnchorKind::Heading { level, title: title.to_owned() };
    let anchors: Vec<_> = read.anchors.iter().map(|anchor| anchor.kind.clone()).collect();
    assert_eq!(anchors, [heading(1, "Talks"), heading(1, "Scope"), heading(2, "Parties")]);
    let dropped: Vec<String> = read.dropped.iter().map(|loss| loss.short()).collect();
    let expected = [
        "1 Comments",
        "1 DeletedWords",
        "2 HiddenWords",
        "1 Pictures",
        "1 LinkAddresses",
        "1 HeadersAndFooters",
        "1 ContentsLines",
    ];
    assert_eq!(dropped, expected);
}

#[test]
fn files_that_are_no_rtf_are_refused() {
    let message = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert!(message(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").contains("old Word"));
    assert_eq!(read(b"words").unwrap_err(), ReadError::NoRtf);
    assert!(message(br"{\rtf1 {\pict 00}}").contains("no text"));
}

proptest! {
    #![proptest_config(count(100))]
    #[test]
    fn damaged_files_do_no_harm(damages in damages()) {
        check(&Rtf, FILE.as_bytes(), &damages)?;
    }
}
