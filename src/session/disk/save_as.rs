//! Saving the project as a copy in another folder, and going on there: also when its own folder is gone.

use std::path::Path;

use demarche_io::IoError;
use demarche_io::project::{
    Folder, Lacking, Unsaved, copy_project, place_for_copy, write_undo_log, write_unsaved,
};

use crate::words::{disk as words, jobs};
use crate::{Access, JobKind, Session, WindowRequest};

impl Session {
    /// Copies the project, with everything that is not saved, to a folder or a new folder in it, and goes on there.
    pub(crate) fn save_as(&mut self, chosen: &Path) {
        let is_partial = matches!(self.access, Access::Damaged) || self.files.newer().is_some();
        if let Some(why) = self.read_only().filter(|_| is_partial) {
            return self.notify_error(why);
        }
        if self.jobs.find(JobKind::SaveAs).is_some() {
            return self.notify(jobs::name(JobKind::SaveAs));
        }
        let (from, unsaved, revision) =
            (self.files.folder().clone(), self.unsaved(), self.project.revision());
        let to = Folder::new(place_for_copy(chosen, &from));
        self.jobs.start(JobKind::SaveAs, move |_| {
            let copied = copy_project(&from, &to, &unsaved);
            Box::new(move |session: &mut Session| {
                let moved = copied.and_then(|lacking| session.go_on_in(&to, &lacking, revision));
                if let Err(error) = moved {
                    session.notify_error(words::not_copied(&error));
                }
            })
        });
    }

    fn unsaved(&self) -> Unsaved {
        Unsaved {
            project: self.project.clone(),
            changed: self.saving.unsaved().cloned().collect(),
            steps: self.audit_log.unsaved().0,
        }
    }

    /// Replaces this session by one on the copy, which was made of an earlier `revision` of the project.
    fn go_on_in(&mut self, to: &Folder, lacking: &Lacking, revision: u64) -> Result<(), IoError> {
        if self.project.revision() != revision {
            write_unsaved(to, &self.unsaved(), std::iter::empty())?;
        }
        self.write_local_state(to);
        if let Err(error) = write_undo_log(to, &self.me, &(&self.undo_stack).into(), &self.project) {
            tracing::warn!(%error, "undo stack not copied");
        }
        let titles = |id| self.project.document(id).map(|document| document.meta.title.clone());
        let missing: Vec<String> = lacking.documents.iter().filter_map(titles).collect();
        match Self::open_folder(to.clone(), self.env.clone()) {
            Ok(copy) => {
                tracing::info!("going on in a copy of the project");
                *self = copy;
                self.request(WindowRequest::Moved);
                self.notify_lasting(words::copied(to.root()));
                if !missing.is_empty() {
                    self.notify_error(words::copy_lacks_documents(&missing));
                }
                if !lacking.files.is_empty() {
                    self.notify_error(words::copy_lacks_files(&lacking.files));
                }
            }
            Err(error) => self.notify_error(words::copied_but(to.root(), &error)),
        }
        Ok(())
    }
}
