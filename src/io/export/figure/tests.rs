//! Golden files of every chart, and laws that hold for all of them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use quick_xml::events::Event;

use super::{PictureError, samples, to_png, to_printed_svg, to_svg};
use demarche_analysis::figure::charts::Heading;
use demarche_analysis::figure::charts::matrix::{BarMatrix, BarRow};
use demarche_analysis::figure::{Area, CellKey, Direction, Palette, Scene, Shape};

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/figures").join(name)
}

/// Writes pictures of all figures to a folder, to look at.
#[test]
#[ignore = "writes pictures to look at; set PICTURES to a folder"]
fn pictures() {
    let folder = PathBuf::from(std::env::var_os("PICTURES").expect("a folder"));
    for (theme, palette) in [("light", Palette::LIGHT), ("dark", Palette::DARK), ("print", Palette::PRINT)] {
        for (name, scene) in samples::all() {
            let write = |extension: &str, bytes: &[u8]| {
                std::fs::write(folder.join(format!("{name}-{theme}.{extension}")), bytes).unwrap();
            };
            write("png", &to_png(&scene, &palette).unwrap());
            write("svg", to_svg(&scene, &palette, "").as_bytes());
        }
    }
}

#[test]
fn figures_are_written_as_before() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for (name, scene) in samples::all() {
        let (svg, path) = (to_svg(&scene, &Palette::LIGHT, ""), golden(&format!("{name}.svg")));
        if update {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &svg).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).unwrap_or_default() == svg,
            "{name}.svg differs; set UPDATE_GOLDEN=1"
        );
    }
}

#[test]
fn every_figure_is_well_formed_and_its_ids_are_unique() {
    let written = |(name, scene): (&'static str, Scene)| {
        let svgs = [to_svg, to_printed_svg].map(|write| write(&scene, &Palette::DARK, "f1-"));
        svgs.map(|svg| (name, svg, scene.cells().len()))
    };
    for (name, svg, cells) in samples::all().into_iter().flat_map(written) {
        let mut reader = quick_xml::Reader::from_str(&svg);
        reader.config_mut().check_end_names = true;
        let mut ids = BTreeSet::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => {
                    for attribute in element.attributes() {
                        let attribute = attribute.unwrap();
                        if attribute.key.as_ref() == b"id" {
                            let id = String::from_utf8(attribute.value.to_vec()).unwrap();
                            assert!(id.starts_with("f1-") && ids.insert(id.clone()), "{name}: {id}");
                        }
                    }
                }
                _ => {}
            }
        }
        assert!(ids.len() >= cells, "{name}");
    }
}

#[test]
fn a_printed_figure_has_its_patterns_as_lines() {
    let has_pattern = |svg: &str| svg.contains("<pattern") || svg.contains("url(");
    let mut hatched = 0;
    for (name, scene) in samples::all() {
        let printed = to_printed_svg(&scene, &Palette::PRINT, "");
        assert!(!has_pattern(&printed), "{name}");
        hatched +=
            usize::from(has_pattern(&to_svg(&scene, &Palette::PRINT, "")) && printed.contains("<path d=\"M"));
    }
    assert!(hatched > 2);
}

#[test]
fn text_is_escaped() {
    let mut matrix = BarMatrix { title: "a < b & \"c\"\u{1}".to_owned(), ..BarMatrix::default() };
    matrix.rows.push(BarRow { heading: Heading::new("<script>"), ..BarRow::default() });
    let svg = to_svg(&matrix.scene(300.0), &Palette::PRINT, "");
    assert!(svg.contains("<title id=\"title\">a &lt; b &amp; &quot;c&quot;\u{FFFD}</title>"));
    assert!(svg.contains(">&lt;script&gt;</text>") && !svg.contains("<script>"));
}

/// The corners of a text, in the order in which they go round it.
fn corners(scene: &Scene) -> Vec<(String, Vec<[f32; 2]>)> {
    let text = |shape: &Shape| match shape {
        Shape::Text(text) => {
            Some((text.text.clone(), text.corners().map(|point| [point.x, point.y]).to_vec()))
        }
        Shape::Rect { .. } | Shape::Circle { .. } | Shape::Line { .. } | Shape::Polygon { .. } => None,
    };
    scene.items().iter().filter_map(|item| text(&item.shape)).collect()
}

