//! A project with pages and headings.

use std::sync::Arc;

use demarche::io::project::{Folder, create};
use demarche::model::*;

use super::project::meta;
use super::session::*;

pub const TEXT: &str =
    "Talks at Halden\n\nThe port opens.\n\nGuarantees\n\nNorvania asks for ships.\nEstmark offers none.\n";

/// Pages iv, 5 and 6, two headings.
pub fn anchors() -> Anchors {
    let at = |words: &str| TEXT.find(words).unwrap();
    let page = |words, name: &str| Anchor { at: at(words), kind: AnchorKind::Page(name.into()) };
    let heading = |words, level, title: &str| {
        let kind = AnchorKind::Heading { level, title: title.to_owned() };
        Anchor { at: at(words), kind }
    };
    Anchors::new(vec![
        page("Talks", "iv"),
        heading("Talks", 1, "Talks at Halden"),
        heading("Guarantees", 2, "Guarantees"),
        page("ships", "5"),
        page("Estmark", "6"),
    ])
}

/// A project of which one document has pages and headings, and another has none.
pub fn paged() -> (tempfile::TempDir, std::path::PathBuf) {
    let (dir, root) = small(&[]);
    let mut project = demarche::io::project::open(&Folder::new(&root)).unwrap().project;
    let text = Arc::new(Text::new(TEXT));
    let first = DocumentMeta { author: "M. Ek".to_owned(), ..meta("d001", &text) };
    let plain = Arc::new(Text::new("A memo.\n"));
    let documents = [
        Document::new(first, text).with_anchors(Arc::new(anchors())),
        Document::new(meta("d002", &plain), plain),
    ];
    for (at, document) in documents.into_iter().enumerate() {
        project.apply(Edit::InsertDocument { at, document: Arc::new(document) }).unwrap();
    }
    let root = dir.path().join("paged");
    create(&Folder::new(&root), &project).unwrap();
    demarche::io::settings::Local { annotator: Some("ana".to_owned()), ..Default::default() }
        .write(&Folder::new(&root));
    (dir, root)
}
