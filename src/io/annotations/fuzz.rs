//! Many damaged files, to verify that no importer panics, hangs or fills the memory. Run by hand:
//!
//! ```text
//! FUZZ=1000000 CARGO_PROFILE_DEV_OPT_LEVEL=2 cargo test -p demarche-io annotations::fuzz -- --ignored --nocapture
//! ```
//!
//! `FUZZ` is the number of all inputs, which are divided among the formats. `FUZZ_ONLY=brat` selects one format. Each input
//! depends only on its number: what is reported as `brat 1234` is repeated with `FUZZ_ONLY=brat FUZZ_FROM=1234`. The figures
//! at the end are, for each format: inputs, inputs with spans, the slowest input (in CPU time of the thread, so that other
//! programs do not count), and the peak memory of the process.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::fixtures::{Case, cases, files, folders, packed, root};
use super::importer::{Importer, Input};
use super::{Fresh, SpanOwner, importers, place};
use crate::archive::Archive;
use crate::damage::{MEMORY, SLOW, damage, peak, set, thread_time, watch};
use crate::export::sample;
use demarche_analysis::random::Random;
use demarche_model::{AnnotatorId, Project};

/// Words with a meaning in some format, and limits of numbers and texts.
const WORDS: [&str; 40] = [
    "-1",
    "0",
    "1",
    "99999999999999999999",
    "9223372036854775807",
    "4294967296",
    "1e400",
    "-0.0",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    ":",
    ",",
    "<a>",
    "</",
    "/>",
    "&x;",
    "&#x110000;",
    "<![CDATA[",
    "<!--",
    "\u{feff}",
    "\u{1f469}\u{200d}\u{1f467}",
    "\u{0}",
    "\r\n",
    "\n\n",
    "\t",
    ";",
    "|",
    "[1_2]",
    "T1",
    "R1\tr Arg1:T1 Arg2:T1\n",
    "B-x",
    "guid=\"\"",
];

/// A format with the files that are damaged.
struct Target {
    importer: &'static dyn Importer,
    cases: Vec<Case>,
    /// The folder with files that are read next to others.
    folder: tempfile::TempDir,
}

impl Target {
    /// Collects our own exports of a format, and the files of other programs.
    fn new(importer: &'static dyn Importer) -> Self {
        let golden = root("tests/golden/export").join(importer.name());
        let mut all = Vec::new();
        // Some formats are only imported.
        let mut open: Vec<PathBuf> = Some(golden).filter(|golden| golden.is_dir()).into_iter().collect();
        while let Some(folder) = open.pop() {
            open.extend(folders(&folder));
            let files = files(&folder, false);
            let ours = |name: &String| {
                let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().into_owned());
                ending.is_some_and(|ending| importer.endings().contains(&&*ending))
            };
            for (main, _) in files.iter().filter(|(name, bytes)| ours(name) && !bytes.is_empty()) {
                let (folder, files) = (folder.clone(), files.clone());
                all.push(Case { folder, importer, main: main.clone(), files });
            }
        }
        all.extend(cases().into_iter().filter(|case| case.importer.name() == importer.name()));
        let shared = Path::new("/dev/shm");
        let folder = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
        Self { importer, cases: all, folder: folder.unwrap() }
    }

    /// Returns the input with a number: a path, and the bytes that are read there.
    fn input(&self, number: u64) -> (PathBuf, Vec<u8>) {
        let mut random =
            Random::new(number.wrapping_mul(0xD134_2543_DE82_EF95) ^ self.importer.name().len() as u64);
        let case = &self.cases[random.below(self.cases.len())];
        let other = &self.cases[random.below(self.cases.len())];
        let bytes_of = |case: &Case| {
            let found = case.files.iter().find(|(name, _)| *name == case.main);
            found.map(|(_, bytes)| bytes.clone()).unwrap_or_default()
        };
        let (mut bytes, other) = (bytes_of(case), bytes_of(other));
        if self.importer.name() == "qdpx" && random.below(8) > 0 {
            bytes = repacked(&bytes, &other, &mut random);
        } else {
            (0..=random.below(4)).for_each(|_| damage(&mut bytes, &other, &WORDS, &mut random));
        }
        let folder = self.folder.path().join(format!("{}", number % 4));
        fs::create_dir_all(&folder).unwrap();
        for old in fs::read_dir(&folder).unwrap().flatten() {
            fs::remove_file(old.path()).unwrap();
        }
        for (name, beside) in case.files.iter().filter(|(name, _)| *name != case.main) {
            let mut beside = beside.clone();
            if random.below(3) == 0 {
                damage(&mut beside, &bytes, &WORDS, &mut random);
            }
            if random.below(50) > 0 {
                fs::write(folder.join(name), beside).unwrap();
            }
        }
        (folder.join(&case.main), bytes)
    }
}

