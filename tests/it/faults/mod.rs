//! Faults of the disk and ends of the program at every step of what writes a project.

mod each_step;
mod operations;
mod power_cut;
