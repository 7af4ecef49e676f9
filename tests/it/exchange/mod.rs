//! Exchange with files of other programs.

mod losses;
mod names;
mod parallel;
mod round_trip;
