//! Watching real folders.

use super::*;

/// A project with a layer, and a watch on it.
fn watched() -> (tempfile::TempDir, PathBuf, Watch) {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("project");
    write(&root, "project.ron");
    write(&root, "layers/ana/d001.ron");
    write(&root, "documents/d001.txt");
    let watch = Watch::start(&Folder::new(&root), || {});
    (home, root, watch)
}

fn write(root: &Path, file: &str) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, "x").unwrap();
}

fn until(watch: &Watch, is_there: impl Fn(&Changes) -> bool) -> Changes {
    let start = Instant::now();
    let mut all = Changes::default();
    while !is_there(&all) {
        assert!(start.elapsed() < Duration::from_secs(20), "{all:?}");
        std::thread::sleep(Duration::from_millis(5));
        let Changes { files, survey } = watch.take();
        all.files.extend(files);
        all.survey = survey.or(all.survey);
    }
    all
}

fn lists(changes: &Changes, file: &str) -> bool {
    changes.survey.as_ref().is_some_and(|survey| survey.contains(Path::new(file)))
}

#[test]
fn what_changes_right_after_the_start_is_reported() {
    let (_home, root, watch) = watched();
    write(&root, "project.ron");
    write(&root, "reviews/ben/d001.ron");
    std::fs::remove_file(root.join("layers/ana/d001.ron")).unwrap();
    let expected = ["layers/ana/d001.ron", "project.ron", "reviews/ben/d001.ron"].map(PathBuf::from);
    let changes = until(&watch, |all| all.files.len() == 3);
    assert_eq!(changes.files, BTreeSet::from(expected));
    assert_eq!(changes.survey, None);
}

#[test]
fn nothing_is_reported_if_nothing_changes() {
    let (_home, _root, watch) = watched();
    std::thread::sleep(QUIET * 3);
    assert_eq!(watch.take(), Changes::default());
}

#[test]
fn a_folder_that_is_replaced_is_watched_again() {
    let (home, root, watch) = watched();
    std::fs::rename(root.join("layers"), home.path().join("away")).unwrap();
    let gone = until(&watch, |all| all.survey.is_some());
    assert!(!lists(&gone, "layers/ana/d001.ron") && lists(&gone, "documents/d001.txt"));
    write(&root, "layers/ana/d002.ron");
    until(&watch, |all| all.files.contains(Path::new("layers/ana/d002.ron")));
    write(&root, "layers/ana/d003.ron");
    until(&watch, |all| all.files.contains(Path::new("layers/ana/d003.ron")));
}

#[test]
fn a_root_that_is_replaced_is_watched_again() {
    let (home, root, watch) = watched();
    std::fs::rename(&root, home.path().join("away")).unwrap();
    write(&root, "project.ron");
    write(&root, "layers/cem/d001.ron");
    let back = until(&watch, |all| lists(all, "layers/cem/d001.ron"));
    assert!(!lists(&back, "layers/ana/d001.ron"));
    write(&root, "layers/cem/d002.ron");
    until(&watch, |all| all.files.contains(Path::new("layers/cem/d002.ron")));
}

#[test]
fn after_an_absence_all_files_are_listed() {
    let (_home, _root, watch) = watched();
    watch.was_away();
    until(&watch, |all| lists(all, "layers/ana/d001.ron") && lists(all, "project.ron"));
}

#[test]
fn a_folder_that_is_polled_is_listed_when_that_starts() {
    let (_home, root, _) = watched();
    let (sender, messages) = channel();
    let mut polled = Watched::polling(&Folder::new(&root), &sender).unwrap();
    assert!(polled.survey().contains(Path::new("layers/ana/d001.ron")));
    let (out, reports) = channel();
    std::thread::spawn(move || polled.run(&messages, |changes| out.send(changes).is_ok()));
    write(&root, "layers/ben/d001.ron");
    let changes = reports.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(changes.files.contains(Path::new("layers/ben/d001.ron")), "{changes:?}");
    sender.send(Message::Stop).unwrap();
}
