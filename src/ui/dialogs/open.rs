//! Opening the dialog of a command, and what closing a dialog ends.

use std::path::PathBuf;

use super::codebook::{
    AdoptForm, CodebookEditor, ExportCodebook, MergeForm, NewCategory, RelationsForm, RolesForm, SplitForm,
    Task,
};
use super::update::{EarlierForm, InDoubtForm, UpdateForm};
use super::{
    AssignForm, BulkForm, CalendarForm, Dialog, DocumentForm, ExportForm, ExportViewForm, FreezeForm,
    HistoryForm, IdentityForm, OccurrencesForm, PacketForm, Palette, PeopleForm, PrintForm, ProjectForm,
    ProposeForm, Recent, ReturnForm, ViewForm,
};
use crate::commands::DialogCommand;
use crate::requests::Requests;
use demarche_io::settings::Settings;
use demarche_model::DocumentId;
use demarche_session::{
    ExchangeAction, LinkAction, MergeAction, PreviewAction, Session, UpdateAction, WindowRequest,
};

impl Dialog {
    /// The dialog of a command; `None` if there is nothing to show in it. `folder` is where files were picked last,
    /// `documents` are those that were open lately.
    #[deny(clippy::wildcard_enum_match_arm)]
    pub fn for_command(
        command: DialogCommand,
        session: &Session,
        folder: PathBuf,
        settings: &Settings,
        documents: &[DocumentId],
    ) -> Option<Self> {
        let document = || session.document().map(|document| document.id().clone());
        let export = || ExportForm::new(session, folder.clone(), settings.export_format.as_deref());
        Some(match command {
            DialogCommand::Export => Self::Export(export()),
            DialogCommand::ExportTable => Self::Export(export().with_table(session)),
            DialogCommand::ExportDocuments => Self::Export(export().with_documents()),
            DialogCommand::Print => Self::Print(PrintForm::default()),
            DialogCommand::Palette => Self::palette(session, settings, documents),
            DialogCommand::GoToPage => Self::Palette(Palette::with("p ")),
            DialogCommand::Occurrences => Self::Occurrences(OccurrencesForm::new(session)),
            DialogCommand::TagHits => Self::Occurrences(OccurrencesForm::of_search(session)),
            DialogCommand::Propose => Self::Propose(Box::new(ProposeForm::new(session)?)),
            DialogCommand::NewCategory => {
                Self::task(Task::New(Box::new(NewCategory::new(session.project().codebook()))))
            }
            DialogCommand::EditCodebook => {
                Self::Codebook(Box::new(CodebookEditor::new(session, None, folder)))
            }
            DialogCommand::MergeCategories => Self::task(Task::Merge(MergeForm::new(Vec::new()))),
            DialogCommand::SplitCategory => Self::task(Task::Split(Box::new(SplitForm::new(None)))),
            DialogCommand::SetRoles => Self::task(Task::Roles(RolesForm::new(session))),
            DialogCommand::AdoptEdition => Self::task(Task::Adopt(AdoptForm::new(session))),
            DialogCommand::Relations => Self::task(Task::Relations(RelationsForm::new(session))),
            DialogCommand::ImportCodebook => Self::task(Task::Import(Box::default())),
            DialogCommand::ExportCodebook => {
                Self::task(Task::Export(Box::new(ExportCodebook::new(session, folder))))
            }
            DialogCommand::DocumentDetails => {
                Self::Document(DocumentForm::new(session.document()?.meta.clone()))
            }
            DialogCommand::UpdateText => Self::Update(Box::new(UpdateForm::new(session, folder)?)),
            DialogCommand::PassagesInDoubt => Self::InDoubt(InDoubtForm::new(document()?)),
            DialogCommand::EarlierVersions => Self::Earlier(EarlierForm::new(document()?)),
            DialogCommand::ProjectDetails => Self::Project(ProjectForm::new(session)),
            DialogCommand::Identity => Self::Identity(IdentityForm::new(session, settings)),
            DialogCommand::People => Self::People(Box::new(PeopleForm::new(session))),
            DialogCommand::Assign => Self::Assign(Box::new(AssignForm::new(session))),
            DialogCommand::Bookmarks => Self::Bookmarks,
            DialogCommand::Calendar => Self::Calendar(CalendarForm::new(session)),
            DialogCommand::ExportView => Self::ExportView(ExportViewForm::new(session, folder)),
            DialogCommand::SaveView => Self::View(ViewForm::new(session)),
            DialogCommand::History => Self::History(HistoryForm::new(session, folder)),
            DialogCommand::Problems => Self::Problems,
            DialogCommand::Notices => Self::Notices,
            DialogCommand::ReturnDocument => Self::Return(ReturnForm::new(session)),
            DialogCommand::FreezeRound => Self::Freeze(FreezeForm::default()),
            DialogCommand::SettleInBulk => Self::Bulk(Box::new(BulkForm::new(session))),
            DialogCommand::SendPacket => Self::Packet(PacketForm::new(session, folder, false)),
            DialogCommand::SendBack => Self::Packet(PacketForm::new(session, folder, true)),
        })
    }

    /// The palette, with what was open lately first.
    fn palette(session: &Session, settings: &Settings, documents: &[DocumentId]) -> Self {
        let others = settings.recent.iter().map(|project| &project.path);
        let projects = others.filter(|path| *path != session.folder().root()).cloned().collect();
        Self::Palette(Palette::new(Recent { documents: documents.to_vec(), projects }))
    }

    /// Whether the dialog itself shows what the session asks for, above its content.
    pub fn shows(&self, ask: WindowRequest) -> bool {
        matches!(self, Self::Codebook(editor) if ask == WindowRequest::Report && !editor.is_covered())
    }

    fn task(task: Task) -> Self {
        Self::CodebookTask(Box::new(task))
    }

    /// Ends what the dialog was for. Returns the dialog that it covered.
    #[deny(clippy::wildcard_enum_match_arm)]
    pub fn on_close(self, session: Option<&Session>, requests: &mut Requests) -> Option<Self> {
        match self {
            Self::Close(covered) => return covered.map(|dialog| *dialog),
            Self::Preview(_) => requests.push(PreviewAction::Close),
            Self::Report => requests.push(ExchangeAction::DismissReport),
            Self::Merge => requests.push(MergeAction::Cancel),
            Self::Update(_) => requests.push(UpdateAction::Cancel),
            Self::Link(form) => {
                if form.is_abandoned() {
                    requests.push(LinkAction::Cancel);
                }
            }
            Self::Codebook(mut editor) => {
                if let Some(session) = session {
                    editor.on_close(session, requests);
                }
            }
            Self::CodebookTask(task) => task.on_close(requests),
            Self::Path(_)
            | Self::NewProject(_)
            | Self::Damaged(_)
            | Self::Export(_)
            | Self::ExportView(_)
            | Self::Bookmarks
            | Self::Calendar(_)
            | Self::Print(_)
            | Self::Occurrences(_)
            | Self::Palette(_)
            | Self::Document(_)
            | Self::InDoubt(_)
            | Self::Earlier(_)
            | Self::Project(_)
            | Self::Identity(_)
            | Self::People(_)
            | Self::Assign(_)
            | Self::Propose(_)
            | Self::Bulk(_)
            | Self::View(_)
            | Self::History(_)
            | Self::Packet(_)
            | Self::Freeze(_)
            | Self::Return(_)
            | Self::Settings(_)
            | Self::Shortcuts(_)
            | Self::About
            | Self::Problems
            | Self::Notices => {}
        }
        None
    }
}
