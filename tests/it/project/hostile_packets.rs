//! Hostile packets: nothing in them leads out of the folder that they are unpacked into.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use demarche::io::project::*;
use demarche::io::{IoError, PacketFault, ProblemKind};
use demarche::model::Project;

use crate::support::project::*;

/// A project, a packet of it, and an empty folder.
struct Home {
    dir: TempDir,
    project: Project,
    files: Vec<(String, Vec<u8>)>,
}

impl Home {
    fn new() -> Self {
        let (dir, folder) = on_disk();
        let (project, _) = read_all(&folder).expect("opened");
        let packet = dir.path().join("good.demarche-packet");
        let ana = person(&project, "ana", || unreachable!("she is listed"));
        let documents: Vec<_> = project.documents().iter().map(|document| document.id().clone()).collect();
        write_packet(&packet, &part_for(&project, &ana, &documents), &folder).expect("written");
        let mut archive =
            zip::ZipArchive::new(fs::File::open(&packet).expect("it is there")).expect("an archive");
        let mut files = Vec::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file");
            let mut bytes = Vec::new();
            std::io::copy(&mut file, &mut bytes).expect("read");
            files.push((file.name().expect("a name").into_owned(), bytes));
        }
        Self { dir, project, files }
    }

    fn target(&self) -> PathBuf {
        self.dir.path().join("packets")
    }

    /// Writes a packet with the regular files and one more.
    fn with(&self, name: &str, bytes: &[u8]) -> PathBuf {
        self.packed(|zip| {
            zip.start_file(name, SimpleFileOptions::default()).expect("started");
            zip.write_all(bytes).expect("written");
        })
    }

    fn packed(&self, more: impl FnOnce(&mut ZipWriter<fs::File>)) -> PathBuf {
        let path = self.dir.path().join("bad.demarche-packet");
        let mut zip = ZipWriter::new(fs::File::create(&path).expect("created"));
        for (name, bytes) in &self.files {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("started");
            zip.write_all(bytes).expect("written");
        }
        more(&mut zip);
        zip.finish().expect("finished");
        path
    }

    /// Unpacks a packet, in both ways. If it is refused, nothing may be left behind.
    fn fault(&self, packet: &Path) -> PacketFault {
        let merged = read_other(packet, &self.project).err();
        assert!(matches!(merged, Some(IoError::NotPacket { .. })), "{merged:?}");
        let fault = match unpack(packet, &self.target()) {
            Err(IoError::NotPacket { fault, path }) if path == packet => fault,
            other => panic!("{other:?}"),
        };
        assert_eq!(fs::read_dir(self.target()).expect("a folder").count(), 0, "{fault}");
        fault
    }
}

#[test]
fn names_that_lead_out_are_refused() {
    let home = Home::new();
    let long = format!("layers/{}/d001.ron", "x".repeat(300));
    for name in [
        "/etc/x.ron",
        "../x.ron",
        "layers/../../x.ron",
        "layers/./x.ron",
        "documents//x.txt",
        "C:\\x.ron",
        "layers\\ana\\x.ron",
        "layers/con/d001.ron",
        "layers/ana/aux.ron",
        "documents/nul.txt",
        "layers/a\u{1}b/d001.ron",
        &long,
        "base/../x.ron",
    ] {
        let fault = home.fault(&home.with(name, b"x"));
        assert!(matches!(&fault, PacketFault::Name { name: found, .. } if found == name), "{name}: {fault}");
    }
}

#[test]
fn a_packet_that_is_damaged_in_its_last_file_leaves_nothing() {
    let home = Home::new();
    let packet = home.packed(|zip| {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file("reviews/zoe/d001.ron", stored).expect("started");
        zip.write_all(b"This will be damaged.").expect("written");
    });
    let mut bytes = fs::read(&packet).expect("read");
    let at = bytes.windows(4).rposition(|words| words == b"will").expect("it is there");
    bytes[at] = b'W';
    fs::write(&packet, bytes).expect("written");
    home.fault(&packet);
    let good = unpack(&home.dir.path().join("good.demarche-packet"), &home.target()).expect("unpacked");
    assert!(open(&Folder::new(good)).is_ok());
}

