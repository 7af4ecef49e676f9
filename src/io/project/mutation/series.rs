//! A series of damaged files: what each does is watched, and reported while the series goes on.

use std::fs;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::damage::{MEMORY, SLOW, peak, set, thread_time, watch};

/// Number of cases between two reports.
const REPORT_EVERY: u64 = 10_000;

/// Number of problems after which a series ends.
const ENOUGH: usize = 20;

/// Returns the numbers of the cases that the environment asks for.
pub(super) fn numbers() -> Range<u64> {
    let from = set("MUTATIONS_FROM");
    from.map_or(0..set("MUTATIONS").unwrap_or(1_000_000), |from| from..from + 1)
}

/// Runs the cases with these numbers. `case` returns what is wrong. Returns what went wrong.
pub(super) fn run(numbers: Range<u64>, mut case: impl FnMut(u64) -> Option<String>) -> Vec<String> {
    let (start, begun) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    watch(&begun, start, "mutation");
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (mut wrong, mut slowest, mut most) = (Vec::new(), (Duration::ZERO, 0), 0);
    let (first, count) = (numbers.start, numbers.end - numbers.start);
    for number in numbers {
        begun.store((start.elapsed().as_millis() as u64) << 32 | number & 0xFFFF_FFFF, Ordering::Relaxed);
        let before = thread_time();
        match catch_unwind(AssertUnwindSafe(|| case(number))) {
            Ok(problem) => wrong.extend(problem.map(|problem| format!("{number} {problem}"))),
            Err(_) => wrong.push(format!("{number} panics")),
        }
        let took = thread_time() - before;
        slowest = slowest.max((took, number));
        if took > SLOW {
            wrong.push(format!("{number} takes {took:?}"));
        }
        if number.is_multiple_of(16) {
            let peak = peak();
            if peak > MEMORY && most <= MEMORY {
                wrong.push(format!("{number} or one of the 16 before takes {} MB", peak >> 20));
            }
            most = most.max(peak);
        }
        let done = number - first + 1;
        if done.is_multiple_of(REPORT_EVERY) || done == count {
            let each_ms = start.elapsed().as_secs_f64() * 1000.0 / done as f64;
            let (slowest_ms, slowest) = (slowest.0.as_millis(), slowest.1);
            println!(
                "{done}: {each_ms:.2} ms each, slowest {slowest_ms} ms (number {slowest}), {} MB, {} wrong",
                most >> 20,
                wrong.len(),
            );
        }
        if wrong.len() > ENOUGH {
            break;
        }
    }
    begun.store(u64::MAX, Ordering::Relaxed);
    wrong
}
