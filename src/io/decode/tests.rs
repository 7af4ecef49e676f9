//! Tests of the detection of encodings, with sentences of our own.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1250, WINDOWS_1252, X_MAC_CYRILLIC};

use super::*;

const RUSSIAN: &str = "Делегация заявила, что приостановит переговоры, если порт не будет открыт до конца недели. Мы ждём ответа в \
                       письменной форме, сказал посланник; иначе пошлина останется прежней. Я не угрожаю, добавил он.";

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

fn is_guess(bytes: &[u8]) -> bool {
    decode(bytes, None).unwrap().damage.guesses > 0
}

#[test]
fn western_symbols_do_not_become_letters_of_other_languages() {
    let before = "The delegation said that it would suspend the talks unless the port reopens. ";
    for words in [
        "The fee of £825 a ship is to be paid by the line, who want £2 less.",
        "They ask for £5m, or (£3) each; see § 4 and ½ of “all”.",
        "It’s £9 – a café’s £4.50 for 3 m² and 12 km³.",
        "£",
        "1½ hours, ¼ of a day, Nº 5",
    ] {
        let text = format!("{before}{words}");
        let decoded = decode(&encoded(&text, WINDOWS_1252), None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text.as_str(), "windows-1252"));
    }
    assert!(is_guess(&encoded(&format!("{before} The fee is £825."), WINDOWS_1252)));
    assert!(!is_guess(&encoded(&format!("{before} “It’s late” – he said…"), WINDOWS_1252)));
}

#[test]
fn letters_of_other_languages_stay_letters() {
    let polish =
        "Łódź i Łomża były zgodne: poseł powiedział, że rząd wstrzyma rozmowy, jeśli port będzie zamknięty.";
    let hungarian = "A küldöttség közölte, hogy felfüggeszti a tárgyalásokat, ha a kikötő nem nyílik meg a hét végéig; ő is tudja.";
    for text in [polish, hungarian] {
        let decoded = decode(&encoded(text, WINDOWS_1250), None).unwrap();
        assert_eq!(decoded.text, text);
    }
}

#[test]
fn cyrillic_of_macintosh_and_dos_is_read() {
    let mac = decode(&encoded(RUSSIAN, X_MAC_CYRILLIC), None).unwrap();
    assert_eq!((mac.text.as_str(), mac.encoding), (RUSSIAN, "x-mac-cyrillic"));
    let table: Vec<char> = (0..=255_u8).map(|byte| ibm855::ibm855(&[byte]).chars().next().unwrap()).collect();
    let dos: Vec<u8> =
        RUSSIAN.chars().map(|c| table.iter().position(|one| *one == c).unwrap() as u8).collect();
    let dos = decode(&dos, None).unwrap();
    assert_eq!((dos.text.as_str(), dos.encoding), (RUSSIAN, "IBM855"));
    for name in ["windows-1251", "koi8-r", "ibm866", "iso-8859-5"] {
        let encoding = Encoding::for_label(name.as_bytes()).unwrap();
        let decoded = decode(&encoded(RUSSIAN, encoding), None).unwrap();
        assert_eq!(decoded.text, RUSSIAN);
        assert_eq!(decoded.damage, Damage::default(), "{name}");
    }
}

#[test]
fn utf_32_and_cut_utf_16_are_read() {
    let text = "The port will close, said 유나.\n";
    for (with_mark, to_bytes) in [(true, false), (false, false), (true, true), (false, true)] {
        let of = |c: char| if to_bytes { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() };
        let bytes: Vec<u8> =
            with_mark.then_some('\u{FEFF}').into_iter().chain(text.chars()).flat_map(of).collect();
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.text, text, "{with_mark} {to_bytes}");
        assert_eq!(decoded.encoding, if to_bytes { "UTF-32BE" } else { "UTF-32LE" });
        let cut = decode(&bytes[..bytes.len() - 2], None).unwrap();
        assert_eq!(cut.damage.invalid, 1);
    }
    for text in [
        "The port will close.\n",
        "협상 대표단은 금요일까지 항구를 다시 열지 않으면 회담을 중단하겠다고 밝혔다. 에스트마르크는 통행료를 낮추라는 요구를 거부했다.\n",
    ] {
        for mark in ["\u{FEFF}", ""] {
            let mut bytes: Vec<u8> =
                format!("{mark}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
            bytes.push(b'\n');
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (&*format!("{text}\u{FFFD}"), "UTF-16LE"));
            assert_eq!(decoded.damage.invalid, 1);
        }
    }
    // Half of a pair of surrogates is damage.
    let lone = [
        b"A\0".as_slice(),
        b"\x3D\xD8",
        &"b is the port\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
    ]
    .concat();
    let decoded = decode(&lone, None).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.damage.invalid), ("A\u{FFFD}b is the port\n", 1));
}

#[test]
fn euc_tw_is_named_and_not_read_as_something_else() {
    // Characters of CNS 11643, plane 1, with a comma of row 1.
    let words = b"\xC4\xE3\xC5\xC6\xC7\xB2\xC9\xDA\xDF\xE6\xE3\xBA\xA1\xA2\xE8\xC1\xC4\xCA\xD0\xF1\xC6\xE4\n";
    assert_eq!(decode(words, None), Err(DecodeError::NotRead("EUC-TW")));
    for (name, text) in [
        ("gbk", "代表团表示，如果港口不重新开放，将暂停谈判。我们要求书面答复。"),
        ("big5", "代表團表示，如果港口不重新開放，將暫停談判。我們要求書面答覆。"),
        ("euc-kr", "대표단은 항구가 다시 열리지 않으면 회담을 중단하겠다고 말했다."),
        ("euc-jp", "代表団は、港が再開されなければ交渉を中断すると述べた。"),
    ] {
        let encoding = Encoding::for_label(name.as_bytes()).unwrap();
        let decoded = decode(&encoded(text, encoding), None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.damage), (text, Damage::default()), "{name}");
    }
}

#[test]
fn what_a_page_states_is_not_believed_if_it_is_unreadable() {
    let text = "أعلن الوفد أنه سيعلق المحادثات إذا لم يفتح الميناء قبل نهاية الأسبوع، وطلب جوابا مكتوبا.";
    let arabic = Encoding::for_label(b"windows-1256").unwrap();
    let decoded = decode_stated(&encoded(text, arabic), None, Some(UTF_8)).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding), (text, "windows-1256"));
    assert_eq!(decoded.damage.misstated, 1);
    let japanese =
        "代表団は、港が再開されなければ交渉を中断すると述べた。回答は書面で求めるという。".repeat(3);
    let euc_jp = encoded(&japanese, Encoding::for_label(b"euc-jp").unwrap());
    let decoded = decode_stated(&euc_jp, None, Encoding::for_label(b"shift_jis")).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.damage.misstated), (japanese.as_str(), 1));
}