/// True if an edge of one of two convex shapes separates them.
fn are_apart(one: &[[f32; 2]], other: &[[f32; 2]]) -> bool {
    let separates = |shape: &[[f32; 2]]| {
        (0..shape.len()).any(|at| {
            let (from, to) = (shape[at], shape[(at + 1) % shape.len()]);
            let across = |point: &[f32; 2]| {
                (point[0] - from[0]) * (to[1] - from[1]) - (point[1] - from[1]) * (to[0] - from[0])
            };
            let range = |points: &[[f32; 2]]| {
                points
                    .iter()
                    .map(across)
                    .fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)))
            };
            let ((low, high), (other_low, other_high)) = (range(one), range(other));
            high <= other_low + 0.01 || other_high <= low + 0.01
        })
    };
    separates(one) || separates(other)
}

/// The first two labels of a figure that overlap.
pub(super) fn overlapping_labels(scene: &Scene) -> Option<(String, String)> {
    let labels = corners(scene);
    labels.iter().enumerate().find_map(|(at, (text, corners))| {
        let (other, _) = labels[at + 1..].iter().find(|(_, others)| !are_apart(corners, others))?;
        Some((text.clone(), other.clone()))
    })
}

#[test]
fn no_two_labels_overlap() {
    for (name, scene) in samples::all() {
        assert_eq!(overlapping_labels(&scene), None, "{name}");
    }
}

#[test]
fn every_cell_is_hit_and_unique_and_can_be_walked_to() {
    for (name, scene) in samples::all() {
        let keys: BTreeSet<CellKey> = scene.cells().iter().map(|cell| cell.key).collect();
        assert_eq!(keys.len(), scene.cells().len(), "{name}");
        let size = Area::new(0.0, 0.0, scene.width_pt, scene.height_pt);
        for cell in scene.cells() {
            assert_eq!(scene.cell_of(cell.key), Some(cell), "{name}");
            assert!(size.grown(1.0).contains(cell.centre()), "{name}: {}", cell.key);
            assert!(scene.hit(cell.centre()).is_some(), "{name}: {}", cell.key);
            assert!(!cell.label.is_empty(), "{name}: {}", cell.key);
        }
        let Some(mut seen) = scene.first_cell().map(|first| BTreeSet::from([first])) else { continue };
        let mut next: Vec<CellKey> = seen.iter().copied().collect();
        while let Some(key) = next.pop() {
            let found = [Direction::Left, Direction::Right, Direction::Up, Direction::Down];
            next.extend(
                found.into_iter().filter_map(|way| scene.neighbour(key, way)).filter(|key| seen.insert(*key)),
            );
        }
        let share = seen.len() as f32 / keys.len() as f32;
        assert!(share > 0.9, "{name}: {share} of the cells can be reached");
    }
}

#[test]
fn pictures_have_twice_the_size_and_the_colours_of_the_figure() {
    let (_, scene) = samples::all().remove(0);
    let png = to_png(&scene, &Palette::PRINT).unwrap();
    let pixels = vello_cpu::Pixmap::from_png(std::io::Cursor::new(png)).unwrap();
    assert_eq!(f32::from(pixels.width()), ((scene.width_pt + 24.0) * 2.0).ceil());
    assert_eq!(f32::from(pixels.height()), ((scene.height_pt + 24.0) * 2.0).ceil());
    let corner = pixels.sample(pixels.width() - 1, pixels.height() - 1);
    assert_eq!([corner.r, corner.g, corner.b, corner.a], [0xFF; 4]);
    let orange =
        pixels.data().iter().filter(|pixel| [pixel.r, pixel.g, pixel.b] == [0xD5, 0x5E, 0x00]).count();
    assert!(orange > 500, "{orange} pixels of the first role");
}

#[test]
fn a_figure_that_is_too_large_is_refused() {
    let row = || BarRow { heading: Heading::new("row"), ..BarRow::default() };
    let matrix = BarMatrix { rows: (0..5_000).map(|_| row()).collect(), ..BarMatrix::default() };
    let refused = to_png(&matrix.scene(2_000.0), &Palette::LIGHT);
    assert!(matches!(refused, Err(PictureError::TooLarge { .. })));
}
