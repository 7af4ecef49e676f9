//! Tests with handwritten PDF files.

mod angles;
mod hyphens;
mod kinds;
mod letters;
mod maker;

use proptest::prelude::*;

use super::*;
use crate::annotations::mutation::{count, damages};
use crate::documents::mutation::check;
use crate::loss::DocumentLoss;
use crate::loss::Loss;
use demarche_model::{AnchorKind, Date};
use maker::{file, file_with};

/// Returns four pages with header and footer, the first without a number.
fn talks() -> Vec<u8> {
    let page = |n: usize| {
        let name = ["", "one", "two", "three", "four"][n];
        let line = |y, words: String| (y, 11, words);
        vec![
            line(810, "Port talks, draft".to_owned()),
            line(
                740,
                format!("Paragraph {name} begins here and says that the delegation will not wait any longer"),
            ),
            line(
                726,
                "for an answer, since the port has to reopen before the end of the week, as it".to_owned(),
            ),
            line(712, "was agreed.".to_owned()),
            line(
                660,
                format!(
                    "Another paragraph, {n}, follows after a gap and goes on until the page ends it in the"
                ),
            ),
            line(646, "middle of a sentence that the".to_owned()),
            line(30, format!("Page {n}")),
        ]
    };
    file(&(1..5).map(page).collect::<Vec<_>>(), "")
}

/// Reads a file of these bytes.
fn read(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
    Pdf.read(&Source { name: "a.pdf", bytes, encoding: None }).map(|mut all| all.remove(0))
}

#[test]
fn pages_are_anchors_and_headers_go() {
    let read = read(&talks()).unwrap();
    assert!(!read.text.contains("draft") && !read.text.contains("Page "), "{}", read.text);
    assert_eq!(read.text.matches("has to reopen").count(), 4, "{}", read.text);
    let begin: Vec<(&str, &str)> =
        pages(&read).into_iter().map(|(name, words)| (name, &words[..11])).collect();
    assert_eq!(
        begin,
        [("1", "Paragraph o"), ("2", "Paragraph t"), ("3", "Paragraph t"), ("4", "Paragraph f")]
    );
    assert!(
        read.dropped.contains(&Loss::new(DocumentLoss::HeadersFootersAndNumbers, 8)),
        "{:?}",
        read.dropped
    );
    assert_eq!((read.title.as_deref(), read.author.as_deref()), (Some("Port talks"), Some("Ana Ruiz")));
    assert_eq!(read.date, Date::parse("2026-03-14"));
}

/// Returns the names of the pages, each with its first words.
fn pages(read: &ReadDocument) -> Vec<(&str, &str)> {
    let pages = read.anchors.iter().filter_map(|anchor| match &anchor.kind {
        AnchorKind::Page(name) => Some((name.as_str(), &read.text[anchor.at..])),
        _ => None,
    });
    pages.map(|(name, text)| (name, text.lines().next().unwrap_or_default())).collect()
}

/// Returns pages with these running heads, each with a number or nothing at its foot.
fn with_heads(heads: &[(&str, &str)], catalogue: &str) -> Vec<u8> {
    let page = |(at, (head, foot)): (usize, &(&str, &str))| {
        let words = ["one", "two", "three", "four", "five", "six"][at];
        let mut lines =
            vec![(810, 9, (*head).to_owned()), (740, 11, format!("Chapter {words} tells what the dele-"))];
        lines.push((726, 11, format!("gation wants of the port, in {words} sentences.")));
        lines.push((30, 9, (*foot).to_owned()));
        lines
    };
    file_with(&heads.iter().enumerate().map(page).collect::<Vec<_>>(), catalogue, "")
}

#[test]
fn pages_are_called_as_the_file_says() {
    let heads = [
        ("PREFACE i", ""),
        ("ii PREFACE", ""),
        ("THE BLOCKADE 1", ""),
        ("2 THE BLOCKADE", ""),
        ("Annex A-1", ""),
    ];
    let labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >> 4 << /S /D /P (A-) >>] >>";
    let read = read(&with_heads(&heads, labels)).unwrap();
    let names: Vec<&str> = pages(&read).iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["i", "ii", "1", "2", "A-1"]);
    assert!(!read.text.contains("PREFACE") && !read.text.contains("BLOCKADE"), "{}", read.text);
    assert_eq!(read.text.matches("what the delegation wants").count(), 5, "{}", read.text);
}

#[test]
fn pages_are_named_by_their_separate_numbers() {
    // Labels that only repeat the index of their page are ignored.
    let heads: [(&str, &str); 6] =
        std::array::from_fn(|at| ("Port talks", ["41", "42", "43", "44", "45", "46"][at]));
    let read = read(&with_heads(&heads, "/PageLabels << /Nums [0 << /S /D >>] >>")).unwrap();
    let names: Vec<&str> = pages(&read).iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["41", "42", "43", "44", "45", "46"]);
    assert!(!read.text.contains("Port talks") && !read.text.contains("43"), "{}", read.text);
    assert!(pages(&read)[1].1.starts_with("Chapter two"), "{}", read.text);
    assert_eq!(read.dropped.iter().map(|loss| loss.count).collect::<Vec<_>>(), [12]);
}

#[test]
fn labels_that_lead_in_a_circle_do_no_harm() {
    let line = vec![(700, 12, "Words on a page.".to_owned())];
    for labels in
        ["<< /Kids [1 0 R] >>", "<< /Nums [0 7 0 R 1] >>", "<< /Nums [-1 << /S /D /St -5 >>] >>", "7"]
    {
        let bytes =
            file_with(std::slice::from_ref(&line), &format!("/PageLabels {labels} /Kids [1 0 R]"), "");
        assert_eq!(pages(&read(&bytes).unwrap())[0].0, "1", "{labels}");
    }
}

#[test]
fn words_far_larger_than_a_page_do_not_take_all_memory() {
    let good = vec![(700, 12, "Words on a page.".to_owned())];
    let wild = vec![(700, 12, "Here.".to_owned()), (600, 4_000_000_000, "There.".to_owned())];
    let read = read(&file(&[good, wild], "")).unwrap();
    assert_eq!(read.text, "Words on a page.\n\nHere.\n");
    assert_eq!(read.dropped, [Loss::new(DocumentLoss::OutsideText, 6)]);
}

#[test]
fn files_without_text_or_with_a_password_are_refused() {
    let message = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert!(message(&file(&[Vec::new()], "")).contains("text recognition"));
    let locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /O (0123456789abcdef0123456789abcdef) /U \
                  (0123456789abcdef0123456789abcdef) /P -44 >> /ID [(0123456789abcdef) (0123456789abcdef)]";
    let line = vec![(700, 12, "secret".to_owned())];
    assert!(message(&file(&[line], locked)).contains("password"));
    assert!(message(b"%PDF-1.7 and nothing else").contains("damaged"));
    assert!(file::is_author("Ana Ruiz") && !file::is_author("(anonymous)"));
    assert!(!file::is_title("Microsoft Word - talks.doc") && file::is_title("Port talks"));
}

proptest! {
    #![proptest_config(count(40))]
    #[test]
    fn damaged_files_do_no_harm(damages in damages()) {
        check(&Pdf, &talks(), &damages)?;
    }
}
