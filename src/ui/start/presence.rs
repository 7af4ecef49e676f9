//! Which of the recent projects are still there. A thread looks, as a network drive may take long to answer.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use egui::{Context, Event};

use crate::Settings;
use demarche_io::project::can_be_opened;

/// The recent projects that were looked for, and those that are missing.
#[derive(Default)]
pub struct Presence {
    asked: BTreeSet<PathBuf>,
    missing: BTreeSet<PathBuf>,
    answers: Option<Receiver<(PathBuf, bool)>>,
}

impl Presence {
    /// Returns whether a project is known to be missing.
    pub fn is_missing(&self, project: &Path) -> bool {
        self.missing.contains(project)
    }

    /// Looks for projects that were not looked for yet; for all of them when the window gets the focus.
    pub fn follow(&mut self, ctx: &Context, settings: &Settings) {
        if ctx.input(|input| input.events.contains(&Event::WindowFocused(true))) {
            self.asked.clear();
        }
        for (path, is_there) in self.answers.iter().flat_map(Receiver::try_iter) {
            if is_there {
                self.missing.remove(&path);
            } else {
                self.missing.insert(path);
            }
        }
        let paths = settings.recent.iter().map(|project| project.path.clone());
        let unknown: Vec<PathBuf> = paths.filter(|path| self.asked.insert(path.clone())).collect();
        if unknown.is_empty() {
            return;
        }
        let (sender, answers) = channel();
        let ctx = ctx.clone();
        self.answers = Some(answers);
        std::thread::spawn(move || {
            for path in unknown {
                let is_there = can_be_opened(&path);
                // The page may be gone by now.
                let _ = sender.send((path, is_there));
            }
            ctx.request_repaint();
        });
    }
}
