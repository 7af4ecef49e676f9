//! Teams that use git: real clones and merges.

use std::fs;
use std::path::Path;
use std::process::Command;

use demarche::io::ProblemKind;
use demarche::io::project::{Folder, check};
use demarche::model::*;
use demarche::session::{AnnotateAction, ExchangeAction, NavigateAction, ProjectAction, Session};

use crate::support::git::{clones, done, git, pull};
use crate::support::session::*;

const PROGRAM: &str = env!("CARGO_BIN_EXE_demarche");

/// Opens a clone as a person, works in it, and commits.
fn work(clone: &Path, who: &str, later: bool, work: impl FnOnce(&mut Session)) -> Option<()> {
    let mut session = if later { open_later(clone) } else { open(clone) };
    session.perform(ProjectAction::WorkAs { name: who.to_owned() });
    work(&mut session);
    session.save_now().unwrap();
    drop(session);
    done(clone, &["add", "-A"])?;
    done(clone, &["commit", "-q", "-m", who])
}

#[test]
fn clones_of_two_people_merge_without_conflict() {
    let run = || {
        let (dir, root) = small(&["Norvania will suspend the talks."]);
        let [one, two] = clones(dir.path(), &root)?;
        work(&one, "Ana", false, |session| {
            tag(session, "talks", "threat");
        })?;
        work(&two, "Ben", true, |session| {
            tag(session, "Norvania", "demand");
            session.perform(ExchangeAction::ImportText("A second text.".to_owned()));
        })?;
        for (here, there) in [(&one, &two), (&two, &one)] {
            let (good, said) = pull(here, there)?;
            assert!(good, "{said}");
        }
        for clone in [&one, &two] {
            assert_eq!(check(&Folder::new(clone.as_path())).unwrap(), []);
            let session = open(clone);
            assert_eq!(passages(&session), ["ana threat: talks", "ben demand: Norvania"]);
            assert_eq!(session.project().documents().len(), 2);
        }
        Some(())
    };
    run();
}

#[test]
fn work_of_one_person_on_two_machines_is_merged() {
    let run = || {
        let (dir, root) = small(&["Norvania will suspend the talks. The fee must come down."]);
        let mut session = open(&root);
        let talks = tag(&mut session, "talks", "threat");
        let fee = tag(&mut session, "fee", "demand");
        session.save_now().unwrap();
        drop(session);
        let [one, two] = clones(dir.path(), &root)?;
        work(&one, "Ana", false, |session| {
            session.perform(AnnotateAction::SetNote { at: talks.clone(), note: "an ultimatum".to_owned() });
            session.perform(AnnotateAction::Remove(vec![fee.clone()]));
        })?;
        work(&two, "Ana", true, |session| {
            let norvania = Some(Value::Choice("Norvania".into()));
            session.perform(AnnotateAction::SetAttribute {
                at: vec![talks.clone()],
                attribute: "actor".into(),
                to: norvania,
            });
            tag(session, "Norvania", "offer");
        })?;
        let (good, said) = pull(&one, &two)?;
        assert!(good, "{said}");
        let session = open(&one);
        assert_eq!(passages(&session), ["ana offer: Norvania", "ana threat: talks"]);
        let span = session.project().span(&talks).unwrap();
        assert_eq!(span.note, "an ultimatum");
        assert_eq!(span.attributes.get(&"actor".into()), Some(&Value::Choice("Norvania".into())));
        assert_eq!(check(&Folder::new(one.as_path())).unwrap(), []);
        Some(())
    };
    run();
}

#[test]
fn a_conflict_stops_git_and_can_be_resolved_in_demarche() {
    let run = || {
        let (dir, root) = small(&["Norvania will suspend the talks. The fee must come down."]);
        let mut session = open(&root);
        let talks = tag(&mut session, "talks", "threat");
        let fee = tag(&mut session, "fee", "demand");
        session.save_now().unwrap();
        drop(session);
        let [one, two] = clones(dir.path(), &root)?;
        work(&one, "Ana", false, |session| {
            session
                .perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "offer".into() });
            session.perform(AnnotateAction::SetNote { at: fee.clone(), note: "how much?".to_owned() });
        })?;
        work(&two, "Ana", true, |session| {
            session
                .perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "demand".into() });
            session.perform(AnnotateAction::Remove(vec![fee.clone()]));
        })?;
        let (good, said) = pull(&one, &two)?;
        assert!(!good && said.contains("CONFLICT") && said.contains("“talks”"), "{said}");
        let (_, status) = git(&one, &["status", "--porcelain"])?;
        assert!(
            status.contains("AA layers/ana/d001.ron") || status.contains("UU layers/ana/d001.ron"),
            "{status}"
        );
        let mut session = open(&one);
        assert_eq!(
            passages(&session),
            ["ana offer: talks", "ana demand: fee"],
            "ours stands, nothing is removed"
        );
        let found: Vec<&str> = session.problems().iter().map(|problem| problem.kind.name()).collect();
        assert_eq!(found, ["merge-conflict", "merge-conflict"]);
        while let Some((key, _)) =
            session.project().layer(&talks.layer).and_then(|layer| layer.detached().next())
        {
            session.perform(AnnotateAction::Repair { document: "d001".into(), key });
        }
        assert_eq!(passages(&session), ["ana demand: talks"], "theirs is used");
        session.undo();
        session.undo();
        assert_eq!(passages(&session), ["ana offer: talks", "ana demand: fee"]);
        session.redo();
        session.save_now().unwrap();
        let key = session.project().layer(&talks.layer).unwrap().detached().next().unwrap().0;
        session.perform(AnnotateAction::Discard { document: "d001".into(), key });
        session.save_now().unwrap();
        assert_eq!(check(&Folder::new(one.as_path())).unwrap(), []);
        Some(())
    };
    run();
}

