//! Requests of the session to the window.

/// Something that the window should show.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WindowRequest {
    /// The question who the user is.
    Identity,
    /// The choice of a kind for [`crate::Session::link_draft`].
    LinkKind,
    /// The review queue.
    Review,
    /// The plan for [`crate::Session::merging`].
    Merge,
    /// The files of [`crate::Session::preview`].
    Preview,
    /// The project in its new folder, in which the session goes on.
    Moved,
    /// The project or round [`crate::Session::round_to_open`] in place of this one.
    Round,
    /// The page to print, [`crate::Session::printed`].
    Printed,
    /// The copy of the original of the open document, [`crate::Session::original_to_open`].
    Original,
    /// The report of an import or export, [`crate::Session::report`].
    Report,
}
