//! A view as a file or on the clipboard.

use std::path::PathBuf;
use std::sync::PoisonError;

use demarche_analysis::figure::Palette;
use demarche_io::export::analysis::{ViewFormat, tab_separated, write_file};
use demarche_io::export::figure::{Pixels, to_pixels};

use super::compute::written;
use crate::words::analyse as words;
use crate::{JobKind, Session};

/// Width and height of a copied figure, in points. Only a network depends on the height.
const PICTURE_PT: (f32, f32) = (900.0, 630.0);

impl Session {
    /// Writes the current view to a file, once all documents have been read.
    pub(super) fn export_view(&mut self, format: ViewFormat, path: PathBuf) {
        self.read_then(move |session| {
            let (project, me) = (session.project.clone(), session.me.clone());
            let (question, kept) = (session.analyse.question.clone(), session.analyse.kept.clone());
            session.jobs.start(JobKind::Export, move |worker| {
                let mut own = std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner));
                let progress = worker.progress();
                let view = worker.compute(|| written(&project, &me, &question, format, &mut own, progress));
                *kept.lock().unwrap_or_else(PoisonError::into_inner) = own;
                let result = view.map(|bytes| write_file(&path, &bytes?).map_err(Into::into));
                Box::new(move |session: &mut Session| match result {
                    Ok(Ok(())) => session.notify(words::view_written(&path)),
                    Ok(Err(error)) => session.notify_error(words::view_not_written(&error)),
                    // The user has cancelled the job.
                    Err(_) => {}
                })
            });
        });
    }

    /// The tables of the current view, separated by tabs. `None` if nothing has been computed.
    pub fn view_table_text(&self) -> Option<String> {
        let result = self.analyse.result()?;
        let has_several = result.readings.len() > 1;
        let tables: Vec<_> = result
            .readings
            .iter()
            .map(|reading| {
                let coder = reading.coder.as_ref().filter(|_| has_several);
                (coder.map(|id| self.project.name_of(id)), &reading.found.answer().table)
            })
            .collect();
        String::from_utf8(tab_separated(&tables).ok()?).ok().filter(|text| !text.is_empty())
    }

    /// True if there is one figure that can be copied.
    pub fn has_one_figure(&self) -> bool {
        self.analyse.result().is_some_and(|result| match result.readings.as_slice() {
            [reading] => reading.figure.is_some(),
            _ => false,
        })
    }

    /// Draws the figure of the current view for the clipboard; see [`Session::take_copied_figure`].
    pub fn copy_figure(&mut self) {
        let result = self.analyse.result();
        let Some(figure) = result.and_then(|result| result.readings.first()?.figure.clone()) else { return };
        self.jobs.start(JobKind::Export, move |worker| {
            let (width_pt, height_pt) = PICTURE_PT;
            let drawn = worker.compute(|| to_pixels(&figure.scene(width_pt, height_pt), &Palette::PRINT));
            Box::new(move |session: &mut Session| match drawn {
                Ok(pixels) => {
                    session.analyse.copied = Some(pixels);
                    session.notify(words::figure_copied());
                }
                Err(error) => session.notify_error(words::figure_not_copied(&error)),
            })
        });
    }

    /// The figure that is to be put on the clipboard, once.
    pub fn take_copied_figure(&mut self) -> Option<Pixels> {
        self.analyse.copied.take()
    }
}
