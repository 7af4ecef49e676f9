//! Figures of moves and asks. Each holds the passages that it counts.

mod actors;
mod asks;
mod dyads;
mod overview;
mod scope;
mod score;
mod tally;

pub use actors::{ActorFigures, Rounds, actor_figures};
pub use asks::AskFigures;
pub use dyads::{DyadFigures, Dyads, Following};
pub use overview::{NotStated, Overview};
pub use scope::Scope;
pub use score::{CategoryWeights, Score};
pub use tally::Tally;

/// Softness: (soft − hard) / (soft + hard), from −1 (hard moves only) to +1 (soft moves only). Undefined without either.
fn softness(soft: usize, hard: usize) -> Option<f64> {
    let (soft, hard) = (soft as f64, hard as f64);
    share(soft - hard, soft + hard)
}

/// A part of a whole; undefined if the whole is zero.
fn share(part: f64, whole: f64) -> Option<f64> {
    (whole != 0.0).then(|| part / whole)
}
