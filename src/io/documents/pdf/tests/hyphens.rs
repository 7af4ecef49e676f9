//! Words that are divided, painted twice or raised; sentences over pages.

use super::maker::{Sheet, line, lines, pdf, pdf_with, stream};
use super::read;
use crate::loss::{DocumentLoss, Loss};

fn text(pages: &[Sheet]) -> String {
    read(&pdf(pages)).unwrap().text
}

#[test]
fn compounds_keep_their_hyphen_and_divided_words_are_joined() {
    let words = [
        "The envoy of the well-",
        "known port called the nego-",
        "tiation of the Anglo-",
        "American fleet a post-",
        "war matter.",
    ];
    assert_eq!(
        text(&[Sheet::of(lines(72.0, 700.0, 14.0, 11.0, &words))]),
        "The envoy of the well-known port called the negotiation of the Anglo-American fleet a post-war matter.\n"
    );
}

#[test]
fn soft_hyphens_join() {
    let font =
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R /Encoding /WinAnsiEncoding >>";
    let map = stream(
        "",
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <5F> <00AD> \
         endbfchar 1 beginbfrange <20> <5E> <0020> endbfrange 1 beginbfrange <61> <7A> <0061> endbfrange endcmap end",
    );
    let sheet =
        Sheet::of(lines(72.0, 700.0, 14.0, 11.0, &["The nego_tia_", "tion goes on."]).replace("/F1", "/F2"));
    assert_eq!(read(&pdf_with(&[sheet], &[font, &map])).unwrap().text, "The negotiation goes on.\n");
}

#[test]
fn words_painted_twice_appear_once() {
    let bold = line(72.0, 700.0, 12.0, "The minister demanded an answer.");
    let shifted = line(72.4, 700.2, 12.0, "The minister demanded an answer.");
    assert_eq!(text(&[Sheet::of(format!("{bold}{shifted}"))]), "The minister demanded an answer.\n");
    assert_eq!(text(&[Sheet::of(format!("{bold}{bold}"))]), "The minister demanded an answer.\n");
    // The same words on two lines are two lines.
    let below = line(72.0, 686.0, 12.0, "The minister demanded an answer.");
    assert_eq!(text(&[Sheet::of(format!("{bold}{below}"))]).matches("minister").count(), 2);
}

#[test]
fn the_number_of_a_note_is_not_part_of_a_word() {
    let content = line(72.0, 700.0, 12.0, "The terms")
        + "BT /F1 7 Tf 1 0 0 1 123.5 705 Tm (12) Tj ET\n"
        + &line(133.0, 700.0, 12.0, "were not met.");
    assert_eq!(text(&[Sheet::of(content)]), "The terms 12 were not met.\n");
}

#[test]
fn a_sentence_over_a_page_with_a_note_below_is_one() {
    let first =
        ["The terms were read aloud at the opening of the second day and are", "described in full in Sec-"];
    let one = Sheet::of(
        lines(72.0, 120.0, 14.0, 11.0, &first)
            + &line(72.0, 60.0, 8.0, "1 See the minutes of the first day."),
    );
    let second = ["tion 3 of the annex, which both sides signed. The port stays", "closed until then."];
    let two = Sheet::of(lines(72.0, 780.0, 14.0, 11.0, &second));
    let read = read(&pdf(&[one, two])).unwrap();
    assert_eq!(
        read.text,
        "The terms were read aloud at the opening of the second day and are described in full in Section 3 of the annex, which both \
         sides signed. The port stays closed until then.\n\n1 See the minutes of the first day.\n"
    );
    let pages = super::pages(&read);
    assert_eq!(pages.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["1", "2"]);
    assert!(pages[1].1.starts_with("tion 3 of the annex"), "{pages:?}");
}

#[test]
fn line_numbers_go_and_the_first_line_stays() {
    let words = [
        "The protocol of the strait was read by the envoy of",
        "Norvania, who asked that the quota be lowered and the",
        "inspection of the northern quay be put off until all of",
        "the dockers had been heard. Estmark answered that it",
        "would think about it, provided that landings stopped",
        "for a fortnight without further terms or exceptions.",
    ];
    let (mut sheets, mut expected) = (Vec::new(), Vec::new());
    for (page, name) in ["spring", "summer", "autumn"].into_iter().enumerate() {
        let (first, last) = (
            format!("In the {name}, it was said, quotas fell"),
            format!("Thus ended the {name} of that year."),
        );
        let all: Vec<&str> = [first.as_str()].into_iter().chain(words).chain([last.as_str()]).collect();
        let mut content = lines(100.0, 780.0, 24.0, 11.0, &all);
        for at in 0..all.len() {
            // The numbers begin again on the second page, and go on from there.
            let number = at + 1 + if page == 2 { all.len() } else { 0 };
            content += &line(72.0, 780.0 - 24.0 * at as f32, 11.0, &number.to_string());
        }
        sheets.push(Sheet::of(content));
        expected.push(all.join(" "));
    }
    let read = read(&pdf(&sheets)).unwrap();
    assert_eq!(read.text.split_whitespace().collect::<Vec<_>>().join(" "), expected.join(" "));
    assert_eq!(read.dropped, [Loss::new(DocumentLoss::LineNumbers, 24)]);
}

#[test]
fn numbered_lines_of_a_list_are_not_line_numbers() {
    let rows = ["Fish", "Salt", "Rope", "Coal", "Grain", "Timber"];
    let content: String = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let y = 700.0 - 16.0 * at as f32;
            line(72.0, y, 11.0, &(at + 1).to_string())
                + &line(120.0, y, 11.0, row)
                + &line(300.0, y, 11.0, "40 t")
        })
        .collect();
    let read = read(&pdf(&[Sheet::of(content)])).unwrap();
    assert_eq!(
        read.text,
        "1\tFish\t40 t\n2\tSalt\t40 t\n3\tRope\t40 t\n4\tCoal\t40 t\n5\tGrain\t40 t\n6\tTimber\t40 t\n"
    );
}
