//! Opens files and folders with the system's program for them.

use std::io;
use std::path::Path;

/// Opens a file or folder.
pub type OpenFile = Box<dyn Fn(&Path) -> io::Result<()>>;

/// Opens a file or folder with the system's program, which keeps running on its own.
pub(super) fn with_system() -> OpenFile {
    Box::new(|path| open::that_detached(path))
}
