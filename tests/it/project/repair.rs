//! Projects that can't be opened as they are: opened in part, repaired, and nothing lost.

use std::fs;

use demarche::io::project::{Folder, Remedy, check, create, damage, open, open_partly, repair};
use demarche::model::LayerId;
use demarche::session::DamagedProject;

use crate::support::project::*;
use crate::support::session::{open as open_session, sample_copy};

const LAYER: &str = "layers/ana/d001.ron";

fn copy_of(folder: &Folder, file: &str) -> String {
    fs::read_to_string(folder.root().join(format!("{file}.before-repair"))).expect("a copy")
}

/// Damages `project.ron`, and checks that the repaired project opens with all documents and layers.
fn is_repaired(change: impl FnOnce(String) -> String) -> Vec<String> {
    let (_dir, root) = sample_copy();
    let folder = Folder::new(&root);
    let (before, all) = (read_all(&folder).expect("whole").0, files(&root));
    let path = folder.project_file();
    let damaged = change(fs::read_to_string(&path).expect("there"));
    fs::write(&path, &damaged).expect("written");
    open(&folder).expect_err("it is damaged");
    let found = damage(&folder).expect("damage");
    assert!(found.remedy == Remedy::Repair && found.problems[0].line.is_some(), "{found:?}");
    assert!(!open_partly(&folder).expect("the rest").project.documents().is_empty());
    assert_eq!(repair(&folder).expect("repaired"), [std::path::Path::new("project.ron.before-repair")]);
    assert_eq!(copy_of(&folder, "project.ron"), damaged);
    assert_eq!(damage(&folder), None);
    let (after, _) = read_all(&folder).expect("whole again");
    assert_eq!(after.documents().len(), before.documents().len());
    for document in before.documents() {
        let now = after.document(document.id()).expect("listed");
        assert_eq!((&now.text, now.layers.len()), (&document.text, document.layers.len()));
    }
    for (name, content) in files(&root) {
        assert!(name.starts_with("project.ron") || all[&name] == content, "{name} is as it was");
    }
    found.problems.iter().map(|problem| problem.to_string()).collect()
}

