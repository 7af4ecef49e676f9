//! Documents, moving through them, and searching.

pub(crate) fn passage_gone() -> &'static str {
    "This passage is gone"
}

pub(crate) fn blind_passage() -> &'static str {
    "You will see this passage once you have marked the document as done: the project is blind"
}

pub(crate) fn bookmark_added() -> &'static str {
    "Bookmark added"
}

pub(crate) fn bookmark_removed() -> &'static str {
    "Bookmark removed"
}

pub(crate) fn no_bookmarks() -> &'static str {
    "No bookmarks yet: Ctrl+F2 marks the sentence at the caret"
}

pub(crate) fn too_many_bookmarks() -> &'static str {
    "You have 1,000 bookmarks; remove some first"
}

pub(crate) fn bookmark_without_document() -> &'static str {
    "The document of this bookmark is no longer in the project"
}

/// A bookmark whose words are no longer in the text.
pub(crate) fn bookmark_lost(quote: &str) -> String {
    format!("The text no longer has the words of this bookmark: “{quote}”")
}

pub(crate) fn showing_everyone() -> &'static str {
    "Now showing everyone’s passages, since this one is another annotator’s"
}

pub(crate) fn no_next_passage() -> &'static str {
    "No further passage in this document"
}

pub(crate) fn no_previous_passage() -> &'static str {
    "No earlier passage in this document"
}

pub(crate) fn no_passage_at_caret() -> &'static str {
    "No passage at the caret"
}

pub(crate) fn last_document() -> &'static str {
    "This is the last document"
}

pub(crate) fn first_document() -> &'static str {
    "This is the first document"
}

pub(crate) fn all_documents_done() -> &'static str {
    "You are done with all other documents"
}

pub(crate) fn nothing_found() -> &'static str {
    "Nothing found"
}

pub(crate) fn in_progress_again() -> &'static str {
    "In progress again"
}

pub(crate) fn marked_done() -> &'static str {
    "Done. Ctrl+Shift+PageDown goes to the next document to do"
}

pub(crate) fn open_before_removing() -> &'static str {
    "Open the document once before removing it"
}

pub(crate) fn cannot_search(why: &impl std::fmt::Display) -> String {
    format!("Can’t search: {why}")
}

pub(crate) fn document_removed(title: &str) -> String {
    format!("Removed: {title}. Ctrl+Z brings it back")
}

/// A document that a job on all documents had to do without.
pub(crate) fn left_out(why: &str) -> String {
    format!("Left out: {why}")
}

/// A change that needs all layers, and one of them can’t be read.
pub(crate) fn layers_unknown(document: &str, why: &str) -> String {
    format!("Not done: the passages in “{document}” can’t be read. {why}")
}

/// A page in the table of contents.
pub(crate) fn page(name: &str) -> String {
    format!("p. {name}")
}

/// What the entries of a table of contents are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentsOf {
    Headings,
    Pages,
    Times,
}

/// An entry of a table of contents, in the singular.
pub(crate) fn entry(of: ContentsOf) -> &'static str {
    match of {
        ContentsOf::Headings => "heading",
        ContentsOf::Pages => "page",
        ContentsOf::Times => "time",
    }
}
