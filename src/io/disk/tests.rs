//! The same laws hold for every implementation of [`Disk`].

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::portable::PortableDisk;
use super::*;

/// Creates a disk below a root.
type Make = fn(&Path) -> Arc<dyn Disk>;

/// The content of the file outside, which nothing may read or change.
const SECRET: &str = "outside";

/// A root with one file and one folder, and a file and a folder next to the root.
struct Home {
    folder: tempfile::TempDir,
    disk: Arc<dyn Disk>,
}

impl Home {
    fn new(make: Make) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/x.ron"), "x").unwrap();
        fs::create_dir_all(folder.path().join("out/b")).unwrap();
        fs::write(folder.path().join("out/x.ron"), SECRET).unwrap();
        Self { disk: make(&root), folder }
    }

    fn root(&self) -> std::path::PathBuf {
        self.folder.path().join("root")
    }

    /// Asserts that everything next to the root is unchanged.
    fn assert_outside_is_untouched(&self) {
        let out = self.folder.path().join("out");
        assert_eq!(fs::read_to_string(out.join("x.ron")).unwrap(), SECRET);
        assert_eq!(fs::read_dir(&out).unwrap().count(), 2);
        assert_eq!(fs::read_dir(out.join("b")).unwrap().count(), 0);
    }
}

/// Every implementation that this system has.
fn disks() -> Vec<Make> {
    let mut disks: Vec<Make> = vec![|root| Arc::new(PortableDisk::new(root))];
    #[cfg(unix)]
    disks.extend([(|root| Arc::new(unix::UnixDisk::new(root))) as Make, |root| {
        Arc::new(unix::UnixDisk::folder_by_folder(root))
    }]);
    disks
}

/// The results of all operations that may not touch a special entry, with their names.
fn refused(disk: &dyn Disk, path: &str) -> Vec<(&'static str, Option<SpecialKind>)> {
    let path = Path::new(path);
    let other = Path::new("a/other.ron");
    let special = |result: Result<(), DiskError>| match result {
        Err(DiskError::Special { kind, .. }) => Some(kind),
        _ => None,
    };
    vec![
        ("read", special(steps::read(disk, path, 100).map(drop))),
        ("last byte", special(disk.last_byte(path).map(drop))),
        ("create", special(disk.create(path, &mut &b"y"[..]))),
        ("append", special(disk.append(path, b"y"))),
        ("replace", special(steps::replace(disk, path, &mut &b"y"[..]))),
        ("permissions", special(disk.copy_permissions(Path::new("a/x.ron"), path))),
        ("sync", special(disk.sync_file(path))),
        ("rename", special(disk.rename(path, other))),
        ("rename over", special(disk.rename(Path::new("a/x.ron"), path))),
        ("link", special(disk.hard_link(path, other))),
        ("remove", special(disk.remove_file(path))),
        ("lock", special(disk.lock_file(path).map(drop))),
    ]
}

fn assert_refused(disk: &dyn Disk, path: &str, expected: SpecialKind) {
    for (operation, found) in refused(disk, path) {
        assert_eq!(found, Some(expected), "{operation} of {path} by {disk:?}");
    }
}

#[test]
fn files_and_folders_are_read_and_written() {
    for make in disks() {
        let home = Home::new(make);
        let disk = &*home.disk;
        let path = Path::new("a/c/y.ron");
        steps::make_folders(disk, Path::new("a/c")).unwrap();
        disk.create(path, &mut &b"one"[..]).unwrap();
        assert!(disk.create(path, &mut &b"two"[..]).is_err_and(|error| error.is_taken()));
        disk.append(path, b"\n").unwrap();
        assert_eq!(steps::read(disk, path, 4).unwrap(), b"one\n");
        assert_eq!(disk.last_byte(path).unwrap(), Some(b'\n'));
        assert_eq!(disk.metadata(path).unwrap(), Metadata { kind: Kind::File, length: 4 });
        steps::replace(disk, path, &mut &b"three"[..]).unwrap();
        assert_eq!(steps::read(disk, path, 5).unwrap(), b"three");
        let names: Vec<_> =
            disk.list(Path::new("a/c")).unwrap().into_iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["y.ron"], "nothing temporary is left");
        disk.hard_link(path, Path::new("a/z.ron")).unwrap();
        disk.rename(path, Path::new("a/x.ron")).unwrap();
        assert_eq!(steps::read(disk, Path::new("a/x.ron"), 5).unwrap(), b"three");
        disk.sync_folder(Path::new("a")).unwrap();
        disk.sync_folder(Path::new("")).unwrap();
        steps::remove_tree(disk, Path::new("a")).unwrap();
        assert_eq!(disk.list(Path::new("")).unwrap(), []);
    }
}

