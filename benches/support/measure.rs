//! CPU time, memory, and the table they go into.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// What something took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// CPU time of the thread that called.
    pub thread: Duration,
    /// CPU time of all threads of the process.
    pub process: Duration,
    /// Time on the clock.
    pub clock: Duration,
}

impl Cost {
    /// Measures `work`.
    pub fn of<T>(work: impl FnOnce() -> T) -> (Self, T) {
        let (thread, process, clock) = (thread_time(), process_time(), Instant::now());
        let result = work();
        let cost = Self {
            thread: thread_time() - thread,
            process: process_time() - process,
            clock: clock.elapsed(),
        };
        (cost, result)
    }
}

/// Which of the measured times a floor holds for, and which stands in the table first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// CPU time of the window's thread.
    Thread,
    /// CPU time of all threads.
    Process,
    /// Time on the clock.
    Clock,
}

/// The table of all figures, in Markdown.
#[derive(Default)]
pub struct Table {
    rows: String,
}

impl Table {
    /// Adds a row: the median of some runs, the time that 95 % of them keep, the median on the clock. Floors in ms.
    pub fn add(&mut self, what: &str, by: By, costs: &[Cost], floor: Option<f64>) {
        let times = |of: fn(&Cost) -> Duration| {
            let mut times: Vec<Duration> = costs.iter().map(of).collect();
            times.sort_unstable();
            times
        };
        let clock = times(|cost| cost.clock);
        let cpu = times(if by == By::Thread { |cost| cost.thread } else { |cost| cost.process });
        let held = match by {
            By::Thread | By::Process => at(&cpu, 0.5),
            By::Clock => at(&clock, 0.5),
        };
        let floor = floor.map_or_else(String::new, |floor| verdict(held, floor));
        let (median, most, clock) = (shown(at(&cpu, 0.5)), shown(at(&cpu, 0.95)), shown(at(&clock, 0.5)));
        self.row(&format!("| {what} | {median} | {most} | {clock} | {floor} | {} |", costs.len()));
    }

    /// Adds a figure of memory, in MB.
    pub fn add_memory(&mut self, what: &str, megabytes: f64, floor: Option<f64>) {
        let floor = floor.map_or_else(String::new, |floor| {
            format!("{floor} MB{}", if megabytes < floor { "" } else { " **missed**" })
        });
        self.row(&format!("| {what} | {megabytes:.0} MB | | | {floor} | 1 |"));
    }

    fn row(&mut self, row: &str) {
        eprintln!("{row}");
        let _ = writeln!(self.rows, "{row}");
    }

    /// The whole table.
    pub fn markdown(&self) -> String {
        let head =
            "| what | CPU, median | CPU, 95 % | clock, median | to beat | runs |\n|---|---|---|---|---|---|";
        format!("{head}\n{}", self.rows)
    }
}

fn verdict(held: Duration, floor: f64) -> String {
    let limit = Duration::from_secs_f64(floor / 1000.0);
    format!("{}{}", shown(limit), if held < limit { "" } else { " **missed**" })
}

fn at(sorted: &[Duration], part: f64) -> Duration {
    let index = (sorted.len().saturating_sub(1) as f64 * part).round() as usize;
    sorted.get(index).copied().unwrap_or_default()
}

/// Two to three digits: `0.12 ms`, `4.3 ms`, `870 ms`.
fn shown(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    match ms {
        ms if ms < 1.0 => format!("{ms:.2} ms"),
        ms if ms < 20.0 => format!("{ms:.1} ms"),
        ms => format!("{ms:.0} ms"),
    }
}

#[cfg(unix)]
fn cpu_time(clock: rustix::time::ClockId) -> Duration {
    let now = rustix::time::clock_gettime(clock);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec as u32)
}

#[cfg(unix)]
fn thread_time() -> Duration {
    cpu_time(rustix::time::ClockId::ThreadCPUTime)
}

#[cfg(unix)]
fn process_time() -> Duration {
    cpu_time(rustix::time::ClockId::ProcessCPUTime)
}

/// Where CPU time can't be had, the clock has to do.
#[cfg(not(unix))]
fn thread_time() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

#[cfg(not(unix))]
fn process_time() -> Duration {
    thread_time()
}

/// A figure of `/proc/self/status`, such as `VmRSS`, in MB; 0 where there is none.
pub fn memory_mb(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0 / 1e6
}