/// Runs the driver as git does. Returns its exit code and our version of the file.
fn drive(base: &[u8], ours: &[u8], theirs: &[u8]) -> (i32, Vec<u8>) {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let (o, a, b) = (file("o", base), file("a", ours), file("b", theirs));
    let out =
        Command::new(PROGRAM).arg("merge-driver").args([&o, &a, &b]).arg("layers/ana/d001.ron").output();
    (out.unwrap().status.code().unwrap(), fs::read(&a).unwrap())
}

#[test]
fn an_unreadable_file_is_left_with_conflict_marks_and_never_empty() {
    let (_dir, root) = small(&["Norvania will suspend the talks."]);
    let mut session = open(&root);
    tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    let good = fs::read(root.join("layers/ana/d001.ron")).unwrap();
    let cut = &good[..good.len() / 2];
    for (base, ours, theirs) in [
        (&good[..], cut, &good[..]),
        (&good[..], &good[..], cut),
        (cut, &good[..], b"(no ron"),
        (b"", &good[..], b"\xff\xfe\x00"),
        (&good[..], b"", &good[..]),
        (&good[..], &good[..], b""),
    ] {
        let (code, left) = drive(base, ours, theirs);
        let text = String::from_utf8_lossy(&left);
        assert_eq!(code, 1, "{text}");
        assert!(text.contains("<<<<<<< ours") && text.contains(">>>>>>> theirs"), "{text}");
        for line in String::from_utf8_lossy(ours).lines().chain(String::from_utf8_lossy(theirs).lines()) {
            assert!(text.contains(line), "{line} is lost: {text}");
        }
    }
    assert_eq!(drive(&good, &good, &good), (0, good.clone()));
    assert_eq!(drive(b"", &good, &good), (0, good.clone()), "added by both");
}

#[test]
fn a_conflict_in_a_project_file_marks_only_its_line() {
    let (_dir, root) = small(&["Norvania will suspend the talks."]);
    let base = fs::read_to_string(root.join("project.ron")).unwrap();
    let ours = base
        .replace("name: \"Small\"", "name: \"Ours\"")
        .replace("\"Norvania\",", "\"Norvania\",\n        \"Ostria\",");
    let theirs =
        base.replace("name: \"Small\"", "name: \"Theirs\"").replace("name: \"Ben\"", "name: \"Benedikt\"");
    let (code, left) = drive(base.as_bytes(), ours.as_bytes(), theirs.as_bytes());
    let text = String::from_utf8(left).unwrap();
    assert_eq!(code, 1);
    let marks = "<<<<<<< ours\n    name: \"Ours\",\n=======\n    name: \"Theirs\",\n>>>>>>> theirs\n";
    assert!(text.contains(marks), "{text}");
    assert!(text.contains("\"Ostria\"") && text.contains("\"Benedikt\""), "{text}");
    assert_eq!(text.matches("<<<<<<<").count(), 1);
}

#[test]
fn one_id_with_two_keys_is_a_conflict_in_git() {
    let (dir, root) = small(&["Norvania will suspend the talks."]);
    let Some([one, two]) = clones(dir.path(), &root) else { return };
    work(&one, "Cleo", false, |_| {});
    work(&two, "Cleo", true, |_| {});
    assert!(done(&one, &["remote", "add", "other", two.to_str().unwrap()]).is_some());
    assert!(done(&one, &["fetch", "-q", "other"]).is_some());
    let (clean, said) = git(&one, &["merge", "other/main"]).unwrap();
    assert!(!clean && said.contains("`cleo` is that of two people"), "{said}");
    let text = fs::read_to_string(one.join("project.ron")).unwrap();
    assert_eq!(text.matches("id: \"cleo\"").count(), 2, "{text}");
    assert!(text.contains("<<<<<<<"), "{text}");
}

