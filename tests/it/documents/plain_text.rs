//! Plain text comes in whatever its encoding, and what is no text does not.

use std::fs;

use demarche::io::decode::{Damage, DecodeError, decode};
use demarche::io::documents::Reader;
use demarche::io::import::{self, NewDocument};
use demarche::io::sha256;
use demarche::io::{Problem, ProblemKind};
use demarche::model::Project;
use encoding_rs::{EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

const KOREAN: &str = "협상 대표단은 금요일까지 항구를 다시 열지 않으면 회담을 중단하겠다고 밝혔다. 에스트마르크는 통행료를 \
                      낮추라는 요구를 거부하고, 상대방이 먼저 선원을 석방해야 한다고 말했다.\n";
const CHINESE: &str = "代表团表示，如果港口在星期五之前不重新开放，他们将中止谈判。对方拒绝降低通行费的要求，\
                       并要求首先释放船员。双方同意下周再次会面。\n";
const JAPANESE: &str = "代表団は、金曜日までに港が再開されなければ交渉を中断すると述べた。相手側は通行料の引き下げを\
                        拒否し、まず乗組員の解放を求めた。\n";
const FRENCH: &str = "La délégation suspendra les négociations à moins que le port ne soit rouvert. « Nous ne céderons pas », \
                      a déclaré l’émissaire, « même après le délai fixé pour l’été ».\n";

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

fn read(path: &std::path::Path) -> Result<NewDocument, Problem> {
    let project = Project::new("empty", Default::default());
    let read = import::read(&project, &[path.to_owned()], &Reader::in_process(), &()).expect("not stopped");
    read.into_iter().next().expect("one file").map(|mut documents| documents.remove(0))
}

fn check(bytes: &[u8], text: &str, encoding: &str) {
    let decoded = decode(bytes, None).expect(encoding);
    assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
}

#[test]
fn every_encoding_is_found_out() {
    check(KOREAN.as_bytes(), KOREAN, "UTF-8");
    check(format!("\u{FEFF}{FRENCH}").as_bytes(), FRENCH, "UTF-8");
    check(&encoded(FRENCH, WINDOWS_1252), FRENCH, "windows-1252");
    check(&encoded(KOREAN, EUC_KR), KOREAN, "EUC-KR");
    check(&encoded(JAPANESE, SHIFT_JIS), JAPANESE, "Shift_JIS");
    let chinese = decode(&encoded(CHINESE, GB18030), None).expect("decoded");
    assert_eq!(chinese.text, CHINESE);
    assert!(["GBK", "gb18030"].contains(&chinese.encoding), "{}", chinese.encoding);
}

#[test]
fn utf_16_is_found_out_with_and_without_mark() {
    for text in [FRENCH, KOREAN, CHINESE, "Plain ASCII, two lines\nof it\n"] {
        for mark in [true, false] {
            check(&utf16(text, true, mark), text, "UTF-16LE");
            check(&utf16(text, false, mark), text, "UTF-16BE");
        }
    }
}

#[test]
fn line_ends_become_lf_and_everything_else_stays() {
    check(b"a\r\nb\rc\n\rd\n", "a\nb\nc\n\nd\n", "UTF-8");
    for text in ["👩‍👩‍👧 and 👍🏽", "e\u{301} i\u{308}", "a\u{FEFF}b", "tab\there", "שלום عالم"]
    {
        check(text.as_bytes(), text, "UTF-8");
    }
}

#[test]
fn what_is_no_text_is_refused_with_its_kind() {
    let refused = |bytes: &[u8]| decode(bytes, None).expect_err("refused").to_string();
    assert_eq!(refused(b"%PDF-1.7\n..."), "this is a PDF, not plain text; save it as text first");
    assert!(refused(b"PK\x03\x04....").contains("ZIP archive"));
    assert!(refused(b"\x89PNG\r\n\x1a\n").contains("PNG picture"));
    assert_eq!(decode(b"ab\0cd\0\0\0\0\x01", None), Err(DecodeError::Binary));
    assert_eq!(decode(b"\x01\x02\x03\x04 words", None), Err(DecodeError::Binary));
    assert_eq!(decode(b"", None), Err(DecodeError::Empty));
    assert_eq!(decode(b"\xEF\xBB\xBF \r\n\t", None), Err(DecodeError::Empty));
}

#[test]
fn a_named_encoding_is_obeyed_and_what_does_not_fit_is_counted() {
    let bytes = encoded(KOREAN, EUC_KR);
    assert_eq!(decode(&bytes, Some(EUC_KR)).expect("decoded").text, KOREAN);
    assert_eq!(decode(&bytes, Some(encoding_rs::UTF_8)), Err(DecodeError::NotThis("UTF-8")));
    let decoded = decode(b"ab\xFF", Some(SHIFT_JIS)).expect("decoded");
    assert_eq!(
        (decoded.text.as_str(), decoded.damage),
        ("ab\u{FFFD}", Damage { invalid: 1, ..Damage::default() })
    );
    let decoded = decode(b"caf\xE9 talks", Some(encoding_rs::UTF_8)).expect("decoded");
    assert_eq!((decoded.text.as_str(), decoded.damage.invalid), ("caf\u{FFFD} talks", 1));
    let decoded = decode("café".as_bytes(), Some(WINDOWS_1252)).expect("decoded");
    assert_eq!((decoded.text.as_str(), decoded.damage), ("cafÃ©", Damage::default()));
}

fn check_damage(bytes: &[u8], text: &str, encoding: &str, damage: (usize, usize)) {
    let decoded = decode(bytes, None).expect(encoding);
    let found = (decoded.damage.invalid, decoded.damage.nuls + decoded.damage.nuls_at_end);
    assert_eq!((decoded.text.as_str(), decoded.encoding, found), (text, encoding, damage));
}

#[test]
fn utf_8_with_a_few_damaged_bytes_is_utf_8() {
    const RUSSIAN: &str = "Переговоры начались утром.";
    for text in ["“Never,” he said.", FRENCH, KOREAN, CHINESE, RUSSIAN, "It costs 825 €"] {
        let bytes = text.as_bytes();
        let with_bad_byte = [bytes, b"\xFF"].concat();
        check_damage(&with_bad_byte, &format!("{text}\u{FFFD}"), "UTF-8", (1, 0));
        let with_bad_start = [b"ab \xE9 ", bytes].concat();
        check_damage(&with_bad_start, &format!("ab \u{FFFD} {text}"), "UTF-8", (1, 0));
        let last = text.char_indices().rev().find(|(_, c)| !c.is_ascii()).expect("a character").0;
        if text[..last].is_ascii() {
            continue;
        }
        check_damage(&bytes[..last + 1], &format!("{}\u{FFFD}", &text[..last]), "UTF-8", (1, 0));
    }
    // A line of another encoding that was pasted into the text.
    let pasted = [FRENCH.as_bytes(), &encoded("Déjà vu.\n", WINDOWS_1252)].concat();
    check_damage(&pasted, &format!("{FRENCH}D\u{FFFD}j\u{FFFD} vu.\n"), "UTF-8", (2, 0));
    // What an earlier program has replaced is no damage of this file.
    check_damage("caf\u{FFFD}".as_bytes(), "caf\u{FFFD}", "UTF-8", (0, 0));
    let both = ["“caf\u{FFFD}”".as_bytes(), b"\xFF"].concat();
    check_damage(&both, "“caf\u{FFFD}”\u{FFFD}", "UTF-8", (1, 0));
}

#[test]
fn a_nul_is_replaced_and_makes_no_utf_16() {
    let plain = "The delegation will wait until Friday, and no longer.\n";
    for text in [plain, FRENCH, KOREAN, CHINESE] {
        for at in [0, 1, 2, 20, 21].map(|at| text.floor_char_boundary(at)) {
            let (before, after) = text.split_at(at);
            let (bytes, damaged) = (format!("{before}\0{after}"), format!("{before}\u{FFFD}{after}"));
            check_damage(bytes.as_bytes(), &damaged, "UTF-8", (0, 1));
        }
        check_damage(format!("{text}{}", "\0".repeat(4096)).as_bytes(), text, "UTF-8", (0, 4096));
    }
    let legacy = [&encoded(FRENCH, WINDOWS_1252)[..], b"\0."].concat();
    check_damage(&legacy, &format!("{FRENCH}\u{FFFD}."), "windows-1252", (0, 1));
    // UTF-16 itself may be damaged: half a character at its end, or a NUL.
    let cut = utf16(plain, true, true);
    let expected = format!("{}\u{FFFD}", plain.trim_end());
    check_damage(&cut[..cut.len() - 1], &expected, "UTF-16LE", (1, 0));
    let bytes = utf16(&plain.replace("wait", "w\0it"), false, false);
    check_damage(&bytes, &plain.replace("wait", "w\u{FFFD}it"), "UTF-16BE", (0, 1));
}

#[test]
fn utf_32_is_known_by_its_mark() {
    let little = |text: &str| text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<u8>>();
    check_damage(&little(&format!("\u{FEFF}{FRENCH}")), FRENCH, "UTF-32LE", (0, 0));
    let big = |text: &str| text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect::<Vec<u8>>();
    let cut = [&big(&format!("\u{FEFF}{KOREAN}"))[..], b"\0\0"].concat();
    check_damage(&cut, &format!("{KOREAN}\u{FFFD}"), "UTF-32BE", (1, 0));
}

#[test]
fn an_import_knows_its_origin_and_takes_its_title_from_the_first_line() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("briefing.md");
    let bytes = b"\xEF\xBB\xBF\r\n## Press briefing ##\r\n\r\nText.\r\n";
    fs::write(&path, bytes).expect("written");
    let imported = read(&path).expect("imported");
    assert_eq!(imported.text.as_str(), "\n## Press briefing ##\n\nText.\n");
    assert_eq!(imported.meta.title, "Press briefing ##");
    assert_eq!(imported.meta.characters, imported.text.characters());
    assert_eq!(imported.meta.origin.file_name, "briefing.md");
    assert_eq!(imported.meta.origin.sha256, sha256(bytes));
    assert_eq!(fs::read(&path).expect("there"), bytes, "the original is not touched");
    fs::write(&path, "x".repeat(121)).expect("written");
    assert_eq!(read(&path).expect("imported").meta.title, "briefing");
}

#[test]
fn a_refusal_names_file_and_reason() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("gone.txt");
    let problem = read(&path).expect_err("refused");
    assert_eq!((problem.file.as_path(), problem.kind), (path.as_path(), ProblemKind::NotImported));
    assert!(problem.message.starts_with("the file can't be read"), "{problem}");
}
