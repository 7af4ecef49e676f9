//! Opens files and folders with the system's program for them.

use std::io;
use std::path::Path;

use super::App;
use super::words::window as words;

/// Opens a file or folder.
pub type OpenFile = Box<dyn Fn(&Path) -> io::Result<()>>;

/// Opens a file or folder with the system's program, which keeps running on its own.
pub(super) fn with_system() -> OpenFile {
    Box::new(|path| open::that_detached(path))
}

impl App {
    /// Replaces the system's program, so that tests can see what would be opened.
    pub fn open_files_with(&mut self, open: impl Fn(&Path) -> io::Result<()> + 'static) {
        self.open_with = Box::new(open);
    }

    /// Opens a file or folder, or notifies the user why that did not work.
    pub(super) fn open_file(&mut self, path: &Path) {
        let Err(error) = (self.open_with)(path) else { return };
        if let Some(session) = &mut self.session {
            session.notify_error(words::cannot_open(path, &error));
        }
    }
}
