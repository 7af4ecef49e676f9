//! Memos as notes: those on a document, a code or the project.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{odd, user_guid};
use crate::codebook::hashed;
use crate::export::Scope;
use crate::export::scope::AuthoredMemos;
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::xml::escaped;
use demarche_model::{AnnotatorId, CategoryId, DocumentId, Memo, MemoSubject};

/// The memos that are exported, by subject.
pub(super) struct MemoNotes<'a>(BTreeMap<MemoSubject, AuthoredMemos<'a>>);

impl<'a> MemoNotes<'a> {
    /// Collects the memos on what is exported. Others are counted as lost, since a note needs something to belong to.
    pub fn of(scope: &Scope<'a>, losses: &mut Losses) -> Self {
        let (kept, lost): (Vec<_>, Vec<_>) =
            scope.memos().into_iter().partition(|(subject, _)| has_element(scope, subject));
        losses.add(ExportLoss::OrphanMemos, lost.iter().map(|(_, memos)| memos.len()).sum());
        for (_, memo) in kept.iter().flat_map(|(_, memos)| memos) {
            losses.add(ExportLoss::InvalidCharacters, odd(&memo.text));
        }
        Self(kept.into_iter().collect())
    }

    /// Returns the authors.
    pub fn authors(&self) -> impl Iterator<Item = &'a AnnotatorId> {
        self.0.values().flatten().map(|(author, _)| *author)
    }

    /// Returns the references to the memos on the project.
    pub fn on_project(&self) -> String {
        self.references(&MemoSubject::Project, "")
    }

    /// Returns the references to the memos on a document.
    pub fn on_document(&self, id: &DocumentId) -> String {
        self.references(&MemoSubject::Document(id.clone()), "    ")
    }

    /// Returns the references to the memos on a category.
    pub fn on_category(&self, id: &CategoryId, indent: &str) -> String {
        self.references(&MemoSubject::Category(id.clone()), indent)
    }

    fn references(&self, subject: &MemoSubject, indent: &str) -> String {
        let memos = self.0.get(subject).into_iter().flatten();
        memos
            .map(|(author, _)| format!("{indent}<NoteRef targetGUID=\"{}\"/>\n", guid(author, subject)))
            .collect()
    }

    /// Returns the notes.
    pub fn notes(&self) -> String {
        let all = self.0.iter().flat_map(|(subject, memos)| memos.iter().map(move |memo| (subject, memo)));
        let note = |(subject, (author, memo)): (&MemoSubject, &(&AnnotatorId, Arc<Memo>))| {
            let (guid, user, time) = (guid(author, subject), user_guid(author), format_time(memo.modified));
            format!(
                "  <Note guid=\"{guid}\" name=\"Memo\" creatingUser=\"{user}\" creationDateTime=\"{time}\">\
                 <PlainTextContent>{}</PlainTextContent></Note>\n",
                escaped(&memo.text)
            )
        };
        all.map(note).collect()
    }
}

fn has_element(scope: &Scope<'_>, subject: &MemoSubject) -> bool {
    match subject {
        MemoSubject::Project => true,
        MemoSubject::Document(id) => scope.project.document(id).is_some_and(|document| document.is_loaded()),
        MemoSubject::Category(id) => scope.project.codebook().category(id).is_some(),
    }
}

fn guid(author: &AnnotatorId, subject: &MemoSubject) -> Uuid {
    let kind = match subject {
        MemoSubject::Project => "project",
        MemoSubject::Document(_) => "document",
        MemoSubject::Category(_) => "category",
    };
    hashed("memo", &format!("{author} {kind} {}", subject.id()))
}
