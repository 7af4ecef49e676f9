//! Work on several threads, for instance on the documents of an export or the files of an import.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Greatest number of threads. More would only wait for memory.
const THREADS: usize = 8;

thread_local! {
    /// Whether this thread works for [`map`]. Nested calls then stay on this thread.
    static WORKS: Cell<bool> = const { Cell::new(false) };
}

/// Returns the greatest number of threads that [`map`] uses.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(THREADS))
}

/// Applies `work` to each item, on several threads, and returns the results in the order of the items. A thread that has
/// finished an item takes the next one, so that a long item does not delay the others.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = threads().min(items.len());
    if threads < 2 || WORKS.get() {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let some = || {
        WORKS.set(true);
        let mut results = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
        {
            results.push((at, work(item)));
        }
        results
    };
    let mut results: Vec<(usize, R)> = Vec::with_capacity(items.len());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(some)).collect();
        for worker in workers {
            match worker.join() {
                Ok(part) => results.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Applies `work` to each item like [`map`], by value.
pub(super) fn map_into<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let items: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Mutex::new(Some(item))).collect();
    // Each is taken once, by one thread; a lock is only poisoned by a panic, which is propagated.
    let take = |item: &Mutex<Option<T>>| item.lock().unwrap_or_else(PoisonError::into_inner).take();
    map(&items, |item| take(item).map(&work)).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::{map, map_into};

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 2, 100] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map(&items, |item| item * 2), doubled);
        }
    }

    #[test]
    fn results_of_moved_items_are_in_their_order() {
        let items: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        assert_eq!(map_into(items.clone(), |item| item), items);
        assert!(map_into(Vec::<u8>::new(), |item| item).is_empty());
    }

    #[test]
    fn nested_work_stays_on_its_thread() {
        let outer = map(&[1, 2, 3], |item| map(&[10, 20], |inner| item * inner));
        assert_eq!(outer, [[10, 20], [20, 40], [30, 60]]);
    }

    #[test]
    fn a_panic_of_a_worker_is_propagated() {
        let items: Vec<usize> = (0..100).collect();
        let run = std::panic::catch_unwind(|| map(&items, |item| assert!(*item != 57)));
        assert!(run.is_err());
    }
}
