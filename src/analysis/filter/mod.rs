//! The filter of passages: one language for the screens, the summary, the report and the command line.
//!
//! A filter is read from text into a [`Filter`], whose names are then looked up in a project: the [`Bound`] filter is
//! evaluated over the passages of chosen layers. [`Chips`] are another form of the same tree.
//!
//! ```
//! use demarche_analysis::filter::Filter;
//!
//! let filter = Filter::parse("role:demand  actor:Estmark -is:condition date:2026-02..").unwrap();
//! assert_eq!(filter.to_string(), "role:demand actor:Estmark -is:condition date:2026-02..");
//! ```

mod ast;
mod bind;
mod bound;
mod chips;
mod complete;
mod error;
mod evaluate;
mod parse;
mod print;
mod rename;
mod text_match;
mod vocabulary;

pub use ast::{Condition, Distance, Field, Filter, Keyword, Relation, Term, Unit, Value};
pub use bind::{MAX_VIEWS, Views, saved_view};
pub use bound::Bound;
pub use chips::{Chip, Chips};
pub use complete::{Candidate, Completion, MAX_CANDIDATES, complete};
pub use error::{BindError, BindFault, FilterError, FilterFault};
pub use evaluate::{
    Cache, Corpus, DocumentPassages, FactSettings, Facts, LayerPassing, MoveFacts, Passage, Passing,
    Property, ReadingPassages,
};
pub use parse::{MAX_CHARACTERS, MAX_DEPTH};
pub use rename::{Rename, Renamed};
pub(crate) use vocabulary::{Is, Word};

#[cfg(test)]
mod tests;