#[test]
fn a_path_can_not_lead_out_of_the_root() {
    for make in disks() {
        let home = Home::new(make);
        let out = home.folder.path().join("out/x.ron");
        for path in ["../out/x.ron", "a/../../out/x.ron", "a/../a/x.ron", out.to_str().unwrap()] {
            let read = steps::read(&*home.disk, Path::new(path), 100);
            assert!(
                matches!(&read, Err(DiskError::System(error)) if error.kind() == ErrorKind::InvalidInput)
            );
            assert!(home.disk.append(Path::new(path), b"y").is_err());
        }
        assert!(home.disk.remove_folder(Path::new("")).is_err());
        home.assert_outside_is_untouched();
    }
}

#[test]
fn a_file_is_read_up_to_its_limit() {
    for make in disks() {
        let home = Home::new(make);
        let path = Path::new("a/x.ron");
        fs::write(home.root().join(path), "12345").unwrap();
        assert_eq!(steps::read(&*home.disk, path, 5).unwrap(), b"12345");
        assert!(matches!(steps::read(&*home.disk, path, 4), Err(DiskError::TooLarge { limit: 4 })));
    }
    // A file that grows while it is read is not read to the end either.
    let mut grown = Bounded { inner: &b"12345"[..], left: 4 };
    let error = io::copy(&mut grown, &mut io::sink()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::FileTooLarge);
}

#[test]
fn without_the_root_nothing_is_created() {
    for make in disks() {
        let home = Home::new(make);
        let disk = &*home.disk;
        fs::rename(home.root(), home.folder.path().join("moved")).unwrap();
        let path = Path::new("a/x.ron");
        let is_gone = |result: Result<(), DiskError>| matches!(result, Err(DiskError::Gone));
        assert!(is_gone(steps::read(disk, path, 100).map(drop)));
        assert!(is_gone(steps::replace(disk, path, &mut &b"y"[..])));
        assert!(is_gone(steps::make_folders(disk, Path::new("a/b")).map(drop)));
        assert!(is_gone(disk.append(path, b"y")));
        assert!(is_gone(disk.lock_file(path).map(drop)));
        assert!(is_gone(disk.list(Path::new("")).map(drop)));
        assert!(!home.root().exists());
        disk.create_root().unwrap();
        assert_eq!(disk.list(Path::new("")).unwrap(), []);
    }
}

#[test]
fn a_folder_below_is_a_root_under_the_same_rules() {
    for make in disks() {
        let home = Home::new(make);
        let below = Below::new(home.disk.clone(), Path::new("a"));
        assert_eq!(steps::read(&below, Path::new("x.ron"), 1).unwrap(), b"x");
        assert!(steps::read(&below, Path::new("../a/x.ron"), 1).is_err());
        assert_eq!(below.list(Path::new("")).unwrap().len(), 2);
    }
}

