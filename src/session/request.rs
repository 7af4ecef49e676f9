//! Requests of the session to the window.

/// What the session has to show, and the window alone can.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WindowRequest {
    /// What kind of link to make; see [`crate::Session::link_draft`].
    LinkKind,
    /// The queue of passages to decide on.
    Review,
    /// What merging another copy of the project would bring; see [`crate::Session::merging`].
    Merge,
    /// Files that are looked at before they come in; see [`crate::Session::preview`].
    Preview,
    /// What an import or export has done; see [`crate::Session::report`].
    Report,
}
