//! The name of this machine.

use std::path::Path;

use crate::disk::outside;
use crate::limits;

/// Returns the name of this machine, if it has one. Shells seldom pass theirs on, so the system's file is read, too.
pub(crate) fn host_name() -> Option<String> {
    let from_file = || outside::read_text(Path::new("/etc/hostname"), limits::SYSTEM).ok();
    let names = [std::env::var("HOSTNAME").ok(), std::env::var("COMPUTERNAME").ok(), from_file()];
    names.into_iter().flatten().map(|name| name.trim().to_owned()).find(|name| !name.is_empty())
}