#[cfg(unix)]
#[test]
fn the_root_may_be_a_link() {
    for make in disks() {
        let home = Home::new(make);
        let link = home.folder.path().join("link");
        std::os::unix::fs::symlink(home.root(), &link).unwrap();
        let disk = make(&link);
        steps::replace(&*disk, Path::new("a/x.ron"), &mut &b"y"[..]).unwrap();
        assert_eq!(fs::read_to_string(home.root().join("a/x.ron")).unwrap(), "y");
    }
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    for make in disks() {
        let home = Home::new(make);
        let (disk, root) = (&*home.disk, home.root());
        symlink("../out/x.ron", root.join("file.ron")).unwrap();
        symlink(home.folder.path().join("out"), root.join("folder")).unwrap();
        symlink("../../out", root.join("a/inner")).unwrap();
        symlink("../nothing", root.join("dangling")).unwrap();
        symlink("a/x.ron", root.join("inside.ron")).unwrap();
        symlink("a", root.join(".demarche")).unwrap();
        for path in [
            "file.ron",
            "folder",
            "folder/x.ron",
            "folder/b/new.ron",
            "a/inner/x.ron",
            "a/inner/b/new.ron",
            "dangling",
            "dangling/x.ron",
            "inside.ron",
            ".demarche/x.ron",
        ] {
            assert_refused(disk, path, SpecialKind::Link);
        }
        for folder in ["folder", "folder/b", "a/inner", "dangling", ".demarche"] {
            let is_refused = |result: Result<(), DiskError>| matches!(result, Err(DiskError::Special { .. }));
            assert!(is_refused(disk.list(Path::new(folder)).map(drop)), "{folder} by {disk:?}");
            assert!(is_refused(disk.sync_folder(Path::new(folder))), "{folder}");
            assert!(is_refused(steps::make_folders(disk, Path::new(folder)).map(drop)), "{folder}");
            assert!(is_refused(steps::remove_tree(disk, Path::new(folder))), "{folder}");
        }
        let found = disk.metadata(Path::new("dangling")).unwrap();
        assert_eq!(found.kind, Kind::Special(SpecialKind::Link));
        assert_eq!(steps::read(disk, Path::new("a/x.ron"), 1).unwrap(), b"x");
        home.assert_outside_is_untouched();
        assert!(!home.folder.path().join("nothing").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_named_where_it_is() {
    for make in disks() {
        let home = Home::new(make);
        std::os::unix::fs::symlink("../../out", home.root().join("a/inner")).unwrap();
        match steps::read(&*home.disk, Path::new("a/inner/b/x.ron"), 100) {
            Err(DiskError::Special { at, .. }) => assert_eq!(at, Path::new("a/inner")),
            other => panic!("{other:?}"),
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_below_a_folder_is_named_from_that_folder() {
    for make in disks() {
        let home = Home::new(make);
        std::os::unix::fs::symlink("x.ron", home.root().join("a/link.ron")).unwrap();
        std::os::unix::fs::symlink("a", home.root().join("linked")).unwrap();
        let at = |folder: &str, path: &str| match steps::read(
            &Below::new(home.disk.clone(), Path::new(folder)),
            Path::new(path),
            100,
        ) {
            Err(DiskError::Special { at, .. }) => at,
            other => panic!("{other:?}"),
        };
        assert_eq!(at("a", "link.ron"), Path::new("link.ron"));
        assert_eq!(at("linked/b", "x.ron"), Path::new(""), "it is above");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_neither_block_nor_are_opened() {
    for make in disks() {
        let home = Home::new(make);
        let pipe = home.root().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let _socket = std::os::unix::net::UnixListener::bind(home.root().join("socket")).unwrap();
        assert_refused(&*home.disk, "pipe", SpecialKind::Pipe);
        assert_refused(&*home.disk, "pipe/x.ron", SpecialKind::Pipe);
        assert_refused(&*home.disk, "socket", SpecialKind::Socket);
        assert!(home.disk.list(Path::new("pipe")).is_err());
        let kinds: Vec<Kind> =
            home.disk.list(Path::new("")).unwrap().into_iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| matches!(kind, Kind::Special(_))).count(), 2);
    }
}

#[test]
fn a_series_reads_and_writes_like_single_steps() {
    for make in disks() {
        let home = Home::new(make);
        let Some(series) = home.disk.series() else { continue };
        let disk = &*series;
        steps::make_folders(disk, Path::new("a/c")).unwrap();
        let path = Path::new("a/c/y.ron");
        disk.create(path, &mut &b"one"[..]).unwrap();
        assert!(disk.create(path, &mut &b"two"[..]).is_err_and(|error| error.is_taken()));
        assert_eq!(steps::read(disk, path, 3).unwrap(), b"one");
        disk.rename(Path::new("a/c"), Path::new("a/d")).unwrap();
        steps::make_folders(disk, Path::new("a/c")).unwrap();
        assert!(steps::read(disk, path, 3).is_err_and(|error| error.is_missing()), "the folder is a new one");
        disk.remove_folder(Path::new("a/c")).unwrap();
        assert!(disk.create(path, &mut &b"two"[..]).is_err_and(|error| error.is_missing()));
        assert_eq!(fs::read_to_string(home.root().join("a/d/y.ron")).unwrap(), "one");
    }
}

#[cfg(unix)]
#[test]
fn a_series_follows_no_link_either() {
    for make in disks() {
        let home = Home::new(make);
        let Some(series) = home.disk.series() else { continue };
        let root = home.root();
        std::os::unix::fs::symlink("../out", root.join("early")).unwrap();
        assert_refused(&*series, "early/x.ron", SpecialKind::Link);
        // A folder that was reached stays the one that is written to.
        let path = Path::new("a/new.ron");
        assert_eq!(steps::read(&*series, Path::new("a/x.ron"), 1).unwrap(), b"x");
        fs::rename(root.join("a"), root.join("moved")).unwrap();
        std::os::unix::fs::symlink("../out", root.join("a")).unwrap();
        series.create(path, &mut &b"y"[..]).unwrap();
        assert!(root.join("moved/new.ron").exists());
        assert_refused(&*home.disk, "a/new.ron", SpecialKind::Link);
        fs::rename(&root, home.folder.path().join("away")).unwrap();
        fs::remove_dir_all(home.folder.path().join("away")).unwrap();
        let again = series.create(Path::new("a/again.ron"), &mut &b"y"[..]);
        assert!(matches!(again, Err(DiskError::Gone)), "{again:?}");
        home.assert_outside_is_untouched();
    }
}
