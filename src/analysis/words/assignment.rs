//! Assignment designs in words, and why there is none.

use std::fmt;

use crate::assignment::{AssignmentDesign, AssignmentPlan, DesignError};

impl fmt::Display for DesignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&design_error(*self))
    }
}

impl std::error::Error for DesignError {}

impl AssignmentPlan {
    /// Returns the name of the step that carries out the plan. It names all parameters, so that the history tells how
    /// documents were assigned.
    pub fn step_name(&self) -> String {
        step(&self.design, self.distributed())
    }
}

/// `assign 60 documents to 4 coders (ana ×2, ben, cem, dan): 2 readers each, 10 read by all, 3 batches, seed 4711`.
fn step(design: &AssignmentDesign, documents: usize) -> String {
    let AssignmentDesign { people, readers, sample, batches, seed } = design;
    let coders = if people.len() == 1 { "1 coder".to_owned() } else { format!("{} coders", people.len()) };
    let named = people.iter().map(|share| match share.weight {
        1 => share.person.to_string(),
        weight => format!("{} ×{weight}", share.person),
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let readers = if *readers == 1 { "1 reader".to_owned() } else { format!("{readers} readers") };
    let sample = if *sample > 0 { format!(", {sample} read by all") } else { String::new() };
    let batches = if *batches > 1 { format!(", {batches} batches") } else { String::new() };
    format!(
        "assign {} to {coders} ({named}): {readers} each{sample}{batches}, seed {seed}",
        counted(documents)
    )
}

/// The reason why there is no design, and what to change.
fn design_error(error: DesignError) -> String {
    match error {
        DesignError::NoDocuments => {
            "every document has been begun already, so none can be assigned".to_owned()
        }
        DesignError::NoPeople => "choose at least one coder".to_owned(),
        DesignError::NoReaders => "each document needs at least one reader".to_owned(),
        DesignError::TooManyReaders { readers, people } => {
            let coders = if people == 1 { "1 coder has" } else { &format!("{people} coders have") };
            format!("{readers} readers are too many: only {coders} a share of the documents")
        }
        DesignError::SampleTooLarge { sample, documents } => {
            format!("a sample of {sample} is too large: {} can be assigned", counted(documents))
        }
        DesignError::BadBatches { batches, documents } => {
            format!("{} can't be divided into {batches} batches", counted(documents))
        }
    }
}

fn counted(documents: usize) -> String {
    if documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") }
}
