//! Assigning documents.

use demarche_analysis::assignment::DesignError;

use super::grammar::{count, counted, plural};

texts! {
    title: "Assign documents",
    hint: "Documents are distributed at random, so that every pair of coders meets equally often. What someone has begun stays.",
    confirm: "Assign",
    readers: "Readers per document",
    readers_hint: "How many coders read each document",
    sample: "Read by all",
    sample_hint: "A random sample of this many documents for everyone, to measure agreement; the rest has the readers on the left",
    batches: "Batches",
    batches_hint: "Only the first batch is opened now; open the others here, one after another",
    seed: "Seed",
    seed_hint: "The same seed gives the same design again; the history records it",
    new_seed: "New seed",
    bad_seed: "The seed has to be a whole number",
    coder: "Coder",
    share: "Share",
    documents: "Documents",
    open_next: "Open next batch",
}

/// The box that lets a person take part.
pub fn takes_part(name: &str) -> String {
    format!("Assign documents to {name}")
}

/// The field for a person's share.
pub fn share_of(name: &str) -> String {
    format!("Share of {name}")
}

/// The documents of a coder, and how many of them are open.
pub fn load(open: usize, all: usize) -> String {
    if open == all { count(all) } else { format!("{} of {} now", count(open), count(all)) }
}

/// The documents that two coders share.
pub fn shared(one: &str, other: &str, documents: usize) -> String {
    format!("{one} and {other} share {}", plural(documents, "document"))
}

/// Why there is no design, as a sentence.
pub fn no_design(why: DesignError) -> String {
    super::grammar::sentence(&why.to_string())
}

/// What happens to the documents.
pub fn summary(distributed: usize, sample: usize, batches: usize, begun: usize) -> String {
    let mut parts = vec![format!("{} distributed", plural(distributed, "document"))];
    if sample > 0 {
        parts.push(format!("{} of them read by all", count(sample)));
    }
    if batches > 1 {
        parts.push(format!("in {batches} batches"));
    }
    let begun = match begun {
        0 => String::new(),
        1 => "; 1 already begun, stays".to_owned(),
        begun => format!("; {} already begun, stay", count(begun)),
    };
    parts.join(", ") + &begun
}

/// The batches that are not open.
pub fn waiting(sizes: &[usize]) -> String {
    let batches = counted(sizes.len(), "batch", "batches");
    let sizes: Vec<String> = sizes.iter().map(|size| count(*size)).collect();
    format!("Waiting: {batches} ({} documents)", sizes.join(" + "))
}
