//! The list of documents: its order and filter, the chosen documents, and changes of several documents and of sets.

mod chosen;
mod edits;
mod order;
mod places;
mod sets;

use demarche_io::place::DocumentSort;
use demarche_model::{AnnotatorId, Date, DocumentId, DocumentSetId, Status, Touch};

use crate::Session;
use chosen::Chosen;
use order::Rows;

pub(crate) use order::natural_order;
pub use order::{DocumentFilter, DocumentOrder, SetFilter};
pub use places::ListPlace;

/// Sorts and filters the list, chooses documents, or changes several of them as one step.
#[derive(Clone, PartialEq, Debug)]
pub enum DocumentListAction {
    /// Sorts the list.
    Sort(DocumentOrder),
    /// Filters the list.
    Filter(DocumentFilter),
    /// Chooses one document alone.
    Choose(DocumentId),
    /// Adds a document to the chosen ones, or removes it from them.
    ToggleChosen(DocumentId),
    /// Chooses the rows from where the choice began to a document.
    ExtendChosen(DocumentId),
    /// Chooses all documents that are listed.
    ChooseAll,
    /// Moves the keyboard cursor by rows, and chooses that row, or the rows in between as well.
    Step { by: isize, extend: bool },
    /// Gives a document another title.
    Rename(DocumentId, String),
    /// Sets the user's status of documents.
    SetStatus(Vec<DocumentId>, Status),
    /// Sets or clears the date of documents.
    SetDate(Vec<DocumentId>, Option<Date>),
    /// Assigns documents to a person, or takes them off their list.
    Assign { person: AnnotatorId, documents: Vec<DocumentId>, are_assigned: bool },
    /// Removes documents from the project.
    Remove(Vec<DocumentId>),
    /// Moves documents to a place of the list, which everyone shares.
    Move(Vec<DocumentId>, ListPlace),
    /// Moves documents by one row.
    MoveByRow { documents: Vec<DocumentId>, is_down: bool },
}

/// Changes the sets of documents.
#[derive(Clone, PartialEq, Debug)]
pub enum DocumentSetAction {
    /// Adds a set with these documents.
    Create { name: String, documents: Vec<DocumentId> },
    /// Gives a set another name.
    Rename(DocumentSetId, String),
    /// Removes a set; its documents stay.
    Remove(DocumentSetId),
    /// Puts documents into a set.
    Add(DocumentSetId, Vec<DocumentId>),
    /// Takes documents out of a set.
    TakeOut(DocumentSetId, Vec<DocumentId>),
}

/// The list of documents as the user has arranged it.
#[derive(Default)]
pub struct DocumentList {
    order: DocumentOrder,
    filter: DocumentFilter,
    chosen: Chosen,
    rows: Rows,
    /// The open document when the list was last arranged.
    followed: Option<DocumentId>,
}

impl DocumentList {
    /// The order of the list.
    pub fn order(&self) -> DocumentOrder {
        self.order
    }

    /// The filter of the list.
    pub fn filter(&self) -> &DocumentFilter {
        &self.filter
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.shown.len()
    }

    /// True if no document is listed.
    pub fn is_empty(&self) -> bool {
        self.rows.shown.is_empty()
    }

    /// The position in the project of the document in a row.
    pub fn position(&self, row: usize) -> Option<usize> {
        self.rows.shown.get(row).copied()
    }

    /// The chosen documents, in the order of the list.
    pub fn chosen(&self) -> &[DocumentId] {
        self.chosen.in_order()
    }

    /// True if a document is chosen.
    pub fn is_chosen(&self, id: &DocumentId) -> bool {
        self.chosen.contains(id)
    }

    /// The document at the keyboard cursor.
    pub fn cursor(&self) -> Option<&DocumentId> {
        self.chosen.cursor()
    }
}

impl Session {
    /// The list of documents as the user has arranged it.
    pub fn document_list(&self) -> &DocumentList {
        &self.document_list
    }

