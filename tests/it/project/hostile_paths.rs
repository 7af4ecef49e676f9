//! Something else in place of each file and folder that the program touches: whatever is done with the project, nothing
//! outside is read or written, and nothing blocks for ever.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use demarche::io::project::*;
use demarche::io::settings::Local;
use demarche::model::*;
use demarche::session::{AnnotateAction, Env, NavigateAction, Session};

use crate::support::cli::demarche;
use crate::support::project::*;
use crate::support::session;

const SECRET: &str = "what is outside";

/// The paths that the program touches in a project. A new file is added here.
const FILES: [&str; 23] = [
    "project.ron",
    "documents/d001.txt",
    "documents/d001.ron",
    "layers/ana/d001.ron",
    "layers/ben/d001.ron",
    "reviews/ben/d001.ron",
    "consensus/ana/d001.ron",
    "history/ana.log",
    "guidelines.md",
    ".gitattributes",
    ".demarche/.gitignore",
    ".demarche/lock-ana",
    ".demarche/lock-project",
    ".demarche/lock-.commands",
    ".demarche/holder-ana.ron",
    ".demarche/folder-id",
    ".demarche/undo-ana.log",
    ".demarche/journal-ana-host.log",
    ".demarche/commit-1",
    ".demarche/base/project.ron",
    ".demarche/base/layers/ana/d001.ron",
    ".demarche/base/documents/d001.txt",
    // The name of the user and the machine.
    ".demarche/local",
];

const FOLDERS: [&str; 12] = [
    "documents",
    "layers",
    "layers/ana",
    "reviews",
    "reviews/ben",
    "consensus",
    "consensus/ana",
    "history",
    ".demarche",
    ".demarche/base",
    ".demarche/incoming",
    ".demarche/trash",
];

/// Something in place of a file or folder.
#[derive(Clone, Copy, Debug)]
enum Instead {
    LinkToFile,
    LinkToFolder,
    LinkToNothing,
    LinkToDevice,
    Pipe,
    Socket,
    Folder,
    File,
    Unreadable,
}

const ALL: [Instead; 9] = [
    Instead::LinkToFile,
    Instead::LinkToFolder,
    Instead::LinkToNothing,
    Instead::LinkToDevice,
    Instead::Pipe,
    Instead::Socket,
    Instead::Folder,
    Instead::File,
    Instead::Unreadable,
];

/// A project with something in place of one of its files, and a file and a folder next to it.
struct Home {
    dir: TempDir,
    folder: Folder,
    /// Everything next to the project, before the test.
    outside: BTreeMap<PathBuf, String>,
    case: String,
    start: Instant,
    _socket: Option<UnixListener>,
}

impl Home {
    fn new(path: &str, instead: Instead) -> Self {
        let (dir, folder) = on_disk();
        Local { annotator: Some("ana".into()), ..Local::default() }.write(&folder);
        fs::create_dir(dir.path().join("out")).expect("created");
        fs::write(dir.path().join("out/d001.ron"), SECRET).expect("written");
        fs::write(dir.path().join("secret"), SECRET).expect("written");
        let mut home = Self {
            outside: outside(dir.path()),
            case: format!("{instead:?} at {path}"),
            start: Instant::now(),
            dir,
            folder,
            _socket: None,
        };
        home.put(path, instead);
        home
    }

    /// Returns the path of a file; the local settings have a different name on each machine.
    fn path(&self, path: &str) -> PathBuf {
        let local = self.folder.local();
        let names = fs::read_dir(&local).expect("a folder").flatten().map(|entry| entry.path());
        let settings = || names.into_iter().find(|path| path.to_string_lossy().contains("/local-"));
        if path == ".demarche/local" { settings().expect("written") } else { self.folder.root().join(path) }
    }

