//! Programs that are ended at any moment. The tests have a short form here, and a long one that is run by hand; see
//! `CONTRIBUTING.md`.

mod kill;
