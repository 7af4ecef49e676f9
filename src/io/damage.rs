//! Random damage to files, and limits on the time and memory of their readers; for tests.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use demarche_analysis::random::Random;

/// Memory limit of a run, in bytes: a thousand times the largest input.
pub(crate) const MEMORY: u64 = 1 << 30;
/// Limit on the elapsed time of an input, however busy the machine.
const HANGS: Duration = Duration::from_secs(60);
/// Limit on the CPU time of an input. Most have a few KB, some a few hundred.
pub(crate) const SLOW: Duration = Duration::from_secs(5);
/// Greatest size of a damaged file.
const LARGEST: usize = 1 << 20;

/// Damages a file: a byte, a part, a known word, a number, or repetition. `other` is another file of the kind.
pub(crate) fn damage(bytes: &mut Vec<u8>, other: &[u8], known: &[&str], random: &mut Random) {
    let length = bytes.len();
    let at = random.below(length + 1);
    let stretch = |random: &mut Random, most: usize| at..(at + 1 + random.below(most)).min(length);
    match random.below(13) {
        0 if at < length => bytes[at] = random.bits() as u8,
        1 if at < length => bytes[at] ^= 1 << random.below(8),
        2 if random.below(4) == 0 => bytes.truncate(at),
        3 => drop(bytes.drain(stretch(random, 40).start.min(length)..(at + random.below(40)).min(length))),
        4 => {
            let part = bytes[stretch(random, 400)].to_vec();
            let to = random.below(length + 1);
            bytes.splice(to..to, part);
        }
        5 | 6 => drop(bytes.splice(at..at, known[random.below(known.len())].bytes())),
        7 => number(bytes, at, random),
        8 => {
            // A line or element from another file of this format.
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
            // A key or name is replaced by another one from the file.
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

/// Returns the CPU time of this thread.
pub(crate) fn thread_time() -> Duration {
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
pub(crate) fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// Aborts the process if an input takes too long, since a test that hangs can't say where.
pub(crate) fn watch(begun: &Arc<AtomicU64>, start: Instant, name: &'static str) {
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

/// Returns the number in an environment variable.
pub(crate) fn set(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