#[test]
fn names_that_coincide_on_some_systems_are_refused() {
    let home = Home::new();
    let (first, _) = home.files.iter().find(|(name, _)| name.starts_with("layers/")).expect("a layer");
    for twin in [first.to_uppercase().replace("LAYERS", "layers"), "Project.ron".to_owned()] {
        let fault = home.fault(&home.with(&twin, b"x"));
        assert!(matches!(fault, PacketFault::Twins(_)), "{twin}: {fault}");
    }
    // The writer refuses a second file with the same name, so the bytes are changed.
    let path = home.with("projecT.ron", b"x");
    let bytes = fs::read(&path).expect("read");
    let text: Vec<u8> = bytes.windows(11).enumerate().fold(bytes.clone(), |mut all, (at, some)| {
        if some == b"projecT.ron" {
            all[at..at + 11].copy_from_slice(b"project.ron");
        }
        all
    });
    fs::write(&path, text).expect("written");
    assert!(matches!(home.fault(&path), PacketFault::Duplicate));
}

#[test]
fn links_and_bombs_are_refused() {
    let home = Home::new();
    let link = home.packed(|zip| {
        zip.add_symlink("layers/ana/d002.ron", "/etc/passwd", SimpleFileOptions::default()).expect("added");
    });
    assert!(matches!(home.fault(&link), PacketFault::Link(_)));
    let zeros = vec![0; 80 << 20];
    let bomb = home.packed(|zip| {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file("layers/ana/d009.ron", options).expect("started");
        zip.write_all(&zeros).expect("written");
    });
    assert!(matches!(home.fault(&bomb), PacketFault::FileTooLarge(_) | PacketFault::Archive(_)));
}

#[test]
fn a_list_of_many_files_is_not_read() {
    let home = Home::new();
    let many = home.packed(|zip| {
        for number in 0..200_001 {
            zip.start_file(
                format!("x{number}"),
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
            )
            .expect("started");
        }
    });
    assert!(matches!(home.fault(&many), PacketFault::Archive(_)));
}

#[test]
fn other_files_are_left_out() {
    let home = Home::new();
    for name in [
        "readme.txt",
        ".demarche/lock-ana",
        "__MACOSX/._project.ron",
        ".gitattributes",
        "history/ana.log",
        "sub/project.ron",
    ] {
        let _ = fs::remove_dir_all(home.target());
        let root = unpack(&home.with(name, b"x"), &home.target()).expect("unpacked");
        assert!(!root.join(name).exists(), "{name}");
        let found = check(&Folder::new(root)).expect("checked");
        assert!(
            found.iter().all(|problem| problem.kind == ProblemKind::UnknownCategory),
            "{name}: {found:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_packet_is_unpacked_for_its_user_alone() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let home = Home::new();
    let packet = home.dir.path().join("good.demarche-packet");
    let root = unpack(&packet, &home.target()).expect("unpacked");
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(&home.target()), mode(&root)), (0o700, 0o700));
    assert_eq!(unpack(&packet, &home.target()).expect("found"), root, "work in it is kept");
    // A folder that others can write to, or a link, is not trusted.
    let open = home.dir.path().join("open");
    fs::create_dir(&open).expect("created");
    fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).expect("set");
    assert!(matches!(unpack(&packet, &open), Err(IoError::System { .. })));
    let link = home.dir.path().join("link");
    symlink(home.target(), &link).expect("linked");
    assert!(matches!(unpack(&packet, &link), Err(IoError::Special { .. })));
    // Something else in place of the folder is left alone.
    fs::remove_dir_all(&root).expect("removed");
    fs::create_dir(&root).expect("created");
    fs::write(root.join("mine"), "x").expect("written");
    let other = unpack(&packet, &home.target()).expect("unpacked");
    assert!(other != root && root.join("mine").exists());
}
