//! Problems that only the check of a whole project finds.

use std::path::Path;

use demarche_model::{AnnotatorId, DocumentId, LinkKindId, SpanId};

pub(crate) fn file_of_nobody() -> String {
    "the file belongs to no text in project.ron; add its document there, or move the file away".to_owned()
}

pub(crate) fn history_of_nobody(who: &AnnotatorId) -> String {
    format!("`{who}` has tagged here but is not listed in project.ron; add them, or move this file away")
}

pub(crate) fn stray_history() -> String {
    "the name of the file is not that of a history, such as ana.log; rename or remove it".to_owned()
}

pub(crate) fn journal_not_recovered() -> String {
    "changes in this journal could not be recovered, because their document or text was missing or a file was damaged; \
     restore what is missing and rename the journal to end in .log, or remove the journal"
        .to_owned()
}

pub(crate) fn refused_commit(foreign: &Path) -> String {
    format!(
        "this unfinished save is not from Demarche, since it would change {}, which is no file of a project; nothing in it \
         was done; remove the file",
        foreign.display()
    )
}

pub(crate) fn last_version(document: &DocumentId) -> String {
    format!(
        "the text of `{document}` has the greatest version number there is, so it can't be updated; import the next \
         text as a document of its own"
    )
}

pub(crate) fn unknown_link_kind(kind: &LinkKindId) -> String {
    format!("there is no kind of link `{kind}` in the codebook; add it, or change the link's")
}

pub(crate) fn decision_on_nothing(span: SpanId, annotator: &AnnotatorId) -> String {
    format!("the decision is on the span {span} of `{annotator}`, which does not exist; remove the decision")
}
