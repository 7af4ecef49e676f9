//! Turned pages and turned text.

use super::maker::{Sheet, pdf};
use super::read;
use crate::loss::DocumentLoss;

/// Returns the operators for three lines that run at an angle, counter-clockwise, from the middle of the page.
fn at_angle(degrees: f32, name: &str) -> String {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let words = [
        format!("The envoy spoke first on {name}."),
        format!("The minister came next on {name}."),
        format!("On {name}, the date was set."),
    ];
    let line = |(at, words): (usize, String)| {
        // Down from the line above, in its direction.
        let down = at as f32 * 20.0;
        let (x, y) = (300.0 - cos * 80.0 + sin * down, 420.0 - sin * 80.0 - cos * down);
        format!("BT /F1 12 Tf {cos:.5} {sin:.5} {:.5} {cos:.5} {x:.2} {y:.2} Tm ({words}) Tj ET\n", -sin)
    };
    words.into_iter().enumerate().map(line).collect()
}

fn said(name: &str) -> String {
    format!("The envoy spoke first on {name}. The minister came next on {name}. On {name}, the date was set.")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_rotation_and_every_angle_in_one_file_is_read_in_order() {
    let mut pages = Vec::new();
    let mut expected = Vec::new();
    for rotate in [0, 90, 180, 270] {
        for angle in [0, 90, 180, 270] {
            let name = format!("a page of {rotate} and {angle}");
            pages.push(Sheet::of(at_angle(angle as f32, &name)).entries(&format!("/Rotate {rotate}")));
            expected.push(said(&name));
        }
    }
    let read = read(&pdf(&pages)).unwrap();
    assert_eq!(words(&read.text), expected.join(" "));
    assert_eq!(read.dropped, []);
}

#[test]
fn text_at_odd_angles_is_in_order_and_reported_with_its_page() {
    let upright = Sheet::with(&[(72.0, 700.0, 12.0, "Upright.")]);
    let slanted = Sheet::of(at_angle(30.0, "a slope"));
    let read = read(&pdf(&[upright.clone(), slanted, upright])).unwrap();
    assert_eq!(words(&read.text), format!("Upright. {} Upright.", said("a slope")));
    let kinds: Vec<String> = read.dropped.iter().map(|loss| loss.short()).collect();
    let expected = DocumentLoss::OddAngles { pages: "2".to_owned() };
    assert_eq!(kinds, [format!("1 {expected:?}")]);
}

#[test]
fn a_label_beside_a_chart_does_not_run_into_the_text() {
    let content = super::maker::lines(
        120.0,
        700.0,
        14.0,
        11.0,
        &["The catch fell for three", "years, and rose again."],
    ) + "BT /F1 9 Tf 0 1 -1 0 80 600 Tm (Tonnes a year) Tj ET\n";
    let read = read(&pdf(&[Sheet::of(content)])).unwrap();
    assert_eq!(read.text, "The catch fell for three years, and rose again.\n\nTonnes a year\n");
}

#[test]
fn turned_pages_of_any_shape_are_read_also_beyond_their_edges() {
    let lines =
        super::maker::lines(72.0, 770.0, 20.0, 12.0, &["The envoy spoke first.", "The minister came next."]);
    for rotate in [0, 90, 180, 270] {
        let mut sheet = Sheet::of(lines.clone());
        sheet.entries = format!("/MediaBox [0 0 842 595] /Rotate {rotate}");
        let read = read(&pdf(&[sheet])).unwrap();
        assert_eq!(words(&read.text), "The envoy spoke first. The minister came next.", "{rotate}");
    }
}

#[test]
fn pages_with_the_same_few_lines_keep_them() {
    let lines =
        [(72.0, 700.0, 12.0, "The envoy spoke first."), (72.0, 680.0, 12.0, "The minister came next.")];
    let third = (72.0, 660.0, 12.0, "The date was set.");
    let sheet = Sheet::with(&[lines[0], lines[1], third]);
    let pages = [0, 90, 0].map(|rotate| sheet.clone().entries(&format!("/Rotate {rotate}")));
    let read = read(&pdf(&pages)).unwrap();
    let once = "The envoy spoke first. The minister came next. The date was set.";
    assert_eq!(words(&read.text), [once; 3].join(" "));
}
