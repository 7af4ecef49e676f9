//! Random damage to the files of a project, read by the program itself: it exits within limits of time and memory,
//! without a panic, and writes nothing. `src/io/project/mutation/` does far more of this in one process.
//!
//! ```text
//! MUTATIONS=5000 cargo test --test it mutation -- --ignored --nocapture
//! ```
//!
//! `MUTATIONS_FROM` is the number of the first one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use demarche::analysis::random::Random;
use demarche::io::sample;

use crate::support::project::files;

/// Limit on the program's address space, in kB.
const MEMORY_KB: u32 = 1_500_000;
/// Limit on the elapsed time of a command.
const LONGEST: Duration = Duration::from_secs(30);

const WORDS: [&[u8]; 14] = [
    b"(",
    b")",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b",",
    b"-1",
    b"99999999999999999999",
    b"\xff\xfe",
    b"\0",
    b"\r\n",
    b"../..",
    b"NaN",
];

const COMMANDS: [&[&str]; 5] = [
    &["check", "talks"],
    &["summary", "talks", "--json"],
    &["export", "talks", "--format", "jsonl"],
    &["agree", "talks", "--json"],
    &["history", "talks"],
];

fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len());
    let end = (at + random.below(60)).min(bytes.len());
    match random.below(5) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let part = bytes[at..end].to_vec();
            let to = random.below(bytes.len());
            bytes.splice(to..to, part);
        }
        3 if random.below(8) == 0 => bytes.truncate(at),
        _ => drop(bytes.splice(at..at, WORDS[random.below(WORDS.len())].iter().copied())),
    }
}

/// Runs a command with limits. Returns what went wrong.
fn run(command: &[&str], within: &Path) -> Option<String> {
    let limited = format!("ulimit -v {MEMORY_KB}; exec \"$0\" \"$@\"");
    let mut child = Command::new("sh")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_demarche")])
        .args(command)
        .current_dir(within)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let start = Instant::now();
    loop {
        match child.try_wait().expect("its end") {
            Some(status) => {
                return (!matches!(status.code(), Some(0..=2)))
                    .then(|| format!("{command:?} ends with {status}"));
            }
            None if start.elapsed() > LONGEST => {
                child.kill().expect("stopped");
                return Some(format!("{command:?} takes more than {LONGEST:?}"));
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}

#[cfg(unix)]
#[test]
#[ignore = "takes minutes; MUTATIONS says how many"]
fn no_damaged_project_makes_the_program_panic() {
    let home = tempfile::tempdir().expect("a folder");
    let root = home.path().join("talks");
    sample::write(&root).expect("written");
    let names: Vec<PathBuf> = files(&root).into_keys().map(|name| root.join(name)).collect();
    let set = |name| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (from, count) = (set("MUTATIONS_FROM").unwrap_or(0), set("MUTATIONS").unwrap_or(5_000));
    let mut wrong = Vec::new();
    for number in from..from + count {
        let mut random = Random::new(number);
        // The first numbers from neighbouring seeds are alike.
        for _ in 0..9 {
            random.below(2);
        }
        let name = &names[random.below(names.len())];
        let before = fs::read(name).expect("read");
        let mut bytes = before.clone();
        (0..=random.below(4)).for_each(|_| damage(&mut bytes, &mut random));
        fs::write(name, &bytes).expect("written");
        let problem = run(COMMANDS[random.below(COMMANDS.len())], home.path());
        wrong.extend(problem.map(|problem| format!("{number}: {problem}: {}", name.display())));
        if fs::read(name).expect("it is there") != bytes {
            wrong.push(format!("{number}: {} was written", name.display()));
        }
        fs::write(name, before).expect("restored");
    }
    println!("{count} damaged projects");
    assert_eq!(wrong, [""; 0]);
}
