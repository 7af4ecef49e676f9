//! A codebook in a file: its path, and what is read from it on a thread.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::{RichText, Ui};

use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_io::codebook;
use demarche_io::project::Preset;
use demarche_io::{IoError, Problem};

type Read = Result<(Preset, Vec<Problem>), IoError>;

/// A path that is typed or picked, and the codebook there.
#[derive(Default)]
pub struct CodebookFile {
    typed: String,
    tried: String,
    answer: Option<Receiver<Read>>,
    read: Option<Read>,
    focused: bool,
}

impl CodebookFile {
    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: PathBuf) {
        self.typed = path.display().to_string();
    }

    /// The codebook with what is wrong in it, once it is read.
    pub fn found(&self) -> Option<&(Preset, Vec<Problem>)> {
        self.read.as_ref()?.as_ref().ok()
    }

    /// Shows the path and how reading goes; says whether the system shall be asked for a file.
    pub fn ui(&mut self, ui: &mut Ui) -> bool {
        let mut browse = false;
        ui.horizontal(|ui| {
            let width = ui.available_width() - 90.0;
            let hint = "A file: .ron, .csv, .tsv, .qdc, or brat's .conf";
            let field = widgets::bare_field(ui, "Codebook file", &mut self.typed, hint, width);
            if !std::mem::replace(&mut self.focused, true) {
                field.request_focus();
            }
            browse = ui.button("Browse…").clicked();
        });
        self.follow(ui.ctx());
        let tokens = Tokens::of(ui);
        let (text, colour) = match &self.read {
            Some(Err(error)) => (error.to_string(), tokens.error),
            None if self.answer.is_some() => ("Reading…".to_owned(), tokens.text_weak),
            _ => (String::new(), tokens.text_weak),
        };
        if !text.is_empty() {
            ui.label(RichText::new(text).size(size::SMALL).color(colour));
        }
        browse
    }

    /// Reads the file as soon as its path is one, and takes in what was read.
    fn follow(&mut self, ctx: &egui::Context) {
        if self.tried != self.typed {
            self.tried.clone_from(&self.typed);
            (self.answer, self.read) = (None, None);
            let path = PathBuf::from(self.typed.trim());
            if path.exists() && (path.is_file() || path.join("annotation.conf").is_file()) {
                self.answer = Some(read(path, ctx.clone()));
            }
        }
        if let Some(read) = self.answer.as_ref().and_then(|answer| answer.try_recv().ok()) {
            self.read = Some(read);
            self.answer = None;
        }
    }

    /// Shows what is wrong in the file and was left out or mended.
    pub fn problems(&self, ui: &mut Ui) {
        let Some((_, problems)) = self.found().filter(|(_, problems)| !problems.is_empty()) else { return };
        ui.add_space(space::S);
        widgets::caption(ui, &format!("{} in the file", widgets::plural(problems.len(), "problem")));
        let scroll =
            egui::ScrollArea::vertical().id_salt("problems").max_height(120.0).auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            for problem in problems {
                let line = problem.line.map_or_else(String::new, |line| format!("line {line}: "));
                ui.label(RichText::new(format!("{line}{}", problem.message)).size(size::SMALL));
            }
        });
    }
}

fn read(path: PathBuf, ctx: egui::Context) -> Receiver<Read> {
    let (sender, answer) = channel();
    std::thread::spawn(move || {
        // The dialog may be gone by the time the file is read.
        let _ = sender.send(codebook::read(&path));
        ctx.request_repaint();
    });
    answer
}
