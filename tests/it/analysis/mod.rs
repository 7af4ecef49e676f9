//! The analysis of bargaining: golden values, edge cases, laws.

mod golden;
mod json;
mod numbers;
