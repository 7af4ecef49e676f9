//! The export of memos.

pub(crate) fn title(project: &str) -> String {
    format!("Memos: {project}")
}

pub(crate) fn project() -> &'static str {
    "Project"
}

pub(crate) fn document(title: &str) -> String {
    format!("Document: {title}")
}

pub(crate) fn category(name: &str) -> String {
    format!("Category: {name}")
}
