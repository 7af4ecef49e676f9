//! Assignment designs: which coder reads which documents.
//!
//! A design is random, so that neither the order of the list nor a date decides who reads what, and balanced: every pair of
//! coders meets equally often, so that no pair is missing from the figures of agreement. The same seed gives the same
//! design.

mod balance;
mod pairs;
mod plan;
mod quotas;
mod schedule;
#[cfg(test)]
mod tests;

use demarche_model::{AnnotatorId, Document};

pub use plan::{AssignmentPlan, PlannedDocument, next_batch};

/// The number of seeds that [`seed_from`] chooses among: short enough to be read out and typed.
const SEEDS: u128 = 1_000_000;

/// A coder and their share of the documents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Share {
    /// The coder.
    pub person: AnnotatorId,
    /// How much they read, in proportion to the others; 0 for someone who reads the sample only.
    pub weight: u32,
}

/// The parameters of a design.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssignmentDesign {
    /// The coders among whom documents are distributed. Others keep what they have.
    pub people: Vec<Share>,
    /// The number of coders who read each document.
    pub readers: usize,
    /// The number of documents, drawn at random, that all of the coders read.
    pub sample: usize,
    /// The number of batches, of which the first is opened.
    pub batches: usize,
    /// The seed of the random numbers.
    pub seed: u64,
}

/// The reason why there is no design with the parameters given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DesignError {
    /// Every document of the project has been begun, or there is none.
    NoDocuments,
    /// No coder is chosen.
    NoPeople,
    /// Nobody would read a document.
    NoReaders,
    /// More readers than coders with a share.
    TooManyReaders {
        /// The readers.
        readers: usize,
        /// The coders with a share.
        people: usize,
    },
    /// A larger sample than there are documents that can be assigned.
    SampleTooLarge {
        /// The sample.
        sample: usize,
        /// The documents.
        documents: usize,
    },
    /// More batches than documents, or none.
    BadBatches {
        /// The batches.
        batches: usize,
        /// The documents.
        documents: usize,
    },
}

/// Returns whether someone has begun a document: they have tagged something in it, or set its status. The consensus is not
/// counted. The layers of the document must be in memory.
pub fn is_begun(document: &Document) -> bool {
    let layers = document.layers.iter().filter(|(_, layer)| !layer.is_empty());
    let owners = layers.map(|(owner, _)| owner).chain(&document.unreadable);
    owners.into_iter().any(|owner| !owner.is_consensus())
}

/// Returns a seed made from random bits.
pub fn seed_from(bits: u128) -> u64 {
    u64::try_from(bits % SEEDS).unwrap_or_default()
}
