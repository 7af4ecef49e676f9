//! Hostile files and folders on the command line: special files are reported, and contents control nothing.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::support::cli::demarche;

/// Characters that a terminal obeys.
const CONTROL: &str = "\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{2028}";

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("note.txt"), "A note.\n").expect("written");
    assert_eq!(demarche(&["new", "talks", "note.txt"], home.path()).0, 0);
    home
}

fn is_clean(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() && c != '\n' || ('\u{2028}'..='\u{202e}').contains(&c))
}

fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().expect("started").success());
}

#[test]
fn no_control_character_reaches_the_terminal() {
    let home = home();
    let project = home.path().join("talks/project.ron");
    let text = fs::read_to_string(&project).expect("read");
    let escaped: String = CONTROL.chars().map(|c| format!("\\u{{{:x}}}", u32::from(c))).collect();
    let text = text
        .replace("\"talks\"", &format!("\"{escaped}talks\""))
        .replace("title: \"", &format!("title: \"{escaped}"));
    fs::write(&project, text).expect("written");
    fs::write(home.path().join(format!("talks/layers{CONTROL}.ron")), "x").expect("written");
    fs::create_dir_all(home.path().join("talks/history")).expect("created");
    fs::write(home.path().join("talks/history/ana.log"), format!("{CONTROL}\n")).expect("written");
    let odd = format!("{CONTROL}.txt");
    fs::write(home.path().join(&odd), "Another note.\n").expect("written");
    let commands: [&[&str]; 9] = [
        &["summary", "talks"],
        &["summary", "talks", "--json"],
        &["check", "talks"],
        &["check", "talks", "--json"],
        &["people", "talks"],
        &["agree", "talks"],
        &["import", "talks", &odd],
        &["import", "talks", &format!("{CONTROL}missing.txt")],
        &["summary", &format!("{CONTROL}missing")],
    ];
    for command in commands {
        let (_, out, err) = demarche(command, home.path());
        assert!(is_clean(&out) && is_clean(&err), "{command:?}: {out:?} {err:?}");
    }
    let (code, out, _) = demarche(&["summary", "talks", "--json"], home.path());
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert!(
        code == 0 && json["documents"][0]["title"].as_str().is_some_and(|title| title.starts_with(CONTROL))
    );
    // Data in a file or pipe is unchanged.
    let (_, out, _) = demarche(&["export", "talks", "--format", "markdown"], home.path());
    assert!(out.contains('\u{1b}'));
}

#[test]
fn pipes_and_devices_are_refused_with_a_message() {
    let home = home();
    pipe(&home.path().join("pipe.txt"));
    pipe(&home.path().join("pipe.jsonl"));
    for file in ["pipe.txt", "pipe.jsonl", "/dev/zero", "/dev/tty"] {
        let (code, _, err) = demarche(&["import", "talks", file], home.path());
        assert!(code == 1 && err.contains(file), "{file}: {err}");
        let (code, _, err) = demarche(&["import", "talks", file, "--format", "jsonl"], home.path());
        assert!(code == 1 && err.contains(file), "{file}: {err}");
        let (code, ..) = demarche(&["new", &format!("n{}", file.len()), "--codebook", file], home.path());
        assert_ne!(code, 0, "{file}");
    }
    let (code, _, err) = demarche(&["merge", "talks", "pipe.demarche-packet"], home.path());
    assert_ne!(code, 0, "{err}");
    pipe(&home.path().join("p.demarche-packet"));
    let (code, _, err) = demarche(&["merge", "talks", "p.demarche-packet"], home.path());
    assert!(code == 1 && err.contains("p.demarche-packet"), "{err}");
    for version in ["pipe.txt", "/dev/zero"] {
        let (code, ..) = demarche(&["merge-driver", "note.txt", "note.txt", version], home.path());
        assert_eq!(code, 1);
    }
}