/// Returns an archive with damage inside its files.
fn repacked(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let unpack = |bytes: &[u8]| {
        let mut archive = Archive::open(bytes).unwrap();
        let names = archive.names().to_vec();
        names.into_iter().enumerate().map(|(at, name)| (name, archive.read(at).unwrap())).collect::<Vec<_>>()
    };
    let (mut files, others) = (unpack(bytes), unpack(other));
    for _ in 0..=random.below(4) {
        let at = if random.below(4) == 0 { random.below(files.len()) } else { 0 };
        damage(&mut files[at].1, &others[0].1, &WORDS, random);
    }
    packed(&files)
}

/// Reads an input and imports it into a copy of a project; the result must be valid. Returns whether anything was imported.
fn read(importer: &dyn Importer, project: &Project, path: &Path, bytes: Vec<u8>) -> bool {
    let Ok(draft) = importer.read(&Input::new(path, bytes)) else { return false };
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let me = AnnotatorId::new("me");
    let incoming = place(project, path, draft, SpanOwner::Unsigned(&me), fresh).unwrap();
    let spans = incoming.spans;
    let mut copy = project.clone();
    copy.apply(incoming.edit).unwrap();
    spans > 0
}

/// Reads this many damaged files of a format. Returns what went wrong.
fn run(importer: &'static dyn Importer, from: u64, count: u64) -> Vec<String> {
    let (target, project, name) = (Target::new(importer), sample::project(), importer.name());
    let (start, begun) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    watch(&begun, start, name);
    // The kernel restarts counting the peak here.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (mut wrong, mut came, mut slowest, mut most) = (Vec::new(), 0u64, (Duration::ZERO, 0), 0);
    for number in from..from + count {
        let (path, bytes) = target.input(number);
        let length = bytes.len();
        begun.store((start.elapsed().as_millis() as u64) << 32 | number & 0xFFFF_FFFF, Ordering::Relaxed);
        let before = thread_time();
        match catch_unwind(AssertUnwindSafe(|| read(importer, &project, &path, bytes))) {
            Ok(has_come) => came += u64::from(has_come),
            Err(_) => wrong.push(format!("{name} {number} panics")),
        }
        let took = thread_time() - before;
        slowest = slowest.max((took, number));
        if took > SLOW {
            wrong.push(format!("{name} {number} of {length} bytes takes {took:?}"));
        }
        if number % 16 == 0 || number + 1 == from + count {
            let now = peak();
            if now > MEMORY && most <= MEMORY {
                wrong.push(format!("{name} {number} or one of the 16 before takes {} MB", now >> 20));
            }
            most = most.max(now);
        }
        if wrong.len() > 20 {
            break;
        }
    }
    begun.store(u64::MAX, Ordering::Relaxed);
    println!(
        "| {name} | {count} | {came} | {:.1} ms ({name} {}) | {} MB | {:.0} s |",
        slowest.0.as_secs_f64() * 1000.0,
        slowest.1,
        most >> 20,
        start.elapsed().as_secs_f64()
    );
    wrong
}

/// Runs a few inputs with every test run.
#[test]
fn no_damaged_file_makes_an_import_panic() {
    let wrong: Vec<String> = importers().iter().flat_map(|importer| run(*importer, 0, 60)).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
#[ignore = "takes minutes; FUZZ says how many files"]
fn no_file_of_a_million_makes_an_import_panic() {
    let only = std::env::var("FUZZ_ONLY").ok();
    let wanted = |importer: &&&dyn Importer| only.as_ref().is_none_or(|only| only == importer.name());
    let wanted: Vec<_> = importers().iter().filter(wanted).collect();
    let from = set("FUZZ_FROM");
    let all = from.map_or_else(|| set("FUZZ").unwrap_or(1_000_000), |_| 1);
    println!(
        "| format | inputs | with spans | slowest, CPU | peak memory | clock |\n|---|---|---|---|---|---|"
    );
    let each = all.div_ceil(wanted.len() as u64);
    let wrong: Vec<String> =
        wanted.iter().flat_map(|importer| run(**importer, from.unwrap_or(0), each)).collect();
    assert_eq!(wrong, [""; 0]);
}
