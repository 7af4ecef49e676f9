//! Exchange with files of other programs.

mod names;
mod round_trip;
