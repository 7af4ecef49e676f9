//! A codebook of 20,000 categories, each below the one before, and as many old ids, each an alias of the next: nothing
//! recurses, and nothing takes time that grows with the square.

use std::sync::Arc;

use demarche::analysis::summary::ProjectSummary;
use demarche::io::codebook;
use demarche::io::project::{Folder, Preset, check, create, open};
use demarche::model::*;

use crate::support::project::meta;
use crate::support::session;

const DEPTH: usize = 20_000;

fn category_id(n: usize) -> CategoryId {
    CategoryId::new(format!("c{n}"))
}

fn deep() -> Codebook {
    let category = |n: usize| Category {
        parent: n.checked_sub(1).map(category_id),
        ..Category::new(category_id(n), format!("Level {n}"), Colour::nth(n))
    };
    let old = |n: usize| CategoryId::new(format!("old{n}"));
    let next = |n: usize| if n + 1 < DEPTH { old(n + 1) } else { category_id(0) };
    Codebook {
        categories: (0..DEPTH).map(|n| Arc::new(category(n))).collect(),
        aliases: (0..DEPTH).map(|n| (old(n), next(n))).collect(),
        ..Codebook::default()
    }
}

#[test]
fn a_codebook_of_twenty_thousand_levels() {
    let book = deep();
    assert_eq!(book.ancestors(&category_id(DEPTH - 1)).count(), DEPTH - 1);
    assert!(book.is_descendant(&category_id(DEPTH - 1), &category_id(0)));
    assert_eq!(book.resolve(&"old0".into()).map(|category| &category.id), Some(&category_id(0)));
    let dir = tempfile::tempdir().unwrap();
    let text = Arc::new(Text::new("Norvania will suspend the talks.\n"));
    let document = Document::new(meta("d001", &text), text);
    let ana = Annotator::new("ana".into(), "Ana", Colour::nth(0));
    let root = dir.path().join("deep");
    let project =
        Project::assemble("Deep".to_owned(), vec![ana], Vec::new(), Vec::new(), book.clone(), vec![document]);
    let folder = Folder::new(&root);
    create(&folder, &project).unwrap();
    session::works_here(&root, "ana");
    assert_eq!(open(&folder).unwrap().project.codebook().categories.len(), DEPTH);
    assert_eq!(check(&folder).unwrap(), []);
    let mut session = session::open(&root);
    session::tag(&mut session, "talks", &format!("c{}", DEPTH - 1));
    session.save_now().unwrap();
    let summary = ProjectSummary::new(session.project(), None);
    assert_eq!(summary.totals().spans, 1);
    // In the configuration of brat, each level is a tab.
    for format in codebook::formats().iter().filter(|format| format.info().name != "brat") {
        let preset = Preset {
            id: "deep".to_owned(),
            name: "Deep".to_owned(),
            description: String::new(),
            codebook: book.clone(),
        };
        format.write(&preset).unwrap();
    }
}