#[test]
fn a_record_that_cant_be_read_is_left_out_and_its_document_listed_again() {
    let problems = is_repaired(|text| text.replacen("id: \"d002\", title:", "id: \"d002\", title", 1));
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn a_second_record_of_one_id_is_left_out() {
    is_repaired(|text| {
        let line = text.lines().find(|line| line.contains("id: \"d001\"")).expect("listed").to_owned() + "\n";
        text.replace(&line, &line.repeat(2))
    });
}

#[test]
fn a_file_that_was_cut_off_is_closed() {
    for part in [0.99, 0.9, 0.75] {
        is_repaired(|text| {
            let documents = text.find("documents: [").expect("a list");
            let length = documents + ((text.len() - documents) as f64 * part) as usize;
            text[..text.floor_char_boundary(length)].to_owned()
        });
    }
}

#[test]
fn a_project_file_without_one_of_its_lists_is_damaged_and_repaired() {
    let lists = ["annotators", "actors", "issues", "categories", "attributes", "link_kinds", "documents"];
    for list in lists {
        let (_dir, folder) = on_disk();
        let (whole, before) = read_all(&folder).expect("read");
        let text = fs::read_to_string(folder.project_file()).expect("a file");
        let start = text.find(&format!("    {list}: [")).expect("a list");
        let end = start + text[start..].find("\n    ],\n").expect("its end") + "\n    ],\n".len();
        fs::write(folder.project_file(), [&text[..start], &text[end..]].concat()).expect("written");
        demarche::io::project::open(&folder).expect_err("damaged");
        let found = damage(&folder).expect("damage");
        assert_eq!((found.remedy, found.problems.len()), (Remedy::Repair, 1), "{list}: {:?}", found.problems);
        assert!(found.problems[0].message.contains(list), "{:?}", found.problems);
        assert_eq!(repair(&folder).expect("repaired").len(), 1, "{list}");
        let (repaired, problems) = read_all(&folder).expect("opens");
        let ids = |project: &demarche::model::Project| {
            let people: Vec<String> =
                project.annotators().iter().map(|person| person.id.to_string()).collect();
            (project.documents().iter().map(|document| document.id().clone()).collect::<Vec<_>>(), people)
        };
        let owners_only = list == "annotators";
        assert_eq!(ids(&repaired).0, ids(&whole).0, "{list}");
        assert!(owners_only || ids(&repaired).1 == ids(&whole).1, "{list}");
        let spans = |project: &demarche::model::Project| -> usize {
            let documents = project.documents().iter();
            documents.flat_map(|document| document.layers.values()).map(|layer| layer.len()).sum()
        };
        // The span of a missing category is read once the codebook is rebuilt.
        assert!(spans(&repaired) >= spans(&whole), "{list}");
        assert!(problems.len() <= before.len(), "{list}: {problems:?}");
    }
}

#[test]
fn a_file_in_the_middle_of_a_merge_is_not_guessed_at() {
    let (_dir, folder) = on_disk();
    edit(&folder, "project.ron", "    actors: [", "<<<<<<< ours\n    actors: [");
    let before = files(folder.root());
    assert_eq!(damage(&folder).expect("damage").remedy, Remedy::None);
    repair(&folder).expect_err("refused");
    open_partly(&folder).expect_err("refused");
    assert_eq!(files(folder.root()), before);
}

#[test]
fn unreadable_layers_and_decisions_are_set_aside() {
    let (_dir, folder) = on_disk();
    fs::write(folder.root().join(LAYER), "(\n    format: 1,\n    document: \"d001\",\n").expect("written");
    edit(&folder, "reviews/ben/d001.ron", "verdict: Disputed", "verdict: Doubted");
    let before = files(folder.root());
    assert_eq!(repair(&folder).expect("repaired").len(), 2);
    assert_eq!(copy_of(&folder, LAYER), before[LAYER]);
    assert_eq!(copy_of(&folder, "reviews/ben/d001.ron"), before["reviews/ben/d001.ron"]);
    assert!(!folder.root().join(LAYER).exists());
    assert_eq!(check(&folder).expect("checked"), []);
    // What is newer is not damaged.
    edit(&folder, "reviews/ben/d001.ron", "format: 1", "format: 9");
    assert_eq!(repair(&folder).expect("nothing to do").len(), 0);
    let copies = files(folder.root()).keys().filter(|name| name.contains("before-repair")).count();
    assert_eq!(copies, 2);
}

#[test]
fn a_project_opened_read_only_is_never_written() {
    let (_dir, root) = sample_copy();
    let folder = Folder::new(&root);
    edit(&folder, "project.ron", "id: \"d002\", title:", "id: \"d002\", title");
    let before = files(&root);
    let damaged = DamagedProject::at(&root).expect("damage");
    let mut session = damaged.open_read_only(demarche::session::Env::system(|| {})).expect("opened");
    session.finish_jobs();
    assert_eq!(session.project().documents().len(), 4);
    assert!(session.read_only().is_some());
    use demarche::session::ProjectAction;
    session.perform(ProjectAction::SetName("Other".to_owned()));
    session.perform(ProjectAction::WorkAs { name: "Ben Okafor".to_owned() });
    session.perform(ProjectAction::SetName("Other".to_owned()));
    session.save_now().expect("nothing to save");
    assert_eq!(files(&root), before);
    assert!(!damaged.repair().expect("repaired").is_empty());
    assert_eq!(open_session(&root).read_only(), None);
}

/// Takes `project.ron` away, or replaces it by bytes of which nothing can be read.
fn is_rebuilt(instead: Option<&[u8]>) {
    let (_dir, root) = sample_copy();
    let folder = Folder::new(&root);
    let (before, all) = (read_all(&folder).expect("whole").0, files(&root));
    match instead {
        None => fs::remove_file(folder.project_file()),
        Some(bytes) => fs::write(folder.project_file(), bytes),
    }
    .expect("done");
    assert_eq!(check(&folder).expect("checked").len(), 1);
    let found = damage(&folder).expect("damage");
    assert_eq!((found.remedy, found.problems.len()), (Remedy::Rebuild, 1));
    let seen =
        DamagedProject::at(&root).expect("damaged").open_read_only(demarche::session::Env::system(|| {}));
    assert_eq!(seen.expect("open").project().documents().len(), before.documents().len());
    let kept = repair(&folder).expect("repaired");
    assert_eq!(kept.len(), usize::from(instead.is_some()));
    assert_eq!(damage(&folder), None);
    assert_eq!(check(&folder).expect("checked"), []);
    let (after, problems) = read_all(&folder).expect("whole again");
    assert_eq!(problems, []);
    for document in before.documents() {
        let now = after.document(document.id()).expect("listed");
        assert_eq!(
            (&now.text, &now.layers, &now.reviews),
            (&document.text, &document.layers, &document.reviews)
        );
    }
    for person in before
        .annotators()
        .iter()
        .filter(|person| all.keys().any(|f| f.contains(&format!("/{}/", person.id))))
    {
        assert!(after.annotator(&person.id).is_some(), "{}", person.id);
    }
    for category in &before.codebook().categories {
        assert!(after.codebook().category(&category.id).is_some(), "{}", category.id);
    }
    for (name, content) in files(&root) {
        assert!(name.starts_with("project.ron") || all[&name] == content, "{name} is as it was");
    }
}

#[test]
fn a_project_file_that_is_lost_is_rebuilt_from_the_others() {
    is_rebuilt(None);
    let (_dir, root) = sample_copy();
    fs::remove_file(root.join("project.ron")).expect("removed");
    let before = files(&root);
    create(&Folder::new(&root), &demarche::model::Project::default()).expect_err("in the way");
    assert_eq!(files(&root), before);
    for bytes in [&b""[..], &[0; 4096], b"\xff\xfe(\0", b"(\n    format: 2,\n    na", b"\xef\xbb\xbf"] {
        is_rebuilt(Some(bytes));
    }
}

#[test]
fn a_rebuilt_project_has_what_its_layers_use() {
    let (_dir, folder) = on_disk();
    let before = read_all(&folder).expect("whole").0;
    fs::remove_file(folder.project_file()).expect("removed");
    repair(&folder).expect("repaired");
    let (after, problems) = read_all(&folder).expect("whole again");
    assert_eq!(problems, []);
    assert_eq!(check(&folder).expect("checked"), []);
    let id = LayerId::new(&"d001".into(), &"ana".into());
    let [before, after] = [&before, &after].map(|project| project.layer(&id).expect("a layer"));
    // A span whose category was not in the codebook has one now.
    assert_eq!((before.detached().count(), after.detached().count()), (1, 0));
    assert_eq!(before.len() + 1, after.len());
    assert!(before.spans().all(|span| after.span(span.id) == Some(span)));
    assert!(before.links().all(|link| after.link(link.id) == Some(link)));
}

#[test]
fn a_folder_without_texts_or_in_a_newer_format_is_not_rebuilt() {
    let (_dir, folder) = on_disk();
    fs::write(folder.project_file(), "(\n    format: 99,\n    na").expect("written");
    assert_eq!(damage(&folder).expect("damage").remedy, Remedy::None);
    repair(&folder).expect_err("newer");
    fs::remove_file(folder.project_file()).expect("removed");
    fs::remove_dir_all(folder.root().join("documents")).expect("removed");
    assert_eq!(damage(&folder), None);
    repair(&folder).expect_err("no project");
    assert!(!folder.project_file().exists());
}
