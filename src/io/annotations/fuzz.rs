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
use crate::export::sample;
use demarche_model::{AnnotatorId, Project};

/// Limit of memory for a run, in bytes: a thousand times the largest input.
const MEMORY: u64 = 1 << 30;
/// Limit of elapsed time for an input, at any load of the machine.
const HANGS: Duration = Duration::from_secs(60);
/// Limit of CPU time for an input. Most have a few KB, some a few hundred.
const SLOW: Duration = Duration::from_secs(5);
/// Greatest size of a damaged file.
const LARGEST: usize = 1 << 20;

/// The random number generator SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

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

/// Damages a file: a byte, a part, a word, a number, or repetition.
fn damage(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let length = bytes.len();
    let at = random.below(length + 1);
    let stretch = |random: &mut Random, most: usize| at..(at + 1 + random.below(most)).min(length);
    match random.below(13) {
        0 if at < length => bytes[at] = random.next() as u8,
        1 if at < length => bytes[at] ^= 1 << random.below(8),
        2 if random.below(4) == 0 => bytes.truncate(at),
        3 => drop(bytes.drain(stretch(random, 40).start.min(length)..(at + random.below(40)).min(length))),
        4 => {
            let part = bytes[stretch(random, 400)].to_vec();
            let to = random.below(length + 1);
            bytes.splice(to..to, part);
        }
        5 | 6 => drop(bytes.splice(at..at, WORDS[random.below(WORDS.len())].bytes())),
        7 => number(bytes, at, random),
        8 => {
            // A line or element of another file of this format.
            let from = random.below(other.len() + 1);
            let part = &other[from..(from + random.below(300)).min(other.len())];
            bytes.splice(at..at, part.iter().copied());
        }
        9 => lines(bytes, random),
        10 if random.below(150) == 0 => {
            let part = bytes[stretch(random, 500)].to_vec();
            let times = random.below(3000).min(LARGEST / part.len().max(1));
            bytes.splice(at..at, part.repeat(times));
        }
        11 => {
            // A key or name is replaced by another one of the file.
            let words: Vec<(usize, usize)> = words(bytes);
            if words.len() > 1 {
                let (from, to) = (words[random.below(words.len())], words[random.below(words.len())]);
                let word = bytes[from.0..from.1].to_vec();
                bytes.splice(to.0..to.1, word);
            }
        }
        _ => {}
    }
}

/// Returns the positions of runs of letters.
fn words(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, byte) in bytes.iter().chain(b" ").enumerate() {
        match (byte.is_ascii_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Changes the next number after a position.
fn number(bytes: &mut Vec<u8>, at: usize, random: &mut Random) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|found| at + found) else { return };
    let end =
        bytes[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |e| start + e);
    let known: u64 = String::from_utf8_lossy(&bytes[start..end]).parse().unwrap_or(7);
    let new = match random.below(6) {
        0 => known.wrapping_add(1),
        1 => known.saturating_sub(1),
        2 => random.below(200) as u64,
        3 => known.wrapping_mul(1000),
        4 => u64::from(u32::MAX) + random.below(3) as u64,
        _ => u64::MAX - random.below(3) as u64,
    };
    bytes.splice(start..end, new.to_string().into_bytes());
}

/// Moves, duplicates or removes a line.
fn lines(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let line = lines[random.below(lines.len())].clone();
    let to = random.below(lines.len());
    match random.below(3) {
        0 => lines.insert(to, line),
        1 => drop(lines.remove(to)),
        _ => lines[to] = line,
    }
    *bytes = lines.concat();
}

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
        let mut open = vec![golden];
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
            Random(number.wrapping_mul(0xD134_2543_DE82_EF95) ^ self.importer.name().len() as u64);
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
            (0..=random.below(4)).for_each(|_| damage(&mut bytes, &other, &mut random));
        }
        let folder = self.folder.path().join(format!("{}", number % 4));
        fs::create_dir_all(&folder).unwrap();
        for old in fs::read_dir(&folder).unwrap().flatten() {
            fs::remove_file(old.path()).unwrap();
        }
        for (name, beside) in case.files.iter().filter(|(name, _)| *name != case.main) {
            let mut beside = beside.clone();
            if random.below(3) == 0 {
                damage(&mut beside, &bytes, &mut random);
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
        damage(&mut files[at].1, &others[0].1, random);
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

fn thread_time() -> Duration {
    #[cfg(unix)]
    {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec as u32)
    }
    #[cfg(not(unix))]
    {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }
}

/// Returns the peak memory of the process since it was reset, in bytes; 0 if the system does not report it.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// Ends the process if an input takes too long, since a test that hangs can't say where.
fn watch(begun: &Arc<AtomicU64>, start: Instant, name: &'static str) {
    let begun = begun.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let packed = begun.load(Ordering::Relaxed);
            if packed == u64::MAX {
                return;
            }
            let since = start.elapsed().saturating_sub(Duration::from_millis(packed >> 32));
            if since > HANGS {
                eprintln!("{name} {} has taken {since:?}", packed & 0xFFFF_FFFF);
                std::process::exit(1);
            }
        }
    });
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

fn set(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
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
