//! Exchange with files of other programs.

mod names;
mod parallel;
mod round_trip;