    /// The row of a document; `None` if it is not listed.
    pub fn document_row(&self, id: &DocumentId) -> Option<usize> {
        let position = self.project.position(id)?;
        self.document_list.rows.row_at.get(position).copied().flatten()
    }

    /// The document in a row of the list.
    pub fn document_in_row(&self, row: usize) -> Option<&DocumentId> {
        let position = self.document_list.position(row)?;
        self.project.documents().get(position).map(|document| document.id())
    }

    /// The documents that an action on one of them is for: all that are chosen, if it is among them.
    pub fn chosen_with(&self, id: &DocumentId) -> Vec<DocumentId> {
        match self.document_list.is_chosen(id) {
            true => self.document_list.chosen().to_vec(),
            false => vec![id.clone()],
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_document_list(&mut self, action: DocumentListAction) {
        self.arrange_documents();
        match action {
            DocumentListAction::Sort(order) => self.sort_documents(order),
            DocumentListAction::Filter(filter) => self.filter_documents(filter),
            DocumentListAction::Choose(id) => self.choose_document(id),
            DocumentListAction::ToggleChosen(id) => self.toggle_chosen(id),
            DocumentListAction::ExtendChosen(id) => self.extend_chosen(&id),
            DocumentListAction::ChooseAll => self.choose_all(),
            DocumentListAction::Step { by, extend } => self.step_chosen(by, extend),
            DocumentListAction::Rename(id, title) => self.rename_document(&id, &title),
            DocumentListAction::SetStatus(ids, to) => self.set_status_of(ids, to),
            DocumentListAction::SetDate(ids, to) => self.set_date_of(&ids, to.as_ref()),
            DocumentListAction::Assign { person, documents, are_assigned } => {
                self.assign_documents(&person, &documents, are_assigned)
            }
            DocumentListAction::Remove(ids) => self.remove_documents(ids),
            DocumentListAction::Move(ids, place) => self.move_documents(&ids, &place),
            DocumentListAction::MoveByRow { documents, is_down } => self.move_by_row(&documents, is_down),
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_document_sets(&mut self, action: DocumentSetAction) {
        match action {
            DocumentSetAction::Create { name, documents } => self.create_set(&name, documents),
            DocumentSetAction::Rename(id, name) => self.rename_set(&id, &name),
            DocumentSetAction::Remove(id) => self.remove_set(&id),
            DocumentSetAction::Add(id, documents) => self.add_to_set(&id, documents),
            DocumentSetAction::TakeOut(id, documents) => self.take_out_of_set(&id, documents),
        }
    }

    /// Follows a change of the project. An edit of passages costs nothing here unless it changes a status that counts.
    pub(crate) fn follow_document_list(&mut self, touched: &[Touch]) {
        for touch in touched {
            match touch {
                Touch::Layer(layer, _) => self.check_document_row(&layer.document),
                // What is added or removed is also in the revision of the list.
                Touch::Project
                | Touch::Text(_)
                | Touch::Anchors(_)
                | Touch::Original(..)
                | Touch::Recoded(..)
                | Touch::Realigned(_)
                | Touch::Review(..)
                | Touch::AnalysisNotes(..) => {}
            }
        }
        self.arrange_documents();
    }

    fn sort_documents(&mut self, order: DocumentOrder) {
        self.places.change();
        self.order_documents(order);
    }

    /// Sorts the list, as the user does or has done before.
    pub(crate) fn order_documents(&mut self, order: DocumentOrder) {
        // By hand there is one direction: that of the project file.
        let descending = order.descending && order.by != DocumentSort::Hand;
        self.document_list.order = DocumentOrder { descending, ..order };
        self.document_list.rows.is_stale = true;
        self.arrange_documents();
    }

    fn filter_documents(&mut self, filter: DocumentFilter) {
        if self.document_list.filter != filter {
            self.document_list.filter = filter;
            self.document_list.rows.is_stale = true;
            self.arrange_documents();
        }
    }
}
