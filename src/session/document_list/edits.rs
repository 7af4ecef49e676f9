//! Changes of several documents, each as one step.

use std::collections::BTreeSet;

use demarche_model::{Annotator, AnnotatorId, Assignment, Date, DocumentId, DocumentMeta, Edit, Status};

use crate::words::{document_list as words, steps};
use crate::{JobKind, Session};

impl Session {
    /// `“Briefing”`, or `3 documents`.
    pub(super) fn documents_in_words(&self, ids: &[DocumentId]) -> String {
        let title = |id: &DocumentId| self.project.document(id).map(|d| d.meta.title.as_str());
        match ids {
            [one] => words::titled(title(one).unwrap_or(one.as_str())),
            several => crate::words::documents(several.len()),
        }
    }

    pub(super) fn rename_document(&mut self, id: &DocumentId, title: &str) {
        let title = title.trim();
        let Some(document) = self.project.document(id) else { return };
        if title.is_empty() || title == document.meta.title {
            return;
        }
        let meta = DocumentMeta { title: title.to_owned(), ..document.meta.clone() };
        let label = steps::rename_document(&document.meta.title, title);
        self.edit(label, Edit::SetMeta { document: id.clone(), to: Box::new(meta) });
    }

    pub(super) fn set_status_of(&mut self, ids: Vec<DocumentId>, to: Status) {
        if let [one] = ids.as_slice()
            && (self.project.document(one).is_some_and(|document| document.is_loaded())
                || self.read_failure(one).is_some())
        {
            let one = one.clone();
            return self.set_status(&one, to);
        }
        self.once_read(ids, move |session, ids| {
            let changed: Vec<DocumentId> = ids.into_iter().filter(|id| session.status(id) != to).collect();
            let layers = changed.iter().map(|id| session.my_layer(id));
            let edits: Vec<Edit> = layers.map(|layer| Edit::SetStatus { layer, to }).collect();
            if edits.is_empty() {
                return;
            }
            let label = steps::set_status_of(&session.documents_in_words(&changed), to);
            if session.edit(label, Edit::Batch(edits)) && to == Status::Done {
                session.saving.hurry();
            }
        });
    }

    pub(super) fn set_date_of(&mut self, ids: &[DocumentId], to: Option<&Date>) {
        let metas = ids.iter().filter_map(|id| self.project.document(id)).map(|document| &document.meta);
        let changed = metas.filter(|meta| meta.date.as_ref() != to);
        let edits: Vec<Edit> = changed
            .map(|meta| {
                let with_date = DocumentMeta { date: to.cloned(), ..meta.clone() };
                Edit::SetMeta { document: meta.id.clone(), to: Box::new(with_date) }
            })
            .collect();
        if !edits.is_empty() {
            self.edit(steps::set_date_of(&self.documents_in_words(ids)), Edit::Batch(edits));
        }
    }

    /// Assigns documents to a person, or takes them off their list. Someone who works on all documents has no list: the
    /// first documents begin one, and the others stay theirs if these are taken away.
    pub(super) fn assign_documents(&mut self, id: &AnnotatorId, ids: &[DocumentId], are_assigned: bool) {
        if let Some(why) = self.leading_refusal() {
            return self.notify_error(why);
        }
        let people = self.project.annotators();
        let Some((at, person)) = people.iter().enumerate().find(|(_, person)| person.id == *id) else {
            return;
        };
        let mut documents: BTreeSet<DocumentId> = match (&person.documents, are_assigned) {
            (Assignment::Only(listed), _) => listed.clone(),
            (Assignment::All, true) => BTreeSet::new(),
            (Assignment::All, false) => Assignment::All.documents_in(&self.project).cloned().collect(),
        };
        match are_assigned {
            true => documents.extend(ids.iter().cloned()),
            false => documents.retain(|id| !ids.contains(id)),
        }
        let documents = Assignment::Only(documents);
        if documents == person.documents {
            return;
        }
        let label = steps::assign(&self.documents_in_words(ids), &person.name, are_assigned);
        let person = Annotator { documents, ..person.clone() };
        self.edit(label, Edit::SetAnnotator { id: id.clone(), to: Some((at, person)) });
    }

    pub(super) fn remove_documents(&mut self, ids: Vec<DocumentId>) {
        if let [one] = ids.as_slice()
            && (self.project.document(one).is_some_and(|document| document.is_loaded())
                || self.read_failure(one).is_some())
        {
            let one = one.clone();
            return self.remove_document(&one);
        }
        self.once_read(ids, |session, ids| {
            if ids.is_empty() {
                return;
            }
            let what = session.documents_in_words(&ids);
            let edits = ids.into_iter().map(|document| Edit::RemoveDocument { document });
            if session.edit(steps::remove_documents(&what), Edit::Batch(edits.collect())) {
                session.notify(words::removed(&what));
            }
        });
    }

    /// Continues once documents are in memory, with those that could be read.
    fn once_read(
        &mut self,
        ids: Vec<DocumentId>,
        then: impl FnOnce(&mut Self, Vec<DocumentId>) + Send + 'static,
    ) {
        let unread = ids.iter().filter_map(|id| self.project.document(id)).filter(|d| !d.is_loaded());
        let unread: Vec<DocumentMeta> = unread.map(|document| document.meta.clone()).collect();
        if unread.is_empty() {
            return then(self, ids);
        }
        if !self.is_writable() {
            return;
        }
        self.read_job(JobKind::ReadDocuments, unread, move |session| {
            let loaded = |id: &DocumentId| session.project.document(id).is_some_and(|d| d.is_loaded());
            let (read, failed): (Vec<_>, Vec<_>) = ids.into_iter().partition(loaded);
            if let Some(why) = failed.iter().find_map(|id| session.read_failure(id)) {
                let notice = crate::words::reading::left_out(why);
                session.notify_error(notice);
            }
            then(session, read);
        });
    }
}
