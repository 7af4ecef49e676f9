//! Disk faults, kills and power cuts at every step of the operations that write a project.

mod each_step;
mod operations;
mod power_cut;
