//! Returning a document to a coder.

texts! {
    title: "Return to coder",
    hint: "The document is in progress again once the coder's Demarche reads the project, with your reason.",
    coder: "Coder who has marked it as done",
    reason: "Reason",
    reason_hint: "For example: please read the annex, too",
    confirm: "Return",
}