    fn put(&mut self, path: &str, instead: Instead) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        if let Instead::Unreadable = instead {
            if !path.exists() {
                fs::write(&path, "").expect("written");
            }
            fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("set");
            return;
        }
        let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        let link = |target: &Path| symlink(target, &path).expect("linked");
        match instead {
            Instead::LinkToFile => link(&self.dir.path().join("secret")),
            Instead::LinkToFolder => link(&self.dir.path().join("out")),
            Instead::LinkToNothing => link(&self.dir.path().join("new")),
            Instead::LinkToDevice => link(Path::new("/dev/zero")),
            Instead::Pipe => {
                let made = std::process::Command::new("mkfifo").arg(&path).status().expect("started");
                assert!(made.success());
            }
            // A path can be too long for a socket.
            Instead::Socket => self._socket = UnixListener::bind(&path).ok(),
            Instead::Folder => fs::create_dir(&path).expect("created"),
            Instead::File => fs::write(&path, "no folder").expect("written"),
            Instead::Unreadable => {}
        }
    }

    fn assert_nothing_happened_outside(&self) {
        assert_eq!(outside(self.dir.path()), self.outside, "{}", self.case);
        assert!(self.start.elapsed() < Duration::from_secs(60), "{}", self.case);
    }

    /// Asserts that no bytes from outside are in a text or archive.
    fn assert_no_secret(&self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(SECRET), "{}: {text}", self.case);
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Restored, so that the folder can be removed.
        for path in FILES.iter().chain(&FOLDERS).map(|path| self.folder.root().join(path)) {
            if path.symlink_metadata().is_ok_and(|found| !found.is_symlink()) {
                let _ = fs::set_permissions(&path, fs::Permissions::from_mode(0o700));
            }
        }
    }
}

/// Path and content of everything next to a project.
fn outside(home: &Path) -> BTreeMap<PathBuf, String> {
    let names = ["secret", "new", "out"].map(|name| home.join(name));
    let inside = fs::read_dir(home.join("out")).expect("a folder").flatten().map(|entry| entry.path());
    let all = names.into_iter().chain(inside);
    all.filter(|path| path.exists())
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap_or_default()))
        .collect()
}

/// Runs everything that the program can do with a project.
fn do_everything(home: &Home) {
    let (folder, dir) = (&home.folder, home.dir.path());
    let stamp = Stamp(0);
    let ana = AnnotatorId::new("ana");
    let _ = check(folder);
    let _ = repair(folder);
    let _ = read_history(folder);
    let entry = LogEntry { at: stamp, who: ana.clone(), step: "a".into(), changes: Vec::new() };
    let _ = append_history(folder, &[entry]);
    let _ = write_git_attributes(folder);
    let _ = read_undo_log(folder, &ana);
    let _ = Local::read(folder);
    Local { annotator: Some("ana".into()), ..Local::default() }.write(folder);
    drop(lock(folder, "ana", stamp));
    drop(lock_commands(folder));
    let _ = keep_original(folder, &"0".repeat(64), b"a file");
    forget_incoming(folder);
    let Ok((project, _)) =
        read_all(folder).or_else(|_| open_partly(folder).map(|opened| (opened.project, Vec::new())))
    else {
        return;
    };
    if Listing::read(folder).is_ok() {
        let keys = every_key(folder, &project);
        let _ = write_shared(folder, &snapshot(&project, &keys), &Seen::new(project.clone())).1;
        let _ = save_all(folder, &project);
    }
    let packet = dir.join("a.demarche-packet");
    if write_packet(&packet, &project, folder).is_ok() {
        let archive = fs::File::open(&packet).expect("it is there");
        let mut archive = zip::ZipArchive::new(archive).expect("an archive");
        for at in 0..archive.len() {
            let mut bytes = Vec::new();
            std::io::copy(&mut archive.by_index(at).expect("a file"), &mut bytes).expect("read");
            home.assert_no_secret(&bytes);
        }
    }
    let _ = read_other(folder.root(), &project);
}

fn every_case() -> impl Iterator<Item = (&'static str, Instead)> {
    FILES.iter().chain(&FOLDERS).flat_map(|path| ALL.map(|instead| (*path, instead)))
}

#[test]
fn nothing_outside_is_read_or_written_by_reading_and_saving() {
    for (path, instead) in every_case() {
        let home = Home::new(path, instead);
        do_everything(&home);
        home.assert_nothing_happened_outside();
    }
}

