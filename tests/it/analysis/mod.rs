//! The analysis of bargaining: golden values, edge cases, laws.

mod cells;
mod golden;
mod json;
mod numbers;
mod pairs;
