//! Programs that are ended at any moment, and programs that work in one folder at once. The tests have a short form here, and
//! a long one that is run by hand; see `tests/torture/README.md`.

mod company;
mod kill;
mod panic;

/// Returns the number in a variable of the environment.
fn from_environment(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}