#[test]
fn nothing_outside_is_read_or_written_by_a_session() {
    for (path, instead) in every_case() {
        let home = Home::new(path, instead);
        if let Ok(mut session) = Session::open(home.folder.root(), Env::fixed(session::START)) {
            session.perform(NavigateAction::OpenDocument("d001".into()));
            let all = session::spans(&session).into_iter().map(|(span, _)| span).collect();
            session.perform(AnnotateAction::Remove(all));
            let _ = session.save_now();
        }
        home.assert_nothing_happened_outside();
    }
}

#[test]
fn nothing_outside_is_read_or_written_by_commands() {
    let import = "{\"text\":\"One more.\",\"spans\":[{\"start\":0,\"end\":3,\"category\":\"threat\"}]}\n";
    for (at, (path, instead)) in every_case().enumerate() {
        let home = Home::new(path, instead);
        fs::write(home.dir.path().join("in.jsonl"), import).expect("written");
        let commands: [&[&str]; 6] = [
            &["import", "talks", "in.jsonl", "--annotator", "ana"],
            &["packet", "talks", "--for", "ana", "--output", "p.demarche-packet"],
            &["export", "talks", "--format", "jsonl"],
            &["summary", "talks"],
            &["history", "talks"],
            &["check", "talks"],
        ];
        // Two commands per case, since each is a process.
        for command in [commands[at % 2], commands[2 + at % 4]] {
            let (code, out, err) = demarche(command, home.dir.path());
            assert!([0, 1, 2].contains(&code), "{} {command:?}: {code} {err}", home.case);
            home.assert_no_secret(out.as_bytes());
            home.assert_no_secret(err.as_bytes());
        }
        home.assert_nothing_happened_outside();
    }
}

#[test]
fn a_special_file_is_named_with_what_to_do() {
    for (path, instead) in
        [("layers/ana/d001.ron", Instead::LinkToFile), ("documents/d001.txt", Instead::Pipe)]
    {
        let home = Home::new(path, instead);
        let found = check(&home.folder).expect("checked");
        let problem = found.iter().find(|problem| problem.file == Path::new(path)).expect("it is named");
        assert!(
            problem.kind == demarche::io::ProblemKind::Special && problem.message.contains("remove"),
            "{problem}"
        );
    }
}

#[test]
fn odd_names_in_a_project_are_neither_followed_nor_printed_raw() {
    use std::os::unix::ffi::OsStrExt as _;
    let (dir, folder) = on_disk();
    let layers = folder.root().join("layers/ana");
    for name in [&b"a\nb.ron"[..], b"\x1b[2J.ron", b"\xff\xfe.ron", b"-rf.ron", b"con.ron", b" .ron"] {
        fs::write(layers.join(std::ffi::OsStr::from_bytes(name)), "()").expect("written");
    }
    let mut deep = folder.root().join("documents");
    while deep.as_os_str().len() < 3_800 {
        deep.push("x".repeat(200));
        if fs::create_dir(&deep).is_err() {
            break;
        }
    }
    let (code, out, err) = demarche(&["check", "talks"], dir.path());
    assert_eq!(code, 1, "{err}");
    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'), "{out}{err}");
    assert!(out.contains("a\\nb.ron"), "{out}");
}

#[test]
fn huge_lists_are_read_in_time() {
    let (dir, folder) = on_disk();
    let project = fs::read_to_string(folder.root().join("project.ron")).expect("read");
    let start = "    categories: [\n";
    assert!(project.contains(start), "{project}");
    let many: String = (0..100_000)
        .map(|n| format!("        (id: \"x{n}\", name: \"X {n}\", colour: \"#112233\"),\n"))
        .collect();
    fs::write(folder.root().join("project.ron"), project.replacen(start, &format!("{start}{many}"), 1))
        .expect("written");
    let begun = Instant::now();
    let _ = open(&folder);
    let _ = check(&folder);
    let (code, ..) = demarche(&["summary", "talks"], dir.path());
    assert_eq!(code, 0);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}
