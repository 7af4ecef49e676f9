//! Laws that hold for every format, and validation by the published schema.

mod foreign;
mod sample;

use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::codebook_format::{CodebookFormat, Files, Input, Written};
use super::{format, format_of, formats, read, write_files};
use crate::project::{Preset, presets};
use crate::{CodebookLoss, IoError, LossKind, Problem};

/// Returns the files of a format, each with its name.
fn named(format: &dyn CodebookFormat, files: Files) -> Vec<(String, Vec<u8>)> {
    match files {
        Files::One(bytes) => vec![(format!("codebook.{}", format.info().extension), bytes)],
        Files::Several(files) => files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect(),
    }
}

/// Reads the files that were written.
fn back(format: &dyn CodebookFormat, files: Files) -> Result<(Preset, Vec<Problem>), IoError> {
    let mut files = named(format, files).into_iter();
    let (name, bytes) = files.next().expect("a file");
    let beside = files.next().map(|(name, bytes)| (PathBuf::from("folder").join(name), bytes));
    format.read(&Input { path: &Path::new("folder").join(name), bytes, beside })
}

/// Compares with the files in tests/golden/codebook; with GOLDEN=write in the environment, writes them.
#[test]
fn codebooks_are_the_same_to_the_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join("tests/golden/codebook");
    for format in formats() {
        for (name, got) in named(*format, format.write(&sample::sample()).unwrap().files) {
            let path = folder.join(name);
            if std::env::var_os("GOLDEN").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &got).unwrap();
            }
            let expected = std::fs::read(&path).unwrap();
            assert_eq!(
                String::from_utf8_lossy(&got),
                String::from_utf8_lossy(&expected),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn losses_are_counted() {
    let losses = |name: &str| {
        let written = format(name).unwrap().write(&sample::sample()).unwrap();
        written.losses.iter().map(|l| l.short()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(losses("ron"), "");
    assert_eq!(losses("markdown"), "");
    let neither = "9 Attributes, 3 LinkKinds, 1 Description";
    assert_eq!(losses("csv"), neither);
    assert_eq!(losses("qdc"), neither);
    assert_eq!(
        losses("brat"),
        "7 OtherAttributes, 1 Defaults, 8 Meanings, 1 Description, 6 Texts, 3 Codes, 4 Keys, 1 ChangedIds, 1 ChangedNames, \
         1 ChangedValues"
    );
}

/// Returns what a format keeps of a codebook that it reports no losses for.
fn kept(format: &str, mut book: Preset) -> Preset {
    match format {
        "csv" | "qdc" => {
            book.codebook.attributes.clear();
            book.codebook.link_kinds.clear();
        }
        _ => {}
    }
    book
}

/// Returns whether a loss is one that [`kept`] accounts for.
fn is_accounted_for(kind: &LossKind) -> bool {
    let expected = [CodebookLoss::Attributes, CodebookLoss::LinkKinds, CodebookLoss::Description];
    expected.map(LossKind::from).contains(kind)
}

fn comes_back(name: &str, book: &Preset) -> Result<(), TestCaseError> {
    let format = format(name).unwrap();
    let Written { files, losses } = format.write(book).unwrap();
    let (got, problems) = back(format, files).unwrap();
    if losses.iter().all(|loss| is_accounted_for(&loss.kind)) {
        prop_assert_eq!(&problems, &Vec::<Problem>::new(), "{}", name);
        prop_assert_eq!(got.codebook, kept(name, book.clone()).codebook, "{}", name);
    } else {
        let count = |book: &Preset| book.codebook.categories.len();
        prop_assert_eq!(count(&got), count(book), "{}", name);
    }
    Ok(())
}

proptest! {
    #[test]
    fn everything_not_reported_as_lost_is_read_back(book in sample::book()) {
        for name in ["ron", "csv", "qdc", "brat"] {
            comes_back(name, &book)?;
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,200}") {
        for format in formats() {
            for bytes in [bytes.clone(), text.clone().into_bytes()] {
                let beside = Some((PathBuf::from("visual.conf"), bytes.clone()));
                let _ = format.read(&Input { path: Path::new("x"), bytes, beside });
            }
        }
    }
}

#[test]
fn presets_are_read_back_from_every_format() {
    for preset in presets() {
        for name in ["ron", "csv", "qdc"] {
            let format = format(name).unwrap();
            let written = format.write(preset).unwrap();
            assert!(
                written.losses.iter().all(|l| is_accounted_for(&l.kind)),
                "{} {name} {:?}",
                preset.id,
                written.losses
            );
            let (got, problems) = back(format, written.files).unwrap();
            assert_eq!(problems, []);
            assert_eq!(got.codebook, kept(name, preset.clone()).codebook);
        }
    }
}

#[test]
fn files_are_written_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    for format in formats() {
        let info = format.info();
        let written = format.write(&sample::sample()).unwrap();
        let several = matches!(written.files, Files::Several(_));
        let path = folder.path().join("deep").join("x").with_extension(info.extension);
        let path = if several { path.with_file_name("brat") } else { path };
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        write_files(&written.files, &path).unwrap();
        if format.is_read() {
            assert_eq!(read(&path).unwrap().0.codebook.categories.len(), 4, "{}", info.name);
        } else {
            assert!(matches!(read(&path), Err(IoError::NoCodebook { .. })));
        }
        if several {
            write_files(&written.files, &path.join("annotation.conf")).unwrap();
            assert!(!path.join("annotation.conf").is_dir());
            let (book, _) = read(&path.join("annotation.conf")).unwrap();
            assert_eq!((book.name.as_str(), &*book.codebook.categories[1].name), ("brat", "Threat"));
        }
    }
    assert!(format_of(Path::new("X.CSV")).is_some() && format_of(Path::new("x")).is_none());
    assert!(matches!(read(&folder.path().join("gone.csv")), Err(IoError::System { .. })));
}

#[test]
fn the_codes_of_a_project_file_are_a_codebook() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("project.qde");
    let file = "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\"><CodeBook><Codes><Code guid=\"CCCCCCCC-0000-4000-8000-000000000001\" \
                name=\"Threat\" isCodable=\"true\"/></Codes></CodeBook><Sources/></Project>";
    std::fs::write(&path, file).unwrap();
    let (book, problems) = read(&path).unwrap();
    assert_eq!((book.codebook.categories[0].name.as_str(), problems.len()), ("Threat", 0));
}

/// Validates with `lxml` and the published schema at REFI_XSD in the environment, which is not part of the project.
#[test]
fn the_published_schema_takes_our_qdc() {
    const SCRIPT: &str = r#"
import sys
try:
    from lxml import etree
except ImportError:
    sys.exit(77)
schema = etree.XMLSchema(etree.parse(sys.argv[1]))
for path in sys.argv[2:]:
    schema.assertValid(etree.parse(path))
print(len(sys.argv) - 2)
"#;
    let Some(xsd) = std::env::var_os("REFI_XSD") else {
        println!("skipped: REFI_XSD does not name the Codebook.xsd of REFI-QDA");
        return;
    };
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let folder = tempfile::tempdir().unwrap();
    let mut run = Command::new(python);
    run.arg("-c").arg(SCRIPT).arg(xsd);
    let empty = Preset { codebook: demarche_model::Codebook::default(), ..sample::sample() };
    assert!(format("qdc").unwrap().write(&empty).is_err());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let random = std::iter::repeat_with(|| sample::book().new_tree(&mut runner).unwrap().current()).take(200);
    let books: Vec<Preset> = presets().iter().cloned().chain([sample::sample()]).chain(random).collect();
    for (at, book) in books.iter().enumerate() {
        let path = folder.path().join(format!("{at}.qdc"));
        write_files(&format("qdc").unwrap().write(book).unwrap().files, &path).unwrap();
        run.arg(path);
    }
    match run.output() {
        Ok(out) if out.status.code() == Some(77) => println!("skipped: python3 has no lxml"),
        Ok(out) => {
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), books.len().to_string());
            println!("{} codebooks are valid", books.len());
        }
        Err(error) => println!("skipped: there is no python3 ({error})"),
    }
}