#[test]
fn special_files_in_an_imported_folder_are_skipped() {
    let home = home();
    fs::write(home.path().join("secret.txt"), "what is outside").expect("written");
    fs::create_dir_all(home.path().join("in/sub")).expect("created");
    let folder = home.path().join("in");
    fs::write(folder.join("good.txt"), "A good text.\n").expect("written");
    fs::write(folder.join("sub/better.txt"), "A better text.\n").expect("written");
    symlink("../secret.txt", folder.join("link.txt")).expect("linked");
    symlink("..", folder.join("sub/up")).expect("linked");
    symlink("/dev/zero", folder.join("zero.txt")).expect("linked");
    pipe(&folder.join("pipe.txt"));
    let mut deep = folder.join("deep");
    (0..70).for_each(|_| deep.push("x"));
    fs::create_dir_all(&deep).expect("created");
    fs::write(deep.join("x.txt"), "Too deep.\n").expect("written");
    let (code, _, err) = demarche(&["import", "talks", "in"], home.path());
    assert_eq!(code, 1, "{err}");
    for name in ["link.txt", "up", "zero.txt", "pipe.txt", "levels deep"] {
        assert!(err.contains(name), "{name}: {err}");
    }
    let (_, out, _) = demarche(&["export", "talks", "--format", "jsonl"], home.path());
    assert!(out.contains("A good text") && out.contains("A better text"), "{out}");
    assert!(!out.contains("what is outside") && !out.contains("Too deep"), "{out}");
}

#[test]
fn a_file_next_to_another_is_not_read_through_a_link() {
    let home = home();
    fs::write(home.path().join("secret.txt"), "what is outside").expect("written");
    let folder = home.path().join("in");
    fs::create_dir(&folder).expect("created");
    fs::write(folder.join("a.ann"), "T1\tThreat 0 4\twhat\n").expect("written");
    symlink("../secret.txt", folder.join("a.txt")).expect("linked");
    let (code, _, err) = demarche(&["import", "talks", "in/a.ann", "--annotator", "ana"], home.path());
    assert!(code == 1 && err.contains("symbolic link"), "{err}");
    let (_, out, _) = demarche(&["export", "talks", "--format", "jsonl"], home.path());
    assert!(!out.contains("what is outside"), "{out}");
    // A link that the user names is trusted.
    symlink("secret.txt", home.path().join("mine.txt")).expect("linked");
    assert_eq!(demarche(&["import", "talks", "mine.txt"], home.path()).0, 0);
}

#[test]
fn a_configuration_next_to_a_file_is_not_read_through_a_link() {
    let home = home();
    let text = "{\"text\":\"One more.\",\"spans\":[{\"start\":0,\"end\":3,\"category\":\"threat\"}]}\n";
    fs::write(home.path().join("in.jsonl"), text).expect("written");
    let import = ["import", "talks", "in.jsonl", "--annotator", "ana", "--new-annotator"];
    assert_eq!(demarche(&import, home.path()).0, 0);
    for (format, name) in [("brat", "annotation.conf"), ("cas-xmi", "TypeSystem.xml")] {
        let (code, _, err) =
            demarche(&["export", "talks", "--format", format, "--output", format], home.path());
        assert_eq!(code, 0, "{err}");
        let (out, away) = (home.path().join(format), home.path().join(format!("{format}.away")));
        fs::rename(out.join(name), &away).expect("moved");
        symlink(&away, out.join(name)).expect("linked");
        let (code, _, err) = demarche(&["import", "talks", format, "--annotator", "ana"], home.path());
        assert!(code == 1 && err.contains(name) && err.contains("symbolic link"), "{err}");
    }
}

#[test]
fn standard_input_can_be_imported() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let home = home();
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["import", "talks", "/dev/stdin", "--format", "jsonl", "--annotator", "ana", "--new-annotator"])
        .current_dir(home.path())
        .stdin(Stdio::piped())
        .spawn()
        .expect("started");
    child.stdin.take().expect("a pipe").write_all(b"{\"text\":\"One.\",\"spans\":[]}\n").expect("written");
    assert!(child.wait().expect("ended").success());
}

#[test]
fn git_runs_no_command_that_a_repository_configures() {
    let home = home();
    let talks = home.path().join("talks");
    fs::create_dir_all(talks.join(".git")).expect("created");
    pipe(&talks.join(".git/more"));
    let config = "[core]\n\tfsmonitor = \"touch ran\"\n\tpager = \"touch ran\"\n[include]\n\tpath = more\n[alias]\n\tconfig = \"!touch ran\"\n";
    fs::write(talks.join(".git/config"), config).expect("written");
    fs::write(talks.join(".git/HEAD"), "ref: refs/heads/main\n").expect("written");
    assert_eq!(demarche(&["check", "talks"], home.path()).0, 0);
    assert!(!talks.join("ran").exists() && !home.path().join("ran").exists());
    fs::remove_file(talks.join(".git/config")).expect("removed");
    symlink("more", talks.join(".git/config")).expect("linked");
    assert_eq!(demarche(&["check", "talks"], home.path()).0, 0);
}
