//! A field for the path of a codebook file, which is read on a thread.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::{RichText, Ui};

use crate::dialogs::path_field::path_field;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::{codebook_editor as words, common};
use demarche_io::codebook;
use demarche_io::project::Preset;
use demarche_io::{IoError, Problem};

type ReadResult = Result<(Preset, Vec<Problem>), IoError>;

/// A path, and the codebook that was read from it.
#[derive(Default)]
pub struct CodebookFile {
    path: String,
    /// The path that was looked at last.
    tried: String,
    reading: Option<Receiver<ReadResult>>,
    result: Option<ReadResult>,
    focused: bool,
}

impl CodebookFile {
    /// Sets the path to one from the system's dialog.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// The codebook and the problems in it, once it is read.
    pub fn found(&self) -> Option<&(Preset, Vec<Problem>)> {
        self.result.as_ref()?.as_ref().ok()
    }

    /// Shows the path and the state of reading; returns whether Browse was pressed.
    pub fn ui(&mut self, ui: &mut Ui) -> bool {
        let hint = words::codebook_file_hint();
        let (field, browse) = path_field(ui, words::codebook_file(), &mut self.path, hint);
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        self.read_changed_path(ui.ctx());
        let tokens = Tokens::of(ui);
        let (text, colour) = match &self.result {
            Some(Err(error)) => (error.to_string(), tokens.error),
            None if self.reading.is_some() => (common::reading().to_owned(), tokens.text_weak),
            Some(Ok(_)) | None => (String::new(), tokens.text_weak),
        };
        if !text.is_empty() {
            ui.label(RichText::new(text).size(size::SMALL).color(colour));
        }
        browse
    }

    /// Starts to read the file once the path leads to one, and receives the result.
    fn read_changed_path(&mut self, ctx: &egui::Context) {
        if self.tried != self.path {
            self.tried.clone_from(&self.path);
            (self.reading, self.result) = (None, None);
            let path = PathBuf::from(self.path.trim());
            if path.exists() && (path.is_file() || path.join("annotation.conf").is_file()) {
                self.reading = Some(read(path, ctx.clone()));
            }
        }
        if let Some(result) = self.reading.as_ref().and_then(|reading| reading.try_recv().ok()) {
            self.result = Some(result);
            self.reading = None;
        }
    }

    /// Lists the problems in the file.
    pub fn problems(&self, ui: &mut Ui) {
        let Some((_, problems)) = self.found().filter(|(_, problems)| !problems.is_empty()) else { return };
        ui.add_space(space::S);
        widgets::caption(ui, &words::problems(problems.len()));
        let scroll =
            egui::ScrollArea::vertical().id_salt("problems").max_height(120.0).auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            for problem in problems {
                let text = words::problem(problem.line, &problem.message);
                ui.label(RichText::new(text).size(size::SMALL));
            }
        });
    }
}

fn read(path: PathBuf, ctx: egui::Context) -> Receiver<ReadResult> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        // The dialog may be closed by the time the file is read.
        let _ = sender.send(codebook::read(&path));
        ctx.request_repaint();
    });
    receiver
}