#[test]
fn the_layers_of_two_people_with_one_id_are_never_united() {
    let (dir, root) = small(&["Norvania will suspend the talks.", "A second text."]);
    let Some([one, two]) = clones(dir.path(), &root) else { return };
    work(&one, "Cleo", false, |session| {
        tag(session, "talks", "threat");
    });
    work(&two, "Cleo", true, |session| {
        tag(session, "Norvania", "demand");
        session.perform(NavigateAction::OpenDocument("d002".into()));
        session.finish_jobs();
        tag(session, "second", "offer");
    });
    assert!(done(&one, &["remote", "add", "other", two.to_str().unwrap()]).is_some());
    assert!(done(&one, &["fetch", "-q", "other"]).is_some());
    let (clean, said) = git(&one, &["merge", "other/main"]).unwrap();
    assert!(!clean && said.contains("layers/cleo/d001.ron"), "{said}");
    let layer = fs::read_to_string(one.join("layers/cleo/d001.ron")).unwrap();
    let (ours, theirs) = layer.split_once("=======\n").unwrap();
    assert!(ours.starts_with("<<<<<<< ours\n(\n") && ours.ends_with(")\n") && ours.contains("threat"));
    assert!(theirs.ends_with(")\n>>>>>>> theirs\n") && theirs.contains("demand"), "{layer}");
    // Whichever side is chosen, a layer with the other key is recognised as another person's, and nobody writes it.
    let resolve = |name: &str| {
        let marked = fs::read_to_string(one.join(name)).unwrap();
        let mut is_ours = true;
        let lines = marked.split_inclusive('\n').filter(|line| {
            is_ours = (is_ours && !line.starts_with("=======")) || line.starts_with(">>>>>>>");
            is_ours && !line.starts_with("<<<<<<<") && !line.starts_with(">>>>>>>")
        });
        fs::write(one.join(name), lines.collect::<String>()).unwrap();
    };
    resolve("project.ron");
    resolve("layers/cleo/d001.ron");
    let found = check(&Folder::new(one.as_path())).unwrap();
    let found: Vec<_> = found.iter().map(|problem| (problem.kind, problem.file.as_path())).collect();
    assert_eq!(found, [(ProblemKind::OtherPerson, Path::new("layers/cleo/d002.ron"))]);
    let theirs = fs::read_to_string(one.join("layers/cleo/d002.ron")).unwrap();
    let mut session = open_later(&one);
    session.perform(ProjectAction::WorkAs { name: "Cleo".to_owned() });
    session.perform(NavigateAction::OpenDocument("d002".into()));
    session.finish_jobs();
    select(&mut session, "text");
    session.perform(AnnotateAction::Tag("demand".into()));
    session.save_now().unwrap();
    assert_eq!(fs::read_to_string(one.join("layers/cleo/d002.ron")).unwrap(), theirs);
}

#[test]
fn merging_folders_keeps_two_people_with_one_id_apart() {
    let (dir, root) = small(&["Norvania will suspend the talks."]);
    let Some([one, two]) = clones(dir.path(), &root) else { return };
    work(&one, "Cleo", false, |session| {
        tag(session, "talks", "threat");
    });
    work(&two, "Cleo", true, |session| {
        tag(session, "Norvania", "demand");
    });
    let merged = Command::new(PROGRAM)
        .args(["merge", one.to_str().unwrap(), two.to_str().unwrap(), "--annotator", "ana"])
        .output()
        .unwrap();
    assert!(merged.status.success(), "{}", String::from_utf8_lossy(&merged.stderr));
    assert_eq!(check(&Folder::new(one.as_path())).unwrap(), []);
    assert_eq!(passages(&open_later(&one)), ["cleo threat: talks", "cleo-2 demand: Norvania"]);
    let key = |who: &str| {
        let layer = fs::read_to_string(one.join(format!("layers/{who}/d001.ron"))).unwrap();
        layer.lines().find(|line| line.starts_with("    key: ")).map(str::to_owned)
    };
    assert!(key("cleo").is_some() && key("cleo") != key("cleo-2"));
}

#[test]
fn check_says_how_to_set_up_the_merge_driver() {
    use demarche::cli::git::GitSetup;
    use demarche::cli::words::project::git_setup;

    let dir = tempfile::tempdir().unwrap();
    let check = |config: &[&str]| {
        let output = Command::new(PROGRAM)
            .args(["check", "talks"])
            .current_dir(dir.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs(config.iter().map(|_| ("GIT_CONFIG_COUNT", "1")))
            .envs(config.iter().map(|_| ("GIT_CONFIG_KEY_0", "merge.demarche.driver")))
            .envs(config.iter().map(|driver| ("GIT_CONFIG_VALUE_0", *driver)))
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert!(Command::new(PROGRAM).args(["new", "talks"]).current_dir(dir.path()).status().unwrap().success());
    let root = dir.path().join("talks");
    let hints = [GitSetup::NoAttributes, GitSetup::NoDriver].map(git_setup);
    let said = |(code, err): (Option<i32>, String)| {
        assert_eq!(code, Some(0), "{err}");
        hints.iter().position(|hint| err.contains(hint))
    };
    assert_eq!(said(check(&[])), None, "outside of git");
    if done(&root, &["init", "-q"]).is_none() {
        return;
    }
    assert_eq!(said(check(&[])), Some(1));
    assert_eq!(said(check(&["demarche merge-driver"])), None);
    fs::write(root.join(".gitattributes"), "").unwrap();
    assert_eq!(said(check(&[])), Some(0));
}
