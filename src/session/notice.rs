//! What the session tells the user in passing.

use demarche_model::Stamp;

/// A short message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// How it is to be taken.
    pub tone: Tone,
    /// One sentence.
    pub text: String,
    /// When it came up.
    pub at: Stamp,
    /// Goes up with every notice.
    pub serial: u64,
}

/// How a notice is to be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// It worked, or why it did not matter.
    Plain,
    /// Something failed; stays until it is dismissed.
    Error,
}
