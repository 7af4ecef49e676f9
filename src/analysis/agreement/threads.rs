//! Work that is the same for many things, on all cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Threads at most; measures are bound by memory long before that.
const MOST: usize = 16;

/// What a long computation tells and asks while it runs.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Hears how many steps are done, and of how many.
    pub tell: &'a (dyn Fn(usize, usize) + Sync),
    /// Says whether to stop.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

impl Watch<'_> {
    /// Nobody listens, and nobody stops it.
    pub const NONE: Watch<'static> = Watch { tell: &|_, _| {}, stop: &|| false };
}

/// Does `work` for the numbers below `count`, and gives the results in their order. `None` where it was stopped.
pub(super) fn each<T: Send>(
    count: usize,
    stop: &(dyn Fn() -> bool + Sync),
    work: impl Fn(usize) -> T + Sync,
) -> Option<Vec<T>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count || stop() {
                return done;
            }
            done.push((number, work(number)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..cores.min(MOST).min(count)).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for other in others {
            match other.join() {
                Ok(part) => done.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    if done.len() < count {
        return None;
    }
    done.sort_unstable_by_key(|(number, _)| *number);
    Some(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_or_not_at_all() {
        let squares = each(1000, &|| false, |number| number * number).unwrap();
        assert!(squares.iter().enumerate().all(|(number, square)| *square == number * number));
        assert_eq!(each(0, &|| false, |number| number), Some(vec![]));
        assert_eq!(each(10, &|| true, |number| number), None);
    }
}
